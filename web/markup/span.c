/* span.c -- what a person edits of each kind of block, cut from the lines of the document. */
#include "markup/span.h"

#include "markup/source.h"

enum { CODE_INDENT = 4 };

struct str line_at(const struct lines *l, int64_t number)
{
	return number >= 1 && number <= l->count ? l->list[number] : S("");
}

size_t line_indent(struct str line, size_t most)
{
	size_t n = 0;

	while (n < line.n && n < most && line.p[n] == ' ')
		n++;
	return n;
}

static bool is_blank(struct str line)
{
	return str_trim(line).n == 0;
}

/* Moves to the first line with text. */
static struct str begin(const struct lines *l, struct span *s)
{
	while (s->first <= s->last && is_blank(line_at(l, s->first)))
		s->first++;
	return line_at(l, s->first);
}

/* "[a]\: b": even that is words where the block was found, and must stay so. */
static struct str undefined(struct arena *a, struct str text)
{
	size_t end = str_find(text, S("]:"));

	if (!str_starts(text, S("[")) || end == text.n)
		return text;
	return arena_fmt(a, "%.*s]\\%.*s", ARG(str_head(text, end)), ARG(str_from(text, end + 1)));
}

struct str span_paragraph(const struct lines *l, struct span *s)
{
	struct buf b = {.arena = l->arena};
	struct str line = begin(l, s), label;
	int64_t begun = s->first;
	bool changed = false;

	while (s->first < s->last && link_definition(line, &label))
		line = line_at(l, ++s->first);
	int64_t at = s->first;
	for (; at <= s->last && !is_blank(line_at(l, at)); at++) {
		line = line_at(l, at);
		size_t indent = line_indent(line, CODE_INDENT);
		/* Far from the margin, or under a definition, "-" is not the mark of an item. */
		bool far = indent == CODE_INDENT || (at == s->first && at > begun);
		struct str text = far ? source_flow(l->arena, line) : str_from(line, indent);
		changed = changed || (far && text.n > str_trim(line).n);
		if (at > s->first)
			buf_char(&b, '\n');
		buf_add(&b, text);
	}
	s->last = at - 1;
	return changed ? undefined(l->arena, buf_str(&b)) : buf_str(&b);
}

struct str span_glued(const struct lines *l, struct span *s)
{
	return undefined(l->arena, span_paragraph(l, s));
}

/* Not "#words", which may have an underline. */
static bool is_hashed(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == '#')
		n++;
	return n > 0 && n <= 6 && (n == line.n || line.p[n] == ' ' || line.p[n] == '\t');
}

/* "## Words ##" */
static struct str hashed_heading(struct str line)
{
	while (str_starts(line, S("#")))
		line = str_from(line, 1);
	size_t n = line.n;
	while (n > 0 && line.p[n - 1] == '#')
		n--;
	bool closed = n == 0 || line.p[n - 1] == ' ' || line.p[n - 1] == '\t';
	return str_trim(closed ? str_head(line, n) : line);
}

static bool is_underline(struct str line)
{
	struct str s = str_trim(line);
	size_t n = 0;

	while (n < s.n && s.p[n] == s.p[0] && (s.p[0] == '=' || s.p[0] == '-'))
		n++;
	return n > 0 && n == s.n;
}

struct str span_heading(const struct lines *l, struct span *s)
{
	struct buf b = {.arena = l->arena};
	struct str line = str_trim(begin(l, s));
	int64_t at = s->first;

	if (is_hashed(line)) {
		s->last = s->first;
		return arena_str(l->arena, hashed_heading(line));
	}
	for (; at <= s->last && (at == s->first || !is_underline(line_at(l, at))); at++) {
		if (at > s->first)
			buf_char(&b, ' ');
		buf_add(&b, str_trim(line_at(l, at)));
	}
	s->last = at;
	/* Lines within the limits, but one line perhaps not. */
	return str_trim(source_tame(l->arena, buf_str(&b), NULL));
}

struct str span_quote(const struct lines *l, struct span *s)
{
	struct buf b = {.arena = l->arena};
	struct scan scan = {0};

