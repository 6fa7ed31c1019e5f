/* sender_test.c -- letters on their way: taken, carried by a carrier of the test, marked. */
#include "features/mail/sender.h"
#include "app/mail_topics.h"
#include "app/outbox.h"
#include "features/mail/letter.h"
#include "fixtures.h"

enum { CARRIED_MAX = 100 };

/* What the carrier was given, and what it answers. */
static struct {
	size_t n;
	struct str to[CARRIED_MAX], message[CARRIED_MAX];
	enum smtp_outcome outcome;
	const char *why;
	void (*meanwhile)(void); /* happens while the server is talked to */
} post;

static struct arena *letter_arena;
static struct sender sender;

static enum smtp_outcome carry(void *context, struct arena *a, struct str from, struct str to,
			       struct str message, struct str *why)
{
	(void)context;
	(void)a;
	CHECK_STR(from, S("handschlag@stadt.example"));
	CHECK(post.n < CARRIED_MAX);
	post.to[post.n] = arena_str(test_arena, to);
	post.message[post.n++] = arena_str(test_arena, message);
	*why = str_of(post.why);
	if (post.meanwhile != NULL)
		post.meanwhile();
	return post.outcome;
}

static void world(void)
{
	fixtures();
	if (letter_arena == NULL)
		letter_arena = arena_new(16 * 1024 * 1024);
	memset(&post, 0, sizeof post);
	post.outcome = SMTP_TAKEN;
	test_app.config.mail_from = S("handschlag@stadt.example");
	test_app.config.base_url = S("https://handschlag.example");
	sender = (struct sender){.db = test_db,
				 .arena = letter_arena,
				 .config = &test_app.config,
				 .carrier = {.carry = carry}};
}

static void put(int64_t person, const char *topic, const char *dedupe, int64_t not_before)
{
	struct letter l = {
	    .person_id = person,
	    .topic = topic,
	    .subject = arena_fmt(test_arena, "Betreff %s", dedupe),
	    .body = arena_fmt(test_arena,
			      "Hallo,\n\nText zu %s,\nin zwei Zeilen.\n\n"
			      "https://handschlag.example/%s\n\nEnde.",
			      dedupe, dedupe),
	    .dedupe = str_of(dedupe),
	    .not_before = not_before,
	};

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(outbox_put(test_db, &l), OK);
	CHECK_INT(db_commit(test_db), OK);
}

static int64_t run_sender(void)
{
	int64_t sent = -1;

	CHECK_INT(sender_run(&sender, &sent), OK);
	return sent;
}

static bool said(size_t i, const char *text)
{
	return i < post.n && str_find(post.message[i], str_of(text)) < post.message[i].n;
}

/* 2026-11-21 07:00 in Berlin, the Saturday after FIXTURE_NOW; and the Monday. */
enum { SATURDAY_SEVEN = FIXTURE_NOW + 21 * 3600, MONDAY_SEVEN = SATURDAY_SEVEN + 48 * 3600 };

