/* minutes_votes.h -- the part of minutes about a decision: wording, recusals, votes. */
#ifndef STEERING_MINUTES_VOTES_H
#define STEERING_MINUTES_VOTES_H

#include "features/steering/minutes.h"

MUST enum err minutes_votes(struct request *rq, const struct minutes *x,
			    const struct agenda_entry *e, struct buf *b);
/* "Regel: …"; nothing for an empty value. */
void minutes_fact(struct buf *b, const char *what, struct str value);
/* Words of a person, each line behind "> ". */
void minutes_quote(struct buf *b, struct str words);

/* Votes that became void after the text was sealed: section VOIDS of steering/minutes_show.html. */
MUST enum err minutes_voids_show(struct request *rq, const struct minutes *x);

#endif
