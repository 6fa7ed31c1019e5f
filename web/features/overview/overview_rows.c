/* overview_rows.c -- the rows of the table: one statement for the task forces, one for places. */
#include "features/overview/overview_rows.h"

#include <stdlib.h>
#include <string.h>

/* A longer array with the same beginning. */
static void *grown(struct arena *a, const void *old, size_t n, size_t size, size_t room)
{
	char *v = arena_array(a, room, size);

	if (n > 0)
		memcpy(v, old, n * size);
	return v;
}

enum err list_places_load(struct db *db, struct arena *a, struct list_places *out)
{
	static const char sql[] = "SELECT id, slug, short FROM municipality"
				  " WHERE kind = 'municipality' ORDER BY sort_key, id";
	struct rows r = db_query(db, sql, WITH_NOTHING);

	*out = (struct list_places){0};
	for (size_t room = 0; rows_next(&r); out->n++) {
		if (out->n == room) {
			room = room * 2 + 16;
			out->v = grown(a, out->v, out->n, sizeof *out->v, room);
		}
		out->v[out->n] =
		    (struct list_place){col_int(&r, 0), col_text(&r, 1), col_text(&r, 2)};
	}
	return r.err;
}

/*
 * $1 quarter, $2 light, $3 runtime, $4 municipality (0: all), $5 sort (enum list_sort), $6 its
 * direction (1 or -1), $7 rows, $8 offset.
 *
 * `lit` finds the lights of each task force, `fit` those the wish asks for.  A pair of lights
 * weighs more the worse it is: one red outweighs two yellows, one yellow two greys.
 */
static const char rows_sql[] =
    "WITH lit AS MATERIALIZED ("
    "  SELECT t.id, t.budget, t.sort_key, t.starts_on,"
    "         CASE WHEN t.status IN ('planned', 'active') THEN 0 ELSE 1 END AS resting,"
    "         (SELECT coalesce(sum(d.amount), 0) FROM drawn d WHERE d.task_force_id = t.id)"
    "           AS drawn,"
    "         (SELECT count(*) FROM open_question o"
    "           WHERE o.task_force_id = t.id AND o.state IN ('open', 'in_progress'))"
    "           AS questions,"
    "         " CONTENT_NOW " AS content, " RESOURCES_NOW " AS resources"
    "    FROM task_force t"
    "   WHERE ($3 = '' OR $3 = 'laeuft' AND t.status = 'active'"
    "          OR $3 = 'geplant' AND t.status = 'planned'"
    "          OR $3 = 'pausiert' AND t.status = 'paused'"
    "          OR $3 = 'abgeschlossen' AND t.status IN ('done', 'cancelled'))"
    "     AND ($4 = 0 OR EXISTS (SELECT 1 FROM task_force_municipality m"
    "           WHERE m.task_force_id = t.id AND m.municipality_id = $4 AND m.until IS NULL))"
    "), weighed AS ("
    "  SELECT lit.*, CASE content WHEN 'red' THEN 100 WHEN 'yellow' THEN 10"
    "                  WHEN 'green' THEN 0 ELSE 1 END"
    "              + CASE resources WHEN 'red' THEN 100 WHEN 'yellow' THEN 10"
    "                  WHEN 'green' THEN 0 ELSE 1 END AS weight"
    "    FROM lit"
    "), fit AS MATERIALIZED ("
    "  SELECT * FROM weighed"
    "   WHERE $2 = '' OR resting = 0 AND ("
    "         $2 = 'kritisch' AND weight >= 100 OR $2 = 'gefaehrdet' AND weight >= 10"
    "         OR $2 = 'im-plan' AND weight = 0"
    "         OR $2 = 'nicht-bewertet' AND (coalesce(content, 'grey') = 'grey'"
    "           OR coalesce(resources, 'grey') = 'grey'))"
    "), sums AS ("
    "  SELECT count(*) AS n, coalesce(sum(budget), 0) AS budget,"
    "         coalesce(sum(drawn), 0) AS drawn, coalesce(sum(questions), 0) AS questions"
    "    FROM fit"
    ") "
    "SELECT sums.n, sums.budget, sums.drawn, sums.questions, p.id, t.slug, t.name, t.goal,"
    "       t.starts_on, t.ends_on, t.review_on, t.status, t.budget, t.link_url, p.drawn,"
    "       p.questions, o.text, w.name,"
    "       p.content, p.resources, t.updated_at,"
    "       (SELECT max(a.at) FROM assessment a WHERE a.task_force_id = p.id),"
    "       (SELECT max(coalesce(b.voided_at, b.at)) FROM booking b"
    "         WHERE b.task_force_id = p.id),"
    "       (SELECT max(coalesce(q.answered_at, q.asked_at)) FROM open_question q"
    "         WHERE q.task_force_id = p.id)"
    "  FROM fit p"
    "  JOIN task_force t ON t.id = p.id"
    "  CROSS JOIN sums"
    "  LEFT JOIN open_question o ON o.id = (SELECT min(q.id) FROM open_question q"
    "       WHERE q.task_force_id = p.id AND q.state IN ('open', 'in_progress'))"
    "  LEFT JOIN task_force_member l"
    "    ON l.task_force_id = p.id AND l.role = 'lead' AND l.until IS NULL"
    "  LEFT JOIN person w ON w.id = l.person_id"
    " ORDER BY p.resting, CASE $5 WHEN 0 THEN p.weight"
    "            WHEN 2 THEN CAST(replace(p.starts_on, '-', '') AS INTEGER)"
    "            WHEN 3 THEN p.budget WHEN 4 THEN p.questions ELSE 0 END * $6,"
    "          CASE WHEN $5 = 1 AND $6 = -1 THEN p.sort_key END DESC, p.sort_key, p.id"
    " LIMIT $7 OFFSET $8";
