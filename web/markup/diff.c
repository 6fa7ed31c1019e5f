/* diff.c -- words that both sides keep, made into changes that a person can read. */
#include "markup/diff.h"

#include "markup/lcs.h"
#include "markup/words.h"

enum {
	SCRATCH_BYTES = 256 * 1024 * 1024, /* far more than two documents need */
	ISLAND_WORDS = 3,                  /* of letters, in what may be swallowed by changes */
	ISLAND_SIGNS = 12,
	BOTH = 3
};

struct side {
	struct str text;
	struct word *words;
	uint32_t *ids; /* equal words have equal ones */
	bool *same;
	size_t n;
};

/* The words [start, end) of both sides, `letters` bytes of words in them. */
struct span {
	size_t start, end, letters;
};
struct change {
	struct span from, to;
};

struct comparison {
	struct arena *scratch;
	struct side from, to;
	struct change *changes;
	size_t n;
	struct diff *out;
	size_t room;
	struct arena *arena; /* of the parts */
};

static struct str word_at(const struct side *s, size_t i)
{
	return str_head(str_from(s->text, s->words[i].at), s->words[i].n);
}

/* ---- Which words both sides keep ---- */

struct slot {
	struct str word;
	unsigned sides; /* 1: in `from`, 2: in `to`, BOTH */
};

static void number_words(struct side *s, struct slot *slots, size_t mask, unsigned side)
{
	for (size_t i = 0; i < s->n; i++) {
		struct str word = word_at(s, i);
		size_t at = s->words[i].hash & mask;
		while (slots[at].sides != 0 && !str_eq(slots[at].word, word))
			at = (at + 1) & mask;
		slots[at].word = word;
		slots[at].sides |= side;
		s->ids[i] = (uint32_t)at;
	}
}

static struct side side_of(struct arena *scratch, struct str text)
{
	struct side s = {.text = text};

	s.words = words_of(scratch, text, &s.n);
	s.ids = ARENA_ARRAY(scratch, uint32_t, s.n);
	s.same = ARENA_ARRAY(scratch, bool, s.n);
	return s;
}

/* Words that one side alone has cannot be common: without them there is less to search. */
static struct lcs_list list_of(struct arena *scratch, const struct side *s,
			       const struct slot *slots)
{
	uint32_t *ids = ARENA_ARRAY(scratch, uint32_t, s->n);
	struct lcs_list list = {.id = ids, .same = ARENA_ARRAY(scratch, bool, s->n)};

	for (size_t i = 0; i < s->n; i++)
		if (slots[s->ids[i]].sides == BOTH)
			ids[list.n++] = s->ids[i];
	return list;
}

static void mark_same(struct side *s, struct lcs_list list, const struct slot *slots)
{
	for (size_t i = 0, k = 0; i < s->n; i++)
		if (slots[s->ids[i]].sides == BOTH)
			s->same[i] = list.same[k++];
}

static void find_same(struct comparison *c, int64_t *budget)
{
	int64_t steps = *budget - *budget / 2, given = steps;
	size_t mask = 15;

	while (mask < 2 * (c->from.n + c->to.n))
		mask = 2 * mask + 1;
	struct slot *slots = ARENA_ARRAY(c->scratch, struct slot, mask + 1);
	number_words(&c->from, slots, mask, 1);
	number_words(&c->to, slots, mask, 2);
	struct lcs_list from = list_of(c->scratch, &c->from, slots);
	struct lcs_list to = list_of(c->scratch, &c->to, slots);
	c->out->coarse = !lcs_find(c->scratch, from, to, &steps);
	*budget -= given - (steps > 0 ? steps : 0);
	mark_same(&c->from, from, slots);
	mark_same(&c->to, to, slots);
}

/* ---- Changes ---- */

static struct span span_of(const struct side *s, size_t start)
{
	struct span span = {.start = start, .end = start};

