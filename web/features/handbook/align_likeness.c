/* align_likeness.c -- blocks whose words changed. */
#include "features/handbook/align_parts.h"
#include "markup/markdown.h"

#include <stdlib.h>

enum {
	LIKENESS_MIN = 50,
	KIND_BONUS = 4,
	PLACE_BONUS = 4,
	NEARBY = 300, /* where this many squared were too many, only what stands at about the same
			 place is compared */
	CANDIDATES = 16, /* old blocks that are kept in mind for a new one */
	FAR_WORDS = 4    /* "Stadt A" and "Stadt B" far apart are half alike, and two things */
};

struct pair {
	int rank;
	uint32_t away, old, next;
	int likeness;
};

struct pairs {
	struct align *al;
	struct pair *v;
	size_t n, first; /* of the new block at hand */
	bool far;
};

/* 0: this kind only goes with its own. */
static int family(int kind)
{
	switch ((enum block_kind)kind) {
	case BLOCK_PARAGRAPH:
	case BLOCK_LIST_ITEM:
	case BLOCK_QUOTE:
		return 1;
	case BLOCK_TABLE_HEAD:
	case BLOCK_TABLE_ROW:
		return 2;
	case BLOCK_HEADING:
	case BLOCK_CODE:
	case BLOCK_RULE:
	case BLOCK_FIGURE:
	case BLOCK_FOOTNOTE:
	default:
		return 0;
	}
}

bool align_kinds_fit(int one, int other)
{
	return one == other || (family(one) != 0 && family(one) == family(other));
}

static int best_first(const void *a, const void *b)
{
	const struct pair *x = a, *y = b;

	if (x->rank != y->rank)
		return y->rank - x->rank;
	if (x->away != y->away)
		return x->away < y->away ? -1 : 1;
	if (x->next != y->next)
		return x->next < y->next ? -1 : 1;
	return (x->old > y->old) - (x->old < y->old);
}

static void add(struct pairs *p, struct pair pair)
{
	size_t worst = p->first;

	if (p->n - p->first < CANDIDATES) {
		p->v[p->n++] = pair;
		return;
	}
	for (size_t k = p->first + 1; k < p->n; k++)
		if (best_first(&p->v[worst], &p->v[k]) < 0)
			worst = k;
	if (best_first(&pair, &p->v[worst]) < 0)
		p->v[worst] = pair;
}

/* Does the block beside it stand beside the old one too? */
static bool continues(const struct align *al, size_t i, size_t j)
{
	const size_t *old = al->next.partner;
	bool behind = i > 0 && j > 0 && old[j - 1] == i - 1;

	return behind || (j + 1 < al->next.n && old[j + 1] == i + 1);
}

static bool same_place(const struct pairs *p, const struct align_gap *g, size_t i, size_t j)
{
	if (p->far)
		return continues(p->al, i, j);
	return i - g->i0 == j - g->j0 || g->i1 - i == g->j1 - j;
}

static void note_part(struct align_half *wholes, size_t whole, size_t part, size_t words,
		      size_t common)
{
	if (common > wholes->part[whole].common && align_is_part(words, common))
		wholes->part[whole] = (struct align_part){part, common};
}

static void compare(struct pairs *p, const struct align_gap *g, size_t i, size_t j)
{
	struct align_half *old = &p->al->old, *next = &p->al->next;
	const struct word_bag *x = &old->words[i], *y = &next->words[j];

	if (!align_kinds_fit(old->v[i].kind, next->v[j].kind) || x->n + y->n == 0)
		return;
	size_t common = word_bag_common(x, y);
	int likeness = (int)(200 * common / (x->n + y->n));
	note_part(old, i, j, y->n, common);
	note_part(next, j, i, x->n, common);
	bool in_place = same_place(p, g, i, j);
	if (likeness < LIKENESS_MIN || (p->far && !in_place && common < FAR_WORDS))
		return;
	size_t x0 = i - g->i0, y0 = j - g->j0;
	add(p, (struct pair){.rank = likeness + KIND_BONUS * (old->v[i].kind == next->v[j].kind) +
				     PLACE_BONUS * in_place,
			     .away = (uint32_t)(x0 > y0 ? x0 - y0 : y0 - x0),
			     .old = (uint32_t)i,
			     .next = (uint32_t)j,
			     .likeness = likeness});
}

static size_t list_free(struct arena *a, const struct align_half *h, size_t from, size_t to,
			size_t **out)
{
	size_t n = 0;

	*out = ARENA_ARRAY(a, size_t, to - from);
	for (size_t i = from; i < to; i++)
		if (h->partner[i] == ALIGN_NONE)
			(*out)[n++] = i;
	return n;
}

static void compare_gap(struct pairs *p, const struct align_gap *g)
{
	const struct align *al = p->al;
	size_t *old, *next;
	size_t n = list_free(al->arena, &al->old, g->i0, g->i1, &old);
	size_t m = list_free(al->arena, &al->next, g->j0, g->j1, &next);
	bool few = n * m <= NEARBY * NEARBY;

	for (size_t y = 0; y < m; y++) {
		size_t middle = y * n / m, half = NEARBY / 2;
		size_t from = few || middle < half ? 0 : middle - half;
		size_t to = few || middle + half > n ? n : middle + half;
		p->first = p->n;
		for (size_t x = from; x < to; x++)
			/* Those of one gap have been compared. */
			if (!p->far || al->old.gap[old[x]] == 0 ||
			    al->old.gap[old[x]] != al->next.gap[next[y]])
				compare(p, g, old[x], next[y]);
	}
}

static void take_best(struct pairs *p)
{
	if (p->n > 0)
		qsort(p->v, p->n, sizeof *p->v, best_first);
	for (size_t k = 0; k < p->n; k++)
		if (p->al->old.partner[p->v[k].old] == ALIGN_NONE &&
		    p->al->next.partner[p->v[k].next] == ALIGN_NONE)
			align_take(p->al, p->v[k].old, p->v[k].next, ALIGN_CHANGED,
				   p->v[k].likeness);
	p->n = 0;
}

void align_by_likeness(struct align *al)
{
	const struct align_gap all = {.i1 = al->old.n, .j1 = al->next.n};
	struct pairs p = {.al = al,
			  .v = ARENA_ARRAY(al->arena, struct pair, al->next.n * CANDIDATES)};

	for (size_t k = 0; k < al->gap_count; k++)
		compare_gap(&p, &al->gaps[k]);
	take_best(&p);
	p.far = true;
	compare_gap(&p, &all);
	take_best(&p);
}
