/* edition_public_test.c -- what the world reads: replaced and withdrawn editions, caches, the file.
 */
#include "edition_world.h"

#include "base/secret.h"
#include "features/handbook/edition.h"

TEST(a_replaced_edition_stays_readable_and_names_stay_the_same)
{
	begin();
	publish_all();
	struct str before = text_of("SELECT group_concat(uid) FROM edition_block WHERE"
				    " edition_id = 1 AND plain GLOB 'Jede*'");
	audience("Erster", "internal");
	publish_all();
	CHECK_STR(text_of("SELECT group_concat(number || state) FROM edition"),
		  S("1replaced,2published"));
	CHECK_STR(text_of("SELECT group_concat(uid) FROM edition_block WHERE edition_id = 2"
			  " AND plain GLOB 'Jede*'"),
		  before);
	struct answer a = get_as(NOBODY, PUBLIC "/ausgabe/1/einstieg");
	CHECK(shows(&a, "Erster Absatz") && shows(&a, "Es gibt eine neuere Ausgabe."));
	a = get_as(NOBODY, PUBLIC "/einstieg");
	CHECK(!shows(&a, "Erster Absatz") && !shows(&a, "neuere Ausgabe"));
	a = get_as(NOBODY, PUBLIC "/vergleich");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Ausgabe 2 gegenüber Ausgabe 1: 1 gestrichen."));
	CHECK_INT(get_as(NOBODY, PUBLIC "/vergleich?von=1&bis=3").status, 404);
	a = get_as(NOBODY, PUBLIC);
	CHECK(shows(&a, "/oeffentlich/handbuch/vergleich?von=1&amp;bis=2"));
}

TEST(a_withdrawn_edition_leaves_its_reason)
{
	begin();
	publish_all();
	CHECK_INT(post_as(ANNA, EDITION "/ruecknahme", FORM(FIELD("version", "3"))).status, 403);
	struct answer a = withdraw(" ");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"grund-fehler\""));
	a = withdraw("Anna Ahorn hat darum gebeten.");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Diesen Grund lesen alle") && shows(&a, "hat darum gebeten."));
	CHECK_INT(withdraw("Ein Rat war falsch.").status, 303);
	static const char *const gone[] = {
	    PUBLIC "/einstieg", PUBLIC "/ausgabe/1", PUBLIC "/ausgabe/1/einstieg",
	    PUBLIC "/ausgabe/1/handbuch.md", PUBLIC "/vergleich?von=1&bis=1"};
	for (size_t i = 0; i < sizeof gone / sizeof gone[0]; i++) {
		a = get_as(NOBODY, gone[i]);
		CHECK_INT(a.status, 410);
		CHECK(shows(&a, "Ein Rat war falsch.") && !shows(&a, "Handbuch für alle"));
		CHECK(header_of(&a, "ETag").n == 0);
	}
	CHECK_INT(get_as(NOBODY, PUBLIC "/gibt-es-nicht").status, 404);
	a = get_as(NOBODY, PUBLIC);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Zurzeit ist keine Ausgabe veröffentlicht") &&
	      shows(&a, "Ein Rat war falsch."));
	CHECK_INT(get_as(NOBODY, PUBLIC "/handbuch.md").status, 404);
	CHECK_INT(withdraw("Noch einmal.").status, 409);
	/* The next one has another number. */
	publish_all();
	CHECK_INT(get_as(NOBODY, PUBLIC "/ausgabe/2").status, 200);
	a = get_as(NOBODY, PUBLIC "/ausgabe/1");
	CHECK_INT(a.status, 410);
	CHECK(shows(&a, "Lies die aktuelle Ausgabe 2"));
}

