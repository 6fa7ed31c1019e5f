/*
 * markdown.h -- Markdown (GitHub flavour) into safe HTML, and into the blocks of a document; the
 * only door to cmark-gfm (tree.h holds its header for the files of this directory).
 *
 * Own renderer over the syntax tree: an allow list of tags and of link schemes (https, http,
 * mailto, single "/", "#"), raw HTML dropped, images only from "/statisch/" or "/medien/",
 * no style attributes, German labels.  A single * between two letters or digits ("Bürger*innen")
 * stays a character (GENDER STAR: CommonMark would start emphasis there).
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
	MARKDOWN_LINK_BYTES = 200 * 1024, /* all link addresses of one text together */
	MARKDOWN_HTML_BYTES = 1024 * 1024,
	MARKDOWN_NOTES = 500, /* footnotes of one text; further ones stay ordinary text */
	MARKDOWN_WARNINGS = 200,
	MARKDOWN_DOCUMENT_BYTES = 1024 * 1024,
	MARKDOWN_DOCUMENT_BLOCKS = 2000,
	MARKDOWN_DOCUMENT_HTML_BYTES = 8 * 1024 * 1024
};

struct markdown_warning {
	int64_t line;    /* from 1 */
	struct str text; /* German, full sentences */
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
 * one list with its nested lists (`level` tells them apart), consecutive table rows with the same
 * `group` one table (its head is the first).
 *
 * `markdown` is what a person edits: the words of a heading without its #, an item without its
 * bullet, a quote without its >, a footnote without [^label]:, a table row as "| a | b |", code
 * always with its fences.  It is the same block wherever it is put, so what depended on its place
 * is written out: "a\n    - b" is "a\n\- b".  A link definition from elsewhere in the document that
 * the block needs is appended after a blank line, so the text stands alone.
 *
 * `html` goes inside <h2>, <p>, <li>, <tr>, <blockquote>, <pre><code> or <figure>; the caller
 * writes that tag.  A footnote's <li> gets id "PREFIXfn-NUMBER"; its links back are in the html.
 */
struct block {
	enum block_kind kind;
	int level;           /* headings 1-6 as in the source; list items: depth from 1 */
	bool ordered;        /* list items */
	int64_t number;      /* ordered list items and footnotes: their number */
	int64_t group;       /* which list or table, counted from 1; else 0 */
	int64_t line;        /* first line in the source */
	struct str markdown; /* source of this block alone, normalised (NFC is the caller's) */
	struct str plain;    /* text without marks, one line; what search and matching see */
	struct str html;     /* inner HTML; <th>/<td> cells for table rows */
	struct str label;    /* footnotes: their name */
	struct block *next;
};

/*
 * The footnotes of one text: which labels exist, and how far counting has come.  Numbers are given
 * in the order of the first reference, so blocks are rendered in reading order, footnotes last.
 * Ids are PREFIXfn-1 (the note), PREFIXfnref-1, PREFIXfnref-1-2 … (the places that name it).
 */
struct markdown_note {
	struct str label;
	int64_t number;     /* 0: not referenced yet */
	int64_t references; /* places that link to it so far */
};
struct markdown_notes {
	struct str prefix; /* "" or e.g. "antwort7-", for several texts on one page */
	struct markdown_note *list;
	size_t count;
	int64_t last; /* the highest number given */
};

struct markdown_document {
	struct block *blocks; /* footnotes come last, in the order of their numbers */
	size_t count;
	struct markdown_warning *warnings; /* by line */
	size_t warning_count;
};

/* Splits a whole document.  Never fails on content: what cannot be kept is a warning.
 * E_TOO_LARGE beyond 1 MiB, 2,000 blocks or 8 MiB of HTML. */
MUST enum err markdown_document(struct arena *a, struct str source, struct markdown_document *out);

/* One more, in its place by line. */
void markdown_warn(struct arena *a, struct markdown_document *doc, int64_t line, struct str text);

/*
 * Renders one block again, after an edit or for a page with its own footnote numbers: reads kind,
 * markdown and label, sets plain and html (and a footnote's number).  Rendering all blocks of a
 * document in order with fresh notes gives what markdown_document gave.  Without notes (NULL)
 * references stay text.  E_TOO_LARGE beyond the limits above.
 */
MUST enum err markdown_block(struct arena *a, struct block *b, struct markdown_notes *notes);

/* Words as Markdown that means nothing but these words, in one line; also in the cell of a table.
 */
struct str markdown_escape(struct arena *a, struct str words);

/* A self-contained text (a legal page, an answer) to HTML.  Headings begin at <h2> and never skip
 * a level; ids carry a prefix made from the text.  E_TOO_LARGE beyond the limits above. */
MUST enum err markdown_html(struct arena *a, struct str source, struct str *html);

#endif
