/*
 * four_eyes.h -- a new address and a reset second factor together would hand an account, and its
 * vote, to whoever asked for both.  So nobody does one to a person to whom they did the other
 * within the last 30 days; the audit says who did what.  Another administrator of the municipality
 * can, and where there is none, the technical administration of the installation.
 */
#ifndef FEATURES_PEOPLE_FOUR_EYES_H
#define FEATURES_PEOPLE_FOUR_EYES_H

#include "features/people/member.h"

enum { FOUR_EYES_DAYS = 30 };
enum rescue { RESCUE_FACTOR, RESCUE_EMAIL, RESCUES };

/* rq->id, for who looks after these people, or for the technical administration where nobody of
 * the municipality can help; else E_FORBIDDEN, also for oneself. */
MUST enum err member_load_rescue(struct request *rq, enum rescue act, struct member *out);
/* May the technical administration, because nobody of the municipality can? */
MUST enum err rescue_falls_to_installation(struct request *rq, enum rescue act, int64_t person_id,
					   int64_t municipality_id, bool *out);
/* Did the viewer do the other one?  Then the section FOUR_EYES says who can instead
 * (part/four_eyes.html). */
MUST enum err four_eyes_show(struct request *rq, enum rescue act, const struct member *p,
			     bool *blocked);

#endif
