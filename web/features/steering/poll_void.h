/*
 * poll_void.h -- a closed vote is never opened again; two persons may declare it void.
 *
 * Of a meeting's vote they are its chair or deputy chair and its minute-taker, of a circular one
 * two of project office and chair.  One proposes with a reason, the other confirms; whoever is
 * recused from the matter does neither.  Only a vote that decided something, the last one on its
 * template, and only until the minutes are approved that tell of it: those of its meeting, for a
 * circular one those of any meeting that began after it.  Then the result counts no more: the
 * template goes back (to "called" while its point is, else into the pool), its resolution ends and
 * its number stays taken, and what it had revoked stands again.
 */
#ifndef STEERING_POLL_VOID_H
#define STEERING_POLL_VOID_H

#include "features/steering/poll.h"

struct poll_void {
	int64_t id; /* 0: nobody has proposed it */
	int64_t proposed_by, confirmed_at;
	struct str reason, proposer, confirmer;
	/* What the viewer may do with it now. */
	bool may_propose, may_confirm, may_withdraw;
};
MUST enum err poll_void_load(struct request *rq, const struct decision *d, const struct poll *p,
			     struct poll_void *out);
/* For the two alone; E_FORBIDDEN for others, whatever the state is. */
MUST enum err poll_void_load_to_act(struct request *rq, const struct decision *d,
				    const struct poll *p, struct poll_void *out);

MUST enum err poll_void_propose(struct request *rq, const struct decision *d, const struct poll *p,
				struct str reason);
MUST enum err poll_void_withdraw(struct request *rq, const struct decision *d,
				 const struct poll_void *x);
/* With all that follows, in the caller's write transaction. */
MUST enum err poll_void_confirm(struct request *rq, struct decision *d, struct poll *p,
				const struct poll_void *x);

/* On the page of the result: section VOIDED, of part/poll_result.html. */
MUST enum err poll_void_show(struct request *rq, const struct decision *d, const struct poll *p,
			     struct view *v);

/* Takes the resolution out of follow-up and restores what it had revoked (follow_up_void.c). */
MUST enum err follow_up_void(struct request *rq, const struct decision *d, const struct poll *p,
			     struct str reason);

#endif
