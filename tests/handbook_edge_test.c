/*
 * handbook_edge_test.c -- the edge cases that break systems like this one.
 *
 * Each has a test that is named after it; those that are not here:
 *
 * deleted paragraph takes its comments   section:
 * a_deleted_paragraph_does_not_take_its_comments_along feedback_place:
 * deleted_paragraph_shows_its_remarks_… lost: each_lost_remark_is_settled_moved_or_kept two
 * parallel editors                   section: two_parallel_editors_see_both_texts_… suggestion:
 * two_parallel_editors_of_one_block_lose_nothing items filed during the roll-out        version:
 * items_filed_during_the_roll_out_… position anchors after insert above    anchor:
 * position_anchors_after_insert_above base text shrank                       anchor:
 * base_text_shrank; anchor_property (random changes) paragraph split, merged, moved         anchor:
 * paragraph_split, paragraphs_merged, moved_to_other_chapter feedback_place:
 * paragraph_split_shows_its_remark_on_both_parts same short phrase many times           anchor,
 * feedback_form: same_short_phrase_many_times… quote across blocks feedback_form:
 * quote_across_blocks_becomes_two_anchors author leaves or is erased             feedback_work:
 * author_leaves_or_is_erased draft before, sent after the deadline  feedback_form:
 * draft_created_before_sent_after_the_deadline, draft_sent_in_the_night_when_the_clocks_change deep
 * threads                           feedback_thread: deep_threads_are_flat_… deleting a parent
 * feedback_thread: deleting_a_parent_leaves_its_place_… very long document handbook_large:
 * every_page_of_a_very_long_handbook_… markdown_limits; diff: large_texts_…_stay_within_the_budget
 * side channels                          feedback_hide: side_channels; edition_canary;
 * search_rights editor closes criticism alone          feedback:
 * an_editor_does_not_close_criticism_alone feedback_statistics session ends while writing kept:
 * a_form_outlives_its_session double click, back button              check_once in every
 * *_stands_what_forms_must_stand table embedded in the handbook         live_table:
 * the_table_is_live_in_the_working_copy_…
 */
#include "base/file.h"
#include "place_world.h"

/* Deleted paragraph takes its comments along ----------------------------------------------------
 */

TEST(deleting_never_cascades)
{
	fixtures();
	CHECK_INT(count_of("SELECT count(*) FROM sqlite_schema s, pragma_foreign_key_list(s.name) f"
			   " WHERE s.type = 'table' AND (f.on_delete <> 'NO ACTION'"
			   "  OR f.on_update <> 'NO ACTION')"),
		  0);
	CHECK(count_of("SELECT count(*) FROM pragma_foreign_key_list('feedback')") > 5);
}

/* Save replaces the whole document, rows unknown to the sender vanish ----------------------------
 */

TEST(saving_a_section_keeps_rows_unknown_to_the_sender)
{
	begin();
	struct str first =
	    open_section("einstieg", "## Einstieg\n\nErster Absatz mit Worten. Ja und "
				     "noch einmal ja.\n\n- eins\n- zwei\n- drei");
	edit("regeln", "## Regeln\n\nJede Stadt hat eine Stimme.\n\nNeu, während jemand schreibt.");
	CHECK_INT(post_as(ANNA, "/handbuch/bearbeiten", first).status, 303);
	CHECK_STR(text_of("SELECT group_concat(plain, ' / ') FROM (SELECT t.plain FROM"
			  " revision_block rb JOIN block_text t ON t.id = rb.block_text_id"
			  " WHERE rb.revision_id = " WORKING " ORDER BY rb.pos)"),
		  S("Probe / Einstieg / Erster Absatz mit Worten. Ja und noch einmal ja. / eins /"
		    " zwei / drei / Regeln / Jede Stadt hat eine Stimme. / Neu, während jemand"
		    " schreibt."));
}

/* Audit trail cut by revision limit --------------------------------------------------------------
 */

static bool refused(const char *sql)
{
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	enum err err = db_run(test_db, sql, WITH_NOTHING, NULL);
	db_rollback(test_db);
	return err != OK;
}

TEST(audit_trail_is_never_cut)
{
	static const char *const statements[] = {
	    "DELETE FROM handbook_event", "UPDATE handbook_event SET reason = 'x'",
	    "DELETE FROM audit",          "UPDATE audit SET action = 'x'",
	    "DELETE FROM block_text",     "UPDATE block_text SET markdown = 'x'",
	    "DELETE FROM anchor",         "UPDATE anchor SET quote = 'x'",
	    "DELETE FROM revision",       "DELETE FROM block",
	    "DELETE FROM feedback",
	};

	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Kritik."));
	post_as(ANNA, "/feedback/1/entscheidung", decision("rejected", "Nein.", "1"));
	log_threshold((enum log_level)(LOG_ERROR + 1));
	for (size_t i = 0; i < sizeof statements / sizeof *statements; i++)
		if (!refused(statements[i]))
			fail_msg("%s", statements[i]);
}

