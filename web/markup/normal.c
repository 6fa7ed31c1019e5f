/* normal.c -- Unicode normalisation, and the foldings for comparisons and for the search. */
#include "markup/normal.h"

#include "base/utf8.h"

#include <stdlib.h>
#include <utf8proc.h>

static bool is_ascii(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if ((unsigned char)s.p[i] >= 0x80)
			return false;
	return true;
}

struct str normal_nfc(struct arena *a, struct str s)
{
	utf8proc_uint8_t *composed = NULL;

	if (is_ascii(s))
		return s;
	utf8proc_ssize_t n = utf8proc_map((const utf8proc_uint8_t *)s.p, (utf8proc_ssize_t)s.n,
					  &composed, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
	if (n < 0)
		return s;
	struct str out = arena_str(a, (struct str){(const char *)composed, (size_t)n});
	free(composed);
	return out;
}

static bool is_blank(uint32_t cp)
{
	return cp == ' ' || (cp >= '\t' && cp <= '\r') || cp == 0xa0 || cp == 0x202f ||
	       (cp >= 0x2000 && cp <= 0x200a);
}

static bool is_nothing(uint32_t cp)
{
	return cp == 0xad || cp == 0x200b || cp == 0x2060 || cp == 0xfeff;
}

static uint32_t unified(uint32_t cp)
{
	switch (cp) {
	case 0xab:   /* « */
	case 0xbb:   /* » */
	case 0x201c: /* “ */
	case 0x201d: /* ” */
	case 0x201e: /* „ */
	case 0x201f:
		return '"';
	case 0x2018: /* ‘ */
	case 0x2019: /* ’ */
	case 0x201a: /* ‚ */
	case 0x2039: /* ‹ */
	case 0x203a: /* › */
		return '\'';
	case 0x2010:
	case 0x2011:
	case 0x2012:
	case 0x2013: /* – */
	case 0x2014: /* — */
		return '-';
	default:
		return cp;
	}
}

struct str normal_plain(struct arena *a, struct str s)
{
	struct str text = normal_nfc(a, s);
	struct buf b = {.arena = a};
	bool gap = false;

	for (size_t i = 0; i < text.n;) {
		uint32_t cp = utf8_next(text, &i);
		if (is_nothing(cp))
			continue;
		if (is_blank(cp)) {
			gap = b.n > 0;
			continue;
		}
		if (gap)
			buf_char(&b, ' ');
		gap = false;
		utf8_put(&b, unified(cp));
	}
	return buf_str(&b);
}

/* --- the form for the search --- */

enum { FOLDED_MAX = 32 }; /* code points that one may become; Unicode's longest gives 18 */

struct folder {
	struct str text;
	struct buf form;
	struct search_span *spans; /* NULL: not wanted */
	size_t gap_at;             /* where what becomes a blank begins */
	bool gap;
	bool after_letter;  /* nothing but marks in between */
	size_t letter_from; /* of the form: the last character's bytes */
};

static bool is_letter(uint32_t cp)
{
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);

	return c >= UTF8PROC_CATEGORY_LU && c <= UTF8PROC_CATEGORY_LO;
}

static bool is_mark(uint32_t cp)
{
	utf8proc_category_t c = utf8proc_category((utf8proc_int32_t)cp);

	return c >= UTF8PROC_CATEGORY_MN && c <= UTF8PROC_CATEGORY_ME;
}

static bool is_digit(uint32_t cp)
{
	return utf8proc_category((utf8proc_int32_t)cp) == UTF8PROC_CATEGORY_ND;
}

/* Letters that Unicode does not take apart. */
static struct str unmarked(uint32_t cp)
{
	switch (cp) {
	case 0xe6: /* æ */
		return S("ae");
	case 0x153: /* œ */
		return S("oe");
	case 0xf8: /* ø */
		return S("o");
	case 0xf0:  /* ð */
	case 0x111: /* đ */
		return S("d");
	case 0xfe: /* þ */
		return S("th");
	case 0x127: /* ħ */
		return S("h");
	case 0x131: /* ı */
		return S("i");
	case 0x142: /* ł */
		return S("l");
	case 0x167: /* ŧ */
		return S("t");
	default:
		return S("");
	}
}

