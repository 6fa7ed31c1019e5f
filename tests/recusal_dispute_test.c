/* recusal_dispute_test.c -- a recusal that the person disputes: the committee decides without her,
 * and what it decides holds for the vote on the matter. */
#include "poll_world.h"
#include "register_forger.h"

#define POINT "/sitzungen/2026-1/punkte/1"
#define DISPUTE POINT "/bestreiten"
#define LIFT POINT "/befangen-aufheben"

static struct str note(int64_t person)
{
	return FORM(FIELD_STR("person", arena_fmt(test_arena, "%d", (int)person)),
		    FIELD("grund", "Verwandt mit dem Anbieter."));
}
#define ENTRY_OF_ALL number_of("SELECT max(id) FROM recusal")

static struct str disputing(const char *why)
{
	return FORM(FIELD_STR("eintrag", ENTRY_OF_ALL), FIELD_STR("warum", str_of(why)));
}

/* Ivo, in the chair, says that Greta is recused. */
static void noted(void)
{
	poll_world();
	CHECK_INT(post_as(IVO, POINT "/befangen", note(GRETA)).status, 303);
}

static void disputed(void)
{
	noted();
	CHECK_INT(post_as(GRETA, DISPUTE, disputing("Der Anbieter ist nicht mein Bruder.")).status,
		  303);
}

TEST(who_was_noted_by_another_may_dispute_it)
{
	noted();
	struct answer a = get_as(GRETA, POINT);
	CHECK(shows(&a, "Ich bin nicht befangen"));
	CHECK(!shows(&a, "noch nicht entschieden"));
	a = get_as(JULE, POINT);
	CHECK(!shows(&a, "Ich bin nicht befangen"));
	a = post_as(GRETA, DISPUTE, disputing(""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "warum-fehler"));
	CHECK_INT(post_as(JULE, DISPUTE, disputing("Stimmt nicht.")).status, 403);
	CHECK_INT(post_as(GRETA, DISPUTE, disputing("Stimmt nicht.")).status, 303);
	CHECK_INT(post_as(GRETA, DISPUTE, disputing("Stimmt nicht.")).status, 409);
	a = get_as(JULE, POINT);
	CHECK(shows(&a, "Bestritten") && shows(&a, "Stimmt nicht."));
	check_register();
}

TEST(nobody_disputes_what_she_said_herself)
{
	poll_world();
	CHECK_INT(post_as(GRETA, POINT "/befangen", note(GRETA)).status, 303);
	CHECK_INT(post_as(GRETA, DISPUTE, disputing("Doch nicht.")).status, 409);
	CHECK_INT(count_of("SELECT count(*) FROM recusal WHERE disputed_at IS NOT NULL"), 0);
}

TEST(before_it_is_decided_nobody_votes_on_the_matter)
{
	disputed();
	CHECK_INT(post_as(IVO, POLL, opening("resolution")).status, 409);
	struct answer a = get_as(IVO, POLL);
	CHECK(shows(&a, "name=\"art\" value=\"recusal\""));
	CHECK(shows(&a, "Ist Greta") && shows(&a, "befangen?"));
	CHECK_INT(count_of("SELECT count(*) FROM poll"), 0);
}

static void decide(const char *choice)
{
	CHECK_INT(post_as(IVO, POLL, opening("recusal")).status, 303);
	CHECK_INT(votes(GRETA, AUENTAL, "no"), 409); /* without her */
	CHECK_INT(votes(JULE, LINDHEIM, choice), 303);
	CHECK_INT(votes(HEIDI, BERGSTEDT, choice), 303);
	CHECK_INT(votes(IVO, SEEFELD, "abstained"), 303);
	CLOSES();
	CHECK_STR(statuses(), arena_fmt(test_arena, "recused %s %s abstained", choice, choice));
}

TEST(not_recused_votes_again)
{
	disputed();
	decide("no");
	CHECK_STR(result(), S("rejected"));
	CHECK_INT(count_of("SELECT count(*) FROM recusal WHERE lifted_at IS NULL"), 0);
	struct answer a = get_as(DORA, POLL);
	CHECK(shows(&a, "Abstimmung über die Befangenheit") && shows(&a, "nicht befangen"));
	/* Nobody goes round what the committee decided. */
	CHECK_INT(post_as(IVO, POINT "/befangen", note(GRETA)).status, 409);
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("yes silent yes silent"));
	CHECK_STR(result(), S("adopted"));
	a = get_as(CEM, "/sitzungen/2026-1/protokoll");
	CHECK(shows(&a, "Abstimmung über die Befangenheit von Greta"));
	CHECK(shows(&a, "bestritten, der Kreis hat entschieden: nicht befangen"));
	check_register();
}

