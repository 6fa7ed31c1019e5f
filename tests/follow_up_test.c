/* follow_up_test.c -- resolutions that are carried out: their light, and the way back to the
 * committee. */
#include "features/steering/follow_up.h"

#include "base/date.h"
#include "steering_world.h"

#define ENTRIES "SELECT count(*) FROM agenda_entry"

static struct date day(const char *iso)
{
	struct date d = {0, 0, 0};

	CHECK(iso[0] == '\0' || date_parse_iso(str_of(iso), &d));
	return d;
}

TEST(the_light_follows_day_and_reports)
{
	/* Today is 20 November 2026. */
	static const struct {
		const char *due, *since, *report;
		enum light reported;
		bool blocked, reason, done;
		enum light light;
		enum follow_cause cause;
	} cases[] = {
	    {"", "2026-11-01", "", LIGHT_GREY, false, false, false, LIGHT_GREEN, FOLLOW_ON_PLAN},
	    {"", "2026-10-21", "", LIGHT_GREY, false, false, false, LIGHT_GREEN, FOLLOW_ON_PLAN},
	    {"", "2026-10-20", "", LIGHT_GREY, false, false, false, LIGHT_YELLOW, FOLLOW_SILENT},
	    {"2026-11-19", "2026-11-01", "", LIGHT_GREY, false, false, false, LIGHT_RED,
	     FOLLOW_OVERDUE},
	    {"2026-11-20", "2026-11-01", "", LIGHT_GREY, false, false, false, LIGHT_YELLOW,
	     FOLLOW_SOON},
	    {"2026-12-04", "2026-11-01", "", LIGHT_GREY, false, false, false, LIGHT_YELLOW,
	     FOLLOW_SOON},
	    {"2026-12-05", "2026-11-01", "", LIGHT_GREY, false, false, false, LIGHT_GREEN,
	     FOLLOW_ON_PLAN},
	    /* The newest report keeps it from being silent. */
	    {"", "2026-01-01", "2026-10-21", LIGHT_GREEN, false, false, false, LIGHT_GREEN,
	     FOLLOW_ON_PLAN},
	    {"", "2026-01-01", "2026-10-20", LIGHT_GREEN, false, false, false, LIGHT_YELLOW,
	     FOLLOW_SILENT},
	    {"2027-01-01", "2026-01-01", "2026-11-18", LIGHT_GREEN, true, false, false, LIGHT_RED,
	     FOLLOW_BLOCKED},
	    /* Worse is always believed, better only with a reason, and not for ever. */
	    {"2027-01-01", "2026-01-01", "2026-11-18", LIGHT_RED, false, false, false, LIGHT_RED,
	     FOLLOW_REPORTED},
	    {"2026-11-25", "2026-01-01", "2026-11-18", LIGHT_GREEN, false, false, false,
	     LIGHT_YELLOW, FOLLOW_SOON},
	    {"2026-11-25", "2026-01-01", "2026-11-18", LIGHT_GREEN, false, true, false, LIGHT_GREEN,
	     FOLLOW_REPORTED},
	    {"2026-11-25", "2026-01-01", "2026-10-19", LIGHT_GREEN, false, true, false,
	     LIGHT_YELLOW, FOLLOW_SOON},
	    /* Done is done. */
	    {"2026-01-01", "2025-01-01", "2026-01-02", LIGHT_RED, true, false, true, LIGHT_GREEN,
	     FOLLOW_FINISHED},
	};

	CHECK_INT(date_init(), OK);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct follow_facts f = {.done = cases[i].done,
					 .due = day(cases[i].due),
					 .since = day(cases[i].since),
					 .report = day(cases[i].report),
					 .reported = cases[i].reported,
					 .blocked = cases[i].blocked,
					 .reason = cases[i].reason};
		struct follow_light l = follow_light(&f, day("2026-11-20"));
		if (l.light != cases[i].light || l.cause != cases[i].cause)
			fail_msg("case %zu: %d %d", i, (int)l.light, (int)l.cause);
		CHECK(follow_cause_label(l.cause).n > 0);
	}
}

