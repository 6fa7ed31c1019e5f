/* meeting_run_test.c -- leading a meeting. */
#include "meeting_world.h"

#define LEAD M1 "/leitung"
#define CLOSE M1 "/schliessen"
#define CALL P1 "/aufrufen"
#define END P1 "/beenden"

static struct str step(const char *name)
{
	return FORM(FIELD_STR("schritt", str_of(name)), MEETING_VERSION);
}

static struct str call_form(const char *waiver)
{
	return FORM(FIELD_STR("ersatz", str_of(waiver)), MEETING_VERSION);
}

static struct str end_form(const char *reason)
{
	return FORM(FIELD_STR("grund", str_of(reason)), MEETING_VERSION);
}

TEST(a_meeting_is_opened_on_its_day_and_paused)
{
	meeting_world("draft");
	CHECK_INT(post_as(IVO, LEAD, step("eroeffnen")).status, 409);
	meeting_world("invited");
	CHECK_INT(get_as(IVO, LEAD).status, 200);
	CHECK_INT(post_as(IVO, LEAD, step("tanzen")).status, 400);
	check_once(IVO, LEAD, step("eroeffnen"), "SELECT count(*) FROM attendance");
	CHECK_STR(text_of("SELECT state FROM meeting"), S("running"));
	/* Whoever opens it is there. */
	CHECK_INT(count_of("SELECT person_id FROM attendance"), IVO);
	struct str old = step("unterbrechen");
	CHECK_INT(post_as(IVO, LEAD, old).status, 303);
	CHECK_INT(post_as(IVO, LEAD, old).status, 409);
	clock_set(FIXTURE_NOW + 300);
	CHECK_INT(post_as(IVO, LEAD, step("fortsetzen")).status, 303);
	CHECK_INT(count_of("SELECT until_at - from_at FROM meeting_pause"), 300);
	meeting_world("invited");
	run_sql("UPDATE meeting SET day = '2026-11-21'");
	CHECK_INT(post_as(IVO, LEAD, step("eroeffnen")).status, 409);
	struct answer a = get_as(IVO, LEAD);
	CHECK(shows(&a, "Eröffnen kannst du die Sitzung an ihrem Tag."));
	meeting_world("draft");
	a = get_as(IVO, LEAD);
	CHECK(shows(&a, "noch nicht eingeladen") && shows(&a, "href=\"" M1 "/einladen\""));
	a = get_as(JULE, LEAD);
	CHECK(shows(&a, "noch nicht eingeladen") && !shows(&a, "href=\"" M1 "/einladen\""));
}

TEST(opening_and_pausing_fail_whole)
{
	meeting_world("invited");
	check_failures(IVO, LEAD, step("eroeffnen"), "SELECT count(*) FROM attendance");
	check_failures(IVO, LEAD, step("unterbrechen"), "SELECT count(*) FROM meeting_pause");
}

/* Jule is the deputy of this meeting; Heidi sits in the committee and is not. */
TEST(the_deputy_of_this_very_meeting_leads_it)
{
	meeting_world("invited");
	CHECK_INT(get_as(JULE, LEAD).status, 200);
	CHECK_INT(get_as(HEIDI, LEAD).status, 403);
	CHECK_INT(post_as(HEIDI, LEAD, step("eroeffnen")).status, 403);
	CHECK_INT(post_as(JULE, LEAD, step("eroeffnen")).status, 303);
}

TEST(a_point_is_called_and_ended)
{
	meeting_world("running");
	HERE(IVO, JULE, HEIDI, BEN);
	struct answer a = get_as(IVO, CALL);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Zur Entscheidung aufrufen"));
	CHECK(shows(&a, "Beschlussfähig: 3 von 4 vertreten, nötig 3; 3 Personen"));
	check_once(IVO, CALL, call_form(""), "SELECT count(*) FROM agenda_entry WHERE started_at");
	CHECK_STR(text_of("SELECT state FROM decision"), S("called"));
	/* One at a time. */
	CHECK_INT(post_as(IVO, P3 "/aufrufen", call_form("")).status, 409);
	a = get_as(IVO, LEAD);
	CHECK(shows(&a, "Jetzt: TOP"));
	/* What was not voted on is deferred, with a reason. */
	a = get_as(IVO, END);
	CHECK(shows(&a, "Abgestimmt ist nicht."));
	CHECK_INT(post_as(IVO, END, end_form("")).status, 422);
	CHECK_INT(post_as(IVO, END, end_form("Zahlen fehlen.")).status, 303);
	CHECK_STR(text_of("SELECT state FROM decision"), S("published"));
	CHECK_STR(
	    text_of("SELECT outcome || ': ' || outcome_reason FROM agenda_entry WHERE id = 1"),
	    S("deferred: Zahlen fehlen."));
	/* A point without a decision. */
	CHECK_INT(post_as(IVO, P3 "/aufrufen", call_form("")).status, 303);
	CHECK_INT(post_as(IVO, P3 "/beenden", FORM(FIELD("grund", ""), MEETING_VERSION)).status,
		  422);
	CHECK_INT(post_as(IVO, P3 "/beenden",
			  FORM(FIELD("ergebnis", "heard"), FIELD("grund", ""), MEETING_VERSION))
		      .status,
		  303);
	CHECK_INT(count_of("SELECT count(*) FROM agenda_entry WHERE outcome = 'heard'"), 1);
}

