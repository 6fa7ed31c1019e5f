/* circular_correction.c -- clerical corrections of a circular resolution.  It has no minutes, so
 * its template is what is corrected: one of project office and chair proposes, another one
 * confirms, and both texts stand below the result.  What was voted on is never changed. */
#include "features/steering/correction.h"
#include "features/steering/poll_handlers.h"
#include "features/steering/poll_letter.h"
#include "features/steering/poll_presence.h"

#include <inttypes.h>

static enum err back(struct request *rq, const struct decision *d, const struct poll *p,
		     enum message done)
{
	return reply_redirect(rq, done, "/entscheidungen/%.*s/abstimmung?nr=%" PRId64, ARG(d->slug),
			      p->id);
}

/* ---- Who, and when ---- */

static enum err may_act(struct request *rq, const struct poll *p, bool *out)
{
	bool recused = false;

	TRY(poll_viewer_recused(rq, p, &recused));
	*out = !recused && right_to_all(rq->viewer.roles, MEETING_PREPARE);
	return OK;
}

static bool is_possible(const struct poll *p)
{
	return p->kind == POLL_CIRCULAR && p->closed_at != 0 && p->voided_at == 0;
}

/* The vote of a form; E_FORBIDDEN for all but those who may. */
static enum err begin(struct request *rq, struct decision *d, struct poll *p)
{
	bool may = false;

	TRY(poll_of_form(rq, d, p));
	if (p->kind != POLL_CIRCULAR)
		return E_NOT_FOUND;
	TRY(may_act(rq, p, &may));
	return may ? OK : E_FORBIDDEN;
}

/* ---- Below the result ---- */

#define PROPOSALS                                                                                  \
	"SELECT c.id, c.poll_id, c.proposed_by, c.old, c.new, c.reason, a.name FROM correction c " \
	"JOIN "                                                                                    \
	"person a"                                                                                 \
	"  ON a.id = c.proposed_by WHERE c.poll_id = $1 AND c.confirmed_at IS NULL"                \
	"  AND c.withdrawn_at IS NULL"

static struct correction take(struct rows *r)
{
	return (struct correction){.id = col_int(r, 0),
				   .poll_id = col_int(r, 1),
				   .proposed_by = col_int(r, 2),
				   .old = col_text(r, 3),
				   .new = col_text(r, 4),
				   .reason = col_text(r, 5),
				   .proposer = col_text(r, 6)};
}

static void show_proposal(struct request *rq, const struct decision *d, const struct poll *p,
			  const struct correction *x, struct view *result)
{
	struct view *v = view_row(result, S_CORRECTION_ASKED);

	view_text(v, V_OLD_TEXT, x->old);
	view_text(v, V_NEW_TEXT, x->new);
	view_text(v, V_REASON, x->reason);
	view_text(v, V_PROPOSER, x->proposer);
	struct view *act =
	    view_row(v, x->proposed_by == rq->viewer.person_id ? S_CAN_WITHDRAW : S_CAN_CONFIRM);
	view_text(act, V_DECISION_SLUG, d->slug);
	view_int(act, V_POLL_ID, p->id);
	view_int(act, V_CORRECTION_ID, x->id);
}

enum err circular_corrections_show(struct request *rq, const struct decision *d,
				   const struct poll *p, struct view *result)
{
	static const char sql[] = PROPOSALS " ORDER BY c.id";
	bool may = false;

	if (!is_possible(p))
		return OK;
	TRY(may_act(rq, p, &may));
	if (!may)
		return OK;
	view_text(view_row(result, S_MAY_CORRECT), V_DECISION_SLUG, d->slug);
	struct rows r = db_query(rq->db, sql, WITH(INT(p->id)));
	while (rows_next(&r)) {
		struct correction x = take(&r);
		show_proposal(rq, d, p, &x, result);
	}
	return r.err;
}

/* ---- Proposing ---- */

static enum err new_page(struct form *f, const struct decision *d, const struct poll *p, int status)
{
	struct view *v = f->rq->view;

	form_show(f, v);
	view_show(v, S_OF_CIRCULAR);
	view_text(v, V_DECISION_SLUG, d->slug);
	view_text(v, V_DECISION_TITLE, d->title);
	view_int(v, V_POLL_ID, p->id);
	return reply_page(f->rq, status, "steering/circular_correction.html");
}

