/* meeting_letter.c -- fills views/mail/meeting_*.txt and puts them into the outbox. */
#include "features/steering/meeting_letter.h"

#include "app/outbox.h"
#include "base/clock.h"
#include "base/daytime.h"
#include "features/steering/meeting_answer.h"
#include "features/steering/register.h"

#include <inttypes.h>

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

static enum err put(struct request *rq, struct view *v, const char *file, struct letter *l)
{
	TRY(letter_render(rq->arena, v, file, l));
	return outbox_put(rq->db, l);
}

/* ---- To whom ---- */

struct addressees {
	size_t n;
	struct addressee {
		int64_t id;
		struct str name;
		bool seat, all; /* all: reads restricted points */
	} * v;
};

/* Of those who lead, write, present, or (authors) wrote a template. */
static enum err add_others(struct request *rq, const struct meeting *m, const struct roll *roll,
			   bool authors, struct addressees *out)
{
	static const char sql[] =
	    "SELECT DISTINCT p.id, p.name FROM person p WHERE p.status = 'active'"
	    " AND (p.id IN ($2, $3, $4) OR EXISTS (SELECT 1 FROM agenda_entry e"
	    "  LEFT JOIN decision d ON d.id = e.decision_id WHERE e.meeting_id = $1"
	    "   AND (e.presenter_id = p.id OR ($5 AND d.author_id = p.id)))) ORDER BY p.id";
	struct rows r = db_query(rq->db, sql,
				 WITH(INT(m->id), INT(m->chair_id), INT(m->deputy_id),
				      INT(m->minute_taker_id), INT(authors ? 1 : 0)));

	while (rows_next(&r)) {
		int64_t id = col_int(&r, 0);
		if (roll_seat(roll, id) != NULL)
			continue;
		bool serves = id == m->chair_id || id == m->deputy_id || id == m->minute_taker_id;
		out->v[out->n++] =
		    (struct addressee){.id = id, .name = col_text(&r, 1), .all = serves};
	}
	return r.err;
}

static enum err addressees_load(struct request *rq, const struct meeting *m, bool authors,
				struct addressees *out)
{
	static const char sql[] = "SELECT count(*) FROM person";
	struct roll roll;
	int64_t most = 0;

	TRY(db_int(rq->db, sql, WITH_NOTHING, &most));
	TRY(roll_load(rq, m->day, &roll));
	*out = (struct addressees){.v = ARENA_ARRAY(rq->arena, struct addressee, (size_t)most)};
	for (size_t u = 0; u < roll.n; u++)
		for (size_t s = 0; s < roll.units[u].n; s++) {
			const struct seat *seat = &roll.units[u].seats[s];
			out->v[out->n++] = (struct addressee){
			    .id = seat->person_id, .name = seat->name, .seat = true, .all = true};
		}
	return add_others(rq, m, &roll, authors, out);
}

static bool may_read(const struct addressee *to, const struct agenda_entry *e)
{
	return to->all || e->restricted.n == 0 || e->presenter_id == to->id;
}

/* ---- Invitations ---- */

static void list_agenda(struct view *v, const struct agenda *a, const struct addressee *to)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_entry *e = &a->entries[i];
		if (e->number == 0)
			continue;
		struct view *row = view_row(v, S_POINT);
		view_int(row, V_TOP, e->number);
		view_text(row, V_ENTRY_TITLE,
			  may_read(to, e) ? e->title : S("Nur für den Steuerungskreis"));
		view_text(row, V_KIND, agenda_kind_label(e->kind));
		view_show_if(row, S_SECOND_TIME, e->second_time);
	}
}

/* How far the register was: whoever keeps the letter sees when it is written anew. */
static void show_head(struct request *rq, struct view *v, const struct register_entry *head)
{
	view_int(v, V_N, head->n);
	view_text(v, V_HASH, head->hash);
	view_text(v, V_REGISTER_LINK,
		  arena_fmt(rq->arena, "%.*s/register", ARG(rq->app->config.base_url)));
}

static void list_own(struct request *rq, struct view *v, const struct agenda *a,
		     const struct addressee *to)
{
	struct buf points = {.arena = rq->arena};

	for (size_t i = 0; i < a->n; i++)
		if (a->entries[i].number != 0 && a->entries[i].presenter_id == to->id)
			buf_fmt(&points, "%sTOP %" PRId64, points.n > 0 ? ", " : "",
				a->entries[i].number);
	if (points.n > 0)
		view_text(view_row(v, S_PRESENTS), V_POINTS, buf_str(&points));
}

