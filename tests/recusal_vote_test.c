/* recusal_vote_test.c -- who is recused votes for nobody, and nobody votes for who is recused. */
#include "features/steering/recusal.h"
#include "poll_world.h"

TEST(a_proxy_rests_while_who_granted_it_is_recused)
{
	poll_proxy_world();
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

/* The vote on urgency was over when that came out. */
TEST(who_is_recused_afterwards_does_not_change_what_was_cast_for_her)
{
	poll_empty_world("scheduled", TOO_LATE);
	comes(JULE, LINDHEIM, "holder");
	comes(IVO, SEEFELD, "holder");
	comes(HEIDI, BERGSTEDT, "holder");
	grants(GRETA, AUENTAL, JULE);
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 303);
	CHECK_INT(votes(JULE, AUENTAL, "yes"), 303);
	CHECK_INT(votes(IVO, SEEFELD, "yes"), 303);
	CLOSES();
	clock_set(FIXTURE_NOW + 60);
	is_recused(GRETA, AUENTAL, 1);
	struct answer a = get_as(DORA, POLL "?nr=1");
	CHECK(shows(&a, "Ergebnis") && !shows(&a, "efangen"));
	run_sql("UPDATE recusal SET at = at - 120");
	a = get_as(DORA, POLL "?nr=1");
	CHECK(shows(&a, "efangen"));
}

TEST(a_proxy_of_somebody_recused_is_not_in_the_roll_and_the_card_says_why)
{
	poll_proxy_world();
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

	poll_proxy_world();
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

/* A recused person leaves for the point; what she holds for later points stays. */
TEST(a_recused_person_is_out_for_the_point_and_no_longer)
{
	poll_proxy_world();
	clock_set(FIXTURE_NOW + 300);
	is_recused(JULE, LINDHEIM, 1);
	struct answer a = get_as(CEM, "/sitzungen/2026-1/anwesenheit");
	CHECK(shows(&a, "Bei einem Punkt nicht dabei: befangen") &&
	      shows(&a, "TOP&nbsp;1, seit 10:05 Uhr"));
	run_sql("UPDATE agenda_entry SET ended_at = 1795165800 WHERE id = 1");
	a = get_as(CEM, "/sitzungen/2026-1/anwesenheit");
	CHECK(shows(&a, "TOP&nbsp;1, 10:05–10:10 Uhr"));
	a = get_as(CEM, "/sitzungen/2026-1/protokoll");
	CHECK(shows(&a, "Befangen: Jule"));
	CHECK(shows(&a, "bei diesem Punkt nicht dabei: 10:05–10:10 Uhr"));
	CHECK_INT(count_of("SELECT count(*) FROM attendance WHERE person_id = 10 AND until_at IS"
			   " NULL"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM proxy WHERE revoked_at IS NULL"), 1);
}

TEST(the_time_out_is_what_lies_within_the_point)
{
	static const struct {
		struct recusal_span span;
		const char *words;
	} cases[] = {
	    {{1795160000, 0, 1795165200, 1795166400}, "10:00–10:20 Uhr"}, /* noted before */
	    {{1795165500, 0, 1795165200, 0}, "seit 10:05 Uhr"},
	    {{1795165500, 1795165800, 1795165200, 1795166400}, "10:05–10:10 Uhr"}, /* lifted */
	    {{1795165500, 1795165800, 1795165200, 0}, "10:05–10:10 Uhr"},
	    {{1795160000, 0, 0, 0}, ""},                    /* has not begun */
	    {{1795160000, 1795160100, 1795165200, 0}, ""},  /* lifted before it began */
	    {{1795167000, 0, 1795165200, 1795166400}, ""}}; /* noted afterwards */

	fixtures();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		CHECK_STR(recusal_absence(test_arena, &cases[i].span), str_of(cases[i].words));
}

TESTS_MAIN
