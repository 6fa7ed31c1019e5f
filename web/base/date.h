/*
 * date.h -- days of the Gregorian calendar and the wall clock of Europe/Berlin.
 *
 * The database keeps days as TEXT "YYYY-MM-DD" and instants as UTC seconds.  A person reads
 * "31.03.2026", "26. November 2026" or "03/2027" and may type "31.03.2026", "31.3.26",
 * "2026-03-31" or, where a month is asked for, "03/2027" and "3.2027".
 */
#ifndef BASE_DATE_H
#define BASE_DATE_H

#include "base/arena.h"
#include "base/err.h"

struct date {
	int year, month, day; /* 0 0 0: no date */
};

/* Fixes the time zone of the process; E_INTERNAL when the zone data is missing
 * (2026-07-01 12:00 in Berlin must be 10:00 UTC). Call once before any other function here. */
MUST enum err date_init(void);

bool date_valid(struct date d);
bool date_is_none(struct date d);
int date_cmp(struct date a, struct date b);
int64_t date_days(struct date d); /* days since 1970-01-01 */
struct date date_from_days(int64_t days);
struct date date_add_days(struct date d, int64_t days);
/* The same day n months later, or the last day of that month (30 Nov + 3 = 28 or 29 Feb). */
struct date date_add_months(struct date d, int months);
struct date date_month_end(struct date d);
int date_quarter(struct date d); /* 1 to 4 */
int date_weekday(struct date d); /* 0 Monday … 6 Sunday */

/* Wall clock of Europe/Berlin. */
struct date date_of(int64_t instant);
struct date date_today(void);
int64_t date_end_of_day(struct date d); /* instant of 23:59:59 local time */

/* Storage form. */
bool date_parse_iso(struct str s, struct date *out);
struct date date_of_iso(struct str s);               /* none for what is no day */
struct str date_iso(struct arena *a, struct date d); /* empty for no date */

/* What a person types.  `month_end` decides which day "03/2027" means. */
bool date_parse_german(struct str s, struct date *out);
bool date_parse_month(struct str s, bool month_end, struct date *out); /* also full dates */

/* What a person reads; empty for no date. */
struct str date_short(struct arena *a, struct date d); /* 26.11.2026 */
struct str date_long(struct arena *a, struct date d);  /* 26. November 2026, first blank NBSP */
struct str date_month_year(struct arena *a, struct date d);   /* 11/2026 */
struct str date_weekday_name(struct date d);                  /* Freitag */
struct str date_month_name_short(struct date d);              /* Nov */
struct str date_time_short(struct arena *a, int64_t instant); /* 26.11.2026, 10:51 */
struct str date_time_long(struct arena *a, int64_t instant);  /* 26. November 2026, 10:51 Uhr */

#endif
