/* meeting_test.c -- planning a meeting and reading about it. */
#include "base/daytime.h"
#include "meeting_world.h"

#define NEW "/sitzungen/neu"
#define EDIT M1 "/bearbeiten"
#define COUNT "SELECT count(*) FROM meeting"

TEST(a_meeting_is_planned_and_keeps_exactly_the_time_that_was_typed)
{
	steering_world();
	CHECK_INT(get_as(ANNA, NEW).status, 200);
	check_refusals(ANNA, NEW, new_meeting("10.12.2026", "14:07"), COUNT);
	check_once(ANNA, NEW, new_meeting("10.12.2026", "14:07"), COUNT);
	struct answer a = get_as(DORA, M1);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Steuerungskreis 1/2026"));
	CHECK(shows(&a, "14:07–15:37"));
	CHECK(shows(&a, "Donnerstag, 10."));
	CHECK_INT(count_of("SELECT starts_at FROM meeting"), 1796908020);
	/* Numbers run within a year. */
	CHECK_INT(post_as(IVO, NEW, new_meeting("11.12.2026", "9")).status, 303);
	CHECK_INT(post_as(IVO, NEW, new_meeting("14.01.2027", "9 Uhr")).status, 303);
	CHECK_INT(get_as(DORA, "/sitzungen/2026-2").status, 200);
	CHECK_INT(get_as(DORA, "/sitzungen/2027-1").status, 200);
	a = get_as(DORA, "/sitzungen");
	CHECK(shows(&a, "Steuerungskreis 1/2027"));
	CHECK(shows(&a, "Vorlagen bis 5."));
}

TEST(planning_fails_whole)
{
	steering_world();
	check_failures(ANNA, NEW, new_meeting("10.12.2026", "14:00"), COUNT);
}

/* On 28 March 2027 clocks go from 02:00 to 03:00; on 25 October 2026 02:30 comes twice. */
TEST(clock_change_a_time_that_does_not_exist_is_refused_and_of_a_doubled_one_the_first_is_taken)
{
	steering_world();
	struct answer a = post_as(ANNA, NEW, new_meeting("28.03.2027", "02:30"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Diese Uhrzeit gibt es an dem Tag nicht"));
	CHECK(shows(&a, "value=\"02:30\""));
	CHECK(shows(&a, "value=\"Rathaus Lindheim\""));
	CHECK_INT(count_of(COUNT), 0);
	CHECK_INT(post_as(ANNA, NEW, new_meeting("28.03.2027", "03:00")).status, 303);
	CHECK_INT(count_of("SELECT starts_at FROM meeting"), 1806195600);
	clock_set(1792000000); /* 14 October 2026 */
	CHECK_INT(post_as(ANNA, NEW, new_meeting("25.10.2026", "02:30")).status, 303);
	CHECK_INT(count_of("SELECT starts_at FROM meeting WHERE day = '2026-10-25'"), 1792888200);
}

TEST(what_does_not_fit_is_said_at_the_field_and_nothing_is_lost)
{
	static const struct {
		const char *field, *value, *says;
	} cases[] = {
	    {"tag", "19.11.2026", "Dieser Tag ist schon vorbei"},
	    {"uhrzeit", "25:00", "Gib eine Uhrzeit an"},
	    {"dauer", "4", "Gib 5 bis 1440 Minuten an"},
	    {"video", "http://unsicher.example", "https://"},
	    {"vertretung", "9", "Wähle eine andere Person als für die Moderation"},
	    {"moderation", "4", "Wähle eine der Möglichkeiten"},
	    {"antworten", "11.12.2026", "Gib einen Tag vor der Sitzung an"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		steering_world();
		struct str form = new_meeting("10.12.2026", "14:00"),
			   name = arena_fmt(test_arena, "%s=", cases[i].field);
		size_t at = str_find(form, name), end = at + str_find_char(str_from(form, at), '&');
		form = arena_fmt(test_arena, "%.*s%.*s%.*s%.*s", ARG(str_head(form, at)), ARG(name),
				 ARG(percent_encode(test_arena, str_of(cases[i].value))),
				 ARG(str_from(form, end)));
		struct answer a = post_as(ANNA, NEW, form);
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, cases[i].says));
		CHECK(shows(&a, "value=\"Aufzug\""));
		CHECK_INT(count_of(COUNT), 0);
	}
}

static struct str edit_form(const char *place, struct test_field version)
{
	return FORM(FIELD("tag", "20.11.2026"), FIELD("uhrzeit", "14:00"), FIELD("dauer", "60"),
		    FIELD_STR("ort", str_of(place)), FIELD("video", ""), FIELD("zugang", ""),
		    FIELD("moderation", "9"), FIELD("vertretung", "10"), FIELD("protokoll", "3"),
		    FIELD("antworten", ""), version);
}

TEST(two_who_edit_at_once_both_see_both_wordings)
{
	meeting_world("draft");
	struct test_field old = MEETING_VERSION;
	CHECK_INT(get_as(ANNA, EDIT).status, 200);
	CHECK_INT(post_as(ANNA, EDIT, edit_form("Saal Nord", old)).status, 303);
	struct answer a = post_as(IVO, EDIT, edit_form("Saal Süd", old));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Saal Nord"));
	CHECK(shows(&a, "value=\"Saal Süd\""));
	CHECK_STR(text_of("SELECT place FROM meeting"), S("Saal Nord"));
	CHECK_INT(post_as(IVO, EDIT, edit_form("Saal Süd", MEETING_VERSION)).status, 303);
	CHECK_STR(text_of("SELECT place FROM meeting"), S("Saal Süd"));
}

TEST(editing_fails_whole)
{
	meeting_world("draft");
	check_failures(ANNA, EDIT, edit_form("Saal Nord", MEETING_VERSION),
		       "SELECT count(*) FROM meeting WHERE place = 'Saal Nord'");
}

TEST(only_those_who_prepare_may_plan)
{
	meeting_world("draft");
	CHECK_INT(post_as(HEIDI, NEW, new_meeting("10.12.2026", "14:00")).status, 403);
	CHECK_INT(get_as(HEIDI, EDIT).status, 403);
	CHECK_INT(get_as(FINN, M1).status, 403);
	CHECK_INT(get_as(DORA, "/sitzungen/2026-01").status, 404);
	CHECK_INT(get_as(DORA, "/sitzungen/2026-9").status, 404);
	struct answer a = get_as(DORA, M1);
	CHECK(!shows(&a, "/bearbeiten"));
}

TEST(the_page_shows_times_picture_and_deadlines)
{
	meeting_world("draft");
	struct answer a = get_as(ANNA, M1);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "14:00–14:30"));
	CHECK(shows(&a, "14:40–15:00"));
	CHECK(shows(&a, "Zeitplan von 14:00 bis 15:00 Uhr: TOP\u00a0"
			"1 30\u00a0Minuten, Pause 10\u00a0Minuten, TOP\u00a0"
			"2 20\u00a0Minuten."));
	CHECK(shows(&a, "Vorlagen bis 15.11.2026, 23:59"));
	CHECK(shows(&a, "1 von 1 rechtzeitig"));
	CHECK(!shows(&a, "zu viel"));
	run_sql("UPDATE agenda_entry SET minutes = 21 WHERE id = 3");
	a = get_as(ANNA, M1);
	CHECK(shows(&a, "Eine Minute zu viel"));
	CHECK(shows(&a, "erst um 15:01"));
}

