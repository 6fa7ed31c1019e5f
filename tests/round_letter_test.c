/* round_letter_test.c -- what a review round writes to people. */
#include "features/handbook/round_letter.h"
#include "fixtures.h"

static enum err put(const struct letter *l)
{
	enum err err = db_begin_write(test_db, test_arena);

	if (err == OK)
		err = outbox_put(test_db, l);
	db_rollback(test_db);
	return err;
}

static const struct round_mail mail = {.person_id = JULE,
				       .name = S_INIT("Jule Jasmin"),
				       .number = 3,
				       .closes_on = {2026, 11, 26},
				       .link = S_INIT("https://h.example/handbuch?a=1&b=2"),
				       .contact = S_INIT("Anna Ahorn (anna@lindheim.example)")};

static void check_has(struct str text, struct str what)
{
	if (str_find(text, what) == text.n) {
		print_error("no \"%.*s\" in\n%.*s\n", ARG(what), ARG(text));
		fail();
	}
}

TEST(the_invitation_says_what_silence_means)
{
	struct letter l = {.dedupe = S("x")};

	fixtures();
	CHECK_INT(round_invitation(test_arena, &mail, &l), OK);
	CHECK_STR(l.subject,
		  S("Rückmelderunde 3 zum Handbuch: bitte lies bis 26.\u00a0November 2026"));
	CHECK(str_starts(l.body, S("Hallo Jule Jasmin,\n\n")));
	check_has(l.body, S("\n\nhttps://h.example/handbuch?a=1&b=2\n\n"));
	check_has(l.body, S("„ohne Rückmeldung“. Das gilt nicht als Zustimmung."));
	check_has(l.body, S("Fragen beantwortet Anna Ahorn (anna@lindheim.example)."));
	CHECK_INT(l.person_id, JULE);
	CHECK_INT(put(&l), OK);
}

TEST(the_reminder_says_how_many_days_are_left)
{
	static const struct {
		int64_t days;
		struct str subject;
	} cases[] = {
	    {14, S_INIT("Rückmelderunde 3 zum Handbuch: noch 14 Tage")},
	    {2, S_INIT("Rückmelderunde 3 zum Handbuch: noch 2 Tage")},
	    {1, S_INIT("Rückmelderunde 3 zum Handbuch: noch 1 Tag")},
	    {0, S_INIT("Rückmelderunde 3 zum Handbuch: heute ist der letzte Tag")},
	};
	struct letter l = {.dedupe = S("x")};

	fixtures();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		CHECK_INT(round_reminder(test_arena, &mail, cases[i].days, &l), OK);
		CHECK_STR(l.subject, cases[i].subject);
	}
	check_has(l.body, S("endet am 26.\u00a0November 2026."));
	check_has(l.body, S("Das gilt nicht als Zustimmung."));
	CHECK_INT(put(&l), OK);
}

TESTS_MAIN
