/*
 * markdown.h -- Markdown (GitHub flavour) into safe HTML, and into the blocks of a document; the
 * only door to cmark-gfm.
 *
 * Own renderer over the syntax tree: an allow list of tags and of link schemes (https, http,
 * mailto, single "/", "#"), raw HTML dropped, images only from "/statisch/" or "/medien/",
 * no style attributes, German labels.  A single * between two letters ("Bürger*innen") stays a
 * character (GENDER STAR: CommonMark would start emphasis there).
 */
#ifndef MARKUP_MARKDOWN_H
#define MARKUP_MARKDOWN_H

#include "base/arena.h"
#include "base/err.h"

/* Limits checked before parsing, because cmark-gfm 0.29.0.gfm.6 needs seconds or gigabytes
 * beyond them.  A whole document is split at headings and checked part by part. */
enum {
	MARKDOWN_BYTES = 64 * 1024,
	MARKDOWN_LINES = 3000,
	MARKDOWN_LINE_BYTES = 10000,
	MARKDOWN_PIPES = 40,
	MARKDOWN_IMAGES = 500,
	MARKDOWN_HTML_BYTES = 1024 * 1024
};

struct markdown_warning {
	int64_t line;    /* from 1 */
	struct str text; /* German, a full sentence */
	struct markdown_warning *next;
};

enum block_kind {
	BLOCK_HEADING,
	BLOCK_PARAGRAPH,
	BLOCK_LIST_ITEM,
	BLOCK_TABLE_HEAD,
	BLOCK_TABLE_ROW,
	BLOCK_QUOTE,
	BLOCK_CODE,
	BLOCK_RULE,
	BLOCK_FIGURE,
	BLOCK_FOOTNOTE
};
const char *block_kind_name(enum block_kind kind); /* as stored: "list_item" */
bool block_kind_named(struct str name, enum block_kind *out);

/*
 * One block of a document in reading order.  Consecutive list items with the same `group` form
 * one list, consecutive table rows with the same `group` one table (its head is the first).
 */
struct block {
	enum block_kind kind;
	int level;           /* headings 1-6; list items: depth from 1 */
	bool ordered;        /* list items */
	int64_t number;      /* ordered list items: their number */
	int64_t group;       /* which list or table, counted from 1 */
	int64_t line;        /* first line in the source */
	struct str markdown; /* source of this block alone, normalised (NFC is the caller's) */
	struct str plain;    /* text without marks, one line; what search and matching see */
	struct str html;     /* inner HTML; <td>…</td> cells for table rows */
	struct str label;    /* footnotes: their name */
	struct block *next;
};

struct markdown_document {
	struct block *blocks; /* footnotes come last */
	size_t count;
	struct markdown_warning *warnings;
};

/* Splits a whole document.  Never fails on content: what cannot be kept is a warning.
 * E_TOO_LARGE beyond 1 MiB or 2,000 blocks. */
MUST enum err markdown_document(struct arena *a, struct str source, struct markdown_document *out);

/* A self-contained text (a legal page, an answer) to HTML.  Headings begin at <h2>.
 * E_TOO_LARGE beyond the limits above. */
MUST enum err markdown_html(struct arena *a, struct str source, struct str *html);

#endif
