/* void_vote_test.c -- a reopened vote: there is none.  A void record and a new round; two persons,
 * a reason, only before the minutes are approved; numbers are never used again. */
#include "minutes_world.h"

#define VOID POLL "/ungueltig"
#define CONFIRM VOID "/bestaetigen"
#define DROP VOID "/zurueckziehen"
#define CONFIRMED "SELECT count(confirmed_at) FROM poll_void"
#define CHANGES                                                                                    \
	"SELECT (SELECT count(*) FROM poll_void) + (SELECT count(confirmed_at) FROM poll_void)"    \
	" + (SELECT count(withdrawn_at) FROM poll_void) + (SELECT count(*) FROM register_record)"  \
	" + (SELECT count(*) FROM steering_event) + (SELECT count(*) FROM outbox)"                 \
	" + (SELECT sum(row_version) FROM decision) + (SELECT count(*) FROM follow_up_void)"       \
	" + (SELECT sum(row_version) FROM agenda_entry)"

static struct str proposing(const char *reason)
{
	return FORM(FIELD_STR("abstimmung", NEWEST_POLL), FIELD_STR("grund", str_of(reason)));
}
static struct str the_proposal(void)
{
	return FORM(
	    FIELD_STR("abstimmung", NEWEST_POLL),
	    FIELD_STR("vorschlag", number_of("SELECT coalesce(max(id), 0) FROM poll_void")));
}
static int proposes(int64_t person)
{
	return post_as(person, VOID, proposing("Die Leitung nach Auental war gestört.")).status;
}
static int confirms(int64_t person)
{
	return post_as(person, CONFIRM, the_proposal()).status;
}

static struct str finishing(void)
{
	return FORM(FIELD("nachweis", "https://stadt.example/x"));
}

static struct str state_of_1(void)
{
	return text_of("SELECT state FROM decision WHERE id = 1");
}

/* Adopted, two to one; the point is still called. */
static void voted(void)
{
	poll_world();
	OPENS();
	holders_vote("no - yes yes");
	CLOSES();
}

TEST(reopened_vote_is_a_void_record_and_a_new_round)
{
	voted();
	struct answer may = get_as(IVO, POLL);
	CHECK(shows(&may, VOID));
	struct str number =
	    arena_str(test_arena, text_of("SELECT year || '-' || number FROM follow_up"));
	CHECK_STR(post_as(IVO, VOID, proposing("Leitung gestört.")).location,
		  S(POLL "?nr=1&meldung=ungueltig-vorgeschlagen"));
	/* One alone changes nothing. */
	struct answer a = get_as(DORA, POLL);
	CHECK(shows(&a, "Ergebnis: angenommen") && shows(&a, "Soll ungültig werden,") &&
	      shows(&a, "Leitung gestört.") && !shows(&a, CONFIRM));
	CHECK_STR(state_of_1(), S("in_follow_up"));
	CHECK_INT(confirms(CEM), 303);
	CHECK_STR(state_of_1(), S("called"));
	a = get_as(DORA, POLL);
	CHECK(shows(&a, "Ergebnis: für ungültig erklärt") && shows(&a, "Gezählt war: angenommen") &&
	      shows(&a, "bestätigt von Cem"));
	CHECK(shows(&a, "Alle abgegebenen Stimmen")); /* they stay */
	check_register();
	OPENS();
	CHECK_INT(count_of("SELECT round FROM poll WHERE id = 2"), 2);
	CHECK_INT(votes(IVO, SEEFELD, "yes"), 303);
	CLOSES();
	CHECK_STR(result(), S("adopted"));
	CHECK(!str_eq(number, text_of("SELECT year || '-' || number FROM follow_up")));
	CHECK_STR(text_of("SELECT year || '-' || number FROM follow_up_void"), number);
	check_register();
}

TEST(numbers_are_never_reused)
{
	voted();
	CHECK_INT(count_of("SELECT number FROM follow_up"), 1);
	CHECK_INT(proposes(IVO), 303);
	CHECK_INT(confirms(CEM), 303);
	CHECK_INT(count_of("SELECT count(*) FROM follow_up"), 0);
	OPENS();
	CHECK_INT(votes(IVO, SEEFELD, "yes"), 303);
	CLOSES();
	CHECK_INT(count_of("SELECT number FROM follow_up"), 2);
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK(db_run(test_db,
		     "INSERT INTO follow_up (decision_id, year, number) VALUES (2, 2026, 1)",
		     WITH_NOTHING, NULL) != OK);
	db_rollback(test_db);
}

