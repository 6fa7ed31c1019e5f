/* overview_wish_test.c -- filter, order, pages and export of the table of all task forces. */
#include "overview_world.h"

/* One red, two yellows, one grey, both green, one at rest. */
static const char lights[] = NEW_TF(3, "Grau", "grau", "active", 3000)
    NEW_TF(4, "Grün", "grun", "planned", 4000) NEW_TF(5, "Ruhe", "ruhe", "paused", 5000)
	LIGHT(1, "2026-4", "content", "red") LIGHT(1, "2026-4", "resources", "green")
	    LIGHT(2, "2026-4", "content", "yellow") LIGHT(2, "2026-4", "resources", "yellow")
		LIGHT(3, "2026-4", "content", "green") LIGHT(4, "2026-4", "content", "green")
		    LIGHT(4, "2026-4", "resources", "green") LIGHT(5, "2026-4", "content", "red");

/* The names of the rows in their order: "Dateninventur,Stadt-App". */
static struct str names_of(const struct answer *a)
{
	struct buf b = {.arena = test_arena};
	struct str rest = a->body, mark = S("data-label=\"Task Force\"><a href=\"/task-forces/");

	for (size_t at; (at = str_find(rest, mark)) < rest.n;) {
		rest = str_from(rest, at);
		rest = str_from(rest, str_find(rest, S("\">")) + 2);
		rest = str_from(rest, str_find(rest, S("\">")) + 2);
		if (b.n > 0)
			buf_char(&b, ',');
		buf_add(&b, str_head(rest, str_find_char(rest, '<')));
	}
	return buf_str(&b);
}

static void check_rows(const char *query, const char *names)
{
	struct answer a =
	    get_as(DORA, arena_cstr(test_arena, arena_fmt(test_arena, "/task-forces%s", query)));

	CHECK_INT(a.status, 200);
	CHECK_STR(names_of(&a), str_of(names));
}

TEST(filters_leave_what_was_asked_for)
{
	begin(lights);
	check_rows("?sortierung=name", "Dateninventur,Grau,Grün,Stadt-App,Ruhe");
	check_rows("?ampel=kritisch", "Dateninventur");
	check_rows("?ampel=gefaehrdet", "Dateninventur,Stadt-App");
	run_sql(LIGHT(3, "2026-4", "resources", "yellow"));
	check_rows("?ampel=gefaehrdet&richtung=auf", "Grau,Stadt-App,Dateninventur");
	run_sql(LIGHT(3, "2026-4", "resources", "grey"));
	check_rows("?ampel=im-plan", "Grün");
	check_rows("?ampel=nicht-bewertet", "Grau");
	check_rows("?laufzeit=laeuft", "Dateninventur,Stadt-App,Grau");
	check_rows("?laufzeit=geplant", "Grün");
	check_rows("?laufzeit=pausiert", "Ruhe");
	check_rows("?laufzeit=abgeschlossen", "");
	check_rows("?kommune=bergstedt", "Dateninventur");
	check_rows("?kommune=lindheim&ampel=gefaehrdet&laufzeit=laeuft", "Dateninventur,Stadt-App");
	check_rows("?kommune=seefeld", "");
	run_sql(
	    "UPDATE task_force_municipality SET until = '2026-01-01' WHERE municipality_id = 3");
	check_rows("?kommune=bergstedt", "");
}

TEST(sums_are_those_of_what_is_shown)
{
	begin(lights);
	struct answer a = get_as(DORA, "/task-forces?laufzeit=laeuft");
	CHECK(shows(&a, "Summe: 3 Task Forces"));
	CHECK(shows(&a, "von 325.030\u00a0€"));
	a = get_as(DORA, "/task-forces?ampel=kritisch");
	CHECK(shows(&a, "Summe: 1 Task Force<") && shows(&a, "br>von 85.000\u00a0€"));
	a = get_as(DORA, "/task-forces?laufzeit=geplant");
	CHECK(shows(&a, "Summe: 1 Task Force<"));
	CHECK(shows(&a, "von 40\u00a0€ (0\u00a0%)"));
}

