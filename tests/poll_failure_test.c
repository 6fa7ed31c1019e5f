/* poll_failure_test.c -- forms of votes against refusals, double clicks and a failing database. */
#include "poll_world.h"

TEST(every_failure_of_opening_changes_nothing)
{
	poll_world();
	check_refusals(IVO, POLL, opening("resolution"), poll_changes);
	check_once(IVO, POLL, opening("resolution"), poll_changes);
	poll_world();
	check_failures(IVO, POLL, opening("resolution"), poll_changes);
}

TEST(every_failure_of_casting_changes_nothing)
{
	poll_world();
	OPENS();
	check_refusals(GRETA, VOTE, vote_form(AUENTAL, "yes", "x"), poll_changes);
	check_once(GRETA, VOTE, vote_form(AUENTAL, "yes", "x"), poll_changes);
	poll_world();
	OPENS();
	check_failures(GRETA, VOTE, vote_form(AUENTAL, "yes", "x"), poll_changes);
}

/* Also: a crash between tally and seal. */
TEST(every_failure_of_closing_changes_nothing)
{
	poll_world();
	OPENS();
	check_refusals(IVO, CLOSE, the_poll(), poll_changes);
	check_once(IVO, CLOSE, the_poll(), poll_changes);
	poll_world();
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	check_failures(IVO, CLOSE, the_poll(), poll_changes);
	CHECK_INT(count_of("SELECT count(*) FROM register_seal WHERE n = (SELECT n FROM"
			   " register_record WHERE kind = 'poll_closed')"),
		  1);
}

TEST(every_failure_of_aborting_changes_nothing)
{
	poll_world();
	OPENS();
	check_refusals(IVO, ABORT, aborting("Darum."), poll_changes);
	check_once(IVO, ABORT, aborting("Darum."), poll_changes);
	poll_world();
	OPENS();
	check_failures(IVO, ABORT, aborting("Darum."), poll_changes);
}

TESTS_MAIN
