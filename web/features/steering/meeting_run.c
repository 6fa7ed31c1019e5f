/* meeting_run.c -- the page of the person who leads: open, pause, go on, close. */
#include "base/clock.h"
#include "base/daytime.h"
#include "features/steering/attendance.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/minutes.h"
#include "features/steering/recusal.h"

#include <inttypes.h>

static enum err show_current(struct request *rq, const struct meeting *m, const struct agenda *a)
{
	struct recusals recused;
	struct view *v;

	if (a->current == NULL)
		return OK;
	v = view_row(rq->view, S_NOW);
	agenda_show_entry(v, a->current);
	view_text(v, V_MEETING_SLUG, m->slug);
	view_text(v, V_FROM, daytime_short_of(rq->arena, a->current->started_at));
	view_text(v, V_TO,
		  daytime_short_of(rq->arena, a->current->started_at + a->current->minutes * 60));
	view_show_if(v, S_OVERTIME,
		     clock_now() > a->current->started_at + a->current->minutes * 60);
	enum decision_state state = a->current->decision_state;
	bool votes =
	    a->current->decision_id != 0 && (state == DECISION_CALLED || state == DECISION_VOTING);
	view_show(v, votes ? S_VOTE_FIRST : S_END_FIRST);
	if (a->current->decision_id == 0)
		return OK;
	TRY(recusals_load(rq, m, a->current, &recused));
	struct view *about = view_row(v, S_ABOUT_DECISION);
	recusals_show(rq, about, &recused);
	view_text(about, V_DECISION_SLUG, a->current->decision_slug);
	view_int(about, V_ENTRY_ID, a->current->id);
	view_text(about, V_MEETING_SLUG, m->slug);
	view_show_if(about, S_MAY_VOTE, votes);
	view_show_if(about, S_OPEN_VOTE, state == DECISION_VOTING);
	view_show_if(about, S_ONLY_HEARD, state == DECISION_SCHEDULED);
	view_show_if(v, S_SELF_RECUSED, recusal_of(&recused, rq->viewer.person_id));
	return OK;
}

static void show_next(struct request *rq, const struct meeting *m, const struct agenda *a)
{
	struct view *list = NULL;
	bool first = true;

	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_entry *e = &a->entries[i];
		if (!agenda_open(e))
			continue;
		if (list == NULL)
			list = view_row(rq->view, S_NEXT);
		struct view *row = view_row(list, S_POINT);
		view_show(row, first ? S_NEXT_UP : S_LATER_ON);
		first = false;
		agenda_show_entry(row, e);
		view_text(row, V_TIME, daytime_short_of(rq->arena, e->plan.from));
		bool callable = m->state == MEETING_RUNNING && a->current == NULL;
		view_show_if(row, S_CAN_CALL, callable);
		view_show_if(row, S_CAN_DEFER, callable && e->kind != AGENDA_BREAK);
	}
}

static void show_buttons(struct request *rq, const struct meeting *m)
{
	bool today = date_cmp(date_today(), m->day) >= 0;

	view_show_if(rq->view, S_CAN_OPEN, m->state == MEETING_INVITED && today);
	view_show_if(rq->view, S_TOO_EARLY, m->state == MEETING_INVITED && !today);
	view_show_if(rq->view, S_CAN_PAUSE, m->state == MEETING_RUNNING);
	view_show_if(rq->view, S_CAN_RESUME, m->state == MEETING_PAUSED);
	view_show_if(rq->view, S_CAN_CLOSE, meeting_runs(m));
	view_show_if(rq->view, S_NOT_INVITED, m->state == MEETING_DRAFT);
	view_show_if(rq->view, S_CAN_INVITE, m->state == MEETING_DRAFT && m->may_prepare);
	view_show_if(rq->view, S_OVER, meeting_is_over(m));
}

enum err meeting_lead_page(struct request *rq, const struct meeting *m, int status)
{
	struct agenda a;

