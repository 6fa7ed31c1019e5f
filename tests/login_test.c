/* login_test.c -- in with a password, out with a click, and what attackers try in between. */
#include "fixtures.h"

#include "base/secret.h"

#define WRONG "falsch-falsch-falsch"
/* Of PASSWORD, with other parameters than those of the tests. */
#define OLD_HASH                                                                                   \
	"$argon2id$v=19$m=16,t=2,p=1$kZk2yJ4c2Ur5ywEp23IUnQ$bc4uAJIPZ+"                            \
	"o7zQpyZRV07riVgPlbpZojB0nhPC9jcY0"
#define REFUSED "E-Mail-Adresse oder Passwort stimmt nicht."

static struct str login_form(const char *email, const char *password)
{
	return form_of((struct test_field[]){{S("email"), str_of(email)},
					     {S("passwort"), str_of(password)},
					     {S("weiter"), S("/task-forces")}},
		       3);
}

static struct answer login(const char *email, const char *password)
{
	return post_as(NOBODY, "/anmelden", login_form(email, password));
}

static struct answer anna_logs_in(void)
{
	return login("anna@lindheim.example", PASSWORD);
}

static struct str cookie_after(const struct answer *a)
{
	return arena_fmt(test_arena, "handschlag=%.*s", ARG(cookie_set(a, "handschlag")));
}

static struct answer get_with(struct str cookie, const char *target)
{
	return post_raw(
	    (struct http_input){.method = S("GET"), .uri = str_of(target), .cookie = cookie});
}

TEST(the_login_page_is_there_for_everyone)
{
	fixtures();
	struct answer a = get_as(NOBODY, "/anmelden?weiter=/task-forces");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<title>Anmelden – Handschlag</title>"));
	CHECK(shows(&a, "name=\"weiter\" value=\"/task-forces\""));
	CHECK(shows(&a, "autocomplete=\"current-password\""));
}

TEST(who_is_logged_in_goes_on_from_the_login_page)
{
	fixtures();
	struct answer a = get_as(ANNA, "/anmelden?weiter=%2Ftask-forces%3Fsortierung%3Dname");
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/task-forces?sortierung=name"));
}

TEST(the_right_password_opens_a_session_and_leads_where_you_wanted_to_go)
{
	fixtures();
	struct answer a = login(" Anna@Lindheim.example ", PASSWORD);
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/task-forces"));
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 2);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'login' AND actor_id = 1"
			   " AND municipality_id = 1 AND object = 'person/1'"),
		  1);
	CHECK_STR(text_of("SELECT last_seen_on FROM person WHERE id = 1"), S("2026-11-20"));
	CHECK_INT(count_of("SELECT count(*) FROM login_network WHERE person_id = 1"), 1);
	CHECK_STR(get_with(cookie_after(&a), "/anmelden").location, S("/"));
}

TEST(a_wrong_password_is_a_422_with_the_address_kept_and_the_password_gone)
{
	fixtures();
	struct answer a = login("anna@lindheim.example", WRONG);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "<title>Fehler: Anmelden"));
	CHECK_INT(times(&a, REFUSED), 1);
	CHECK(shows(&a, "value=\"anna@lindheim.example\""));
	CHECK(shows(&a, "name=\"weiter\" value=\"/task-forces\""));
	CHECK(!shows(&a, WRONG));
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'login_failed'"
			   " AND object = 'person/1' AND actor_id IS NULL"),
		  1);
	CHECK_INT(count_of("SELECT sum(failures) FROM login_failure"), 3);
}

TEST(missing_fields_are_named_and_nothing_is_counted)
{
	fixtures();
	struct answer a = login("", "");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Zwei Angaben passen noch nicht"));
	CHECK(summary_says(&a, "email", "E-Mail-Adresse:", "Gib deine E-Mail-Adresse an."));
	CHECK(summary_says(&a, "passwort", "Passwort:", "Gib dein Passwort an."));
	a = login("anna@lindheim.example", "");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Eine Angabe passt noch nicht"));
	CHECK(shows(&a, "value=\"anna@lindheim.example\""));
	a = post_as(NOBODY, "/anmelden", S(""));
	CHECK_INT(a.status, 422);
	CHECK_INT(count_of("SELECT count(*) FROM login_failure"), 0);
}

