/* feedback_list.c -- all remarks in one table: what waits, what became of the rest, one's own. */
#include "app/counts.h"
#include "base/utf8.h"
#include "features/handbook/batch.h"
#include "features/handbook/board.h"
#include "features/handbook/feedback_handlers.h"
#include "features/handbook/version.h"

#include <inttypes.h>

_Static_assert((int)BOARD_TABS <= (int)COUNTS_MAX, "the tabs fit among the counts");
enum { PAGE_ROWS = 50, BEGINNING_CHARS = 90 };

#define OPEN_STATES "'open', 'in_progress', 'query'"
#define PAST_STATES "'decided', 'done', 'closed', 'withdrawn'"
#define ASSIGNED_STATES OPEN_STATES ", 'decided'"
#define THIRTEEN(v)                                                                                \
	(v)[0], (v)[1], (v)[2], (v)[3], (v)[4], (v)[5], (v)[6], (v)[7], (v)[8], (v)[9], (v)[10],   \
	    (v)[11], (v)[12]

/* What each tab would show with these filters: one pass over an index that has all it needs. */
static enum err count(struct request *rq, const struct bind *b, int64_t counts[BOARD_TABS])
{
	static const char sql[] =
	    "SELECT f.state, count(*), sum(f.author_id = $1),"
	    " sum(coalesce(f.assignee_id = $1, 0)) FROM feedback f WHERE " BOARD_WHERE
	    " GROUP BY f.state";
	struct rows r = db_query(rq->db, sql, WITH(FEEDBACK_FOR(rq), THIRTEEN(b)));

	for (int t = 0; t < BOARD_TABS; t++)
		counts[t] = 0;
	while (rows_next(&r)) {
		enum feedback_state state = state_named(col_text(&r, 0));
		bool open = state == FEEDBACK_OPENED || state == FEEDBACK_IN_PROGRESS ||
			    state == FEEDBACK_QUERY;
		counts[TAB_ALL] += col_int(&r, 1);
		counts[TAB_OWN] += col_int(&r, 2);
		if (open || state == FEEDBACK_DECIDED)
			counts[TAB_ASSIGNED] += col_int(&r, 3);
		if (state != FEEDBACK_DRAFT)
			counts[open ? TAB_OPEN : TAB_DONE] += col_int(&r, 1);
	}
	return r.err;
}

/*
 * The page's rows are chosen first and dressed afterwards: whatever is joined before LIMIT is
 * joined for all of them.  $17 tab, $18 rows, $19 rows before.  The place is that in the version
 * in force, else the one the author chose.
 */
#define ROWS(key, way)                                                                             \
	"SELECT f.id, f.number, coalesce(n.number, 0), f.kind, f.state, coalesce(f.outcome, ''),"  \
	" p.name,"                                                                                 \
	" f.author_org, f.created_at, (SELECT t.text FROM feedback_text t"                         \
	"   WHERE t.feedback_id = f.id ORDER BY t.version DESC LIMIT 1),"                          \
	" coalesce(f.response, ''), f.late, coalesce(s.name, ''), f.row_version,"                  \
	" coalesce(b.uid, ''), coalesce(c.slug, ''), coalesce(rb.number, ''),"                     \
	" r.state = 'in_force', r.major, r.minor, r.draft,"                                        \
	" EXISTS (SELECT 1 FROM anchor z WHERE z.feedback_id = f.id AND z.revision_id = $15"       \
	"   AND z.block_text_id IS NULL), coalesce(c.number, ''),"                                 \
	" CASE t.kind WHEN 'footnote' THEN t.number ELSE 0 END"                                    \
	"  FROM (SELECT f.id, " key " AS k FROM feedback f WHERE " BOARD_WHERE                     \
	"    AND ($17 = 4 OR $17 = 0 AND f.state IN (" OPEN_STATES ")"                             \
	"     OR $17 = 1 AND f.assignee_id = $1 AND f.state IN (" ASSIGNED_STATES ")"              \
	"     OR $17 = 2 AND f.author_id = $1"                                                     \
	"     OR $17 = 3 AND f.state IN (" PAST_STATES "))"                                        \
	"    ORDER BY k " way ", f.id DESC LIMIT $18 OFFSET $19) h"                                \
	"  JOIN feedback f ON f.id = h.id JOIN person p ON p.id = f.author_id"                     \
	"  LEFT JOIN review_round n ON n.id = f.round_id"                                          \
	"  LEFT JOIN person s ON s.id = f.assignee_id"                                             \
	"  LEFT JOIN anchor a ON a.feedback_id = f.id AND a.part = 1 AND a.revision_id ="          \
	"    (SELECT x.revision_id FROM anchor x JOIN revision y ON y.id = x.revision_id"          \
	"      WHERE x.feedback_id = f.id AND x.part = 1 AND x.block_text_id IS NOT NULL"          \
	"        AND y.state NOT IN ('working', 'dropped')"                                        \
	"      ORDER BY y.state = 'in_force' DESC, x.first DESC, y.id DESC LIMIT 1)"               \
	"  LEFT JOIN revision r ON r.id = a.revision_id"                                           \
	"  LEFT JOIN revision_block rb ON rb.revision_id = r.id"                                   \
	"    AND rb.block_text_id = a.block_text_id"                                               \
	"  LEFT JOIN revision_section c ON c.revision_id = r.id AND c.uid = rb.section_uid"        \
	"  LEFT JOIN block_text t ON t.id = a.block_text_id LEFT JOIN block b ON b.id = "          \
	"t.block_id"                                                                               \
	" ORDER BY h.k " way ", h.id DESC"
