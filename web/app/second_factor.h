/*
 * second_factor.h -- the code of an app beside the password (RFC 6238), and codes for the day the
 * phone is gone.
 *
 * Who has power over others or over votes needs one (people.md: administrators, project office,
 * committee); a municipality may ask it of all its people, and anybody may have one.  Who needs one
 * and has none yet has no roles until it is set up (viewer.must_enrol, see viewer_load).
 *
 * Secrets are boxed with a key that lies outside of the database (factor.key); recovery codes are
 * hashes keyed with it.  So a copy of the database gives neither away.
 */
#ifndef APP_SECOND_FACTOR_H
#define APP_SECOND_FACTOR_H

#include "app/app.h"

enum { RECOVERY_CODES = 10, TRUST_DAYS = 30, DRAFT_SECONDS = 900 };

/* Makes the key's file when it is missing and nobody has a second factor yet. */
MUST enum err factor_key_prepare(struct db *db, struct arena *a, const struct config *c);
MUST enum err factor_key_load(struct arena *a, const struct config *c, struct str *key);

/* Do these roles need one?  Never when the installation goes without. */
bool factor_needed(const struct config *c, unsigned roles, bool for_all);

struct factor_state {
	bool active;
	int64_t since; /* 0: not active */
	int64_t codes_left;
};
MUST enum err factor_state(struct request *rq, int64_t person_id, struct factor_state *out);

/* In the write transaction: is it the app's code, not used before, or an unused recovery code?
 * What was right is used up. */
MUST enum err factor_accept(struct request *rq, int64_t person_id, struct str code, bool *right);

/*
 * Setting one up: a draft is made, shown (also again), and becomes the factor when a code of it was
 * given.  The one that was active before counts until then.  A draft is bound to the session that
 * made it and counts DRAFT_SECONDS.  With the factor every session ends that began without it; this
 * browser gets a new one.
 */
struct factor_draft {
	struct str secret; /* empty: there is no draft */
	struct str codes[RECOVERY_CODES];
};
MUST enum err factor_draft_make(struct request *rq);
MUST enum err factor_draft_load(struct request *rq, struct factor_draft *out);
MUST enum err factor_confirm(struct request *rq, struct str code, bool *right);

/* New recovery codes instead of the old ones: the only time they can be read. */
MUST enum err factor_codes_renew(struct request *rq, struct str codes[RECOVERY_CODES]);

/* Takes it away, with codes and trusted devices: the phone is gone.  Sessions are the caller's
 * business. */
MUST enum err factor_remove(struct request *rq, int64_t person_id);

/* A device on which the code is not asked for TRUST_DAYS, known by a cookie. */
MUST enum err device_trust(struct request *rq, int64_t person_id);
MUST enum err device_is_trusted(struct request *rq, int64_t person_id, bool *trusted);
MUST enum err devices_forget(struct db *db, int64_t person_id);

#endif
