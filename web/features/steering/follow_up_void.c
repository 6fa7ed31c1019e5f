/* follow_up_void.c -- a resolution whose vote became void: nobody carries it out, its number stays
 * taken. */
#include "features/steering/follow_up.h"
#include "features/steering/poll_void.h"

#include <inttypes.h>

static enum err put_aside(struct request *rq, const struct decision *d, const struct poll *p)
{
	static const char copy_sql[] =
	    "INSERT INTO follow_up_void (year, number, decision_id, poll_id, responsible_id,"
	    " due_on, evidence, done_at, done_by) SELECT year, number, decision_id, $2,"
	    " responsible_id, due_on, evidence, done_at, done_by FROM follow_up"
	    " WHERE decision_id = $1";
	static const char reports_sql[] =
	    "INSERT INTO follow_up_report_void (id, poll_id, light, blocked, text, light_reason,"
	    " by, at) SELECT id, $2, light, blocked, text, light_reason, by, at"
	    " FROM follow_up_report WHERE decision_id = $1";
	static const char *const gone_sql[] = {
	    "DELETE FROM follow_up_report WHERE decision_id = $1",
	    "DELETE FROM follow_up WHERE decision_id = $1",
	    "UPDATE agenda_entry SET outcome = 'withdrawn', row_version = row_version + 1,"
	    " outcome_reason = 'Die Abstimmung wurde für ungültig erklärt.'"
	    " WHERE follows_id = $1 AND outcome IS NULL AND started_at IS NULL"};

	TRY(db_run(rq->db, copy_sql, WITH(INT(d->id), INT(p->id)), NULL));
	TRY(db_run(rq->db, reports_sql, WITH(INT(d->id), INT(p->id)), NULL));
	for (size_t i = 0; i < sizeof gone_sql / sizeof gone_sql[0]; i++)
		TRY(db_run(rq->db, gone_sql[i], WITH(INT(d->id)), NULL));
	return OK;
}

/* The register says the same with the record of the void vote. */
static enum err restore(struct request *rq, const struct decision *d, struct str reason)
{
	static const char find_sql[] =
	    "SELECT decision_id, done_at IS NOT NULL FROM follow_up WHERE superseded_by = $1";
	static const char sql[] = "UPDATE follow_up SET superseded_by = NULL,"
				  " row_version = row_version + 1 WHERE decision_id = $1";
	struct rows r = db_query(rq->db, find_sql, WITH(INT(d->id)));
	struct decision old;

	while (rows_next(&r)) {
		int64_t id = col_int(&r, 0);
		bool done = col_int(&r, 1) != 0;
		TRY(decision_by_id(rq, id, &old));
		TRY(db_run(rq->db, sql, WITH(INT(id)), NULL));
		TRY(decision_step(rq, &old, done ? STEP_RESTORE_DONE : STEP_RESTORE, reason));
	}
	return r.err;
}

enum err follow_up_void(struct request *rq, const struct decision *d, const struct poll *p,
			struct str reason)
{
	TRY(restore(rq, d, reason));
	return put_aside(rq, d, p);
}
