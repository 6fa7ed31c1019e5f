/* live_table_test.c -- the overview of the task forces inside the handbook: live in the working
 * copy, frozen in every version. */
#include "features/handbook/live_table.h"

#include "features/handbook/handbook.h"
#include "fixtures.h"

#define WORKING "(SELECT id FROM revision WHERE state = 'working')"
#define IN_FORCE "(SELECT id FROM revision WHERE state = 'in_force')"
#define ROWS_OF(revision)                                                                          \
	"SELECT count(*) FROM revision_block b JOIN block_text t ON t.id = b.block_text_id"        \
	" WHERE t.kind = 'table_row' AND b.revision_id = " revision
#define MARKER                                                                                     \
	"SELECT count(*) FROM revision_block b JOIN block_text t ON t.id = b.block_text_id"        \
	" WHERE t.plain = '{{tabelle-task-forces}}' AND b.revision_id = "
#define WORKING_PAGE "/handbuch/gruppen?fassung=arbeitsfassung"

static void begin(void)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena,
				  S("# Probe\n\n## Gruppen\n\nDavor.\n\n{{tabelle-task-forces}}\n\n"
				    "Danach.\n\n## Ende\n\nSchluss.\n")),
		  OK);
	CHECK_INT(db_commit(test_db), OK);
}

/* An editorial version: Anna proposes, Heidi is the second person. */
static void next_version(void)
{
	struct str form = FORM(FIELD("art", "editorial"), FIELD("anlass", "Neuer Stand."));

	CHECK_INT(post_as(ANNA, "/handbuch/fassungen", form).status, 303);
	int64_t id = count_of("SELECT id FROM revision WHERE state = 'proposed'");
	struct str path = arena_fmt(test_arena, "/handbuch/fassungen/%d/freigabe", (int)id);
	CHECK_INT(post_as(HEIDI, path.p, S("")).status, 303);
}

TEST(the_table_is_live_in_the_working_copy_and_frozen_in_a_version)
{
	begin();
	CHECK_INT(count_of(ROWS_OF(IN_FORCE)), 2);
	CHECK_INT(count_of(MARKER IN_FORCE), 0);
	CHECK_INT(count_of(MARKER WORKING), 1);
	struct answer a = get_as(DORA, "/handbuch/gruppen");
	CHECK(shows(&a, "Eine App für alle.") && shows(&a, "Auental, Bergstedt, Lindheim"));
	CHECK(shows(&a, "09/2025 bis 03/2027") && !shows(&a, "{{"));
	run_sql("UPDATE task_force SET goal = 'Ein *neues* Ziel | und mehr.' WHERE id = 2");
	a = get_as(ANNA, WORKING_PAGE);
	CHECK(shows(&a, "Ein *neues* Ziel | und mehr.") && !shows(&a, "{{"));
	CHECK(!shows(&a, "<p><div"));
	a = get_as(DORA, "/handbuch/gruppen");
	CHECK(shows(&a, "Eine App für alle.") && !shows(&a, "neues"));
	next_version();
	a = get_as(DORA, "/handbuch/gruppen");
	CHECK(shows(&a, "Ein *neues* Ziel | und mehr.") && !shows(&a, "Eine App für alle."));
	a = get_as(DORA, "/handbuch/gruppen?fassung=1-0");
	CHECK(shows(&a, "Eine App für alle."));
	a = get_as(DORA, "/handbuch?ansicht=druck");
	CHECK(shows(&a, "Ein *neues* Ziel | und mehr."));
}

TEST(rows_keep_their_identity_from_version_to_version)
{
	begin();
	struct str before = text_of("SELECT group_concat(t.block_id) FROM revision_block b JOIN"
				    " block_text t ON t.id = b.block_text_id WHERE t.kind IN"
				    " ('table_row', 'table_head') AND b.revision_id = " IN_FORCE);
	run_sql("UPDATE task_force SET status = 'paused' WHERE id = 2");
	next_version();
	CHECK_STR(text_of("SELECT group_concat(t.block_id) FROM revision_block b JOIN block_text t"
			  " ON t.id = b.block_text_id WHERE t.kind IN ('table_row', 'table_head')"
			  " AND b.revision_id = " IN_FORCE),
		  before);
	/* What did not change is not even written again: one wording for two versions. */
	CHECK_INT(count_of("SELECT count(*) FROM block_text WHERE kind = 'table_row'"), 3);
	CHECK_INT(count_of("SELECT count(*) FROM block_lineage WHERE kind = 'replace'"), 6);
}

