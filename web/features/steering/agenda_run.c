/* agenda_run.c -- calling a point and ending it. */
#include "app/form.h"
#include "base/clock.h"
#include "features/steering/attendance.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/recusal.h"

#include <inttypes.h>

enum { REASON_CHARS = 500 };

/* A point with its meeting, and what stands against dealing with it. */
struct point {
	struct meeting m;
	struct agenda a;
	struct agenda_entry *e;
	bool self_recused; /* somebody else leads it */
	bool presenter_away;
	enum err fresh; /* of a POST: E_CONFLICT for an old page */
};

static enum err point_load(struct request *rq, struct point *p)
{
	struct attendances there;
	struct recusals recused;

	TRY(agenda_entry_load(rq, MEETING_CHAIR, &p->m, &p->a, &p->e));
	TRY(attendance_load(rq, &p->m, &there));
	TRY(recusals_load(rq, &p->m, p->e, &recused));
	p->self_recused = recusal_of(&recused, rq->viewer.person_id);
	p->presenter_away =
	    p->e->presenter_id != 0 && attendance_of(&there, p->e->presenter_id) == NULL;
	p->fresh = OK;
	if (rq->http.method == METHOD_POST)
		p->fresh = meeting_version_asked(rq, &p->m);
	return p->fresh == E_BAD_REQUEST ? E_BAD_REQUEST : OK;
}

static void point_head(struct request *rq, const struct point *p)
{
	meeting_head(rq, rq->view, &p->m);
	view_int(rq->view, V_MEETING_VERSION, p->m.row_version);
	view_int(rq->view, V_ENTRY_ID, p->e->id);
	view_text(rq->view, V_ENTRY_TITLE, p->e->title);
	view_show_if(rq->view, S_SELF_RECUSED, p->self_recused);
}

/* ---- Calling ---- */

static const struct form_field waiver_field = {S_INIT("ersatz"), V_ERSATZ, S_ERSATZ_FEHLER};

/* A decision goes its way only from "scheduled"; one that is being revised cannot be called. */
static bool callable(const struct point *p)
{
	return p->m.state == MEETING_RUNNING && p->a.current == NULL && agenda_open(p->e) &&
	       (p->e->decision_id == 0 || p->e->decision_state == DECISION_SCHEDULED);
}

static enum err call_page(struct request *rq, const struct point *p, struct form *f, int status)
{
	bool decides = agenda_may_decide(p->e);

	point_head(rq, p);
	form_show(f, rq->view);
	view_show_if(rq->view, S_STALE, status == 409);
	if (p->presenter_away)
		view_text(view_row(rq->view, S_PRESENTER_AWAY), V_PRESENTER, p->e->presenter);
	view_show_if(rq->view, S_NEEDS_WAIVER, p->presenter_away);
	view_show_if(rq->view, S_DECIDES, decides);
	if (p->e->decision_id != 0 && !decides)
		view_text(view_row(rq->view, S_ONLY_HEARD), V_DECISION_SLUG, p->e->decision_slug);
	view_show_if(rq->view, S_BREAK, p->e->kind == AGENDA_BREAK);
	view_show_if(rq->view, S_ORDINARY, p->e->decision_id == 0 && p->e->kind != AGENDA_BREAK);
	view_show_if(rq->view, S_CAN_CALL, callable(p) && !p->self_recused);
	TRY(quorum_show(rq, rq->view, &p->m, p->e->id));
	return reply_page(rq, status, "steering/agenda_call.html");
}

/* GET /sitzungen/:slug/punkte/:id/aufrufen */
enum err agenda_call_ask(struct request *rq)
{
	struct point p;
	struct form f;

	TRY(point_load(rq, &p));
	if (!callable(&p))
		return meeting_lead_page(rq, &p.m, 409);
	form_begin(&f, rq);
	form_fill(&f, &waiver_field, S(""));
	return call_page(rq, &p, &f, 200);
}