TEST(each_order_goes_both_ways)
{
	begin(lights);
	run_sql(ASKED(4, "open", "a") ASKED(4, "open", "b") ASKED(3, "open", "c"));
	run_sql("UPDATE task_force SET starts_on = '2024-01-01' WHERE id = 4;"
		"UPDATE task_force SET starts_on = '2024-01-02' WHERE id = 3;");
	check_rows("", "Dateninventur,Stadt-App,Grau,Grün,Ruhe");
	check_rows("?richtung=auf", "Grün,Grau,Stadt-App,Dateninventur,Ruhe");
	check_rows("?sortierung=name", "Dateninventur,Grau,Grün,Stadt-App,Ruhe");
	check_rows("?sortierung=name&richtung=ab", "Stadt-App,Grün,Grau,Dateninventur,Ruhe");
	check_rows("?sortierung=budget", "Stadt-App,Dateninventur,Grün,Grau,Ruhe");
	check_rows("?sortierung=budget&richtung=auf", "Grau,Grün,Dateninventur,Stadt-App,Ruhe");
	check_rows("?sortierung=zeitraum", "Grün,Grau,Stadt-App,Dateninventur,Ruhe");
	check_rows("?sortierung=zeitraum&richtung=ab", "Dateninventur,Stadt-App,Grau,Grün,Ruhe");
	check_rows("?sortierung=offen", "Grün,Grau,Dateninventur,Stadt-App,Ruhe");
	check_rows("?sortierung=offen&richtung=auf", "Dateninventur,Stadt-App,Grau,Grün,Ruhe");
}

TEST(names_are_sorted_as_in_a_german_dictionary)
{
	begin("DELETE FROM task_force_member; DELETE FROM task_force_municipality;"
	      "DELETE FROM task_force_version; DELETE FROM task_force;" NEW_TF(
		  1, "Zug", "zug", "active", 1) NEW_TF(2, "Öffnung", "offnung", "active", 1)
		  NEW_TF(3, "Ofen", "ofen", "active", 1) NEW_TF(4, "äpfel", "apfel", "active", 1)
		      NEW_TF(5, "Bank", "bank", "active", 1));
	check_rows("?sortierung=name", "äpfel,Bank,Ofen,Öffnung,Zug");
}

TEST(links_in_the_header_keep_the_filter_and_turn_the_order)
{
	begin("");
	struct answer a =
	    get_as(DORA, "/task-forces?kommune=auental&ampel=nicht-bewertet&laufzeit=laeuft"
			 "&sortierung=budget&seite=1");
	const char *kept =
	    "/task-forces?kommune=auental&amp;ampel=nicht-bewertet&amp;laufzeit=laeuft";
	CHECK_INT(times(&a, "aria-sort"), 1);
	CHECK(shows(&a, "aria-sort=\"descending\"><a href=\"/task-forces?kommune=auental&amp;"
			"ampel=nicht-bewertet&amp;laufzeit=laeuft&amp;sortierung=budget&amp;"
			"richtung=auf\">"));
	CHECK_INT(times(&a, kept), 5);
	CHECK(shows(&a, "<option value=\"auental\" selected>Auental</option>"));
	CHECK(shows(&a, "<option value=\"nicht-bewertet\" selected>"));
	CHECK(shows(&a, "<option value=\"laeuft\" selected>"));
	CHECK(shows(&a, "name=\"sortierung\" value=\"budget\""));
	CHECK(shows(&a, "href=\"/task-forces.csv?kommune=auental&amp;"));
	CHECK(!shows(&a, "rderbank</option>"));
	a = get_as(DORA, "/task-forces?sortierung=name");
	CHECK(shows(&a, "aria-sort=\"ascending\"><a href=\"/task-forces?sortierung=name&amp;"
			"richtung=ab\">"));
}

