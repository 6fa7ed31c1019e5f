/*
 * span.h -- the lines of one block with its marks taken off, and an item with its mark put on
 * again.  For the files of this directory only.
 */
#ifndef MARKUP_SPAN_H
#define MARKUP_SPAN_H

#include "base/arena.h"

struct lines {
	struct arena *arena; /* of what the functions return */
	struct str *list;    /* list[1] is the first */
	int64_t count;
};
struct str line_at(const struct lines *l, int64_t number); /* "" beyond the end */
size_t line_indent(struct str line, size_t most);          /* leading blanks */

/* From where a block begins to before the next one.  The functions set `last` to the last line
 * that belongs to it: what only the parser understands may follow, a link definition mostly. */
struct span {
	int64_t first, last;
};
struct str span_heading(const struct lines *l, struct span *s);
struct str span_paragraph(const struct lines *l, struct span *s);
/* One with a table right below it; there even "[a]: b" is words. */
struct str span_glued(const struct lines *l, struct span *s);
struct str span_quote(const struct lines *l, struct span *s);
struct str span_code(const struct lines *l, struct span *s);
/* An item whose mark is in this column, from 0. */
struct str span_item(const struct lines *l, struct span *s, size_t column);

/* Code with a fence at both ends, whatever it had before. */
struct str code_fenced(struct arena *a, struct str text);
/* Any text that code ends without a fence gets one, so that something can be put behind it. */
struct str code_closed(struct arena *a, struct str text);

/* Does the text begin on the line below the mark (if at all), lest it is read as something else? */
bool item_mark_alone(struct str mark, struct str text);
/* Writes an item, its mark ("-", "12.") behind `indent` blanks and the lines of its text below
 * each other; returns their column. */
size_t item_write(struct buf *b, size_t indent, struct str mark, struct str text);

#endif
