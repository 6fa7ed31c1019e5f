/* batch_show.c -- what became of a step for many remarks, and the way to try the rest again. */
#include "features/handbook/batch.h"
#include "features/handbook/feedback_handlers.h"

#include <inttypes.h>

struct batch {
	int64_t id, assignee, revision_id;
	struct str outcome, reason, until, other, back;
	enum work_action action;
};

/* One's own, as are the words in it. */
static enum err load(struct request *rq, struct batch *out)
{
	static const char sql[] =
	    "SELECT id, action, coalesce(assignee_id, 0), outcome, reason, until, other,"
	    " coalesce(revision_id, 0), back FROM feedback_batch WHERE id = $1 AND by = $2";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->id), INT(rq->viewer.person_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct batch){.id = col_int(&r, 0),
			      .action = work_named(col_text(&r, 1)),
			      .assignee = col_int(&r, 2),
			      .outcome = col_text(&r, 3),
			      .reason = col_text(&r, 4),
			      .until = col_text(&r, 5),
			      .other = col_text(&r, 6),
			      .revision_id = col_int(&r, 7),
			      .back = col_text(&r, 8)};
	return OK;
}

static void fill(struct request *rq, const struct batch *batch, struct batch_form *out)
{
	struct form *f = &out->form;

	batch_form_new(out, rq, batch->back);
	out->action = batch->action;
	form_begin(f, rq);
	form_fill(f, &FEEDBACK_OUTCOME, batch->outcome);
	form_fill(f, &FEEDBACK_REASON, batch->reason);
	form_fill(f, &FEEDBACK_UNTIL, batch->until);
	form_fill(f, &FEEDBACK_DUPLICATE, batch->other);
	form_fill(f, &BATCH_PERSON, arena_fmt(rq->arena, "%" PRId64, batch->assignee));
	form_fill(f, &BATCH_VERSION, arena_fmt(rq->arena, "%" PRId64, batch->revision_id));
}

/* What changed meanwhile can be looked at and tried again, ticked and as it is now. */
static void show_refused(struct request *rq, struct view *list, struct rows *r)
{
	struct view *v = view_row(list, S_REFUSED_ROW);
	enum work_result result = work_result_named(col_text(r, 4));

	view_int(v, V_ID, col_int(r, 0));
	view_text(v, V_NUMBER_LABEL, feedback_label(rq->arena, col_int(r, 2), col_int(r, 1)));
	view_text(v, V_REASON, work_why(result));
	feedback_show_badge(v, state_named(col_text(r, 5)), outcome_named(col_text(r, 6)));
	if (result == WORK_CHANGED)
		view_int(view_row(v, S_PICK), V_ROW_VERSION, col_int(r, 3));
	else
		view_show(v, S_PLAIN);
}

static enum err show_rows(struct request *rq, const struct batch *batch, bool *again)
{
	static const char sql[] =
	    "SELECT f.id, f.number, coalesce(n.number, 0), f.row_version, b.result, f.state,"
	    " coalesce(f.outcome, '')"
	    "  FROM feedback_batch_row b JOIN feedback f ON f.id = b.feedback_id"
	    "  LEFT JOIN review_round n ON n.id = f.round_id"
	    " WHERE b.batch_id = $4 AND b.result <> 'fine' AND " FEEDBACK_VISIBLE
	    " ORDER BY f.id DESC";
	static const char count_sql[] =
	    "SELECT count(*) FROM feedback_batch_row WHERE batch_id = $1 AND result = 'fine'";
	struct rows r = db_query(rq->db, sql, WITH(FEEDBACK_FOR(rq), INT(batch->id)));
	int64_t fine = 0, refused = 0;

	for (; rows_next(&r); refused++) {
		*again = *again || str_eq(col_text(&r, 4), S("changed"));
		show_refused(rq, rq->view, &r);
	}
	TRY(r.err);
	TRY(db_int(rq->db, count_sql, WITH(INT(batch->id)), &fine));
	view_int(rq->view, V_DONE_COUNT, fine);
	view_int(rq->view, V_REFUSED_COUNT, refused);
	view_show(rq->view, refused == 1 ? S_ONE_REFUSED : S_MANY_REFUSED);
	return OK;
}

/* GET /feedback/sammel/:id */
enum err batch_show(struct request *rq)
{
	struct batch_form form;
	struct batch batch;
	bool again = false;

	TRY(load(rq, &batch));
	view_text(rq->view, V_BACK_LINK, batch.back);
	view_text(rq->view, V_ACTION, work_label(batch.action));
	TRY(show_rows(rq, &batch, &again));
	if (again) {
		fill(rq, &batch, &form);
		view_show(rq->view, S_BATCH);
		TRY(batch_form_show(&form, view_row(rq->view, S_BATCH_FIELDS)));
	}
	return reply_page(rq, 200, "handbook/batch_show.html");
}
