/* task_force_test.c -- one task force: its page, and creating one. */
#include "fixtures.h"

#define NEW "/task-forces/neu"
#define COUNT "SELECT count(*) FROM task_force"

TEST(the_page_shows_what_is_known)
{
	fixtures();
	struct answer a = get_as(DORA, "/task-forces/dateninventur");

	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<title>Dateninventur – Handschlag</title>"));
	CHECK(shows(&a, "Alle kennen ihre Daten."));
	CHECK(shows(&a, "Ben Birke, Auental"));
	CHECK(shows(&a, "Cem Çınar, Bergstedt"));
	CHECK(shows(&a, "09/2025 – 03/2027"));
	CHECK(shows(&a, "Auental (Federführung)"));
	CHECK(shows(&a, "href=\"https://raum.example/daten\""));
	CHECK(shows(&a, "nicht bewertet"));
	CHECK(shows(&a, "Gerade ist nichts zu klären."));
}

TEST(the_page_says_what_is_missing)
{
	fixtures();
	run_sql("UPDATE task_force_member SET until = '2026-01-01' WHERE task_force_id = 2;"
		"UPDATE task_force SET ends_on = NULL, review_on = '2027-02-15', budget = 0"
		" WHERE id = 2");
	struct answer a = get_as(DORA, "/task-forces/stadt-app");
	CHECK(shows(&a, "Leitung offen"));
	CHECK(shows(&a, "seit 03/2025, offen – Prüfung am 15.02.2027"));
	CHECK(shows(&a, "<dt>Arbeitsraum</dt><dd>fehlt</dd>"));
	CHECK(shows(&a, "Noch kein Budget"));
	CHECK(!shows(&a, "Hier steht die Ampel jedes Quartals"));
	run_sql("UPDATE task_force SET starts_on = '2027-01-01', ends_on = '2027-12-31'"
		" WHERE id = 2");
	struct answer early = get_as(DORA, "/task-forces/stadt-app");
	CHECK(shows(&early, "Hier steht die Ampel jedes Quartals"));
	CHECK(!shows(&early, "Gemeldete Ampel je Quartal"));
	CHECK(!shows(&a, "verstrichene Laufzeit"));
}

TEST(buttons_are_shown_to_those_who_may_press_them)
{
	fixtures();
	static const struct {
		int64_t person;
		bool edit, light, ask, book;
	} who[] = {{ANNA, true, true, true, true},
		   {BEN, true, true, true, true},
		   {CEM, false, false, true, false},
		   {KIM, false, false, false, false},
		   {DORA, false, false, false, false}};

	for (size_t i = 0; i < sizeof who / sizeof who[0]; i++) {
		struct answer a = get_as(who[i].person, "/task-forces/dateninventur");
		CHECK_INT(a.status, 200);
		CHECK_INT(shows(&a, "dateninventur/bearbeiten\""), who[i].edit);
		CHECK_INT(shows(&a, "dateninventur/stand\""), who[i].light);
		CHECK_INT(shows(&a, "dateninventur/fragen\""), who[i].ask);
		CHECK_INT(shows(&a, "dateninventur/buchungen\""), who[i].book);
	}
}

TEST(every_page_of_a_task_force_is_for_its_own_people)
{
	fixtures();
	static const char *const pages[] = {
	    "/task-forces/dateninventur/bearbeiten", "/task-forces/dateninventur/beenden",
	    "/task-forces/dateninventur/fragen", "/task-forces/dateninventur/stand",
	    "/task-forces/dateninventur/buchungen"};

	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		CHECK_INT(get_as(ANNA, pages[i]).status, 200);
		CHECK_INT(get_as(KIM, pages[i]).status, 403);
		CHECK_INT(get_as(DORA, pages[i]).status, 403);
		CHECK_INT(get_as(FINN, pages[i]).status, 403);
		CHECK_INT(get_as(NOBODY, pages[i]).status, 303);
		CHECK_INT(post_as(KIM, pages[i], S("")).status, 403);
		CHECK_INT(post_as(DORA, pages[i], S("")).status, 403);
	}
	CHECK_INT(get_as(BEN, "/task-forces/dateninventur/beenden").status, 403);
	CHECK_INT(get_as(CEM, "/task-forces/dateninventur/fragen").status, 200);
	CHECK_INT(get_as(CEM, "/task-forces/dateninventur/stand").status, 403);
}

