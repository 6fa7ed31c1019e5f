/* feedback_decide.c -- what the editors do with a remark: clarify, decide, open it again. */
#include "base/clock.h"
#include "features/handbook/feedback_decision.h"
#include "features/handbook/feedback_handlers.h"

#include <inttypes.h>

enum { TEXT_MAX = 5000 };

const struct form_field FEEDBACK_OUTCOME = {S_INIT("ergebnis"), NULL, S_ERGEBNIS_FEHLER};
const struct form_field FEEDBACK_REASON = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};
const struct form_field FEEDBACK_UNTIL = {S_INIT("bis"), V_BIS, S_BIS_FEHLER};
const struct form_field FEEDBACK_DUPLICATE = {S_INIT("dublette"), V_DUBLETTE, S_DUBLETTE_FEHLER};
const struct form_field FEEDBACK_QUERY_TEXT = {S_INIT("rueckfrage"), V_RUECKFRAGE,
					       S_RUECKFRAGE_FEHLER};
const struct form_field FEEDBACK_REOPEN_REASON = {S_INIT("warum"), V_WARUM, S_WARUM_FEHLER};

/* "R3-017", "F-4" or "f-004" */
static enum err find_other(struct request *rq, struct str typed, int64_t *id)
{
	static const char sql[] =
	    "SELECT f.id FROM feedback f LEFT JOIN review_round n ON n.id = f.round_id"
	    " WHERE coalesce(n.number, 0) = $4 AND f.number = $5 AND " FEEDBACK_VISIBLE;
	size_t dash = str_find_char(typed, '-');
	int64_t round = 0, number = 0;
	bool in_round = dash > 1 && (typed.p[0] == 'R' || typed.p[0] == 'r');
	bool apart = dash == 1 && (typed.p[0] == 'F' || typed.p[0] == 'f');

	*id = 0;
	if (dash >= typed.n || !str_to_int(str_from(typed, dash + 1), &number) ||
	    (in_round && !str_to_int(str_from(str_head(typed, dash), 1), &round)) ||
	    (!in_round && !apart))
		return OK;
	enum err err = db_int(rq->db, sql, WITH(FEEDBACK_FOR(rq), INT(round), INT(number)), id);
	return err == E_NOT_FOUND ? OK : err;
}

enum err feedback_decision_fits(struct request *rq, const struct feedback *f,
				const struct feedback_decision *d, bool *fits)
{
	static const char sql[] = "SELECT count(*) FROM feedback WHERE id = $1 AND id <> $2"
				  "   AND coalesce(duplicate_of, 0) <> $2";
	int64_t others = 1;

	if (d->outcome == OUTCOME_DUPLICATE)
		TRY(db_int(rq->db, sql, WITH(INT(d->duplicate_of), INT(f->id)), &others));
	*fits = others > 0;
	return OK;
}

enum err feedback_decision_read(struct form *form, struct feedback_decision *out)
{
	struct request *rq = form->rq;

	int outcome = form_choice(form, &FEEDBACK_OUTCOME, OPTIONAL, outcome_names, OUTCOME_COUNT);
	if (outcome < 0)
		form_problem(form, &FEEDBACK_OUTCOME, M_OUTCOME_MISSING, 0);
	*out = (struct feedback_decision){.outcome =
					      outcome < 0 ? OUTCOME_COUNT : (enum outcome)outcome};
	out->reason = form_lines(form, &FEEDBACK_REASON, OPTIONAL, TEXT_MAX);
	out->until = form_date(form, &FEEDBACK_UNTIL, OPTIONAL);
	struct str other = form_line(form, &FEEDBACK_DUPLICATE, OPTIONAL, 20);
	TRY(find_other(rq, other, &out->duplicate_of));
	if (out->outcome != OUTCOME_ACCEPTED && out->reason.n == 0)
		form_problem(form, &FEEDBACK_REASON, M_REASON_MISSING, 0);
	if (out->outcome == OUTCOME_POSTPONED && date_cmp(out->until, date_today()) <= 0)
		form_problem(form, &FEEDBACK_UNTIL, M_UNTIL_MISSING, 0);
	if (out->outcome == OUTCOME_DUPLICATE && out->duplicate_of == 0)
		form_problem(form, &FEEDBACK_DUPLICATE, M_DUPLICATE_MISSING, 0);
	return OK;
}

/* The steering part picks this row up as an item to decide.  A remark that was opened again asks
 * once more, unless the template its first request became is still on its way. */
static enum err ask_committee(struct request *rq, const struct feedback *f,
			      const struct feedback_decision *d)
{
	static const char sql[] =
	    "INSERT INTO decision_request (feedback_id, title, text, requested_by, requested_at)"
	    " SELECT $1, $2, $3, $4, $5 WHERE NOT EXISTS (SELECT 1 FROM decision_request q"
	    "   JOIN decision d ON d.id = q.decision_id WHERE q.feedback_id = $1 AND d.state IN"
	    "   ('draft', 'review', 'published', 'scheduled', 'called', 'voting', 'circulating'))";
	/* The committee reads the request: it must not carry words that were not meant for it. */
	struct str words = f->visibility == VISIBLE_PROJECT ? f->text : S("");

	if (d->outcome != OUTCOME_TO_COMMITTEE)
		return OK;
	return db_run(rq->db, sql,
		      WITH(INT(f->id),
			   TEXT(arena_fmt(rq->arena, "Rückmeldung %.*s", ARG(f->label))),
			   TEXT(words), INT(rq->viewer.person_id), INT(clock_now())),
		      NULL);
}

