/* synopsis_test.c -- feedback beside its decisions: page and files, and who sees what. */
#include "erased.h"
#include "export/csv.h"
#include "round_world.h"

#define SYNOPSIS ROUND "/synopse"

/* Remark `number` is about this block of the version under review. */
static void place(int number, const char *words, const char *quote)
{
	run_sql(arena_cstr(
	    test_arena,
	    arena_fmt(test_arena,
		      "INSERT INTO anchor (feedback_id, revision_id, first, block_text_id, quote,"
		      " state, at) SELECT f.id, r.revision_id, 1, b.block_text_id, '%s', 'exact', 1"
		      " FROM feedback f JOIN review_round r ON r.id = f.round_id"
		      " JOIN revision_block b ON b.revision_id = r.revision_id"
		      " JOIN block_text t ON t.id = b.block_text_id AND t.plain = '%s'"
		      " WHERE f.number = %d",
		      quote, words, number)));
}

static void remarks(void)
{
	running_round();
	run_sql(REMARK(1, 2, 2, "project", "open") REMARK(2, 3, 3, "project", "open")
		    REMARK(3, 2, 2, "municipality", "open") REMARK(4, 3, 3, "editors", "open")
			REMARK(5, 2, 2, "project", "draft") REMARK(6, 2, 2, "project", "withdrawn")
			    REMARK(7, 2, 2, "project", "open"));
	place(1, "Zweiter Absatz.", "Zweiter");
	place(2, "Erster Absatz.", "");
	run_sql("UPDATE feedback SET state = 'decided', outcome = 'rejected', decided_at = 1,"
		" reason = 'Passt nicht.', response = 'objected', response_reason = 'Doch!',"
		" late = 1 WHERE number = 1;"
		"UPDATE feedback SET state = 'done', outcome = 'accepted', decided_at = 1,"
		" on_behalf_of = 3, done_in = (SELECT revision_id FROM review_round)"
		" WHERE number = 2;"
		"UPDATE feedback SET hidden_at = 1 WHERE number = 7");
}

TEST(an_empty_synopsis_says_so)
{
	running_round();
	struct answer a = get_as(DORA, SYNOPSIS);
	CHECK(a.status == 200 && shows(&a, "noch keine Rückmeldung."));
	CHECK_INT(get_as(DORA, SYNOPSIS ".csv").status, 200);
	CHECK_INT(get_as(DORA, SYNOPSIS ".xlsx").status, 200);
	CHECK_INT(get_as(DORA, ROUNDS "/2/synopse").status, 404);
	CHECK_INT(get_as(FINN, SYNOPSIS).status, 403);
}

TEST(the_page_shows_place_words_decision_and_objection)
{
	remarks();
	struct answer a = get_as(DORA, SYNOPSIS);

	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<q>Zweiter</q>") && shows(&a, "Erster Absatz."));
	CHECK(shows(&a, "R1-001") && shows(&a, "Wort 1") && shows(&a, "Ben Birke"));
	CHECK(shows(&a, "Passt nicht.") && shows(&a, "Doch!") && shows(&a, "nach Frist"));
	CHECK(shows(&a, "Bergstedt (Stellungnahme der Kommune)"));
	CHECK(shows(&a, "data-label=\"Eingearbeitet in\">2.0, Entwurf 1<"));
	/* In the order of the text, not of the numbers. */
	CHECK(str_find(a.body, S("R1-002")) < str_find(a.body, S("R1-001")));
	run_sql("UPDATE feedback SET done_in = (SELECT id FROM revision WHERE state = 'working')"
		" WHERE number = 2");
	a = get_as(DORA, SYNOPSIS);
	CHECK(shows(&a, "nächste Fassung"));
}

/* Which of the seven remarks an answer holds: "1,2". */
static struct str remarks_in(const struct answer *a)
{
	struct buf b = {.arena = test_arena};

	for (int i = 1; i <= 7; i++)
		if (shows(a, arena_cstr(test_arena, arena_fmt(test_arena, "Wort %d", i))))
			buf_fmt(&b, "%d ", i);
	return str_trim(buf_str(&b));
}

TEST(page_and_file_show_what_the_viewer_may_see_and_nothing_else)
{
	static const struct {
		int64_t person;
		const char *sees;
	} cases[] = {
	    {DORA, "1 2"},    {ANNA, "1 2 4"}, /* the editors */
	    {GRETA, "1 2 3"},                  /* Auental's own */
	    {BEN, "1 2 3"},   {CEM, "1 2 4"},  /* their own */
	};

	remarks();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct answer page = get_as(cases[i].person, SYNOPSIS);
		struct answer csv = get_as(cases[i].person, SYNOPSIS ".csv");
		CHECK_STR(remarks_in(&page), str_of(cases[i].sees));
		CHECK_STR(remarks_in(&csv), str_of(cases[i].sees));
	}
	/* The numbers on the other pages keep the same secrets. */
	struct answer a = get_as(DORA, ROUND);
	CHECK(shows(&a, "Bisher zu sehen: 2."));
	a = get_as(GRETA, ROUND);
	CHECK(shows(&a, "Bisher zu sehen: 3."));
}

