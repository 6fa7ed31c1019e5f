/* task_force_list.c -- the page with all task forces in one table. */
#include "base/money.h"
#include "base/utf8.h"
#include "features/features.h"
#include "features/overview/overview_csv.h"
#include "features/overview/overview_rows.h"

/* A longer goal or question is cut at a blank; the rest of a goal waits behind "mehr". */
enum { GOAL_CHARS = 180, QUESTION_CHARS = 120 };

/* The beginning of a text up to a blank near `chars`; all of it when it is not much longer. */
static struct str beginning(struct str s, size_t chars)
{
	struct str head = utf8_head(s, chars);
	size_t n = head.n;

	if (s.n == head.n || utf8_chars(s) <= chars + chars / 4)
		return s;
	while (n > head.n / 2 && head.p[n - 1] != ' ' && head.p[n - 1] != '\n')
		n--;
	return n > head.n / 2 ? str_trim(str_head(head, n)) : head;
}

static struct str percent_text(struct arena *a, int64_t part, int64_t whole)
{
	int percent = money_percent(part, whole);

	return percent < 0 ? S("–") : arena_fmt(a, "%d\u00a0%%", percent);
}

static struct str count_text(struct arena *a, int64_t n, const char *one, const char *many)
{
	return arena_fmt(a, "%d %s", (int)n, n == 1 ? one : many);
}

static void show_goal(struct view *v, const struct list_row *row)
{
	struct str head = beginning(row->goal, GOAL_CHARS);

	view_text(v, V_GOAL, head);
	if (head.n < row->goal.n)
		view_text(view_row(v, S_GOAL_LONG), V_GOAL_REST,
			  str_trim(str_from(row->goal, head.n)));
}

static void show_lights(struct view *v, struct arena *a, const struct list_row *row)
{
	view_text(v, V_CONTENT, light_name(row->content));
	view_text(v, V_CONTENT_LABEL, light_label(row->content));
	view_text(v, V_RESOURCES, light_name(row->resources));
	view_text(v, V_RESOURCES_LABEL, light_label(row->resources));
	view_text(v, V_CHANGED, date_short(a, date_of(row->changed_at)));
}

static void show_period(struct view *v, struct arena *a, const struct list_row *row)
{
	view_text(v, V_STARTS, date_month_year(a, row->starts_on));
	if (date_is_none(row->ends_on))
		view_text(view_row(v, S_OPEN_END), V_REVIEW, date_short(a, row->review_on));
	else
		view_text(view_row(v, S_ENDING), V_ENDS, date_month_year(a, row->ends_on));
	if (row->status != STATUS_ACTIVE)
		view_text(view_row(v, S_STATUS), V_STATUS_LABEL, status_label(row->status));
}

static void show_money(struct view *v, struct arena *a, const struct list_row *row,
		       struct date today)
{
	int percent = money_percent(row->drawn, row->budget);
	int mark = elapsed_percent(row->starts_on, row->ends_on, today);

	view_text(v, V_DRAWN, money_short(a, row->drawn));
	view_text(v, V_BUDGET, money_short(a, row->budget));
	view_text(v, V_PERCENT, percent_text(a, row->drawn, row->budget));
	view_int(v, V_BAR, percent < 0 ? 0 : percent > 100 ? 100 : percent);
	if (mark >= 0)
		view_int(view_row(v, S_MARK), V_ELAPSED, mark);
}

static void show_questions(struct view *v, struct arena *a, const struct list_row *row)
{
	if (row->questions == 0) {
		view_show(v, S_NO_QUESTION);
		return;
	}
	struct view *q = view_row(v, S_QUESTIONS);
	struct str head = beginning(row->question, QUESTION_CHARS);
	view_text(q, V_COUNT_LABEL, count_text(a, row->questions, "Frage", "Fragen"));
	view_text(q, V_QUESTION,
		  head.n < row->question.n ? arena_fmt(a, "%.*s …", ARG(head)) : head);
}

