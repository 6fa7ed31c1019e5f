/* tally_test.c -- how a vote is counted, case by case. */
#include "tally_fixture.h"

struct vector {
	int number;
	enum tally_majority majority;
	int64_t a, b;
	int64_t e, y, n, abstained, s, i, x, r, p, quorum;
	enum tally_result result;
};

static struct tally_input input_of(const struct vector *v)
{
	return (struct tally_input){
	    .units = {{[UNIT_YES] = v->y,
		       [UNIT_NO] = v->n,
		       [UNIT_ABSTAINED] = v->abstained,
		       [UNIT_SILENT] = v->s,
		       [UNIT_INVALID] = v->i,
		       [UNIT_ABSENT] = v->x,
		       [UNIT_RECUSED] = v->r}},
	    .persons = PERSONS_AS_UNITS,
	    .chair = UNIT_ABSTAINED,
	};
}

/* clang-format off */
static const struct vector vectors[] = {
    /* no.  rule             E  Y  N  A  S  I  X  R  P  Qmin */
    { 1, SIMPLE,             4, 3, 1, 0, 0, 0, 0, 0, 4, 3, TALLY_ADOPTED},
    { 2, SIMPLE,             4, 2, 2, 0, 0, 0, 0, 0, 4, 3, TALLY_REJECTED},
    { 5, SIMPLE,             4, 1, 0, 3, 0, 0, 0, 0, 4, 3, TALLY_ADOPTED},
    { 6, SIMPLE,             4, 0, 0, 4, 0, 0, 0, 0, 4, 3, TALLY_REJECTED},
    { 7, SIMPLE,             4, 2, 0, 0, 0, 0, 2, 0, 2, 3, TALLY_NOT_QUORATE},
    { 9, SIMPLE,             4, 2, 1, 0, 0, 0, 1, 0, 3, 3, TALLY_ADOPTED},
    {10, SIMPLE,             4, 3, 1, 0, 0, 0, 0, 0, 4, 3, TALLY_ADOPTED},
    {12, SIMPLE,             4, 2, 1, 0, 0, 0, 0, 1, 3, 3, TALLY_ADOPTED},
    {13, SIMPLE,             4, 2, 0, 0, 0, 0, 1, 1, 2, 3, TALLY_NOT_QUORATE},
    {16, SIMPLE,             4, 2, 1, 0, 1, 0, 0, 0, 4, 3, TALLY_ADOPTED},
    {18, CAST(2, 3),         9, 6, 3, 0, 0, 0, 0, 0, 9, 5, TALLY_ADOPTED},
    {19, CAST(2, 3),         9, 5, 3, 1, 0, 0, 0, 0, 9, 5, TALLY_REJECTED},
    {21, CAST(2, 3),         4, 0, 0, 4, 0, 0, 0, 0, 4, 3, TALLY_REJECTED},
    {22, CAST(3, 4),         4, 3, 1, 0, 0, 0, 0, 0, 4, 3, TALLY_ADOPTED},
    {24, MORE_COMPETENT,     4, 2, 1, 1, 0, 0, 0, 0, 4, 3, TALLY_REJECTED},
    {25, MORE_COMPETENT,     4, 2, 1, 0, 0, 0, 0, 1, 3, 3, TALLY_ADOPTED},
    {26, MORE_ALL,           4, 2, 1, 0, 0, 0, 0, 1, 3, 3, TALLY_REJECTED},
    {27, COMPETENT(2, 3),    6, 4, 0, 0, 0, 0, 2, 0, 4, 4, TALLY_ADOPTED},
    {29, UNANIMOUS,          4, 3, 0, 1, 0, 0, 0, 0, 4, 3, TALLY_ADOPTED},
    {30, UNANIMOUS,          4, 3, 1, 0, 0, 0, 0, 0, 4, 3, TALLY_REJECTED},
    {31, UNANIMOUS_ALL,      4, 3, 0, 1, 0, 0, 0, 0, 4, 3, TALLY_REJECTED},
    {32, UNANIMOUS_ALL,      4, 3, 0, 0, 0, 0, 0, 1, 3, 3, TALLY_ADOPTED},
    {33, SIMPLE,             2, 1, 0, 0, 0, 0, 1, 0, 1, 2, TALLY_NOT_QUORATE},
    {35, SIMPLE,             5, 2, 1, 0, 0, 0, 2, 0, 3, 3, TALLY_ADOPTED},
    {37, SIMPLE,             4, 3, 0, 0, 0, 0, 1, 0, 3, 3, TALLY_ADOPTED},
};
/* clang-format on */

