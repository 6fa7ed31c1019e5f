/*
 * notes.c -- footnotes and link definitions, taken out before parsing, so that they reach every
 * part of a split document and every block that is edited alone.
 */
#include "markup/source.h"
#include "markup/span.h"

/* A definition that is appended to each block naming it must be short, and all of that bounded. */
enum { LABEL_MAX = 60, LINK_LABEL_MAX = 200, LINK_LINE_MAX = 1024, LINKS_MAX = 500 };

static bool label_byte(char c)
{
	return (unsigned char)c > ' ' && c != 0x7f && c != '[' && c != ']' && c != '*' &&
	       c != '`' && c != '<' && c != '\\';
}

bool note_reference(struct str s, struct str *label)
{
	size_t n = 2;

	if (!str_starts(s, S("[^")))
		return false;
	while (n < s.n && n < LABEL_MAX + 2 && label_byte(s.p[n]))
		n++;
	*label = str_head(str_from(s, 2), n - 2);
	return n > 2 && n < s.n && s.p[n] == ']';
}

struct markdown_note *note_named(const struct markdown_notes *notes, struct str label)
{
	for (size_t i = 0; notes != NULL && i < notes->count; i++)
		if (str_eq_nocase(notes->list[i].label, label))
			return &notes->list[i];
	return NULL;
}

static size_t indent_of(struct str line)
{
	size_t n = 0;

	while (n < line.n && line.p[n] == ' ')
		n++;
	return n;
}

static bool is_blank(struct str line)
{
	return str_trim(line).n == 0;
}

/* "[^label]: text" */
static bool note_line(struct str line, struct str *label, struct str *text)
{
	size_t indent = indent_of(line);
	struct str s = str_from(line, indent);

	if (indent > 3 || !note_reference(s, label))
		return false;
	*text = str_from(s, label->n + 3);
	if (!str_starts(*text, S(":")))
		return false;
	*text = str_trim(str_from(*text, 1));
	return true;
}

/* Index of the first `end` that no backslash stands before, or s.n; s.n + 1 if `bad` comes first.
 */
static size_t find_unescaped(struct str s, char end, char bad)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == end)
			return i;
		if (s.p[i] == bad)
			return s.n + 1;
		i += s.p[i] == '\\';
	}
	return s.n;
}

/* Bytes of "<address>" or of an address without blanks whose parentheses match; 0 if none. */
static size_t address_length(struct str s)
{
	size_t n = 0;
	int open = 0;

	if (str_starts(s, S("<"))) {
		size_t end = find_unescaped(str_from(s, 1), '>', '<');
		return end + 1 < s.n ? end + 2 : 0;
	}
	for (; n < s.n && s.p[n] != ' ' && s.p[n] != '\t' && open >= 0; n++) {
		open += (s.p[n] == '(') - (s.p[n] == ')');
		n += s.p[n] == '\\' && n + 1 < s.n && s.p[n + 1] > ' ';
	}
	return open == 0 ? n : 0;
}

static bool is_title(struct str s)
{
	if (s.n < 2 || (s.p[0] != '"' && s.p[0] != '\'' && s.p[0] != '('))
		return false;
	bool round = s.p[0] == '(';
	return find_unescaped(str_from(s, 1), round ? ')' : s.p[0], round ? '(' : '\n') == s.n - 2;
}

bool link_definition(struct str line, struct str *label)
{
	size_t indent = indent_of(line), end;
	struct str s = str_from(line, indent);

	*label = S("");
	if (indent > 3 || line.n > LINK_LINE_MAX || !str_starts(s, S("[")))
		return false;
	end = find_unescaped(str_from(s, 1), ']', '[');
	*label = str_trim(str_head(str_from(s, 1), end));
	bool note = label->n > 1 && label->p[0] == '^';
	if (!str_starts(str_from(s, end + 1), S("]:")) || label->n == 0 ||
	    label->n > LINK_LABEL_MAX || note)
		return false;
	s = str_trim(str_from(s, end + 3));
	size_t address = address_length(s);
	struct str title = str_from(s, address);
	if (title.n == 0)
		return address > 0;
	return address > 0 && (title.p[0] == ' ' || title.p[0] == '\t') &&
	       is_title(str_trim(title));
}

