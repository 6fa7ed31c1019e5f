/*
 * render.h -- from the tree to HTML and plain text, for the files of this directory only.
 */
#ifndef MARKUP_RENDER_H
#define MARKUP_RENDER_H

#include "markup/source.h"
#include "markup/tree.h"

enum render_mode {
	RENDER_TEXT,   /* a whole text: headings form an outline from <h2> */
	RENDER_FLOW,   /* inside of a quote or footnote: a heading is a strong paragraph */
	RENDER_ITEM,   /* inside of a list item: a lone paragraph goes without <p> */
	RENDER_INLINE, /* inside of <p> or <h2>: block tags become line breaks */
	RENDER_FIGURE, /* inside of <figure>: an image and its caption */
	RENDER_CELLS   /* the cells of one table row */
};

struct render {
	struct arena *arena;
	struct markdown_notes *notes; /* may be NULL */
	struct warnings *warnings;    /* may be NULL */
	enum render_mode mode;
	int64_t first_line; /* of the tree, in the person's text */

	/* From here on internal; begins zeroed. */
	cmark_node *root;
	struct buf html, plain;
	int64_t line;
	bool too_large, in_link, muted, html_warned, stars_warned;
	enum { TASK_NONE, TASK_OPEN, TASK_DONE } task; /* a sign still to be written */
	int depth, images;
	size_t link_bytes, opened, image_start;
	int outline[6], outline_depth;
	int64_t tables;
};

/* Renders what is below `root`; its own tag is left out.  E_TOO_LARGE when the HTML or the link
 * addresses exceed their limit. */
MUST enum err render_tree(struct render *r, cmark_node *root);

void render_escaped(struct buf *b, struct str s);
void render_tag(struct render *r, struct str s); /* not inside the description of an image */
void render_link(struct render *r, cmark_node *node, bool enter);
void render_image(struct render *r, cmark_node *node, bool enter);
void render_raw(struct render *r, struct str html); /* <br> stays, other tags go */
void render_warn_html(struct render *r);
/* Words as they stand, no links found in them. */
void render_words(struct render *r, struct str s);
/* Words of a text node: footnotes and bare addresses become links. */
void render_text(struct render *r, struct str marked);
void render_gap(struct render *r);

bool link_allowed(struct str url);
bool link_is_external(struct str url);
bool image_allowed(struct str url);
/* Escaped for an attribute; what an address may not contain is percent-encoded. */
void link_write(struct buf *b, struct str url);
/* Length of a bare address ("https://…", "www.…", "name@host.de") at the start of s; 0 if none.
 * *scheme is what has to stand before it. */
size_t link_bare(struct str s, struct str *scheme);

#endif
