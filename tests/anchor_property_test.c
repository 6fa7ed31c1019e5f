/*
 * anchor_property_test.c -- a handbook is changed at random, and every quote is looked for.
 *
 * Takes the demo's handbook, and also the Markdown file that HANDSCHLAG_HANDBOOK names, if any.
 * The changes know what became of each block; the program under test does not.
 */
#include "anchor_changes.h"

#include "base/file.h"
#include "base/utf8.h"

#include <stdlib.h>

enum { CHECKS_MIN = 60000 };

static int before(void **state)
{
	(void)state;
	keep = arena_new(256u * 1024 * 1024);
	arena = arena_new(256u * 1024 * 1024);
	return 0;
}

static int after(void **state)
{
	(void)state;
	arena_free(keep);
	arena_free(arena);
	return 0;
}

static void read_handbook(const char *path)
{
	struct markdown_document doc;
	struct str source;

	CHECK(file_read(keep, path, MARKDOWN_DOCUMENT_BYTES, &source));
	CHECK_INT(markdown_document(keep, normal_nfc(keep, source), &doc), OK);
	old.n = 0;
	for (const struct block *b = doc.blocks; b != NULL; b = b->next) {
		old.v[old.n] =
		    (struct piece){normal_plain(keep, b->plain), (int)b->kind, {old.n}, 1};
		old.n++;
	}
}

/* The program under test
 * --------------------------------------------------------------------------*/

static struct anchor_text prepared;
static struct alignment alignment;

static size_t blocks_equal(const struct text *t, struct str plain, size_t *at)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->v[i].plain, plain) && n++ == 0)
			*at = i;
	return n;
}

static const struct align_side *sides(const struct text *t)
{
	struct align_side *v = ARENA_ARRAY(arena, struct align_side, t->n);

	for (size_t i = 0; i < t->n; i++)
		v[i] = (struct align_side){t->v[i].plain, t->v[i].plain, t->v[i].kind};
	return v;
}

static void prepare(void)
{
	struct anchor_block *blocks = ARENA_ARRAY(arena, struct anchor_block, next.n);
	size_t at;

	for (size_t j = 0; j < next.n; j++)
		blocks[j] = (struct anchor_block){next.v[j].plain,
						  blocks_equal(&old, next.v[j].plain, &at) > 0};
	align_blocks(arena, sides(&old), old.n, sides(&next), next.n, &alignment);
	anchor_text_make(arena, blocks, next.n, &prepared);
}

/* What must hold
 * ----------------------------------------------------------------------------------*/

static struct tally {
	size_t checks, states[5], similar, level, elsewhere;
} tally;

static void hold(bool so, size_t i, const struct anchor *a, const struct anchor_found *f, int line)
{
	if (so)
		return;
	print_error("check %zu, block %zu: %.*s\nquote: %.*s\nfound: %s by %s, %d %%\n",
		    tally.checks, i, ARG(old.v[i].plain), ARG(a->quote),
		    anchor_state_name(f->state), anchor_method_name(f->method), f->score);
	if (f->block != ANCHOR_NOWHERE)
		print_error("block %zu, %zu+%zu: %.*s\n", f->block, f->start, f->length,
			    ARG(next.v[f->block].plain));
	_fail(__FILE__, line);
}
#define HOLDS(condition) hold((condition), i, a, f, __LINE__)

static size_t places(const struct text *t, struct str quote, size_t *block, size_t *start)
{
	size_t n = 0;

	for (size_t i = 0; i < t->n; i++)
		for (size_t at = 0; at < t->v[i].plain.n; at++) {
			at += str_find(str_from(t->v[i].plain, at), quote);
			if (at < t->v[i].plain.n && n++ == 0) {
				*block = i;
				*start = at;
			}
		}
	return n;
}

static struct str found_words(const struct anchor_found *f)
{
	struct str plain = next.v[f->block].plain;

	CHECK(f->start + f->length <= plain.n);
	return str_head(str_from(plain, f->start), f->length);
}

static void check_exact(size_t i, const struct anchor *a, const struct anchor_found *f)
{
	const struct piece *there = &next.v[f->block];

	CHECK_STR(found_words(f), a->quote);
	CHECK_INT(f->start, a->start);
	HOLDS(made_of(there, i) || str_eq(there->plain, old.v[i].plain));
}

