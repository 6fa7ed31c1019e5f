/*
 * scan.c -- from line to line, what each one is in: enough of the parser's rules to know code, raw
 * HTML and paragraphs, also in lists and quotes.
 */
#include "markup/blocks.h"

enum { CODE_INDENT = 4 };

static size_t blanks_of(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == ' ')
		n++;
	return n;
}

static bool is_blank(struct str s)
{
	return str_trim(s).n == 0;
}

/* ---- What a line begins with ---- */

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

/* In the middle of a paragraph only some are items. */
static bool interrupts(struct str s, size_t mark)
{
	bool number = s.p[0] >= '0' && s.p[0] <= '9';

	return !is_blank(str_from(s, mark)) &&
	       (!number || str_starts(s, S("1.")) || str_starts(s, S("1)")));
}

static size_t fence_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == s.p[0] && (s.p[0] == '`' || s.p[0] == '~'))
		n++;
	return n;
}

static bool is_fence(struct str s)
{
	size_t n = fence_length(s);

	return n > 2 && (s.p[0] == '~' || str_find_char(str_from(s, n), '`') == s.n - n);
}

/* "---" and the like */
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

/* The line under a heading. */
static bool is_underline(struct str s)
{
	size_t n = 0;

	while (n < s.n && (s.p[n] == '=' || s.p[n] == '-') && s.p[n] == s.p[0])
		n++;
	return n > 0 && n == s.n;
}

static bool is_heading(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == '#')
		n++;
	return n > 0 && n <= 6 && (n == s.n || s.p[n] == ' ' || s.p[n] == '\t');
}

bool table_delimiter(struct str line)
{
	struct str rest = str_trim(line), cell;

	if (str_find_char(rest, '-') == rest.n)
		return false;
	rest = str_from(rest, str_starts(rest, S("|")));
	rest = str_head(rest, rest.n - str_ends(rest, S("|")));
	while (str_cut(&rest, '|', &cell)) {
		cell = str_trim(cell);
		cell = str_from(cell, str_starts(cell, S(":")));
		cell = str_head(cell, cell.n - str_ends(cell, S(":")));
		size_t dashes = 0;
		while (dashes < cell.n && cell.p[dashes] == '-')
			dashes++;
		if (dashes == 0 || dashes < cell.n)
			return false;
	}
	return true;
}

bool scan_begins(struct str s)
{
	struct str end;

	return item_mark(s) > 0 || is_heading(s) || is_rule(s) || is_fence(s) ||
	       str_starts(s, S(">")) || tags_begin(s, false, &end);
}

/* ---- What it is in ---- */

/* Bytes of "> "; 0 when the line does not begin with it. */
static size_t quote_mark(struct str s)
{
	size_t n = blanks_of(s);

	if (n >= CODE_INDENT || !str_starts(str_from(s, n), S(">")))
		return 0;
	return n + 1 + str_starts(str_from(s, n + 1), S(" "));
}

/* How many of the items and quotes around go on with this line; *at is where their text begins. */
static size_t match(const struct scan *s, struct str line, size_t *at)
{
	size_t k = 0;

	for (*at = 0; k < s->depth; k++) {
		struct str rest = str_from(line, *at);
		size_t width = s->around[k].quote ? quote_mark(rest) : s->around[k].width;
		if (s->around[k].quote ? width == 0 : blanks_of(rest) < width && !is_blank(rest))
			break;
		*at += width < rest.n ? width : rest.n;
	}
	return k;
}

/* Enters the items and quotes that begin in this line. */
static void enter(struct scan *s, struct str line)
{
	while (s->depth < sizeof s->around / sizeof *s->around) {
		struct str rest = str_from(line, s->text), words = str_trim(rest);
		size_t indent = blanks_of(rest), quote = quote_mark(rest), mark = item_mark(words);
		bool item = quote == 0 && mark > 0 && !is_rule(words) &&
			    (!s->flow || s->table || interrupts(words, mark));
		if (indent >= CODE_INDENT || (quote == 0 && !item))
			return;
		s->around[s->depth].quote = !item;
		s->around[s->depth++].width = indent + mark;
		s->marked = s->marked || item;
		s->flow = s->table = false;
		s->text += item ? indent + mark : quote;
		s->text = s->text < line.n ? s->text : line.n;
	}
}

