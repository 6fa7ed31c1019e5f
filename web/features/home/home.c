/* home.c -- what waits for the viewer, and the ways into the rest. */
#include "features/home/home.h"

#include "base/date.h"
#include "base/clock.h"
#include "features/features.h"

#include <inttypes.h>

enum { TASKS_MAX = 50 };

/* The quarter's report is due on the 15th of its last month. */
static struct date report_due(struct date today)
{
	return (struct date){today.year, date_quarter(today) * 3, 15};
}

static struct str quarter_key(struct arena *a, struct date d)
{
	return arena_fmt(a, "%04d-%d", d.year, date_quarter(d));
}

static struct bind role(const struct request *rq, unsigned roles)
{
	return INT((rq->viewer.roles & roles) != 0);
}

/*
 * Everything that waits, the most urgent first.  Questions go to those who can answer them: the
 * lead of the task force, the PMO, the chair.  Lights are missing while a running task force has
 * not set both in this quarter; its leads see each, the PMO sees all of them as one thing to do.
 */
static struct rows waiting(struct request *rq)
{
	static const char sql[] =
	    "WITH mine AS (SELECT task_force_id AS id FROM task_force_member"
	    "   WHERE person_id = $1 AND until IS NULL AND role IN ('lead', 'deputy')),"
	    " dark AS (SELECT t.id, t.name, t.slug FROM task_force t WHERE t.status = 'active' AND"
	    "   (SELECT count(DISTINCT a.dimension) FROM assessment a WHERE a.task_force_id = t.id"
	    "      AND a.quarter = $2) < 2)"
	    " SELECT 'light' AS kind, d.slug, d.name, '' AS text, 0 AS id, $3 AS due, 0 AS asked_at"
	    "   FROM dark d JOIN mine m ON m.id = d.id"
	    " UNION ALL "
	    "SELECT 'dark', '', '', '', count(*), $3, 0 FROM dark WHERE $4 = 1 HAVING count(*) > 0"
	    " UNION ALL "
	    "SELECT 'question', coalesce(t.slug, ''), coalesce(t.name, ''), q.text, q.id,"
	    "   coalesce(q.due_on, ''), q.asked_at"
	    "   FROM open_question q LEFT JOIN task_force t ON t.id = q.task_force_id"
	    "  WHERE q.state IN ('open', 'in_progress') AND q.task_force_id IS NOT NULL"
	    "    AND ((q.goes_to = 'pmo' AND $4 = 1) OR (q.goes_to = 'committee' AND $5 = 1)"
	    "      OR (q.goes_to = 'task_force' AND q.task_force_id IN (SELECT id FROM mine)))"
	    " ORDER BY CASE due WHEN '' THEN '9999' ELSE due END, asked_at, id LIMIT $6";
	struct date today = date_today();

	return db_query(rq->db, sql,
			WITH(INT(rq->viewer.person_id), TEXT(quarter_key(rq->arena, today)),
			     TEXT(date_iso(rq->arena, report_due(today))), role(rq, ROLE_PMO),
			     role(rq, ROLE_CHAIR), INT(TASKS_MAX)));
}

enum err home_waiting(struct request *rq, int64_t *count)
{
	struct rows r = waiting(rq);

	*count = 0;
	while (rows_next(&r))
		++*count;
	return r.err;
}

/* "noch 6 Tage", "heute", "seit 4 Tagen": from a due date, else from the day of asking. */
static void show_time(struct request *rq, struct view *v, struct date due, struct date asked)
{
	int64_t today = date_days(date_today());
	bool has_due = !date_is_none(due);
	int64_t days = has_due ? date_days(due) - today : today - date_days(asked);
	bool urgent = has_due && days <= 7;
	struct view *badge = view_row(v, urgent ? S_URGENT : S_CALM);

	if (has_due && days >= 0)
		view_text(badge, V_TIME,
			  days == 0   ? S("heute")
			  : days == 1 ? S("noch ein Tag")
				      : arena_fmt(rq->arena, "noch %" PRId64 " Tage", days));
	else if (has_due)
		view_text(badge, V_TIME, arena_fmt(rq->arena, "seit %" PRId64 " Tag%s überfällig",
						   -days, days == -1 ? "" : "en"));
	else
		view_text(badge, V_TIME,
			  days == 0   ? S("seit heute")
			  : days == 1 ? S("seit gestern")
				      : arena_fmt(rq->arena, "seit %" PRId64 " Tagen", days));
}

