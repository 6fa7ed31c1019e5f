/* home.c -- what waits for the viewer, and the ways into the rest. */
#include "app/words.h"
#include "base/daytime.h"
#include "features/features.h"
#include "features/home/pages.h"
#include "features/home/tasks.h"

#include <inttypes.h>

static void show_light(struct view *row, const char *section, struct str name)
{
	struct view *v = view_row(row, section);
	enum light light = light_named(name);

	view_text(v, V_LIGHT, light_name(light));
	view_text(v, V_LIGHT_LABEL, light_label(light));
}

/* The viewer's own task forces with both lights and what is open. */
static enum err show_task_forces(struct request *rq)
{
	static const char sql[] =
	    "SELECT t.slug, t.name, m.role,"
	    " (SELECT count(*) FROM open_question q WHERE q.task_force_id = t.id"
	    "    AND q.state IN ('open', 'in_progress')),"
	    " " CONTENT_NOW ", " RESOURCES_NOW
	    "  FROM task_force_member m JOIN task_force t ON t.id = m.task_force_id"
	    " WHERE m.person_id = $2 AND m.until IS NULL AND t.status IN ('planned', 'active', "
	    "'paused')"
	    " ORDER BY m.role <> 'lead', t.sort_key";
	struct rows r =
	    db_query(rq->db, sql,
		     WITH(TEXT(quarter_name(rq->arena, date_today())), INT(rq->viewer.person_id)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_OWN);
		struct view *v = view_row(list, S_TASK_FORCE);
		view_text(v, V_SLUG, col_text(&r, 0));
		view_text(v, V_NAME, col_text(&r, 1));
		view_show_if(v, S_LEAD, str_eq(col_text(&r, 2), S("lead")));
		view_show_if(v, S_DEPUTY, str_eq(col_text(&r, 2), S("deputy")));
		tasks_show_count(v, col_int(&r, 3));
		show_light(v, S_CONTENT, col_text(&r, 4));
		show_light(v, S_RESOURCES, col_text(&r, 5));
	}
	return r.err;
}

/* The handbook in force, or what there is of one. */
static enum err show_handbook(struct request *rq)
{
	static const char sql[] =
	    "SELECT d.title, r.major, r.minor, coalesce(r.effective_on, ''),"
	    " (SELECT count(*) FROM revision_section s WHERE s.revision_id = r.id), r.id"
	    "  FROM revision r JOIN document d ON d.id = r.document_id"
	    " WHERE r.state = 'in_force'";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	struct date since = {0, 0, 0};

	if (!rows_next(&r)) {
		view_show(rq->view, S_NO_HANDBOOK);
		return r.err;
	}
	struct view *v = view_row(rq->view, S_HANDBOOK);
	view_text(v, V_TITLE, col_text(&r, 0));
	view_text(v, V_VERSION,
		  arena_fmt(rq->arena, "%" PRId64 ".%" PRId64, col_int(&r, 1), col_int(&r, 2)));
	if (date_parse_iso(col_text(&r, 3), &since))
		view_text(view_row(v, S_SINCE), V_DATE, date_long(rq->arena, since));
	view_int(v, V_COUNT, col_int(&r, 4));
	return unread_show(rq, v, col_int(&r, 5));
}

static void show_points(struct view *v, int64_t points, int64_t decisions)
{
	view_int(v, V_POINTS, points);
	view_show_if(v, S_ONE_POINT, points == 1);
	view_show_if(v, S_MANY_POINTS, points != 1);
	view_int(v, V_DECISIONS, decisions);
	view_show_if(v, S_ONE_DECISION, decisions == 1);
	view_show_if(v, S_MANY_DECISIONS, decisions > 1);
}

/* To which the committee has been invited. */
static enum err show_meeting(struct request *rq)
{
	static const char sql[] =
	    "SELECT year, number, day, start_minute, place, state <> 'invited', link <> '',"
	    " (SELECT count(*) FROM agenda_entry e WHERE e.meeting_id = meeting.id"
	    "   AND e.kind <> 'break'),"
	    " (SELECT count(*) FROM agenda_entry e WHERE e.meeting_id = meeting.id"
	    "   AND e.kind = 'decision') FROM meeting"
	    " WHERE state IN ('running', 'paused') OR (state = 'invited' AND day >= $1)"
	    " ORDER BY starts_at LIMIT 1";
	struct arena *a = rq->arena;
	struct rows r = db_query(rq->db, sql, WITH(TEXT(date_iso(a, date_today()))));
	struct date day;

