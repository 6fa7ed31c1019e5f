/* follow_up_test.c -- resolutions that are carried out: their light, and the way back to the
 * committee. */
#include "features/steering/follow_up.h"

#include "base/date.h"
#include "steering_world.h"

#define ENTRIES "SELECT count(*) FROM agenda_entry"

static struct date day(const char *iso)
{
	struct date d = {0, 0, 0};

	CHECK(iso[0] == '\0' || date_parse_iso(str_of(iso), &d));
	return d;
}

TEST(the_light_follows_day_and_reports)
{
	/* Today is 20 November 2026. */
	static const struct {
		const char *due, *since, *report;
		enum light reported;
		bool blocked, reason, done;
		enum light light;
		enum follow_cause cause;
	} cases[] = {
	    {"", "2026-11-01", "", LIGHT_GREY, false, false, false, LIGHT_GREEN, FOLLOW_ON_PLAN},
	    {"", "2026-10-21", "", LIGHT_GREY, false, false, false, LIGHT_GREEN, FOLLOW_ON_PLAN},
	    {"", "2026-10-20", "", LIGHT_GREY, false, false, false, LIGHT_YELLOW, FOLLOW_SILENT},
	    {"2026-11-19", "2026-11-01", "", LIGHT_GREY, false, false, false, LIGHT_RED,
	     FOLLOW_OVERDUE},
	    {"2026-11-20", "2026-11-01", "", LIGHT_GREY, false, false, false, LIGHT_YELLOW,
	     FOLLOW_SOON},
	    {"2026-12-04", "2026-11-01", "", LIGHT_GREY, false, false, false, LIGHT_YELLOW,
	     FOLLOW_SOON},
	    {"2026-12-05", "2026-11-01", "", LIGHT_GREY, false, false, false, LIGHT_GREEN,
	     FOLLOW_ON_PLAN},
	    /* The newest report keeps it from being silent. */
	    {"", "2026-01-01", "2026-10-21", LIGHT_GREEN, false, false, false, LIGHT_GREEN,
	     FOLLOW_ON_PLAN},
	    {"", "2026-01-01", "2026-10-20", LIGHT_GREEN, false, false, false, LIGHT_YELLOW,
	     FOLLOW_SILENT},
	    {"2027-01-01", "2026-01-01", "2026-11-18", LIGHT_GREEN, true, false, false, LIGHT_RED,
	     FOLLOW_BLOCKED},
	    /* Worse is always believed, better only with a reason, and not for ever. */
	    {"2027-01-01", "2026-01-01", "2026-11-18", LIGHT_RED, false, false, false, LIGHT_RED,
	     FOLLOW_REPORTED},
	    {"2026-11-25", "2026-01-01", "2026-11-18", LIGHT_GREEN, false, false, false,
	     LIGHT_YELLOW, FOLLOW_SOON},
	    {"2026-11-25", "2026-01-01", "2026-11-18", LIGHT_GREEN, false, true, false, LIGHT_GREEN,
	     FOLLOW_REPORTED},
	    {"2026-11-25", "2026-01-01", "2026-10-19", LIGHT_GREEN, false, true, false,
	     LIGHT_YELLOW, FOLLOW_SOON},
	    /* Done is done. */
	    {"2026-01-01", "2025-01-01", "2026-01-02", LIGHT_RED, true, false, true, LIGHT_GREEN,
	     FOLLOW_FINISHED},
	};

	CHECK_INT(date_init(), OK);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct follow_facts f = {.done = cases[i].done,
					 .due = day(cases[i].due),
					 .since = day(cases[i].since),
					 .report = day(cases[i].report),
					 .reported = cases[i].reported,
					 .blocked = cases[i].blocked,
					 .reason = cases[i].reason};
		struct follow_light l = follow_light(&f, day("2026-11-20"));
		if (l.light != cases[i].light || l.cause != cases[i].cause)
			fail_msg("case %zu: %d %d", i, (int)l.light, (int)l.cause);
		CHECK(follow_cause_label(l.cause).n > 0);
	}
}

/* Two resolutions: one overdue, one on its way. */
static void resolutions(void)
{
	steering_world();
	run_sql("UPDATE decision SET state = 'in_follow_up';"
		"INSERT INTO decision (id, year, number, author_id, state, created_at) VALUES"
		" (2, 2026, 2, 1, 'in_follow_up', 1795000000);"
		"INSERT INTO decision_version (decision_id, version, title, resolution, written_by,"
		" written_at) VALUES (2, 1, 'Noch etwas', 'Wir tun es.', 1, 1795000000);"
		"INSERT INTO follow_up (decision_id, year, number, responsible_id, due_on) VALUES"
		" (1, 2026, 7, 2, '2026-11-19'), (2, 2026, 8, NULL, NULL);"
		"UPDATE decision SET created_at = 1795000000");
}

