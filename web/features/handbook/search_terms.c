/* search_terms.c -- typed words into spellings, spellings into a question, hits into an excerpt. */
#include "features/handbook/search_terms.h"

#include "base/utf8.h"
#include "markup/normal.h"

enum {
	TYPED_MAX = 1000, /* characters looked at */
	TERM_MAX = 80,    /* characters asked for; the rest of a longer term does not narrow it */
	TERM_MIN = 3,     /* a trigram */
	DIGRAPHS_MAX = 3,
	SPELLINGS_MAX = (1 << DIGRAPHS_MAX) + 1
};

struct term {
	size_t n;
	struct str spellings[SPELLINGS_MAX];
};
struct terms {
	size_t n;
	struct term v[SEARCH_TERMS_MAX];
};

/* --- terms --- */

static void add_spelling(struct term *t, struct str form)
{
	form = str_trim(utf8_head(form, TERM_MAX));
	if (utf8_chars(form) < TERM_MIN)
		return;
	for (size_t i = 0; i < t->n; i++)
		if (str_eq(t->spellings[i], form))
			return;
	t->spellings[t->n++] = form;
}

static bool is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u';
}

/* "ae" and "oe" may be an umlaut, "ue" not in "neue" and "Quelle". */
static bool is_digraph(struct str s, size_t at)
{
	if (at + 1 >= s.n || s.p[at + 1] != 'e')
		return false;
	if (s.p[at] == 'u')
		return at == 0 || !(is_vowel(s.p[at - 1]) || s.p[at - 1] == 'q');
	return s.p[at] == 'a' || s.p[at] == 'o';
}

/* The n-th digraph loses its "e" when bit n of `which` is set; how many there were. */
static size_t contract(struct arena *a, struct str form, unsigned which, struct str *out)
{
	struct buf b = {.arena = a};
	size_t count = 0;

	for (size_t i = 0; i < form.n; i++) {
		buf_char(&b, form.p[i]);
		if (count == DIGRAPHS_MAX || !is_digraph(form, i))
			continue;
		if (which & 1u << count)
			i++;
		count++;
	}
	*out = buf_str(&b);
	return count;
}

/* Umlauts as somebody without an umlaut key writes them. */
static struct str expanded(struct arena *a, struct str typed)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < typed.n;) {
		size_t from = i;
		uint32_t cp = utf8_next(typed, &i);
		bool umlaut = cp == 0xe4 || cp == 0xf6 || cp == 0xfc || cp == 0xc4 || cp == 0xd6 ||
			      cp == 0xdc;
		buf_add(&b, (struct str){typed.p + from, i - from});
		if (umlaut)
			buf_char(&b, 'e');
	}
	return buf_str(&b);
}

static void add_term(struct arena *a, struct terms *terms, struct str typed)
{
	struct term t = {0};
	struct str form = utf8_head(search_form(a, typed), TERM_MAX), spelling;
	size_t digraphs = contract(a, form, 0, &spelling);

	if (terms->n == SEARCH_TERMS_MAX)
		return;
	add_spelling(&t, form);
	if (t.n == 0)
		return;
	for (unsigned which = 1; which < 1u << digraphs; which++) {
		(void)contract(a, form, which, &spelling);
		add_spelling(&t, spelling);
	}
	add_spelling(&t, search_form(a, expanded(a, typed)));
	terms->v[terms->n++] = t;
}

static bool is_quote(uint32_t cp)
{
	return cp == '"' || cp == 0xab || cp == 0xbb || (cp >= 0x201c && cp <= 0x201f);
}

static bool separates(uint32_t cp)
{
	return cp <= ' ' || cp == 0xa0 || cp == 0x202f || cp == ',' || cp == ';' || cp == '/' ||
	       cp == '(' || cp == ')' || cp == '[' || cp == ']';
}

/* Where the quotation that begins at `from` ends, with the place behind it in *next. */
static size_t quote_end(struct str s, size_t from, size_t *next)
{
	for (size_t i = from; i < s.n;) {
		size_t here = i;
		if (is_quote(utf8_next(s, &i))) {
			*next = i;
			return here;
		}
	}
	return s.n;
}

static void find_terms(struct arena *a, struct str typed, struct terms *out)
{
	struct str s = normal_nfc(a, utf8_head(typed, TYPED_MAX));
	size_t from = 0;

	out->n = 0;
	for (size_t i = 0; i < s.n;) {
		size_t here = i, next = 0;
		uint32_t cp = utf8_next(s, &i);
		if (!is_quote(cp) && !separates(cp))
			continue;
		add_term(a, out, (struct str){s.p + from, here - from});
		size_t end = is_quote(cp) ? quote_end(s, i, &next) : s.n;
		if (end < s.n) {
			add_term(a, out, (struct str){s.p + i, end - i});
			i = next;
		}
		from = i;
	}
	add_term(a, out, str_from(s, from));
}

struct str search_match(struct arena *a, struct str typed)
{
	struct buf b = {.arena = a};
	struct terms terms;

	find_terms(a, typed, &terms);
	for (size_t i = 0; i < terms.n; i++) {
		const struct term *t = &terms.v[i];
		if (i > 0)
			buf_add(&b, S(" AND "));
		buf_char(&b, '(');
		for (size_t k = 0; k < t->n; k++)
			buf_fmt(&b, "%s\"%.*s\"", k > 0 ? " OR " : "", ARG(t->spellings[k]));
		buf_char(&b, ')');
	}
	return buf_str(&b);
}

