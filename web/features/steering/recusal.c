/* recusal.c -- notes who may not take part in a point, and shows the page of a point. */
#include "features/steering/recusal.h"

#include "base/clock.h"
#include "base/daytime.h"
#include "features/steering/attendance.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/register_records.h"

#include <inttypes.h>

enum { REASON_CHARS = 500 };

static const struct form_field person_field = {S_INIT("person"), NULL, S_PERSON_FEHLER};
static const struct form_field reason_field = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};
static const struct form_field lift_field = {S_INIT("wegfall"), V_WEGFALL, S_WEGFALL_FEHLER};

struct str recusal_absence(struct arena *a, const struct recusal_span *s)
{
	int64_t from = s->noted_at > s->started_at ? s->noted_at : s->started_at, to = s->ended_at;

	if (s->lifted_at != 0 && (to == 0 || s->lifted_at < to))
		to = s->lifted_at;
	if (s->started_at == 0 || (to != 0 && to < from))
		return S("");
	if (to == 0)
		return arena_fmt(a, "seit %.*s Uhr", ARG(daytime_short_of(a, from)));
	return arena_fmt(a, "%.*s–%.*s Uhr", ARG(daytime_short_of(a, from)),
			 ARG(daytime_short_of(a, to)));
}

enum err recusals_load(struct request *rq, const struct meeting *m, const struct agenda_entry *e,
		       struct recusals *out)
{
	static const char sql[] =
	    "SELECT count(*) OVER (), x.id, x.person_id, p.name, coalesce(u.short, ''), x.reason,"
	    "       b.name, x.at, x.noted_by, coalesce(x.disputed_at, 0), x.dispute_reason,"
	    "       EXISTS (SELECT 1 FROM poll q WHERE q.decision_id = x.decision_id"
	    "         AND q.recusal_id = x.id AND q.result = 'adopted'),"
	    "       EXISTS (SELECT 1 FROM poll q WHERE q.decision_id = x.decision_id"
	    "         AND q.recusal_id = x.id AND q.closed_at IS NULL AND q.aborted_at IS NULL)"
	    "  FROM recusal x JOIN person p ON p.id = x.person_id"
	    "  JOIN person b ON b.id = x.noted_by"
	    "  LEFT JOIN municipality u ON u.id = x.municipality_id"
	    " WHERE x.decision_id = $2 AND x.meeting_id = $1 AND x.lifted_at IS NULL ORDER BY x.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id), INT(e->decision_id)));

	*out = (struct recusals){.n = 0};
	while (rows_next(&r)) {
		if (out->n == 0)
			out->v = ARENA_ARRAY(rq->arena, struct recusal, (size_t)col_int(&r, 0));
		out->v[out->n++] = (struct recusal){.id = col_int(&r, 1),
						    .person_id = col_int(&r, 2),
						    .name = col_text(&r, 3),
						    .unit = col_text(&r, 4),
						    .reason = col_text(&r, 5),
						    .noted_by = col_text(&r, 6),
						    .at = col_int(&r, 7),
						    .noted_by_id = col_int(&r, 8),
						    .disputed_at = col_int(&r, 9),
						    .dispute_reason = col_text(&r, 10),
						    .decided = col_int(&r, 11) != 0,
						    .in_vote = col_int(&r, 12) != 0};
	}
	return r.err;
}

bool recusal_of(const struct recusals *all, int64_t person_id)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].person_id == person_id)
			return true;
	return false;
}

void recusals_show(struct request *rq, struct view *v, const struct recusals *all)
{
	struct view *list = NULL;

	for (size_t i = 0; i < all->n; i++) {
		if (list == NULL)
			list = view_row(v, S_RECUSALS);
		struct view *row = view_row(list, S_RECUSED);
		view_text(row, V_NAME, all->v[i].name);
		view_text(row, V_PLACE_NAME, all->v[i].unit);
		view_text(row, V_TIME, date_time_long(rq->arena, all->v[i].at));
		view_text(row, V_WHO, all->v[i].noted_by);
		if (all->v[i].disputed_at == 0)
			continue;
		struct view *disputed = view_row(row, S_DISPUTED);
		view_text(disputed, V_REASON, all->v[i].dispute_reason);
		view_show(disputed, all->v[i].decided ? S_STANDS : S_UNDECIDED);
	}
	view_show_if(v, S_NO_RECUSAL, all->n == 0);
}

