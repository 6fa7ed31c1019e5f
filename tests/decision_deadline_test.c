/* decision_deadline_test.c -- the five-day rule as a template's page shows it. */
#include "decision_world.h"

/* The template 2026-1 on the agenda of a meeting on that day, published at that time. */
static void on_agenda(const char *day, int64_t published_at)
{
	steering_world();
	run_sql(arena_fmt(
		    test_arena,
		    "INSERT INTO decision_version (decision_id, version, title, resolution,"
		    " presenter_id, lead_id, written_by, written_at, published_at, counts_from,"
		    " sha256) SELECT 1, 2, title, resolution, 2, 2, 2, %lld, %lld, %lld, sha256"
		    "  FROM decision_version WHERE version = 1;"
		    "INSERT INTO meeting (id, year, number, state, day, start_minute,"
		    " starts_at, slot, uid, created_by, created_at) VALUES"
		    " (1, 2026, 4, 'invited', '%s', 840, 1, 120, 'uid-1', 1, 1);"
		    "INSERT INTO agenda_entry (id, meeting_id, pos, kind, decision_id, title,"
		    " minutes) VALUES (1, 1, 1, 'formal', NULL, 'Begrüßung', 5),"
		    " (2, 1, 2, 'break', NULL, 'Pause', 5),"
		    " (3, 1, 3, 'decision', 1, 'Verzeichnis', 20);"
		    "UPDATE decision SET state = 'scheduled' WHERE id = 1",
		    (long long)published_at, (long long)published_at, (long long)published_at, day)
		    .p);
}

static int64_t utc(int year, int month, int day, int hour, int minute, int second)
{
	return date_days((struct date){year, month, day}) * 86400 + hour * 3600 + minute * 60 +
	       second;
}

static bool timely(void)
{
	struct answer a = get_as(DORA, DECISION_1_PAGE);
	bool yes = shows(&a, "Liegt rechtzeitig vor"),
	     no =
		 shows(&a, "Nur zur Information, es sei denn, der Kreis erkennt die Dringlichkeit");

	CHECK_INT(a.status, 200);
	CHECK(yes != no);
	return yes;
}

static bool shows_day(const char *day)
{
	struct answer a = get_as(DORA, DECISION_1_PAGE);

	return shows(&a, arena_fmt(test_arena, "Frist: %s", day).p);
}

TEST(d1_the_last_second_of_the_last_day_is_timely)
{
	on_agenda("2026-03-19", utc(2026, 3, 14, 22, 59, 59));
	CHECK(timely());
	CHECK(shows_day("14.\u00a0März 2026"));
	struct answer a = get_as(DORA, DECISION_1_PAGE);
	CHECK(shows(&a, "19.\u00a0März 2026, TOP&nbsp;2") || shows(&a, "TOP&nbsp;2"));
}

TEST(d2_a_second_later_is_late)
{
	on_agenda("2026-03-19", utc(2026, 3, 14, 23, 0, 0));
	CHECK(!timely());
	CHECK(shows_day("14.\u00a0März 2026"));
}

TEST(d3_a_clock_change_between_does_not_matter)
{
	on_agenda("2026-04-02", utc(2026, 3, 28, 21, 0, 0));
	CHECK(timely());
}

TEST(d5_what_was_timely_is_late_when_the_meeting_moves_forward)
{
	on_agenda("2026-04-02", utc(2026, 3, 27, 10, 0, 0));
	CHECK(timely());
	run_sql("UPDATE meeting SET day = '2026-03-31'");
	CHECK(!timely());
	CHECK(shows_day("26.\u00a0März 2026"));
}

TEST(d6_what_was_late_is_timely_when_the_meeting_moves_back)
{
	on_agenda("2026-04-02", utc(2026, 3, 30, 9, 0, 0));
	CHECK(!timely());
	run_sql("UPDATE meeting SET day = '2026-04-09'");
	CHECK(timely());
}

