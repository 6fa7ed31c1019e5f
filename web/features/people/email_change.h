/*
 * email_change.h -- a new address for an account.
 *
 * It counts when somebody has opened the link that was sent to it, and never when another account
 * has it; whoever asks is not told which of the two it is.  The old address is told when it is
 * asked for and when it has changed.
 */
#ifndef FEATURES_PEOPLE_EMAIL_CHANGE_H
#define FEATURES_PEOPLE_EMAIL_CHANGE_H

#include "app/form.h"

struct email_owner {
	int64_t id;
	struct str name, email; /* the one that counts now */
};

/* Reads an address that is to become this person's; what is wrong with it is noted at the field,
 * also when this network asked too often (sets *status to 429, else 422). */
MUST enum err email_change_read(struct form *f, const struct form_field *field,
				const struct email_owner *who, struct str *wanted, int *status);
/* In the write transaction.  One that was asked for before opens nothing any more. */
MUST enum err email_change_ask(struct request *rq, const struct email_owner *who,
			       struct str wanted);
/* What waits to be confirmed; empty: nothing. */
MUST enum err email_change_pending(struct request *rq, int64_t person_id, struct str *email);

/* What is told at an address.  `by` may be empty; `wanted` is shown for NOTICE_ASKED. */
enum email_notice { NOTICE_ASKED, NOTICE_CHANGED, NOTICE_TAKEN, NOTICE_NAME, NOTICES };
struct email_told {
	int64_t person_id;
	struct str name, email; /* whom, and where */
	struct str by, wanted;
	struct str dedupe;
};
MUST enum err email_notice(struct request *rq, enum email_notice what, const struct email_told *t);

#endif
