/*
 * login_time.c -- can a stopwatch tell a known address from an unknown one?
 *
 * login_time [ROUNDS]: wrong passwords for several kinds of addresses, taking turns (2,000 rounds).
 * The password's hash is the tests' fast one, so what differs would not drown in its 100 ms; the
 * work that it would be is counted instead (login_test.c).  Prints the median and the middle half
 * of each in microseconds of CPU, and the ratio to a known address.  Checks nothing.
 *
 *	make build/release/login_time && build/release/login_time
 */
#include "fixtures.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

enum { ROUNDS_MAX = 20000 };

static const struct {
	const char *name, *email, *before;
} kinds[] = {
    {"known", "anna@lindheim.example", "SELECT 1"},
    {"known, the same again", "ben@auental.example", "SELECT 1"},
    {"unknown", "niemand@lindheim.example", "SELECT 1"},
    {"suspended", "cem@bergstedt.example", "UPDATE person SET status = 'suspended' WHERE id = 3"},
    {"invited, no password", "dora@seefeld.example",
     "UPDATE person SET status = 'invited', password_hash = '' WHERE id = 4"},
};
enum { KINDS = sizeof kinds / sizeof kinds[0] };

static double cpu_us(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e6 + (double)t.tv_nsec / 1e3;
}

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* Another address of the kind each time would be another row; the counters are emptied instead. */
static double one(size_t kind)
{
	struct str form = form_of((struct test_field[]){{S("email"), str_of(kinds[kind].email)},
							{S("passwort"), S("falsch-falsch-falsch")},
							{S("weiter"), S("/")}},
				  3);

	run_sql("DELETE FROM login_failure");
	double begun = cpu_us();
	int status = post_as(NOBODY, "/anmelden", form).status;
	double spent = cpu_us() - begun;
	if (status != 422)
		exit(1);
	return spent;
}

static void world(void)
{
	fixtures();
	for (size_t k = 0; k < KINDS; k++)
		run_sql(kinds[k].before);
}

int main(int argc, char **argv)
{
	static double spent[KINDS][ROUNDS_MAX];
	int64_t rounds = 2000;

	if (argc > 2 || (argc == 2 && (!str_to_int(str_of(argv[1]), &rounds) || rounds < 10 ||
				       rounds > ROUNDS_MAX))) {
		fprintf(stderr, "usage: login_time [ROUNDS]\n");
		return 2;
	}
	for (int64_t i = 0; i < rounds; i++) {
		if (i % 200 == 0) /* answers live in an arena that this empties */
			world();
		for (size_t n = 0; n < KINDS; n++) {
			size_t k = (n + (size_t)i) % KINDS; /* each is first in its turn */
			spent[k][i] = one(k);
		}
	}
	printf("%-24s %8s %8s %8s %6s\n", "CPU in us", "quarter", "median", "quarter", "ratio");
	for (size_t k = 0; k < KINDS; k++) {
		qsort(spent[k], (size_t)rounds, sizeof spent[k][0], ascending);
		printf("%-24s %8.1f %8.1f %8.1f %6.3f\n", kinds[k].name, spent[k][rounds / 4],
		       spent[k][rounds / 2], spent[k][rounds * 3 / 4],
		       spent[k][rounds / 2] / spent[0][rounds / 2]);
	}
	return 0;
}