static void show_row(struct view *v, struct arena *a, const struct list_row *row, struct date today)
{
	view_text(v, V_SLUG, row->slug);
	view_text(v, V_NAME, row->name);
	if (row->lead.n > 0)
		view_text(view_row(v, S_LED), V_LEAD, row->lead);
	else
		view_show(v, S_NOT_LED);
	show_lights(v, a, row);
	show_goal(v, row);
	show_period(v, a, row);
	show_money(v, a, row, today);
	if (row->first_place.n > 0)
		view_text(view_row(v, S_LEADING), V_FIRST_PLACE, row->first_place);
	view_show_if(v, S_COMMA, row->first_place.n > 0 && row->other_places.n > 0);
	view_text(v, V_OTHER_PLACES, row->other_places);
	show_questions(v, a, row);
	if (row->link.n > 0)
		view_text(view_row(v, S_LINKED), V_LINK, row->link);
	else
		view_show(v, S_NOT_LINKED);
}

static void show_rows(struct view *table, struct arena *a, const struct list_rows *rows)
{
	struct date today = date_today();
	struct view *group = NULL;
	bool resting = false;

	for (size_t i = 0; i < rows->n; i++) {
		if (group == NULL || resting != status_at_rest(rows->v[i].status)) {
			resting = status_at_rest(rows->v[i].status);
			group = view_row(table, S_GROUP);
			view_show_if(group, S_AT_REST, resting);
		}
		show_row(view_row(group, S_ROW), a, &rows->v[i], today);
	}
}

static const struct {
	const char *link, *sorted;
	struct str label, word;
} columns[SORT_COUNT] = {
    [SORT_LIGHT] = {V_LIGHT_LINK, S_BY_LIGHT, S_INIT("Ampel"), S_INIT("ampel")},
    [SORT_NAME] = {V_NAME_LINK, S_BY_NAME, S_INIT("Name"), S_INIT("name")},
    [SORT_PERIOD] = {V_PERIOD_LINK, S_BY_PERIOD, S_INIT("Zeitraum"), S_INIT("zeitraum")},
    [SORT_BUDGET] = {V_BUDGET_LINK, S_BY_BUDGET, S_INIT("Budget"), S_INIT("budget")},
    [SORT_QUESTIONS] = {V_QUESTIONS_LINK, S_BY_QUESTIONS, S_INIT("offenen Fragen"),
			S_INIT("offen")},
};

/* A click on the column that already sorts turns its order round. */
static void show_columns(struct view *v, struct arena *a, const struct list_wish *w)
{
	for (enum list_sort s = SORT_LIGHT; s < SORT_COUNT; s++) {
		struct list_wish other = *w;
		other.sort = s;
		other.down = s == w->sort ? !w->down : list_sort_starts_down(s);
		other.page = 1;
		view_text(v, columns[s].link, list_wish_address(a, S("/task-forces"), &other));
	}
	view_show(v, columns[w->sort].sorted);
	view_text(v, V_ORDER, w->down ? S("descending") : S("ascending"));
	view_text(v, V_SORT_LABEL, columns[w->sort].label);
}

static struct str page_link(struct arena *a, const struct list_wish *w, int64_t page)
{
	struct list_wish other = *w;

	other.page = page;
	return list_wish_address(a, S("/task-forces"), &other);
}

static void show_pages(struct view *v, struct arena *a, const struct list_wish *w,
		       const struct list_rows *rows)
{
	if (rows->page == 1 && !rows->more)
		return;
	struct view *pages = view_row(v, S_PAGES);
	if (rows->page > 1) {
		struct view *previous = view_row(pages, S_PREVIOUS);
		view_text(previous, V_PREVIOUS_LINK, page_link(a, w, rows->page - 1));
		view_int(previous, V_PAGE_ROWS, LIST_PAGE_ROWS);
	}
	if (rows->more)
		view_text(view_row(pages, S_NEXT), V_NEXT_LINK, page_link(a, w, rows->page + 1));
}

static struct str reset_link(struct arena *a, const struct list_wish *w)
{
	struct list_wish all = {.sort = w->sort, .down = w->down, .page = 1};

	return list_wish_address(a, S("/task-forces"), &all);
}