/* The code points that stand for this one, not yet sorted into letters and others. */
static size_t fold(uint32_t cp, int32_t *out)
{
	if (cp < 0x80) {
		out[0] = (int32_t)(cp >= 'A' && cp <= 'Z' ? cp - 'A' + 'a' : cp);
		return 1;
	}
	const int options = UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT | UTF8PROC_CASEFOLD |
			    UTF8PROC_STRIPMARK | UTF8PROC_IGNORE;
	int boundary = 0; /* of no interest here */
	utf8proc_ssize_t n =
	    utf8proc_decompose_char((utf8proc_int32_t)cp, out, FOLDED_MAX, options, &boundary);
	return n < 0 || n > FOLDED_MAX ? 0 : (size_t)n;
}

static void cover(struct folder *f, size_t form_from, size_t begin, size_t end)
{
	for (size_t i = form_from; f->spans != NULL && i < f->form.n; i++)
		f->spans[i] = (struct search_span){(uint32_t)begin, (uint32_t)end};
}

static void add_folded(struct folder *f, uint32_t cp, size_t begin, size_t end)
{
	if (!is_letter(cp) && !is_digit(cp)) {
		if (!f->gap)
			f->gap_at = begin;
		f->gap = true;
		f->after_letter = false;
		return;
	}
	size_t from = f->form.n;
	if (f->gap && from > 0) {
		buf_char(&f->form, ' ');
		cover(f, from++, f->gap_at, begin);
	}
	f->gap = false;
	f->after_letter = is_letter(cp);
	struct str plain = unmarked(cp);
	if (plain.n > 0)
		buf_add(&f->form, plain);
	else
		utf8_put(&f->form, cp);
	f->letter_from = from;
	cover(f, from, begin, end);
}

/* "Bürger*innen", but neither "** " nor "10:30". */
static bool joins(const struct folder *f, uint32_t cp, size_t next)
{
	bool sign = cp == '*' || cp == ':' || cp == '_' || cp == 0xb7;

	return sign && f->after_letter && next < f->text.n && is_letter(utf8_next(f->text, &next));
}

static void fold_all(struct folder *f)
{
	for (size_t i = 0; i < f->text.n;) {
		int32_t folded[FOLDED_MAX];
		size_t from = i;
		uint32_t cp = utf8_next(f->text, &i);
		if (joins(f, cp, i))
			continue;
		size_t n = fold(cp, folded);
		for (size_t k = 0; k < n; k++)
			add_folded(f, (uint32_t)folded[k], from, i);
		if (n == 0 && is_mark(cp) && !f->gap && f->form.n > 0 && f->spans != NULL)
			cover(f, f->letter_from, f->spans[f->letter_from].begin, i);
	}
}

struct str search_form(struct arena *a, struct str text)
{
	struct folder f = {.text = text, .form = {.arena = a}};

	fold_all(&f);
	return buf_str(&f.form);
}

void search_text_make(struct arena *a, struct str text, struct search_text *out)
{
	struct str form = search_form(a, text);
	struct folder f = {.text = text,
			   .form = {.arena = a},
			   .spans = ARENA_ARRAY(a, struct search_span, form.n)};

	fold_all(&f);
	*out = (struct search_text){form, f.spans};
}

/* --- single letters --- */

bool letter_is_mark(uint32_t cp)
{
	return is_mark(cp);
}

bool letter_is(uint32_t cp)
{
	return is_letter(cp) || is_mark(cp);
}

bool letter_may_begin_name(uint32_t cp)
{
	return is_letter(cp) && utf8proc_category((utf8proc_int32_t)cp) != UTF8PROC_CATEGORY_LL;
}

uint32_t letter_plain(uint32_t cp)
{
	int32_t parts[FOLDED_MAX];
	int boundary = 0;

	if (cp < 0x80)
		return cp >= 'A' && cp <= 'Z' ? cp - 'A' + 'a' : cp;
	utf8proc_ssize_t n = utf8proc_decompose_char((utf8proc_int32_t)cp, parts, FOLDED_MAX,
						     UTF8PROC_DECOMPOSE, &boundary);
	uint32_t first = n < 1 || n > FOLDED_MAX ? cp : (uint32_t)parts[0];

	first = (uint32_t)utf8proc_tolower((utf8proc_int32_t)first);
	struct str pair = unmarked(first);
	return pair.n > 0 ? (unsigned char)pair.p[0] : first;
}