TEST(calling_and_ending_fail_whole)
{
	meeting_world("running");
	HERE(IVO, BEN);
	check_refusals(IVO, CALL, call_form(""),
		       "SELECT count(*) FROM agenda_entry WHERE started_at");
	check_failures(IVO, CALL, call_form(""),
		       "SELECT count(*) FROM agenda_entry WHERE started_at");
	check_failures(IVO, END, end_form("Zahlen fehlen."),
		       "SELECT count(*) FROM agenda_entry WHERE outcome IS NOT NULL");
}

TEST(without_the_presenter_the_chair_says_who_answers)
{
	meeting_world("running");
	HERE(IVO);
	struct answer a = post_as(IVO, CALL, call_form(""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Ben Birke ist nicht als anwesend eingetragen"));
	CHECK_INT(post_as(IVO, CALL, call_form("Kim springt ein.")).status, 303);
	a = get_as(DORA, P1);
	CHECK(shows(&a, "Kim springt ein."));
}

/* A template that came late is for information only, until the committee admits it. */
TEST(urgency_motion_is_the_only_way_round_the_rule)
{
	meeting_world("running");
	HERE(IVO, BEN);
	run_sql("UPDATE meeting SET day = '2026-11-14'"); /* its deadline was the 9th */
	struct answer a = get_as(IVO, CALL);
	CHECK(shows(&a, "Nur zur Information."));
	CHECK(!shows(&a, "Zur Entscheidung aufrufen"));
	CHECK_INT(post_as(IVO, CALL, call_form("")).status, 303);
	CHECK_STR(text_of("SELECT state FROM decision"), S("scheduled"));
	CHECK_INT(post_as(IVO, END, end_form("Nur zur Kenntnis.")).status, 303);
	CHECK_STR(text_of("SELECT state FROM decision"), S("published"));

	meeting_world("running");
	HERE(IVO, BEN);
	run_sql("UPDATE meeting SET day = '2026-11-14';"
		"INSERT INTO poll (id, decision_id, version, version_hash, kind, meeting_id,"
		" agenda_entry_id, majority, mode, seat_rule, min_yes, min_persons, casting_vote,"
		" second_meeting, absent_counts, quorum_by_weight, opened_by, opened_at, closed_at,"
		" result) VALUES (1, 1, 2, "
		"'2222222222222222222222222222222222222222222222222222222222222222', 'urgency', 1,"
		" 1, 'more_represented', 'heads', 'speaker', 0, 2, 0, 0, 0, 0, 9, 1, 2, 'adopted');"
		"INSERT INTO late_waiver VALUES (1, 1, 2)");
	a = get_as(DORA, M1);
	CHECK(shows(&a, "zu spät, als dringlich zugelassen"));
	CHECK_INT(post_as(IVO, CALL, call_form("")).status, 303);
	CHECK_STR(text_of("SELECT state FROM decision"), S("called"));
}

TEST(chair_recused_or_absent_the_deputy_takes_the_point)
{
	meeting_world("running");
	HERE(IVO, JULE, HEIDI, BEN);
	CHECK_INT(
	    post_as(IVO, P1 "/befangen", FORM(FIELD("person", "9"), FIELD("grund", ""))).status,
	    303);
	struct answer a = post_as(IVO, CALL, call_form(""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Du bist bei diesem Punkt befangen"));
	CHECK_INT(post_as(JULE, CALL, call_form("")).status, 303);
	a = post_as(IVO, END, end_form("Grund"));
	CHECK_INT(a.status, 422);
	CHECK_INT(post_as(JULE, END, end_form("Grund")).status, 303);
	/* Neither of them there. */
	meeting_world("running");
	HERE(HEIDI);
	a = get_as(IVO, LEAD);
	CHECK(shows(&a, "Weder Moderation noch Vertretung"));
}

TEST(the_quorum_lost_when_somebody_leaves_warns_the_chair)
{
	meeting_world("running");
	HERE(IVO, JULE, HEIDI);
	struct answer a = get_as(IVO, LEAD);
	CHECK(shows(&a, "Beschlussfähig: 3 von 4 vertreten, nötig 3; 3 Personen"));
	CHECK_INT(post_as(IVO, M1 "/anwesenheit", FORM(FIELD("geht", "3"))).status, 303);
	a = get_as(IVO, M1 "/anwesenheit");
	CHECK(shows(&a, "Nicht beschlussfähig: 2 von 4 vertreten, nötig 3; 2 Personen"));
	a = get_as(IVO, LEAD);
	CHECK(shows(&a, "So kann niemand abstimmen."));
}

TEST(a_meeting_ends_when_every_decision_is_settled)
{
	meeting_world("running");
	HERE(IVO, BEN);
	struct answer a = get_as(IVO, CLOSE);
	CHECK(shows(&a, "entschieden oder vertagt?"));
	CHECK_INT(post_as(IVO, CLOSE, FORM(MEETING_VERSION)).status, 422);
	/* Not called, so it is deferred; the deputy may do that too. */
	CHECK_INT(post_as(JULE, END, end_form("Keine Zeit.")).status, 303);
	CHECK_STR(text_of("SELECT state FROM decision"), S("published"));
	CHECK_INT(count_of("SELECT count(*) FROM agenda_entry WHERE started_at IS NOT NULL"), 0);
	CHECK_INT(post_as(IVO, CLOSE, FORM(MEETING_VERSION)).status, 303);
	CHECK_STR(text_of("SELECT state FROM meeting"), S("closed"));
	CHECK_INT(count_of("SELECT count(*) FROM attendance WHERE until_at IS NULL"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM agenda_entry WHERE outcome = 'skipped'"), 2);
	CHECK_INT(post_as(IVO, CLOSE, FORM(MEETING_VERSION)).status, 409);
}

TEST(no_meeting_ends_over_an_open_vote)
{
	meeting_world("running");
	run_sql("UPDATE agenda_entry SET outcome = 'deferred' WHERE id = 1;"
		"INSERT INTO poll (id, decision_id, version, version_hash, kind, meeting_id,"
		" agenda_entry_id, majority, mode, seat_rule, min_yes, min_persons, casting_vote,"
		" second_meeting, absent_counts, quorum_by_weight, opened_by, opened_at) VALUES"
		" (1, 1, 2, '2222222222222222222222222222222222222222222222222222222222222222',"
		" 'resolution', 1, 1, 'simple', 'heads', 'speaker', 0, 2, 0, 0, 0, 0, 9, 1)");
	struct answer a = post_as(IVO, CLOSE, FORM(MEETING_VERSION));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Eine Abstimmung läuft noch."));
}

TEST(closing_fails_whole)
{
	meeting_world("running");
	HERE(IVO, BEN);
	run_sql("UPDATE agenda_entry SET outcome = 'deferred' WHERE id = 1");
	check_failures(IVO, CLOSE, FORM(MEETING_VERSION),
		       "SELECT count(*) FROM meeting WHERE state = 'closed'");
}

/* After a vote the point has its outcome by the decision's state. */
TEST(a_decided_point_takes_its_outcome_from_the_vote)
{
	static const struct {
		const char *state, *outcome;
	} cases[] = {{"adopted", "decided"},
		     {"rejected", "decided"},
		     {"in_follow_up", "decided"},
		     {"withdrawn", "withdrawn"},
		     {"published", "deferred"}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		meeting_world("running");
		run_sql("UPDATE agenda_entry SET started_at = 1795165200 WHERE id = 1");
		run_sql(
		    arena_cstr(test_arena, arena_fmt(test_arena, "UPDATE decision SET state = '%s'",
						     cases[i].state)));
		CHECK_INT(post_as(IVO, END, FORM(MEETING_VERSION)).status, 303);
		CHECK_STR(text_of("SELECT outcome FROM agenda_entry WHERE id = 1"),
			  str_of(cases[i].outcome));
	}
	meeting_world("running");
	run_sql("UPDATE agenda_entry SET started_at = 1795165200 WHERE id = 1;"
		"UPDATE decision SET state = 'voting'");
	CHECK_INT(post_as(IVO, END, FORM(MEETING_VERSION)).status, 409);
}

/* 14:00 planned, opened at 10:00 in this world: the forecast starts from what really happened. */
TEST(times_follow_the_real_ends)
{
	meeting_world("running");
	run_sql("UPDATE agenda_entry SET started_at = 1795165200, ended_at = 1795167000,"
		" outcome = 'deferred' WHERE id = 1");
	clock_set(1795167000);
	struct answer a = get_as(DORA, M1);
	CHECK(shows(&a, "10:00–10:30"));
	CHECK(shows(&a, "10:40–11:00"));
	CHECK(shows(&a, "voraussichtlich"));
}

TESTS_MAIN
