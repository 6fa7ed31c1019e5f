/*
 * search_terms.h -- from what a person types to what the index is asked, and to the piece of text
 * that shows what was found.  Pure.
 *
 * The index holds search_form(text) in an FTS5 table with tokenize='trigram', so a term is found
 * wherever it stands in a word.  Terms are separated by blanks and , ; / ( ) [ ]; what stands in
 * quotation marks is one term.  A term needs three characters in its search form, at most the first
 * eight terms count.  Each is looked for in several spellings: "Gebühr" also as "Gebuehr", and
 * "Gebuehr" also as "Gebühr".
 */
#ifndef HANDBOOK_SEARCH_TERMS_H
#define HANDBOOK_SEARCH_TERMS_H

#include "base/arena.h"

enum { SEARCH_TERMS_MAX = 8 };

/*
 * The expression for MATCH: all terms must occur.  Holds nothing of what was typed but letters,
 * digits and blanks inside quotes, so it is always well-formed.  Empty when no term is left: then
 * there is nothing to ask.
 */
struct str search_match(struct arena *a, struct str typed);

/* The same question, asked of one text: do all terms occur?  No when there is nothing to ask. */
bool search_finds(struct arena *a, struct str text, struct str typed);
/* Does one of them occur, so that an excerpt shows something? */
bool search_touches(struct arena *a, struct str text, struct str typed);

struct excerpt_part {
	struct str text;
	bool hit;
};
struct excerpt {
	size_t n;
	struct excerpt_part *parts;
};

/*
 * About `max_chars` characters of the text around its first hit, whole words where they are not
 * longer than that; "… " and " …" stand as parts of their own where something is cut off.  The
 * beginning of the text when there is no hit.  The parts point into `plain`.
 */
void search_excerpt(struct arena *a, struct str plain, struct str typed, size_t max_chars,
		    struct excerpt *out);

#endif
