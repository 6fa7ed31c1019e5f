/* utf8.c -- decoding, checks, and the two German foldings (sort key, slug). */
#include "base/utf8.h"

enum { REPLACEMENT = 0xfffd, SLUG_MAX = 60 };

/* Length of the sequence at s, its code point in *cp; 0 when it is not well-formed. */
static size_t decode(struct str s, uint32_t *cp)
{
	const unsigned char *p = (const unsigned char *)s.p;
	size_t n = p[0] < 0x80 ? 1 : p[0] < 0xc2 ? 0 : p[0] < 0xe0 ? 2 : p[0] < 0xf0 ? 3 : 4;
	static const uint32_t first_mask[] = {0, 0x7f, 0x1f, 0x0f, 0x07};
	static const uint32_t smallest[] = {0, 0, 0x80, 0x800, 0x10000};

	if (n == 0 || n > s.n || p[0] > 0xf4)
		return 0;
	uint32_t value = p[0] & first_mask[n];
	for (size_t i = 1; i < n; i++) {
		if ((p[i] & 0xc0) != 0x80)
			return 0;
		value = value << 6 | (p[i] & 0x3fu);
	}
	if (value < smallest[n] || value > 0x10ffff || (value >= 0xd800 && value <= 0xdfff))
		return 0;
	*cp = value;
	return n;
}

bool utf8_valid(struct str s)
{
	uint32_t cp;

	for (size_t i = 0, n; i < s.n; i += n)
		if ((n = decode(str_from(s, i), &cp)) == 0)
			return false;
	return true;
}

bool utf8_clean(struct str s, bool lines)
{
	for (size_t i = 0, n; i < s.n; i += n) {
		uint32_t cp;
		if ((n = decode(str_from(s, i), &cp)) == 0)
			return false;
		bool layout = lines && (cp == '\t' || cp == '\n' || cp == '\r');
		if ((cp < 0x20 && !layout) || (cp >= 0x7f && cp < 0xa0))
			return false;
	}
	return true;
}

uint32_t utf8_next(struct str s, size_t *at)
{
	uint32_t cp;
	size_t n = decode(str_from(s, *at), &cp);

	*at += n == 0 ? 1 : n;
	return n == 0 ? REPLACEMENT : cp;
}

struct str utf8_lines(struct arena *a, struct str s)
{
	if (str_find_char(s, '\r') == s.n)
		return s;
	char *text = arena_alloc(a, s.n);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		bool cr = s.p[i] == '\r';
		text[n++] = cr ? '\n' : s.p[i];
		if (cr && i + 1 < s.n && s.p[i + 1] == '\n')
			i++;
	}
	return (struct str){text, n};
}

size_t utf8_chars(struct str s)
{
	size_t count = 0;

	for (size_t i = 0; i < s.n; count++)
		(void)utf8_next(s, &i);
	return count;
}

struct str utf8_head(struct str s, size_t chars)
{
	size_t i = 0;

	while (i < s.n && chars-- > 0)
		(void)utf8_next(s, &i);
	return str_head(s, i);
}

struct str utf8_beginning(struct arena *a, struct str s, size_t chars)
{
	struct str head = utf8_head(s, chars);

	if (head.n == s.n)
		return s;
	size_t end = head.n;
	while (end > 0 && s.p[end] != ' ')
		end--;
	return arena_fmt(a, "%.*s …", ARG(str_trim(end > 0 ? str_head(head, end) : head)));
}

void utf8_put(struct buf *b, uint32_t cp)
{
	if (cp < 0x80) {
		buf_char(b, (char)cp);
	} else if (cp < 0x800) {
		buf_char(b, (char)(0xc0 | cp >> 6));
		buf_char(b, (char)(0x80 | (cp & 0x3f)));
	} else if (cp < 0x10000) {
		buf_char(b, (char)(0xe0 | cp >> 12));
		buf_char(b, (char)(0x80 | (cp >> 6 & 0x3f)));
		buf_char(b, (char)(0x80 | (cp & 0x3f)));
	} else {
		buf_char(b, (char)(0xf0 | cp >> 18));
		buf_char(b, (char)(0x80 | (cp >> 12 & 0x3f)));
		buf_char(b, (char)(0x80 | (cp >> 6 & 0x3f)));
		buf_char(b, (char)(0x80 | (cp & 0x3f)));
	}
}

