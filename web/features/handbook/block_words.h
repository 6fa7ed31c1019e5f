/*
 * block_words.h -- what a person calls the kinds of blocks: a heading is no paragraph.
 */
#ifndef HANDBOOK_BLOCK_WORDS_H
#define HANDBOOK_BLOCK_WORDS_H

#include "markup/markdown.h"

struct block_words {
	struct str noun;     /* "Überschrift" */
	struct str whole;    /* "ganze Überschrift" */
	struct str to_which; /* "Zu welcher Überschrift?" */
};
/* As stored; a paragraph for what is unknown. */
enum block_kind block_kind_read(struct str name);
const struct block_words *block_words(enum block_kind kind);

#endif
