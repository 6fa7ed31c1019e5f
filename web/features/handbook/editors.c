/* editors.c -- who may decide on feedback, by the table of rights. */
#include "features/handbook/editors.h"

#include "base/date.h"

enum { EDITORS_MAX = 100 };

enum err editors_load(struct request *rq, struct editor **out, size_t *n)
{
	static const char sql[] =
	    "SELECT p.id, p.name, g.role FROM person p JOIN role_held g ON g.person_id = p.id"
	    " WHERE p.status = 'active' AND g.since <= $1 AND (g.until IS NULL OR g.until >= $1)"
	    " ORDER BY p.sort_key, p.id";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today()))));

	*out = ARENA_ARRAY(rq->arena, struct editor, EDITORS_MAX);
	*n = 0;
	while (*n < EDITORS_MAX && rows_next(&r)) {
		int64_t id = col_int(&r, 0);
		if (!right_to_all(role_named(col_text(&r, 2)), FEEDBACK_DECIDE) ||
		    (*n > 0 && (*out)[*n - 1].id == id))
			continue;
		(*out)[(*n)++] = (struct editor){.id = id, .name = col_text(&r, 1)};
	}
	return r.err;
}