static void check_quote(size_t i, const struct anchor *a, const struct anchor_found *f)
{
	size_t block = 0, start = 0, was = places(&old, a->quote, &block, &start),
	       is = places(&next, a->quote, &block, &start);
	bool very_words = f->state == ANCHOR_EXACT || f->state == ANCHOR_MOVED;

	if (is == 0)
		HOLDS(!very_words);
	if (very_words)
		CHECK_STR(found_words(f), a->quote);
	if (was == 1 && is == 1 && utf8_chars(a->quote) >= ANCHOR_QUOTE_MIN)
		HOLDS(very_words && f->block == block && f->start == start);
}

static void check_found(size_t i, const struct anchor *a, const struct anchor_found *f)
{
	size_t at = 0, was = blocks_equal(&old, old.v[i].plain, &at),
	       is = blocks_equal(&next, old.v[i].plain, &at);

	tally.checks++;
	tally.states[f->state]++;
	HOLDS(f->score >= 0 && f->score <= 100);
	HOLDS((f->state == ANCHOR_ORPHAN) == (f->block == ANCHOR_NOWHERE));
	if (was == 1 && is == 1)
		HOLDS(f->state == ANCHOR_EXACT && f->block == at);
	if (f->state == ANCHOR_EXACT)
		check_exact(i, a, f);
	if (a->quote.n > 0)
		check_quote(i, a, f);
	if (f->state != ANCHOR_CHANGED)
		return;
	HOLDS(utf8_valid(found_words(f)));
	tally.similar += f->method == ANCHOR_BY_LIKENESS;
	tally.level += f->method != ANCHOR_BY_LIKENESS;
	tally.elsewhere += !made_of(&next.v[f->block], i);
}

/* A sentence, or some words of twelve letters at least, or the whole block. */
static struct anchor random_anchor(struct str plain)
{
	struct anchor_sentence *v;
	size_t n = anchor_sentences(arena, plain, &v), k = chance(n), what = chance(10);

	if (what == 0)
		return anchor_make(plain, 0, 0);
	if (what < 5 && v[k].text.n >= ANCHOR_QUOTE_MIN)
		return anchor_make(plain, v[k].start, v[k].text.n);
	size_t from = chance(plain.n - ANCHOR_QUOTE_MIN + 1);
	return anchor_make(plain, from, ANCHOR_QUOTE_MIN + chance(plain.n - from));
}

static void check_block(size_t i)
{
	struct anchor_home home;
	struct anchor_found found;

	if (old.v[i].plain.n < ANCHOR_QUOTE_MIN)
		return;
	anchor_home_of(arena, &alignment, i, &home);
	for (int times = 0; times < 2; times++) {
		struct anchor a = random_anchor(old.v[i].plain);
		anchor_find(&a, old.v[i].plain, &prepared, &home, &found);
		check_found(i, &a, &found);
	}
}

static void check_handbook(const char *path, uint64_t seed)
{
	read_handbook(path);
	dice = seed;
	tally = (struct tally){0};
	for (size_t round = 0; tally.checks < CHECKS_MIN; round++) {
		arena_reset(arena);
		change(5 + round % 10 * 5);
		prepare();
		for (size_t i = 0; i < old.n; i++)
			check_block(i);
	}
	/* A changed place in a block that has nothing of the old one: rare, and never unmarked. */
	CHECK(tally.elsewhere * 50 < tally.states[ANCHOR_CHANGED]);
}

TEST(quotes_are_found_again_after_random_changes)
{
	check_handbook("schema/demo_handbuch.md", 20260301);
}

TEST(quotes_are_found_again_in_a_handbook_of_yours)
{
	const char *path = getenv("HANDSCHLAG_HANDBOOK");

	if (path == NULL)
		skip();
	check_handbook(path, 20260302);
	print_message("%zu checks: %zu exact, %zu moved, %zu changed (%zu similar words, %zu whole "
		      "blocks, %zu in other blocks), %zu ambiguous, %zu orphans\n",
		      tally.checks, tally.states[ANCHOR_EXACT], tally.states[ANCHOR_MOVED],
		      tally.states[ANCHOR_CHANGED], tally.similar, tally.level, tally.elsewhere,
		      tally.states[ANCHOR_AMBIGUOUS], tally.states[ANCHOR_ORPHAN]);
}

TESTS_MAIN_EACH(before, after)
