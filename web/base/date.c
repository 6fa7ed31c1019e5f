/* date.c -- calendar arithmetic, and the wall clock of Europe/Berlin through the C library. */
#include "base/date.h"

#include "base/clock.h"
#include "base/log.h"

#include <stdlib.h>
#include <time.h>

static const struct str month_names[] = {S_INIT("Januar"),  S_INIT("Februar"),  S_INIT("März"),
					 S_INIT("April"),   S_INIT("Mai"),      S_INIT("Juni"),
					 S_INIT("Juli"),    S_INIT("August"),   S_INIT("September"),
					 S_INIT("Oktober"), S_INIT("November"), S_INIT("Dezember")};
static const struct str weekday_names[] = {
    S_INIT("Montag"),  S_INIT("Dienstag"), S_INIT("Mittwoch"), S_INIT("Donnerstag"),
    S_INIT("Freitag"), S_INIT("Samstag"),  S_INIT("Sonntag")};

enum err date_init(void)
{
	/* 2026-07-01 10:00 UTC is 12:00 in Berlin; without zone data it would read 10:00. */
	time_t probe = 1782900000;
	struct tm local;

	if (setenv("TZ", "Europe/Berlin", 1) != 0)
		return E_INTERNAL;
	tzset();
	if (localtime_r(&probe, &local) == NULL || local.tm_hour != 12) {
		log_event(LOG_ERROR, "no_time_zone", KV_C("zone", "Europe/Berlin"),
			  KV_C("cure", "install the package tzdata"));
		return E_INTERNAL;
	}
	return OK;
}

static bool leap(int year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int month_days(int year, int month)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	return month == 2 && leap(year) ? 29 : days[month - 1];
}

bool date_valid(struct date d)
{
	return d.year >= 1900 && d.year <= 2999 && d.month >= 1 && d.month <= 12 && d.day >= 1 &&
	       d.day <= month_days(d.year, d.month);
}

bool date_is_none(struct date d)
{
	return d.year == 0;
}

int date_cmp(struct date a, struct date b)
{
	int64_t x = date_days(a), y = date_days(b);

	return (x > y) - (x < y);
}

/* Counts from 1 March, so that the leap day is the last of its year. */
int64_t date_days(struct date d)
{
	int64_t year = d.month > 2 ? d.year : d.year - 1;
	int64_t month = d.month > 2 ? d.month - 3 : d.month + 9;

	return year * 365 + year / 4 - year / 100 + year / 400 + (month * 153 + 2) / 5 + d.day -
	       719469;
}

struct date date_from_days(int64_t days)
{
	int64_t n = days + 719468;
	int64_t era = n / 146097, day = n % 146097;
	int64_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
	day -= year * 365 + year / 4 - year / 100;
	int64_t month = (day * 5 + 2) / 153;
	day -= (month * 153 + 2) / 5;
	year += era * 400 + (month >= 10);
	return (struct date){(int)year, (int)(month < 10 ? month + 3 : month - 9), (int)day + 1};
}

struct date date_add_days(struct date d, int64_t days)
{
	return date_from_days(date_days(d) + days);
}

struct date date_add_months(struct date d, int months)
{
	int count = d.year * 12 + d.month - 1 + months;
	int year = count / 12, month = count % 12 + 1;
	int last = month_days(year, month);

	return (struct date){year, month, d.day < last ? d.day : last};
}

struct date date_month_end(struct date d)
{
	return (struct date){d.year, d.month, month_days(d.year, d.month)};
}

int date_quarter(struct date d)
{
	return (d.month + 2) / 3;
}

int date_weekday(struct date d)
{
	return (int)((date_days(d) + 3) % 7); /* 1970-01-01 was a Thursday */
}

static bool local_time(int64_t instant, struct tm *out)
{
	time_t t = (time_t)instant;

	return localtime_r(&t, out) != NULL;
}

struct date date_of(int64_t instant)
{
	struct tm t;

	if (!local_time(instant, &t))
		return (struct date){0, 0, 0};
	return (struct date){t.tm_year + 1900, t.tm_mon + 1, t.tm_mday};
}

struct date date_today(void)
{
	return date_of(clock_now());
}

int64_t date_end_of_day(struct date d)
{
	struct tm t = {.tm_year = d.year - 1900,
		       .tm_mon = d.month - 1,
		       .tm_mday = d.day,
		       .tm_hour = 23,
		       .tm_min = 59,
		       .tm_sec = 59,
		       .tm_isdst = -1};

	return (int64_t)mktime(&t);
}

