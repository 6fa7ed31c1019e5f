/* round_test.c -- opening a review round and answering in it. */
#include "round_world.h"

#define EVERYTHING                                                                                 \
	"SELECT (SELECT count(*) FROM review_round) + (SELECT count(*) FROM round_invitation)"     \
	" + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM handbook_event)"                 \
	" + (SELECT count(*) FROM revision) + (SELECT sum(row_version) FROM review_round)"         \
	" + (SELECT sum(row_version) FROM round_invitation)"
#define CHANGES                                                                                    \
	"SELECT (SELECT count(*) FROM handbook_event) + (SELECT count(*) FROM round_invitation)"   \
	" + (SELECT count(*) FROM outbox)"

TEST(the_form_proposes_three_weeks_and_everybody)
{
	handbook();
	struct answer a = get_as(ANNA, NEW);

	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "value=\"11.12.2026\""));
	/* Nine people with a role in the project, four municipalities; no operator, no funder. */
	CHECK_INT(times(&a, "name=\"person\""), 9);
	CHECK_INT(times(&a, "name=\"kommune\""), 4);
	CHECK_INT(times(&a, " checked"), 9 + 4 + 1);
	CHECK(!shows(&a, "Emil Erle") && !shows(&a, "Finn Föhre"));
	/* Greta speaks for Auental; the other three have nobody. */
	CHECK_INT(times(&a, "(dort verwaltet noch niemand"), 3);
	CHECK_INT(get_as(BEN, NEW).status, 403);
	a = get_as(DORA, ROUNDS);
	CHECK(shows(&a, "Es gab noch keine Rückmelderunde.") && !shows(&a, "Runde eröffnen"));
}

TEST(without_a_handbook_there_is_nothing_to_review)
{
	fixtures();
	CHECK_INT(get_as(ANNA, NEW).status, 404);
	CHECK_INT(post_as(ANNA, NEW, opening("11.12.2026")).status, 404);
	CHECK_INT(count_of("SELECT count(*) FROM review_round"), 0);
}

TEST(opening_freezes_a_version_and_asks)
{
	running_round();
	CHECK_STR(text_of("SELECT number || opens_on || closes_on || first_closes_on || late ||"
			  " note FROM review_round"),
		  S("12026-11-202026-12-112026-12-11acceptBitte Kapitel 1."));
	CHECK_STR(text_of("SELECT r.state || r.major || '.' || r.minor || '.' || r.draft ||"
			  " r.change || (b.state) FROM revision r JOIN revision b"
			  " ON b.id = r.base_id WHERE r.state = 'in_review'"),
		  S("in_review2.0.1contentin_force"));
	CHECK_INT(count_of("SELECT count(*) FROM revision_block b JOIN review_round r"
			   " ON r.revision_id = b.revision_id"),
		  count_of("SELECT count(*) FROM revision_block b JOIN revision w"
			   " ON w.id = b.revision_id WHERE w.state = 'working'"));
	CHECK_INT(count_of("SELECT count(*) FROM revision_section s JOIN review_round r"
			   " ON r.revision_id = s.revision_id"),
		  2);
	CHECK_INT(count_of("SELECT count(*) FROM round_invitation WHERE state = 'invited'"), 4);
	CHECK_INT(count_of("SELECT count(*) FROM handbook_event WHERE actor_id = 1"), 2);
	struct answer a = get_as(DORA, ROUND);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "noch 21 Tage") && shows(&a, "?fassung=2-0-entwurf-1"));
	CHECK(shows(&a, "0 von 4 Antworten") && shows(&a, "Bitte Kapitel 1."));
	CHECK(!shows(&a, "Deine Antwort") && !shows(&a, "Runde leiten"));
	CHECK_INT(get_as(DORA, "/handbuch?fassung=2-0-entwurf-1").status, 200);
	a = get_as(DORA, ROUNDS);
	CHECK(shows(&a, "Rückmelderunde 1") && shows(&a, "0 von 4"));
}

TEST(the_snapshot_stays_while_the_working_copy_goes_on)
{
	running_round();
	run_sql("DELETE FROM revision_block WHERE revision_id ="
		" (SELECT id FROM revision WHERE state = 'working')");
	struct answer a = get_as(DORA, "/handbuch/einstieg?fassung=2-0-entwurf-1");
	CHECK(shows(&a, "Zweiter Absatz."));
}