TEST(what_does_not_exist_is_404)
{
	fixtures();
	CHECK_INT(get_as(ANNA, "/task-forces/gibt-es-nicht").status, 404);
	CHECK_INT(get_as(ANNA, "/task-forces/gibt-es-nicht/bearbeiten").status, 404);
	CHECK_INT(post_as(ANNA, "/task-forces/gibt-es-nicht/bearbeiten", S("version=1")).status,
		  404);
	CHECK_INT(get_as(ANNA, "/task-forces/Gro%C3%9F").status, 404);
}

static struct str new_form(void)
{
	return FORM(FIELD("name", "Sensorik & Klima"), FIELD("ziel", "Sensoren\nfür alle"),
		    FIELD("beginn", "02/2027"), FIELD("ende", "29.02.2028"), FIELD("pruefung", ""),
		    FIELD("status", "planned"), FIELD("budget", "120.000,-"),
		    FIELD("kommunen", "3"), FIELD("kommunen", "1"), FIELD("federfuehrung", "3"),
		    FIELD("leitung", "8"),
		    FIELD("stackfield", "https://raum.example/klima?a=1&b=2"));
}

/* The form with one field replaced. */
static struct answer post_new(const char *name, struct str value)
{
	static const char *const plain[][2] = {
	    {"name", "Neue"},      {"ziel", "Etwas"},    {"beginn", "01/2027"}, {"ende", "12/2027"},
	    {"pruefung", ""},      {"status", "active"}, {"budget", "0"},       {"kommunen", "1"},
	    {"federfuehrung", ""}, {"leitung", ""},      {"stackfield", ""}};
	struct test_field fields[sizeof plain / sizeof plain[0]];

	for (size_t i = 0; i < sizeof plain / sizeof plain[0]; i++) {
		bool this_one = strcmp(plain[i][0], name) == 0;
		fields[i] = (struct test_field){str_of(plain[i][0]),
						this_one ? value : str_of(plain[i][1])};
	}
	return post_as(ANNA, NEW, form_of(fields, sizeof plain / sizeof plain[0]));
}

TEST(a_new_task_force_has_everything_that_was_typed)
{
	fixtures();
	struct answer a = post_as(ANNA, NEW, new_form());

	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/task-forces/sensorik-klima?meldung=angelegt"));
	CHECK_STR(
	    text_of("SELECT name || '|' || goal || '|' || starts_on || '|' || ends_on || '|' ||"
		    " status || '|' || budget || '|' || link_url FROM task_force WHERE id = 3"),
	    S("Sensorik & Klima|Sensoren\nfür alle|2027-02-01|2028-02-29|planned|12000000|"
	      "https://raum.example/klima?a=1&b=2"));
	CHECK_STR(text_of("SELECT municipalities || '|' || lead_id FROM task_force_version"
			  " WHERE task_force_id = 3 AND version = 1"),
		  S("3 1|8"));
	CHECK_INT(count_of("SELECT count(*) FROM task_force_municipality WHERE task_force_id = 3"
			   " AND (municipality_id = 3) = (role = 'lead')"),
		  2);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'task_force.create'"
			   " AND object = 'task_force/3' AND actor_id = 1"),
		  1);
	a = get_as(ANNA, "/task-forces/sensorik-klima");
	CHECK(shows(&a, "Sensorik &amp; Klima"));
	CHECK(shows(&a, "02/2027 – 02/2028"));
	CHECK(shows(&a, "Heidi Hasel, Bergstedt"));
	CHECK(shows(&a, "a=1&amp;b=2"));
	CHECK(shows(&a, "Die Task Force hat noch nicht begonnen."));
}

TEST(slugs_are_unique_and_never_words_of_our_own)
{
	fixtures();
	CHECK_STR(post_new("name", S("Neu")).location, S("/task-forces/neu-2?meldung=angelegt"));
	CHECK_STR(post_new("name", S("☂")).location, S("/task-forces/task-force?meldung=angelegt"));
	CHECK_STR(post_new("name", S("☀")).location,
		  S("/task-forces/task-force-2?meldung=angelegt"));
	run_sql("UPDATE task_force SET name = 'Umbenannt', sort_key = 'umbenannt' WHERE id = 2");
	CHECK_STR(post_new("name", S("Stadt-App")).location,
		  S("/task-forces/stadt-app-2?meldung=angelegt"));
	struct answer a = post_new("name", repeated("ä", 80));
	CHECK_INT(a.status, 303);
	CHECK_INT(get_as(ANNA, arena_cstr(test_arena, a.location)).status, 200);
}

