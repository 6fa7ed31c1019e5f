/* kept_test.c -- nothing typed is lost when a session ends. */
#include "fixtures.h"

#include "base/secret.h"
#include "features/features.h"
#include "upload.h"

/* A form of its own, so that these tests know what was sent. */
static struct str probed; /* the form as the handler saw it, kept in the test's arena */

static enum err probe_create(struct request *rq)
{
	struct buf b = {.arena = test_arena};

	for (size_t i = 0; i < rq->http.form.n; i++) {
		struct field *f = &rq->http.form.v[i];
		if (str_eq(f->name, S("csrf")) || str_eq(f->name, S("key")))
			continue;
		f->read = true;
		buf_add(&b, f->name);
		buf_char(&b, '=');
		buf_add(&b, f->value);
		buf_char(&b, ';');
	}
	probed = buf_str(&b);
	return reply_redirect(rq, M_SAVED, "/probe");
}

static enum err probe_ask(struct request *rq)
{
	return reply_redirect(rq, M_NONE, "/");
}

static const struct route probe_routes[] = {
    POST("/probe", TASK_FORCE_CREATE, probe_create),
    POST_UPLOAD("/gross", TASK_FORCE_CREATE, probe_create),
    GET("/liste/:id", TASK_FORCE_CREATE, probe_ask),
    POST("/liste/:id/notiz/weg", TASK_FORCE_CREATE, probe_create),
    GET("/liste/:id/storno", TASK_FORCE_CREATE, probe_ask),
    POST("/liste/:id/storno", TASK_FORCE_CREATE, probe_create),
    ROUTES_END,
};
static const struct route *const tables[] = {people_routes, probe_routes, NULL};

static void world(void)
{
	fixtures();
	test_app.routes = tables;
	probed = S("");
}

#define TEXT_OF_MANY "Erste Zeile\nZweite <b>Zeile</b> & \"mehr\"\n\n\tEingerückt: 100 % + 'x'"

static struct str without_entities(struct str s)
{
	static const struct {
		struct str entity, sign;
	} known[] = {{S_INIT("&amp;"), S_INIT("&")},
		     {S_INIT("&lt;"), S_INIT("<")},
		     {S_INIT("&gt;"), S_INIT(">")},
		     {S_INIT("&quot;"), S_INIT("\"")},
		     {S_INIT("&#39;"), S_INIT("'")}};
	struct buf b = {.arena = test_arena};

	for (size_t i = 0; i < s.n;) {
		size_t k = 0, n = sizeof known / sizeof known[0];
		while (k < n && !str_starts(str_from(s, i), known[k].entity))
			k++;
		buf_add(&b, k < n ? known[k].sign : (struct str){s.p + i, 1});
		i += k < n ? known[k].entity.n : 1;
	}
	return buf_str(&b);
}

/* All hidden fields of the (only) form that goes to `action`, as a browser would send them back,
 * without token and key, which post_as adds. */
static struct str hidden_fields(const struct answer *a, const char *action)
{
	struct buf form = {.arena = test_arena};
	struct str begin = arena_fmt(test_arena, "action=\"%s\"", action);
	struct str rest = str_from(a->body, str_find(a->body, begin));
	struct str input = S("<input type=\"hidden\" name=\"");

	rest = str_head(rest, str_find(rest, S("</form>")));
	for (size_t at; (at = str_find(rest, input)) < rest.n;) {
		rest = str_from(rest, at + input.n);
		struct str name = str_head(rest, str_find_char(rest, '"'));
		rest = str_from(rest, name.n + S("\" value=\"").n);
		struct str value = str_head(rest, str_find_char(rest, '"'));
		if (str_eq(name, S("csrf")) || str_eq(name, S("key")))
			continue;
		if (form.n > 0)
			buf_char(&form, '&');
		buf_add(&form, percent_encode(test_arena, without_entities(name)));
		buf_char(&form, '=');
		buf_add(&form, percent_encode(test_arena, without_entities(value)));
	}
	return buf_str(&form);
}

