/* likeness.c -- how many words two texts share, in any order. */
#include "markup/diff.h"
#include "markup/words.h"

#include <stdlib.h>

static int ascending(const void *a, const void *b)
{
	uint32_t x = *(const uint32_t *)a, y = *(const uint32_t *)b;

	return (x > y) - (x < y);
}

struct diff_set diff_set_of(struct arena *a, struct str text)
{
	struct diff_set set = {.text = text};
	struct word w;

	/* Two words have something between them. */
	set.hashes = ARENA_ARRAY(a, uint32_t, (text.n + 1) / 2);
	for (size_t at = 0; words_next(text, &at, &w);)
		if (w.letters)
			set.hashes[set.n++] = w.hash;
	if (set.n > 0)
		qsort(set.hashes, set.n, sizeof *set.hashes, ascending);
	return set;
}

int diff_set_likeness(const struct diff_set *one, const struct diff_set *other)
{
	size_t i = 0, j = 0, common = 0;

	if (one->n + other->n == 0)
		return str_eq(one->text, other->text) ? 100 : 0;
	/* Without branches: which one is smaller is a matter of chance, and guessing wrong costs
	 * more than the comparison. */
	while (i < one->n && j < other->n) {
		uint32_t x = one->hashes[i], y = other->hashes[j];
		common += x == y;
		i += x <= y;
		j += y <= x;
	}
	return (int)(200 * common / (one->n + other->n));
}

int diff_likeness(struct arena *a, struct str one, struct str other)
{
	struct diff_set x = diff_set_of(a, one), y = diff_set_of(a, other);

	return diff_set_likeness(&x, &y);
}