TEST(no_version_is_dropped_to_make_room)
{
	enum { MANY = 40 };

	begin();
	for (int i = 0; i < MANY; i++) {
		edit("regeln", arena_fmt(test_arena, "## Regeln\n\nStand Nummer %d.", i).p);
		CHECK_INT(post_as(ANNA, "/handbuch/fassungen",
				  FORM(FIELD("art", "content"), FIELD("anlass", "Noch eine")))
			      .status,
			  303);
		int64_t id = count_of("SELECT id FROM revision WHERE state = 'proposed'");
		CHECK_INT(
		    post_as(ANNA,
			    arena_fmt(test_arena, "/handbuch/fassungen/%d/verwerfen", (int)id).p,
			    FORM(FIELD("grund", "Doch nicht.")))
			.status,
		    303);
	}
	CHECK_INT(count_of("SELECT count(*) FROM revision"), MANY + 2);
	CHECK_INT(count_of("SELECT count(*) FROM handbook_event WHERE action = 'dropped'"), MANY);
	struct answer a = get_as(ANNA, "/handbuch?fassung=2-0-entwurf-1");
	CHECK_INT(a.status, 200);
}

/* Update path that bypasses save-time HTML cleaning ----------------------------------------------
 */

#define BAD "<script>alert(1)</script><img src=x onerror=alert(2)>"

static bool clean(int64_t person, const char *target)
{
	struct answer a = get_as(person, target);

	CHECK_INT(a.status, 200);
	return !shows(&a, "<script>alert") && !shows(&a, "<img src=x");
}

TEST(no_update_path_bypasses_the_cleaning_of_html)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(
	    handbook_import(test_db, test_arena,
			    S("# Probe\n\n## Einstieg\n\nErster " BAD "\n\n- eins\n\n## Regeln\n\n"
			      "Jede Stadt.\n")),
	    OK);
	CHECK_INT(db_commit(test_db), OK);
	edit("regeln", "## Regeln " BAD "\n\nJede Stadt. " BAD "\n\n| a |\n|-|\n| " BAD " |\n");
	CHECK_INT(
	    give(JULE, "Erster", GIVEN(.kind = "suggestion", .text = BAD, .proposal = "Neu " BAD))
		.status,
	    303);
	CHECK_INT(
	    post_as(ANNA, "/feedback/1/antworten", FORM(FIELD("antwort", BAD), FIELD("auf", "")))
		.status,
	    303);
	CHECK(clean(ANNA, "/feedback/1") && clean(ANNA, "/feedback/1/uebernehmen"));
	struct answer a = get_as(ANNA, "/feedback/1/uebernehmen");
	CHECK_INT(post_as(ANNA, "/feedback/1/uebernehmen",
			  arena_fmt(test_arena, "stand=%.*s&version=1",
				    ARG(between(&a, "name=\"stand\" value=\"", "\""))))
		      .status,
		  303);
	CHECK_INT(post_as(ANNA, "/handbuch/import",
			  FORM(FIELD("text", "# Probe\n\n## Neu\n\nText " BAD "\n")))
		      .status,
		  303);
	CHECK(clean(ANNA, "/handbuch/import/vorschau"));
	CHECK(clean(ANNA, "/handbuch/einstieg") && clean(ANNA, "/handbuch?ansicht=druck") &&
	      clean(ANNA, "/handbuch?fassung=arbeitsfassung&ansicht=druck") &&
	      clean(ANNA, "/handbuch/vergleich?von=1-0&bis=arbeitsfassung") &&
	      clean(ANNA, "/feedback") && clean(ANNA, "/suche?q=alert"));
	CHECK_INT(count_of("SELECT count(*) FROM block_text WHERE html LIKE '%<script%'"
			   " OR html LIKE '%<img%'"),
		  0);
	/* The source keeps what was written, so all of it came this far. */
	CHECK_INT(count_of("SELECT count(*) FROM block_text WHERE markdown LIKE '%<script>%'"), 5);
}

/* German gender star -----------------------------------------------------------------------------
 */

TEST(german_gender_star_in_the_paragraph_on_open_government)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(
	    handbook_import(
		test_db, test_arena,
		S("# Probe\n\n## Haltung\n\n**Open Government:** In der Open Smart City werden "
		  "Bürger*innen nicht nur informiert oder sporadisch um Beteiligung gebeten; eine "
		  "aktiv gelebte Transparenz und Wege zur Mitarbeit für alle Akteur*innen sind der "
		  "Kern.\n")),
	    OK);
	CHECK_INT(db_commit(test_db), OK);
	struct answer a = get_as(DORA, "/handbuch/haltung");
	CHECK(shows(&a, "<strong>Open Government:</strong> In der") &&
	      shows(&a, "werden Bürger*innen nicht") && shows(&a, "alle Akteur*innen sind"));
	CHECK(!shows(&a, "<em>"));
	/* and once more after it went through the editor's field */
	struct str uid = text_of("SELECT uid FROM revision_section LIMIT 1");
	a = get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);
	CHECK(shows(&a, "werden Bürger*innen nicht"));
}

