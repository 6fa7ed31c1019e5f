/* barrier_test.c -- reports of barriers: anybody writes one, somebody answers within six weeks. */
#include "fixtures.h"

#include "base/date.h"

#define FORM_PAGE "/barrierefreiheit/melden"
#define LIST "/barrierefreiheit/meldungen"
enum { ONE_DAY = 24 * 3600 };

static const char reports[] = "SELECT count(*) FROM barrier_report";
static const char answers[] = "SELECT count(*) FROM barrier_report WHERE answered_at IS NOT NULL";

static struct str guest_report(const char *text, const char *page, const char *email)
{
	return form_of((struct test_field[]){{S("text"), str_of(text)},
					     {S("seite"), str_of(page)},
					     {S("email"), str_of(email)}},
		       3);
}

static struct str own_report(const char *text, bool wants_answer)
{
	return form_of((struct test_field[]){{S("text"), str_of(text)},
					     {S("seite"), S("/task-forces")},
					     {S("antwort"), S("ja")}},
		       wants_answer ? 3 : 2);
}

static struct str answer_form(const char *text)
{
	return form_of((struct test_field[]){{S("antwort"), str_of(text)}}, 1);
}

static void with_report_of_ben(void)
{
	fixtures();
	CHECK_INT(post_as(BEN, FORM_PAGE, own_report("Der Knopf hat keinen Namen.", true)).status,
		  303);
}

TEST(the_statement_leads_to_the_form_and_names_who_enforces)
{
	fixtures();
	struct answer a = get_as(NOBODY, "/barrierefreiheit");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "href=\"" FORM_PAGE "\"") && shows(&a, "Durchsetzung"));
	CHECK(!shows(&a, LIST));
	a = get_as(ANNA, "/barrierefreiheit");
	CHECK(shows(&a, LIST));
	a = get_as(NOBODY, "/impressum");
	CHECK(!shows(&a, "Barriere melden"));
}

TEST(a_guest_reports_a_barrier_with_or_without_an_address)
{
	fixtures();
	struct answer a = get_as(NOBODY, FORM_PAGE "?seite=/handbuch");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "value=\"/handbuch\"") && shows(&a, "name=\"email\""));
	/* 42 calendar days after 20 November. */
	CHECK(shows(&a, "1.\xc2\xa0Januar 2027"));
	a = post_as(NOBODY, FORM_PAGE, guest_report("Kontrast zu schwach", "/", ""));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/barrierefreiheit?meldung=barriere-gemeldet"));
	a = get_as(NOBODY, "/barrierefreiheit?meldung=barriere-gemeldet");
	CHECK(shows(&a, "Danke, deine Meldung ist da."));
	a = post_as(NOBODY, FORM_PAGE, guest_report("Zu klein", "", "gast@beispiel.example"));
	CHECK_STR(a.location, S("/barrierefreiheit?meldung=barriere-antwort"));
	CHECK_STR(text_of("SELECT group_concat(text || '|' || page || '|' || email || '|' || due_on"
			  " || '|' || at, ';') FROM barrier_report"),
		  S("Kontrast zu schwach|/||2027-01-01|1795165200;"
		    "Zu klein||gast@beispiel.example|2027-01-01|1795165200"));
	CHECK_INT(count_of("SELECT count(*) FROM barrier_report WHERE person_id IS NOT NULL"), 0);
}

TEST(six_weeks_are_calendar_days_in_berlin)
{
	fixtures();
	/* 23:30 UTC on 16 February is the 17th in Berlin; 42 days later the clock has changed. */
	clock_set(1802820600);
	CHECK_STR(date_iso(test_arena, date_today()), S("2027-02-17"));
	CHECK_INT(post_as(NOBODY, FORM_PAGE, guest_report("Spät", "", "")).status, 303);
	CHECK_STR(text_of("SELECT due_on FROM barrier_report"), S("2027-03-31"));
}

TEST(mistakes_stand_next_to_their_field_and_nothing_typed_is_lost)
{
	fixtures();
	struct answer a = post_as(NOBODY, FORM_PAGE, guest_report("", "/suche", "kein Wort"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Beschreibe, was nicht geht.") && shows(&a, "Prüfe die Adresse"));
	CHECK(shows(&a, "value=\"/suche\"") && shows(&a, "value=\"kein Wort\""));
	a = post_as(BEN, FORM_PAGE, own_report("", true));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "value=\"ja\" checked"));
	a = post_as(BEN, FORM_PAGE, own_report("", false));
	CHECK(!shows(&a, "value=\"ja\" checked"));
	a = post_as(
	    NOBODY, FORM_PAGE,
	    FORM(FIELD_STR("text", repeated("x", 5001)), FIELD("seite", ""), FIELD("email", "")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "auf höchstens 5000 Zeichen"));
	CHECK_INT(count_of(reports), 0);
}

