/* outbox_test.c -- letters as rows: once, replaced, called back. */
#include "app/outbox.h"
#include "fixtures.h"

static struct letter letter(const char *dedupe, const char *body)
{
	return (struct letter){.person_id = JULE,
			       .topic = "review_round",
			       .subject = S("Rückmelderunde 3"),
			       .body = str_of(body),
			       .dedupe = str_of(dedupe),
			       .not_before = FIXTURE_NOW + 100};
}

/* In a transaction of its own, as a request would. */
static enum err put(const struct letter *l)
{
	enum err err = db_begin_write(test_db, test_arena);

	if (err == OK)
		err = outbox_put(test_db, l);
	if (err == OK)
		err = db_commit(test_db);
	db_rollback(test_db);
	return err;
}

static enum err put_text(const char *dedupe, const char *body)
{
	struct letter l = letter(dedupe, body);

	return put(&l);
}

static enum err cancel(const char *prefix)
{
	enum err err = db_begin_write(test_db, test_arena);

	if (err == OK)
		err = outbox_cancel(test_db, str_of(prefix));
	if (err == OK)
		err = db_commit(test_db);
	db_rollback(test_db);
	return err;
}

/* The letters that would be sent, by their dedupe. */
static struct str waiting(void)
{
	return text_of("SELECT coalesce(group_concat(dedupe, ' '), '') FROM"
		       " (SELECT dedupe FROM outbox"
		       "   WHERE sent_at IS NULL AND cancelled_at IS NULL ORDER BY dedupe)");
}

TEST(a_letter_is_a_row_that_waits)
{
	fixtures();
	CHECK_INT(put_text("round/3/half/10", "Hallo,\n\nbitte lies.\n"), OK);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 10"
			   " AND topic = 'review_round' AND subject = 'Rückmelderunde 3'"
			   " AND body LIKE 'Hallo,%lies.%' AND created_at = 1795165200"
			   " AND not_before = 1795165300 AND attempts = 0 AND last_error = ''"),
		  1);
	CHECK_STR(waiting(), S("round/3/half/10"));
}

TEST(a_letter_goes_with_its_transaction)
{
	struct letter l = letter("a", "Text");

	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(outbox_put(test_db, &l), OK);
	db_rollback(test_db);
	CHECK_STR(waiting(), S(""));
}

TEST(the_same_letter_again_replaces_what_was_not_sent)
{
	struct letter l = letter("round/3/half/10", "neu");

	fixtures();
	CHECK_INT(put_text("round/3/half/10", "alt"), OK);
	run_sql("UPDATE outbox SET attempts = 2, last_error = 'voll'");
	clock_set(FIXTURE_NOW + 50);
	l.person_id = ANNA;
	l.topic = "feedback";
	l.subject = S("Neu");
	l.not_before = 7;
	CHECK_INT(put(&l), OK);
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 1 AND topic = 'feedback'"
			   " AND subject = 'Neu' AND body = 'neu' AND not_before = 7"
			   " AND created_at = 1795165200 AND attempts = 0 AND last_error = ''"),
		  1);
}

TEST(a_letter_that_was_sent_stays_and_is_not_sent_again)
{
	fixtures();
	CHECK_INT(put_text("a", "alt"), OK);
	run_sql("UPDATE outbox SET sent_at = 5");
	CHECK_INT(put_text("a", "neu"), OK);
	CHECK_INT(cancel("a"), OK);
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE body = 'alt' AND sent_at = 5"
			   " AND cancelled_at IS NULL"),
		  1);
}

static void some_letters(void)
{
	static const char *const names[] = {"round/2/half/10", "round/3",  "round/3/end/10",
					    "round/3/half/10", "round/3-", "round/30/half/10",
					    "round/30",        "round/3a", "roun"};

	fixtures();
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		CHECK_INT(put_text(names[i], "Text"), OK);
}

TEST(a_beginning_calls_back_all_below_it_and_nothing_beside_it)
{
	some_letters();
	CHECK_INT(cancel("round/3/half"), OK);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at = 1795165200"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe = 'round/3/half/10'"
			   " AND cancelled_at IS NOT NULL"),
		  1);
	clock_set(FIXTURE_NOW + 1);
	CHECK_INT(cancel("round/3"), OK);
	CHECK_STR(waiting(), S("roun round/2/half/10 round/3- round/30 round/30/half/10 round/3a"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at = 1795165200"), 1);
	CHECK_INT(cancel("round/30/"), OK);
	CHECK_STR(waiting(), S("roun round/2/half/10 round/3- round/3a"));
}

TEST(signs_of_patterns_mean_nothing_in_a_beginning)
{
	some_letters();
	struct str before = waiting();
	CHECK_INT(cancel("round/_"), OK);
	CHECK_INT(cancel("%"), OK);
	CHECK_INT(cancel("*"), OK);
	CHECK_INT(cancel("round/3' OR '1'='1"), OK);
	CHECK_STR(waiting(), before);
	log_threshold((enum log_level)(LOG_ERROR + 1));
	CHECK_INT(cancel(""), E_INTERNAL);
	CHECK_INT(cancel("/"), E_INTERNAL);
	log_threshold(LOG_ERROR);
	CHECK_STR(waiting(), before);
}

TEST(a_letter_called_back_comes_to_life_when_it_is_put_again)
{
	fixtures();
	CHECK_INT(put_text("round/3/half/10", "alt"), OK);
	CHECK_INT(cancel("round/3"), OK);
	CHECK_STR(waiting(), S(""));
	CHECK_INT(put_text("round/3/half/10", "neu"), OK);
	CHECK_STR(waiting(), S("round/3/half/10"));
}

TEST(what_is_no_letter_is_refused)
{
	struct letter bad[13];
	size_t n = sizeof bad / sizeof bad[0];

	fixtures();
	for (size_t i = 0; i < n; i++)
		bad[i] = letter("a", "Text");
	bad[0].subject = S("Betreff\nBcc: alle@x.example");
	bad[1].subject = S("Betreff\rx");
	bad[2].subject = S("");
	bad[3].subject = repeated("x", LETTER_SUBJECT_MAX + 1);
	bad[4].body = S(" \n ");
	bad[5].body = S("a\0b");
	bad[6].body = S("\xff");
	bad[7].dedupe = S("");
	bad[8].dedupe = S("a\nb");
	bad[9].topic = NULL;
	bad[10].person_id = 4711;
	bad[11].topic = "";
	bad[12].topic = "role"; /* people could not choose about it */
	log_threshold((enum log_level)(LOG_ERROR + 1));
	for (size_t i = 0; i < n; i++)
		CHECK_INT(put(&bad[i]), E_INTERNAL);
	log_threshold(LOG_ERROR);
	CHECK_STR(waiting(), S(""));
}

TEST(every_failure_of_the_database_is_told_and_leaves_nothing)
{
	int failures = 0;

	for (int64_t n = 1;; n++) {
		fixtures();
		CHECK_INT(put_text("b", "alt"), OK);
		db_fail_after(test_db, n, E_UNAVAILABLE);
		enum err put_err = put_text("a", "Text"), cancel_err = cancel("b");
		db_fail_after(test_db, 0, OK);
		CHECK_STR(waiting(), put_err != OK ? S("") : cancel_err != OK ? S("a b") : S("a"));
		if (put_err == OK && cancel_err == OK)
			break;
		CHECK_INT(put_err != OK ? put_err : cancel_err, E_UNAVAILABLE);
		failures++;
	}
	CHECK(failures >= 6);
}

TESTS_MAIN
