/* lost_form.c -- asks what becomes of remarks without a block, and makes it so. */
#include "features/handbook/lost_form.h"

#include "app/form.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "features/handbook/feedback_decision.h"
#include "features/handbook/feedback_handlers.h"
#include "features/handbook/placeholders.h"
#include "features/handbook/worked_in.h"

#include <inttypes.h>

enum { BEGINNING_CHARS = 70, PLACES_AROUND = 20, REASON_MAX = 5000 };

static const struct form_field REASON = {S_INIT("ort-grund"), NULL, NULL};
static const struct str usual_reason =
    S_INIT("Mit einer Änderung am Text erledigt: Den Absatz gibt es nicht mehr.");

static struct str field_name(struct request *rq, const struct lost_item *item)
{
	return arena_fmt(rq->arena, "ort-%" PRId64 "-%" PRId64, item->feedback_id, item->part);
}

/* Asking --------------------------------------------------------------------------------------- */

/* The blocks around the old place.  All blocks of a long text for each of many remarks would be
 * more than a page can hold. */
static void show_places(struct request *rq, const struct lost_places *p,
			const struct lost_item *item, struct view *list, int64_t chosen)
{
	size_t at = item->before == NULL ? 0 : (size_t)(item->before - p->next->v);
	size_t from = at > p->from + PLACES_AROUND ? at - PLACES_AROUND : p->from;

	for (size_t i = from; i < p->to && i <= at + PLACES_AROUND; i++) {
		struct view *v = view_row(list, S_PLACE);
		int64_t number = (int64_t)(i - p->from) + 1;
		view_int(v, V_NUMBER, number);
		view_show_if(v, S_PICKED, number == chosen);
		view_text(v, V_BEGINNING,
			  utf8_beginning(rq->arena, internal_text(rq, p->next->v[i].text.plain),
					 BEGINNING_CHARS));
	}
}

/* Whoever sent the form has seen the question. */
static bool was_asked(struct request *rq, const struct lost_item *item)
{
	return field_present(&rq->http.form, field_name(rq, item));
}

static void show_item(struct request *rq, const struct lost_places *p, const struct lost_item *item,
		      struct view *v)
{
	bool came = field_present(&rq->http.form, S("orte")) && !was_asked(rq, item);
	struct str sent = field_text(&rq->http.form, field_name(rq, item));
	int64_t chosen = 0;

	(void)str_to_int(sent, &chosen);
	view_int(v, V_ID, item->feedback_id);
	view_int(v, V_PART_NUMBER, item->part);
	view_text(v, V_LABEL, item->label);
	view_text(v, V_TEXT, utf8_beginning(rq->arena, item->text, BEGINNING_CHARS));
	view_show_if(v, S_CAME, came);
	if (item->may_settle)
		view_show_if(view_row(v, S_MAY_SETTLE), S_PICKED, str_eq(sent, S("erledigt")));
	show_places(rq, p, item, v, chosen);
}

void lost_form_show(struct request *rq, struct view *v, const struct lost *lost,
		    const struct lost_places *p)
{
	struct str reason = field_text(&rq->http.form, REASON.name);
	bool may_settle = false;

	if (lost->n == 0)
		return;
	struct view *list = view_row(v, S_LOST_FIELDS);
	view_show(rq->view, S_LOST);
	for (size_t i = 0; i < lost->n && i < LOST_ASKED; i++) {
		show_item(rq, p, &lost->v[i], view_row(list, S_LOST_ITEM));
		may_settle |= lost->v[i].may_settle;
	}
	if (lost->n > LOST_ASKED)
		view_int(view_row(list, S_LOST_MORE), V_COUNT, (int64_t)(lost->n - LOST_ASKED));
	if (may_settle)
		view_text(view_row(list, S_SETTLE_REASON), V_REASON,
			  reason.n > 0 ? reason : usual_reason);
}

