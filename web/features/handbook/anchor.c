/* anchor.c -- the place of a remark in the next version. */
#include "features/handbook/anchor_parts.h"

#include "base/utf8.h"

enum {
	WEIGHT_QUOTE = 50,
	WEIGHT_PREFIX = 20,
	WEIGHT_SUFFIX = 20,
	WEIGHT_POSITION = 2,
	WEIGHT_ALL = WEIGHT_QUOTE + WEIGHT_PREFIX + WEIGHT_SUFFIX + WEIGHT_POSITION,
	TIE = 3000,         /* of 92,000: as much as three letters of the context */
	HITS_MAX = 100,     /* what stands so often is never told apart */
	BLOCK_HITS = 8,     /* similar places in one block */
	NEIGHBOURS = 3,     /* on each side */
	SURE_CHARS = 32,    /* so many similar letters are no accident */
	SURE_SCORE = 60,    /* or some of the context is there too */
	CONTEXT_SCORE = 75, /* the words, and at least one side of the context */
	PLACES_MAX = 64,
	HIT_WORK = 6000, /* comparing both contexts */
	BYTES_PER_WORK = 4
};

struct search {
	struct anchor old;
	struct str old_plain;
	const struct anchor_text *text;
	const struct anchor_home *home;
	size_t chars, expected; /* where the quote stood in text->all, about */
	struct anchor_hit best;
	int score, place, rival; /* the best one's; score of the second */
	size_t hits;             /* found so far */
	struct anchor_found *out;
};

static bool lives(const struct search *s)
{
	return s->home->block != ANCHOR_NOWHERE;
}

static bool at_home(const struct search *s)
{
	return s->best.block == s->home->block;
}

static struct str words(const struct search *s, size_t block)
{
	return s->text->block[block].plain;
}

/* False when the budget of all searches is used up. */
static bool spend(const struct search *s, int64_t work)
{
	if (s->text->work == NULL)
		return true;
	*s->text->work -= work;
	return *s->text->work > 0;
}

/* Comparing places ------------------------------------------------------------------------------
 */

static int closeness(const struct search *s, const struct anchor_hit *h)
{
	size_t at = s->text->offset[h->block] + h->start, all = s->text->all.n;
	size_t away = at > s->expected ? at - s->expected : s->expected - at;

	return all == 0 || away >= all ? 0 : (int)(1000 - 1000 * away / all) * WEIGHT_POSITION;
}

static void add_hit(struct search *s, const struct anchor_hit *h)
{
	struct str plain = words(s, h->block);
	int score = WEIGHT_QUOTE * (1000 - h->errors) +
		    WEIGHT_PREFIX * anchor_before(s->old.prefix, plain, h->start) +
		    WEIGHT_SUFFIX * anchor_behind(s->old.suffix, plain, h->start + h->length);
	int place = closeness(s, h);

	if (s->hits++ == 0 || score + place > s->score + s->place) {
		s->rival = s->hits == 1 ? 0 : s->score;
		s->best = *h;
		s->score = score;
		s->place = place;
	} else if (score > s->rival) {
		s->rival = score;
	}
}

static bool tied(const struct search *s)
{
	return s->hits > 1 && (s->rival >= s->score - TIE || s->hits == HITS_MAX);
}

static int percent(const struct search *s)
{
	return (s->score + s->place) / (10 * WEIGHT_ALL);
}

/* The very words --------------------------------------------------------------------------------
 */

static void find_at_home(struct search *s)
{
	struct str plain = words(s, s->home->block);

	for (size_t at = 0; at < plain.n && s->hits < HITS_MAX; at++) {
		at += str_find(str_from(plain, at), s->old.quote);
		if (at < plain.n)
			add_hit(s, &(struct anchor_hit){s->home->block, at, s->old.quote.n, 0});
	}
}

