/* booking_test.c -- money that was drawn or spent. */
#include "fixtures.h"

#define PAGE "/task-forces/dateninventur"
#define BOOK PAGE "/buchungen"
#define COUNT "SELECT count(*) FROM booking"
#define VOIDED "SELECT count(*) FROM booking WHERE voided_at IS NOT NULL"

static struct str form(const char *kind, const char *amount, const char *on)
{
	return FORM(FIELD_STR("art", str_of(kind)), FIELD_STR("betrag", str_of(amount)),
		    FIELD_STR("am", str_of(on)), FIELD("beleg", "R-17/2026"),
		    FIELD("notiz", "Schulung <extern>"));
}

TEST(draws_and_expenses_add_up)
{
	fixtures();
	struct answer a = post_as(BEN, BOOK, form("draw", "22.100 €", "31.10.2026"));
	CHECK_STR(a.location, S(PAGE "?meldung=gebucht#geld"));
	CHECK_INT(post_as(BEN, BOOK, form("expense", "12.345,67", "20.11.2026")).status, 303);
	CHECK_STR(text_of("SELECT group_concat(kind || amount || on_date || by, ' ') FROM booking"),
		  S("draw22100002026-10-312 expense12345672026-11-202"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'money.book'"), 2);
	a = get_as(HEIDI, PAGE);
	CHECK(shows(&a, "22.100\u00a0€</span> von 85.000\u00a0€ abgerufen (26&nbsp;%)"));
	CHECK(shows(&a, "<dt>ausgegeben</dt><dd class=\"hs-zahl\">12.345,67\u00a0€</dd>"));
	CHECK(shows(&a, "<dt>Rest</dt><dd class=\"hs-zahl\">72.654,33\u00a0€</dd>"));
	CHECK(shows(&a, "R-17/2026"));
	CHECK(shows(&a, "Schulung &lt;extern&gt;"));
	CHECK(!shows(&a, "stornieren"));
}

TEST(each_mistake_in_a_booking_is_named)
{
	static const struct {
		const char *kind, *amount, *on, *message;
	} wrong[] = {
	    {"", "1", "1.1.26", "#art\"><b>Was wird gebucht?</b> Wähle eine der Möglichkeiten."},
	    {"refund", "1", "1.1.26",
	     "#art\"><b>Was wird gebucht?</b> Wähle eine der Möglichkeiten."},
	    {"draw", "", "1.1.26", "#betrag\"><b>Betrag in Euro:</b> Gib einen Betrag in Euro an"},
	    {"draw", "0,00", "1.1.26",
	     "#betrag\"><b>Betrag in Euro:</b> Gib einen Betrag über null Euro an."},
	    {"draw", "-1", "1.1.26",
	     "#betrag\"><b>Betrag in Euro:</b> Gib einen Betrag ohne Minuszeichen an."},
	    {"draw", "1,234", "1.1.26",
	     "#betrag\"><b>Betrag in Euro:</b> Gib einen Betrag in Euro an"},
	    {"draw", "12.34", "1.1.26",
	     "#betrag\"><b>Betrag in Euro:</b> Gib einen Betrag in Euro an"},
	    {"draw", "1e9", "1.1.26",
	     "#betrag\"><b>Betrag in Euro:</b> Gib einen Betrag in Euro an"},
	    {"draw", "1.000.000.000", "1.1.26",
	     "#betrag\"><b>Betrag in Euro:</b> Gib höchstens 999.999.999 Euro an."},
	    {"draw", "1", "", "#am\"><b>Datum:</b> Gib ein Datum an"},
	    {"draw", "1", "31.11.2026", "#am\"><b>Datum:</b> Gib ein Datum an"},
	    {"draw", "1", "21.11.2026", "#am\"><b>Datum:</b> Dieser Tag liegt noch vor uns."}};

	fixtures();
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct answer a =
		    post_as(BEN, BOOK, form(wrong[i].kind, wrong[i].amount, wrong[i].on));
		CHECK_INT(a.status, 422);
		if (!shows(&a, wrong[i].message))
			print_error("%s\n", wrong[i].message);
		CHECK(shows(&a, wrong[i].message));
		CHECK_INT(times(&a, "<li><a href=\"#"), 1);
		CHECK(shows(&a, "value=\"R-17/2026\""));
	}
	CHECK_INT(count_of(COUNT), 0);
	struct answer a = post_as(BEN, BOOK,
				  FORM(FIELD("art", "draw"), FIELD("betrag", "1"),
				       FIELD("am", "1.1.26"), FIELD_STR("beleg", repeated("ü", 81)),
				       FIELD_STR("notiz", repeated("ü", 301))));
	CHECK(shows(&a, "auf höchstens 80 Zeichen"));
	CHECK(shows(&a, "auf höchstens 300 Zeichen"));
}

TEST(more_than_the_budget_is_booked_and_said)
{
	fixtures();
	struct answer a = get_as(HEIDI, PAGE);
	CHECK(!shows(&a, "mehr abgerufen als"));
	CHECK_INT(post_as(BEN, BOOK, form("draw", "85.000,01", "1.1.26")).status, 303);
	CHECK_INT(post_as(BEN, BOOK, form("expense", "90000", "1.1.26")).status, 303);
	a = get_as(HEIDI, PAGE);
	CHECK(shows(&a, "0,01\u00a0€ mehr abgerufen als im Budget"));
	CHECK(shows(&a, "5.000,00\u00a0€ mehr ausgegeben als im Budget"));
	CHECK(shows(&a, "<dt>Rest</dt><dd class=\"hs-zahl\">-5.000,00\u00a0€</dd>"));
	CHECK(shows(&a, "width=\"100%\" height=\"10\" rx=\"2\"/>"));
}

TEST(many_bookings_are_shown_in_two_steps)
{
	fixtures();
	run_sql("INSERT INTO booking (task_force_id, kind, amount, on_date, at)"
		" WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 26)"
		" SELECT 1, 'draw', 100, '2026-01-01', 1 FROM n");
	struct answer a = get_as(HEIDI, PAGE);
	CHECK_INT(times(&a, "data-label=\"Betrag\""), 25);
	CHECK(shows(&a, "?buchungen=alle#geld"));
	a = get_as(HEIDI, PAGE "?buchungen=alle");
	CHECK_INT(times(&a, "data-label=\"Betrag\""), 26);
	CHECK(!shows(&a, "?buchungen=alle#geld"));
	run_sql("DELETE FROM booking WHERE id = 1");
	a = get_as(HEIDI, PAGE);
	CHECK_INT(times(&a, "data-label=\"Betrag\""), 25);
	CHECK(!shows(&a, "?buchungen=alle#geld"));
}

TEST(a_voided_booking_stays_and_does_not_count)
{
	fixtures();
	CHECK_INT(post_as(BEN, BOOK, form("draw", "22.100", "31.10.2026")).status, 303);
	struct answer a = get_as(BEN, BOOK "/1/storno");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "zählt nicht mehr mit"));
	CHECK(shows(&a, "22.100,00\u00a0€"));
	CHECK(shows(&a, "Ben Birke"));
	a = post_as(ANNA, BOOK "/1/storno", S(""));
	CHECK_STR(a.location, S(PAGE "?meldung=storniert#geld"));
	CHECK_INT(count_of("SELECT count(*) FROM booking WHERE id = 1 AND voided_by = 1"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'money.void'"
			   " AND object = 'booking/1'"),
		  1);
	a = get_as(HEIDI, PAGE);
	CHECK(shows(&a, "<span class=\"hs-vorlesen\">storniert: </span>22.100,00\u00a0€</del>"));
	CHECK(shows(&a, "storniert von Anna Ahorn am 20.11.2026"));
	CHECK(shows(&a, ">0\u00a0€</span> von 85.000\u00a0€ abgerufen (0&nbsp;%)"));
	CHECK_INT(get_as(BEN, BOOK "/1/storno").status, 409);
	CHECK_INT(post_as(BEN, BOOK "/1/storno", S("")).status, 409);
}