TEST(bad_input_is_refused_kindly)
{
	fixtures();
	const char *longest = arena_cstr(test_arena, repeated("ä", 256));
	const char *longer = arena_cstr(test_arena, repeated("ä", 257));
	const char *far = arena_cstr(test_arena, repeated("x", 100000));
	struct answer a = login("anna@lindheim.example", longer);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, REFUSED));
	CHECK_INT(login("anna@lindheim.example", longest).status, 422);
	CHECK_INT(login("anna@lindheim.example", far).status, 422);
	a = login(arena_cstr(test_arena, repeated("e", 255)), "x");
	CHECK(shows(&a, "Kürze den Text auf höchstens 254 Zeichen."));
	CHECK_INT(login("a\nb", "x").status, 422);
	CHECK_INT(post_as(NOBODY, "/anmelden", S("email=a%00b&passwort=x")).status, 400);
	CHECK_INT(post_as(NOBODY, "/anmelden", S("email=a&passwort=%ff")).status, 400);
	CHECK_INT(post_as(NOBODY, "/anmelden",
			  form_of((struct test_field[]){{S("email"), repeated("x", 300000)}}, 1))
		      .status,
		  413);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 1);
}

TEST(an_unknown_field_undoes_the_login)
{
	fixtures();
	struct answer a = post_as(NOBODY, "/anmelden",
				  FORM(FIELD("email", "anna@lindheim.example"),
				       FIELD("passwort", PASSWORD), FIELD("rolle", "pmo")));
	CHECK_INT(a.status, 400);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 1);
	/* Also a field that comes twice: which of them would count? */
	a = post_as(NOBODY, "/anmelden",
		    FORM(FIELD("email", "anna@lindheim.example"), FIELD("passwort", PASSWORD),
			 FIELD("email", "ben@auental.example")));
	CHECK_INT(a.status, 400);
}

TEST(the_hash_is_made_anew_when_its_parameters_are_old)
{
	fixtures();
	run_sql("UPDATE person SET password_hash = '" OLD_HASH "' WHERE id = 1");
	CHECK_INT(login("anna@lindheim.example", WRONG).status, 422);
	CHECK_INT(count_of("SELECT password_hash LIKE '%,t=2,%' FROM person WHERE id = 1"), 1);
	CHECK_INT(anna_logs_in().status, 303);
	CHECK_INT(count_of("SELECT password_hash LIKE '%,t=1,%' FROM person WHERE id = 1"), 1);
	CHECK_INT(anna_logs_in().status, 303);
}

TEST(logging_out_ends_the_session_and_empties_the_cache)
{
	fixtures();
	struct answer a = post_as(ANNA, "/abmelden", S(""));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/anmelden?meldung=abgemeldet"));
	CHECK_STR(header_of(&a, "Clear-Site-Data"), S("\"cache\""));
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'logout' AND actor_id = 1"),
		  1);
	a = get_as(NOBODY, "/anmelden?meldung=abgemeldet");
	CHECK(shows(&a, "Du bist abgemeldet."));
	/* A second click, or one after the session's end, says the same. */
	a = post_as(ANNA, "/abmelden", S(""));
	CHECK_STR(a.location, S("/anmelden?meldung=abgemeldet"));
}

static struct answer anna_logs_out(void)
{
	return post_as(ANNA, "/abmelden", S(""));
}

TEST(every_database_failure_of_the_login_is_a_500_without_a_session)
{
	every_failure_leaves_nothing(anna_logs_in,
				     "SELECT count(*) FROM session WHERE person_id = 1");
	every_failure_leaves_nothing(anna_logs_in, "SELECT count(*) FROM audit");
	every_failure_leaves_nothing(anna_logs_in, "SELECT count(*) FROM login_network");
}

TEST(every_database_failure_of_the_logout_is_a_500_and_keeps_the_session)
{
	every_failure_leaves_nothing(anna_logs_out,
				     "SELECT count(*) FROM session WHERE person_id = 1");
}

