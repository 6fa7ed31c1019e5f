/*
 * write_parts.h -- lists and link definitions of a document that is written back, for the files of
 * this directory only.
 */
#ifndef MARKUP_WRITE_PARTS_H
#define MARKUP_WRITE_PARTS_H

#include "markup/markdown.h"

/* The lists that are open around the current item.  Begins zeroed. */
struct open_list {
	int level;
	bool ordered;
	char sign;             /* the bullet, or what stands behind the number */
	int64_t next;          /* number */
	size_t indent, column; /* of its marks, of the current item's text */
	bool empty, parted;    /* the current item has no text; some that swallows a list */
};
struct lists {
	struct open_list open[12];
	size_t depth;
};

/* Writes an item; `begins`: of another list than the item before.  Its marks then differ from those
 * of the list before; lists that do not follow each other begin with zeroed lists. */
void lists_write(struct lists *l, struct buf *b, const struct block *item, struct str text,
		 bool begins);

/*
 * The Markdown of each block without the link definitions at its end; those go to `definitions`, a
 * line each.  Blocks that mean different addresses by one label (each was edited alone) get
 * different labels.
 */
struct str *links_take(struct arena *a, const struct block *const *blocks, size_t n,
		       struct buf *definitions);

#endif
