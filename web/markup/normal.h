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

#endif
