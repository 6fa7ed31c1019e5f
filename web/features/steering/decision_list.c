/* decision_list.c -- the register page: all templates in one table. */
#include "export/csv.h"
#include "features/steering/decision_handlers.h"
#include "features/steering/decision_rows.h"

#include <inttypes.h>

static struct str list_address(struct request *rq, const struct decision_wish *w)
{
	return decision_wish_address(rq->arena, S("/entscheidungen"), w);
}

static void show_tabs(struct request *rq, const struct decision_wish *w,
		      const struct decision_rows *rows)
{
	static const struct {
		enum wish_tab tab;
		struct str label;
	} tabs[] = {{TAB_RUNNING, S_INIT("Laufend")},
		    {TAB_DECIDED, S_INIT("Entschieden")},
		    {TAB_ALL, S_INIT("Alle")}};

	for (size_t i = 0; i < sizeof tabs / sizeof tabs[0]; i++) {
		struct view *v = view_row(rq->view, S_TAB);
		struct decision_wish other = *w;
		other.tab = tabs[i].tab;
		other.page = 1;
		view_text(v, V_TAB_LINK, list_address(rq, &other));
		view_text(v, V_LABEL, tabs[i].label);
		view_int(v, V_COUNT, rows->counts[tabs[i].tab]);
		view_show_if(v, S_HERE, w->tab == tabs[i].tab);
	}
}

static enum err show_years(struct request *rq, const struct decision_wish *w, struct view *filter)
{
	static const char sql[] = "SELECT DISTINCT year FROM decision ORDER BY year DESC";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);

	while (rows_next(&r)) {
		struct view *v = view_row(filter, S_YEAR);
		view_int(v, V_ID, col_int(&r, 0));
		view_show_if(v, S_CHOSEN, col_int(&r, 0) == w->year);
	}
	return r.err;
}

static enum err show_task_forces(struct request *rq, const struct decision_wish *w,
				 struct view *filter)
{
	static const char sql[] =
	    "SELECT t.slug, t.name FROM task_force t WHERE t.id IN (SELECT d.task_force_id"
	    "  FROM decision d) ORDER BY t.sort_key, t.id";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);

	while (rows_next(&r)) {
		struct view *v = view_row(filter, S_TASKFORCE_OPTION);
		struct str slug = col_text(&r, 0);
		view_text(v, V_TF_SLUG, slug);
		view_text(v, V_LABEL, col_text(&r, 1));
		view_show_if(v, S_CHOSEN, str_eq(slug, w->task_force));
	}
	view_show_if(filter, S_OFFICE_CHOSEN, str_eq(w->task_force, S("projektbuero")));
	return r.err;
}

static enum err show_filter(struct request *rq, const struct decision_wish *w)
{
	struct view *filter = view_row(rq->view, S_FILTER);

	view_text(filter, V_TYPED, w->typed);
	TRY(show_years(rq, w, filter));
	TRY(show_task_forces(rq, w, filter));
	for (int s = 0; s < DECISION_STATES; s++) {
		struct view *v = view_row(filter, S_STATE_OPTION);
		view_text(v, V_ID, decision_state_names[s]);
		view_text(v, V_LABEL, decision_state_label((enum decision_state)s));
		view_show_if(v, S_CHOSEN, str_eq(decision_state_names[s], w->state));
	}
	if (w->tab != TAB_ALL)
		view_text(view_row(filter, S_KEEP_TAB), V_TAB_WORD, wish_tab_words[w->tab]);
	if (w->sort != SORT_NUMBER)
		view_text(view_row(filter, S_KEEP_SORT), V_SORT_WORD, wish_sort_words[w->sort]);
	if (w->down != wish_sort_starts_down(w->sort))
		view_text(view_row(filter, S_KEEP_WAY), V_WAY, w->down ? S("ab") : S("auf"));
	return OK;
}

/* Thousandths of the width as "62.5"; never more than there is. */
static struct str share(struct arena *a, int64_t part, int64_t whole)
{
	int64_t n = whole <= 0 ? 0 : part >= whole ? 1000 : part * 1000 / whole;

	return arena_fmt(a, "%" PRId64 ".%" PRId64, n / 10, n % 10);
}