TEST(an_imported_booking_was_booked_by_the_import)
{
	fixtures();
	run_sql("INSERT INTO booking (id, task_force_id, kind, amount, on_date, at)"
		" VALUES (1, 1, 'draw', 100, '2026-01-01', 1)");
	struct answer a = get_as(BEN, BOOK "/1/storno");
	CHECK(shows(&a, ">Gebucht</dt>") && shows(&a, ">beim Import</dd>"));
	CHECK(!shows(&a, "Gebucht von"));
}

TEST(a_booking_of_another_task_force_is_none)
{
	fixtures();
	run_sql("INSERT INTO booking (id, task_force_id, kind, amount, on_date, at)"
		" VALUES (5, 2, 'draw', 100, '2026-01-01', 1)");
	CHECK_INT(get_as(BEN, BOOK "/5/storno").status, 404);
	CHECK_INT(post_as(ANNA, BOOK "/5/storno", S("")).status, 404);
	CHECK_INT(post_as(BEN, "/task-forces/stadt-app/buchungen/5/storno", S("")).status, 403);
	CHECK_INT(post_as(CEM, BOOK, form("draw", "1", "1.1.26")).status, 403);
	CHECK_INT(post_as(DORA, BOOK, form("draw", "1", "1.1.26")).status, 403);
	CHECK_INT(count_of(VOIDED), 0);
}

TEST(booking_stands_bad_requests_double_clicks_and_failures)
{
	fixtures();
	check_refusals(BEN, BOOK, form("draw", "1", "1.1.26"), COUNT);
	check_failures(BEN, BOOK, form("draw", "1", "1.1.26"),
		       "SELECT (SELECT count(*) FROM booking) + (SELECT count(*) FROM audit)");
	check_once(BEN, BOOK, form("draw", "1", "1.1.26"), COUNT);
	CHECK_INT(count_of(COUNT), 2);
	check_refusals(BEN, BOOK "/1/storno", S(""), VOIDED);
	check_failures(BEN, BOOK "/1/storno", S(""), VOIDED);
	check_once(BEN, BOOK "/2/storno", S(""), VOIDED);
}

TEST(single_bookings_are_shown_to_those_who_may_see_money)
{
	static const struct {
		int64_t person;
		bool sees;
	} people[] = {{ANNA, true},  {BEN, true}, {CEM, false}, {DORA, false}, {GRETA, true},
		      {HEIDI, true}, {IVO, true}, {JULE, true}, {KIM, false}};

	fixtures();
	run_sql("INSERT INTO booking (task_force_id, kind, amount, on_date, reference, at)"
		" VALUES (1, 'draw', 12345, '2026-02-01', 'Beleg 7', 1)");
	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
		struct answer a = get_as(people[i].person, "/task-forces/dateninventur");
		CHECK_INT(a.status, 200);
		CHECK_INT(shows(&a, "Beleg 7"), people[i].sees);
		CHECK(shows(&a, "von 85.000")); /* the sums are everybody's */
	}
	run_sql(
	    "UPDATE task_force_municipality SET until = '2026-01-01' WHERE municipality_id = 2");
	struct answer left = get_as(GRETA, "/task-forces/dateninventur");
	CHECK(!shows(&left, "Beleg 7"));
}

TESTS_MAIN
