/* source.c -- makes text clean and safe to parse, and keeps the gender star. */
#include "markup/source.h"

#include "base/utf8.h"

#include <string.h>

enum { TAB = 4, EXPANSION_MAX = 8 * 1024 * 1024 };

static void clean_line(struct buf *b, struct str line)
{
	size_t column = 0;
	bool prefix = true; /* nothing but indentation and list or quote marks so far */

	for (size_t i = 0; i < line.n; i++) {
		unsigned char c = (unsigned char)line.p[i];
		if (str_starts(str_from(line, i), S("\xef\xbb\xbf"))) {
			i += 2; /* a byte order mark, wherever files were put together */
			continue;
		}
		bool c1 = c == 0xc2 && i + 1 < line.n && (unsigned char)line.p[i + 1] < 0xa0;
		if (c1 || c == 0x7f || (c < 0x20 && c != '\t'))
			c = ' ';
		prefix = prefix && strchr(" \t>*+-.)0123456789", c) != NULL;
		bool cell = i > 0 && line.p[i - 1] >= '0' && line.p[i - 1] <= '9'; /* "1<tab>2" */
		prefix = prefix && !(c == '\t' && cell);
		if (c == '\t' && prefix) {
			do {
				buf_char(b, ' ');
			} while (++column % TAB != 0);
			continue;
		}
		buf_char(b, (char)c);
		i += c1;
		column++;
	}
}

/* Invalid bytes become U+FFFD, so that blocks and HTML are always valid. */
static struct str valid_utf8(struct arena *a, struct str raw)
{
	struct buf b = {.arena = a};

	if (utf8_valid(raw))
		return raw;
	for (size_t i = 0; i < raw.n;)
		utf8_put(&b, utf8_next(raw, &i));
	return buf_str(&b);
}

struct str source_clean(struct arena *a, struct str raw)
{
	struct buf b = {.arena = a};
	struct str rest = valid_utf8(a, raw), line;

	while (rest.n > 0) {
		size_t end = 0;
		while (end < rest.n && rest.p[end] != '\n' && rest.p[end] != '\r')
			end++;
		line = str_head(rest, end);
		bool crlf = end + 1 < rest.n && rest.p[end] == '\r' && rest.p[end + 1] == '\n';
		rest = str_from(rest, end + (crlf ? 2 : 1));
		clean_line(&b, line);
		buf_char(&b, '\n');
	}
	return buf_str(&b);
}

static size_t count_char(struct str s, char c)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == c;
	return n;
}

static size_t count_images(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i + 1 < s.n; i++)
		n += s.p[i] == '!' && s.p[i + 1] == '[';
	return n;
}

bool source_within_limits(struct str text)
{
	struct str rest = text, line;
	size_t lines = 0, longest = 0;
	bool defined = false; /* the line before ended with "]:" */

	if (text.n > MARKDOWN_BYTES || count_images(text) > MARKDOWN_IMAGES)
		return false;
	while (str_cut(&rest, '\n', &line)) {
		if (++lines > MARKDOWN_LINES || line.n > MARKDOWN_LINE_BYTES ||
		    count_char(line, '|') > MARKDOWN_PIPES)
			return false;
		bool definition = str_find(line, S("]:")) < line.n;
		if ((definition || defined) && line.n > longest)
			longest = line.n;
		defined = str_ends(str_trim(line), S("]:"));
	}
	/* Each [name] copies the address that it stands for into the tree. */
	return longest * count_char(text, '[') <= EXPANSION_MAX;
}

/* Breaks an overlong line at blanks; a line break inside a paragraph changes nothing. */
static void tame_length(struct buf *b, struct str line, int64_t number, struct warnings *w)
{
	enum { PIECE = MARKDOWN_LINE_BYTES * 9 / 10 };

	if (line.n > MARKDOWN_LINE_BYTES)
		warn(w, number, "Diese Zeile ist sehr lang und wurde umgebrochen.");
	while (line.n > MARKDOWN_LINE_BYTES) {
		size_t at = PIECE;
		while (at > PIECE / 2 && line.p[at] != ' ')
			at--;
		if (line.p[at] != ' ') /* no blank: at least not inside a character */
			for (at = PIECE; ((unsigned char)line.p[at] & 0xc0) == 0x80;)
				at--;
		buf_add(b, str_head(line, at));
		buf_char(b, '\n');
		line = str_from(line, at);
	}
	buf_add(b, line);
}

