/* handbook_test.c -- import into blocks and chapters, and reading them. */
#include "fixtures.h"

#include "features/handbook/handbook.h"
#include "features/handbook/manuscript.h"
#include "features/handbook/outline.h"
#include "import_next.h"
#include "markup/compose.h"
#include "markup/normal.h"

static const char sample[] =
    "# Probe-Handbuch\n\nStand: heute\n\n"
    "## Einstieg\n\nErster Absatz mit Bürger*innen und Akteur*innen.\n\nZweiter Absatz.[^a]\n\n"
    "## Größe & Maß\n\nVor dem ersten Abschnitt.\n\n"
    "### Regeln\n\n- eins\n- zwei\n  - zwei a\n- drei\n\nDanach.\n\n"
    "### Tabelle\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n| 3 | 4 |\n\n"
    "#### Kleingedrucktes\n\nEnde.[^b]\n\n"
    "## Einstieg\n\nNoch einer.\n\n"
    "[^a]: Anmerkung eins.\n[^b]: Anmerkung zwei.\n";

static enum err import(const char *text)
{
	enum err err = db_begin_write(test_db, test_arena);

	if (err == OK)
		err = handbook_import(test_db, test_arena, str_of(text));
	if (err == OK)
		err = db_commit(test_db);
	db_rollback(test_db);
	return err;
}

static void outline_of(const char *text, struct outline *o)
{
	struct markdown_document doc;

	CHECK_INT(markdown_document(test_arena, str_of(text), &doc), OK);
	outline_make(test_arena, &doc, o);
}

/* The number of the block whose plain text begins with `words`. */
static struct str number_of(const struct outline *o, const char *words)
{
	for (size_t i = 0; i < o->n; i++)
		if (str_starts(o->blocks[i].block->plain, str_of(words)))
			return o->blocks[i].number;
	return S("missing");
}

TEST(outline_numbers_chapters_sections_and_blocks)
{
	struct outline o;

	fixtures();
	outline_of(sample, &o);
	CHECK_STR(o.title, S("Probe-Handbuch"));
	CHECK_INT(o.chapter_count, 3);
	CHECK_STR(number_of(&o, "Stand"), S(""));
	CHECK_STR(number_of(&o, "Erster"), S("1.1"));
	CHECK_STR(number_of(&o, "Zweiter"), S("1.2"));
	CHECK_STR(number_of(&o, "Vor dem"), S("2.0.1"));
	CHECK_STR(number_of(&o, "Regeln"), S("2.1"));
	CHECK_STR(number_of(&o, "eins"), S("2.1.1"));
	CHECK_STR(number_of(&o, "drei"), S("2.1.1"));
	CHECK_STR(number_of(&o, "Danach"), S("2.1.2"));
	CHECK_STR(number_of(&o, "Kleingedrucktes"), S(""));
	CHECK_STR(number_of(&o, "Ende"), S("2.2.2"));
	CHECK_STR(number_of(&o, "Noch"), S("3.1"));
}

TEST(outline_gives_chapters_addresses_that_differ)
{
	struct outline o;

	fixtures();
	outline_of(sample, &o);
	CHECK_STR(o.chapters[0].slug, S("einstieg"));
	CHECK_STR(o.chapters[1].slug, S("groesse-mass"));
	CHECK_STR(o.chapters[2].slug, S("einstieg-2"));
	outline_of("# A\n\n# A\n\n# A 2\n\n# …\n", &o);
	CHECK_STR(o.title, S("Handbuch"));
	CHECK_INT(o.chapter_count, 4);
	CHECK_STR(o.chapters[1].slug, S("a-2"));
	CHECK_STR(o.chapters[2].slug, S("a-2-2"));
	CHECK_STR(o.chapters[3].slug, S("kapitel"));
}

