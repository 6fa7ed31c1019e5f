/*
 * money.h -- euro amounts as signed 64-bit cents; never floating point.
 */
#ifndef BASE_MONEY_H
#define BASE_MONEY_H

#include "base/arena.h"

/*
 * Reads German notation: "12.345,67", "12345,67", "12345", also with a leading "-", blanks
 * around, a following "€", "EUR", ",-" or ",–".  A dot is a thousands separator and must stand
 * before groups of exactly three digits; "12.34" is refused rather than guessed.  At most 15
 * digits before the comma.
 */
bool money_parse(struct str s, int64_t *cents);

struct str money_text(struct arena *a, int64_t cents);  /* 12.345,67 € (NBSP before the sign) */
struct str money_short(struct arena *a, int64_t cents); /* 12.345 € when the cents are 00 */
struct str money_plain(struct arena *a, int64_t cents); /* 12345,67 for forms and CSV */

/* part/whole in whole per cent, rounded down; -1 when there is no whole ("–", not 0 % or ∞). */
int money_percent(int64_t part, int64_t whole);

#endif
