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

static bool is_blank(struct str s)
{
	return str_trim(s).n == 0;
}

/* Without the blanks up to the text; a line that stands further left goes on with a paragraph. */
static struct str dedented(struct arena *a, struct str line, size_t content)
{
	size_t indent = line_indent(line, content);

	return indent < content && !is_blank(line) ? source_flow(a, line) : str_from(line, indent);
}

struct str span_item(const struct lines *l, struct span *s, size_t column)
{
	struct buf b = {.arena = l->arena};
	struct scan scan = {0};
	struct str line = str_from(line_at(l, s->first), column);
	size_t mark = mark_length(line), content = column + mark + 1;
	bool hollow = is_blank(str_from(line, mark));
	int64_t end = s->first;

	if (!hollow) {
		size_t gap = gap_length(str_from(line, mark));
		content = column + mark + gap;
		buf_add(&b, str_from(line, mark + gap));
	}
	scan_line(&scan, buf_str(&b));
	for (int64_t at = s->first + 1; at <= s->last; at++) {
		line = line_at(l, at);
		/* What stands further left goes on with a paragraph or nothing; and an item may
		 * begin with one empty line, not with two. */
		bool out = !is_blank(line) && line_indent(line, content) < content &&
			   (!scan.flow || scan.table);
		if (out || (hollow && at == s->first + 1 && is_blank(line)))
			break;
		scan_line(&scan, dedented(b.arena, line, content));
		while (end < at && !is_blank(line)) {
			buf_add(&b, b.n > 0 ? S("\n") : S(""));
			buf_add(&b, dedented(b.arena, line_at(l, ++end), content));
		}
	}
	s->last = end;
	return code_closed(l->arena, buf_str(&b));
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

static void add_blanks(struct buf *b, size_t n)
{
	while (n-- > 0)
		buf_char(b, ' ');
}

bool item_mark_alone(struct str mark, struct str text)
{
	struct str first = str_head(text, str_find_char(text, '\n'));
	size_t blanks = line_indent(first, CODE_INDENT);

	return text.n == 0 || (blanks > 0 && blanks < CODE_INDENT) || makes_rule(mark, first);
}

size_t item_write(struct buf *b, size_t indent, struct str mark, struct str text)
{
	size_t column = indent + mark.n + 1;
	bool below = item_mark_alone(mark, text);
	struct str line;

	add_blanks(b, indent);
	buf_add(b, mark);
	buf_char(b, below ? '\n' : ' ');
	for (bool begun = below; text.n > 0 && str_cut(&text, '\n', &line); begun = true) {
		add_blanks(b, begun && line.n > 0 ? column : 0);
		buf_add(b, line);
		buf_char(b, '\n');
	}
	return column;
}
