/* tasks_people.c -- what waits for the viewer among people and roles. */
#include "features/home/tasks.h"

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

enum err tasks_add_people(struct request *rq, struct tasks *out)
{
	return add_proposals(rq, out);
}
