/*
 * fold.h -- the one spelling under which names are compared: without case and marks, umlauts
 * written out or not ("Müller", "MUELLER", "Muller", "Mu\u0308ller" are all "muller").  Pure.
 *
 * ä ae a, ö oe o, ü ue u fold alike, except behind a vowel or q ("Bauer", "Quelle" keep theirs);
 * ß is ss.  Which letters there are, and which are the same without
 * marks and case, is utf8proc's business (markup/normal.h).
 */
#ifndef HANDBOOK_FOLD_H
#define HANDBOOK_FOLD_H

#include "base/utf8.h"

/* Writes the folded word to `out`, which has room for word.n bytes, and returns its length.
 * Apostrophes and bytes that are not UTF-8 are dropped; all that is no letter stays. */
size_t fold_word(struct str word, char *out);

#endif
