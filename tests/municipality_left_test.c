/* municipality_left_test.c -- what is left to a municipality whose last day is over while a vote
 * that began before still runs: this vote, and nothing else. */
#include "poll_world.h"

#define PLAN                                                                                       \
	FORM(FIELD("tag", "20.11.2026"), FIELD("grund", "Der Rat will es."),                       \
	     FIELD("passwort", PASSWORD))

TEST(who_has_left_votes_to_the_end_and_lets_nobody_else_leave)
{
	poll_world();
	OPENS();
	run_sql("UPDATE municipality SET left_on = '2026-11-19' WHERE id = 3");
	CHECK_INT(post_as(HEIDI, "/kommunen/seefeld/austritt", PLAN).status, 403);
	CHECK_INT(post_as(IVO, "/kommunen/lindheim/austritt", PLAN).status, 303);
	struct answer a = get_as(HEIDI, "/");
	CHECK(!shows(&a, "Bestätige den Austritt"));
	a = get_as(HEIDI, "/kommunen/lindheim/austritt");
	CHECK(!shows(&a, "id=\"passwort\""));
	CHECK_INT(votes(HEIDI, BERGSTEDT, "yes"), 303);
}

TESTS_MAIN
