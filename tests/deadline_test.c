/* deadline_test.c -- the five-day rule, also in the nights in which clocks change. */
#include "app/deadline.h"

#include "base/daytime.h"
#include "base/log.h"
#include "test.h"

#include <stdlib.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

static const struct deadline_rule five = {.days = 5}, clear = {.days = 5, .clear_days = true};

static int zone(void **state)
{
	(void)state;
	return date_init() == OK ? 0 : -1;
}

/* "2026-03-14T22:59:59Z" */
static int64_t utc(const char *text)
{
	struct tm t = {0};

	CHECK(strptime(text, "%Y-%m-%dT%H:%M:%SZ", &t) != NULL);
	return (int64_t)timegm(&t);
}

static struct date day(const char *iso)
{
	struct date d;

	CHECK(date_parse_iso(str_of(iso), &d));
	return d;
}

TEST(the_agreed_cases)
{
	static const struct {
		const char *number, *meeting, *ready_by, *published;
		bool clear_days, timely;
	} cases[] = {
	    {"D1", "2026-03-19", "2026-03-14T22:59:59Z", "2026-03-14T22:59:59Z", false, true},
	    {"D2", "2026-03-19", "2026-03-14T22:59:59Z", "2026-03-14T23:00:00Z", false, false},
	    {"D3", "2026-04-02", "2026-03-28T22:59:59Z", "2026-03-28T21:00:00Z", false, true},
	    {"D5 before", "2026-04-02", "2026-03-28T22:59:59Z", "2026-03-27T10:00:00Z", false,
	     true},
	    {"D5 moved", "2026-03-31", "2026-03-26T22:59:59Z", "2026-03-27T10:00:00Z", false,
	     false},
	    {"D6 before", "2026-04-02", "2026-03-28T22:59:59Z", "2026-03-30T09:00:00Z", false,
	     false},
	    {"D6 moved", "2026-04-09", "2026-04-04T21:59:59Z", "2026-03-30T09:00:00Z", false, true},
	    {"D7 v1", "2026-04-02", "2026-03-28T22:59:59Z", "2026-03-25T09:00:00Z", false, true},
	    {"D7 v2", "2026-04-02", "2026-03-28T22:59:59Z", "2026-03-30T09:00:00Z", false, false},
	    {"D8", "2026-04-02", "2026-03-27T22:59:59Z", "2026-03-28T09:00:00Z", true, false},
	    {"D8 calendar", "2026-04-02", "2026-03-28T22:59:59Z", "2026-03-28T09:00:00Z", false,
	     true},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct deadline_rule rule = cases[i].clear_days ? clear : five;
		struct date meeting = day(cases[i].meeting);
		if (deadline_ready_by(rule, meeting) != utc(cases[i].ready_by) ||
		    deadline_timely(rule, meeting, utc(cases[i].published)) != cases[i].timely)
			fail_msg("%s", cases[i].number);
	}
	CHECK_INT(date_cmp(deadline_day(five, day("2026-03-19")), day("2026-03-14")), 0);
	CHECK_INT(date_cmp(deadline_day(clear, day("2026-03-19")), day("2026-03-13")), 0);
}

/* The last day may itself be the one on which the clocks change. */
TEST(the_last_day_is_one_of_23_or_25_hours)
{
	CHECK_INT(deadline_ready_by(five, day("2026-04-03")), utc("2026-03-29T21:59:59Z"));
	CHECK_INT(deadline_ready_by(five, day("2026-10-30")), utc("2026-10-25T22:59:59Z"));
	CHECK(deadline_timely(five, day("2026-04-03"), utc("2026-03-29T21:59:59Z")));
	CHECK(!deadline_timely(five, day("2026-04-03"), utc("2026-03-29T22:00:00Z")));
	CHECK(deadline_timely(five, day("2026-10-30"), utc("2026-10-25T22:59:59Z")));
	CHECK(!deadline_timely(five, day("2026-10-30"), utc("2026-10-25T23:00:00Z")));
}

TEST(a_deadline_never_moves_with_the_hour_of_the_meeting_or_over_a_year)
{
	CHECK_INT(deadline_ready_by(five, day("2027-01-03")), utc("2026-12-29T22:59:59Z"));
	CHECK_INT(deadline_ready_by(five, day("2028-03-02")), utc("2028-02-26T22:59:59Z"));
}

/* ---- Hours ---- */

static int64_t instant(const char *iso, int minute)
{
	int64_t t = -1;

	return daytime_instant(day(iso), minute, &t) ? t : -1;
}

TEST(local_times_become_instants)
{
	CHECK_INT(instant("2026-03-19", 14 * 60), utc("2026-03-19T13:00:00Z"));
	CHECK_INT(instant("2026-07-01", 12 * 60), utc("2026-07-01T10:00:00Z"));
	CHECK_INT(instant("2026-01-01", 0), utc("2025-12-31T23:00:00Z"));
	CHECK_INT(instant("2026-01-01", DAY_MINUTES - 1), utc("2026-01-01T22:59:00Z"));
	CHECK_INT(daytime_of(utc("2026-07-01T10:05:00Z")), 12 * 60 + 5);
}

