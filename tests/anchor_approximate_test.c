/* anchor_approximate_test.c -- similar words, against a full table of edits. */
#include "features/handbook/anchor_parts.h"

#include "base/utf8.h"

#include "test.h"

enum { ROUNDS = 4000, TEXT_MAX = 200 };

static uint64_t dice = 20260303;

static size_t chance(size_t n)
{
	dice ^= dice << 13;
	dice ^= dice >> 7;
	dice ^= dice << 17;
	return (size_t)((dice * 0x2545f4914f6cdd1d) >> 33) % n;
}

/* Few letters, so that much is similar. */
static struct str letters(char *out, size_t n, size_t alphabet)
{
	for (size_t i = 0; i < n; i++)
		out[i] = (char)('a' + chance(alphabet));
	return (struct str){out, n};
}

/* The fewest edits between the quote and any part of the text. */
static uint32_t fewest_edits(struct str quote, struct str text)
{
	static uint32_t row[TEXT_MAX + 1][TEXT_MAX + 1];
	uint32_t least = UINT32_MAX;

	for (size_t i = 0; i <= quote.n; i++)
		for (size_t k = 0; k <= text.n; k++) {
			uint32_t best = i == 0 ? 0 : row[i - 1][k] + 1;
			if (i > 0 && k > 0) {
				uint32_t swap =
				    row[i - 1][k - 1] + (quote.p[i - 1] != text.p[k - 1]);
				best = swap < best ? swap : best;
				best = row[i][k - 1] + 1 < best ? row[i][k - 1] + 1 : best;
			}
			row[i][k] = best;
			if (i == quote.n && best < least)
				least = best;
		}
	return least;
}

static int best_of(const struct anchor_hit *v, size_t n)
{
	int best = 1000;

	for (size_t k = 0; k < n; k++)
		best = v[k].errors < best ? v[k].errors : best;
	return best;
}

TEST(the_best_place_is_the_one_a_full_table_finds)
{
	char a[TEXT_MAX], b[TEXT_MAX];
	struct anchor_hit v[8];
	size_t found = 0;

	for (size_t round = 0; round < ROUNDS; round++) {
		size_t alphabet = 2 + round % 5;
		struct str quote = letters(a, 12 + chance(40), alphabet),
			   text = letters(b, 1 + chance(TEXT_MAX - 1), alphabet);
		uint32_t edits = fewest_edits(quote, text);
		size_t room = 1 + round % 8, n = anchor_approximate(quote, text, v, room, NULL);
		CHECK(n <= room);
		CHECK((n > 0) == (edits <= quote.n / 4));
		if (n > 0)
			CHECK_INT(best_of(v, n), edits * 1000 / quote.n);
		found += n > 0;
	}
	CHECK(found > ROUNDS / 10 && found < ROUNDS);
}

TEST(a_place_is_widened_to_whole_words)
{
	const struct str text = S("Denn für jede Ort sprechende Personen gilt das.");
	struct anchor_hit v[8];

	CHECK_INT(anchor_approximate(S("ür jeden Ort sprechen"), text, v, 8, NULL), 1);
	CHECK_STR(str_head(str_from(text, v[0].start), v[0].length), S("für jede Ort sprechende"));
}

TEST(a_text_may_be_a_quarter_shorter_than_the_quote)
{
	struct anchor_hit v[8];

	CHECK_INT(anchor_approximate(S("abcdefghijklmnop"), S("abcdefghijkl"), v, 8, NULL), 1);
	CHECK_INT(v[0].errors, 250);
	CHECK_INT(anchor_approximate(S("abcdefghijklmnop"), S("abcdefghijk"), v, 8, NULL), 0);
}

/* 100 letters of one kind, `middle` of another, 100 of a third. */
static struct str long_text(char *out, size_t middle)
{
	dice = 1;
	(void)letters(out, 100, 26);
	dice = 2;
	(void)letters(out + 100 + middle, 100, 26);
	dice = 3;
	(void)letters(out + 100, middle, 26);
	return (struct str){out, 200 + middle};
}

TEST(the_ends_of_a_long_quote_stand_about_as_far_apart_as_before)
{
	static const struct {
		size_t middle, hits;
	} cases[] = {{300, 1}, {200, 1}, {400, 1}, {100, 0}, {500, 0}};
	static char a[800], b[800];
	struct anchor_hit v[8];
	struct str quote = long_text(a, 300);

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct str text = long_text(b, cases[i].middle);
		CHECK_INT(anchor_approximate(quote, text, v, 8, NULL), cases[i].hits);
		if (cases[i].hits == 1)
			CHECK(v[0].start == 0 && v[0].length == text.n && v[0].errors > 0);
	}
	/* Too close together, in a text that is long enough. */
	struct str text = long_text(b, 100);
	memset(b + text.n, '.', 300);
	CHECK_INT(anchor_approximate(quote, (struct str){b, text.n + 300}, v, 8, NULL), 0);
}

TESTS_MAIN
