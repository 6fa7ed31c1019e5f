/* sender_test.c -- letters on their way: taken, carried by a carrier of the test, marked. */
#include "features/mail/letter.h"
#include "sender_world.h"

TEST(what_is_due_is_sent_once_and_what_is_not_waits)
{
	world();
	put(JULE, "feedback", "a", 0);
	put(CEM, "vote_receipt", "b", FIXTURE_NOW);
	put(CEM, "vote_receipt", "c", FIXTURE_NOW + 1);
	CHECK_INT(run_sender(), 2);
	CHECK_STR(post.to[0], S("jule@lindheim.example"));
	CHECK_STR(post.to[1], S("cem@bergstedt.example"));
	CHECK(said(0, "Subject: Betreff a\r\n") &&
	      said(0, "Message-ID: <1.1795165200@handschlag."));
	/* Where this can be turned off, and where it cannot. */
	CHECK(said(0, "https://handschlag.example/profil/benachrichtigungen"));
	CHECK(!said(1, "benachrichtigungen"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE sent_at = 1795165200"
			   " AND attempts = 1 AND last_error = ''"),
		  2);
	CHECK_INT(count_of("SELECT count(*) FROM mail_run WHERE ran_at = 1795165200"
			   " AND sent_at = 1795165200 AND error_at IS NULL"),
		  1);
	CHECK_INT(run_sender(), 0);
	clock_set(FIXTURE_NOW + 1);
	CHECK_INT(run_sender(), 1);
	CHECK(said(2, "Betreff c"));
}

TEST(nothing_is_written_while_nothing_is_to_do)
{
	world();
	CHECK_INT(run_sender(), 0);
	CHECK_INT(count_of("SELECT ran_at FROM mail_run"), FIXTURE_NOW);
	clock_set(FIXTURE_NOW + 15 * 60 - 1);
	CHECK_INT(run_sender(), 0);
	CHECK_INT(count_of("SELECT ran_at FROM mail_run"), FIXTURE_NOW);
	clock_set(FIXTURE_NOW + 15 * 60);
	CHECK_INT(run_sender(), 0);
	CHECK_INT(count_of("SELECT ran_at FROM mail_run"), FIXTURE_NOW + 15 * 60);
}

TEST(a_letter_that_was_not_taken_is_tried_again_later_and_later)
{
	world();
	put(JULE, "feedback", "a", 0);
	post.outcome = SMTP_LATER;
	post.why = "450 4.2.0 Greylisted\r\x1b[31m";
	int64_t now = FIXTURE_NOW, wait = 60, tries = 0;
	log_threshold((enum log_level)(LOG_ERROR + 1));
	while (count_of("SELECT count(*) FROM outbox WHERE given_up_at IS NULL") == 1) {
		clock_set(now);
		CHECK_INT(run_sender(), 0);
		CHECK_INT(post.n, ++tries);
		CHECK_INT(run_sender(), 0);
		CHECK_INT(post.n, tries);
		CHECK_INT(count_of("SELECT not_before FROM outbox"), now + wait);
		CHECK_STR(text_of("SELECT last_error FROM outbox"),
			  S("450 4.2.0 Greylisted  [31m"));
		now += wait;
		wait = wait * 2 < 4 * 3600 ? wait * 2 : 4 * 3600;
	}
	log_threshold(LOG_ERROR);
	CHECK_INT(tries, ATTEMPTS_MAX);
	/* About three days, and then nobody tries. */
	CHECK(now - FIXTURE_NOW > 3 * 86400 - 4 * 3600 && now - FIXTURE_NOW < 4 * 86400);
	clock_set(now + 86400);
	CHECK_INT(run_sender(), 0);
	CHECK_INT(post.n, tries);
	CHECK_STR(post.message[0].n > 0 ? S("same") : S(""), S("same"));
	CHECK(said(0, "Message-ID: <1.1795165200@") && said(1, "Message-ID: <1.1795165200@"));
}

TEST(a_letter_that_will_never_do_is_given_up_at_once)
{
	world();
	put(JULE, "feedback", "a", 0);
	put(CEM, "feedback", "b", 0);
	post.outcome = SMTP_REFUSED;
	post.why = "550 5.1.1 unknown";
	log_threshold((enum log_level)(LOG_ERROR + 1));
	CHECK_INT(run_sender(), 0);
	log_threshold(LOG_ERROR);
	CHECK_INT(post.n, 2);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE given_up_at = 1795165200"
			   " AND attempts = 1 AND last_error = '550 5.1.1 unknown'"),
		  2);
	/* Written anew, it is another letter. */
	put(JULE, "feedback", "a", 0);
	post.outcome = SMTP_TAKEN;
	CHECK_INT(run_sender(), 1);
}

TEST(an_address_that_is_none_is_given_up_without_the_server)
{
	world();
	run_sql("UPDATE person SET email = 'jule lindheim' WHERE id = 10");
	put(JULE, "feedback", "a", 0);
	put(CEM, "feedback", "b", 0);
	log_threshold((enum log_level)(LOG_ERROR + 1));
	CHECK_INT(run_sender(), 1);
	log_threshold(LOG_ERROR);
	CHECK_STR(post.to[0], S("cem@bergstedt.example"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE given_up_at IS NOT NULL"
			   " AND last_error <> ''"),
		  1);
}

