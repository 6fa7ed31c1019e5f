/* poll_void_act.c -- declaring a vote void: what its pages show and take. */
#include "app/form.h"
#include "features/steering/poll_handlers.h"
#include "features/steering/poll_void.h"
#include "features/steering/poll_words.h"

static const struct form_field REASON = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};
enum { REASON_MAX = 1000 };

static enum err back(struct request *rq, const struct decision *d, const struct poll *p,
		     enum message done)
{
	return reply_redirect(rq, done, "/entscheidungen/%.*s/abstimmung?nr=%d", ARG(d->slug),
			      (int)p->id);
}

enum err poll_void_show(struct request *rq, const struct decision *d, const struct poll *p,
			struct view *v)
{
	struct poll_void x;

	TRY(poll_void_load(rq, d, p, &x));
	if (x.may_propose)
		view_text(view_row(v, S_MAY_VOID), V_DECISION_SLUG, d->slug);
	if (x.id == 0)
		return OK;
	if (x.confirmed_at != 0) {
		struct view *done = view_row(v, S_VOIDED);
		view_text(done, V_WHEN, instant_words(rq->arena, x.confirmed_at));
		view_text(done, V_COUNTED, poll_tally_label(p));
		view_text(done, V_PROPOSER, x.proposer);
		view_text(done, V_CONFIRMER, x.confirmer);
		view_text(done, V_REASON, x.reason);
		return OK;
	}
	struct view *asked = view_row(v, S_VOID_ASKED);
	view_text(asked, V_PROPOSER, x.proposer);
	view_text(asked, V_REASON, x.reason);
	struct view *forms[] = {x.may_confirm ? view_row(asked, S_CAN_CONFIRM) : NULL,
				x.may_withdraw ? view_row(asked, S_CAN_WITHDRAW) : NULL};
	for (int i = 0; i < 2; i++)
		if (forms[i] != NULL) {
			view_text(forms[i], V_DECISION_SLUG, d->slug);
			view_int(forms[i], V_POLL_ID, p->id);
			view_int(forms[i], V_VOID_ID, x.id);
		}
	return OK;
}

/* ---- Proposing ---- */

static enum err new_page(struct form *f, const struct decision *d, const struct poll *p, int status)
{
	struct view *v = f->rq->view;

	form_show(f, v);
	view_text(v, V_DECISION_SLUG, d->slug);
	view_text(v, V_DECISION_TITLE, d->title);
	view_int(v, V_POLL_ID, p->id);
	view_text(v, V_KIND, poll_kind_label(p->kind));
	view_int(v, V_ROUND, p->round);
	view_text(v, V_RESULT, poll_result_label(p));
	view_show_if(v, S_ADOPTED, p->result == TALLY_ADOPTED);
	return reply_page(f->rq, status, "steering/poll_void_new.html");
}

/* The last vote that could have decided something. */
static enum err last_poll(struct request *rq, const struct decision *d, struct poll *p)
{
	struct poll *polls;
	size_t n;

	TRY(polls_load(rq, d->id, &polls, &n));
	for (size_t i = 0; i < n; i++)
		if (poll_is_on_matter(polls[i].kind)) {
			*p = polls[i];
			return OK;
		}
	return E_NOT_FOUND;
}

/* GET /entscheidungen/:slug/abstimmung/ungueltig */
enum err poll_void_new(struct request *rq)
{
	struct poll_void x;
	struct decision d;
	struct poll p;
	struct form f;

	TRY(decision_load(rq, rq->slug, &d));
	TRY(last_poll(rq, &d, &p));
	TRY(poll_void_load_to_act(rq, &d, &p, &x));
	if (!x.may_propose)
		return back(rq, &d, &p, M_NONE);
	form_begin(&f, rq);
	form_fill(&f, &REASON, S(""));
	return new_page(&f, &d, &p, 200);
}

/* POST /entscheidungen/:slug/abstimmung/ungueltig */
enum err poll_void_create(struct request *rq)
{
	struct poll_void x;
	struct decision d;
	struct poll p;
	struct form f;

	TRY(poll_of_form(rq, &d, &p));
	TRY(poll_void_load_to_act(rq, &d, &p, &x));
	form_begin(&f, rq);
	struct str reason = form_lines(&f, &REASON, OPTIONAL, REASON_MAX);
	if (!x.may_propose)
		return poll_stale(rq, &d);
	if (reason.n == 0)
		form_problem(&f, &REASON, M_POLL_REASON, 0);
	if (form_wrong(&f))
		return new_page(&f, &d, &p, 422);
	TRY(poll_void_propose(rq, &d, &p, reason));
	return back(rq, &d, &p, M_VOID_PROPOSED);
}

/* ---- The other person ---- */

/* What was read is what is meant: the form names the proposal. */
static enum err load(struct request *rq, struct decision *d, struct poll *p, struct poll_void *x,
		     bool *same)
{
	int64_t id = 0;

	TRY(poll_of_form(rq, d, p));
	if (!str_to_int(field_text(&rq->http.form, S("vorschlag")), &id))
		return E_BAD_REQUEST;
	TRY(poll_void_load_to_act(rq, d, p, x));
	*same = x->id == id;
	return OK;
}

/* POST /entscheidungen/:slug/abstimmung/ungueltig/bestaetigen */
enum err poll_void_agree(struct request *rq)
{
	struct poll_void x;
	struct decision d;
	struct poll p;
	bool same;

	TRY(load(rq, &d, &p, &x, &same));
	if (same && x.confirmed_at == 0 && x.may_withdraw)
		return E_FORBIDDEN; /* by oneself */
	if (!same || !x.may_confirm)
		return poll_stale(rq, &d);
	TRY(poll_void_confirm(rq, &d, &p, &x));
	return back(rq, &d, &p, M_VOID_CONFIRMED);
}

/* POST /entscheidungen/:slug/abstimmung/ungueltig/zurueckziehen */
enum err poll_void_drop(struct request *rq)
{
	struct poll_void x;
	struct decision d;
	struct poll p;
	bool same;

	TRY(load(rq, &d, &p, &x, &same));
	if (same && x.proposed_by != rq->viewer.person_id)
		return E_FORBIDDEN;
	if (!same || !x.may_withdraw)
		return poll_stale(rq, &d);
	TRY(poll_void_withdraw(rq, &d, &x));
	return back(rq, &d, &p, M_CORRECTION_GONE);
}
