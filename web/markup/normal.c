/* normal.c -- Unicode normalisation and the folding for comparisons. */
#include "markup/normal.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

struct str normal_nfc(struct arena *a, struct str s)
{
	utf8proc_uint8_t *composed = NULL;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n,
					  &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);

	if (n < 0)
		return s;
	struct str out = arena_str(a, (struct str){(const char *)composed, (size_t)n});
	free(composed);
	return out;
}

static bool is_blank(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xa0 || cp == 0x202f ||
	       (cp >= 0x2000 && cp <= 0x200a);
}

static bool is_nothing(uint32_t cp)
{
	return cp == 0xad || cp == 0x200b || cp == 0x2060 || cp == 0xfeff;
}

static uint32_t unified(uint32_t cp)
{
	switch (cp) {
	case 0xab:   /* « */
	case 0xbb:   /* » */
	case 0x201c: /* “ */
	case 0x201d: /* ” */
	case 0x201e: /* „ */
	case 0x201f:
		return '"';
	case 0x2018: /* ‘ */
	case 0x2019: /* ’ */
	case 0x201a: /* ‚ */
	case 0x2039: /* ‹ */
	case 0x203a: /* › */
		return '\'';
	case 0x2010:
	case 0x2011:
	case 0x2012:
	case 0x2013: /* – */
	case 0x2014: /* — */
		return '-';
	default:
		return cp;
	}
}

struct str normal_plain(struct arena *a, struct str s)
{
	struct str text = normal_nfc(a, s);
	struct buf b = {.arena = a};
	bool gap = false;

	for (size_t i = 0; i < text.n;) {
		uint32_t cp = utf8_next(text, &i);
		if (is_nothing(cp))
			continue;
		if (is_blank(cp)) {
			gap = b.n > 0;
			continue;
		}
		if (gap)
			buf_char(&b, ' ');
		gap = false;
		utf8_put(&b, unified(cp));
	}
	return buf_str(&b);
}
