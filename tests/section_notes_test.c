/* section_notes_test.c -- footnotes of a chapter that is edited. */
#include "place_world.h"

TEST(footnotes_of_a_chapter_with_parts_stay_where_they_are_and_are_one)
{
	static const char text[] = "## Kreis\n\n### Aufgaben\n\nErst.[^a] Und.[^b]\n\n"
				   "### Sitzungen\n\nDann.[^a]\n\n[^a]: Quelle.\n[^b]: Zahl.\n";
	static const char order[] =
	    "SELECT group_concat(x.plain, '/') FROM (SELECT t.plain FROM revision_block rb"
	    " JOIN block_text t ON t.id = rb.block_text_id WHERE rb.revision_id = " WORKING
	    " ORDER BY rb.pos) x";

	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena,
				  arena_fmt(test_arena, "# Probe\n\n%s\n## Ende\n\nAus.\n", text)),
		  OK);
	CHECK_INT(db_commit(test_db), OK);
	struct str before = text_of(order);
	struct str uid = text_of("SELECT uid FROM revision_section WHERE slug = 'kreis' LIMIT 1");
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);
	struct str typed = between(&a, "name=\"text\"", "</textarea>");
	typed = str_from(typed, str_find(typed, S("## Kreis")));
	struct str form = open_section("kreis", arena_cstr(test_arena, typed));
	a = post_as(ANNA, "/handbuch/bearbeiten/vorschau", form);
	CHECK(shows(&a, "0 geändert, 0 neu, 0 gestrichen, 0 verschoben"));
	CHECK_INT(post_as(ANNA, "/handbuch/bearbeiten", form).status, 303);
	CHECK_STR(text_of(order), before);
	/* A chapter that is made of a part takes its note along. */
	edit("kreis", "## Kreis\n\n### Aufgaben\n\nErst.[^a]\n\n## Sitzungen\n\nDann.[^b]\n\n"
		      "[^a]: Quelle.\n[^b]: Zahl.\n");
	CHECK_STR(text_of(order),
		  S("Probe/Kreis/Aufgaben/Erst./Quelle./Sitzungen/Dann./Zahl./Ende/Aus."));
}

TESTS_MAIN
