/* fold.c -- names without case, marks and the two spellings of umlauts. */
#include "features/handbook/fold.h"

#include "markup/normal.h"

enum { INVALID = 0xfffd, SHARP_S = 0xdf, SHARP_S_CAPITAL = 0x1e9e };

static bool is_vowel_or_q(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y' || c == 'q';
}

/* Is an "e" behind these letters only the other spelling of an umlaut? */
static bool writes_out_umlaut(const char *out, size_t n)
{
	return n > 0 && (out[n - 1] == 'a' || out[n - 1] == 'o' || out[n - 1] == 'u') &&
	       (n == 1 || !is_vowel_or_q(out[n - 2]));
}

static size_t bytes_of(uint32_t cp)
{
	return cp < 0x80 ? 1 : cp < 0x800 ? 2 : cp < 0x10000 ? 3 : 4;
}

static size_t put(char *out, uint32_t cp)
{
	size_t n = bytes_of(cp);

	if (n == 1) {
		out[0] = (char)cp;
		return 1;
	}
	out[0] = (char)((n == 2 ? 0xc0 : n == 3 ? 0xe0 : 0xf0) | cp >> 6 * (n - 1));
	for (size_t i = 1; i < n; i++)
		out[i] = (char)(0x80 | (cp >> 6 * (n - 1 - i) & 0x3f));
	return n;
}

size_t fold_word(struct str word, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < word.n;) {
		uint32_t cp = utf8_next(word, &i);
		if (cp == '\'' || cp == INVALID || letter_is_mark(cp))
			continue;
		if (cp == SHARP_S || cp == SHARP_S_CAPITAL) {
			out[n++] = 's';
			out[n++] = 's';
			continue;
		}
		/* A few small letters take more bytes than their capitals: there is no room. */
		uint32_t plain = letter_plain(cp);
		cp = bytes_of(plain) <= bytes_of(cp) ? plain : cp;
		if (cp != 'e' || !writes_out_umlaut(out, n))
			n += put(out + n, cp);
	}
	return n;
}