TEST(the_agreed_cases)
{
	for (size_t i = 0; i < sizeof vectors / sizeof vectors[0]; i++) {
		const struct vector *v = &vectors[i];
		struct tally_rule rule = rule_of(v->majority, v->a, v->b);
		struct tally_input in = input_of(v);
		struct tally t = count(&rule, &in);
		if (t.result != v->result || t.all != v->e || t.represented != v->p ||
		    t.quorum != v->quorum)
			fail_msg("vector %d", v->number);
		CHECK_INT(t.competent, v->e - v->r);
		CHECK_INT(t.cast, v->y + v->n);
	}
}

TEST(a_tie_is_rejected_unless_the_chair_decides)
{
	struct tally_rule rule = rule_of(SIMPLE);
	struct tally_input in = {.units = {{[UNIT_YES] = 2, [UNIT_NO] = 2}},
				 .persons = PERSONS_AS_UNITS};
	static const struct {
		bool casting_vote;
		enum unit_status chair;
		enum tally_result result;
	} cases[] = {{true, UNIT_YES, TALLY_ADOPTED},        {true, UNIT_NO, TALLY_REJECTED},
		     {true, UNIT_ABSTAINED, TALLY_REJECTED}, {true, UNIT_RECUSED, TALLY_REJECTED},
		     {true, UNIT_ABSENT, TALLY_REJECTED},    {false, UNIT_YES, TALLY_REJECTED}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		rule.casting_vote = cases[i].casting_vote;
		in.chair = cases[i].chair;
		CHECK_INT(count(&rule, &in).result, cases[i].result);
	}
	/* 0 to 0 stays without a yes, whatever the chair. */
	in = (struct tally_input){
	    .units = {{[UNIT_ABSTAINED] = 4}}, .persons = 4, .chair = UNIT_YES};
	rule.casting_vote = true;
	CHECK_INT(count(&rule, &in).result, TALLY_REJECTED);
	/* Only a tie asks for the chair. */
	in = (struct tally_input){
	    .units = {{[UNIT_YES] = 1, [UNIT_NO] = 3}}, .persons = 4, .chair = UNIT_YES};
	CHECK_INT(count(&rule, &in).result, TALLY_REJECTED);
	CHECK(!count(&rule, &in).heads.chair_decided);
}

TEST(weights_are_compared_with_weights)
{
	struct tally_rule rule = rule_of(SIMPLE);
	/* Weights 3, 2, 2, 1: yes 3, no 2 + 2, abstained 1. */
	struct tally_input in = {.units = {{[UNIT_YES] = 1, [UNIT_NO] = 2, [UNIT_ABSTAINED] = 1}},
				 .weights = {{[UNIT_YES] = 3, [UNIT_NO] = 4, [UNIT_ABSTAINED] = 1}},
				 .persons = 4};

	rule.mode = TALLY_WEIGHTED;
	struct tally t = count(&rule, &in);
	CHECK_INT(t.result, TALLY_REJECTED);
	CHECK(t.weights.left == 3 && t.weights.right == 4);
	CHECK_INT(t.all, 4); /* the quorum counts units */
	rule = rule_of(CAST(2, 3));
	rule.mode = TALLY_WEIGHTED;
	in = (struct tally_input){.units = {{[UNIT_YES] = 3, [UNIT_NO] = 1}},
				  .weights = {{[UNIT_YES] = 6, [UNIT_NO] = 2}},
				  .persons = 4};
	t = count(&rule, &in);
	CHECK_INT(t.result, TALLY_ADOPTED);
	CHECK(t.weights.left == 18 && t.weights.right == 16);
}

TEST(the_quorum_may_be_counted_by_weight_on_both_sides)
{
	struct tally_rule rule = rule_of(SIMPLE);
	/* The heavy one alone is more than half of the weights, but one of four units. */
	struct tally_input in = {.units = {{[UNIT_YES] = 1, [UNIT_ABSENT] = 3}},
				 .weights = {{[UNIT_YES] = 7, [UNIT_ABSENT] = 3}},
				 .persons = 2};

	rule.mode = TALLY_WEIGHTED;
	CHECK_INT(count(&rule, &in).result, TALLY_NOT_QUORATE);
	rule.quorum_by_weight = true;
	CHECK_INT(count(&rule, &in).result, TALLY_ADOPTED);
	CHECK_INT(count(&rule, &in).quorum, 6);
	/* Where heads decide, heads are the quorum. */
	rule.mode = TALLY_HEADS;
	CHECK_INT(count(&rule, &in).result, TALLY_NOT_QUORATE);
}