/* Bars and images beyond the limit lose their meaning; says whether there were such bars. */
static bool tame_marks(struct buf *b, struct str line, size_t *images)
{
	size_t bars = 0;

	for (size_t i = 0; i < line.n; i++) {
		char c = line.p[i];
		bool image = c == '!' && i + 1 < line.n && line.p[i + 1] == '[';
		if (c == '|' && ++bars >= MARKDOWN_PIPES) {
			buf_add(b, S("&#124;"));
			continue;
		}
		if (image && ++*images > MARKDOWN_IMAGES)
			buf_char(b, '\\');
		buf_char(b, c);
	}
	return bars >= MARKDOWN_PIPES;
}

struct str source_tame(struct arena *a, struct str text, struct warnings *w)
{
	struct buf out = {.arena = a};
	struct str rest = text, line;
	size_t images = 0;

	for (int64_t number = 1; str_cut(&rest, '\n', &line); number++) {
		struct buf b = {.arena = a};
		if (tame_marks(&b, line, &images))
			warn(w, number,
			     "Diese Zeile hat mehr als %d Spalten. Die übrigen stehen "
			     "als Text in der letzten Spalte.",
			     MARKDOWN_PIPES - 1);
		tame_length(&out, buf_str(&b), number, w);
		buf_char(&out, '\n');
	}
	return buf_str(&out);
}

bool source_is_word(uint32_t c)
{
	if (c < 0x80)
		return (c >= '0' && c <= '9') || ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
	return (c >= 0xc0 && c < 0x2000 && c != 0xd7 && c != 0xf7) || (c >= 0x3040 && c < 0xe000) ||
	       (c >= 0xf900 && c < 0xfe00) || (c >= 0x20000 && c < 0xe0000);
}

bool source_word_before(struct str s, size_t at)
{
	size_t i = at;

	do {
		if (i == 0)
			return false;
		i--;
	} while (((unsigned char)s.p[i] & 0xc0) == 0x80);
	return source_is_word(utf8_next(s, &i));
}

static bool word_at(struct str s, size_t at)
{
	return at < s.n && source_is_word(utf8_next(s, &at));
}

static bool is_punctuation(char c)
{
	return c > ' ' && c < 0x7f && !source_is_word((uint32_t)c);
}

/* Length of "<https://…>", which the parser must see as it is; 0 for anything else. */
static size_t angle_link(struct str s)
{
	size_t i = 1;

	if (!str_starts(s, S("<http")) && !str_starts(s, S("<mailto:")))
		return 0;
	while (i < s.n && s.p[i] > ' ' && s.p[i] != '<' && s.p[i] != '>')
		i++;
	return i < s.n && s.p[i] == '>' ? i : 0;
}

struct str source_mark(struct arena *a, struct str text, const struct markdown_notes *notes)
{
	struct buf b = {.arena = a};
	struct str label;

	for (size_t i = 0; i < text.n;) {
		struct str here = str_from(text, i);
		size_t n = 1;
		bool part = false;
		if (here.p[0] == '\\' && here.n > 1 && is_punctuation(here.p[1])) {
			n = 2;
			part = here.p[1] == '*' || str_starts(here, S("\\[^"));
		} else if (here.p[0] == '<') {
			n = angle_link(here);
			n = n == 0 ? 1 : n;
		} else if (here.p[0] == '[' && note_reference(here, &label) &&
			   note_named(notes, label) != NULL) {
			/* "[^1](…)" and "[^1]: …" would be a link and its definition. */
			n = label.n + 3;
			part = true;
		} else if (here.p[0] == '*' && source_word_before(text, i) &&
			   word_at(text, i + 1)) {
			buf_char(&b, MARK_STAR);
			i++;
			continue;
		}
		buf_add(&b, str_head(here, n));
		if (part)
			buf_char(&b, MARK_NOTHING);
		i += n;
	}
	return buf_str(&b);
}

struct str source_plain(struct arena *a, struct str marked)
{
	struct buf b = {.arena = a};

	if (utf8_clean(marked, true))
		return marked;
	for (size_t i = 0; i < marked.n;) {
		size_t from = i;
		uint32_t c = utf8_next(marked, &i);
		if (c == MARK_STAR)
			buf_char(&b, '*');
		else if (c >= 0xa0 || (c >= 0x20 && c < 0x7f) || c == '\n' || c == '\t')
			buf_add(&b, str_head(str_from(marked, from), i - from));
	}
	return buf_str(&b);
}

struct str source_escape(struct arena *a, struct str text)
{
	struct buf b = {.arena = a};

	text = str_trim(text);
	for (size_t i = 0; i < text.n; i++) {
		bool space = text.p[i] == '\n' || text.p[i] == '\t';
		if (text.p[i] == '|') {
			buf_add(&b, S("&#124;"));
			continue;
		}
		if (is_punctuation(text.p[i]))
			buf_char(&b, '\\');
		buf_char(&b, space ? ' ' : text.p[i]);
	}
	return buf_str(&b);
}