TEST(footnotes_stand_at_the_end_of_the_chapter_that_names_them)
{
	static const char text[] =
	    "# T\n\n## A\n\nEins[^a] und zwei.[^b]\n\n## B\n\nNur zwei.[^b]\n\n"
	    "[^a]: Anmerkung A.\n[^b]: Anmerkung B.\n";
	static const struct str plain[] = {S_INIT("T"),
					   S_INIT("A"),
					   S_INIT("Eins"),
					   S_INIT("Anmerkung A."),
					   S_INIT("Anmerkung B."),
					   S_INIT("B"),
					   S_INIT("Nur zwei."),
					   S_INIT("Anmerkung B.")};
	struct markdown_document doc;
	struct block *blocks;

	fixtures();
	CHECK_INT(markdown_document(test_arena, str_of(text), &doc), OK);
	size_t n = manuscript_blocks(test_arena, &doc, 0, &blocks);
	CHECK_INT(n, 8);
	for (size_t i = 0; i < n; i++)
		CHECK(str_starts(blocks[i].plain, str_head(plain[i], 4)));
	CHECK_INT(blocks[4].number, 2);
	CHECK_INT(blocks[7].number, 1);
	CHECK(str_find(blocks[6].html, S("#fn-1\"")) < blocks[6].html.n);
}

TEST(outline_copes_with_texts_without_headings_or_with_one)
{
	struct outline o;

	fixtures();
	outline_of("Nur Text.\n", &o);
	CHECK_INT(o.chapter_count, 0);
	CHECK_INT(o.n, 1);
	outline_of("# Allein\n\nText.\n", &o);
	CHECK_INT(o.chapter_count, 1);
	CHECK_STR(number_of(&o, "Text"), S("1.1"));
	outline_of("", &o);
	CHECK_INT(o.n, 0);
}

