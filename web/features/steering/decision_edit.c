/* decision_edit.c -- writing a decision template, also by two people at once. */
#include "features/steering/decision_form.h"
#include "features/steering/decision_handlers.h"

#include "app/diff_show.h"

static enum err new_page(struct decision_form *f, int status)
{
	decision_form_show(f);
	return reply_page(f->form.rq, status, "steering/decision_new.html");
}

/* GET /entscheidungen/neu */
enum err decision_new(struct request *rq)
{
	struct decision_form f;

	TRY(decision_form_begin(&f, rq, NULL, NULL));
	if (f.task_forces.n > 0)
		f.text.v[TEXT_TASK_FORCE] =
		    arena_fmt(rq->arena, "%lld", (long long)f.task_forces.v[0].id);
	decision_form_fill(&f);
	return new_page(&f, 200);
}

/* POST /entscheidungen/neu */
enum err decision_create(struct request *rq)
{
	struct decision_form f;
	struct decision d;

	TRY(decision_form_begin(&f, rq, NULL, NULL));
	TRY(decision_form_read(&f));
	if (form_wrong(&f.form))
		return new_page(&f, 422);
	TRY(decision_insert(rq, &f.text, &d));
	return reply_redirect(rq, M_DECISION_SAVED, "/entscheidungen/%.*s", ARG(d.slug));
}

static enum err edit_page(const struct decision_form *f, int status, int64_t row_version)
{
	struct view *v = f->form.rq->view;

	decision_form_show(f);
	view_text(v, V_SLUG, f->d->slug);
	view_text(v, V_NAME, f->d->title);
	view_int(v, V_ROW_VERSION, row_version);
	return reply_page(f->form.rq, status, "steering/decision_edit.html");
}

/* GET /entscheidungen/:slug/bearbeiten */
enum err decision_edit(struct request *rq)
{
	struct decision_text stored;
	struct decision_form f;
	struct decision d;

	TRY(decision_load(rq, rq->slug, &d));
	if (!decision_may_write(rq, &d))
		return E_FORBIDDEN;
	if (d.state != DECISION_DRAFT)
		return E_CONFLICT;
	TRY(decision_text_load(rq, d.id, d.version, &stored));
	TRY(decision_form_begin(&f, rq, &d, &stored));
	decision_form_fill(&f);
	return edit_page(&f, 200, d.row_version);
}

/* What is stored now and what was typed, where they differ; the form below holds what was typed and
 * saves it on top, unless the template is no draft any more. */
static enum err conflict_page(const struct decision_form *f, const struct decision_text *theirs)
{
	struct request *rq = f->form.rq;
	int64_t budget = DIFF_BUDGET;
	struct diff diff;
	bool open = f->d->state == DECISION_DRAFT;

	for (int i = 0; i < TEXT_FIELDS; i++) {
		enum decision_field field = (enum decision_field)i;
		if (field == TEXT_FRACTION || field == TEXT_MIN_YES)
			continue;
		struct str now = decision_field_text(f, theirs, field);
		struct str mine = decision_field_text(f, &f->text, field);
		if (str_eq(now, mine))
			continue;
		struct view *row = view_row(rq->view, S_CONFLICT);
		view_text(row, V_FIELD, decision_field_id(field));
		view_text(row, V_FIELD_LABEL, decision_field_label(field));
		view_text(row, V_THEIRS, now);
		diff_words(rq->arena, now, mine, &budget, &diff);
		diff_show(row, &diff);
	}
	decision_form_show(f);
	view_text(rq->view, V_SLUG, f->d->slug);
	view_text(rq->view, V_NAME, f->d->title);
	view_text(rq->view, V_STATE, decision_state_label(f->d->state));
	view_int(rq->view, V_ROW_VERSION, f->d->row_version);
	view_show_if(rq->view, S_STILL_OPEN, open);
	view_show_if(rq->view, S_CLOSED, !open);
	return reply_page(rq, 409, "steering/decision_conflict.html");
}

/* POST /entscheidungen/:slug/bearbeiten */
enum err decision_update(struct request *rq)
{
	struct decision_text stored;
	struct decision_form f;
	struct decision d;

	TRY(decision_load(rq, rq->slug, &d));
	int64_t row_version = decision_number_of(field_text(&rq->http.form, S("version")));
	if (!decision_may_write(rq, &d))
		return E_FORBIDDEN;
	TRY(decision_text_load(rq, d.id, d.version, &stored));
	TRY(decision_form_begin(&f, rq, &d, &stored));
	TRY(decision_form_read(&f));
	if (d.state != DECISION_DRAFT || row_version != d.row_version)
		return conflict_page(&f, &stored);
	if (form_wrong(&f.form))
		return edit_page(&f, 422, row_version);
	TRY(decision_text_save(rq, &d, &f.text));
	return reply_redirect(rq, M_DECISION_SAVED, "/entscheidungen/%.*s", ARG(d.slug));
}
