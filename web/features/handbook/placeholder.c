/* placeholder.c -- finds {{keys}} and writes values that mean nothing but their characters. */
#include "features/handbook/placeholder.h"

#include "markup/markdown.h"

#include "base/utf8.h"

#include <string.h>

enum { SHOWN_MAX = 60, UNKNOWN_MAX = 500 };

static bool is_key_char(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-';
}

bool placeholder_key_valid(struct str key)
{
	if (key.n < PLACEHOLDER_KEY_MIN || key.n > PLACEHOLDER_KEY_MAX)
		return false;
	for (size_t i = 0; i < key.n; i++)
		if (!is_key_char(key.p[i]))
			return false;
	return true;
}

static size_t skip_blanks(struct str s, size_t at)
{
	while (at < s.n && (s.p[at] == ' ' || s.p[at] == '\t'))
		at++;
	return at;
}

/* Length of the "{{ key }}" that begins s; 0 when it is none. */
static size_t marker(struct str s, struct str *key)
{
	size_t from = skip_blanks(s, 2), to = from;

	while (to < s.n && to - from <= PLACEHOLDER_KEY_MAX && is_key_char(s.p[to]))
		to++;
	*key = str_head(str_from(s, from), to - from);
	size_t end = skip_blanks(s, to);
	return placeholder_key_valid(*key) && str_starts(str_from(s, end), S("}}")) ? end + 2 : 0;
}

static const struct placeholder *named(const struct placeholders *p, struct str key)
{
	for (size_t i = 0; i < p->n; i++)
		if (str_eq(p->v[i].key, key))
			return &p->v[i];
	return NULL;
}

static struct str tidied(struct arena *a, struct str value)
{
	struct buf b = {.arena = a};
	bool gap = false;

	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];
		if (c <= ' ' || c == 0x7f) {
			gap = b.n > 0;
			continue;
		}
		if (gap)
			buf_char(&b, ' ');
		gap = false;
		buf_char(&b, (char)c);
	}
	return buf_str(&b);
}

/* What a value becomes --------------------------------------------------------------------------*/

static void write_text(struct buf *b, struct str value)
{
	buf_add(b, value);
}

static void write_html(struct buf *b, struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		switch (value.p[i]) {
		case '&':
			buf_add(b, S("&amp;"));
			break;
		case '<':
			buf_add(b, S("&lt;"));
			break;
		case '>':
			buf_add(b, S("&gt;"));
			break;
		case '"':
			buf_add(b, S("&quot;"));
			break;
		case '\'':
			buf_add(b, S("&#39;"));
			break;
		default:
			buf_char(b, value.p[i]);
		}
}

static void write_markdown(struct buf *b, struct str value)
{
	buf_add(b, markdown_escape(b->arena, value));
}

/* Filling ---------------------------------------------------------------------------------------*/

static bool behind_backslash(struct str s, size_t at)
{
	size_t n = 0;

	while (n < at && s.p[at - n - 1] == '\\')
		n++;
	return n % 2 == 1;
}

struct filler {
	struct arena *a;
	struct str text;
	const struct placeholders *p;
	enum placeholder_side side;
	bool markdown; /* a backslash in front keeps the braces */
};

/* A key in the text and what stands for it. */
struct hole {
	size_t at, n;
	struct str value;
};

/* The next one from `from` on whose key has a value. */
static bool next_hole(const struct filler *f, size_t from, struct hole *h)
{
	for (h->at = from; (h->at += str_find(str_from(f->text, h->at), S("{{"))) < f->text.n;
	     h->at++) { /* "{{{key}}}" has its key one brace later */
		struct str key;
		h->n = marker(str_from(f->text, h->at), &key);
		const struct placeholder *known = h->n == 0 ? NULL : named(f->p, key);
		if (known == NULL || (f->markdown && behind_backslash(f->text, h->at)))
			continue;
		h->value =
		    tidied(f->a, f->side == PLACEHOLDER_PUBLIC ? known->public_ : known->internal);
		if (h->value.n > 0)
			return true;
	}
	return false;
}

static struct str fill(const struct filler *f, void (*write)(struct buf *, struct str))
{
	struct buf b = {.arena = f->a};
	struct hole h;
	size_t from = 0;

	if (str_find(f->text, S("{{")) == f->text.n)
		return f->text;
	for (; next_hole(f, from, &h); from = h.at + h.n) {
		buf_add(&b, str_head(str_from(f->text, from), h.at - from));
		write(&b, h.value);
	}
	buf_add(&b, str_from(f->text, from));
	return buf_str(&b);
}

struct str placeholder_fill_html(struct arena *a, struct str html, const struct placeholders *p,
				 enum placeholder_side side)
{
	return fill(&(struct filler){a, html, p, side, false}, write_html);
}

struct str placeholder_fill_text(struct arena *a, struct str text, const struct placeholders *p,
				 enum placeholder_side side)
{
	return fill(&(struct filler){a, text, p, side, false}, write_text);
}