TEST(the_comparison_shows_rows_and_not_the_paragraph)
{
	begin();
	struct answer a = get_as(ANNA, "/handbuch/vergleich?von=1-0&bis=arbeitsfassung");
	CHECK(shows(&a, "kein Unterschied"));
	run_sql("UPDATE task_force SET goal = 'Ein neues Ziel.' WHERE id = 2;"
		"INSERT INTO task_force (id, slug, name, sort_key, goal, starts_on, review_on, "
		"status, budget,"
		" updated_at) VALUES (3, 'neu-hier', 'Neu hier', 'neu hier', 'Anfangen.',"
		" '2026-01-01', '2027-01-31', 'active', 0, 1)");
	a = get_as(ANNA, "/handbuch/vergleich?von=1-0&bis=arbeitsfassung");
	CHECK(shows(&a, "1 Absatz geändert, 1 neu") && !shows(&a, "{{"));
	CHECK(shows(&a, "seit 01/2026"));
	a = get_as(ANNA, "/handbuch/vergleich?von=arbeitsfassung&bis=1-0");
	CHECK(shows(&a, "1 Absatz geändert, 1 gestrichen"));
	a = get_as(ANNA, "/handbuch/arbeitsfassung");
	CHECK(shows(&a, "2 Absätze"));
}

TEST(feedback_on_the_table_finds_its_place_in_the_frozen_version)
{
	begin();
	run_sql(
	    "INSERT INTO feedback (id, document_id, number, kind, visibility, author_id,"
	    " author_org, state, created_at) VALUES (1, 1, 1, 'hint', 'project', 3, 'Bergstedt',"
	    " 'open', 5);"
	    "INSERT INTO feedback_text VALUES (1, 1, 'Da fehlt etwas.', 5, 3);"
	    "INSERT INTO anchor (feedback_id, revision_id, first, block_text_id, state, at)"
	    " SELECT 1, " WORKING ", 0, b.block_text_id, 'exact', 5 FROM revision_block b"
	    " JOIN block_text t ON t.id = b.block_text_id WHERE b.revision_id = " WORKING
	    " AND t.plain GLOB '{{*';"
	    "UPDATE task_force SET status = 'paused' WHERE id = 2");
	next_version();
	CHECK_STR(text_of("SELECT t.kind FROM anchor a JOIN block_text t ON t.id = a.block_text_id"
			  " WHERE a.revision_id = " IN_FORCE),
		  S("table_head"));
}

TEST(without_a_task_force_a_sentence_stands_there)
{
	begin();
	run_sql("UPDATE task_force SET status = 'cancelled'");
	struct answer a = get_as(ANNA, WORKING_PAGE);
	CHECK(shows(&a, "Noch gibt es keine Task Force.") && !shows(&a, "{{"));
}

TEST(the_preview_of_a_section_shows_the_table)
{
	begin();
	struct str uid = text_of("SELECT uid FROM revision_section WHERE slug = 'gruppen'"
				 " AND revision_id = " WORKING);
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);
	CHECK(shows(&a, "{{tabelle-task-forces}}"));
	size_t at = str_find(a.body, S("name=\"stand\" value=\""));
	struct str state = str_head(str_from(a.body, at + 20), 16);
	a = post_as(ANNA, "/handbuch/bearbeiten/vorschau",
		    FORM(FIELD_STR("abschnitt", uid), FIELD_STR("stand", state),
			 FIELD("text", "## Gruppen\n\n{{tabelle-task-forces}}\n")));
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<table") && shows(&a, "Eine App für alle."));
}

/* What looks like it and is not alone in its paragraph stays text. */
TEST(only_a_paragraph_of_its_own_is_the_table)
{
	CHECK(live_table_is(BLOCK_PARAGRAPH, S("{{tabelle-task-forces}}")));
	CHECK(!live_table_is(BLOCK_LIST_ITEM, S("{{tabelle-task-forces}}")));
	CHECK(!live_table_is(BLOCK_PARAGRAPH, S("Siehe {{tabelle-task-forces}}")));
}

TESTS_MAIN