#define BY_KIND                                                                                    \
	"CASE f.kind WHEN 'error' THEN 1 WHEN 'question' THEN 2 WHEN 'hint' THEN 3"                \
	" WHEN 'open_question' THEN 4 ELSE 5 END"
#define BY_STATE                                                                                   \
	"CASE f.state WHEN 'open' THEN 1 WHEN 'query' THEN 2 WHEN 'in_progress' THEN 3"            \
	" WHEN 'decided' THEN 4 WHEN 'done' THEN 5 WHEN 'closed' THEN 6 ELSE 7 END"
#define BY_ORG                                                                                     \
	"coalesce((SELECT m.sort_key FROM municipality m WHERE m.id = f.municipality_id), '~')"
#define BY_ASSIGNEE "coalesce((SELECT e.sort_key FROM person e WHERE e.id = f.assignee_id), '~')"
#define BY_PLACE                                                                                   \
	"coalesce((SELECT min(rb.pos) FROM anchor a CROSS JOIN revision_block rb"                  \
	" ON rb.block_text_id = a.block_text_id AND rb.revision_id = a.revision_id"                \
	" WHERE a.feedback_id = f.id AND a.revision_id = $15), 1000000)"
/* For each order its way and the other. */
static const char *const statements[BOARD_SORTS][2] = {
    [SORT_GIVEN] = {ROWS("f.id", "DESC"), ROWS("f.id", "")},
    [SORT_PLACE] = {ROWS(BY_PLACE, ""), ROWS(BY_PLACE, "DESC")},
    [SORT_KIND] = {ROWS(BY_KIND, ""), ROWS(BY_KIND, "DESC")},
    [SORT_ORG] = {ROWS(BY_ORG, ""), ROWS(BY_ORG, "DESC")},
    [SORT_STATE] = {ROWS(BY_STATE, ""), ROWS(BY_STATE, "DESC")},
    [SORT_ASSIGNEE] = {ROWS(BY_ASSIGNEE, ""), ROWS(BY_ASSIGNEE, "DESC")},
};

static void show_place(struct request *rq, struct view *row, struct rows *r)
{
	struct str uid = col_text(r, 14);

	view_show_if(row, S_NOWHERE, uid.n == 0 || col_int(r, 21) != 0);
	if (uid.n == 0)
		return;
	struct view *v = view_row(row, col_text(r, 15).n > 0 ? S_PLACE : S_PREFACE_PLACE);
	view_text(v, V_UID, uid);
	view_show_if(v, S_OTHER_VERSION, col_int(r, 17) == 0);
	view_text(v, V_VERSION_SLUG,
		  version_slug(rq->arena, col_int(r, 18), col_int(r, 19), col_int(r, 20)));
	if (col_text(r, 15).n > 0)
		view_text(v, V_CHAPTER_SLUG, col_text(r, 15));
	view_text(v, V_NUMBER,
		  place_called(rq->arena, col_text(r, 16), col_text(r, 22), col_int(r, 23)));
}

