/*
 * lcs.h -- longest common subsequence of two lists of numbers (E. Myers 1986, in linear space), for
 * the files of this directory only.
 */
#ifndef MARKUP_LCS_H
#define MARKUP_LCS_H

#include "base/arena.h"

struct lcs_list {
	const uint32_t *id;
	bool *same; /* out: belongs to the subsequence; begins false */
	size_t n;
};

/*
 * Sets `same` for equally many elements on both sides: the k-th of one is the k-th of the other.
 * Each comparison takes one from *budget.  When it is used up, what is common at both ends of
 * the rest is still found and false comes back: common, but not the longest.
 */
bool lcs_find(struct arena *a, struct lcs_list from, struct lcs_list to, int64_t *budget);

#endif