struct folding {
	uint32_t from, to; /* inclusive */
	struct str sort, slug;
};

/* Latin-1 letters and the neighbours found in European names. */
static const struct folding foldings[] = {
    {0xc0, 0xc3, S_INIT("a"), S_INIT("a")},       {0xc4, 0xc4, S_INIT("a"), S_INIT("ae")},
    {0xc5, 0xc5, S_INIT("a"), S_INIT("a")},       {0xc6, 0xc6, S_INIT("ae"), S_INIT("ae")},
    {0xc7, 0xc7, S_INIT("c"), S_INIT("c")},       {0xc8, 0xcb, S_INIT("e"), S_INIT("e")},
    {0xcc, 0xcf, S_INIT("i"), S_INIT("i")},       {0xd1, 0xd1, S_INIT("n"), S_INIT("n")},
    {0xd2, 0xd5, S_INIT("o"), S_INIT("o")},       {0xd6, 0xd6, S_INIT("o"), S_INIT("oe")},
    {0xd8, 0xd8, S_INIT("o"), S_INIT("o")},       {0xd9, 0xdb, S_INIT("u"), S_INIT("u")},
    {0xdc, 0xdc, S_INIT("u"), S_INIT("ue")},      {0xdd, 0xdd, S_INIT("y"), S_INIT("y")},
    {0xdf, 0xdf, S_INIT("ss"), S_INIT("ss")},     {0xff, 0xff, S_INIT("y"), S_INIT("y")},
    {0x100, 0x105, S_INIT("a"), S_INIT("a")},     {0x106, 0x10d, S_INIT("c"), S_INIT("c")},
    {0x112, 0x11b, S_INIT("e"), S_INIT("e")},     {0x11e, 0x11f, S_INIT("g"), S_INIT("g")},
    {0x130, 0x131, S_INIT("i"), S_INIT("i")},     {0x141, 0x142, S_INIT("l"), S_INIT("l")},
    {0x143, 0x148, S_INIT("n"), S_INIT("n")},     {0x150, 0x151, S_INIT("o"), S_INIT("o")},
    {0x158, 0x159, S_INIT("r"), S_INIT("r")},     {0x15a, 0x161, S_INIT("s"), S_INIT("s")},
    {0x16e, 0x171, S_INIT("u"), S_INIT("u")},     {0x179, 0x17e, S_INIT("z"), S_INIT("z")},
    {0x1e9e, 0x1e9e, S_INIT("ss"), S_INIT("ss")},
};

static const struct folding *folding_of(uint32_t cp)
{
	/* Lower-case Latin-1 letters lie 0x20 behind their capitals, except ß and ÿ. */
	uint32_t capital = cp >= 0xe0 && cp <= 0xfe ? cp - 0x20 : cp;

	for (size_t i = 0; i < sizeof foldings / sizeof foldings[0]; i++)
		if (capital >= foldings[i].from && capital <= foldings[i].to)
			return &foldings[i];
	return NULL;
}

static char ascii_lower(uint32_t cp)
{
	return (char)(cp >= 'A' && cp <= 'Z' ? cp - 'A' + 'a' : cp);
}

struct str utf8_sort_key(struct arena *a, struct str s)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < s.n;) {
		uint32_t cp = utf8_next(s, &i);
		const struct folding *f = cp < 0x80 ? NULL : folding_of(cp);
		if (f != NULL)
			buf_add(&b, f->sort);
		else if (cp < 0x80)
			buf_char(&b, ascii_lower(cp));
		else
			utf8_put(&b, cp);
	}
	return buf_str(&b);
}

static bool is_word(uint32_t cp)
{
	return (cp >= '0' && cp <= '9') || (cp >= 'a' && cp <= 'z') || (cp >= 'A' && cp <= 'Z');
}

struct str utf8_slug(struct arena *a, struct str s)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < s.n && b.n < SLUG_MAX - 2;) {
		uint32_t cp = utf8_next(s, &i);
		const struct folding *f = cp < 0x80 ? NULL : folding_of(cp);
		if (f != NULL)
			buf_add(&b, f->slug);
		else if (is_word(cp))
			buf_char(&b, ascii_lower(cp));
		else if (b.n > 0 && b.p[b.n - 1] != '-')
			buf_char(&b, '-');
	}
	while (b.n > 0 && b.p[b.n - 1] == '-')
		b.n--;
	return buf_str(&b);
}