/* After the meeting: back into the pool, its point deferred; sealed minutes say so beside. */
TEST(void_after_the_seal_stands_beside_the_sealed_text)
{
	minutes_sealed();
	struct str text = arena_str(test_arena, text_of("SELECT text FROM minutes"));
	CHECK_INT(proposes(CEM), 303);
	CHECK_INT(confirms(IVO), 303);
	CHECK_STR(state_of_1(), S("published"));
	CHECK_STR(
	    text_of("SELECT outcome || ': ' || outcome_reason FROM agenda_entry WHERE id = 1"),
	    S("deferred: Abstimmung für ungültig erklärt"));
	CHECK_STR(text_of("SELECT text FROM minutes"), text);
	struct answer a = get_as(DORA, MINUTES);
	CHECK(shows(&a, "Für ungültig erklärt") &&
	      shows(&a, "Das Ergebnis („angenommen“) gilt nicht"));
	a = get_as(DORA, DECISION_1_PAGE);
	CHECK(shows(&a, "Abstimmung für ungültig erklärt"));
	check_register();
}

/* What the sealed text says of it may still hold a slip. */
TEST(minutes_of_a_void_vote_are_corrected)
{
	minutes_sealed();
	CHECK_INT(proposes(CEM), 303);
	CHECK_INT(confirms(IVO), 303);
	CHECK_INT(post_as(CEM, CORRECTIONS, correction_form("Rathaus", "Ratssaal", "1")).status,
		  303);
	CHECK_INT(post_as(IVO, CORRECTIONS "/1/bestaetigen", S("")).status, 303);
	check_register();
}

TEST(void_before_the_seal_is_in_the_minutes)
{
	minutes_world();
	CHECK_INT(proposes(CEM), 303);
	CHECK_INT(confirms(IVO), 303);
	struct answer a = get_as(CEM, MINUTES);
	CHECK(shows(&a, "Runde 1: für ungültig erklärt"));
	CHECK(shows(&a, "Gezählt war: angenommen. Für ungültig erklärt am 20.11.2026 von Cem"));
	CHECK(shows(&a, "Die Leitung nach Auental war gestört."));
}

TEST(two_persons_declare_it_and_not_the_same_twice)
{
	voted();
	CHECK_INT(get_as(GRETA, VOID).status, 403);
	CHECK_INT(get_as(ANNA, VOID).status, 403); /* the office is not one of the two */
	CHECK_INT(proposes(GRETA), 403);
	CHECK_INT(get_as(IVO, VOID).status, 200);
	CHECK_INT(proposes(IVO), 303);
	CHECK_INT(confirms(IVO), 403);
	CHECK_INT(confirms(GRETA), 403);
	/* The deputy chair acts for the same office as the chair. */
	CHECK_INT(confirms(JULE), 409);
	CHECK_INT(proposes(CEM), 409);
	CHECK_INT(count_of(CONFIRMED), 0);
	CHECK_INT(confirms(CEM), 303);
	CHECK_INT(confirms(CEM), 409);
	CHECK_INT(post_as(IVO, DROP, the_proposal()).status, 409);
}

/* Who is recused from the matter has no part in its end either. */
TEST(who_is_recused_declares_nothing_void)
{
	voted();
	is_recused(IVO, SEEFELD, 1);
	CHECK_INT(proposes(IVO), 403);
	CHECK_INT(proposes(JULE), 303);
	CHECK_INT(confirms(CEM), 303);
}

TEST(void_needs_a_reason_and_loses_nothing_typed)
{
	voted();
	struct answer a = post_as(IVO, VOID, proposing(""));
	CHECK(a.status == 422 && shows(&a, "Nenne den Grund. Alle im Projekt lesen ihn."));
	struct str much = repeated("abc ", 400);
	a = post_as(IVO, VOID, proposing(arena_cstr(test_arena, much)));
	CHECK(a.status == 422 && shows(&a, "abc abc abc"));
	CHECK_INT(post_as(IVO, VOID, FORM(FIELD("abstimmung", "x"), FIELD("grund", "y"))).status,
		  400);
	CHECK_INT(post_as(IVO, VOID, FORM(FIELD("abstimmung", "77"), FIELD("grund", "y"))).status,
		  404);
	CHECK_INT(post_as(CEM, CONFIRM, FORM(FIELD_STR("abstimmung", NEWEST_POLL))).status, 400);
	CHECK_INT(count_of("SELECT count(*) FROM poll_void"), 0);
}

