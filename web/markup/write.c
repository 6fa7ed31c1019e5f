/* write.c -- each kind of block in its own marks again. */
#include "markup/write.h"

#include "markup/blocks.h"
#include "markup/span.h"
#include "markup/write_parts.h"

struct writer {
	struct arena *arena;
	struct buf out;
	struct lists lists;
	const struct block *before;
};

/* Each line behind `prefix`, the first behind `first`; blank lines get no blanks. */
static void put_lines(struct buf *b, struct str text, struct str first, struct str prefix)
{
	struct str line;

	if (text.n == 0)
		text = S("");
	for (bool begun = false; str_cut(&text, '\n', &line); begun = true) {
		struct str mark = begun ? prefix : first;
		buf_add(b, line.n > 0 ? mark : str_trim(mark));
		buf_add(b, line);
		buf_char(b, '\n');
	}
}

/* A row of `columns` cells that hold `cell`. */
static void put_cells(struct buf *b, int columns, struct str cell)
{
	buf_char(b, '|');
	for (int i = 0; i < columns; i++)
		buf_fmt(b, "%.*s|", ARG(cell));
	buf_char(b, '\n');
}

static void write_row(struct buf *b, const struct block *row, struct str text, bool begins)
{
	struct str line = str_trim(str_head(text, str_find_char(text, '\n')));
	bool head = row->kind == BLOCK_TABLE_HEAD;
	int columns = row_cells(line);

	if (begins && !head) {
		put_cells(b, columns, S(" "));
		put_cells(b, columns, S(" --- "));
	}
	buf_fmt(b, "%s%.*s\n", str_starts(line, S("|")) ? "" : "| ", ARG(line));
	if (head)
		put_cells(b, columns, S(" --- "));
}

/* A # at the end would be taken for part of the mark. */
static void write_heading(struct buf *b, int level, struct str text)
{
	level = level < 1 ? 1 : level > 6 ? 6 : level;
	buf_fmt(b, "%.*s ", level, "######");
	for (size_t i = 0; i < text.n; i++) /* an edited one may have two lines */
		buf_char(b, text.p[i] == '\n' ? ' ' : text.p[i]);
	buf_add(b, str_ends(text, S("#")) ? S(" #\n") : S("\n"));
}

static void write_single(struct writer *w, const struct block *b, struct str text)
{
	switch (b->kind) {
	case BLOCK_HEADING:
		write_heading(&w->out, b->level, text);
		return;
	case BLOCK_QUOTE:
		put_lines(&w->out, text, S("> "), S("> "));
		return;
	case BLOCK_CODE: /* an edited one must not swallow the rest */
		put_lines(&w->out, code_fenced(w->arena, text), S(""), S(""));
		return;
	case BLOCK_FOOTNOTE:
		put_lines(&w->out, text, arena_fmt(w->arena, "[^%.*s]: ", ARG(b->label)),
			  S("    "));
		return;
	case BLOCK_PARAGRAPH:
	case BLOCK_LIST_ITEM:
	case BLOCK_TABLE_HEAD:
	case BLOCK_TABLE_ROW:
	case BLOCK_RULE:
	case BLOCK_FIGURE:
		put_lines(&w->out, text, S(""), S(""));
		return;
	}
}

static bool is_row(const struct block *b)
{
	return b->kind == BLOCK_TABLE_HEAD || b->kind == BLOCK_TABLE_ROW;
}

/* Is this block of the same list or table as the one before? */
static bool goes_on(const struct block *before, const struct block *b)
{
	if (before == NULL || before->group != b->group)
		return false;
	return (b->kind == BLOCK_LIST_ITEM && before->kind == BLOCK_LIST_ITEM) ||
	       (b->kind == BLOCK_TABLE_ROW && is_row(before));
}

static void write_block(struct writer *w, const struct block *b, struct str text)
{
	bool begins = !goes_on(w->before, b);

	if (begins && w->out.n > 0)
		buf_char(&w->out, '\n');
	if (b->kind != BLOCK_LIST_ITEM)
		w->lists = (struct lists){0};
	if (b->kind == BLOCK_LIST_ITEM)
		lists_write(&w->lists, &w->out, b, text, begins);
	else if (is_row(b))
		write_row(&w->out, b, text, begins);
	else
		write_single(w, b, text);
	w->before = b;
}

struct str markdown_write(struct arena *a, const struct block *const *blocks, size_t n)
{
	struct writer w = {.arena = a, .out = {.arena = a}};
	struct buf definitions = {.arena = a};
	struct str *texts = links_take(a, blocks, n, &definitions);

	for (size_t i = 0; i < n; i++)
		if (blocks[i]->kind != BLOCK_FOOTNOTE)
			write_block(&w, blocks[i], texts[i]);
	for (size_t i = 0; i < n; i++)
		if (blocks[i]->kind == BLOCK_FOOTNOTE)
			write_block(&w, blocks[i], texts[i]);
	if (definitions.n > 0)
		buf_fmt(&w.out, "%s%.*s", w.out.n > 0 ? "\n" : "", ARG(buf_str(&definitions)));
	return buf_str(&w.out);
}