static enum err invite(struct request *rq, const struct meeting *m, const struct agenda *a,
		       const struct register_entry *head, const struct addressee *to)
{
	struct view *v = begin(rq, m, to->name);
	struct letter l = {.person_id = to->id, .topic = "meeting_call"};
	struct view *asked = to->seat ? view_row(v, S_ASKED) : NULL;

	if (asked != NULL && !date_is_none(m->answer_by))
		view_text(view_row(asked, S_UNTIL), V_DATE, date_long(rq->arena, m->answer_by));
	list_agenda(v, a, to);
	list_own(rq, v, a, to);
	view_show_if(v, S_WRITES, to->id == m->minute_taker_id);
	view_text(v, V_CALENDAR, link_to(rq, m, "/sitzung.ics"));
	show_head(rq, v, head);
	l.dedupe = arena_fmt(rq->arena, "meeting/%" PRId64 "/invite/%" PRId64, m->id, to->id);
	return put(rq, v, "mail/meeting_invitation.txt", &l);
}

enum err meeting_invitations(struct request *rq, const struct meeting *m, const struct agenda *a)
{
	struct register_entry head;
	struct addressees all;

	TRY(register_head(rq->db, &head));
	TRY(addressees_load(rq, m, false, &all));
	for (size_t i = 0; i < all.n; i++)
		TRY(invite(rq, m, a, &head, &all.v[i]));
	return OK;
}

/* ---- Reminders ---- */

static enum err remind(struct request *rq, const struct meeting *m, const struct seat *seat,
		       const char *which, struct date on)
{
	struct letter l = {
	    .person_id = seat->person_id, .topic = "meeting", .not_before = daytime_eight(on)};

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

static void list_changes(struct view *v, const struct agenda *a, const struct addressee *to)
{
	for (size_t i = 0; a != NULL && i < a->n; i++) {
		const struct agenda_entry *e = &a->entries[i];
		if (e->decision_id == 0 || e->timely == e->was_timely || !may_read(to, e))
			continue;
		struct view *row = view_row(v, S_CHANGED_TEMPLATE);
		view_text(row, V_DECISION_SLUG, e->decision_slug);
		view_text(row, V_ENTRY_TITLE, e->title);
		view_show_if(row, S_NOW_TIMELY, e->timely);
		view_show_if(row, S_NOW_LATE, !e->timely);
	}
}

static void show_added(struct view *v, const struct agenda_entry *e, const struct addressee *to)
{
	struct view *added = view_row(v, S_WAS_ADDED);

	view_int(added, V_TOP, e->number);
	view_text(added, V_ENTRY_TITLE,
		  may_read(to, e) ? e->title : S("Nur für den Steuerungskreis"));
	view_text(added, V_KIND, agenda_kind_label(e->kind));
	view_show_if(added, S_SECOND_TIME, e->second_time);
}

/* What makes it this letter and no other: the state of the calendar, or the new point. */
static struct str news_path(struct request *rq, const struct meeting *m,
			    const struct meeting_news *news, const struct addressee *to)
{
	static const char *const names[] = {"changed", "added", "moved", "cancelled"};

	return arena_fmt(rq->arena, "meeting/%" PRId64 "/%s/%" PRId64 "/%" PRId64, m->id,
			 names[news->kind], news->added != NULL ? news->added->id : m->sequence,
			 to->id);
}

static enum err tell(struct request *rq, const struct meeting *m, const struct meeting_news *news,
		     const struct addressee *to)
{
	struct letter l = {
	    .person_id = to->id, .topic = "meeting_call", .dedupe = news_path(rq, m, news, to)};
	struct view *v = begin(rq, m, to->name);

	view_show_if(v, S_WAS_CHANGED, news->kind == NEWS_CHANGED);
	view_show_if(v, S_WAS_CANCELLED, news->kind == NEWS_CANCELLED);
	if (news->added != NULL)
		show_added(v, news->added, to);
	if (news->kind == NEWS_MOVED) {
		struct view *moved = view_row(v, S_WAS_MOVED);
		view_text(moved, V_OLD_DAY, date_long(rq->arena, news->old_day));
		view_show_if(v, S_ASKED, to->seat);
	}
	if (news->reason.n > 0)
		view_text(view_row(v, S_WHY), V_REASON, news->reason);
	list_changes(v, news->agenda, to);
	view_text(v, V_CALENDAR, link_to(rq, m, "/sitzung.ics"));
	return put(rq, v, "mail/meeting_news.txt", &l);
}

enum err meeting_news(struct request *rq, const struct meeting *m, const struct meeting_news *news)
{
	struct addressees all;

	TRY(addressees_load(rq, m, true, &all));
	for (size_t i = 0; i < all.n; i++)
		TRY(tell(rq, m, news, &all.v[i]));
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