	for (; span.end < s->n && !s->same[span.end]; span.end++)
		span.letters += s->words[span.end].n;
	return span;
}

static bool is_empty(struct span s)
{
	return s.start == s.end;
}

/* How well may a change begin before this word?  Best where a sentence begins. */
static int beginning(const struct side *s, size_t word)
{
	if (word == 0)
		return 3;
	struct word before = s->words[word - 1];
	char last = s->text.p[before.at];
	if (!before.letters && str_find_char(S(".!?"), last) < 3)
		return 3;
	if (!before.letters && str_find_char(S(",;:"), last) < 3)
		return 2;
	return before.at + before.n < s->words[word].at;
}

/*
 * "Der Rat tagt. Der [Kreis tagt. Der] Bund tagt." reads better one word to the left.  The words
 * before may move behind as long as they are the same as the last ones of the change.  `s` is the
 * side with the words, `words` the change there, `place` where it is on the other side.
 */
static void slide(const struct side *s, struct span *words, struct span *place, size_t limit)
{
	size_t best = 0;
	int best_score = -1;

	for (size_t by = 0; by <= limit; by++) {
		int score = beginning(s, words->start - by);
		if (score > best_score) {
			best = by;
			best_score = score;
		}
		if (by == limit || s->ids[words->start - by - 1] != s->ids[words->end - by - 1])
			break;
	}
	*words = (struct span){words->start - best, words->end - best, words->letters};
	place->start = place->end = place->start - best;
}

/* Counts what may be an island; false when it is too large for one. */
static bool is_island(const struct side *s, size_t start, size_t end, size_t *letters)
{
	size_t words = 0;

	*letters = 0;
	if (end - start > ISLAND_SIGNS)
		return false;
	for (size_t i = start; i < end; i++) {
		words += s->words[i].letters;
		*letters += s->words[i].letters ? s->words[i].n : 0;
	}
	return words <= ISLAND_WORDS;
}

static bool outweighs(const struct change *c, size_t letters)
{
	return c->from.letters >= letters && c->to.letters >= letters;
}

/* Is what lies between two changes there by chance?  Two insertions are easier to read apart. */
static bool belong_together(const struct side *from, const struct change *a, const struct change *b)
{
	size_t letters;
	bool deleted = !is_empty(a->from) || !is_empty(b->from);
	bool inserted = !is_empty(a->to) || !is_empty(b->to);

	if (a->from.end == b->from.start)
		return true;
	if (!deleted || !inserted || !is_island(from, a->from.end, b->from.start, &letters))
		return false;
	return letters == 0 || (outweighs(a, letters) && outweighs(b, letters));
}

static void join(const struct side *s, struct span *a, const struct span *b)
{
	for (size_t i = a->end; i < b->start; i++)
		a->letters += s->words[i].n;
	a->letters += b->letters;
	a->end = b->end;
}

static void add_change(struct comparison *c, struct change next)
{
	struct change *last = c->n > 0 ? &c->changes[c->n - 1] : NULL;
	size_t limit = next.from.start - (last != NULL ? last->from.end : 0);

	if (is_empty(next.from))
		slide(&c->to, &next.to, &next.from, limit);
	else if (is_empty(next.to))
		slide(&c->from, &next.from, &next.to, limit);
	c->changes[c->n++] = next;
	while (c->n > 1 &&
	       belong_together(&c->from, &c->changes[c->n - 2], &c->changes[c->n - 1])) {
		struct change *into = &c->changes[c->n - 2];
		join(&c->from, &into->from, &c->changes[c->n - 1].from);
		join(&c->to, &into->to, &c->changes[c->n - 1].to);
		c->n--;
	}
}

static void find_changes(struct comparison *c)
{
	c->changes = ARENA_ARRAY(c->scratch, struct change, (c->from.n + c->to.n) / 2 + 1);
	for (size_t f = 0, t = 0; f < c->from.n || t < c->to.n; f++, t++) {
		struct change next = {span_of(&c->from, f), span_of(&c->to, t)};
		if (!is_empty(next.from) || !is_empty(next.to))
			add_change(c, next);
		f = next.from.end;
		t = next.to.end;
	}
}

