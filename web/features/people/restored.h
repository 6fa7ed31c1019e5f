/*
 * restored.h -- what a copy that was put back must not bring back.
 *
 * An older copy knows sessions that were ended since, links that were used, addresses of calendars
 * that were given up, and people who were erased.  The list of those stands in a file beside the
 * database ("erasures"), so that it outlives the database: `handschlag backup` and the supervisor
 * keep it up to date, and the backup takes it along.
 */
#ifndef FEATURES_PEOPLE_RESTORED_H
#define FEATURES_PEOPLE_RESTORED_H

#include "base/config.h"
#include "db/db.h"

/* Adds to DIR/erasures who was erased and is not on it yet; nobody ever leaves it.  Without any
 * erasure there is no file. */
MUST enum err erasures_keep(struct db *db, struct arena *a, struct str dir);

/* What else ends for a person before she is erased anew, in the same transaction: other parts of
 * the program know what is hers. */
struct restored;
typedef enum err restored_leave(const struct restored *where, int64_t person_id);
struct restored {
	struct db *db;
	struct arena *arena;
	const struct config *config;
	restored_leave *leave;
};
/*
 * `handschlag after-restore [FILE…]`: ends all sessions, voids open links and calendar addresses,
 * erases anew who is on the list of the data directory or of a FILE, and prints the register's last
 * number and hash.  All of it or nothing; run twice it does no harm.
 */
int after_restore_command(const struct restored *where, int argc, char **argv);

#endif
