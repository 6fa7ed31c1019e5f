/*
 * sender.h -- takes letters out of the outbox and gives them to a carrier (export/smtp.h, or one of
 * a test).
 *
 * A letter is taken in a transaction of its own, carried while none is open, and marked in another.
 * Taking it counts the attempt and puts off the next one, so a letter that was taken belongs to one
 * process until its lease ends.  Killed between carrying and marking, it goes out once more, under
 * the same Message-ID; nothing is lost, and no other letter is sent twice.
 *
 * Attempts are put off by 1, 2, 4 … minutes, at most 4 hours; after three days, or at once when the
 * server says that this letter will never do, it is given up and shown to the administrators.
 */
#ifndef FEATURES_MAIL_SENDER_H
#define FEATURES_MAIL_SENDER_H

#include "base/config.h"
#include "db/db.h"
#include "export/smtp.h"

#include <signal.h>

struct carrier {
	enum smtp_outcome (*carry)(void *context, struct arena *a, struct str from, struct str to,
				   struct str message, struct str *why);
	void *context;
};

struct sender {
	struct db *db;
	struct arena *arena; /* reset between letters */
	const struct config *config;
	struct carrier carrier;
	const volatile sig_atomic_t *stop; /* not 0: end after this letter; may be NULL */
};

/*
 * Everything that is due, digests included; ends early when the server takes nothing.  `sent`
 * counts what it took.  An error is the database's or ours; the next run goes on where this one
 * ended.
 */
MUST enum err sender_run(struct sender *s, int64_t *sent);

#endif
