/*
 * align_parts.h -- an alignment in the making, for align*.c only.
 */
#ifndef HANDBOOK_ALIGN_PARTS_H
#define HANDBOOK_ALIGN_PARTS_H

#include "features/handbook/align.h"
#include "markup/likeness.h"

/* The block of the other text that has most words of this one and few others. */
struct align_part {
	size_t at, common; /* common is 0 when there is none */
};

/* One of the two texts. */
struct align_half {
	const struct align_side *v;
	size_t n;
	size_t *partner;        /* in the other text, or ALIGN_NONE */
	uint32_t *same;         /* equal numbers: equal hashes */
	struct word_bag *words; /* of blocks without an equal one */
	size_t *gap;            /* 1 + index of the gap it stands in, or 0 */
	struct align_part *part;
	bool *kin; /* is part of a whole */
};

/* A stretch between two blocks that stayed, with something on both sides. */
struct align_gap {
	size_t i0, i1, j0, j1; /* old blocks from i0 to before i1, new ones from j0 to before j1 */
};

struct align {
	struct arena *arena;
	struct align_half old, next;
	struct alignment *out;
	struct align_gap *gaps;
	size_t gap_count;
};

void align_take(struct align *al, size_t i, size_t j, enum align_how how, int likeness);

/* May words pass from a block of one kind to one of the other? */
bool align_kinds_fit(int one, int other);

/* Is a block with so many words, of which so many are those of a larger one, a part of that? */
bool align_is_part(size_t words, size_t common);

/* Step 3: gaps first, then all that is left. */
void align_by_likeness(struct align *al);

/* Splits, merges, replacements. */
void align_trace(struct align *al);

#endif
