/* circular_correction.c -- clerical corrections of a circular resolution.  It has no minutes, so
 * its template is what is corrected: one of project office and chair proposes, another one
 * confirms, and both texts stand below the result.  What was voted on is never changed. */
#include "app/form.h"
#include "base/clock.h"
#include "features/steering/poll_handlers.h"
#include "features/steering/poll_letter.h"
#include "features/steering/poll_presence.h"
#include "features/steering/register_records.h"

#include <inttypes.h>

enum { TEXT_CHARS = 500 };

static const struct form_field old_field = {S_INIT("stelle"), V_STELLE, S_STELLE_FEHLER};
static const struct form_field new_field = {S_INIT("richtig"), V_RICHTIG, S_RICHTIG_FEHLER};
static const struct form_field reason_field = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};

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

struct proposal {
	int64_t id, proposed_by;
	struct str old, new, reason, proposer;
};

#define PROPOSALS                                                                                  \
	"SELECT c.id, c.proposed_by, c.old, c.new, c.reason, a.name FROM correction c JOIN "       \
	"person a"                                                                                 \
	"  ON a.id = c.proposed_by WHERE c.poll_id = $1 AND c.confirmed_at IS NULL"                \
	"  AND c.withdrawn_at IS NULL"

static struct proposal take(struct rows *r)
{
	return (struct proposal){.id = col_int(r, 0),
				 .proposed_by = col_int(r, 1),
				 .old = col_text(r, 2),
				 .new = col_text(r, 3),
				 .reason = col_text(r, 4),
				 .proposer = col_text(r, 5)};
}

static void show_proposal(struct request *rq, const struct decision *d, const struct poll *p,
			  const struct proposal *x, struct view *result)
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
		struct proposal x = take(&r);
		show_proposal(rq, d, p, &x, result);
	}
	return r.err;
}

/* ---- Proposing ---- */

static enum err new_page(struct form *f, const struct decision *d, const struct poll *p, int status)
{
	struct view *v = f->rq->view;

	form_show(f, v);
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
	form_begin(&f, rq);
	form_fill(&f, &old_field, S(""));
	form_fill(&f, &new_field, S(""));
	form_fill(&f, &reason_field, S(""));
	return new_page(&f, &d, &p, 200);
}

/* All that was laid before those who voted, and what they wrote. */
static enum err stands_there(struct request *rq, const struct poll *p, struct str words, bool *out)
{
	static const char sql[] =
	    "SELECT v.title || char(10) || v.summary || char(10) || v.resolution || char(10) ||"
	    "  v.reasons || char(10) || v.alternatives || char(10) || v.costs || char(10) ||"
	    "  v.consultation || char(10) || coalesce((SELECT group_concat(b.reason, char(10))"
	    "   FROM ballot b WHERE b.poll_id = $1), '') FROM decision_version v"
	    " WHERE v.decision_id = $2 AND v.version = $3";
	struct str text;

	TRY(db_text(rq->db, sql, WITH(INT(p->id), INT(p->decision_id), INT(p->version)), &text));
	*out = str_find(text, words) < text.n;
	return OK;
}

static enum err read(struct form *f, const struct poll *p, struct proposal *x)
{
	bool there = false;

	x->old = form_line(f, &old_field, REQUIRED, TEXT_CHARS);
	x->new = form_line(f, &new_field, REQUIRED, TEXT_CHARS);
	x->reason = form_line(f, &reason_field, REQUIRED, TEXT_CHARS);
	TRY(stands_there(f->rq, p, x->old, &there));
	if (x->old.n > 0 && !there)
		form_problem(f, &old_field, M_CORRECTION_OF_TEMPLATE, 0);
	if (x->new.n > 0 && str_eq(x->old, x->new))
		form_problem(f, &new_field, M_CORRECTION_SAME, 0);
	return OK;
}

static enum err event(struct request *rq, const struct poll *p, const char *action,
		      const struct proposal *x)
{
	return steering_event(rq, &(struct steering_event){.object = "decision",
							   .id = p->decision_id,
							   .action = action,
							   .before = x->old,
							   .after = x->new,
							   .reason = x->reason});
}

/* POST /entscheidungen/:slug/umlauf/berichtigung */
enum err circular_correction_create(struct request *rq)
{
	static const char sql[] =
	    "INSERT INTO correction (poll_id, old, new, reason, proposed_by, proposed_at)"
	    " VALUES ($1, $2, $3, $4, $5, $6)";
	struct proposal x = {.id = 0};
	struct decision d;
	struct poll p;
	struct form f;

	TRY(begin(rq, &d, &p));
	form_begin(&f, rq);
	TRY(read(&f, &p, &x));
	if (!is_possible(&p))
		return poll_stale(rq, &d);
	if (form_wrong(&f))
		return new_page(&f, &d, &p, 422);
	TRY(db_run(rq->db, sql,
		   WITH(INT(p.id), TEXT(x.old), TEXT(x.new), TEXT(x.reason),
			INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	TRY(event(rq, &p, "correction_propose", &x));
	return back(rq, &d, &p, M_CORRECTION_PROPOSED);
}

/* ---- The other person ---- */

/* x->id 0: that proposal is not open any more. */
static enum err load(struct request *rq, struct decision *d, struct poll *p, struct proposal *x)
{
	static const char sql[] = PROPOSALS " AND c.id = $2";
	int64_t id = 0;

	*x = (struct proposal){.id = 0};
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
	static const char sql[] = "UPDATE correction SET confirmed_by = $2, confirmed_at = $3"
				  " WHERE id = $1 AND confirmed_at IS NULL";
	struct register_book book = register_of(rq);
	struct proposal x;
	struct decision d;
	struct poll p;

	TRY(load(rq, &d, &p, &x));
	if (x.id != 0 && x.proposed_by == rq->viewer.person_id)
		return E_FORBIDDEN;
	if (x.id == 0 || !is_possible(&p))
		return poll_stale(rq, &d);
	TRY(db_run(rq->db, sql, WITH(INT(x.id), INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	struct register_correction done = {.poll = p.id,
					   .old = x.old,
					   .new = x.new,
					   .reason = x.reason,
					   .proposed = WHO(x.proposed_by),
					   .confirmed = WHO(rq->viewer.person_id)};
	TRY(register_correction(&book, &done));
	TRY(poll_letters_corrected(rq, &d, &p, x.id));
	TRY(event(rq, &p, "correction_confirm", &x));
	return back(rq, &d, &p, M_CORRECTED);
}

/* POST /entscheidungen/:slug/umlauf/berichtigung/zurueckziehen */
enum err circular_correction_withdraw(struct request *rq)
{
	static const char sql[] = "UPDATE correction SET withdrawn_at = $2"
				  " WHERE id = $1 AND confirmed_at IS NULL";
	struct proposal x;
	struct decision d;
	struct poll p;

	TRY(load(rq, &d, &p, &x));
	if (x.id == 0)
		return poll_stale(rq, &d);
	if (x.proposed_by != rq->viewer.person_id)
		return E_FORBIDDEN;
	TRY(db_run(rq->db, sql, WITH(INT(x.id), INT(clock_now())), NULL));
	TRY(event(rq, &p, "correction_withdraw", &x));
	return back(rq, &d, &p, M_CORRECTION_GONE);
}
