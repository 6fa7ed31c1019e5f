/* align.c -- equal blocks: the longest common subsequence, then moves. */
#include "features/handbook/align_parts.h"
#include "markup/markdown.h"

#include <stdlib.h>

enum { LCS_BLOCKS = 2000 };

/* What a pair of equal blocks is worth, and what more in front of another one: of several equal
 * headings the first would be taken, not that of the text below.  A whole text fits into 16 bits.
 */
enum { PAIR = 16, COMPANY = 1 };

const char *align_kin_name(enum align_kin kin)
{
	static const char *const names[] = {"split", "merge", "replace"};

	return names[kin];
}

void align_take(struct align *al, size_t i, size_t j, enum align_how how, int likeness)
{
	al->old.partner[i] = j;
	al->next.partner[j] = i;
	al->out->match[j] = (struct align_match){.old = i, .how = how, .likeness = likeness};
}

static bool equal(const struct align *al, size_t i, size_t j)
{
	return al->old.same[i] == al->next.same[j];
}

static bool both_free(const struct align *al, size_t i, size_t j)
{
	return al->old.partner[i] == ALIGN_NONE && al->next.partner[j] == ALIGN_NONE;
}

/* Hashes as numbers -----------------------------------------------------------------------------
 */

struct entry {
	const struct align_side *block;
	uint32_t *same;
};

/* Rules and pictures may have no words at all, and must not be taken for each other. */
static int shape(const struct align_side *block)
{
	return block->kind == BLOCK_RULE || block->kind == BLOCK_FIGURE ? block->kind : -1;
}

static int by_hash(const void *a, const void *b)
{
	const struct align_side *x = ((const struct entry *)a)->block,
				*y = ((const struct entry *)b)->block;
	int order = str_cmp(x->hash, y->hash);

	return order != 0 ? order : shape(x) - shape(y);
}

/* Returns how many different ones there are. */
static size_t number_hashes(struct align *al)
{
	size_t n = al->old.n, all = n + al->next.n, count = 0;
	struct entry *v = ARENA_ARRAY(al->arena, struct entry, all);

	for (size_t i = 0; i < all; i++)
		v[i] = i < n ? (struct entry){&al->old.v[i], &al->old.same[i]}
			     : (struct entry){&al->next.v[i - n], &al->next.same[i - n]};
	if (all > 0)
		qsort(v, all, sizeof *v, by_hash);
	for (size_t i = 0; i < all; i++) {
		count += i == 0 || by_hash(&v[i], &v[i - 1]) != 0;
		*v[i].same = (uint32_t)count - 1;
	}
	return count;
}

/* Blocks that stayed ----------------------------------------------------------------------------
 */

static uint16_t worth(const struct align *al, size_t i, size_t j)
{
	bool company = i + 1 < al->old.n && j + 1 < al->next.n && equal(al, i + 1, j + 1);

	return (uint16_t)(PAIR + COMPANY * company);
}

/* best[i][j]: worth of the best common subsequence of old[i…] and new[j…] within the gap. */
static uint16_t *best_worth(const struct align *al, const struct align_gap *g)
{
	size_t n = g->i1 - g->i0, m = g->j1 - g->j0, row = m + 1;
	uint16_t *best = ARENA_ARRAY(al->arena, uint16_t, (n + 1) * row);

	for (size_t i = n; i-- > 0;)
		for (size_t j = m; j-- > 0;) {
			uint16_t below = best[(i + 1) * row + j], right = best[i * row + j + 1];
			uint16_t most = below > right ? below : right;
			if (equal(al, g->i0 + i, g->j0 + j)) {
				uint16_t pair = (uint16_t)(best[(i + 1) * row + j + 1] +
							   worth(al, g->i0 + i, g->j0 + j));
				most = pair > most ? pair : most;
			}
			best[i * row + j] = most;
		}
	return best;
}

static void match_subsequence(struct align *al, const struct align_gap *g)
{
	size_t n = g->i1 - g->i0, m = g->j1 - g->j0, row = m + 1;

	if (n > LCS_BLOCKS || m > LCS_BLOCKS)
		return;
	uint16_t *best = best_worth(al, g);
	for (size_t i = 0, j = 0; i < n && j < m;) {
		size_t old = g->i0 + i, next = g->j0 + j;
		uint16_t here = best[i * row + j];
		if (equal(al, old, next) &&
		    here == best[(i + 1) * row + j + 1] + worth(al, old, next)) {
			align_take(al, old, next, ALIGN_SAME, 100);
			i++;
			j++;
		} else if (here == best[(i + 1) * row + j]) {
			i++;
		} else {
			j++;
		}
	}
}

static void match_stayed(struct align *al)
{
	struct align_gap g = {.i1 = al->old.n, .j1 = al->next.n};

	for (; g.i0 < g.i1 && g.j0 < g.j1 && equal(al, g.i0, g.j0); g.i0++, g.j0++)
		align_take(al, g.i0, g.j0, ALIGN_SAME, 100);
	for (; g.i0 < g.i1 && g.j0 < g.j1 && equal(al, g.i1 - 1, g.j1 - 1); g.i1--, g.j1--)
		align_take(al, g.i1 - 1, g.j1 - 1, ALIGN_SAME, 100);
	match_subsequence(al, &g);
}