/* Reads digits up to `max`, at most nine, and the separator behind them; a separator of 0 means the
 * end. */
static bool number(struct str *rest, size_t min, size_t max, char separator, int *out)
{
	int value = 0;
	size_t n = 0;

	for (; n < rest->n && n < max && rest->p[n] >= '0' && rest->p[n] <= '9'; n++)
		value = value * 10 + (rest->p[n] - '0');
	if (n < min)
		return false;
	if (separator == 0 ? n != rest->n : n >= rest->n || rest->p[n] != separator)
		return false;
	*rest = str_from(*rest, separator == 0 ? n : n + 1);
	*out = value;
	return true;
}

bool date_parse_iso(struct str s, struct date *out)
{
	struct date d;

	if (!number(&s, 4, 4, '-', &d.year) || !number(&s, 2, 2, '-', &d.month) ||
	    !number(&s, 2, 2, 0, &d.day) || !date_valid(d))
		return false;
	*out = d;
	return true;
}

struct date date_of_iso(struct str s)
{
	struct date d = {0, 0, 0};

	(void)date_parse_iso(s, &d);
	return d;
}

bool date_parse_german(struct str s, struct date *out)
{
	struct date d;

	s = str_trim(s);
	if (date_parse_iso(s, out))
		return true;
	struct str rest = s;
	if (!number(&rest, 1, 2, '.', &d.day) || !number(&rest, 1, 2, '.', &d.month))
		return false;
	bool short_year = rest.n == 2;
	if (!number(&rest, 2, 4, 0, &d.year))
		return false;
	/* A year of two digits is one of this century: nobody plans for 1931 here. */
	if (short_year)
		d.year += 2000;
	if (!date_valid(d))
		return false;
	*out = d;
	return true;
}

bool date_parse_month(struct str s, bool month_end, struct date *out)
{
	struct date d = {0, 0, 1};

	s = str_trim(s);
	if (date_parse_german(s, out))
		return true;
	struct str rest = s;
	if (!number(&rest, 1, 2, '/', &d.month)) {
		rest = s;
		if (!number(&rest, 1, 2, '.', &d.month))
			return false;
	}
	if (!number(&rest, 4, 4, 0, &d.year) || !date_valid(d))
		return false;
	*out = month_end ? date_month_end(d) : d;
	return true;
}

struct str date_iso(struct arena *a, struct date d)
{
	if (date_is_none(d))
		return S("");
	return arena_fmt(a, "%04d-%02d-%02d", d.year, d.month, d.day);
}

struct str date_short(struct arena *a, struct date d)
{
	if (date_is_none(d))
		return S("");
	return arena_fmt(a, "%02d.%02d.%04d", d.day, d.month, d.year);
}

struct str date_long(struct arena *a, struct date d)
{
	if (date_is_none(d))
		return S("");
	return arena_fmt(a, "%d.\u00a0%.*s %d", d.day, ARG(month_names[d.month - 1]), d.year);
}

struct str date_month_year(struct arena *a, struct date d)
{
	if (date_is_none(d))
		return S("");
	return arena_fmt(a, "%02d/%04d", d.month, d.year);
}

struct str date_weekday_name(struct date d)
{
	return weekday_names[date_weekday(d)];
}

struct str date_month_name_short(struct date d)
{
	static const struct str names[] = {S_INIT("Jan"), S_INIT("Feb"), S_INIT("Mär"),
					   S_INIT("Apr"), S_INIT("Mai"), S_INIT("Jun"),
					   S_INIT("Jul"), S_INIT("Aug"), S_INIT("Sep"),
					   S_INIT("Okt"), S_INIT("Nov"), S_INIT("Dez")};

	return names[d.month - 1];
}

struct str date_time_short(struct arena *a, int64_t instant)
{
	struct tm t;

	if (!local_time(instant, &t))
		return S("");
	return arena_fmt(a, "%.*s, %02d:%02d", ARG(date_short(a, date_of(instant))), t.tm_hour,
			 t.tm_min);
}

struct str date_time_long(struct arena *a, int64_t instant)
{
	struct tm t;

	if (!local_time(instant, &t))
		return S("");
	return arena_fmt(a, "%.*s, %02d:%02d\u00a0Uhr", ARG(date_long(a, date_of(instant))),
			 t.tm_hour, t.tm_min);
}
