/* tally_all_test.c -- every way in which up to six units can vote, under every rule, counted a
 * second time by a program that shares nothing with the first: it asks each unit by itself. */
#include "features/steering/tally.h"

#include "test.h"

enum { UNITS_MAX = 6 };

struct ballots {
	int n;
	enum unit_status v[UNITS_MAX];
};

static const struct tally_rule rules[] = {
    {.majority = MAJORITY_SIMPLE},
    {.majority = MAJORITY_CAST, .a = 1, .b = 2},
    {.majority = MAJORITY_CAST, .a = 2, .b = 3},
    {.majority = MAJORITY_CAST, .a = 3, .b = 4},
    {.majority = MAJORITY_CAST, .a = 1, .b = 1},
    {.majority = MAJORITY_MORE_COMPETENT},
    {.majority = MAJORITY_MORE_ALL},
    {.majority = MAJORITY_COMPETENT, .a = 1, .b = 2},
    {.majority = MAJORITY_COMPETENT, .a = 2, .b = 3},
    {.majority = MAJORITY_UNANIMOUS},
    {.majority = MAJORITY_UNANIMOUS_ALL},
    {.majority = MAJORITY_MORE_REPRESENTED},
    {.majority = MAJORITY_REPRESENTED, .a = 2, .b = 3},
};
enum { RULES = sizeof rules / sizeof rules[0] };

/* ---- The second count ---- */

static bool takes_part(enum unit_status s)
{
	return s != UNIT_ABSENT && s != UNIT_RECUSED;
}

static bool quorate(const struct tally_rule *rule, const struct ballots *b, int persons)
{
	int there = 0, gone = 0, needed = 0;

	for (int i = 0; i < b->n; i++) {
		there += takes_part(b->v[i]) || (rule->absent_counts && b->v[i] == UNIT_ABSENT);
		gone += b->v[i] == UNIT_RECUSED;
	}
	/* The smallest number that is more than half of all, and three if there are so many. */
	while (2 * needed <= b->n)
		needed++;
	while (needed < 3 && needed < b->n)
		needed++;
	bool relaxed = rule->second_meeting || gone > b->n - gone;
	if (relaxed || needed == 1)
		return there > 0;
	return there >= needed && persons >= rule->min_persons;
}

/* Is the share of `part` in `whole` at least a/b?  Counted out piece by piece. */
static bool at_least(int part, int whole, int64_t a, int64_t b)
{
	int64_t left = 0, right = 0;

	for (int i = 0; i < part; i++)
		left += b;
	for (int i = 0; i < whole; i++)
		right += a;
	return left >= right;
}

static bool carries(const struct tally_rule *rule, const struct ballots *b, enum unit_status chair)
{
	int yes = 0, against = 0, may = 0, there = 0;

	for (int i = 0; i < b->n; i++) {
		yes += b->v[i] == UNIT_YES;
		against += b->v[i] == UNIT_NO;
		may += b->v[i] != UNIT_RECUSED;
		there += takes_part(b->v[i]);
	}
	if (yes == 0 || yes < rule->min_yes)
		return false;
	switch (rule->majority) {
	case MAJORITY_SIMPLE:
		if (yes == against)
			return rule->casting_vote && chair == UNIT_YES;
		return yes > against;
	case MAJORITY_CAST:
		return at_least(yes, yes + against, rule->a, rule->b);
	case MAJORITY_MORE_COMPETENT:
		return yes > may - yes;
	case MAJORITY_MORE_ALL:
		return yes > b->n - yes;
	case MAJORITY_COMPETENT:
		return at_least(yes, may, rule->a, rule->b);
	case MAJORITY_MORE_REPRESENTED:
		return yes > there - yes;
	case MAJORITY_REPRESENTED:
		return at_least(yes, there, rule->a, rule->b);
	case MAJORITY_UNANIMOUS:
		return against == 0;
	case MAJORITY_UNANIMOUS_ALL:
		return may - yes == 0;
	case MAJORITY_COUNT:
		break;
	}
	fail();
	return false;
}

static enum tally_result second_count(const struct tally_rule *rule, const struct ballots *b,
				      int persons, enum unit_status chair)
{
	if (!quorate(rule, b, persons))
		return TALLY_NOT_QUORATE;
	return carries(rule, b, chair) ? TALLY_ADOPTED : TALLY_REJECTED;
}

/* ---- Both on everything ---- */

static enum tally_result first_count(const struct tally_rule *rule, const struct ballots *b,
				     int persons, enum unit_status chair)
{
	struct tally_input in = {.persons = persons, .chair = chair};
	struct tally t;

	for (int i = 0; i < b->n; i++)
		in.units.of[b->v[i]]++;
	CHECK_INT(tally(rule, &in, &t), OK);
	CHECK_INT(t.all, b->n);
	return t.result;
}