static void show_row(struct request *rq, struct view *list, struct rows *r,
		     const struct batch_form *batch)
{
	struct view *v = view_row(list, S_ROW);
	int64_t id = col_int(r, 0);
	struct str text = col_text(r, 9), beginning = utf8_head(text, BEGINNING_CHARS);
	struct str assignee = col_text(r, 12);

	view_int(v, V_ID, id);
	view_text(v, V_NUMBER_LABEL, feedback_label(rq->arena, col_int(r, 2), col_int(r, 1)));
	if (batch == NULL) {
		view_show(v, S_PLAIN);
	} else {
		struct view *pick = view_row(v, S_PICK);
		view_int(pick, V_ROW_VERSION, col_int(r, 13));
		view_show_if(pick, S_PICKED, batch_form_picks(batch, id));
	}
	view_text(v, V_KIND, kind_label(kind_named(col_text(r, 3))));
	feedback_show_badge(v, state_named(col_text(r, 4)), outcome_named(col_text(r, 5)));
	view_text(v, V_AUTHOR, col_text(r, 6));
	view_text(v, V_ORG, col_text(r, 7));
	view_text(v, V_DATE, date_short(rq->arena, date_of(col_int(r, 8))));
	view_text(v, V_BEGINNING, beginning);
	view_show_if(v, S_CUT, beginning.n < text.n);
	view_show_if(v, S_OBJECTED, str_eq(col_text(r, 10), S("objected")));
	view_show_if(v, S_LATE, col_int(r, 11) != 0);
	if (assignee.n > 0)
		view_text(view_row(v, S_ASSIGNED), V_EDITOR, assignee);
	else
		view_show(v, S_UNASSIGNED);
	show_place(rq, v, r);
}

static void show_pages(struct request *rq, const struct board *b, int64_t shown, int64_t all)
{
	struct board other = *b;

	view_int(rq->view, V_FIRST, shown == 0 ? 0 : b->page * PAGE_ROWS + 1);
	view_int(rq->view, V_LAST, b->page * PAGE_ROWS + shown);
	view_int(rq->view, V_ALL, all);
	other.page = b->page - 1;
	if (b->page > 0)
		view_text(view_row(rq->view, S_NEWER), V_LINK, board_address(rq->arena, &other));
	other.page = b->page + 1;
	if (other.page * PAGE_ROWS < all)
		view_text(view_row(rq->view, S_OLDER), V_LINK, board_address(rq->arena, &other));
}

static enum err show_rows(struct request *rq, const struct board *b, const struct bind *binds,
			  const struct batch_form *batch, int64_t all)
{
	struct rows r = db_query(rq->db, statements[b->sort][b->reverse ? 1 : 0],
				 WITH(FEEDBACK_FOR(rq), THIRTEEN(binds), INT(b->tab),
				      INT(PAGE_ROWS), INT(b->page * PAGE_ROWS)));
	struct view *list = NULL;
	int64_t shown = 0;

	for (; rows_next(&r); shown++) {
		if (list == NULL)
			list = view_row(rq->view, S_LIST);
		show_row(rq, list, &r, batch);
	}
	show_pages(rq, b, shown, all);
	view_show_if(rq->view, S_EMPTY, list == NULL && !board_filtered(b));
	view_show_if(rq->view, S_NO_MATCH, list == NULL && board_filtered(b));
	if (list != NULL && batch != NULL) {
		view_show(list, S_BATCH);
		TRY(batch_form_show(batch, view_row(list, S_BATCH_FIELDS)));
	}
	return r.err;
}

/* All of them are counted for the five numbers above every table: without filters only once. */
static enum err count_tabs(struct request *rq, const struct board *b, const struct bind *binds,
			   int64_t out[BOARD_TABS])
{
	if (board_filtered(b))
		return count(rq, binds, out);
	if (counts_find(rq, COUNT_FEEDBACK, rq->viewer.person_id, out, BOARD_TABS))
		return OK;
	TRY(count(rq, binds, out));
	counts_keep(rq, COUNT_FEEDBACK, rq->viewer.person_id, out, BOARD_TABS);
	return OK;
}

enum err board_page(struct request *rq, const struct board *b, const struct batch_form *batch,
		    int status)
{
	struct bind binds[BOARD_BINDS];
	int64_t counts[BOARD_TABS];
	struct batch_form empty;

	TRY(board_binds(rq, b, binds));
	TRY(count_tabs(rq, b, binds, counts));
	TRY(board_show(rq, b, counts));
	if (right_to_all(rq->viewer.roles, FEEDBACK_DECIDE) && batch == NULL) {
		batch_form_new(&empty, rq, board_address(rq->arena, b));
		batch = &empty;
	}
	TRY(show_rows(rq, b, binds, batch, counts[b->tab]));
	if (b->tab == TAB_OWN)
		TRY(feedback_drafts_show(rq));
	return reply_page(rq, status, "handbook/feedback_list.html");
}

/* GET /feedback?status=offen&art=hint&abschnitt=ziele&sortierung=stelle&seite=2 */
enum err feedback_list(struct request *rq)
{
	struct board b;

	board_read(&rq->http.query, &b);
	return board_page(rq, &b, NULL, 200);
}

/* GET /feedback/meine */
enum err feedback_own(struct request *rq)
{
	struct board b;

	board_read(&rq->http.query, &b);
	b.tab = TAB_OWN;
	return board_page(rq, &b, NULL, 200);
}
