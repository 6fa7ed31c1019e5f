/* align_test.c -- which block is which. */
#include "align_fixture.h"

TEST(equal_phrases_keep_their_order)
{
	CHECK_ALIGN("x\na\nx\nb", "a\nx\nb\nx\nc", "1= 2= 3= 0> +", "");
	CHECK_ALIGN("", "a\nb", "+ +", "");
	CHECK_ALIGN("a\nb", "", "", "");
	CHECK_ALIGN("a", "a\na", "0= +", "");
}

TEST(a_repeated_heading_stays_with_its_chapter)
{
	CHECK_ALIGN("# Kreis\n# Aufgaben\neins\n# Büro\n# Aufgaben\nzwei",
		    "# Büro\n# Aufgaben\nzwei", "3= 4= 5=", "");
	CHECK_ALIGN("# Kreis\n# Aufgaben\neins\n# Büro\n# Aufgaben\nzwei", "neu\n# Aufgaben\nzwei",
		    "+ 4= 5=", "");
}

TEST(moved_to_another_chapter_with_its_neighbours)
{
	CHECK_ALIGN("# A\n# Ziel\neins\n# B\n# Ziel\nzwei\ndrei\nvier\nfünf",
		    "# B\n# Ziel\nzwei\ndrei\nvier\nfünf\n# A\n# Ziel\neins",
		    "3= 4= 5= 6= 7= 8= 0> 1> 2>", "");
}

TEST(a_repeated_heading_in_the_middle_stays_with_its_chapter)
{
	CHECK_ALIGN("# Aufgaben\neins\n# Aufgaben\nzwei\nX", "Neu\n# Aufgaben\nzwei\nY",
		    "+ 2= 3= +", "replace 4-3");
	CHECK_ALIGN("Alt\n# Aufgaben\nzwei\nX", "# Aufgaben\neins\n# Aufgaben\nzwei\nY",
		    "+ + 1= 2= +", "replace 3-4");
}

TEST(what_moved_takes_along_what_stands_beside_it)
{
	/* By distance alone each z would go to the other chapter. */
	CHECK_ALIGN("# A\nz\n# B\nz\n1\n2\n3\n4\n5", "1\n2\n3\n4\n5\n# A\nz\n+\n# B\nz\n-",
		    "4= 5= 6= 7= 8= 0> 1> + 2> 3> +", "");
	CHECK_ALIGN("z\n# A\nz\n# B\n1\n2\n3\n4\n5", "1\n2\n3\n4\n5\n+\nz\n# A\n-\nz\n# B",
		    "4= 5= 6= 7= 8= + 0> 1> + 2> 3>", "");
	CHECK_ALIGN("z\n1\n2\n3", "1\n2\n3\n+\nz\n-\nz\n!", "1= 2= 3= + 0> + + +", "");
}

TEST(of_equal_ones_that_moved_the_same_kind_comes_first)
{
	CHECK_ALIGN("# Ziel\nZiel\na\nb\nc", "a\nb\nc\n# Ziel\nEnde\nZiel", "2= 3= 4= 0> + 1>", "");
}

TEST(rules_and_pictures_without_words_are_two_things)
{
	CHECK_ALIGN("---\na\n!", "!\nb", "2= +", "");
	CHECK_ALIGN("---\na\n---", "---\nb\n---", "0= + 2=", "replace 1-1");
}

TEST(other_words_are_recognised_by_likeness)
{
	CHECK_ALIGN("a\n" COMMITTEE "\nb",
		    "a\nDer Steuerungskreis legt fest, wohin die Reise geht und wofür das Geld "
		    "reicht.\nb",
		    "0= 1~ 2=", "");
	/* Exactly half, and less than that. */
	CHECK_ALIGN("eins zwei drei vier", "eins zwei acht neun", "0~", "");
	CHECK_ALIGN("eins zwei drei vier fünf", "eins zwei acht neun zehn", "+", "replace 0-0");
	struct alignment al = align("eins zwei drei vier", "Eins zwei acht neun");
	CHECK_INT(al.match[0].likeness, 50);
}

TEST(no_old_block_is_given_to_two_new_ones)
{
	CHECK_ALIGN("a\n" VOTES "\nb", "a\n" VOTES " Immer.\n" VOTES " Sonst nicht immer.\nb",
		    "0= 1~ + 2=", "");
}

TEST(a_heading_never_becomes_a_paragraph_by_likeness)
{
	CHECK_ALIGN("a\n# Wer im Projekt entscheidet\nb", "a\nWer im Projekt heute entscheidet\nb",
		    "0= + 2=", "");
	CHECK_ALIGN("a\n| Wer im Projekt entscheidet\nb",
		    "a\n- Wer im Projekt heute entscheidet\nb", "0= + 2=", "");
	CHECK_ALIGN("a\nWer im Projekt entscheidet\nb", "a\n- Wer im Projekt heute entscheidet\nb",
		    "0= 1~ 2=", "");
	CHECK_ALIGN("a\n- Wer im Projekt entscheidet\nb",
		    "a\n> Wer im Projekt heute entscheidet\nb", "0= 1~ 2=", "");
}

TEST(the_same_place_and_the_same_kind_are_preferred)
{
	CHECK_ALIGN("a\n| Ort eins heute\n| Ort zwei heute\n| Ort drei heute\nb",
		    "a\n| Ort acht heute\n| Ort neun heute\n| Ort zehn heute\nb",
		    "0= 1~ 2~ 3~ 4=", "");
	CHECK_ALIGN("a\nOrt eins heute\n- Ort zwei heute\nb", "a\n- Ort drei heute\nb",
		    "0= 2~ 3=", "");
}

