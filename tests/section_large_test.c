/* section_large_test.c -- a long section that loses many remarks at once. */
#include "fixtures.h"

#include "features/handbook/handbook.h"

enum { BLOCKS = 1500, REMARKS = 200 };
#define WORKING "(SELECT id FROM revision WHERE state = 'working')"

TEST(many_remarks_losing_their_blocks_fit_on_one_page)
{
	struct buf text = {.arena = NULL};

	fixtures();
	text.arena = test_arena;
	buf_add(&text, S("# Probe\n\n## Lang\n\n"));
	for (int i = 0; i < BLOCKS; i++)
		buf_fmt(&text, "w%dx w%dy\n\n", i, i);
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, buf_str(&text)), OK);
	CHECK_INT(db_commit(test_db), OK);
	for (int i = 1; i <= REMARKS; i++)
		run_sql(
		    arena_fmt(
			test_arena,
			"INSERT INTO feedback (id, document_id, number, kind, visibility,"
			" author_id, author_org, state, created_at) VALUES (%d, 1, %d, 'hint',"
			" 'project', 10, 'Lindheim', 'open', 1);"
			"INSERT INTO feedback_text VALUES (%d, 1, 'Hinweis', 1, 10);"
			"INSERT INTO anchor (feedback_id, revision_id, block_text_id, state, at)"
			" SELECT %d, " WORKING ", id, 'exact', 1 FROM block_text"
			" WHERE plain = 'w%dx w%dy'",
			i, i, i, i, i, i)
			.p);
	struct str uid = text_of("SELECT uid FROM revision_section WHERE revision_id = " WORKING);
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);
	struct str rest = str_from(a.body, str_find(a.body, S("name=\"stand\" value=\"")) + 20);
	struct str state = str_head(rest, str_find_char(rest, '"'));
	text.n = 0;
	buf_add(&text, S("## Lang\n\n"));
	for (int i = REMARKS + 1; i < BLOCKS; i++)
		buf_fmt(&text, "w%dx w%dy\n\n", i, i);
	a = post_as(ANNA, "/handbuch/bearbeiten",
		    FORM(FIELD_STR("abschnitt", uid), FIELD_STR("stand", state),
			 FIELD_STR("text", buf_str(&text))));
	CHECK_INT(a.status, 409);
	CHECK_INT(times(&a, "ohne Bezug behalten"), REMARKS);
	/* At most the blocks around each: a page that a browser and the worker can hold. */
	CHECK(a.body.n < 2 * 1024 * 1024);
}

TESTS_MAIN
