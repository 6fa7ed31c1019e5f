/* follow_up_plan.c -- the project office says who carries out a resolution until when, and ends it:
 * done with evidence, or revoked by a later resolution that names it. */
#include "app/form.h"
#include "app/outbox.h"
#include "base/clock.h"
#include "features/features.h"
#include "features/steering/follow_up_handlers.h"
#include "features/steering/register_records.h"

#include <inttypes.h>

enum { REASON_MAX = 1000, URL_MAX = 500, LATER_MAX = 50 };

static const struct form_field WHO_F = {S_INIT("wer"), NULL, S_WER_FEHLER};
static const struct form_field DUE_F = {S_INIT("frist"), V_FRIST, S_FRIST_FEHLER};
static const struct form_field EVIDENCE_F = {S_INIT("nachweis"), V_NACHWEIS, S_NACHWEIS_FEHLER};
static const struct form_field LATER_F = {S_INIT("durch"), NULL, S_DURCH_FEHLER};
static const struct form_field REASON_F = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};

/* What stands in the three forms; those that were not sent show what is stored. */
struct plan {
	struct follow_up f;
	struct form form;
	int64_t responsible_id, later_id;
};

static enum err plan_load(struct request *rq, struct plan *p)
{
	TRY(follow_up_load(rq, rq->slug, &p->f));
	if (!decision_may(rq, &p->f.decision, STEP_FINISH))
		return E_CONFLICT;
	p->responsible_id = p->f.responsible_id;
	p->later_id = 0;
	form_begin(&p->form, rq);
	form_fill(&p->form, &DUE_F,
		  date_is_none(p->f.due) ? S("") : date_short(rq->arena, p->f.due));
	form_fill(&p->form, &EVIDENCE_F, S(""));
	form_fill(&p->form, &REASON_F, S(""));
	return OK;
}

static enum err show_people(struct request *rq, int64_t chosen)
{
	static const char sql[] =
	    "SELECT p.id, p.name, coalesce(m.short, '') FROM person p"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE (p.status = 'active' AND m.kind = 'municipality') OR p.id = $1"
	    " ORDER BY p.sort_key, p.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(chosen)));

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_CANDIDATE);
		view_int(v, V_ID, col_int(&r, 0));
		view_text(v, V_NAME, col_text(&r, 1));
		view_text(v, V_ORG, col_text(&r, 2));
		view_show_if(v, S_CHOSEN, col_int(&r, 0) == chosen);
	}
	return r.err;
}

/* Only a resolution that came later and names this one can end it: $1 id, $2 its number as text,
 * $3 year, $4 number. */
#define LATER                                                                                      \
	" FROM follow_up f JOIN decision_version v ON v.decision_id = f.decision_id AND "          \
	"v.version ="                                                                              \
	" (SELECT max(version) FROM decision_version n WHERE n.decision_id = f.decision_id)"       \
	" WHERE ' ' || v.resolution || ' ' GLOB '*[^0-9]' || $2 || '[^0-9]*'"                      \
	" AND f.decision_id <> $1"                                                                 \
	" AND (f.year > $3 OR (f.year = $3 AND f.number > $4))"

static enum err show_later(struct request *rq, const struct plan *p)
{
	static const char sql[] = "SELECT f.decision_id, f.year, f.number, v.title" LATER
				  " ORDER BY f.year DESC, f.number DESC LIMIT $5";
	const struct follow_up *f = &p->f;
	struct rows r = db_query(rq->db, sql,
				 WITH(INT(f->decision.id), TEXT(f->label), INT(f->year),
				      INT(f->number), INT(LATER_MAX)));
	bool any = false;

	for (; rows_next(&r); any = true) {
		struct view *v = view_row(rq->view, S_LATER);
		view_int(v, V_ID, col_int(&r, 0));
		view_text(v, V_NUMBER, number_slug(rq->arena, col_int(&r, 1), col_int(&r, 2)));
		view_text(v, V_TITLE, col_text(&r, 3));
		view_show_if(v, S_CHOSEN, col_int(&r, 0) == p->later_id);
	}
	view_show(rq->view, any ? S_MAY_REVOKE : S_NONE_LATER);
	return r.err;
}