/* ---- Whom the viewer may speak for ---- */

bool recusal_is_open(const struct meeting *m, const struct agenda_entry *e)
{
	return e->decision_id != 0 && e->outcome == OUTCOME_NONE && !meeting_is_over(m) &&
	       m->state != MEETING_DRAFT;
}

static enum err may_note(struct request *rq, const struct meeting *m, int64_t person_id)
{
	return m->may_lead || person_id == rq->viewer.person_id ? OK : E_FORBIDDEN;
}

/* What others noted of the viewer is not theirs to lift, whatever they lead. */
static enum err may_lift(const struct request *rq, const struct meeting *m, const struct recusal *x)
{
	bool own = x->person_id == rq->viewer.person_id;

	if (x->decided)
		return E_FORBIDDEN;
	return (own ? x->noted_by_id == rq->viewer.person_id : m->may_lead) ? OK : E_FORBIDDEN;
}

/* ---- The page of a point ---- */

static void offer_seats(struct request *rq, const struct roll *roll, const struct recusals *all)
{
	int64_t chosen = 0;

	(void)str_to_int(field_text(&rq->http.form, person_field.name), &chosen);
	for (size_t u = 0; u < roll->n; u++)
		for (size_t s = 0; s < roll->units[u].n; s++) {
			const struct seat *seat = &roll->units[u].seats[s];
			if (recusal_of(all, seat->person_id))
				continue;
			struct view *row = view_row(rq->view, S_PERSON_OPTION);
			view_int(row, V_ID, seat->person_id);
			view_text(row, V_LABEL,
				  arena_fmt(rq->arena, "%.*s, %.*s", ARG(seat->name),
					    ARG(roll->units[u].name)));
			view_show_if(row, S_SELECTED, seat->person_id == chosen);
		}
}

static bool is_disputed(const struct recusals *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].disputed_at != 0 && !all->v[i].decided)
			return true;
	return false;
}

static void offer_disputing(struct request *rq, const struct recusals *all)
{
	for (size_t i = 0; i < all->n; i++)
		if (recusal_may_dispute(rq, &all->v[i])) {
			view_show(rq->view, S_CAN_DISPUTE);
			view_int(rq->view, V_DISPUTE_ID, all->v[i].id);
		}
}

static void offer_lifting(struct request *rq, const struct meeting *m, const struct recusals *all)
{
	for (size_t i = 0; i < all->n; i++) {
		if (all->v[i].in_vote || may_lift(rq, m, &all->v[i]) != OK)
			continue;
		struct view *row = view_row(rq->view, S_CAN_LIFT);
		view_int(row, V_RECUSAL_ID, all->v[i].id);
		view_text(row, V_NAME, all->v[i].name);
	}
}

static enum err page(struct request *rq, const struct meeting *m, const struct agenda_entry *e,
		     struct form *f, int status)
{
	struct recusals all;
	struct roll roll;

