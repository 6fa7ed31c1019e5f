/* xlsx.c -- cells kept in the arena, then written at once; the only door to libxlsxwriter. */
#include "export/xlsx.h"

#include "base/clock.h"
#include "base/log.h"
#include "base/utf8.h"
#include "export/zip.h"

#include <errno.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>
#include <xlsxwriter.h>

#define CUT "… (gekürzt)"

enum {
	COLUMNS_MAX = 40,
	TEXT_MAX = 32767,          /* UTF-16 units */
	DAYS_1900_TO_1970 = 25569, /* from the day 0 of spreadsheets */
	FIRST_DAY = 61,            /* 1 March 1900: before it they believe in a 29 February */
	PAPER_A4 = 9,
	REPLACEMENT = 0xfffd
};

enum cell_kind { CELL_NOTHING, CELL_TEXT, CELL_NUMBER, CELL_AMOUNT, CELL_DAY };
struct xlsx_cell {
	enum cell_kind kind;
	uint32_t row, column;
	union {
		int64_t number;
		struct str text;
	} is;
};

/* --- collecting --- */

static struct xlsx_cell *next_cell(struct xlsx_writer *w, enum cell_kind kind)
{
	if (w->cell_count == w->cell_room) {
		struct xlsx_cell *old = w->cells;
		w->cell_room = w->cell_room * 2 + 256;
		w->cells = ARENA_ARRAY(w->arena, struct xlsx_cell, w->cell_room);
		if (w->cell_count > 0)
			memcpy(w->cells, old, w->cell_count * sizeof *old);
	}
	struct xlsx_cell *cell = &w->cells[w->cell_count++];
	*cell = (struct xlsx_cell){kind, (uint32_t)w->row + 1, (uint32_t)w->column, {0}};
	w->broken |= w->column >= w->n;
	w->column++;
	return cell;
}

void xlsx_text(struct xlsx_writer *w, struct str text)
{
	next_cell(w, CELL_TEXT)->is.text = text;
}

void xlsx_number(struct xlsx_writer *w, int64_t number)
{
	next_cell(w, CELL_NUMBER)->is.number = number;
}

void xlsx_amount(struct xlsx_writer *w, int64_t cents)
{
	next_cell(w, CELL_AMOUNT)->is.number = cents;
}

void xlsx_date(struct xlsx_writer *w, struct date d)
{
	int64_t day = date_is_none(d) ? 0 : date_days(d) + DAYS_1900_TO_1970;

	if (date_is_none(d))
		next_cell(w, CELL_NOTHING);
	else if (day < FIRST_DAY)
		xlsx_text(w, date_short(w->arena, d));
	else
		next_cell(w, CELL_DAY)->is.number = day;
}

void xlsx_end_row(struct xlsx_writer *w)
{
	w->row++;
	w->column = 0;
}

/* --- texts --- */

static bool allowed(uint32_t cp)
{
	return cp == '\t' || cp == '\n' || (cp >= 0x20 && cp != 0xfffe && cp != 0xffff);
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'F') || (c >= 'a' && c <= 'f');
}

/* "_x0041_" would be read as "A". */
static bool begins_escape(struct str s)
{
	bool hex = s.n >= 7 && s.p[0] == '_' && s.p[1] == 'x' && s.p[6] == '_';

	for (size_t i = 2; hex && i < 6; i++)
		hex = is_hex(s.p[i]);
	return hex;
}

/* The next character as it goes into the file, and how many UTF-16 units it takes. */
static struct str next_piece(struct str s, size_t *at, size_t *units)
{
	size_t from = *at;
	uint32_t cp = utf8_next(s, at);

	*units = cp > 0xffff ? 2 : 1;
	if (begins_escape(str_from(s, from))) {
		*units = S("_x005F_").n;
		return S("_x005F_");
	}
	if (cp == '\r') { /* CRLF and CR are LF */
		bool pair = *at < s.n && s.p[*at] == '\n';
		*units = pair ? 0 : 1;
		return pair ? S("") : S("\n");
	}
	if (!allowed(cp) || cp == REPLACEMENT) /* also what is no UTF-8 */
		return S("\xef\xbf\xbd");
	return (struct str){s.p + from, *at - from};
}

