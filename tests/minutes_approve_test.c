/* minutes_approve_test.c -- sealed minutes come onto the next agenda, are approved there and
 * corrected by two persons; their tasks are done. */
#include "minutes_world.h"

#define PLACED "SELECT count(*) FROM agenda_entry WHERE minutes_of = 1"
#define APPROVED "SELECT count(*) FROM minutes WHERE approved_at IS NOT NULL"
#define CONFIRMED                                                                                  \
	"SELECT (SELECT count(confirmed_at) FROM correction) + (SELECT count(*) FROM "             \
	"register_record) + (SELECT count(*) FROM outbox)"

TEST(sealed_minutes_are_the_first_point_of_the_next_agenda)
{
	minutes_sealed();
	CHECK_INT(count_of(PLACED), 0); /* there is no next meeting */
	next_meeting();
	CHECK_INT(count_of(PLACED), 1);
	struct answer a = get_as(DORA, "/sitzungen/2026-2");
	CHECK(shows(&a, "Protokoll der Sitzung 1/2026"));
	/* Another meeting takes nothing away; and it stays the first point. */
	next_meeting();
	CHECK_INT(count_of(PLACED), 1);
	run_sql("INSERT INTO agenda_entry (meeting_id, pos, kind, title, minutes) VALUES"
		" (2, 1, 'formal', 'Verschiedenes', 5)");
	CHECK_INT(count_of("SELECT minutes_of FROM agenda_entry WHERE meeting_id = 2"
			   " ORDER BY pos LIMIT 1"),
		  1);
	/* Both can be moved, though one stands at 0. */
	CHECK_INT(
	    post_as(ANNA, "/sitzungen/2026-2/punkte/2/schieben",
		    FORM(FIELD("richtung", "runter"), FIELD_STR("version", meeting_version(2))))
		.status,
	    303);
}

TEST(a_meeting_planned_before_the_seal_gets_the_point_with_it)
{
	minutes_world();
	next_meeting();
	CHECK_INT(count_of(PLACED), 0);
	CHECK_INT(post_as(CEM, SIGN, signing(PASSWORD)).status, 303);
	CHECK_INT(post_as(IVO, SIGN, signing(PASSWORD)).status, 303);
	CHECK_INT(count_of(PLACED), 1);
}

static void end_point(const char *outcome)
{
	next_meeting();
	run_sql(arena_cstr(test_arena, arena_fmt(test_arena,
						 "UPDATE agenda_entry SET outcome = '%s' WHERE"
						 " minutes_of = 1",
						 outcome)));
}

TEST(minutes_are_approved_when_their_point_was_dealt_with)
{
	minutes_sealed();
	next_meeting();
	CHECK_INT(post_as(IVO, APPROVE, FORM(FIELD("x", ""))).status, 409);
	run_sql("UPDATE agenda_entry SET outcome = 'heard' WHERE minutes_of = 1");
	CHECK_INT(post_as(HEIDI, APPROVE, S("")).status, 403);
	DIRECTLY(CHECK_INT(register_meeting_invited(
			       &book, &(struct register_meeting_invited){.meeting = 2,
									 .number = S("2026-2"),
									 .day = S("2026-12-17"),
									 .start = 600,
									 .chair = WHO(IVO),
									 .minute_taker = WHO(CEM)}),
			   OK););
	check_once(IVO, APPROVE, S(""), APPROVED);
	CHECK_INT(count_of("SELECT count(*) FROM register_record WHERE kind = 'minutes_approved'"),
		  1);
	CHECK_STR(text_of("SELECT state FROM meeting WHERE id = 1"), S("minutes_approved"));
	CHECK_INT(count_of("SELECT approved_in FROM minutes"), 2);
	struct answer a = get_as(DORA, MINUTES);
	CHECK(shows(&a, "Genehmigt am 20.11.2026"));
	CHECK(shows(&a, "Steuerungskreis 2/2026"));
	CHECK_INT(post_as(CEM, APPROVE, S("")).status, 409);
	a = get_as(DORA, "/sitzungen");
	CHECK(shows(&a, M1 "/protokoll"));
	CHECK(shows(&a, "Niederschrift genehmigt"));
	check_register();
}

TEST(deferred_minutes_come_back)
{
	minutes_sealed();
	end_point("deferred");
	CHECK_INT(post_as(IVO, APPROVE, S("")).status, 409);
	run_sql("UPDATE meeting SET state = 'closed' WHERE id = 2");
	next_meeting();
	CHECK_INT(count_of(PLACED " AND meeting_id = 3"), 1);
}

TEST(approving_fails_whole)
{
	minutes_sealed();
	end_point("heard");
	check_failures(CEM, APPROVE, S(""), APPROVED);
}

TEST(planning_a_meeting_with_minutes_fails_whole)
{
	minutes_sealed();
	CHECK_INT(get_as(ANNA, "/sitzungen").status, 200); /* her session counts as used now */
	check_failures(ANNA, "/sitzungen/neu", next_form(), PLACED);
}

/* ---- Corrections ---- */

