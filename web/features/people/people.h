/* people.h -- accounts from the command line; what main.c and the demo data call. */
#ifndef FEATURES_PEOPLE_PEOPLE_H
#define FEATURES_PEOPLE_PEOPLE_H

#include "base/config.h"
#include "db/db.h"

/*
 * `handschlag init`: the first municipality and the first administrator.  Refuses when there is
 * anybody.  argv holds the options behind the command's name.  What is missing is asked for on a
 * terminal; a password comes from the terminal without echo, or else as one line of standard input.
 * Both return the exit status: 0 done, 1 refused or failed, 2 wrong use.
 */
int people_init_command(struct db *db, struct arena *a, const struct config *c, int argc,
			char **argv);
/* `handschlag person add|password|suspend|reactivate|list`. */
int people_command(struct db *db, struct arena *a, const struct config *c, int argc, char **argv);

/* Hashes in a slot, then writes in a transaction of its own; ends all sessions of the person.  The
 * rules of password_rules.h are the caller's business. */
MUST enum err people_set_password(struct db *db, struct arena *a, struct str data_dir,
				  int64_t person_id, struct str password);

#endif
