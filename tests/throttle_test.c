/* throttle_test.c -- guessing gets slow, nobody gets locked out. */
#include "fixtures.h"

#include "app/throttle.h"
#include "base/secret.h"
#include "features/features.h"

#include <stdio.h>

#define WRONG "falsch-falsch-falsch"

static struct answer try_from(const char *address, const char *email, const char *password)
{
	struct str form = form_of(
	    (struct test_field[]){{S("email"), str_of(email)}, {S("passwort"), str_of(password)}},
	    2);

	return post_raw(
	    (struct http_input){.method = S("POST"),
				.uri = S("/anmelden"),
				.remote_addr = str_of(address),
				.content_type = S("application/x-www-form-urlencoded"),
				.cookie = arena_fmt(test_arena, "gast=%.*s", ARG(guest_secret())),
				.origin = test_app.config.base_url,
				.body = arena_fmt(test_arena, "csrf=%.*s&key=abcdefghijklmnop&%.*s",
						  ARG(csrf_for(guest_secret())), ARG(form))});
}

static void fail_times(int times, const char *address, const char *email)
{
	while (times-- > 0)
		CHECK_INT(try_from(address, email, WRONG).status, 422);
}

/* Tries again whenever it is allowed; how often in so many seconds. */
static int guesses_in(int64_t seconds, const char *const *addresses, int n, const char *email)
{
	int64_t end = clock_now() + seconds;
	int guesses = 0;

	for (int i = 0; clock_now() < end; i++) {
		struct answer a = try_from(addresses[i % n], email, WRONG);
		int64_t wait = 1;
		if (a.status == 422)
			guesses++;
		else
			CHECK(str_to_int(header_of(&a, "Retry-After"), &wait));
		/* From many addresses: the next one may be let in now. */
		if (a.status != 422 && i % n == n - 1)
			clock_set(clock_now() + wait);
	}
	return guesses;
}

TEST(the_sixth_try_has_to_wait_and_the_page_says_how_long)
{
	fixtures();
	fail_times(5, "192.0.2.1", "anna@lindheim.example");
	struct answer a = try_from("192.0.2.1", "anna@lindheim.example", PASSWORD);
	CHECK_INT(a.status, 429);
	CHECK_STR(header_of(&a, "Retry-After"), S("5"));
	CHECK(shows(&a, "Bitte warte noch 5 Sekunden"));
	CHECK(shows(&a, "value=\"anna@lindheim.example\""));
	CHECK(!shows(&a, PASSWORD));
	CHECK_INT(count_of("SELECT failures FROM login_failure WHERE scope = 'pair'"), 5);
	clock_set(FIXTURE_NOW + 4);
	a = try_from("192.0.2.1", "ANNA@lindheim.example", PASSWORD);
	CHECK_INT(a.status, 429);
	CHECK(shows(&a, "noch 1 Sekunde<"));
	clock_set(FIXTURE_NOW + 5);
	CHECK_INT(try_from("192.0.2.1", "anna@lindheim.example", PASSWORD).status, 303);
	/* Who got in starts anew. */
	fail_times(5, "192.0.2.1", "anna@lindheim.example");
	CHECK_INT(try_from("192.0.2.1", "anna@lindheim.example", PASSWORD).status, 429);
}

TEST(the_wait_doubles_up_to_a_quarter_of_an_hour)
{
	static const int64_t waits[] = {5, 10, 20, 40, 80, 160, 320, 640, 900, 900, 900};

	fixtures();
	fail_times(5, "192.0.2.1", "anna@lindheim.example");
	for (size_t i = 0; i < sizeof waits / sizeof waits[0]; i++) {
		struct answer a = try_from("192.0.2.1", "anna@lindheim.example", WRONG);
		int64_t wait = 0;
		CHECK_INT(a.status, 429);
		CHECK(str_to_int(header_of(&a, "Retry-After"), &wait));
		CHECK_INT(wait, waits[i]);
		clock_set(clock_now() + wait);
		fail_times(1, "192.0.2.1", "anna@lindheim.example");
	}
	struct answer a = try_from("192.0.2.1", "anna@lindheim.example", WRONG);
	CHECK(shows(&a, "Bitte warte noch 15 Minuten"));
	/* No more is counted than the longest wait needs, so that it is soon forgotten. */
	CHECK_INT(count_of("SELECT failures FROM login_failure WHERE scope = 'pair'"), 13);
}