/* Two resolutions: one overdue, one on its way. */
static void resolutions(void)
{
	steering_world();
	run_sql("UPDATE decision SET state = 'in_follow_up';"
		"INSERT INTO decision (id, year, number, author_id, state, created_at) VALUES"
		" (2, 2026, 2, 1, 'in_follow_up', 1795000000);"
		"INSERT INTO decision_version (decision_id, version, title, resolution, written_by,"
		" written_at) VALUES (2, 1, 'Noch etwas', 'Wir tun es.', 1, 1795000000);"
		"INSERT INTO follow_up (decision_id, year, number, responsible_id, due_on) VALUES"
		" (1, 2026, 7, 2, '2026-11-19'), (2, 2026, 8, NULL, NULL);"
		"UPDATE decision SET created_at = 1795000000");
}

static void meeting(const char *number, const char *day_text, const char *state)
{
	run_sql(arena_fmt(test_arena,
			  "INSERT INTO meeting (year, number, state, day, start_minute, starts_at,"
			  " slot, uid, created_by, created_at) VALUES (2026, %s, '%s', '%s', 600,"
			  " strftime('%%s', '%s') + 0, 120, 'uid-%s', 1, 1)",
			  number, state, day_text, day_text, number)
		    .p);
}

static int64_t place(void)
{
	int64_t placed = -1;

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(follow_ups_place(test_db, test_arena, &placed), OK);
	CHECK_INT(db_commit(test_db), OK);
	return placed;
}

TEST(what_is_not_green_comes_back_to_the_next_meeting_once)
{
	resolutions();
	CHECK_INT(place(), 0);                 /* there is no meeting yet */
	meeting("3", "2026-11-10", "invited"); /* past */
	meeting("5", "2027-02-01", "draft");
	meeting("4", "2026-12-10", "invited");
	meeting("6", "2026-11-25", "cancelled");
	CHECK_INT(place(), 1);
	CHECK_INT(place(), 0);
	CHECK_STR(text_of("SELECT m.number || ' ' || e.kind || ' ' || e.title || ' ' ||"
			  " e.presenter_id FROM agenda_entry e JOIN meeting m ON m.id ="
			  " e.meeting_id"),
		  S("4 information Umsetzung von Beschluss 2026-7: Verzeichnis für alle 2"));
	CHECK_INT(count_of("SELECT count(*) FROM steering_event WHERE action = 'follow_up'"
			   " AND actor_id IS NULL"),
		  1);
	/* Heard and still not green: it comes to the one after. */
	run_sql("UPDATE agenda_entry SET started_at = 1, ended_at = 2, outcome = 'heard';"
		"UPDATE meeting SET state = 'closed' WHERE number = 4");
	CHECK_INT(place(), 1);
	CHECK_INT(count_of(ENTRIES " e JOIN meeting m ON m.id = e.meeting_id WHERE m.number = 5"),
		  1);
}

/* Somebody took it off: once is once, also while the invitation is not sent. */
TEST(what_was_taken_off_a_planned_meeting_stays_off)
{
	resolutions();
	meeting("4", "2026-12-10", "draft");
	CHECK_INT(place(), 1);
	CHECK_INT(post_as(ANNA, "/sitzungen/2026-4/punkte/1/entfernen",
			  FORM(FIELD("version", "1"), FIELD("grund", "")))
		      .status,
		  303);
	CHECK_INT(place(), 0);
	CHECK_STR(text_of("SELECT group_concat(outcome) FROM agenda_entry"), S("withdrawn"));
	CHECK_INT(get_as(ANNA, "/sitzungen/2026-4").status, 200);
	/* The meeting after hears of it. */
	run_sql("UPDATE meeting SET state = 'closed'");
	meeting("5", "2027-02-01", "draft");
	CHECK_INT(place(), 1);
}

