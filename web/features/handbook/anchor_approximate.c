/* anchor_approximate.c -- similar words: edit distance to any part of a text, and of contexts. */
#include "base/utf8.h"
#include "features/handbook/anchor_parts.h"

enum { QUOTE_CHARS = 300, END_CHARS = 100, END_HITS = 8, CONTEXT_ROOM = 48 };

struct str anchor_tail(struct str s, size_t chars)
{
	size_t at = s.n;

	while (at > 0 && chars > 0) {
		at--;
		chars -= ((unsigned char)s.p[at] & 0xc0) != 0x80;
	}
	return str_from(s, at);
}

static size_t read_chars(struct str s, uint32_t *out, size_t room)
{
	size_t n = 0;

	for (size_t at = 0; at < s.n && n < room;)
		out[n++] = utf8_next(s, &at);
	return n;
}

/* The quote within a text -----------------------------------------------------------------------
 */

/*
 * Sellers: column[i] is the least number of edits between the first i code points of the quote and
 * some part of the text that ends here, and where that part starts.  Rows below `last` need more
 * than the limit and are left out (Ukkonen), which saves most of the work in a text that has
 * nothing to do with the quote.
 */
struct cell {
	uint32_t cost;
	size_t start;
};

struct matcher {
	uint32_t quote[QUOTE_CHARS];
	size_t n, last;
	uint32_t limit;
	struct cell column[QUOTE_CHARS + 1];
};

static void matcher_begin(struct matcher *m, struct str quote)
{
	m->n = read_chars(quote, m->quote, QUOTE_CHARS);
	m->limit = (uint32_t)m->n / 4;
	m->last = m->limit;
	for (size_t i = 0; i <= m->n; i++)
		m->column[i] = (struct cell){(uint32_t)i, 0};
}

static struct cell cheaper(struct cell a, struct cell b, uint32_t cost_of_b)
{
	return b.cost + cost_of_b < a.cost ? (struct cell){b.cost + cost_of_b, b.start} : a;
}

/* Goes on to the next code point of the text, which ends at `end`; does a match end there? */
static bool matcher_step(struct matcher *m, uint32_t cp, size_t end)
{
	struct cell diagonal = m->column[0];
	size_t low = m->last < m->n ? m->last + 1 : m->n;

	m->column[0].start = end;
	for (size_t i = 1; i <= low; i++) {
		struct cell left = m->column[i], best = diagonal;
		best.cost += m->quote[i - 1] != cp;
		best = cheaper(best, left, 1);
		m->column[i] = cheaper(best, m->column[i - 1], 1);
		diagonal = left;
	}
	for (m->last = low; m->column[m->last].cost > m->limit;)
		m->last--;
	return m->last == m->n;
}

struct hits {
	struct anchor_hit *v;
	size_t n, room;
};

/* When there are too many, the best stay. */
static void keep_hit(struct hits *hits, const struct anchor_hit *h)
{
	size_t worst = 0;

	if (h->length == 0)
		return;
	if (hits->n < hits->room) {
		hits->v[hits->n++] = *h;
		return;
	}
	for (size_t k = 1; k < hits->n; k++)
		if (hits->v[k].errors > hits->v[worst].errors)
			worst = k;
	if (h->errors < hits->v[worst].errors)
		hits->v[worst] = *h;
}

static size_t find_similar(struct str quote, struct str plain, struct hits hits, int64_t *work)
{
	struct anchor_hit last = {.length = 0};
	struct matcher m;

	matcher_begin(&m, quote);
	for (size_t at = 0; at < plain.n && (work == NULL || *work > 0);) {
		uint32_t cp = utf8_next(plain, &at);
		if (work != NULL)
			*work -= (int64_t)m.last + 1;
		if (!matcher_step(&m, cp, at))
			continue;
		struct cell c = m.column[m.n];
		struct anchor_hit h = {
		    .start = c.start, .length = at - c.start, .errors = (int)(c.cost * 1000 / m.n)};
		bool overlaps = h.start < last.start + last.length;
		if (overlaps && h.errors >= last.errors)
			continue;
		if (!overlaps)
			keep_hit(&hits, &last);
		last = h;
	}
	keep_hit(&hits, &last);
	return hits.n;
}

