/* follow_up_show.c -- the pages of what becomes of resolutions: the list, one of them with its
 * reports, and a new report. */
#include "app/decision_visible.h"
#include "app/form.h"
#include "base/clock.h"
#include "features/features.h"
#include "features/steering/follow_up.h"
#include "features/steering/follow_up_handlers.h"
#include "features/steering/register_records.h"

enum { TEXT_MAX = 2000 };

static const struct form_field TEXT_F = {S_INIT("text"), V_REPORT_TEXT, S_TEXT_FEHLER};
static const struct form_field LIGHT_F = {S_INIT("ampel"), NULL, S_AMPEL_FEHLER};
static const struct form_field WHY_F = {S_INIT("ampel-grund"), V_AMPEL_GRUND, S_AMPEL_GRUND_FEHLER};
static const struct form_field BLOCKED_F = {S_INIT("blockiert"), NULL, S_BLOCKIERT_FEHLER};
static const struct str checked[] = {S_INIT("1")};

void follow_up_row(struct request *rq, struct view *v, const struct follow_up *f)
{
	bool done = f->facts.done;

	view_text(v, V_SLUG, f->decision.slug);
	view_text(v, V_TITLE, f->decision.title);
	view_text(v, V_RESOLUTION_LABEL, f->label);
	view_text(v, V_LIGHT, light_name(done ? LIGHT_DONE : f->light.light));
	view_text(v, V_LABEL, light_label(done ? LIGHT_DONE : f->light.light));
	view_text(v, V_CAUSE, follow_cause_label(f->light.cause));
	view_text(v, V_RESPONSIBLE, f->responsible.n > 0 ? f->responsible : S("noch niemand"));
	view_text(v, V_DUE, date_is_none(f->due) ? S("offen") : date_short(rq->arena, f->due));
	view_text(v, V_REPORTED,
		  f->last_report_at == 0 ? S("keiner")
					 : date_short(rq->arena, date_of(f->last_report_at)));
}

/* What stood on an agenda as restricted shows no more in this list. */
static enum err hide(struct request *rq, struct follow_up *v, size_t n)
{
	static const char sql[] =
	    "SELECT d.id FROM follow_up f JOIN decision d"
	    "  ON d.id = f.decision_id WHERE NOT " DECISION_VISIBLE("$1", "$2");
	struct rows r = db_query(
	    rq->db, sql, WITH(INT(decision_reads(rq->viewer.roles)), INT(rq->viewer.person_id)));

	while (rows_next(&r))
		for (size_t i = 0; i < n; i++)
			if (v[i].decision.id == col_int(&r, 0))
				v[i].decision.title = S(DECISION_HIDDEN_TITLE);
	return r.err;
}

/* GET /entscheidungen/umsetzung?stand=erledigt */
enum err follow_up_list(struct request *rq)
{
	bool ended = str_eq(field_text(&rq->http.query, S("stand")), S("erledigt"));
	struct follow_up *v;
	size_t n;

	TRY(follow_ups_load(rq->db, rq->arena, ended, &v, &n));
	view_show(rq->view, ended ? S_ENDED : S_RUNNING);
	if (n == 0)
		view_show(rq->view, ended ? S_NONE_ENDED : S_NONE_RUNNING);
	struct view *table = n == 0 ? NULL : view_row(rq->view, S_RESOLUTIONS);
	TRY(hide(rq, v, n));
	for (size_t i = 0; i < n; i++)
		follow_up_row(rq, view_row(table, S_RESOLUTION), &v[i]);
	return reply_page(rq, 200, "steering/follow_up_list.html");
}

static enum err show_reports(struct request *rq, const struct follow_up *f)
{
	static const char sql[] = "SELECT r.at, p.name, r.light, r.blocked, r.text, r.light_reason"
				  "  FROM follow_up_report r JOIN person p ON p.id = r.by"
				  " WHERE r.decision_id = $1 ORDER BY r.id DESC";
	struct rows r = db_query(rq->db, sql, WITH(INT(f->decision.id)));
	bool any = false;

	for (; rows_next(&r); any = true) {
		struct view *v = view_row(rq->view, S_REPORT);
		enum light light = light_named(col_text(&r, 2));
		struct str why = col_text(&r, 5);
		view_text(v, V_WHEN, date_time_long(rq->arena, col_int(&r, 0)));
		view_text(v, V_PERSON, col_text(&r, 1));
		view_text(v, V_LIGHT, light_name(light));
		view_text(v, V_LABEL, light_label(light));
		view_show_if(v, S_BLOCKED, col_int(&r, 3) != 0);
		view_text(v, V_TEXT, col_text(&r, 4));
		if (why.n > 0)
			view_text(view_row(v, S_WHY), V_REASON, why);
	}
	view_show_if(rq->view, S_NO_REPORT, !any);
	return r.err;
}

