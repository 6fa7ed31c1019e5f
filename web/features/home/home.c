/* home.c -- what waits for the viewer, and the ways into the rest. */
#include "app/counts.h"
#include "app/words.h"
#include "base/clock.h"
#include "features/features.h"
#include "features/home/pages.h"

#include <inttypes.h>

/* More than fifty things to do are a number, not a list. */
enum { REVIEW_AHEAD_DAYS = 14, TASKS_SHOWN = 50, TASKS_COUNTED = 10000 };

/* The quarter's report is due on the 15th of its last month. */
static struct date report_due(struct date today)
{
	return (struct date){today.year, date_quarter(today) * 3, 15};
}

/* Running task forces that have not set both lights in this quarter. */
static enum err count_dark(struct request *rq, int64_t *count)
{
	static const char sql[] =
	    "SELECT count(*) FROM task_force t WHERE t.status = 'active' AND"
	    " (SELECT count(DISTINCT a.dimension) FROM assessment a WHERE a.task_force_id = t.id"
	    "    AND a.quarter = $1) < 2";

	if (counts_find(rq, COUNT_DARK, 0, count, 1))
		return OK;
	TRY(db_int(rq->db, sql, WITH(TEXT(quarter_name(rq->arena, date_today()))), count));
	counts_keep(rq, COUNT_DARK, 0, count, 1);
	return OK;
}

static struct bind addressee(const struct request *rq, enum action action, struct str name)
{
	return right_to_all(rq->viewer.roles, action) ? TEXT(name) : NONE;
}

static struct bind speaks_for(const struct request *rq)
{
	bool speaks = (rq->viewer.roles & ROLE_MUNICIPALITY) != 0;

	return INT_OR_NONE(speaks ? rq->viewer.municipality_id : 0);
}

/* Up to which day a look through the handbook is something to do. */
static struct bind handbook_until(const struct request *rq)
{
	bool edits = right_to_all(rq->viewer.roles, HANDBOOK_EDIT);

	return edits ? TEXT(date_iso(rq->arena, date_add_days(date_today(), REVIEW_AHEAD_DAYS)))
		     : NONE;
}

/* Whose municipality may turn the second key of an edition. */
static struct bind second_key(const struct request *rq)
{
	bool holds = right_to_all(rq->viewer.roles, EDITION_RELEASE);

	return INT_OR_NONE(holds ? rq->viewer.municipality_id : 0);
}

/*
 * Everything that waits, the most urgent first.  Questions go to those who can answer them: the
 * lead of the task force, the PMO, the chair.  Lights are missing while a running task force has
 * not set both in this quarter; its leads see each, the PMO sees all of them as one thing to do.
 * A review round waits for everybody who was asked, and with the administrator for the
 * municipality, until the end of its last day.  A public edition in which the checks find something
 * new waits for all who can act, a released one for the second key.  The day on which the whole
 * handbook is looked through waits for its editors, two weeks before.
 */
static enum err waiting(struct request *rq, int64_t most, struct rows *out)
{
	static const char sql[] =
	    "WITH mine AS (SELECT task_force_id AS id FROM task_force_member"
	    "   WHERE person_id = $1 AND until IS NULL AND role IN ('lead', 'deputy'))"
	    " SELECT kind, slug, name, text, id, due, asked_at FROM ("
	    "SELECT 'light' AS kind, t.slug, t.name, '' AS text, 0 AS id, $3 AS due, 0 AS asked_at"
	    "   FROM mine m JOIN task_force t ON t.id = m.id WHERE t.status = 'active' AND"
	    "   (SELECT count(DISTINCT a.dimension) FROM assessment a WHERE a.task_force_id = t.id"
	    "      AND a.quarter = $2) < 2"
	    " UNION ALL "
	    "SELECT 'dark', '', '', '', $4, $3, 0 WHERE $4 > 0"
	    " UNION ALL "
	    "SELECT 'question', t.slug, t.name, q.text, q.id, coalesce(q.due_on, ''), q.asked_at"
	    "   FROM open_question q JOIN task_force t ON t.id = q.task_force_id"
	    "  WHERE q.state IN ('open', 'in_progress') AND q.goes_to IN ($5, $6)"
	    " UNION ALL "
	    "SELECT 'question', t.slug, t.name, q.text, q.id, coalesce(q.due_on, ''), q.asked_at"
	    "   FROM mine m CROSS JOIN open_question q JOIN task_force t ON t.id = q.task_force_id"
	    "  WHERE q.task_force_id = m.id AND q.state IN ('open', 'in_progress')"
	    "    AND q.goes_to = 'task_force'"
	    " UNION ALL "
	    "SELECT CASE WHEN i.person_id IS NULL THEN 'round_for' ELSE 'round' END, '',"
	    " CAST(r.revision_id AS TEXT),"
	    " CAST(r.number AS TEXT), r.id, r.closes_on, r.created_at"
	    "   FROM review_round r JOIN round_invitation i ON i.round_id = r.id"
	    "  WHERE r.closed_at IS NULL AND r.opens_on <= $8 AND r.closes_on >= $8"
	    "    AND i.state = 'invited' AND (i.person_id = $1"
	    "      OR (i.person_id IS NULL AND i.municipality_id = $9))"
	    " UNION ALL "
	    "SELECT 'edition_alarm', '', '', CAST(e.number AS TEXT), e.id, '', e.checked_at"
	    "   FROM edition e WHERE $10 AND e.state IN ('published', 'replaced') AND e.blocking > "
	    "0"
	    " UNION ALL "
	    "SELECT 'edition_key', '', '', CAST(e.number AS TEXT), e.id, '', e.released_at"
	    "   FROM edition e WHERE e.state = 'released' AND e.released_by <> $1"
	    "    AND e.released_municipality <> $11"
	    " UNION ALL "
	    "SELECT 'handbook', '', '', '', d.id, d.next_review_on, 0 FROM document d"
	    "  WHERE d.next_review_on <= $12"
	    ") AS task"
	    " ORDER BY CASE due WHEN '' THEN '9999' ELSE due END, asked_at, id LIMIT $7";
	struct date today = date_today();
	int64_t dark = 0;

