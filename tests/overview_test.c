/* overview_test.c -- the table of all task forces: what stands in it. */
#include "overview_world.h"

TEST(the_table_shows_the_seven_columns_of_the_handbook)
{
	static const char *const columns[] = {"Task Force</a>",         "Ziel</th>",
					      "Zeitraum</a>",           "Budget/<wbr>abgerufen</a>",
					      "Kommunen</th>",          "Zu klären</a>",
					      "Link zu Stackfield</th>"};

	begin("");
	struct answer a = get_as(DORA, "/task-forces");
	CHECK_INT(a.status, 200);
	for (size_t i = 0; i < 7; i++)
		CHECK(shows(&a, columns[i]));
	CHECK(shows(&a, "<a href=\"/task-forces/dateninventur\">Dateninventur</a>"));
	CHECK(shows(&a, "Alle kennen ihre Daten."));
	CHECK(shows(&a, "09/2025 – 03/2027"));
	CHECK(shows(&a, "<b>Auental</b>, Bergstedt, Lindheim"));
	CHECK(shows(&a, "Leitung: Ben Birke"));
	CHECK(shows(&a, "href=\"https://raum.example/daten\""));
	CHECK(shows(&a, "fehlt"));
	CHECK(shows(&a, "<body class=\"hs-quer\">"));
}

TEST(who_may_see_the_project_sees_the_table)
{
	begin("");
	for (int64_t person = ANNA; person < PERSON_END; person++) {
		bool outside = person == EMIL || person == FINN;
		CHECK_INT(get_as(person, "/task-forces").status, outside ? 403 : 200);
		CHECK_INT(get_as(person, "/task-forces.csv").status, outside ? 403 : 200);
	}
	CHECK_INT(get_as(NOBODY, "/task-forces").status, 303);
	CHECK_INT(get_as(NOBODY, "/task-forces.csv").status, 303);
}

TEST(only_the_office_is_offered_to_create_one)
{
	begin("");
	struct answer anna = get_as(ANNA, "/task-forces"), ben = get_as(BEN, "/task-forces");
	CHECK(shows(&anna, "href=\"/task-forces/neu\""));
	CHECK(!shows(&ben, "href=\"/task-forces/neu\""));
}

TEST(an_empty_table_says_what_comes_next)
{
	begin("DELETE FROM task_force_member; DELETE FROM task_force_municipality;"
	      "DELETE FROM task_force_version; DELETE FROM task_force;");
	struct answer anna = get_as(ANNA, "/task-forces"), ben = get_as(DORA, "/task-forces");
	CHECK(shows(&anna, "Lege die erste Task Force an."));
	CHECK(shows(&ben, "Das Projektbüro legt die erste Task Force an."));
	CHECK(!shows(&anna, "<table") && !shows(&anna, "<form class=\"hs-filter"));
	CHECK(shows(&anna, "hs-leer"));
	anna = get_as(ANNA, "/task-forces?ampel=kritisch&sortierung=name");
	CHECK(shows(&anna, "Keine Treffer."));
	CHECK(shows(&anna, "<a href=\"/task-forces?sortierung=name\">Filter zurücksetzen.</a>"));
}

TEST(a_task_force_without_lead_or_municipality_says_so)
{
	begin("UPDATE task_force_member SET until = '2026-01-01' WHERE role = 'lead' AND"
	      " task_force_id = 1; UPDATE task_force_municipality SET until = '2026-01-01'"
	      " WHERE task_force_id = 1 AND role = 'lead';"
	      "UPDATE task_force_municipality SET role = 'reuse' WHERE municipality_id = 3;");
	struct answer a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "Leitung offen"), 1);
	CHECK(shows(&a, ">Lindheim, Bergstedt (Nachnutzung)</td>"));
}