TEST(unknown_words_in_the_address_are_ignored)
{
	static const char *const odd[] = {"?kommune=nirgendwo",
					  "?ampel=rot&laufzeit=ewig&sortierung=id",
					  "?sortierung=name%27--&richtung=quer&seite=-1",
					  "?seite=99999999999999999999",
					  "?seite=0&seite=7",
					  "?kommune=%3Cscript%3E",
					  "?unbekannt=1&ampel=&kommune=foerderbank",
					  "?seite=7"};

	begin("");
	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
		struct answer a = get_as(
		    DORA, arena_cstr(test_arena, arena_fmt(test_arena, "/task-forces%s", odd[i])));
		CHECK_INT(a.status, 200);
		CHECK_INT(times(&a, "scope=\"row\" data-label=\"Task Force\"><a"), 2);
		CHECK(!shows(&a, "<script>") && !shows(&a, "Keine Treffer"));
	}
	CHECK_INT(get_as(DORA, "/task-forces?ampel=%00").status, 400);
	CHECK_INT(get_as(DORA, "/task-forces?ampel=%ff").status, 400);
}

/* Fails the test when anything of the markup came through. */
#define EVIL "<i>\"&''<script>"
TEST(markup_in_every_field_stays_text)
{
	begin("UPDATE task_force SET name = '" EVIL "', goal = '" EVIL
	      "', link_url = 'https://raum.example/<i>\"&<script>' WHERE id = 1;"
	      "UPDATE person SET name = '" EVIL "' WHERE id = 2;"
	      "UPDATE municipality SET short = '" EVIL "' WHERE id IN (2);"
	      "UPDATE municipality SET short = 'B" EVIL
	      "' WHERE id IN (3);" ASKED(1, "open", EVIL));
	struct answer a = get_as(DORA, "/task-forces");
	CHECK_INT(a.status, 200);
	CHECK(!shows(&a, "<i>") && !shows(&a, "<script"));
	CHECK(times(&a, "&lt;i&gt;&quot;&amp;&#39;&lt;script&gt;") >= 6);
}

TEST(long_texts_are_cut_at_a_blank_and_lose_nothing)
{
	begin("");
	run_sql("UPDATE task_force SET goal = 'Anfang ' || replace(hex(zeroblob(1000)), '00', "
		"'öä ') || 'Schluss' WHERE id = 1");
	run_sql("UPDATE task_force SET goal = replace(hex(zeroblob(1000)), '00', '😀') "
		"WHERE id = 2");
	struct answer a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "<summary>mehr"), 2);
	CHECK_INT(times(&a, "öä"), 1000);
	CHECK_INT(times(&a, "😀"), 1000);
	CHECK(before(&a, "Anfang", "mehr") && before(&a, "mehr", "Schluss"));
	run_sql("UPDATE task_force SET goal = '\u202eABC \u200fאבג' WHERE id = 1");
	a = get_as(DORA, "/task-forces");
	CHECK(shows(&a, "\u202eABC \u200fאבג"));
}

static void add_many(int64_t n)
{
	run_sql(arena_cstr(
	    test_arena,
	    arena_fmt(test_arena,
		      "WITH RECURSIVE c (n) AS (SELECT 100 UNION ALL SELECT n + 1 FROM c WHERE n <"
		      " %d) INSERT INTO task_force (id, slug, name, sort_key, goal, starts_on,"
		      " ends_on, status, budget, updated_at) SELECT n, 'x-' || n, 'X' || n, 'x' ||"
		      " n, 'Ziel', '2026-01-01', '2026-12-31', 'active', 100, 1 FROM c",
		      99 + (int)n)));
}

TEST(two_hundred_rows_stand_on_one_page)
{
	begin("");
	add_many(198);
	struct answer a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "scope=\"row\" data-label=\"Task Force\"><a"), 200);
	CHECK(!shows(&a, "aria-label=\"Seiten\""));
	CHECK(shows(&a, "200 Task Forces, sortiert nach Ampel."));
}

