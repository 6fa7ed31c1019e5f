/*
 * placeholder_uses.h -- where {{keys}} stand in the stored text.
 */
#ifndef HANDBOOK_PLACEHOLDER_USES_H
#define HANDBOOK_PLACEHOLDER_USES_H

#include "features/handbook/placeholder.h"
#include "features/handbook/version.h"

/* A key, or what cannot be one, in a block of the version in force or of the working copy. */
struct placeholder_use {
	struct str key, uid, slug, number; /* slug: of the chapter; empty in the preface */
	bool working;                      /* in the working copy alone */
	bool heading;                      /* the chapter's own */
};
struct placeholder_uses {
	size_t n;
	struct placeholder_use *v; /* in force first, in the order of the text */
	size_t older_count;
	struct str *older; /* keys anywhere, so also in versions that only stay for reading */
};
MUST enum err placeholder_uses_load(struct request *rq, struct placeholder_uses *out);
bool placeholder_is_used(const struct placeholder_uses *u, struct str key); /* in any version */

#endif
