/* message.c -- the sentences. */
#include "app/message.h"

#include <inttypes.h>

static const struct {
	struct str word, text;
} messages[M_COUNT] = {
    [M_NONE] = {S_INIT(""), S_INIT("")},
#define DONE(name, word, text) [name] = {S_INIT(word), S_INIT(text)},
#define WRONG(name, text) [name] = {S_INIT(""), S_INIT(text)},
#include "app/messages.h"
};

struct str message_text(struct arena *a, enum message m, int64_t number)
{
	struct str text = messages[m].text;
	size_t at = str_find(text, S("%d"));

	if (at == text.n)
		return text;
	return arena_fmt(a, "%.*s%" PRId64 "%.*s", ARG(str_head(text, at)), number,
			 ARG(str_from(text, at + 2)));
}

struct str message_word(enum message m)
{
	return messages[m].word;
}

enum message message_named(struct str word)
{
	for (int m = M_NONE + 1; m < M_COUNT; m++)
		if (messages[m].word.n > 0 && str_eq(messages[m].word, word))
			return (enum message)m;
	return M_NONE;
}