/* Adds as much as fits into `max` UTF-16 units; how many bytes of `s` that was. */
static size_t add_text(struct buf *b, struct str s, size_t max)
{
	for (size_t i = 0, used = 0; i < s.n;) {
		size_t from = i, units;
		struct str piece = next_piece(s, &i, &units);
		if (used + units > max)
			return from;
		used += units;
		buf_add(b, piece);
	}
	return s.n;
}

/* The buffer is used again for every cell. */
static const char *cell_text(struct buf *b, struct str s)
{
	b->n = 0;
	if (add_text(b, s, TEXT_MAX) < s.n) {
		b->n = 0;
		(void)add_text(b, s, TEXT_MAX - utf8_chars(S(CUT)));
		buf_add(b, S(CUT));
	}
	buf_char(b, '\0');
	return b->p;
}

/* --- writing --- */

struct formats {
	lxw_format *head, *text, *guarded, *number, *amount, *day;
};
struct book {
	const struct xlsx_writer *w;
	lxw_workbook *workbook;
	lxw_worksheet *sheet;
	struct formats formats;
	struct buf text;
	lxw_error err; /* the first one */
};

static void note(struct book *b, lxw_error err)
{
	if (b->err == LXW_NO_ERROR)
		b->err = err;
}

static lxw_format *add_format(struct book *b, const char *number_format)
{
	lxw_format *f = workbook_add_format(b->workbook);

	if (f == NULL) {
		note(b, LXW_ERROR_MEMORY_MALLOC_FAILED);
		return NULL;
	}
	format_set_align(f, LXW_ALIGN_VERTICAL_TOP);
	if (number_format != NULL)
		format_set_num_format(f, number_format);
	return f;
}

static void add_formats(struct book *b)
{
	struct formats *f = &b->formats;

	f->head = add_format(b, NULL);
	f->text = add_format(b, NULL);
	/* Somebody who edits the cell and leaves it gets no formula either. */
	f->guarded = add_format(b, "@");
	f->number = add_format(b, "0");
	f->amount = add_format(b, "#,##0.00\\ \"€\"");
	f->day = add_format(b, "dd.mm.yyyy");
	if (b->err != LXW_NO_ERROR)
		return;
	format_set_bold(f->head);
	format_set_bottom(f->head, LXW_BORDER_THIN);
	format_set_text_wrap(f->head);
	format_set_text_wrap(f->text);
	format_set_text_wrap(f->guarded);
}

static void write_heads(struct book *b)
{
	lxw_col_t last = (lxw_col_t)(b->w->n - 1);

	for (lxw_col_t c = 0; c <= last; c++) {
		const struct xlsx_column *column = &b->w->columns[c];
		note(b, worksheet_set_column(b->sheet, c, c, column->width, NULL));
		note(b, worksheet_write_string(b->sheet, 0, c, cell_text(&b->text, column->head),
					       b->formats.head));
	}
	worksheet_freeze_panes(b->sheet, 1, 0);
	note(b, worksheet_autofilter(b->sheet, 0, 0, (lxw_row_t)b->w->row, last));
	note(b, worksheet_repeat_rows(b->sheet, 0, 0));
	worksheet_set_landscape(b->sheet);
	worksheet_set_paper(b->sheet, PAPER_A4);
	worksheet_fit_to_pages(b->sheet, 1, 0);
}

static lxw_error write_cell(struct book *b, const struct xlsx_cell *cell)
{
	const struct formats *f = &b->formats;
	lxw_col_t c = (lxw_col_t)cell->column;
	double number = (double)cell->is.number;

	switch (cell->kind) {
	case CELL_TEXT: {
		struct str s = cell->is.text;
		bool guard = s.n > 0 && memchr("=+-@", s.p[0], 4) != NULL;
		return worksheet_write_string(b->sheet, cell->row, c, cell_text(&b->text, s),
					      guard ? f->guarded : f->text);
	}
	case CELL_NUMBER:
		return worksheet_write_number(b->sheet, cell->row, c, number, f->number);
	case CELL_AMOUNT:
		return worksheet_write_number(b->sheet, cell->row, c, number / 100, f->amount);
	case CELL_DAY:
		return worksheet_write_number(b->sheet, cell->row, c, number, f->day);
	case CELL_NOTHING:
		break;
	}
	return LXW_NO_ERROR;
}

