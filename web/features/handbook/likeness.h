/*
 * likeness.h -- how many words two texts share, in any order.  Pure.
 *
 * A word is a run of letters and digits, capitals and small ones alike within ASCII; whatever
 * lies outside of ASCII counts as a letter.  Texts are normalised plain text (normal_plain).
 */
#ifndef HANDBOOK_LIKENESS_H
#define HANDBOOK_LIKENESS_H

#include "base/arena.h"

/* The words of a text as hashes in ascending order, each as often as it occurs. */
struct word_bag {
	size_t n;
	uint32_t *hashes;
};
struct word_bag word_bag_of(struct arena *a, struct str plain);

/* How many words both have, each counted as often as both have it. */
size_t word_bag_common(const struct word_bag *one, const struct word_bag *other);

/* 0 to 100: 2 · common / (words of one + words of the other); 0 for texts without words. */
int word_bag_likeness(const struct word_bag *one, const struct word_bag *other);

/* What is left of it when the words of the other are taken out, each as often as it stands there.
 */
struct word_bag word_bag_without(struct arena *a, const struct word_bag *bag,
				 const struct word_bag *other);

#endif
