/*
 * normal.h -- one spelling for texts that look the same; the only door to utf8proc.
 */
#ifndef MARKUP_NORMAL_H
#define MARKUP_NORMAL_H

#include "base/arena.h"

/* Unicode normal form C (UAX 15), so that "ä" is one code point wherever it was typed.  Text that
 * is not valid UTF-8 comes back unchanged. */
struct str normal_nfc(struct arena *a, struct str s);

/*
 * What counts when two wordings are compared: NFC, without soft hyphens and zero-width characters,
 * runs of blanks (also no-break ones) as one blank, all quotation marks as '"', all apostrophes as
 * "'", all dashes as "-", trimmed.
 */
struct str normal_plain(struct arena *a, struct str s);

/*
 * What is searched in and what is searched for: lower case, letters without marks ("ß" and "ẞ" are
 * "ss"), without soft hyphens and other invisible signs; everything that is no letter or digit is
 * one blank, none at the ends.  The signs of gender inside a word (* : _ and the middle dot) are
 * dropped: "Bürger*innen" is "burgerinnen".  The same again gives the same.
 *
 * "ae" stays as it is, because "Klimaerwärmung" must be found by "Erwärmung"; that "Gebuehr" means
 * "Gebühr" is for the one who asks (see features/handbook/search_terms.h).
 */
struct str search_form(struct arena *a, struct str text);

/* The same with the way back: for each byte of the form the part of `text` it stands for, whole
 * characters with their marks; for a blank all that it replaces. */
struct search_span {
	uint32_t begin, end;
};
struct search_text {
	struct str form;
	const struct search_span *spans;
};
void search_text_make(struct arena *a, struct str text, struct search_text *out);

/* One letter, without its marks and in small; itself where that is all there is ("Ç" is "c", "ß"
 * stays).  Of a pair of letters in one the first ("Æ" is "a"). */
uint32_t letter_plain(uint32_t cp);
bool letter_is(uint32_t cp);      /* of any script; also a mark on the letter before */
bool letter_is_mark(uint32_t cp); /* that alone */
/* May begin a name: a capital, or a letter of a script without case. */
bool letter_may_begin_name(uint32_t cp);

#endif
