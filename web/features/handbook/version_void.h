/*
 * version_void.h -- a version that came into force by a vote that is void.
 *
 * The vote counts no more (steering/poll_void.h), so what rested on it does not either: the version
 * lies before the committee again, under the number and address that people have read, and the one
 * before it is in force again.  Editorial versions on top of it have its words in them and fall
 * with it; a later resolution on the whole text stands.  What stood with the version is kept in
 * revision_void.  A public edition of it is withdrawn: to publish one anew takes two keys again.
 * Confirmations of reading stay with the version they were for; open feedback finds its place in
 * the version that is in force again.
 */
#ifndef HANDBOOK_VERSION_VOID_H
#define HANDBOOK_VERSION_VOID_H

#include "features/handbook/version.h"

/* In the transaction that makes an adopted vote on that decision void. */
MUST enum err versions_vote_voided(struct request *rq, int64_t decision_id, struct str reason);

/* Section VOIDED of its page, while it is not in force. */
MUST enum err version_void_show(struct request *rq, const struct version *v);

#endif
