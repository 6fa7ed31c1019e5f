/* words.c -- finds the words of a text and gives each a hash. */
#include "markup/words.h"

#include "base/utf8.h"
#include "markup/source.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c | 0x20) >= 'a' && (c | 0x20) <= 'z';
}

size_t words_blank(struct str s)
{
	size_t at = 0;

	if (s.n == 0)
		return 0;
	if ((unsigned char)s.p[0] < 0x80)
		return s.p[0] == ' ' || (s.p[0] >= '\t' && s.p[0] <= '\r');
	uint32_t c = utf8_next(s, &at);
	return c == 0xa0 || c == 0x202f || (c >= 0x2000 && c <= 0x200a) ? at : 0;
}

/* The end of the character at `at` if it belongs to the word before it, else 0.  Soft hyphens and
 * joiners do not end a word, nor does the dot in "1.500". */
static size_t goes_on(struct str text, size_t at)
{
	char c = text.p[at];
	size_t end = at + 1;

	if (is_letter(c) || is_digit(c))
		return end;
	if (c == '.' || c == ',' || c == ':')
		return is_digit(text.p[at - 1]) && end < text.n && is_digit(text.p[end]) ? end : 0;
	if ((unsigned char)c < 0x80)
		return 0;
	end = at;
	uint32_t cp = utf8_next(text, &end);
	return source_is_word(cp) || cp == 0xad || cp == 0x200b || cp == 0x2060 ? end : 0;
}

static uint32_t hash_of(const char *p, size_t n)
{
	uint32_t hash = 2166136261u;

	for (size_t i = 0; i < n; i++)
		hash = (hash ^ (unsigned char)p[i]) * 16777619u;
	return hash ^ hash >> 15;
}

bool words_next(struct str text, size_t *at, struct word *out)
{
	for (size_t n; (n = words_blank(str_from(text, *at))) > 0;)
		*at += n;
	if (*at >= text.n)
		return false;
	size_t start = *at;
	bool letters = source_is_word(utf8_next(text, at));
	for (size_t end; letters && *at < text.n && (end = goes_on(text, *at)) > 0;)
		*at = end;
	*out = (struct word){.at = (uint32_t)start,
			     .n = (uint32_t)(*at - start),
			     .hash = hash_of(text.p + start, *at - start),
			     .letters = letters};
	return true;
}

struct word *words_of(struct arena *a, struct str text, size_t *n)
{
	size_t count = 0, at = 0;
	struct word w;

	while (words_next(text, &at, &w))
		count++;
	struct word *words = ARENA_ARRAY(a, struct word, count);
	*n = count;
	for (at = count = 0; words_next(text, &at, &w); count++)
		words[count] = w;
	return words;
}
