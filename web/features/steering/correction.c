/* correction.c -- clerical corrections of sealed minutes: one proposes, the other confirms; nothing
 * is overwritten. */
#include "features/steering/minutes_handlers.h"

#include <inttypes.h>

static const struct form_field poll_field = {S_INIT("betrifft"), NULL, S_BETRIFFT_FEHLER};

enum err corrections_load(struct request *rq, int64_t meeting_id, struct corrections *out)
{
	static const char sql[] =
	    "SELECT count(*) OVER (), c.id, coalesce(c.poll_id, 0), c.proposed_by,"
	    "       coalesce(c.confirmed_at, 0), c.old, c.new, c.reason, coalesce(a.name, ''), "
	    "coalesce(b.name, ''),"
	    "       coalesce('Abstimmung über Vorlage ' || d.year || "
	    "'-' || d.number,"
	    "        'Niederschrift') FROM correction c JOIN person a "
	    "ON a.id = "
	    "c.proposed_by"
	    "  LEFT JOIN person b ON b.id = c.confirmed_by"
	    "  LEFT JOIN poll p ON p.id = c.poll_id"
	    "  LEFT JOIN decision d ON d.id = p.decision_id"
	    " WHERE (c.meeting_id = $1 OR p.meeting_id = $1) AND "
	    "c.withdrawn_at IS NULL"
	    " ORDER BY c.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(meeting_id)));

	*out = (struct corrections){.n = 0};
	while (rows_next(&r)) {
		if (out->n == 0)
			out->v = ARENA_ARRAY(rq->arena, struct correction, (size_t)col_int(&r, 0));
		out->v[out->n++] =
		    (struct correction){.id = col_int(&r, 1),
					.meeting_id = col_int(&r, 2) == 0 ? meeting_id : 0,
					.poll_id = col_int(&r, 2),
					.proposed_by = col_int(&r, 3),
					.confirmed_at = col_int(&r, 4),
					.old = col_text(&r, 5),
					.new = col_text(&r, 6),
					.reason = col_text(&r, 7),
					.proposer = col_text(&r, 8),
					.confirmer = col_text(&r, 9),
					.subject = col_text(&r, 10)};
	}
	return r.err;
}

/* The other of the two: chair for the minute-taker's proposal, and the other way round. */
static bool may_confirm(const struct request *rq, const struct minutes *x,
			const struct correction *c)
{
	return x->viewer != SIGNERS && c->confirmed_at == 0 &&
	       c->proposed_by != rq->viewer.person_id &&
	       minutes_signer(&x->m, c->proposed_by, true) != x->viewer;
}

enum err corrections_show(struct request *rq, const struct minutes *x)
{
	struct corrections all;
	struct view *list = NULL;

	TRY(corrections_load(rq, x->m.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		const struct correction *c = &all.v[i];
		if (c->confirmed_at == 0 && x->viewer == SIGNERS)
			continue; /* not yet a correction */
		if (list == NULL)
			list = view_row(rq->view, S_CORRECTIONS);
		struct view *v = view_row(list, S_CORRECTION);
		view_int(v, V_CORRECTION_ID, c->id);
		view_text(v, V_SUBJECT, c->subject);
		view_text(v, V_OLD_TEXT, c->old);
		view_text(v, V_NEW_TEXT, c->new);
		view_text(v, V_REASON, c->reason);
		view_text(v, V_PROPOSER, c->proposer);
		if (c->confirmed_at != 0) {
			struct view *done = view_row(v, S_CONFIRMED);
			view_text(done, V_NAME, c->confirmer);
			view_text(done, V_DATE, date_short(rq->arena, date_of(c->confirmed_at)));
		}
		view_show_if(v, S_PROPOSED, c->confirmed_at == 0);
		view_show_if(v, S_CAN_CONFIRM, may_confirm(rq, x, c));
		view_show_if(v, S_CAN_WITHDRAW,
			     c->confirmed_at == 0 && c->proposed_by == rq->viewer.person_id);
	}
	return OK;
}

/* ---- Proposing ---- */

/* Votes of the meeting that were closed; `chosen` 0: none is. */
static enum err show_polls(struct request *rq, const struct minutes *x, int64_t chosen, bool *found)
{
	static const char sql[] =
	    "SELECT p.id, 'Abstimmung über Vorlage ' || d.year || '-' || d.number || ', Runde ' ||"
	    "  p.round FROM poll p JOIN decision d ON d.id = p.decision_id"
	    " WHERE p.meeting_id = $1 AND p.closed_at IS NOT NULL ORDER BY p.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(x->m.id)));

