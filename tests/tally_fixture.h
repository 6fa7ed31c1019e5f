/* tally_fixture.h -- rules and counts for the tests of the tally. */
#ifndef TESTS_TALLY_FIXTURE_H
#define TESTS_TALLY_FIXTURE_H

#include "features/steering/tally.h"

#include "test.h"

enum { PERSONS_AS_UNITS = -1 };

__attribute__((unused)) static struct tally_rule rule_of(enum tally_majority m, int64_t a,
							 int64_t b)
{
	return (struct tally_rule){.majority = m, .a = a, .b = b, .min_persons = 2};
}

static struct tally count(const struct tally_rule *rule, const struct tally_input *in)
{
	struct tally_input copy = *in;
	struct tally t;

	if (copy.persons == PERSONS_AS_UNITS)
		copy.persons = copy.units.of[UNIT_YES] + copy.units.of[UNIT_NO] +
			       copy.units.of[UNIT_ABSTAINED] + copy.units.of[UNIT_SILENT] +
			       copy.units.of[UNIT_INVALID];
	CHECK_INT(tally(rule, &copy, &t), OK);
	return t;
}

#define SIMPLE MAJORITY_SIMPLE, 0, 0
#define CAST(a, b) MAJORITY_CAST, a, b
#define MORE_COMPETENT MAJORITY_MORE_COMPETENT, 0, 0
#define MORE_ALL MAJORITY_MORE_ALL, 0, 0
#define COMPETENT(a, b) MAJORITY_COMPETENT, a, b
#define UNANIMOUS MAJORITY_UNANIMOUS, 0, 0
#define UNANIMOUS_ALL MAJORITY_UNANIMOUS_ALL, 0, 0

#endif