TEST(the_dual_majority_needs_members_and_municipalities)
{
	struct tally_rule rule = rule_of(SIMPLE);
	struct tally_input in = {.units = {{[UNIT_YES] = 2, [UNIT_NO] = 2}},
				 .weights = {{[UNIT_YES] = 5, [UNIT_NO] = 2}},
				 .persons = 7};

	rule.mode = TALLY_DUAL;
	struct tally t = count(&rule, &in);
	CHECK(t.weights.holds && !t.heads.holds);
	CHECK_INT(t.result, TALLY_REJECTED);
	in.units = (struct tally_count){{[UNIT_YES] = 3, [UNIT_NO] = 1}};
	CHECK_INT(count(&rule, &in).result, TALLY_ADOPTED);
	in.weights = (struct tally_count){{[UNIT_YES] = 3, [UNIT_NO] = 4}};
	CHECK_INT(count(&rule, &in).result, TALLY_REJECTED);
}

TEST(a_deputy_without_conflict_votes_for_the_municipality)
{
	/* The unit is a yes, nobody is recused. */
	struct tally_rule rule = rule_of(SIMPLE);
	struct tally_input in = {.units = {{[UNIT_YES] = 3, [UNIT_NO] = 1}}, .persons = 4};

	CHECK_INT(count(&rule, &in).competent, 4);
	CHECK_INT(count(&rule, &in).result, TALLY_ADOPTED);
}

TEST(nearly_everybody_abstains)
{
	struct tally_rule rule = rule_of(SIMPLE);
	struct tally_input in = {.units = {{[UNIT_YES] = 1, [UNIT_ABSTAINED] = 3}}, .persons = 4};

	CHECK_INT(count(&rule, &in).result, TALLY_ADOPTED);
	rule.min_yes = 2;
	CHECK_INT(count(&rule, &in).result, TALLY_REJECTED);
	CHECK(!count(&rule, &in).enough_yes);
	in.units = (struct tally_count){{[UNIT_YES] = 2, [UNIT_ABSTAINED] = 2}};
	CHECK_INT(count(&rule, &in).result, TALLY_ADOPTED);
}

TEST(more_than_half_recused_or_a_second_meeting_need_one_unit)
{
	struct tally_rule rule = rule_of(SIMPLE);
	struct tally_input in = {.units = {{[UNIT_YES] = 1, [UNIT_RECUSED] = 3}}, .persons = 1};

	CHECK_INT(count(&rule, &in).quorum, 1);
	CHECK_INT(count(&rule, &in).result, TALLY_ADOPTED); /* also with one person */
	in.units = (struct tally_count){{[UNIT_YES] = 2, [UNIT_RECUSED] = 2}};
	CHECK_INT(count(&rule, &in).quorum, 3); /* exactly half is not more than half */
	CHECK_INT(count(&rule, &in).result, TALLY_NOT_QUORATE);
	rule.second_meeting = true;
	CHECK_INT(count(&rule, &in).result, TALLY_ADOPTED);
	in.units = (struct tally_count){{[UNIT_RECUSED] = 4}};
	CHECK_INT(count(&rule, &in).result, TALLY_NOT_QUORATE); /* nobody is left */
}

TEST(one_person_with_proxies_is_no_meeting)
{
	struct tally_rule rule = rule_of(SIMPLE);
	struct tally_input in = {.units = {{[UNIT_YES] = 4}}, .persons = 1};
	struct tally t = count(&rule, &in);

	CHECK(t.enough_units && !t.enough_persons);
	CHECK_INT(t.result, TALLY_NOT_QUORATE);
	in.persons = 2;
	CHECK_INT(count(&rule, &in).result, TALLY_ADOPTED);
}

TEST(absent_units_count_for_the_quorum_only_if_the_rules_say_so)
{
	struct tally_rule rule = rule_of(SIMPLE);
	struct tally_input in = {.units = {{[UNIT_YES] = 2, [UNIT_ABSENT] = 2}}, .persons = 2};

	CHECK_INT(count(&rule, &in).result, TALLY_NOT_QUORATE);
	rule.absent_counts = true;
	CHECK_INT(count(&rule, &in).result, TALLY_ADOPTED);
	CHECK_INT(count(&rule, &in).represented, 2); /* the word keeps its meaning */
}

