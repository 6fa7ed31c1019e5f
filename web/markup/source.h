/*
 * source.h -- Markdown text before it is parsed: made clean, checked against the limits, its
 * definitions taken out, and the marks that the parser would misread replaced by stand-ins.
 */
#ifndef MARKUP_SOURCE_H
#define MARKUP_SOURCE_H

#include "markup/markdown.h"

/* A list of warnings; NULL where nobody wants them. */
struct warnings {
	struct arena *arena;
	struct markdown_warning *first; /* by line */
	size_t count;
};
void warn(struct warnings *w, int64_t line, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

/*
 * Control characters never occur in cleaned text, so two of them serve as stand-ins that neither
 * end a word nor start emphasis: a literal star, and nothing (it parts what must not be read as
 * one mark).  source_plain puts back what was there.
 */
enum { MARK_STAR = 1, MARK_NOTHING = 4 };

/* Valid UTF-8, LF only, without control characters; tabs at the start of a line as blanks. */
struct str source_clean(struct arena *a, struct str raw);

/* May this be given to the parser? */
bool source_within_limits(struct str text);

/* Changes what would break a limit inside one line (for documents, which are not refused). */
struct str source_tame(struct arena *a, struct str text, struct warnings *w);

struct str source_mark(struct arena *a, struct str text, const struct markdown_notes *notes);
/* Also without the control characters that &#1; and the like have made. */
struct str source_plain(struct arena *a, struct str marked);

/* A letter, a digit or a mark on one, in the scripts that municipalities write; signs are not. */
bool source_is_word(uint32_t code_point);

/* Is the character that ends before `at` a letter or a digit? */
bool source_word_before(struct str s, size_t at);

/* Text of raw HTML: tags, comments, scripts and styles taken out, one line. */
struct str source_without_tags(struct arena *a, struct str html);

/* Does a block of raw HTML begin with this line (`flow`: inside of a paragraph)?  It goes on up to
 * and with the line for which tags_end holds. */
bool tags_begin(struct str line, bool flow, struct str *end);
bool tags_end(struct str line, struct str end);

/* A backslash before each mark, so that nothing in it means anything. */
struct str source_escape(struct arena *a, struct str text);

/* One line of words, so that they begin a paragraph, or go on with one, wherever they are put. */
struct str source_flow(struct arena *a, struct str words);

/* Looks at the lines for what is usually a mistake of copying from a word processor. */
void source_warn(struct str text, struct warnings *w);

/* Follows code between fences, raw HTML and paragraphs from line to line, also in lists and quotes.
 * Begins zeroed. */
struct scan {
	/* of the line last given: */
	size_t text;  /* where it begins, behind the marks of lists and quotes */
	bool goes_on; /* with a paragraph, code or HTML */
	bool marked;  /* an item begins in it */

	/* of what the next one may go on with: */
	bool flow; /* a paragraph, a table or HTML */
	bool table;
	size_t cells; /* of the line, were it the head of a table */
	char mark;
	size_t length; /* of the fence; 0: no code */
	bool html;
	struct str html_end;
	bool hollow; /* an item without a word yet */
	struct {
		bool quote;
		size_t width;
	} around[12];         /* items and quotes, from the outermost */
	size_t depth, inside; /* how many there are; how many around code and HTML */
};
/* Is this line code, or a fence around it? */
bool scan_line(struct scan *s, struct str line);

/* Do these words (without blanks before them) begin something that is no paragraph? */
bool scan_begins(struct str words);

/* Would what is put behind the text and a blank line be code or raw HTML, because those have no
 * end? */
bool scan_open(struct str text);

/* The line under the head of a table: only bars, dashes, colons and blanks. */
bool table_delimiter(struct str line);

struct definition {
	struct str label, text; /* a link's text is its whole line, a note's its Markdown */
	int64_t line;
};
struct definitions {
	struct str body; /* the text with blank lines in their place: line numbers stay */
	struct definition *links, *notes;
	size_t link_count, note_count;
};
void definitions_take(struct arena *a, struct str text, struct warnings *w,
		      struct definitions *out);
/* The text with the link definitions that it names, if they fit. */
struct str definitions_add(struct arena *a, const struct definitions *d, struct str text);

/* "[label]: address" with a title or without, on one line */
bool link_definition(struct str line, struct str *label);

/* "[^label]" at the start of s: its label; false for anything else. */
bool note_reference(struct str s, struct str *label);
struct markdown_note *note_named(const struct markdown_notes *notes, struct str label);

#endif
