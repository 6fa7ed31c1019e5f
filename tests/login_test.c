/* login_test.c -- in with a password, out with a click, and what attackers try in between. */
#include "fixtures.h"

#define WRONG "falsch-falsch-falsch"

static struct str form_with(const char *email, const char *password, const char *go_on)
{
	return form_of((struct test_field[]){{S("email"), str_of(email)},
					     {S("passwort"), str_of(password)},
					     {S("weiter"), str_of(go_on)}},
		       3);
}

static struct answer login(const char *email, const char *password)
{
	return post_as(NOBODY, "/anmelden", form_with(email, password, "/task-forces"));
}

/* The session cookie an answer sets, as the browser sends it back. */
static struct str cookie_set(const struct answer *a)
{
	struct str cookie = S("");

	for (size_t i = 0; i < a->raw.n; i++)
		if (str_eq(a->raw.headers[i].name, S("Set-Cookie")) &&
		    str_starts(a->raw.headers[i].value, S("handschlag=")))
			cookie = str_head(a->raw.headers[i].value,
					  str_find_char(a->raw.headers[i].value, ';'));
	return cookie;
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
	struct answer a = login("Anna@Lindheim.example ", PASSWORD);
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/task-forces"));
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 2);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'login' AND actor_id = 1"
			   " AND object = 'person/1'"),
		  1);
	CHECK_STR(text_of("SELECT last_seen_on FROM person WHERE id = 1"), S("2026-11-20"));
	CHECK_INT(get_with(cookie_set(&a), "/anmelden").status, 303);
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
}

TESTS_MAIN