static void show_bar(struct view *v, struct arena *a, const struct decision_row *row)
{
	static const char *const classes[] = {"s-ja", "s-nein", "s-enth"};
	const int64_t parts[] = {row->of[UNIT_YES], row->of[UNIT_NO],
				 row->of[UNIT_ABSTAINED] + row->of[UNIT_SILENT]};
	int64_t at = 0;

	if (row->poll_id == 0)
		return;
	if (row->open) {
		view_text(view_row(v, S_CAST_BAR), V_WIDTH, share(a, row->cast, row->units));
		return;
	}
	struct view *bar = view_row(v, S_RESULT_BAR);
	for (size_t i = 0; i < 3; at += parts[i++]) {
		if (parts[i] == 0)
			continue;
		struct view *piece = view_row(bar, S_PIECE);
		view_text(piece, V_CLASS, str_of(classes[i]));
		view_text(piece, V_FROM, share(a, at, row->units));
		/* A hair less than its share, so that neighbours do not touch. */
		view_text(piece, V_WIDTH, share(a, parts[i] * 125 - 1, row->units * 125));
	}
}

static void show_row(struct view *v, struct arena *a, const struct decision_row *row)
{
	view_text(v, V_SLUG, number_slug(a, row->year, row->number));
	view_text(v, V_TITLE, row->title);
	decision_show_badge(v, row->state);
	if (row->hidden)
		view_show(v, S_BY_HIDDEN);
	else if (row->task_force.n > 0)
		view_text(view_row(v, S_BY_TASK_FORCE), V_TF_NAME, row->task_force);
	else
		view_show(v, S_BY_OFFICE);
	if (date_is_none(row->meeting))
		view_show(v, S_NO_MEETING);
	else
		view_text(view_row(v, S_MEETING), V_DATE, date_short(a, row->meeting));
	view_text(view_row(v, row->poll_id == 0 ? S_NO_VOTE : S_VOTE), V_RESULT,
		  decision_row_result(a, row));
	show_bar(v, a, row);
}

static void show_columns(struct request *rq, struct view *v, const struct decision_wish *w)
{
	static const struct {
		enum wish_sort sort;
		const char *link, *sorted;
	} columns[] = {{SORT_TITLE, V_TITLE_LINK, S_BY_TITLE},
		       {SORT_STATE, V_STATE_LINK, S_BY_STATE},
		       {SORT_MEETING, V_MEETING_LINK, S_BY_MEETING},
		       {SORT_NUMBER, V_NUMBER_LINK, S_BY_NUMBER}};

	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++) {
		struct decision_wish other = *w;
		bool here = w->sort == columns[i].sort;
		other.sort = columns[i].sort;
		other.down = here ? !w->down : wish_sort_starts_down(other.sort);
		other.page = 1;
		view_text(v, columns[i].link, list_address(rq, &other));
		view_show_if(v, columns[i].sorted, here);
	}
	view_text(v, V_ORDER, w->down ? S("descending") : S("ascending"));
}

static void show_pages(struct request *rq, struct view *v, const struct decision_wish *w,
		       const struct decision_rows *rows)
{
	int64_t skip = (w->page - 1) * LIST_PAGE_ROWS, last = skip + (int64_t)rows->n;
	struct decision_wish other = *w;

	view_int(v, V_FIRST, skip + 1);
	view_int(v, V_LAST, last);
	view_int(v, V_TOTAL, rows->total);
	other.page = w->page - 1;
	if (w->page > 1)
		view_text(view_row(v, S_PREVIOUS), V_PREVIOUS_LINK, list_address(rq, &other));
	other.page = w->page + 1;
	if (last < rows->total)
		view_text(view_row(v, S_NEXT), V_NEXT_LINK, list_address(rq, &other));
}

static bool is_narrowed(const struct decision_wish *w)
{
	return decision_wish_filters(w) || w->page > 1;
}

static struct str reset_address(struct request *rq, const struct decision_wish *w)
{
	struct decision_wish all = {.tab = w->tab, .sort = w->sort, .down = w->down, .page = 1};

	return list_address(rq, &all);
}