	if (right_to_all(rq->viewer.roles, OFFICE_ACT))
		TRY(count_dark(rq, &dark));
	*out = db_query(rq->db, sql,
			WITH(INT(rq->viewer.person_id), TEXT(quarter_name(rq->arena, today)),
			     TEXT(date_iso(rq->arena, report_due(today))), INT(dark),
			     addressee(rq, OFFICE_ACT, S("pmo")),
			     addressee(rq, CHAIR_ACT, S("committee")), INT(most),
			     TEXT(date_iso(rq->arena, today)), speaks_for(rq),
			     INT(right_to_all(rq->viewer.roles, EDITION_SEE) ? 1 : 0),
			     second_key(rq), handbook_until(rq)));
	return out->err;
}

enum err home_waiting(struct request *rq, int64_t *count)
{
	struct rows r;

	if (counts_find(rq, COUNT_TASKS, rq->viewer.person_id, count, 1))
		return OK;
	*count = 0;
	TRY(waiting(rq, TASKS_COUNTED, &r));
	while (rows_next(&r))
		++*count;
	TRY(r.err);
	counts_keep(rq, COUNT_TASKS, rq->viewer.person_id, count, 1);
	return OK;
}

/* Chapters of a version that the viewer has not confirmed with these very blocks. */
static enum err count_unread(struct request *rq, int64_t revision_id, int64_t *count)
{
	static const char sql[] =
	    "SELECT count(*) FROM revision_section s WHERE s.revision_id = $1 AND NOT EXISTS ("
	    " SELECT 1 FROM read_receipt c WHERE c.person_id = $2 AND c.section_uid IN ('', s.uid)"
	    "  AND (c.revision_id = $1 OR NOT (EXISTS ("
	    "   SELECT block_text_id FROM revision_block"
	    "    WHERE revision_id = $1 AND section_uid = s.uid"
	    "   EXCEPT SELECT block_text_id FROM revision_block"
	    "    WHERE revision_id = c.revision_id AND section_uid = s.uid) OR EXISTS ("
	    "   SELECT block_text_id FROM revision_block"
	    "    WHERE revision_id = c.revision_id AND section_uid = s.uid"
	    "   EXCEPT SELECT block_text_id FROM revision_block"
	    "    WHERE revision_id = $1 AND section_uid = s.uid))))";

	return db_int(rq->db, sql, WITH(INT(revision_id), INT(rq->viewer.person_id)), count);
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
		view_text(badge, V_TIME,
			  arena_fmt(rq->arena, "seit %" PRId64 " Tag%s überfällig", -days,
				    days == -1 ? "" : "en"));
	else
		view_text(badge, V_TIME,
			  days == 0   ? S("seit heute")
			  : days == 1 ? S("seit gestern")
				      : arena_fmt(rq->arena, "seit %" PRId64 " Tagen", days));
}

static void show_open_questions(struct view *row, int64_t count)
{
	if (count == 0)
		view_show(row, S_NONE);
	else if (count == 1)
		view_show(row, S_ONE);
	else
		view_int(view_row(row, S_MANY), V_COUNT, count);
}

/* A round that asks the viewer, or the municipality that the viewer speaks for. */
static enum err show_round(struct request *rq, struct view *v, struct rows *r, struct date due)
{
	struct view *what = view_row(v, S_ROUND_WAITS);
	int64_t revision_id = 0, left = 0;

