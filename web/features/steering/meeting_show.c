/* meeting_show.c -- the page of a meeting: agenda, who comes, deadlines. */
#include "base/daytime.h"
#include "features/steering/meeting_answer.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/presence.h"
#include "features/steering/proxy.h"

#include <inttypes.h>

/* The proxy of a unit for the whole meeting, in words; empty without one. */
static struct str represented_by(struct request *rq, const struct proxies *all, int64_t unit)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].municipality_id == unit && all->v[i].entry_id == 0)
			return arena_fmt(rq->arena, "Vollmacht an %.*s", ARG(all->v[i].name));
	return S("");
}

static enum err show_unit(struct request *rq, const struct meeting *m, const struct unit *unit,
			  const struct proxies *proxies, int64_t *answered)
{
	struct view *v = view_row(rq->view, S_UNIT);
	struct str who, proxy = represented_by(rq, proxies, unit->municipality_id);
	enum attends answer;

	TRY(meeting_answer_load(rq, m->id, unit->municipality_id, &answer, &who));
	*answered += answer != ATTENDS_COUNT;
	view_text(v, V_PLACE_NAME, unit->name);
	for (size_t s = 0; s < unit->n; s++) {
		struct view *seat = view_row(v, S_SEAT);
		view_text(seat, V_NAME, unit->seats[s].name);
		view_show_if(seat, S_DEPUTISES, unit->seats[s].capacity == CAPACITY_DEPUTY);
	}
	view_show_if(v, S_NO_SEAT, unit->n == 0);
	view_show_if(v, S_OPEN_ANSWER, answer == ATTENDS_COUNT);
	if (answer != ATTENDS_COUNT) {
		bool comes = answer == ATTENDS_ROOM || answer == ATTENDS_REMOTE;
		struct view *a = view_row(v, comes ? S_COMES : S_STAYS_AWAY);
		view_text(a, V_ANSWER, attends_label(answer));
		view_text(a, V_WHO, who);
	}
	if (proxy.n > 0)
		view_text(view_row(v, S_REPRESENTED), V_WORDS, proxy);
	return OK;
}

static enum err show_own_answer(struct request *rq, const struct meeting *m,
				const struct roll *roll, const struct proxies *proxies)
{
	static const char *const chosen[] = {S_SAID_ROOM, S_SAID_REMOTE, S_SAID_PROXY,
					     S_SAID_ABSENT};
	const struct seat *seat = roll_seat(roll, rq->viewer.person_id);
	enum attends answer;
	struct str who;

	if (seat == NULL || m->state != MEETING_INVITED)
		return OK;
	TRY(meeting_answer_load(rq, m->id, seat->municipality_id, &answer, &who));
	bool represented = false;
	for (size_t i = 0; i < proxies->n; i++)
		represented = represented || proxies->v[i].municipality_id == seat->municipality_id;
	view_show(rq->view, S_CAN_ANSWER);
	view_text(rq->view, V_UNIT_NAME, roll_unit(roll, seat->municipality_id)->name);
	view_show(rq->view, answer == ATTENDS_COUNT ? S_NO_ANSWER_YET : S_ANSWERED);
	view_show_if(rq->view, S_NAME_PROXY, answer == ATTENDS_PROXY && !represented);
	if (answer != ATTENDS_COUNT)
		view_show(rq->view, chosen[answer]);
	if (!date_is_none(m->answer_by))
		view_text(view_row(rq->view, S_ANSWER_UNTIL), V_DATE,
			  date_long(rq->arena, m->answer_by));
	return OK;
}

static enum err show_participants(struct request *rq, const struct meeting *m, int64_t *answered,
				  int64_t *units)
{
	struct presence p;
	struct proxies proxies;
	struct roll roll;

	TRY(roll_load(rq, m->day, &roll));
	TRY(proxies_load(rq, m, &proxies));
	*units = (int64_t)roll.n;
	*answered = 0;
	for (size_t u = 0; u < roll.n; u++)
		TRY(show_unit(rq, m, &roll.units[u], &proxies, answered));
	TRY(show_own_answer(rq, m, &roll, &proxies));
	if (meeting_is_over(m) || m->state == MEETING_DRAFT)
		return OK;
	TRY(meeting_runs(m) ? presence_load(rq, m->id, 0, &p) : presence_expected(rq, m->id, &p));
	view_text(view_row(rq->view, p.quorate ? S_QUORATE : S_NOT_QUORATE), V_WORDS,
		  presence_words(rq->arena, &p));
	view_show_if(rq->view, S_PROMISED, !meeting_runs(m));
	return OK;
}

/* A line of the list of deadlines, with the sign of how it stands. */
static void deadline(struct request *rq, bool done, bool late, struct str what, struct str when)
{
	struct view *v = view_row(rq->view, S_DEADLINE);

	view_show_if(v, S_DONE_SIGN, done);
	view_show_if(v, S_LATE_SIGN, !done && late);
	view_show_if(v, S_OPEN_SIGN, !done && !late);
	view_text(v, V_TEXT, what);
	view_text(v, V_WHEN, when);
}

