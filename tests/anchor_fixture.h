/*
 * anchor_fixture.h -- two versions of a text, and in one line where a quote is found again.
 */
#ifndef TESTS_ANCHOR_FIXTURE_H
#define TESTS_ANCHOR_FIXTURE_H

#include "features/handbook/anchor.h"
#include "markup/markdown.h"

#include "arena_fixture.h"

/* Two versions of a text, one block a line; "# " begins a heading. */
struct world {
	struct align_side *old, *next;
	size_t n, m;
	struct alignment alignment;
	struct anchor_text text;
	struct anchor_home home;
	struct anchor anchor;
	struct anchor_found found;
};

static struct align_side *sides(const char *text, size_t *n)
{
	struct align_side *v = ARENA_ARRAY(arena, struct align_side, strlen(text) + 1);
	struct str rest = str_of(text), line;

	for (*n = 0; str_cut(&rest, '\n', &line);) {
		bool heading = str_starts(line, S("# "));
		line = heading ? str_from(line, 2) : line;
		if (line.n > 0)
			v[(*n)++] = (struct align_side){line, line,
							heading ? BLOCK_HEADING : BLOCK_PARAGRAPH};
	}
	return v;
}

static bool was_there(const struct world *w, struct str plain)
{
	for (size_t i = 0; i < w->n; i++)
		if (str_eq(w->old[i].plain, plain))
			return true;
	return false;
}

static struct world *world(const char *old, const char *next)
{
	struct world *w = ARENA_NEW(arena, struct world);
	struct anchor_block *blocks;

	w->old = sides(old, &w->n);
	w->next = sides(next, &w->m);
	align_blocks(arena, w->old, w->n, w->next, w->m, &w->alignment);
	blocks = ARENA_ARRAY(arena, struct anchor_block, w->m);
	for (size_t j = 0; j < w->m; j++)
		blocks[j] = (struct anchor_block){w->next[j].plain, was_there(w, w->next[j].plain)};
	anchor_text_make(arena, blocks, w->m, &w->text);
	return w;
}

/* A remark on the nth place (from 1) in block i with these words; "" for the whole block. */
static const struct anchor_found *find_nth(struct world *w, size_t i, const char *quote, int nth)
{
	struct str plain = w->old[i].plain, words = str_of(quote);
	size_t at = str_find(plain, words);

	while (--nth > 0)
		at += 1 + str_find(str_from(plain, at + 1), words);
	CHECK(at < plain.n);
	w->anchor = anchor_make(plain, at, words.n);
	anchor_home_of(arena, &w->alignment, i, &w->home);
	anchor_find(&w->anchor, plain, &w->text, &w->home, &w->found);
	return &w->found;
}

static const struct anchor_found *find(struct world *w, size_t i, const char *quote)
{
	return find_nth(w, i, quote, 1);
}

/* "moved quote 3: words" */
static struct str told(const struct world *w)
{
	const struct anchor_found *f = &w->found;
	struct str state = str_of(anchor_state_name(f->state)),
		   method = str_of(anchor_method_name(f->method));

	CHECK(f->score >= 0 && f->score <= 100);
	CHECK((f->state == ANCHOR_ORPHAN) == (f->block == ANCHOR_NOWHERE));
	if (f->state == ANCHOR_ORPHAN)
		return arena_fmt(arena, "%.*s %.*s", ARG(state), ARG(method));
	struct str words = str_head(str_from(w->text.block[f->block].plain, f->start), f->length);
	return arena_fmt(arena, "%.*s %.*s %zu: %.*s", ARG(state), ARG(method), f->block,
			 ARG(words));
}

#define CHECK_FOUND(old, next, block, quote, want)                                                 \
	do {                                                                                       \
		struct world *in = world(old, next);                                               \
		find(in, block, quote);                                                            \
		CHECK_STR(told(in), S(want));                                                      \
	} while (0)

#define GOALS "Das Vierland will Verwaltungen, die ihre Daten kennen, und Menschen, die mitreden."
#define VOTES "Jeder Ort hat eine Stimme. Für jeden Ort sprechen eine Person und ihre Vertretung."
#define PAPERS "Vorlagen liegen fünf Tage vor der Sitzung bereit. Wer sie schrieb, ist erreichbar."

#endif
