/* password_reset_test.c -- a forgotten password: the same answer for everybody, one link, one use.
 */
#include "people_world.h"

#include "app/second_factor.h"

#define RESETS "SELECT count(*) FROM password_reset"
#define BEN_EMAIL "ben@auental.example"

static struct answer ask(const char *email)
{
	return post_as(NOBODY, "/passwort", FORM(FIELD_STR("email", str_of(email))));
}

static void begin(void)
{
	fixtures();
	test_app.config.smtp = S("smtp://127.0.0.1:25");
}

static struct answer login(const char *password)
{
	return post_as(NOBODY, "/anmelden",
		       FORM(FIELD("email", BEN_EMAIL), FIELD_STR("passwort", str_of(password))));
}

TEST(a_letter_leads_to_a_new_password)
{
	begin();
	struct answer a = get_as(NOBODY, "/anmelden");
	CHECK(shows(&a, "href=\"/passwort\""));
	CHECK_INT(get_as(NOBODY, "/passwort").status, 200);
	a = ask("Ben@Auental.example");
	CHECK_STR(a.location, S("/passwort/unterwegs"));
	CHECK_INT(get_as(NOBODY, "/passwort/unterwegs").status, 200);
	CHECK_STR(text_of("SELECT person_id || topic || link || link_id FROM outbox"),
		  S("2password_resetpassword_reset1"));
	struct str body = text_of("SELECT body FROM outbox");
	CHECK(str_find(body, S("\n{LINK}\n")) < body.n && str_find(body, S("60 Minuten")) < body.n);
	CHECK_INT(count_of("SELECT token_hash IS NULL AND expires_at IS NULL FROM password_reset"),
		  1);
	const char *link = reset_link();
	a = get_as(NOBODY, link);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, BEN_EMAIL));
	a = post_as(NOBODY, link, password_twice(GOOD_PASSWORD));
	CHECK_STR(a.location, S("/anmelden?meldung=neues-passwort"));
	/* Nobody is logged in by it, and whoever was is out. */
	CHECK_INT(cookie_set(&a, "handschlag").n, 0);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 2"), 0);
	CHECK_INT(login(PASSWORD).status, 422);
	CHECK_INT(login(GOOD_PASSWORD).status, 303);
	CHECK_STR(text_of("SELECT subject FROM outbox WHERE topic = 'account'"),
		  S("Dein Passwort ist geändert"));
	CHECK_STR(text_of("SELECT group_concat(action, ' ') FROM audit"
			  " WHERE object = 'person/2' AND action LIKE 'password%'"),
		  S("password.forgotten password.reset"));
}

TEST(who_has_a_second_factor_needs_it_all_the_same)
{
	begin();
	run_sql("UPDATE person SET totp_secret = x'00', totp_since = 1 WHERE id = 2;"
		"INSERT INTO trusted_device (token_hash, person_id, created_at, ends_at)"
		" VALUES (zeroblob(32), 2, 1, 1900000000)");
	ask(BEN_EMAIL);
	CHECK_INT(post_as(NOBODY, reset_link(), password_twice(GOOD_PASSWORD)).status, 303);
	struct answer a = login(GOOD_PASSWORD);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "name=\"schritt\""));
	CHECK_INT(count_of("SELECT count(*) FROM trusted_device"), 0);
}

static void check_closed(const char *link)
{
	struct answer a = get_as(NOBODY, link);

	CHECK_INT(a.status, 404);
	CHECK(shows(&a, "Dieser Link gilt nicht mehr") && !shows(&a, "@"));
	CHECK_INT(post_as(NOBODY, link, password_twice("anderer satz mit giraffen")).status, 404);
	CHECK_INT(login("anderer satz mit giraffen").status, 422);
}

