/* batch_store.c -- works on many remarks at once and says which were refused. */
#include "base/clock.h"
#include "features/handbook/batch.h"
#include "features/handbook/feedback_handlers.h"

#include <inttypes.h>

static enum err work_on(struct request *rq, const struct batch_form *b, size_t i,
			const struct work *w, enum work_result *out)
{
	struct feedback f;
	enum err err = feedback_load(rq, b->ids[i], &f);

	*out = WORK_GONE;
	if (err == E_NOT_FOUND)
		return OK;
	TRY(err);
	TRY(work_check(rq, &f, w, out));
	/* The plainer reason first: what can never be done need not be tried again. */
	if (*out == WORK_FINE && f.row_version != b->row_versions[i])
		*out = WORK_CHANGED;
	return *out == WORK_FINE ? work_do(rq, &f, w) : OK;
}

static enum err keep_row(struct request *rq, int64_t batch_id, int64_t id, enum work_result result)
{
	static const char sql[] = "INSERT INTO feedback_batch_row (batch_id, feedback_id, result)"
				  " SELECT $1, id, $3 FROM feedback WHERE id = $2";

	return db_run(rq->db, sql, WITH(INT(batch_id), INT(id), TEXT(work_results[result])), NULL);
}

static enum err keep(struct request *rq, const struct batch_form *b, const struct work *w,
		     const enum work_result *results, int64_t *id)
{
	static const char sql[] =
	    "INSERT INTO feedback_batch (by, at, action, assignee_id, outcome, reason, until, "
	    "other,"
	    " revision_id, back) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id";
	bool decides = w->action == WORK_DECIDE;

	TRY(db_int(rq->db, sql,
		   WITH(INT(rq->viewer.person_id), INT(clock_now()), TEXT(work_names[w->action]),
			INT_OR_NONE(w->action == WORK_ASSIGN ? w->assignee : 0),
			TEXT(decides ? outcome_names[w->decision.outcome] : S("")),
			TEXT(w->decision.reason), TEXT(form_value(&b->form, &FEEDBACK_UNTIL)),
			TEXT(form_value(&b->form, &FEEDBACK_DUPLICATE)),
			INT_OR_NONE(w->action == WORK_DONE ? w->revision_id : 0), TEXT(b->back)),
		   id));
	for (size_t i = 0; i < b->n; i++)
		TRY(keep_row(rq, *id, b->ids[i], results[i]));
	return OK;
}

/* POST /feedback/sammel */
enum err batch_create(struct request *rq)
{
	enum work_result results[BATCH_MAX];
	struct batch_form b;
	struct board board;
	struct work w;
	size_t refused = 0;
	int64_t id = 0;

	TRY(batch_form_read(rq, &b, &board, &w));
	if (form_wrong(&b.form))
		return board_page(rq, &board, &b, 422);
	for (size_t i = 0; i < b.n; i++) {
		TRY(work_on(rq, &b, i, &w, &results[i]));
		refused += results[i] != WORK_FINE;
	}
	if (refused == 0)
		return reply_redirect(rq, M_BATCH_DONE, "%.*s", ARG(b.back));
	TRY(keep(rq, &b, &w, results, &id));
	return reply_redirect(rq, M_NONE, "/feedback/sammel/%" PRId64, id);
}
