/* decision_request.c -- what the handbook wants decided becomes a draft. */
#include "base/utf8.h"
#include "features/steering/decision_handlers.h"

/* POST /entscheidungen/aus-dem-handbuch/:id */
enum err request_take(struct request *rq)
{
	static const char find[] =
	    "SELECT q.title, q.text, q.decision_id IS NULL FROM decision_request q"
	    "  LEFT JOIN feedback f ON f.id = q.feedback_id"
	    " WHERE q.id = $1 AND f.hidden_at IS NULL";
	static const char take[] = "UPDATE decision_request SET decision_id = $2"
				   " WHERE id = $1 AND decision_id IS NULL";
	struct rows r = db_query(rq->db, find, WITH(INT(rq->id)));
	struct decision_text t = {.v[TEXT_MAJORITY] = tally_majority_name(MAJORITY_SIMPLE)};
	struct decision d;

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	if (col_int(&r, 2) == 0)
		return E_CONFLICT;
	t.v[TEXT_TITLE] = utf8_head(col_text(&r, 0), TITLE_CHARS);
	t.v[TEXT_SUMMARY] = utf8_head(col_text(&r, 1), LONG_CHARS);
	TRY(decision_insert(rq, &t, &d));
	TRY(db_run(rq->db, take, WITH(INT(rq->id), INT(d.id)), NULL));
	return reply_redirect(rq, M_DECISION_TAKEN, "/entscheidungen/%.*s/bearbeiten", ARG(d.slug));
}
