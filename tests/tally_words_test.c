/* tally_words_test.c -- the arithmetic of a vote as people read it, and stored names. */
#include "tally_fixture.h"

static struct str words(struct arena *a, const struct tally_rule *rule,
			const struct tally_input *in)
{
	struct tally t = count(rule, in);

	return tally_words(a, rule, in, &t);
}

TEST(the_arithmetic_reads_as_a_sentence)
{
	struct arena *a = arena_new(1024 * 1024);
	struct tally_rule rule = rule_of(SIMPLE);
	struct tally_input in = {.units = {{[UNIT_YES] = 3, [UNIT_NO] = 1}}, .persons = 4};

	CHECK_STR(words(a, &rule, &in), S("3 Ja > 1 Nein; beschlussfähig: 4 von 4, nötig 3"));
	in.persons = 1;
	CHECK_STR(words(a, &rule, &in), S("3 Ja > 1 Nein; nicht beschlussfähig: 4 von 4, nötig 3; "
					  "1 Person, nötig 2"));
	in = (struct tally_input){.units = {{[UNIT_YES] = 2, [UNIT_ABSENT] = 2}}, .persons = 0};
	CHECK_STR(words(a, &rule, &in),
		  S("2 Ja > 0 Nein; nicht beschlussfähig: 2 von 4, nötig 3; 0 Personen, nötig 2"));
	in = (struct tally_input){.units = {{[UNIT_YES] = 1, [UNIT_NO] = 2, [UNIT_ABSENT] = 1}},
				  .persons = 3};
	CHECK_STR(words(a, &rule, &in), S("1 Ja ≤ 2 Nein; beschlussfähig: 3 von 4, nötig 3"));
	rule.absent_counts = true;
	CHECK_STR(words(a, &rule, &in), S("1 Ja ≤ 2 Nein; beschlussfähig: 4 von 4, nötig 3"));
	rule = rule_of(SIMPLE);
	in = (struct tally_input){.units = {{[UNIT_YES] = 2, [UNIT_NO] = 2}}, .persons = 4};
	CHECK_STR(words(a, &rule, &in),
		  S("2 Ja = 2 Nein, Stimmengleichheit; beschlussfähig: 4 von 4, nötig 3"));
	rule.casting_vote = true;
	in.chair = UNIT_YES;
	CHECK_STR(words(a, &rule, &in),
		  S("2 Ja = 2 Nein, Stimmengleichheit, die Sitzungsleitung entscheidet mit Ja; "
		    "beschlussfähig: 4 von 4, nötig 3"));
	in.chair = UNIT_NO;
	CHECK(str_find(words(a, &rule, &in), S("entscheidet mit Nein")) < words(a, &rule, &in).n);
	rule = rule_of(SIMPLE);
	in = (struct tally_input){.units = {{[UNIT_ABSTAINED] = 4}}, .persons = 4};
	CHECK_STR(words(a, &rule, &in),
		  S("0 Ja = 0 Nein, Stimmengleichheit; ohne Ja kein Beschluss;"
		    " beschlussfähig: 4 von 4, nötig 3"));
	rule.min_yes = 2;
	in = (struct tally_input){.units = {{[UNIT_YES] = 1, [UNIT_ABSTAINED] = 3}}, .persons = 4};
	CHECK_STR(words(a, &rule, &in),
		  S("1 Ja > 0 Nein; mindestens 2 Ja nötig; beschlussfähig: 4 von 4, nötig 3"));
	arena_free(a);
}