TEST(places_of_open_feedback_come_along)
{
	handbook();
	run_sql("INSERT INTO feedback (id, document_id, number, kind, visibility, author_id,"
		" author_org, state, created_at, outcome, decided_at) VALUES"
		" (1, 1, 1, 'hint', 'project', 2, 'Auental', 'open', 1, NULL, NULL),"
		" (2, 1, 2, 'hint', 'project', 2, 'Auental', 'closed', 1, 'accepted', 1);"
		"INSERT INTO anchor (feedback_id, revision_id, first, block_text_id, quote, state,"
		" at) SELECT f.id, w.id, 1, b.block_text_id, 'Zweiter', 'exact', 1 FROM feedback f,"
		" revision w JOIN revision_block b ON b.revision_id = w.id AND b.pos = 3"
		" WHERE w.state = 'working'");
	CHECK_INT(post_as(ANNA, NEW, opening("11.12.2026")).status, 303);
	CHECK_STR(text_of("SELECT group_concat(a.feedback_id || a.quote || a.first) FROM anchor a"
			  " JOIN review_round r ON r.revision_id = a.revision_id"),
		  S("1Zweiter0"));
}

TEST(each_mistake_in_opening_is_named_and_kept)
{
	handbook();
	struct answer a = post_as(ANNA, NEW, S("bis=19.11.2026&hinweis=%3CNotiz%3E&nachfrist=x"));

	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Drei Angaben passen noch nicht"));
	CHECK(shows(&a, "Dieser Tag ist schon vorbei.") && shows(&a, "value=\"19.11.2026\""));
	CHECK(shows(&a, "&lt;Notiz&gt;") && shows(&a, "Kreuze mindestens eine"));
	CHECK_INT(times(&a, "type=\"checkbox\""), 13);
	CHECK_INT(times(&a, " checked"), 0);
	a = post_as(ANNA, NEW, S("bis=19.11.2028&hinweis=&nachfrist=refuse&person=3"));
	CHECK(a.status == 422 && shows(&a, "höchstens ein Jahr"));
	CHECK(shows(&a, "value=\"refuse\" checked") && shows(&a, "value=\"3\" checked"));
	CHECK_INT(post_as(ANNA, NEW, S("bis=11.12.2026&hinweis=&nachfrist=refuse&person=x")).status,
		  400);
	CHECK_INT(count_of(EVERYTHING " IS NULL"), 1);
	/* Today may be the last day. */
	CHECK_INT(post_as(ANNA, NEW, opening("20.11.2026")).status, 303);
	a = get_as(BEN, ROUND);
	CHECK(shows(&a, "heute ist der letzte Tag"));
}

TEST(only_one_round_runs_at_a_time)
{
	running_round();
	struct answer a = post_as(ANNA, NEW, opening("18.12.2026"));

	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Es läuft schon eine Runde") && shows(&a, "value=\"18.12.2026\""));
	CHECK_STR(get_as(ANNA, NEW).location, S(ROUND));
	CHECK_INT(count_of("SELECT count(*) FROM review_round"), 1);
	clock_set(last_second(2026, 12, 11) + 1);
	run_sql("UPDATE session SET last_at = 1797030000, ends_at = 1797090000");
	CHECK_STR(post_as(ANNA, NEW, opening("31.12.2026")).location,
		  S(ROUNDS "/2?meldung=runde-eroeffnet"));
	/* The one before was over: now that is written down, by nobody. */
	CHECK_INT(count_of("SELECT count(*) FROM review_round WHERE closed_at IS NOT NULL"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM handbook_event WHERE action = 'closed'"
			   " AND actor_id IS NULL"),
		  1);
	CHECK_INT(count_of("SELECT max(draft) FROM revision WHERE major = 2"), 2);
}

