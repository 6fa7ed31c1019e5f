/* circular_move_test.c -- an objection to voting in writing moves the template into a meeting. */
#include "base/date.h"
#include "poll_world.h"

#define OBJECT CIRCULAR "/einwand"
#define CHANGES                                                                                    \
	"SELECT (SELECT count(*) FROM poll) + (SELECT count(*) FROM ballot)"                       \
	" + (SELECT count(*) FROM register_record) + (SELECT count(*) FROM steering_event)"        \
	" + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM circular_objection)"             \
	" + (SELECT sum(row_version) FROM decision) + (SELECT count(*) FROM agenda_entry)"

static void circulates(void)
{
	poll_empty_world("published", IN_TIME);
	CHECK_INT(post_as(ANNA, CIRCULAR,
			  FORM(FIELD_STR("version", DECISION_VERSION), FIELD("bis", "30.11.2026")))
		      .status,
		  303);
}

/* "Then aborted and moved to the next meeting." */
#define PLACED "SELECT count(*) FROM agenda_entry WHERE decision_id = 1 AND outcome IS NULL"

static void a_meeting_is(const char *state, const char *day)
{
	run_sql(arena_cstr(
	    test_arena,
	    arena_fmt(
		test_arena,
		"INSERT INTO meeting (year, number, state, day, start_minute, starts_at, slot,"
		" uid, chair_id, minute_taker_id, invited_at, created_by, created_at) SELECT"
		" 2026, 1 + count(*), '%s', '%s', 600, unixepoch('%s 09:00'), 60,"
		" 'u' || count(*), 9, 3, CASE '%s' WHEN 'draft' THEN NULL ELSE 1795000000 END,"
		" 1, 1 FROM meeting",
		state, day, day, state)));
}

TEST(an_objection_moves_the_template_to_the_next_meeting)
{
	circulates();
	run_sql("DROP TRIGGER decision_version_frozen;"
		"UPDATE decision_version SET presenter_id = 2");
	a_meeting_is("draft", "2026-12-20");
	a_meeting_is("invited", "2026-12-10");
	a_meeting_is("cancelled", "2026-12-01");
	a_meeting_is("draft", "2026-11-01");
	CHECK_INT(post_as(GRETA, OBJECT, aborting("Das wollen wir besprechen.")).status, 303);
	CHECK_INT(count_of(PLACED " AND meeting_id = 2 AND presenter_id = 2"), 1);
	CHECK_INT(count_of(PLACED), 1);
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("scheduled"));
	/* Who is invited hears what was added. */
	CHECK(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'meeting/2/%'") > 0);
	struct answer a = get_as(DORA, DECISION_1_PAGE);
	CHECK(shows(&a, "Umlauf gestoppt") && shows(&a, "Auf die Tagesordnung gesetzt"));
	check_register();
}

TEST(an_objection_without_a_meeting_leaves_it_in_the_pool)
{
	circulates();
	a_meeting_is("closed", "2026-11-19");
	CHECK_INT(post_as(GRETA, OBJECT, aborting("Darum.")).status, 303);
	CHECK_INT(count_of(PLACED), 0);
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("published"));
}

TEST(every_failure_of_moving_to_the_next_meeting_changes_nothing)
{
	circulates();
	a_meeting_is("invited", "2026-12-10");
	check_failures(GRETA, OBJECT, aborting("Darum."), CHANGES);
	CHECK_INT(count_of(PLACED), 1);
}

TESTS_MAIN
