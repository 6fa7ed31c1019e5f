/* recusal_gone.c -- what keeps somebody out of a vote ends with the account. */
#include "features/steering/recusal.h"

#include "base/clock.h"
#include "features/steering/register_records.h"

#define WHY "Das Konto wurde gelöscht."

/* A vote on whether she is recused decides nothing any more. */
static enum err end_vote(struct register_book *book, int64_t recusal_id)
{
	static const char sql[] =
	    "UPDATE poll SET aborted_at = $2, abort_reason = '" WHY "'"
	    " WHERE recusal_id = $1 AND closed_at IS NULL AND aborted_at IS NULL RETURNING id";
	struct rows r = db_query(book->db, sql, WITH(INT(recusal_id), INT(clock_now())));
	int64_t poll = 0;

	if (rows_next(&r))
		poll = col_int(&r, 0);
	TRY(r.err);
	if (poll == 0)
		return OK;
	return register_poll_aborted(
	    book, &(struct register_poll_aborted){.poll = poll, .reason = S(WHY)});
}

enum err recusal_gone(struct register_book *book, int64_t person_id)
{
	static const char sql[] =
	    "SELECT x.id, x.decision_id, coalesce(x.meeting_id, 0), coalesce(x.municipality_id, 0)"
	    "  FROM recusal x JOIN decision d ON d.id = x.decision_id"
	    "  LEFT JOIN meeting m ON m.id = x.meeting_id"
	    " WHERE x.person_id = $1 AND x.lifted_at IS NULL AND CASE WHEN m.id IS NULL"
	    "   THEN d.state = 'circulating'"
	    "   ELSE m.state IN ('draft', 'invited', 'running', 'paused') END LIMIT 1";
	static const char lift_sql[] =
	    "UPDATE recusal SET lifted_at = $2, lifted_reason = '" WHY "' WHERE id = $1";

	/* One at a time: the rows that are read are those that are changed. */
	for (;;) {
		struct rows r = db_query(book->db, sql, WITH(INT(person_id)));
		if (!rows_next(&r))
			return r.err;
		int64_t id = col_int(&r, 0);
		struct register_recusal lifted = {.decision = col_int(&r, 1),
						  .meeting = col_int(&r, 2),
						  .unit = col_int(&r, 3),
						  .person = WHO(person_id),
						  .event = S("lifted")};
		TRY(end_vote(book, id));
		TRY(db_run(book->db, lift_sql, WITH(INT(id), INT(clock_now())), NULL));
		TRY(register_recusal(book, &lifted));
	}
}