static enum err call(struct request *rq, struct point *p, struct str waiver)
{
	static const char sql[] = "UPDATE agenda_entry SET started_at = $2, presenter_waiver = $3,"
				  " row_version = row_version + 1"
				  " WHERE id = $1 AND started_at IS NULL AND outcome IS NULL";
	struct decision d;
	int64_t changed = 0;

	if (agenda_may_decide(p->e)) {
		TRY(decision_by_id(rq, p->e->decision_id, &d));
		TRY(decision_step(rq, &d, STEP_CALL, S("")));
	}
	TRY(db_run(rq->db, sql, WITH(INT(p->e->id), INT(clock_now()), TEXT(waiver)), &changed));
	if (changed != 1)
		return E_CONFLICT;
	TRY(meeting_touch(rq, &p->m));
	return steering_event(rq, &(struct steering_event){.object = "meeting",
							   .id = p->m.id,
							   .action = "agenda_call",
							   .after = p->e->title,
							   .reason = waiver});
}

/* POST /sitzungen/:slug/punkte/:id/aufrufen */
enum err agenda_call(struct request *rq)
{
	struct point p;
	struct form f;

	TRY(point_load(rq, &p));
	form_begin(&f, rq);
	struct str waiver =
	    form_lines(&f, &waiver_field, p.presenter_away ? REQUIRED : OPTIONAL, REASON_CHARS);
	if (!callable(&p))
		return meeting_lead_page(rq, &p.m, 409);
	if (p.fresh == E_CONFLICT)
		return call_page(rq, &p, &f, 409);
	if (form_wrong(&f) || p.self_recused)
		return call_page(rq, &p, &f, 422);
	TRY(call(rq, &p, waiver));
	return reply_redirect(rq, M_AGENDA_CALLED, "/sitzungen/%.*s/leitung", ARG(p.m.slug));
}

/* ---- Ending ---- */

static const struct form_field outcome_field = {S_INIT("ergebnis"), NULL, S_ERGEBNIS_FEHLER};
static const struct form_field reason_field = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};

/* Of a decision the vote said it; what was not voted on can only be deferred. */
static enum agenda_outcome given(const struct agenda_entry *e)
{
	switch (e->decision_id == 0 ? DECISION_DRAFT : e->decision_state) {
	case DECISION_ADOPTED:
	case DECISION_REJECTED:
	case DECISION_IN_FOLLOW_UP:
	case DECISION_DONE:
	case DECISION_SUPERSEDED:
		return OUTCOME_DECIDED;
	case DECISION_WITHDRAWN:
		return OUTCOME_WITHDRAWN;
	case DECISION_PUBLISHED: /* once called: its vote failed for lack of quorum */
		return e->started_at != 0 ? OUTCOME_DEFERRED : OUTCOME_NONE;
	case DECISION_DRAFT:
	case DECISION_IN_REVIEW:
	case DECISION_SCHEDULED:
	case DECISION_CALLED:
	case DECISION_VOTING:
	case DECISION_CIRCULATING:
	case DECISION_STATES:
		break;
	}
	return OUTCOME_NONE;
}

static bool endable(const struct point *p)
{
	bool begun = p->a.current == p->e;

	return meeting_runs(&p->m) && (begun || (agenda_open(p->e) && p->a.current == NULL)) &&
	       (p->e->decision_id == 0 || p->e->decision_state != DECISION_VOTING);
}

/* Not called, or a decision without a vote: to another meeting. */
static bool only_deferred(const struct point *p)
{
	return p->e->started_at == 0 || p->e->decision_id != 0;
}

static enum err end_page(struct request *rq, const struct point *p, struct form *f, int status)
{
	enum agenda_outcome done = given(p->e);

	point_head(rq, p);
	form_show(f, rq->view);
	view_show_if(rq->view, S_STALE, status == 409);
	view_show_if(rq->view, S_BREAK, p->e->kind == AGENDA_BREAK);
	if (done != OUTCOME_NONE)
		view_text(view_row(rq->view, S_DECIDED), V_RESULT,
			  done == OUTCOME_DECIDED ? decision_state_label(p->e->decision_state)
						  : agenda_outcome_label(done));
	bool asks = done == OUTCOME_NONE && p->e->kind != AGENDA_BREAK;
	view_show_if(rq->view, S_DEFERS, asks && only_deferred(p));
	view_show_if(rq->view, S_CHOOSES, asks && !only_deferred(p));
	view_show_if(rq->view, S_ASKS_REASON, asks);
	view_show_if(rq->view, S_CAN_END, endable(p) && !p->self_recused);
	return reply_page(rq, status, "steering/agenda_end.html");
}