TEST(the_file_has_a_row_for_each_remark)
{
	struct csv_table t;
	size_t line;

	remarks();
	run_sql("INSERT INTO feedback_text VALUES (1, 2, '=1+1', 2, 2)");
	struct answer a = get_as(DORA, SYNOPSIS ".csv");
	CHECK_STR(header_of(&a, "Content-Disposition"),
		  S("attachment; filename=\"rueckmelderunde-1-synopse.csv\""));
	CHECK_INT(csv_read(test_arena, a.body, &t, &line), CSV_FINE);
	CHECK_INT(t.n, 3);
	CHECK_INT(t.rows[0].n, 12);
	CHECK_STR(t.rows[0].cells[0], S("Nummer"));
	CHECK_STR(t.rows[1].cells[0], S("R1-002"));
	CHECK_STR(t.rows[2].cells[0], S("R1-001"));
	CHECK_STR(t.rows[2].cells[1], S("1.2"));
	/* The last wording, and no formula in it. */
	CHECK(shows(&a, "'=1+1") && !shows(&a, "Wort 1"));
	CHECK_STR(t.rows[2].cells[7], S("nach Frist"));
	CHECK_STR(t.rows[2].cells[8], S("nicht übernommen"));
	CHECK_STR(t.rows[2].cells[10], S("Doch!"));
	CHECK_STR(t.rows[1].cells[11], S("2.0, Entwurf 1"));
}

TEST(the_workbook_is_one)
{
	remarks();
	struct answer a = get_as(DORA, SYNOPSIS ".xlsx");
	CHECK_INT(a.status, 200);
	CHECK(str_starts(a.body, S("PK\003\004")));
	CHECK_STR(header_of(&a, "Content-Disposition"),
		  S("attachment; filename=\"rueckmelderunde-1-synopse.xlsx\""));
}

TEST(what_lost_its_place_comes_last_with_its_words)
{
	remarks();
	run_sql("UPDATE review_round SET revision_id = (SELECT id FROM revision"
		" WHERE state = 'in_force')");
	struct answer a = get_as(DORA, SYNOPSIS);
	CHECK(shows(&a, "<q>Zweiter</q>") && shows(&a, "Erster Absatz."));
}

TEST(an_erased_person_is_only_a_municipality)
{
	remarks();
	person_is_erased(BEN);
	struct answer a = get_as(DORA, SYNOPSIS);
	CHECK(shows(&a, "ehemalige Person (Stadt Auental)") && !shows(&a, "Ben "));
	a = get_as(DORA, ROUND);
	CHECK(shows(&a, "ehemalige Person (Stadt Auental)") && !shows(&a, "Ben "));
}

TEST(a_long_round_is_cut_on_the_page_and_whole_in_the_file)
{
	running_round();
	run_sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 600)"
		" INSERT INTO feedback (document_id, round_id, number, kind, visibility,"
		" author_id, author_org, state, created_at)"
		" SELECT 1, 1, i, 'hint', 'project', 2, 'Auental', 'open', 1 FROM n;"
		"INSERT INTO feedback_text SELECT id, 1, 'Wort', 1, 2 FROM feedback");
	struct answer a = get_as(DORA, SYNOPSIS);
	CHECK_INT(times(&a, ">R1-"), 500);
	CHECK(shows(&a, "Hier stehen die ersten 500."));
	a = get_as(DORA, SYNOPSIS ".csv");
	CHECK_INT(times(&a, "R1-"), 600);
}

TEST(what_has_no_number_of_its_own_is_called_by_where_it_stands)
{
	remarks();
	run_sql("UPDATE feedback SET hidden_at = NULL WHERE number = 7");
	place(7, "Probe", "");
	struct answer a = get_as(DORA, SYNOPSIS ".csv");
	CHECK(shows(&a, ";Vorwort;Probe;"));
	run_sql("INSERT INTO block_text SELECT 900, block_id, 'footnote', 0, 0, 4, 'a', audience,"
		" markdown, plain, html, hash, author_id, created_at FROM block_text"
		" WHERE plain = 'Schluss.';"
		"UPDATE revision_block SET block_text_id = 900, number = '' WHERE block_text_id ="
		" (SELECT id FROM block_text WHERE plain = 'Schluss.' AND id <> 900);"
		"INSERT INTO anchor (feedback_id, revision_id, part, block_text_id, state, at)"
		" SELECT id, (SELECT revision_id FROM review_round), 1, 900, 'exact', 1"
		" FROM feedback WHERE number = 3");
	a = get_as(BEN, SYNOPSIS ".csv");
	CHECK(shows(&a, ";\"2, Fußnote 4\";Schluss.;"));
}

TESTS_MAIN
