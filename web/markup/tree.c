/* tree.c -- calls cmark-gfm with the options and extensions that the project wants. */
#include "markup/tree.h"

#include <cmark-gfm-core-extensions.h>
#include <stdlib.h>
#include <string.h>

/* Footnotes and autolinks are our own: the parser's are quadratic, and its footnotes cannot cross
 * the parts of a split document. */
static const char *const extensions[] = {"table", "strikethrough", "tasklist"};

cmark_node *tree_parse(struct str text)
{
	cmark_gfm_core_extensions_ensure_registered();
	cmark_parser *parser =
	    cmark_parser_new(CMARK_OPT_VALIDATE_UTF8 | CMARK_OPT_STRIKETHROUGH_DOUBLE_TILDE);
	for (size_t i = 0; i < sizeof extensions / sizeof *extensions; i++) {
		cmark_syntax_extension *e = cmark_find_syntax_extension(extensions[i]);
		if (e == NULL)
			abort(); /* a broken installation; nothing could be rendered rightly */
		cmark_parser_attach_syntax_extension(parser, e);
	}
	cmark_parser_feed(parser, text.n > 0 ? text.p : "", text.n);
	cmark_node *root = cmark_parser_finish(parser);
	cmark_parser_free(parser);
	return root;
}

static enum tree_kind block_of(cmark_node_type type)
{
	static const enum tree_kind kinds[] = {
	    [CMARK_NODE_BLOCK_QUOTE & CMARK_NODE_VALUE_MASK] = TREE_QUOTE,
	    [CMARK_NODE_LIST & CMARK_NODE_VALUE_MASK] = TREE_LIST,
	    [CMARK_NODE_ITEM & CMARK_NODE_VALUE_MASK] = TREE_ITEM,
	    [CMARK_NODE_CODE_BLOCK & CMARK_NODE_VALUE_MASK] = TREE_CODE_BLOCK,
	    [CMARK_NODE_HTML_BLOCK & CMARK_NODE_VALUE_MASK] = TREE_HTML_BLOCK,
	    [CMARK_NODE_PARAGRAPH & CMARK_NODE_VALUE_MASK] = TREE_PARAGRAPH,
	    [CMARK_NODE_HEADING & CMARK_NODE_VALUE_MASK] = TREE_HEADING,
	    [CMARK_NODE_THEMATIC_BREAK & CMARK_NODE_VALUE_MASK] = TREE_RULE,
	};
	size_t value = (size_t)type & CMARK_NODE_VALUE_MASK;

	return value < sizeof kinds / sizeof *kinds ? kinds[value] : TREE_OTHER;
}

static enum tree_kind inline_of(cmark_node_type type)
{
	static const enum tree_kind kinds[] = {
	    [CMARK_NODE_TEXT & CMARK_NODE_VALUE_MASK] = TREE_TEXT,
	    [CMARK_NODE_SOFTBREAK & CMARK_NODE_VALUE_MASK] = TREE_SOFT_BREAK,
	    [CMARK_NODE_LINEBREAK & CMARK_NODE_VALUE_MASK] = TREE_LINE_BREAK,
	    [CMARK_NODE_CODE & CMARK_NODE_VALUE_MASK] = TREE_CODE,
	    [CMARK_NODE_HTML_INLINE & CMARK_NODE_VALUE_MASK] = TREE_HTML,
	    [CMARK_NODE_EMPH & CMARK_NODE_VALUE_MASK] = TREE_EMPHASIS,
	    [CMARK_NODE_STRONG & CMARK_NODE_VALUE_MASK] = TREE_STRONG,
	    [CMARK_NODE_LINK & CMARK_NODE_VALUE_MASK] = TREE_LINK,
	    [CMARK_NODE_IMAGE & CMARK_NODE_VALUE_MASK] = TREE_IMAGE,
	};
	size_t value = (size_t)type & CMARK_NODE_VALUE_MASK;

	return value < sizeof kinds / sizeof *kinds ? kinds[value] : TREE_OTHER;
}

/* Node types of extensions are numbers given at run time; only their names are fixed. */
static enum tree_kind extension_kind(cmark_node *node)
{
	static const struct {
		const char *name;
		enum tree_kind kind;
	} names[] = {{"table", TREE_TABLE},
		     {"table_header", TREE_HEAD_ROW},
		     {"table_row", TREE_ROW},
		     {"table_cell", TREE_CELL},
		     {"strikethrough", TREE_DELETED}};
	const char *name = cmark_node_get_type_string(node);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i].name) == 0)
			return names[i].kind;
	return TREE_OTHER;
}

enum tree_kind tree_kind(cmark_node *node)
{
	cmark_node_type type = cmark_node_get_type(node);
	bool is_inline =
	    ((unsigned)type & CMARK_NODE_TYPE_MASK) == (unsigned)CMARK_NODE_TYPE_INLINE;
	enum tree_kind kind = is_inline ? inline_of(type) : block_of(type);

	return kind != TREE_OTHER ? kind : extension_kind(node);
}

struct str tree_literal(cmark_node *node)
{
	return str_of(cmark_node_get_literal(node));
}

int tree_columns(cmark_node *table)
{
	return cmark_gfm_extensions_get_table_columns(table);
}

bool tree_is_task(cmark_node *item, bool *done)
{
	*done = cmark_gfm_extensions_get_tasklist_item_checked(item);
	return strcmp(cmark_node_get_type_string(item), "tasklist") == 0;
}

bool tree_is_figure(cmark_node *paragraph)
{
	cmark_node *child = cmark_node_first_child(paragraph);

	return child != NULL && tree_kind(child) == TREE_IMAGE && cmark_node_next(child) == NULL;
}
