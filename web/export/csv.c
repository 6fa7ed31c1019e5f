/* csv.c -- cells with quotes, in both directions. */
#include "export/csv.h"

#include "base/money.h"
#include "base/utf8.h"

#include <string.h>

#define BOM "\xef\xbb\xbf"

static bool begins_formula(struct str s)
{
	return s.n > 0 && memchr("=+-@\t\r", s.p[0], 6) != NULL;
}

/* A formula, or one with apostrophes already in front: those must survive the way back. */
static bool is_guarded(struct str s)
{
	while (s.n > 0 && s.p[0] == '\'')
		s = str_from(s, 1);
	return begins_formula(s);
}

static bool needs_quotes(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (memchr(";,\"\r\n\t", s.p[i], 6) != NULL)
			return true;
	return s.n > 0 && (s.p[0] == ' ' || s.p[s.n - 1] == ' ');
}

static void begin_cell(struct csv_writer *w)
{
	if (w->out.n == 0)
		buf_add(&w->out, S(BOM));
	if (w->inside)
		buf_char(&w->out, ';');
	w->inside = true;
}

void csv_text(struct csv_writer *w, struct str text)
{
	struct buf *b = &w->out;
	bool quotes = needs_quotes(text);

	begin_cell(w);
	if (quotes)
		buf_char(b, '"');
	if (is_guarded(text))
		buf_char(b, '\'');
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] == '"')
			buf_char(b, '"');
		buf_char(b, text.p[i]);
	}
	if (quotes)
		buf_char(b, '"');
}

void csv_amount(struct csv_writer *w, int64_t cents)
{
	begin_cell(w);
	buf_add(&w->out, money_plain(w->out.arena, cents));
}

void csv_end_row(struct csv_writer *w)
{
	buf_add(&w->out, S("\r\n"));
	w->inside = false;
}

struct str csv_end(const struct csv_writer *w)
{
	return buf_str(&w->out);
}

/* --- reading --- */

struct reader {
	struct arena *arena;
	struct str text;
	size_t at, line;
	char separator;
	size_t row_room;
	struct str cells[CSV_COLUMNS_MAX]; /* of the row being read */
	size_t n;
};

static char find_separator(struct str text)
{
	size_t semicolons = 0, commas = 0;
	bool quoted = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == '"')
			quoted = !quoted;
		if (!quoted && (c == '\n' || c == '\r'))
			break;
		semicolons += !quoted && c == ';';
		commas += !quoted && c == ',';
	}
	return commas > semicolons ? ',' : ';';
}

static bool at_end(const struct reader *r)
{
	return r->at == r->text.n;
}

static char here(const struct reader *r)
{
	return r->text.p[r->at];
}

static bool at_line_end(const struct reader *r)
{
	return at_end(r) || here(r) == '\n' || here(r) == '\r';
}

/* CRLF, LF or CR. */
static void skip_line_end(struct reader *r)
{
	if (at_end(r))
		return;
	if (here(r) == '\r' && r->at + 1 < r->text.n && r->text.p[r->at + 1] == '\n')
		r->at++;
	r->at++;
	r->line++;
}

static enum csv_problem read_quoted(struct reader *r, struct str *out)
{
	struct buf b = {.arena = r->arena};

	for (r->at++; !at_end(r);) {
		if (at_line_end(r)) {
			skip_line_end(r);
			buf_char(&b, '\n');
			continue;
		}
		char c = here(r);
		r->at++;
		if (c == '"' && (at_end(r) || here(r) != '"')) {
			*out = buf_str(&b);
			return at_line_end(r) || here(r) == r->separator ? CSV_FINE : CSV_QUOTE;
		}
		if (c == '"')
			r->at++;
		buf_char(&b, c);
		if (b.n > CSV_CELL_MAX)
			return CSV_CELL_TOO_LONG;
	}
	return CSV_QUOTE;
}

static enum csv_problem read_bare(struct reader *r, struct str *out)
{
	size_t from = r->at;

	while (!at_line_end(r) && here(r) != r->separator) {
		if (here(r) == '"')
			return CSV_QUOTE;
		r->at++;
	}
	*out = (struct str){r->text.p + from, r->at - from};
	return out->n > CSV_CELL_MAX ? CSV_CELL_TOO_LONG : CSV_FINE;
}

static enum csv_problem read_row(struct reader *r)
{
	for (r->n = 0;; r->at++) {
		struct str cell = S("");
		if (r->n == CSV_COLUMNS_MAX)
			return CSV_TOO_MANY_COLUMNS;
		enum csv_problem p =
		    !at_end(r) && here(r) == '"' ? read_quoted(r, &cell) : read_bare(r, &cell);
		if (p != CSV_FINE)
			return p;
		if (cell.n > 1 && cell.p[0] == '\'' && is_guarded(cell))
			cell = str_from(cell, 1);
		r->cells[r->n++] = cell;
		if (at_line_end(r))
			break;
	}
	skip_line_end(r);
	return CSV_FINE;
}

/* Also ";;;;;": spreadsheets append such rows. */
static bool is_blank(const struct reader *r)
{
	for (size_t i = 0; i < r->n; i++)
		if (str_trim(r->cells[i]).n > 0)
			return false;
	return true;
}

static enum csv_problem keep_row(struct reader *r, struct csv_table *t, size_t line)
{
	if (is_blank(r))
		return CSV_FINE;
	if (t->n == CSV_ROWS_MAX)
		return CSV_TOO_MANY_ROWS;
	if (t->n == r->row_room) {
		struct csv_row *old = t->rows;
		r->row_room = r->row_room * 2 + 32;
		t->rows = ARENA_ARRAY(r->arena, struct csv_row, r->row_room);
		for (size_t i = 0; i < t->n; i++)
			t->rows[i] = old[i];
	}
	struct csv_row *row = &t->rows[t->n++];
	*row = (struct csv_row){r->n, ARENA_ARRAY(r->arena, struct str, r->n), line};
	for (size_t i = 0; i < r->n; i++)
		row->cells[i] = r->cells[i];
	return CSV_FINE;
}

enum csv_problem csv_read(struct arena *a, struct str text, struct csv_table *out, size_t *line)
{
	if (str_starts(text, S(BOM)))
		text = str_from(text, S(BOM).n);
	struct reader r = {.arena = a, .text = text, .line = 1, .separator = find_separator(text)};

	*out = (struct csv_table){0};
	*line = 1;
	if (!utf8_clean(text, true))
		return CSV_NOT_TEXT;
	while (!at_end(&r)) {
		size_t begun = *line = r.line;
		enum csv_problem p = read_row(&r);
		if (p == CSV_FINE)
			p = keep_row(&r, out, begun);
		if (p != CSV_FINE)
			return p;
	}
	return CSV_FINE;
}