/* By the clock, and when a meeting is planned. */
TEST(it_comes_back_by_itself)
{
	resolutions();
	meeting("4", "2026-12-10", "invited");
	CHECK_INT(follow_ups_place_due(test_db, test_arena), OK);
	CHECK_INT(follow_ups_place_due(test_db, test_arena), OK);
	CHECK_INT(count_of(ENTRIES), 1);
	run_sql("DELETE FROM agenda_entry; DELETE FROM meeting");
	CHECK_INT(post_as(ANNA, "/sitzungen/neu",
			  FORM(FIELD("tag", "10.12.2026"), FIELD("uhrzeit", "10:00"),
			       FIELD("dauer", "60"), FIELD("ort", "Rathaus")))
		      .status,
		  303);
	CHECK_INT(count_of(ENTRIES), 1);
}

TEST(what_is_done_or_green_does_not_come_back)
{
	resolutions();
	meeting("4", "2026-12-10", "draft");
	run_sql("UPDATE follow_up SET due_on = '2027-06-01'");
	CHECK_INT(place(), 0);
	run_sql("UPDATE follow_up SET due_on = '2026-01-01', done_at = 5");
	CHECK_INT(place(), 0);
}

TEST(the_list_begins_with_what_needs_attention)
{
	struct follow_up *v;
	size_t n;

	resolutions();
	CHECK_INT(db_begin_read(test_db, test_arena), OK);
	CHECK_INT(follow_ups_load(test_db, test_arena, false, &v, &n), OK);
	CHECK_INT(n, 2);
	CHECK_STR(v[0].label, S("2026-7"));
	CHECK_STR(v[0].decision.slug, S("2026-1"));
	CHECK_INT(v[0].light.cause, FOLLOW_OVERDUE);
	CHECK_STR(v[0].responsible, S("Ben Birke"));
	CHECK_STR(v[0].resolution, S("Die Kommunen führen ein gemeinsames Verzeichnis."));
	CHECK_STR(v[1].decision.title, S("Noch etwas"));
	CHECK_INT(follow_ups_load(test_db, test_arena, true, &v, &n), OK);
	CHECK_INT(n, 0);
	db_rollback(test_db);
}

TEST(placing_fails_as_a_whole_or_not_at_all)
{
	enum err err = E_INTERNAL;

	for (int call = 1; err != OK; call++) {
		resolutions();
		meeting("4", "2026-12-10", "draft");
		CHECK_INT(db_begin_write(test_db, test_arena), OK);
		db_fail_after(test_db, call, E_UNAVAILABLE);
		err = follow_ups_place(test_db, test_arena, NULL);
		db_fail_after(test_db, 0, OK);
		if (err == OK)
			CHECK_INT(db_commit(test_db), OK);
		else
			db_rollback(test_db);
		CHECK_INT(count_of(ENTRIES), err == OK ? 1 : 0);
		CHECK(call < 100);
	}
}

/* ---- Pages ---- */

#define PAGE DECISION_1_PAGE "/umsetzung"

static struct str report(const char *light, const char *text, const char *why)
{
	return FORM(FIELD_STR("ampel", str_of(light)), FIELD_STR("text", str_of(text)),
		    FIELD_STR("ampel-grund", str_of(why)));
}

TEST(the_list_and_the_page_show_where_it_stands)
{
	resolutions();
	struct answer a = get_as(DORA, "/entscheidungen/umsetzung");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Verzeichnis für alle") && shows(&a, "Frist vorbei"));
	CHECK(shows(&a, "noch niemand") && shows(&a, "2026-8"));
	a = get_as(DORA, "/entscheidungen/umsetzung?stand=erledigt");
	CHECK(shows(&a, "Noch ist kein Beschluss erledigt."));
	a = get_as(DORA, PAGE);
	CHECK(shows(&a, "Die Kommunen führen ein gemeinsames Verzeichnis."));
	CHECK(shows(&a, "Noch hat niemand berichtet.") && !shows(&a, "Neuer Bericht"));
	a = get_as(BEN, PAGE);
	CHECK(shows(&a, "Neuer Bericht") && !shows(&a, "Planen und abschließen"));
	a = get_as(ANNA, PAGE);
	CHECK(shows(&a, "Neuer Bericht") && shows(&a, "Planen und abschließen"));
	/* What was never adopted has no such page. */
	run_sql("DELETE FROM follow_up WHERE decision_id = 2");
	CHECK_INT(get_as(ANNA, "/entscheidungen/2026-2/umsetzung").status, 404);
}

