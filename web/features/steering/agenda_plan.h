/*
 * agenda_plan.h -- the times of an agenda, from the minutes set aside for each point.  Pure.
 *
 * Planned: the start of the meeting and the minutes of all points and breaks before.  Once it runs:
 * what really began and ended, and for the rest a forecast from there.  A point that takes longer
 * moves all that come after; a break that was passed over takes no time.
 */
#ifndef STEERING_AGENDA_PLAN_H
#define STEERING_AGENDA_PLAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct plan_entry {
	bool is_break, done; /* done: has an outcome */
	int64_t minutes, started_at, ended_at;
	/* Filled in: instants; from and to are real or forecast, 0 for what will not come. */
	int64_t planned_from, planned_to, from, to;
};
struct plan {
	int64_t starts_at, slot; /* slot in minutes */
	int64_t opened_at;       /* 0: not yet */
	int64_t now;
	size_t n;
	struct plan_entry *entries;
	/* Filled in. */
	int64_t minutes; /* sum of all */
	int64_t ends_at; /* by the forecast */
	int64_t over;    /* minutes beyond the slot, planned or by the forecast; 0: it fits */
};
void agenda_plan(struct plan *p);

#endif
