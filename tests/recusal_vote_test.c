/* recusal_vote_test.c -- who is recused votes for nobody, and nobody votes for who is recused. */
#include "poll_world.h"

TEST(a_proxy_rests_while_who_granted_it_is_recused)
{
	poll_empty_world("called", IN_TIME);
	comes(JULE, LINDHEIM, "holder");
	comes(IVO, SEEFELD, "holder");
	comes(HEIDI, BERGSTEDT, "holder");
	grants(GRETA, AUENTAL, JULE);
	OPENS();
	CHECK_INT(votes(JULE, AUENTAL, "yes"), 303);
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	is_recused(GRETA, AUENTAL, 1);
	struct answer a = post_as(JULE, VOTE, vote_form(AUENTAL, "no", ""));
	CHECK(a.status == 409 && shows(&a, "Deine Vollmacht ruht: Wer sie erteilt hat"));
	a = get_as(JULE, POLL);
	CHECK(shows(&a, "Für Auental: Deine Vollmacht ruht") && shows(&a, "1 von 3"));
	CHECK_INT(votes(JULE, LINDHEIM, "no"), 303);
	CLOSES();
	/* What had been cast for the recused person does not count. */
	CHECK_STR(statuses(), S("recused silent no silent"));
	check_register();
}

TEST(a_proxy_of_somebody_recused_is_not_in_the_roll_and_the_card_says_why)
{
	poll_empty_world("called", IN_TIME);
	comes(JULE, LINDHEIM, "holder");
	comes(IVO, SEEFELD, "holder");
	comes(HEIDI, BERGSTEDT, "holder");
	grants(GRETA, AUENTAL, JULE);
	is_recused(GRETA, AUENTAL, 1);
	OPENS();
	static const char says[] = "Deine Vollmacht für Auental ruht bei dieser Abstimmung: Greta";
	struct answer a = get_as(JULE, POLL);
	CHECK(shows(&a, says) && !shows(&a, "mit Vollmacht für Auental"));
	a = get_as(HEIDI, POLL);
	CHECK(!shows(&a, "ruht bei dieser"));
	CHECK_INT(votes(JULE, AUENTAL, "yes"), 422); /* no part of her form */
	CHECK_INT(count_of(BALLOTS), 0);
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("recused silent yes silent"));
	check_register();
}

/* The program would not have taken it; somebody who writes the register by hand could try. */
TEST(the_verifier_refuses_a_vote_for_somebody_recused)
{
	struct register_verdict verdict;
	struct register_receipt receipt;
	struct str file;

	poll_empty_world("called", IN_TIME);
	comes(JULE, LINDHEIM, "holder");
	comes(IVO, SEEFELD, "holder");
	comes(HEIDI, BERGSTEDT, "holder");
	grants(GRETA, AUENTAL, JULE);
	OPENS();
	is_recused(GRETA, AUENTAL, 1);
	DIRECTLY(CHECK_INT(register_ballot(&book,
					   &(struct register_ballot){.poll = 1,
								     .seq = 1,
								     .unit = AUENTAL,
								     .choice = S("yes"),
								     .person = WHO(JULE),
								     .capacity = S("proxy")},
					   S("Auental"), &receipt),
			   OK););
	CLOSES();
	CHECK_INT(db_begin_read(test_db, test_arena), OK);
	CHECK_INT(register_file_write(test_db, test_arena, &file), OK);
	db_rollback(test_db);
	register_verify(test_arena, file, S(""), &verdict);
	CHECK(!verdict.fine);
	CHECK_STR(verdict.why, S("wer vertreten wird, ist befangen"));
}

TESTS_MAIN
