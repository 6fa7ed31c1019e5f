/* feedback_list.c -- all remarks in one table: what waits, what became of the rest, one's own. */
#include "base/utf8.h"
#include "features/handbook/feedback_handlers.h"

#include <inttypes.h>

enum { PAGE_ROWS = 25, BEGINNING_CHARS = 90, PAGES_MAX = 100000 };

enum tab { TAB_OPEN, TAB_OWN, TAB_DONE, TAB_ALL, TABS };
static const struct {
	struct str name;
	const char *current;
} tabs[TABS] = {
    [TAB_OPEN] = {S_INIT("offen"), S_AT_OPEN},
    [TAB_OWN] = {S_INIT("meine"), S_AT_OWN},
    [TAB_DONE] = {S_INIT("erledigt"), S_AT_DONE},
    [TAB_ALL] = {S_INIT("alle"), S_AT_ALL},
};

/* Filters are binds that are NULL when nobody chose: the address says all of them. */
struct filter {
	enum tab tab;
	struct str kind;
	int64_t round, municipality, page; /* 0: any; page from 0 */
	bool objected;
};

static int64_t number_in(struct request *rq, struct str name)
{
	int64_t n = 0;

	return str_to_int(field_text(&rq->http.query, name), &n) ? n : 0;
}

static void read_filter(struct request *rq, struct filter *out)
{
	struct str tab = field_text(&rq->http.query, S("status"));

	*out = (struct filter){.tab = TAB_OPEN,
			       .kind = field_text(&rq->http.query, S("art")),
			       .round = number_in(rq, S("runde")),
			       .municipality = number_in(rq, S("kommune")),
			       .page = number_in(rq, S("seite"))};
	for (int t = 0; t < TABS; t++)
		if (str_eq(tabs[t].name, tab))
			out->tab = (enum tab)t;
	if (kind_named(out->kind) == KIND_COUNT)
		out->kind = S("");
	if (out->page > PAGES_MAX)
		out->page = 0;
	out->objected = str_eq(field_text(&rq->http.query, S("widerspruch")), S("1"));
}

#define IN_TAB                                                                                     \
	"($4 = 3 OR $4 = 0 AND f.state IN ('open', 'in_progress', 'query')"                        \
	" OR $4 = 1 AND f.author_id = $1"                                                          \
	" OR $4 = 2 AND f.state IN ('decided', 'done', 'closed', 'withdrawn'))"

static enum err show_counts(struct request *rq, const struct filter *filter)
{
	static const char sql[] =
	    "SELECT coalesce(sum(f.state IN ('open', 'in_progress', 'query')), 0),"
	    " coalesce(sum(f.author_id = $1), 0),"
	    " coalesce(sum(f.state IN ('decided', 'done', 'closed', 'withdrawn')), 0), count(*)"
	    "  FROM feedback f WHERE " FEEDBACK_VISIBLE;
	static const char *const names[TABS] = {V_OPEN_COUNT, V_OWN_COUNT, V_DONE_COUNT,
						V_ALL_COUNT};
	struct rows r = db_query(rq->db, sql, WITH(FEEDBACK_FOR(rq)));

	if (rows_next(&r))
		for (int t = 0; t < TABS; t++)
			view_int(rq->view, names[t], col_int(&r, t));
	view_show(rq->view, tabs[filter->tab].current);
	view_text(rq->view, V_STATUS, tabs[filter->tab].name);
	return r.err;
}

static void show_row(struct request *rq, struct view *list, struct rows *r)
{
	struct view *v = view_row(list, S_ROW);

	view_int(v, V_ID, col_int(r, 0));
	view_text(v, V_NUMBER_LABEL, feedback_label(rq->arena, col_int(r, 2), col_int(r, 1)));
	view_text(v, V_KIND, kind_label(kind_named(col_text(r, 3))));
	feedback_show_badge(v, state_named(col_text(r, 4)), outcome_named(col_text(r, 5)));
	view_text(v, V_AUTHOR, col_text(r, 6));
	view_text(v, V_ORG, col_text(r, 7));
	view_text(v, V_DATE, date_short(rq->arena, date_of(col_int(r, 8))));
	view_text(v, V_BEGINNING, utf8_head(col_text(r, 9), BEGINNING_CHARS));
	view_show_if(v, S_OBJECTED, str_eq(col_text(r, 10), S("objected")));
	view_show_if(v, S_LATE, col_int(r, 11) != 0);
	struct str number = col_text(r, 12);
	if (number.n > 0)
		view_text(view_row(v, S_PLACE), V_NUMBER, number);
}