static size_t block_at(const struct anchor_text *t, size_t offset)
{
	size_t from = 0, to = t->n;

	while (to - from > 1) {
		size_t middle = from + (to - from) / 2;
		if (t->offset[middle] <= offset)
			from = middle;
		else
			to = middle;
	}
	return from;
}

/* While the block lives on, words that stood elsewhere before are not the ones that left it. */
static void find_elsewhere(struct search *s, bool also_known)
{
	const struct anchor_text *t = s->text;

	if (!spend(s, (int64_t)t->all.n / BYTES_PER_WORK))
		return;
	for (size_t at = 0; at < t->all.n && s->hits < HITS_MAX; at++) {
		at += str_find(str_from(t->all, at), s->old.quote);
		if (at >= t->all.n || !spend(s, HIT_WORK))
			return;
		size_t block = block_at(t, at);
		if (block != s->home->block && (also_known || !t->block[block].known))
			add_hit(s, &(struct anchor_hit){block, at - t->offset[block],
							s->old.quote.n, 0});
	}
}

/* Similar words ---------------------------------------------------------------------------------
 */

struct places {
	size_t v[PLACES_MAX], n;
};

static void add_place(struct places *p, size_t block)
{
	for (size_t k = 0; k < p->n; k++)
		if (p->v[k] == block)
			return;
	if (p->n < PLACES_MAX)
		p->v[p->n++] = block;
}

static struct places places_near(const struct search *s)
{
	struct places p = {.n = 0};
	size_t behind, from; /* the gap, or the block itself, lies before `behind` */

	if (lives(s))
		add_place(&p, s->home->block);
	for (size_t k = 0; k < s->home->kin_count; k++)
		add_place(&p, s->home->kin[k]);
	behind = lives(s)                            ? s->home->block + 1
		 : s->home->before == ANCHOR_NOWHERE ? 0
						     : s->home->before + 1;
	from = behind - lives(s);
	from = from > NEIGHBOURS ? from - NEIGHBOURS : 0;
	for (size_t k = from; k < behind + NEIGHBOURS && k < s->text->n; k++)
		add_place(&p, k);
	return p;
}

/* Those are known already. */
static bool the_very_words(const struct search *s, const struct anchor_hit *h)
{
	return str_eq(str_head(str_from(words(s, h->block), h->start), h->length), s->old.quote);
}

static void find_similar(struct search *s)
{
	struct places p = places_near(s);
	struct anchor_hit hit[BLOCK_HITS];

	/* The very words elsewhere count more than similar ones elsewhere. */
	if (s->hits > 0)
		p.n = lives(s);

	for (size_t k = 0; k < p.n && spend(s, HIT_WORK); k++) {
		size_t n = anchor_approximate(s->old.quote, words(s, p.v[k]), hit, BLOCK_HITS,
					      s->text->work);
		for (size_t i = 0; i < n; i++) {
			hit[i].block = p.v[k];
			if (!the_very_words(s, &hit[i]))
				add_hit(s, &hit[i]);
		}
	}
}

/* What follows from it --------------------------------------------------------------------------
 */

static void answer(struct search *s, enum anchor_state state, enum anchor_method method)
{
	*s->out = (struct anchor_found){.state = state,
					.method = method,
					.score = percent(s),
					.block = s->best.block,
					.start = s->best.start,
					.length = s->best.length};
}

static bool all_around(const struct search *s)
{
	return s->score == 1000 * (WEIGHT_QUOTE + WEIGHT_PREFIX + WEIGHT_SUFFIX);
}

/* The quote stands in its block; false when that may be an accident.  Other words around it are
 * worth a look by a person, even when nothing moved: a paragraph was cut there, or this is a twin
 * of the block. */
