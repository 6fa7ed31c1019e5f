/* circular_letter_test.c -- when letters of a vote in writing go out, who hears that it stopped. */
#include "poll_world.h"

#define OBJECT CIRCULAR "/einwand"
#define STOPPED "SELECT count(*) FROM outbox WHERE dedupe LIKE 'poll/1/stopped/%'"

static void circulates(void)
{
	poll_empty_world("published", IN_TIME);
	CHECK_INT(post_as(ANNA, CIRCULAR,
			  FORM(FIELD_STR("version", DECISION_VERSION), FIELD("bis", "30.11.2026")))
		      .status,
		  303);
}

TEST(everybody_in_the_roll_hears_why_it_was_stopped)
{
	circulates();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CHECK_INT(post_as(HEIDI, OBJECT, aborting("Darüber müssen wir reden.")).status, 303);
	/* Six have a seat; who objected knows it. */
	CHECK_INT(count_of(STOPPED), 5);
	CHECK_INT(count_of(STOPPED " AND person_id = 8"), 0);
	struct str body = text_of("SELECT body FROM outbox WHERE dedupe = 'poll/1/stopped/7'");
	CHECK(str_find(body, S("Bergstedt will in einer Sitzung entscheiden: Darüber müssen")) <
	      body.n);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'poll/1/remind/%'"
			   " AND cancelled_at IS NULL"),
		  0);
}

TEST(objecting_and_telling_fail_whole)
{
	circulates();
	check_failures(HEIDI, OBJECT, aborting("Darüber müssen wir reden."),
		       "SELECT (SELECT count(*) FROM circular_objection) + (SELECT count(*) FROM"
		       " outbox) + (SELECT count(*) FROM register_record)");
}

TEST(an_aborted_vote_in_a_meeting_is_no_news_to_those_who_sit_there)
{
	poll_world();
	OPENS();
	CHECK_INT(post_as(IVO, ABORT, aborting("Falscher Punkt.")).status, 303);
	CHECK_INT(count_of(STOPPED), 0);
}

/* The clocks change in the night after. */
TEST(the_reminder_comes_at_eight_also_before_a_clock_change)
{
	enum { EIGHT_ON_27_MARCH_2027 = 1806130800 };

	poll_empty_world("published", IN_TIME);
	clock_set(1805500000); /* 20 March */
	run_sql("UPDATE session SET last_at = 1805500000, ends_at = 1806500000");
	CHECK_INT(post_as(ANNA, CIRCULAR,
			  FORM(FIELD_STR("version", DECISION_VERSION), FIELD("bis", "28.03.2027")))
		      .status,
		  303);
	CHECK_INT(count_of("SELECT DISTINCT not_before FROM outbox WHERE dedupe LIKE"
			   " 'poll/1/remind/%'"),
		  EIGHT_ON_27_MARCH_2027);
}

TESTS_MAIN