TEST(each_mistake_is_named_at_its_field)
{
	static const struct {
		const char *field, *value, *message;
	} wrong[] = {
	    {"name", "  ", "Gib der Task Force einen Namen."},
	    {"name", "zwei\nZeilen", "Schreibe alles in eine Zeile."},
	    {"name", "DATENINVENTUR", "Eine Task Force heißt schon so."},
	    {"ziel", "", "Beschreibe das Ziel in einem Satz."},
	    {"beginn", "13/2027", "Gib Monat und Jahr an, zum Beispiel 03/2027."},
	    {"beginn", "bald", "Gib Monat und Jahr an"},
	    {"ende", "29.02.2027", "Gib Monat und Jahr an"},
	    {"ende", "12/2026", "Das Ende liegt vor dem Beginn."},
	    {"pruefung", "31.12.2026", "Die Prüfung liegt vor dem Beginn."},
	    {"pruefung", "03/2027", "Gib ein Datum an, zum Beispiel 31.03.2027."},
	    {"status", "", "Wähle eine der Möglichkeiten."},
	    {"status", "done", "Wähle eine der Möglichkeiten."},
	    {"budget", "", "Gib einen Betrag in Euro an"},
	    {"beginn", "", "Gib Monat und Jahr an"},
	    {"budget", "12.34", "Gib einen Betrag in Euro an, zum Beispiel 12.345,67."},
	    {"budget", "-5", "Gib einen Betrag ohne Minuszeichen an."},
	    {"budget", "999.999.999,01", "Gib höchstens 999.999.999 Euro an."},
	    {"kommunen", "99", "Wähle eine der Möglichkeiten."},
	    {"kommunen", "5", "Wähle eine der Möglichkeiten."},
	    {"kommunen", "99999999999999999999", "Wähle eine der Möglichkeiten."},
	    {"federfuehrung", "2", "Kreuze diese Kommune oben auch als beteiligt an."},
	    {"federfuehrung", "x", "Gib eine ganze Zahl an."},
	    {"leitung", "6", "Wähle eine der Möglichkeiten."},
	    {"leitung", "99", "Wähle eine der Möglichkeiten."},
	    {"stackfield", "http://raum.example/", "Gib eine Adresse an, die mit https://"},
	    {"stackfield", "https://ben:geheim@raum.example/",
	     "Gib eine Adresse an, die mit https://"},
	    {"stackfield", "javascript:alert(1)", "Gib eine Adresse an, die mit https://"},
	};

	fixtures();
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct answer a = post_new(wrong[i].field, str_of(wrong[i].value));
		struct str link = arena_fmt(test_arena, "<a href=\"#%s\"><b>", wrong[i].field),
			   says = arena_fmt(test_arena, "</b> %s", wrong[i].message);
		if (a.status != 422 || !shows(&a, arena_cstr(test_arena, says)))
			print_error("%s=%s: %d\n", wrong[i].field, wrong[i].value, a.status);
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, arena_cstr(test_arena, says)));
		CHECK(shows(&a, arena_cstr(test_arena, link)));
		CHECK(shows(&a, "<title>Fehler: Task Force anlegen"));
		CHECK_INT(times(&a, "<li><a href=\"#"), 1);
		CHECK(shows(&a, arena_cstr(test_arena,
					   arena_fmt(test_arena, "id=\"%s\"", wrong[i].field))));
		CHECK(shows(&a, arena_cstr(test_arena, arena_fmt(test_arena, "id=\"%s-fehler\"",
								 wrong[i].field))));
	}
	CHECK_INT(count_of(COUNT), 2);
}

TEST(without_an_end_there_must_be_a_day_of_review)
{
	fixtures();
	struct answer a = post_new("ende", S(""));

	CHECK_INT(a.status, 422);
	CHECK(summary_says(&a, "pruefung", "Prüfung am:", "Ohne Ende braucht es einen Tag"));
	CHECK(shows(&a, "id=\"pruefung-fehler\""));
}

