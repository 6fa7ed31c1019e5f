/*
 * csv.h -- tables for spreadsheets, written and read (RFC 4180 with ';', as German ones expect).
 *
 * Written: UTF-8 with BOM, CRLF, decimal comma.  A text that a spreadsheet would take for a formula
 * (it begins with = + - @ TAB or CR) gets an apostrophe in front; reading takes it off again.
 */
#ifndef EXPORT_CSV_H
#define EXPORT_CSV_H

#include "base/arena.h"

/* Start with {.out = {.arena = a}}. */
struct csv_writer {
	struct buf out;
	bool inside; /* a cell of this row has been written */
};
void csv_text(struct csv_writer *w, struct str text);
void csv_amount(struct csv_writer *w, int64_t cents); /* 12345,67 */
void csv_end_row(struct csv_writer *w);
struct str csv_end(const struct csv_writer *w);

enum { CSV_ROWS_MAX = 5000, CSV_COLUMNS_MAX = 40, CSV_CELL_MAX = 32 * 1024 };

struct csv_row {
	size_t n;
	struct str *cells;
	size_t line; /* of the file, from 1, where the row begins */
};
struct csv_table {
	size_t n; /* with the header row */
	struct csv_row *rows;
};
enum csv_problem {
	CSV_FINE,
	CSV_NOT_TEXT, /* not UTF-8, or control characters */
	CSV_QUOTE, /* a quote inside a bare cell, text behind a quoted one, or no closing quote */
	CSV_TOO_MANY_ROWS,
	CSV_TOO_MANY_COLUMNS,
	CSV_CELL_TOO_LONG
};

/*
 * Reads a table; the first line decides between ';' and ','.  A BOM is optional, rows with
 * nothing but blanks are skipped, line ends inside a cell become LF.  On a problem `line` tells
 * where.
 */
enum csv_problem csv_read(struct arena *a, struct str text, struct csv_table *out, size_t *line);

#endif