TEST(seats_of_a_municipality_give_one_vote)
{
	static const struct {
		enum seat_rule rule;
		int64_t yes, no, abstained;
		enum unit_status status;
	} cases[] = {
	    {SEATS_BLOCK, 0, 0, 0, UNIT_SILENT},    {SEATS_BLOCK, 2, 0, 0, UNIT_YES},
	    {SEATS_BLOCK, 0, 1, 0, UNIT_NO},        {SEATS_BLOCK, 0, 0, 3, UNIT_ABSTAINED},
	    {SEATS_BLOCK, 1, 0, 1, UNIT_INVALID},   {SEATS_BLOCK, 3, 1, 0, UNIT_INVALID},
	    {SEATS_INNER, 0, 0, 0, UNIT_SILENT},    {SEATS_INNER, 2, 1, 0, UNIT_YES},
	    {SEATS_INNER, 1, 2, 0, UNIT_NO},        {SEATS_INNER, 1, 1, 0, UNIT_ABSTAINED},
	    {SEATS_INNER, 2, 1, 1, UNIT_ABSTAINED}, {SEATS_INNER, 0, 0, 2, UNIT_ABSTAINED},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		CHECK_INT(tally_seats(cases[i].rule, cases[i].yes, cases[i].no, cases[i].abstained),
			  cases[i].status);
}

TEST(impossible_rules_and_counts_are_refused)
{
	struct tally_input fine = {.units = {{[UNIT_YES] = 3}}, .persons = 3}, in = fine;
	struct tally_rule rule = rule_of(SIMPLE);
	struct tally t;

	static const int64_t fractions[][2] = {{0, 3}, {4, 3}, {-1, 3}, {2, 1001}};
	for (size_t i = 0; i < sizeof fractions / sizeof fractions[0]; i++) {
		struct tally_rule f = rule_of(CAST(fractions[i][0], fractions[i][1]));
		CHECK_INT(tally(&f, &fine, &t), E_BAD_REQUEST);
		f.majority = MAJORITY_COMPETENT;
		CHECK_INT(tally(&f, &fine, &t), E_BAD_REQUEST);
		f.majority = MAJORITY_REPRESENTED;
		CHECK_INT(tally(&f, &fine, &t), E_BAD_REQUEST);
		CHECK_INT(t.result, TALLY_NOT_QUORATE);
	}
	for (int s = 0; s < UNIT_STATUSES; s++) {
		in = fine;
		in.units.of[s] = -1;
		CHECK_INT(tally(&rule, &in, &t), E_BAD_REQUEST);
		in.units.of[s] = TALLY_MAX + 1;
		CHECK_INT(tally(&rule, &in, &t), E_BAD_REQUEST);
	}
	in = fine;
	in.units.of[UNIT_NO] = TALLY_MAX;
	CHECK_INT(tally(&rule, &in, &t), E_BAD_REQUEST); /* together too many */
	in = fine;
	in.weights.of[UNIT_NO] = -1;
	CHECK_INT(tally(&rule, &in, &t), OK); /* not read */
	rule.mode = TALLY_WEIGHTED;
	CHECK_INT(tally(&rule, &in, &t), E_BAD_REQUEST);
	rule = rule_of(MAJORITY_COUNT, 0, 0);
	CHECK_INT(tally(&rule, &fine, &t), E_BAD_REQUEST);
	rule = rule_of(SIMPLE);
	rule.mode = TALLY_MODES;
	CHECK_INT(tally(&rule, &fine, &t), E_BAD_REQUEST);
	rule = rule_of(SIMPLE);
	rule.min_yes = -1;
	CHECK_INT(tally(&rule, &fine, &t), E_BAD_REQUEST);
	rule.min_yes = 0;
	rule.min_persons = -1;
	CHECK_INT(tally(&rule, &fine, &t), E_BAD_REQUEST);
}

TEST(the_largest_counts_do_not_overflow)
{
	struct tally_rule rule = rule_of(CAST(999, 1000));
	struct tally_input in = {.units = {{[UNIT_YES] = TALLY_MAX}}, .persons = 2};

	CHECK_INT(count(&rule, &in).result, TALLY_ADOPTED);
	CHECK_INT(count(&rule, &in).heads.left, 1000 * (int64_t)TALLY_MAX);
}

TESTS_MAIN
