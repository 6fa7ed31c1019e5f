/* round_show.c -- the list of review rounds, and the page of one. */
#include "features/handbook/feedback.h"
#include "features/handbook/reading_list.h"
#include "features/handbook/round_asked.h"
#include "features/handbook/round_handlers.h"
#include "features/handbook/version.h"

#include <inttypes.h>

static struct str days_left(struct request *rq, const struct round *r)
{
	int64_t days = date_days(r->closes_on) - date_days(date_today());

	if (days == 0)
		return S("heute ist der letzte Tag");
	return days == 1 ? S("noch ein Tag") : arena_fmt(rq->arena, "noch %" PRId64 " Tage", days);
}

static void show_state(struct request *rq, struct view *v, const struct round *r)
{
	const char *section = round_runs(r)                 ? S_RUNS
			      : r->state == ROUND_EVALUATED ? S_EVALUATED
			      : r->state == ROUND_CLOSED    ? S_CLOSED
							    : S_PLANNED;
	struct view *badge = view_row(v, section);

	view_text(badge, V_STATE, round_state_label(r->state));
	if (round_runs(r))
		view_text(view_row(v, S_DAYS_LEFT), V_TIME, days_left(rq, r));
}

/* What everybody may see of the feedback that came in. */
static enum err count_feedback(struct request *rq, const struct round *r, int64_t *count)
{
	static const char sql[] =
	    "SELECT count(*) FROM feedback f WHERE f.round_id = $4"
	    " AND f.state NOT IN ('draft', 'withdrawn') AND " FEEDBACK_VISIBLE;

	return db_int(rq->db, sql, WITH(FEEDBACK_FOR(rq), INT(r->id)), count);
}

enum err round_head(struct request *rq, const struct round *r)
{
	struct view *v = rq->view;
	struct version version;

	TRY(version_by_id(rq, r->revision_id, &version));
	view_int(v, V_ROUND_ID, r->id);
	view_int(v, V_ROUND_NUMBER, r->number);
	view_text(v, V_VERSION_LABEL, version.label);
	version_show_address(v, &version);
	view_text(v, V_OPENS, date_long(rq->arena, r->opens_on));
	view_text(v, V_CLOSES, date_long(rq->arena, r->closes_on));
	show_state(rq, v, r);
	return OK;
}

static int64_t answered(const struct asked *all, size_t n)
{
	int64_t count = 0;

	for (size_t i = 0; i < n; i++)
		count += all[i].answer != ANSWER_INVITED && all[i].answer != ANSWER_NO_REPLY;
	return count;
}

static enum err list_row(struct request *rq, struct view *list, const struct round *r)
{
	struct view *v = view_row(list, S_ROUND);
	struct version version;
	struct asked *asked;
	int64_t count;
	size_t n;

	TRY(version_by_id(rq, r->revision_id, &version));
	TRY(asked_load(rq, r, &asked, &n));
	TRY(count_feedback(rq, r, &count));
	view_int(v, V_ROUND_ID, r->id);
	view_int(v, V_ROUND_NUMBER, r->number);
	view_text(v, V_VERSION_LABEL, version.label);
	view_text(v, V_OPENS, date_short(rq->arena, r->opens_on));
	view_text(v, V_CLOSES, date_short(rq->arena, r->closes_on));
	view_int(v, V_ANSWERED, answered(asked, n));
	view_int(v, V_ASKED_COUNT, (int64_t)n);
	view_int(v, V_FEEDBACK_COUNT, count);
	show_state(rq, v, r);
	return OK;
}

/* GET /feedback/runden */
enum err round_list(struct request *rq)
{
	bool runs = false, may_open = right_to_all(rq->viewer.roles, HANDBOOK_EDIT);
	struct view *list = NULL;
	struct round *rounds;
	size_t n;

	TRY(rounds_load(rq, &rounds, &n));
	for (size_t i = 0; i < n; i++) {
		if (list == NULL)
			list = view_row(rq->view, S_ROUNDS);
		runs = runs || round_runs(&rounds[i]);
		TRY(list_row(rq, list, &rounds[i]));
	}
	view_show_if(rq->view, S_NO_ROUND, n == 0);
	view_show_if(rq->view, S_MAY_OPEN, may_open && !runs);
	return reply_page(rq, 200, "handbook/round_list.html");
}

