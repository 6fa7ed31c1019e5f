/* task_force_edit_test.c -- changing a task force, also by two people at once. */
#include "task_force_world.h"

TEST(the_form_is_filled_with_what_is_stored)
{
	fixtures();
	struct answer a = get_as(ANNA, EDIT);

	CHECK(shows(&a, "value=\"Dateninventur\""));
	CHECK(shows(&a, ">Alle kennen ihre Daten.</textarea>"));
	CHECK(shows(&a, "value=\"09/2025\""));
	CHECK(shows(&a, "value=\"03/2027\""));
	CHECK(shows(&a, "value=\"85000,00\""));
	CHECK(shows(&a, "<option value=\"2\" selected>Auental"));
	CHECK(shows(&a, "<option value=\"2\" selected>Ben Birke, Auental"));
	CHECK_INT(times(&a, "\" checked>"), 3);
	CHECK(!shows(&a, "<option value=\"done\""));
	a = get_as(BEN, EDIT);
	CHECK(!shows(&a, "name=\"name\""));
	CHECK(!shows(&a, "name=\"budget\""));
	CHECK(shows(&a, "ändert das Projektbüro"));
}

TEST(saving_without_a_change_makes_no_version)
{
	fixtures();
	struct answer a = post_as(ANNA, EDIT, whole((struct edit){0}));

	CHECK_STR(a.location, S(PAGE "?meldung=gespeichert"));
	CHECK_INT(count_of(VERSIONS), 1);
	CHECK_INT(count_of("SELECT count(*) FROM audit"), 0);
}

TEST(a_change_is_a_new_version_with_its_difference_in_the_audit)
{
	fixtures();
	struct answer a = post_as(ANNA, EDIT, whole((struct edit){.goal = "Neu", .lead = "3"}));

	CHECK_STR(a.location, S(PAGE "?meldung=gespeichert"));
	CHECK_STR(now("version"), S("2"));
	CHECK_STR(now("updated_by"), S("1"));
	CHECK_STR(text_of("SELECT before || after FROM audit WHERE action = 'task_force.edit'"),
		  S("{\"goal\":\"Alle kennen ihre Daten.\",\"lead_id\":\"2\"}"
		    "{\"goal\":\"Neu\",\"lead_id\":\"3\"}"));
	CHECK_STR(text_of("SELECT goal || lead_id FROM task_force_version"
			  " WHERE task_force_id = 1 AND version = 2"),
		  S("Neu3"));
	/* The one who led stays a member; the one who leads now is listed once. */
	CHECK_STR(text_of("SELECT group_concat(person_id || role, ' ') FROM (SELECT * FROM"
			  " task_force_member WHERE task_force_id = 1 AND until IS NULL"
			  " ORDER BY person_id)"),
		  S("2member 3lead"));
	/* What both may has changed: they log in anew. */
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id IN (2, 3)"), 0);
}

TEST(municipalities_end_and_begin_with_a_date)
{
	fixtures();
	run_sql("DELETE FROM task_force_member WHERE role = 'lead';"
		"UPDATE task_force_version SET lead_id = NULL");
	struct answer a =
	    post_as(ANNA, EDIT,
		    FORM(FIELD("version", "1"), FIELD("name", "Dateninventur"),
			 FIELD("ziel", "Alle kennen ihre Daten."), FIELD("beginn", "09/2025"),
			 FIELD("ende", "03/2027"), FIELD("pruefung", ""), FIELD("status", "active"),
			 FIELD("budget", "85000"), FIELD("kommunen", "4"), FIELD("kommunen", "1"),
			 FIELD("federfuehrung", "1"), FIELD("leitung", ""),
			 FIELD("stackfield", "https://raum.example/daten")));

	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT group_concat(municipality_id || role || coalesce(until, ''), ' ')"
			  " FROM (SELECT * FROM task_force_municipality WHERE task_force_id = 1"
			  " ORDER BY municipality_id, id)"),
		  S("1partner2026-11-20 1lead 2lead2026-11-20 3partner2026-11-20 4partner"));
	a = get_as(DORA, PAGE);
	CHECK(shows(&a, "Leitung offen"));
	CHECK(shows(&a, "Lindheim (Federführung)<br>Seefeld"));
}

TEST(a_lead_changes_goal_period_and_link)
{
	fixtures();
	struct answer a = post_as(BEN, EDIT, lead_form("1", "Ben war hier", "15.04.2027"));

	CHECK_INT(a.status, 303);
	CHECK_STR(now("goal || ends_on || budget || status || name"),
		  S("Ben war hier2027-04-158500000activeDateninventur"));
	CHECK_STR(text_of("SELECT municipalities || lead_id FROM task_force_version"
			  " WHERE task_force_id = 1 AND version = 2"),
		  S("2 1 32"));
}

TEST(what_a_lead_may_not_change_is_refused)
{
	static const char *const more[] = {"name=X",     "status=paused",   "budget=1",
					   "kommunen=1", "federfuehrung=1", "leitung=3"};

	fixtures();
	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
		struct str form = arena_fmt(test_arena, "%.*s&%s",
					    ARG(lead_form("1", "Neu", "03/2027")), more[i]);
		CHECK_INT(post_as(BEN, EDIT, form).status, 400);
	}
	CHECK_INT(count_of(VERSIONS), 1);
}

