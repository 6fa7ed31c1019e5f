/* link_check_test.c -- links of the handbook into itself and into this program that lead nowhere.
 */
#include "place_world.h"

#include "upload.h"

static struct answer look(const char *text)
{
	struct str uid =
	    text_of("SELECT uid FROM revision_section WHERE slug = 'einstieg' LIMIT 1");
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);

	return post_as(ANNA, "/handbuch/bearbeiten/vorschau",
		       FORM(FIELD_STR("abschnitt", uid),
			    FIELD_STR("stand", between(&a, "name=\"stand\" value=\"", "\"")),
			    FIELD_STR("text", str_of(text))));
}

static bool warns(const struct answer *a, int line, const char *url)
{
	struct str words = arena_fmt(
	    test_arena, "<li>Zeile %d: Der Verweis auf „%s“ führt nirgendwohin.</li>", line, url);

	return str_find(a->body, words) < a->body.n;
}

TEST(the_preview_of_a_section_names_links_that_lead_nowhere)
{
	begin();
	struct str uid = uid_of("Jede");
	struct answer a =
	    look(arena_fmt(
		     test_arena,
		     "## Einstieg\n\nErster [Absatz](/handbuch/zile) mit "
		     "[Worten](/handbuch/regeln).\n\n"
		     "- [eins](#b-nirgends)\n- [zwei](#b-%.*s)\n- [drei](/handbuch/regeln#b-%.*s)\n"
		     "- [vier](/handbuch?absatz=weg45678&fassung=1-0)\n- [fünf](/gibt/es/nicht)\n"
		     "- [sechs](/task-forces)\n- [sieben](https://anderswo.example/weg)\n"
		     "- [acht](/handbuch/zile?fassung=1-0)\n- [neun](/statisch/plan.pdf)\n"
		     "- [zehn](/handbuch/fassungen)\n- [elf](/handbuch/einstieg#b-weg45678)\n",
		     ARG(uid), ARG(uid))
		     .p);
	CHECK_INT(a.status, 200);
	CHECK(warns(&a, 3, "/handbuch/zile") && warns(&a, 5, "#b-nirgends"));
	CHECK(warns(&a, 9, "/gibt/es/nicht") && warns(&a, 15, "/handbuch/einstieg#b-weg45678"));
	CHECK_INT(times(&a, "führt nirgendwohin"), 4);
	CHECK(shows(&a, "Worauf du achten solltest"));
	a = look("## Einstieg\n\nErster.\n");
	CHECK(!shows(&a, "Worauf du achten solltest") && !shows(&a, "<ul></ul>"));
}

TEST(a_chapter_that_the_change_makes_is_known_and_one_it_takes_is_not)
{
	begin();
	struct answer a =
	    look("## Einstieg\n\nSiehe [dort](/handbuch/neues).\n\n## Neues\n\nDa.\n");
	CHECK(!shows(&a, "führt nirgendwohin"));
	a = look("## Anfang\n\nSiehe [dort](/handbuch/einstieg).\n");
	CHECK(warns(&a, 3, "/handbuch/einstieg"));
}

TEST(footnotes_are_no_links_of_the_editors)
{
	begin();
	struct answer a =
	    look("## Einstieg\n\nWorte.[^a]\n\n[^a]: Quelle, siehe [x](/nirgends).\n");
	CHECK(warns(&a, 5, "/nirgends"));
	CHECK_INT(times(&a, "führt nirgendwohin"), 1);
}

TEST(the_preview_of_an_import_names_them_among_its_warnings)
{
	begin();
	upload_as(ANNA, "/handbuch/import",
		  PARTS(TEXT_PART("text", S("# Probe\n\n## Einstieg\n\n[A](/handbuch/regeln) und "
					    "[B](/handbuch/ziele)\n\n## Ziele\n\nWorte.\n")),
			FILE_PART("datei", "", S(""))));
	struct answer a = get_as(ANNA, "/handbuch/import/vorschau");
	CHECK(warns(&a, 5, "/handbuch/regeln"));
	CHECK_INT(times(&a, "führt nirgendwohin"), 1);
	CHECK(shows(&a, "Worauf du achten solltest"));
}

TEST(a_text_of_wrong_links_alone_is_answered_in_time)
{
	struct buf b = {.arena = NULL};

	begin();
	b.arena = test_arena;
	buf_add(&b, S("## Einstieg\n\n"));
	for (int i = 0; i < 2000; i++)
		buf_fmt(&b, "[x](/weg/%d) ", i);
	buf_char(&b, '\n');
	struct answer a = look(buf_str(&b).p);
	CHECK_INT(a.status, 200);
	CHECK_INT(times(&a, "führt nirgendwohin"), 50);
}

TESTS_MAIN