TEST(unknown_addresses_wait_just_as_long)
{
	fixtures();
	fail_times(5, "192.0.2.1", "nobody@nowhere.example");
	struct answer a = try_from("192.0.2.1", "nobody@nowhere.example", WRONG);
	CHECK_INT(a.status, 429);
	CHECK_STR(header_of(&a, "Retry-After"), S("5"));
}

TEST(a_day_of_guessing_is_worth_as_little_as_the_header_says)
{
	static const char *const one[] = {"203.0.113.1"};
	static const char *const many[] = {
	    "203.0.113.1",  "203.0.113.2",  "203.0.113.3",  "203.0.113.4",  "203.0.113.5",
	    "203.0.113.6",  "203.0.113.7",  "203.0.113.8",  "203.0.113.9",  "203.0.113.10",
	    "203.0.113.11", "203.0.113.12", "203.0.113.13", "203.0.113.14", "203.0.113.15",
	    "203.0.113.16", "203.0.113.17", "203.0.113.18", "203.0.113.19", "203.0.113.20"};

	fixtures();
	int guesses = guesses_in(24 * 3600, one, 1, "anna@lindheim.example");
	CHECK(guesses > 90 && guesses <= 115);
	/* An hour from twenty networks: not twenty times as much. */
	fixtures();
	guesses = guesses_in(3600, many, 20, "anna@lindheim.example");
	CHECK(guesses > 60 && guesses <= 2900 / 24 + 20);
}

TEST(spraying_does_not_lock_out_the_victim)
{
	char address[32];

	fixtures();
	/* Anna works in the town hall. */
	CHECK_INT(try_from("192.0.2.1", "anna@lindheim.example", PASSWORD).status, 303);
	/* Somebody tries her account from everywhere … */
	for (int i = 1; i <= 40; i++) {
		snprintf(address, sizeof address, "203.0.113.%d", i);
		try_from(address, "anna@lindheim.example", WRONG);
	}
	CHECK_INT(try_from("203.0.113.99", "anna@lindheim.example", PASSWORD).status, 429);
	CHECK_INT(try_from("192.0.2.1", "anna@lindheim.example", PASSWORD).status, 303);
	/* … and never gets more than half a minute out of it for a new place. */
	clock_set(clock_now() + 30);
	CHECK_INT(try_from("203.0.113.99", "anna@lindheim.example", PASSWORD).status, 303);
}

TEST(a_sprayer_in_the_same_building_slows_only_those_who_never_logged_in_there)
{
	char email[40];

	fixtures();
	CHECK_INT(try_from("192.0.2.1", "anna@lindheim.example", PASSWORD).status, 303);
	for (int i = 0; i < 100; i++) {
		snprintf(email, sizeof email, "person%d@lindheim.example", i);
		CHECK_INT(try_from("192.0.2.1", email, WRONG).status, 422);
	}
	CHECK_INT(try_from("192.0.2.1", "ben@auental.example", PASSWORD).status, 429);
	CHECK_INT(try_from("192.0.2.1", "anna@lindheim.example", PASSWORD).status, 303);
	CHECK_INT(try_from("192.0.2.2", "ben@auental.example", PASSWORD).status, 303);
	clock_set(clock_now() + 1);
	CHECK_INT(try_from("192.0.2.1", "ben@auental.example", PASSWORD).status, 303);
}

TEST(a_whole_town_hall_may_mistype_on_a_monday)
{
	char email[40];

	fixtures();
	for (int i = 0; i < 99; i++) {
		snprintf(email, sizeof email, "person%d@lindheim.example", i);
		CHECK_INT(try_from("192.0.2.1", email, WRONG).status, 422);
	}
	CHECK_INT(try_from("192.0.2.1", "dora@seefeld.example", PASSWORD).status, 303);
}

TEST(nobody_is_locked_for_good)
{
	fixtures();
	fail_times(5, "192.0.2.1", "anna@lindheim.example");
	/* As after years of attack. */
	run_sql("UPDATE login_failure SET failures = 1000000");
	struct answer a = try_from("192.0.2.1", "anna@lindheim.example", PASSWORD);
	CHECK_STR(header_of(&a, "Retry-After"), S("900"));
	clock_set(clock_now() + 900);
	CHECK_INT(try_from("192.0.2.1", "anna@lindheim.example", PASSWORD).status, 303);
}

