/*
 * feedback_statistics.c -- how feedback is treated, for everybody to see: above all how often a
 * criticism was refused before its author was asked anything.
 *
 * Counted is what the whole project may read, so that everybody sees the same numbers and none of
 * them tells of what a municipality or the editors keep to themselves.
 */
#include "base/clock.h"
#include "export/csv.h"
#include "features/handbook/feedback_handlers.h"

#include <inttypes.h>
#include <stdlib.h>

enum { LATE_DAYS = 28, DAY = 86400, GROUPS_MAX = 200 };

struct tally {
	struct str label;
	int64_t key;
	int64_t given, open, overdue, decided, refused, unilateral, objected;
	int64_t *days; /* from each remark to its decision */
	size_t n, room;
};
enum grouping { BY_KIND, BY_MUNICIPALITY, BY_ROUND, GROUPINGS };
static const struct str grouping_labels[GROUPINGS] = {S_INIT("Nach Art"), S_INIT("Nach Kommune"),
						      S_INIT("Nach Runde")};
struct statistics {
	struct arena *arena;
	struct tally all;
	size_t n[GROUPINGS];
	struct tally groups[GROUPINGS][GROUPS_MAX];
};

/* One remark. */
struct item {
	struct str label[GROUPINGS];
	int64_t key[GROUPINGS];
	int64_t given_at, decided_at;
	bool open, refused, unilateral, objected;
};

static void add_days(struct arena *a, struct tally *t, int64_t days)
{
	if (t->n == t->room) {
		int64_t *old = t->days;
		t->room = t->room * 2 + 16;
		t->days = ARENA_ARRAY(a, int64_t, t->room);
		for (size_t i = 0; i < t->n; i++)
			t->days[i] = old[i];
	}
	t->days[t->n++] = days;
}

static void add(struct arena *a, struct tally *t, const struct item *item)
{
	t->given++;
	t->open += item->open;
	t->overdue += item->open && clock_now() - item->given_at > (int64_t)LATE_DAYS * DAY;
	t->decided += item->decided_at != 0;
	t->refused += item->refused;
	t->unilateral += item->unilateral;
	t->objected += item->objected;
	if (item->decided_at != 0)
		add_days(a, t, (item->decided_at - item->given_at) / DAY);
}

/* The group of that key; the last one takes what there is no room for. */
static struct tally *group(struct statistics *s, enum grouping g, const struct item *item)
{
	for (size_t i = 0; i < s->n[g]; i++)
		if (s->groups[g][i].key == item->key[g])
			return &s->groups[g][i];
	if (s->n[g] == GROUPS_MAX)
		return &s->groups[g][GROUPS_MAX - 1];
	struct tally *t = &s->groups[g][s->n[g]++];
	*t = (struct tally){.label = item->label[g], .key = item->key[g]};
	return t;
}

