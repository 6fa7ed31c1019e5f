/*
 * poll_letter.h -- letters about votes, as rows of the outbox: the receipt, the result, the
 * invitation to answer in writing.
 */
#ifndef STEERING_POLL_LETTER_H
#define STEERING_POLL_LETTER_H

#include "features/steering/poll.h"

/* To the viewer, with the receipts as text. */
MUST enum err poll_letter_receipt(struct request *rq, const struct decision *d,
				  const struct poll *p, int64_t seq, struct str receipts);
/* To everybody in the roll. */
MUST enum err poll_letters_result(struct request *rq, const struct decision *d,
				  const struct poll *p);
MUST enum err poll_letters_circular(struct request *rq, const struct decision *d,
				    const struct poll *p);
/* Voting in writing was stopped: whoever has voted or would have hears why. */
MUST enum err poll_letters_stopped(struct request *rq, const struct decision *d,
				   const struct poll *p);
/* It was declared void: whoever holds a receipt hears it, and all others of the roll. */
MUST enum err poll_letters_voided(struct request *rq, const struct decision *d,
				  const struct poll *p);
/* A slip was corrected: whoever holds a receipt. */
MUST enum err poll_letters_corrected(struct request *rq, const struct decision *d,
				     const struct poll *p, int64_t correction_id);
/* Nobody is reminded of what is over. */
MUST enum err poll_letters_cancel(struct request *rq, const struct poll *p);

#endif
