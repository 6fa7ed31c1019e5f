/* tasks_handbook.c -- what the handbook's remarks and versions ask of the viewer. */
#include "base/clock.h"
#include "features/home/tasks.h"

enum { RESPONSE_DAYS = 14, DAY_SECONDS = 86400 };

static void take(struct tasks *out, struct rows *r)
{
	struct task t = {.kind = col_text(r, 0),
			 .text = col_text(r, 1),
			 .id = col_int(r, 2),
			 .asked_at = col_int(r, 4)};

	if (col_int(r, 3) != 0) {
		t.due = date_add_days(date_of(col_int(r, 3)), RESPONSE_DAYS);
		if (date_cmp(t.due, date_today()) < 0)
			return;
	}
	tasks_add(out, &t);
}

/*
 * Who gave a remark answers what was asked back, and may say within fourteen calendar days whether
 * a decision fits that did not take it over as it was.  An editorial version waits for the second
 * person; new content goes to the committee as a request of its own.
 */
enum err tasks_add_handbook(struct request *rq, struct tasks *out)
{
	static const char sql[] =
	    "SELECT CASE f.state WHEN 'query' THEN 'remark_query' ELSE 'remark_outcome' END,"
	    " CASE WHEN d.id IS NULL THEN printf('F-%03d', f.number)"
	    "   ELSE printf('R%d-%03d', d.number, f.number) END, f.id,"
	    " CASE f.state WHEN 'query' THEN 0 ELSE f.decided_at END, f.created_at"
	    "  FROM feedback f LEFT JOIN review_round d ON d.id = f.round_id"
	    " WHERE f.author_id = $1 AND f.hidden_at IS NULL AND (f.state = 'query' OR"
	    "   f.state IN ('decided', 'done') AND f.outcome <> 'accepted' AND f.response IS NULL"
	    "   AND f.decided_at >= $2)"
	    " UNION ALL "
	    "SELECT 'version_key', printf('%d.%d', r.major, r.minor), r.id, 0, r.created_at"
	    "  FROM revision r WHERE $3 AND r.state = 'proposed' AND r.change = 'editorial'"
	    "   AND r.created_by <> $1";
	const struct viewer *me = &rq->viewer;
	int64_t since = clock_now() - (RESPONSE_DAYS + 1) * (int64_t)DAY_SECONDS;
	struct rows r = db_query(rq->db, sql,
				 WITH(INT(me->person_id), INT(since),
				      INT(right_to_all(me->roles, VERSION_APPROVE) ? 1 : 0)));

	while (rows_next(&r))
		take(out, &r);
	return r.err;
}