static bool settle_at_home(struct search *s, bool last_word)
{
	bool once = s->hits == 1 && anchor_count(s->old_plain, s->old.quote, &(size_t){0}) <= 1;
	bool sure = once || (!tied(s) && percent(s) >= CONTEXT_SCORE);
	bool stayed = s->best.start == s->old.start && all_around(s);

	if (!once && !last_word && percent(s) < CONTEXT_SCORE)
		return false;
	answer(s,
	       !sure    ? ANCHOR_AMBIGUOUS
	       : stayed ? ANCHOR_EXACT
			: ANCHOR_MOVED,
	       once ? ANCHOR_BY_QUOTE : ANCHOR_BY_CONTEXT);
	return true;
}

static bool settle(struct search *s)
{
	bool same = s->best.errors == 0, sure;

	if (s->hits == 0)
		return false;
	if (same && at_home(s))
		return settle_at_home(s, true);
	if (same)
		sure = s->chars >= ANCHOR_QUOTE_MIN || percent(s) >= CONTEXT_SCORE;
	else
		sure = at_home(s) || s->chars >= SURE_CHARS || percent(s) >= SURE_SCORE;
	if (!sure || (tied(s) && lives(s) && !at_home(s)))
		return false;
	if (tied(s))
		answer(s, ANCHOR_AMBIGUOUS, same ? ANCHOR_BY_CONTEXT : ANCHOR_BY_LIKENESS);
	else if (same)
		answer(s, ANCHOR_MOVED, s->hits == 1 ? ANCHOR_BY_QUOTE : ANCHOR_BY_CONTEXT);
	else
		answer(s, ANCHOR_CHANGED, ANCHOR_BY_LIKENESS);
	return true;
}

static void settle_for_block(struct search *s)
{
	size_t block = lives(s)                 ? s->home->block
		       : s->home->kin_count > 0 ? s->home->kin[0]
						: ANCHOR_NOWHERE;

	*s->out = block == ANCHOR_NOWHERE ? (struct anchor_found){.state = ANCHOR_ORPHAN,
								  .method = ANCHOR_BY_NOTHING,
								  .block = ANCHOR_NOWHERE}
					  : (struct anchor_found){.state = ANCHOR_CHANGED,
								  .method = ANCHOR_BY_BLOCK_LEVEL,
								  .score = s->home->likeness,
								  .block = block};
}

static void find_quote(struct search *s)
{
	if (lives(s)) {
		find_at_home(s);
		if (s->hits > 0 && settle_at_home(s, false))
			return;
	}
	find_elsewhere(s, !lives(s));
	if (s->chars >= ANCHOR_QUOTE_MIN)
		find_similar(s);
	if (!settle(s))
		settle_for_block(s);
}

/* A block that is gone may stand, as a whole, within another one. */
static void find_block(struct search *s)
{
	if (lives(s) || s->home->kin_count > 0 || utf8_chars(s->old_plain) < ANCHOR_QUOTE_MIN) {
		settle_for_block(s);
		return;
	}
	s->old = (struct anchor){.quote = s->old_plain};
	find_elsewhere(s, false);
	if (s->hits != 1) {
		settle_for_block(s);
		return;
	}
	answer(s, ANCHOR_CHANGED, ANCHOR_BY_QUOTE);
	s->out->start = s->out->length = 0;
}

void anchor_find(const struct anchor *old, struct str old_plain, const struct anchor_text *text,
		 const struct anchor_home *home, struct anchor_found *out)
{
	struct search s = {.old = *old,
			   .old_plain = old_plain,
			   .text = text,
			   .home = home,
			   .chars = utf8_chars(old->quote),
			   .out = out};

	if (lives(&s) && str_eq(words(&s, home->block), old_plain)) {
		*out = (struct anchor_found){.state = ANCHOR_EXACT,
					     .method = ANCHOR_BY_BLOCK,
					     .score = 100,
					     .block = home->block,
					     .start = old->start,
					     .length = old->length};
		return;
	}
	if (lives(&s))
		s.expected = text->offset[home->block] + old->start;
	else if (home->before != ANCHOR_NOWHERE)
		s.expected = text->offset[home->before] + words(&s, home->before).n;
	if (old->quote.n > 0)
		find_quote(&s);
	else
		find_block(&s);
}