/* Would this line end a paragraph that runs on without indentation? */
static bool starts_block(struct str line)
{
	struct str s = str_trim(line), label, text;
	size_t digits = 0;

	while (digits < s.n && s.p[digits] >= '0' && s.p[digits] <= '9')
		digits++;
	if (digits > 0 && digits < s.n)
		return s.p[digits] == '.' || s.p[digits] == ')';
	return note_line(line, &label, &text) || str_starts(s, S("#")) || str_starts(s, S(">")) ||
	       str_starts(s, S("- ")) || str_starts(s, S("* ")) || str_starts(s, S("+ ")) ||
	       str_starts(s, S("---")) || str_starts(s, S("***")) || str_starts(s, S("```")) ||
	       str_starts(s, S("~~~")) || str_starts(s, S("|"));
}

struct taking {
	struct arena *arena;
	struct warnings *warnings;
	struct definitions *out;
	struct buf body, note; /* note: the footnote whose lines we are reading */
	struct definition *open;
	size_t blanks; /* lines held back while a footnote may go on */
	struct scan scan, note_scan;
	size_t note_base; /* column of the note: 0 or that of the item around */
};

static void note_close(struct taking *t)
{
	if (t->open != NULL)
		t->open->text = code_closed(t->arena, buf_str(&t->note));
	t->open = NULL;
	for (; t->blanks > 0; t->blanks--)
		buf_char(&t->body, '\n');
}

/* Takes a definition out of the text that `scan` follows, where no paragraph or code goes on. */
static bool link_take(struct taking *t, struct scan *scan, struct str line, int64_t number)
{
	struct definitions *d = t->out;
	struct str label, s;

	if (scan->goes_on || d->link_count == LINKS_MAX ||
	    !link_definition(str_from(line, scan->text), &label))
		return false;
	s = str_trim(str_from(line, scan->text));
	s = str_from(s, find_unescaped(s, ']', '\n'));
	d->links[d->link_count++] =
	    (struct definition){.label = label,
				.text = arena_fmt(t->arena, "[%.*s%.*s", ARG(label), ARG(s)),
				.line = number};
	scan->flow = false;
	return true;
}

static bool note_goes_on(struct taking *t, struct str line, int64_t number)
{
	size_t indent = indent_of(line), base = t->note_base;
	struct str own = str_from(line, indent < base + 4 ? indent : base + 4);

	if (t->open == NULL)
		return false;
	if (is_blank(line)) {
		t->blanks++;
		scan_line(&t->note_scan, S(""));
		return true;
	}
	if (indent < base + 2 && (t->blanks > 0 || starts_block(line)))
		return false;
	if (!scan_line(&t->note_scan, own) && is_blank(str_head(own, t->note_scan.text)) &&
	    link_take(t, &t->note_scan, own, number)) {
		t->blanks++;
		return true;
	}
	for (size_t i = 0; i <= t->blanks; i++)
		buf_char(&t->note, '\n');
	for (size_t i = 0; i <= t->blanks; i++)
		buf_char(&t->body, '\n');
	t->blanks = 0;
	buf_add(&t->note, own);
	return true;
}

/* Stays text for good, wherever its block is put. */
static bool note_refused(struct taking *t, struct str line)
{
	size_t at = str_find(line, S("]:")) + 1;

	buf_fmt(&t->body, "%.*s\\%.*s\n", ARG(str_head(line, at)), ARG(str_from(line, at)));
	return true;
}

