/*
 * correction.h -- clerical corrections of sealed minutes (correction.c) and of circular resolutions
 * (circular_correction.c): one person proposes, another one confirms, and nothing is overwritten.
 * Who these are is asked where the minutes or the vote are loaded; the rest is the same.
 */
#ifndef STEERING_CORRECTION_H
#define STEERING_CORRECTION_H

#include "app/form.h"

struct correction {
	int64_t id, meeting_id, poll_id; /* meeting_id: of the minutes alone, else 0 */
	int64_t proposed_by, confirmed_at;
	struct str old, new, reason, proposer, confirmer, subject;
};

/* The form of a proposal, empty: part/correction_fields.html. */
void correction_form(struct form *f, struct request *rq);
/* What it says; `missing`: the message for words that are not in `text`. */
void correction_read(struct form *f, struct str text, enum message missing, struct correction *out);

/* In whose history it is noted: as in steering_event. */
struct correction_of {
	const char *object;
	int64_t id;
};
MUST enum err correction_propose(struct request *rq, const struct correction_of *of,
				 const struct correction *c);
/* By the viewer, with its record. */
MUST enum err correction_settle(struct request *rq, const struct correction_of *of,
				const struct correction *c);
MUST enum err correction_drop(struct request *rq, const struct correction_of *of,
			      const struct correction *c);

#endif