	TRY(roll_load(rq, m->day, &roll));
	TRY(recusals_load(rq, m, e, &all));
	meeting_head(rq, rq->view, m);
	agenda_show_entry(rq->view, e);
	view_text(rq->view, V_PLANNED,
		  arena_fmt(rq->arena, "%.*s–%.*s",
			    ARG(daytime_short_of(rq->arena, e->plan.planned_from)),
			    ARG(daytime_short_of(rq->arena, e->plan.planned_to))));
	if (e->waiver.n > 0)
		view_text(view_row(rq->view, S_WITHOUT_PRESENTER), V_TEXT, e->waiver);
	form_show(f, rq->view);
	view_show_if(rq->view, S_STALE, status == 409);
	view_show_if(rq->view, S_LEADS, m->may_lead && meeting_runs(m));
	view_show_if(rq->view, S_CAN_EDIT, m->may_prepare && !meeting_is_over(m) && agenda_open(e));
	if (e->decision_id == 0 || e->hidden)
		return reply_page(rq, status, "steering/agenda_entry_show.html");
	view_show(rq->view, S_ABOUT_DECISION);
	view_show_if(rq->view, S_NOTES_OWN, !m->may_lead || !recusal_is_open(m, e));
	recusals_show(rq, rq->view, &all);
	if (recusal_is_open(m, e)) {
		offer_lifting(rq, m, &all);
		offer_disputing(rq, &all);
		const struct seat *own = roll_seat(&roll, rq->viewer.person_id);
		if (own != NULL && !recusal_of(&all, own->person_id))
			view_int(view_row(rq->view, S_CAN_DECLARE), V_PERSON_ID, own->person_id);
		if (m->may_lead && meeting_runs(m) && is_disputed(&all))
			view_text(view_row(rq->view, S_TO_VOTE), V_DECISION_SLUG, e->decision_slug);
		if (m->may_lead) {
			view_show(rq->view, S_CAN_NOTE);
			view_show_if(rq->view, S_NOTE_WRONG,
				     form_wrong_at(f, &person_field) ||
					 form_wrong_at(f, &reason_field));
			offer_seats(rq, &roll, &all);
		}
	}
	return reply_page(rq, status, "steering/agenda_entry_show.html");
}

static void begin_form(struct form *f, struct request *rq)
{
	form_begin(f, rq);
	form_fill(f, &reason_field, S(""));
	form_fill(f, &lift_field, S(""));
	form_fill(f, &recusal_why_field, S(""));
}

/* GET /sitzungen/:slug/punkte/:id */
enum err agenda_entry_show(struct request *rq)
{
	struct agenda_entry *e;
	struct meeting m;
	struct agenda a;
	struct form f;

	TRY(agenda_entry_load(rq, PROJECT_SEE, &m, &a, &e));
	begin_form(&f, rq);
	return page(rq, &m, e, &f, 200);
}

static enum err record(struct request *rq, const struct register_recusal *r)
{
	struct register_book book = register_of(rq);
	bool noted = str_eq(r->event, S("noted"));

	TRY(steering_event(
	    rq, &(struct steering_event){.object = "decision",
					 .id = r->decision,
					 .action = noted ? "recuse" : "unrecuse",
					 .after = arena_fmt(rq->arena, "%" PRId64, r->person.id)}));
	return register_recusal(&book, r);
}

enum err recusal_add(struct request *rq, const struct recusal_place *where, int64_t person_id,
		     int64_t municipality_id, struct str reason)
{
	static const char sql[] =
	    "INSERT INTO recusal (decision_id, meeting_id, person_id, municipality_id, reason, at,"
	    " noted_by) VALUES ($1, $2, $3, $4, $5, $6, $7)";

	TRY(db_run(rq->db, sql,
		   WITH(INT(where->decision_id), INT_OR_NONE(where->meeting_id), INT(person_id),
			INT(municipality_id), TEXT(reason), INT(clock_now()),
			INT(rq->viewer.person_id)),
		   NULL));
	return record(rq, &(struct register_recusal){.decision = where->decision_id,
						     .meeting = where->meeting_id,
						     .unit = municipality_id,
						     .person = WHO(person_id),
						     .event = S("noted")});
}

/* POST /sitzungen/:slug/punkte/:id/befangen */
enum err recusal_note(struct request *rq)
{
	struct agenda_entry *e;
	struct recusals all;
	struct meeting m;
	struct roll roll;
	struct agenda a;
	struct form f;