static void show_asked(struct request *rq, struct view *table, const struct asked *all, size_t n)
{
	struct view *place = NULL;

	for (size_t i = 0; i < n; i++) {
		const struct asked *a = &all[i];
		if (place == NULL || a->municipality_id != all[i - 1].municipality_id) {
			place = view_row(table, S_PLACE);
			view_text(place, V_PLACE_NAME, a->municipality);
			size_t end = i;
			while (end < n && all[end].municipality_id == a->municipality_id)
				end++;
			view_int(place, V_ANSWERED, answered(&all[i], end - i));
			view_int(place, V_ASKED_COUNT, (int64_t)(end - i));
		}
		struct view *row = view_row(place, S_ASKED);
		if (a->person_id == 0)
			view_show(row, S_AS_MUNICIPALITY);
		else
			view_text(view_row(row, S_AS_PERSON), V_NAME, a->person);
		view_text(row, V_ANSWER, answer_label(a->answer));
		if (a->delegate_id != 0)
			view_text(view_row(row, S_BY_DELEGATE), V_DELEGATE, a->delegate);
		if (a->answered_at != 0)
			view_text(view_row(row, S_WHEN), V_DATE,
				  date_short(rq->arena, date_of(a->answered_at)));
	}
}

/* People of the own municipality who can speak for the viewer. */
static enum err show_delegates(struct request *rq, struct view *v, const struct form *typed)
{
	struct str chosen = typed != NULL ? form_value(typed, &round_delegate_field) : S("");
	struct candidate *all;
	bool offered = false;
	int64_t id = 0;
	size_t n;

	(void)str_to_int(chosen, &id);
	TRY(candidates_load(rq, &all, &n));
	for (size_t i = 0; i < n; i++) {
		if (all[i].municipality_id != rq->viewer.municipality_id ||
		    all[i].person_id == rq->viewer.person_id)
			continue;
		if (!offered)
			view_show(v, S_CAN_DELEGATE);
		offered = true;
		struct view *option = view_row(v, S_DELEGATE_OPTION);
		view_int(option, V_ID, all[i].person_id);
		view_text(option, V_NAME, all[i].person);
		view_show_if(option, S_SELECTED, all[i].person_id == id);
	}
	return OK;
}

/* Rows are not handed down, so what a message stands next to is shown on the page itself. */
static enum err show_own_person(struct request *rq, const struct asked *a, const struct form *typed)
{
	struct view *v = rq->view;

	view_show(v, S_OWN_INVITATION);
	view_int(v, V_ASKED_VERSION, a->row_version);
	if (a->answer == ANSWER_INVITED) {
		view_show(v, S_UNANSWERED);
		return show_delegates(rq, v, typed);
	}
	struct view *given = view_row(v, S_ANSWERED_ALREADY);
	view_text(given, V_ANSWER, answer_label(a->answer));
	if (a->delegate_id != 0)
		view_text(view_row(given, S_BY_DELEGATE), V_DELEGATE, a->delegate);
	return OK;
}

/* What of the version under review the one who is asked has looked at. */
static enum err show_reading(struct request *rq, const struct round *r)
{
	struct view *v = view_row(rq->view, S_READING);
	struct version version;

	TRY(version_by_id(rq, r->revision_id, &version));
	version_show_address(v, &version);
	return reading_progress_show(rq, &version, v);
}

static void show_own_municipality(struct request *rq, const struct asked *a)
{
	struct view *v = view_row(rq->view, S_OWN_MUNICIPALITY);

	view_text(v, V_PLACE_NAME, a->municipality);
	view_int(v, V_ASKED_VERSION, a->row_version);
	if (a->answer == ANSWER_INVITED)
		view_show(v, S_MUST_SPEAK);
	else
		view_text(view_row(v, S_HAS_SPOKEN), V_ANSWER, answer_label(a->answer));
}

/* The viewer's own invitation and that of the municipality the viewer speaks for, with buttons. */
static enum err show_own(struct request *rq, const struct round *r, const struct form *typed)
{
	struct asked a;

	if (!round_runs(r))
		return OK;
	enum err err = asked_own(rq, r, &a);
	if (err == OK)
		err = show_own_person(rq, &a, typed);
	if (err == OK)
		err = show_reading(rq, r);
	if (err != OK && err != E_NOT_FOUND)
		return err;
	err = asked_municipality(rq, r, &a);
	if (err == OK)
		show_own_municipality(rq, &a);
	return err == E_NOT_FOUND ? OK : err;
}

