/* poll_edge_test.c -- what breaks such systems: changes while a vote runs, urgency, tampering. */
#include "poll_world.h"

TEST(double_click_two_tabs_and_retry_give_one_vote_and_one_receipt)
{
	poll_world();
	OPENS();
	struct str form = arena_fmt(test_arena, "%.*s&csrf=%.*s&key=abcdefghijklmnop",
				    ARG(vote_form(AUENTAL, "yes", "")), ARG(csrf_of(GRETA)));
	struct http_input in = {.method = S("POST"),
				.uri = S(VOTE),
				.content_type = S("application/x-www-form-urlencoded"),
				.cookie = cookie_of(GRETA),
				.origin = test_app.config.base_url,
				.body = form};
	struct str first = post_raw(in).location;
	CHECK_STR(first, S(DECISION_1_PAGE "/bestaetigung?abstimmung=1&von=1&bis=1"));
	CHECK_STR(post_raw(in).location, first);
	/* Another tab with a key of its own that says the same. */
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CHECK_INT(count_of(BALLOTS), 1);
	/* The retry is answered the same after the end. */
	CLOSES();
	CHECK_STR(post_raw(in).location, first);
	CHECK_INT(count_of(BALLOTS), 1);
	check_register();
}

TEST(rule_toggled_mid_vote_concerns_the_next_one)
{
	poll_world();
	OPENS();
	run_sql(
	    "UPDATE committee_rules SET min_persons = 50, mode = 'weighted', seat_rule = 'inner';"
	    "INSERT INTO unit_weight VALUES (2, 100)");
	holders_vote("no yes yes -");
	CLOSES();
	CHECK_STR(result(), S("adopted"));
	check_register();
}

TEST(member_deactivated_mid_vote)
{
	poll_world();
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	run_sql("UPDATE person SET status = 'suspended' WHERE id IN (7, 8)");
	/* What was cast stays; who had not cast is not there any more. */
	CLOSES();
	CHECK_STR(statuses(), S("yes absent silent silent"));
	check_register();
}

TEST(nearly_everybody_abstains)
{
	poll_world();
	run_sql("UPDATE committee_rules SET min_persons = 2");
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "abstained"), 303);
	CHECK_INT(votes(HEIDI, BERGSTEDT, "abstained"), 303);
	CLOSES();
	CHECK_STR(result(), S("rejected"));
	struct answer a = get_as(DORA, POLL);
	CHECK(shows(&a, "ohne Ja kein Beschluss"));
	check_register();
}

/* A new wording with another rule, published a moment ago. */
static void with_rule(const char *majority, int64_t a, int64_t b, int64_t min_yes)
{
	static const char sql[] =
	    "INSERT INTO decision_version (decision_id, version, title, majority, majority_a,"
	    " majority_b, min_yes, editorial, written_by, written_at, published_at, counts_from,"
	    " sha256) VALUES (1, 3, 'Andere Regel', $1, $2, $3, $4, 1, 2, $5, $5, $6, '" HASH_1
	    "')";

	DIRECTLY(CHECK_INT(db_run(test_db, sql,
				  WITH(TEXT(str_of(majority)), INT(a), INT(b), INT(min_yes),
				       INT(clock_now()), INT(IN_TIME)),
				  NULL),
			   OK);
		 CHECK_INT(register_template_published(
			       &book, &(struct register_template_published){.decision = 1,
									    .number = S("2026-1"),
									    .version = 3,
									    .sha256 = S(HASH_1),
									    .counts_from = IN_TIME,
									    .editorial = true}),
			   OK););
}

TEST(abstention_acts_as_no_only_where_the_card_says_so)
{
	poll_world();
	with_rule("more_competent", 0, 0, 0);
	OPENS();
	struct answer a = get_as(GRETA, POLL);
	CHECK(shows(&a, "wirkt deshalb wie ein Nein"));
	holders_vote("yes yes abstained -");
	CLOSES();
	CHECK_STR(result(), S("rejected"));
	check_register();
}

TEST(fractions_are_not_rounded)
{
	poll_world();
	with_rule("cast", 3, 4, 0);
	OPENS();
	holders_vote("yes yes yes no");
	CLOSES();
	CHECK_STR(result(), S("adopted"));
	struct answer a = get_as(DORA, POLL);
	CHECK(shows(&a, "12 ≥ 12"));
	check_register();
}

