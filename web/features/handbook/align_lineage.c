/* align_lineage.c -- what became of blocks that did not simply live on. */
#include "features/handbook/align_parts.h"

#include <stdlib.h>

enum {
	WHOLE_WORDS = 8,  /* shorter texts prove nothing */
	WHOLE_SHARE = 70, /* percent of the whole that stands in its parts */
	PART_WORDS = 2,
	PART_SHARE = 60, /* percent of a part that comes from the whole */
	STRANGERS = 1    /* blocks between two parts: a heading was put in */
};

/* A whole on one side, its parts on the other: seen from the old text a split, else a merge. */
struct division {
	struct align *al;
	struct align_half *wholes, *parts;
	enum align_kin kin;
	size_t whole;
	size_t n, *found;     /* its parts */
	struct word_bag rest; /* words of the whole that no part has taken */
};

static void add_row(struct align *al, size_t i, size_t j, enum align_kin kin)
{
	al->out->lineage[al->out->lineage_count++] =
	    (struct align_lineage){.old = i, .new_ = j, .kin = kin};
}

bool align_is_part(size_t words, size_t common)
{
	return common >= PART_WORDS && common * 100 >= words * PART_SHARE;
}

/* Does block x consist of words of the rest?  Blocks with an equal one have no words here. */
static bool is_part(const struct division *d, size_t x)
{
	const struct word_bag *words = &d->parts->words[x];
	size_t partner = d->parts->partner[x];

	if (d->parts->kin[x] || (partner != ALIGN_NONE && partner != d->whole) ||
	    !align_kinds_fit(d->wholes->v[d->whole].kind, d->parts->v[x].kind))
		return false;
	size_t common = word_bag_common(&d->rest, words);
	return align_is_part(words->n, common);
}

static void take_part(struct division *d, size_t x)
{
	d->rest = word_bag_without(d->al->arena, &d->rest, &d->parts->words[x]);
	d->found[d->n++] = x;
}

static void gather_parts(struct division *d, size_t first)
{
	size_t strangers = 0;

	d->n = 0;
	take_part(d, first);
	for (size_t x = first + 1; x < d->parts->n && strangers <= STRANGERS; x++) {
		strangers = is_part(d, x) ? 0 : strangers + 1;
		if (strangers == 0)
			take_part(d, x);
	}
	strangers = 0;
	for (size_t x = first; x > 0 && strangers <= STRANGERS; x--) {
		strangers = is_part(d, x - 1) ? 0 : strangers + 1;
		if (strangers == 0)
			take_part(d, x - 1);
	}
}

static int ascending(const void *a, const void *b)
{
	size_t x = *(const size_t *)a, y = *(const size_t *)b;

	return (x > y) - (x < y);
}

static void divide(struct division *d)
{
	const struct word_bag *words = &d->wholes->words[d->whole];
	size_t first = d->wholes->partner[d->whole];
	bool split = d->kin == ALIGN_SPLIT;

	if (words->n < WHOLE_WORDS || d->wholes->kin[d->whole])
		return;
	d->rest = *words;
	if (first == ALIGN_NONE) {
		const struct align_part *part = &d->wholes->part[d->whole];
		if (part->common == 0 || !is_part(d, part->at))
			return;
		first = part->at;
	}
	gather_parts(d, first);
	if (d->n < 2 || (words->n - d->rest.n) * 100 < words->n * WHOLE_SHARE)
		return;
	if (d->wholes->partner[d->whole] == ALIGN_NONE)
		align_take(d->al, split ? d->whole : first, split ? first : d->whole, ALIGN_CHANGED,
			   word_bag_likeness(words, &d->parts->words[first]));
	qsort(d->found, d->n, sizeof *d->found, ascending);
	for (size_t k = 0; k < d->n; k++) {
		size_t x = d->found[k];
		d->parts->kin[x] = true;
		add_row(d->al, split ? d->whole : x, split ? x : d->whole, d->kin);
	}
}

/* Between two blocks that live on in their order: as many old ones as new ones. */
static void replace_stretch(struct align *al, const struct align_gap *g)
{
	if (g->i1 - g->i0 != g->j1 - g->j0)
		return;
	for (size_t k = 0; k < g->i1 - g->i0; k++) {
		size_t i = g->i0 + k, j = g->j0 + k;
		if (al->old.partner[i] == ALIGN_NONE && al->next.partner[j] == ALIGN_NONE &&
		    !al->old.kin[i] && !al->next.kin[j] &&
		    align_kinds_fit(al->old.v[i].kind, al->next.v[j].kind))
			add_row(al, i, j, ALIGN_REPLACE);
	}
}

/* Changed blocks in their old order part a gap further. */
static void replace_gap(struct align *al, const struct align_gap *gap)
{
	struct align_gap g = *gap;

	for (g.j1 = gap->j0; g.j1 <= gap->j1; g.j1++) {
		bool end = g.j1 == gap->j1;
		size_t old = end ? gap->i1 : al->next.partner[g.j1];
		if (!end && (old < g.i0 || old >= gap->i1)) /* also ALIGN_NONE */
			continue;
		g.i1 = old;
		replace_stretch(al, &g);
		g.i0 = g.i1 + 1;
		g.j0 = g.j1 + 1;
	}
}

void align_trace(struct align *al)
{
	struct division split = {.al = al,
				 .wholes = &al->old,
				 .parts = &al->next,
				 .kin = ALIGN_SPLIT,
				 .found = ARENA_ARRAY(al->arena, size_t, al->next.n)};
	struct division merge = {.al = al,
				 .wholes = &al->next,
				 .parts = &al->old,
				 .kin = ALIGN_MERGE,
				 .found = ARENA_ARRAY(al->arena, size_t, al->old.n)};

	al->out->lineage =
	    ARENA_ARRAY(al->arena, struct align_lineage, 2 * (al->old.n + al->next.n));
	for (split.whole = 0; split.whole < al->old.n; split.whole++)
		divide(&split);
	for (merge.whole = 0; merge.whole < al->next.n; merge.whole++)
		divide(&merge);
	for (size_t k = 0; k < al->gap_count; k++)
		replace_gap(al, &al->gaps[k]);
}