/* The newest first; one row more than shown tells whether there is another page. */
static enum err show_rows(struct request *rq, const struct filter *filter)
{
	static const char sql[] =
	    "SELECT f.id, f.number, coalesce(n.number, 0), f.kind, f.state,"
	    " coalesce(f.outcome, ''),"
	    " CASE p.status WHEN 'anonymised' THEN 'ehemaliges Mitglied' ELSE p.name END,"
	    " f.author_org, f.created_at,"
	    " (SELECT t.text FROM feedback_text t WHERE t.feedback_id = f.id"
	    "   ORDER BY t.version DESC LIMIT 1), coalesce(f.response, ''), f.late,"
	    " coalesce((SELECT rb.number FROM anchor a JOIN revision r ON r.id = a.revision_id"
	    "   JOIN revision_block rb ON rb.revision_id = r.id"
	    "    AND rb.block_text_id = a.block_text_id"
	    "   WHERE a.feedback_id = f.id AND r.state = 'in_force' LIMIT 1), '')"
	    "  FROM feedback f JOIN person p ON p.id = f.author_id"
	    "  LEFT JOIN review_round n ON n.id = f.round_id"
	    " WHERE " IN_TAB " AND ($5 IS NULL OR f.kind = $5)"
	    "   AND ($6 IS NULL OR n.number = $6) AND ($7 IS NULL OR f.municipality_id = $7)"
	    "   AND ($8 = 0 OR f.response = 'objected') AND " FEEDBACK_VISIBLE
	    " ORDER BY f.id DESC LIMIT $9 OFFSET $10";
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(FEEDBACK_FOR(rq), INT(filter->tab), TEXT_OR_NONE(filter->kind),
		 INT_OR_NONE(filter->round), INT_OR_NONE(filter->municipality),
		 INT(filter->objected ? 1 : 0), INT(PAGE_ROWS + 1), INT(filter->page * PAGE_ROWS)));
	struct view *list = NULL;
	int shown = 0;

	for (; shown < PAGE_ROWS && rows_next(&r); shown++) {
		if (list == NULL)
			list = view_row(rq->view, S_LIST);
		show_row(rq, list, &r);
	}
	if (shown == PAGE_ROWS && rows_next(&r))
		view_int(view_row(rq->view, S_OLDER), V_PAGE, filter->page + 1);
	view_show_if(rq->view, S_EMPTY, list == NULL);
	return r.err;
}

static enum err show_filter(struct request *rq, const struct filter *filter)
{
	static const char sql[] = "SELECT id, short FROM municipality"
				  " WHERE kind = 'municipality' AND left_on IS NULL"
				  " ORDER BY sort_key";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_MUNICIPALITY_OPTION);
		view_int(v, V_ID, col_int(&r, 0));
		view_text(v, V_NAME, col_text(&r, 1));
		view_show_if(v, S_PICKED, col_int(&r, 0) == filter->municipality);
	}
	for (int k = 0; k < KIND_COUNT; k++) {
		struct view *v = view_row(rq->view, S_KIND_OPTION);
		view_text(v, V_NAME, kind_names[k]);
		view_text(v, V_LABEL, kind_label((enum feedback_kind)k));
		view_show_if(v, S_PICKED, str_eq(kind_names[k], filter->kind));
	}
	if (filter->round > 0)
		view_int(view_row(rq->view, S_ONLY_ROUND), V_NUMBER, filter->round);
	view_show_if(rq->view, S_ONLY_OBJECTED, filter->objected);
	view_text(rq->view, V_KIND_CHOSEN, filter->kind);
	view_int(rq->view, V_MUNICIPALITY_CHOSEN, filter->municipality);
	view_int(rq->view, V_ROUND_CHOSEN, filter->round);
	view_int(rq->view, V_OBJECTED_CHOSEN, filter->objected ? 1 : 0);
	return r.err;
}

static enum err list_page(struct request *rq, const struct filter *filter)
{
	TRY(show_counts(rq, filter));
	TRY(show_filter(rq, filter));
	TRY(show_rows(rq, filter));
	if (filter->tab == TAB_OWN)
		TRY(feedback_drafts_show(rq));
	return reply_page(rq, 200, "handbook/feedback_list.html");
}

/* GET /feedback?status=offen&art=hint&kommune=2&runde=3&widerspruch=1&seite=2 */
enum err feedback_list(struct request *rq)
{
	struct filter filter;

	read_filter(rq, &filter);
	return list_page(rq, &filter);
}

/* GET /feedback/meine */
enum err feedback_own(struct request *rq)
{
	struct filter filter;

	read_filter(rq, &filter);
	filter.tab = TAB_OWN;
	return list_page(rq, &filter);
}
