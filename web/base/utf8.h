/*
 * utf8.h -- rules for text that comes from outside.
 */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include "base/arena.h"

/* Well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, at most U+10FFFF). */
bool utf8_valid(struct str s);

/* Valid, and without NUL and other control characters; tab, CR and LF only if `lines`. */
bool utf8_clean(struct str s, bool lines);

/* Every line end as LF alone; the same text, not copied, when it is so already. */
struct str utf8_lines(struct arena *a, struct str s);

/* All of it when it fits, else as many whole words as fit, and " …". */
struct str utf8_beginning(struct arena *a, struct str s, size_t chars);
size_t utf8_chars(struct str s);                  /* code points; an invalid byte counts as one */
struct str utf8_head(struct str s, size_t chars); /* the first `chars` code points */

/* Reads one code point at *at and moves on; U+FFFD for an invalid byte. Needs *at < s.n. */
uint32_t utf8_next(struct str s, size_t *at);
void utf8_put(struct buf *b, uint32_t code_point);

/*
 * Sort key for German lists (DIN 5007-1): ä as a, ö as o, ü as u, ß as ss, letters without
 * marks, lower case.  Compare with str_cmp.
 */
struct str utf8_sort_key(struct arena *a, struct str s);

/* "Sensorik & Klima" -> "sensorik-klima": ä becomes ae, ß ss, all else becomes one hyphen. At
 * most 60 bytes; empty when nothing is left. */
struct str utf8_slug(struct arena *a, struct str s);

#endif