TEST(what_is_due_is_sent_once_and_what_is_not_waits)
{
	world();
	put(JULE, "feedback", "a", 0);
	put(CEM, "vote_receipt", "b", FIXTURE_NOW);
	put(CEM, "vote_receipt", "c", FIXTURE_NOW + 1);
	CHECK_INT(run_sender(), 2);
	CHECK_STR(post.to[0], S("jule@lindheim.example"));
	CHECK_STR(post.to[1], S("cem@bergstedt.example"));
	CHECK(said(0, "Subject: Betreff a\r\n") && said(0, "Message-ID: <1.1795165200@handschlag."));
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
	    {"active", "account digest feedback invitation password_reset unheard vote_receipt"},
	    {"invited", "account invitation"},
	    {"suspended", "account"},
	    {"anonymised", ""},
	};
	static const char *const topics[] = {"account",    "digest",       "feedback",
					     "invitation", "vote_receipt", "password_reset",
					     "unheard"};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		world();
		for (size_t t = 0; t < sizeof topics / sizeof topics[0]; t++)
			put(JULE, topics[t], topics[t], 0);
		run_sql(arena_cstr(test_arena,
				   arena_fmt(test_arena, "UPDATE person SET status = '%s' WHERE id = 10",
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

static void choose(const char *topic, const char *mode)
{
	run_sql(arena_cstr(test_arena, arena_fmt(test_arena,
						 "INSERT INTO mail_setting VALUES (10, '%s', '%s')"
						 " ON CONFLICT DO UPDATE SET mode = excluded.mode",
						 topic, mode)));
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

/* ---- Summaries ---- */

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
	CHECK(said(2, "Subject: Handschlag: eine Neuigkeit seit gestern\r\n") && said(2, "spaeter"));
}

TEST(the_summary_of_the_week_comes_on_monday)
{
	world();
	choose("feedback", "weekly");
	put(JULE, "feedback", "eins", 0);
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
		put(JULE, "feedback", arena_cstr(test_arena, arena_fmt(test_arena, "nr-%d-", i)), 0);
	clock_set(SATURDAY_SEVEN);
	CHECK_INT(run_sender(), 2);
	CHECK(said(0, "50 Neuigkeiten") && said(1, "10 Neuigkeiten"));
	for (int i = 0; i < 60; i++) {
		const char *nr = arena_cstr(test_arena, arena_fmt(test_arena, "* Betreff nr-%d-", i));
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

/* ---- Secret links ---- */

static void invite(const char *dedupe)
{
	run_sql("UPDATE person SET status = 'invited' WHERE id = 10");
	run_sql("INSERT INTO invitation (id, person_id, municipality_id, role, created_at,"
		" expires_at) VALUES (3, 10, 1, 'member', 1795165200, 1796374800)");
	struct letter l = {.person_id = JULE,
			   .topic = "invitation",
			   .subject = S("Einladung"),
			   .body = S("Hallo,\n\nkomm herein:\n\n{LINK}\n\nBis bald {LINK}"),
			   .dedupe = str_of(dedupe),
			   .link = "invitation",
			   .link_id = 3};
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(outbox_put(test_db, &l), OK);
	CHECK_INT(db_commit(test_db), OK);
}

/* The token in the message's address, with soft line ends taken out. */
static struct str token_in(size_t i, const char *path)
{
	struct str rest = post.message[i], line;
	struct buf b = {.arena = test_arena};

	while (str_cut(&rest, '\n', &line))
		buf_add(&b, str_ends(line, S("=\r")) ? str_head(line, line.n - 2) : line);
	struct str text = buf_str(&b);
	struct str address = arena_fmt(test_arena, "https://handschlag.example/%s/", path);
	size_t at = str_find(text, address);
	CHECK(at < text.n);
	return arena_str(test_arena, str_head(str_from(text, at + address.n), SECRET_TOKEN_CHARS));
}

static bool hash_is_in(const char *sql, struct str token)
{
	struct str hex = secret_hex(test_arena, secret_hash(test_arena, token, S("")));

	return str_eq_nocase(text_of(sql), hex);
}

TEST(the_token_of_a_secret_link_is_made_for_each_attempt_and_kept_as_a_hash)
{
	static const char hash[] = "SELECT hex(token_hash) FROM invitation";

	world();
	invite("invite/3");
	post.outcome = SMTP_LATER;
	CHECK_INT(run_sender(), 0);
	struct str first = token_in(0, "einladung");
	CHECK(hash_is_in(hash, first) && said(0, "Bis bald {LINK}"));
	CHECK_INT(count_of("SELECT sent_count FROM invitation"), 0);
	clock_set(FIXTURE_NOW + 60);
	post.outcome = SMTP_TAKEN;
	CHECK_INT(run_sender(), 1);
	struct str second = token_in(1, "einladung");
	CHECK(!str_eq(first, second) && hash_is_in(hash, second));
	CHECK_INT(count_of("SELECT sent_count FROM invitation"), 1);
	/* No copy of the database opens anything. */
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE body LIKE '%einladung/%'"), 0);
}

/* When the server is talked to, the hash is on the disk and nothing is locked. */
static void look_meanwhile(void)
{
	CHECK_INT(count_of("SELECT count(*) FROM invitation WHERE token_hash IS NOT NULL"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE attempts = 1 AND sent_at IS NULL"), 1);
	put(CEM, "feedback", "meanwhile", FIXTURE_NOW + 5000);
}

TEST(no_transaction_is_open_while_the_server_is_talked_to)
{
	world();
	invite("invite/3");
	post.meanwhile = look_meanwhile;
	CHECK_INT(run_sender(), 1);
}

TEST(a_link_that_is_no_longer_wanted_is_not_sent)
{
	static const char *const over[] = {
	    "UPDATE invitation SET revoked_at = 5",
	    "UPDATE invitation SET accepted_at = 5",
	    "UPDATE invitation SET expires_at = 1795165200",
	};

	for (size_t i = 0; i < sizeof over / sizeof over[0]; i++) {
		world();
		invite("invite/3");
		run_sql(over[i]);
		CHECK_INT(run_sender(), 0);
		CHECK_INT(post.n, 0);
		CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at IS NOT NULL"), 1);
	}
}

static void ask_reset(void)
{
	struct letter l = {.person_id = JULE,
			   .topic = "password_reset",
			   .subject = S("Neues Passwort"),
			   .body = S("Hallo,\n\n{LINK}"),
			   .dedupe = S("reset/7"),
			   .link = "password_reset",
			   .link_id = 7};

	run_sql("INSERT INTO password_reset (id, person_id, created_at) VALUES (7, 10, 1795165200)");
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(outbox_put(test_db, &l), OK);
	CHECK_INT(db_commit(test_db), OK);
}

TEST(the_hour_of_a_new_password_begins_with_its_letter)
{
	world();
	ask_reset();
	clock_set(FIXTURE_NOW + 600);
	CHECK_INT(run_sender(), 1);
	CHECK(hash_is_in("SELECT hex(token_hash) FROM password_reset", token_in(0, "passwort")));
	CHECK_INT(count_of("SELECT expires_at FROM password_reset"), FIXTURE_NOW + 600 + 3600);
	world();
	ask_reset();
	run_sql("UPDATE password_reset SET used_at = 5");
	CHECK_INT(run_sender(), 0);
	world();
	ask_reset();
	clock_set(FIXTURE_NOW + 86400);
	CHECK_INT(run_sender(), 0);
	CHECK_INT(post.n, 0);
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
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND attempts = 0"), 1);
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
