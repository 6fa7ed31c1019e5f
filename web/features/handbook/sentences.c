/* sentences.c -- cuts German text into sentences. */
#include "base/utf8.h"
#include "features/handbook/anchor.h"

/* A dot behind one of these ends no sentence.  What has dots inside (z.B.), single letters (z. B.)
 * and short numbers (6. Oktober) are recognised by their shape; "usw." and "etc." do end some. */
static const struct str abbreviations =
    S_INIT(" abb abs allg anm apr art aufl aug bd bspw bzgl bzw ca dez dgl dr einschl evtl exkl "
	   "feb ff fr gem ggf hr hrsg inkl insb jan jg kap lfd max min mind mio mrd nov nr nrn okt "
	   "prof sept sog st stellv str tel tsd vgl ziff zzgl ");

static bool is_one_of(char c, struct str chars)
{
	return str_find_char(chars, c) < chars.n;
}

static bool is_known(struct str word)
{
	char padded[16] = " ";
	size_t n = 1;

	if (word.n > sizeof padded - 2)
		return false;
	for (size_t i = 0; i < word.n; i++, n++)
		padded[n] = (char)(word.p[i] >= 'A' && word.p[i] <= 'Z' ? word.p[i] - 'A' + 'a'
									: word.p[i]);
	padded[n++] = ' ';
	return str_find(abbreviations, (struct str){padded, n}) < abbreviations.n;
}

static bool is_short_number(struct str word)
{
	bool digits = word.n > 0 && word.n <= 2;

	for (size_t i = 0; i < word.n; i++)
		digits = digits && word.p[i] >= '0' && word.p[i] <= '9';
	return digits;
}

/* "z.B", "i.d.R", and a single letter. */
static bool is_initials(struct str word)
{
	struct str part;
	size_t longest = 0, parts = 0;

	while (str_cut(&word, '.', &part)) {
		size_t chars = utf8_chars(part);
		longest = chars > longest ? chars : longest;
		parts++;
	}
	return longest == 1 || (longest == 2 && parts > 1);
}

/* The word in front of a dot, without what is joined to it: "Anlage-Nr" gives "Nr". */
static struct str word_before(struct str plain, size_t dot)
{
	size_t from = dot;

	while (from > 0 && !is_one_of(plain.p[from - 1], S(" -/(\"'")))
		from--;
	return str_head(str_from(plain, from), dot - from);
}

static bool is_small(uint32_t cp)
{
	return (cp >= 'a' && cp <= 'z') || (cp >= 0xdf && cp <= 0xff && cp != 0xf7);
}

/* Length of the mark that may end a sentence; 0 for anything else. */
static size_t end_mark(struct str s)
{
	if (str_starts(s, S("…")))
		return S("…").n;
	return s.n > 0 && is_one_of(s.p[0], S(".!?"));
}

/* Where the sentence ends whose mark stands at `at`, or 0 when it goes on. */
static size_t end_of_sentence(struct str plain, size_t at)
{
	size_t end = at, mark, marks = 0;

	for (; (mark = end_mark(str_from(plain, end))) > 0; marks++)
		end += mark;
	bool dot = marks == 1 && plain.p[at] == '.';
	while (end < plain.n && is_one_of(plain.p[end], S("\"')]")))
		end++;
	if (end == plain.n)
		return end;
	if (plain.p[end] != ' ')
		return 0;
	size_t next = end + 1;
	if (next < plain.n && is_small(utf8_next(plain, &next)))
		return 0;
	struct str word = word_before(plain, at);
	if (dot && (is_known(word) || is_short_number(word) || is_initials(word)))
		return 0;
	return end;
}

size_t anchor_sentences(struct arena *a, struct str plain, struct anchor_sentence **out)
{
	struct anchor_sentence *v = ARENA_ARRAY(a, struct anchor_sentence, ANCHOR_SENTENCES);
	size_t n = 0, start = 0;

	*out = v;
	for (size_t at = 0; at < plain.n && n < ANCHOR_SENTENCES - 1;) {
		size_t mark = end_mark(str_from(plain, at));
		size_t end = mark > 0 ? end_of_sentence(plain, at) : 0;
		if (end > 0) {
			v[n++] = (struct anchor_sentence){
			    str_head(str_from(plain, start), end - start), start};
			start = end + 1;
		}
		at = end > 0 ? start : at + (mark > 0 ? mark : 1);
	}
	if (start < plain.n)
		v[n++] = (struct anchor_sentence){str_from(plain, start), start};
	return n;
}
