/* feedback_work.c -- the steps of editors on the page of one remark. */
#include "features/handbook/batch.h"
#include "features/handbook/editors.h"
#include "features/handbook/feedback_handlers.h"
#include "features/handbook/worked_in.h"

#include <inttypes.h>

static enum err step(struct request *rq, const struct feedback *f, const struct work *w,
		     const struct form *form, enum feedback_form which)
{
	enum work_result result = WORK_FINE;
	int64_t row_version = 0;

	if (!str_to_int(field_text(&rq->http.form, S("version")), &row_version))
		return E_BAD_REQUEST;
	if (form != NULL && form_wrong(form))
		return feedback_page(rq, f, which, form, 422);
	TRY(work_check(rq, f, w, &result));
	if (result == WORK_FINE && row_version != f->row_version)
		result = WORK_CHANGED;
	if (result != WORK_FINE) {
		view_text(view_row(rq->view, S_REFUSED), V_WHY, work_why(result));
		return feedback_page(rq, f, which, form, 409);
	}
	TRY(work_do(rq, f, w));
	return reply_redirect(rq, M_SAVED, "/feedback/%" PRId64, f->id);
}

/* POST /feedback/:id/zuweisung */
enum err feedback_assign(struct request *rq)
{
	struct work w = {.action = WORK_ASSIGN};
	struct editor *editors;
	struct feedback f;
	struct form form;
	bool known = false;
	size_t n;

	TRY(feedback_load(rq, rq->id, &f));
	TRY(editors_load(rq, &editors, &n));
	form_begin(&form, rq);
	w.assignee = form_number(&form, &BATCH_PERSON, REQUIRED);
	for (size_t i = 0; i < n; i++)
		known |= editors[i].id == w.assignee;
	if (!known)
		form_problem(&form, &BATCH_PERSON, M_CHOOSE, 0);
	return step(rq, &f, &w, &form, FORM_ASSIGN);
}

/* POST /feedback/:id/einarbeitung */
enum err feedback_work_in(struct request *rq)
{
	struct work w = {.action = WORK_DONE};
	struct version *versions;
	struct feedback f;
	struct form form;
	bool known = false;
	size_t n;

	TRY(feedback_load(rq, rq->id, &f));
	TRY(worked_in_choices(rq, &versions, &n));
	form_begin(&form, rq);
	w.revision_id = form_number(&form, &BATCH_VERSION, REQUIRED);
	for (size_t i = 0; i < n; i++)
		known |= versions[i].id == w.revision_id;
	if (!known)
		form_problem(&form, &BATCH_VERSION, M_CHOOSE, 0);
	return step(rq, &f, &w, &form, FORM_WORKED_IN);
}

/* POST /feedback/:id/abschluss */
enum err feedback_close(struct request *rq)
{
	const struct work w = {.action = WORK_CLOSE};
	struct feedback f;

	TRY(feedback_load(rq, rq->id, &f));
	return step(rq, &f, &w, NULL, FORM_NONE);
}

static enum err show_assignment(struct request *rq, const struct feedback *f,
				const struct form *sent)
{
	struct view *v = view_row(rq->view, S_MAY_ASSIGN);
	struct editor *editors;
	size_t n;

	if (sent != NULL)
		form_show_fields(sent, v);
	TRY(editors_load(rq, &editors, &n));
	for (size_t i = 0; i < n; i++) {
		if (editors[i].id == f->author_id)
			continue;
		struct view *option = view_row(v, S_PERSON_OPTION);
		view_int(option, V_ID, editors[i].id);
		view_text(option, V_NAME, editors[i].name);
		view_show_if(option, S_PICKED,
			     editors[i].id ==
				 (f->assignee_id != 0 ? f->assignee_id : rq->viewer.person_id));
	}
	return OK;
}

static enum err show_worked_in(struct request *rq, const struct feedback *f,
			       const struct form *sent)
{
	struct view *v = view_row(rq->view, S_MAY_WORK_IN);
	struct version *versions;
	size_t n;

	if (sent != NULL)
		form_show_fields(sent, v);
	TRY(worked_in_choices(rq, &versions, &n));
	for (size_t i = 0; i < n; i++)
		version_show_choice(view_row(v, S_VERSION_OPTION), &versions[i], f->done_in);
	return OK;
}

enum err feedback_show_work(struct request *rq, const struct feedback *f, enum feedback_form which,
			    const struct form *form)
{
	if (f->assignee.n > 0)
		view_text(view_row(rq->view, S_ASSIGNED), V_EDITOR, f->assignee);
	if (work_offered(rq, f, WORK_ASSIGN))
		TRY(show_assignment(rq, f, which == FORM_ASSIGN ? form : NULL));
	if (work_offered(rq, f, WORK_DONE))
		TRY(show_worked_in(rq, f, which == FORM_WORKED_IN ? form : NULL));
	view_show_if(rq->view, S_MAY_CLOSE, work_offered(rq, f, WORK_CLOSE));
	return OK;
}
