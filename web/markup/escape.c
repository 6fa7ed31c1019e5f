/* escape.c -- words that shall mean nothing else. */
#include "markup/markdown.h"

#include <string.h>

/* At the start of a line "1." makes a list. */
static bool ends_number(struct str words, size_t at)
{
	if (at == 0 || (words.p[at] != '.' && words.p[at] != ')'))
		return false;
	for (size_t i = 0; i < at; i++)
		if (words.p[i] < '0' || words.p[i] > '9')
			return false;
	return true;
}

/* Only what could mean something: people read and edit this text, "Person 1 (Stadt A)" stays. */
struct str markdown_escape(struct arena *a, struct str words)
{
	struct buf b = {.arena = a};

	words = str_trim(words);
	for (size_t i = 0; i < words.n; i++) {
		char c = words.p[i];
		bool first = i == 0, last = i + 1 == words.n;
		bool always = strchr("\\`*_~[]<>&#", c) != NULL && c != '\0';
		bool at_start = first && c != '\0' && strchr("+-=:(", c) != NULL;
		if (c == '|') { /* a backslash would not do in tables */
			buf_add(&b, S("&#124;"));
			continue;
		}
		if (always || at_start || ends_number(words, i) || (last && c == '!'))
			buf_char(&b, '\\');
		buf_char(&b, c == '\n' || c == '\r' || c == '\t' ? ' ' : c);
	}
	return buf_str(&b);
}
