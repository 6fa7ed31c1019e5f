/* item.c -- the text of a list item without its mark, and with one. */
#include "markup/source.h"
#include "markup/span.h"

enum { CODE_INDENT = 4 };

/* Bytes of the bullet or number. */
static size_t mark_length(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] >= '0' && s.p[n] <= '9')
		n++;
	return n + (n < s.n);
}

/* One blank belongs to the mark; up to four do, unless more make the text code. */
static size_t gap_length(struct str behind_mark)
{
	size_t blanks = line_indent(behind_mark, CODE_INDENT + 1);

	return blanks > CODE_INDENT || blanks == 0 ? 1 : blanks;
}

/* Without the blanks up to the text; a line that stands further left goes on with a paragraph. */
static void add_line(struct buf *b, struct str line, size_t content)
{
	size_t indent = line_indent(line, content);

	if (indent < content && str_trim(line).n > 0)
		span_add_lazy(b, line);
	else
		buf_add(b, str_from(line, indent));
}

struct str span_item(const struct lines *l, struct span *s, size_t column)
{
	struct buf b = {.arena = l->arena};
	struct str line = str_from(line_at(l, s->first), column);
	size_t mark = mark_length(line), content = column + mark + 1;
	bool blank = str_trim(str_from(line, mark)).n == 0, before = blank;
	int64_t end = s->first;

	if (!blank) {
		size_t gap = gap_length(str_from(line, mark));
		content = column + mark + gap;
		buf_add(&b, str_from(line, mark + gap));
	}
	for (int64_t at = s->first + 1; at <= s->last; at++) {
		line = line_at(l, at);
		blank = str_trim(line).n == 0;
		bool out = !blank && line_indent(line, content) < content;
		/* Behind a blank line only what is indented goes on; a first one ends the item. */
		if ((before && out) || (at == s->first + 1 && before && blank))
			break;
		before = blank;
		if (blank)
			continue;
		while (end < at) {
			buf_add(&b, b.n > 0 ? S("\n") : S(""));
			add_line(&b, line_at(l, ++end), content);
		}
	}
	s->last = end;
	return buf_str(&b);
}

/* "- ---" would be a rule instead of an item. */
static bool makes_rule(struct str mark, struct str line)
{
	size_t count = 0;

	for (size_t i = 0; i < line.n; i++) {
		if (line.p[i] != mark.p[0] && line.p[i] != ' ' && line.p[i] != '\t')
			return false;
		count += line.p[i] == mark.p[0];
	}
	return count >= 2;
}

/* Is there a line below the first that would be a definition for the whole document? */
static bool defines(struct str text, size_t column)
{
	struct str line, label;

	str_cut(&text, '\n', &line);
	while (str_cut(&text, '\n', &line))
		if (line_indent(line, CODE_INDENT) + column < CODE_INDENT &&
		    (link_definition(line, &label) || note_definition(line, &label)))
			return true;
	return false;
}

static void add_blanks(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_char(b, ' ');
}

size_t item_write(struct buf *b, size_t indent, struct str mark, struct str text)
{
	struct str first = str_head(text, str_find_char(text, '\n')), line;
	size_t column = indent + mark.n + 1, blanks = line_indent(first, CODE_INDENT);
	bool below = (blanks > 0 && blanks < CODE_INDENT) || makes_rule(mark, first);

	if (column < CODE_INDENT && !below && blanks == 0 && defines(text, column))
		column = CODE_INDENT;
	add_blanks(b, indent);
	buf_add(b, mark);
	if (below || text.n == 0)
		buf_char(b, '\n');
	else
		add_blanks(b, column - indent - mark.n);
	for (bool begun = below; text.n > 0 && str_cut(&text, '\n', &line); begun = true) {
		add_blanks(b, begun && line.n > 0 ? column : 0);
		buf_add(b, line);
		buf_char(b, '\n');
	}
	return column;
}
