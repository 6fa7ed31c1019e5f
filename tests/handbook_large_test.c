/* handbook_large_test.c -- a very long handbook: nearly 2,000 blocks, 30 versions, 10,000 remarks.
 */
#include "feedback_world.h"

enum { CHAPTERS = 20, PARAGRAPHS = 98, PAGE_MAX = 4 * 1024 * 1024 };

/* Built once by SQL from an import: 29 older versions, the oldest with every third text another;
 * 500 remarks on the first chapter, the others on all. */
static void large(void)
{
	struct buf text = {.arena = NULL};

	fixtures();
	text.arena = test_arena;
	buf_add(&text, S("# Probe\n\n"));
	for (int c = 1; c <= CHAPTERS; c++) {
		buf_fmt(&text, "## Kapitel %d\n\n", c);
		for (int i = 1; i <= PARAGRAPHS; i++)
			buf_fmt(
			    &text,
			    "Im Absatz %d von %d steht, wer bis wann etwas tut und woran alle es "
			    "merken.\n\n",
			    i, c);
	}
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, buf_str(&text)), OK);
	CHECK_INT(db_commit(test_db), OK);
	run_sql(
	    "CREATE TEMP TABLE now AS SELECT id FROM revision WHERE state = 'in_force';"
	    "INSERT INTO block_text (block_id, kind, markdown, plain, html, hash, created_at)"
	    " SELECT t.block_id, t.kind, 'Früher: ' || t.markdown, 'Früher: ' || t.plain,"
	    " '<p>Früher: ' || t.plain || '</p>', randomblob(32), 1 FROM block_text t"
	    " WHERE t.kind = 'paragraph' AND t.id % 3 = 0;"
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 29)"
	    " INSERT INTO revision (id, document_id, major, minor, state, change, created_at)"
	    " SELECT 100 + i, 1, 0, i, 'superseded', 'content', i FROM n;"
	    "INSERT INTO revision_section SELECT r.id, s.pos, s.uid, s.slug, s.number, s.title,"
	    " s.words FROM revision r JOIN revision_section s ON s.revision_id = (SELECT id FROM "
	    "now)"
	    " WHERE r.id > 100;"
	    "INSERT INTO revision_block SELECT r.id, b.pos, b.section_uid, CASE r.id WHEN 101 THEN"
	    " coalesce((SELECT max(o.id) FROM block_text o WHERE o.block_id = t.block_id),"
	    " b.block_text_id) ELSE b.block_text_id END, b.list, b.number FROM revision r"
	    " JOIN revision_block b ON b.revision_id = (SELECT id FROM now)"
	    " JOIN block_text t ON t.id = b.block_text_id WHERE r.id > 100;"
	    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
	    " INSERT INTO feedback (id, document_id, number, kind, visibility, author_id,"
	    " author_org, state, created_at) SELECT i, 1, i, 'hint', 'project', 10, 'Lindheim',"
	    " 'open', i FROM n;"
	    "INSERT INTO feedback_text SELECT id, 1, 'Hinweis ' || id, 1, 10 FROM feedback;"
	    "CREATE TEMP TABLE place AS SELECT block_text_id AS id, row_number() OVER (ORDER BY "
	    "pos)"
	    " - 1 AS n FROM revision_block WHERE revision_id = (SELECT id FROM now);"
	    "CREATE INDEX temp.place_n ON place (n);"
	    "INSERT INTO anchor (feedback_id, revision_id, first, block_text_id, state, at)"
	    " SELECT f.id, (SELECT id FROM now), 1, p.id, 'exact', 1 FROM feedback f JOIN place p"
	    " ON p.n = CASE WHEN f.id <= 500 THEN 2 + f.id % 98 ELSE 100 + f.id % 1880 END");
}

static void answers(const char *target)
{
	struct answer a = get_as(ANNA, target);

	CHECK_INT(a.status, 200);
	CHECK(a.body.n < PAGE_MAX);
}

TEST(every_page_of_a_very_long_handbook_answers_in_bounds)
{
	large();
	CHECK(count_of("SELECT count(*) FROM revision_block WHERE revision_id = 101") >= 1980);
	answers("/handbuch");
	answers("/handbuch/kapitel-1");
	answers(arena_cstr(test_arena, arena_fmt(test_arena, "/handbuch/kapitel-1?b=%.*s",
						 ARG(uid_of("Im Absatz 1 von 1 ")))));
	answers("/handbuch/fassungen");
	answers("/handbuch/vergleich?von=0-1&bis=1-0");
	answers("/suche?q=Absatz");
	answers("/feedback?status=alle");
	answers("/feedback?status=alle&abschnitt=kapitel-1");
}

TESTS_MAIN
