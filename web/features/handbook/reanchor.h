/*
 * reanchor.h -- after a change of the working copy: where its feedback holds on now.
 */
#ifndef HANDBOOK_REANCHOR_H
#define HANDBOOK_REANCHOR_H

#include "features/handbook/manuscript.h"

/*
 * Places every anchor of this version whose wording is no longer in it: with its block when that
 * lives on (the quote is looked for in the new words), else without a place, near the block that
 * stood before it.  `before` is the text as it was.  The row an author made never changes.
 */
MUST enum err reanchor(struct db *db, struct arena *a, const struct manuscript *before,
		       const struct manuscript *after);

/* Gives open feedback of one version its place in another, by its block; what has one there already
 * keeps it. */
MUST enum err anchors_carry(struct db *db, int64_t from_id, int64_t to_id);

#endif
