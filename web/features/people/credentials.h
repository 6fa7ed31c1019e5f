/*
 * credentials.h -- what ends when somebody's password is replaced: by the person, behind the link
 * of a letter, or by the operator.
 */
#ifndef FEATURES_PEOPLE_CREDENTIALS_H
#define FEATURES_PEOPLE_CREDENTIALS_H

#include "base/arena.h"
#include "base/err.h"
#include "db/db.h"

/*
 * In the write transaction: all sessions and logins half done, trusted devices, links to a new
 * password with the letters that wait to carry one, and the secret address of the calendar. Whoever
 * had any of them with the old password has nothing.
 */
MUST enum err credentials_end(struct db *db, struct arena *a, int64_t person_id);

/* What makes the letter of a row of password_reset the one it is: see outbox.h. */
struct str reset_dedupe(struct arena *a, int64_t reset_id);

/* Of these the links and letters alone. */
MUST enum err reset_links_end(struct db *db, struct arena *a, int64_t person_id);

#endif
