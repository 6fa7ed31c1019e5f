/* sender_digest_test.c -- one letter instead of many. */
#include "sender_world.h"

TEST(a_summary_comes_in_the_morning_with_all_that_was_there)
{
	world();
	choose("feedback", "daily");
	choose("review_round", "daily");
	put(JULE, "feedback", "eins", 0);
	put(JULE, "review_round", "zwei", FIXTURE_NOW + 3600);
	put(JULE, "feedback", "spaeter", SATURDAY_SEVEN + 1);
	put(CEM, "feedback", "cem", 0);
	CHECK_INT(run_sender(), 1);
	clock_set(SATURDAY_SEVEN - 1);
	CHECK_INT(run_sender(), 0);
	clock_set(SATURDAY_SEVEN);
	CHECK_INT(run_sender(), 1);
	CHECK(said(1, "Subject: Handschlag: 2 Neuigkeiten seit gestern\r\n"));
	CHECK(said(1, "* Betreff eins\r\nText zu eins, in zwei Zeilen.\r\n"
		      "https://handschlag.example/eins\r\n\r\n* Betreff zwei\r\n"));
	CHECK(!said(1, "spaeter") && !said(1, "Ende.") && said(1, "/profil/benachrichtigungen"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE digest_id IS NOT NULL"
			   " AND sent_at IS NOT NULL"),
		  2);
	CHECK_INT(run_sender(), 0);
	clock_set(SATURDAY_SEVEN + 86400);
	CHECK_INT(run_sender(), 1);
	CHECK(said(2, "Subject: Handschlag: eine Neuigkeit seit gestern\r\n") &&
	      said(2, "spaeter"));
}

TEST(the_summary_of_the_week_comes_on_monday)
{
	world();
	choose("feedback", "weekly");
	put(JULE, "feedback", "eins", 0);
	clock_set(SATURDAY_SEVEN + 3600);
	CHECK_INT(run_sender(), 0);
	clock_set(MONDAY_SEVEN - 1);
	CHECK_INT(run_sender(), 0);
	clock_set(MONDAY_SEVEN + 5 * 3600);
	CHECK_INT(run_sender(), 1);
	CHECK(said(0, "Handschlag: eine Neuigkeit der letzten Woche"));
}

TEST(many_letters_make_more_than_one_summary_and_none_is_left_out)
{
	world();
	choose("feedback", "daily");
	for (int i = 0; i < 60; i++)
		put(JULE, "feedback", arena_cstr(test_arena, arena_fmt(test_arena, "nr-%d-", i)),
		    0);
	clock_set(SATURDAY_SEVEN);
	CHECK_INT(run_sender(), 2);
	CHECK(said(0, "50 Neuigkeiten") && said(1, "10 Neuigkeiten"));
	for (int i = 0; i < 60; i++) {
		const char *nr =
		    arena_cstr(test_arena, arena_fmt(test_arena, "* Betreff nr-%d-", i));
		CHECK(said(0, nr) != said(1, nr));
	}
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE sent_at IS NULL"), 0);
}

TEST(a_summary_that_is_not_taken_is_tried_again_as_one_letter)
{
	world();
	choose("feedback", "daily");
	put(JULE, "feedback", "eins", 0);
	put(JULE, "feedback", "zwei", 0);
	clock_set(SATURDAY_SEVEN);
	post.outcome = SMTP_LATER;
	CHECK_INT(run_sender(), 0);
	clock_set(SATURDAY_SEVEN + 60);
	post.outcome = SMTP_TAKEN;
	CHECK_INT(run_sender(), 1);
	CHECK_INT(post.n, 2);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE sent_at IS NULL"), 0);
	/* Who was suspended gets no summary, and nothing waits for ever. */
	put(JULE, "feedback", "drei", 0);
	clock_set(SATURDAY_SEVEN + 86400);
	run_sql("UPDATE person SET status = 'suspended' WHERE id = 10");
	CHECK_INT(run_sender(), 0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE sent_at IS NULL"
			   " AND cancelled_at IS NULL"),
		  0);
}

TEST(what_is_written_anew_while_its_summary_waits_comes_in_another)
{
	world();
	choose("feedback", "daily");
	put(JULE, "feedback", "eins", 0);
	put(JULE, "feedback", "zwei", 0);
	clock_set(SATURDAY_SEVEN);
	post.outcome = SMTP_LATER;
	CHECK_INT(run_sender(), 0);
	put(JULE, "feedback", "zwei", 0);
	clock_set(SATURDAY_SEVEN + 60);
	post.outcome = SMTP_TAKEN;
	CHECK_INT(run_sender(), 2);
	CHECK(said(1, "* Betreff eins") && said(1, "* Betreff zwei"));
	CHECK(!said(2, "* Betreff eins") && said(2, "* Betreff zwei"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE sent_at IS NULL"), 0);
}

TESTS_MAIN