	view_int(what, V_ROUND_ID, col_int(r, 4));
	view_text(what, V_ROUND_NUMBER, col_text(r, 3));
	view_text(what, V_CLOSES, date_long(rq->arena, due));
	if (!str_eq(col_text(r, 0), S("round"))) {
		view_show(what, S_FOR_MUNICIPALITY);
		return OK;
	}
	what = view_row(what, S_FOR_PERSON);
	if (!str_to_int(col_text(r, 2), &revision_id))
		return E_INTERNAL;
	TRY(count_unread(rq, revision_id, &left));
	if (left == 0)
		view_show(what, S_ALL_READ);
	else
		view_int(view_row(what, S_UNREAD), V_COUNT, left);
	return OK;
}

/* What is to be done, in words of its kind. */
static enum err show_kind(struct request *rq, struct view *v, struct rows *r, struct date due)
{
	struct str kind = col_text(r, 0);
	bool question = str_eq(kind, S("question"));
	struct view *what;

	if (question || str_eq(kind, S("light"))) {
		what = view_row(v, question ? S_QUESTION : S_LIGHT_MISSING);
		view_text(what, V_SLUG, col_text(r, 1));
		view_text(what, V_NAME, col_text(r, 2));
	} else if (str_eq(kind, S("dark"))) {
		what = view_row(v, S_LIGHTS_MISSING);
		show_open_questions(what, col_int(r, 4));
	} else if (str_starts(kind, S("edition"))) {
		what =
		    view_row(v, str_eq(kind, S("edition_key")) ? S_EDITION_KEY : S_EDITION_ALARM);
		view_int(what, V_EDITION_ID, col_int(r, 4));
		view_text(what, V_EDITION_NUMBER, col_text(r, 3));
		return OK;
	} else if (str_eq(kind, S("handbook"))) {
		view_text(view_row(v, S_HANDBOOK_REVIEW), V_DATE, date_long(rq->arena, due));
		return OK;
	} else {
		return show_round(rq, v, r, due);
	}
	if (question) {
		view_text(what, V_TEXT, col_text(r, 3));
		view_int(what, V_ID, col_int(r, 4));
	} else {
		view_text(what, V_QUARTER, quarter_label(rq->arena, date_today()));
	}
	if (!date_is_none(due))
		view_text(view_row(what, S_DUE), V_DATE, date_long(rq->arena, due));
	return OK;
}

static enum err show_task(struct request *rq, struct view *list, struct rows *r, int64_t number)
{
	struct view *v = view_row(list, S_TASK);
	struct date due = {0, 0, 0};

	(void)date_parse_iso(col_text(r, 5), &due);
	view_int(v, V_NUMBER, number);
	TRY(show_kind(rq, v, r, due));
	show_time(rq, v, due, date_of(col_int(r, 6)));
	return OK;
}

static enum err show_tasks(struct request *rq)
{
	struct view *list = NULL;
	int64_t count, shown = 0;
	struct rows r;

	TRY(home_waiting(rq, &count));
	TRY(waiting(rq, TASKS_SHOWN, &r));
	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_TASKS);
		TRY(show_task(rq, list, &r, ++shown));
	}
	if (list != NULL && count > shown)
		view_int(view_row(list, S_MORE_TASKS), V_COUNT, count - shown);
	view_show(rq->view, count == 0 ? S_NOTHING : count == 1 ? S_ONE_THING : S_THINGS);
	view_int(rq->view, V_COUNT, count);
	return r.err;
}

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
		show_open_questions(v, col_int(&r, 3));
		show_light(v, S_CONTENT, col_text(&r, 4));
		show_light(v, S_RESOURCES, col_text(&r, 5));
	}
	return r.err;
}

static enum err show_unread(struct request *rq, struct view *v, int64_t revision_id)
{
	int64_t count = 0;

	TRY(count_unread(rq, revision_id, &count));
	if (count == 0)
		view_show(v, S_ALL_READ);
	else
		view_int(view_row(v, S_UNREAD), V_COUNT, count);
	return OK;
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
	return show_unread(rq, v, col_int(&r, 5));
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
	if (!project)
		return reply_page(rq, 200, "home/home_show.html");
	TRY(show_tasks(rq));
	TRY(show_task_forces(rq));
	TRY(show_handbook(rq));
	return reply_page(rq, 200, "home/home_show.html");
}

const struct route home_routes[] = {
    GET("/", LOGGED_IN, home_show),
    GET("/hilfe", EVERYONE, help_show),
    GET("/impressum", EVERYONE, page_show),
    GET("/datenschutz", EVERYONE, page_show),
    GET("/barrierefreiheit", EVERYONE, page_show),
    GET("/leichte-sprache", EVERYONE, page_show),
    GET("/healthz", EVERYONE, health_show),
    ROUTES_END,
};