TEST(only_before_the_minutes_are_approved)
{
	minutes_sealed();
	CHECK_INT(proposes(CEM), 303);
	next_meeting();
	run_sql("UPDATE minutes SET approved_at = 1795200000, approved_in = 2");
	CHECK_INT(confirms(IVO), 409);
	CHECK_INT(count_of(CONFIRMED), 0);
	CHECK_INT(post_as(CEM, DROP, the_proposal()).status, 303);
	CHECK_INT(proposes(CEM), 409);
	CHECK_INT(get_as(CEM, VOID).status, 303);
}

/* A vote that decided nothing, one that runs, one that came before: none can become void. */
TEST(only_what_decided_something_becomes_void)
{
	poll_world();
	CHECK_INT(get_as(IVO, VOID).status, 404);
	OPENS();
	CHECK_INT(proposes(IVO), 409);
	leaves(GRETA, AUENTAL, "holder");
	leaves(HEIDI, BERGSTEDT, "holder");
	CLOSES();
	CHECK_STR(result(), S("not_quorate"));
	CHECK_INT(proposes(IVO), 409);
	voted();
	CHECK_INT(proposes(IVO), 303);
	CHECK_INT(confirms(CEM), 303);
	CHECK_INT(proposes(IVO), 409); /* it is void already */
	OPENS();
	CLOSES();
	CHECK_INT(post_as(IVO, VOID, FORM(FIELD("abstimmung", "1"), FIELD("grund", "y"))).status,
		  409);
	CHECK_STR(result(), S("rejected"));
	CHECK_INT(proposes(IVO), 303);
	CHECK_INT(confirms(CEM), 303);
	check_register();
}

/* In writing there is neither chair nor minute-taker: two of office and chair. */
TEST(a_circular_is_declared_void_by_two_of_office_and_chair)
{
	poll_empty_world("published", IN_TIME);
	CHECK_INT(post_as(ANNA, CIRCULAR,
			  FORM(FIELD_STR("version", DECISION_VERSION), FIELD("bis", "30.11.2026")))
		      .status,
		  303);
	holders_vote("yes yes yes yes");
	CHECK_INT(post_as(ANNA, CIRCULAR "/schliessen", the_poll()).status, 303);
	CHECK_INT(proposes(CEM), 403);
	CHECK_INT(proposes(JULE), 403);
	CHECK_INT(proposes(ANNA), 303);
	CHECK_INT(confirms(ANNA), 403);
	CHECK_INT(confirms(IVO), 303);
	CHECK_STR(state_of_1(), S("published"));
	check_register();
}

TEST(holders_of_receipts_get_a_letter)
{
	voted();
	CHECK_INT(proposes(IVO), 303);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'poll/1/void/%'"), 0);
	CHECK_INT(confirms(CEM), 303);
	CHECK_INT(count_of("SELECT count(DISTINCT b.person_id) FROM ballot b JOIN outbox o ON"
			   " o.dedupe = 'poll/1/void/' || b.person_id"),
		  3);
	CHECK_INT(
	    count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'poll/1/void/%' AND body"
		     " LIKE '%Gezählt war: angenommen%' AND body LIKE '%Auental war gestört%'"),
	    count_of("SELECT count(DISTINCT person_id) FROM poll_voter"));
}

/* A second template, published, that revokes the resolution on the first. */
static void revoking_template(void)
{
	static const char sql[] =
	    "INSERT INTO decision (id, year, number, author_id, state, created_at) VALUES"
	    " (2, 2026, 2, 2, 'published', 1);"
	    "INSERT INTO decision_version (decision_id, version, title, revokes_id, written_by,"
	    " written_at, published_at, counts_from, sha256) VALUES (2, 1, 'Doch anders', 1, 2, 1,"
	    " 1795165200, 1795165200, '" HASH_1 "')";
	struct register_template_published r = {.decision = 2,
						.number = S("2026-2"),
						.version = 1,
						.sha256 = S(HASH_1),
						.counts_from = FIXTURE_NOW};

	run_sql(sql);
	DIRECTLY(CHECK_INT(register_template_published(&book, &r), OK););
}

#define SECOND "/entscheidungen/2026-2"
static int votes_on_second(int64_t person, int64_t unit)
{
	return post_as(person, SECOND "/stimme", vote_form(unit, "yes", "")).status;
}