TEST(no_remarks_is_an_answer_that_can_be_taken_back)
{
	running_round();
	struct answer a = get_as(CEM, ROUND);
	CHECK(shows(&a, "Keine Anmerkungen") && !shows(&a, "Antwort für"));
	a = post_as(CEM, ROUND "/antwort", answer_form("person", "no_remarks", "1"));
	CHECK_STR(a.location, S(ROUND "?meldung=geantwortet"));
	a = get_as(CEM, ROUND);
	CHECK(shows(&a, "Du hast geantwortet: <b>keine Anmerkungen</b>"));
	CHECK(shows(&a, "1 von 4 Antworten") && shows(&a, "20.11.2026"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at IS NOT NULL"
			   " AND person_id = 3"),
		  3);
	a = post_as(CEM, ROUND "/antwort", answer_form("person", "invited", "2"));
	CHECK_STR(a.location, S(ROUND "?meldung=antwort-offen"));
	CHECK_INT(count_of("SELECT count(*) FROM round_invitation WHERE state = 'invited'"
			   " AND answered_at IS NULL"),
		  4);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at IS NOT NULL"), 0);
}

TEST(an_answer_from_an_old_page_is_refused)
{
	running_round();
	CHECK_INT(post_as(CEM, ROUND "/antwort", answer_form("person", "no_remarks", "1")).status,
		  303);
	struct answer a = post_as(CEM, ROUND "/antwort", answer_form("person", "invited", "1"));
	CHECK(a.status == 409 && shows(&a, "Inzwischen hat sich etwas geändert"));
	a = post_as(CEM, ROUND "/antwort", answer_form("person", "no_reply", "2"));
	CHECK(a.status == 422 && shows(&a, "Wähle eine der"));
	a = post_as(CEM, ROUND "/antwort", answer_form("person", "given", "2"));
	CHECK_INT(a.status, 422);
}

TEST(who_was_not_asked_has_no_answer_to_give)
{
	running_round();
	CHECK_INT(post_as(DORA, ROUND "/antwort", answer_form("person", "no_remarks", "1")).status,
		  404);
	/* The town's answer is its administrator's, and no other town's. */
	CHECK_INT(post_as(BEN, ROUND "/antwort", answer_form("kommune", "no_remarks", "1")).status,
		  404);
	run_sql("INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
		" VALUES (3, 'municipality', 3, '2025-01-01', 1)");
	CHECK_INT(post_as(CEM, ROUND "/antwort", answer_form("kommune", "no_remarks", "1")).status,
		  404);
}

TEST(the_administrator_answers_for_the_municipality)
{
	running_round();
	struct answer a = get_as(GRETA, ROUND);
	CHECK(shows(&a, "Antwort für Stadt Auental") && shows(&a, "Deine Antwort"));
	a = post_as(GRETA, ROUND "/antwort", answer_form("kommune", "given", "1"));
	CHECK(a.status == 422 && shows(&a, "noch keine Rückmeldung aus deiner"));
	run_sql(REMARK(1, 2, 2, "project", "open"));
	CHECK_INT(post_as(GRETA, ROUND "/antwort", answer_form("kommune", "given", "1")).status,
		  303);
	CHECK_INT(count_of("SELECT count(*) FROM round_invitation WHERE state = 'given'"
			   " AND person_id IS NULL"),
		  1);
	/* Her own answer is still missing, so she is still reminded. */
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at IS NOT NULL"), 0);
	CHECK_INT(
	    post_as(GRETA, ROUND "/antwort", answer_form("kommune", "represented", "2")).status,
	    422);
}

static struct str represented(const char *by)
{
	return FORM(FIELD("fuer", "person"), FIELD("antwort", "represented"), FIELD("version", "1"),
		    FIELD_STR("vertretung", str_of(by)));
}