TEST(the_newest_light_of_this_quarter_counts)
{
	begin(LIGHT(1, "2026-3", "content", "red") LIGHT(1, "2026-4", "content", "green")
		  LIGHT(1, "2026-4", "content", "yellow") LIGHT(2, "2026-3", "resources", "red")
		      LIGHT(2, "2027-1", "content", "red"));
	struct answer a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "#zeichen-red"), 0);
	CHECK_INT(times(&a, "#zeichen-green"), 0);
	CHECK_INT(times(&a, "#zeichen-yellow"), 1);
	CHECK_INT(times(&a, "#zeichen-grey"), 3);
	CHECK_INT(times(&a, "</svg> nicht bewertet</dd>"), 3);
	CHECK(shows(&a, "Quartal 4/2026"));
}

TEST(a_new_quarter_starts_grey)
{
	begin(LIGHT(1, "2026-4", "content", "green"));
	/* Midnight in Berlin is 23:00 UTC. */
	clock_set(1798757999);
	run_sql("UPDATE session SET last_at = 1798757999, ends_at = 1798757999 + 9999");
	struct answer a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "#zeichen-green"), 1);
	clock_set(1798758000);
	a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "#zeichen-green"), 0);
	CHECK(shows(&a, "Quartal 1/2027"));
}

TEST(task_forces_at_rest_stand_apart_with_their_last_state)
{
	begin(NEW_TF(3, "Alt", "alt", "done", 100) NEW_TF(4, "Pause", "pause", "paused", 100)
		  NEW_TF(5, "Ende", "ende", "cancelled", 100)
		      LIGHT(4, "2026-1", "content", "yellow") LIGHT(4, "2026-2", "content", "red")
			  LIGHT(3, "2026-2", "content", "red"));
	struct answer a = get_as(DORA, "/task-forces?sortierung=name");
	CHECK(before(&a, ">Stadt-App</a>", "Pausiert, abgeschlossen oder abgebrochen"));
	CHECK(before(&a, "Pausiert, abgeschlossen oder abgebrochen", ">Alt</a>"));
	CHECK(before(&a, ">Alt</a>", ">Ende</a>") && before(&a, ">Ende</a>", ">Pause</a>"));
	CHECK_INT(times(&a, "#zeichen-red"), 1);
	CHECK_INT(times(&a, "#zeichen-done"), 2);
	CHECK(shows(&a, "</svg> abgeschlossen</dd>"));
	CHECK(shows(&a, ">pausiert</span>") && shows(&a, ">abgebrochen</span>"));
	CHECK(shows(&a, "Summe: 5 Task Forces"));
}

TEST(drawn_money_is_draws_with_their_corrections)
{
	begin(BOOKED(1, 1, "draw", 100000, NULL, NULL) BOOKED(2, 1, "draw", 500000, NULL, NULL)
		  BOOKED(3, 1, "correction", -20000, 2, NULL) BOOKED(
		      4, 1, "expense", 7700, NULL, NULL) BOOKED(5, 1, "correction", 1100, 4, NULL)
		      BOOKED(6, 1, "draw", 999, NULL, 5) BOOKED(7, 1, "correction", 333, 6, NULL)
			  BOOKED(8, 2, "draw", 1, NULL, NULL)
			      BOOKED(9, 1, "correction", 4400, 2, 5));
	struct answer a = get_as(DORA, "/task-forces");
	CHECK(shows(&a, "<b class=\"hs-zahl\">5.800\u00a0€</b>"));
	CHECK(shows(&a, "von 85.000\u00a0€ (6\u00a0%)"));
	CHECK(shows(&a, "<b class=\"hs-zahl\">0,01\u00a0€</b>"));
	CHECK(shows(&a, "<span class=\"hs-zahl\">5.800,01\u00a0€</span>"
			"<br>von 325.000\u00a0€ (1\u00a0%)"));
}

TEST(a_budget_of_zero_has_no_share_and_an_overdrawn_one_fills_the_bar)
{
	begin("UPDATE task_force SET budget = 0 WHERE id = 1;"
	      "UPDATE task_force SET budget = 100 WHERE id = 2;" BOOKED(1, 1, "draw", 5, NULL, NULL)
		  BOOKED(2, 2, "draw", 250, NULL, NULL));
	struct answer a = get_as(DORA, "/task-forces");
	CHECK(shows(&a, "von 0\u00a0€ (–)"));
	CHECK(shows(&a, "von 1\u00a0€ (250\u00a0%)"));
	CHECK_INT(times(&a, "class=\"b-wert\" width=\"100%\""), 1);
	CHECK_INT(times(&a, "class=\"b-wert\" width=\"0%\""), 1);
}