static bool term_occurs(const struct term *t, struct str form)
{
	for (size_t k = 0; k < t->n; k++)
		if (str_find(form, t->spellings[k]) < form.n)
			return true;
	return false;
}

bool search_finds(struct arena *a, struct str text, struct str typed)
{
	struct str form = search_form(a, text);
	struct terms terms;

	find_terms(a, typed, &terms);
	for (size_t i = 0; i < terms.n; i++)
		if (!term_occurs(&terms.v[i], form))
			return false;
	return terms.n > 0;
}

bool search_touches(struct arena *a, struct str text, struct str typed)
{
	struct str form = search_form(a, text);
	struct terms terms;

	find_terms(a, typed, &terms);
	for (size_t i = 0; i < terms.n; i++)
		if (term_occurs(&terms.v[i], form))
			return true;
	return false;
}

/* --- excerpts --- */

struct finder {
	struct terms terms;
	struct search_text text;
	size_t at; /* in the form */
};
struct hit {
	size_t begin, end; /* in the text */
};

/* How much of the form the longest spelling takes that stands here. */
static size_t matched(const struct finder *f)
{
	struct str rest = str_from(f->text.form, f->at);
	size_t best = 0;

	for (size_t i = 0; i < f->terms.n; i++)
		for (size_t k = 0; k < f->terms.v[i].n; k++) {
			struct str s = f->terms.v[i].spellings[k];
			if (s.n > best && str_starts(rest, s))
				best = s.n;
		}
	return best;
}

/* The next one that does not overlap the one before ("ß" may belong to two). */
static bool next_hit(struct finder *f, struct hit *hit)
{
	size_t after = f->at == 0 ? 0 : hit->end;

	for (; f->at < f->text.form.n; f->at++) {
		size_t n = matched(f);
		if (n == 0 || f->text.spans[f->at].begin < after)
			continue;
		hit->begin = f->text.spans[f->at].begin;
		f->at += n;
		hit->end = f->text.spans[f->at - 1].end;
		return true;
	}
	return false;
}

static bool is_blank_at(struct str s, size_t at)
{
	return s.p[at] == ' ' || s.p[at] == '\n' || s.p[at] == '\t' || s.p[at] == '\r';
}

/* The part of the text that is shown. */
struct window {
	size_t begin, end;
};

/* The next beginning of a word, but not behind the hit; `at` when there is none. */
static size_t word_begin(struct str text, size_t at, size_t hit_begin)
{
	size_t i = at;

	if (i > 0 && !is_blank_at(text, i - 1))
		while (i < hit_begin && !is_blank_at(text, i))
			i++;
	while (i < hit_begin && is_blank_at(text, i))
		i++;
	return i < hit_begin || (i > 0 && is_blank_at(text, i - 1)) ? i : at;
}

/* The last end of a word, but not before the end of the hit; `at` when there is none. */
static size_t word_end(struct str text, size_t at, size_t hit_end)
{
	size_t i = at;

	if (i < text.n && !is_blank_at(text, i))
		while (i > hit_end && !is_blank_at(text, i - 1))
			i--;
	while (i > hit_end && is_blank_at(text, i - 1))
		i--;
	return i > hit_end || (i < text.n && is_blank_at(text, i)) ? i : at;
}

/* A quarter of it stands before the hit, more at the end of the text. */
static struct window window_around(struct str text, const struct hit *hit, size_t max_chars)
{
	size_t chars = utf8_chars(text);
	size_t first = utf8_chars(str_head(text, hit->begin)), lead = max_chars / 4;
	struct window w = {0, text.n};

	if (chars <= max_chars)
		return w;
	first = first > lead ? first - lead : 0;
	if (first > chars - max_chars)
		first = chars - max_chars;
	w.begin = word_begin(text, utf8_head(text, first).n, hit->begin);
	w.end = w.begin + utf8_head(str_from(text, w.begin), max_chars).n;
	w.end = word_end(text, w.end > hit->end ? w.end : hit->end, hit->end);
	return w;
}

static void add_part(struct excerpt *e, struct str text, bool hit)
{
	if (text.n > 0)
		e->parts[e->n++] = (struct excerpt_part){text, hit};
}

static struct str between(struct str text, size_t begin, size_t end)
{
	return str_head(str_from(text, begin), end - begin);
}

void search_excerpt(struct arena *a, struct str plain, struct str typed, size_t max_chars,
		    struct excerpt *out)
{
	struct finder f = {.at = 0}, again;
	struct hit hit = {0, 0}, h;
	size_t count = 0;

	plain = str_trim(plain);
	find_terms(a, typed, &f.terms);
	search_text_make(a, plain, &f.text);
	again = f;
	(void)next_hit(&f, &hit);
	struct window w = window_around(plain, &hit, max_chars);
	h = hit;
	do
		count++;
	while (next_hit(&f, &h) && h.end <= w.end);
	*out = (struct excerpt){0, ARENA_ARRAY(a, struct excerpt_part, 2 * count + 3)};
	if (w.begin > 0)
		add_part(out, S("… "), false);
	size_t at = w.begin;
	while (next_hit(&again, &h) && h.end <= w.end) {
		add_part(out, between(plain, at, h.begin), false);
		add_part(out, between(plain, h.begin, h.end), true);
		at = h.end;
	}
	add_part(out, between(plain, at, w.end), false);
	if (w.end < plain.n)
		add_part(out, S(" …"), false);
}
