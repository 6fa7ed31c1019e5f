/*
 * large.c -- what the pages of a very long handbook cost: milliseconds of CPU, each in one process
 * with the database in a file.
 *
 * large [ROUNDS]: "first" is the answer after something in the database has changed, "again" the
 * next one, median of ROUNDS (5).  CPU time stays comparable on a machine that others use, too.
 */
#include "large_world.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

enum { ROUNDS_MAX = 99, ARENA = 64 * 1024 * 1024 };

static const struct {
	const char *name, *target;
	double goal; /* ms at most; 0: none is set */
} pages[] = {
    {"comparison, every third text", "/handbuch/vergleich?von=0-1&bis=1-0", 150},
    {"the same, side by side", "/handbuch/vergleich?von=0-1&bis=1-0&ansicht=nebeneinander", 150},
    {"the same, only new", "/handbuch/vergleich?von=0-1&bis=1-0&ansicht=neu", 150},
    {"comparison, all texts, long", "/handbuch/vergleich?von=0-2&bis=0-3", 150},
    {"comparison, nothing changed", "/handbuch/vergleich?von=0-4&bis=0-5", 150},
    {"synopsis, 500 of 10,000", "/feedback/runden/1/synopse", 0},
    {"synopsis, CSV, 10,000", "/feedback/runden/1/synopse.csv", 0},
    {"synopsis, XLSX, 10,000", "/feedback/runden/1/synopse.xlsx", 0},
    {"chapter, 500 remarks", "/handbuch/kapitel-1", 0},
    {"chapter, 30 remarks", "/handbuch/kapitel-2", 0},
    {"chapter of 0.1", "/handbuch/kapitel-1?fassung=0-1", 0},
    {"contents", "/handbuch", 0},
    {"versions", "/handbuch/fassungen", 0},
    {"search, in every block", "/suche?q=Absatz", 0},
    {"search, in every remark", "/suche?q=k%C3%BCmmert", 0},
    {"search, in one block", "/suche?q=%22Absatz+7+von+13%22", 0},
    {"board, open", "/feedback", 0},
    {"board, all, by place", "/feedback?status=alle&sortierung=stelle", 0},
    {"board, one chapter", "/feedback?status=alle&abschnitt=kapitel-1", 0},
    {"board, page 100", "/feedback?status=alle&seite=99", 0},
    {"statistics", "/feedback/statistik", 0},
    {"round", "/feedback/runden/1", 0},
    {"start page", "/", 0},
};

static char directory[] = "/tmp/handschlag-large-XXXXXX";
static struct arena *request;

static double cpu_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

/* Bytes of the answer; ends the program when it is none. */
static size_t answer(const char *target, double *ms)
{
	struct http_input in = {.method = S("GET"),
				.uri = str_of(target),
				.cookie = cookie_of(ANNA),
				.user_agent = S("Bench"),
				.remote_addr = S("192.0.2.1")};
	struct response out = {.status = 0};
	bool head = false;
	double begun = cpu_ms();

	app_answer(&test_app, test_db, request, &in, &out, &head);
	*ms = cpu_ms() - begun;
	if (out.status != 200) {
		fprintf(stderr, "large: %s answered %d\n", target, out.status);
		exit(1);
	}
	size_t n = out.body.n;
	arena_reset(request);
	return n;
}

static int by_size(const void *a, const void *b)
{
	const double *x = a, *y = b;

	return (*x > *y) - (*x < *y);
}

static double median(double *v, size_t n)
{
	qsort(v, n, sizeof v[0], by_size);
	return v[n / 2];
}

static void measure(size_t page, size_t rounds)
{
	double first[ROUNDS_MAX], again[ROUNDS_MAX];
	size_t bytes = 0;

	for (size_t i = 0; i < rounds; i++) {
		run_sql("UPDATE municipality SET name = name WHERE id = 1");
		bytes = answer(pages[page].target, &first[i]);
		answer(pages[page].target, &again[i]);
	}
	double cost = median(first, rounds);
	printf("%-30s %8zu %8.1f %8.1f", pages[page].name, bytes, cost, median(again, rounds));
	if (pages[page].goal > 0)
		printf(" %6.0f %s", pages[page].goal, cost < pages[page].goal ? "ok" : "SHORT");
	printf("\n");
}

/* From memory into a file, as a worker has it. */
static void into_a_file(void)
{
	char path[80];

	if (mkdtemp(directory) == NULL)
		abort();
	snprintf(path, sizeof path, "%s/handschlag.db", directory);
	CHECK_INT(db_backup(test_db, str_of(path)), OK);
	db_close(test_db);
	CHECK_INT(db_open(str_of(directory), &test_db), OK);
}

static void leave(void)
{
	static const char *const files[] = {"", "-wal", "-shm", ".lock"};
	char path[80];

	for (size_t i = 0; i < sizeof files / sizeof files[0]; i++) {
		snprintf(path, sizeof path, "%s/handschlag.db%s", directory, files[i]);
		unlink(path);
	}
	rmdir(directory);
}

int main(int argc, char **argv)
{
	int64_t rounds = 5;

	if (argc > 2 || (argc == 2 && (!str_to_int(str_of(argv[1]), &rounds) || rounds < 1 ||
				       rounds > ROUNDS_MAX))) {
		fprintf(stderr, "usage: large [ROUNDS]\n");
		return 2;
	}
	atexit(leave);
	large_world();
	into_a_file();
	request = arena_new(ARENA);
	printf("2,000 blocks, 30 versions, 10,000 remarks; CPU in ms, median of %d\n", (int)rounds);
	printf("%-30s %8s %8s %8s %6s\n", "", "bytes", "first", "again", "goal");
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++)
		measure(i, (size_t)rounds);
	arena_free(request);
	return 0;
}
