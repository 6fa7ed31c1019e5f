/* audit.c -- rows that nobody changes. */
#include "app/audit.h"

#include "base/clock.h"

static const char sql[] =
    "INSERT INTO audit (at, actor_id, municipality_id, action, object, before, after)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

enum err audit(struct request *rq, const char *action, struct str object, struct str before,
	       struct str after)
{
	return db_run(rq->db, sql,
		      WITH(INT(clock_now()), INT_OR_NONE(rq->viewer.person_id),
			   INT_OR_NONE(rq->viewer.municipality_id), TEXT(str_of(action)),
			   TEXT(object), TEXT_OR_NONE(before), TEXT_OR_NONE(after)),
		      NULL);
}

enum err audit_operator(struct db *db, const char *action, struct str object, struct str after)
{
	return db_run(db, sql,
		      WITH(INT(clock_now()), NONE, NONE, TEXT(str_of(action)), TEXT(object), NONE,
			   TEXT_OR_NONE(after)),
		      NULL);
}