static void show_task(struct request *rq, struct rows *r, int64_t number)
{
	struct view *v = view_row(rq->view, S_TASK);
	struct str kind = col_text(r, 0);
	struct date due = {0, 0, 0}, today = date_today();
	struct view *what;

	(void)date_parse_iso(col_text(r, 5), &due);
	view_int(v, V_NUMBER, number);
	if (str_eq(kind, S("light"))) {
		what = view_row(v, S_LIGHT);
		view_text(what, V_SLUG, col_text(r, 1));
		view_text(what, V_NAME, col_text(r, 2));
	} else if (str_eq(kind, S("dark"))) {
		what = view_row(v, S_DARK);
		view_int(what, V_COUNT, col_int(r, 4));
		view_show(what, col_int(r, 4) == 1 ? S_ONE : S_MANY);
	} else {
		what = view_row(v, S_QUESTION);
		view_text(what, V_SLUG, col_text(r, 1));
		view_text(what, V_NAME, col_text(r, 2));
		view_text(what, V_TEXT, col_text(r, 3));
		view_int(what, V_ID, col_int(r, 4));
	}
	if (!str_eq(kind, S("question")))
		view_text(what, V_QUARTER,
			  arena_fmt(rq->arena, "%d/%d", date_quarter(today), today.year));
	if (!date_is_none(due))
		view_text(view_row(what, S_DUE), V_DATE, date_long(rq->arena, due));
	show_time(rq, v, due, date_of(col_int(r, 6)));
}

static enum err show_tasks(struct request *rq)
{
	struct rows r = waiting(rq);
	int64_t count = 0;

	while (rows_next(&r))
		show_task(rq, &r, ++count);
	view_show(rq->view, count == 0	 ? S_NOTHING
			    : count == 1 ? S_ONE_THING
					 : S_THINGS);
	view_int(rq->view, V_COUNT, count);
	return r.err;
}

/* The viewer's own task forces with both lights and what is open. */
static enum err show_task_forces(struct request *rq)
{
	static const char sql[] =
	    "SELECT t.slug, t.name, m.role,"
	    " (SELECT count(*) FROM open_question q WHERE q.task_force_id = t.id"
	    "    AND q.state IN ('open', 'in_progress')),"
	    " coalesce((SELECT colour FROM assessment a WHERE a.task_force_id = t.id"
	    "    AND a.quarter = $2 AND a.dimension = 'content' ORDER BY id DESC LIMIT 1), 'grey'),"
	    " coalesce((SELECT colour FROM assessment a WHERE a.task_force_id = t.id"
	    "    AND a.quarter = $2 AND a.dimension = 'resources' ORDER BY id DESC LIMIT 1), 'grey')"
	    "  FROM task_force_member m JOIN task_force t ON t.id = m.task_force_id"
	    " WHERE m.person_id = $1 AND m.until IS NULL AND t.status IN ('planned', 'active', 'paused')"
	    " ORDER BY m.role <> 'lead', t.sort_key";
	struct rows r = db_query(rq->db, sql,
				 WITH(INT(rq->viewer.person_id),
				      TEXT(quarter_key(rq->arena, date_today()))));
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_OWN);
		struct view *v = view_row(list, S_TASK_FORCE);
		view_text(v, V_SLUG, col_text(&r, 0));
		view_text(v, V_NAME, col_text(&r, 1));
		view_show_if(v, S_LEAD, str_eq(col_text(&r, 2), S("lead")));
		view_show_if(v, S_DEPUTY, str_eq(col_text(&r, 2), S("deputy")));
		show_question_count(v, col_int(&r, 3));
		show_light(v, S_CONTENT, light_named(col_text(&r, 4)));
		show_light(v, S_RESOURCES, light_named(col_text(&r, 5)));
	}
	return r.err;
}