static void write_sheet(struct book *b)
{
	char name[4 * LXW_SHEETNAME_MAX + 1];
	struct str sheet = b->w->sheet;

	if (sheet.n == 0 || sheet.n >= sizeof name) {
		note(b, LXW_ERROR_SHEETNAME_LENGTH_EXCEEDED);
		return;
	}
	memcpy(name, sheet.p, sheet.n);
	name[sheet.n] = '\0';
	note(b, workbook_validate_sheet_name(b->workbook, name));
	if (b->err != LXW_NO_ERROR)
		return;
	b->sheet = workbook_add_worksheet(b->workbook, name);
	if (b->sheet == NULL) {
		note(b, LXW_ERROR_CREATING_TMPFILE);
		return;
	}
	lxw_doc_properties about = {.title = name, .created = (time_t)clock_now()};
	note(b, workbook_set_properties(b->workbook, &about));
	add_formats(b);
	if (b->err == LXW_NO_ERROR)
		write_heads(b);
	for (size_t i = 0; b->err == LXW_NO_ERROR && i < b->w->cell_count; i++)
		note(b, write_cell(b, &b->w->cells[i]));
}

/* Rows go to the disk one by one: the library then needs no memory for all of them. */
static lxw_error write_book(const struct xlsx_writer *w, struct str tmp, int fd)
{
	const char *path = arena_fmt(w->arena, "/proc/self/fd/%d", fd).p;
	lxw_workbook_options options = {.constant_memory = LXW_TRUE,
					.tmpdir = (char *)(uintptr_t)arena_cstr(w->arena, tmp)};
	struct book b = {.w = w, .text = {.arena = w->arena}};

	b.workbook = workbook_new_opt(path, &options);
	if (b.workbook == NULL)
		return LXW_ERROR_MEMORY_MALLOC_FAILED;
	write_sheet(&b);
	note(&b, workbook_close(b.workbook)); /* also the only way to free it */
	return b.err;
}

/* --- the file --- */

static enum err failed(const char *what, const char *why, enum err err)
{
	log_event(LOG_ERROR, "xlsx_failed", KV_C("what", what), KV_C("error", why));
	return err;
}

static enum err read_back(struct arena *a, int fd, struct str *out)
{
	struct stat st;

	if (fstat(fd, &st) != 0)
		return failed("fstat", strerror(errno), E_UNAVAILABLE);
	size_t size = (size_t)st.st_size, n = 0;
	char *bytes = arena_alloc(a, size);
	while (n < size) {
		ssize_t got = pread(fd, bytes + n, size - n, (off_t)n);
		if (got <= 0)
			return failed("pread", strerror(errno), E_UNAVAILABLE);
		n += (size_t)got;
	}
	*out = (struct str){bytes, size};
	/* The library overlooks a disk that fills up under its temporary files. */
	return zip_whole(*out) ? OK : failed("zip", "incomplete", E_UNAVAILABLE);
}

static enum err err_of(lxw_error err)
{
	switch ((int)err) {
	case LXW_NO_ERROR:
		return OK;
	case LXW_ERROR_MEMORY_MALLOC_FAILED:
	case LXW_ERROR_CREATING_XLSX_FILE:
	case LXW_ERROR_CREATING_TMPFILE:
	case LXW_ERROR_READING_TMPFILE:
	case LXW_ERROR_ZIP_FILE_OPERATION:
	case LXW_ERROR_ZIP_PARAMETER_ERROR:
	case LXW_ERROR_ZIP_BAD_ZIP_FILE:
	case LXW_ERROR_ZIP_INTERNAL_ERROR:
	case LXW_ERROR_ZIP_FILE_ADD:
	case LXW_ERROR_ZIP_CLOSE:
		return failed("workbook", lxw_strerror(err), E_UNAVAILABLE);
	default:
		return failed("workbook", lxw_strerror(err), E_INTERNAL);
	}
}

enum err xlsx_end(struct xlsx_writer *w, struct str tmp, struct str *out)
{
	if (w->n == 0 || w->n > COLUMNS_MAX || w->broken)
		return failed("columns", "too many or none", E_INTERNAL);
	if (w->row >= LXW_ROW_MAX)
		return E_TOO_LARGE;
	int fd = memfd_create("xlsx", MFD_CLOEXEC);
	if (fd < 0)
		return failed("memfd_create", strerror(errno), E_UNAVAILABLE);
	enum err err = err_of(write_book(w, tmp, fd));
	if (err == OK)
		err = read_back(w->arena, fd, out);
	close(fd);
	return err;
}
