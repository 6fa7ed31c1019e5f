/*
 * daytime.h -- times of the day on the wall clock of Europe/Berlin, in minutes since midnight.
 *
 * A person reads "14:00" and may type "14:00", "14.00", "14 Uhr", "9:30 Uhr" or "14".  date_init
 * comes first.
 */
#ifndef BASE_DAYTIME_H
#define BASE_DAYTIME_H

#include "base/date.h"

enum { DAY_MINUTES = 24 * 60 };

/* The instant at which the clock shows this minute of that day.  False where it never does (02:30
 * in the night of the change to summer time); where it does twice, the first. */
bool daytime_instant(struct date day, int minute, int64_t *instant);
/* Eight o'clock, when letters that remind go out; clocks never change then. */
int64_t daytime_eight(struct date day);
int daytime_of(int64_t instant); /* minute of its local day */

bool daytime_parse(struct str s, int *minute);         /* what a person types */
struct str daytime_short(struct arena *a, int minute); /* 14:00; empty outside of a day */
struct str daytime_short_of(struct arena *a, int64_t instant);

#endif
