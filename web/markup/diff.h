/*
 * diff.h -- two wordings compared word by word, and how alike two wordings are.  Pure.
 *
 * A word is a run of letters and digits ("Bürger"; also "1.500" and "12:30"); every other
 * character but a blank is a word of its own.  Texts are valid UTF-8, plain or Markdown; no part
 * ever ends inside a code point.
 */
#ifndef MARKUP_DIFF_H
#define MARKUP_DIFF_H

#include "base/arena.h"

enum diff_kind { DIFF_SAME, DIFF_DELETED, DIFF_INSERTED };

struct diff_part {
	enum diff_kind kind;
	struct str text; /* a span of `from`, or of `to` when inserted */
	size_t change;   /* the change that it belongs to, from 1; 0: same, or nothing but blanks */
};

/*
 * All same and deleted parts together are `from`, all same and inserted ones `to`, to the byte.  A
 * change is at most one deleted and one inserted part, in this order; blanks that alone differ
 * (a line broken elsewhere) are parts but no change.
 */
struct diff {
	size_t n;
	struct diff_part *parts;
	size_t changes;
	bool coarse; /* the budget was too small: right, but more is shown as changed than needed */
};

/* Enough for a page with a few thousand edited blocks; used up in about 50 ms. */
enum { DIFF_BUDGET = 10 * 1000 * 1000 };

/*
 * The longest common subsequence of the words, then made readable: a word or two that both sides
 * share by chance inside a change become part of it, and a sentence put in is shown from its
 * beginning.  *budget counts steps over all texts of one page, begins with DIFF_BUDGET, and never
 * falls below 0; one call takes half of what is left at most, so that one text without likeness
 * leaves enough for the others.  Time O((N+M)·D) within the budget, memory O(N+M).
 */
void diff_words(struct arena *a, struct str from, struct str to, int64_t *budget, struct diff *out);

#endif