TEST(reports_go_in_once_or_not_at_all)
{
	fixtures();
	check_once(BEN, FORM_PAGE, own_report("Einmal", true), reports);
	check_refusals(BEN, FORM_PAGE, own_report("Gar nicht", true), reports);
	check_failures(BEN, FORM_PAGE, own_report("Irgendwann", true), reports);
	/* A guest has no one-time key. */
	fixtures();
	for (int i = 0; i < 2; i++)
		CHECK_INT(post_as(NOBODY, FORM_PAGE, guest_report("Doppelt", "", "")).status, 303);
	CHECK_INT(count_of(reports), 1);
}

static struct answer guest_sends(void)
{
	return post_as(NOBODY, FORM_PAGE, guest_report("Kaputt", "/", "gast@beispiel.example"));
}

TEST(every_database_failure_of_a_guests_report_leaves_nothing)
{
	every_failure_leaves_nothing(guest_sends, reports);
}

TEST(one_network_cannot_flood_the_list)
{
	fixtures();
	for (int i = 0; i < 5; i++) {
		struct str text = arena_fmt(test_arena, "Nummer %d", i);
		CHECK_INT(
		    post_as(NOBODY, FORM_PAGE,
			    FORM(FIELD_STR("text", text), FIELD("seite", ""), FIELD("email", "")))
			.status,
		    303);
	}
	struct answer a = post_as(NOBODY, FORM_PAGE, guest_report("Nummer 5", "", ""));
	CHECK_INT(a.status, 429);
	CHECK(shows(&a, "in 5 Sekunden") && shows(&a, ">Nummer 5</textarea>"));
	CHECK_STR(header_of(&a, "Retry-After"), S("5"));
	CHECK_INT(count_of(reports), 5);
	/* Logins from there are not slowed down by it. */
	CHECK_INT(post_as(NOBODY, "/anmelden",
			  FORM(FIELD("email", "ben@auental.example"), FIELD("passwort", PASSWORD),
			       FIELD("weiter", "/")))
		      .status,
		  303);
	clock_set(FIXTURE_NOW + 5);
	CHECK_INT(post_as(NOBODY, FORM_PAGE, guest_report("Nummer 5", "", "")).status, 303);
	CHECK_INT(count_of(reports), 6);
}

TEST(those_who_answer_see_the_clock_in_words)
{
	static const struct {
		int64_t days;
		const char *says, *sign;
	} clocks[] = {{0, "noch 42 Tage", "badge--info"},
		      {35, "noch 7 Tage", "badge--warning"},
		      {41, "noch ein Tag", "badge--warning"},
		      {42, "nur noch heute", "badge--warning"},
		      {43, "seit 1 Tag überfällig", "badge--danger"},
		      {50, "seit 8 Tagen überfällig", "badge--danger"}};

	fixtures();
	struct answer a = get_as(EMIL, LIST);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Niemand hat eine Barriere gemeldet."));
	for (size_t i = 0; i < sizeof clocks / sizeof clocks[0]; i++) {
		with_report_of_ben();
		run_sql("UPDATE session SET ends_at = 9000000000, last_at = 8000000000");
		clock_set(FIXTURE_NOW + clocks[i].days * ONE_DAY);
		a = get_as(EMIL, LIST);
		CHECK(shows(&a, clocks[i].says) && shows(&a, clocks[i].sign));
		a = get_as(EMIL, LIST "/1");
		CHECK(shows(&a, clocks[i].says) && shows(&a, clocks[i].sign));
	}
	CHECK_INT(get_as(BEN, LIST).status, 403);
	CHECK_INT(get_as(BEN, LIST "/1").status, 403);
}

