/* audit.h -- who did what, in the same transaction as the deed. */
#ifndef APP_AUDIT_H
#define APP_AUDIT_H

#include "app/app.h"
#include "export/json.h"

/*
 * `action` is "task_force.edit", `object` "task_force/12"; before and after are JSON objects
 * (json_pair) or empty.  Never passwords or tokens.
 */
MUST enum err audit(struct request *rq, const char *action, struct str object, struct str before,
		    struct str after);
/* The same for the command line: no actor. */
MUST enum err audit_operator(struct db *db, const char *action, struct str object,
			     struct str after);

/* Before a start.  E_INTERNAL, and a line in the log, when the clock is more than a minute behind
 * the newest row: it has gone back, and new events would seem older than old ones. */
MUST enum err audit_clock_check(struct db *db, struct arena *a);

#endif
