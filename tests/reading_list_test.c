/* reading_list_test.c -- who has read what, and what is new since. */
#include "fixtures.h"

#include "features/handbook/handbook.h"

static const char sample[] = "# Probe\n\n## Einstieg\n\nErster.\n\n## Regeln\n\nZweiter.\n";

static void begin(void)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, str_of(sample)), OK);
	CHECK_INT(db_commit(test_db), OK);
}

static struct str confirmation(const char *slug)
{
	struct str uid = slug[0] == 0
			     ? S("")
			     : text_of(arena_fmt(test_arena,
						 "SELECT uid FROM revision_section WHERE slug ="
						 " '%s' LIMIT 1",
						 slug)
					   .p);

	return FORM(
	    FIELD_STR("abschnitt", uid),
	    FIELD_STR("version", text_of("SELECT CAST(id AS TEXT) FROM revision WHERE state ="
					 " 'in_force'")));
}

/* A next version in which one chapter has other words. */
static void change_rules(void)
{
	run_sql(
	    "UPDATE revision SET state = 'superseded' WHERE state = 'in_force';"
	    "INSERT INTO revision (id, document_id, major, minor, state, change, created_at)"
	    " VALUES (50, 1, 2, 0, 'in_force', 'content', 1);"
	    "INSERT INTO revision_section SELECT 50, pos, uid, slug, number, title, words FROM"
	    " revision_section WHERE revision_id = (SELECT min(id) FROM revision);"
	    "INSERT INTO block_text (id, block_id, kind, markdown, plain, html, hash, created_at)"
	    " SELECT 50, block_id, kind, 'Neu.', 'Neu.', 'Neu.', randomblob(32), 1 FROM block_text"
	    " WHERE plain = 'Zweiter.';"
	    "INSERT INTO revision_block SELECT 50, pos, section_uid, CASE WHEN block_text_id ="
	    " (SELECT id FROM block_text WHERE plain = 'Zweiter.') THEN 50 ELSE block_text_id END,"
	    " list, number FROM revision_block WHERE revision_id = (SELECT min(id) FROM revision)");
}

TEST(new_colleagues_see_what_to_read_and_confirm_it)
{
	begin();
	struct answer a = get_as(DORA, "/handbuch/gelesen");
	CHECK_INT(a.status, 200);
	CHECK_INT(times(&a, "noch nicht bestätigt"), 2);
	a = post_as(DORA, "/handbuch/gelesen", confirmation("regeln"));
	CHECK_INT(a.status, 303);
	a = get_as(DORA, "/handbuch/gelesen");
	CHECK_INT(times(&a, "noch nicht bestätigt"), 1);
	CHECK(shows(&a, "am 20.11.2026"));
	CHECK_INT(post_as(DORA, "/handbuch/gelesen", confirmation("")).status, 303);
	a = get_as(DORA, "/handbuch/gelesen");
	CHECK(shows(&a, "Du hast alles gelesen"));
	/* Nobody reads for others. */
	a = get_as(JULE, "/handbuch/gelesen");
	CHECK_INT(times(&a, "noch nicht bestätigt"), 2);
}

TEST(the_start_page_says_how_much_is_left_to_read)
{
	begin();
	struct answer a = get_as(DORA, "/");
	CHECK(shows(&a, "Das solltest du lesen: noch 2"));
	post_as(DORA, "/handbuch/gelesen", confirmation(""));
	a = get_as(DORA, "/");
	CHECK(shows(&a, "Du hast alles gelesen, was gilt."));
	change_rules();
	a = get_as(DORA, "/");
	CHECK(shows(&a, "Das solltest du lesen: noch 1"));
}

TEST(a_chapter_that_changed_comes_back_with_the_difference)
{
	begin();
	post_as(DORA, "/handbuch/gelesen", confirmation(""));
	change_rules();
	struct answer a = get_as(DORA, "/handbuch/gelesen");
	CHECK_INT(times(&a, ">geändert<"), 1);
	CHECK(shows(&a, "/handbuch/vergleich?von=1-0&amp;bis=2-0") && shows(&a, "am 20.11.2026"));
	post_as(DORA, "/handbuch/gelesen", confirmation("regeln"));
	a = get_as(DORA, "/handbuch/gelesen");
	CHECK(shows(&a, "Du hast alles gelesen"));
}

TEST(what_was_on_the_page_is_confirmed_not_what_came_since)
{
	begin();
	struct str form = confirmation("regeln");
	change_rules();
	CHECK_INT(post_as(DORA, "/handbuch/gelesen", form).status, 303);
	CHECK_INT(count_of("SELECT revision_id = 50 FROM read_receipt"), 0);
	struct answer a = get_as(DORA, "/handbuch/gelesen");
	CHECK_INT(times(&a, ">geändert<"), 1);
}

TEST(what_is_not_there_cannot_be_confirmed)
{
	begin();
	CHECK_INT(post_as(DORA, "/handbuch/gelesen",
			  FORM(FIELD("abschnitt", "aaaaaaaa"), FIELD("version", "1")))
		      .status,
		  404);
	CHECK_INT(
	    post_as(DORA, "/handbuch/gelesen", FORM(FIELD("abschnitt", ""), FIELD("version", "99")))
		.status,
	    404);
	CHECK_INT(
	    post_as(DORA, "/handbuch/gelesen", FORM(FIELD("abschnitt", ""), FIELD("version", "x")))
		.status,
	    400);
	/* The working copy is the editors' alone. */
	CHECK_INT(
	    post_as(
		DORA, "/handbuch/gelesen",
		FORM(FIELD("abschnitt", ""),
		     FIELD_STR(
			 "version",
			 text_of("SELECT CAST(id AS TEXT) FROM revision WHERE state = 'working'"))))
		.status,
	    404);
}

TEST(the_confirmation_stands_what_forms_must_stand)
{
	static const char rows[] = "SELECT count(*) FROM read_receipt";

	begin();
	check_refusals(DORA, "/handbuch/gelesen", confirmation("regeln"), rows);
	check_failures(DORA, "/handbuch/gelesen", confirmation("regeln"), rows);
	begin();
	check_once(DORA, "/handbuch/gelesen", confirmation("regeln"), rows);
}

TESTS_MAIN
