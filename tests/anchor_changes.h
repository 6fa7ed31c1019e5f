/*
 * anchor_changes.h -- a text and what random changes make of it, block by block.
 */
#ifndef TESTS_ANCHOR_CHANGES_H
#define TESTS_ANCHOR_CHANGES_H

#include "features/handbook/anchor.h"
#include "markup/markdown.h"
#include "markup/normal.h"

#include "test.h"

enum { PARENTS = 4, BLOCKS_MAX = 4 * MARKDOWN_DOCUMENT_BLOCKS };

static struct arena *keep, *arena;

static uint64_t dice;

static size_t chance(size_t n)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (size_t)((dice * 0x2545f4914f6cdd1d) >> 33) % n;
}

/* A text, and of which old blocks each of its blocks was made. -----------------------------------
 */

struct piece {
	struct str plain;
	int kind;
	size_t parent[PARENTS], parents;
};

struct text {
	struct piece v[BLOCKS_MAX];
	size_t n;
};

static struct text old, next;

static void add(struct text *t, struct piece p)
{
	if (t->n < BLOCKS_MAX)
		t->v[t->n++] = p;
}

static bool made_of(const struct piece *p, size_t i)
{
	for (size_t k = 0; k < p->parents; k++)
		if (p->parent[k] == i)
			return true;
	return false;
}

/* Changes ----------------------------------------------------------------------------------------
 */

static struct str invented_words(size_t n)
{
	static const char *const syllables[] = {"ba", "ko", "lü", "mer", "tat", "sin", "fu", "gra"};
	struct buf b = {.arena = arena};

	for (size_t i = 0; i < n; i++) {
		buf_add(&b, i > 0 ? S(" ") : S(""));
		for (size_t k = 2 + chance(3); k > 0; k--)
			buf_add(&b, str_of(syllables[chance(8)]));
	}
	return buf_str(&b);
}

/* A place between two words, or 0 when there is only one. */
static size_t word_border(struct str s)
{
	size_t from = s.n < 2 ? 0 : chance(s.n), at = from + str_find_char(str_from(s, from), ' ');

	return at < s.n ? at : 0;
}

static struct str joined(struct str a, struct str middle, struct str b)
{
	return arena_fmt(arena, "%.*s%.*s%.*s", ARG(a), ARG(middle), ARG(b));
}

/* Puts words in, takes some out or both, one to four times. */
static struct str edited(struct str s)
{
	for (size_t times = 1 + chance(4); times > 0; times--) {
		size_t at = word_border(s), what = chance(3);
		struct str left = str_head(s, at), right = at > 0 ? str_from(s, at + 1) : s;
		size_t cut = what == 0 ? 0 : str_find_char(right, ' ');
		right = str_from(right, cut < right.n ? cut + (cut > 0) : 0);
		struct str words = what == 1 ? S("") : invented_words(1 + chance(3));
		struct str gap =
		    joined(at > 0 ? S(" ") : S(""), words, words.n > 0 ? S(" ") : S(""));
		s = joined(left, gap, right);
	}
	return normal_plain(arena, s);
}

static void split(struct piece p)
{
	struct anchor_sentence *v;
	size_t n = anchor_sentences(arena, p.plain, &v);
	size_t at = n > 1 ? v[1 + chance(n - 1)].start - 1 : word_border(p.plain);

	if (at > 0) {
		struct piece left = p;
		left.plain = str_head(p.plain, at);
		add(&next, left);
		p.plain = str_from(p.plain, at + 1);
	}
	add(&next, p);
}

/* To the block before: the words of both, and of whatever that was made of. */
static void merge(struct piece p)
{
	struct piece *last = next.n > 0 ? &next.v[next.n - 1] : NULL;

	if (last == NULL || last->kind != p.kind || last->parents == PARENTS) {
		add(&next, p);
		return;
	}
	last->plain = joined(last->plain, S(" "), p.plain);
	last->parent[last->parents++] = p.parent[0];
}

/* One of its sentences goes to a block far away. */
static void lose_sentence(struct piece p)
{
	struct anchor_sentence *v;
	size_t n = anchor_sentences(arena, p.plain, &v), k = chance(n + 1);
	struct piece *to = next.n > 0 ? &next.v[chance(next.n)] : NULL;

	if (n < 2 || k == n || to == NULL || to->parents == PARENTS) {
		add(&next, p);
		return;
	}
	size_t end = v[k].start + v[k].text.n;
	to->plain = joined(to->plain, S(" "), v[k].text);
	to->parent[to->parents++] = p.parent[0];
	p.plain = normal_plain(
	    arena, joined(str_head(p.plain, v[k].start), S(""), str_from(p.plain, end)));
	add(&next, p);
}

static void move_stretch(struct text *t)
{
	static struct piece moved[8];
	size_t n = 1 + chance(8), from = chance(t->n), to;

	if (t->n < 20 || from + n > t->n)
		return;
	memcpy(moved, t->v + from, n * sizeof *moved);
	memmove(t->v + from, t->v + from + n, (t->n - from - n) * sizeof *moved);
	to = chance(t->n - n + 1);
	memmove(t->v + to + n, t->v + to, (t->n - n - to) * sizeof *moved);
	memcpy(t->v + to, moved, n * sizeof *moved);
}

/* Every so many percent of the blocks are changed. */
static void change(size_t percent)
{
	next.n = 0;
	for (size_t i = 0; i < old.n; i++) {
		struct piece p = old.v[i];
		size_t what = chance(100) < percent ? chance(7) : 7;
		if (what == 0)
			add(&next, (struct piece){.plain = invented_words(3 + chance(20)),
						  .kind = BLOCK_PARAGRAPH});
		if (what == 1)
			continue;
		if (what == 2 || what == 3)
			p.plain = edited(p.plain);
		if (what == 4)
			split(p);
		else if (what == 5)
			merge(p);
		else if (what == 6)
			lose_sentence(p);
		else
			add(&next, p);
	}
	for (size_t times = chance(3); times > 0; times--)
		move_stretch(&next);
}

#endif