static struct str with(struct str form, const char *email, const char *password)
{
	return arena_fmt(test_arena, "%.*s&email=%s&passwort=%s", ARG(form), email, password);
}

TEST(a_form_outlives_its_session)
{
	world();
	struct str form =
	    FORM(FIELD("ziel", TEXT_OF_MANY), FIELD("kommunen", "1"), FIELD("kommunen", "3"),
		 FIELD("leer", ""), FIELD("version", "7"), FIELD("passwort_neu", "streng-geheim"));
	run_sql("DELETE FROM session WHERE person_id = 1");
	struct answer a = post_as(ANNA, "/probe?von=liste", form);
	CHECK_INT(a.status, 403);
	CHECK(shows(&a, "Deine Anmeldung ist abgelaufen. Deine Eingaben sind noch da."));
	CHECK(!shows(&a, "streng-geheim"));
	CHECK_INT(probed.n, 0);
	CHECK_INT(cookie_set(&a, "gast").n, SECRET_TOKEN_CHARS);

	/* A wrong password does not lose it either … */
	a = post_as(NOBODY, "/anmelden",
		    with(hidden_fields(&a, "/anmelden"), "anna%40lindheim.example", "falsch"));
	CHECK_INT(a.status, 422);
	/* … nor does a forgotten one. */
	a = post_as(NOBODY, "/anmelden",
		    with(hidden_fields(&a, "/anmelden"), "anna%40lindheim.example", ""));
	CHECK_INT(a.status, 422);
	a = post_as(NOBODY, "/anmelden",
		    with(hidden_fields(&a, "/anmelden"), "anna%40lindheim.example", PASSWORD));
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<h1>Wieder angemeldet</h1>"));
	CHECK(shows(&a, "Du bist jetzt als Anna Ahorn angemeldet."));
	CHECK(shows(&a, ">Ziel</dt>"));
	CHECK(shows(&a, "Erste Zeile\nZweite &lt;b&gt;Zeile&lt;/b&gt; &amp; "));
	CHECK_INT(times(&a, ">Kommunen</dt>"), 2);
	CHECK_INT(times(&a, ">Version</dt>"), 0);
	CHECK(shows(&a, "Jetzt absenden"));

	struct str session = cookie_set(&a, "handschlag");
	a = post_with(arena_fmt(test_arena, "handschlag=%.*s", ARG(session)), session,
		      "/probe?von=liste", hidden_fields(&a, "/probe?von=liste"));
	CHECK_INT(a.status, 303);
	CHECK_STR(probed, S("ziel=" TEXT_OF_MANY ";kommunen=1;kommunen=3;leer=;version=7;"));
}

/* Ends Anna's session, sends, logs in with what the page carries and sends again. */
static void outlives(const char *target, struct answer (*send)(void))
{
	run_sql("DELETE FROM session WHERE person_id = 1");
	struct answer a = send();
	CHECK_INT(a.status, 403);
	CHECK(shows(&a, "action=\"/anmelden\" method=\"post\" enctype=\"multipart/form-data\""));
	struct str value = str_from(a.body, str_find(a.body, S("name=\"e.ziel\" value=\"")) + 21);
	value = without_entities(str_head(value, str_find_char(value, '"')));
	a = upload_as(NOBODY, "/anmelden",
		      PARTS(TEXT_PART("weiter", S("")), TEXT_PART("fortsetzen", str_of(target)),
			    TEXT_PART("e.ziel", value),
			    TEXT_PART("email", S("anna@lindheim.example")),
			    TEXT_PART("passwort", S(PASSWORD))));
	CHECK_INT(a.status, 200);
	CHECK_INT(times(&a, "enctype=\"multipart/form-data\""),
		  str_eq(str_of(target), S("/gross")));
}

static struct answer send_full_form(void)
{
	/* As browsers send it, with a plus for a blank. */
	return post_as(ANNA, "/probe",
		       arena_fmt(test_arena, "ziel=%.*s", ARG(repeated("Ja!+", 65500))));
}

