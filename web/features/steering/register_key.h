/*
 * register_key.h -- the file with the key that seals the register.
 *
 * It lies outside of the database (setting register_key), so that a copy of the database cannot
 * seal: 64 hexadecimal digits and a line end, for the program's user alone (0600).
 */
#ifndef STEERING_REGISTER_KEY_H
#define STEERING_REGISTER_KEY_H

#include "base/config.h"
#include "base/secret.h"
#include "db/db.h"

/* E_UNAVAILABLE, with a log line that says what to do, when the file is missing, readable for
 * others or no key. */
MUST enum err register_key_load(struct arena *a, const struct config *c, struct secret_key *out);
/* Makes the file when it is missing and nothing is sealed yet; otherwise it must be a good one. */
MUST enum err register_key_prepare(struct db *db, struct arena *a, const struct config *c);

#endif