TEST(import_stores_blocks_once_with_ids_of_their_own)
{
	fixtures();
	CHECK_INT(import(sample), OK);
	CHECK_INT(count_of("SELECT count(*) FROM revision WHERE state = 'in_force'"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM revision_section"), 2 * 3);
	CHECK_INT(2 * count_of("SELECT count(*) FROM block"),
		  count_of("SELECT count(*) FROM revision_block"));
	CHECK_INT(count_of("SELECT count(DISTINCT uid) FROM block"),
		  count_of("SELECT count(*) FROM block"));
	CHECK_INT(count_of("SELECT count(*) FROM block_text WHERE audience <> 'internal'"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'handbook.import'"), 1);
	CHECK_INT(import(sample), E_CONFLICT);
	CHECK_INT(count_of("SELECT count(*) FROM revision WHERE state = 'working'"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM revision"), 2);
}

TEST(import_leaves_nothing_behind_when_a_database_call_fails)
{
	fixtures();
	for (int n = 1; n < 2000; n++) {
		db_fail_after(test_db, n, E_INTERNAL);
		enum err err = import(sample);
		db_fail_after(test_db, 0, OK);
		if (err == OK) {
			CHECK(n > 50);
			return;
		}
		CHECK_INT(count_of("SELECT (SELECT count(*) FROM document) +"
				   " (SELECT count(*) FROM block_text)"),
			  0);
	}
	CHECK(false);
}

#define ID_OF(words)                                                                               \
	text_of("SELECT b.uid FROM block b JOIN block_text t ON t.block_id = b.id"                 \
		" JOIN revision_block rb ON rb.block_text_id = t.id"                               \
		" JOIN revision r ON r.id = rb.revision_id AND r.state = 'in_force'"               \
		" WHERE t.plain = '" words "'")

TEST(blocks_keep_their_ids_over_versions_also_when_moved)
{
	fixtures();
	CHECK_INT(import("# H\n\n## A\n\neins\n\nzwei\n\ndrei\n\n## B\n\nvier\n"), OK);
	struct str two = ID_OF("zwei"), four = ID_OF("vier");
	int64_t texts = count_of("SELECT count(*) FROM block_text");
	CHECK_INT(import_next("# H\n\n## A\n\nvier\n\neins\n\nneu\n\nzwei\n\n## B\n"), 0);
	CHECK_STR(ID_OF("zwei"), two);
	CHECK_STR(ID_OF("vier"), four);
	CHECK_INT(count_of("SELECT count(*) FROM block_text"), texts + 1);
	CHECK_INT(count_of("SELECT count(*) FROM block WHERE retired_in IS NOT NULL"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM revision WHERE state = 'superseded'"), 1);
	struct answer a = get_as(DORA, "/handbuch/a");
	CHECK(shows(&a, "Version 2.0") && shows(&a, "<p>vier</p>") && !shows(&a, "drei"));
}

TEST(equal_words_of_another_shape_are_another_wording)
{
	fixtures();
	CHECK_INT(import("# H\n\n## A\n\nAlpha\n\nBeta\n\n1. eins\n2. zwei\n\n### Klein\n"), OK);
	struct str beta = ID_OF("Beta");
	CHECK_INT(import_next("# H\n\n## A\n\n- Alpha\n- Beta\n\nText\n\n1. zwei\n\n#### Klein\n"),
		  0);
	CHECK_STR(ID_OF("Beta"), beta);
	struct answer a = get_as(DORA, "/handbuch/a");
	CHECK(shows(&a, "<ul><li>Alpha</li><li id=\"b-") && shows(&a, ">Beta</li></ul>"));
	CHECK(shows(&a, "<ol><li>zwei</li></ol>") && !shows(&a, "start="));
	CHECK_INT(count_of("SELECT level FROM block_text WHERE plain = 'Klein' ORDER BY id DESC"),
		  4);
}

TEST(wordings_are_immutable)
{
	fixtures();
	CHECK_INT(import(sample), OK);
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK(db_run(test_db, "UPDATE block_text SET plain = 'x'", WITH_NOTHING, NULL) != OK);
	db_rollback(test_db);
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK(db_run(test_db, "DELETE FROM block_text", WITH_NOTHING, NULL) != OK);
	db_rollback(test_db);
}

TEST(contents_list_all_chapters_and_the_preface)
{
	fixtures();
	CHECK_INT(import(sample), OK);
	struct answer a = get_as(DORA, "/handbuch");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<h1>Probe-Handbuch</h1>") && shows(&a, "Stand: heute"));
	CHECK(shows(&a, "Version 1.0 vom 20."));
	CHECK(shows(&a, "href=\"/handbuch/groesse-mass\""));
	CHECK(shows(&a, "Größe &amp; Maß"));
}

TEST(a_chapter_shows_its_blocks_lists_tables_and_notes)
{
	fixtures();
	CHECK_INT(import(sample), OK);
	struct answer a = get_as(DORA, "/handbuch/groesse-mass");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "2 Größe &amp; Maß</h1>") && shows(&a, ">2.1 Regeln</h2>"));
	CHECK_INT(times(&a, "<ul><li>eins</li>"), 1);
	CHECK(shows(&a, "zwei<ul><li id=\"b-") && shows(&a, "zwei a</li></ul></li>"));
	CHECK(shows(&a, "<thead") && times(&a, "</tr>") == 3);
	CHECK(shows(&a, "<li id=\"fn-1\"") && !shows(&a, "id=\"fn-2\""));
	CHECK(shows(&a, "href=\"#fn-1\"") && shows(&a, "href=\"#fnref-1\""));
	CHECK(shows(&a, "rel=\"prev\"") && shows(&a, "rel=\"next\""));
	CHECK_INT(times(&a, "aria-current=\"page\""), 2); /* menu and contents */
}

TEST(the_gender_star_is_read_as_written)
{
	fixtures();
	CHECK_INT(import(sample), OK);
	struct answer a = get_as(DORA, "/handbuch/einstieg");
	CHECK(shows(&a, "Bürger*innen und Akteur*innen."));
}

TEST(the_whole_handbook_prints_on_one_page_without_double_ids)
{
	fixtures();
	CHECK_INT(import(sample), OK);
	struct answer a = get_as(DORA, "/handbuch?ansicht=druck");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Erster Absatz") && shows(&a, "Noch einer.") && shows(&a, "Stand: heute"));
	CHECK_INT(times(&a, "<h1>"), 1);
	CHECK_INT(times(&a, "id=\"fn-1\""), 0);
	for (int chapter = 1; chapter <= 2; chapter++) {
		const char *k = arena_fmt(test_arena, "k%d-fn", chapter).p;
		CHECK_INT(times(&a, arena_fmt(test_arena, "id=\"%s-1\"", k).p), 1);
		CHECK_INT(times(&a, arena_fmt(test_arena, "href=\"#%s-1\"", k).p), 1);
		CHECK_INT(times(&a, arena_fmt(test_arena, "id=\"%sref-1\"", k).p), 1);
		CHECK_INT(times(&a, arena_fmt(test_arena, "href=\"#%sref-1\"", k).p), 1);
	}
}

TEST(without_a_handbook_the_page_says_what_comes_next)
{
	fixtures();
	struct answer pmo = get_as(ANNA, "/handbuch"), reader = get_as(DORA, "/handbuch");
	CHECK_INT(pmo.status, 200);
	CHECK(shows(&pmo, "import-handbook") && !shows(&reader, "import-handbook"));
	CHECK_INT(get_as(ANNA, "/handbuch/einstieg").status, 404);
}

TEST(unknown_chapters_are_404_and_outsiders_403)
{
	fixtures();
	CHECK_INT(import(sample), OK);
	CHECK_INT(get_as(DORA, "/handbuch/gibt-es-nicht").status, 404);
	CHECK_INT(get_as(FINN, "/handbuch").status, 403);
	CHECK_INT(get_as(EMIL, "/handbuch/einstieg").status, 403);
	CHECK_INT(get_as(NOBODY, "/handbuch").status, 303);
}

TEST(the_command_previews_and_then_imports)
{
	char path[] = "/tmp/handschlag-handbook-XXXXXX", dry[] = "--dry-run";
	char *both[] = {path, dry}, flag[] = "--new-version", *newer[] = {flag, path};
	int fd = mkstemp(path);

	fixtures();
	CHECK(fd >= 0 && write(fd, sample, strlen(sample)) == (ssize_t)strlen(sample));
	close(fd);
	struct quiet q = hush();
	int preview = handbook_import_command(test_db, test_arena, 2, both);
	int64_t after_preview = count_of("SELECT count(*) FROM document");
	int imported = handbook_import_command(test_db, test_arena, 1, both);
	int again = handbook_import_command(test_db, test_arena, 1, both);
	int next = handbook_import_command(test_db, test_arena, 2, newer);
	unlink(path);
	int missing = handbook_import_command(test_db, test_arena, 1, both);
	int misused = handbook_import_command(test_db, test_arena, 0, both);
	(void)speak(test_arena, q);
	CHECK(preview == 0 && after_preview == 0);
	CHECK(imported == 0 && count_of("SELECT count(*) FROM document") == 1);
	CHECK(again == 1 && next == 0 && missing == 1 && misused == 2);
	CHECK_INT(count_of("SELECT major FROM revision WHERE state = 'in_force'"), 2);
}

TEST(lists_close_what_they_open_whatever_the_levels)
{
	const struct piece jumps[] = {
	    {.kind = BLOCK_LIST_ITEM, .level = 3, .html = S_INIT("a")},
	    {.kind = BLOCK_LIST_ITEM,
	     .level = 1,
	     .ordered = true,
	     .number = 4,
	     .html = S_INIT("b")},
	    {.kind = BLOCK_LIST_ITEM, .level = 9, .html = S_INIT("c")},
	};

	fixtures();
	CHECK_STR(compose_group(test_arena, jumps, 3),
		  S("<ul><li>a</li></ul><ol start=\"4\"><li>b<ul><li>c</li></ul></li></ol>"));
	CHECK_STR(compose_group(test_arena, &jumps[1], 1), S("<ol start=\"4\"><li>b</li></ol>"));
	const struct piece mixed[] = {
	    {.kind = BLOCK_LIST_ITEM, .level = 1, .html = S_INIT("a")},
	    {.kind = BLOCK_LIST_ITEM, .level = 2, .html = S_INIT("x")},
	    {.kind = BLOCK_LIST_ITEM,
	     .level = 2,
	     .ordered = true,
	     .number = 1,
	     .html = S_INIT("y")},
	    {.kind = BLOCK_LIST_ITEM, .level = 1, .html = S_INIT("b")},
	};
	CHECK_STR(compose_group(test_arena, mixed, 4),
		  S("<ul><li>a<ul><li>x</li></ul><ol><li>y</li></ol></li><li>b</li></ul>"));
	CHECK_STR(compose_group(test_arena, jumps, 0), S(""));
}

TEST(texts_that_look_the_same_have_one_normal_form)
{
	fixtures();
	CHECK_STR(normal_nfc(test_arena, S("a\xcc\x88")), S("ä"));
	CHECK_STR(normal_plain(test_arena, S(" „So\u00a0viel\u200b wie “  nö\u00adtig – ’s\n")),
		  S("\"So viel wie \" nötig - 's"));
	CHECK_STR(normal_nfc(test_arena, S("\xff")), S("\xff"));
}

TESTS_MAIN
