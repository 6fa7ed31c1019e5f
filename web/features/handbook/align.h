/*
 * align.h -- which block of the new text is which block of the old one.  Pure.
 *
 * Blocks with equal hashes are the same block: first along the longest common subsequence, so
 * that repeated phrases keep their order, then wherever an equal one is left (moved).  Blocks
 * whose words changed are new here; finding them by likeness is the editor's business.
 */
#ifndef HANDBOOK_ALIGN_H
#define HANDBOOK_ALIGN_H

#include "base/arena.h"

#define ALIGN_NEW SIZE_MAX

/* For each of the `m` new blocks the index of its old one, or ALIGN_NEW; no old one twice. */
size_t *align_blocks(struct arena *a, const struct str *old_hashes, size_t n,
		     const struct str *new_hashes, size_t m);

#endif
