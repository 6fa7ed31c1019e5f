/*
 * poll_presence.h -- who of the roll is there, who is recused, which proxies stand.
 */
#ifndef STEERING_POLL_PRESENCE_H
#define STEERING_POLL_PRESENCE_H

#include "features/steering/poll.h"

/* Marks voters and ballots.  A circular resolution is looked at as it was in its last second. */
MUST enum err poll_presence(struct request *rq, const struct poll *p, struct electorate *e);

/* Whether the viewer is recused from this vote now, whatever they do in it. */
MUST enum err poll_viewer_recused(struct request *rq, const struct poll *p, bool *out);

/* Somebody whose account was suspended is not there any more: ends the attendance, so that roll and
 * register agree.  For acts; reading leaves it alone. */
MUST enum err poll_presence_tidy(struct request *rq, const struct poll *p);

#endif
