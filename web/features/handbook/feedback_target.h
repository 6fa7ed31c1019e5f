/*
 * feedback_target.h -- the block that an editor means by its number, or by words that stand in it.
 */
#ifndef HANDBOOK_FEEDBACK_TARGET_H
#define HANDBOOK_FEEDBACK_TARGET_H

#include "app/app.h"

enum { TARGETS_MAX = 20, TARGET_CHARS = 200 };

struct target {
	int64_t text_id;
	struct str plain, number; /* the wording; "3.2.1", empty where a block has none */
};
struct targets {
	size_t n;  /* 1: it is clear which */
	bool more; /* than TARGETS_MAX */
	struct target v[TARGETS_MAX];
};

/*
 * Of this version, in its order.  `chosen` is a wording (0: none) that was picked among several;
 * else the number counts ("3.2.1": a paragraph, or every item of a list), else the words, in any
 * spelling, as people who are logged in read them.
 */
MUST enum err targets_find(struct request *rq, int64_t revision_id, int64_t chosen,
			   struct str typed, struct targets *out);

#endif
