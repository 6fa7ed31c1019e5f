/* meeting_letter.c -- fills views/mail/meeting_*.txt and puts them into the outbox. */
#include "features/steering/meeting_letter.h"

#include "app/outbox.h"
#include "base/clock.h"
#include "features/steering/meeting_answer.h"

#include <inttypes.h>

enum { SECONDS_FROM_EIGHT = 16 * 3600 - 1 };

static struct str link_to(struct request *rq, const struct meeting *m, const char *page)
{
	return arena_fmt(rq->arena, "%.*s/sitzungen/%.*s%s", ARG(rq->app->config.base_url),
			 ARG(m->slug), page);
}

static struct view *begin(struct request *rq, const struct meeting *m, struct str name)
{
	struct view *v = view_new(rq->arena);

	view_text(v, V_NAME, name);
	view_text(v, V_MEETING, meeting_title(rq->arena, m));
	view_text(v, V_MEETING_DAY,
		  arena_fmt(rq->arena, "%.*s, %.*s", ARG(date_weekday_name(m->day)),
			    ARG(date_long(rq->arena, m->day))));
	view_text(v, V_MEETING_HOURS, meeting_hours(rq->arena, m));
	view_text(v, V_MEETING_WHERE, meeting_where(rq->arena, m));
	view_text(v, V_LINK, link_to(rq, m, ""));
	return v;
}

/* Eight o'clock local: clocks change at night, so the end of the day has the same offset. */
static int64_t eight_o_clock(struct date day)
{
	return date_end_of_day(day) - SECONDS_FROM_EIGHT;
}

static enum err put(struct request *rq, struct view *v, const char *file, struct letter *l)
{
	TRY(letter_render(rq->arena, v, file, l));
	return outbox_put(rq->db, l);
}

/* ---- To all seats ---- */

static void list_agenda(struct view *v, const struct agenda *a)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_entry *e = &a->entries[i];
		if (e->number == 0)
			continue;
		struct view *row = view_row(v, S_POINT);
		view_int(row, V_TOP, e->number);
		view_text(row, V_ENTRY_TITLE, e->title);
		view_text(row, V_KIND, agenda_kind_label(e->kind));
	}
}

static enum err invite_seat(struct request *rq, const struct meeting *m, const struct agenda *a,
			    const struct seat *seat)
{
	struct view *v = begin(rq, m, seat->name);
	struct letter l = {.person_id = seat->person_id, .topic = "meeting_call"};

	if (!date_is_none(m->answer_by))
		view_text(view_row(v, S_UNTIL), V_DATE, date_long(rq->arena, m->answer_by));
	list_agenda(v, a);
	view_text(v, V_CALENDAR, link_to(rq, m, "/sitzung.ics"));
	l.dedupe =
	    arena_fmt(rq->arena, "meeting/%" PRId64 "/invite/%" PRId64, m->id, seat->person_id);
	return put(rq, v, "mail/meeting_invitation.txt", &l);
}

enum err meeting_invitations(struct request *rq, const struct meeting *m, const struct agenda *a)
{
	struct roll roll;

	TRY(roll_load(rq, m->day, &roll));
	for (size_t u = 0; u < roll.n; u++)
		for (size_t s = 0; s < roll.units[u].n; s++)
			TRY(invite_seat(rq, m, a, &roll.units[u].seats[s]));
	return OK;
}

/* ---- Reminders ---- */

static enum err remind(struct request *rq, const struct meeting *m, const struct seat *seat,
		       const char *which, struct date on)
{
	struct letter l = {
	    .person_id = seat->person_id, .topic = "meeting", .not_before = eight_o_clock(on)};

	if (date_is_none(on) || l.not_before <= clock_now())
		return OK;
	struct view *v = begin(rq, m, seat->name);
	if (!date_is_none(m->answer_by))
		view_text(view_row(v, S_UNTIL), V_DATE, date_long(rq->arena, m->answer_by));
	/* A letter that was sent for an earlier date does not stand for this one. */
	l.dedupe =
	    arena_fmt(rq->arena, "meeting/%" PRId64 "/remind/%" PRId64 "/%s/%" PRId64 "/%" PRId64,
		      m->id, seat->municipality_id, which, m->sequence, seat->person_id);
	return put(rq, v, "mail/meeting_reminder.txt", &l);
}

enum err meeting_reminders(struct request *rq, const struct meeting *m)
{
	static const struct date none = {0, 0, 0};
	bool asked = !date_is_none(m->answer_by);
	struct roll roll;

