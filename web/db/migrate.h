/*
 * migrate.h -- brings a database to the schema of this program: forward only.
 *
 * The files schema/NNNN_*.sql are compiled into the program in their order.  All missing ones run
 * in one write transaction together with the new version number, after a backup
 * "<dir>/before-NNNN.db" of a database that has content.  Killed at any point, the schema is the
 * old one or the new one.
 */
#ifndef DB_MIGRATE_H
#define DB_MIGRATE_H

#include "db/db.h"

struct migration {
	int64_t number;
	const char *name; /* 0001_people */
	const char *sql;
};
extern const struct migration migrations[]; /* generated; ends with number 0 */

MUST enum err migrate(struct db *db, struct arena *a, struct str dir);
/* E_UNAVAILABLE (and a log line that says what to do) when the schema is older or newer. */
MUST enum err migrate_check(struct db *db, struct arena *a);

#endif
