/* credentials_test.c -- what ends when a password or a second factor changes: nobody who had only
 * the old one stays in, or comes in by a door that was left open. */
#include "people_world.h"

#include "app/second_factor.h"
#include "base/totp.h"

#define DRAFT_PAGE "/profil/zwei-schritte"

static struct str login_form(const char *email)
{
	return FORM(FIELD_STR("email", str_of(email)), FIELD("passwort", PASSWORD),
		    FIELD("weiter", "/"));
}

/* One more session of Anna, elsewhere: who it is knows the password. */
static struct str second_session(void)
{
	struct answer a = post_as(NOBODY, "/anmelden", login_form("anna@lindheim.example"));
	struct str session = cookie_set(&a, "handschlag");

	CHECK_INT(session.n, SECRET_TOKEN_CHARS);
	return session;
}

static struct answer post_in(struct str session, const char *target, struct str form)
{
	return post_with(arena_fmt(test_arena, "handschlag=%.*s", ARG(session)), session, target,
			 form);
}

/* A draft whose secret the test knows: that on the page, from its 32 letters. */
static struct str secret_of(const struct answer *a)
{
	size_t at = str_find(a->body, S("hs-schluessel\">"));
	struct buf b = {.arena = test_arena};
	unsigned bits = 0, value = 0;

	CHECK(at < a->body.n);
	struct str text = str_head(str_from(a->body, at + S("hs-schluessel\">").n), 39);
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == ' ')
			continue;
		value = value << 5 | (unsigned)(c >= 'A' ? c - 'A' : c - '2' + 26);
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			buf_char(&b, (char)(value >> bits & 255));
		}
	}
	return buf_str(&b);
}

static struct answer enrol(void)
{
	CHECK_INT(post_as(ANNA, DRAFT_PAGE "/neu", S("")).status, 303);
	struct answer a = get_as(ANNA, DRAFT_PAGE);
	struct str code = totp_code(test_arena, secret_of(&a), clock_now());
	a = post_as(ANNA, DRAFT_PAGE, FORM(FIELD_STR("code", code), FIELD("passwort", PASSWORD)));
	CHECK_INT(a.status, 303);
	return a;
}

TEST(a_second_factor_ends_every_session_that_began_without_it)
{
	fixtures();
	struct str elsewhere = second_session();
	run_sql("INSERT INTO login_step (token_hash, person_id, ends_at)"
		" VALUES (zeroblob(32), 1, 1795165800)");
	CHECK_INT(get_with(elsewhere, "/profil").status, 200);
	struct answer a = enrol();
	CHECK_INT(get_with(elsewhere, "/profil").status, 303);
	CHECK_STR(get_as(ANNA, "/profil").location, S("/anmelden?weiter=%2Fprofil"));
	/* This browser goes on, under a new token. */
	CHECK_INT(get_with(cookie_set(&a, "handschlag"), "/profil").status, 200);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM login_step WHERE person_id = 1"), 0);
}

TEST(a_draft_is_shown_to_the_session_that_made_it_for_a_quarter_of_an_hour)
{
	fixtures();
	struct str elsewhere = second_session();
	CHECK_INT(post_as(ANNA, DRAFT_PAGE "/neu", S("")).status, 303);
	struct answer a = get_with(elsewhere, DRAFT_PAGE);
	CHECK_INT(a.status, 200);
	CHECK(!shows(&a, "hs-schluessel") && shows(&a, "Einrichten"));
	a = get_as(ANNA, DRAFT_PAGE);
	struct str secret = secret_of(&a);
	/* Nor can it be confirmed there. */
	struct str code = totp_code(test_arena, secret, clock_now());
	struct str form = FORM(FIELD_STR("code", code), FIELD("passwort", PASSWORD));
	CHECK_INT(post_in(elsewhere, DRAFT_PAGE, form).status, 422);
	clock_set(FIXTURE_NOW + 899);
	a = get_as(ANNA, DRAFT_PAGE);
	CHECK(shows(&a, "hs-schluessel"));
	clock_set(FIXTURE_NOW + 900);
	a = get_as(ANNA, DRAFT_PAGE);
	CHECK(!shows(&a, "hs-schluessel"));
	code = totp_code(test_arena, secret, clock_now());
	form = FORM(FIELD_STR("code", code), FIELD("passwort", PASSWORD));
	a = post_as(ANNA, DRAFT_PAGE, form);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Der Schlüssel galt 15 Minuten"));
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE totp_secret IS NOT NULL"), 0);
}

