/* tasks_people.c -- what waits for those who look after people. */
#include "features/home/tasks.h"

/* Letters that did not arrive, as one thing to do; see features/mail. */
enum err tasks_add_people(struct request *rq, struct tasks *out)
{
	static const char sql[] =
	    "SELECT count(*), coalesce(min(o.given_up_at), 0) FROM outbox o"
	    " WHERE o.given_up_at IS NOT NULL AND o.sent_at IS NULL AND o.cancelled_at IS NULL"
	    "   AND ($1 = 1 OR EXISTS (SELECT 1 FROM membership s WHERE s.until IS NULL"
	    "     AND s.person_id = o.person_id AND s.municipality_id = $2))";
	bool all = right_to_all(rq->viewer.roles, MAIL_SEE);

	if (!right_to_enter(rq->viewer.roles, MAIL_SEE))
		return OK;
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(all ? 1 : 0), INT(rq->viewer.municipality_id)));
	if (!rows_next(&r))
		return r.err;
	if (col_int(&r, 0) > 0)
		tasks_add(out, &(struct task){.kind = S("letters"),
					      .id = col_int(&r, 0),
					      .asked_at = col_int(&r, 1)});
	return OK;
}