/* GET /sitzungen/:slug/punkte/:id/beenden */
enum err agenda_end_ask(struct request *rq)
{
	struct point p;
	struct form f;

	TRY(point_load(rq, &p));
	if (!endable(&p))
		return meeting_lead_page(rq, &p.m, 409);
	form_begin(&f, rq);
	form_fill(&f, &reason_field, S(""));
	return end_page(rq, &p, &f, 200);
}

static enum agenda_outcome read_outcome(const struct point *p, struct form *f, struct str *reason)
{
	static const struct str names[] = {S_INIT("heard"), S_INIT("deferred")};
	enum agenda_outcome out = given(p->e);

	*reason = S("");
	if (out == OUTCOME_DEFERRED)
		*reason = S("Die Abstimmung war nicht beschlussfähig.");
	if (out != OUTCOME_NONE)
		return out;
	if (p->e->kind == AGENDA_BREAK)
		return OUTCOME_HEARD;
	int choice = only_deferred(p) ? 1 : form_choice(f, &outcome_field, REQUIRED, names, 2);
	*reason = form_lines(f, &reason_field, choice == 1 ? REQUIRED : OPTIONAL, REASON_CHARS);
	return choice == 1 ? OUTCOME_DEFERRED : OUTCOME_HEARD;
}

static enum err end(struct request *rq, struct point *p, enum agenda_outcome outcome,
		    struct str reason)
{
	static const char sql[] =
	    "UPDATE agenda_entry SET ended_at = CASE WHEN started_at IS NOT NULL"
	    "  THEN max(started_at, $2) END, outcome = $3, outcome_reason = $4,"
	    " row_version = row_version + 1 WHERE id = $1 AND (outcome IS NULL"
	    "  OR (started_at IS NOT NULL AND ended_at IS NULL))"; /* a vote has decided it */
	struct decision d;
	int64_t changed = 0;

	if (outcome == OUTCOME_DEFERRED && p->e->decision_id != 0) {
		TRY(decision_by_id(rq, p->e->decision_id, &d));
		if (d.state == DECISION_CALLED || d.state == DECISION_SCHEDULED)
			TRY(decision_step(rq, &d, STEP_DEFER, reason));
	}
	TRY(db_run(rq->db, sql,
		   WITH(INT(p->e->id), INT(clock_now()), TEXT(agenda_outcome_names[outcome]),
			TEXT(reason)),
		   &changed));
	if (changed != 1)
		return E_CONFLICT;
	TRY(meeting_touch(rq, &p->m));
	return steering_event(rq, &(struct steering_event){.object = "meeting",
							   .id = p->m.id,
							   .action = "agenda_end",
							   .before = p->e->title,
							   .after = agenda_outcome_names[outcome],
							   .reason = reason});
}

/* POST /sitzungen/:slug/punkte/:id/beenden */
enum err agenda_end(struct request *rq)
{
	struct str reason;
	struct point p;
	struct form f;

	TRY(point_load(rq, &p));
	form_begin(&f, rq);
	form_fill(&f, &reason_field, S(""));
	enum agenda_outcome outcome = read_outcome(&p, &f, &reason);
	if (!endable(&p))
		return meeting_lead_page(rq, &p.m, 409);
	if (p.fresh == E_CONFLICT)
		return end_page(rq, &p, &f, 409);
	if (form_wrong(&f) || p.self_recused)
		return end_page(rq, &p, &f, 422);
	TRY(end(rq, &p, outcome, reason));
	return reply_redirect(rq, M_AGENDA_ENDED, "/sitzungen/%.*s/leitung", ARG(p.m.slug));
}
