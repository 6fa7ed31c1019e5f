/*
 * meeting_world.h -- a committee with a meeting: 2026-1, today (20 November 2026) at 14:00, with a
 * decision (point 1), a break and a formality (point 2).  Ivo leads it, Jule is his deputy, Cem
 * takes the minutes; Ben presents the decision.
 */
#ifndef TESTS_MEETING_WORLD_H
#define TESTS_MEETING_WORLD_H

#include "steering_world.h"

#define M1 "/sitzungen/2026-1"
#define P1 M1 "/punkte/1"
#define P3 M1 "/punkte/3"
enum { ENTRY_DECISION = 1, ENTRY_BREAK, ENTRY_FORMAL };

/* `state` as stored; the template came on 2026-11-10, so it is in time for today. */
__attribute__((unused)) static void meeting_world(const char *state)
{
	static const char sql[] =
	    "UPDATE decision SET state = 'scheduled';"
	    "INSERT INTO decision_version (decision_id, version, title, presenter_id, written_by,"
	    " written_at, published_at, counts_from, sha256) VALUES (1, 2, 'Verzeichnis für alle',"
	    " 2, 2, 1794300000, 1794300000, 1794300000,"
	    " '2222222222222222222222222222222222222222222222222222222222222222');"
	    "INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot,"
	    " place, chair_id, deputy_id, minute_taker_id, answer_by, uid, invited_at, created_by,"
	    " created_at) VALUES (1, 2026, 1, 'draft', '2026-11-20', 840, 1795179600, 60,"
	    " 'Rathaus Seefeld', 9, 10, 3, '2026-11-18', 'abcdefghijklmnop', NULL, 1, 1);"
	    "INSERT INTO agenda_entry (id, meeting_id, pos, kind, decision_id, title,"
	    " presenter_id, minutes) VALUES (1, 1, 1, 'decision', 1, 'Verzeichnis für alle', 2, "
	    "30),"
	    " (2, 1, 2, 'break', NULL, 'Pause', NULL, 10),"
	    " (3, 1, 3, 'formal', NULL, 'Verschiedenes', NULL, 20);";

	steering_world();
	run_sql(sql);
	run_sql(arena_cstr(test_arena,
			   arena_fmt(test_arena,
				     "UPDATE meeting SET state = '%s', invited_at = CASE '%s' WHEN"
				     " 'draft' THEN NULL ELSE 1795000000 END, opened_at = CASE WHEN"
				     " '%s' IN ('running', 'paused') THEN 1795165200 END",
				     state, state, state)));
}

/* Checks people in, by SQL. */
__attribute__((unused)) static void are_here(const int64_t *people, size_t n)
{
	for (size_t i = 0; i < n; i++)
		run_sql(arena_cstr(
		    test_arena,
		    arena_fmt(test_arena,
			      "INSERT INTO attendance (meeting_id, person_id, municipality_id, "
			      "role, mode, from_at) SELECT 1, p.id, s.municipality_id, coalesce("
			      "(SELECT CASE role WHEN 'committee' THEN 'holder' ELSE 'deputy' END "
			      "FROM role_grant g WHERE g.person_id = p.id AND g.role LIKE "
			      "'committee%%'), 'presenter'), 'room', 1795165000 FROM person p JOIN"
			      " membership s ON s.person_id = p.id WHERE p.id = %d",
			      (int)people[i])));
}
#define HERE(...)                                                                                  \
	are_here((const int64_t[]){__VA_ARGS__}, sizeof((int64_t[]){__VA_ARGS__}) / sizeof(int64_t))

__attribute__((unused)) static struct test_field version_of(const char *what)
{
	return FIELD_STR(
	    "version",
	    arena_fmt(test_arena, "%d",
		      (int)count_of(arena_cstr(
			  test_arena, arena_fmt(test_arena, "SELECT row_version FROM %s", what)))));
}
#define MEETING_VERSION version_of("meeting WHERE number = 1")

__attribute__((unused)) static struct str new_meeting(const char *day, const char *time)
{
	return FORM(FIELD_STR("tag", str_of(day)), FIELD_STR("uhrzeit", str_of(time)),
		    FIELD("dauer", "90"), FIELD("ort", "Rathaus Lindheim"), FIELD("video", ""),
		    FIELD("zugang", "Aufzug"), FIELD("moderation", "9"), FIELD("vertretung", "10"),
		    FIELD("protokoll", "3"), FIELD("antworten", ""));
}

#endif
