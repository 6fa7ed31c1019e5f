/*
 * compare.h -- what changed between two versions, block by block.  Pure.
 *
 * Blocks keep their identity from version to version, so nothing has to be guessed: a block is in
 * both versions, or new, or gone.  Words are compared only where a block's wording differs.
 */
#ifndef HANDBOOK_COMPARE_H
#define HANDBOOK_COMPARE_H

#include "features/handbook/manuscript.h"

enum change_kind {
	CHANGE_NONE,
	CHANGE_WORDS,   /* other words */
	CHANGE_FORM,    /* the same words with other marks, as another kind, for other readers */
	CHANGE_MOVED,   /* untouched, but at another place */
	CHANGE_NEW,     /* `from` is NULL */
	CHANGE_DELETED, /* `to` is NULL */
	CHANGE_KINDS
};

struct change {
	enum change_kind kind;
	const struct passage *from, *to;
};

/* In the reading order of `to`; what is gone stands where it stood.  Returns their number, the
 * unchanged ones included.  Time O(n log n). */
size_t compare(struct arena *a, const struct manuscript *from, const struct manuscript *to,
	       struct change **out);

#endif