/* Seed import ------------------------------------------------------------------------------------
 */

TEST(seed_import_warns_of_what_a_word_processor_left)
{
	static const char seed[] =
	    "# Kooperationshandbuch\n\nINHALTSVERZEICHNIS\t2\nEINLEITUNG\t3\n\n"
	    "Bildquelle: jemand\n\n## Einleitung\n\n"
	    "- 1 IDENTITÄT:** Wir wollen das **Ganze im Blick** behalten\n\n"
	    "Was sollte das Projekt beisteuern?²\n\n² Beispiel für offene Fragen.\n\n"
	    "<p>Lenkungskreis</p>\t<ul style=\"list-style-type: none\"> Ist verantwortlich</ul>\n\n"
	    "| Gremium | Aufgabe |\n|---|---|\n| PMO | Fasst zusammen |\n| Task Force | Setzt um "
	    "|\n";
	static const char *const warnings[] = {
	    "<li>Zeile 3: ",      "Inhaltsverzeichnis", "<li>Zeile 10: ",
	    "** ohne Gegenstück", "<li>Zeile 12: ",     "[^2]",
	    "<li>Zeile 14: ",     "<li>Zeile 16: ",     "HTML"};

	begin();
	CHECK_INT(post_as(ANNA, "/handbuch/import", FORM(FIELD_STR("text", str_of(seed)))).status,
		  303);
	struct answer a = get_as(ANNA, "/handbuch/import/vorschau");
	CHECK_INT(a.status, 200);
	for (size_t i = 0; i < sizeof warnings / sizeof *warnings; i++)
		if (!shows(&a, warnings[i]))
			fail_msg("%s: %.*s", warnings[i], ARG(a.body));
	/* Rows of tables are blocks of their own, and all that is new is the project's alone. */
	CHECK_INT(post_as(ANNA, "/handbuch/import/uebernehmen",
			  FORM(FIELD_STR("stand", between(&a, "name=\"stand\" value=\"", "\""))))
		      .status,
		  303);
	CHECK_INT(
	    count_of("SELECT count(*) FROM revision_block rb JOIN block_text t ON t.id ="
		     " rb.block_text_id WHERE t.kind = 'table_row' AND rb.revision_id = " WORKING),
	    2);
	CHECK_INT(count_of("SELECT count(*) FROM block_text WHERE audience <> 'internal'"), 0);
}

/* Text that reads differently the next time ------------------------------------------------------
 */

/* The head of this table stands further left than the item it is in; written below the item, it
 * would be words. */
#define LAZY "0.\n   3) a\n ||\n      -|-\n   |\n"

TEST(a_text_that_would_change_by_itself_is_not_saved)
{
	static const char texts[] = "SELECT count(*) FROM block_text";

	begin();
	int64_t before = count_of(texts);
	struct answer a =
	    post_as(ANNA, "/handbuch/bearbeiten", open_section("regeln", "## Regeln\n\n" LAZY));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Ab Zeile 3 liest sich der Text") && shows(&a, "   3) a\n ||\n"));
	CHECK_INT(count_of(texts), before);
	CHECK_INT(
	    post_as(ANNA, "/handbuch/import",
		    FORM(FIELD("text", "# Probe\n\n## Erstes\n\nText.\n\n## Regeln\n\n" LAZY)))
		.status,
	    303);
	a = get_as(ANNA, "/handbuch/import/vorschau");
	CHECK(shows(&a, "<li>Zeile 9: Ab hier liest sich der Text"));
}

/* Footnotes stand behind the part that cites them, also when another part follows. */
TEST(a_section_with_a_footnote_before_its_last_part_is_saved)
{
	begin();
	struct answer a =
	    post_as(ANNA, "/handbuch/bearbeiten",
		    open_section("regeln", "## Regeln\n\n### Fristen\n\nFünf Tage.[^frist]\n\n"
					   "[^frist]: Ganze Tage.\n\n### Sitzungen\n\nZweimal.\n"));
	CHECK_INT(a.status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM block_text WHERE plain = 'Ganze Tage.'"), 1);
}

TEST(the_handbook_we_were_given_reads_the_same_the_next_time)
{
	struct str text;

	begin();
	CHECK(file_read(test_arena, "schema/demo_handbuch.md", MARKDOWN_DOCUMENT_BYTES, &text));
	CHECK_INT(post_as(ANNA, "/handbuch/import", FORM(FIELD_STR("text", text))).status, 303);
	struct answer a = get_as(ANNA, "/handbuch/import/vorschau");
	CHECK_INT(a.status, 200);
	CHECK(!shows(&a, "Ab hier liest sich der Text"));
}

TESTS_MAIN