TEST(different_fields_of_two_people_are_merged)
{
	fixtures();
	CHECK_INT(post_as(BEN, EDIT, lead_form("1", "Von Ben", "03/2027")).status, 303);
	struct answer a = post_as(ANNA, EDIT, whole((struct edit){.budget = "90000"}));

	CHECK_STR(a.location, S(PAGE "?meldung=zusammengefuehrt"));
	CHECK_STR(now("goal || budget || version"), S("Von Ben90000003"));
	a = get_as(ANNA, PAGE "?meldung=zusammengefuehrt");
	CHECK(shows(&a, "beides gilt"));
	/* Also the other way round: the lead's form does not bring back the old budget. */
	a = post_as(BEN, EDIT, lead_form("2", "Von Ben, zweimal", "03/2027"));
	CHECK_STR(a.location, S(PAGE "?meldung=zusammengefuehrt"));
	CHECK_STR(now("goal || budget || version"), S("Von Ben, zweimal90000004"));
}

TEST(the_same_change_by_two_people_is_no_conflict)
{
	fixtures();
	CHECK_INT(post_as(BEN, EDIT, lead_form("1", "Gleich", "03/2027")).status, 303);
	struct answer a = post_as(ANNA, EDIT, whole((struct edit){.goal = "Gleich"}));

	CHECK_STR(a.location, S(PAGE "?meldung=gespeichert"));
	CHECK_INT(count_of(VERSIONS), 2);
}

TEST(the_same_field_shows_both_and_keeps_everything)
{
	fixtures();
	CHECK_INT(post_as(BEN, EDIT, lead_form("1", "Von Ben", "03/2027")).status, 303);
	struct answer a = post_as(
	    ANNA, EDIT, whole((struct edit){.goal = "Von <Anna>", .budget = "90000", .lead = "3"}));

	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Ben Birke hat am 20.\u00a0November 2026"));
	CHECK(shows(&a, ">Von Ben</td>"));
	CHECK(shows(&a, ">Von &lt;Anna&gt;</td>"));
	CHECK_INT(times(&a, "data-label=\"Angabe\""), 1);
	CHECK(shows(&a, ">Von &lt;Anna&gt;</textarea>"));
	CHECK(shows(&a, "value=\"90000,00\""));
	CHECK(shows(&a, "name=\"version\" value=\"2\""));
	CHECK_STR(now("goal || budget"), S("Von Ben8500000"));
	CHECK_INT(count_of(VERSIONS), 2);
	/* The form of that page saves. */
	a = post_as(
	    ANNA, EDIT,
	    whole((struct edit){.version = "2", .goal = "Beide", .budget = "90000", .lead = "3"}));
	CHECK_STR(a.location, S(PAGE "?meldung=gespeichert"));
	CHECK_STR(now("goal || budget"), S("Beide9000000"));
}

TEST(a_conflict_with_an_import_names_nobody)
{
	fixtures();
	CHECK_INT(post_as(BEN, EDIT, lead_form("1", "Importiert", "03/2027")).status, 303);
	run_sql("UPDATE task_force SET updated_by = NULL WHERE id = 1");
	struct answer a = post_as(ANNA, EDIT, whole((struct edit){.goal = "Von Anna"}));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "<p>Beim Import am 20.\u00a0November 2026"));
	CHECK(shows(&a, "haben sich dieselben Angaben geändert."));
	CHECK(!shows(&a, " hat am "));
}

TEST(a_period_is_one_thing)
{
	fixtures();
	CHECK_INT(post_as(BEN, EDIT, lead_form("1", "Alle kennen ihre Daten.", "06/2027")).status,
		  303);
	struct answer a =
	    post_as(ANNA, EDIT,
		    FORM(FIELD("version", "1"), FIELD("name", "Dateninventur"),
			 FIELD("ziel", "Alle kennen ihre Daten."), FIELD("beginn", "10/2025"),
			 FIELD("ende", "03/2027"), FIELD("pruefung", ""), FIELD("status", "active"),
			 FIELD("budget", "85000"), FIELD("kommunen", "1"), FIELD("kommunen", "2"),
			 FIELD("kommunen", "3"), FIELD("federfuehrung", "2"), FIELD("leitung", "2"),
			 FIELD("stackfield", "https://raum.example/daten")));

	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "<a href=\"#beginn\">Zeitraum</a>"));
	CHECK(shows(&a, ">09/2025 – 06/2027</td>"));
	CHECK(shows(&a, ">10/2025 – 03/2027</td>"));
}