TEST(an_open_report_waits_on_the_start_page)
{
	with_report_of_ben();
	struct answer a = get_as(ANNA, "/");
	CHECK(shows(&a, "href=\"" LIST "/1\"") && shows(&a, "noch 42 Tage"));
	a = get_as(EMIL, "/");
	CHECK(shows(&a, "Offen: 1.") && shows(&a, LIST));
	a = get_as(BEN, "/");
	CHECK(!shows(&a, LIST));
	CHECK_INT(post_as(ANNA, LIST "/1", answer_form("Er heißt jetzt Suchen.")).status, 303);
	a = get_as(ANNA, "/");
	CHECK(!shows(&a, LIST));
	a = get_as(EMIL, "/");
	CHECK(shows(&a, "Gerade ist keine Meldung offen."));
}

TEST(a_person_gets_the_answer_as_a_letter)
{
	with_report_of_ben();
	struct answer a = get_as(ANNA, LIST "/1");
	CHECK(shows(&a, "Der Knopf hat keinen Namen.") && shows(&a, "Ben Birke"));
	CHECK(shows(&a, "Geht als E-Mail an die Person"));
	a = post_as(ANNA, LIST "/1", answer_form("Er heißt jetzt Suchen."));
	CHECK_STR(a.location, S(LIST "/1?meldung=barriere-beantwortet"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 2 AND topic = 'barrier'"
			   " AND dedupe = 'barrier/1' AND body LIKE '%Er heißt jetzt Suchen.%'"
			   " AND body LIKE '%Der Knopf hat keinen Namen.%'"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'barrier.answer'"), 1);
	a = get_as(ANNA, LIST "/1");
	CHECK(shows(&a, "Er heißt jetzt Suchen.") && shows(&a, "beantwortet am 20.11.2026"));
	CHECK(!shows(&a, "<textarea") && !shows(&a, "mailto:"));
	a = get_as(ANNA, LIST);
	CHECK(shows(&a, "beantwortet am"));
}

TEST(who_wants_no_answer_or_is_gone_gets_none)
{
	fixtures();
	CHECK_INT(post_as(BEN, FORM_PAGE, own_report("Nur zur Kenntnis", false)).status, 303);
	CHECK_INT(post_as(CEM, FORM_PAGE, own_report("Bin bald weg", true)).status, 303);
	run_sql("UPDATE person SET status = 'anonymised', name = 'ehemalige Person' WHERE id = 3");
	for (int i = 1; i <= 2; i++) {
		const char *target = arena_cstr(test_arena, arena_fmt(test_arena, LIST "/%d", i));
		struct answer a = get_as(ANNA, target);
		CHECK(shows(&a, "Niemand bekommt Post davon."));
		CHECK_INT(post_as(ANNA, target, answer_form("Erledigt")).status, 303);
	}
	CHECK_INT(count_of(answers), 2);
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 0);
}

TEST(a_guests_address_is_offered_for_writing_by_hand)
{
	fixtures();
	CHECK_INT(guest_sends().status, 303);
	struct answer a = get_as(ANNA, LIST "/1");
	CHECK(shows(&a, "Handschlag schreibt nur an Personen mit Zugang."));
	CHECK_INT(post_as(ANNA, LIST "/1", answer_form("Behoben.\nBald da.")).status, 303);
	a = get_as(ANNA, LIST "/1");
	CHECK(shows(&a, "Behoben.\nBald da."));
	CHECK(shows(&a, "href=\"mailto:gast@beispiel.example?subject=Deine%20Meldung"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 0);
}

TEST(an_answer_stands_once_and_loses_nothing)
{
	with_report_of_ben();
	struct answer a = post_as(ANNA, LIST "/1", answer_form(""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Fülle dieses Feld aus."));
	CHECK_INT(post_as(BEN, LIST "/1", answer_form("Ich selbst")).status, 403);
	CHECK_INT(post_as(ANNA, LIST "/2", answer_form("Wem?")).status, 404);
	CHECK_INT(post_as(EMIL, LIST "/1", answer_form("Zuerst")).status, 303);
	a = post_as(ANNA, LIST "/1", answer_form("Zu spät & richtig"));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Zuerst") && shows(&a, "Zu spät &amp; richtig"));
	CHECK_STR(text_of("SELECT answer FROM barrier_report"), S("Zuerst"));
	with_report_of_ben();
	check_once(ANNA, LIST "/1", answer_form("Einmal"), answers);
	with_report_of_ben();
	check_refusals(ANNA, LIST "/1", answer_form("Gar nicht"), answers);
}

TEST(every_database_failure_of_an_answer_leaves_nothing)
{
	with_report_of_ben();
	check_failures(ANNA, LIST "/1", answer_form("Ja"), answers);
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 1);
}

TESTS_MAIN