TEST(a_draft_ends_with_the_sessions)
{
	fixtures();
	CHECK_INT(post_as(ANNA, DRAFT_PAGE "/neu", S("")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE totp_draft IS NOT NULL"), 1);
	CHECK_INT(post_as(ANNA, "/profil/geraete/abmelden", S("")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE totp_draft IS NOT NULL"), 0);
}

/* Whoever finds a browser open must not exchange the phone. */
TEST(a_new_secret_beside_an_active_one_asks_for_the_password)
{
	fixtures();
	struct str session = cookie_set(&(struct answer[]){enrol()}[0], "handschlag");
	struct answer a = post_in(session, DRAFT_PAGE "/neu", FORM(FIELD("passwort", "")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Gib dein Passwort an."));
	CHECK_STR(get_with(session, DRAFT_PAGE "/neu").location, S(DRAFT_PAGE));
	a = post_in(session, DRAFT_PAGE "/neu", FORM(FIELD("passwort", "falsch-falsch")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Das Passwort stimmt nicht."));
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE totp_draft IS NOT NULL"), 0);
	a = post_in(session, DRAFT_PAGE "/neu", FORM(FIELD("passwort", PASSWORD)));
	CHECK_INT(a.status, 303);
	a = get_with(session, DRAFT_PAGE);
	CHECK(shows(&a, "hs-schluessel"));
}

/* The password was right and the code was still to come when it changed. */
TEST(a_login_half_done_does_not_outlive_the_password)
{
	fixtures();
	run_sql("INSERT INTO login_step (token_hash, person_id, ends_at)"
		" VALUES (zeroblob(32), 2, 1795165800), (randomblob(32), 3, 1795165800)");
	CHECK_INT(post_as(BEN, "/profil/passwort",
			  FORM(FIELD("passwort", PASSWORD), FIELD("passwort-neu", GOOD_PASSWORD),
			       FIELD("passwort-wiederholt", GOOD_PASSWORD)))
		      .status,
		  303);
	CHECK_INT(count_of("SELECT count(*) FROM login_step WHERE person_id = 2"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM login_step"), 1);
}

static const char waiting_letters[] = "SELECT count(*) FROM outbox WHERE topic = 'password_reset'"
				      " AND sent_at IS NULL AND cancelled_at IS NULL";
static const char feeds[] = "SELECT count(*) FROM calendar_feed WHERE revoked_at IS NULL";

static void ben_has_a_feed(void)
{
	run_sql("INSERT INTO calendar_feed (token_hash, person_id, created_at)"
		" VALUES (randomblob(32), 2, 1), (randomblob(32), 3, 1)");
}

static struct answer ben_changes(void)
{
	return post_as(BEN, "/profil/passwort",
		       FORM(FIELD("passwort", PASSWORD), FIELD("passwort-neu", GOOD_PASSWORD),
			    FIELD("passwort-wiederholt", GOOD_PASSWORD)));
}

static void ben_forgot(void)
{
	test_app.config.smtp = S("smtp://127.0.0.1");
	CHECK_INT(post_as(NOBODY, "/passwort", FORM(FIELD("email", "ben@auental.example"))).status,
		  303);
}

/* A letter of the day before, in foreign hands, must not undo the change. */
TEST(a_new_password_voids_open_links_waiting_letters_and_the_calendar)
{
	fixtures();
	ben_forgot();
	ben_has_a_feed();
	const char *link = reset_link();
	CHECK_INT(count_of(waiting_letters), 1);
	CHECK_INT(ben_changes().status, 303);
	CHECK_INT(get_as(NOBODY, link).status, 404);
	CHECK_INT(post_as(NOBODY, link, password_twice(GOOD_PASSWORD)).status, 404);
	CHECK_INT(count_of(waiting_letters), 0);
	CHECK_INT(count_of(feeds), 1);
}

TEST(a_reset_password_ends_the_calendar_and_waiting_letters_too)
{
	fixtures();
	ben_forgot();
	ben_has_a_feed();
	struct answer a = get_as(NOBODY, reset_link());
	CHECK(shows(&a, "Kalender"));
	CHECK_INT(post_as(NOBODY, reset_link(), password_twice(GOOD_PASSWORD)).status, 303);
	CHECK_INT(count_of(waiting_letters), 0);
	CHECK_INT(count_of(feeds), 1);
	a = get_as(CEM, "/profil/passwort");
	CHECK(shows(&a, "Kalender"));
}

TEST(a_suspended_persons_devices_are_forgotten)
{
	fixtures();
	run_sql("INSERT INTO trusted_device (token_hash, person_id, created_at, ends_at)"
		" VALUES (zeroblob(32), 2, 1, 1900000000)");
	CHECK_INT(post_as(GRETA, "/personen/2/sperren", FORM(FIELD("passwort", PASSWORD))).status,
		  303);
	CHECK_INT(count_of("SELECT count(*) FROM trusted_device"), 0);
}

/* Until the second factor is set up there is the way to it, the password and the way out. */
TEST(who_must_enrol_sees_nothing_of_the_own_account)
{
	static const char *const closed[] = {"/profil", "/profil/kalender", "/profil/daten",
					     "/profil/ersatzcodes", "/profil/adresse"};

	fixtures();
	test_app.config.second_factor = true;
	for (size_t i = 0; i < sizeof closed / sizeof closed[0]; i++)
		CHECK_STR(get_as(ANNA, closed[i]).location, S("/profil/zwei-schritte"));
	CHECK_STR(post_as(ANNA, "/profil",
			  FORM(FIELD("name", "Greta Ginster"), FIELD("pronomen", ""),
			       FIELD("darstellung", "hell")))
		      .location,
		  S("/profil/zwei-schritte"));
	CHECK_STR(post_as(ANNA, "/profil/kalender", S("")).location, S("/profil/zwei-schritte"));
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE name = 'Anna Ahorn'"), 1);
	CHECK_INT(get_as(ANNA, DRAFT_PAGE).status, 200);
	CHECK_INT(get_as(ANNA, "/profil/passwort").status, 200);
	CHECK_STR(post_as(ANNA, DRAFT_PAGE "/neu", S("")).location, S(DRAFT_PAGE));
	CHECK_STR(post_as(ANNA, "/abmelden", S("")).location, S("/anmelden?meldung=abgemeldet"));
}

/* What others do while a request waits for the lock of the writers. */
static const char *meanwhile;
static bool acted;

static enum err slow_prepare(struct request *rq)
{
	db_rollback(rq->db);
	run_sql(meanwhile);
	return OK;
}

static enum err slow_act(struct request *rq)
{
	acted = true;
	return reply_redirect(rq, M_NONE, "/");
}

static const struct route slow_routes[] = {
    POST_PREPARED("/langsam", TASK_FORCE_CREATE, slow_prepare, slow_act, 0),
    ROUTES_END,
};

static struct answer act_slowly(const char *sql)
{
	static const struct route *tables[120];
	size_t n = 0;

	fixtures();
	for (; test_app.routes[n] != NULL; n++)
		tables[n] = test_app.routes[n];
	CHECK(n < 119);
	tables[n] = slow_routes;
	tables[n + 1] = NULL;
	test_app.routes = tables;
	meanwhile = sql;
	acted = false;
	return post_as(ANNA, "/langsam", S(""));
}

TEST(rights_that_end_while_a_request_waits_are_not_acted_on)
{
	CHECK_INT(act_slowly("UPDATE role_grant SET ended_at = 1 WHERE person_id = 1").status, 403);
	CHECK(!acted);
	struct answer a = act_slowly("DELETE FROM session WHERE person_id = 1");
	CHECK_INT(a.status, 403);
	CHECK(!acted && shows(&a, "action=\"/anmelden\""));
	/* That of somebody else changes nothing, nor does a right that is added. */
	CHECK_INT(act_slowly("UPDATE role_grant SET ended_at = 1 WHERE person_id = 4").status, 303);
	CHECK(acted);
	CHECK_INT(act_slowly("INSERT INTO role_grant (person_id, role, since, granted_at)"
			     " VALUES (1, 'reader', '2025-01-01', 1)")
		      .status,
		  303);
	CHECK(acted);
}

TESTS_MAIN
