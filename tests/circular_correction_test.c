/* circular_correction_test.c -- clerical corrections of a circular resolution, which has no
 * minutes: two persons append, nothing is overwritten. */
#include "poll_world.h"

#define CORRECT CIRCULAR "/berichtigung"
#define ROWS "SELECT count(*) FROM correction"
#define CONFIRMED                                                                                  \
	"SELECT (SELECT count(confirmed_at) FROM correction) + (SELECT count(*) FROM"              \
	" register_record) + (SELECT count(*) FROM outbox)"

static struct str correcting(const char *old, const char *new, const char *why)
{
	return FORM(FIELD_STR("abstimmung", NEWEST_POLL), FIELD_STR("stelle", str_of(old)),
		    FIELD_STR("richtig", str_of(new)), FIELD_STR("grund", str_of(why)));
}
static struct str proposal(void)
{
	return FORM(FIELD_STR("abstimmung", NEWEST_POLL),
		    FIELD_STR("vorschlag", number_of("SELECT max(id) FROM correction")));
}
#define RIGHT                                                                                      \
	correcting("ein gemeinsames Verzeichnis", "ein gemeinsames Verzeichniss", "Tippfehler")

/* Adopted in writing by all. */
static void adopted(void)
{
	static const int64_t who[4][2] = {
	    {GRETA, AUENTAL}, {JULE, LINDHEIM}, {HEIDI, BERGSTEDT}, {IVO, SEEFELD}};

	poll_empty_world("published", IN_TIME);
	CHECK_INT(post_as(ANNA, CIRCULAR,
			  FORM(FIELD_STR("version", DECISION_VERSION), FIELD("bis", "30.11.2026")))
		      .status,
		  303);
	for (size_t i = 0; i < 4; i++)
		CHECK_INT(votes(who[i][0], who[i][1], "yes"), 303);
	CHECK_INT(post_as(ANNA, CIRCULAR "/schliessen", the_poll()).status, 303);
	CHECK_STR(result(), S("adopted"));
}

TEST(one_proposes_and_another_confirms)
{
	adopted();
	struct answer a = get_as(ANNA, POLL);
	CHECK(shows(&a, CORRECT));
	a = get_as(HEIDI, POLL);
	CHECK(!shows(&a, CORRECT));
	CHECK_INT(get_as(ANNA, CORRECT).status, 200);
	CHECK_INT(get_as(HEIDI, CORRECT).status, 403);
	check_once(ANNA, CORRECT, RIGHT, ROWS);
	a = get_as(DORA, POLL);
	CHECK(!shows(&a, "Tippfehler")); /* not yet a correction */
	a = get_as(IVO, POLL);
	CHECK(shows(&a, "Verzeichniss") && shows(&a, "Berichtigung bestätigen"));
	CHECK_INT(post_as(ANNA, CORRECT "/bestaetigen", proposal()).status, 403);
	CHECK_INT(post_as(HEIDI, CORRECT "/bestaetigen", proposal()).status, 403);
	check_once(IVO, CORRECT "/bestaetigen", proposal(), CONFIRMED);
	a = get_as(DORA, POLL);
	CHECK(shows(&a, "Berichtigt") && shows(&a, "Verzeichniss") && shows(&a, "Tippfehler"));
	/* The wording that was voted on is what it was. */
	CHECK(shows(&a, "Die Kommunen führen ein gemeinsames Verzeichnis."));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'correction/%'"), 4);
	CHECK_INT(count_of("SELECT count(*) FROM register_record WHERE kind = 'correction'"), 1);
	check_register();
}

TEST(what_does_not_stand_there_is_no_slip)
{
	adopted();
	struct answer a = post_as(ANNA, CORRECT, correcting("Reinhausen", "Rheinhausen", "Name"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "stelle-fehler") && shows(&a, "Rheinhausen"));
	CHECK_INT(post_as(ANNA, CORRECT, correcting("Verzeichnis", "Verzeichnis", "x")).status,
		  422);
	CHECK_INT(post_as(ANNA, CORRECT, correcting("Verzeichnis", "", "x")).status, 422);
	CHECK_INT(post_as(ANNA, CORRECT, correcting("Verzeichnis", "Register", "")).status, 422);
	CHECK_INT(count_of(ROWS), 0);
	check_refusals(ANNA, CORRECT, RIGHT, ROWS);
}

TEST(a_proposal_can_be_taken_back)
{
	adopted();
	CHECK_INT(post_as(ANNA, CORRECT, RIGHT).status, 303);
	CHECK_INT(post_as(IVO, CORRECT "/zurueckziehen", proposal()).status, 403);
	CHECK_INT(post_as(ANNA, CORRECT "/zurueckziehen", proposal()).status, 303);
	CHECK_INT(post_as(IVO, CORRECT "/bestaetigen", proposal()).status, 409);
	CHECK_INT(count_of("SELECT count(confirmed_at) FROM correction"), 0);
}

TEST(only_of_a_circular_vote_that_has_ended_and_counts)
{
	poll_world();
	OPENS();
	CHECK_INT(get_as(ANNA, CORRECT).status, 404);
	CLOSES(); /* its slips are those of the minutes */
	CHECK_INT(get_as(ANNA, CORRECT).status, 404);
	CHECK_INT(post_as(ANNA, CORRECT, RIGHT).status, 404);
	adopted();
	CHECK_INT(post_as(ANNA, CORRECT, RIGHT).status, 303);
	CHECK_INT(post_as(ANNA, POLL "/ungueltig",
			  FORM(FIELD_STR("abstimmung", NEWEST_POLL), FIELD("grund", "Frist.")))
		      .status,
		  303);
	CHECK_INT(post_as(IVO, POLL "/ungueltig/bestaetigen",
			  FORM(FIELD_STR("abstimmung", NEWEST_POLL), FIELD("vorschlag", "1")))
		      .status,
		  303);
	CHECK_INT(post_as(IVO, CORRECT "/bestaetigen", proposal()).status, 409);
	CHECK_INT(post_as(ANNA, CORRECT, RIGHT).status, 409);
	check_register();
}

TEST(no_failure_leaves_half_of_it)
{
	adopted();
	check_failures(ANNA, CORRECT, RIGHT, ROWS);
	check_failures(IVO, CORRECT "/bestaetigen", proposal(), CONFIRMED);
	check_register();
}

TESTS_MAIN
