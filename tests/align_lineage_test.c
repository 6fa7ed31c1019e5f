/* align_lineage_test.c -- what became of blocks that were split, merged or replaced. */
#include "align_fixture.h"
#include "markup/likeness.h"

TEST(paragraph_split_in_two_or_three)
{
	CHECK_ALIGN("a\n" COMMITTEE " " DETAILS "\nb", "a\n" COMMITTEE "\n" DETAILS "\nb",
		    "0= 1~ + 2=", "split 1-1 split 1-2");
	CHECK_ALIGN("a\n" COMMITTEE " " DETAILS " " VOTES "\nb",
		    "a\n" COMMITTEE "\nneu\n" DETAILS "\n" VOTES "\nb",
		    "0= 1~ + + + 2=", "split 1-1 split 1-3 split 1-4");
	CHECK_ALIGN("a\n" COMMITTEE " " DETAILS " " VOTES "\nb",
		    "a\n- " COMMITTEE "\n- " DETAILS "\n- " VOTES "\nb",
		    "0= 1~ + + 2=", "split 1-1 split 1-2 split 1-3");
}

TEST(a_split_into_many_keeps_its_identity_in_the_largest_part)
{
	CHECK_ALIGN("a\neins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf\nb",
		    "a\neins zwei drei\nvier fünf\nsechs sieben acht neun\nzehn elf zwölf\nb",
		    "0= + + 1~ + 2=", "split 1-1 split 1-2 split 1-3 split 1-4");
}

TEST(two_paragraphs_merged_into_one)
{
	CHECK_ALIGN("a\n" COMMITTEE "\n" DETAILS "\nb", "a\n" COMMITTEE " " DETAILS "\nb",
		    "0= 1~ 3=", "merge 1-1 merge 2-1");
	CHECK_ALIGN("a\n" COMMITTEE "\n" DETAILS "\n" VOTES "\nb",
		    "a\n" COMMITTEE " Und: " DETAILS " Auch: " VOTES "\nb",
		    "0= 1~ 4=", "merge 1-1 merge 2-1 merge 3-1");
}

TEST(an_added_paragraph_is_no_part_of_a_split)
{
	CHECK_ALIGN("a\n" COMMITTEE "\nb", "a\n" COMMITTEE " Immer.\n" VOTES "\nb",
		    "0= 1~ + 2=", "");
	CHECK_ALIGN("a\n" COMMITTEE "\n" VOTES "\nb", "a\n" COMMITTEE " Immer.\nb", "0= 1~ 3=", "");
}

TEST(other_words_at_the_same_place_replace_the_old_ones)
{
	CHECK_ALIGN("a\n" COMMITTEE "\nb", "a\n" VOTES "\nb", "0= + 2=", "replace 1-1");
	CHECK_ALIGN("a\n" COMMITTEE "\nb", "a\n" VOTES "\nneu\nb", "0= + + 2=", "");
	CHECK_ALIGN("a\n" COMMITTEE "\nb", "a\n# Wer entscheidet\nb", "0= + 2=", "");
	/* A changed block between them parts the gap. */
	CHECK_ALIGN("a\n" COMMITTEE "\n" VOTES "\neins\nb",
		    "a\n" DETAILS "\nneu\n" VOTES " Immer.\nzwei\nb",
		    "0= + + 2~ + 4=", "replace 3-4");
}

TEST(parts_that_hold_too_little_of_it_are_no_split)
{
	CHECK_ALIGN("a\neins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf\nb",
		    "a\neins zwei drei vier fünf\nsechs sieben\nb", "0= 1~ + 2=", "");
	CHECK_ALIGN("a\neins zwei drei vier fünf sechs sieben acht neun zehn elf zwölf\nb",
		    "a\neins zwei drei vier fünf sechs sieben acht neun\n"
		    "zehn elf und noch ganz viel anderes mehr\nb",
		    "0= 1~ + 2=", "");
	/* Too short to say. */
	CHECK_ALIGN("a\neins zwei drei vier\nb", "a\neins zwei\ndrei vier\nb", "0= 1~ + 2=", "");
}

TEST(a_block_is_part_of_one_whole_only)
{
	CHECK_ALIGN("a1 a2 a3 a4 a5 a6 a7 a8 a9 a10 s1 s2 s3 s4\n"
		    "s1 s2 s3 s4 b1 b2 b3 b4 b5 b6 b7 b8 b9 b10",
		    "a1 a2 a3 a4 a5 a6 a7 a8 a9 a10\ns1 s2 s3 s4\n"
		    "b1 b2 b3 b4 b5 b6 b7 b8 b9 b10",
		    "0~ + 1~", "split 0-0 split 0-1");
}

TEST(what_was_merged_is_not_replaced)
{
	CHECK_ALIGN("a\n" COMMITTEE "\n" DETAILS "\nb",
		    "a\n" COMMITTEE " " DETAILS "\n" VOTES "\nb",
		    "0= 1~ + 3=", "merge 1-1 merge 2-1");
}

TEST(likeness_counts_words_as_often_as_both_have_them)
{
	struct word_bag a = word_bag_of(arena, S("ja ja nein")), b = word_bag_of(arena, S("Ja.")),
			none = word_bag_of(arena, S(" ... "));

	CHECK_INT(a.n, 3);
	CHECK_INT(word_bag_likeness(&a, &b), 50);
	CHECK_INT(word_bag_likeness(&a, &a), 100);
	CHECK_INT(word_bag_likeness(&none, &none), 0);
	CHECK_INT(word_bag_without(arena, &a, &b).n, 2);
	CHECK_INT(word_bag_without(arena, &b, &a).n, 0);
}

TESTS_MAIN_EACH(before, after)
