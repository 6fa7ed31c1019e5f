/*
 * blocks.h -- a document cut into blocks, for the files of this directory only.
 */
#ifndef MARKUP_BLOCKS_H
#define MARKUP_BLOCKS_H

#include "markup/source.h"

/* Working memory of one call, given back at its end; far more than any text within the limits
 * needs. */
enum { MARKUP_SCRATCH_BYTES = 256 * 1024 * 1024 };

struct block_list {
	struct arena *arena, *scratch;
	struct warnings *warnings;
	const struct definitions *definitions;
	struct block *first, **end;
	size_t count;
	int64_t groups;
	int heading; /* level of the heading before */
	bool full;   /* one more would exceed the limit */
};

/* Appends a copy of the block; its markdown gets the definitions that it names. */
struct block *blocks_add(struct block_list *list, struct block b);

/* Appends the blocks of one part of a document, whose first line has this number. */
void blocks_split(struct block_list *list, struct str part, int64_t first_line);

/* Cells of "| a | b |", without the outer bars too; at least 1. */
int row_cells(struct str line);

/* markdown_block with working memory of the caller and with warnings. */
MUST enum err block_render(struct arena *scratch, struct arena *a, struct block *b,
			   struct markdown_notes *notes, struct warnings *w);

void notes_of(struct arena *a, const struct definitions *d, struct markdown_notes *notes);
/* Index of the note with this number, else of the first that nobody references, else count. */
size_t note_numbered(const struct markdown_notes *notes, int64_t number);

#endif
