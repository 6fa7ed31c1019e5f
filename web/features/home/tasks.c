/* tasks.c -- gathers and counts what waits for the viewer. */
#include "features/home/tasks.h"

#include "app/counts.h"
#include "app/words.h"
#include "features/features.h"

#include <stdlib.h>

enum { REVIEW_AHEAD_DAYS = 14, TASKS_COUNTED = 10000 };

/* The quarter's report is due on the 15th of its last month. */
static struct date report_due(struct date today)
{
	return (struct date){today.year, date_quarter(today) * 3, 15};
}

/* Running task forces that have not set both lights in this quarter. */
static enum err count_dark(struct request *rq, int64_t *count)
{
	static const char sql[] =
	    "SELECT count(*) FROM task_force t WHERE t.status = 'active' AND NOT"
	    " (EXISTS (SELECT 1 FROM assessment a WHERE a.task_force_id = t.id"
	    "   AND a.quarter = $1 AND a.dimension = 'content') AND"
	    "  EXISTS (SELECT 1 FROM assessment a WHERE a.task_force_id = t.id"
	    "   AND a.quarter = $1 AND a.dimension = 'resources'))";

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

static void take(struct tasks *out, struct rows *r)
{
	struct task t = {.kind = col_text(r, 0),
			 .slug = col_text(r, 1),
			 .name = col_text(r, 2),
			 .text = col_text(r, 3),
			 .id = col_int(r, 4),
			 .asked_at = col_int(r, 6)};

	(void)date_parse_iso(col_text(r, 5), &t.due);
	tasks_add(out, &t);
}

/*
 * Questions go to those who can answer them: the lead of the task force, the PMO, the chair.
 * Lights are missing while a running task force has not set both in this quarter; its leads see
 * each, the PMO sees all of them as one thing to do.  A review round waits for everybody who was
 * asked, and with the administrator for the municipality, until the end of its last day.  A public
 * edition in which the checks find something new waits for all who can act, a released one for the
 * second key.  The day on which the whole handbook is looked through waits for its editors, two
 * weeks before.
 */
static enum err of_the_project(struct request *rq, struct tasks *out)
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
	    ") AS task LIMIT $7";
	struct date today = date_today();
	int64_t dark = 0;

	if (right_to_all(rq->viewer.roles, OFFICE_ACT))
		TRY(count_dark(rq, &dark));
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(INT(rq->viewer.person_id), TEXT(quarter_name(rq->arena, today)),
		 TEXT(date_iso(rq->arena, report_due(today))), INT(dark),
		 addressee(rq, OFFICE_ACT, S("pmo")), addressee(rq, CHAIR_ACT, S("committee")),
		 INT(TASKS_COUNTED), TEXT(date_iso(rq->arena, today)), speaks_for(rq),
		 INT(right_to_all(rq->viewer.roles, EDITION_SEE) ? 1 : 0), second_key(rq),
		 handbook_until(rq)));
	while (rows_next(&r))
		take(out, &r);
	return r.err;
}

void tasks_add(struct tasks *list, const struct task *t)
{
	if (list->n == list->room) {
		size_t room = list->room == 0 ? 32 : list->room * 2;
		struct task *v = ARENA_ARRAY(list->arena, struct task, room);
		for (size_t i = 0; i < list->n; i++)
			v[i] = list->v[i];
		list->v = v;
		list->room = room;
	}
	list->v[list->n++] = *t;
}

/* By the day it is due, those without one last; then the oldest first. */
static int by_urgency(const void *a, const void *b)
{
	const struct task *x = a, *y = b;
	int64_t due_x = date_is_none(x->due) ? INT64_MAX : date_days(x->due);
	int64_t due_y = date_is_none(y->due) ? INT64_MAX : date_days(y->due);

	if (due_x != due_y)
		return due_x < due_y ? -1 : 1;
	if (x->asked_at != y->asked_at)
		return x->asked_at < y->asked_at ? -1 : 1;
	return (x->id > y->id) - (x->id < y->id);
}

/* Reports of barriers go to all who may answer them, six weeks long. */
static enum err add_barriers(struct request *rq, struct tasks *out)
{
	static const char sql[] =
	    "SELECT 'barrier', CAST(id AS TEXT), substr(text, 1, 80), '', id, due_on, at"
	    "  FROM barrier_report WHERE answered_at IS NULL ORDER BY due_on LIMIT $1";

	if (!right_to_all(rq->viewer.roles, BARRIER_ANSWER))
		return OK;
	struct rows r = db_query(rq->db, sql, WITH(INT(TASKS_COUNTED)));
	while (rows_next(&r))
		take(out, &r);
	return r.err;
}

enum err tasks_load(struct request *rq, struct tasks *out)
{
	*out = (struct tasks){.arena = rq->arena};
	TRY(of_the_project(rq, out));
	TRY(tasks_add_handbook(rq, out));
	TRY(tasks_add_steering(rq, out));
	TRY(tasks_add_people(rq, out));
	TRY(add_barriers(rq, out));
	if (out->n > 0)
		qsort(out->v, out->n, sizeof *out->v, by_urgency);
	int64_t count = (int64_t)out->n;
	counts_keep(rq, COUNT_TASKS, rq->viewer.person_id, &count, 1);
	return OK;
}

enum err home_waiting(struct request *rq, int64_t *count)
{
	struct tasks all;

	if (counts_find(rq, COUNT_TASKS, rq->viewer.person_id, count, 1))
		return OK;
	TRY(tasks_load(rq, &all));
	*count = (int64_t)all.n;
	return OK;
}