static void show_table(struct request *rq, const struct decision_wish *w,
		       const struct decision_rows *rows)
{
	struct view *v = view_row(rq->view, S_TABLE);
	struct decision_wish whole = *w;

	show_columns(rq, v, w);
	for (size_t i = 0; i < rows->n; i++)
		show_row(view_row(v, S_ROW), rq->arena, &rows->v[i]);
	show_pages(rq, v, w, rows);
	whole.page = 1;
	view_text(v, V_CSV_LINK,
		  decision_wish_address(rq->arena, S("/entscheidungen.csv"), &whole));
	if (is_narrowed(w))
		view_text(view_row(v, S_FILTERED), V_RESET_LINK, reset_address(rq, w));
}

/* What the handbook wants decided and nobody has taken up; not what was hidden since. */
static enum err show_requests(struct request *rq)
{
	static const char sql[] =
	    "SELECT q.id, q.title, q.text, q.requested_at, coalesce(q.feedback_id, 0)"
	    "  FROM decision_request q LEFT JOIN feedback f ON f.id = q.feedback_id"
	    " WHERE q.decision_id IS NULL AND f.hidden_at IS NULL ORDER BY q.id LIMIT 50";
	struct view *list = NULL;

	if (!right_to_all(rq->viewer.roles, DECISION_REVIEW))
		return OK;
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_REQUESTS);
		struct view *v = view_row(list, S_REQUEST);
		int64_t feedback = col_int(&r, 4);
		view_int(v, V_ID, col_int(&r, 0));
		view_text(v, V_TITLE, col_text(&r, 1));
		view_text(v, V_TEXT, col_text(&r, 2));
		view_text(v, V_DATE, date_short(rq->arena, date_of(col_int(&r, 3))));
		if (feedback != 0)
			view_int(view_row(v, S_FROM_FEEDBACK), V_FEEDBACK_ID, feedback);
	}
	return r.err;
}

/* GET /entscheidungen?status=&q=&jahr=&tf=&stand=&sortierung=&richtung=&seite= */
enum err decision_list(struct request *rq)
{
	struct decision_rows rows;
	struct decision_wish w;

	decision_wish_read(rq, &w);
	TRY(decision_rows_load(rq, &w, LIST_PAGE_ROWS, &rows));
	show_tabs(rq, &w, &rows);
	TRY(show_filter(rq, &w));
	TRY(show_requests(rq));
	view_show_if(rq->view, S_MAY_WRITE, right_to_enter(rq->viewer.roles, DECISION_WRITE));
	view_show_if(rq->view, S_EMPTY, rows.n == 0 && !is_narrowed(&w));
	if (rows.n > 0)
		show_table(rq, &w, &rows);
	else if (is_narrowed(&w))
		view_text(view_row(rq->view, S_NO_MATCH), V_RESET_LINK, reset_address(rq, &w));
	return reply_page(rq, 200, "steering/decision_list.html");
}

/* GET /entscheidungen.csv, with the same filter and order */
enum err decision_list_csv(struct request *rq)
{
	static const struct str columns[] = {S_INIT("Nummer"),  S_INIT("Entscheidung"),
					     S_INIT("Status"),  S_INIT("Eingebracht von"),
					     S_INIT("Sitzung"), S_INIT("Ergebnis")};
	struct csv_writer w = {.out = {.arena = rq->arena}};
	struct decision_rows rows;
	struct decision_wish wish;

	decision_wish_read(rq, &wish);
	wish.page = 1;
	TRY(decision_rows_load(rq, &wish, LIST_EXPORT_ROWS, &rows));
	for (size_t i = 0; i < sizeof columns / sizeof columns[0]; i++)
		csv_text(&w, columns[i]);
	csv_end_row(&w);
	for (size_t i = 0; i < rows.n; i++) {
		const struct decision_row *row = &rows.v[i];
		csv_text(&w, number_slug(rq->arena, row->year, row->number));
		csv_text(&w, row->title);
		csv_text(&w, decision_state_label(row->state));
		csv_text(&w, row->hidden             ? S("–")
			     : row->task_force.n > 0 ? row->task_force
						     : S("Projektbüro"));
		csv_text(&w, date_short(rq->arena, row->meeting));
		csv_text(&w, decision_row_result(rq->arena, row));
		csv_end_row(&w);
	}
	return reply_file(
	    rq, S("text/csv; charset=utf-8"),
	    arena_fmt(rq->arena, "entscheidungen-%.*s.csv", ARG(date_iso(rq->arena, date_today()))),
	    csv_end(&w));
}
