/* session_test.c -- how long a session lasts, and what a form's token is bound to. */
#include "fixtures.h"

#include "app/session.h"
#include "base/secret.h"
#include "features/features.h"

/* A page and a form of their own, so that these tests depend on no feature. */
static bool probed; /* the form was let in */

static enum err probe_show(struct request *rq)
{
	return reply_redirect(rq, M_NONE, "/gesehen");
}

static enum err probe_create(struct request *rq)
{
	(void)field_text(&rq->http.form, S("ziel"));
	probed = true;
	return reply_redirect(rq, M_SAVED, "/probe");
}

static const struct route probe_routes[] = {
    GET("/probe", TASK_FORCE_CREATE, probe_show),
    POST("/probe", TASK_FORCE_CREATE, probe_create),
    ROUTES_END,
};
static const struct route *const tables[] = {people_routes, probe_routes, NULL};

static void world(void)
{
	fixtures();
	test_app.routes = tables;
	probed = false;
}

static struct answer get_with(struct str cookie, const char *target)
{
	return post_raw(
	    (struct http_input){.method = S("GET"), .uri = str_of(target), .cookie = cookie});
}

static bool is_in(int64_t person)
{
	return str_eq(get_as(person, "/probe").location, S("/gesehen"));
}

/* Sessions ----------------------------------------------------------------------------------- */

TEST(a_session_ends_after_an_hour_without_a_request)
{
	world();
	clock_set(FIXTURE_NOW + SESSION_IDLE_SECONDS - 1);
	CHECK(is_in(ANNA));
	clock_set(FIXTURE_NOW + 2 * SESSION_IDLE_SECONDS - 2);
	CHECK(is_in(ANNA));
	clock_set(FIXTURE_NOW + 3 * SESSION_IDLE_SECONDS - 2);
	CHECK(!is_in(ANNA));
	CHECK_STR(get_as(ANNA, "/probe").location, S("/anmelden?weiter=%2Fprobe"));
}

TEST(a_session_ends_after_twelve_hours_however_busy)
{
	world();
	for (int64_t t = 0; t < SESSION_SECONDS; t += 1800) {
		clock_set(FIXTURE_NOW + t);
		CHECK(is_in(ANNA));
	}
	clock_set(FIXTURE_NOW + SESSION_SECONDS - 1);
	CHECK(is_in(ANNA));
	clock_set(FIXTURE_NOW + SESSION_SECONDS);
	CHECK(!is_in(ANNA));
}

TEST(a_session_is_prolonged_at_most_once_a_minute)
{
	world();
	clock_set(FIXTURE_NOW + 59);
	CHECK(is_in(ANNA));
	CHECK_INT(count_of("SELECT last_at FROM session WHERE person_id = 1"), FIXTURE_NOW);
	clock_set(FIXTURE_NOW + 60);
	CHECK(is_in(ANNA));
	CHECK_INT(count_of("SELECT last_at FROM session WHERE person_id = 1"), FIXTURE_NOW + 60);
}

TEST(session_after_logout)
{
	world();
	CHECK_INT(post_as(ANNA, "/abmelden", S("")).status, 303);
	CHECK(!is_in(ANNA));
	CHECK_INT(post_as(ANNA, "/probe", S("")).status, 403);
	CHECK(!probed);
}

TEST(session_after_role_change)
{
	world();
	CHECK(is_in(ANNA));
	run_sql("UPDATE role_grant SET until = '2026-11-19' WHERE person_id = 1");
	CHECK_INT(get_as(ANNA, "/probe").status, 403);
	run_sql("UPDATE role_grant SET until = '2026-11-20' WHERE person_id = 1");
	CHECK(is_in(ANNA));
	run_sql("UPDATE role_grant SET since = '2026-11-21', until = NULL WHERE person_id = 1");
	CHECK_INT(get_as(ANNA, "/probe").status, 403);
}

TEST(a_suspended_person_is_out_at_once)
{
	world();
	run_sql("UPDATE person SET status = 'suspended' WHERE id = 1");
	CHECK(!is_in(ANNA));
	CHECK_INT(post_as(ANNA, "/probe", FORM(FIELD("ziel", "x"))).status, 403);
	CHECK(!probed);
}

TEST(the_database_knows_only_the_hash_of_a_session)
{
	world();
	struct answer a =
	    post_as(NOBODY, "/anmelden",
		    FORM(FIELD("email", "anna@lindheim.example"), FIELD("passwort", PASSWORD)));
	struct str hash =
	    secret_hex(test_arena, secret_hash(test_arena, cookie_set(&a, "handschlag"), S("")));
	CHECK_STR(text_of("SELECT group_concat(lower(hex(token_hash))) FROM session"
			  " WHERE device = 'Test'"),
		  hash);
}

