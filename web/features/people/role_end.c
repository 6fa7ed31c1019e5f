/* role_end.c -- asks before a role ends, and ends it. */
#include "app/fresh_password.h"
#include "features/people/role_grant.h"

#include <inttypes.h>

static const struct form_field ENDE = {S_INIT("ende"), V_ENDE, S_ENDE_FEHLER};
static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};

static enum err page(struct form *f, const struct role_held *h, int status)
{
	struct request *rq = f->rq;
	struct view *v = rq->view;

	view_int(v, V_ID, h->id);
	view_int(v, V_PERSON_ID, h->person_id);
	view_text(v, V_NAME, h->name);
	view_text(v, V_ROLE_NAME, role_label(h->kind->word));
	view_text(v, V_WAY, h->kind->given_by == ROLE_GRANT ? S("kooperation") : S("projekt"));
	if (h->municipality.n > 0)
		view_text(view_row(v, S_SEAT), V_UNIT_NAME, h->municipality);
	view_text(v, V_SINCE, date_long(rq->arena, h->since));
	view_show(v, date_cmp(h->since, date_today()) > 0 ? S_COMES : S_HOLDS);
	if (!date_is_none(h->until))
		view_text(view_row(v, S_UNTIL), V_DATE, date_long(rq->arena, h->until));
	form_show(f, v);
	return reply_page(rq, status, "people/role_end.html");
}

static enum err end_ask(struct request *rq, enum role_way way)
{
	struct role_held h = {0};
	struct form f;

	TRY(role_held_load_for(rq, way, &h));
	form_begin(&f, rq);
	form_fill(&f, &ENDE, S(""));
	return page(&f, &h, 200);
}

static struct date read_end(struct form *f, const struct role_held *h)
{
	struct date end = form_date(f, &ENDE, OPTIONAL);

	if (date_is_none(end))
		return end;
	if (date_cmp(end, date_today()) < 0)
		form_problem(f, &ENDE, M_ROLE_SINCE_PAST, 0);
	else if (date_cmp(end, h->since) < 0)
		form_problem(f, &ENDE, M_ROLE_UNTIL_BEFORE, 0);
	else if (!date_is_none(h->until) && date_cmp(end, h->until) > 0)
		form_problem(f, &ENDE, M_ROLE_END_LATER, 0);
	return end;
}

static enum err end_post(struct request *rq, enum role_way way)
{
	enum message why = M_NONE;
	struct role_held h = {0};
	struct form f;
	int status = 0;

	(void)field_text(&rq->http.form, PASSWORT.name);
	TRY(role_held_load_for(rq, way, &h));
	form_begin(&f, rq);
	form_fill(&f, &ENDE, S(""));
	struct date end = read_end(&f, &h);
	if (!form_wrong(&f))
		TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (!form_wrong(&f))
		TRY(role_take(rq, &h, end, &why));
	if (why != M_NONE)
		form_problem(&f, &ENDE, why, 0);
	if (form_wrong(&f))
		return page(&f, &h, status != 0 ? status : 422);
	return reply_redirect(rq, M_ROLE_ENDED, "/personen/%" PRId64 "/rollen", h.person_id);
}

/* GET /rollen/projekt/:id/beenden */
enum err role_project_end_ask(struct request *rq)
{
	return end_ask(rq, WAY_PROJECT);
}

/* GET /rollen/kooperation/:id/beenden */
enum err role_cooperation_end_ask(struct request *rq)
{
	return end_ask(rq, WAY_COOPERATION);
}

/* POST /rollen/projekt/:id/beenden */
enum err role_project_end(struct request *rq)
{
	return end_post(rq, WAY_PROJECT);
}

/* POST /rollen/kooperation/:id/beenden */
enum err role_cooperation_end(struct request *rq)
{
	return end_post(rq, WAY_COOPERATION);
}