static void show_end(struct request *rq, const struct follow_up *f)
{
	if (f->done_at != 0) {
		struct view *done = view_row(rq->view, S_FINISHED);
		view_text(done, V_DATE, date_long(rq->arena, date_of(f->done_at)));
		view_text(done, V_URL, f->evidence);
	}
	if (f->superseded_by.n > 0)
		view_text(view_row(rq->view, S_REVOKED), V_BY_SLUG, f->superseded_by);
}

/* `light`: the chosen colour, an index of light_names. */
static enum err page(const struct form *form, const struct follow_up *f, int light, bool blocked,
		     int status)
{
	static const char *const lights[] = {NULL, S_IS_GREEN, S_IS_YELLOW, S_IS_RED};
	struct request *rq = form->rq;

	follow_up_row(rq, rq->view, f);
	view_text(rq->view, V_RESOLUTION_TEXT, f->resolution);
	view_text(rq->view, V_DECIDED, date_long(rq->arena, f->decided_on));
	show_end(rq, f);
	TRY(show_reports(rq, f));
	form_show(form, rq->view);
	view_show_if(rq->view, S_MAY_REPORT, follow_up_may_report(rq, f));
	view_show_if(rq->view, S_MAY_PLAN, decision_may(rq, &f->decision, STEP_FINISH));
	view_show_if(rq->view, S_IS_BLOCKED, blocked);
	for (int l = LIGHT_GREEN; l < LIGHT_COLOURS; l++)
		view_show_if(rq->view, lights[l], l == light);
	return reply_page(rq, status, "steering/follow_up_show.html");
}

/* GET /entscheidungen/:slug/umsetzung */
enum err follow_up_show(struct request *rq)
{
	struct follow_up f;
	struct form form;

	TRY(follow_up_load(rq, rq->slug, &f));
	form_begin(&form, rq);
	form_fill(&form, &TEXT_F, S(""));
	form_fill(&form, &WHY_F, S(""));
	return page(&form, &f, (int)f.light.light, false, 200);
}

static void report_read(struct form *form, const struct follow_up *f, struct follow_up_report *out)
{
	struct follow_facts facts = f->facts;

	int light =
	    form_choice(form, &LIGHT_F, REQUIRED, light_names + LIGHT_GREEN, LIGHT_COLOURS - 1);
	out->light = light < 0 ? -1 : light + LIGHT_GREEN;
	out->blocked = form_choice(form, &BLOCKED_F, OPTIONAL, checked, 1) == 0;
	out->text = form_lines(form, &TEXT_F, REQUIRED, TEXT_MAX);
	out->why = form_lines(form, &WHY_F, OPTIONAL, TEXT_MAX);
	facts.report = date_today();
	facts.blocked = out->blocked;
	if (light >= 0 && out->why.n == 0 &&
	    out->light < (int)follow_light_computed(&facts, date_today()).light)
		form_problem(form, &WHY_F, M_LIGHT_BETTER, 0);
}

enum err follow_up_add_report(struct request *rq, const struct follow_up *f,
			      const struct follow_up_report *p)
{
	static const char sql[] =
	    "INSERT INTO follow_up_report (decision_id, light, blocked, text, light_reason, by, at)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
	struct register_book book = register_of(rq);

	TRY(db_run(rq->db, sql,
		   WITH(INT(f->decision.id), TEXT(light_names[p->light]), INT(p->blocked ? 1 : 0),
			TEXT(p->text), TEXT(p->why), INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	TRY(register_follow_up(
	    &book, &(struct register_follow_up){.decision = f->decision.id,
						.number = f->label,
						.event = S("reported"),
						.light = light_names[p->light],
						.due = date_iso(rq->arena, f->due),
						.responsible = WHO(f->responsible_id)}));
	TRY(steering_event(rq, &(struct steering_event){.object = "decision",
							.id = f->decision.id,
							.action = "report",
							.after = light_names[p->light]}));
	return follow_ups_place(rq->db, rq->arena, NULL);
}

/* POST /entscheidungen/:slug/umsetzung */
enum err follow_up_report(struct request *rq)
{
	struct follow_up f;
	struct follow_up_report p;
	struct form form;

	TRY(follow_up_load_to_report(rq, rq->slug, &f));
	form_begin(&form, rq);
	report_read(&form, &f, &p);
	if (form_wrong(&form))
		return page(&form, &f, p.light, p.blocked, 422);
	TRY(follow_up_add_report(rq, &f, &p));
	return reply_redirect(rq, M_REPORTED, "/entscheidungen/%.*s/umsetzung",
			      ARG(f.decision.slug));
}
