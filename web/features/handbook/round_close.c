/* round_close.c -- the end of a round writes down who did not answer. */
#include "base/clock.h"
#include "features/handbook/feedback.h"
#include "features/handbook/round.h"
#include "features/handbook/round_mailing.h"

enum err round_close(struct request *rq, const struct round *r)
{
	static const char close_sql[] =
	    "UPDATE review_round SET closed_at = $2 WHERE id = $1 AND closed_at IS NULL";
	static const char silent_sql[] = "UPDATE round_invitation SET state = 'no_reply'"
					 " WHERE round_id = $1 AND state = 'invited'";
	struct handbook_event e = {
	    .object = "round", .id = r->id, .action = "closed", .after = S("closed")};
	int64_t closed = 0;

	/* No new row_version: what everybody sees ended with the day, not with this. */
	e.before = round_state_name(date_cmp(r->closes_on, r->first_closes_on) > 0 ? ROUND_EXTENDED
										   : ROUND_OPEN);
	TRY(db_run(rq->db, close_sql, WITH(INT(r->id), INT(clock_now())), &closed));
	if (closed == 0)
		return OK;
	TRY(db_run(rq->db, silent_sql, WITH(INT(r->id)), NULL));
	TRY(round_letters_cancel(rq, r));
	return handbook_event(rq, &e);
}

static enum err count_over(struct request *rq, int64_t *count)
{
	static const char sql[] =
	    "SELECT count(*) FROM review_round WHERE closed_at IS NULL AND closes_on < $1";

	return db_int(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today()))), count);
}

enum err rounds_close_due(struct db *db, struct arena *a)
{
	struct request rq = {.arena = a, .db = db};
	int64_t over = 0;

	TRY(db_begin_read(db, a));
	enum err err = count_over(&rq, &over);
	db_rollback(db);
	if (err != OK || over == 0)
		return err;
	TRY(db_begin_write(db, a));
	err = rounds_close_over(&rq);
	if (err == OK)
		return db_commit(db);
	db_rollback(db);
	return err;
}