TEST(the_bar_marks_the_time_that_has_passed)
{
	begin("UPDATE task_force SET starts_on = '2026-11-01', ends_on = '2026-11-30' WHERE id = 1;"
	      "UPDATE task_force SET ends_on = NULL, review_on = '2027-05-06' WHERE id = 2;" NEW_TF(
		  3, "Bald", "bald", "planned", 1)
		  NEW_TF(4, "Vorbei", "vorbei", "active",
			 1) "UPDATE task_force SET starts_on = '2027-01-01', ends_on = "
			    "'2027-02-01' WHERE id = 3;"
			    "UPDATE task_force SET ends_on = '2026-11-19' WHERE id = 4;");
	struct answer a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "b-strich"), 3);
	CHECK(shows(&a, "x1=\"66%\"")); /* 20 of 30 days */
	CHECK(shows(&a, "x1=\"0%\"") && shows(&a, "x1=\"100%\""));
	CHECK(
	    shows(&a, "03/2025 – offen<br><span class=\"hs-leise\">Prüfung am 06.05.2027</span>"));
	CHECK(shows(&a, "<span class=\"hs-leise\">geplant</span>"));
}

TEST(open_questions_are_counted_and_the_oldest_is_shown)
{
	begin(ASKED(1, "answered", "Erledigt?") ASKED(1, "open", "Älteste?") ASKED(
	    1, "in_progress", "Neuere?") ASKED(1, "parked", "Geparkt?") ASKED(2, "open", "Eine?"));
	struct answer a = get_as(DORA, "/task-forces");
	CHECK(shows(&a, "2 Fragen<br><span class=\"hs-leise\">Älteste?</span>"));
	CHECK(shows(&a, "1 Frage<br><span class=\"hs-leise\">Eine?</span>"));
	CHECK(!shows(&a, "Erledigt?") && !shows(&a, "Geparkt?") && !shows(&a, "Neuere?"));
	CHECK(shows(&a, "data-label=\"Zu klären\">3 Fragen</td>"));
	run_sql("UPDATE open_question SET state = 'parked' WHERE state <> 'answered'");
	a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "data-label=\"Zu klären\">keine</td>"), 2);
}

TEST(the_row_dates_from_its_newest_change)
{
	begin("UPDATE task_force SET updated_at = 1767225600 WHERE id = 1;"
	      "UPDATE task_force SET updated_at = 1767225600 WHERE id = 2;");
	struct answer a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "Stand vom 01.01.2026"), 2);
	run_sql(LIGHT(1, "2026-4", "content", "green"));
	a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "Stand vom 21.09.2026"), 1);
}

TEST(voiding_and_answering_are_changes_of_the_row)
{
	/* Task force 1 changes from the first to the fourth of October, 2 stays as it was. */
	begin("UPDATE task_force SET updated_at = 1767225600;" BOOKED(1, 1, "draw", 100, NULL, NULL)
		  ASKED(1, "open", "Wer?"));
	run_sql("UPDATE booking SET at = 1790848800");
	struct answer a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "Stand vom 01.10.2026"), 1);
	run_sql("UPDATE booking SET voided_at = 1790848800 + 86400");
	a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "Stand vom 02.10.2026"), 1);
	run_sql("UPDATE open_question SET asked_at = 1790848800 + 2 * 86400");
	a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "Stand vom 03.10.2026"), 1);
	run_sql(
	    "UPDATE open_question SET state = 'answered', answered_at = 1790848800 + 3 * 86400");
	a = get_as(DORA, "/task-forces");
	CHECK_INT(times(&a, "Stand vom 04.10.2026"), 1);
	CHECK_INT(times(&a, "Stand vom 01.01.2026"), 1);
}

TESTS_MAIN