/* ---- Parts ---- */

static void add_part(struct comparison *c, enum diff_kind kind, struct str text, size_t change)
{
	struct diff *d = c->out;
	struct diff_part *last = d->n > 0 ? &d->parts[d->n - 1] : NULL;

	if (text.n == 0)
		return;
	if (last != NULL && kind == DIFF_SAME && last->kind == DIFF_SAME) {
		last->text.n += text.n;
		return;
	}
	if (d->n == c->room) {
		c->room = 2 * c->room + 8;
		struct diff_part *more = ARENA_ARRAY(c->arena, struct diff_part, c->room);
		for (size_t i = 0; i < d->n; i++)
			more[i] = d->parts[i];
		d->parts = more;
	}
	d->parts[d->n++] = (struct diff_part){kind, text, change};
}

/* Length of the blank at the end of s; 0 when something else is there. */
static size_t blank_at_end(struct str s)
{
	size_t at = s.n;

	while (at > 0 && ((unsigned char)s.p[--at] & 0xc0) == 0x80)
		;
	return words_blank(str_from(s, at));
}

/* What lies between two kept words: the blanks that both have there stay. */
static void add_gap(struct comparison *c, struct str old, struct str new, size_t change)
{
	size_t head = 0, tail = 0, n;

	while ((n = words_blank(str_from(old, head))) > 0 &&
	       str_eq(str_head(str_from(old, head), n), str_head(str_from(new, head), n)))
		head += n;
	add_part(c, DIFF_SAME, str_head(old, head), 0);
	old = str_from(old, head);
	new = str_from(new, head);
	while ((n = blank_at_end(str_head(old, old.n - tail))) > 0 && n <= new.n - tail &&
	       str_eq(str_from(old, old.n - tail - n), str_from(new, new.n - tail - n)))
		tail += n;
	add_part(c, DIFF_DELETED, str_head(old, old.n - tail), change);
	add_part(c, DIFF_INSERTED, str_head(new, new.n - tail), change);
	add_part(c, DIFF_SAME, str_from(old, old.n - tail), 0);
}

/* Where the word begins, or the text ends. */
static size_t place_of(const struct side *s, size_t word)
{
	return word < s->n ? s->words[word].at : s->text.n;
}

static struct str between(const struct side *s, size_t at, size_t word)
{
	return str_head(str_from(s->text, at), place_of(s, word) - at);
}

static void add_parts(struct comparison *c)
{
	size_t old_at = 0, new_at = 0, next = 0;

	for (size_t f = 0, t = 0;; f++, t++) {
		size_t change = 0;
		if (next < c->n && c->changes[next].from.start == f) {
			f = c->changes[next].from.end;
			t = c->changes[next].to.end;
			change = ++next;
		}
		add_gap(c, between(&c->from, old_at, f), between(&c->to, new_at, t), change);
		if (f == c->from.n)
			return;
		add_part(c, DIFF_SAME, word_at(&c->from, f), 0);
		old_at = place_of(&c->from, f) + c->from.words[f].n;
		new_at = place_of(&c->to, t) + c->to.words[t].n;
	}
}

void diff_words(struct arena *a, struct str from, struct str to, int64_t *budget, struct diff *out)
{
	struct comparison c = {.arena = a, .out = out};

	*out = (struct diff){0};
	if (str_eq(from, to)) {
		add_part(&c, DIFF_SAME, from, 0);
		return;
	}
	struct arena *scratch = c.scratch = arena_new(SCRATCH_BYTES);
	c.from = side_of(scratch, from);
	c.to = side_of(scratch, to);
	find_same(&c, budget);
	find_changes(&c);
	add_parts(&c);
	out->changes = c.n;
	arena_free(scratch);
}
