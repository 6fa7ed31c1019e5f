/*
 * tree.h -- the syntax tree of cmark-gfm, for the files of this directory only.
 */
#ifndef MARKUP_TREE_H
#define MARKUP_TREE_H

#include "base/str.h"

#include <cmark-gfm.h>

enum tree_kind {
	TREE_OTHER,
	TREE_QUOTE,
	TREE_LIST,
	TREE_ITEM,
	TREE_CODE_BLOCK,
	TREE_HTML_BLOCK,
	TREE_PARAGRAPH,
	TREE_HEADING,
	TREE_RULE,
	TREE_TABLE,
	TREE_HEAD_ROW,
	TREE_ROW,
	TREE_CELL,
	TREE_TEXT,
	TREE_SOFT_BREAK,
	TREE_LINE_BREAK,
	TREE_CODE,
	TREE_HTML,
	TREE_EMPHASIS,
	TREE_STRONG,
	TREE_DELETED,
	TREE_LINK,
	TREE_IMAGE,
	TREE_KINDS
};

/* Parses a text that is within the limits (source.h); free with cmark_node_free. */
cmark_node *tree_parse(struct str text);

enum tree_kind tree_kind(cmark_node *node);
struct str tree_literal(cmark_node *node); /* lives as long as the tree */
int tree_columns(cmark_node *table);
bool tree_is_figure(cmark_node *paragraph); /* nothing but an image */
/* For a list item "[ ] …" or "[x] …". */
bool tree_is_task(cmark_node *item, bool *done);

#endif