TEST(without_any_municipality_nothing_is_created)
{
	fixtures();
	struct answer a = post_as(ANNA, NEW, S("name=X&ziel=Y"));

	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Kreuze mindestens eine Kommune an."));
	CHECK(shows(&a, "Fünf Angaben passen noch nicht"));
	CHECK(shows(&a, "value=\"X\""));
}

TEST(what_was_typed_stays_after_a_mistake)
{
	fixtures();
	struct answer a = post_as(
	    ANNA, NEW,
	    FORM(FIELD("name", "Klima"), FIELD("ziel", "Erste Zeile\nZweite"), FIELD("beginn", "x"),
		 FIELD("ende", "05/2028"), FIELD("pruefung", ""), FIELD("status", "paused"),
		 FIELD("budget", "22.100 €"), FIELD("kommunen", "4"), FIELD("kommunen", "2"),
		 FIELD("federfuehrung", "4"), FIELD("leitung", "9"),
		 FIELD("stackfield", "https://a.example")));

	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "value=\"Klima\""));
	CHECK(shows(&a, ">Erste Zeile\nZweite</textarea>"));
	CHECK(shows(&a, "value=\"x\""));
	CHECK(shows(&a, "value=\"05/2028\""));
	CHECK(shows(&a, "<option value=\"paused\" selected>"));
	CHECK(shows(&a, "value=\"22.100 €\""));
	CHECK_INT(times(&a, "\" checked>"), 2);
	CHECK_INT(times(&a, "<option value=\"4\" selected>Seefeld"), 1);
	CHECK(shows(&a, "<option value=\"9\" selected>Ivo Iris, Seefeld"));
	CHECK(shows(&a, "value=\"https://a.example\""));
}

TEST(lengths_are_counted_in_characters)
{
	fixtures();
	CHECK_INT(post_new("name", repeated("🌳", 80)).status, 303);
	CHECK_INT(post_new("name", repeated("🌳", 81)).status, 422);
	CHECK_INT(post_new("ziel", repeated("ø", 2001)).status, 422);
	struct answer a = post_new("ziel", repeated("ø", 2000));
	CHECK_INT(a.status, 303);
	a = get_as(ANNA, arena_cstr(test_arena, a.location));
	CHECK_INT(times(&a, "ø"), 2000);
}

TEST(markup_and_strange_scripts_are_only_text)
{
	fixtures();
	struct str nasty = S("<script>alert(1)</script>\"'& {{NAME}} \u202E\u200Fעברית 🦔");
	CHECK_INT(post_new("name", nasty).status, 303);
	run_sql("UPDATE task_force SET goal = name, link_url = 'https://raum.example/\"><script>'"
		" WHERE id = 3");
	struct str slug = text_of("SELECT slug FROM task_force WHERE id = 3");
	static const char *const pages[] = {"",        "/bearbeiten", "/beenden",
					    "/fragen", "/stand",      "/buchungen"};
	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		struct answer a =
		    get_as(ANNA, arena_cstr(test_arena, arena_fmt(test_arena, "/task-forces/%.*s%s",
								  ARG(slug), pages[i])));
		CHECK_INT(a.status, 200);
		CHECK(!shows(&a, "<script"));
		CHECK(shows(&a, "&lt;script&gt;alert(1)"));
		CHECK(shows(&a, "{{NAME}} \u202E\u200Fעברית 🦔"));
	}
}

TEST(creating_is_for_the_pmo)
{
	fixtures();
	for (int64_t person = BEN; person < PERSON_END; person++) {
		CHECK_INT(get_as(person, NEW).status, 403);
		CHECK_INT(post_as(person, NEW, new_form()).status, 403);
	}
	CHECK_INT(count_of(COUNT), 2);
}

TEST(creating_stands_bad_requests_double_clicks_and_failures)
{
	fixtures();
	check_refusals(ANNA, NEW, new_form(), COUNT);
	check_failures(ANNA, NEW, new_form(),
		       "SELECT (SELECT count(*) FROM task_force)"
		       " + (SELECT count(*) FROM task_force_version) + (SELECT count(*) FROM audit)"
		       " + (SELECT count(*) FROM task_force_municipality)");
	fixtures();
	check_once(ANNA, NEW, new_form(), COUNT);
}

TESTS_MAIN