/* The line is in code or raw HTML, which it may end. */
static void go_on(struct scan *s, struct str text)
{
	struct str words = str_trim(text);

	s->goes_on = true;
	if (s->html)
		s->html = s->flow = !tags_end(text, s->html_end);
	else if (words.n > 0 && words.p[0] == s->mark && fence_length(words) == words.n &&
		 words.n >= s->length && blanks_of(text) < CODE_INDENT)
		s->length = 0;
}

/* As the head of a table; a bar alone is none. */
static size_t cells_of(struct str words)
{
	return str_eq(words, S("|")) ? 0 : (size_t)row_cells(words);
}

/* The line is in neither, but both may begin here. */
static void begin(struct scan *s, struct str text)
{
	size_t indent = blanks_of(text);
	struct str words = str_trim(text);

	s->goes_on = s->flow;
	s->inside = s->depth;
	if (indent < CODE_INDENT && tags_begin(words, s->flow && !s->table, &s->html_end)) {
		s->html = s->flow = !tags_end(words, s->html_end);
	} else if (indent < CODE_INDENT && is_fence(words)) {
		s->mark = words.p[0];
		s->length = fence_length(words);
		s->flow = false;
	} else {
		bool drawn =
		    is_heading(words) || is_rule(words) || (s->flow && is_underline(words));
		size_t cells = cells_of(words);
		bool code = indent >= CODE_INDENT && (s->table || !s->flow);
		s->table = s->table && cells > 0 && !code;
		s->table = s->flow && (s->table || (indent < CODE_INDENT && cells == s->cells &&
						    table_delimiter(words)));
		s->cells = cells;
		s->flow = words.n > 0 && !code && (indent >= CODE_INDENT || !drawn);
	}
}

bool scan_line(struct scan *s, struct str line)
{
	size_t k = match(s, line, &s->text);
	struct str text = str_from(line, s->text);
	bool code = s->length > 0;

	s->marked = s->goes_on = false;
	if ((code || s->html) && k >= s->inside) {
		go_on(s, text);
		return code;
	}
	if (code || s->html) { /* what it was in has ended */
		s->length = 0;
		s->html = s->flow = false;
	}
	if (is_blank(text)) {
		/* An item may begin with one empty line, not with two. */
		s->depth = s->hollow && k == s->depth ? k - 1 : k;
		s->flow = s->hollow = false;
		return false;
	}
	if (k < s->depth && s->flow && !s->table &&
	    (blanks_of(text) >= CODE_INDENT || !scan_begins(str_trim(text)))) {
		s->goes_on = true; /* the words of a paragraph may stand further left */
		return false;
	}
	s->flow = s->flow && k == s->depth;
	s->depth = k;
	enter(s, line);
	begin(s, str_from(line, s->text));
	s->hollow = s->marked && is_blank(str_from(line, s->text));
	return s->length > 0;
}

bool scan_open(struct str text)
{
	struct scan s = {0};
	struct str line;

	while (str_cut(&text, '\n', &line))
		scan_line(&s, line);
	scan_line(&s, S(""));
	return (s.length > 0 || s.html) && s.inside == 0;
}

struct str source_flow(struct arena *a, struct str words)
{
	size_t at = 0, end;

	words = str_trim(words);
	end = str_find(words, S("]:"));
	if (str_starts(words, S("[")) && end < words.n)
		at = end + 1; /* "[a]\: b" may still be a link, but no definition */
	else if (words.n == 0 || (!scan_begins(words) && !is_underline(words) &&
				  !table_delimiter(words) && !str_starts(words, S("!["))))
		return words;
	while (at < words.n && words.p[at] >= '0' && words.p[at] <= '9')
		at++;
	return arena_fmt(a, "%.*s\\%.*s", ARG(str_head(words, at)), ARG(str_from(words, at)));
}
