/*
 * poll_presence.h -- who of the roll is there, who is recused, which proxies stand.
 */
#ifndef STEERING_POLL_PRESENCE_H
#define STEERING_POLL_PRESENCE_H

#include "features/steering/poll.h"

/* Marks voters and ballots.  A circular resolution is looked at as it was in its last second. */
MUST enum err poll_presence(struct request *rq, const struct poll *p, struct electorate *e);

/* Somebody whose account was suspended is not there any more: ends the attendance, so that roll and
 * register agree.  For acts; reading leaves it alone. */
MUST enum err poll_presence_tidy(struct request *rq, const struct poll *p);

#endif