/* Words w0 … 30 of them; behind the common ones they begin with number `first`. */
static const char *thirty(size_t common, size_t first)
{
	struct buf b = {.arena = arena};

	for (size_t k = 0; k < 30; k++)
		buf_fmt(&b, "w%zu ", k < common ? k : first + k);
	return arena_cstr(arena, buf_str(&b));
}

TEST(a_little_more_likeness_does_not_outweigh_the_place)
{
	/* The new first one has 20 words of the old first, 21 of the old second. */
	const char *old =
	    arena_cstr(arena, arena_fmt(arena, "a\n%s\n%s\nb", thirty(20, 100), thirty(21, 200)));
	const char *next =
	    arena_cstr(arena, arena_fmt(arena, "a\n%s\nganz anders\nb", thirty(30, 0)));
	struct alignment al = align(old, next);

	CHECK_STR(matches(&al), S("0= 1~ + 3="));
	CHECK_INT(al.match[1].likeness, 66);
}

TEST(of_equally_similar_ones_the_nearest_is_taken)
{
	CHECK_ALIGN("a\n# v\n- eins zwei drei\n# w\n# x\n# y\nb",
		    "a\n# 1\n# 2\n# 3\n- eins zwei vier\n- eins zwei fünf\n# 4\nb",
		    "0= + + + 2~ + + 6=", "");
}

TEST(the_second_best_is_taken_when_the_best_is_gone)
{
	CHECK_ALIGN("a b c d e f g h i j\na b c d e f g 1 2 3",
		    "a b c d e f g h i z\na b c d e f g h y z", "0~ 1~", "");
}

TEST(far_apart_a_few_common_words_prove_nothing)
{
	CHECK_ALIGN("Stadt Nord\na\nb\nc", "a\nb\nc\nStadt Süd", "1= 2= 3= +", "");
	CHECK_ALIGN(COMMITTEE "\na\nb\nc",
		    "a\nb\nc\nDer Steuerungskreis legt fest, wofür das Geld reicht.", "1= 2= 3= 0~",
		    "");
}

TEST(one_moved_neighbour_is_enough)
{
	CHECK_ALIGN("# A\n| Rot heißt Stopp\nc\nd\ne", "c\nd\ne\n# A\n| Rot heißt Halt",
		    "2= 3= 4= 0> 1~", "");
	CHECK_ALIGN("| Rot heißt Stopp\n# A\nc\nd\ne", "c\nd\ne\n| Rot heißt Halt\n# A",
		    "2= 3= 4= 0~ 1>", "");
}

TEST(a_paragraph_that_moved_and_changed_follows_its_moved_neighbours)
{
	CHECK_ALIGN("# A\n| Rot heißt Stopp jetzt\nx\n# B\n| Rot heißt Stopp dort\ny\nc\nd\ne\nf",
		    "c\nd\ne\nf\n# A\n| Rot heißt Stopp bald\nx\n# B\n| Rot heißt Stopp dann\ny",
		    "6= 7= 8= 9= 0> 1~ 2> 3> 4~ 5>", "");
}

/* Long texts ----------------------------------------------------------------------------------- */

/* n blocks of 12 words; number x has words of its own unless `twins`, then all are half alike. */
static struct align_side *many(size_t n, size_t seed, bool twins)
{
	struct align_side *v = ARENA_ARRAY(arena, struct align_side, n);

	for (size_t i = 0; i < n; i++) {
		struct buf b = {.arena = arena};
		for (size_t k = 0; k < 12; k++)
			buf_fmt(&b, "w%zu ", twins && k < 7 ? k : (i + seed) * 100 + k);
		v[i] = (struct align_side){buf_str(&b), buf_str(&b), BLOCK_PARAGRAPH};
	}
	return v;
}

TEST(two_thousand_blocks_of_other_words_are_all_new)
{
	struct alignment al;

	align_blocks(arena, many(2000, 0, false), 2000, many(2000, 2000, false), 2000, &al);
	for (size_t j = 0; j < 2000; j++)
		CHECK_INT(al.match[j].how, ALIGN_NEW);
	CHECK_INT(al.lineage_count, 2000);
	CHECK(arena_used(arena) < 64u * 1024 * 1024);
}

TEST(two_thousand_blocks_that_all_look_alike_keep_their_places)
{
	struct alignment al;

	align_blocks(arena, many(2000, 0, true), 2000, many(2000, 2000, true), 2000, &al);
	for (size_t j = 0; j < 2000; j++)
		CHECK(al.match[j].how == ALIGN_CHANGED && al.match[j].old == j);
	CHECK(arena_used(arena) < 64u * 1024 * 1024);
}

TEST(longer_texts_than_a_handbook_may_have_still_find_equal_blocks)
{
	const size_t n = 3000;
	struct align_side *old = many(n, 0, false), *next = many(n + 2, 0, false);
	struct alignment al;

	/* One in front and one behind: nothing common at the ends to cut off. */
	next[0] = side(S("neu"));
	for (size_t i = 0; i < n; i++)
		next[i + 1] = old[i];
	next[n + 1] = side(S("auch neu"));
	align_blocks(arena, old, n, next, n + 2, &al);
	for (size_t j = 1; j <= n; j++)
		CHECK(al.match[j].how == ALIGN_MOVED && al.match[j].old == j - 1);
}

TESTS_MAIN_EACH(before, after)
