/* overview_csv.c -- the table of all task forces as a file for spreadsheets. */
#include "features/overview/overview_csv.h"

#include "export/csv.h"
#include "features/overview/overview_rows.h"

#include <stdlib.h>

const struct str csv_column_names[CSV_COLUMNS] = {
    [COLUMN_NAME] = S_INIT("Task Force"),
    [COLUMN_GOAL] = S_INIT("Ziel"),
    [COLUMN_STARTS] = S_INIT("Beginn"),
    [COLUMN_ENDS] = S_INIT("Ende"),
    [COLUMN_REVIEW] = S_INIT("Prüfung"),
    [COLUMN_STATUS] = S_INIT("Status"),
    [COLUMN_BUDGET] = S_INIT("Budget"),
    [COLUMN_DRAWN] = S_INIT("abgerufen"),
    [COLUMN_PLACES] = S_INIT("Kommunen"),
    [COLUMN_QUESTIONS] = S_INIT("Zu klären"),
    [COLUMN_LINK] = S_INIT("Link zu Stackfield"),
    [COLUMN_SLUG] = S_INIT("Kürzel"),
    [COLUMN_LEAD] = S_INIT("Leitung"),
    [COLUMN_CONTENT] = S_INIT("Ampel Inhalt"),
    [COLUMN_RESOURCES] = S_INIT("Ampel Mittel"),
    [COLUMN_CHANGED] = S_INIT("Stand vom"),
};

struct question {
	int64_t task_force_id;
	struct str text;
};
struct questions {
	size_t n;
	struct question *v;
};

struct str csv_question(struct arena *a, struct str text)
{
	struct buf b = {.arena = a};

	text = str_trim(text);
	for (size_t i = 0; i < text.n; i++)
		buf_char(&b, text.p[i] == '\n' || text.p[i] == '\r' ? ' ' : text.p[i]);
	return buf_str(&b);
}

/* All open ones, in the order of the task forces' ids. */
static enum err questions_load(struct request *rq, struct questions *out)
{
	static const char count_sql[] =
	    "SELECT count(*) FROM open_question"
	    " WHERE scope = 'task_force' AND state IN ('open', 'in_progress')";
	static const char sql[] = "SELECT task_force_id, text FROM open_question"
				  " WHERE scope = 'task_force' AND state IN ('open', 'in_progress')"
				  " ORDER BY task_force_id, id";
	int64_t count;

	*out = (struct questions){0};
	TRY(db_int(rq->db, count_sql, WITH_NOTHING, &count));
	out->v = ARENA_ARRAY(rq->arena, struct question, (size_t)count + 1);
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	while (rows_next(&r))
		out->v[out->n++] =
		    (struct question){col_int(&r, 0), csv_question(rq->arena, col_text(&r, 1))};
	return r.err;
}

static int by_task_force(const void *key, const void *item)
{
	int64_t id = *(const int64_t *)key, other = ((const struct question *)item)->task_force_id;

	return (id > other) - (id < other);
}

static struct str questions_of(struct arena *a, const struct questions *all, int64_t id)
{
	const struct question *end = all->v + all->n, *q;
	struct buf b = {.arena = a};

	if (all->n == 0)
		return S("");
	q = bsearch(&id, all->v, all->n, sizeof *q, by_task_force);
	while (q != NULL && q > all->v && q[-1].task_force_id == id)
		q--;
	for (; q != NULL && q < end && q->task_force_id == id; q++) {
		if (b.n > 0)
			buf_char(&b, '\n');
		buf_add(&b, q->text);
	}
	return buf_str(&b);
}

static struct str places_of(struct arena *a, const struct list_row *row)
{
	if (row->first_place.n == 0)
		return row->other_places.n == 0 ? S("")
						: arena_fmt(a, "–, %.*s", ARG(row->other_places));
	if (row->other_places.n == 0)
		return row->first_place;
	return arena_fmt(a, "%.*s, %.*s", ARG(row->first_place), ARG(row->other_places));
}

static void write_row(struct csv_writer *w, const struct list_row *row,
		      const struct questions *questions)
{
	struct arena *a = w->out.arena;

	csv_text(w, row->name);
	csv_text(w, row->goal);
	csv_text(w, date_short(a, row->starts_on));
	csv_text(w, date_short(a, row->ends_on));
	csv_text(w, date_short(a, row->review_on));
	csv_text(w, status_label(row->status));
	csv_amount(w, row->budget);
	csv_amount(w, row->drawn);
	csv_text(w, places_of(a, row));
	csv_text(w, questions_of(a, questions, row->id));
	csv_text(w, row->link);
	csv_text(w, row->slug);
	csv_text(w, row->lead.n > 0 ? row->lead : S("offen"));
	csv_text(w, light_label(row->content));
	csv_text(w, light_label(row->resources));
	csv_text(w, date_short(a, date_of(row->changed_at)));
	csv_end_row(w);
}

/* GET /task-forces.csv?kommune=&ampel=&laufzeit=&sortierung=&richtung= */
enum err task_force_list_csv(struct request *rq)
{
	struct csv_writer w = {.out = {.arena = rq->arena}};
	struct list_places places;
	struct questions questions;
	struct list_wish wish;
	struct list_rows rows;

	TRY(list_places_load(rq->db, rq->arena, &places));
	list_wish_read(rq, &places, &wish);
	TRY(list_load(rq->db, rq->arena, &wish, LIST_EXPORT_ROWS, &rows));
	TRY(questions_load(rq, &questions));
	for (int c = 0; c < CSV_COLUMNS; c++)
		csv_text(&w, csv_column_names[c]);
	csv_end_row(&w);
	for (size_t i = 0; i < rows.n; i++)
		write_row(&w, &rows.v[i], &questions);
	return reply_file(
	    rq, S("text/csv; charset=utf-8"),
	    arena_fmt(rq->arena, "task-forces-%.*s.csv", ARG(date_iso(rq->arena, date_today()))),
	    csv_end(&w));
}