TEST(every_database_failure_of_a_refused_login_is_a_500)
{
	for (int64_t n = 1, status = 0; status != 422; n++) {
		fixtures();
		db_fail_after(test_db, n, E_INTERNAL);
		status = login("anna@lindheim.example", WRONG).status;
		db_fail_after(test_db, 0, OK);
		CHECK(status == 422 || status == 500);
		CHECK_INT(count_of("SELECT count(*) FROM login_failure"), status == 422 ? 3 : 0);
	}
}

/* Threats ------------------------------------------------------------------------------------ */

static const char suspended_with_old_hash[] =
    "UPDATE person SET status = 'suspended', password_hash = '" OLD_HASH "' WHERE id = 1";
static const char *const nobodies[] = {
    "UPDATE person SET email = 'other@lindheim.example' WHERE id = 1",
    "UPDATE person SET status = 'suspended' WHERE id = 1",
    "UPDATE person SET status = 'invited' WHERE id = 1",
    "UPDATE person SET password_hash = '' WHERE id = 1",
    suspended_with_old_hash,
};
enum { NOBODIES = sizeof nobodies / sizeof nobodies[0] };

static struct answer refused_login(const char *sql, const char *password)
{
	fixtures();
	if (sql != NULL)
		run_sql(sql);
	secret_seed(7);
	struct answer a = login("anna@lindheim.example", password);
	secret_seed(0);
	return a;
}

TEST(enumeration_by_text)
{
	/* fixtures() forgets the answers of before. */
	char known[40000];
	struct answer a = refused_login(NULL, WRONG);
	size_t n = a.body.n, headers = a.raw.n;

	CHECK(n < sizeof known);
	memcpy(known, a.body.p, n);
	for (size_t i = 0; i < NOBODIES; i++) {
		struct answer b = refused_login(nobodies[i], PASSWORD);
		CHECK_INT(b.status, 422);
		CHECK_INT(b.raw.n, headers);
		CHECK_STR(b.body, ((struct str){known, n}));
	}
}

/* Work is counted, because time on a shared machine proves nothing. */
TEST(enumeration_by_time)
{
	refused_login(NULL, WRONG);
	int64_t calls = db_calls(test_db), want_calls;
	uint64_t runs = secret_password_runs(), want_runs;

	login("anna@lindheim.example", WRONG);
	want_calls = db_calls(test_db) - calls;
	want_runs = secret_password_runs() - runs;
	CHECK_INT(want_runs, 1);
	for (size_t i = 0; i < NOBODIES; i++) {
		fixtures();
		run_sql(nobodies[i]);
		login("anna@lindheim.example", WRONG);
		calls = db_calls(test_db);
		runs = secret_password_runs();
		login("anna@lindheim.example", PASSWORD);
		CHECK_INT(db_calls(test_db) - calls, want_calls);
		CHECK_INT(secret_password_runs() - runs, want_runs);
	}
}

TEST(open_redirect)
{
	static const char *const foreign[] = {
	    "https://evil.example/",
	    "//evil.example/",
	    "/\\evil.example/",
	    "\\\\evil.example",
	    "javascript:alert(1)",
	    "evil.example",
	    "/\t/evil.example",
	    "",
	    "/ä",
	    " /task-forces",
	    "/a\\b",
	};

	for (size_t i = 0; i < sizeof foreign / sizeof foreign[0]; i++) {
		fixtures();
		struct str go_on = percent_encode(test_arena, str_of(foreign[i]));
		struct answer a = post_as(
		    NOBODY, "/anmelden",
		    arena_fmt(test_arena, "weiter=%.*s&email=anna%%40lindheim.example&passwort=%s",
			      ARG(go_on), PASSWORD));
		CHECK_INT(a.status, 303);
		CHECK_STR(a.location, S("/"));
		a = get_as(ANNA,
			   arena_cstr(test_arena,
				      arena_fmt(test_arena, "/anmelden?weiter=%.*s", ARG(go_on))));
		CHECK(a.status == 400 || str_eq(a.location, S("/")));
	}
}