TEST(recused_stays_out_and_the_chair_cannot_lift_it)
{
	disputed();
	decide("yes");
	CHECK_STR(result(), S("adopted"));
	CHECK_INT(post_as(IVO, LIFT,
			  FORM(FIELD_STR("eintrag", ENTRY_OF_ALL), FIELD("wegfall", "Doch nicht.")))
		      .status,
		  403);
	CHECK_INT(post_as(GRETA, DISPUTE, disputing("Noch einmal.")).status, 409);
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("called"));
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 409);
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("recused silent yes silent"));
	struct answer a = get_as(CEM, "/sitzungen/2026-1/protokoll");
	CHECK(shows(&a, "bestritten, der Kreis hat entschieden: befangen"));
	check_register();
}

/* The vote would decide something that is no more. */
TEST(nobody_lifts_it_while_the_committee_votes_on_it)
{
	disputed();
	CHECK_INT(post_as(IVO, POLL, opening("recusal")).status, 303);
	struct answer a = post_as(
	    IVO, LIFT, FORM(FIELD_STR("eintrag", ENTRY_OF_ALL), FIELD("wegfall", "Doch nicht.")));
	CHECK_INT(a.status, 409);
	a = get_as(IVO, POINT);
	CHECK(!shows(&a, "/befangen-aufheben"));
	CHECK_INT(votes(JULE, LINDHEIM, "no"), 303);
	CHECK_INT(votes(HEIDI, BERGSTEDT, "no"), 303);
	CHECK_INT(votes(IVO, SEEFELD, "no"), 303);
	CLOSES();
	CHECK_INT(count_of("SELECT count(*) FROM recusal WHERE lifted_at IS NULL"), 0);
	check_register();
}

TEST(without_a_quorum_it_is_still_open)
{
	disputed();
	CHECK_INT(post_as(IVO, POLL, opening("recusal")).status, 303);
	leaves(HEIDI, BERGSTEDT, "holder");
	CLOSES();
	CHECK_STR(result(), S("not_quorate"));
	CHECK_INT(post_as(IVO, POLL, opening("resolution")).status, 409);
	comes(HEIDI, BERGSTEDT, "holder");
	decide("no");
	CHECK_INT(count_of("SELECT round FROM poll ORDER BY id DESC LIMIT 1"), 2);
	OPENS();
	check_register();
}

TEST(no_failure_leaves_half_of_it)
{
	static const char all[] = "SELECT (SELECT count(*) FROM poll WHERE closed_at IS NOT NULL)"
				  " + (SELECT count(*) FROM recusal WHERE lifted_at IS NOT NULL)"
				  " + (SELECT count(*) FROM register_record)"
				  " + (SELECT count(*) FROM steering_event)";

	noted();
	check_failures(GRETA, DISPUTE, disputing("Nein."), all);
	CHECK_INT(post_as(IVO, POLL, opening("recusal")).status, 303);
	CHECK_INT(votes(JULE, LINDHEIM, "no"), 303);
	check_failures(IVO, CLOSE, the_poll(), all);
	check_register();
}

static bool is_refused(struct str file, const char *reason)
{
	struct register_verdict verdict;

	register_verify(test_arena, file, S(""), &verdict);
	if (!verdict.fine && str_find(verdict.why, str_of(reason)) == verdict.why.n)
		print_error("%.*s\n", ARG(verdict.why));
	return !verdict.fine && str_find(verdict.why, str_of(reason)) < verdict.why.n;
}

TEST(the_verifier_holds_the_committee_to_it)
{
	const char *decided = "\"kind\":\"recusal_decided\"", *dispute = "\"recusal_disputed\"";
	struct str file;

	disputed();
	decide("no");
	OPENS();
	CHECK_INT(db_begin_read(test_db, test_arena), OK);
	CHECK_INT(register_file_write(test_db, test_arena, &file), OK);
	db_rollback(test_db);
	CHECK(!is_refused(file, ""));
	CHECK(is_refused(forged(file, decided, "\"stands\":0", "\"stands\":1"),
			 "passt nicht zur Abstimmung"));
	CHECK(is_refused(forged(file, decided, NULL, NULL), "bestrittene Befangenheit"));
	CHECK(is_refused(forged(file, dispute, NULL, NULL), "keine bestrittene Befangenheit"));
	CHECK(is_refused(forged(file, decided, "\"poll\":1", "\"poll\":2"),
			 "nicht über eine Befangenheit"));
	struct str line = record_with(file, decided);
	CHECK(is_refused(forged(file, decided, NULL, arena_cstr(test_arena, line)),
			 "ist schon entschieden"));
}

TESTS_MAIN