TEST(who_is_responsible_reports_and_nobody_else_but_the_office)
{
	resolutions();
	CHECK_INT(post_as(CEM, PAGE, report("red", "Hm.", "")).status, 403);
	CHECK_INT(post_as(BEN, PAGE, report("red", "Es hängt *am* Amt.", "")).status, 303);
	CHECK_INT(post_as(ANNA, PAGE, report("red", "Wir helfen.", "")).status, 303);
	struct answer a = get_as(DORA, PAGE);
	CHECK(shows(&a, "Es hängt *am* Amt.") && shows(&a, "Ben Birke") && shows(&a, "kritisch"));
	CHECK_INT(count_of("SELECT count(*) FROM register_record WHERE kind = 'follow_up'"), 2);
	CHECK_INT(count_of("SELECT count(*) FROM steering_event WHERE action = 'report'"), 2);
}

TEST(a_better_light_needs_a_reason_and_nothing_typed_is_lost)
{
	resolutions();
	struct answer a = post_as(BEN, PAGE, report("green", "Läuft.", ""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Sag, warum es besser steht") && shows(&a, "Läuft."));
	CHECK(shows(&a, "value=\"green\" checked"));
	a = post_as(BEN, PAGE, report("green", "", "Weil."));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, ">Weil.</textarea>"));
	a = post_as(BEN, PAGE, FORM(FIELD("text", "Ohne Farbe."), FIELD("blockiert", "1")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Ohne Farbe.") && shows(&a, "name=\"blockiert\" value=\"1\" checked"));
	CHECK_INT(count_of("SELECT count(*) FROM follow_up_report"), 0);
	CHECK_INT(post_as(BEN, PAGE, report("green", "Läuft.", "Die Frist wird verlegt.")).status,
		  303);
	a = get_as(DORA, PAGE);
	CHECK(shows(&a, "so gemeldet") && shows(&a, "Die Frist wird verlegt."));
}

TEST(a_bad_report_brings_it_onto_the_agenda_at_once)
{
	resolutions();
	run_sql("UPDATE follow_up SET due_on = '2027-06-01'");
	meeting("4", "2026-12-10", "invited");
	CHECK_INT(post_as(BEN, PAGE, report("green", "Gut.", "")).status, 303);
	CHECK_INT(count_of(ENTRIES), 0);
	CHECK_INT(post_as(BEN, PAGE, report("yellow", "Knapp.", "")).status, 303);
	CHECK_INT(count_of(ENTRIES), 1);
}

TEST(the_office_plans_and_the_person_hears_of_it)
{
	resolutions();
	struct answer a = get_as(ANNA, PAGE "/plan");
	CHECK(shows(&a, "value=\"2\" selected") && shows(&a, "value=\"19.11.2026\""));
	CHECK_INT(get_as(BEN, PAGE "/plan").status, 403);
	struct str form =
	    FORM(FIELD("version", "1"), FIELD("wer", "3"), FIELD("frist", "31.3.2027"));
	CHECK_INT(post_as(ANNA, PAGE "/plan", form).status, 303);
	CHECK_STR(text_of("SELECT responsible_id || ' ' || due_on FROM follow_up WHERE"
			  " decision_id = 1"),
		  S("3 2027-03-31"));
	struct str letter = text_of("SELECT body FROM outbox WHERE person_id = 3");
	CHECK(str_find(letter, S("/entscheidungen/2026-1/umsetzung")) < letter.n);
	CHECK(str_find(letter, S("31.\u00a0März 2027")) < letter.n);
	/* The page of before is too late, and keeps what was typed. */
	a = post_as(ANNA, PAGE "/plan",
		    FORM(FIELD("version", "1"), FIELD("wer", "4"), FIELD("frist", "1.4.2027")));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Jetzt ist Cem Çınar verantwortlich") && shows(&a, "value=\"1.4.2027\""));
	CHECK(shows(&a, "value=\"4\" selected") && shows(&a, "name=\"version\" value=\"2\""));
	a = post_as(ANNA, PAGE "/plan",
		    FORM(FIELD("version", "2"), FIELD("wer", "6"), FIELD("frist", "31.2.2027")));
	CHECK_INT(a.status, 422); /* the funder, and no day */
	CHECK(shows(&a, "id=\"wer-fehler\"") && shows(&a, "id=\"frist-fehler\""));
}