TEST(header_injection)
{
	fixtures();
	struct answer a =
	    post_as(NOBODY, "/anmelden",
		    arena_fmt(test_arena,
			      "weiter=%%2F%%0D%%0ASet-Cookie%%3A+x%%3D1&email=anna%%40"
			      "lindheim.example&passwort=%s",
			      PASSWORD));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/"));
	CHECK_STR(cookie_set(&a, "x"), S(""));
	CHECK_INT(get_as(ANNA, "/anmelden?weiter=/%0D%0ASet-Cookie:x=1").status, 303);
	CHECK_STR(get_as(ANNA, "/anmelden?weiter=/%0D%0ASet-Cookie:x=1").location, S("/"));
}

TEST(login_csrf)
{
	fixtures();
	struct str cookie = arena_fmt(test_arena, "gast=%.*s", ARG(guest_secret()));
	struct str form = login_form("anna@lindheim.example", PASSWORD);
	struct str with_token = arena_fmt(test_arena, "csrf=%.*s&key=abcdefghijklmnop&%.*s",
					  ARG(csrf_for(guest_secret())), ARG(form));
	struct http_input in = {.method = S("POST"),
				.uri = S("/anmelden"),
				.content_type = S("application/x-www-form-urlencoded"),
				.cookie = cookie,
				.origin = S("https://evil.example"),
				.body = with_token};
	CHECK_INT(post_raw(in).status, 403);
	in.origin = S("null");
	CHECK_INT(post_raw(in).status, 403);
	in.origin = S("");
	CHECK_INT(post_raw(in).status, 403);
	in.origin = test_app.config.base_url;
	in.body = form;
	CHECK_INT(post_raw(in).status, 403);
	in.body = with_token;
	in.cookie = S("");
	CHECK_INT(post_raw(in).status, 403);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 1);
	in.cookie = cookie;
	CHECK_INT(post_raw(in).status, 303);
}

TEST(a_login_form_that_was_open_too_long_is_shown_again)
{
	fixtures();
	struct answer a = post_with(S(""), guest_secret(), "/anmelden",
				    login_form("anna@lindheim.example", PASSWORD));
	CHECK_INT(a.status, 403);
	CHECK(shows(&a, "Diese Seite war zu lange offen"));
	CHECK(shows(&a, "value=\"anna@lindheim.example\""));
	CHECK(!shows(&a, PASSWORD));
	CHECK(cookie_set(&a, "gast").n > 0);
}

TEST(a_login_form_next_to_a_finished_login_goes_on_without_a_second_session)
{
	fixtures();
	struct answer a = post_with(cookie_of(ANNA), guest_secret(), "/anmelden",
				    login_form("anna@lindheim.example", PASSWORD));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/task-forces"));
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 1);
}

TEST(session_fixation)
{
	fixtures();
	/* A token an attacker has put into the browser never becomes a session. */
	struct str planted = repeated("A", SECRET_TOKEN_CHARS);
	struct answer a = post_with(
	    arena_fmt(test_arena, "handschlag=%.*s; gast=%.*s", ARG(planted), ARG(guest_secret())),
	    guest_secret(), "/anmelden", login_form("anna@lindheim.example", PASSWORD));
	CHECK_INT(a.status, 303);
	CHECK_INT(cookie_set(&a, "handschlag").n, SECRET_TOKEN_CHARS);
	CHECK(!str_eq(cookie_set(&a, "handschlag"), planted));
	/* Nor does the session of the attacker's own go on under another name: it ends. */
	a = post_as(DORA, "/anmelden", login_form("anna@lindheim.example", PASSWORD));
	CHECK_INT(a.status, 303);
	CHECK(!str_eq(arena_fmt(test_arena, "handschlag=%.*s", ARG(cookie_set(&a, "handschlag"))),
		      cookie_of(DORA)));
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 4"), 0);
}

TEST(duplicate_cookie)
{
	fixtures();
	struct str two =
	    arena_fmt(test_arena, "%.*s; %.*s", ARG(cookie_of(DORA)), ARG(cookie_of(ANNA)));
	CHECK(str_starts(get_with(two, "/task-forces").location, S("/anmelden")));
}

TESTS_MAIN
