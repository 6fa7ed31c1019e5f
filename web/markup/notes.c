/*
 * notes.c -- footnotes and link definitions, taken out before parsing, so that they reach every
 * part of a split document and every block that is edited alone.
 */
#include "markup/source.h"

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

/* "[label]: address" with a title or without, on one line */
static bool link_line(struct str line, struct str *label)
{
	size_t indent = indent_of(line), end;
	struct str s = str_from(line, indent), rest;

	if (indent > 3 || line.n > LINK_LINE_MAX || !str_starts(s, S("[")) || s.n < 5)
		return false;
	end = str_find(s, S("]:"));
	*label = str_trim(str_head(str_from(s, 1), end - 1));
	rest = str_trim(str_from(s, end + 2));
	if (end == s.n || label->n == 0 || label->n > LINK_LABEL_MAX || label->p[0] == '^' ||
	    str_find_char(*label, '[') < label->n || str_find_char(*label, ']') < label->n)
		return false;
	size_t blank = rest.p[0] == '<' ? str_find_char(rest, '>') + 1 : str_find_char(rest, ' ');
	struct str title = str_trim(str_from(rest, blank));
	if (rest.n == 0 || title.n == 0)
		return rest.n > 0;
	char last = title.p[title.n - 1];
	return title.n > 1 && ((title.p[0] == '(' && last == ')') ||
			       (title.p[0] == last && (last == '"' || last == '\'')));
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
	struct fence fence;
};

static void note_close(struct taking *t)
{
	if (t->open != NULL)
		t->open->text = buf_str(&t->note);
	t->open = NULL;
	for (; t->blanks > 0; t->blanks--)
		buf_char(&t->body, '\n');
}

static bool note_goes_on(struct taking *t, struct str line)
{
	size_t indent = indent_of(line);

	if (t->open == NULL)
		return false;
	if (is_blank(line)) {
		t->blanks++;
		return true;
	}
	if (indent < 2 && (t->blanks > 0 || starts_block(line)))
		return false;
	for (size_t i = 0; i <= t->blanks; i++)
		buf_char(&t->note, '\n');
	for (size_t i = 0; i <= t->blanks; i++)
		buf_char(&t->body, '\n');
	t->blanks = 0;
	buf_add(&t->note, str_from(line, indent < 4 ? indent : 4));
	return true;
}

static bool note_begins(struct taking *t, struct str line, int64_t number)
{
	struct definitions *d = t->out;
	struct str label, text;

	if (!note_line(line, &label, &text))
		return false;
	for (size_t i = 0; i < d->note_count; i++)
		if (str_eq_nocase(d->notes[i].label, label)) {
			warn(t->warnings, number,
			     "Die Fußnote [^%.*s] gibt es schon in Zeile %lld. Diese hier bleibt "
			     "als Text stehen.",
			     ARG(label), (long long)d->notes[i].line);
			return false;
		}
	if (d->note_count == MARKDOWN_NOTES) {
		warn(t->warnings, number,
		     "Mehr als %d Fußnoten gehen nicht. Diese bleibt als "
		     "Text stehen.",
		     MARKDOWN_NOTES);
		return false;
	}
	t->open = &d->notes[d->note_count++];
	*t->open = (struct definition){.label = label, .line = number};
	t->note = (struct buf){.arena = t->arena};
	buf_add(&t->note, text);
	buf_char(&t->body, '\n');
	return true;
}

static bool link_begins(struct taking *t, struct str line, int64_t number)
{
	struct definitions *d = t->out;
	struct str label;

	if (d->link_count == LINKS_MAX || !link_line(line, &label))
		return false;
	d->links[d->link_count++] =
	    (struct definition){.label = label, .text = str_trim(line), .line = number};
	buf_char(&t->body, '\n');
	return true;
}

void definitions_take(struct arena *a, struct str text, struct warnings *w, struct definitions *out)
{
	struct taking t = {.arena = a, .warnings = w, .out = out, .body = {.arena = a}};
	struct str rest = text, line;
	bool paragraph = false; /* a link definition cannot interrupt one */

	*out = (struct definitions){.links = ARENA_ARRAY(a, struct definition, LINKS_MAX),
				    .notes = ARENA_ARRAY(a, struct definition, MARKDOWN_NOTES)};
	for (int64_t number = 1; str_cut(&rest, '\n', &line); number++) {
		if (note_goes_on(&t, line))
			continue;
		note_close(&t);
		bool code = fence_line(&t.fence, line);
		if (!code && (note_begins(&t, line, number) ||
			      (!paragraph && link_begins(&t, line, number)))) {
			paragraph = false;
			continue;
		}
		paragraph = !code && !is_blank(line) && !str_starts(line, S("#"));
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
			if (added[k] ||
			    !str_eq_nocase(d->links[k].label, str_trim(str_head(inner, end))))
				continue;
			added[k] = true;
			if (b.n + d->links[k].text.n + 2 <= MARKDOWN_BYTES)
				buf_fmt(&b, "%s%.*s", b.n == text.n ? "\n\n" : "\n",
					ARG(d->links[k].text));
			break;
		}
	}
	return buf_str(&b);
}