TEST(more_rows_than_a_page_holds_are_paged_in_order)
{
	begin("");
	add_many(300);
	struct answer a = get_as(DORA, "/task-forces?sortierung=name&laufzeit=laeuft");
	CHECK_INT(times(&a, "scope=\"row\" data-label=\"Task Force\"><a"), 250);
	CHECK(shows(&a, "href=\"/task-forces?laufzeit=laeuft&amp;sortierung=name&amp;seite=2\""));
	CHECK(shows(&a, "Summe: 302 Task Forces"));
	a = get_as(DORA, "/task-forces?sortierung=name&laufzeit=laeuft&seite=2");
	CHECK_INT(times(&a, "scope=\"row\" data-label=\"Task Force\"><a"), 52);
	CHECK(
	    shows(&a, "href=\"/task-forces?laufzeit=laeuft&amp;sortierung=name\">Vorige 250</a>"));
	CHECK(shows(&a, "Summe: 302 Task Forces"));
	CHECK(!shows(&a, "seite=3"));
	CHECK(shows(&a, "X399"));
}

TEST(every_database_failure_is_an_error_page)
{
	int status = 0;

	begin("");
	int64_t before_calls = db_calls(test_db);
	(void)get_as(DORA, "/task-forces");
	int64_t calls = db_calls(test_db) - before_calls;
	for (int64_t n = 1; n <= calls; n++) {
		db_fail_after(test_db, n, E_INTERNAL);
		status = get_as(DORA, "/task-forces").status;
		db_fail_after(test_db, 0, OK);
		/* The end of a read transaction and the clock of the session may fail unseen. */
		CHECK(status == 500 || status == 200);
	}
	CHECK_INT(get_as(DORA, "/task-forces").status, 200);
}

/* --- the same as CSV --- */

TEST(the_export_is_what_a_german_spreadsheet_reads)
{
	begin(ASKED(1, "open", "Erste?") ASKED(1, "open", "Zweite; mit \"Zeichen\"?")
		  BOOKED(1, 1, "draw", 2210050, NULL, NULL));
	struct answer a = get_as(DORA, "/task-forces.csv?sortierung=name");
	CHECK_STR(a.content_type, S("text/csv; charset=utf-8"));
	CHECK_STR(header_of(&a, "Content-Disposition"),
		  S("attachment; filename=\"task-forces-2026-11-20.csv\""));
	CHECK(str_starts(
	    a.body, S("\xef\xbb\xbfTask Force;Ziel;Beginn;Ende;Prüfung;Status;Budget;abgerufen;"
		      "Kommunen;Zu klären;Link zu Stackfield;Kürzel;Leitung;Ampel Inhalt;"
		      "Ampel Mittel;Stand vom\r\n")));
	CHECK(shows(&a, "\r\nDateninventur;Alle kennen ihre Daten.;01.09.2025;31.03.2027;;läuft;"
			"85000,00;22100,50;\"Auental, Bergstedt, Lindheim\";"
			"\"Erste?\nZweite; mit \"\"Zeichen\"\"?\";https://raum.example/daten;"
			"dateninventur;Ben Birke;nicht bewertet;nicht bewertet;"));
	CHECK_INT(times(&a, "\r\n"), 3);
}

TEST(the_export_follows_filter_and_order)
{
	begin(lights);
	struct answer a = get_as(DORA, "/task-forces.csv?ampel=gefaehrdet&richtung=auf&seite=3");
	CHECK_INT(times(&a, "\r\n"), 3);
	CHECK(before(&a, "\nStadt-App;", "\nDateninventur;"));
	add_many(300);
	a = get_as(DORA, "/task-forces.csv");
	CHECK_INT(times(&a, "\r\n"), 306);
}

TEST(no_exported_text_is_a_formula)
{
	begin("UPDATE task_force SET name = '=1+1', goal = '@SUMME(A1)' WHERE id = 1;"
	      "UPDATE person SET name = '+49' WHERE id = 2;"
	      "UPDATE municipality SET short = '-Stadt' WHERE id = 2;" ASKED(1, "open", "=Frage?"));
	struct answer a = get_as(DORA, "/task-forces.csv");
	CHECK(shows(&a, "\n'=1+1;'@SUMME(A1);"));
	CHECK(shows(&a, ";'+49;"));
	CHECK(shows(&a, ";\"'-Stadt, "));
	CHECK(shows(&a, ";'=Frage?;"));
}

TESTS_MAIN
