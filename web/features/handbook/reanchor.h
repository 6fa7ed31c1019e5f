/*
 * reanchor.h -- after a change of the working copy: where its feedback holds on now.
 */
#ifndef HANDBOOK_REANCHOR_H
#define HANDBOOK_REANCHOR_H

#include "features/handbook/manuscript.h"

/*
 * Places every anchor of this version whose wording is no longer in it: with its block when that
 * lives on (the quote is looked for in the new words), else without a place, near the block that
 * stood before it.  A remark on the whole of a block that was split gets a place in each part. What
 * lost its place before comes back with its block.  `before` is the text as it was.  The row an
 * author made never changes.
 *
 * The search has a budget for all anchors of one call; when it is used up, the rest holds on to its
 * block, or stands near the place where that was (ANCHOR_WORK).
 */
MUST enum err reanchor(struct db *db, struct arena *a, const struct manuscript *before,
		       const struct manuscript *after);

/* A new remark, which has its first places in one version: finds them in every other living one.
 */
MUST enum err anchors_spread(struct db *db, struct arena *a, int64_t feedback_id,
			     int64_t revision_id);

/* Gives open feedback of one version its place in another, by its block, or near the one before it
 * that is there, too; what has one there already keeps it. */
MUST enum err anchors_carry(struct db *db, int64_t from_id, int64_t to_id);

#endif
