/* municipality_leave_act.c -- the page on which a municipality's leaving is entered, confirmed and
 * withdrawn. */
#include "app/fresh_password.h"
#include "features/people/municipality_leaving.h"

static const struct form_field DAY = {S_INIT("tag"), V_TAG, S_TAG_FEHLER};
static const struct form_field REASON = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};
static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};

/* Why the page is shown again although nothing is wrong with a field. */
enum refusal { NOT_REFUSED, REFUSED_HANDS, REFUSED_STALE };

struct leave_page {
	struct form form;
	struct municipality m;
	struct leaving x;
	int64_t blocking;
};

static enum err begin(struct request *rq, struct leave_page *p)
{
	TRY(municipality_load(rq, rq->slug, &p->m));
	TRY(leaving_load(rq, &p->m, &p->x));
	if (p->m.funder || (p->x.id == 0 && !date_is_none(p->m.left_on)))
		return E_CONFLICT;
	form_begin(&p->form, rq);
	if (p->x.id == 0) {
		form_fill(&p->form, &DAY, S(""));
		form_fill(&p->form, &REASON, S(""));
	}
	return leaving_hands_show(rq, &p->m, &p->blocking);
}

/* ---- The page ---- */

static void show_state(struct request *rq, const struct leave_page *p)
{
	const struct leaving *x = &p->x;
	bool confirmed = x->confirmed_at != 0;
	struct view *v = view_row(rq->view, S_STATE);

	view_text(v, V_LAST_DAY, date_long(rq->arena, x->last_day));
	view_text(v, V_REASON, x->reason);
	view_text(v, V_PLANNER, x->planner);
	view_text(v, V_PLANNER_FROM, x->planner_from);
	view_show_if(v, S_NOT_CONFIRMED, !confirmed);
	if (confirmed) {
		struct view *by = view_row(v, S_CONFIRMED);
		view_text(by, V_CONFIRMER, x->confirmer);
		view_text(by, V_CONFIRMER_FROM, x->confirmer_from);
	}
}

static void show_acts(const struct leave_page *p)
{
	struct request *rq = p->form.rq;
	const struct leaving *x = &p->x;
	bool open = x->id != 0 && x->confirmed_at == 0;

	if (x->may_confirm && p->blocking == 0) {
		struct view *v = view_row(rq->view, S_CAN_CONFIRM);
		view_text(v, V_SLUG, p->m.slug);
		view_int(v, V_LEAVING_ID, x->id);
		view_text(v, V_LAST_DAY, date_long(rq->arena, x->last_day));
		form_show_fields(&p->form, v);
	} else if (open && x->may_confirm) {
		view_show(rq->view, S_HANDS_FIRST);
	} else if (open) {
		struct view *v = view_row(rq->view, S_OTHERS_CONFIRM);
		if (x->needs_own)
			view_text(view_row(v, S_OWN_NEEDED), V_UNIT_NAME, p->m.name);
		view_show_if(v, S_ANY_OTHER, !x->needs_own);
	}
	if (x->may_withdraw) {
		struct view *v = view_row(rq->view, S_CAN_WITHDRAW);
		view_text(v, V_SLUG, p->m.slug);
		view_int(v, V_LEAVING_ID, x->id);
	}
}

static enum err page(const struct leave_page *p, enum refusal why, int status)
{
	struct request *rq = p->form.rq;
	struct view *v = rq->view;
	bool confirmed = p->x.confirmed_at != 0;

	view_text(v, V_UNIT_NAME, p->m.name);
	view_text(v, V_SLUG, p->m.slug);
	view_show(v, p->x.over ? S_LEAD_OVER : confirmed ? S_LEAD_CONFIRMED : S_LEAD_PLAN);
	view_show(v, p->blocking == 0 ? S_READY : S_BLOCKED);
	view_show_if(v, S_REFUSED, why == REFUSED_HANDS);
	view_show_if(v, S_STALE, why == REFUSED_STALE);
	view_show_if(v, S_SINCE_THEN, confirmed && !p->x.over && p->blocking > 0);
	form_show_problems(&p->form, v);
	if (p->x.id != 0)
		show_state(rq, p);
	else
		form_show_fields(&p->form, view_row(v, S_FORM));
	show_acts(p);
	return reply_page(rq, status, "people/municipality_leave.html");
}

/* GET /kommunen/:slug/austritt */
enum err municipality_leave_ask(struct request *rq)
{
	struct leave_page p;

	TRY(begin(rq, &p));
	return page(&p, NOT_REFUSED, 200);
}

/* ---- Acts ---- */

static enum err back(struct request *rq, const struct leave_page *p, enum message done)
{
	return reply_redirect(rq, done, "/kommunen/%.*s/austritt", ARG(p->m.slug));
}

/* POST /kommunen/:slug/austritt -- behind fresh_password_prepare. */
enum err municipality_leave_plan(struct request *rq)
{
	struct leave_page p;
	int status = 422;

	(void)field_text(&rq->http.form, PASSWORT.name);
	TRY(begin(rq, &p));
	struct date day = form_date(&p.form, &DAY, REQUIRED);
	struct str reason = form_lines(&p.form, &REASON, REQUIRED, LEAVING_REASON_MAX);
	if (p.x.id != 0) {
		form_begin(&p.form, rq);
		return page(&p, REFUSED_STALE, 409);
	}
	if (!date_is_none(day) && date_cmp(day, date_today()) < 0)
		form_problem(&p.form, &DAY, M_ROLE_SINCE_PAST, 0);
	if (!form_wrong(&p.form))
		TRY(fresh_password_verdict(&p.form, &PASSWORT, &status));
	if (form_wrong(&p.form))
		return page(&p, NOT_REFUSED, status);
	TRY(leaving_plan(rq, &p.m, day, reason));
	return back(rq, &p, M_LEAVING_PLANNED);
}

/* What was read is what is meant: the form names it. */
static enum err begin_named(struct request *rq, struct leave_page *p, bool *same)
{
	int64_t id = 0;

	TRY(begin(rq, p));
	if (!str_to_int(field_text(&rq->http.form, S("vorgang")), &id))
		return E_BAD_REQUEST;
	*same = p->x.id == id;
	return OK;
}

/* POST /kommunen/:slug/austritt/bestaetigen -- behind fresh_password_prepare. */
enum err municipality_leave_confirm(struct request *rq)
{
	struct leave_page p;
	bool same = false;
	int status = 0;

	(void)field_text(&rq->http.form, PASSWORT.name);
	TRY(begin_named(rq, &p, &same));
	if (!same || p.x.confirmed_at != 0)
		return page(&p, REFUSED_STALE, 409);
	if (!p.x.may_confirm)
		return E_FORBIDDEN;
	if (p.blocking > 0)
		return page(&p, REFUSED_HANDS, 409);
	TRY(fresh_password_verdict(&p.form, &PASSWORT, &status));
	if (form_wrong(&p.form))
		return page(&p, NOT_REFUSED, status);
	TRY(leaving_confirm(rq, &p.m, &p.x));
	return back(rq, &p, M_LEAVING_CONFIRMED);
}

/* POST /kommunen/:slug/austritt/zurueckziehen */
enum err municipality_leave_withdraw(struct request *rq)
{
	struct leave_page p;
	bool same = false;

	TRY(begin_named(rq, &p, &same));
	if (!same || p.x.over)
		return page(&p, REFUSED_STALE, 409);
	if (!p.x.may_withdraw)
		return E_FORBIDDEN;
	TRY(leaving_withdraw(rq, &p.m, &p.x));
	return back(rq, &p, M_LEAVING_WITHDRAWN);
}
