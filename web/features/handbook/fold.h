/*
 * fold.h -- the one spelling under which names are compared: without case and marks, umlauts
 * written out or not ("Müller", "MUELLER", "Muller", "Mu\u0308ller" are all "muller").  Pure.
 *
 * ä ae a, ö oe o, ü ue u fold alike, except behind a vowel or q ("Bauer", "Quelle" keep theirs);
 * ß is ss.  Latin letters lose their marks, Greek and Cyrillic ones their case, others stay.
 */
#ifndef HANDBOOK_FOLD_H
#define HANDBOOK_FOLD_H

#include "base/utf8.h"

bool fold_is_letter(uint32_t cp); /* of any script; also a mark on the letter before */
bool fold_is_capital(uint32_t cp);

/* Writes the folded word to `out`, which has room for word.n bytes, and returns its length.
 * Apostrophes and bytes that are not UTF-8 are dropped; all that is no letter stays. */
size_t fold_word(struct str word, char *out);

#endif