TEST(older_editions_are_looked_through_again)
{
	begin();
	publish_all();
	audience("Erster", "internal");
	publish_all();
	CHECK_INT(post_as(GRETA, EDITIONS "/pruefung", S("")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM handbook_event WHERE action = 'rechecked'"), 0);
	run_sql("INSERT INTO person (name, sort_key, email, status, created_at) VALUES"
		" ('Eva Erster', 'x', 'x@x.example', 'active', 1)");
	CHECK_INT(editions_recheck_all(test_db, test_arena, &test_app), OK);
	CHECK_INT(editions_recheck_all(test_db, test_arena, &test_app), OK);
	CHECK_STR(text_of("SELECT group_concat(number || state || (blocking > 0)) FROM edition"),
		  S("1replaced1,2published0"));
	CHECK_INT(count_of("SELECT count(*) FROM handbook_event WHERE action = 'rechecked'"), 1);
	CHECK_INT(get_as(NOBODY, PUBLIC "/ausgabe/1").status, 200);
	struct answer a = get_as(ANNA, "/");
	CHECK(shows(&a, "Öffentliche Ausgabe 1 enthält, was nicht hinaus darf"));
	a = get_as(GRETA, EDITIONS);
	CHECK(shows(&a, "Ausgabe 1 ist öffentlich und enthält"));
	a = get_as(GRETA, EDITION);
	CHECK(shows(&a, "Öffentlich steht, was nicht hinaus darf"));
	a = get_as(DORA, "/");
	CHECK(!shows(&a, "Öffentliche Ausgabe"));
	CHECK_INT(post_as(GRETA, EDITION "/ruecknahme",
			  FORM(FIELD("version", "4"), FIELD("grund", "Ein Name steht darin.")))
		      .status,
		  303);
	a = get_as(ANNA, "/");
	CHECK(!shows(&a, "Öffentliche Ausgabe"));
}

TEST(public_pages_may_be_kept_and_are_asked_for_again)
{
	begin();
	publish_all();
	struct answer a = get_as(NOBODY, PUBLIC "/einstieg"), b;
	struct str tag = header_of(&a, "ETag");
	CHECK_STR(header_of(&a, "Cache-Control"), S("public, no-cache"));
	CHECK(tag.n > 10 && header_of(&a, "Set-Cookie").n == 0 && header_of(&a, "Vary").n == 0);
	CHECK(header_of(&a, "X-Robots-Tag").n == 0);
	b = post_raw(
	    (struct http_input){.method = S("GET"),
				.uri = S(PUBLIC "/einstieg"),
				.cookie = cookie_of(ANNA),
				.if_none_match = arena_fmt(test_arena, "\"x\", W/%.*s", ARG(tag))});
	CHECK_INT(b.status, 304);
	CHECK_STR(header_of(&b, "ETag"), tag);
	b = get_as(ANNA, PUBLIC "/einstieg");
	CHECK_STR(b.body, a.body);
	CHECK(!shows(&b, "Anna") && !shows(&b, "Abmelden") && !shows(&b, "csrf"));
	b = get_as(ANNA, "/handbuch/einstieg");
	CHECK_STR(header_of(&b, "X-Robots-Tag"), S("noindex"));
	CHECK_STR(header_of(&b, "Cache-Control"), S("private, no-cache"));
	CHECK_INT(withdraw("Ein Rat war falsch.").status, 303);
	b = post_raw((struct http_input){
	    .method = S("GET"), .uri = S(PUBLIC "/einstieg"), .if_none_match = tag});
	CHECK_INT(b.status, 410);
}

TEST(the_template_file_has_the_sum_that_the_page_tells)
{
	begin();
	publish_all();
	struct answer a = get_as(NOBODY, PUBLIC "/handbuch.md"), page = get_as(NOBODY, PUBLIC);
	CHECK_INT(a.status, 200);
	CHECK_STR(a.content_type, S("text/markdown; charset=utf-8"));
	CHECK(shows(&page, arena_cstr(test_arena, secret_sha256_hex(test_arena, a.body))));
	CHECK(str_starts(a.body, S("# Handbuch für alle\n\nÖffentliche Fassung, Ausgabe 1")));
	CHECK(shows(&a, "Lizenz: CC BY 4.0.") && shows(&a, "## Regeln"));
	CHECK(shows(&a, "> **Für andere Kommunen:** Rat für andere."));
	CHECK_STR(get_as(NOBODY, PUBLIC "/ausgabe/1/handbuch.md").body, a.body);
}

TESTS_MAIN
