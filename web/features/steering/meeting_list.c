/* meeting_list.c -- coming and past meetings, and what they left to do. */
#include "base/clock.h"
#include "base/daytime.h"
#include "features/steering/meeting_answer.h"
#include "features/steering/meeting_handlers.h"

#include <inttypes.h>

enum { PAGE = 25 };

void meeting_show_date(struct request *rq, struct view *v, const struct meeting *m)
{
	view_text(v, V_ISO,
		  arena_fmt(rq->arena, "%.*sT%.*s", ARG(date_iso(rq->arena, m->day)),
			    ARG(daytime_short(rq->arena, m->start_minute))));
	view_text(v, V_MONTH, date_month_name_short(m->day));
	view_int(v, V_DAY, m->day.day);
	view_text(v, V_WEEKDAY, str_head(date_weekday_name(m->day), 2));
}

/* Slugs first: a meeting is loaded by its own statement. */
static enum err slugs_load(struct request *rq, struct rows r, struct str **out, size_t *n)
{
	*n = 0;
	*out = ARENA_ARRAY(rq->arena, struct str, PAGE + 1);
	while (*n <= PAGE && rows_next(&r))
		(*out)[(*n)++] = col_text(&r, 0);
	return r.err;
}

static enum err own_answer(struct request *rq, struct view *v, const struct meeting *m)
{
	enum attends answer;
	struct roll roll;
	struct str who;

	if (m->state != MEETING_INVITED)
		return OK;
	TRY(roll_load(rq, m->day, &roll));
	const struct seat *seat = roll_seat(&roll, rq->viewer.person_id);
	if (seat == NULL)
		return OK;
	TRY(meeting_answer_load(rq, m->id, seat->municipality_id, &answer, &who));
	view_show_if(v, S_UNANSWERED, answer == ATTENDS_COUNT);
	return OK;
}

static enum err show_coming(struct request *rq)
{
	static const char sql[] =
	    "SELECT year || '-' || number FROM meeting WHERE state IN ('running', 'paused')"
	    " OR (state IN ('draft', 'invited') AND day >= $1) ORDER BY day, start_minute, id";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today()))));
	struct str *slugs;
	size_t n;

	TRY(slugs_load(rq, r, &slugs, &n));
	for (size_t i = 0; i < n && i < PAGE; i++) {
		struct view *v = view_row(rq->view, S_COMING);
		struct committee_rules rules;
		struct meeting m;
		struct agenda a;
		TRY(meeting_load(rq, slugs[i], &m));
		TRY(agenda_load(rq, &m, &a));
		TRY(committee_rules_load(rq, &rules));
		meeting_head(rq, v, &m);
		meeting_show_date(rq, v, &m);
		view_int(v, V_POINTS, a.points);
		view_show_if(v, S_ONE_POINT, a.points == 1);
		view_show_if(v, S_MANY_POINTS, a.points > 1);
		view_show_if(v, S_NO_POINT, a.points == 0);
		view_int(v, V_DECISIONS, a.decisions);
		view_show_if(v, S_ONE_DECISION, a.decisions == 1);
		view_show_if(v, S_MANY_DECISIONS, a.decisions > 1);
		view_text(v, V_TEMPLATES_UNTIL,
			  date_long(rq->arena, deadline_day(rules.deadline, m.day)));
		TRY(own_answer(rq, v, &m));
	}
	view_show_if(rq->view, S_NOTHING_COMING, n == 0);
	return OK;
}

static enum err count_adopted(struct request *rq, const struct meeting *m, int64_t *out)
{
	static const char sql[] =
	    "SELECT count(*) FROM agenda_entry e JOIN decision d ON d.id = e.decision_id"
	    " WHERE e.meeting_id = $1 AND e.outcome = 'decided'"
	    "   AND d.state IN ('adopted', 'in_follow_up', 'done', 'superseded')";

	return db_int(rq->db, sql, WITH(INT(m->id)), out);
}