/* The next way to vote; statuses in ascending order, because who votes how makes no difference. */
static bool next(struct ballots *b)
{
	for (int i = b->n - 1; i >= 0; i--)
		if (b->v[i] < UNIT_RECUSED) {
			enum unit_status s = (enum unit_status)(b->v[i] + 1);
			for (int j = i; j < b->n; j++)
				b->v[j] = s;
			return true;
		}
	if (b->n == UNITS_MAX)
		return false;
	b->n++;
	for (int i = 0; i < b->n; i++)
		b->v[i] = UNIT_YES;
	return true;
}

static int same(const struct tally_rule *rule, const struct ballots *b)
{
	static const enum unit_status chairs[] = {UNIT_YES, UNIT_NO, UNIT_ABSTAINED};
	int compared = 0;

	for (int persons = 0; persons <= 3; persons++)
		for (int c = 0; c < 3; c++, compared++)
			CHECK_INT(first_count(rule, b, persons, chairs[c]),
				  second_count(rule, b, persons, chairs[c]));
	return compared;
}

TEST(two_programs_agree_on_every_small_vote)
{
	int ways = 0, compared = 0;

	for (struct ballots b = {.n = 0}; next(&b); ways++)
		for (int i = 0; i < RULES; i++)
			for (int variant = 0; variant < 16; variant++) {
				struct tally_rule rule = rules[i];
				rule.casting_vote = variant & 1;
				rule.second_meeting = variant & 2;
				rule.absent_counts = variant & 4;
				rule.min_yes = variant & 8 ? 2 : 0;
				rule.min_persons = 2;
				compared += same(&rule, &b);
			}
	CHECK_INT(ways, 1715); /* one to six units, seven statuses */
	CHECK_INT(compared, 1715 * RULES * 16 * 12);
}

/* ---- Laws ---- */

TEST(a_change_to_yes_never_turns_adopted_into_rejected)
{
	for (struct ballots b = {.n = 0}; next(&b);)
		for (int i = 0; i < RULES; i++)
			for (int u = 0; u < b.n; u++) {
				struct ballots changed = b;
				if (b.v[u] != UNIT_NO && b.v[u] != UNIT_ABSTAINED &&
				    b.v[u] != UNIT_SILENT)
					continue;
				changed.v[u] = UNIT_YES;
				if (first_count(&rules[i], &b, 4, UNIT_NO) == TALLY_ADOPTED)
					CHECK_INT(first_count(&rules[i], &changed, 4, UNIT_NO),
						  TALLY_ADOPTED);
			}
}

TEST(a_no_that_becomes_an_abstention_never_rejects_where_votes_cast_decide)
{
	for (struct ballots b = {.n = 0}; next(&b);)
		for (int i = 0; i < RULES; i++)
			for (int u = 0; u < b.n; u++) {
				struct ballots changed = b;
				if (b.v[u] != UNIT_NO || (rules[i].majority != MAJORITY_SIMPLE &&
							  rules[i].majority != MAJORITY_CAST))
					continue;
				changed.v[u] = UNIT_ABSTAINED;
				if (first_count(&rules[i], &b, 4, UNIT_NO) == TALLY_ADOPTED)
					CHECK_INT(first_count(&rules[i], &changed, 4, UNIT_NO),
						  TALLY_ADOPTED);
			}
}

TEST(silence_counts_like_an_abstention)
{
	for (struct ballots b = {.n = 0}; next(&b);)
		for (int i = 0; i < RULES; i++)
			for (int u = 0; u < b.n; u++) {
				struct ballots changed = b;
				if (b.v[u] != UNIT_SILENT)
					continue;
				changed.v[u] = UNIT_ABSTAINED;
				CHECK_INT(first_count(&rules[i], &b, 4, UNIT_YES),
					  first_count(&rules[i], &changed, 4, UNIT_YES));
			}
}

/* Weights of 1 are heads. */
TEST(equal_weights_give_the_same_verdict_as_heads)
{
	for (struct ballots b = {.n = 0}; next(&b);)
		for (int i = 0; i < RULES; i++) {
			struct tally_input in = {.persons = 4, .chair = UNIT_NO};
			struct tally t;
			for (int u = 0; u < b.n; u++)
				in.units.of[b.v[u]]++;
			in.weights = in.units;
			for (int mode = 0; mode < TALLY_MODES; mode++) {
				struct tally_rule rule = rules[i];
				rule.mode = (enum tally_mode)mode;
				CHECK_INT(tally(&rule, &in, &t), OK);
				CHECK_INT(t.result, first_count(&rules[i], &b, 4, UNIT_NO));
			}
		}
}

TESTS_MAIN
