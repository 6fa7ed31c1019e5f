/* tasks_people.c -- what waits for those who look after people. */
#include "app/leaving_second.h"
#include "features/home/tasks.h"

/* Letters that did not arrive, as one thing to do; see features/mail. */
static enum err add_lost_letters(struct request *rq, struct tasks *out)
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

/* Roles that were proposed to the committee; nobody decides on their own. */
static enum err add_proposals(struct request *rq, struct tasks *out)
{
	static const char sql[] =
	    "SELECT q.id, q.role, p.name, q.since, q.proposed_at FROM role_proposal q"
	    "  JOIN person p ON p.id = q.person_id"
	    " WHERE q.decided_at IS NULL AND q.person_id <> $1 AND q.proposed_by <> $1";
	struct rows r;

	if (!right_to_all(rq->viewer.roles, ROLE_GRANT))
		return OK;
	r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id)));
	while (rows_next(&r)) {
		struct task t = {.kind = S("role"),
				 .id = col_int(&r, 0),
				 .text = role_label(col_text(&r, 1)),
				 .name = col_text(&r, 2),
				 .asked_at = col_int(&r, 4)};
		(void)date_parse_iso(col_text(&r, 3), &t.due);
		tasks_add(out, &t);
	}
	return r.err;
}

/* Municipalities whose leaving another one has entered, and that the viewer may confirm. */
static enum err add_leavings(struct request *rq, struct tasks *out)
{
	static const char sql[] =
	    "SELECT m.slug, m.short, x.last_day, x.planned_at FROM municipality_leaving x"
	    "  JOIN municipality m ON m.id = x.municipality_id"
	    " WHERE " LEAVING_SECOND("$1", "$2", "$3");
	struct rows r;

	if (!right_to_all(rq->viewer.roles, MUNICIPALITY_END))
		return OK;
	r = db_query(rq->db, sql,
		     WITH(INT(rq->viewer.person_id), INT(rq->viewer.municipality_id),
			  TEXT(date_iso(rq->arena, date_today()))));
	while (rows_next(&r))
		tasks_add(out, &(struct task){.kind = S("leaving"),
					      .slug = col_text(&r, 0),
					      .name = col_text(&r, 1),
					      .due = date_of_iso(col_text(&r, 2)),
					      .asked_at = col_int(&r, 3)});
	return r.err;
}

enum err tasks_add_people(struct request *rq, struct tasks *out)
{
	TRY(add_lost_letters(rq, out));
	TRY(add_leavings(rq, out));
	return add_proposals(rq, out);
}