TEST(cookies_are_for_this_host_and_no_script)
{
	world();
	struct answer a = get_as(NOBODY, "/anmelden");
	struct str cookie = header_of(&a, "Set-Cookie");
	CHECK(str_starts(cookie, S("gast=")));
	CHECK(str_find(cookie, S("HttpOnly")) < cookie.n);
	CHECK(str_find(cookie, S("SameSite=Lax")) < cookie.n);
	CHECK(str_find(cookie, S("Secure")) == cookie.n);
	/* A guest who has one keeps it. */
	a = get_with(arena_fmt(test_arena, "gast=%.*s", ARG(guest_secret())), "/anmelden");
	CHECK_INT(header_of(&a, "Set-Cookie").n, 0);
}

TEST(cookies_of_an_https_site_are_bound_to_it)
{
	world();
	test_app.config.base_url = S("https://handschlag.example");
	struct answer a = get_as(NOBODY, "/anmelden");
	struct str cookie = header_of(&a, "Set-Cookie");
	CHECK(str_starts(cookie, S("__Host-gast=")));
	CHECK(str_find(cookie, S("Secure")) < cookie.n);
	CHECK(str_find(cookie, S("Path=/")) < cookie.n);
	CHECK(str_find(cookie, S("Domain")) == cookie.n);
	struct str jar = arena_fmt(test_arena, "__Host-gast=%.*s", ARG(guest_secret()));
	a = post_with(jar, guest_secret(), "/anmelden",
		      FORM(FIELD("email", "anna@lindheim.example"), FIELD("passwort", PASSWORD)));
	CHECK_INT(a.status, 303);
	CHECK_INT(cookie_set(&a, "__Host-handschlag").n, SECRET_TOKEN_CHARS);
	/* The name of the development site counts for nothing here. */
	CHECK(!is_in(ANNA));
}

/* Tokens ------------------------------------------------------------------------------------- */

static struct http_input anna_sends(const char *body)
{
	return (struct http_input){.method = S("POST"),
				   .uri = S("/probe"),
				   .content_type = S("application/x-www-form-urlencoded"),
				   .cookie = cookie_of(ANNA),
				   .origin = test_app.config.base_url,
				   .body = str_of(body)};
}

TEST(csrf_on_every_post)
{
	world();
	CHECK_INT(post_raw(anna_sends("key=abcdefghijklmnop&ziel=x")).status, 403);
	CHECK_INT(post_raw(anna_sends("csrf=&key=abcdefghijklmnop&ziel=x")).status, 403);
	CHECK_INT(post_raw(anna_sends("csrf=abc&key=abcdefghijklmnop&ziel=x")).status, 403);
	struct str zeros = repeated("0", 64);
	CHECK_INT(post_raw(anna_sends(arena_cstr(
			       test_arena, arena_fmt(test_arena, "csrf=%.*s&key=abcdefghijklmnop",
						     ARG(zeros)))))
		      .status,
		  403);
	CHECK_INT(post_with(cookie_of(ANNA), str_from(cookie_of(BEN), S("handschlag=").n), "/probe",
			    S("ziel=x"))
		      .status,
		  403);
	CHECK_INT(post_with(cookie_of(ANNA), guest_secret(), "/probe", S("ziel=x")).status, 403);
	CHECK(!probed);
	CHECK_INT(post_as(ANNA, "/probe", S("ziel=x")).status, 303);
	CHECK(probed);
}

TEST(a_post_from_elsewhere_is_refused_whatever_it_carries)
{
	static const char *const origins[] = {"",
					      "null",
					      "https://evil.example",
					      "http://127.0.0.1:8081",
					      "http://127.0.0.1:8080.evil.example",
					      "https://127.0.0.1:8080",
					      "http://127.0.0.1:8080/"};

	world();
	for (size_t i = 0; i < sizeof origins / sizeof origins[0]; i++) {
		struct http_input in = anna_sends(arena_cstr(
		    test_arena, arena_fmt(test_arena, "csrf=%.*s&key=abcdefghijklmnop&ziel=x",
					  ARG(csrf_of(ANNA)))));
		in.origin = str_of(origins[i]);
		struct answer a = post_raw(in);
		CHECK_INT(a.status, 403);
		CHECK(!shows(&a, "Jetzt absenden"));
	}
	CHECK(!probed);
}

TEST(a_token_looks_different_on_every_page)
{
	world();
	CHECK(!str_eq(csrf_of(ANNA), csrf_of(ANNA)));
}

TESTS_MAIN