/* The form was opened when it was finished; meanwhile it is open again. */
TEST(what_was_not_touched_is_never_a_mistake)
{
	fixtures();
	CHECK_INT(post_as(ANNA, END, S("version=1&wie=done&am=31.10.2026")).status, 303);
	CHECK_INT(post_as(ANNA, EDIT, whole((struct edit){.version = "2"})).status, 303);
	struct str stale = whole(
	    (struct edit){.version = "2", .goal = "Neu", .ends = "10/2026", .status = "done"});
	struct answer a = post_as(ANNA, EDIT, stale);
	CHECK_STR(a.location, S(PAGE "?meldung=zusammengefuehrt"));
	CHECK_STR(now("goal || status || ends_on || version"), S("Neuactive2027-03-314"));
	/* To end it is still another page's business. */
	a = post_as(ANNA, EDIT, whole((struct edit){.version = "4", .status = "done"}));
	CHECK_INT(a.status, 422);
	a = post_as(ANNA, EDIT, whole((struct edit){.version = "2", .status = "cancelled"}));
	CHECK_INT(a.status, 422);
	/* A mistake elsewhere does not lose it. */
	a = post_as(
	    ANNA, EDIT,
	    whole((struct edit){.version = "2", .goal = "", .ends = "10/2026", .status = "done"}));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Eine Angabe passt noch nicht"));
	CHECK(shows(&a, "<option value=\"done\" selected>"));
}

TEST(who_left_meanwhile_is_no_mistake_in_an_untouched_field)
{
	fixtures();
	run_sql("UPDATE person SET status = 'suspended' WHERE id = 2;"
		"UPDATE municipality SET left_on = '2026-11-19' WHERE id = 3;");
	struct str without =
	    FORM(FIELD("version", "1"), FIELD("name", "Dateninventur"),
		 FIELD("ziel", "Alle kennen ihre Daten."), FIELD("beginn", "09/2025"),
		 FIELD("ende", "03/2027"), FIELD("pruefung", ""), FIELD("status", "active"),
		 FIELD("budget", "85000"), FIELD("kommunen", "1"), FIELD("kommunen", "2"),
		 FIELD("federfuehrung", "2"), FIELD("leitung", "3"),
		 FIELD("stackfield", "https://raum.example/daten"));
	CHECK_INT(post_as(ANNA, EDIT, without).status, 303);
	struct answer a = post_as(ANNA, EDIT, whole((struct edit){.goal = ""}));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Eine Angabe passt noch nicht"));
	CHECK(shows(&a, "<option value=\"2\" selected>Ben Birke"));
	CHECK_INT(times(&a, "\" checked>"), 3);
	a = post_as(ANNA, EDIT, whole((struct edit){.goal = "Neu"}));
	CHECK_STR(a.location, S(PAGE "?meldung=zusammengefuehrt"));
	CHECK_STR(text_of("SELECT goal || municipalities || lead_id FROM task_force_version"
			  " WHERE task_force_id = 1 AND version = 3"),
		  S("Neu2 13"));
	/* In a form of today both are none that can be chosen. */
	a = post_as(ANNA, EDIT, whole((struct edit){.version = "3", .goal = "Neu"}));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "<a href=\"#kommunen\">") && shows(&a, "<a href=\"#leitung\">"));
}

TEST(a_name_that_was_given_away_meanwhile_is_no_mistake_in_an_untouched_field)
{
	fixtures();
	CHECK_INT(post_as(ANNA, EDIT, whole((struct edit){.name = "Inventur"})).status, 303);
	run_sql("UPDATE task_force SET name = 'Dateninventur', sort_key = 'dateninventur'"
		" WHERE id = 2");
	struct answer a = post_as(ANNA, EDIT, whole((struct edit){.goal = "Neu"}));
	CHECK_STR(a.location, S(PAGE "?meldung=zusammengefuehrt"));
	CHECK_STR(now("name || goal"), S("InventurNeu"));
}

TEST(a_version_that_never_was_is_refused)
{
	fixtures();
	CHECK_INT(post_as(ANNA, EDIT, whole((struct edit){.version = "7"})).status, 400);
	CHECK_INT(post_as(ANNA, EDIT, whole((struct edit){.version = ""})).status, 400);
	CHECK_INT(post_as(ANNA, EDIT, whole((struct edit){.version = "-1"})).status, 400);
}

TEST(a_mistake_keeps_the_version_and_the_input)
{
	fixtures();
	struct answer a = post_as(ANNA, EDIT, whole((struct edit){.name = "Stadt-App"}));

	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Eine Task Force heißt schon so."));
	CHECK(shows(&a, "name=\"version\" value=\"1\""));
	CHECK(shows(&a, "value=\"Stadt-App\""));
	/* Its own name is free. */
	CHECK_INT(post_as(ANNA, EDIT, whole((struct edit){.name = "DATENINVENTUR"})).status, 303);
	CHECK_STR(now("slug || sort_key"), S("dateninventurdateninventur"));
}

TEST(editing_stands_bad_requests_double_clicks_and_failures)
{
	struct edit change = {.goal = "Neu", .lead = "3"};

	fixtures();
	check_refusals(ANNA, EDIT, whole(change), VERSIONS);
	check_failures(ANNA, EDIT, whole(change),
		       "SELECT (SELECT sum(version) FROM task_force)"
		       " + (SELECT count(*) FROM task_force_version) + (SELECT count(*) FROM audit)"
		       " + (SELECT count(*) FROM task_force_member)");
	fixtures();
	check_once(ANNA, EDIT, whole(change), VERSIONS);
}

TESTS_MAIN
