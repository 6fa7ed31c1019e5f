/* occasion.h -- the feedback that led to a change between two versions ("Anlass"). */
#ifndef HANDBOOK_OCCASION_H
#define HANDBOOK_OCCASION_H

#include "features/handbook/feedback.h"
#include "features/handbook/version.h"

struct occasion {
	int64_t block_id, id;
	struct str label;
	enum feedback_kind kind;
};
struct occasions {
	size_t n;
	struct occasion *v; /* by block, then by number */
};

/* What was worked in after `from`, up to `to`, as far as the viewer may see it. */
MUST enum err occasions_load(struct request *rq, const struct version *from,
			     const struct version *to, struct occasions *out);
/* The section S_OCCASION with its rows for one block; nothing without any. */
void occasions_show(const struct occasions *o, int64_t block_id, struct view *v);

#endif
