/*
 * poll_show.h -- a decision's votes on a page: the card to vote with, who has voted, the result.
 *
 * A page that shows them calls poll_section and includes {{>SYMBOLS}} at its top and
 * {{>POLL_CARD}}, {{>POLL_TURNOUT}} and {{>POLL_RESULT}} where they shall stand.
 */
#ifndef STEERING_POLL_SHOW_H
#define STEERING_POLL_SHOW_H

#include "features/steering/ballot.h"

/* The newest vote of the decision; nothing when there was none. */
MUST enum err poll_section(struct request *rq, const struct decision *d, struct view *v);

/* One vote.  `form` is what could not be cast, or NULL.  A circular resolution that is over is
 * shown counted, whether that is written down already or not. */
MUST enum err poll_show_one(struct request *rq, const struct decision *d, const struct poll *p,
			    const struct ballot_form *form, struct view *v);

/* All votes of the decision, as links, when there is more than one. */
MUST enum err poll_show_list(struct request *rq, const struct decision *d, struct view *v);

/* The result of a vote that is closed or over; e is its electorate. */
MUST enum err poll_show_result(struct request *rq, const struct decision *d, struct poll *p,
			       const struct electorate *e, struct view *v);

/* The page of a decision's votes, for those who lead and those who vote. */
struct poll_page {
	const struct poll *poll;        /* NULL: none yet */
	const struct ballot_form *form; /* refused: what was typed */
	bool late;                      /* cast after the end */
	bool blocked;                   /* for a unit for which the viewer may not vote now */
	bool stale;                     /* somebody was faster */
	struct form *opening;           /* refused opening */
};
MUST enum err poll_page(struct request *rq, const struct decision *d, const struct poll_page *page,
			int status);

#endif
