/* synopsis.c -- the synopsis of a review round as a page and as files. */
#include "features/handbook/synopsis.h"

#include "export/csv.h"
#include "export/xlsx.h"
#include "features/handbook/round_handlers.h"

#include <inttypes.h>

/* A page of more rows is no page any more; the files hold all. */
enum { PAGE_ROWS = 500, FILE_ROWS = 20000 };

static const int widths[SYNOPSIS_COLUMNS] = {
    [SYNOPSIS_LABEL] = 9,   [SYNOPSIS_BLOCK] = 8,      [SYNOPSIS_PLACE] = 40,
    [SYNOPSIS_KIND] = 12,   [SYNOPSIS_TEXT] = 50,      [SYNOPSIS_AUTHOR] = 20,
    [SYNOPSIS_ORG] = 20,    [SYNOPSIS_LATE] = 10,      [SYNOPSIS_DECISION] = 20,
    [SYNOPSIS_REASON] = 40, [SYNOPSIS_OBJECTION] = 40, [SYNOPSIS_DONE_IN] = 18,
};

static void show_optional(struct view *row, const char *section, const char *name, struct str text)
{
	if (text.n > 0)
		view_text(view_row(row, section), name, text);
}

static void show_row(struct view *table, const struct synopsis_row *r)
{
	struct view *v = view_row(table, S_REMARK);
	const struct str *c = r->cells;

	view_int(v, V_ID, r->id);
	view_text(v, V_NUMBER, c[SYNOPSIS_LABEL]);
	show_optional(v, S_AT_BLOCK, V_BLOCK_NUMBER, c[SYNOPSIS_BLOCK]);
	view_text(view_row(v, r->quoted ? S_QUOTED : S_BLOCK_BEGIN), V_PLACE_TEXT,
		  c[SYNOPSIS_PLACE].n > 0 ? c[SYNOPSIS_PLACE] : S("–"));
	view_text(v, V_KIND, c[SYNOPSIS_KIND]);
	view_text(v, V_TEXT, c[SYNOPSIS_TEXT]);
	view_text(v, V_NAME, c[SYNOPSIS_AUTHOR]);
	view_text(v, V_PLACE_NAME, c[SYNOPSIS_ORG]);
	view_show_if(v, S_LATE, r->late);
	feedback_show_badge(v, r->state, r->outcome);
	show_optional(v, S_REASON, V_REASON_TEXT, c[SYNOPSIS_REASON]);
	show_optional(v, S_OBJECTION, V_OBJECTION_TEXT, c[SYNOPSIS_OBJECTION]);
	show_optional(v, S_DONE_IN, V_VERSION_LABEL, c[SYNOPSIS_DONE_IN]);
}

/* GET /feedback/runden/:id/synopse */
enum err synopsis_show(struct request *rq)
{
	struct synopsis_row *rows;
	struct view *table = NULL;
	struct round r;
	size_t n;

	TRY(round_load(rq, rq->id, &r));
	TRY(round_head(rq, &r));
	TRY(synopsis_load(rq, &r, PAGE_ROWS + 1, &rows, &n));
	view_show_if(rq->view, S_NOTHING, n == 0);
	view_show_if(rq->view, S_MORE, n > PAGE_ROWS);
	for (size_t i = 0; i < n && i < PAGE_ROWS; i++) {
		if (table == NULL)
			table = view_row(rq->view, S_TABLE);
		show_row(table, &rows[i]);
	}
	rq->page.landscape = true;
	return reply_page(rq, 200, "handbook/synopsis_show.html");
}

static enum err file_rows(struct request *rq, struct round *r, struct synopsis_row **rows,
			  size_t *n)
{
	TRY(round_load(rq, rq->id, r));
	return synopsis_load(rq, r, FILE_ROWS, rows, n);
}

static enum err reply(struct request *rq, const struct round *r, struct str type,
		      const char *ending, struct str body)
{
	return reply_file(
	    rq, type,
	    arena_fmt(rq->arena, "rueckmelderunde-%" PRId64 "-synopse.%s", r->number, ending),
	    body);
}

/* GET /feedback/runden/:id/synopse.csv */
enum err synopsis_csv(struct request *rq)
{
	struct csv_writer w = {.out = {.arena = rq->arena}};
	struct synopsis_row *rows;
	struct round r;
	size_t n;

	TRY(file_rows(rq, &r, &rows, &n));
	for (int c = 0; c < SYNOPSIS_COLUMNS; c++)
		csv_text(&w, synopsis_heads[c]);
	csv_end_row(&w);
	for (size_t i = 0; i < n; i++) {
		for (int c = 0; c < SYNOPSIS_COLUMNS; c++)
			csv_text(&w, rows[i].cells[c]);
		csv_end_row(&w);
	}
	return reply(rq, &r, S("text/csv; charset=utf-8"), "csv", csv_end(&w));
}

/* GET /feedback/runden/:id/synopse.xlsx */
enum err synopsis_xlsx(struct request *rq)
{
	struct xlsx_column columns[SYNOPSIS_COLUMNS];
	struct synopsis_row *rows;
	struct round r;
	struct str file;
	size_t n;

	TRY(file_rows(rq, &r, &rows, &n));
	for (int c = 0; c < SYNOPSIS_COLUMNS; c++)
		columns[c] = (struct xlsx_column){synopsis_heads[c], widths[c]};
	struct xlsx_writer w = {
	    .arena = rq->arena, .sheet = S("Synopse"), .n = SYNOPSIS_COLUMNS, .columns = columns};
	for (size_t i = 0; i < n; i++) {
		for (int c = 0; c < SYNOPSIS_COLUMNS; c++)
			xlsx_text(&w, rows[i].cells[c]);
		xlsx_end_row(&w);
	}
	TRY(xlsx_end(&w, rq->app->config.data, &file));
	return reply(rq, &r, XLSX_TYPE, "xlsx", file);
}
