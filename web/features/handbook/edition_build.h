/*
 * edition_build.h -- makes the text of a public edition from a version of the handbook.
 *
 * Deny by default.  The words of internal blocks are never read: the query leaves them empty, only
 * their place and kind are known.  What stands below an internal heading stays inside as well, and
 * so do the rows of a table whose head is internal.  A reference without its note goes, and a note
 * without a reference.  Chapters, blocks, items and notes are counted anew, so that no gap shows
 * what is missing.  Everything that is made from words (numbers, addresses, ids) is made after the
 * placeholders are filled.
 */
#ifndef HANDBOOK_EDITION_BUILD_H
#define HANDBOOK_EDITION_BUILD_H

#include "features/handbook/edition_text.h"
#include "features/handbook/placeholder.h"

enum edition_omission {
	OMITTED_CHAPTER,   /* blocks for everybody in a chapter whose heading is internal */
	OMITTED_HEADING,   /* below an internal heading */
	OMITTED_ROW,       /* rows below an internal head */
	OMITTED_REFERENCE, /* references to internal notes */
	OMITTED_NOTE,      /* notes that nothing published names */
	OMITTED_LINK,      /* links to what is not published: they lead to the contents */
	OMISSIONS
};

struct edition_build {
	struct edition_text text;
	size_t omitted[OMISSIONS];
};

/* Draws public names for the blocks of this version that have none yet; writes. */
MUST enum err edition_uids_give(struct db *db, struct arena *a, int64_t revision_id);
/* Reads only.  Title and licence of the text are left for the caller. */
MUST enum err edition_build(struct db *db, struct arena *a, int64_t revision_id,
			    const struct placeholders *p, struct edition_build *out);

#endif
