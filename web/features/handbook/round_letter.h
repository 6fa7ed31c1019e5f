/* round_letter.h -- what a review round writes to the people it asks. */
#ifndef HANDBOOK_ROUND_LETTER_H
#define HANDBOOK_ROUND_LETTER_H

#include "app/outbox.h"
#include "base/date.h"

struct round_mail {
	int64_t person_id;
	struct str name;
	int64_t number;        /* of the round */
	struct date closes_on; /* its last day */
	struct str link;       /* absolute */
	struct str contact;    /* who answers questions, with the address */
};

/* Fill in everything but dedupe and not_before. */
MUST enum err round_invitation(struct arena *a, const struct round_mail *m, struct letter *out);
/* `days_left` counts from the day it is sent: 0 on the last one. */
MUST enum err round_reminder(struct arena *a, const struct round_mail *m, int64_t days_left,
			     struct letter *out);

#endif
