/*
 * follow_up.h -- what becomes of resolutions: who carries them out until when, reports, the light,
 * and the way back onto an agenda.
 *
 * A resolution in follow-up whose light is not green comes back to the committee by itself: it is
 * put on the agenda of the next meeting that is prepared or invited to, once.
 */
#ifndef STEERING_FOLLOW_UP_H
#define STEERING_FOLLOW_UP_H

#include "app/follow_light.h"
#include "features/steering/decision.h"

struct follow_up {
	struct decision decision; /* in follow_ups_load only id, slug and title */
	int64_t year, number, row_version, responsible_id;
	struct str label; /* of the resolution: "2026-7" */
	struct str responsible, evidence, resolution;
	struct date due, decided_on;
	int64_t done_at, last_report_at;
	struct str superseded_by; /* address of the decision that did; empty */
	struct follow_facts facts;
	struct follow_light light;
};
/* E_NOT_FOUND when the decision is none that was adopted. */
MUST enum err follow_up_load(struct request *rq, struct str slug, struct follow_up *out);
/* The same for a report: E_FORBIDDEN for those who are neither responsible nor the office, and
 * E_CONFLICT when it is over. */
MUST enum err follow_up_load_to_report(struct request *rq, struct str slug, struct follow_up *out);
bool follow_up_may_report(const struct request *rq, const struct follow_up *f);

/* All of them, those that need attention first. */
MUST enum err follow_ups_load(struct db *db, struct arena *a, bool ended, struct follow_up **out,
			      size_t *n);

/* When the committee has adopted: a number of that year, and the step into follow-up. */
MUST enum err follow_up_start(struct request *rq, struct decision *d, int64_t decided_at);

struct follow_up_report {
	int light; /* enum light; -1: none was chosen */
	bool blocked;
	struct str text, why; /* why: the light is better than the computed one */
};
MUST enum err follow_up_add_report(struct request *rq, const struct follow_up *f,
				   const struct follow_up_report *p);

/* It is revoked by a resolution that was adopted later: noted, registered, and its last step. */
MUST enum err follow_up_revoke(struct request *rq, struct follow_up *f, int64_t later_id,
			       struct str reason);
/* The resolution that a wording says it revokes, now that it was adopted; nothing if there is none
 * or that one has been revoked before. */
MUST enum err follow_up_revoke_named(struct request *rq, const struct decision *d, int64_t version);

/* Puts what is not green on the agenda of the next meeting; by the clock and after reports.  How
 * many were put there goes to `placed` (may be NULL). */
MUST enum err follow_ups_place(struct db *db, struct arena *a, int64_t *placed);
/* The same in its own transaction, for a timer. */
MUST enum err follow_ups_place_due(struct db *db, struct arena *a);

#endif
