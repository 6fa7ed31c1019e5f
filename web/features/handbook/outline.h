/*
 * outline.h -- the shape of a handbook: which headings begin chapters, and the number of each
 * block.  Pure; the import stores it, later edits compute it anew.
 *
 * The first heading is the title when no other heading stands as high; the highest level below it
 * begins chapters (1, 2, 3), the next one sections (3.1, 3.2); everything else is numbered within
 * its section (3.2.1), or within a chapter without sections (2.1).  Text of a chapter before its
 * first section counts as section 0 (3.0.1).  Items of one list and rows of one table share a
 * number.  Text before the first chapter is the preface and has no numbers, footnotes have none.
 */
#ifndef HANDBOOK_OUTLINE_H
#define HANDBOOK_OUTLINE_H

#include "markup/markdown.h"

struct outline_block {
	const struct block *block;
	size_t chapter; /* index; OUTLINE_PREFACE before the first */
	struct str number;
};
struct outline_chapter {
	const struct block *heading;
	struct str number, slug;
	int64_t words;
};
#define OUTLINE_PREFACE SIZE_MAX

struct outline {
	struct str title; /* "Handbuch" when the text has none */
	size_t n, chapter_count;
	struct outline_block *blocks; /* in the order of the document */
	struct outline_chapter *chapters;
};

void outline_make(struct arena *a, const struct markdown_document *doc, struct outline *out);

#endif