/* Through the pages: a revision on its way to a meeting keeps its place there. */
TEST(d7_a_new_resolution_counts_from_its_own_publication)
{
	static const char place[] = "SELECT count(*) FROM agenda_entry WHERE outcome IS NULL AND"
				    " decision_id = 2";

	published_world();
	run_sql("UPDATE decision SET state = 'scheduled' WHERE id = 2;"
		"INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot,"
		" uid, created_by, created_at) VALUES"
		" (1, 2026, 4, 'invited', '2026-11-26', 840, 1, 120, 'uid-1', 1, 1);"
		"INSERT INTO agenda_entry (id, meeting_id, pos, kind, decision_id, title, minutes)"
		" VALUES (3, 1, 1, 'decision', 2, 'Bäume', 20)");
	struct answer a = get_as(DORA, DECISION_2_PAGE);
	CHECK(shows(&a, "Liegt rechtzeitig vor"));
	CHECK_INT(step(BEN, "ueberarbeiten", "aenderung").status, 303);
	a = get_as(DORA, DECISION_2_PAGE);
	CHECK(shows(&a, "Muss bis zum 21.\u00a0November 2026 veröffentlicht sein"));
	CHECK_INT(count_of(place), 1);
	CHECK_INT(post_as(BEN, DECISION_2_PAGE "/bearbeiten",
			  template_form(arena_cstr(test_arena, row_version("2")),
					TYPED(.resolution = "Wir zählen nur Linden.")))
		      .status,
		  303);
	CHECK_INT(step(BEN, "einreichen", NULL).status, 303);
	clock_set(utc(2026, 11, 21, 23, 0, 0));
	run_sql("UPDATE session SET last_at = last_at + 136000, ends_at = ends_at + 136000");
	CHECK_INT(step(ANNA, "veroeffentlichen", NULL).status, 303);
	CHECK_STR(state_of("2"), S("scheduled"));
	CHECK_INT(count_of(place), 1);
	a = get_as(DORA, DECISION_2_PAGE);
	CHECK(shows(&a, "Zu spät für diese Sitzung, Frist: 21.\u00a0November 2026"));
}

TEST(d8_clear_days_need_a_sixth)
{
	on_agenda("2026-04-02", utc(2026, 3, 28, 9, 0, 0));
	CHECK(timely());
	run_sql("UPDATE committee_rules SET clear_days = 1");
	CHECK(!timely());
	CHECK(shows_day("27.\u00a0März 2026"));
}

TEST(an_admitted_template_says_so_and_one_without_a_meeting_too)
{
	on_agenda("2026-03-19", utc(2026, 3, 18, 9, 0, 0));
	run_sql(
	    "INSERT INTO poll (id, decision_id, version, version_hash, kind, meeting_id,"
	    " agenda_entry_id, majority, mode, seat_rule, min_yes, min_persons, casting_vote,"
	    " second_meeting, absent_counts, quorum_by_weight, opened_by, opened_at, closed_by,"
	    " closed_at, result, persons) SELECT 7, 1, 2, sha256, 'urgency', 1, 3,"
	    " 'more_represented', 'heads', 'speaker', 0, 2, 0, 0, 0, 0, 1, 1, 1, 2, 'adopted', 4"
	    "  FROM decision_version WHERE version = 2;"
	    "INSERT INTO late_waiver VALUES (3, 7, 2)");
	struct answer a = get_as(DORA, DECISION_1_PAGE);
	CHECK(shows(&a, "der Kreis hat die Dringlichkeit anerkannt"));
	steering_world();
	a = get_as(DORA, DECISION_1_PAGE);
	CHECK(shows(&a, "Noch in keiner Sitzung. Vorlagen liegen 5 Tage vorher vor."));
}

TEST(a_template_withdrawn_leaves_the_agenda_with_its_reason)
{
	on_agenda("2026-03-19", utc(2026, 3, 10, 9, 0, 0));
	struct answer a =
	    post_as(BEN, DECISION_1_PAGE "/zurueckziehen",
		    FORM(FIELD_STR("version", row_version("1")), FIELD("rueckzug", "Überholt.")));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT outcome || ' ' || outcome_reason FROM agenda_entry WHERE id = 3"),
		  S("withdrawn Überholt."));
	CHECK_STR(state_of("1"), S("withdrawn"));
}

TESTS_MAIN
