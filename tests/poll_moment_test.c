/* poll_moment_test.c -- what happens between the opening of a vote and its closing: municipalities
 * come and go, the quorum is lost, the clock is kept. */
#include "poll_world.h"

TEST(municipality_leaves_between_opening_and_closing)
{
	poll_world();
	OPENS();
	run_sql("UPDATE municipality SET left_on = '2026-11-19' WHERE id = 2");
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("yes silent silent silent"));
	check_register();
}

/* Effective from the next vote: this one's roll is frozen. */
TEST(municipality_that_joins_during_a_vote_is_in_the_next_round)
{
	poll_world();
	run_sql("UPDATE municipality SET joined_on = '2026-11-21' WHERE id = 2");
	OPENS();
	CHECK_STR(text_of("SELECT group_concat(name, ' ') FROM poll_unit"),
		  S("Lindheim Bergstedt Seefeld"));
	run_sql("UPDATE municipality SET joined_on = '2026-11-20' WHERE id = 2");
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 403);
	CHECK_INT(post_as(IVO, ABORT, aborting("Auental ist jetzt dabei.")).status, 303);
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("yes silent silent silent"));
	check_register();
}

TEST(municipality_joins_between_opening_and_closing)
{
	poll_world();
	OPENS();
	run_sql("INSERT INTO municipality (id, kind, name, short, slug, sort_key, email_domains,"
		" joined_on) VALUES (77, 'municipality', 'Stadt Neu', 'Neu', 'neu', 'neu',"
		" 'neu.example', '2026-11-19')");
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	struct answer a = get_as(IVO, POLL);
	CHECK(shows(&a, "1 von 4"));
	CLOSES();
	CHECK_STR(statuses(), S("yes silent silent silent"));
	check_register();
	/* In the next one it has its place. */
	struct electorate e;
	DIRECTLY(struct poll next = {.decision_id = 1}; next.meeting_id = 1;
		 CHECK_INT(electorate_draft(&rq, &next, &e), OK););
	CHECK_INT(e.n, 5);
}

TEST(quorum_lost_during_the_meeting)
{
	poll_empty_world("called", IN_TIME);
	comes(JULE, LINDHEIM, "holder");
	comes(HEIDI, BERGSTEDT, "holder");
	comes(IVO, SEEFELD, "holder");
	OPENS();
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CHECK_INT(votes(IVO, SEEFELD, "yes"), 303);
	struct answer a = get_as(IVO, CLOSE);
	CHECK(!shows(&a, "nicht beschlussfähig"));
	leaves(HEIDI, BERGSTEDT, "holder");
	/* The chair is warned in the room and before the vote is closed. */
	a = get_as(IVO, "/sitzungen/2026-1/leitung");
	CHECK(shows(&a, "Nicht beschlussfähig: 2 von 4 vertreten, nötig 3"));
	a = get_as(IVO, CLOSE);
	CHECK(shows(&a, "nicht beschlussfähig"));
	CLOSES();
	CHECK_STR(result(), S("not_quorate"));
	CHECK_STR(text_of("SELECT state || second_meeting FROM decision WHERE id = 1"),
		  S("published1"));
	check_register();
}

/* 10:17:43 in Berlin. */
TEST(closing_time_is_shown_and_kept_to_the_second)
{
	enum { END = 1795166263 };

	poll_world();
	OPENS();
	clock_set(END);
	CLOSES();
	CHECK_INT(count_of("SELECT closed_at FROM poll"), END);
	struct answer a = get_as(DORA, POLL);
	CHECK(shows(&a, "10:17:43 Uhr"));
	a = post_as(GRETA, VOTE, vote_form(AUENTAL, "yes", ""));
	CHECK(a.status == 409 && shows(&a, "10:17:43 Uhr"));
	check_register();
}

TESTS_MAIN