TEST(each_majority_has_its_arithmetic_and_its_name)
{
	static const struct {
		struct tally_rule rule;
		struct tally_input in;
		struct str words, name;
	} cases[] = {
	    {{.majority = MAJORITY_CAST, .a = 2, .b = 3},
	     {.units = {{[UNIT_YES] = 6, [UNIT_NO] = 3}}, .persons = 9},
	     S_INIT("18 ≥ 18 (3 · 6 Ja, 2 · 9 abgegebene); beschlussfähig: 9 von 9, nötig 5"),
	     S_INIT("mindestens 2/3 der abgegebenen Stimmen")},
	    {{.majority = MAJORITY_CAST, .a = 2, .b = 3},
	     {.units = {{[UNIT_YES] = 5, [UNIT_NO] = 3, [UNIT_ABSTAINED] = 1}}, .persons = 9},
	     S_INIT("15 < 16 (3 · 5 Ja, 2 · 8 abgegebene); beschlussfähig: 9 von 9, nötig 5"),
	     S_INIT("mindestens 2/3 der abgegebenen Stimmen")},
	    {{.majority = MAJORITY_COMPETENT, .a = 2, .b = 3},
	     {.units = {{[UNIT_YES] = 4, [UNIT_ABSENT] = 2}}, .persons = 4},
	     S_INIT("12 ≥ 12 (3 · 4 Ja, 2 · 6 Stimmberechtigte); beschlussfähig: 4 von 6, nötig 4"),
	     S_INIT("mindestens 2/3 der Stimmberechtigten")},
	    {{.majority = MAJORITY_MORE_COMPETENT},
	     {.units = {{[UNIT_YES] = 2, [UNIT_NO] = 1, [UNIT_ABSTAINED] = 1}}, .persons = 4},
	     S_INIT("2 · 2 Ja ≤ 4 Stimmberechtigte; beschlussfähig: 4 von 4, nötig 3"),
	     S_INIT("mehr als die Hälfte der Stimmberechtigten")},
	    {{.majority = MAJORITY_MORE_ALL},
	     {.units = {{[UNIT_YES] = 3, [UNIT_NO] = 1}}, .persons = 4},
	     S_INIT("2 · 3 Ja > 4 Stimmen insgesamt; beschlussfähig: 4 von 4, nötig 3"),
	     S_INIT("mehr als die Hälfte aller Stimmen des Kreises")},
	    {{.majority = MAJORITY_MORE_REPRESENTED},
	     {.units = {{[UNIT_YES] = 2, [UNIT_NO] = 1, [UNIT_ABSENT] = 1}}, .persons = 3},
	     S_INIT("2 · 2 Ja > 3 Vertretene; beschlussfähig: 3 von 4, nötig 3"),
	     S_INIT("mehr als die Hälfte der vertretenen Stimmen")},
	    {{.majority = MAJORITY_REPRESENTED, .a = 2, .b = 3},
	     {.units = {{[UNIT_YES] = 2, [UNIT_NO] = 2}}, .persons = 4},
	     S_INIT("6 < 8 (3 · 2 Ja, 2 · 4 Vertretene); beschlussfähig: 4 von 4, nötig 3"),
	     S_INIT("mindestens 2/3 der vertretenen Stimmen")},
	    {{.majority = MAJORITY_UNANIMOUS},
	     {.units = {{[UNIT_YES] = 3, [UNIT_NO] = 1}}, .persons = 4},
	     S_INIT("1 Nein, erlaubt 0; beschlussfähig: 4 von 4, nötig 3"),
	     S_INIT("einstimmig: kein Nein")},
	    {{.majority = MAJORITY_UNANIMOUS_ALL},
	     {.units = {{[UNIT_YES] = 3, [UNIT_ABSTAINED] = 1}}, .persons = 4},
	     S_INIT("3 Ja ≠ 4 Stimmberechtigte; beschlussfähig: 4 von 4, nötig 3"),
	     S_INIT("einstimmig: alle Stimmberechtigten sagen Ja")},
	    {{.majority = MAJORITY_UNANIMOUS_ALL},
	     {.units = {{[UNIT_YES] = 4}}, .persons = 4},
	     S_INIT("4 Ja = 4 Stimmberechtigte; beschlussfähig: 4 von 4, nötig 3"),
	     S_INIT("einstimmig: alle Stimmberechtigten sagen Ja")},
	    {{.majority = MAJORITY_SIMPLE, .mode = TALLY_WEIGHTED},
	     {.units = {{[UNIT_YES] = 3}}, .weights = {{[UNIT_YES] = 7}}, .persons = 3},
	     S_INIT("7 Ja > 0 Nein; beschlussfähig: 3 von 3, nötig 3"),
	     S_INIT("einfache Mehrheit: mehr Ja als Nein")},
	    {{.majority = MAJORITY_SIMPLE,
	      .mode = TALLY_WEIGHTED,
	      .quorum_by_weight = true,
	      .absent_counts = true},
	     {.units = {{[UNIT_YES] = 3, [UNIT_ABSENT] = 1}},
	      .weights = {{[UNIT_YES] = 7, [UNIT_ABSENT] = 2}},
	      .persons = 3},
	     S_INIT("7 Ja > 0 Nein; beschlussfähig: 9 von 9, nötig 5"),
	     S_INIT("einfache Mehrheit: mehr Ja als Nein")},
	    {{.majority = MAJORITY_SIMPLE, .mode = TALLY_DUAL},
	     {.units = {{[UNIT_YES] = 2, [UNIT_NO] = 2}},
	      .weights = {{[UNIT_YES] = 5, [UNIT_NO] = 2}},
	      .persons = 7},
	     S_INIT("Kommunen: 2 Ja = 2 Nein, Stimmengleichheit; Mitglieder: 5 Ja > 2 Nein; "
		    "beschlussfähig: 4 von 4, nötig 3"),
	     S_INIT("einfache Mehrheit: mehr Ja als Nein")},
	};
	struct arena *a = arena_new(1024 * 1024);

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		CHECK_STR(words(a, &cases[i].rule, &cases[i].in), cases[i].words);
		CHECK_STR(tally_rule_words(a, &cases[i].rule), cases[i].name);
	}
	arena_free(a);
}

TEST(stored_words_lead_back_to_what_they_name)
{
	for (int s = 0; s < UNIT_STATUSES; s++)
		CHECK_INT(unit_status_named(unit_status_name((enum unit_status)s)), s);
	for (int m = 0; m < MAJORITY_COUNT; m++)
		CHECK_INT(tally_majority_named(tally_majority_name((enum tally_majority)m)), m);
	for (int r = 0; r < TALLY_RESULTS; r++)
		CHECK_INT(tally_result_named(tally_result_name((enum tally_result)r)), r);
	CHECK_INT(unit_status_named(S("ja")), UNIT_STATUSES);
	CHECK_INT(tally_majority_named(S("")), MAJORITY_COUNT);
	CHECK_INT(tally_result_named(S("Adopted")), TALLY_RESULTS);
}

TESTS_MAIN
