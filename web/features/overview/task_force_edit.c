/* task_force_edit.c -- creating, editing and ending a task force. */
#include "features/overview/handlers.h"
#include "features/overview/task_force_form.h"

/* GET /task-forces/neu */
enum err task_force_new(struct request *rq)
{
	static const struct tf_values empty = {.v[TF_STATUS] = S_INIT("active")};
	struct tf_form f;

	TRY(tf_form_begin(&f, rq, NULL, NULL));
	tf_form_fill(&f, &empty);
	tf_form_show(&f);
	return reply_page(rq, 200, "overview/task_force_new.html");
}

/* POST /task-forces/neu */
enum err task_force_create(struct request *rq)
{
	struct task_force tf;
	struct tf_form f;

	TRY(tf_form_begin(&f, rq, NULL, NULL));
	TRY(tf_form_read(&f));
	if (form_wrong(&f.form)) {
		tf_form_show(&f);
		return reply_page(rq, 422, "overview/task_force_new.html");
	}
	TRY(task_force_insert(rq, &f.values, &tf));
	return reply_redirect(rq, M_CREATED, "/task-forces/%.*s", ARG(tf.slug));
}

static enum err edit_page(const struct tf_form *f, int status, int64_t version)
{
	struct request *rq = f->form.rq;

	tf_head(rq, f->tf);
	tf_form_show(f);
	view_int(rq->view, V_VERSION, version);
	view_show_if(rq->view, S_CAN_END, f->tf->can_create && !tf_ended(f->tf));
	return reply_page(rq, status, "overview/task_force_edit.html");
}

/* GET /task-forces/:slug/bearbeiten */
enum err task_force_edit(struct request *rq)
{
	struct task_force tf;
	struct tf_form f;

	TRY(task_force_load(rq, rq->slug, TASK_FORCE_EDIT, &tf));
	TRY(tf_form_begin(&f, rq, &tf, &tf.values));
	tf_form_fill(&f, &tf.values);
	return edit_page(&f, 200, tf.version);
}

/* Theirs and mine field by field; the form below saves what is decided on top of theirs. */
static enum err conflict_page(struct tf_form *f, const struct tf_values *mine,
			      const struct tf_values *merged, const bool conflicts[TF_FIELDS])
{
	struct request *rq = f->form.rq;

	for (int i = 0; i < TF_FIELDS; i++) {
		if (!conflicts[i])
			continue;
		enum tf_field field = (enum tf_field)i;
		struct view *row = view_row(rq->view, S_CONFLICT);
		view_text(row, V_FIELD, tf_field_id(field));
		view_text(row, V_LABEL, tf_field_label(field));
		view_text(row, V_THEIRS, tf_field_text(f, &f->tf->values, field));
		view_text(row, V_MINE, tf_field_text(f, mine, field));
	}
	/* From here on what is stored now is what can be chosen. */
	f->base = &f->tf->values;
	form_begin(&f->form, rq);
	tf_form_fill(f, merged);
	tf_head(rq, f->tf);
	tf_form_show(f);
	view_int(rq->view, V_VERSION, f->tf->version);
	view_show_if(rq->view, S_BY_PERSON, f->tf->updated_by.n > 0);
	view_show_if(rq->view, S_BY_IMPORT, f->tf->updated_by.n == 0);
	view_text(rq->view, V_OTHER, f->tf->updated_by);
	view_text(rq->view, V_WHEN, date_time_long(rq->arena, f->tf->updated_at));
	return reply_page(rq, 409, "overview/task_force_conflict.html");
}

/* POST /task-forces/:slug/bearbeiten */
enum err task_force_update(struct request *rq)
{
	struct task_force tf;
	struct tf_values base, mine, merged;
	struct tf_form f;
	bool conflicts[TF_FIELDS];

	TRY(task_force_load(rq, rq->slug, TASK_FORCE_EDIT, &tf));
	int64_t version = tf_number(field_text(&rq->http.form, S("version")));
	TRY(task_force_version_load(rq, tf.id, version, &base));
	/* What is not in a lead's form is as it was when the form was opened. */
	TRY(tf_form_begin(&f, rq, &tf, &base));
	TRY(tf_form_read(&f));
	if (form_wrong(&f.form))
		return edit_page(&f, 422, version);
	mine = f.values;
	if (tf_values_merge(&base, &tf.values, &mine, &merged, conflicts))
		return conflict_page(&f, &mine, &merged, conflicts);
	TRY(task_force_save(rq, &tf, &merged, "task_force.edit"));
	return reply_redirect(rq, tf_values_equal(&merged, &mine) ? M_SAVED : M_MERGED,
			      "/task-forces/%.*s", ARG(tf.slug));
}
