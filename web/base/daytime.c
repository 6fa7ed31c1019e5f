/* daytime.c -- hours and minutes through the C library's zone data. */
#include "base/daytime.h"

#include <time.h>

int daytime_of(int64_t instant)
{
	time_t t = (time_t)instant;
	struct tm local;

	return localtime_r(&t, &local) == NULL ? 0 : local.tm_hour * 60 + local.tm_min;
}

bool daytime_instant(struct date day, int minute, int64_t *instant)
{
	/* Summer time first: of a doubled hour it is the earlier one. */
	static const int offsets[] = {2 * 3600, 3600};

	if (!date_valid(day) || minute < 0 || minute >= DAY_MINUTES)
		return false;
	for (size_t i = 0; i < sizeof offsets / sizeof offsets[0]; i++) {
		int64_t t = date_days(day) * 86400 + (int64_t)minute * 60 - offsets[i];
		if (daytime_of(t) == minute) { /* and the day: offsets differ by hours */
			*instant = t;
			return true;
		}
	}
	return false;
}

int64_t daytime_eight(struct date day)
{
	int64_t instant = 0;

	(void)daytime_instant(day, 8 * 60, &instant);
	return instant;
}

static bool digits(struct str s, int most, int *out)
{
	int64_t value;

	if (s.n < 1 || s.n > 2 || !str_to_int(s, &value) || value > most)
		return false;
	*out = (int)value;
	return true;
}

bool daytime_parse(struct str s, int *minute)
{
	int hours, minutes = 0;

	s = str_trim(s);
	if (str_ends(s, S("Uhr")))
		s = str_trim(str_head(s, s.n - 3));
	size_t colon = str_find_char(s, ':'), dot = str_find_char(s, '.');
	size_t at = colon < s.n ? colon : dot;
	if (at < s.n && (s.n - at != 3 || !digits(str_from(s, at + 1), 59, &minutes)))
		return false;
	if (!digits(str_head(s, at), 23, &hours))
		return false;
	*minute = hours * 60 + minutes;
	return true;
}

struct str daytime_short(struct arena *a, int minute)
{
	if (minute < 0 || minute >= DAY_MINUTES)
		return S("");
	return arena_fmt(a, "%02d:%02d", minute / 60, minute % 60);
}

struct str daytime_short_of(struct arena *a, int64_t instant)
{
	return daytime_short(a, daytime_of(instant));
}