	TRY(agenda_load(rq, m, &a));
	meeting_head(rq, rq->view, m);
	view_int(rq->view, V_MEETING_VERSION, m->row_version);
	view_show_if(rq->view, S_STALE, status == 409);
	TRY(quorum_show(rq, rq->view, m, a.current == NULL ? 0 : a.current->id));
	TRY(show_current(rq, m, &a));
	show_next(rq, m, &a);
	show_buttons(rq, m);
	if (a.over > 0 && meeting_runs(m))
		view_text(view_row(rq->view, S_LATER), V_TIME,
			  daytime_short_of(rq->arena, a.ends_at));
	return reply_page(rq, status, "steering/meeting_lead.html");
}

/* GET /sitzungen/:slug/leitung */
enum err meeting_lead(struct request *rq)
{
	struct meeting m;

	TRY(meeting_load_for(rq, rq->slug, MEETING_CHAIR, &m));
	return meeting_lead_page(rq, &m, 200);
}

/* Whoever opens it is there. */
static enum err open(struct request *rq, struct meeting *m)
{
	struct attendances all;

	TRY(meeting_set_state(rq, m, MEETING_RUNNING, "open", S("")));
	TRY(attendance_load(rq, m, &all));
	if (attendance_of(&all, rq->viewer.person_id) != NULL)
		return OK;
	return attendance_come(rq, m, rq->viewer.person_id, S(""), MODE_ROOM);
}

static enum err interrupt(struct request *rq, struct meeting *m)
{
	static const char sql[] =
	    "INSERT INTO meeting_pause (meeting_id, from_at) SELECT $1,"
	    " max($2, coalesce((SELECT max(from_at) + 1 FROM meeting_pause WHERE meeting_id = $1),"
	    "  0))";

	TRY(db_run(rq->db, sql, WITH(INT(m->id), INT(clock_now())), NULL));
	return meeting_set_state(rq, m, MEETING_PAUSED, "pause", S(""));
}

static enum err go_on(struct request *rq, struct meeting *m)
{
	static const char sql[] = "UPDATE meeting_pause SET until_at = max(from_at, $2)"
				  " WHERE meeting_id = $1 AND until_at IS NULL";

	TRY(db_run(rq->db, sql, WITH(INT(m->id), INT(clock_now())), NULL));
	return meeting_set_state(rq, m, MEETING_RUNNING, "resume", S(""));
}

static const struct {
	struct str name;
	enum meeting_state from;
	enum err (*take)(struct request *rq, struct meeting *m);
	enum message done;
} steps[] = {
    {S_INIT("eroeffnen"), MEETING_INVITED, open, M_MEETING_OPENED},
    {S_INIT("unterbrechen"), MEETING_RUNNING, interrupt, M_MEETING_PAUSED},
    {S_INIT("fortsetzen"), MEETING_PAUSED, go_on, M_MEETING_RESUMED},
};

/* POST /sitzungen/:slug/leitung */
enum err meeting_lead_act(struct request *rq)
{
	struct str wanted = field_text(&rq->http.form, S("schritt"));
	struct meeting m;

	TRY(meeting_load_for(rq, rq->slug, MEETING_CHAIR, &m));
	enum err fresh = meeting_version_asked(rq, &m);
	if (fresh == E_BAD_REQUEST)
		return fresh;
	for (size_t i = 0; i < sizeof steps / sizeof steps[0]; i++) {
		if (!str_eq(steps[i].name, wanted))
			continue;
		if (fresh == E_CONFLICT || m.state != steps[i].from ||
		    date_cmp(date_today(), m.day) < 0)
			return meeting_lead_page(rq, &m, 409);
		TRY(steps[i].take(rq, &m));
		return reply_redirect(rq, steps[i].done, "/sitzungen/%.*s/leitung", ARG(m.slug));
	}
	return E_BAD_REQUEST;
}

/* ---- Closing ---- */

