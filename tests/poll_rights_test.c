/* poll_rights_test.c -- who must not act in a vote, and what must not be taken away from under it.
 */
#include "poll_world.h"

#define OBJECT CIRCULAR "/einwand"

static void late_world(void)
{
	poll_empty_world("scheduled", TOO_LATE);
	comes(JULE, LINDHEIM, "holder");
	comes(GRETA, AUENTAL, "holder");
	comes(HEIDI, BERGSTEDT, "holder");
	comes(IVO, SEEFELD, "holder");
}

static struct str step_form(const char *field)
{
	struct test_field fields[] = {FIELD_STR("version", DECISION_VERSION),
				      {str_of(field), S("Es hat sich erledigt.")}};

	return form_of(fields, 2);
}

/* A template that was taken back while the committee votes on its urgency: the vote would hold
 * up every other vote of the meeting, and the meeting's end. */
TEST(a_vote_whose_point_left_the_agenda_can_still_be_ended)
{
	late_world();
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 303);
	/* Refused by now; a database of before may hold it. */
	CHECK_INT(post_as(BEN, DECISION_1_PAGE "/zurueckziehen", step_form("rueckzug")).status,
		  409);
	run_sql("UPDATE decision SET state = 'withdrawn', row_version = row_version + 1;"
		"UPDATE agenda_entry SET outcome = 'withdrawn' WHERE decision_id = 1");
	struct answer a = get_as(IVO, POLL);
	CHECK(shows(&a, "href=\"" CLOSE "\""));
	CHECK_INT(get_as(IVO, CLOSE).status, 200);
	CHECK_INT(get_as(IVO, ABORT).status, 200);
	CHECK_INT(get_as(HEIDI, CLOSE).status, 403);
	CLOSES();
	check_register();
}

TEST(a_recused_chair_neither_closes_nor_aborts)
{
	poll_world();
	OPENS();
	is_recused(IVO, SEEFELD, 1);
	CHECK_INT(get_as(IVO, CLOSE).status, 403);
	CHECK_INT(get_as(IVO, ABORT).status, 403);
	CHECK_INT(post_as(IVO, CLOSE, the_poll()).status, 403);
	CHECK_INT(post_as(IVO, ABORT, aborting("Es läuft nicht gut.")).status, 403);
	struct answer a = get_as(IVO, POLL);
	CHECK(!shows(&a, "href=\"" CLOSE "\"") && shows(&a, "Leitung übernimmt ihn"));
	CHECK_STR(result(), S("open"));
	/* The deputy leads. */
	a = get_as(JULE, POLL);
	CHECK(shows(&a, "href=\"" CLOSE "\""));
	CHECK_INT(post_as(JULE, CLOSE, the_poll()).status, 303);
	check_register();
}

/* What the principal may not do, nobody does in her name: also when it is found out later. */
TEST(nobody_votes_by_proxy_for_a_recused_principal)
{
	poll_proxy_world();
	OPENS();
	CHECK_INT(votes(JULE, AUENTAL, "yes"), 303);
	is_recused(GRETA, AUENTAL, 1);
	CHECK_INT(votes(JULE, AUENTAL, "no"), 409);
	/* Her own is not touched by that. */
	CHECK_INT(votes(JULE, LINDHEIM, "no"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("recused silent no silent"));
	check_register();
}

static void publishes_anew(bool editorial)
{
	static const char sql[] =
	    "INSERT INTO decision_version (decision_id, version, title, resolution, editorial,"
	    " written_by, written_at, published_at, counts_from, sha256)"
	    " VALUES (1, 3, 'Etwas ganz anderes', 'Alles wird verkauft.', $1, 2, $2, $2, $3, "
	    "'" HASH_1 "')";
	int64_t from = editorial ? TOO_LATE : clock_now();

	DIRECTLY(
	    CHECK_INT(db_run(test_db, sql, WITH(INT(editorial), INT(clock_now()), INT(from)), NULL),
		      OK);
	    CHECK_INT(register_template_published(
			  &book, &(struct register_template_published){.decision = 1,
								       .number = S("2026-1"),
								       .version = 3,
								       .sha256 = S(HASH_1),
								       .counts_from = from,
								       .editorial = editorial}),
		      OK););
}

static void admits(void)
{
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 303);
	holders_vote("yes yes yes -");
	CLOSES();
}

/* The committee looked at one wording; another one has to ask again. */
TEST(urgency_is_of_the_wording_that_was_voted_on)
{
	late_world();
	admits();
	publishes_anew(true);
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 409);
	late_world();
	admits();
	publishes_anew(false);
	struct answer a = get_as(IVO, "/sitzungen/2026-1/punkte/1/aufrufen");
	CHECK(shows(&a, "Nur zur Information."));
	run_sql("UPDATE decision SET state = 'called';"
		"UPDATE agenda_entry SET started_at = 1795165200");
	CHECK_INT(post_as(IVO, POLL, opening("resolution")).status, 409);
	run_sql(
	    "UPDATE decision SET state = 'scheduled'; UPDATE agenda_entry SET started_at = NULL");
	admits();
	CHECK_INT(count_of("SELECT poll_id FROM late_waiver"), 2);
	run_sql("UPDATE decision SET state = 'called';"
		"UPDATE agenda_entry SET started_at = 1795165200");
	OPENS();
	CLOSES();
	check_register();
}

TEST(who_is_recused_does_not_stop_a_circular_resolution)
{
	poll_empty_world("published", IN_TIME);
	CHECK_INT(post_as(ANNA, CIRCULAR,
			  FORM(FIELD_STR("version", DECISION_VERSION), FIELD("bis", "30.11.2026")))
		      .status,
		  303);
	is_recused(HEIDI, BERGSTEDT, 0);
	struct answer a = get_as(HEIDI, POLL);
	CHECK(!shows(&a, "href=\"" OBJECT "\""));
	CHECK_STR(get_as(HEIDI, OBJECT).location, S(POLL));
	CHECK_INT(post_as(HEIDI, OBJECT, aborting("Das mag ich nicht.")).status, 409);
	CHECK_STR(result(), S("open"));
	/* Her deputy without conflict may. */
	CHECK_INT(post_as(CEM, OBJECT, aborting("Wir wollen beraten.")).status, 303);
	check_register();
}

TESTS_MAIN
