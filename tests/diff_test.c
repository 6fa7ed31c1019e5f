/* diff_test.c -- two wordings compared: exact to the byte, short, readable, and within a budget. */
#include "markup/diff.h"

#include "base/utf8.h"
#include "markup/lcs.h"
#include "markup/likeness.h"
#include "test.h"

static struct arena *arena;

static int before(void **state)
{
	(void)state;
	arena = arena_new(512u * 1024 * 1024);
	return 0;
}

static int after(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* What holds for every result, whatever the texts. */
static void check_sound(const struct diff *d, struct str from, struct str to)
{
	struct buf old = {.arena = arena}, new = {.arena = arena};
	size_t change = 0;

	for (size_t i = 0; i < d->n; i++) {
		const struct diff_part *p = &d->parts[i];
		CHECK(p->text.n > 0 && utf8_valid(p->text));
		if (p->kind != DIFF_INSERTED)
			buf_add(&old, p->text);
		if (p->kind != DIFF_DELETED)
			buf_add(&new, p->text);
		CHECK(i == 0 || p->kind > d->parts[i - 1].kind ||
		      (p->kind == DIFF_SAME && d->parts[i - 1].kind != DIFF_SAME));
		CHECK(p->kind != DIFF_SAME || p->change == 0);
		CHECK(p->change == 0 || p->change == change || p->change == change + 1);
		change = p->change > 0 ? p->change : change;
	}
	CHECK_INT(d->changes, change);
	CHECK_STR(buf_str(&old), from);
	CHECK_STR(buf_str(&new), to);
}

static struct diff compared(struct str from, struct str to)
{
	int64_t budget = DIFF_BUDGET;
	struct diff d;

	diff_words(arena, from, to, &budget, &d);
	check_sound(&d, from, to);
	CHECK(budget >= 0 && budget <= DIFF_BUDGET && !d.coarse);
	return d;
}

/* "same [-deleted-]{+inserted+}" */
static struct str shown(struct str from, struct str to)
{
	struct diff d = compared(from, to);
	struct buf b = {.arena = arena};

	for (size_t i = 0; i < d.n; i++)
		buf_fmt(&b,
			d.parts[i].kind == DIFF_SAME      ? "%.*s"
			: d.parts[i].kind == DIFF_DELETED ? "[-%.*s-]"
							  : "{+%.*s+}",
			ARG(d.parts[i].text));
	return buf_str(&b);
}

/* ---- What a person sees ---- */

TEST(equal_texts_are_one_part_without_a_change)
{
	struct diff d = compared(S("Ein Satz, und noch einer."), S("Ein Satz, und noch einer."));

	CHECK_INT(d.n, 1);
	CHECK_INT(d.parts[0].kind, DIFF_SAME);
	CHECK_INT(d.changes, 0);
}

TEST(an_empty_side_is_one_insertion_or_deletion)
{
	CHECK_STR(shown(S(""), S("Neu.")), S("{+Neu.+}"));
	CHECK_STR(shown(S("Alt."), S("")), S("[-Alt.-]"));
	CHECK_INT(compared(S(""), S("")).n, 0);
	CHECK_INT(compared(S(" "), S("")).changes, 0);
}

TEST(whole_words_change_and_blanks_around_them_stay)
{
	CHECK_STR(shown(S("fünf Tage vor der Sitzung"), S("zehn Tage vor der Sitzung")),
		  S("[-fünf-]{+zehn+} Tage vor der Sitzung"));
	CHECK_STR(shown(S("a b c"), S("a c")), S("a [-b -]c"));
	CHECK_STR(shown(S("a c"), S("a b c")), S("a {+b +}c"));
	CHECK_STR(shown(S("Kosten: 1.500 €"), S("Kosten: 1.700 €")),
		  S("Kosten: [-1.500-]{+1.700+} €"));
	CHECK_STR(shown(S("um 9:30"), S("um 9:45")), S("um [-9:30-]{+9:45+}"));
	CHECK_STR(shown(S("Satz 1. Satz"), S("Satz 2. Satz")), S("Satz [-1-]{+2+}. Satz"));
	CHECK_STR(shown(S("Bürger und"), S("Bürger*innen und")), S("Bürger{+*innen+} und"));
}

TEST(umlauts_and_signs_are_never_cut)
{
	CHECK_STR(shown(S("Größe"), S("Größen")), S("[-Größe-]{+Größen+}"));
	CHECK_STR(shown(S("für"), S("fär")), S("[-für-]{+fär+}"));
	CHECK_STR(shown(S("„Rat“"), S("»Rat«")), S("[-„-]{+»+}Rat[-“-]{+«+}"));
	CHECK_STR(shown(S("u\xcc\x88 x"), S("u\xcc\x84 x")), S("[-u\xcc\x88-]{+u\xcc\x84+} x"));
	CHECK_STR(shown(S("be\xc2\xadraten"), S("be\xc2\xadrichten")),
		  S("[-be\xc2\xadraten-]{+be\xc2\xadrichten+}"));
	CHECK_STR(shown(S("10\xc2\xa0%"), S("20\xc2\xa0%")), S("[-10-]{+20+}\xc2\xa0%"));
}

TEST(blanks_alone_are_no_change)
{
	struct diff d = compared(S("a b\nc"), S("a\nb c"));

	CHECK_INT(d.changes, 0);
	CHECK_STR(shown(S("a b\nc"), S("a\nb c")), S("a[- -]{+\n+}b[-\n-]{+ +}c"));
	CHECK_STR(shown(S("a  b"), S("a b")), S("a [- -]b"));
	CHECK_INT(compared(S("a\xc2\xa0"
			     "b"),
			   S("a b"))
		      .changes,
		  0);
	CHECK_STR(shown(S("a\xc2\xa0"), S("a\xe2\x80\xaf")), S("a[-\xc2\xa0-]{+\xe2\x80\xaf+}"));
}

TEST(a_deletion_and_an_insertion_in_one_place_count_once)
{
	struct diff d =
	    compared(S("Der alte Plan gilt bis Mai."), S("Der neue Plan gilt bis Juni."));

	CHECK_INT(d.changes, 2);
	CHECK_INT(d.n, 7);
	CHECK_INT(d.parts[1].change, 1);
	CHECK_INT(d.parts[2].change, 1);
	CHECK_INT(d.parts[4].change, 2);
	CHECK_INT(d.parts[5].kind, DIFF_INSERTED);
	CHECK_INT(d.parts[5].change, 2);
}

TEST(small_islands_between_changes_are_swallowed)
{
	CHECK_STR(shown(S("alte, graue Wege"), S("neue, grüne Wege")),
		  S("[-alte, graue-]{+neue, grüne+} Wege"));
	CHECK_STR(shown(S("Lenkung und Planung"), S("Prüfung und Freigabe")),
		  S("[-Lenkung und Planung-]{+Prüfung und Freigabe+}"));
	CHECK_STR(shown(S("am 1 Montagmorgen pünktlich"), S("im 1 Montagmorgen immer")),
		  S("[-am-]{+im+} 1 Montagmorgen [-pünktlich-]{+immer+}"));
	CHECK_STR(shown(S("aaaaaa b c d e aaaaaa"), S("xxxxxx b c d e xxxxxx")),
		  S("[-aaaaaa-]{+xxxxxx+} b c d e [-aaaaaa-]{+xxxxxx+}"));
	CHECK_STR(shown(S("a, b"), S("a x, y b")), S("a{+ x+}, {+y +}b"));
}

TEST(a_new_sentence_is_shown_from_its_beginning)
{
	CHECK_STR(shown(S("Der Rat tagt. Der Bund tagt."),
			S("Der Rat tagt. Der Kreis tagt. Der Bund tagt.")),
		  S("Der Rat tagt. {+Der Kreis tagt. +}Der Bund tagt."));
	CHECK_STR(shown(S("Wer fragt, der lernt, der lehrt."), S("Wer fragt, der lehrt.")),
		  S("Wer fragt, [-der lernt, -]der lehrt."));
	CHECK_STR(shown(S("so ja ja"), S("so ja ja ja")), S("so ja ja{+ ja+}"));
}

/* ---- Properties ---- */

static uint32_t seed;

static unsigned dice(unsigned sides)
{
	seed = seed * 1664525u + 1013904223u;
	return (seed >> 16) % sides;
}

static struct str random_text(unsigned words, unsigned vocabulary)
{
	static const char *const parts[] = {"der",  "Rat", ",", "Ä",  "ß",      "*",
					    "über", "1.5", "€", "\"", "Straße", "u\xcc\x88",
					    ".",    "für", "n", "–",  "ja",     "\xf0\x9f\x99\x82",
					    "2",    ":"};
	static const char *const blanks[] = {" ", " ", " ", "", "\n", "  ", "\xc2\xa0", " \n\n"};
	struct buf b = {.arena = arena};

	for (unsigned i = 0; i < words; i++)
		buf_fmt(&b, "%s%s", parts[dice(vocabulary)], blanks[dice(8)]);
	return buf_str(&b);
}

TEST(both_sides_can_be_put_together_again_whatever_the_edits)
{
	for (uint32_t run = 0; run < 3000; run++) {
		seed = run * 7919u;
		struct str from = random_text(dice(40), 1 + dice(20));
		struct buf to = {.arena = arena};
		for (size_t at = 0; at < from.n;) {
			size_t end = at;
			while (end < from.n && from.p[end] != ' ')
				end++;
			end += end < from.n;
			unsigned what = dice(8);
			if (what == 0)
				buf_add(&to, random_text(1 + dice(3), 20));
			if (what != 1)
				buf_add(&to, str_head(str_from(from, at), end - at));
			at = end;
		}
		compared(from, buf_str(&to));
		compared(from, random_text(dice(40), 20));
		arena_reset(arena);
	}
}

/* Length of the longest common subsequence by the textbook table. */
static size_t longest(const uint32_t *a, size_t n, const uint32_t *b, size_t m)
{
	size_t length[41][41] = {{0}};

	for (size_t i = 1; i <= n; i++)
		for (size_t j = 1; j <= m; j++) {
			size_t up = length[i - 1][j], left = length[i][j - 1];
			length[i][j] = a[i - 1] == b[j - 1] ? length[i - 1][j - 1] + 1
				       : up > left          ? up
							    : left;
		}
	return length[n][m];
}

/* How many are kept; checks that the kept ones are equal one by one. */
static size_t kept(struct lcs_list from, struct lcs_list to, int64_t budget, bool *all)
{
	size_t count = 0, j = 0;

	*all = lcs_find(arena, from, to, &budget);
	for (size_t i = 0; i < from.n; i++) {
		if (!from.same[i])
			continue;
		while (j < to.n && !to.same[j])
			j++;
		CHECK(j < to.n && from.id[i] == to.id[j++]);
		count++;
	}
	for (; j < to.n; j++)
		CHECK(!to.same[j]);
	return count;
}

TEST(no_longer_common_subsequence_exists)
{
	for (uint32_t run = 0; run < 20000; run++) {
		uint32_t a[40], b[40];
		bool all, some;
		seed = run * 104729u;
		size_t n = dice(41), m = dice(41);
		unsigned letters = 1 + dice(12);
		for (size_t i = 0; i < 40; i++) {
			a[i] = dice(letters);
			b[i] = dice(letters);
		}
		struct lcs_list from = {a, ARENA_ARRAY(arena, bool, 40), n};
		struct lcs_list to = {b, ARENA_ARRAY(arena, bool, 40), m};
		size_t want = longest(a, n, b, m);
		CHECK_INT(kept(from, to, 1000000, &all), want);
		CHECK(all);
		from.same = ARENA_ARRAY(arena, bool, 40);
		to.same = ARENA_ARRAY(arena, bool, 40);
		size_t found = kept(from, to, dice(60), &some);
		CHECK(some ? found == want : found <= want);
		arena_reset(arena);
	}
}

/* ---- The budget ---- */

/* Words that both sides have, in an order without any sense. */
static struct str shuffled(uint32_t start, size_t bytes)
{
	struct buf b = {.arena = arena};

	for (seed = start; b.n < bytes;)
		buf_fmt(&b, "w%u ", dice(3000));
	return str_head(buf_str(&b), bytes);
}

TEST(without_budget_the_ends_are_trimmed_and_the_rest_is_one_change)
{
	struct str from = S("Anfang bleibt. a b c Ende bleibt."),
		   to = S("Anfang bleibt. c b x a Ende bleibt.");
	int64_t budget = 0;
	struct diff d;

	diff_words(arena, from, to, &budget, &d);
	check_sound(&d, from, to);
	CHECK(d.coarse);
	CHECK_INT(d.changes, 1);
	CHECK_INT(d.n, 4);
	CHECK_STR(d.parts[0].text, S("Anfang bleibt. "));
	CHECK_STR(d.parts[1].text, S("a b c"));
	CHECK_STR(d.parts[2].text, S("c b x a"));
	CHECK_INT(budget, 0);
	diff_words(arena, from, from, &budget, &d);
	CHECK(!d.coarse && d.changes == 0);
}

TEST(large_texts_without_likeness_stay_within_the_budget)
{
	struct str from = shuffled(1, 64 * 1024), to = shuffled(2, 64 * 1024);
	int64_t budget = 3000000;
	struct diff d;

	diff_words(arena, from, to, &budget, &d);
	check_sound(&d, from, to);
	CHECK(d.coarse);
	CHECK(budget >= 1500000 - 20000 && budget <= 1500000);
	size_t used = arena_used(arena);
	for (int i = 0; i < 40; i++)
		diff_words(arena, from, to, &budget, &d);
	check_sound(&d, from, to);
	CHECK_INT(budget, 0);
	CHECK(arena_used(arena) - used < 8u * 1024 * 1024);
	budget = DIFF_BUDGET;
	diff_words(arena, from, S("Rat 64 Kilobyte"), &budget, &d);
	CHECK(!d.coarse && budget > DIFF_BUDGET - 100);
}

TEST(what_was_found_before_the_budget_ran_out_is_kept)
{
	struct str common = shuffled(3, 8000);
	struct str from =
	    arena_fmt(arena, "%.*s Mitte bleibt. %.*s", ARG(shuffled(4, 8000)), ARG(common));
	struct str to =
	    arena_fmt(arena, "%.*s Mitte bleibt. %.*s", ARG(shuffled(5, 8000)), ARG(common));
	int64_t budget = 100;
	struct diff d;

	diff_words(arena, from, to, &budget, &d);
	check_sound(&d, from, to);
	CHECK(d.coarse);
	CHECK(d.parts[d.n - 1].text.n > 8000);
}

/* ---- Likeness ---- */

static int likeness(struct str one, struct str other)
{
	struct word_bag x = word_bag_of(arena, one), y = word_bag_of(arena, other);

	CHECK_INT(word_bag_likeness(&x, &y), word_bag_likeness(&y, &x));
	return word_bag_likeness(&x, &y);
}

TEST(likeness_is_the_share_of_common_words)
{
	CHECK_INT(likeness(S("a b c d"), S("a b c d")), 100);
	CHECK_INT(likeness(S("a b c d"), S("d, C! b? (a)")), 100);
	CHECK_INT(likeness(S("a b c d"), S("a b x y")), 50);
	CHECK_INT(likeness(S("a b c"), S("x y z")), 0);
	CHECK_INT(likeness(S("a a a b"), S("a b b b")), 50);
	CHECK_INT(likeness(S("a"), S("a b c")), 50);
	CHECK_INT(likeness(S("1.500 Euro"), S("1 500 Euro")), 40);
	CHECK_INT(likeness(S("a b"), S("")), 0);
	CHECK_INT(likeness(S("| |"), S("| |")), 0);
}

TEST(a_rewritten_block_is_found_among_others)
{
	static const char *const old[] = {
	    "Vorlagen liegen fünf Tage vor der Sitzung bereit.",
	    "Jeder Ort hat eine Stimme. Für jeden Ort sprechen eine Person und ihre Vertretung.",
	    "Der Kreis legt fest, wohin das Projekt läuft und wofür das Geld reicht."};
	static const char *const new[] = {
	    "Jeder Ort hat genau eine Stimme; für ihn sprechen eine Person und ihre Vertretung.",
	    "Der Kreis sagt, wohin das Projekt läuft, und wofür das Geld reicht.",
	    "Alle Vorlagen liegen zehn Tage vor der Sitzung bereit."};
	static const int match[] = {2, 0, 1};

	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 3; j++) {
			int found = likeness(str_of(old[i]), str_of(new[j]));
			CHECK(j == match[i] ? found >= 50 : found < 35);
		}
}

TESTS_MAIN_EACH(before, after)