_Static_assert(SORT_LIGHT == 0 && SORT_NAME == 1 && SORT_PERIOD == 2 && SORT_BUDGET == 3 &&
		   SORT_QUESTIONS == 4,
	       "rows_sql knows the orders by number");

static struct date day(struct rows *r, int column)
{
	struct date d = {0, 0, 0};

	(void)date_parse_iso(col_text(r, column), &d);
	return d;
}

static int64_t newest(struct rows *r, int first, int last)
{
	int64_t at = 0;

	for (int i = first; i <= last; i++)
		if (col_int(r, i) > at)
			at = col_int(r, i);
	return at;
}

static void read_row(struct rows *r, struct list_row *row)
{
	*row = (struct list_row){
	    .id = col_int(r, 4),
	    .slug = col_text(r, 5),
	    .name = col_text(r, 6),
	    .goal = col_text(r, 7),
	    .starts_on = day(r, 8),
	    .ends_on = day(r, 9),
	    .review_on = day(r, 10),
	    .budget = col_int(r, 12),
	    .link = col_text(r, 13),
	    .drawn = col_int(r, 14),
	    .questions = col_int(r, 15),
	    .question = col_text(r, 16),
	    .lead = col_text(r, 17),
	    .changed_at = newest(r, 20, 23),
	};
	(void)status_named(col_text(r, 11), &row->status);
	row->content = light_of_today(row->status, col_text(r, 18));
	row->resources = light_of_today(row->status, col_text(r, 19));
}

static int by_id(const void *a, const void *b)
{
	int64_t x = (*(struct list_row *const *)a)->id, y = (*(struct list_row *const *)b)->id;

	return (x > y) - (x < y);
}

static void add_place(struct arena *a, struct list_row *row, struct str role, struct str name)
{
	struct str before = row->other_places;

	if (str_eq(role, S("lead")) && row->first_place.n == 0)
		row->first_place = name;
	else
		row->other_places =
		    arena_fmt(a, "%.*s%s%.*s%s", ARG(before), before.n > 0 ? ", " : "", ARG(name),
			      str_eq(role, S("reuse")) ? " (Nachnutzung)" : "");
}

/* Both sides are in the order of the ids, so one walk brings them together. */
static enum err add_places(struct db *db, struct arena *a, const struct list_rows *rows)
{
	static const char sql[] =
	    "SELECT tm.task_force_id, tm.role, m.short"
	    "  FROM task_force_municipality tm"
	    "  JOIN municipality m ON m.id = tm.municipality_id"
	    " WHERE tm.until IS NULL"
	    " ORDER BY tm.task_force_id, CASE tm.role WHEN 'lead' THEN 0 WHEN 'partner' THEN 1"
	    "          ELSE 2 END, m.sort_key, m.id";
	struct list_row **order = ARENA_ARRAY(a, struct list_row *, rows->n);
	struct rows r = db_query(db, sql, WITH_NOTHING);
	size_t at = 0;

	for (size_t i = 0; i < rows->n; i++)
		order[i] = &rows->v[i];
	qsort(order, rows->n, sizeof(struct list_row *), by_id);
	while (rows_next(&r)) {
		int64_t id = col_int(&r, 0);
		while (at < rows->n && order[at]->id < id)
			at++;
		if (at < rows->n && order[at]->id == id)
			add_place(a, order[at], col_text(&r, 1), col_text(&r, 2));
	}
	return r.err;
}

static enum err query(struct db *db, struct arena *a, const struct list_wish *w, size_t limit,
		      struct list_rows *out)
{
	struct rows r =
	    db_query(db, rows_sql,
		     WITH(TEXT(quarter_name(a, date_today())), TEXT(w->light), TEXT(w->runtime),
			  INT(w->place_id), INT(w->sort), INT(w->down ? -1 : 1),
			  INT((int64_t)limit + 1), INT((out->page - 1) * (int64_t)limit)));
	size_t room = 0;

	while (rows_next(&r)) {
		if (out->n == limit) {
			out->more = true;
			continue;
		}
		if (out->n == 0) {
			out->total = col_int(&r, 0);
			out->budget = col_int(&r, 1);
			out->drawn = col_int(&r, 2);
			out->questions = col_int(&r, 3);
		}
		if (out->n == room) {
			room = room * 2 + 64;
			out->v = grown(a, out->v, out->n, sizeof *out->v, room);
		}
		read_row(&r, &out->v[out->n++]);
	}
	return r.err;
}

enum err list_load(struct db *db, struct arena *a, const struct list_wish *w, size_t rows,
		   struct list_rows *out)
{
	*out = (struct list_rows){.page = w->page};
	TRY(query(db, a, w, rows, out));
	if (out->n == 0 && w->page > 1) {
		out->page = 1;
		TRY(query(db, a, w, rows, out));
	}
	return out->n == 0 ? OK : add_places(db, a, out);
}
