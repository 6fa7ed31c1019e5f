/*
 * placeholder.h -- {{schluessel}} in the text of the handbook: one key, two values.  Pure.
 *
 * The text names people by keys; whoever is logged in reads the internal value (the contact
 * person), the public edition shows the public one ("Person 1 (Stadt A)"), the same everywhere.  A
 * public text therefore depends on public values alone, in no way on the internal ones: nothing is
 * blacked out letter by letter, and no conversion can bring back what was never there.
 *
 * A key has 2 to 40 characters a-z 0-9 and "-"; blanks and tabs inside the braces are tolerated
 * ("{{ schluessel }}"), a line break is not.  Values are never expanded again.  A key without a
 * value on this side (unknown, or empty) stays visible as it is; disclosure.h blocks it.
 *
 * Fill each form of a text on its own: HTML, plain text, Markdown.  What is made from a text (ids,
 * addresses, file names) must be made after filling: a slug of "{{anna-ahorn}}" keeps the name.
 * Addresses of links and images take no placeholders; the renderer percent-encodes their braces.
 */
#ifndef HANDBOOK_PLACEHOLDER_H
#define HANDBOOK_PLACEHOLDER_H

#include "base/arena.h"

enum { PLACEHOLDER_KEY_MIN = 2, PLACEHOLDER_KEY_MAX = 40 };

struct placeholder {
	struct str key, internal, public_;
};
/* In any order; of two with the same key the first counts.  Made for up to 500. */
struct placeholders {
	size_t n;
	const struct placeholder *v;
};
enum placeholder_side { PLACEHOLDER_INTERNAL, PLACEHOLDER_PUBLIC };

bool placeholder_key_valid(struct str key);

/*
 * The text with the values of one side, in the arena; the same text, not copied, when there is no
 * "{{" in it.  White space in values is folded to single blanks.
 * _html: escaped for text and for attributes in quotes.  _text: as it is.
 * _markdown: so that the value means nothing but its characters, wherever words may stand except
 * in code.  A "{{" behind a backslash is left alone there.
 */
struct str placeholder_fill_html(struct arena *a, struct str html, const struct placeholders *p,
				 enum placeholder_side side);
struct str placeholder_fill_text(struct arena *a, struct str text, const struct placeholders *p,
				 enum placeholder_side side);
struct str placeholder_fill_markdown(struct arena *a, struct str markdown,
				     const struct placeholders *p, enum placeholder_side side);

/*
 * Words that somebody took from the filled text (_text), and where they stand in the stored one:
 * from *start on, *length bytes.  A value that they touch counts as a whole, so that the stored
 * words keep the key.
 */
void placeholder_stored_span(struct arena *a, struct str text, const struct placeholders *p,
			     enum placeholder_side side, size_t *start, size_t *length);

/*
 * What stands in braces and is no known key, each once, in the order of the text: an unknown key
 * or, as it stands, what cannot be one ("Anna Ahorn", at most 60 bytes).  Returns how many.
 */
size_t placeholder_unknown(struct arena *a, struct str text, const struct placeholders *p,
			   struct str **keys);

/*
 * Where two opening braces stand in any spelling that a conversion may leave behind: "{{", with
 * backslashes, percent-encoded (also twice), as entities.  s.n when there are none, else *length is
 * that of the braces.
 */
size_t placeholder_find_braces(struct str s, size_t *length);

#endif
