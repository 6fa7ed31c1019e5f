/*
 * clock.h -- the time, in UTC seconds; replaceable in tests.
 *
 * Instants are int64_t seconds since 1970 UTC everywhere, in memory and in the database.  What a
 * person reads or types is the calendar of Europe/Berlin: see date.h.
 */
#ifndef BASE_CLOCK_H
#define BASE_CLOCK_H

#include <stdint.h>

int64_t clock_now(void);         /* UTC seconds; the time set by clock_set, if any */
int64_t clock_micros(void);      /* monotonic, for durations only; never set by tests */
void clock_set(int64_t seconds); /* tests, the demo: stops it; 0 lets it run again */

#endif
