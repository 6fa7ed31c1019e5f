/*
 * recusal.h -- recusal ("Befangenheit"), personal and for one point (HGO § 25): declared by the
 * person or noted by the chair, before or while the point is dealt with; lifted with a reason.
 */
#ifndef STEERING_RECUSAL_H
#define STEERING_RECUSAL_H

#include "features/steering/agenda.h"

struct recusal {
	int64_t id, person_id, noted_by_id, at;
	struct str name, unit, reason, noted_by;
};
struct recusals {
	size_t n;
	struct recusal *v; /* those that stand */
};
MUST enum err recusals_load(struct request *rq, const struct meeting *m,
			    const struct agenda_entry *e, struct recusals *out);

struct recusal_place {
	int64_t decision_id;
	int64_t meeting_id; /* 0: a circular resolution */
};
/* Notes that this person takes no part, with its event and record. */
MUST enum err recusal_add(struct request *rq, const struct recusal_place *where, int64_t person_id,
			  int64_t municipality_id, struct str reason);

/* When she was out, "14:00–14:20 Uhr" or "seit 14:00 Uhr": of the point only what lies between the
 * note and its end (0: none).  Empty while it has not begun. */
struct recusal_span {
	int64_t noted_at, lifted_at, started_at, ended_at;
};
struct str recusal_absence(struct arena *a, const struct recusal_span *s);

bool recusal_of(const struct recusals *all, int64_t person_id);

/* Section RECUSALS with its rows: part/recusals.html. */
void recusals_show(struct request *rq, struct view *v, const struct recusals *all);

#endif