bool lost_form_answered(struct request *rq, const struct lost *lost)
{
	struct fields *form = &rq->http.form;

	for (size_t i = 0; i < form->n; i++)
		if (str_starts(form->v[i].name, S("ort-")))
			form->v[i].read = true;
	bool all = field_present(form, S("orte"));
	for (size_t i = 0; all && i < lost->n && i < LOST_ASKED; i++)
		all = was_asked(rq, &lost->v[i]);
	if (lost->n > LOST_ASKED)
		all = all && field_present(form, S("ort-rest"));
	return all || lost->n == 0;
}

/* Making it so --------------------------------------------------------------------------------- */

static enum err move(struct request *rq, int64_t revision_id, const struct lost_item *item,
		     int64_t text_id)
{
	static const char sql[] =
	    "UPDATE anchor SET block_text_id = $4, near_id = NULL, state = 'changed',"
	    " method = 'hand', score = 100, by = $5, at = $6"
	    " WHERE feedback_id = $1 AND revision_id = $2 AND part = $3";

	return db_run(rq->db, sql,
		      WITH(INT(item->feedback_id), INT(revision_id), INT(item->part), INT(text_id),
			   INT(rq->viewer.person_id), INT(clock_now())),
		      NULL);
}

/* A remark with two places is settled once. */
static enum err settle(struct request *rq, int64_t revision_id, int64_t feedback_id,
		       struct str reason)
{
	const struct feedback_decision d = {.outcome = OUTCOME_OTHERWISE, .reason = reason};
	struct feedback f;

	TRY(feedback_load(rq, feedback_id, &f));
	if (!feedback_may_decide(rq, &f))
		return OK;
	TRY(feedback_decision_store(rq, &f, &d, f.row_version));
	return worked_in_mark(rq, &f, revision_id);
}

/* All that nobody was asked about one by one. */
static enum err place_rest(struct request *rq, int64_t revision_id, const struct lost *lost)
{
	static const char sql[] =
	    "UPDATE anchor SET block_text_id = (SELECT b.block_text_id FROM revision_block b"
	    "   JOIN block_text t ON t.id = b.block_text_id"
	    "  WHERE b.revision_id = $2 AND t.block_id = anchor.near_id), near_id = NULL,"
	    " state = 'changed', method = 'hand', score = 100, by = $4, at = $5"
	    " WHERE feedback_id = $1 AND revision_id = $2 AND part = $3"
	    "   AND block_text_id IS NULL AND near_id IS NOT NULL";
	bool before = str_eq(field_text(&rq->http.form, S("ort-rest")), S("davor"));

	for (size_t i = LOST_ASKED; before && i < lost->n; i++)
		TRY(db_run(rq->db, sql,
			   WITH(INT(lost->v[i].feedback_id), INT(revision_id), INT(lost->v[i].part),
				INT(rq->viewer.person_id), INT(clock_now())),
			   NULL));
	return OK;
}

enum err lost_form_apply(struct request *rq, int64_t revision_id, const struct lost *lost,
			 const struct lost_places *p)
{
	struct form form;

	form_begin(&form, rq);
	struct str reason = utf8_head(form_lines(&form, &REASON, OPTIONAL, SIZE_MAX), REASON_MAX);
	if (reason.n == 0)
		reason = usual_reason;
	for (size_t i = 0; i < lost->n && i < LOST_ASKED; i++) {
		const struct lost_item *item = &lost->v[i];
		struct str choice = field_text(&rq->http.form, field_name(rq, item));
		int64_t number = 0;
		if (str_eq(choice, S("erledigt")))
			TRY(settle(rq, revision_id, item->feedback_id, reason));
		else if (str_to_int(choice, &number) && number > 0 &&
			 (uint64_t)number <= p->to - p->from)
			TRY(move(rq, revision_id, item,
				 p->next->v[p->from + (size_t)number - 1].text_id));
	}
	return place_rest(rq, revision_id, lost);
}
