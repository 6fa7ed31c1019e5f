/*
 * likeness.h -- how many words two texts share, in any order.  Pure.
 *
 * Words as for the comparison, of letters and digits only; capitals and small ones are alike within
 * ASCII.  Texts are normalised plain text (normal_plain).
 */
#ifndef MARKUP_LIKENESS_H
#define MARKUP_LIKENESS_H

#include "base/arena.h"

/* The words of a text as hashes in ascending order, each as often as it occurs. */
struct word_bag {
	size_t n;
	uint32_t *hashes;
};
struct word_bag word_bag_of(struct arena *a, struct str plain);

/* How many words both have, each counted as often as both have it. */
size_t word_bag_common(const struct word_bag *one, const struct word_bag *other);

/* 0 to 100: 100 · 2 · common / (words of one + words of the other); 0 for texts without words.
 * From 50 on one can be taken for the other, rewritten. */
int word_bag_likeness(const struct word_bag *one, const struct word_bag *other);

/* The same for two texts that are compared once; 100 when they are equal. */
int text_likeness(struct arena *a, struct str one, struct str other);

/* What is left of it when the words of the other are taken out, each as often as it stands there.
 */
struct word_bag word_bag_without(struct arena *a, const struct word_bag *bag,
				 const struct word_bag *other);

#endif