/* A long quote is where its beginning and its end stand about as far apart as before. */
static size_t find_ends(struct str quote, struct str plain, struct anchor_hit *out, int64_t *work)
{
	struct anchor_hit head[END_HITS], tail[END_HITS];
	size_t heads = find_similar(utf8_head(quote, END_CHARS), plain,
				    (struct hits){.v = head, .room = END_HITS}, work);
	size_t tails = heads == 0 ? 0
				  : find_similar(anchor_tail(quote, END_CHARS), plain,
						 (struct hits){.v = tail, .room = END_HITS}, work);

	out->errors = 1000;
	for (size_t i = 0; i < heads; i++)
		for (size_t k = 0; k < tails; k++) {
			size_t length = tail[k].start + tail[k].length - head[i].start;
			/* What lies between them was not compared. */
			int errors = (head[i].errors + tail[k].errors) / 2 + 1;
			if (tail[k].start >= head[i].start && length * 4 >= quote.n * 3 &&
			    length * 4 <= quote.n * 5 && errors < out->errors)
				*out = (struct anchor_hit){
				    .start = head[i].start, .length = length, .errors = errors};
		}
	return out->errors < 1000;
}

static bool in_word(struct str s, size_t at)
{
	unsigned char c = (unsigned char)s.p[at];

	return c >= 0x80 || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

/* Half a word is no quote: where edits end is a matter of chance. */
static void widen(struct anchor_hit *h, struct str plain)
{
	size_t end = h->start + h->length;

	while (h->start > 0 && in_word(plain, h->start - 1) && in_word(plain, h->start))
		h->start--;
	while (end > 0 && end < plain.n && in_word(plain, end) && in_word(plain, end - 1))
		end++;
	h->length = end - h->start;
}

size_t anchor_approximate(struct str quote, struct str plain, struct anchor_hit *out, size_t room,
			  int64_t *work)
{
	size_t chars = utf8_chars(quote);

	/* A quarter may be missing; each code point left has at least a byte. */
	if (plain.n < chars - chars / 4)
		return 0;
	size_t n = chars > QUOTE_CHARS
		       ? find_ends(quote, plain, out, work)
		       : find_similar(quote, plain, (struct hits){.v = out, .room = room}, work);
	for (size_t k = 0; k < n; k++)
		if (out[k].errors > 0)
			widen(&out[k], plain);
	return n;
}

/* The words around ------------------------------------------------------------------------------
 */

struct chars {
	uint32_t v[CONTEXT_ROOM];
	size_t n;
};

static struct chars chars_of(struct str s, size_t room)
{
	struct chars c = {.n = 0};

	c.n = read_chars(s, c.v, room);
	return c;
}

static struct chars reversed(struct chars c)
{
	struct chars r = {.n = c.n};

	for (size_t i = 0; i < c.n; i++)
		r.v[i] = c.v[c.n - 1 - i];
	return r;
}

/* Edits between the context and the best beginning of the text; half of it wrong is worth
 * nothing, because that much is alike in any two texts. */
static int context_likeness(const struct chars *context, const struct chars *text)
{
	uint32_t row[CONTEXT_ROOM + 1], least;

	if (context->n == 0)
		return 0;
	for (size_t k = 0; k <= text->n; k++)
		row[k] = (uint32_t)k;
	for (size_t i = 1; i <= context->n; i++) {
		uint32_t diagonal = row[0];
		row[0] = (uint32_t)i;
		for (size_t k = 1; k <= text->n; k++) {
			uint32_t above = row[k];
			uint32_t best = diagonal + (context->v[i - 1] != text->v[k - 1]);
			best = above + 1 < best ? above + 1 : best;
			row[k] = row[k - 1] + 1 < best ? row[k - 1] + 1 : best;
			diagonal = above;
		}
	}
	least = row[0];
	for (size_t k = 1; k <= text->n; k++)
		least = row[k] < least ? row[k] : least;
	int likeness = 1000 - (int)(2000 * least / (uint32_t)context->n);
	return likeness < 0 ? 0 : likeness;
}

/* A quote at the edge of its block: best at the edge again. */
static int edge(bool at_edge)
{
	return at_edge ? 1000 : 500;
}

int anchor_before(struct str prefix, struct str plain, size_t start)
{
	struct str text = str_head(plain, start);

	if (prefix.n == 0)
		return edge(start == 0);
	if (prefix.n <= 4 * ANCHOR_CONTEXT && str_ends(text, prefix))
		return 1000;
	struct chars context =
			 reversed(chars_of(anchor_tail(prefix, ANCHOR_CONTEXT), CONTEXT_ROOM)),
		     here = reversed(chars_of(anchor_tail(text, CONTEXT_ROOM), CONTEXT_ROOM));
	return context_likeness(&context, &here);
}

int anchor_behind(struct str suffix, struct str plain, size_t end)
{
	struct str text = str_from(plain, end);

	if (suffix.n == 0)
		return edge(end == plain.n);
	if (suffix.n <= 4 * ANCHOR_CONTEXT && str_starts(text, suffix))
		return 1000;
	struct chars context = chars_of(suffix, ANCHOR_CONTEXT),
		     here = chars_of(text, CONTEXT_ROOM);
	return context_likeness(&context, &here);
}
