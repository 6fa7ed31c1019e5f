/*
 * compose.h -- puts the blocks of a document back together as they stood: items to lists, rows to
 * tables, each in the tag of its kind.
 */
#ifndef MARKUP_COMPOSE_H
#define MARKUP_COMPOSE_H

#include "markup/markdown.h"

/* One block on a page.  `id` becomes the id of list items and table rows (empty: none); other
 * kinds get theirs from the template around them. */
struct piece {
	enum block_kind kind;
	int level;
	bool ordered;
	int64_t number;
	struct str html, id;
	bool ready; /* the html has its own tag already */
};

/* HTML of blocks that belong together: one block, all items of a list, or all rows of a table. */
struct str compose_group(struct arena *a, const struct piece *pieces, size_t n);

#endif
