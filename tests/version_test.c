/* version_test.c -- a version's way from the working copy into force. */
#include "fixtures.h"

#include "committee_adopts.h"
#include "import_next.h"

static const char sample[] = "# Probe\n\n## Einstieg\n\nErster Absatz.[^a]\n\n"
			     "## Regeln\n\nJede Stadt hat eine Stimme.[^a]\n\nNoch etwas.[^b]\n\n"
			     "[^a]: Anmerkung.\n[^b]: Andere.\n";

#define WORKING "(SELECT id FROM revision WHERE state = 'working')"
#define PROPOSED "(SELECT id FROM revision WHERE state = 'proposed')"

static void begin(void)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, str_of(sample)), OK);
	CHECK_INT(db_commit(test_db), OK);
}

/* Another wording of a block of the working copy, as an editor's save leaves it. */
static void edit(const char *beginning, const char *text)
{
	run_sql(
	    arena_fmt(test_arena,
		      "INSERT INTO block_text (block_id, kind, markdown, plain, html, hash,"
		      " created_at) SELECT block_id, kind, '%s', '%s', '%s',"
		      " randomblob(32), 2 FROM block_text WHERE plain GLOB '%s*' LIMIT 1;"
		      "UPDATE revision_block SET block_text_id = (SELECT max(id) FROM block_text)"
		      " WHERE revision_id = " WORKING " AND block_text_id = (SELECT min(id) FROM"
		      " block_text WHERE plain GLOB '%s*')",
		      text, text, text, beginning, beginning)
		.p);
}

static struct answer propose(const char *change)
{
	return post_as(ANNA, "/handbuch/fassungen",
		       FORM(FIELD_STR("art", str_of(change)), FIELD("anlass", "Zwei Stimmen.")));
}

static const char *at_proposed(const char *what)
{
	return arena_fmt(test_arena, "/handbuch/fassungen/%d%s",
			 (int)count_of("SELECT id FROM revision WHERE state = 'proposed'"), what)
	    .p;
}

TEST(an_editorial_version_needs_a_second_person)
{
	begin();
	edit("Erster", "Erster Absatz, berichtigt.");
	CHECK_INT(propose("editorial").status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM decision_request"), 0);
	const char *page = at_proposed(""), *approve = at_proposed("/freigabe");
	struct answer a = get_as(ANNA, page);
	CHECK(shows(&a, "1.1, Entwurf 1") && shows(&a, "Darüber entscheidet jemand anderes"));
	CHECK(!shows(&a, "/freigabe\""));
	a = get_as(ANNA, "/");
	CHECK(!shows(&a, "wartet auf deine Freigabe"));
	a = get_as(BEN, "/");
	CHECK(!shows(&a, "wartet auf deine Freigabe"));
	a = get_as(HEIDI, "/");
	CHECK(shows(&a, "Fassung 1.1 des Handbuchs wartet auf deine Freigabe"));
	CHECK_INT(post_as(ANNA, approve, S("")).status, 403);
	CHECK_INT(post_as(HEIDI, at_proposed("/beschluss"), S("")).status, 403);
	a = get_as(HEIDI, page);
	CHECK(shows(&a, "/freigabe\""));
	CHECK_INT(post_as(HEIDI, approve, S("")).status, 303);
	CHECK_STR(text_of("SELECT group_concat(major || '.' || minor || ' ' || state, ', ') FROM"
			  " (SELECT * FROM revision ORDER BY state, minor)"),
		  S("1.1 in_force, 1.0 superseded, 1.1 working"));
	a = get_as(DORA, "/handbuch/einstieg");
	CHECK(shows(&a, "berichtigt") && shows(&a, "Version 1.1 vom 20."));
	a = get_as(DORA, "/handbuch/einstieg?fassung=1-0");
	CHECK_INT(a.status, 200);
	CHECK(!shows(&a, "berichtigt") && shows(&a, "abgelöst"));
}

TEST(new_content_is_the_committees_to_decide)
{
	begin();
	edit("Jede", "Jede Stadt hat zwei Stimmen.");
	CHECK_INT(propose("content").status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM decision_request WHERE title LIKE '%Version 2.0'"),
		  1);
	CHECK_INT(post_as(HEIDI, at_proposed("/freigabe"), S("")).status, 403);
	struct answer a = get_as(HEIDI, at_proposed(""));
	CHECK(shows(&a, "liegt dem Projektbüro als Antrag vor") && !shows(&a, "/beschluss\""));
	/* Without a vote nobody puts it into force. */
	CHECK_INT(post_as(HEIDI, at_proposed("/beschluss"), S("")).status, 409);
	committee_says("scheduled");
	CHECK_INT(post_as(HEIDI, at_proposed("/beschluss"), S("")).status, 409);
	a = get_as(HEIDI, at_proposed(""));
	CHECK(shows(&a, "noch nicht entschieden") && shows(&a, "/entscheidungen/2026-90"));
	committee_says("rejected");
	a = post_as(HEIDI, at_proposed("/beschluss"), S(""));
	CHECK(a.status == 409 && shows(&a, "hat sie abgelehnt"));
	committee_adopts();
	a = get_as(HEIDI, at_proposed(""));
	CHECK(shows(&a, "/beschluss\""));
	a = get_as(DORA, at_proposed(""));
	CHECK(shows(&a, "hat sie angenommen") && !shows(&a, "/beschluss\""));
	CHECK_INT(post_as(ANNA, at_proposed("/beschluss"), S("")).status, 403);
	a = post_as(HEIDI, at_proposed("/beschluss"), S(""));
	CHECK_INT(a.status, 303);
	a = get_as(DORA, arena_cstr(test_arena, a.location));
	CHECK(shows(&a, "Fassung 2.0") && shows(&a, "Beschluss zu 2026-90 vom 19.") &&
	      shows(&a, "Heidi Hasel"));
}

TEST(a_proposal_is_frozen_while_work_goes_on)
{
	begin();
	edit("Jede", "Jede Stadt hat zwei Stimmen.");
	propose("content");
	edit("Erster", "Erst nach der Vorlage geschrieben.");
	committee_adopts();
	CHECK_INT(post_as(HEIDI, at_proposed("/beschluss"), S("")).status, 303);
	struct answer a = get_as(DORA, "/handbuch/einstieg");
	CHECK(shows(&a, "Erster Absatz.") && !shows(&a, "nach der Vorlage"));
	a = get_as(ANNA, "/handbuch/einstieg?fassung=arbeitsfassung");
	CHECK(shows(&a, "nach der Vorlage"));
}

TEST(what_cannot_be_proposed_is_explained)
{
	begin();
	struct answer a = propose("content");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "gleicht der gültigen") && shows(&a, "Zwei Stimmen."));
	edit("Jede", "Anders.");
	a = post_as(ANNA, "/handbuch/fassungen", FORM(FIELD("art", "beides"), FIELD("anlass", "")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"art-fehler\"") && shows(&a, "id=\"anlass-fehler\""));
	CHECK_INT(propose("content").status, 303);
	a = propose("editorial");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "liegt schon zur Entscheidung vor"));
}