/* Revokes by a circular vote, then that vote becomes void. */
static void revoked_and_void(void)
{
	struct str version;

	revoking_template();
	version = number_of("SELECT row_version FROM decision WHERE id = 2");
	CHECK_INT(post_as(ANNA, SECOND "/umlauf",
			  FORM(FIELD_STR("version", version), FIELD("bis", "30.11.2026")))
		      .status,
		  303);
	CHECK_INT(votes_on_second(GRETA, AUENTAL), 303);
	CHECK_INT(votes_on_second(HEIDI, BERGSTEDT), 303);
	CHECK_INT(votes_on_second(IVO, SEEFELD), 303);
	CHECK_INT(votes_on_second(JULE, LINDHEIM), 303);
	CHECK_INT(post_as(ANNA, SECOND "/umlauf/schliessen", the_poll()).status, 303);
	CHECK_STR(result(), S("adopted"));
	CHECK_STR(state_of_1(), S("superseded"));
	check_register();
	CHECK_INT(post_as(ANNA, SECOND "/abstimmung/ungueltig", proposing("Technik.")).status, 303);
	CHECK_INT(post_as(IVO, SECOND "/abstimmung/ungueltig/bestaetigen", the_proposal()).status,
		  303);
	CHECK_INT(count_of("SELECT count(*) FROM follow_up WHERE superseded_by IS NULL"), 1);
	check_register();
}

TEST(a_revoked_resolution_stands_again)
{
	voted();
	revoked_and_void();
	CHECK_STR(state_of_1(), S("in_follow_up"));
	/* And goes on as before. */
	CHECK_INT(post_as(ANNA, DECISION_1_PAGE "/umsetzung/abschluss", finishing()).status, 303);
	check_register();
}

/* What is done can still be revoked; then it is done again. */
TEST(a_resolution_that_was_done_is_done_again)
{
	voted();
	CHECK_INT(post_as(ANNA, DECISION_1_PAGE "/umsetzung/abschluss", finishing()).status, 303);
	CHECK_STR(state_of_1(), S("done"));
	revoked_and_void();
	CHECK_STR(state_of_1(), S("done"));
}

TEST(reports_go_with_the_resolution)
{
	voted();
	run_sql(
	    "INSERT INTO follow_up_report (decision_id, light, text, by, at) VALUES (1, 'green',"
	    " 'Läuft.', 1, 1795200000)");
	CHECK_INT(proposes(IVO), 303);
	CHECK_INT(confirms(CEM), 303);
	CHECK_INT(count_of("SELECT count(*) FROM follow_up_report"), 0);
	CHECK_STR(text_of("SELECT text FROM follow_up_report_void"), S("Läuft."));
	CHECK_INT(get_as(DORA, DECISION_1_PAGE "/umsetzung").status, 404);
	CHECK_INT(get_as(DORA, "/entscheidungen/umsetzung").status, 200);
}

TEST(every_failure_of_proposing_changes_nothing)
{
	voted();
	check_refusals(IVO, VOID, proposing("Darum."), CHANGES);
	check_once(IVO, VOID, proposing("Darum."), CHANGES);
	voted();
	check_failures(IVO, VOID, proposing("Darum."), CHANGES);
}

TEST(every_failure_of_confirming_changes_nothing)
{
	voted();
	CHECK_INT(proposes(IVO), 303);
	check_refusals(CEM, CONFIRM, the_proposal(), CHANGES);
	check_once(CEM, CONFIRM, the_proposal(), CHANGES);
	voted();
	CHECK_INT(proposes(IVO), 303);
	check_failures(CEM, CONFIRM, the_proposal(), CHANGES);
	CHECK_INT(count_of("SELECT count(*) FROM register_seal WHERE n = (SELECT n FROM"
			   " register_record WHERE kind = 'poll_voided')"),
		  1);
}

TEST(every_failure_of_withdrawing_changes_nothing)
{
	voted();
	CHECK_INT(proposes(IVO), 303);
	CHECK_INT(post_as(CEM, DROP, the_proposal()).status, 403);
	check_refusals(IVO, DROP, the_proposal(), CHANGES);
	check_once(IVO, DROP, the_proposal(), CHANGES);
	CHECK_INT(confirms(CEM), 409);
	voted();
	CHECK_INT(proposes(IVO), 303);
	check_failures(IVO, DROP, the_proposal(), CHANGES);
}

TESTS_MAIN
