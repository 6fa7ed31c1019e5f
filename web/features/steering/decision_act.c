/* decision_act.c -- the steps that authors and the project office take on a template's page. */
#include "features/steering/decision_handlers.h"

#include "app/outbox.h"

#include <inttypes.h>

enum { REASON_CHARS = 2000 };

const struct form_field DECISION_RETURN = {S_INIT("rueckgabe"), V_RUECKGABE, S_RUECKGABE_FEHLER};
const struct form_field DECISION_REVISE = {S_INIT("aenderung"), V_AENDERUNG, S_AENDERUNG_FEHLER};
const struct form_field DECISION_WITHDRAW = {S_INIT("rueckzug"), V_RUECKZUG, S_RUECKZUG_FEHLER};

/* A form with one step: who may, whether the page it was sent from is still true, the reason. */
struct attempt {
	struct decision d;
	struct str reason;
	bool ready; /* false: refused, and answered */
};

static enum err begin(struct request *rq, enum decision_step step, enum decision_sent which,
		      const struct form_field *reason, struct attempt *out)
{
	struct form form;

	*out = (struct attempt){.reason = S("")};
	TRY(decision_load(rq, rq->slug, &out->d));
	/* The steps of the project office alone are refused by their route. */
	if (!decision_may_write(rq, &out->d))
		return E_FORBIDDEN;
	int64_t row_version = decision_number_of(field_text(&rq->http.form, S("version")));
	form_begin(&form, rq);
	if (reason != NULL)
		out->reason = form_lines(&form, reason, OPTIONAL, REASON_CHARS);
	/* Whoever decides has read what there is now. */
	if (row_version != out->d.row_version || !decision_has_step(&out->d, step))
		return decision_page(rq, &out->d,
				     &(struct decision_answer){which, &form, 409, true, true});
	if (reason != NULL && out->reason.n == 0)
		form_problem(&form, reason, M_DECISION_REASON, 0);
	if (form_wrong(&form))
		return decision_page(rq, &out->d,
				     &(struct decision_answer){which, &form, 422, false, true});
	out->ready = true;
	return OK;
}

static enum err back(struct request *rq, const struct decision *d, enum message done)
{
	return reply_redirect(rq, done, "/entscheidungen/%.*s", ARG(d->slug));
}

/* Letters of the wording before, or that it came back, would speak of something that is gone. */
static enum err call_letters_back(struct request *rq, const struct decision *d)
{
	return outbox_cancel(rq->db, arena_fmt(rq->arena, "decision/%" PRId64, d->id));
}

/* Is something missing?  Then the page says what. */
static enum err incomplete(struct request *rq, struct attempt *t, bool *is)
{
	enum decision_field missing[TEXT_FIELDS];
	struct decision_text text;

	TRY(decision_text_load(rq, t->d.id, t->d.version, &text));
	*is = decision_missing(&text, missing) > 0;
	if (!*is)
		return OK;
	return decision_page(rq, &t->d,
			     &(struct decision_answer){SENT_NONE, NULL, 422, false, false});
}

/* POST /entscheidungen/:slug/einreichen */
enum err decision_submit(struct request *rq)
{
	struct attempt t;
	bool open = false;

	TRY(begin(rq, STEP_SUBMIT, SENT_NONE, NULL, &t));
	if (!t.ready)
		return OK;
	TRY(incomplete(rq, &t, &open));
	if (open)
		return OK;
	TRY(decision_step(rq, &t.d, STEP_SUBMIT, S("")));
	TRY(call_letters_back(rq, &t.d));
	return back(rq, &t.d, M_DECISION_SUBMITTED);
}

/* POST /entscheidungen/:slug/zurueckgeben */
enum err decision_return(struct request *rq)
{
	struct attempt t;

	TRY(begin(rq, STEP_RETURN, SENT_RETURN, &DECISION_RETURN, &t));
	if (!t.ready)
		return OK;
	TRY(decision_step(rq, &t.d, STEP_RETURN, t.reason));
	TRY(decision_tell_author(rq, &t.d, t.reason));
	return back(rq, &t.d, M_DECISION_RETURNED);
}

/* What was revised on its way to a meeting keeps its place on the agenda. */
static enum err take_place(struct request *rq, struct decision *d)
{
	static const char sql[] = "SELECT count(*) FROM agenda_entry"
				  " WHERE decision_id = $1 AND outcome IS NULL";
	int64_t placed = 0;

	TRY(db_int(rq->db, sql, WITH(INT(d->id)), &placed));
	return placed == 0 ? OK : decision_step(rq, d, STEP_SCHEDULE, S(""));
}

/* POST /entscheidungen/:slug/veroeffentlichen */
enum err decision_publish(struct request *rq)
{
	struct attempt t;
	bool open = false;

	TRY(begin(rq, STEP_PUBLISH, SENT_NONE, NULL, &t));
	if (!t.ready)
		return OK;
	TRY(incomplete(rq, &t, &open));
	if (open)
		return OK;
	TRY(decision_step(rq, &t.d, STEP_PUBLISH, S("")));
	TRY(decision_put_out(rq, &t.d));
	TRY(take_place(rq, &t.d));
	TRY(decision_tell(rq, &t.d));
	return back(rq, &t.d, M_DECISION_PUBLISHED);
}

/* POST /entscheidungen/:slug/ueberarbeiten */
enum err decision_revise(struct request *rq)
{
	struct attempt t;

	TRY(begin(rq, STEP_REVISE, SENT_REVISE, &DECISION_REVISE, &t));
	if (!t.ready)
		return OK;
	TRY(decision_step(rq, &t.d, STEP_REVISE, t.reason));
	TRY(decision_text_copy(rq, &t.d));
	TRY(call_letters_back(rq, &t.d));
	return reply_redirect(rq, M_DECISION_REVISED, "/entscheidungen/%.*s/bearbeiten",
			      ARG(t.d.slug));
}

static enum err leave_agenda(struct request *rq, const struct decision *d, struct str reason)
{
	static const char sql[] =
	    "UPDATE agenda_entry SET outcome = 'withdrawn', outcome_reason = $2,"
	    " row_version = row_version + 1 WHERE decision_id = $1 AND outcome IS NULL";

	return db_run(rq->db, sql, WITH(INT(d->id), TEXT(reason)), NULL);
}

/* POST /entscheidungen/:slug/zurueckziehen */
enum err decision_withdraw(struct request *rq)
{
	struct attempt t;

	TRY(begin(rq, STEP_WITHDRAW, SENT_WITHDRAW, &DECISION_WITHDRAW, &t));
	if (!t.ready)
		return OK;
	TRY(decision_step(rq, &t.d, STEP_WITHDRAW, t.reason));
	TRY(leave_agenda(rq, &t.d, t.reason));
	TRY(call_letters_back(rq, &t.d));
	return back(rq, &t.d, M_DECISION_WITHDRAWN);
}