TEST(a_proposal_can_be_dropped_and_its_number_goes_on)
{
	begin();
	edit("Jede", "Anders.");
	propose("content");
	const char *page = at_proposed(""), *drop = at_proposed("/verwerfen");
	CHECK_INT(post_as(ANNA, drop, FORM(FIELD("grund", ""))).status, 422);
	CHECK_INT(post_as(ANNA, drop, FORM(FIELD("grund", "Verfrüht."))).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM decision_request"), 0);
	CHECK_INT(get_as(DORA, page).status, 404);
	CHECK_INT(get_as(ANNA, page).status, 200);
	CHECK_INT(post_as(ANNA, drop, FORM(FIELD("grund", "Noch einmal."))).status, 409);
	CHECK_INT(propose("content").status, 303);
	CHECK_INT(count_of("SELECT draft FROM revision WHERE state = 'proposed'"), 2);
}

TEST(a_version_made_before_another_came_into_force_is_refused)
{
	begin();
	edit("Jede", "Anders.");
	propose("content");
	run_sql("UPDATE revision SET state = 'superseded' WHERE state = 'in_force';"
		"INSERT INTO revision (document_id, major, minor, state, change, created_at)"
		" VALUES (1, 1, 9, 'in_force', 'content', 1)");
	CHECK_INT(post_as(HEIDI, at_proposed("/beschluss"), S("")).status, 409);
	CHECK_INT(count_of("SELECT count(*) FROM revision WHERE state = 'proposed'"), 1);
}

/* Filed after the version was frozen, for the text that was in force then. */
static void give_feedback(int id, const char *beginning)
{
	run_sql(arena_fmt(
		    test_arena,
		    "INSERT INTO feedback (id, document_id, number, kind, visibility, author_id,"
		    " author_org, state, created_at) VALUES (%d, 1, %d, 'hint', 'project', 10,"
		    " 'Lindheim', 'open', 1);"
		    "INSERT INTO feedback_text VALUES (%d, 1, 'Hinweis', 1, 10);"
		    "INSERT INTO anchor (feedback_id, revision_id, first, block_text_id, state, at)"
		    " SELECT %d, r.id, 1, min(t.id), 'exact', 1 FROM revision r, block_text t"
		    " WHERE r.state = 'in_force' AND t.plain GLOB '%s*'",
		    id, id, id, id, beginning)
		    .p);
}

TEST(items_filed_during_the_roll_out_are_found_by_the_server)
{
	begin();
	edit("Jede", "Jede Stadt hat zwei Stimmen.");
	propose("content");
	give_feedback(1, "Erster");
	give_feedback(2, "Jede");
	run_sql("DELETE FROM revision_block WHERE revision_id = " PROPOSED " AND block_text_id ="
		" (SELECT id FROM block_text WHERE plain GLOB 'Noch*')");
	give_feedback(3, "Noch");
	committee_adopts();
	CHECK_INT(post_as(HEIDI, at_proposed("/beschluss"), S("")).status, 303);
	CHECK_STR(
	    text_of("SELECT group_concat(n.feedback_id || ' ' || n.state, ', ') FROM (SELECT *"
		    " FROM anchor ORDER BY feedback_id) n JOIN revision r ON r.id = n.revision_id"
		    " WHERE r.state = 'in_force'"),
	    S("1 exact, 2 changed, 3 orphan"));
	CHECK_INT(count_of("SELECT count(*) FROM anchor WHERE first = 1 AND state = 'exact'"), 3);
}

TEST(an_import_of_the_next_version_takes_feedback_along)
{
	begin();
	give_feedback(1, "Erster");
	give_feedback(2, "Noch");
	CHECK_INT(import_next("# Probe\n\n## Einstieg\n\nErster Absatz.\n\nNeu.\n"), 0);
	CHECK_STR(
	    text_of("SELECT group_concat(r.state || ' ' || n.feedback_id || ' ' || n.state, ', ')"
		    " FROM (SELECT * FROM anchor ORDER BY revision_id, feedback_id) n"
		    " JOIN revision r ON r.id = n.revision_id WHERE n.first = 0"),
	    S("in_force 1 changed, in_force 2 orphan, working 1 changed, working 2 orphan"));
}

TEST(an_import_that_drops_a_block_leaves_its_remark_behind_the_one_before)
{
	begin();
	give_feedback(1, "Noch");
	CHECK_INT(import_next("# Probe\n\n## Einstieg\n\nErster Absatz.\n\n## Neu\n\nNeu.\n"), 0);
	struct answer a = get_as(DORA, "/handbuch/einstieg");
	CHECK(shows(&a, "er stand hinter diesem"));
}

TEST(the_export_reads_back_as_the_same_handbook)
{
	begin();
	struct answer a =
	    get_as(DORA, arena_fmt(test_arena, "/handbuch/fassungen/%d/handbuch.md",
				   (int)count_of("SELECT id FROM revision WHERE state ="
						 " 'in_force'"))
			     .p);
	CHECK_INT(a.status, 200);
	CHECK_STR(a.content_type, S("text/markdown; charset=utf-8"));
	CHECK_STR(header_of(&a, "Content-Disposition"),
		  S("attachment; filename=\"handbuch-1-0.md\""));
	CHECK_INT(times(&a, "[^a]: Anmerkung."), 1);
	CHECK_INT(times(&a, "[^b]: Andere."), 1);
	CHECK(shows(&a, "# Probe\n\n## Einstieg\n\nErster Absatz.[^a]"));
}

TEST(footnotes_of_one_name_in_two_chapters_get_two)
{
	begin();
	run_sql(
	    "INSERT INTO block_text (block_id, kind, number, label, markdown, plain, html, hash,"
	    " created_at) SELECT block_id, kind, number, label, 'Ganz anders.', 'Ganz anders.', "
	    "'x',"
	    " randomblob(32), 2 FROM block_text WHERE id = (SELECT max(id) FROM block_text WHERE"
	    " label = 'a');"
	    "UPDATE revision_block SET block_text_id = (SELECT max(id) FROM block_text) WHERE"
	    " revision_id = " WORKING " AND block_text_id = (SELECT max(id) FROM block_text WHERE"
	    " label = 'a' AND id < (SELECT max(id) FROM block_text))");
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/fassungen/%d/handbuch.md",
				   (int)count_of("SELECT id FROM revision WHERE state ="
						 " 'working'"))
			     .p);
	CHECK(shows(&a, "Erster Absatz.[^a]") && shows(&a, "eine Stimme.[^a-2]"));
	CHECK(shows(&a, "[^a]: Anmerkung.") && shows(&a, "[^a-2]: Ganz anders."));
}

TEST(every_form_of_versions_stands_what_forms_must_stand)
{
	struct str form;

	begin();
	edit("Jede", "Anders.");
	form = FORM(FIELD("art", "editorial"), FIELD("anlass", "Berichtigt."));
	check_refusals(ANNA, "/handbuch/fassungen", form, "SELECT count(*) FROM revision");
	check_failures(ANNA, "/handbuch/fassungen", form, "SELECT count(*) FROM revision");
	const char *approve = at_proposed("/freigabe");
	check_refusals(HEIDI, approve, S(""),
		       "SELECT count(*) FROM revision WHERE state = 'proposed'");
	check_failures(HEIDI, approve, S(""),
		       "SELECT count(*) FROM revision WHERE state = 'proposed'");
}

TESTS_MAIN