static enum err last_circular(struct request *rq, const struct decision *d, struct poll *p)
{
	struct poll *polls;
	size_t n;

	TRY(polls_load(rq, d->id, &polls, &n));
	for (size_t i = 0; i < n; i++)
		if (is_possible(&polls[i])) {
			*p = polls[i];
			return OK;
		}
	return E_NOT_FOUND;
}

/* GET /entscheidungen/:slug/umlauf/berichtigung */
enum err circular_correction_new(struct request *rq)
{
	struct decision d;
	struct poll p;
	struct form f;
	bool may = false;

	TRY(decision_load(rq, rq->slug, &d));
	TRY(last_circular(rq, &d, &p));
	TRY(may_act(rq, &p, &may));
	if (!may)
		return E_FORBIDDEN;
	correction_form(&f, rq);
	return new_page(&f, &d, &p, 200);
}

/* All that was laid before those who voted, and what they wrote. */
static enum err what_stands(struct request *rq, const struct poll *p, struct str *out)
{
	static const char sql[] =
	    "SELECT v.title || char(10) || v.summary || char(10) || v.resolution || char(10) ||"
	    "  v.reasons || char(10) || v.alternatives || char(10) || v.costs || char(10) ||"
	    "  v.consultation || char(10) || coalesce((SELECT group_concat(b.reason, char(10))"
	    "   FROM ballot b WHERE b.poll_id = $1), '') FROM decision_version v"
	    " WHERE v.decision_id = $2 AND v.version = $3";

	return db_text(rq->db, sql, WITH(INT(p->id), INT(p->decision_id), INT(p->version)), out);
}

/* POST /entscheidungen/:slug/umlauf/berichtigung */
enum err circular_correction_create(struct request *rq)
{
	struct correction x = {.id = 0};
	struct decision d;
	struct str text;
	struct poll p;
	struct form f;

	TRY(begin(rq, &d, &p));
	TRY(what_stands(rq, &p, &text));
	form_begin(&f, rq);
	correction_read(&f, text, M_CORRECTION_OF_TEMPLATE, &x);
	x.poll_id = p.id;
	if (!is_possible(&p))
		return poll_stale(rq, &d);
	if (form_wrong(&f))
		return new_page(&f, &d, &p, 422);
	TRY(correction_propose(rq, &(struct correction_of){"decision", d.id}, &x));
	return back(rq, &d, &p, M_CORRECTION_PROPOSED);
}

/* ---- The other person ---- */

/* x->id 0: that proposal is not open any more. */
static enum err load(struct request *rq, struct decision *d, struct poll *p, struct correction *x)
{
	static const char sql[] = PROPOSALS " AND c.id = $2";
	int64_t id = 0;

	*x = (struct correction){.id = 0};
	TRY(begin(rq, d, p));
	if (!str_to_int(field_text(&rq->http.form, S("vorschlag")), &id))
		return E_BAD_REQUEST;
	struct rows r = db_query(rq->db, sql, WITH(INT(p->id), INT(id)));
	if (rows_next(&r))
		*x = take(&r);
	return r.err;
}

/* POST /entscheidungen/:slug/umlauf/berichtigung/bestaetigen */
enum err circular_correction_confirm(struct request *rq)
{
	struct correction x;
	struct decision d;
	struct poll p;

	TRY(load(rq, &d, &p, &x));
	if (x.id != 0 && x.proposed_by == rq->viewer.person_id)
		return E_FORBIDDEN;
	if (x.id == 0 || !is_possible(&p))
		return poll_stale(rq, &d);
	TRY(correction_settle(rq, &(struct correction_of){"decision", d.id}, &x));
	TRY(poll_letters_corrected(rq, &d, &p, x.id));
	return back(rq, &d, &p, M_CORRECTED);
}

/* POST /entscheidungen/:slug/umlauf/berichtigung/zurueckziehen */
enum err circular_correction_withdraw(struct request *rq)
{
	struct correction x;
	struct decision d;
	struct poll p;

	TRY(load(rq, &d, &p, &x));
	if (x.id == 0)
		return poll_stale(rq, &d);
	if (x.proposed_by != rq->viewer.person_id)
		return E_FORBIDDEN;
	TRY(correction_drop(rq, &(struct correction_of){"decision", d.id}, &x));
	return back(rq, &d, &p, M_CORRECTION_GONE);
}