static void add_gap(struct align *al, const struct align_gap *g)
{
	al->gaps[al->gap_count++] = *g;
	for (size_t i = g->i0; i < g->i1; i++)
		al->old.gap[i] = al->gap_count;
	for (size_t j = g->j0; j < g->j1; j++)
		al->next.gap[j] = al->gap_count;
}

static void find_gaps(struct align *al)
{
	struct align_gap g = {0, 0, 0, 0};

	al->gaps = ARENA_ARRAY(al->arena, struct align_gap, al->next.n + 1);
	for (g.j1 = 0; g.j1 <= al->next.n; g.j1++) {
		bool end = g.j1 == al->next.n;
		if (!end && al->next.partner[g.j1] == ALIGN_NONE)
			continue;
		g.i1 = end ? al->old.n : al->next.partner[g.j1];
		if (g.i0 < g.i1 && g.j0 < g.j1)
			add_gap(al, &g);
		g.i0 = g.i1 + 1;
		g.j0 = g.j1 + 1;
	}
}

/* Blocks that moved -----------------------------------------------------------------------------
 */

static void match_unique(struct align *al, size_t hashes)
{
	struct seen {
		size_t old, next, at;
	} *seen = ARENA_ARRAY(al->arena, struct seen, hashes);

	for (size_t i = 0; i < al->old.n; i++)
		if (al->old.partner[i] == ALIGN_NONE) {
			seen[al->old.same[i]].old++;
			seen[al->old.same[i]].at = i;
		}
	for (size_t j = 0; j < al->next.n; j++)
		if (al->next.partner[j] == ALIGN_NONE)
			seen[al->next.same[j]].next++;
	for (size_t j = 0; j < al->next.n; j++) {
		const struct seen *s = &seen[al->next.same[j]];
		if (al->next.partner[j] == ALIGN_NONE && s->old == 1 && s->next == 1)
			align_take(al, s->at, j, ALIGN_MOVED, 100);
	}
}

/* The new block j, and the one beside it that is known: what stood beside that one before? */
static void match_beside(struct align *al, size_t j, size_t known, bool behind)
{
	size_t i = al->next.partner[known];

	if (i == ALIGN_NONE || (behind ? i + 1 == al->old.n : i == 0))
		return;
	i = behind ? i + 1 : i - 1;
	if (both_free(al, i, j) && equal(al, i, j))
		align_take(al, i, j, ALIGN_MOVED, 100);
}

static void match_nearest(struct align *al, size_t j)
{
	size_t best = ALIGN_NONE, least = SIZE_MAX;

	for (size_t i = 0; i < al->old.n; i++) {
		if (!both_free(al, i, j) || !equal(al, i, j))
			continue;
		size_t away = i > j ? i - j : j - i;
		if (al->old.v[i].kind != al->next.v[j].kind)
			away += al->old.n + al->next.n;
		if (away < least) {
			least = away;
			best = i;
		}
	}
	if (best != ALIGN_NONE)
		align_take(al, best, j, ALIGN_MOVED, 100);
}

static void match_moved(struct align *al, size_t hashes)
{
	match_unique(al, hashes);
	for (size_t j = 1; j < al->next.n; j++)
		match_beside(al, j, j - 1, true);
	for (size_t j = al->next.n; j-- > 1;)
		match_beside(al, j - 1, j, false);
	for (size_t j = 0; j < al->next.n; j++)
		if (al->next.partner[j] == ALIGN_NONE)
			match_nearest(al, j);
}

/* All together ----------------------------------------------------------------------------------
 */

static struct align_half half(struct arena *a, const struct align_side *v, size_t n)
{
	struct align_half h = {.v = v,
			       .n = n,
			       .partner = ARENA_ARRAY(a, size_t, n),
			       .same = ARENA_ARRAY(a, uint32_t, n),
			       .words = ARENA_ARRAY(a, struct word_bag, n),
			       .gap = ARENA_ARRAY(a, size_t, n),
			       .part = ARENA_ARRAY(a, struct align_part, n),
			       .kin = ARENA_ARRAY(a, bool, n)};

	for (size_t i = 0; i < n; i++)
		h.partner[i] = ALIGN_NONE;
	return h;
}

static void read_words(struct arena *a, struct align_half *h)
{
	for (size_t i = 0; i < h->n; i++)
		if (h->partner[i] == ALIGN_NONE)
			h->words[i] = word_bag_of(a, h->v[i].plain);
}

void align_blocks(struct arena *a, const struct align_side *old, size_t n,
		  const struct align_side *new_, size_t m, struct alignment *out)
{
	struct align al = {
	    .arena = a, .old = half(a, old, n), .next = half(a, new_, m), .out = out};

	*out = (struct alignment){
	    .n = n, .m = m, .match = ARENA_ARRAY(a, struct align_match, m), .now = al.old.partner};
	for (size_t j = 0; j < m; j++)
		out->match[j].old = ALIGN_NONE;
	size_t hashes = number_hashes(&al);
	match_stayed(&al);
	find_gaps(&al);
	match_moved(&al, hashes);
	read_words(a, &al.old);
	read_words(a, &al.next);
	align_by_likeness(&al);
	align_trace(&al);
}