TEST(counters_run_empty)
{
	fixtures();
	fail_times(5, "192.0.2.1", "anna@lindheim.example");
	clock_set(FIXTURE_NOW + 3 * 3600);
	/* Three of five are forgotten, so three more are free. */
	fail_times(3, "192.0.2.1", "anna@lindheim.example");
	CHECK_INT(try_from("192.0.2.1", "anna@lindheim.example", WRONG).status, 429);
	/* A day later all are, though the rows stay as long as the retention says. */
	clock_set(clock_now() + 25 * 3600);
	fail_times(5, "192.0.2.1", "anna@lindheim.example");
	CHECK_INT(try_from("192.0.2.1", "anna@lindheim.example", WRONG).status, 429);
	CHECK_INT(count_of("SELECT count(*) FROM login_failure"), 3);
}

TEST(a_clock_that_was_set_back_makes_nobody_wait_longer)
{
	fixtures();
	fail_times(5, "192.0.2.1", "anna@lindheim.example");
	clock_set(FIXTURE_NOW - 100000);
	/* A failure that is still to come delays nobody, but the next one counts on top of it … */
	fail_times(1, "192.0.2.1", "anna@lindheim.example");
	struct answer a = try_from("192.0.2.1", "anna@lindheim.example", PASSWORD);
	CHECK_STR(header_of(&a, "Retry-After"), S("10"));
	/* … and the wait counts down. */
	clock_set(FIXTURE_NOW - 100000 + 10);
	CHECK_INT(try_from("192.0.2.1", "anna@lindheim.example", PASSWORD).status, 303);
}

TEST(the_right_password_passes_at_once_after_the_clock_was_set_back)
{
	fixtures();
	fail_times(5, "192.0.2.1", "anna@lindheim.example");
	clock_set(FIXTURE_NOW - 100000);
	CHECK_INT(try_from("192.0.2.1", "anna@lindheim.example", PASSWORD).status, 303);
}

TEST(a_network_is_an_ipv4_address_or_an_ipv6_64)
{
	fixtures();
	CHECK_STR(network_of(test_arena, S("192.0.2.7")), S("192.0.2.7"));
	CHECK_STR(network_of(test_arena, S("::ffff:192.0.2.7")), S("192.0.2.7"));
	CHECK_STR(network_of(test_arena, S("2001:db8:1:2:3:4:5:6")), S("2001:db8:1:2::/64"));
	CHECK_STR(network_of(test_arena, S("2001:db8:1:2:ffff::")), S("2001:db8:1:2::/64"));
	CHECK_STR(network_of(test_arena, S("2001:db8:1:3::1")), S("2001:db8:1:3::/64"));
	CHECK_STR(network_of(test_arena, S("")), S(""));
	fail_times(3, "2001:db8:1:2::a", "anna@lindheim.example");
	fail_times(2, "2001:db8:1:2:b::", "anna@lindheim.example");
	CHECK_INT(try_from("2001:db8:1:2:c::", "anna@lindheim.example", PASSWORD).status, 429);
}

/* Between the check of a password and the write of its verdict ------------------------------- */

static const struct route *login_route(void)
{
	const struct route *r = people_routes;

	while (r->prepare == NULL)
		r++;
	return r;
}

static const char *meanwhile;

static enum err prepare_and_wait(struct request *rq)
{
	TRY(login_route()->prepare(rq));
	db_rollback(rq->db);
	run_sql(meanwhile);
	return OK;
}

static struct answer login_while(const char *sql)
{
	static struct route table[2];
	static const struct route *tables[] = {table, NULL};

	fixtures();
	meanwhile = sql;
	table[0] = *login_route();
	table[0].prepare = prepare_and_wait;
	test_app.routes = tables;
	return try_from("192.0.2.1", "anna@lindheim.example", PASSWORD);
}

TEST(tries_sent_at_the_same_time_are_not_all_let_through)
{
	fixtures();
	fail_times(1, "192.0.2.1", "anna@lindheim.example");
	struct str key = text_of("SELECT hex(key_hash) FROM login_failure WHERE scope = 'pair'");
	char sql[200];
	snprintf(sql, sizeof sql, "INSERT INTO login_failure VALUES ('pair', x'%.*s', 5, %d)",
		 ARG(key), FIXTURE_NOW);
	CHECK_INT(login_while(sql).status, 429);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 1);
}

TEST(a_person_suspended_meanwhile_does_not_get_in)
{
	CHECK_INT(login_while("UPDATE person SET status = 'suspended' WHERE id = 1").status, 422);
	CHECK_INT(count_of("SELECT count(*) FROM login_failure"), 3);
}

TEST(a_password_changed_meanwhile_does_not_fit_any_more)
{
	CHECK_INT(login_while("UPDATE person SET password_hash = 'x' WHERE id = 1").status, 422);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 1);
}

TESTS_MAIN