static enum err show_deadlines(struct request *rq, const struct meeting *m, const struct agenda *a,
			       int64_t answered, int64_t units)
{
	struct committee_rules rules;
	struct arena *mem = rq->arena;
	int64_t timely = 0;

	TRY(committee_rules_load(rq, &rules));
	for (size_t i = 0; i < a->n; i++)
		timely += a->entries[i].decision_id != 0 && a->entries[i].timely;
	struct date until = deadline_day(rules.deadline, m->day);
	bool passed = date_cmp(date_today(), until) > 0;
	deadline(rq, m->invited_at != 0, false, S("Einladung verschickt"),
		 m->invited_at == 0 ? S("noch nicht") : date_short(mem, date_of(m->invited_at)));
	deadline(rq, a->decisions > 0 && timely == a->decisions, passed && timely < a->decisions,
		 arena_fmt(mem, "Vorlagen bis %.*s, 23:59\u00a0Uhr", ARG(date_short(mem, until))),
		 a->decisions == 0 ? S("noch keine auf der Tagesordnung")
				   : arena_fmt(mem, "%" PRId64 " von %" PRId64 " rechtzeitig",
					       timely, a->decisions));
	if (!date_is_none(m->answer_by))
		deadline(rq, answered == units, date_cmp(date_today(), m->answer_by) > 0,
			 arena_fmt(mem, "Antworten bis %.*s", ARG(date_short(mem, m->answer_by))),
			 arena_fmt(mem, "%" PRId64 " von %" PRId64 " da", answered, units));
	return OK;
}

/* Dates it had before. */
static enum err show_moves(struct request *rq, const struct meeting *m)
{
	static const char sql[] = "SELECT day, start_minute, moved_at, reason FROM meeting_date"
				  " WHERE meeting_id = $1 ORDER BY sequence";
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		struct date day = {0, 0, 0};
		if (!date_parse_iso(col_text(&r, 0), &day))
			return E_INTERNAL;
		if (list == NULL)
			list = view_row(rq->view, S_MOVES);
		struct view *v = view_row(list, S_MOVE);
		view_text(v, V_OLD_DAY, date_long(rq->arena, day));
		view_text(v, V_TIME, daytime_short(rq->arena, (int)col_int(&r, 1)));
		view_text(v, V_DATE, date_short(rq->arena, date_of(col_int(&r, 2))));
		view_text(v, V_REASON, col_text(&r, 3));
	}
	return r.err;
}

static enum err show_why_cancelled(struct request *rq, const struct meeting *m)
{
	static const char sql[] = "SELECT coalesce((SELECT reason FROM steering_event"
				  " WHERE object = 'meeting' AND object_id = $1"
				  " AND action = 'cancel' ORDER BY id DESC LIMIT 1), '')";
	struct str reason;

	if (m->state != MEETING_CANCELLED)
		return OK;
	TRY(db_text(rq->db, sql, WITH(INT(m->id)), &reason));
	view_text(view_row(rq->view, S_CANCELLED), V_REASON, reason);
	return OK;
}

static void show_details(struct request *rq, const struct meeting *m)
{
	struct view *v = rq->view;

	meeting_show_date(rq, v, m);
	view_text(v, V_PLACE, meeting_where(rq->arena, m));
	if (m->link.n > 0)
		view_text(view_row(v, S_VIDEO_ROOM), V_URL, m->link);
	if (m->chair.n > 0)
		view_text(view_row(v, S_CHAIRED), V_NAME, m->chair);
	if (m->deputy.n > 0)
		view_text(view_row(v, S_DEPUTISED), V_NAME, m->deputy);
	if (m->minute_taker.n > 0)
		view_text(view_row(v, S_WRITTEN), V_NAME, m->minute_taker);
	if (m->access.n > 0)
		view_text(view_row(v, S_ACCESSIBLE), V_TEXT, m->access);
}

static void show_actions(struct request *rq, const struct meeting *m)
{
	struct view *v = rq->view;
	bool prepares = m->may_prepare && !meeting_is_over(m);

	view_int(v, V_MEETING_VERSION, m->row_version);
	view_show_if(v, S_PREPARES, prepares);
	view_show_if(v, S_CAN_INVITE, prepares && m->state == MEETING_DRAFT);
	view_show_if(v, S_CAN_MOVE, prepares && m->state == MEETING_INVITED);
	view_show_if(v, S_CAN_CANCEL, prepares && !meeting_has_begun(m));
	bool now = meeting_runs(m) || date_cmp(date_today(), m->day) >= 0;
	view_show_if(v, S_LEADS, m->may_lead && (m->state == MEETING_INVITED || meeting_runs(m)));
	view_show(v, now ? S_LEADS_NOW : S_LEADS_LATER);
	view_show_if(v, S_HAS_MINUTES, meeting_has_begun(m));
	view_show_if(v, S_HAS_CALENDAR, m->state != MEETING_DRAFT);
}

enum err meeting_page(struct request *rq, const struct meeting *m, int status)
{
	int64_t answered = 0, units = 0;
	struct agenda a;

	TRY(agenda_load(rq, m, &a));
	meeting_head(rq, rq->view, m);
	view_show_if(rq->view, S_STALE, status == 409);
	agenda_show(rq, rq->view, m, &a);
	agenda_picture(rq, rq->view, m, &a);
	TRY(show_participants(rq, m, &answered, &units));
	TRY(show_deadlines(rq, m, &a, answered, units));
	TRY(show_moves(rq, m));
	TRY(show_why_cancelled(rq, m));
	show_details(rq, m);
	show_actions(rq, m);
	return reply_page(rq, status, "steering/meeting_show.html");
}

/* GET /sitzungen/:slug */
enum err meeting_show(struct request *rq)
{
	struct meeting m;

	TRY(meeting_load(rq, rq->slug, &m));
	return meeting_page(rq, &m, 200);
}