/* What must be settled first; true when nothing is left. */
static enum err settled(struct request *rq, struct view *v, const struct meeting *m,
			const struct agenda *a, bool *out)
{
	static const char polls[] = "SELECT count(*) FROM poll WHERE meeting_id = $1"
				    " AND closed_at IS NULL AND aborted_at IS NULL";
	int64_t open_polls = 0, undecided = 0;

	TRY(db_int(rq->db, polls, WITH(INT(m->id)), &open_polls));
	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_entry *e = &a->entries[i];
		if (e->decision_id == 0 || e->outcome != OUTCOME_NONE)
			continue;
		undecided++;
		struct view *row = view_row(v, S_UNDECIDED);
		view_int(row, V_TOP, e->number);
		view_text(row, V_ENTRY_TITLE, e->title);
		view_int(row, V_ENTRY_ID, e->id);
	}
	view_show_if(v, S_POLL_RUNS, open_polls > 0);
	view_show_if(v, S_POINT_RUNS, a->current != NULL);
	*out = open_polls == 0 && undecided == 0 && a->current == NULL;
	return OK;
}

static enum err close_page(struct request *rq, const struct meeting *m, const struct agenda *a,
			   int status)
{
	bool fine;

	TRY(settled(rq, rq->view, m, a, &fine));
	meeting_head(rq, rq->view, m);
	view_int(rq->view, V_MEETING_VERSION, m->row_version);
	view_show_if(rq->view, S_READY, fine);
	view_show_if(rq->view, S_NOT_READY, !fine);
	view_show_if(rq->view, S_STALE, status == 409);
	return reply_page(rq, status, "steering/meeting_close.html");
}

/* GET /sitzungen/:slug/schliessen */
enum err meeting_close_ask(struct request *rq)
{
	struct meeting m;
	struct agenda a;

	TRY(meeting_load_for(rq, rq->slug, MEETING_CHAIR, &m));
	if (!meeting_runs(&m))
		return E_CONFLICT;
	TRY(agenda_load(rq, &m, &a));
	return close_page(rq, &m, &a, 200);
}

static enum err close_all(struct request *rq, struct meeting *m)
{
	/* A template that its author withdrew left the agenda by itself. */
	static const char rest[] =
	    "UPDATE agenda_entry SET outcome = CASE WHEN decision_id IS NULL THEN 'skipped'"
	    " ELSE 'withdrawn' END WHERE meeting_id = $1 AND outcome IS NULL";
	static const char pause[] = "UPDATE meeting_pause SET until_at = max(from_at, $2)"
				    " WHERE meeting_id = $1 AND until_at IS NULL";

	TRY(db_run(rq->db, rest, WITH(INT(m->id)), NULL));
	TRY(db_run(rq->db, pause, WITH(INT(m->id), INT(clock_now())), NULL));
	TRY(attendance_end(rq, m));
	TRY(meeting_set_state(rq, m, MEETING_CLOSED, "close", S("")));
	return minutes_place(rq); /* those that were to be approved here and were not */
}

/* POST /sitzungen/:slug/schliessen */
enum err meeting_close(struct request *rq)
{
	struct meeting m;
	struct agenda a;
	bool fine;

	TRY(meeting_load_for(rq, rq->slug, MEETING_CHAIR, &m));
	TRY(agenda_load(rq, &m, &a));
	enum err fresh = meeting_version_asked(rq, &m);
	if (fresh == E_BAD_REQUEST)
		return fresh;
	if (!meeting_runs(&m))
		return meeting_lead_page(rq, &m, 409);
	TRY(settled(rq, view_new(rq->arena), &m, &a, &fine));
	if (fresh == E_CONFLICT || !fine)
		return close_page(rq, &m, &a, fresh == E_CONFLICT ? 409 : 422);
	TRY(close_all(rq, &m));
	return reply_redirect(rq, M_MEETING_CLOSED, "/sitzungen/%.*s", ARG(m.slug));
}
