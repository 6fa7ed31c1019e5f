/* compare.c -- merges two lists of blocks along the longest run that kept its order. */
#include "features/handbook/compare.h"

#include <stdlib.h>

#define GONE SIZE_MAX

struct place {
	int64_t block_id;
	size_t at;
};

static int by_block(const void *a, const void *b)
{
	const struct place *x = a, *y = b;

	return (x->block_id > y->block_id) - (x->block_id < y->block_id);
}

/* For each block of `to` where it stands in `from`, or GONE. */
static size_t *find_places(struct arena *a, const struct manuscript *from,
			   const struct manuscript *to)
{
	struct place *places = ARENA_ARRAY(a, struct place, from->n);
	size_t *at = ARENA_ARRAY(a, size_t, to->n);

	for (size_t i = 0; i < from->n; i++)
		places[i] = (struct place){from->v[i].block_id, i};
	if (from->n > 0)
		qsort(places, from->n, sizeof places[0], by_block);
	for (size_t j = 0; j < to->n; j++) {
		struct place key = {to->v[j].block_id, 0};
		const struct place *found =
		    from->n == 0 ? NULL
				 : bsearch(&key, places, from->n, sizeof places[0], by_block);
		at[j] = found == NULL ? GONE : found->at;
	}
	return at;
}

/* Marks the longest ascending run of places: what kept its order.  All others have moved. */
static bool *find_steady(struct arena *a, const size_t *at, size_t n)
{
	size_t *tail = ARENA_ARRAY(a, size_t, n + 1), *before = ARENA_ARRAY(a, size_t, n);
	bool *steady = ARENA_ARRAY(a, bool, n);
	size_t length = 0;

	for (size_t j = 0; j < n; j++) {
		if (at[j] == GONE)
			continue;
		size_t low = 0, high = length;
		while (low < high) {
			size_t middle = (low + high) / 2;
			if (at[tail[middle]] < at[j])
				low = middle + 1;
			else
				high = middle;
		}
		before[j] = low > 0 ? tail[low - 1] : GONE;
		tail[low] = j;
		if (low == length)
			length++;
	}
	for (size_t j = length > 0 ? tail[length - 1] : GONE; j != GONE; j = before[j])
		steady[j] = true;
	return steady;
}

static enum change_kind kind_of(const struct passage *from, const struct passage *to, bool steady)
{
	if (!str_eq(from->hash, to->hash))
		return CHANGE_WORDS;
	if (from->text_id != to->text_id && (!passage_same_wording(&from->text, &to->text) ||
					     !str_eq(from->audience, to->audience)))
		return CHANGE_FORM;
	return steady ? CHANGE_NONE : CHANGE_MOVED;
}

size_t compare(struct arena *a, const struct manuscript *from, const struct manuscript *to,
	       struct change **out)
{
	size_t *at = find_places(a, from, to);
	bool *steady = find_steady(a, at, to->n), *lives = ARENA_ARRAY(a, bool, from->n);
	struct change *v = ARENA_ARRAY(a, struct change, from->n + to->n);
	size_t n = 0, next = 0;

	for (size_t j = 0; j < to->n; j++)
		if (at[j] != GONE)
			lives[at[j]] = true;
	for (size_t j = 0; j <= to->n; j++) {
		/* What is gone comes before the next block that kept its order. */
		size_t until = j == to->n ? from->n : steady[j] ? at[j] : next;
		for (; next < until; next++)
			if (!lives[next])
				v[n++] = (struct change){CHANGE_DELETED, &from->v[next], NULL};
		if (j == to->n)
			break;
		if (at[j] == GONE)
			v[n++] = (struct change){CHANGE_NEW, NULL, &to->v[j]};
		else
			v[n++] = (struct change){kind_of(&from->v[at[j]], &to->v[j], steady[j]),
						 &from->v[at[j]], &to->v[j]};
	}
	*out = v;
	return n;
}
