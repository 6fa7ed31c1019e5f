/* fence.c -- what a line begins: code between fences, items, and what should stay a paragraph. */
#include "markup/source.h"

enum { CODE_INDENT = 4 };

static size_t blanks_of(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == ' ')
		n++;
	return n;
}

/* Bytes of "- " or "12.   " before the text of an item; 0 for anything else. */
static size_t item_mark(struct str s)
{
	size_t digits = 0, n;

	while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
		digits++;
	n = digits + 1;
	struct str marks = digits > 0 ? S(".)") : S("-*+");
	if (digits > 9 || digits == s.n || str_find_char(marks, s.p[digits]) == marks.n ||
	    (n < s.n && s.p[n] != ' '))
		return 0;
	size_t blanks = blanks_of(str_from(s, n));
	return n + (blanks > CODE_INDENT || n + blanks >= s.n ? 1 : blanks);
}

static size_t fence_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == s.p[0] && (s.p[0] == '`' || s.p[0] == '~'))
		n++;
	return n;
}

/* "---" and the like, or the line under a heading. */
static bool is_rule(struct str s)
{
	size_t marks = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != s.p[0] && s.p[i] != ' ' && s.p[i] != '\t')
			return false;
		marks += s.p[i] == s.p[0];
	}
	return marks >= 3 && str_find_char(S("-*_"), s.p[0]) < 3;
}

static bool is_heading(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == '#')
		n++;
	return n > 0 && n <= 6 && (n == s.n || s.p[n] == ' ' || s.p[n] == '\t');
}

/* The line under a heading, which a rule may be as well. */
static bool is_underline(struct str s)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == '=' || s.p[n] == '-') && s.p[n] == s.p[0])
		n++;
	return n > 0 && n == s.n;
}

/* Would it end a paragraph?  (s begins with a sign) */
static bool begins_block(struct str s)
{
	return item_mark(s) > 0 || is_heading(s) || is_rule(s) || fence_length(s) > 2 ||
	       str_find_char(S("><"), s.p[0]) < 2;
}

/* Column of the text in the innermost item that this line is in. */
static size_t enter_items(struct fence *f, struct str line)
{
	size_t indent = blanks_of(line), mark;
	size_t column = f->depth > 0 ? f->items[f->depth - 1] : 0;

	/* The words of a paragraph may stand further left than its item. */
	if (f->flow && indent < column && !begins_block(str_from(line, indent)))
		return indent;
	while (f->depth > 0 && f->items[f->depth - 1] > indent)
		f->depth--;
	column = f->depth > 0 ? f->items[f->depth - 1] : 0;
	while (f->depth < sizeof f->items / sizeof *f->items && indent < column + CODE_INDENT &&
	       (mark = item_mark(str_from(line, indent))) > 0) {
		column = f->items[f->depth++] = indent + mark;
		f->flow = false;
		indent = column + blanks_of(str_from(line, column));
	}
	return column;
}

/* Where the line is code, or a fence around it, which ends. */
static bool goes_on(struct fence *f, struct str line)
{
	size_t indent = blanks_of(line);
	struct str s = str_trim(line);

	if (indent < f->column && s.n > 0)
		return false; /* the item has ended, and the code with it */
	if (s.n > 0 && s.p[0] == f->mark && fence_length(s) == s.n && s.n >= f->length &&
	    indent < f->column + CODE_INDENT)
		f->length = 0;
	return true;
}

bool fence_line(struct fence *f, struct str line)
{
	if (f->length > 0 && goes_on(f, line))
		return true;
	f->length = 0;
	if (str_trim(line).n == 0) {
		f->flow = false;
		return false;
	}
	size_t column = enter_items(f, line);
	struct str s = str_from(line, column);
	size_t indent = blanks_of(s), n;
	s = str_trim(s);
	n = fence_length(s);
	bool begins = n > 2 && indent < CODE_INDENT &&
		      (s.p[0] == '~' || str_find_char(str_from(s, n), '`') == s.n - n);
	f->flow = !begins && s.n > 0 && (f->flow || indent < CODE_INDENT) && !is_heading(s) &&
		  !is_rule(s) && !(f->flow && is_underline(s));
	if (!begins)
		return false;
	f->mark = s.p[0];
	f->length = n;
	f->column = column;
	return true;
}

struct str source_flow(struct arena *a, struct str words)
{
	size_t digits = 0;

	words = str_trim(words);
	while (digits < words.n && words.p[digits] >= '0' && words.p[digits] <= '9')
		digits++;
	bool figure = str_starts(words, S("!["));
	bool definition = str_starts(words, S("[")) && str_find(words, S("]:")) < words.n;
	if (!figure && item_mark(words) == 0 && !is_heading(words) && !is_rule(words) &&
	    !str_starts(words, S(">")) && fence_length(words) < 3 && !definition)
		return words;
	return arena_fmt(a, "%.*s\\%.*s", ARG(str_head(words, digits)),
			 ARG(str_from(words, digits)));
}
