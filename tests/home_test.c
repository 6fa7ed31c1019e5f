/* home_test.c -- the start page, the operator's pages, errors, and the frame around all. */
#include "fixtures.h"

TEST(home_greets_and_counts_what_waits)
{
	fixtures();
	run_sql("INSERT INTO open_question (scope, task_force_id, text, asked_at, goes_to, state)"
		" VALUES ('task_force', 1, 'Wer zahlt?', 1795000000, 'pmo', 'open'),"
		" ('task_force', 1, 'Erledigt?', 1795000000, 'pmo', 'parked'),"
		" ('task_force', 1, 'Nur fuer uns?', 1795000000, 'task_force', 'open')");
	struct answer anna = get_as(ANNA, "/");
	CHECK_INT(anna.status, 200);
	CHECK(shows(&anna, "Hallo Anna Ahorn") && shows(&anna, "Freitag, der 20."));
	CHECK(shows(&anna, "Wer zahlt?") && !shows(&anna, "Erledigt?"));
	CHECK(!shows(&anna, "Nur fuer uns?"));
	/* Two task forces without lights are one thing to do for the PMO. */
	CHECK(shows(&anna, "2 Task Forces haben") && shows(&anna, "2 Dinge warten auf dich."));
	CHECK(shows(&anna, "class=\"hs-plakette\">2<"));
	struct answer ben = get_as(BEN, "/");
	CHECK(shows(&ben, "Nur fuer uns?") && shows(&ben, "Stand melden: Dateninventur"));
	CHECK(shows(&ben, "noch 25 Tage") && !shows(&ben, "Wer zahlt?"));
	CHECK(shows(&ben, "Du leitest"));
}

TEST(home_shows_nothing_to_do_as_such)
{
	fixtures();
	struct answer a = get_as(DORA, "/");
	CHECK(shows(&a, "Gerade wartet nichts auf dich.") && !shows(&a, "hs-plakette"));
	CHECK_INT(times(&a, "<ul class=\"kern-task-list__list\">"), 0);
}

TEST(home_forgets_a_light_once_both_are_set)
{
	fixtures();
	run_sql("INSERT INTO assessment (task_force_id, quarter, dimension, proposed, colour, at)"
		" VALUES (1, '2026-4', 'content', 'grey', 'green', 1)");
	struct answer one = get_as(BEN, "/");
	CHECK(shows(&one, "Stand melden: Dateninventur"));
	run_sql("INSERT INTO assessment (task_force_id, quarter, dimension, proposed, colour, at)"
		" VALUES (1, '2026-4', 'resources', 'grey', 'red', 1)");
	struct answer both = get_as(BEN, "/");
	CHECK(!shows(&both, "Stand melden: Dateninventur") && shows(&both, "kritisch"));
}

TEST(home_tells_overdue_questions_apart)
{
	fixtures();
	run_sql(
	    "INSERT INTO open_question (scope, task_force_id, text, asked_at, goes_to, due_on,"
	    " state) VALUES ('task_force', 1, 'Spaet', 1795000000, 'pmo', '2026-11-19', 'open'),"
	    " ('task_force', 1, 'Heute', 1795000000, 'pmo', '2026-11-20', 'open'),"
	    " ('task_force', 1, 'Morgen', 1795000000, 'pmo', '2026-11-21', 'open')");
	struct answer a = get_as(ANNA, "/");
	CHECK(shows(&a, "seit 1 Tag überfällig") && shows(&a, ">heute<"));
	CHECK(shows(&a, "noch ein Tag"));
	CHECK_INT(times(&a, "kern-badge--warning"), 3);
}

TEST(home_counts_all_and_lists_the_first_fifty)
{
	fixtures();
	run_sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 80)"
		" INSERT INTO open_question (scope, task_force_id, text, asked_at, goes_to, state)"
		" SELECT 'task_force', 1, 'Frage ' || i, i, 'pmo', 'open' FROM n");
	struct answer a = get_as(ANNA, "/");
	CHECK(shows(&a, "81 Dinge warten auf dich.") && shows(&a, "und 31 weitere"));
	CHECK_INT(times(&a, "kern-task-list__item\""), 50);
}

TEST(errors_offer_only_ways_that_are_open)
{
	fixtures();
	struct answer funder = get_as(FINN, "/gibt-es-nicht"), reader = get_as(DORA, "/x");
	CHECK(!shows(&funder, "href=\"/task-forces\"") && shows(&funder, "Deine Übersicht"));
	CHECK(shows(&reader, "href=\"/task-forces\""));
}

TEST(home_escapes_what_people_typed)
{
	fixtures();
	run_sql("INSERT INTO open_question (scope, task_force_id, text, asked_at, goes_to, state)"
		" VALUES ('task_force', 1, '<script>alert(1)</script>\"', 1, 'pmo', 'open')");
	run_sql("UPDATE person SET name = '<b>Anna' WHERE id = 1");
	struct answer a = get_as(ANNA, "/");
	CHECK(!shows(&a, "<script>alert") && !shows(&a, "<b>Anna"));
	CHECK(shows(&a, "&lt;b&gt;Anna"));
}

TEST(home_has_no_project_for_technicians_and_funders)
{
	fixtures();
	struct answer emil = get_as(EMIL, "/"), finn = get_as(FINN, "/");
	CHECK_INT(emil.status, 200);
	CHECK(shows(&emil, "siehst du hier noch nichts") && !shows(&emil, "href=\"/task-forces\""));
	CHECK(shows(&finn, "siehst du hier noch nichts"));
}

