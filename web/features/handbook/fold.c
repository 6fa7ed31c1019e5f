/* fold.c -- letters without their marks. */
#include "features/handbook/fold.h"

/* The plain letter of U+00C0-U+021F and U+1E00-U+1EFF, in its case; "." where there is none. */
static const char latin[] = "AAAAAAACEEEEIIIIDNOOOOO.OUUUUYTsaaaaaaaceeeeiiiidnooooo.ouuuuyty"
			    "AaAaAaCcCcCcCcDdDdEeEeEeEeEeGgGgGgGgHhHhIiIiIiIiIiIiJjKkkLlLlLlL"
			    "lLlNnNnNnnNnOoOoOoOoRrRrRrSsSsSsSsTtTtTtUuUuUuUuUuUuWwYyYZzZzZzs"
			    "...............E.Ff.............Oo.............Uu..............."
			    "....DDdLLlNNnAaIiOoUuUuUuUuUueAaAaAa..GgKkOoOo..jDDdGg..NnAaAaOo"
			    "AaAaEeEeIiIiOoOoRrRrUuUuSsTt..Hh";
static const char additional[] = "AaBbBbBbCcDdDdDdDdDdEeEeEeEeEeFfGgHhHhHhHhHhIiIiKkKkKkLlLlLlLlMm"
				 "MmMmNnNnNnNnOoOoOoOoPpPpRrRrRrRrSsSsSsSsSsTtTtTtTtUuUuUuUuUuVvVv"
				 "WwWwWwWwWwXxXxYyZzZzZzhtwyas..S.AaAaAaAaAaAaAaAaAaAaAaAaEeEeEeEe"
				 "EeEeEeEeIiIiOoOoOoOoOoOoOoOoOoOoOoOoUuUuUuUuUuUuUuYyYyYyYy......";
enum {
	INVALID = 0xfffd,
	LATIN = 0xc0,
	LATIN_END = LATIN + sizeof latin - 1,
	ADDITIONAL = 0x1e00,
	ADDITIONAL_END = ADDITIONAL + sizeof additional - 1,
	SHARP_S = 0xdf,
	SHARP_S_CAPITAL = 0x1e9e
};

static bool is_mark(uint32_t cp)
{
	return cp >= 0x300 && cp <= 0x36f;
}

bool fold_is_letter(uint32_t cp)
{
	if (cp < 0x80)
		return (cp | 0x20) >= 'a' && (cp | 0x20) <= 'z';
	return (cp >= LATIN && cp < 0x2000 && cp != 0xd7 && cp != 0xf7) ||
	       (cp >= 0x3040 && cp < 0xe000) || (cp >= 0xf900 && cp < 0xfe00) ||
	       (cp >= 0x20000 && cp < 0xe0000);
}

/* The letter itself where it has no plain one. */
static uint32_t plain_letter(uint32_t cp)
{
	uint32_t plain = '.';

	if (cp >= LATIN && cp < LATIN_END)
		plain = (unsigned char)latin[cp - LATIN];
	else if (cp >= ADDITIONAL && cp < ADDITIONAL_END)
		plain = (unsigned char)additional[cp - ADDITIONAL];
	return plain == '.' ? cp : plain;
}

static uint32_t lower(uint32_t cp)
{
	bool ascii = cp >= 'A' && cp <= 'Z';
	bool greek = cp >= 0x391 && cp <= 0x3a9, cyrillic = cp >= 0x410 && cp <= 0x42f;

	if (ascii || greek || cyrillic)
		return cp + 0x20;
	return cp >= 0x400 && cp <= 0x40f ? cp + 0x50 : cp;
}

bool fold_is_capital(uint32_t cp)
{
	uint32_t plain = plain_letter(cp);

	/* Scripts without case, such as Arabic, write names like everything else. */
	return lower(plain) != plain || cp >= 0x530;
}

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

static size_t put(char *out, uint32_t cp)
{
	if (cp < 0x80) {
		out[0] = (char)cp;
		return 1;
	}
	if (cp < 0x800) {
		out[0] = (char)(0xc0 | cp >> 6);
		out[1] = (char)(0x80 | (cp & 0x3f));
		return 2;
	}
	size_t n = cp < 0x10000 ? 3 : 4;
	out[0] = (char)(n == 3 ? 0xe0 | cp >> 12 : 0xf0 | cp >> 18);
	for (size_t i = 1; i < n; i++)
		out[i] = (char)(0x80 | (cp >> 6 * (n - 1 - i) & 0x3f));
	return n;
}

size_t fold_word(struct str word, char *out)
{
	size_t n = 0;

	for (size_t i = 0; i < word.n;) {
		uint32_t cp = utf8_next(word, &i);
		if (cp == '\'' || cp == INVALID || is_mark(cp))
			continue;
		if (cp == SHARP_S || cp == SHARP_S_CAPITAL)
			out[n++] = 's'; /* the second one comes below */
		cp = lower(cp < LATIN ? cp : plain_letter(cp));
		if (cp != 'e' || !writes_out_umlaut(out, n))
			n += put(out + n, cp);
	}
	return n;
}
