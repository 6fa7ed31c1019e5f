/* profile_factor.c -- setting up the second factor, and new recovery codes. */
#include "features/people/profile.h"

#include "app/audit.h"
#include "app/fresh_password.h"
#include "app/second_factor.h"
#include "app/session.h"
#include "base/date.h"
#include "base/totp.h"
#include "export/qr.h"

#include <inttypes.h>

enum { CODE_MAX = 40, QUIET_ZONE = 4 };

static const struct form_field CODE = {S_INIT("code"), V_CODE, S_CODE_FEHLER};
static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};

static struct str object(struct request *rq)
{
	return arena_fmt(rq->arena, "person/%" PRId64, rq->viewer.person_id);
}

static void show_codes(struct view *v, const struct str *codes)
{
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		view_text(view_row(v, S_RECOVERY), V_RECOVERY_CODE, codes[i]);
}

static enum err show_draft(const struct form *f, const struct factor_draft *d, bool active)
{
	struct request *rq = f->rq;
	static const char sql[] = "SELECT email FROM person WHERE id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id)));
	struct qr qr;

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	struct str issuer =
	    arena_fmt(rq->arena, "Handschlag %.*s", ARG(rq->app->config.cooperation));
	struct view *v = view_row(rq->view, S_DRAFT);
	if (!qr_encode(rq->arena, totp_uri(rq->arena, d->secret, issuer, col_text(&r, 0)), &qr))
		return E_INTERNAL;
	int64_t side = (int64_t)qr.size + 2 * QUIET_ZONE;
	view_int(v, V_QR_SIDE, side);
	view_int(v, V_QR_ZONE, QUIET_ZONE);
	view_text(v, V_QR_PATH, qr.path);
	view_text(v, V_SECRET_TEXT, totp_text(rq->arena, d->secret));
	show_codes(v, d->codes);
	form_show_problems(f, rq->view);
	form_show_fields(f, v);
	view_show_if(v, S_MORE, !active);
	return OK;
}

static enum err page(struct form *f, int status)
{
	struct request *rq = f->rq;
	struct factor_state state;
	struct factor_draft draft;

	TRY(factor_state(rq, rq->viewer.person_id, &state));
	TRY(factor_draft_load(rq, &draft));
	view_show_if(rq->view, S_NEEDED, rq->viewer.must_enrol);
	if (state.active)
		view_text(view_row(rq->view, S_ACTIVE), V_SINCE,
			  date_long(rq->arena, date_of(state.since)));
	if (draft.secret.n > 0) {
		form_fill(f, &CODE, form_value(f, &CODE));
		TRY(show_draft(f, &draft, state.active));
	} else {
		form_show_problems(f, rq->view);
		if (state.active)
			form_show_fields(f, view_row(rq->view, S_BEGIN_ANEW));
		else
			view_show(rq->view, S_BEGIN);
	}
	return reply_page(rq, status, "people/factor_show.html");
}

/* GET /profil/zwei-schritte */
enum err factor_show(struct request *rq)
{
	struct form f;

	form_begin(&f, rq);
	return page(&f, 200);
}

/* POST /profil/zwei-schritte/neu -- a new secret to look at; nothing counts yet.  Beside an active
 * one only with the password: a browser left open must not exchange the phone. */
enum err factor_draft_post(struct request *rq)
{
	struct factor_state state;
	struct form f;
	int status = 422;

	form_begin(&f, rq);
	TRY(factor_state(rq, rq->viewer.person_id, &state));
	if (state.active)
		TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (form_wrong(&f))
		return page(&f, status);
	TRY(factor_draft_make(rq));
	TRY(audit(rq, "second_factor.draft", object(rq), S(""), S("")));
	return reply_redirect(rq, M_NONE, "/profil/zwei-schritte");
}

/* GET /profil/zwei-schritte/neu -- somebody reloaded the page: it was the answer to a form. */
enum err factor_draft_show(struct request *rq)
{
	return reply_redirect(rq, M_NONE, "/profil/zwei-schritte");
}

/* Whoever could not go on without it begins where new people begin. */
static enum err go_on(struct request *rq, bool first)
{
	if (first && right_to_enter(rq->viewer.roles, PROJECT_SEE))
		return reply_redirect(rq, M_FACTOR_ACTIVE, "/handbuch/gelesen");
	return reply_redirect(rq, M_FACTOR_ACTIVE, first ? "/" : "/profil");
}

/* It was another session's, or has been waiting too long: there is nothing to confirm. */
static enum err gone(struct form *f)
{
	(void)field_text(&f->rq->http.form, CODE.name);
	(void)field_text(&f->rq->http.form, PASSWORT.name);
	view_show(f->rq->view, S_DRAFT_GONE);
	return page(f, 422);
}

/* POST /profil/zwei-schritte */
enum err factor_confirm_post(struct request *rq)
{
	struct factor_draft draft;
	struct form f;
	bool right = false, first = rq->viewer.must_enrol;
	int status = 422;

	form_begin(&f, rq);
	TRY(factor_draft_load(rq, &draft));
	if (draft.secret.n == 0)
		return gone(&f);
	struct str code = form_line(&f, &CODE, OPTIONAL, CODE_MAX);
	if (code.n == 0)
		form_problem(&f, &CODE, M_CODE_NEEDED, 0);
	TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (form_wrong(&f))
		return page(&f, status == 0 ? 422 : status);
	TRY(factor_confirm(rq, code, &right));
	if (!right) {
		form_problem(&f, &CODE, M_CODE_WRONG, 0);
		return page(&f, 422);
	}
	TRY(audit(rq, "second_factor.set", object(rq), S(""), S("")));
	return go_on(rq, first);
}

static enum err codes_page(struct form *f, const struct str *codes, int status)
{
	struct factor_state state;

	TRY(factor_state(f->rq, f->rq->viewer.person_id, &state));
	if (!state.active)
		return reply_redirect(f->rq, M_NONE, "/profil/zwei-schritte");
	view_int(f->rq->view, V_LEFT, state.codes_left);
	if (codes != NULL) {
		show_codes(view_row(f->rq->view, S_NEW_CODES), codes);
	} else {
		view_show(f->rq->view, S_ASK);
		form_show(f, f->rq->view);
	}
	return reply_page(f->rq, status, "people/codes_show.html");
}

/* GET /profil/ersatzcodes */
enum err codes_show(struct request *rq)
{
	struct form f;

	form_begin(&f, rq);
	return codes_page(&f, NULL, 200);
}

/* POST /profil/ersatzcodes -- answered with the page itself: they are shown this once. */
enum err codes_post(struct request *rq)
{
	struct str codes[RECOVERY_CODES];
	struct factor_state state;
	struct form f;
	int status = 422;

	form_begin(&f, rq);
	TRY(factor_state(rq, rq->viewer.person_id, &state));
	TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (form_wrong(&f))
		return codes_page(&f, NULL, status);
	if (!state.active)
		return E_CONFLICT;
	TRY(factor_codes_renew(rq, codes));
	TRY(audit(rq, "second_factor.codes", object(rq), S(""), S("")));
	return codes_page(&f, codes, 200);
}