TEST(a_link_opens_once_for_an_hour)
{
	begin();
	ask(BEN_EMAIL);
	const char *link = reset_link();
	CHECK_INT(post_as(NOBODY, link, password_twice(GOOD_PASSWORD)).status, 303);
	check_closed(link);

	begin();
	ask(BEN_EMAIL);
	link = reset_link();
	clock_set(FIXTURE_NOW + 3600);
	check_closed(link);

	/* Whoever asks again must not take away the link that the person has in hand. */
	begin();
	ask(BEN_EMAIL);
	link = reset_link();
	clock_set(FIXTURE_NOW + 601);
	CHECK_STR(ask(BEN_EMAIL).location, S("/passwort/unterwegs"));
	CHECK_INT(count_of(RESETS), 2);
	CHECK_INT(get_as(NOBODY, link).status, 200);
	const char *newer = reset_link();
	CHECK_INT(get_as(NOBODY, newer).status, 200);
	CHECK_INT(post_as(NOBODY, newer, password_twice(GOOD_PASSWORD)).status, 303);
	check_closed(link);

	begin();
	ask(BEN_EMAIL);
	link = reset_link();
	run_sql("UPDATE person SET status = 'suspended' WHERE id = 2");
	check_closed(link);

	begin();
	check_closed("/passwort/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
}

/* Nobody learns from it who has an account: answer, headers and work are the same. */
TEST(unknown_addresses_get_the_same_answer_after_the_same_work)
{
	static const char *const nobody[] = {"niemand@auental.example", "max@auental.example",
					     "emil@rechenzentrum.example"};

	begin();
	ask("aufwaermen@x.example"); /* the first request touches more rows */
	int64_t calls = db_calls(test_db);
	struct answer known = ask(BEN_EMAIL);
	int64_t work = db_calls(test_db) - calls;
	run_sql("INSERT INTO person (id, name, sort_key, email, status, created_at) VALUES"
		" (50, 'M', 'm', 'max@auental.example', 'invited', 1);"
		"UPDATE person SET status = 'suspended' WHERE id = 5");
	for (size_t i = 0; i < 3; i++) {
		clock_set(FIXTURE_NOW + 100 * (int64_t)(i + 1));
		calls = db_calls(test_db);
		struct answer a = ask(nobody[i]);
		CHECK_INT(db_calls(test_db) - calls, work);
		CHECK_INT(a.status, known.status);
		CHECK_STR(a.location, known.location);
		CHECK_INT(a.raw.n, known.raw.n);
	}
	CHECK_INT(count_of(RESETS), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE object = 'person/unknown'"), 4);
}

TEST(one_letter_in_ten_minutes)
{
	begin();
	for (int i = 0; i < 4; i++)
		CHECK_STR(ask(BEN_EMAIL).location, S("/passwort/unterwegs"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 1);
	CHECK_INT(count_of(RESETS " WHERE used_at IS NULL"), 1);
}

TEST(three_letters_a_day)
{
	begin();
	for (int i = 0; i < 6; i++) {
		clock_set(FIXTURE_NOW + i * 3 * 3600);
		CHECK_STR(ask(BEN_EMAIL).location, S("/passwort/unterwegs"));
	}
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE topic = 'password_reset'"), 3);
	clock_set(FIXTURE_NOW + 86401);
	ask(BEN_EMAIL);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE topic = 'password_reset'"), 4);
}

TEST(asking_is_slowed_down_for_known_and_unknown_but_never_the_login)
{
	static const char *const emails[] = {BEN_EMAIL, "niemand@auental.example"};

	for (size_t k = 0; k < 2; k++) {
		begin();
		for (int i = 0; i < 5; i++)
			CHECK_INT(ask(emails[k]).status, 303);
		struct answer a = ask(emails[k]);
		CHECK_INT(a.status, 429);
		CHECK(shows(&a, "Bitte warte noch 5 Sekunden"));
		CHECK_STR(header_of(&a, "Retry-After"), S("5"));
		CHECK(shows(&a, emails[k]));
		/* Another address goes on, and so does the login of this one. */
		CHECK_INT(ask("heidi@bergstedt.example").status, 303);
		CHECK_INT(login(PASSWORD).status, 303);
		clock_set(FIXTURE_NOW + 6);
		CHECK_INT(ask(emails[k]).status, 303);
	}
}

TEST(without_a_mail_server_the_page_says_whom_to_ask)
{
	fixtures();
	struct answer a = get_as(NOBODY, "/passwort");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "kann hier noch keine E-Mails verschicken") &&
	      !shows(&a, "name=\"email\""));
	CHECK_INT(ask(BEN_EMAIL).status, 422);
	CHECK_INT(count_of(RESETS), 0);
}

TEST(mistakes_are_named)
{
	begin();
	struct answer a = ask("");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Gib deine E-Mail-Adresse an."));
	ask(BEN_EMAIL);
	const char *link = reset_link();
	a = post_as(NOBODY, link, password_twice("kurz"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Nimm mindestens 12 Zeichen."));
	a = post_as(NOBODY, link,
		    FORM(FIELD("passwort-neu", GOOD_PASSWORD), FIELD("passwort-wiederholt", "x")));
	CHECK(shows(&a, "Beide Eingaben müssen gleich sein.") && !shows(&a, GOOD_PASSWORD));
	/* Mass assignment. */
	struct str more = arena_fmt(test_arena, "%.*s&person_id=1&email=anna%%40lindheim.example",
				    ARG(password_twice(GOOD_PASSWORD)));
	CHECK_INT(post_as(NOBODY, link, more).status, 400);
	CHECK_INT(login(PASSWORD).status, 303);
	CHECK_INT(
	    post_as(NOBODY, "/passwort", FORM(FIELD("email", BEN_EMAIL), FIELD("id", "1"))).status,
	    400);
	CHECK_INT(count_of(RESETS), 1);
}

/* The address of a link comes from the settings; what a request says of its host is not read. */
TEST(a_forged_host_reaches_no_letter)
{
	begin();
	ask(BEN_EMAIL);
	struct str body = text_of("SELECT body FROM outbox");
	CHECK(str_find(body, S("http")) == body.n);
}

static struct answer asks(void)
{
	test_app.config.smtp = S("smtp://127.0.0.1:25");
	return ask(BEN_EMAIL);
}

TEST(every_database_failure_of_a_request_leaves_nothing)
{
	every_failure_leaves_nothing(asks, RESETS);
}

TEST(every_database_failure_of_a_new_password_leaves_the_old_one)
{
	for (int64_t n = 1;; n++) {
		begin();
		ask(BEN_EMAIL);
		if (!fails_to_set_password(reset_link(), n))
			return;
		CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 2"), 1);
		CHECK_INT(count_of(RESETS " WHERE used_at IS NULL"), 1);
	}
}

TESTS_MAIN
