/* audit.c -- rows that nobody changes. */
#include "app/audit.h"

#include "base/clock.h"
#include "base/log.h"

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

enum err audit_clock_check(struct db *db, struct arena *a)
{
	enum { TOLERATED = 60 };
	static const char newest[] =
	    "SELECT coalesce((SELECT at FROM audit ORDER BY id DESC LIMIT 1), 0)";
	int64_t last = 0;

	TRY(db_begin_read(db, a));
	enum err err = db_int(db, newest, WITH_NOTHING, &last);
	db_rollback(db);
	TRY(err);
	if (last <= clock_now() + TOLERATED)
		return OK;
	log_event(LOG_ERROR, "clock_is_behind_last_event", KV_INT("last", last),
		  KV_INT("now", clock_now()));
	return E_INTERNAL;
}
