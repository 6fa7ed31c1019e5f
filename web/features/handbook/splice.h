/*
 * splice.h -- new text in place of old: of a section, or of everything.
 *
 * What is recognised keeps its identity: equal blocks, also moved ones; blocks with other words of
 * which at least half are the same; and blocks that were taken out of the text before and come
 * back.  Everything else is new.
 */
#ifndef HANDBOOK_SPLICE_H
#define HANDBOOK_SPLICE_H

#include "features/handbook/align.h"
#include "features/handbook/manuscript.h"

/* Replaces these passages of `m`; manuscript_store writes them.  Blocks that lose their place are
 * only left out of the list: their feedback stays. */
MUST enum err manuscript_splice(struct db *db, struct arena *a, struct manuscript *m,
				struct passages at, const struct block *blocks, size_t n);

/* align_blocks over passages: hashes, words and kinds. */
void passages_align(struct arena *a, const struct passage *old, size_t n,
		    const struct passage *next, size_t m, struct alignment *out);

#endif