struct str placeholder_fill_markdown(struct arena *a, struct str markdown,
				     const struct placeholders *p, enum placeholder_side side)
{
	return fill(&(struct filler){a, markdown, p, side, true}, write_markdown);
}

/* A place in the filled text that lies in what was copied is known; inside a value it is widened to
 * the key. */
void placeholder_stored_span(struct arena *a, struct str text, const struct placeholders *p,
			     enum placeholder_side side, size_t *start, size_t *length)
{
	const struct filler f = {a, text, p, side, false};
	size_t end = *start + *length, from = 0, filled = 0; /* stored and filled bytes passed */
	size_t first = SIZE_MAX, last = SIZE_MAX;
	struct hole h;

	for (; next_hole(&f, from, &h); from = h.at + h.n, filled += h.value.n) {
		size_t begins = filled + (h.at - from);
		if (first == SIZE_MAX && *start < begins + h.value.n)
			first = *start < begins ? from + (*start - filled) : h.at;
		if (last == SIZE_MAX && end <= begins + h.value.n)
			last = end <= begins ? from + (end - filled) : h.at + h.n;
		filled = begins;
	}
	if (first == SIZE_MAX)
		first = from + (*start - filled);
	if (last == SIZE_MAX)
		last = from + (end - filled);
	*start = first;
	*length = last - first;
}

/* What is not resolved --------------------------------------------------------------------------*/

static bool listed(const struct str *list, size_t n, struct str s)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(list[i], s))
			return true;
	return false;
}

/* What stands behind "{{", up to "}}" or the end of the line, cut at whole characters. */
static struct str in_braces(struct str s)
{
	struct str inner = str_head(str_from(s, 2), 2 * SHOWN_MAX);

	inner = str_head(inner, str_find_char(inner, '\n'));
	inner = str_trim(str_head(inner, str_find(inner, S("}}"))));
	if (inner.n <= SHOWN_MAX)
		return inner;
	size_t n = SHOWN_MAX;
	while (n > 0 && ((unsigned char)inner.p[n] & 0xc0) == 0x80)
		n--;
	return str_head(inner, n);
}

size_t placeholder_unknown(struct arena *a, struct str text, const struct placeholders *p,
			   struct str **keys)
{
	struct str *list = NULL;
	size_t count = 0;

	for (size_t at = str_find(text, S("{{")); at < text.n && count < UNKNOWN_MAX;) {
		struct str here = str_from(text, at), key;
		size_t n = marker(here, &key);
		if (n == 0 && at + 2 < text.n && text.p[at + 2] == '{') {
			at++; /* the last two of three braces */
			continue;
		}
		if (n == 0)
			key = in_braces(here);
		if (named(p, key) == NULL && !listed(list, count, key)) {
			if (list == NULL)
				list = ARENA_ARRAY(a, struct str, UNKNOWN_MAX);
			list[count++] = key;
		}
		at += n == 0 ? 2 : n;
		at += str_find(str_from(text, at), S("{{"));
	}
	*keys = list;
	return count;
}

static size_t percent_brace(struct str s)
{
	size_t n = 1;

	while (str_starts(str_from(s, n), S("25")))
		n += 2;
	return s.n >= n + 2 && s.p[n] == '7' && (s.p[n + 1] | 0x20) == 'b' ? n + 2 : 0;
}

static size_t entity_brace(struct str s)
{
	static const struct str names[] = {S_INIT("&lcub;"), S_INIT("&lbrace;")};
	bool hex = s.n > 2 && (s.p[2] | 0x20) == 'x';
	size_t n = hex ? 3 : 2;

	for (size_t i = 0; i < 2; i++)
		if (str_starts(s, names[i]))
			return names[i].n;
	if (!str_starts(s, S("&#")))
		return 0;
	while (n < s.n && s.p[n] == '0')
		n++;
	struct str code = hex ? S("7b") : S("123");
	if (!str_eq_nocase(str_head(str_from(s, n), code.n), code))
		return 0;
	n += code.n;
	return n < s.n && s.p[n] == ';' ? n + 1 : n;
}

/* Length of one opening brace at the start of s, however it is written. */
static size_t brace(struct str s)
{
	size_t n = 0;

	while (n < s.n && s.p[n] == '\\')
		n++;
	if (n < s.n && s.p[n] == '{')
		return n + 1;
	if (s.n > 0 && s.p[0] == '%')
		return percent_brace(s);
	return s.n > 0 && s.p[0] == '&' ? entity_brace(s) : 0;
}

size_t placeholder_find_braces(struct str s, size_t *length)
{
	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] != '{' && s.p[i] != '%' && s.p[i] != '&' && s.p[i] != '\\')
			continue;
		struct str here = str_from(s, i);
		size_t first = brace(here);
		size_t second = first == 0 ? 0 : brace(str_from(here, first));
		*length = first + second;
		if (second > 0)
			return i;
		while (i + 1 < s.n && s.p[i] == '\\' && s.p[i + 1] == '\\')
			i++; /* a long row of them is read once */
	}
	return s.n;
}
