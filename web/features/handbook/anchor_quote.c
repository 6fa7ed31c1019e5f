/* anchor_quote.c -- making and checking quotes; names; what an alignment says about a block. */
#include "base/utf8.h"
#include "features/handbook/anchor_parts.h"
#include "markup/normal.h"

static const char *const state_names[] = {"exact", "moved", "changed", "ambiguous", "orphan"};

const char *anchor_state_name(enum anchor_state state)
{
	return state_names[state];
}

bool anchor_state_named(struct str name, enum anchor_state *out)
{
	for (size_t i = 0; i < sizeof state_names / sizeof state_names[0]; i++)
		if (str_eq(name, str_of(state_names[i]))) {
			*out = (enum anchor_state)i;
			return true;
		}
	return false;
}

const char *anchor_method_name(enum anchor_method method)
{
	static const char *const names[] = {"same",        "quote", "context",
					    "approximate", "block", "none"};

	return names[method];
}

static bool inside_char(struct str s, size_t at)
{
	return at < s.n && ((unsigned char)s.p[at] & 0xc0) == 0x80;
}

struct anchor anchor_make(struct str plain, size_t start, size_t length)
{
	if (start >= plain.n || length == 0)
		return (struct anchor){.start = 0};
	size_t end = length > plain.n - start ? plain.n : start + length;
	while (inside_char(plain, start))
		start--;
	while (inside_char(plain, end))
		end++;
	return (struct anchor){
	    .quote = str_head(str_from(plain, start), end - start),
	    .prefix = anchor_tail(str_head(plain, start), ANCHOR_CONTEXT),
	    .suffix = utf8_head(str_from(plain, end), ANCHOR_CONTEXT),
	    .start = start,
	    .length = end - start,
	};
}

size_t anchor_count(struct str plain, struct str quote, size_t *first)
{
	size_t n = 0;

	for (size_t at = 0; at < plain.n; at++) {
		at += str_find(str_from(plain, at), quote);
		if (at < plain.n && n++ == 0)
			*first = at;
	}
	return n;
}

size_t anchor_verify(struct arena *a, struct str plain, struct str pasted, size_t *start,
		     size_t *length)
{
	struct str quote = normal_plain(a, pasted);

	*start = *length = 0;
	size_t n = quote.n == 0 ? 0 : anchor_count(plain, quote, start);
	*length = n > 0 ? quote.n : 0;
	return n;
}

void anchor_text_make(struct arena *a, const struct anchor_block *blocks, size_t n,
		      struct anchor_text *out)
{
	struct buf all = {.arena = a};

	*out = (struct anchor_text){.block = blocks, .n = n, .offset = ARENA_ARRAY(a, size_t, n)};
	for (size_t i = 0; i < n; i++) {
		out->offset[i] = all.n;
		buf_add(&all, blocks[i].plain);
		/* Never part of a normalised text: no quote reaches over it. */
		buf_char(&all, '\n');
	}
	out->all = buf_str(&all);
}

void anchor_home_of(struct arena *a, const struct alignment *al, size_t old,
		    struct anchor_home *out)
{
	size_t now = al->now[old];

	*out = (struct anchor_home){.block = now,
				    .likeness = now == ALIGN_NONE ? 0 : al->match[now].likeness,
				    .before = ANCHOR_NOWHERE};
	for (size_t i = old; i-- > 0 && out->before == ANCHOR_NOWHERE;)
		out->before = al->now[i];
	for (int round = 0; round < 2; round++) {
		if (round == 1)
			out->kin = ARENA_ARRAY(a, size_t, out->kin_count);
		out->kin_count = 0;
		for (size_t k = 0; k < al->lineage_count; k++) {
			const struct align_lineage *l = &al->lineage[k];
			if (l->old != old || l->new_ == now || l->kin == ALIGN_REPLACE)
				continue;
			if (round == 1)
				out->kin[out->kin_count] = l->new_;
			out->kin_count++;
		}
	}
}