/* A planned meeting whose day went by is listed here too: somebody forgot it. */
static enum err show_past(struct request *rq)
{
	static const char sql[] =
	    "SELECT year || '-' || number FROM meeting WHERE NOT (state IN ('running', 'paused')"
	    "  OR (state IN ('draft', 'invited') AND day >= $1))"
	    " AND ($2 = 0 OR (day, start_minute, id) < (SELECT day, start_minute, id FROM meeting"
	    "   WHERE year = $2 AND number = $3)) ORDER BY day DESC, start_minute DESC, id DESC "
	    "LIMIT 26";
	int64_t year = 0, number = 0; /* of the last one of the page before */
	if (!number_parse(field_text(&rq->http.query, S("vor")), &year, &number))
		year = number = 0;
	struct rows r = db_query(
	    rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today())), INT(year), INT(number)));
	struct view *list = NULL;
	struct str *slugs;
	struct meeting m;
	size_t n;

	TRY(slugs_load(rq, r, &slugs, &n));
	for (size_t i = 0; i < n && i < PAGE; i++) {
		int64_t adopted = 0;
		TRY(meeting_load(rq, slugs[i], &m));
		TRY(count_adopted(rq, &m, &adopted));
		if (list == NULL)
			list = view_row(rq->view, S_PAST);
		struct view *v = view_row(list, S_PAST_MEETING);
		view_text(v, V_MEETING, meeting_title(rq->arena, &m));
		view_text(v, V_MEETING_SLUG, m.slug);
		view_text(v, V_DATE, date_short(rq->arena, m.day));
		view_text(v, V_MEETING_WHERE, meeting_where(rq->arena, &m));
		view_int(v, V_COUNT, adopted);
		meeting_show_state(v, &m);
		view_show_if(v, S_HAS_MINUTES, meeting_has_begun(&m));
	}
	view_show_if(rq->view, S_NOTHING_PAST, n == 0);
	if (n > PAGE)
		view_text(view_row(rq->view, S_OLDER), V_BEFORE, m.slug);
	return OK;
}

/* Tasks out of minutes that are not done.  One of a restricted point is read by whoever sees the
 * point, and by the one whose task it is. */
static enum err show_tasks(struct request *rq)
{
	static const char sql[] =
	    "SELECT n.text, coalesce(p.name, ''), coalesce(n.due_on, ''), n.id,"
	    "  $2 <> 0 OR n.person_id = $1 OR $1 IN (m.chair_id, m.deputy_id, m.minute_taker_id)"
	    "  FROM minutes_note n JOIN meeting m ON m.id = n.meeting_id"
	    "  LEFT JOIN agenda_entry e ON e.id = n.agenda_entry_id"
	    "  LEFT JOIN person p ON p.id = n.person_id WHERE n.kind = 'task'"
	    "   AND n.done_at IS NULL AND (" ENTRY_RESTRICTED " = '' OR $3 <> 0"
	    "     OR n.person_id = $1 OR $1 IN (m.chair_id, m.deputy_id, m.minute_taker_id))"
	    " ORDER BY n.due_on IS NULL, n.due_on, n.id LIMIT 25";
	bool office = right_to_all(rq->viewer.roles, MEETING_PREPARE);
	bool seat = right_to_enter(rq->viewer.roles, SEAT_ACT);
	struct rows r = db_query(rq->db, sql,
				 WITH(INT(rq->viewer.person_id), INT(office), INT(office || seat)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		struct date due = {0, 0, 0};
		bool dated = date_parse_iso(col_text(&r, 2), &due);
		if (list == NULL)
			list = view_row(rq->view, S_TASKS);
		struct view *v = view_row(list, S_TASK);
		bool late = dated && date_cmp(due, date_today()) < 0;
		view_show_if(v, S_OVERDUE, late);
		view_show_if(v, S_RUNS, !late);
		view_text(v, V_TEXT, col_text(&r, 0));
		if (col_int(&r, 4) != 0)
			view_int(view_row(v, S_CAN_FINISH), V_TASK_ID, col_int(&r, 3));
		if (col_text(&r, 1).n > 0)
			view_text(view_row(v, S_BY_PERSON), V_WHO, col_text(&r, 1));
		if (dated)
			view_text(view_row(v, late ? S_SINCE : S_UNTIL), V_DATE,
				  date_short(rq->arena, due));
	}
	view_show_if(rq->view, S_NO_TASK, list == NULL);
	return r.err;
}

enum { WAIVERS_DAYS = 365 };

/* An exception that becomes a habit should be seen. */
static enum err show_waivers(struct request *rq)
{
	static const char sql[] = "SELECT count(*) FROM late_waiver WHERE at >= $1";
	int64_t since = clock_now() - (int64_t)WAIVERS_DAYS * 86400, count = 0;

	TRY(db_int(rq->db, sql, WITH(INT(since)), &count));
	if (count > 0)
		view_int(view_row(rq->view, S_WAIVERS), V_COUNT, count);
	return OK;
}

/* GET /sitzungen */
enum err meeting_list(struct request *rq)
{
	TRY(show_coming(rq));
	TRY(show_past(rq));
	TRY(show_tasks(rq));
	TRY(show_waivers(rq));
	view_show_if(rq->view, S_MAY_PLAN, right_to_all(rq->viewer.roles, MEETING_PREPARE));
	return reply_page(rq, 200, "steering/meeting_list.html");
}