TEST(a_form_of_256_kilobytes_outlives_its_session)
{
	world();
	outlives("/probe", send_full_form);
	/* More than a form may have is too much. */
	CHECK_INT(post_as(ANNA, "/probe",
			  arena_fmt(test_arena, "ziel=%.*s", ARG(repeated("Ja!+", 65600))))
		      .status,
		  413);
}

static struct answer send_upload(void)
{
	return upload_as(ANNA, "/gross",
			 PARTS(FILE_PART("bild", "x.png", S("\xff\0")),
			       FILE_PART("ziel", "x.md", repeated("Ja! ", 256 * 1024))));
}

TEST(an_upload_of_a_megabyte_outlives_its_session)
{
	world();
	outlives("/gross", send_upload);
}

TEST(files_are_taken_only_where_they_are_expected)
{
	world();
	CHECK_INT(upload_as(ANNA, "/probe", PARTS(TEXT_PART("ziel", S("x")))).status, 400);
	CHECK_INT(probed.n, 0);
	CHECK_INT(upload_as(ANNA, "/gross", PARTS(TEXT_PART("ziel", S("x")))).status, 303);
	CHECK_STR(probed, S("ziel=x;"));
	CHECK_INT(
	    upload_as(ANNA, "/gross", PARTS(TEXT_PART("ziel", repeated("x", UPLOAD_MAX)))).status,
	    413);
	CHECK_INT(
	    upload_as(ANNA, "/gross", PARTS(TEXT_PART("ziel", repeated("x", BODY_MAX)))).status,
	    413);
	/* A form of another kind may not be larger than before. */
	CHECK_INT(post_as(ANNA, "/gross",
			  arena_fmt(test_arena, "ziel=%.*s", ARG(repeated("x", FORM_MAX))))
		      .status,
		  413);
}

TEST(a_form_of_an_earlier_session_is_shown_to_be_sent_again)
{
	world();
	struct answer a = post_with(cookie_of(ANNA), S("the-token-of-a-session-that-has-ended"),
				    "/probe", FORM(FIELD("ziel", TEXT_OF_MANY)));
	CHECK_INT(a.status, 403);
	CHECK(shows(&a, "<h1>Noch nicht gespeichert</h1>"));
	CHECK_INT(probed.n, 0);
	a = post_as(ANNA, "/probe", hidden_fields(&a, "/probe"));
	CHECK_INT(a.status, 303);
	CHECK_STR(probed, S("ziel=" TEXT_OF_MANY ";"));
}

static struct answer stale(const char *target, struct str form)
{
	world();
	return post_with(cookie_of(ANNA), S("the-token-of-a-session-that-has-ended"), target, form);
}

TEST(the_page_says_where_the_form_goes)
{
	struct answer a = stale("/liste/3/notiz/weg?x=1", FORM(FIELD("ziel", "Text")));
	CHECK(shows(&a, "<a href=\"/liste/3\">/liste/3</a>"));
	CHECK(shows(&a, "Jetzt absenden"));
	a = stale("/liste/3/storno", FORM(FIELD("grund", "Text")));
	CHECK(shows(&a, "<a href=\"/liste/3/storno\">/liste/3/storno</a>"));
	CHECK(shows(&a, "Jetzt absenden"));
	a = stale("/probe", FORM(FIELD("ziel", "Text")));
	CHECK(shows(&a, "<strong>/probe</strong>"));
}

/* What it would do cannot be seen here, so the page that asks is the place to decide. */
TEST(a_form_without_anything_typed_is_not_sent_again_from_here)
{
	struct answer a = stale("/liste/3/storno?x=1", FORM(FIELD("version", "7")));
	CHECK(shows(&a, "href=\"/liste/3/storno\""));
	CHECK(!shows(&a, "Jetzt absenden"));
	CHECK(!shows(&a, "name=\"version\""));
	/* Without a page that asks there is no other way. */
	a = stale("/probe", FORM(FIELD("version", "7")));
	CHECK(shows(&a, "Jetzt absenden"));
}

