/* large_world.h -- a very long handbook: nearly 2,000 blocks, 30 versions, 10,000 remarks of one
 * review round, 500 of them on the first chapter. */
#ifndef TESTS_LARGE_WORLD_H
#define TESTS_LARGE_WORLD_H

#include "features/handbook/search_index.h"
#include "feedback_world.h"

enum { LARGE_CHAPTERS = 20, LARGE_PARAGRAPHS = 98 };

/* 29 older versions: in 0.1 every third text is another one, in 0.2 and 0.3 all are, long and with
 * hardly a word in common. */
static const char large_versions[] =
    "CREATE TEMP TABLE now AS SELECT id FROM revision WHERE state = 'in_force';"
    /* Without types its key would not serve a comparison with integers. */
    "CREATE TEMP TABLE old (revision INTEGER, block_id INTEGER, text_id INTEGER,"
    " PRIMARY KEY (revision, block_id));"
    "CREATE TEMP TABLE form AS SELECT 101 AS revision, 3 AS every, 'Früher: ' AS word, 0 AS more"
    " UNION ALL SELECT 102, 1, 'Hier gilt noch der Beschluss aus dem ersten Jahr. ', 20"
    " UNION ALL SELECT 103, 1, 'Nun schreiben alle Orte selbst, was bei ihnen anders ist. ', 20;"
    "INSERT INTO block_text (block_id, kind, markdown, plain, html, hash, created_at)"
    " SELECT t.block_id, t.kind, '', f.word || replace(hex(zeroblob(f.more)), '00', f.word ||"
    "   t.id * f.revision % 997 || ' ') || t.plain, '', randomblob(32), f.revision"
    " FROM block_text t, form f WHERE t.kind = 'paragraph' AND t.id % f.every = 0;"
    "INSERT INTO old SELECT created_at, block_id, id FROM block_text"
    " WHERE created_at IN (101, 102, 103);"
    "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 29)"
    " INSERT INTO revision (id, document_id, major, minor, state, change, created_at)"
    " SELECT 100 + i, 1, 0, i, 'superseded', 'content', i FROM n;"
    "INSERT INTO revision_section SELECT r.id, s.pos, s.uid, s.slug, s.number, s.title, s.words"
    " FROM revision r JOIN revision_section s ON s.revision_id = (SELECT id FROM now)"
    " WHERE r.id > 100;"
    "INSERT INTO revision_block SELECT r.id, b.pos, b.section_uid,"
    " coalesce((SELECT o.text_id FROM old o WHERE o.revision = r.id AND o.block_id = t.block_id),"
    " b.block_text_id), b.list, b.number FROM revision r"
    " JOIN revision_block b ON b.revision_id = (SELECT id FROM now)"
    " JOIN block_text t ON t.id = b.block_text_id WHERE r.id > 100;";

/* Half of them wait, the others are decided or worked in; every tenth is for the editors. */
static const char large_remarks[] =
    "INSERT INTO review_round (id, number, revision_id, opens_on, closes_on, first_closes_on,"
    " created_by, created_at, closed_at) SELECT 1, 1, id, '2026-10-01', '2026-10-31',"
    " '2026-10-31', 1, 1, 2 FROM now;"
    "CREATE TEMP TABLE more AS"
    " WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 10000)"
    " SELECT i, i % 2 AS decided FROM n;"
    "INSERT INTO feedback (id, document_id, round_id, number, kind, visibility, author_id,"
    " municipality_id, author_org, state, outcome, reason, decided_by, decided_at, done_in,"
    " response, response_reason, response_by, response_at, created_at)"
    " SELECT i, 1, 1, i, CASE i % 3 WHEN 0 THEN 'question' WHEN 1 THEN 'hint' ELSE 'error' END,"
    " CASE i % 10 WHEN 9 THEN 'editors' ELSE 'project' END, 10, 1, 'Lindheim',"
    " CASE WHEN decided = 0 THEN 'open' WHEN i % 4 = 1 THEN 'done' ELSE 'decided' END,"
    " CASE WHEN decided THEN 'partly' END,"
    " CASE WHEN decided THEN 'Ein Teil davon steht schon an anderer Stelle.' ELSE '' END,"
    " CASE WHEN decided THEN 1 END, CASE WHEN decided THEN i END,"
    " CASE WHEN i % 4 = 1 THEN (SELECT id FROM now) END,"
    " CASE WHEN i % 20 = 3 THEN 'objected' END,"
    " CASE WHEN i % 20 = 3 THEN 'Bei uns trifft das nicht zu.' ELSE '' END,"
    " CASE WHEN i % 20 = 3 THEN 10 END, CASE WHEN i % 20 = 3 THEN 3 END, i FROM more;"
    "INSERT INTO feedback_text SELECT i, 1, 'Es fehlt, wer sich um Punkt ' || i || ' kümmert und"
    " bis wann er fertig sein soll. Zwei Gruppen haben daran gearbeitet, ohne es zu wissen.', 1, 10"
    " FROM more;"
    "CREATE TEMP TABLE place AS SELECT block_text_id AS id, row_number() OVER (ORDER BY pos) - 1"
    " AS n FROM revision_block WHERE revision_id = (SELECT id FROM now);"
    "CREATE INDEX temp.place_n ON place (n);"
    "INSERT INTO anchor (feedback_id, revision_id, first, block_text_id, state, at)"
    " SELECT i, (SELECT id FROM now), 1, p.id, 'exact', 1 FROM more JOIN place p"
    " ON p.n = CASE WHEN i <= 500 THEN 2 + i % 98 WHEN i <= 530 THEN 101 + i % 98"
    " ELSE 200 + i % 1780 END;";

/* 500 remarks are on chapter 1, 30 on chapter 2, the others behind it. */
static inline void large_world(void)
{
	struct buf text = {.arena = NULL};

	fixtures();
	text.arena = test_arena;
	buf_add(&text, S("# Probe\n\n"));
	for (int c = 1; c <= LARGE_CHAPTERS; c++) {
		buf_fmt(&text, "## Kapitel %d\n\n", c);
		for (int i = 1; i <= LARGE_PARAGRAPHS; i++)
			buf_fmt(
			    &text,
			    "Im Absatz %d von %d steht, wer bis wann etwas tut und woran alle es "
			    "merken.\n\n",
			    i, c);
	}
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, buf_str(&text)), OK);
	CHECK_INT(db_commit(test_db), OK);
	run_sql(large_versions);
	run_sql(large_remarks);
	CHECK_INT(search_index_missing(test_db, test_arena), OK);
}

#endif