TEST(a_delegate_comes_from_the_own_municipality_and_is_asked_too)
{
	running_round();
	struct answer a = get_as(CEM, ROUND);
	CHECK(shows(&a, ">Heidi Hasel</option>") && !shows(&a, ">Greta Ginster</option>"));
	a = post_as(CEM, ROUND "/antwort", represented("7"));
	CHECK(a.status == 422 && shows(&a, "Wähle eine Person aus deiner Kommune"));
	CHECK_INT(post_as(CEM, ROUND "/antwort", represented("3")).status, 422);
	CHECK_INT(post_as(CEM, ROUND "/antwort", represented("")).status, 422);
	CHECK_INT(post_as(CEM, ROUND "/antwort", represented("8")).status, 303);
	CHECK_STR(text_of("SELECT group_concat(person_id || state || coalesce(delegate_id, ''))"
			  " FROM round_invitation WHERE municipality_id = 3"),
		  S("3represented8,8invited"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe = 'round/1/invite/8'"), 1);
	a = get_as(DORA, ROUND);
	CHECK(shows(&a, "lässt sich vertreten von Heidi Hasel") && shows(&a, "1 von 5"));
	CHECK(shows(&a, "Stadt Bergstedt <span class=\"hs-leise\">1 von 2<"));
	CHECK(shows(&a, "Stadt Auental <span class=\"hs-leise\">0 von 3<"));
	/* No circle: whoever is represented speaks for nobody. */
	a = post_as(HEIDI, ROUND "/antwort", represented("3"));
	CHECK_INT(a.status, 422);
}

/* What the writer of feedback does. */
static void mark_given(int64_t person, int64_t municipality)
{
	struct request rq = {.app = &test_app,
			     .arena = test_arena,
			     .db = test_db,
			     .viewer = {.person_id = person, .municipality_id = municipality}};

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	in_transaction(round_mark_given(&rq, 1));
}

TEST(giving_feedback_is_the_answer)
{
	running_round();
	mark_given(BEN, AUENTAL);
	mark_given(BEN, AUENTAL);
	mark_given(DORA, SEEFELD);
	CHECK_STR(text_of("SELECT group_concat(person_id) FROM round_invitation"
			  " WHERE state = 'given'"),
		  S("2"));
	CHECK_INT(count_of("SELECT count(*) FROM handbook_event WHERE action = 'answered'"), 1);
	/* Words say more than an earlier click. */
	CHECK_INT(post_as(CEM, ROUND "/antwort", represented("8")).status, 303);
	mark_given(CEM, BERGSTEDT);
	CHECK_INT(count_of("SELECT count(*) FROM round_invitation WHERE state = 'given'"
			   " AND delegate_id IS NULL"),
		  2);
}

TEST(feedback_after_the_last_day_does_not_undo_the_silence)
{
	running_round();
	clock_set(last_second(2026, 12, 11) + 1);
	mark_given(BEN, AUENTAL);
	CHECK_INT(rounds_close_due(test_db, test_arena), OK);
	mark_given(BEN, AUENTAL);
	CHECK_INT(count_of("SELECT count(*) FROM round_invitation WHERE state = 'no_reply'"), 4);
}

TEST(the_start_page_and_its_number_wait_for_the_answer)
{
	running_round();
	struct answer cem = get_as(CEM, "/"), dora = get_as(DORA, "/"), greta = get_as(GRETA, "/");
	CHECK(shows(&cem, "Rückmelderunde 1: bitte lies bis 11.") && shows(&cem, "noch 21 Tage"));
	CHECK(shows(&cem, "href=\"" ROUND "\"") && shows(&cem, "hs-plakette\">1<"));
	CHECK(!shows(&dora, "Rückmelderunde"));
	CHECK_INT(times(&greta, "Rückmelderunde 1"), 2);
	CHECK_INT(times(&greta, "Antwort für deine Kommune"), 1);
	/* Ben is of Auental too, but does not answer for it. */
	struct answer ben = get_as(BEN, "/");
	CHECK_INT(times(&ben, "Rückmelderunde 1"), 1);
	CHECK_INT(post_as(CEM, ROUND "/antwort", answer_form("person", "no_remarks", "1")).status,
		  303);
	cem = get_as(CEM, "/");
	CHECK(!shows(&cem, "Rückmelderunde") && !shows(&cem, "hs-plakette"));
	/* Over is over, whether it is written down or not. */
	clock_set(last_second(2026, 12, 11) + 1);
	run_sql("UPDATE session SET last_at = 1797030000, ends_at = 1797090000");
	greta = get_as(GRETA, "/");
	CHECK(greta.status == 200 && !shows(&greta, "Rückmelderunde"));
}

TEST(opening_stands_bad_requests_double_clicks_and_failures)
{
	handbook();
	check_refusals(ANNA, NEW, opening("11.12.2026"), CHANGES);
	check_failures(ANNA, NEW, opening("11.12.2026"), CHANGES);
	handbook();
	check_once(ANNA, NEW, opening("11.12.2026"), CHANGES);
}

TEST(answering_stands_bad_requests_double_clicks_and_failures)
{
	running_round();
	check_refusals(CEM, ROUND "/antwort", represented("8"), CHANGES);
	check_failures(CEM, ROUND "/antwort", represented("8"), CHANGES);
	check_once(BEN, ROUND "/antwort", answer_form("person", "no_remarks", "1"), CHANGES);
}

TESTS_MAIN