TEST(a_server_that_takes_nothing_ends_the_run_and_is_told_of)
{
	world();
	put(JULE, "feedback", "a", 0);
	put(CEM, "feedback", "b", 0);
	post.outcome = SMTP_DOWN;
	post.why = "Couldn't connect to server";
	log_threshold(LOG_ERROR);
	CHECK_INT(run_sender(), 0);
	CHECK_INT(post.n, 1);
	CHECK_INT(count_of("SELECT count(*) FROM mail_run WHERE error_at = 1795165200 AND"
			   " sent_at IS NULL AND last_error LIKE 'Couldn%'"),
		  1);
	CHECK_INT(count_of("SELECT sum(attempts) FROM outbox"), 1);
	clock_set(FIXTURE_NOW + 60);
	post.outcome = SMTP_TAKEN;
	CHECK_INT(run_sender(), 2);
	CHECK_INT(count_of("SELECT sent_at > error_at FROM mail_run"), 1);
}

/* ---- Who gets what ---- */

TEST(who_left_gets_nothing_and_who_is_not_here_only_what_concerns_that)
{
	static const struct {
		const char *status, *gets;
	} cases[] = {
	    {"active", "account digest feedback invitation password_reset vote_receipt"},
	    {"invited", "account invitation"},
	    {"suspended", "account"},
	    {"anonymised", ""},
	};
	static const char *const topics[] = {"account",    "digest",       "feedback",
					     "invitation", "vote_receipt", "password_reset"};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		world();
		for (size_t t = 0; t < sizeof topics / sizeof topics[0]; t++)
			put(JULE, topics[t], topics[t], 0);
		run_sql(arena_cstr(test_arena,
				   arena_fmt(test_arena,
					     "UPDATE person SET status = '%s' WHERE id = 10",
					     cases[i].status)));
		run_sender();
		CHECK_STR(text_of("SELECT coalesce(group_concat(topic, ' '), '') FROM (SELECT topic"
				  " FROM outbox WHERE sent_at IS NOT NULL ORDER BY topic)"),
			  str_of(cases[i].gets));
		CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE sent_at IS NULL"
				   " AND cancelled_at IS NULL"),
			  0);
	}
}

TEST(the_address_is_that_of_the_moment)
{
	world();
	put(JULE, "feedback", "a", 0);
	run_sql("UPDATE person SET email = 'jule.neu@auental.example' WHERE id = 10");
	CHECK_INT(run_sender(), 1);
	CHECK_STR(post.to[0], S("jule.neu@auental.example"));
}

TEST(what_is_turned_off_is_not_sent_but_what_must_be_read_is)
{
	world();
	choose("feedback", "off");
	choose("vote_receipt", "off");
	choose("account", "daily");
	put(JULE, "feedback", "a", 0);
	put(JULE, "vote_receipt", "b", 0);
	put(JULE, "account", "c", 0);
	put(CEM, "feedback", "d", 0);
	CHECK_INT(run_sender(), 3);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at IS NOT NULL"
			   " AND topic = 'feedback' AND person_id = 10"),
		  1);
}

/* ---- What happens meanwhile ---- */

static void replace(void)
{
	post.meanwhile = NULL;
	put(JULE, "feedback", "a", 0);
}

static void call_back(void)
{
	run_sql("UPDATE outbox SET cancelled_at = 5");
}

TEST(a_letter_replaced_or_called_back_while_it_is_carried_stays_true)
{
	world();
	put(JULE, "feedback", "a", 0);
	post.meanwhile = replace;
	CHECK_INT(run_sender(), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND attempts = 0"),
		  1);
	CHECK_INT(run_sender(), 1);
	world();
	put(JULE, "feedback", "a", 0);
	post.meanwhile = call_back;
	CHECK_INT(run_sender(), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE sent_at IS NOT NULL"
			   " AND cancelled_at IS NULL"),
		  1);
}

/* Each call of the database fails in turn: nothing is lost, and no letter but the one that was
 * under way goes out twice. */
TEST(a_database_that_fails_loses_nothing)
{
	bool failed = true;

	for (int64_t n = 1; failed; n++) {
		int64_t sent = 0;
		world();
		choose("feedback", "daily");
		put(JULE, "feedback", "a", 0);
		put(CEM, "feedback", "b", 0);
		put(BEN, "feedback", "c", 0);
		clock_set(SATURDAY_SEVEN);
		log_threshold((enum log_level)(LOG_ERROR + 1));
		db_fail_after(test_db, n, E_UNAVAILABLE);
		failed = sender_run(&sender, &sent) != OK;
		db_fail_after(test_db, 0, OK);
		log_threshold(LOG_ERROR);
		clock_set(SATURDAY_SEVEN + 60);
		run_sender();
		CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE sent_at IS NULL"), 0);
		CHECK(post.n == 3 || (failed && post.n == 4));
		if (n > 500)
			fail_msg("never ends");
	}
}

TESTS_MAIN