	*found = chosen == 0;
	while (rows_next(&r)) {
		struct view *row = view_row(rq->view, S_POLL_OPTION);
		view_int(row, V_ID, col_int(&r, 0));
		view_text(row, V_LABEL, col_text(&r, 1));
		view_show_if(row, S_SELECTED, col_int(&r, 0) == chosen);
		*found = *found || col_int(&r, 0) == chosen;
	}
	return r.err;
}

static enum err new_page(struct form *f, const struct minutes *x, int status)
{
	meeting_head(f->rq, f->rq->view, &x->m);
	form_show(f, f->rq->view);
	view_show(f->rq->view, S_OF_MINUTES);
	return reply_page(f->rq, status, "steering/minutes_correction.html");
}

static enum err load_sealed(struct request *rq, struct minutes *x)
{
	TRY(minutes_load_to_sign(rq, x));
	return x->sealed ? OK : E_CONFLICT;
}

/* GET /sitzungen/:slug/protokoll/berichtigungen */
enum err correction_new(struct request *rq)
{
	struct minutes x;
	struct form f;
	bool found;

	TRY(load_sealed(rq, &x));
	correction_form(&f, rq);
	TRY(show_polls(rq, &x, 0, &found));
	return new_page(&f, &x, 200);
}

static enum err read(struct form *f, const struct minutes *x, struct correction *c)
{
	bool found;

	correction_read(f, x->text, M_CORRECTION_OLD, c);
	c->poll_id = form_number(f, &poll_field, OPTIONAL);
	c->meeting_id = c->poll_id == 0 ? x->m.id : 0;
	TRY(show_polls(f->rq, x, c->poll_id, &found));
	if (!found)
		form_problem(f, &poll_field, M_CHOOSE, 0);
	return OK;
}

/* POST /sitzungen/:slug/protokoll/berichtigungen */
enum err correction_create(struct request *rq)
{
	struct correction c = {.id = 0};
	struct minutes x;
	struct form f;

	TRY(load_sealed(rq, &x));
	form_begin(&f, rq);
	TRY(read(&f, &x, &c));
	if (form_wrong(&f))
		return new_page(&f, &x, 422);
	TRY(correction_propose(rq, &(struct correction_of){"meeting", x.m.id}, &c));
	return reply_redirect(rq, M_CORRECTION_PROPOSED, "/sitzungen/%.*s/protokoll#berichtigungen",
			      ARG(x.m.slug));
}

/* ---- Confirming ---- */

static enum err load(struct request *rq, struct minutes *x, struct correction **out)
{
	struct corrections all;

	TRY(load_sealed(rq, x));
	TRY(corrections_load(rq, x->m.id, &all));
	for (size_t i = 0; i < all.n; i++) {
		*out = &all.v[i];
		if ((*out)->id == rq->id)
			return OK;
	}
	return E_NOT_FOUND;
}

static enum err page(struct request *rq, struct minutes *x)
{
	struct form f;

	minutes_form_begin(&f, rq);
	return minutes_page(&f, x, 409);
}

/* POST /sitzungen/:slug/protokoll/berichtigungen/:id/bestaetigen */
enum err correction_confirm(struct request *rq)
{
	struct correction *c;
	struct minutes x;

	TRY(load(rq, &x, &c));
	if (!may_confirm(rq, &x, c))
		return c->confirmed_at != 0 ? page(rq, &x) : E_FORBIDDEN;
	TRY(correction_settle(rq, &(struct correction_of){"meeting", x.m.id}, c));
	if (c->poll_id != 0)
		TRY(correction_letters(rq, &x, c));
	return reply_redirect(rq, M_CORRECTED, "/sitzungen/%.*s/protokoll#berichtigungen",
			      ARG(x.m.slug));
}

/* POST /sitzungen/:slug/protokoll/berichtigungen/:id/zurueckziehen */
enum err correction_withdraw(struct request *rq)
{
	struct correction *c;
	struct minutes x;

	TRY(load(rq, &x, &c));
	if (c->proposed_by != rq->viewer.person_id)
		return E_FORBIDDEN;
	if (c->confirmed_at != 0)
		return page(rq, &x);
	TRY(correction_drop(rq, &(struct correction_of){"meeting", x.m.id}, c));
	return reply_redirect(rq, M_CORRECTION_GONE, "/sitzungen/%.*s/protokoll#berichtigungen",
			      ARG(x.m.slug));
}
