/*
 * lost.h -- open feedback that a change of the working copy would leave without its block.
 */
#ifndef HANDBOOK_LOST_H
#define HANDBOOK_LOST_H

#include "app/app.h"
#include "features/handbook/compare.h"

struct lost_item {
	int64_t feedback_id, part;
	const struct passage *gone;   /* what it stood on, in the text as it was */
	const struct passage *before; /* what stands before that place in the new text, or NULL */
	struct str label, text;
	bool may_settle; /* the viewer may decide it */
};

struct lost {
	size_t n;
	struct lost_item *v;
};

/* What the viewer may see of it, at most `most` (SIZE_MAX: all), in the order of the text.
 * `changes` are those of the whole text. */
MUST enum err lost_find(struct request *rq, int64_t revision_id, const struct change *changes,
			size_t change_count, size_t most, struct lost *out);

#endif