/* Vector 40. */
TEST(heads_and_weights_are_not_mixed)
{
	poll_world();
	run_sql("UPDATE committee_rules SET mode = 'weighted';"
		"INSERT INTO unit_weight VALUES (1, 3), (2, 2), (3, 2)");
	OPENS();
	holders_vote("no no yes abstained");
	CLOSES();
	CHECK_STR(result(), S("rejected"));
	struct answer a = get_as(DORA, POLL);
	CHECK(shows(&a, "3 Ja ≤ 4 Nein") && shows(&a, "Gewicht 3"));
	check_register();
}

TEST(the_casting_vote_is_the_acting_chairs_own)
{
	poll_world();
	run_sql("UPDATE committee_rules SET casting_vote = 1");
	OPENS();
	CHECK_INT(votes(IVO, SEEFELD, "no"), 303);
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CLOSES();
	CHECK_STR(result(), S("rejected"));
	CHECK_STR(text_of("SELECT chair_status FROM poll"), S("no"));
	check_register();
}

TEST(a_recused_chair_has_no_casting_vote)
{
	poll_world();
	run_sql("UPDATE committee_rules SET casting_vote = 1");
	comes(CEM, BERGSTEDT, "deputy");
	OPENS();
	CHECK_INT(votes(IVO, SEEFELD, "yes"), 303);
	is_recused(IVO, SEEFELD, 1);
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CHECK_INT(votes(JULE, LINDHEIM, "no"), 303);
	CHECK_INT(post_as(JULE, CLOSE, the_poll()).status, 303);
	CHECK_STR(statuses(), S("yes silent no recused"));
	CHECK_STR(result(), S("rejected"));
	check_register();
}

TEST(several_seats_of_a_municipality_give_it_one_vote)
{
	static const struct {
		const char *rule, *jule, *kim;
		struct str status;
	} cases[] = {{"block", "yes", "no", S_INIT("silent silent invalid silent")},
		     {"block", "yes", "yes", S_INIT("silent silent yes silent")},
		     {"inner", "yes", "no", S_INIT("silent silent abstained silent")},
		     {"inner", "no", "no", S_INIT("silent silent no silent")}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		poll_world();
		comes(KIM, LINDHEIM, "deputy");
		run_sql(arena_cstr(
		    test_arena, arena_fmt(test_arena, "UPDATE committee_rules SET seat_rule = '%s'",
					  cases[i].rule)));
		OPENS();
		CHECK_INT(votes(JULE, LINDHEIM, cases[i].jule), 303);
		CHECK_INT(votes(KIM, LINDHEIM, cases[i].kim), 303);
		CLOSES();
		CHECK_STR(statuses(), cases[i].status);
		check_register();
	}
}

/* ---- Urgency ---- */

static void late_world(void)
{
	poll_empty_world("scheduled", TOO_LATE);
	comes(JULE, LINDHEIM, "holder");
	comes(GRETA, AUENTAL, "holder");
	comes(HEIDI, BERGSTEDT, "holder");
	comes(IVO, SEEFELD, "holder");
}

TEST(a_late_template_is_admitted_by_a_vote_on_urgency)
{
	late_world();
	struct answer a = get_as(IVO, POLL);
	CHECK(shows(&a, "Die Vorlage kam zu spät.") &&
	      shows(&a, "mehr als die Hälfte der vertretenen Stimmen"));
	CHECK_INT(post_as(IVO, POLL, opening("resolution")).status, 409);
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 303);
	holders_vote("yes yes yes -");
	CLOSES();
	CHECK_STR(result(), S("adopted"));
	CHECK_INT(count_of("SELECT count(*) FROM late_waiver WHERE agenda_entry_id = 1"), 1);
	a = get_as(DORA, "/sitzungen");
	CHECK(shows(&a, "als dringlich zugelassen: <b>1</b>"));
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("scheduled"));
	CHECK_INT(count_of("SELECT count(*) FROM agenda_entry WHERE outcome IS NULL"), 1);
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 409);
	/* And then the resolution itself. */
	run_sql("UPDATE decision SET state = 'called';"
		"UPDATE agenda_entry SET started_at = 1795165200");
	OPENS();
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CLOSES();
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("in_follow_up"));
	check_register();
}

TEST(admitted_while_it_is_heard_it_can_be_voted_on)
{
	late_world();
	run_sql("UPDATE agenda_entry SET started_at = 1795165200");
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 303);
	struct answer a = get_as(JULE, POLL);
	CHECK(shows(&a, "obwohl sie zu spät kam?") && !shows(&a, "Ich trage den Vorschlag mit"));
	holders_vote("yes yes yes -");
	CLOSES();
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("called"));
	OPENS();
	a = get_as(JULE, POLL);
	CHECK(shows(&a, "Ich trage den Vorschlag mit") && !shows(&a, "obwohl sie zu spät kam?"));
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CLOSES();
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("in_follow_up"));
	check_register();
}