TEST(home_sends_guests_to_the_login_and_back)
{
	fixtures();
	struct answer a = get_as(NOBODY, "/task-forces?ampel=rot&x=%C3%A4");
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/anmelden?weiter=%2Ftask-forces%3Fampel%3Drot%26x%3D%25C3%25A4"));
}

TEST(pages_of_the_operator_are_open_to_all_and_rendered)
{
	static const char *const paths[] = {"/impressum", "/datenschutz", "/barrierefreiheit",
					    "/leichte-sprache", "/hilfe"};
	fixtures();
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		struct answer a = get_as(NOBODY, paths[i]);
		CHECK_INT(a.status, 200);
		CHECK_INT(times(&a, "<h1>"), 1);
		CHECK(times(&a, "<h2") > 0);
	}
	test_app.config.pages = S("/nonexistent");
	struct answer empty = get_as(NOBODY, "/impressum");
	CHECK_INT(empty.status, 200);
	CHECK(shows(&empty, "impressum.md"));
}

TEST(health_answers_ok_and_503_without_a_database)
{
	fixtures();
	struct answer a = get_as(NOBODY, "/healthz");
	CHECK_INT(a.status, 200);
	CHECK_STR(a.body, S("ok\n"));
	db_fail_after(test_db, 2, E_UNAVAILABLE);
	a = get_as(NOBODY, "/healthz");
	db_fail_after(test_db, 0, OK);
	CHECK_INT(a.status, 503);
	CHECK_STR(header_of(&a, "Retry-After"), S("10"));
}

TEST(errors_have_a_page_with_an_id_and_a_way_on)
{
	fixtures();
	struct answer a = get_as(ANNA, "/gibt-es-nicht");
	CHECK_INT(a.status, 404);
	CHECK(shows(&a, "Diese Seite gibt es hier nicht") && shows(&a, "Fehler 404"));
	CHECK(shows(&a, "Deine Übersicht") && shows(&a, "Kennung "));
	struct answer guest = get_as(NOBODY, "/gibt-es-nicht");
	CHECK(!shows(&guest, "Deine Übersicht"));
	CHECK_INT(get_as(ANNA, "/hilfe/").status, 404);
	CHECK_INT(post_as(ANNA, "/hilfe", S("")).status, 405);
}

TEST(errors_of_ours_show_no_menu_and_need_no_database)
{
	fixtures();
	for (int n = 1; n < 60; n++) {
		db_fail_after(test_db, n, E_INTERNAL);
		struct answer a = get_as(ANNA, "/");
		db_fail_after(test_db, 0, OK);
		if (a.status == 200) {
			CHECK(n > 5);
			return;
		}
		CHECK_INT(a.status, 500);
		CHECK(shows(&a, "Bei uns ist etwas schiefgegangen"));
		CHECK(!shows(&a, "Hauptnavigation"));
	}
	CHECK(false);
}

TEST(every_page_is_private_and_its_tokens_differ)
{
	fixtures();
	struct answer a = get_as(ANNA, "/hilfe"), b = get_as(ANNA, "/hilfe");
	CHECK_STR(header_of(&a, "Cache-Control"), S("private, no-cache"));
	CHECK(!str_eq(a.body, b.body));
	CHECK_STR(a.content_type, S("text/html; charset=utf-8"));
}

TEST(done_messages_come_from_the_table_only)
{
	fixtures();
	struct answer known = get_as(ANNA, "/?meldung=gespeichert");
	CHECK(shows(&known, "Gespeichert.") && shows(&known, "role=\"status\""));
	struct answer unknown = get_as(ANNA, "/?meldung=%3Cb%3E");
	CHECK(!shows(&unknown, "hs-meldung--oben"));
}

TEST(head_is_answered_like_get)
{
	fixtures();
	struct answer a = post_raw(
	    (struct http_input){.method = S("HEAD"), .uri = S("/"), .cookie = cookie_of(ANNA)});
	CHECK_INT(a.status, 200);
}

TEST(whoever_sees_nothing_of_the_project_is_told_where_to_go)
{
	fixtures();
	struct answer a = get_as(EMIL, "/");
	CHECK(shows(&a, "href=\"/oeffentlich/handbuch\">Öffentliches Handbuch lesen"));
	CHECK(shows(&a, "href=\"/kommunen\">Kommunen und ihre Personenverwaltung"));
	CHECK(shows(&a, "href=\"/aufbewahrung\""));
	a = get_as(FINN, "/");
	CHECK(shows(&a, "Öffentliches Handbuch lesen") && !shows(&a, "/aufbewahrung"));
	/* Nor does the help lead where they may not go. */
	static const char *const closed[] = {"\"/register\"", "\"/register/zeugen\"",
					     "\"/sitzungen/regeln\"",
					     "\"/entscheidungen/umsetzung\""};
	struct answer outside = get_as(EMIL, "/hilfe");
	CHECK(shows(&outside, "Regeln des Steuerungskreises"));
	for (size_t i = 0; i < 4; i++)
		CHECK(!shows(&outside, closed[i]));
	struct answer inside = get_as(ANNA, "/hilfe");
	for (size_t i = 0; i < 4; i++)
		CHECK(shows(&inside, closed[i]));
}

TESTS_MAIN