	TRY(agenda_entry_load(rq, PROJECT_SEE, &m, &a, &e));
	TRY(roll_load(rq, m.day, &roll));
	TRY(recusals_load(rq, &m, e, &all));
	begin_form(&f, rq);
	int64_t person = form_number(&f, &person_field, REQUIRED);
	struct str reason = form_lines(&f, &reason_field, OPTIONAL, REASON_CHARS);
	const struct seat *seat = roll_seat(&roll, person);
	if (seat == NULL)
		form_problem(&f, &person_field, M_CHOOSE, 0);
	else
		TRY(may_note(rq, &m, person));
	struct recusal_place where = {.decision_id = e->decision_id, .meeting_id = m.id};
	bool settled = false;
	if (person != rq->viewer.person_id)
		TRY(recusal_is_settled(rq, &where, person, &settled));
	if (!recusal_is_open(&m, e) || recusal_of(&all, person) || settled)
		return page(rq, &m, e, &f, 409);
	if (form_wrong(&f) || seat == NULL)
		return page(rq, &m, e, &f, 422);
	TRY(recusal_add(rq, &where, seat->person_id, seat->municipality_id, reason));
	return reply_redirect(rq, M_RECUSED, "/sitzungen/%.*s/punkte/%" PRId64, ARG(m.slug), e->id);
}

/* ---- About one that stands ---- */

enum err recusal_act_begin(struct request *rq, const struct form_field *why,
			   struct recusal_act *out)
{
	struct agenda a;
	int64_t id = 0;

	TRY(agenda_entry_load(rq, PROJECT_SEE, &out->m, &a, &out->e));
	TRY(recusals_load(rq, &out->m, out->e, &out->all));
	begin_form(&out->f, rq);
	out->why = form_lines(&out->f, why, REQUIRED, REASON_CHARS);
	if (!str_to_int(field_text(&rq->http.form, S("eintrag")), &id))
		return E_BAD_REQUEST;
	out->x = NULL;
	for (size_t i = 0; i < out->all.n; i++)
		if (out->all.v[i].id == id)
			out->x = &out->all.v[i];
	return OK;
}

enum err recusal_act_page(struct recusal_act *act, int status)
{
	return page(act->f.rq, &act->m, act->e, &act->f, status);
}

enum err recusal_act_done(struct recusal_act *act, enum message done)
{
	return reply_redirect(act->f.rq, done, "/sitzungen/%.*s/punkte/%" PRId64, ARG(act->m.slug),
			      act->e->id);
}

static enum err lift(struct request *rq, const struct recusal_act *act)
{
	static const char sql[] = "UPDATE recusal SET lifted_at = $2, lifted_reason = $3"
				  " WHERE id = $1 AND lifted_at IS NULL";
	struct roll roll;
	int64_t changed = 0;

	TRY(db_run(rq->db, sql, WITH(INT(act->x->id), INT(clock_now()), TEXT(act->why)), &changed));
	if (changed != 1)
		return E_CONFLICT;
	TRY(roll_load(rq, act->m.day, &roll));
	const struct seat *seat = roll_seat(&roll, act->x->person_id);
	return record(rq,
		      &(struct register_recusal){.decision = act->e->decision_id,
						 .meeting = act->m.id,
						 .unit = seat == NULL ? 0 : seat->municipality_id,
						 .person = WHO(act->x->person_id),
						 .event = S("lifted")});
}

/* POST /sitzungen/:slug/punkte/:id/befangen-aufheben */
enum err recusal_lift(struct request *rq)
{
	struct recusal_act act;

	TRY(recusal_act_begin(rq, &lift_field, &act));
	if (act.x == NULL || act.x->in_vote || !recusal_is_open(&act.m, act.e))
		return recusal_act_page(&act, 409);
	TRY(may_lift(rq, &act.m, act.x));
	if (form_wrong(&act.f))
		return recusal_act_page(&act, 422);
	TRY(lift(rq, &act));
	return recusal_act_done(&act, M_RECUSAL_LIFTED);
}
