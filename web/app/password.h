/*
 * password.h -- Argon2id with a limit: at most two hashes at once over all workers.
 *
 * One hash takes 100 ms and 64 MiB; a flood of logins must not take all workers and memory.  One
 * more may wait for a slot; whoever comes then is told at once that we are busy, so that of four
 * workers one stays free for those who read.  The two slots and the place of the one who waits are
 * files in the data directory, taken with flock, so a killed worker frees what it held.
 */
#ifndef APP_PASSWORD_H
#define APP_PASSWORD_H

#include "base/arena.h"
#include "base/err.h"

enum { PASSWORD_MIN_CHARS = 12, PASSWORD_MAX_CHARS = 256 };

/*
 * Compares in a slot; E_THROTTLED when none is free within two seconds, or at once when somebody
 * waits already; E_UNAVAILABLE at once when the slots cannot be opened.  With an empty hash the
 * same work is done against a dummy and the answer is no, so unknown addresses take as long.
 */
MUST enum err password_check(struct str data_dir, struct str password, struct str hash,
			     bool *matches);
MUST enum err password_hash(struct str data_dir, struct arena *a, struct str password,
			    struct str *hash);

#endif
