/* align_test.c -- which block is which, and what became of the others. */
#include "features/handbook/align.h"
#include "features/handbook/likeness.h"
#include "markup/markdown.h"

#include "test.h"

static struct arena *arena;

static int before(void **state)
{
	(void)state;
	arena = arena_new(256u * 1024 * 1024);
	return 0;
}

static int after(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

/* "# " makes a heading, "- " a list item, "| " a row, "> " a quote; equal words are equal hashes.
 */
static struct align_side side(struct str line)
{
	static const struct {
		struct str mark;
		enum block_kind kind;
	} marks[] = {{S_INIT("# "), BLOCK_HEADING},   {S_INIT("- "), BLOCK_LIST_ITEM},
		     {S_INIT("| "), BLOCK_TABLE_ROW}, {S_INIT("> "), BLOCK_QUOTE},
		     {S_INIT("---"), BLOCK_RULE},     {S_INIT("!"), BLOCK_FIGURE}};

	for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++)
		if (str_starts(line, marks[i].mark)) {
			struct str words = str_from(line, marks[i].mark.n);
			return (struct align_side){words, words, (int)marks[i].kind};
		}
	return (struct align_side){line, line, BLOCK_PARAGRAPH};
}

static struct align_side *sides(const char *text, size_t *n)
{
	struct align_side *v = ARENA_ARRAY(arena, struct align_side, strlen(text) + 1);
	struct str rest = str_of(text), line;

	for (*n = 0; str_cut(&rest, '\n', &line);)
		if (line.n > 0)
			v[(*n)++] = side(line);
	return v;
}

static struct alignment align(const char *old, const char *new_)
{
	struct alignment out;
	size_t n, m;
	const struct align_side *v = sides(old, &n), *w = sides(new_, &m);

	align_blocks(arena, v, n, w, m, &out);
	CHECK(out.n == n && out.m == m);
	return out;
}

/* "0= 2> 1~ +": block 0 as it was, 2 moved, 1 changed, a new one. */
static struct str matches(const struct alignment *al)
{
	struct buf b = {.arena = arena};

	for (size_t j = 0; j < al->m; j++) {
		const struct align_match *m = &al->match[j];
		buf_add(&b, j > 0 ? S(" ") : S(""));
		if (m->how == ALIGN_NEW)
			buf_char(&b, '+');
		else
			buf_fmt(&b, "%zu%c", m->old, "+=>~"[m->how]);
		CHECK((m->old == ALIGN_NONE) == (m->how == ALIGN_NEW));
		CHECK(m->old == ALIGN_NONE || al->now[m->old] == j);
	}
	return buf_str(&b);
}

/* "split 0-1 split 0-2" */
static struct str lineage(const struct alignment *al)
{
	struct buf b = {.arena = arena};

	for (size_t k = 0; k < al->lineage_count; k++)
		buf_fmt(&b, "%s%s %zu-%zu", k > 0 ? " " : "", align_kin_name(al->lineage[k].kin),
			al->lineage[k].old, al->lineage[k].new_);
	return buf_str(&b);
}

#define CHECK_ALIGN(old, next, want, want_lineage)                                                 \
	do {                                                                                       \
		struct alignment al = align(old, next);                                            \
		CHECK_STR(matches(&al), S(want));                                                  \
		CHECK_STR(lineage(&al), S(want_lineage));                                          \
	} while (0)

#define COMMITTEE                                                                                  \
	"Der Steuerungskreis legt fest, wohin das Projekt läuft und wofür das Geld reicht."
#define DETAILS "Fachliche Einzelheiten bleiben bei den Task Forces und ihren Leitungen."
#define VOTES "Jeder Ort hat eine Stimme, und für jeden Ort sprechen zwei Personen."

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

TEST(of_equal_ones_that_moved_the_same_kind_comes_first)
{
	CHECK_ALIGN("Ziel\n# Ziel\na\nb\nc", "a\nb\nc\n# Ziel\nEnde\nZiel", "2= 3= 4= 1> + 0>", "");
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

TEST(far_apart_a_few_common_words_prove_nothing)
{
	CHECK_ALIGN("Stadt Nord\na\nb\nc", "a\nb\nc\nStadt Süd", "1= 2= 3= +", "");
	CHECK_ALIGN(COMMITTEE "\na\nb\nc",
		    "a\nb\nc\nDer Steuerungskreis legt fest, wofür das Geld reicht.", "1= 2= 3= 0~",
		    "");
}

TEST(a_paragraph_that_moved_and_changed_follows_its_moved_neighbours)
{
	CHECK_ALIGN("# A\n| Rot heißt Stopp jetzt\nx\n# B\n| Rot heißt Stopp dort\ny\nc\nd\ne\nf",
		    "c\nd\ne\nf\n# A\n| Rot heißt Stopp bald\nx\n# B\n| Rot heißt Stopp dann\ny",
		    "6= 7= 8= 9= 0> 1~ 2> 3> 4~ 5>", "");
}

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
