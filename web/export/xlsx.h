/*
 * xlsx.h -- a table as a workbook with one sheet (Office Open XML), for spreadsheets.
 *
 *	struct xlsx_writer w = {.arena = a, .sheet = S("Rückmeldungen"), .n = 3, .columns =
 *columns}; for (…) { xlsx_text(&w, row->name); xlsx_date(&w, row->ends_on); xlsx_amount(&w,
 *row->budget); xlsx_end_row(&w);
 *	}
 *	TRY(xlsx_end(&w, rq->app->config.data, &file));
 *
 * The heads stand bold in a row that stays in sight and comes again on every printed page (A4
 * across, all columns on one page); every column has a filter; texts are wrapped.  A text is never
 * a formula or a number, whatever it begins with.  The same cells at the same time give the same
 * bytes.
 *
 * Cells are written at the end, so an early return leaves nothing open; their texts are not copied
 * and must live until then.
 */
#ifndef EXPORT_XLSX_H
#define EXPORT_XLSX_H

#include "base/arena.h"
#include "base/date.h"
#include "base/err.h"

#define XLSX_TYPE S("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet")

struct xlsx_column {
	struct str head;
	int width; /* in digits of the normal font, 1 to 255 */
};

struct xlsx_cell;
struct xlsx_writer {
	struct arena *arena;
	struct str sheet; /* its name: at most 31 characters, none of []:*?/\, no ' at the ends */
	size_t n;         /* columns, 1 to 40 */
	const struct xlsx_column *columns;
	/* Filled in by the functions below. */
	struct xlsx_cell *cells;
	size_t cell_count, cell_room, row, column;
	bool broken;
};

/*
 * The next cell of the row.  More than 32,767 characters are more than spreadsheets take: such a
 * text is cut and says so.  Characters that XML forbids become U+FFFD.
 */
void xlsx_text(struct xlsx_writer *w, struct str text);
void xlsx_number(struct xlsx_writer *w, int64_t number); /* exact up to 2^53 */
void xlsx_amount(struct xlsx_writer *w, int64_t cents);  /* as euros */
/* A day to reckon with; an empty cell for no date, and text before March 1900, where the calendar
 * of spreadsheets begins to be right. */
void xlsx_date(struct xlsx_writer *w, struct date d);
void xlsx_end_row(struct xlsx_writer *w); /* missing cells stay empty */

/*
 * The file, in the writer's arena.  `tmp` is a directory for files that have no name any more
 * before anything is written to them.  E_UNAVAILABLE when disk or memory is full, E_TOO_LARGE above
 * the 1,048,576 rows of a sheet, E_INTERNAL for a bad name or a row with too many cells.
 */
MUST enum err xlsx_end(struct xlsx_writer *w, struct str tmp, struct str *out);

#endif