TEST(two_persons_correct_and_nothing_is_overwritten)
{
	minutes_sealed();
	struct str text = arena_str(test_arena, text_of("SELECT text FROM minutes"));
	CHECK_INT(get_as(CEM, CORRECTIONS).status, 200);
	CHECK_INT(get_as(HEIDI, CORRECTIONS).status, 403);
	struct answer a = post_as(CEM, CORRECTIONS, correction_form("Gibt es nicht", "x", ""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "So steht es nicht in der Niederschrift."));
	CHECK_INT(post_as(CEM, CORRECTIONS, correction_form("Rathaus", "Rathaus", "")).status, 422);
	CHECK_INT(post_as(CEM, CORRECTIONS, correction_form("Rathaus", "Rat", "77")).status, 422);
	struct str form = correction_form("Rathaus Seefeld", "Rathaus Seefelde", "");
	check_once(CEM, CORRECTIONS, form, "SELECT count(*) FROM correction");
	/* Not yet to be seen, and not confirmed by who proposed it or has no part in it. */
	a = get_as(DORA, MINUTES);
	CHECK(!shows(&a, "Rathaus Seefelde"));
	CHECK_INT(post_as(CEM, CORRECTIONS "/1/bestaetigen", S("")).status, 403);
	CHECK_INT(post_as(HEIDI, CORRECTIONS "/1/bestaetigen", S("")).status, 403);
	check_once(IVO, CORRECTIONS "/1/bestaetigen", S(""), CONFIRMED);
	CHECK_INT(post_as(JULE, CORRECTIONS "/1/bestaetigen", S("")).status, 409);
	CHECK_INT(post_as(CEM, CORRECTIONS "/1/zurueckziehen", S("")).status, 409);
	a = get_as(DORA, MINUTES);
	CHECK(shows(&a, "Rathaus Seefelde"));
	CHECK_STR(text_of("SELECT text FROM minutes"), text);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'correction/%'"), 0);
	check_register();
}

/* The chair's proposal is the minute-taker's to confirm, not the deputy chair's. */
TEST(chair_and_minute_taker_confirm_each_other)
{
	minutes_sealed();
	struct str form = correction_form("Rathaus", "Rat", "");
	CHECK_INT(post_as(IVO, CORRECTIONS, form).status, 303);
	CHECK_INT(post_as(JULE, CORRECTIONS "/1/bestaetigen", S("")).status, 403);
	CHECK_INT(post_as(CEM, CORRECTIONS "/1/bestaetigen", S("")).status, 303);
}

TEST(correction_after_closing_shows_both_texts_and_tells_those_with_receipts)
{
	minutes_sealed();
	struct str form = correction_form("gemeinsames", "gemeinsame", "1");
	CHECK_INT(post_as(CEM, CORRECTIONS, form).status, 303);
	struct answer a = get_as(DORA, POLL);
	CHECK(!shows(&a, "Berichtigt")); /* one alone corrects nothing */
	CHECK_INT(post_as(IVO, CORRECTIONS "/1/bestaetigen", S("")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'correction/%'"), 3);
	a = get_as(DORA, MINUTES);
	CHECK(shows(&a, "Abstimmung über Vorlage 2026-1"));
	/* Beside the result too: both texts. */
	a = get_as(DORA, POLL);
	CHECK(shows(&a, "Bisher: </span>gemeinsames</del>") &&
	      shows(&a, "Richtig: </span>gemeinsame</ins>"));
	CHECK_INT(count_of("SELECT count(*) FROM register_record WHERE kind = 'correction'"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM poll WHERE result = 'adopted'"), 1);
	check_register();
}

TEST(a_proposal_is_withdrawn_by_who_made_it)
{
	minutes_sealed();
	struct str form = correction_form("Rathaus", "Rat", "");
	CHECK_INT(post_as(CEM, CORRECTIONS, form).status, 303);
	CHECK_INT(post_as(IVO, CORRECTIONS "/1/zurueckziehen", S("")).status, 403);
	check_failures(CEM, CORRECTIONS "/1/zurueckziehen", S(""),
		       "SELECT count(withdrawn_at) FROM correction");
	CHECK_INT(post_as(IVO, CORRECTIONS "/1/bestaetigen", S("")).status, 404);
}

TEST(unsealed_minutes_are_changed_not_corrected)
{
	minutes_world();
	CHECK_INT(get_as(CEM, CORRECTIONS).status, 409);
}

TEST(proposing_fails_whole)
{
	minutes_sealed();
	check_failures(CEM, CORRECTIONS, correction_form("Rathaus", "Rat", "1"),
		       "SELECT count(*) FROM correction");
}

TEST(confirming_fails_whole)
{
	minutes_sealed();
	struct str form = correction_form("Rathaus", "Rat", "1");
	CHECK_INT(post_as(CEM, CORRECTIONS, form).status, 303);
	check_failures(IVO, CORRECTIONS "/1/bestaetigen", S(""), CONFIRMED);
}

/* ---- Tasks ---- */

#define DONE "/sitzungen/auftraege/1/erledigt"
#define DONE_COUNT "SELECT count(done_at) FROM minutes_note"

TEST(a_task_is_done_by_the_person_it_was_given_to)
{
	minutes_running();
	CHECK_INT(post_as(CEM, NOTES, note_form("task", "Zahlen", "2", "01.12.2026")).status, 303);
	CHECK_INT(post_as(CEM, NOTES, note_form("note", "Hinweis", "", "")).status, 303);
	struct answer a = get_as(BEN, "/sitzungen");
	CHECK(shows(&a, "auftraege/1/erledigt"));
	a = get_as(DORA, "/sitzungen");
	CHECK(shows(&a, "Zahlen"));
	CHECK(!shows(&a, "auftraege/1/erledigt"));
	CHECK_INT(post_as(DORA, DONE, S("")).status, 403);
	CHECK_INT(post_as(BEN, "/sitzungen/auftraege/2/erledigt", S("")).status, 404);
	check_once(BEN, DONE, S(""), DONE_COUNT);
	CHECK_INT(post_as(ANNA, DONE, S("")).status, 409);
	a = get_as(BEN, "/sitzungen");
	CHECK(!shows(&a, "Zahlen"));
}

TEST(doing_a_task_fails_whole)
{
	minutes_running();
	CHECK_INT(post_as(CEM, NOTES, note_form("task", "Zahlen", "2", "")).status, 303);
	check_failures(ANNA, DONE, S(""), DONE_COUNT);
}

TESTS_MAIN
