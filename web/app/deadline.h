/*
 * deadline.h -- the five-day rule: a decision template lies before the committee five days before
 * its meeting.  Pure.
 *
 * The handbook counts calendar days, weekends and holidays included, to the end of the day in
 * Europe/Berlin: for a meeting on 19 March until 14 March, 23:59:59.  Never 120 hours: around a
 * clock change that would be another time.  With clear days neither end counts, so a sixth is
 * needed; a cooperation may set that.
 */
#ifndef APP_DEADLINE_H
#define APP_DEADLINE_H

#include "base/date.h"

struct deadline_rule {
	int days; /* 5 */
	bool clear_days;
};

/* The last day, and its last second. */
struct date deadline_day(struct deadline_rule rule, struct date meeting_day);
int64_t deadline_ready_by(struct deadline_rule rule, struct date meeting_day);
/* Of the version that counts: the newest published with the resolution's present words. */
bool deadline_timely(struct deadline_rule rule, struct date meeting_day, int64_t published_at);

#endif
