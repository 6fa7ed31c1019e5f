/* task_force_end.c -- ending a task force asks first, and names what will happen. */
#include "features/overview/handlers.h"
#include "features/overview/task_force.h"

#include "app/form.h"

static const struct form_field how_field = {S_INIT("wie"), NULL, S_WIE_FEHLER};
static const struct form_field on_field = {S_INIT("am"), V_AM, S_AM_FEHLER};
static const struct str hows[] = {S_INIT("done"), S_INIT("cancelled")};

static enum err questions_open(struct request *rq, int64_t id, int64_t *count)
{
	static const char sql[] = "SELECT count(*) FROM open_question WHERE task_force_id = $1"
				  " AND state IN ('open', 'in_progress')";

	return db_int(rq->db, sql, WITH(INT(id)), count);
}

/* A form with a mistake stays that of the version it was opened with; only who was told that it has
 * changed goes on from the current one. */
static enum err page(struct form *f, const struct task_force *tf, int how, int64_t version,
		     int status)
{
	struct view *v = f->rq->view;
	int64_t open;

	TRY(questions_open(f->rq, tf->id, &open));
	tf_head(f->rq, tf);
	form_show(f, v);
	view_int(v, V_VERSION, status == 409 ? tf->version : version);
	view_show_if(v, S_WIE_DONE, how == 0);
	view_show_if(v, S_WIE_CANCELLED, how == 1);
	view_show_if(v, S_STALE, status == 409);
	view_text(v, V_PERIOD, tf_period(f->rq->arena, tf->starts_on, tf->ends_on, tf->review_on));
	if (open > 0)
		view_int(view_row(v, S_OPEN_QUESTIONS), V_COUNT, open);
	return reply_page(f->rq, status, "overview/task_force_end.html");
}

/* Today; one that was to begin later ends on its first day. */
static struct date last_day(const struct task_force *tf)
{
	struct date today = date_today();

	return date_cmp(tf->starts_on, today) > 0 ? tf->starts_on : today;
}

/* GET /task-forces/:slug/beenden */
enum err task_force_end(struct request *rq)
{
	struct task_force tf;
	struct form f;

	TRY(task_force_load(rq, rq->slug, TASK_FORCE_CREATE, &tf));
	if (tf_ended(&tf))
		return reply_redirect(rq, M_NONE, "/task-forces/%.*s", ARG(tf.slug));
	form_begin(&f, rq);
	form_fill(&f, &on_field, date_short(rq->arena, last_day(&tf)));
	return page(&f, &tf, -1, tf.version, 200);
}

/* POST /task-forces/:slug/beenden */
enum err task_force_finish(struct request *rq)
{
	struct task_force tf;
	struct form f;

	TRY(task_force_load(rq, rq->slug, TASK_FORCE_CREATE, &tf));
	int64_t version = tf_number(field_text(&rq->http.form, S("version")));
	if (tf_ended(&tf))
		return E_CONFLICT;
	if (version < 1 || version > tf.version)
		return E_BAD_REQUEST;
	form_begin(&f, rq);
	int how = form_choice(&f, &how_field, REQUIRED, hows, 2);
	struct date on = form_date(&f, &on_field, OPTIONAL);
	if (date_is_none(on))
		form_problem(&f, &on_field, M_DATE, 0);
	if (!date_is_none(on) && date_cmp(on, tf.starts_on) < 0)
		form_problem(&f, &on_field, M_END_BEFORE_START, 0);
	if (!date_is_none(on) && date_cmp(on, last_day(&tf)) > 0)
		form_problem(&f, &on_field, M_FUTURE, 0);
	if (form_wrong(&f))
		return page(&f, &tf, how, version, 422);
	if (version != tf.version)
		return page(&f, &tf, how, version, 409);
	struct tf_values ended = tf.values;
	ended.v[TF_STATUS] = hows[how];
	ended.v[TF_ENDS_ON] = date_iso(rq->arena, on);
	TRY(task_force_save(rq, &tf, &ended, "task_force.end"));
	return reply_redirect(rq, M_ENDED, "/task-forces/%.*s", ARG(tf.slug));
}
