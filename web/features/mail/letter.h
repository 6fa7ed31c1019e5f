/* letter.h -- one row of the outbox on its way: taking it, writing it, marking it. */
#ifndef FEATURES_MAIL_LETTER_H
#define FEATURES_MAIL_LETTER_H

#include "features/mail/sender.h"

enum { ATTEMPTS_MAX = 26 }; /* three days */

struct taken {
	int64_t id, attempt, created_at, link_id;
	struct str topic, subject, body, link;
	struct str name, email;
	bool wanted; /* false: it was called back instead, there is nothing to send */
};

/* Seconds until the attempt after this one (from 1). */
int64_t letter_back_off(int64_t attempt);

/* In a transaction of its own.  E_NOT_FOUND: somebody else has it, or it is no longer due. */
MUST enum err letter_take(struct sender *s, int64_t id, struct taken *out);
/* The message; E_INTERNAL when it cannot be written (an address that is none). */
MUST enum err letter_message(struct sender *s, const struct taken *t, struct str *out);
/* In a transaction of its own, with the row of mail_run. */
MUST enum err letter_mark(struct sender *s, const struct taken *t, enum smtp_outcome outcome,
			  struct str why);

#endif