static void meeting(const char *number, const char *day_text, const char *state)
{
	run_sql(arena_fmt(test_arena,
			  "INSERT INTO meeting (year, number, state, day, start_minute, starts_at,"
			  " slot, uid, created_by, created_at) VALUES (2026, %s, '%s', '%s', 600,"
			  " strftime('%%s', '%s') + 0, 120, 'uid-%s', 1, 1)",
			  number, state, day_text, day_text, number)
		    .p);
}

static int64_t place(void)
{
	int64_t placed = -1;

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(follow_ups_place(test_db, test_arena, &placed), OK);
	CHECK_INT(db_commit(test_db), OK);
	return placed;
}

TEST(what_is_not_green_comes_back_to_the_next_meeting_once)
{
	resolutions();
	CHECK_INT(place(), 0);                 /* there is no meeting yet */
	meeting("3", "2026-11-10", "invited"); /* past */
	meeting("5", "2027-02-01", "draft");
	meeting("4", "2026-12-10", "invited");
	meeting("6", "2026-11-25", "cancelled");
	CHECK_INT(place(), 1);
	CHECK_INT(place(), 0);
	CHECK_STR(text_of("SELECT m.number || ' ' || e.kind || ' ' || e.title || ' ' ||"
			  " e.presenter_id FROM agenda_entry e JOIN meeting m ON m.id ="
			  " e.meeting_id"),
		  S("4 information Umsetzung von Beschluss 2026-7: Verzeichnis für alle 2"));
	CHECK_INT(count_of("SELECT count(*) FROM steering_event WHERE action = 'follow_up'"
			   " AND actor_id IS NULL"),
		  1);
	/* Heard and still not green: it comes to the one after. */
	run_sql("UPDATE agenda_entry SET started_at = 1, ended_at = 2, outcome = 'heard';"
		"UPDATE meeting SET state = 'closed' WHERE number = 4");
	CHECK_INT(place(), 1);
	CHECK_INT(count_of(ENTRIES " e JOIN meeting m ON m.id = e.meeting_id WHERE m.number = 5"),
		  1);
}

TEST(what_is_done_or_green_does_not_come_back)
{
	resolutions();
	meeting("4", "2026-12-10", "draft");
	run_sql("UPDATE follow_up SET due_on = '2027-06-01'");
	CHECK_INT(place(), 0);
	run_sql("UPDATE follow_up SET due_on = '2026-01-01', done_at = 5");
	CHECK_INT(place(), 0);
}

TEST(the_list_begins_with_what_needs_attention)
{
	struct follow_up *v;
	size_t n;

	resolutions();
	CHECK_INT(db_begin_read(test_db, test_arena), OK);
	CHECK_INT(follow_ups_load(test_db, test_arena, false, &v, &n), OK);
	CHECK_INT(n, 2);
	CHECK_STR(v[0].label, S("2026-7"));
	CHECK_STR(v[0].decision.slug, S("2026-1"));
	CHECK_INT(v[0].light.cause, FOLLOW_OVERDUE);
	CHECK_STR(v[0].responsible, S("Ben Birke"));
	CHECK_STR(v[0].resolution, S("Die Kommunen führen ein gemeinsames Verzeichnis."));
	CHECK_STR(v[1].decision.title, S("Noch etwas"));
	CHECK_INT(follow_ups_load(test_db, test_arena, true, &v, &n), OK);
	CHECK_INT(n, 0);
	db_rollback(test_db);
}

TEST(placing_fails_as_a_whole_or_not_at_all)
{
	enum err err = E_INTERNAL;

	for (int call = 1; err != OK; call++) {
		resolutions();
		meeting("4", "2026-12-10", "draft");
		CHECK_INT(db_begin_write(test_db, test_arena), OK);
		db_fail_after(test_db, call, E_UNAVAILABLE);
		err = follow_ups_place(test_db, test_arena, NULL);
		db_fail_after(test_db, 0, OK);
		if (err == OK)
			CHECK_INT(db_commit(test_db), OK);
		else
			db_rollback(test_db);
		CHECK_INT(count_of(ENTRIES), err == OK ? 1 : 0);
		CHECK(call < 100);
	}
}

TESTS_MAIN