	TRY(outbox_cancel(rq->db, arena_fmt(rq->arena, "meeting/%" PRId64 "/remind", m->id)));
	TRY(roll_load(rq, m->day, &roll));
	for (size_t u = 0; u < roll.n; u++) {
		const struct unit *unit = &roll.units[u];
		bool answered;
		TRY(meeting_answered(rq, m->id, unit->municipality_id, &answered));
		for (size_t s = 0; !answered && s < unit->n; s++) {
			TRY(remind(rq, m, &unit->seats[s], "answer",
				   asked ? date_add_days(m->answer_by, -1) : none));
			TRY(remind(rq, m, &unit->seats[s], "meeting", date_add_days(m->day, -2)));
		}
	}
	return OK;
}

/* ---- News ---- */

static void list_changes(struct view *v, const struct agenda *a)
{
	for (size_t i = 0; a != NULL && i < a->n; i++) {
		const struct agenda_entry *e = &a->entries[i];
		if (e->decision_id == 0 || e->timely == e->was_timely)
			continue;
		struct view *row = view_row(v, S_CHANGED_TEMPLATE);
		view_text(row, V_DECISION_SLUG, e->decision_slug);
		view_text(row, V_ENTRY_TITLE, e->title);
		view_show_if(row, S_NOW_TIMELY, e->timely);
		view_show_if(row, S_NOW_LATE, !e->timely);
	}
}

static enum err tell_seat(struct request *rq, const struct meeting *m,
			  const struct meeting_news *news, const struct seat *seat)
{
	static const char *const names[] = {"changed", "moved", "cancelled"};
	struct letter l = {.person_id = seat->person_id, .topic = "meeting_call"};
	struct view *v = begin(rq, m, seat->name);

	view_show_if(v, S_WAS_CHANGED, news->kind == NEWS_CHANGED);
	view_show_if(v, S_WAS_CANCELLED, news->kind == NEWS_CANCELLED);
	if (news->kind == NEWS_MOVED) {
		struct view *moved = view_row(v, S_WAS_MOVED);
		view_text(moved, V_OLD_DAY, date_long(rq->arena, news->old_day));
	}
	if (news->reason.n > 0)
		view_text(view_row(v, S_WHY), V_REASON, news->reason);
	list_changes(v, news->agenda);
	view_text(v, V_CALENDAR, link_to(rq, m, "/sitzung.ics"));
	l.dedupe = arena_fmt(rq->arena, "meeting/%" PRId64 "/%s/%" PRId64 "/%" PRId64, m->id,
			     names[news->kind], m->sequence, seat->person_id);
	return put(rq, v, "mail/meeting_news.txt", &l);
}

enum err meeting_news(struct request *rq, const struct meeting *m, const struct meeting_news *news)
{
	struct roll roll;

	TRY(roll_load(rq, m->day, &roll));
	for (size_t u = 0; u < roll.n; u++)
		for (size_t s = 0; s < roll.units[u].n; s++)
			TRY(tell_seat(rq, m, news, &roll.units[u].seats[s]));
	return OK;
}

/* ---- Proxies ---- */

enum err proxy_letter(struct request *rq, const struct meeting *m, int64_t proxy_id)
{
	static const char sql[] =
	    "SELECT x.proxy_id, p.name, g.name, u.name, coalesce(e.title, ''), x.instruction"
	    "  FROM proxy x JOIN person p ON p.id = x.proxy_id"
	    "  JOIN person g ON g.id = x.principal_id"
	    "  JOIN municipality u ON u.id = x.municipality_id"
	    "  LEFT JOIN agenda_entry e ON e.id = x.agenda_entry_id WHERE x.id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(proxy_id)));
	struct letter l = {.topic = "meeting_call"};

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_INTERNAL;
	l.person_id = col_int(&r, 0);
	struct view *v = begin(rq, m, col_text(&r, 1));
	view_text(v, V_PRINCIPAL, col_text(&r, 2));
	view_text(v, V_PLACE_NAME, col_text(&r, 3));
	if (col_text(&r, 4).n > 0)
		view_text(view_row(v, S_ONE_POINT), V_ENTRY_TITLE, col_text(&r, 4));
	if (col_text(&r, 5).n > 0)
		view_text(view_row(v, S_ADVISED), V_TEXT, col_text(&r, 5));
	l.dedupe = arena_fmt(rq->arena, "meeting/%" PRId64 "/proxy/%" PRId64, m->id, proxy_id);
	return put(rq, v, "mail/meeting_proxy.txt", &l);
}
