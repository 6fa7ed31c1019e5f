/*
 * municipality_leaving.h -- how a municipality leaves the cooperation.
 *
 * One person who may (MUNICIPALITY_END) enters it with reason and last day, another one of another
 * municipality confirms; one of the two works for the municipality that leaves, unless nobody there
 * may.  Until it is confirmed nothing changes.  Then municipality.left_on is the last day, and
 * every reading compares it with its own: seat and vote end with that day whatever else happens,
 * except in a vote that began before. The accounts end by the tick after it, once nothing is in the
 * municipality's hands any more; what came there after the confirmation is shown until then, and
 * all who are concerned are told.
 */
#ifndef FEATURES_PEOPLE_MUNICIPALITY_LEAVING_H
#define FEATURES_PEOPLE_MUNICIPALITY_LEAVING_H

#include "features/people/municipality.h"

enum { LEAVING_REASON_MAX = 1000 }; /* characters */

struct leaving {
	int64_t id; /* 0: nobody has entered it, or it was not confirmed in time */
	int64_t planned_by, planned_from, confirmed_by, confirmed_at;
	struct date last_day;
	struct str reason, planner, planner_from, confirmer, confirmer_from;
	bool needs_own; /* the second person must be one of the municipality that leaves */
	bool over;      /* confirmed, and the last day has passed */
	/* What the viewer may do with it now. */
	bool may_confirm, may_withdraw;
};
MUST enum err leaving_load(struct request *rq, const struct municipality *m, struct leaving *out);

/* In the write transaction, with audit row and letters. */
MUST enum err leaving_plan(struct request *rq, const struct municipality *m, struct date last_day,
			   struct str reason);
MUST enum err leaving_confirm(struct request *rq, const struct municipality *m,
			      const struct leaving *x);
MUST enum err leaving_withdraw(struct request *rq, const struct municipality *m,
			       const struct leaving *x);

/* To the committee and the municipality's administrators, except the viewer. */
enum leaving_news {
	LEAVING_PLANNED,
	LEAVING_CONFIRMED,
	LEAVING_WITHDRAWN,
	LEAVING_WAITS,
	LEAVINGS
};
MUST enum err leaving_letters(struct request *rq, const struct municipality *m,
			      const struct leaving *x, enum leaving_news what);

/* Everything that must go to others before, and what ends, into the view; `blocking` counts. */
MUST enum err leaving_hands_show(struct request *rq, const struct municipality *m,
				 int64_t *blocking);
/* Memberships, roles, invitations and parts in task forces end now; nothing must be blocking. */
MUST enum err leaving_finish(struct request *rq, const struct municipality *m,
			     const struct leaving *x);

#endif