	if (!rows_next(&r) || !date_parse_iso(col_text(&r, 2), &day))
		return r.err;
	struct view *v = view_row(rq->view, S_NEXT_MEETING);
	view_text(v, V_SLUG, arena_fmt(a, "%" PRId64 "-%" PRId64, col_int(&r, 0), col_int(&r, 1)));
	view_text(v, V_NAME, arena_fmt(a, "%" PRId64 "/%" PRId64, col_int(&r, 1), col_int(&r, 0)));
	view_text(v, V_ISO, date_iso(a, day));
	view_text(v, V_MONTH, date_month_name_short(day));
	view_int(v, V_DAY, day.day);
	view_text(v, V_WEEKDAY, str_head(date_weekday_name(day), 2));
	view_text(v, V_TIME, daytime_short(a, (int)col_int(&r, 3)));
	view_show_if(v, S_RUNS, col_int(&r, 5) != 0);
	view_show_if(v, S_COMES, col_int(&r, 5) == 0);
	if (col_text(&r, 4).n > 0)
		view_text(view_row(v, S_PLACE), V_TEXT, col_text(&r, 4));
	view_show_if(v, S_REMOTE, col_int(&r, 6) != 0);
	show_points(v, col_int(&r, 7), col_int(&r, 8));
	return OK;
}

/* Templates that came too late and were admitted as urgent, this year: counted for those who answer
 * for the rule, so that the exception does not become the way. */
static enum err show_waivers(struct request *rq)
{
	static const char sql[] =
	    "SELECT count(*) FROM late_waiver w JOIN agenda_entry e ON e.id = w.agenda_entry_id"
	    "  JOIN meeting m ON m.id = e.meeting_id WHERE m.day >= $1";
	unsigned roles = rq->viewer.roles;
	int64_t year = date_today().year, n = 0;

	if (!right_to_enter(roles, MEETING_PREPARE) && !right_to_enter(roles, SEAT_ACT))
		return OK;
	TRY(db_int(rq->db, sql, WITH(TEXT(arena_fmt(rq->arena, "%" PRId64 "-01-01", year))), &n));
	if (n == 0)
		return OK;
	struct view *v = view_row(rq->view, S_WAIVERS);
	view_int(v, V_YEAR, year);
	view_show_if(v, S_ONE, n == 1);
	if (n > 1)
		view_int(view_row(v, S_MANY), V_COUNT, n);
	return OK;
}

/* For those who answer reports of barriers and see nothing else of the project. */
static enum err show_barriers(struct request *rq)
{
	static const char sql[] = "SELECT count(*), coalesce(min(due_on), '') FROM barrier_report"
				  " WHERE answered_at IS NULL";
	struct date due;

	if (!right_to_enter(rq->viewer.roles, BARRIER_ANSWER))
		return OK;
	struct view *v = view_row(rq->view, S_BARRIERS);
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	if (!rows_next(&r) || !date_parse_iso(col_text(&r, 1), &due)) {
		view_show(v, S_NONE);
		return r.err;
	}
	v = view_row(v, S_OPEN);
	view_int(v, V_COUNT, col_int(&r, 0));
	view_text(v, V_DATE, date_long(rq->arena, due));
	return OK;
}

/* GET / -- the start page. */
static enum err home_show(struct request *rq)
{
	struct date today = date_today();
	bool project = right_to_enter(rq->viewer.roles, PROJECT_SEE);

	view_text(rq->view, V_PERSON, rq->viewer.name);
	view_text(rq->view, V_TODAY,
		  arena_fmt(rq->arena, "%.*s, der %.*s", ARG(date_weekday_name(today)),
			    ARG(date_long(rq->arena, today))));
	view_show(rq->view, project ? S_PROJECT : S_NO_PROJECT);
	if (!project) {
		view_show_if(rq->view, S_KEEPS_RUNNING,
			     right_to_enter(rq->viewer.roles, RETENTION_SET));
		TRY(show_barriers(rq));
		return reply_page(rq, 200, "home/home_show.html");
	}
	TRY(tasks_show(rq));
	TRY(show_task_forces(rq));
	TRY(show_meeting(rq));
	TRY(show_waivers(rq));
	TRY(show_handbook(rq));
	return reply_page(rq, 200, "home/home_show.html");
}

const struct route home_routes[] = {
    GET_KEPT("/", LOGGED_IN, home_show),           GET("/hilfe", EVERYONE, help_show),
    GET("/impressum", EVERYONE, page_show),        GET("/datenschutz", EVERYONE, page_show),
    GET("/barrierefreiheit", EVERYONE, page_show), GET("/leichte-sprache", EVERYONE, page_show),
    GET("/healthz", EVERYONE, health_show),        ROUTES_END,
};
