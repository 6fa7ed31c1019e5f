/* message_find.c -- a sentence by its name or its word. */
#include "app/message_rows.h"

#include <inttypes.h>

static const struct message_row *row(enum message m)
{
	return m < M_REGISTER ? &messages[m] : &register_messages[m - M_REGISTER];
}

struct str message_text(struct arena *a, enum message m, int64_t number)
{
	struct str text = row(m)->text;
	size_t at = str_find(text, S("%d"));

	if (at == text.n)
		return text;
	return arena_fmt(a, "%.*s%" PRId64 "%.*s", ARG(str_head(text, at)), number,
			 ARG(str_from(text, at + 2)));
}

struct str message_word(enum message m)
{
	return row(m)->word;
}

enum message message_named(struct str word)
{
	for (int m = M_NONE + 1; m < M_COUNT; m++)
		if (row((enum message)m)->word.n > 0 && str_eq(row((enum message)m)->word, word))
			return (enum message)m;
	return M_NONE;
}
