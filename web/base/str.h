/*
 * str.h -- counted strings: the only kind of text inside the program.
 *
 * A struct str does not own its bytes, is not terminated, and may contain any byte.  C strings
 * appear only at the edges to libraries (see arena_cstr).  Lengths are bytes unless a name says
 * "chars"; then they are Unicode code points.
 */
#ifndef BASE_STR_H
#define BASE_STR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#ifdef __cplusplus
extern "C" {
#endif

struct str {
	const char *p; /* may be NULL only when n == 0 */
	size_t n;
};

/* A literal as a struct str: S("abc"). */
#define S(literal) ((struct str){"" literal, sizeof(literal) - 1})
/* For static initialisers, where a compound literal is not allowed. */
#define S_INIT(literal)                                                                            \
	{                                                                                          \
		"" literal, sizeof(literal) - 1                                                    \
	}
/* For printf-like functions: printf("%.*s", ARG(s)). */
#define ARG(s) (int)(s).n, (s).p

struct str str_of(const char *cstr); /* view of a C string; NULL gives an empty one */
bool str_eq(struct str a, struct str b);
bool str_eq_nocase(struct str a, struct str b); /* ASCII letters only */
bool str_starts(struct str s, struct str prefix);
bool str_ends(struct str s, struct str suffix);
int str_cmp(struct str a, struct str b);          /* by bytes, shorter first */
struct str str_trim(struct str s);                /* without ASCII white space at both ends */
struct str str_from(struct str s, size_t offset); /* from offset (at most s.n) to the end */
struct str str_head(struct str s, size_t n);      /* the first n bytes, or all */

/* Index of the first occurrence, or s.n when there is none. */
size_t str_find(struct str s, struct str what);
size_t str_find_char(struct str s, char c);

/* "handschlag.example" of "https://handschlag.example:8080/x"; empty when it is no such address. */
struct str str_host(struct str url);

/*
 * Cuts off everything up to the separator and returns it; `rest` continues behind the separator.
 * Returns false when the rest is used up:  while (str_cut(&rest, ';', &part)) …
 * A rest with p == NULL is used up; "a;" gives "a" and "".
 */
bool str_cut(struct str *rest, char separator, struct str *part);

/* Decimal digits only, no sign, no blank; false on anything else or on overflow. */
bool str_to_int(struct str s, int64_t *out);

#ifdef __cplusplus
}
#endif

#endif