static bool note_begins(struct taking *t, struct str line, int64_t number)
{
	struct definitions *d = t->out;
	struct str label, text;

	if (!note_line(str_from(line, t->scan.text), &label, &text))
		return false;
	if (!is_blank(str_head(line, t->scan.text))) {
		warn(t->warnings, number,
		     "Die Fußnote [^%.*s] steht hinter dem Zeichen einer Liste oder eines Zitats. "
		     "Diese hier bleibt als Text stehen.",
		     ARG(label));
		return note_refused(t, line);
	}
	for (size_t i = 0; i < d->note_count; i++)
		if (str_eq_nocase(d->notes[i].label, label)) {
			warn(t->warnings, number,
			     "Die Fußnote [^%.*s] gibt es schon in Zeile %lld. Diese hier bleibt "
			     "als Text stehen.",
			     ARG(label), (long long)d->notes[i].line);
			return note_refused(t, line);
		}
	if (d->note_count == MARKDOWN_NOTES) {
		warn(t->warnings, number,
		     "Mehr als %d Fußnoten gehen nicht. Diese bleibt als "
		     "Text stehen.",
		     MARKDOWN_NOTES);
		return note_refused(t, line);
	}
	t->open = &d->notes[d->note_count++];
	*t->open = (struct definition){.label = label, .line = number};
	t->note = (struct buf){.arena = t->arena};
	buf_add(&t->note, text);
	buf_char(&t->body, '\n');
	t->note_base = t->scan.text;
	t->note_scan = (struct scan){0};
	scan_line(&t->note_scan, text);
	return true;
}

/* The address may stand on the line below. */
static bool link_begins(struct taking *t, struct str line, struct str *rest, int64_t *number)
{
	struct str below = *rest, next, label;
	bool two = str_ends(str_trim(line), S("]:")) && !link_definition(line, &label) &&
		   str_cut(&below, '\n', &next) && !scan_begins(str_trim(next));

	if (two)
		line = arena_fmt(t->arena, "%.*s %.*s", ARG(line), ARG(str_trim(next)));
	if (!link_take(t, &t->scan, line, *number))
		return false;
	/* A quote or an item keeps its mark. */
	size_t mark = t->scan.text;
	while (mark > 0 && line.p[mark - 1] == ' ')
		mark--;
	buf_add(&t->body, str_head(line, mark));
	buf_add(&t->body, two ? S("\n\n") : S("\n"));
	*rest = two ? below : *rest;
	*number += two;
	return true;
}

void definitions_take(struct arena *a, struct str text, struct warnings *w, struct definitions *out)
{
	struct taking t = {.arena = a, .warnings = w, .out = out, .body = {.arena = a}};
	struct str rest = text, line;

	*out = (struct definitions){.links = ARENA_ARRAY(a, struct definition, LINKS_MAX),
				    .notes = ARENA_ARRAY(a, struct definition, MARKDOWN_NOTES)};
	for (int64_t number = 1; str_cut(&rest, '\n', &line); number++) {
		if (note_goes_on(&t, line, number))
			continue;
		note_close(&t);
		struct scan before = t.scan;
		size_t n = t.body.n;
		if (!scan_line(&t.scan, line) &&
		    (note_begins(&t, line, number) || link_begins(&t, line, &rest, &number))) {
			struct str left = str_from(buf_str(&t.body), n);
			t.scan = before; /* as the parser will see it */
			while (str_cut(&left, '\n', &line) && left.p != NULL)
				scan_line(&t.scan, line);
			continue;
		}
		buf_add(&t.body, line);
		buf_char(&t.body, '\n');
	}
	note_close(&t);
	out->body = buf_str(&t.body);
}

struct str definitions_add(struct arena *a, const struct definitions *d, struct str text)
{
	struct buf b = {.arena = a};

	if (d->link_count == 0)
		return text;
	bool *added = ARENA_ARRAY(a, bool, LINKS_MAX);
	buf_add(&b, text);
	for (size_t i = 0; i < text.n; i++) {
		if (text.p[i] != '[')
			continue;
		struct str inner = str_head(str_from(text, i + 1), LINK_LABEL_MAX + 1);
		size_t end = str_find_char(inner, ']');
		if (end == inner.n)
			continue;
		for (size_t k = 0; k < d->link_count; k++) {
			if (!str_eq_nocase(d->links[k].label, str_trim(str_head(inner, end))))
				continue;
			if (!added[k] && b.n + d->links[k].text.n + 2 <= MARKDOWN_BYTES)
				buf_fmt(&b, "%s%.*s", b.n == text.n ? "\n\n" : "\n",
					ARG(d->links[k].text));
			added[k] = true;
			break; /* the first definition counts */
		}
	}
	return buf_str(&b);
}
