/* feedback_work_test.c -- clarifying, opening again, and speaking for people who left. */
#include "erased.h"
#include "feedback_world.h"

TEST(a_question_back_is_the_authors_turn_and_the_answer_the_editors)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Unklar."));
	CHECK_INT(post_as(BEN, "/feedback/1/klaerung", FORM(FIELD("rueckfrage", "x"))).status, 403);
	struct answer a =
	    post_as(ANNA, "/feedback/1/klaerung", FORM(FIELD("rueckfrage", "Was genau?")));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT state FROM feedback"), S("query"));
	a = get_as(JULE, "/feedback/1");
	CHECK(shows(&a, "Was genau?") && shows(&a, "Rückfrage</span>"));
	a = get_as(BEN, "/");
	CHECK(!shows(&a, "Rückfrage zu"));
	a = get_as(JULE, "/");
	CHECK(shows(&a, "Beantworte die Rückfrage zu F-001") && shows(&a, "/feedback/1#antwort\""));
	post_as(BEN, "/feedback/1/antworten", FORM(FIELD("antwort", "Ich rate mit.")));
	CHECK_STR(text_of("SELECT state FROM feedback"), S("query"));
	post_as(JULE, "/feedback/1/antworten", FORM(FIELD("antwort", "Der zweite Satz.")));
	CHECK_STR(text_of("SELECT state FROM feedback"), S("in_progress"));
	a = get_as(JULE, "/");
	CHECK(!shows(&a, "Rückfrage zu"));
	CHECK_INT(count_of("SELECT assignee_id FROM feedback"), ANNA);
	a = get_as(ANNA, "/feedback/1");
	CHECK(shows(&a, "Rückfrage beantwortet von Jule Jasmin"));
}

TEST(the_author_hears_of_the_question_and_of_the_decision)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Unklar."));
	post_as(ANNA, "/feedback/1/klaerung", FORM(FIELD("rueckfrage", "Was genau?")));
	CHECK_STR(text_of("SELECT subject FROM outbox"),
		  S("Deine Rückmeldung F-001: eine Rückfrage"));
	post_as(ANNA, "/feedback/1/entscheidung",
		decision("rejected", "Passt nicht hierher.", "2"));
	CHECK_INT(
	    count_of("SELECT count(*) FROM outbox WHERE person_id = 10 AND topic = 'feedback'"), 2);
	struct str body = text_of("SELECT body FROM outbox WHERE subject LIKE '%nicht übernommen'");
	CHECK(str_starts(body, S("Hallo Jule Jasmin,\n")));
	CHECK(str_find(body, S("\n\nPasst nicht hierher.\n")) < body.n);
	CHECK(str_find(body, S("http://127.0.0.1:8080/feedback/1\n")) < body.n);
	CHECK(str_find(body, S("4.\u00a0Dezember 2026")) < body.n);
	CHECK(str_find(body, S("Rückfrage")) == body.n);
}

TEST(work_begins_without_a_question)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Unklar."));
	CHECK_INT(post_as(ANNA, "/feedback/1/klaerung", FORM(FIELD("rueckfrage", ""))).status, 303);
	CHECK_STR(text_of("SELECT state FROM feedback"), S("in_progress"));
	CHECK_INT(count_of("SELECT count(*) FROM reply"), 0);
	/* The author's words are fixed from here on. */
	CHECK_INT(post_as(JULE, "/feedback/1/bearbeiten", FORM(FIELD("worte", "Anders."))).status,
		  403);
}