TEST(a_time_that_never_comes_is_refused_and_of_a_doubled_one_the_first_is_meant)
{
	CHECK_INT(instant("2026-03-29", 2 * 60 + 30), -1);
	CHECK_INT(instant("2026-03-29", 2 * 60), -1);
	CHECK_INT(instant("2026-03-29", 3 * 60), utc("2026-03-29T01:00:00Z"));
	CHECK_INT(instant("2026-10-25", 2 * 60 + 30), utc("2026-10-25T00:30:00Z"));
	CHECK_INT(instant("2026-10-25", 3 * 60), utc("2026-10-25T02:00:00Z"));
	CHECK_INT(instant("2026-10-25", -1), -1);
	CHECK_INT(instant("2026-10-25", DAY_MINUTES), -1);
	int64_t t;
	CHECK(!daytime_instant((struct date){2026, 2, 30}, 600, &t));
}

/* In the years with summer time, and in those of the double one after the war. */
TEST(an_instant_is_of_the_day_and_minute_it_was_made_from)
{
	for (int year = 1940; year < 2100; year += year == 1950 ? 30 : 1)
		for (struct date d = {year, 1, 1}; d.year == year; d = date_add_days(d, 1))
			for (int minute = 0; minute < DAY_MINUTES; minute += 30) {
				int64_t t;
				if (daytime_instant(d, minute, &t))
					CHECK(daytime_of(t) == minute &&
					      date_cmp(date_of(t), d) == 0);
			}
}

TEST(an_instant_that_no_calendar_knows_is_no_day)
{
	struct arena *a = arena_new(65536);

	CHECK(date_is_none(date_of(INT64_MAX)));
	CHECK_STR(date_time_short(a, INT64_MAX), S(""));
	CHECK_STR(date_time_long(a, INT64_MAX), S(""));
	CHECK_INT(daytime_of(INT64_MAX), 0);
	arena_free(a);
}

TEST(times_are_read_as_people_type_them)
{
	static const struct {
		const char *typed;
		int minute; /* -1: refused */
	} cases[] = {{"14:00", 840},    {"14.00", 840}, {"9:05", 545},    {" 14 Uhr ", 840},
		     {"9:30 Uhr", 570}, {"7", 420},     {"0:00", 0},      {"23:59", 1439},
		     {"24:00", -1},     {"14:60", -1},  {"14:5", -1},     {"", -1},
		     {"Uhr", -1},       {":30", -1},    {"14:00:00", -1}, {"-1:00", -1},
		     {"1400", -1},      {"14:", -1},    {"vierzehn", -1}, {"14:00 Uhr Uhr", -1}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		int minute = -1;
		if (!daytime_parse(str_of(cases[i].typed), &minute))
			minute = -1;
		if (minute != cases[i].minute)
			fail_msg("%s: %d", cases[i].typed, minute);
	}
}

TEST(times_are_shown_with_two_digits)
{
	struct arena *a = arena_new(65536);

	CHECK_STR(daytime_short(a, 545), S("09:05"));
	CHECK_STR(daytime_short(a, DAY_MINUTES), S(""));
	CHECK_STR(daytime_short(a, -1), S(""));
	CHECK_STR(daytime_short_of(a, utc("2026-07-01T10:05:59Z")), S("12:05"));
	arena_free(a);
}

/* In a child, because the zone stays loaded. */
static enum err init_with_zones_from(const char *directory)
{
	int status = -1;
	pid_t child = fork();

	if (child == 0) {
		log_threshold(LOG_ERROR + 1);
		setenv("TZDIR", directory, 1);
		setenv("TZ", "UTC", 1); /* Berlin would not be read a second time */
		tzset();
		_exit(date_init() == OK ? 0 : 1);
	}
	CHECK_INT(waitpid(child, &status, 0), child);
	CHECK(WIFEXITED(status));
	return WEXITSTATUS(status) == 0 ? OK : E_INTERNAL;
}

TEST(missing_tzdata_is_noticed_at_the_start)
{
	CHECK_INT(init_with_zones_from("/usr/share/zoneinfo"), OK);
	CHECK_INT(init_with_zones_from("/nonexistent"), E_INTERNAL);
}

/* Whoever calls the committee together from elsewhere still means the clock of Berlin. */
TEST(a_foreign_zone_of_the_machine_changes_nothing)
{
	setenv("TZ", "America/New_York", 1);
	tzset();
	CHECK_INT(date_init(), OK);
	CHECK_INT(instant("2026-07-01", 12 * 60), utc("2026-07-01T10:00:00Z"));
}

TESTS_MAIN_WITH(zone, NULL)
