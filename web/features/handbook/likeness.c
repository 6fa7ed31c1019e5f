/* likeness.c -- texts as bags of hashed words. */
#include "features/handbook/likeness.h"

#include <stdlib.h>

static const uint32_t fnv_basis = 0x811c9dc5, fnv_prime = 16777619;

static bool is_letter(unsigned char c)
{
	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

static int ascending(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

struct word_bag word_bag_of(struct arena *a, struct str plain)
{
	/* Two words have something between them. */
	struct word_bag bag = {.hashes = ARENA_ARRAY(a, uint32_t, (plain.n + 1) / 2)};

	for (size_t i = 0; i < plain.n;) {
		uint32_t hash = fnv_basis;
		size_t from = i;
		for (; i < plain.n && is_letter((unsigned char)plain.p[i]); i++) {
			unsigned char c = (unsigned char)plain.p[i];
			hash = (hash ^ (c >= 'A' && c <= 'Z' ? c + 32u : c)) * fnv_prime;
		}
		if (i > from)
			bag.hashes[bag.n++] = hash;
		else
			i++;
	}
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
