/*
 * circular.h -- circular resolutions ("Umlaufbeschlüsse"): the municipalities vote in writing until
 * a day, each for itself.
 *
 * Any municipality may object to the procedure until then; that stops it (VwVfG § 90 (1)) and puts
 * the template on the agenda of the next meeting that has not begun, if there is one.  Silence is
 * never consent.  The end comes by the clock: every read counts what was there at the last
 * second, and circulars_close_due writes that down some time later.
 */
#ifndef STEERING_CIRCULAR_H
#define STEERING_CIRCULAR_H

#include "features/steering/poll.h"

/* Nobody is left who could still answer, so it may end before its day. */
bool circular_all_answered(struct arena *a, const struct poll *p, const struct electorate *e);

/* Writes down what is over.  For a timer; opens its own transactions. */
MUST enum err circulars_close_due(const struct app *app, struct db *db, struct arena *a);

/* Below its result: corrections that are proposed, for those who may confirm them. */
MUST enum err circular_corrections_show(struct request *rq, const struct decision *d,
					const struct poll *p, struct view *result);

#endif