static enum err page(struct plan *p, int status)
{
	struct request *rq = p->form.rq;

	follow_up_row(rq, rq->view, &p->f);
	form_show(&p->form, rq->view);
	view_int(rq->view, V_ROW_VERSION, p->f.row_version);
	TRY(show_people(rq, p->responsible_id));
	TRY(show_later(rq, p));
	return reply_page(rq, status, "steering/follow_up_plan.html");
}

/* GET /entscheidungen/:slug/umsetzung/plan */
enum err follow_up_plan(struct request *rq)
{
	struct plan p;

	TRY(plan_load(rq, &p));
	return page(&p, 200);
}

static enum err back(struct request *rq, const struct plan *p, enum message done)
{
	return reply_redirect(rq, done, "/entscheidungen/%.*s/umsetzung", ARG(p->f.decision.slug));
}

/* A task that was given away is told to the person. */
static enum err tell(struct request *rq, const struct plan *p, struct date due)
{
	struct letter l = {.person_id = p->responsible_id, .topic = "decision"};
	struct view *v = view_new(rq->arena);

	if (p->responsible_id == 0 || p->responsible_id == p->f.responsible_id)
		return OK;
	view_text(v, V_RESOLUTION_LABEL, p->f.label);
	view_text(v, V_TITLE, p->f.decision.title);
	if (!date_is_none(due))
		view_text(view_row(v, S_UNTIL), V_DATE, date_long(rq->arena, due));
	view_text(v, V_LINK,
		  arena_fmt(rq->arena, "%.*s/entscheidungen/%.*s/umsetzung",
			    ARG(rq->app->config.base_url), ARG(p->f.decision.slug)));
	TRY(letter_render(rq->arena, v, "mail/follow_up_given.txt", &l));
	l.dedupe =
	    arena_fmt(rq->arena, "follow_up/%.*s/%" PRId64, ARG(p->f.label), p->f.row_version);
	return outbox_put(rq->db, &l);
}

static enum err plan_store(struct request *rq, const struct plan *p, struct date due, bool *stale)
{
	static const char sql[] =
	    "UPDATE follow_up SET responsible_id = $2, due_on = $3, row_version = row_version + 1"
	    " WHERE decision_id = $1 AND row_version = $4";
	int64_t changed = 0, seen = 0;

	(void)str_to_int(field_text(&rq->http.form, S("version")), &seen);
	TRY(db_run(rq->db, sql,
		   WITH(INT(p->f.decision.id), INT_OR_NONE(p->responsible_id),
			TEXT_OR_NONE(date_iso(rq->arena, due)), INT(seen)),
		   &changed));
	*stale = changed == 0;
	if (*stale)
		return OK;
	TRY(steering_event(rq, &(struct steering_event){.object = "decision",
							.id = p->f.decision.id,
							.action = "plan",
							.before = date_iso(rq->arena, p->f.due),
							.after = date_iso(rq->arena, due)}));
	return tell(rq, p, due);
}

/* Whoever may be chosen can also be entered by hand, nobody else. */
static enum err check_person(struct plan *p)
{
	static const char sql[] =
	    "SELECT count(*) FROM person p JOIN membership s ON s.person_id = p.id"
	    "  AND s.until IS NULL JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE p.id = $1 AND p.status = 'active' AND m.kind = 'municipality'";
	int64_t known = 1;

	if (p->responsible_id != 0 && p->responsible_id != p->f.responsible_id)
		TRY(db_int(p->form.rq->db, sql, WITH(INT(p->responsible_id)), &known));
	if (known == 0)
		form_problem(&p->form, &WHO_F, M_CHOOSE, 0);
	return OK;
}

/* POST /entscheidungen/:slug/umsetzung/plan */
enum err follow_up_plan_set(struct request *rq)
{
	struct plan p;
	bool stale = false;

