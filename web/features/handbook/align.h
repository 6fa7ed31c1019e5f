/*
 * align.h -- which block of the new text is which block of the old one, and what became of the
 * others.  Pure.
 *
 * In this order, and no old block for two new ones:
 *
 * 1. SAME: equal hashes along the longest common subsequence; of several equal phrases the one in
 *    its old company is preferred.
 * 2. MOVED: equal hashes wherever one is left, first those that occur once, then the neighbours of
 *    what is known already.
 * 3. CHANGED: at least half of the words are common and the kinds fit (a heading never becomes a
 *    paragraph; paragraph, list item and quote may become each other, so may rows and heads of
 *    tables).  First between the same neighbours, the same kind and place preferred; then
 *    anywhere, where a few common words prove nothing.
 * 4. NEW.
 *
 * Then the lineage of what was not simply kept:
 *
 * SPLIT    the words of an old block (70 % of them) stand in two or more new ones, one after
 *          another or with a single other block between them
 * MERGE    the other way round
 * REPLACE  other words at the very same place; the old block does not live on
 *
 * A block that was split or merged lives on in one of its parts or wholes: in the one it was
 * CHANGED into, or else in the one that shares most with it.
 */
#ifndef HANDBOOK_ALIGN_H
#define HANDBOOK_ALIGN_H

#include "base/arena.h"

#define ALIGN_NONE SIZE_MAX

/* A block: equal hashes mean equal words.  `plain` (normal_plain) is needed for steps 3 and 4
 * only: without it nothing is CHANGED.  `kind` is an enum block_kind. */
struct align_side {
	struct str hash, plain;
	int kind;
};

enum align_how { ALIGN_NEW, ALIGN_SAME, ALIGN_MOVED, ALIGN_CHANGED };

struct align_match {
	size_t old; /* ALIGN_NONE when new */
	enum align_how how;
	int likeness; /* 0 when new, 100 for equal words */
};

enum align_kin { ALIGN_SPLIT, ALIGN_MERGE, ALIGN_REPLACE };
const char *align_kin_name(enum align_kin kin); /* as in block_lineage: "split" */

struct align_lineage {
	size_t old, new_;
	enum align_kin kin;
};

struct alignment {
	size_t n, m;
	struct align_match *match; /* for each of the m new blocks */
	size_t *now;               /* for each of the n old ones: the new one it lives on in, or
				      ALIGN_NONE */
	/* One row for each part of a split and for each old block of a merge, also for the one that
	 * lives on. */
	size_t lineage_count;
	struct align_lineage *lineage;
};

/*
 * For 2,000 blocks on both sides up to 9 MB of the arena and 20 ms with a few hundred changes; a
 * text without any common block is looked through in 0.1 s.  Beyond 2,000 blocks between the first
 * and the last change step 1 is left to step 2; where more than 300 by 300 were to be compared in
 * step 3, only those at about the same place are.
 */
void align_blocks(struct arena *a, const struct align_side *old, size_t n,
		  const struct align_side *new_, size_t m, struct alignment *out);

#endif
