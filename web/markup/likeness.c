/* likeness.c -- texts as bags of hashed words. */
#include "markup/likeness.h"

#include "markup/words.h"

#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

static uint32_t hash_without_case(struct str word)
{
	uint32_t hash = 0x811c9dc5; /* FNV-1a */

	for (size_t i = 0; i < word.n; i++) {
		unsigned char c = (unsigned char)word.p[i];
		hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * 16777619u;
	}
	return hash;
}

struct word_bag word_bag_of(struct arena *a, struct str plain)
{
	/* Two words have something between them. */
	struct word_bag bag = {.hashes = ARENA_ARRAY(a, uint32_t, (plain.n + 1) / 2)};
	struct word w;

	for (size_t at = 0; words_next(plain, &at, &w);)
		if (w.letters)
			bag.hashes[bag.n++] = hash_without_case((struct str){plain.p + w.at, w.n});
	if (bag.n > 0)
		qsort(bag.hashes, bag.n, sizeof *bag.hashes, ascending);
	return bag;
}

size_t word_bag_common(const struct word_bag *one, const struct word_bag *other)
{
	size_t i = 0, j = 0, common = 0;

	/* Without branches: which one is smaller is a matter of chance, and guessing wrong costs
	 * more than the comparison. */
	while (i < one->n && j < other->n) {
		uint32_t x = one->hashes[i], y = other->hashes[j];
		common += x == y;
		i += x <= y;
		j += y <= x;
	}
	return common;
}

int word_bag_likeness(const struct word_bag *one, const struct word_bag *other)
{
	size_t all = one->n + other->n;

	return all == 0 ? 0 : (int)(200 * word_bag_common(one, other) / all);
}

int text_likeness(struct arena *a, struct str one, struct str other)
{
	struct word_bag x = word_bag_of(a, one), y = word_bag_of(a, other);

	return str_eq(one, other) ? 100 : word_bag_likeness(&x, &y);
}

struct word_bag word_bag_without(struct arena *a, const struct word_bag *bag,
				 const struct word_bag *other)
{
	struct word_bag rest = {.hashes = ARENA_ARRAY(a, uint32_t, bag->n)};

	for (size_t i = 0, j = 0; i < bag->n; i++) {
		while (j < other->n && other->hashes[j] < bag->hashes[i])
			j++;
		if (j < other->n && other->hashes[j] == bag->hashes[i])
			j++;
		else
			rest.hashes[rest.n++] = bag->hashes[i];
	}
	return rest;
}