TEST(what_is_opened_again_keeps_its_history)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Kritik."));
	post_as(ANNA, "/feedback/1/entscheidung",
		decision("to_committee", "Zu groß für uns.", "1"));
	post_as(JULE, "/feedback/1/reaktion",
		FORM(FIELD("reaktion", "objected"), FIELD("einwand", "Nein!")));
	CHECK_INT(post_as(ANNA, "/feedback/1/oeffnen", FORM(FIELD("warum", ""))).status, 422);
	CHECK_INT(post_as(ANNA, "/feedback/1/oeffnen", FORM(FIELD("warum", "Neue Lage."))).status,
		  303);
	CHECK_INT(count_of("SELECT count(*) FROM decision_request"), 0);
	struct answer a = get_as(DORA, "/feedback/1");
	CHECK(shows(&a, "Neue Lage.") && shows(&a, "Zu groß für uns.") && shows(&a, "Nein!"));
	CHECK(!shows(&a, "Entscheidung:"));
	/* … and can go to the committee again. */
	struct str version = text_of("SELECT CAST(row_version AS TEXT) FROM feedback");
	a = post_as(ANNA, "/feedback/1/entscheidung",
		    decision("to_committee", "Doch.", arena_cstr(test_arena, version)));
	CHECK_INT(a.status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM decision_request"), 1);
}

static int reopen_and_send(void)
{
	CHECK_INT(post_as(ANNA, "/feedback/1/oeffnen", FORM(FIELD("warum", "Neue Lage."))).status,
		  303);
	struct str version = text_of("SELECT CAST(row_version AS TEXT) FROM feedback");
	return post_as(ANNA, "/feedback/1/entscheidung",
		       decision("to_committee", "Doch.", arena_cstr(test_arena, version)))
	    .status;
}

TEST(what_the_committee_had_can_be_sent_to_it_again)
{
	static const char requests[] = "SELECT count(*) FROM decision_request";

	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Kritik."));
	post_as(ANNA, "/feedback/1/entscheidung",
		decision("to_committee", "Zu groß für uns.", "1"));
	CHECK_INT(post_as(ANNA, "/entscheidungen/aus-dem-handbuch/1", S("")).status, 303);
	/* Still being written: the committee is asked already. */
	CHECK_INT(reopen_and_send(), 303);
	CHECK_INT(count_of(requests), 1);
	/* Its answer is there: a new question, and the old answer still knows its own. */
	run_sql("UPDATE decision SET state = 'withdrawn'");
	CHECK_INT(reopen_and_send(), 303);
	CHECK_INT(count_of(requests), 2);
	struct answer a = get_as(ANNA, "/entscheidungen");
	CHECK(shows(&a, "Aus dem Handbuch") && shows(&a, "/entscheidungen/aus-dem-handbuch/2"));
	CHECK_INT(reopen_and_send(), 303); /* what waits and is taken back leaves no second one */
	CHECK_INT(count_of("SELECT count(*) FROM decision_request WHERE decision_id IS NULL"), 1);
	CHECK_INT(post_as(ANNA, "/entscheidungen/aus-dem-handbuch/2", S("")).status, 303);
	a = get_as(ANNA, "/entscheidungen/2026-1");
	CHECK(shows(&a, "href=\"/feedback/1\">Rückmeldung F-001"));
	a = get_as(ANNA, "/entscheidungen/2026-2");
	CHECK(shows(&a, "href=\"/feedback/1\">Rückmeldung F-001"));
}

TEST(editors_decide_nothing_a_municipality_has_not_released)
{
	begin();
	run_sql("UPDATE membership SET municipality_id = 2 WHERE person_id = 1");
	give(BEN, "Erster", GIVEN(.kind = "hint", .text = "Unter uns.", .visible = "municipality"));
	struct answer a = get_as(ANNA, "/feedback/1");
	CHECK_INT(a.status, 200);
	CHECK(!shows(&a, "Entscheidung speichern"));
	CHECK_INT(post_as(ANNA, "/feedback/1/entscheidung", decision("accepted", "", "1")).status,
		  409);
	CHECK_INT(post_as(ANNA, "/feedback/1/klaerung", FORM(FIELD("rueckfrage", ""))).status, 403);
	post_as(GRETA, "/feedback/1/freigabe", S(""));
	CHECK_INT(post_as(ANNA, "/feedback/1/entscheidung", decision("accepted", "", "2")).status,
		  303);
}

