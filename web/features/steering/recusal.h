/*
 * recusal.h -- recusal ("Befangenheit"), personal and for one point (HGO § 25): declared by the
 * person or noted by the chair, before or while the point is dealt with; lifted with a reason.
 *
 * Whoever was noted by another may dispute it.  Then the committee decides without that person, by
 * a vote of its own with a simple majority (POLL_RECUSAL), before it votes on the matter; until
 * then the person takes no part.  What it decided nobody lifts or notes anew; the person may still
 * declare herself recused.
 */
#ifndef STEERING_RECUSAL_H
#define STEERING_RECUSAL_H

#include "app/form.h"
#include "features/steering/agenda.h"

struct recusal {
	int64_t id, person_id, noted_by_id, at;
	int64_t disputed_at; /* 0: not */
	bool decided;        /* by the committee: it stands */
	bool in_vote;        /* the committee votes on it now: nobody lifts it meanwhile */
	struct str name, unit, reason, noted_by, dispute_reason;
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

/* Of `recusal x`: stands, is disputed, and the committee has not decided. */
#define RECUSAL_UNDECIDED                                                                          \
	"x.lifted_at IS NULL AND x.disputed_at IS NOT NULL AND NOT EXISTS (SELECT 1 FROM poll q"   \
	" WHERE q.decision_id = x.decision_id AND q.recusal_id = x.id AND q.result = 'adopted')"
/* The one to be decided next, id 0 for none. */
MUST enum err recusal_to_decide(struct request *rq, const struct recusal_place *where, int64_t *id,
				struct str *name);
struct poll;
/* What its vote decided takes effect, in the transaction that closes it. */
MUST enum err recusal_decide(struct request *rq, const struct poll *p);
/* The committee decided that this person is not recused. */
MUST enum err recusal_is_settled(struct request *rq, const struct recusal_place *where,
				 int64_t person_id, bool *out);
struct register_book;
/* Lifts what keeps somebody out of a meeting or a circular that is not over, and ends a vote on it;
 * else as attendance_gone. */
MUST enum err recusal_gone(struct register_book *book, int64_t person_id);
bool recusal_may_dispute(const struct request *rq, const struct recusal *x);

/* Parts of the page of a point, shared by its handlers. */
extern const struct form_field recusal_why_field;
bool recusal_is_open(const struct meeting *m, const struct agenda_entry *e);
/* Of a form on the page of a point. */
struct recusal_act {
	struct meeting m;
	struct agenda_entry *e;
	struct recusals all;
	struct form f;
	const struct recusal *x; /* the one it names; NULL when that stands no more */
	struct str why;
};
/* A form about the recusal named in "eintrag"; E_BAD_REQUEST without a number. */
MUST enum err recusal_act_begin(struct request *rq, const struct form_field *why,
				struct recusal_act *out);
MUST enum err recusal_act_page(struct recusal_act *act, int status);
MUST enum err recusal_act_done(struct recusal_act *act, enum message done);

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