	begin(l, s);
	int64_t at = s->first;
	for (; at <= s->last && !is_blank(line_at(l, at)); at++) {
		struct str line = line_at(l, at);
		size_t indent = line_indent(line, CODE_INDENT);
		struct str text = str_from(line, indent);
		if (indent < CODE_INDENT && str_starts(text, S(">")))
			text = str_from(text, str_starts(text, S("> ")) ? 2 : 1);
		else if (scan.flow && !scan.table)
			text = source_flow(l->arena, line); /* a lazy line */
		else
			break;
		scan_line(&scan, text);
		if (at > s->first)
			buf_char(&b, '\n');
		buf_add(&b, text);
	}
	s->last = at - 1;
	return code_closed(l->arena, buf_str(&b));
}

/* ---- Code ---- */

static bool begins_with_fence(struct str text, struct scan *f)
{
	struct str line = str_head(text, str_find_char(text, '\n'));

	*f = (struct scan){0};
	return scan_line(f, line) && f->depth == 0;
}

static void add_fence(struct buf *b, char mark, size_t length)
{
	while (length-- > 0)
		buf_char(b, mark);
}

/* `code` ends with a line feed, if there is any; `info` stands behind the opening fence. */
static struct str fenced(struct arena *a, struct scan f, struct str info, struct str code)
{
	struct buf b = {.arena = a};

	add_fence(&b, f.mark, f.length);
	buf_fmt(&b, "%.*s\n%.*s", ARG(info), ARG(code));
	add_fence(&b, f.mark, f.length);
	return buf_str(&b);
}

/* So long that no line of the code can be taken for it. */
static void lengthen(struct scan *f, struct str code)
{
	for (size_t i = 0, run = 0; i < code.n; i++) {
		run = code.p[i] == f->mark ? run + 1 : 0;
		f->length = run >= f->length ? run + 1 : f->length;
	}
}

struct str code_closed(struct arena *a, struct str text)
{
	struct buf b = {.arena = a};
	struct scan scan = {0};
	struct str rest = text, line;

	while (str_cut(&rest, '\n', &line))
		scan_line(&scan, line);
	if (scan.length == 0 || scan.inside > 0)
		return text;
	buf_fmt(&b, "%.*s\n", ARG(text));
	add_fence(&b, scan.mark, scan.length);
	return buf_str(&b);
}

static struct str wrapped(struct arena *a, struct str code)
{
	struct scan f = {.mark = '`', .length = 3};

	lengthen(&f, code);
	return fenced(a, f, S(""), code);
}

/* Lines first to last without their first `indent` blanks. */
static struct str dedented(const struct lines *l, int64_t first, int64_t last, size_t indent)
{
	struct buf b = {.arena = l->arena};

	for (; first <= last; first++) {
		struct str line = line_at(l, first);
		buf_fmt(&b, "%.*s\n", ARG(str_from(line, line_indent(line, indent))));
	}
	return buf_str(&b);
}

static struct str fenced_code(const struct lines *l, struct span *s, struct scan f)
{
	struct scan state = f;
	struct str line = line_at(l, s->first);
	size_t indent = line_indent(line, CODE_INDENT);
	int64_t at = s->first + 1, end = s->first;

	for (; at <= s->last && state.length > 0; at++) {
		scan_line(&state, line_at(l, at));
		if (state.length > 0 && !is_blank(line_at(l, at)))
			end = at;
	}
	/* Blank lines before the closing fence are code; behind an open end they are not. */
	if (state.length == 0)
		end = at - 2;
	s->last = state.length == 0 ? at - 1 : end;
	struct str code = dedented(l, s->first + 1, end, indent);
	struct str info = str_from(str_head(line, indent + str_trim(line).n), indent + f.length);
	if (indent > 0)
		lengthen(&f, code);
	return fenced(l->arena, f, info, code);
}

struct str span_code(const struct lines *l, struct span *s)
{
	struct scan f;
	int64_t end;

	if (begins_with_fence(begin(l, s), &f))
		return fenced_code(l, s, f);
	end = s->first;
	for (int64_t at = s->first; at <= s->last; at++) {
		struct str line = line_at(l, at);
		if (is_blank(line))
			continue;
		if (line_indent(line, CODE_INDENT) < CODE_INDENT)
			break;
		end = at;
	}
	s->last = end;
	return wrapped(l->arena, dedented(l, s->first, s->last, CODE_INDENT));
}

struct str code_fenced(struct arena *a, struct str text)
{
	struct scan f;

	if (begins_with_fence(text, &f))
		return code_closed(a, text);
	return wrapped(a, text.n > 0 ? arena_fmt(a, "%.*s\n", ARG(text)) : text);
}