TEST(the_coordinator_objects_for_somebody_who_left)
{
	struct str object = S("reaktion=objected&einwand=Wir+bleiben+dabei.");

	begin();
	give(BEN, "Erster", GIVEN(.kind = "hint", .text = "Kritik."));
	post_as(ANNA, "/feedback/1/entscheidung", decision("rejected", "Nein.", "1"));
	CHECK_INT(post_as(GRETA, "/feedback/1/reaktion", object).status, 403);
	run_sql("UPDATE membership SET until = '2026-11-19' WHERE person_id = 2");
	CHECK_INT(post_as(GRETA, "/feedback/1/reaktion", object).status, 303);
	CHECK_INT(count_of("SELECT response_by FROM feedback"), GRETA);
}

TEST(author_leaves_or_is_erased)
{
	begin();
	give(BEN, "Erster", GIVEN(.kind = "hint", .text = "Kritik."));
	post_as(ANNA, "/feedback/1/entscheidung", decision("rejected", "Nein.", "1"));
	post_as(BEN, "/feedback/1/reaktion",
		FORM(FIELD("reaktion", "objected"), FIELD("einwand", "Doch!")));
	run_sql("UPDATE membership SET until = '2026-11-19' WHERE person_id = 2");
	person_is_erased(BEN);
	/* The words, the town and the objection stay; nobody writes to who is gone. */
	struct answer a = get_as(DORA, "/feedback?status=alle&widerspruch=1");
	CHECK(shows(&a, "ehemalige Person (Stadt Auental)") && shows(&a, "Auental") &&
	      !shows(&a, "Ben "));
	run_sql("DELETE FROM outbox");
	post_as(ANNA, "/feedback/1/oeffnen", FORM(FIELD("warum", "Neu.")));
	post_as(ANNA, "/feedback/1/entscheidung", decision("rejected", "Wieder.", "4"));
	CHECK_STR(text_of("SELECT outcome FROM feedback"), S("rejected"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 2"), 0);
	/* The objection passes to the coordinator of that town, and to no other. */
	CHECK_INT(post_as(JULE, "/feedback/1/reaktion", S("reaktion=objected&einwand=x")).status,
		  403);
	CHECK_INT(post_as(GRETA, "/feedback/1/reaktion", S("reaktion=objected&einwand=x")).status,
		  303);
}

TEST(two_items_are_not_duplicates_of_each_other)
{
	struct str form = S("version=1&ergebnis=duplicate&grund=Gleich.&bis=&dublette=F-00");

	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Eins."));
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Zwei."));
	CHECK_INT(
	    post_as(ANNA, "/feedback/1/entscheidung", arena_fmt(test_arena, "%.*s2", ARG(form)))
		.status,
	    303);
	CHECK_INT(
	    post_as(ANNA, "/feedback/2/entscheidung", arena_fmt(test_arena, "%.*s1", ARG(form)))
		.status,
	    422);
	struct answer a = get_as(DORA, "/feedback/1");
	CHECK(shows(&a, "href=\"/feedback/2\""));
}

TEST(the_forms_of_editors_stand_what_forms_must_stand)
{
	static const char waiting[] = "SELECT count(*) FROM feedback WHERE state = 'open'";

	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Hinweis."));
	struct str form = FORM(FIELD("rueckfrage", "Was?"));
	check_refusals(ANNA, "/feedback/1/klaerung", form, waiting);
	check_failures(ANNA, "/feedback/1/klaerung", form, waiting);
	post_as(ANNA, "/feedback/1/entscheidung", decision("rejected", "Nein.", "2"));
	form = FORM(FIELD("warum", "Neu."));
	check_refusals(ANNA, "/feedback/1/oeffnen", form, waiting);
	check_failures(ANNA, "/feedback/1/oeffnen", form, waiting);
}

TESTS_MAIN