/* Revised while the committee votes on admitting it, the vote would be about nothing. */
TEST(nobody_revises_or_withdraws_what_is_being_voted_on)
{
	static const char says[] = "Der Steuerungskreis stimmt gerade über die Dringlichkeit ab.";

	late_world();
	run_sql("UPDATE agenda_entry SET started_at = 1795165200");
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 303);
	struct answer a =
	    post_as(BEN, DECISION_1_PAGE "/ueberarbeiten",
		    FORM(FIELD_STR("version", DECISION_VERSION), FIELD("aenderung", "Zahlen.")));
	CHECK(a.status == 409 && shows(&a, says) && shows(&a, "Zahlen."));
	a = post_as(BEN, DECISION_1_PAGE "/zurueckziehen",
		    FORM(FIELD_STR("version", DECISION_VERSION), FIELD("rueckzug", "Erledigt.")));
	CHECK(a.status == 409 && shows(&a, says) && shows(&a, "Erledigt."));
	a = get_as(BEN, DECISION_1_PAGE);
	CHECK(shows(&a, says) && !shows(&a, "/ueberarbeiten") && !shows(&a, "/zurueckziehen"));
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CHECK_INT(votes(HEIDI, BERGSTEDT, "yes"), 303);
	CLOSES();
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("called"));
	check_register();
}

/* A database of before may hold one that was revised meanwhile. */
TEST(urgency_of_what_was_revised_meanwhile_can_be_closed)
{
	late_world();
	run_sql("UPDATE agenda_entry SET started_at = 1795165200");
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 303);
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CHECK_INT(votes(HEIDI, BERGSTEDT, "yes"), 303);
	run_sql("UPDATE decision SET state = 'draft'");
	CLOSES();
	CHECK_STR(result(), S("adopted"));
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("draft"));
	check_register();
}

TEST(abstaining_does_not_admit_a_late_template)
{
	late_world();
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 303);
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CLOSES();
	CHECK_STR(result(), S("rejected"));
	CHECK_INT(count_of("SELECT count(*) FROM late_waiver"), 0);
	/* Called all the same: information only. */
	run_sql("UPDATE decision SET state = 'called';"
		"UPDATE agenda_entry SET started_at = 1795165200");
	struct answer a = post_as(IVO, POLL, opening("resolution"));
	CHECK(a.status == 409 && shows(&a, "als dringlich zulassen"));
	check_register();
}

TEST(urgency_can_need_a_fraction)
{
	late_world();
	run_sql("UPDATE committee_rules SET urgency_a = 2, urgency_b = 3");
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 303);
	holders_vote("yes yes yes -");
	CLOSES();
	CHECK_STR(result(), S("adopted"));
	check_register();
}

/* ---- Tampering ---- */

static void refused(const char *sql)
{
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK(db_run(test_db, sql, WITH_NOTHING, NULL) != OK);
	db_rollback(test_db);
}

TEST(what_was_cast_and_closed_cannot_be_changed_or_removed)
{
	poll_world();
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	log_threshold(LOG_ERROR + 1);
	refused("UPDATE ballot SET choice = 'no'");
	refused("DELETE FROM ballot");
	refused("DELETE FROM poll");
	refused("DELETE FROM poll_unit");
	CLOSES();
	refused("UPDATE poll SET result = 'rejected'");
	refused("UPDATE poll SET words = ''");
	refused("UPDATE poll_unit SET status = 'no'");
	refused(
	    "INSERT INTO ballot SELECT poll_id, seq + 1, unit, 'no', '', person_id,"
	    " capacity, at, nonce, (SELECT max(n) FROM register_record), signature FROM ballot");
	refused("UPDATE register_record SET line = '{}'");
	refused("DELETE FROM register_record");
	refused("DELETE FROM register_seal");
}

TEST(a_reopened_vote_does_not_exist)
{
	poll_world();
	OPENS();
	CLOSES();
	CHECK_INT(post_as(IVO, POLL, opening("resolution")).status, 404);
	CHECK_INT(post_as(IVO, ABORT, aborting("Doch noch einmal.")).status, 409);
	CHECK_STR(result(), S("rejected"));
}

TESTS_MAIN