TEST(done_needs_evidence_and_ends_it)
{
	resolutions();
	struct answer a =
	    post_as(ANNA, PAGE "/abschluss", FORM(FIELD("nachweis", "http://unsicher.example")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "http://unsicher.example"));
	CHECK_INT(post_as(ANNA, PAGE "/abschluss", FORM(FIELD("nachweis", ""))).status, 422);
	a = post_as(ANNA, PAGE "/abschluss", FORM(FIELD("nachweis", "https://stadt.example/x")));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("done"));
	a = get_as(DORA, PAGE);
	CHECK(shows(&a, "https://stadt.example/x") && shows(&a, "abgeschlossen"));
	CHECK_INT(post_as(BEN, PAGE, report("red", "Doch nicht.", "")).status, 409);
	CHECK_INT(get_as(ANNA, PAGE "/plan").status, 409);
	a = get_as(DORA, "/entscheidungen/umsetzung?stand=erledigt");
	CHECK(shows(&a, "Verzeichnis für alle"));
}

static struct str revocation(const char *reason)
{
	return FORM(FIELD("durch", "2"), FIELD_STR("grund", str_of(reason)));
}

/* Only a later resolution that names this one can revoke it. */
TEST(a_later_resolution_that_names_it_revokes_it)
{
	resolutions();
	struct answer a = get_as(ANNA, PAGE "/plan");
	CHECK(shows(&a, "Bisher gibt es keinen."));
	CHECK_INT(post_as(ANNA, PAGE "/aufhebung", revocation("Überholt.")).status, 422);
	/* Another number that begins or ends alike is not named. */
	run_sql("UPDATE decision_version SET resolution = 'Aufgehoben sind 2026-71, 12026-7.'"
		" WHERE decision_id = 2");
	a = get_as(ANNA, PAGE "/plan");
	CHECK(shows(&a, "Bisher gibt es keinen."));
	CHECK_INT(post_as(ANNA, PAGE "/aufhebung", revocation("Überholt.")).status, 422);
	run_sql("UPDATE decision_version SET resolution = 'Beschluss 2026-7 wird aufgehoben.'"
		" WHERE decision_id = 2");
	a = get_as(ANNA, PAGE "/plan");
	CHECK(shows(&a, "2026-8 Noch etwas"));
	CHECK_INT(post_as(ANNA, PAGE "/aufhebung", revocation("")).status, 422);
	CHECK_INT(post_as(ANNA, PAGE "/aufhebung", revocation("Überholt.")).status, 303);
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("superseded"));
	a = get_as(DORA, PAGE);
	CHECK(shows(&a, "Aufgehoben durch") && shows(&a, "2026-2"));
}

TEST(every_form_of_the_follow_up_stands_what_forms_must_stand)
{
	static const char reports[] = "SELECT count(*) FROM follow_up_report",
			  letters[] = "SELECT count(*) FROM outbox",
			  ended[] = "SELECT count(*) FROM follow_up WHERE done_at IS NOT NULL";

	resolutions();
	struct str bad = report("red", "Es hängt.", "");
	check_refusals(BEN, PAGE, bad, reports);
	check_once(BEN, PAGE, bad, reports);
	check_failures(BEN, PAGE, bad, reports);
	struct str plan =
	    FORM(FIELD("version", "1"), FIELD("wer", "3"), FIELD("frist", "1.4.2027"));
	check_refusals(ANNA, PAGE "/plan", plan, letters);
	check_failures(ANNA, PAGE "/plan", plan, letters);
	struct str done = FORM(FIELD("nachweis", "https://stadt.example/x"));
	check_refusals(ANNA, PAGE "/abschluss", done, ended);
	check_failures(ANNA, PAGE "/abschluss", done, ended);
}

TESTS_MAIN
