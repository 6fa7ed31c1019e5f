/*
 * anchor_parts.h -- comparing places, for anchor*.c only.
 */
#ifndef HANDBOOK_ANCHOR_PARTS_H
#define HANDBOOK_ANCHOR_PARTS_H

#include "features/handbook/anchor.h"

/* A place in a block that may be the one. */
struct anchor_hit {
	size_t block, start, length;
	int errors; /* per mille of the quote; 0: the very words */
};

/* How often the quote (not empty) stands in the text, and where first. */
size_t anchor_count(struct str plain, struct str quote, size_t *first);

/* Places whose words are similar to the quote, none overlapping, errors at most a quarter; how
 * many, at most `room` (at least 1): the best.  Sets all but the block.  Each comparison takes one
 * from *work (NULL: no end); at 0 it ends with what it has. */
size_t anchor_approximate(struct str quote, struct str plain, struct anchor_hit *out, size_t room,
			  int64_t *work);

/* 0 to 1000: how alike the words directly before the start (or behind the end) are to those that
 * stood before (or behind) the quote. */
int anchor_before(struct str prefix, struct str plain, size_t start);
int anchor_behind(struct str suffix, struct str plain, size_t end);

/* The last `chars` code points. */
struct str anchor_tail(struct str s, size_t chars);

#endif