static int by_size(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int by_key(const void *a, const void *b)
{
	const struct tally *x = a, *y = b;

	return (x->key > y->key) - (x->key < y->key);
}

static struct item read_item(struct arena *a, struct rows *r)
{
	enum feedback_kind kind = kind_named(col_text(r, 0));
	int64_t round = col_int(r, 3);
	struct item item = {.given_at = col_int(r, 4),
			    .decided_at = col_int(r, 5),
			    .open = col_int(r, 6) != 0,
			    .refused = col_int(r, 7) != 0,
			    .unilateral = col_int(r, 8) != 0,
			    .objected = col_int(r, 9) != 0};

	item.key[BY_KIND] = kind;
	item.label[BY_KIND] = kind_label(kind);
	item.key[BY_MUNICIPALITY] = col_int(r, 1);
	item.label[BY_MUNICIPALITY] =
	    item.key[BY_MUNICIPALITY] != 0 ? col_text(r, 2) : S("ohne Kommune");
	item.key[BY_ROUND] = round;
	item.label[BY_ROUND] =
	    round != 0 ? arena_fmt(a, "Runde %" PRId64, round) : S("außerhalb von Runden");
	return item;
}

/*
 * Unilateral: refused before the editors asked back and before the author said another word.  The
 * editors' reason is no question.
 */
static enum err load(struct request *rq, struct statistics *s)
{
	static const char sql[] =
	    "SELECT f.kind, coalesce(f.municipality_id, 0), f.author_org, coalesce(n.number, 0),"
	    " f.created_at, coalesce(f.decided_at, 0), " FEEDBACK_OPEN ","
	    " coalesce(f.outcome IN ('rejected', 'out_of_scope'), 0),"
	    " coalesce(f.outcome IN ('rejected', 'out_of_scope') AND NOT EXISTS (SELECT 1"
	    "   FROM handbook_event e WHERE e.object = 'feedback' AND e.object_id = f.id"
	    "    AND e.action = 'asked' AND e.at <= f.decided_at)"
	    "  AND NOT EXISTS (SELECT 1 FROM reply y WHERE y.feedback_id = f.id"
	    "    AND y.author_id = f.author_id AND y.at <= f.decided_at), 0),"
	    " coalesce(f.response = 'objected', 0)"
	    "  FROM feedback f LEFT JOIN review_round n ON n.id = f.round_id"
	    " WHERE f.visibility = 'project' AND f.state NOT IN ('draft', 'withdrawn')"
	    "   AND " FEEDBACK_VISIBLE;
	struct rows r = db_query(rq->db, sql, WITH(FEEDBACK_FOR(rq)));

	*s = (struct statistics){.arena = rq->arena, .all = {.label = S("Insgesamt")}};
	while (rows_next(&r)) {
		struct item item = read_item(rq->arena, &r);
		add(s->arena, &s->all, &item);
		for (int g = 0; g < GROUPINGS; g++)
			add(s->arena, group(s, (enum grouping)g, &item), &item);
	}
	for (int g = 0; g < GROUPINGS; g++)
		qsort(s->groups[g], s->n[g], sizeof s->groups[g][0], by_key);
	return r.err;
}

static struct str number(struct arena *a, int64_t n)
{
	return arena_fmt(a, "%" PRId64, n);
}

/* The middle one, or between the two in the middle. */
static struct str median(struct arena *a, struct tally *t)
{
	if (t->n == 0)
		return S("–");
	qsort(t->days, t->n, sizeof t->days[0], by_size);
	int64_t twice = t->days[(t->n - 1) / 2] + t->days[t->n / 2];
	return arena_fmt(a, "%" PRId64 "%s", twice / 2, twice % 2 != 0 ? ",5" : "");
}

enum { COLUMNS = 8 };
static const struct str heads[COLUMNS] = {S_INIT("Rückmeldungen"),
					  S_INIT("Noch offen"),
					  S_INIT("Offen seit über 28 Tagen"),
					  S_INIT("Entschieden"),
					  S_INIT("Abgelehnt"),
					  S_INIT("Davon ohne Rückfrage"),
					  S_INIT("Widersprochen"),
					  S_INIT("Tage bis zur Entscheidung (Median)")};

static void cells(struct arena *a, struct tally *t, struct str out[COLUMNS])
{
	const int64_t counts[] = {t->given,   t->open,       t->overdue, t->decided,
				  t->refused, t->unilateral, t->objected};

	for (size_t i = 0; i < COLUMNS - 1; i++)
		out[i] = number(a, counts[i]);
	out[COLUMNS - 1] = median(a, t);
}

static void show_row(struct view *v, struct arena *a, struct tally *t)
{
	struct str values[COLUMNS];

	cells(a, t, values);
	view_text(v, V_NAME, t->label);
	for (size_t i = 0; i < COLUMNS; i++) {
		struct view *cell = view_row(v, S_CELL);
		view_text(cell, V_HEAD, heads[i]);
		view_text(cell, V_VALUE, values[i]);
	}
}

/* GET /feedback/statistik */
enum err statistics_show(struct request *rq)
{
	struct statistics *s = ARENA_NEW(rq->arena, struct statistics);

	TRY(load(rq, s));
	view_show_if(rq->view, S_NOTHING, s->all.given == 0);
	if (s->all.given > 0) {
		struct view *table = view_row(rq->view, S_TABLE);
		for (size_t i = 0; i < COLUMNS; i++)
			view_text(view_row(table, S_COLUMN), V_HEAD, heads[i]);
		for (int g = 0; g < GROUPINGS; g++) {
			struct view *v = view_row(table, S_GROUP);
			view_text(v, V_LABEL, grouping_labels[g]);
			for (size_t i = 0; i < s->n[g]; i++)
				show_row(view_row(v, S_ROW), rq->arena, &s->groups[g][i]);
		}
		show_row(view_row(table, S_TOTAL), rq->arena, &s->all);
	}
	rq->page.landscape = true;
	return reply_page(rq, 200, "handbook/statistics_show.html");
}

static void write_row(struct csv_writer *w, struct str grouping, struct tally *t)
{
	struct str values[COLUMNS];

	cells(w->out.arena, t, values);
	csv_text(w, grouping);
	csv_text(w, t->label);
	for (size_t i = 0; i < COLUMNS; i++)
		csv_text(w, values[i]);
	csv_end_row(w);
}

/* GET /feedback/statistik.csv */
enum err statistics_csv(struct request *rq)
{
	struct statistics *s = ARENA_NEW(rq->arena, struct statistics);
	struct csv_writer w = {.out = {.arena = rq->arena}};

	TRY(load(rq, s));
	csv_text(&w, S("Auswertung"));
	csv_text(&w, S("Gruppe"));
	for (size_t i = 0; i < COLUMNS; i++)
		csv_text(&w, heads[i]);
	csv_end_row(&w);
	for (int g = 0; g < GROUPINGS; g++)
		for (size_t i = 0; i < s->n[g]; i++)
			write_row(&w, grouping_labels[g], &s->groups[g][i]);
	write_row(&w, S(""), &s->all);
	return reply_file(rq, S("text/csv; charset=utf-8"), S("feedback-statistik.csv"),
			  csv_end(&w));
}
