/*
 * words.h -- a text cut into words, for the files of this directory only.
 *
 * A word is a run of letters, digits and marks on them; between two digits also . , or : ("1.500",
 * "12:30").  Any other character is a word of its own, except blanks, which are none: they stand
 * between the words.
 */
#ifndef MARKUP_WORDS_H
#define MARKUP_WORDS_H

#include "base/arena.h"

struct word {
	uint32_t at, n; /* bytes in the text */
	uint32_t hash;
	bool letters; /* false: a single character that is neither letter nor digit */
};

/* The next word from *at on, which moves behind it; false when only blanks are left. */
bool words_next(struct str text, size_t *at, struct word *out);
struct word *words_of(struct arena *a, struct str text, size_t *n);

/* Length of the blank (also a no-break one) at the start of s; 0 for anything else. */
size_t words_blank(struct str s);

#endif