TEST(a_kept_form_meets_a_login_that_was_finished_in_another_window)
{
	world();
	struct answer a = post_with(
	    cookie_of(ANNA), guest_secret(), "/anmelden",
	    FORM(FIELD("weiter", ""), FIELD("fortsetzen", "/probe"), FIELD("e.ziel", "Unverloren"),
		 FIELD("email", "anna@lindheim.example"), FIELD("passwort", PASSWORD)));
	CHECK_INT(a.status, 403);
	CHECK(shows(&a, "Unverloren"));
	a = post_as(ANNA, "/probe", hidden_fields(&a, "/probe"));
	CHECK_STR(probed, S("ziel=Unverloren;"));
}

TEST(only_a_form_of_ours_is_sent_again)
{
	static const char *const targets[] = {
	    "https://evil.example/",
	    "//evil.example",
	    "/gibt-es-nicht",
	    "/anmelden",
	    "/abmelden",
	    "/probe/../x",
	    "",
	    "javascript:alert(1)",
	};

	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
		world();
		struct answer a =
		    post_as(NOBODY, "/anmelden",
			    form_of((struct test_field[]){{S("fortsetzen"), str_of(targets[i])},
							  {S("e.ziel"), S("x")},
							  {S("email"), S("anna@lindheim.example")},
							  {S("passwort"), S(PASSWORD)}},
				    4));
		CHECK_INT(a.status, 303);
		CHECK_STR(a.location, S("/"));
	}
}

TEST(a_person_without_the_right_is_told_so_after_the_login)
{
	world();
	struct answer a =
	    post_as(NOBODY, "/anmelden",
		    FORM(FIELD("fortsetzen", "/probe"), FIELD("e.ziel", "x"),
			 FIELD("email", "dora@seefeld.example"), FIELD("passwort", PASSWORD)));
	CHECK_INT(a.status, 200);
	struct str session = cookie_set(&a, "handschlag");
	a = post_with(arena_fmt(test_arena, "handschlag=%.*s", ARG(session)), session, "/probe",
		      hidden_fields(&a, "/probe"));
	CHECK_INT(a.status, 403);
	CHECK_INT(probed.n, 0);
}

/* As much as nginx lets through, in the signs that grow most: a worker must not die of it. */
TEST(the_largest_form_can_be_kept_and_its_list_is_short)
{
	world();
	struct str text = repeated("\"", 1060000);
	struct buf b = {.arena = test_arena};
	multipart_text(&b, S("csrf"), S("x"));
	multipart_text(&b, S("key"), S("abcdefghijklmnop"));
	multipart_text(&b, S("email"), S("a"));
	multipart_text(&b, S("passwort"), S(""));
	multipart_text(&b, S("fortsetzen"), S("/gross"));
	multipart_text(&b, S("e.text"), text);
	struct answer a = post_raw((struct http_input){.method = S("POST"),
						       .uri = S("/anmelden"),
						       .content_type = S(TEST_MULTIPART),
						       .cookie = cookie_of(ANNA),
						       .origin = test_app.config.base_url,
						       .body = multipart_end(&b)});
	CHECK_INT(a.status, 403);
	CHECK_INT(times(&a, "&quot;") / 1000, 1062);
	CHECK(shows(&a, "…</dd>"));
}

TEST(the_list_of_what_was_typed_is_cut_the_form_is_not)
{
	world();
	struct str piece = repeated("ä", 3000);
	struct upload_part parts[30];
	for (size_t i = 0; i < 30; i++)
		parts[i] = (struct upload_part){arena_fmt(test_arena, "text-%zu", i), piece, NULL};
	struct answer a =
	    post_raw(upload_input(cookie_of(ANNA), guest_secret(), "/gross", parts, 30));
	CHECK_INT(a.status, 403);
	/* Ten values of 2,000 characters, and the whole form. */
	CHECK_INT(times(&a, "ä") / 1000, 110);
	CHECK_INT(times(&a, "<dt"), 30);
}

TESTS_MAIN