static void show_office(struct request *rq, const struct round *r, const struct form *extending)
{
	struct view *v = rq->view;

	if (!right_to_all(rq->viewer.roles, HANDBOOK_EDIT) || r->state == ROUND_EVALUATED)
		return;
	view_show(v, S_OFFICE);
	view_int(v, V_ROUND_VERSION, r->row_version);
	view_show_if(v, S_CAN_EXTEND, round_runs(r));
	view_show_if(v, S_CAN_EVALUATE, r->state == ROUND_CLOSED);
	if (extending != NULL)
		form_show(extending, v);
	else
		view_text(v, V_BIS, S(""));
}

static struct view *history_step(struct request *rq, const char *section, struct date day)
{
	struct view *v = view_row(rq->view, S_STEP);

	view_show(v, section);
	view_text(v, V_DATE, date_long(rq->arena, day));
	return v;
}

/* What was done with the round itself; answers are in the table.  An end by the clock is shown on
 * its day, whenever it was written down. */
static enum err show_history(struct request *rq, const struct round *r)
{
	static const char sql[] =
	    "SELECT e.action, e.at, e.after, p.name"
	    "  FROM handbook_event e JOIN person p ON p.id = e.actor_id"
	    " WHERE e.object = 'round' AND e.object_id = $1"
	    "   AND e.action IN ('opened', 'extended', 'closed', 'evaluated') ORDER BY e.id";
	struct rows rows = db_query(rq->db, sql, WITH(INT(r->id)));
	bool closed = false;

	while (rows_next(&rows)) {
		struct str action = col_text(&rows, 0);
		bool evaluated = str_eq(action, S("evaluated"));
		struct date until;
		if (evaluated && !closed)
			history_step(rq, S_WAS_CLOSED, r->closes_on);
		closed = closed || evaluated || str_eq(action, S("closed"));
		struct view *v = history_step(rq,
					      evaluated                     ? S_WAS_EVALUATED
					      : closed                      ? S_WAS_CLOSED
					      : str_eq(action, S("opened")) ? S_WAS_OPENED
									    : S_WAS_PROLONGED,
					      date_of(col_int(&rows, 1)));
		if (date_parse_iso(col_text(&rows, 2), &until))
			view_text(view_row(v, S_UNTIL), V_CLOSES, date_long(rq->arena, until));
		view_text(view_row(v, S_BY_PERSON), V_WHO, col_text(&rows, 3));
	}
	if (r->state >= ROUND_CLOSED && !closed)
		history_step(rq, S_WAS_CLOSED, r->closes_on);
	return rows.err;
}

enum err round_page(struct request *rq, const struct round *r, const struct round_page *p,
		    int status)
{
	struct view *v = rq->view;
	struct asked *asked;
	int64_t count;
	size_t n;

	TRY(round_head(rq, r));
	TRY(asked_load(rq, r, &asked, &n));
	TRY(count_feedback(rq, r, &count));
	if (r->note.n > 0)
		view_text(view_row(v, S_NOTE), V_NOTE_TEXT, r->note);
	view_show_if(v, S_TAKES_LATE, r->takes_late);
	view_show_if(v, S_REFUSES_LATE, !r->takes_late);
	if (date_cmp(r->closes_on, r->first_closes_on) > 0)
		view_text(view_row(v, S_WAS_EXTENDED), V_DATE,
			  date_long(rq->arena, r->first_closes_on));
	view_int(v, V_ANSWERED, answered(asked, n));
	view_int(v, V_ASKED_COUNT, (int64_t)n);
	view_int(v, V_FEEDBACK_COUNT, count);
	view_show_if(v, S_STALE, p->stale);
	if (p->undecided > 0)
		view_int(view_row(v, S_UNDECIDED), V_COUNT, p->undecided);
	if (p->answering != NULL)
		form_show(p->answering, v);
	TRY(show_own(rq, r, p->answering));
	show_asked(rq, v, asked, n);
	TRY(show_history(rq, r));
	show_office(rq, r, p->extending);
	return reply_page(rq, status, "handbook/round_show.html");
}

/* GET /feedback/runden/:id */
enum err round_show(struct request *rq)
{
	struct round_page p = {.stale = false};
	struct round r;

	TRY(round_load(rq, rq->id, &r));
	return round_page(rq, &r, &p, 200);
}