/* Three of one day around the end of the first page: none is skipped. */
TEST(older_meetings_come_page_by_page)
{
	steering_world();
	for (int i = 1; i <= 28; i++)
		run_sql(arena_cstr(
		    test_arena,
		    arena_fmt(test_arena,
			      "INSERT INTO meeting (year, number, state, day, start_minute,"
			      " starts_at, slot, uid, created_by, created_at) VALUES (2025, %d,"
			      " 'closed', '2025-%02d-01', %d, 1, 60, 'u%d', 1, 1)",
			      i,
			      i >= 24 && i <= 26 ? 1
			      : i < 12           ? 12
			      : i < 24           ? 6
						 : 1,
			      900 - i, i)));
	struct answer a = get_as(DORA, "/sitzungen");
	CHECK(shows(&a, "/sitzungen/2025-1\"") && !shows(&a, "/sitzungen/2025-26\""));
	size_t at = str_find(a.body, S("?vor="));
	CHECK(at < a.body.n);
	struct str link = str_from(a.body, at);
	link = str_head(link, str_find_char(link, '"'));
	a = get_as(DORA,
		   arena_cstr(test_arena, arena_fmt(test_arena, "/sitzungen%.*s", ARG(link))));
	CHECK(shows(&a, "/sitzungen/2025-26\"") && shows(&a, "/sitzungen/2025-27\"") &&
	      shows(&a, "/sitzungen/2025-28\"") && !shows(&a, "/sitzungen/2025-25\""));
	CHECK_INT(get_as(DORA, "/sitzungen?vor=unsinn").status, 200);
}

TEST(tasks_out_of_minutes_stand_beside_the_list)
{
	meeting_world("closed");
	run_sql(
	    "INSERT INTO minutes_note (meeting_id, kind, text, person_id, due_on, by, at) VALUES"
	    " (1, 'task', 'Liste vorlegen', 2, '2026-11-19', 1, 1),"
	    " (1, 'task', 'Später', NULL, '2026-11-21', 1, 1),"
	    " (1, 'note', 'Kein Auftrag', NULL, NULL, 1, 1)");
	struct answer a = get_as(DORA, "/sitzungen");
	CHECK(shows(&a, "überfällig seit 19.11.2026"));
	CHECK(shows(&a, "bis 21.11.2026"));
	CHECK(!shows(&a, "Kein Auftrag"));
	CHECK(shows(&a, "beendet"));
}

/* A point may become restricted after a task was noted on it. */
TEST(a_task_of_a_restricted_point_is_for_the_committee_and_whoever_has_it)
{
	static const struct {
		int64_t person;
		bool reads;
	} cases[] = {{ANNA, true}, {IVO, true}, {BEN, true}, {DORA, false}};

	meeting_world("closed");
	run_sql("INSERT INTO minutes_note (meeting_id, agenda_entry_id, kind, text, person_id, by,"
		" at) VALUES (1, 1, 'task', 'Klage vorbereiten', 2, 1, 1);"
		"UPDATE agenda_entry SET restricted = 'Laufendes Verfahren' WHERE id = 1");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct answer a = get_as(cases[i].person, "/sitzungen");
		CHECK_INT(shows(&a, "Klage vorbereiten"), cases[i].reads);
	}
}

TESTS_MAIN
