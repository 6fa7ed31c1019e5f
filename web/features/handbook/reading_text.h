/*
 * reading_text.h -- the blocks of one section as they are read: lists and tables put together, each
 * block with its number and, where there are any, its remarks.
 */
#ifndef HANDBOOK_READING_TEXT_H
#define HANDBOOK_READING_TEXT_H

#include "features/handbook/thread.h"

struct reading_group; /* room for one group of blocks, used again and again */

struct reading {
	struct version version;
	struct reading_group *group;
	struct threads *threads; /* NULL: on pages without them */
	struct str note_prefix;  /* of the ids of footnotes, where chapters share a page */
	bool below_chapter;      /* the chapter's own heading is on the page: one level deeper */
};

/* Of this version, without remarks. */
void reading_new(struct arena *a, const struct version *v, struct reading *out);

/*
 * All blocks of a section in their order, into the part handbook_text.html of `v`.  The heading
 * that names the section is the page's title; here stand only its remarks and the way to give one.
 */
MUST enum err reading_blocks(struct request *rq, struct view *v, const struct reading *reading,
			     struct str section_uid);

#endif