	TRY(plan_load(rq, &p));
	p.responsible_id = form_number(&p.form, &WHO_F, OPTIONAL);
	struct date due = form_date(&p.form, &DUE_F, OPTIONAL);
	TRY(check_person(&p));
	if (form_wrong(&p.form))
		return page(&p, 422);
	TRY(plan_store(rq, &p, due, &stale));
	if (stale) {
		view_show(rq->view, S_STALE);
		return page(&p, 409);
	}
	TRY(follow_ups_place(rq->db, rq->arena, NULL));
	return back(rq, &p, M_SAVED);
}

/* POST /entscheidungen/:slug/umsetzung/abschluss */
enum err follow_up_finish(struct request *rq)
{
	static const char sql[] =
	    "UPDATE follow_up SET done_at = $2, done_by = $3, evidence = $4,"
	    " row_version = row_version + 1 WHERE decision_id = $1 AND done_at IS NULL";
	struct register_book book = register_of(rq);
	struct plan p;

	TRY(plan_load(rq, &p));
	struct str url = form_line(&p.form, &EVIDENCE_F, REQUIRED, URL_MAX);
	if (!form_wrong_at(&p.form, &EVIDENCE_F) && !link_fits(url))
		form_problem(&p.form, &EVIDENCE_F, M_LINK, 0);
	if (form_wrong(&p.form))
		return page(&p, 422);
	TRY(db_run(
	    rq->db, sql,
	    WITH(INT(p.f.decision.id), INT(clock_now()), INT(rq->viewer.person_id), TEXT(url)),
	    NULL));
	TRY(register_follow_up(&book,
			       &(struct register_follow_up){.decision = p.f.decision.id,
							    .number = p.f.label,
							    .event = S("done"),
							    .due = date_iso(rq->arena, p.f.due),
							    .responsible = WHO(p.f.responsible_id),
							    .evidence = url}));
	TRY(decision_step(rq, &p.f.decision, STEP_FINISH, S("")));
	return back(rq, &p, M_FOLLOW_UP_DONE);
}

static enum err check_later(struct plan *p)
{
	static const char sql[] = "SELECT count(*)" LATER " AND f.decision_id = $5";
	const struct follow_up *f = &p->f;
	int64_t known = 0;

	TRY(db_int(p->form.rq->db, sql,
		   WITH(INT(f->decision.id), TEXT(f->label), INT(f->year), INT(f->number),
			INT(p->later_id)),
		   &known));
	if (known == 0)
		form_problem(&p->form, &LATER_F, M_CHOOSE, 0);
	return OK;
}

/* POST /entscheidungen/:slug/umsetzung/aufhebung */
enum err follow_up_supersede(struct request *rq)
{
	struct plan p;

	TRY(plan_load(rq, &p));
	p.later_id = form_number(&p.form, &LATER_F, REQUIRED);
	struct str reason = form_lines(&p.form, &REASON_F, REQUIRED, REASON_MAX);
	if (!form_wrong_at(&p.form, &LATER_F))
		TRY(check_later(&p));
	if (form_wrong(&p.form))
		return page(&p, 422);
	TRY(follow_up_revoke(rq, &p.f, p.later_id, reason));
	return back(rq, &p, M_FOLLOW_UP_REVOKED);
}

const struct route follow_up_routes[] = {
    GET("/entscheidungen/umsetzung", PROJECT_SEE, follow_up_list),
    GET("/entscheidungen/:slug/umsetzung", PROJECT_SEE, follow_up_show),
    POST("/entscheidungen/:slug/umsetzung", FOLLOW_UP_REPORT, follow_up_report),
    GET("/entscheidungen/:slug/umsetzung/plan", DECISION_REVIEW, follow_up_plan),
    POST("/entscheidungen/:slug/umsetzung/plan", DECISION_REVIEW, follow_up_plan_set),
    POST("/entscheidungen/:slug/umsetzung/abschluss", DECISION_REVIEW, follow_up_finish),
    POST("/entscheidungen/:slug/umsetzung/aufhebung", DECISION_REVIEW, follow_up_supersede),
    ROUTES_END,
};