static void show_table(struct view *v, struct arena *a, const struct list_wish *w,
		       const struct list_rows *rows)
{
	struct list_wish whole = *w;

	whole.page = 1;
	show_columns(v, a, w);
	show_rows(v, a, rows);
	show_pages(v, a, w, rows);
	if (list_wish_filters(w))
		view_text(view_row(v, S_FILTERED), V_RESET_LINK, reset_link(a, w));
	view_text(v, V_CSV_LINK, list_wish_address(a, S("/task-forces.csv"), &whole));
	view_text(v, V_TOTAL_LABEL, count_text(a, rows->total, "Task Force", "Task Forces"));
	view_text(v, V_DRAWN_SUM, money_short(a, rows->drawn));
	view_text(v, V_BUDGET_SUM, money_short(a, rows->budget));
	view_text(v, V_PERCENT_SUM, percent_text(a, rows->drawn, rows->budget));
	view_text(v, V_QUESTIONS_SUM, count_text(a, rows->questions, "Frage", "Fragen"));
}

static void show_filter(struct view *v, const struct list_wish *w, const struct list_places *places)
{
	static const struct {
		struct str word;
		const char *section;
	} options[] = {
	    {S_INIT("kritisch"), S_LIGHT_RED},   {S_INIT("gefaehrdet"), S_LIGHT_YELLOW},
	    {S_INIT("im-plan"), S_LIGHT_GREEN},  {S_INIT("nicht-bewertet"), S_LIGHT_GREY},
	    {S_INIT("laeuft"), S_TIME_ACTIVE},   {S_INIT("geplant"), S_TIME_PLANNED},
	    {S_INIT("pausiert"), S_TIME_PAUSED}, {S_INIT("abgeschlossen"), S_TIME_DONE},
	};

	for (size_t i = 0; i < sizeof options / sizeof options[0]; i++)
		if (str_eq(options[i].word, w->light) || str_eq(options[i].word, w->runtime))
			view_show(v, options[i].section);
	for (size_t i = 0; i < places->n; i++) {
		struct view *option = view_row(v, S_PLACE);
		view_text(option, V_PLACE_SLUG, places->v[i].slug);
		view_text(option, V_PLACE_NAME, places->v[i].name);
		view_show_if(option, S_CHOSEN, places->v[i].id == w->place_id);
	}
	if (w->sort != SORT_LIGHT)
		view_text(view_row(v, S_KEEP_SORT), V_SORT_WORD, columns[w->sort].word);
	if (w->down != list_sort_starts_down(w->sort))
		view_text(view_row(v, S_KEEP_WAY), V_WAY, w->down ? S("ab") : S("auf"));
}

/* GET /task-forces?kommune=&ampel=&laufzeit=&sortierung=&richtung=&seite= */
static enum err task_force_list(struct request *rq)
{
	bool can_create = right_to_all(rq->viewer.roles, TASK_FORCE_CREATE);
	struct list_places places;
	struct list_wish wish;
	struct list_rows rows;
	struct view *v = rq->view;

	TRY(list_places_load(rq->db, rq->arena, &places));
	list_wish_read(rq, &places, &wish);
	TRY(list_load(rq->db, rq->arena, &wish, LIST_PAGE_ROWS, &rows));
	view_text(v, V_TODAY, date_long(rq->arena, date_today()));
	view_text(v, V_QUARTER, quarter_label(rq->arena, date_today()));
	view_show_if(v, S_CAN_CREATE, can_create);
	if (rows.n > 0 || list_wish_filters(&wish))
		show_filter(view_row(v, S_FILTER), &wish, &places);
	else
		view_show_if(view_row(v, S_NOTHING_YET), S_CANNOT_CREATE, !can_create);
	if (rows.n > 0)
		show_table(view_row(v, S_TABLE), rq->arena, &wish, &rows);
	else if (list_wish_filters(&wish))
		view_text(view_row(v, S_NO_MATCH), V_RESET_LINK, reset_link(rq->arena, &wish));
	rq->page.landscape = true;
	return reply_page(rq, 200, "overview/task_force_list.html");
}

const struct route overview_routes[] = {
    GET_SHARED("/task-forces", PROJECT_SEE, task_force_list),
    GET("/task-forces.csv", PROJECT_SEE, task_force_list_csv),
    ROUTES_END,
};