enum err feedback_decision_store(struct request *rq, const struct feedback *f,
				 const struct feedback_decision *d, int64_t row_version)
{
	static const char sql[] =
	    "UPDATE feedback SET state = 'decided', outcome = $3, reason = $4,"
	    " postponed_until = $5, duplicate_of = $6, decided_by = $7, decided_at = $8,"
	    " row_version = row_version + 1 WHERE id = $1 AND row_version = $2";
	struct str until = d->outcome == OUTCOME_POSTPONED ? date_iso(rq->arena, d->until) : S("");
	int64_t changed = 0;

	TRY(db_run(rq->db, sql,
		   WITH(INT(f->id), INT(row_version), TEXT(outcome_names[d->outcome]),
			TEXT(d->reason), TEXT_OR_NONE(until),
			INT_OR_NONE(d->outcome == OUTCOME_DUPLICATE ? d->duplicate_of : 0),
			INT(rq->viewer.person_id), INT(clock_now())),
		   &changed));
	if (changed == 0)
		return E_CONFLICT;
	TRY(ask_committee(rq, f, d));
	TRY(feedback_tell(rq, f, d->outcome, d->reason));
	return feedback_note(rq, f, "decided", outcome_names[d->outcome], d->reason);
}

/* POST /feedback/:id/entscheidung -- what somebody else decided meanwhile is shown above what was
 * typed. */
enum err feedback_decide(struct request *rq)
{
	struct feedback f;
	struct feedback_decision d;
	struct form form;
	int64_t row_version = 0;
	bool fits = true;

	TRY(feedback_load(rq, rq->id, &f));
	if (f.author_id == rq->viewer.person_id)
		return E_FORBIDDEN;
	if (!str_to_int(field_text(&rq->http.form, S("version")), &row_version))
		return E_BAD_REQUEST;
	form_begin(&form, rq);
	TRY(feedback_decision_read(&form, &d));
	TRY(feedback_decision_fits(rq, &f, &d, &fits));
	if (!fits)
		form_problem(&form, &FEEDBACK_DUPLICATE, M_DUPLICATE_MISSING, 0);
	if (!feedback_may_decide(rq, &f) || row_version != f.row_version) {
		view_show(rq->view, S_CONFLICT);
		return feedback_page(rq, &f, FORM_DECISION, &form, 409);
	}
	if (form_wrong(&form))
		return feedback_page(rq, &f, FORM_DECISION, &form, 422);
	TRY(feedback_decision_store(rq, &f, &d, row_version));
	return reply_redirect(rq, M_DECIDED, "/feedback/%" PRId64, f.id);
}

/* POST /feedback/:id/klaerung -- somebody looks after it; with a question it is the author's turn.
 */
enum err feedback_clarify(struct request *rq)
{
	static const char sql[] =
	    "UPDATE feedback SET state = $2, assignee_id = $3, row_version = row_version + 1"
	    " WHERE id = $1";
	struct feedback f;
	struct form form;

	TRY(feedback_load_for(rq, feedback_may_decide, &f));
	form_begin(&form, rq);
	struct str question = form_lines(&form, &FEEDBACK_QUERY_TEXT, OPTIONAL, TEXT_MAX);
	if (form_wrong(&form))
		return feedback_page(rq, &f, FORM_QUERY, &form, 422);
	struct str state = state_names[question.n > 0 ? FEEDBACK_QUERY : FEEDBACK_IN_PROGRESS];
	TRY(db_run(rq->db, sql, WITH(INT(f.id), TEXT(state), INT(rq->viewer.person_id)), NULL));
	/* A question back is an answer in the thread, too. */
	if (question.n > 0)
		TRY(reply_insert(rq, &f, question, 0));
	if (question.n > 0)
		TRY(feedback_tell(rq, &f, OUTCOME_COUNT, question));
	TRY(feedback_note(rq, &f, question.n > 0 ? "asked" : "started", state, S("")));
	return reply_redirect(rq, M_SAVED, "/feedback/%" PRId64, f.id);
}

/* POST /feedback/:id/oeffnen -- outcome and objection stay in the history. */
enum err feedback_reopen(struct request *rq)
{
	static const char sql[] =
	    "UPDATE feedback SET state = 'open', outcome = NULL, reason = '', decided_by = NULL,"
	    " decided_at = NULL, postponed_until = NULL, duplicate_of = NULL, response = NULL,"
	    " response_reason = '', response_by = NULL, response_at = NULL, done_in = NULL,"
	    " row_version = row_version + 1 WHERE id = $1";
	static const char request[] =
	    "DELETE FROM decision_request WHERE feedback_id = $1 AND decision_id IS NULL";
	struct feedback f;
	struct form form;

	TRY(feedback_load_for(rq, feedback_may_reopen, &f));
	form_begin(&form, rq);
	struct str why = form_lines(&form, &FEEDBACK_REOPEN_REASON, REQUIRED, TEXT_MAX);
	if (form_wrong(&form))
		return feedback_page(rq, &f, FORM_REOPEN, &form, 422);
	TRY(db_run(rq->db, sql, WITH(INT(f.id)), NULL));
	TRY(db_run(rq->db, request, WITH(INT(f.id)), NULL));
	TRY(feedback_note(rq, &f, "reopened", S("open"), why));
	return reply_redirect(rq, M_SAVED, "/feedback/%" PRId64, f.id);
}
