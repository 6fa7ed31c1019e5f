/*
 * round_asked.h -- who is asked in a review round and what they answered.
 */
#ifndef HANDBOOK_ROUND_ASKED_H
#define HANDBOOK_ROUND_ASKED_H

#include "features/handbook/round.h"

enum answer {
	ANSWER_INVITED,
	ANSWER_GIVEN,
	ANSWER_NO_REMARKS,
	ANSWER_REPRESENTED,
	ANSWER_NO_REPLY
};
enum { ANSWERS = ANSWER_NO_REPLY + 1 };
extern const struct str answer_names[ANSWERS]; /* as stored, for form_choice */
struct str answer_label(enum answer a);        /* "ohne Rückmeldung" */

/* One who is asked: a person, or a municipality as such (person_id 0). */
struct asked {
	int64_t id, municipality_id, person_id, delegate_id, answered_at, row_version;
	struct str municipality, person, delegate;
	enum answer answer; /* by the clock: whoever said nothing in time is ANSWER_NO_REPLY */
};

/* By municipality, the municipality as such first, then people by name. */
MUST enum err asked_load(struct request *rq, const struct round *r, struct asked **out, size_t *n);
/* The viewer's own invitation, or that of the municipality the viewer answers for; E_NOT_FOUND
 * without one. */
MUST enum err asked_own(struct request *rq, const struct round *r, struct asked *out);
MUST enum err asked_municipality(struct request *rq, const struct round *r, struct asked *out);

/* Asks a person who is not asked yet; OK when already asked. */
MUST enum err asked_person(struct request *rq, const struct round *r, int64_t person_id,
			   int64_t municipality_id);
/* Writes down an answer and its event, and brings the letters in line.  E_CONFLICT when somebody
 * else answered in between. */
MUST enum err asked_answer(struct request *rq, const struct round *r, const struct asked *asked,
			   enum answer answer, int64_t delegate_id);

/* Active members of the municipalities with any role in the project, by municipality and name: who
 * can be asked, and among whom somebody can choose a delegate. */
struct candidate {
	int64_t person_id, municipality_id;
	struct str person, municipality;
};
MUST enum err candidates_load(struct request *rq, struct candidate **out, size_t *n);

#endif
