/* erase_page.c -- erasing a person: what it means, the question, and what is left to look at. */
#include "app/audit.h"
#include "app/fresh_password.h"
#include "base/date.h"
#include "features/features.h"
#include "features/people/erase.h"

#include <inttypes.h>

static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};
static const struct form_field WUNSCH = {S_INIT("wunsch"), NULL, S_WUNSCH_FEHLER};
static const struct str asked_for[] = {S_INIT("1")};

/* Somebody of the viewer's own municipality, now or at last. */
static enum err load(struct request *rq, struct erased *out)
{
	TRY(erased_load(rq->db, rq->id, out));
	if (out->municipality_id == 0 || out->municipality_id != rq->viewer.municipality_id)
		return E_NOT_FOUND;
	return OK;
}

static bool is_erased(const struct erased *p)
{
	return str_eq(p->status, S("anonymised"));
}

static enum err page(struct form *f, const struct erased *p, bool wished, int status)
{
	struct request *rq = f->rq;
	bool self = p->id == rq->viewer.person_id;
	size_t duties;

	form_show(f, rq->view);
	view_int(rq->view, V_PERSON_ID, p->id);
	view_text(rq->view, V_PERSON_NAME, p->name);
	view_text(rq->view, V_MUNICIPALITY, p->municipality);
	TRY(duties_show(rq, p->id, &duties));
	view_show(rq->view, p->member ? S_HAS_PAGE : S_NO_PAGE);
	view_show_if(rq->view, S_DUTIES, duties > 0);
	view_show_if(rq->view, S_SELF, self);
	if (duties == 0 && !self) {
		struct view *ask = rq->view;
		view_show(ask, S_ASK);
		view_show_if(ask, S_MEMBER, p->member);
		view_show_if(ask, S_WISHED, wished);
	}
	return reply_page(rq, status, "people/erase_ask.html");
}

/* GET /personen/:id/loeschen */
static enum err erase_ask(struct request *rq)
{
	struct erased p;
	struct form f;

	TRY(load(rq, &p));
	if (is_erased(&p))
		return reply_redirect(rq, M_NONE, "/personen/%" PRId64 "/geloescht", p.id);
	form_begin(&f, rq);
	return page(&f, &p, false, 200);
}

static enum err has_duties(struct request *rq, const struct erased *p, bool *out)
{
	struct view *shown = rq->view;
	size_t n;

	rq->view = view_new(rq->arena);
	enum err err = duties_show(rq, p->id, &n);
	rq->view = shown;
	*out = n > 0 || p->id == rq->viewer.person_id;
	return err;
}

static enum err erase(struct request *rq, const struct erased *p)
{
	struct str places;

	TRY(erasure_places(rq->db, rq->arena, p, &places));
	TRY(person_erase(rq->db, rq->arena, p, rq->viewer.person_id));
	TRY(audit(rq, "person.erase", arena_fmt(rq->arena, "person/%" PRId64, p->id), S(""),
		  places));
	return rq->app->names_changed(rq);
}

/* POST /personen/:id/loeschen */
static enum err erase_post(struct request *rq)
{
	struct erased p;
	struct form f;
	bool busy;
	int status = 422;

	TRY(load(rq, &p));
	if (is_erased(&p))
		return E_CONFLICT;
	form_begin(&f, rq);
	bool wished = form_choice(&f, &WUNSCH, OPTIONAL, asked_for, 1) == 0;
	TRY(has_duties(rq, &p, &busy));
	TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (p.member && !wished)
		form_problem(&f, &WUNSCH, M_ERASE_WISH, 0);
	if (form_wrong(&f))
		return page(&f, &p, wished, status == 0 ? 422 : status);
	if (busy)
		return page(&f, &p, wished, 409);
	TRY(erase(rq, &p));
	return reply_redirect(rq, M_ERASED, "/personen/%" PRId64 "/geloescht", p.id);
}

/* GET /personen/:id/geloescht -- what is to be looked at by hand. */
static enum err erase_done(struct request *rq)
{
	static const char sql[] =
	    "SELECT json_extract(j.value, '$.was'), json_extract(j.value, '$.wo')"
	    "  FROM audit u, json_each(coalesce(u.after, '{}'), '$.stellen') j"
	    " WHERE u.id = (SELECT max(id) FROM audit WHERE object = $1 AND action = "
	    "'person.erase')";
	struct erased p;
	size_t n = 0;

	TRY(load(rq, &p));
	if (!is_erased(&p))
		return E_NOT_FOUND;
	struct str object = arena_fmt(rq->arena, "person/%" PRId64, p.id);
	struct rows r = db_query(rq->db, sql, WITH(TEXT(object)));
	for (; rows_next(&r); n++) {
		struct view *v = view_row(rq->view, S_PLACE);
		view_text(v, V_WHAT, col_text(&r, 0));
		view_text(v, V_LINK, col_text(&r, 1));
	}
	TRY(r.err);
	view_text(rq->view, V_PERSON_NAME, p.name);
	view_show_if(rq->view, S_PLACES, n > 0);
	view_show_if(rq->view, S_NO_PLACES, n == 0);
	return reply_page(rq, 200, "people/erase_done.html");
}

const struct route erase_routes[] = {
    GET("/personen/:id/loeschen", PEOPLE_MANAGE, erase_ask),
    POST_PREPARED("/personen/:id/loeschen", PEOPLE_MANAGE, fresh_password_prepare, erase_post, 0),
    GET("/personen/:id/geloescht", PEOPLE_MANAGE, erase_done),
    ROUTES_END,
};
