/* task_force_edit_test.c -- changing and ending a task force, also by two people at once. */
#include "fixtures.h"

#define PAGE "/task-forces/dateninventur"
#define EDIT PAGE "/bearbeiten"
#define END PAGE "/beenden"
#define VERSIONS "SELECT count(*) FROM task_force_version WHERE task_force_id = 1"

/* What the PMO's form would send from version `version` with these changes. */
struct edit {
	const char *version, *name, *goal, *ends, *status, *budget, *lead;
};
static struct str whole(struct edit e)
{
#define OR(value, otherwise) str_of((value) != NULL ? (value) : (otherwise))
	return FORM(FIELD_STR("version", OR(e.version, "1")),
		    FIELD_STR("name", OR(e.name, "Dateninventur")),
		    FIELD_STR("ziel", OR(e.goal, "Alle kennen ihre Daten.")),
		    FIELD("beginn", "09/2025"), FIELD_STR("ende", OR(e.ends, "03/2027")),
		    FIELD("pruefung", ""), FIELD_STR("status", OR(e.status, "active")),
		    FIELD_STR("budget", OR(e.budget, "85000")), FIELD("kommunen", "1"),
		    FIELD("kommunen", "2"), FIELD("kommunen", "3"), FIELD("federfuehrung", "2"),
		    FIELD_STR("leitung", OR(e.lead, "2")),
		    FIELD("stackfield", "https://raum.example/daten"));
}

/* What a lead's form sends. */
static struct str lead_form(const char *version, const char *goal, const char *ends)
{
	return FORM(FIELD_STR("version", str_of(version)), FIELD_STR("ziel", str_of(goal)),
		    FIELD("beginn", "09/2025"), FIELD_STR("ende", str_of(ends)),
		    FIELD("pruefung", ""), FIELD("stackfield", "https://raum.example/daten"));
}

static struct str now(const char *column)
{
	return text_of(arena_cstr(
	    test_arena,
	    arena_fmt(test_arena, "SELECT %s || '' FROM task_force WHERE id = 1", column)));
}

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
	CHECK_INT(get_as(CEM, EDIT).status, 200);
	CHECK_INT(get_as(BEN, EDIT).status, 403);
}

TEST(municipalities_end_and_begin_with_a_date)
{
	fixtures();
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
	    ANNA, EDIT, whole((struct edit){.goal = "Von <Anna>", .budget = "90000", .lead = ""}));

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
	    whole((struct edit){.version = "2", .goal = "Beide", .budget = "90000", .lead = ""}));
	CHECK_STR(a.location, S(PAGE "?meldung=gespeichert"));
	CHECK_STR(now("goal || budget"), S("Beide9000000"));
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

static struct str end_form(const char *version, const char *how, const char *on)
{
	return FORM(FIELD_STR("version", str_of(version)), FIELD_STR("wie", str_of(how)),
		    FIELD_STR("am", str_of(on)));
}

TEST(ending_says_what_will_happen_first)
{
	fixtures();
	run_sql("INSERT INTO open_question (scope, task_force_id, text, asked_at, goes_to, state)"
		" VALUES ('task_force', 1, 'Wer?', 1, 'pmo', 'open')");
	struct answer a = get_as(ANNA, END);

	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Nichts wird gelöscht."));
	CHECK(shows(&a, "noch zu klären sind: 1"));
	CHECK(shows(&a, "value=\"20.11.2026\""));
	a = post_as(ANNA, END, end_form("1", "done", "31.10.2026"));
	CHECK_STR(a.location, S(PAGE "?meldung=beendet"));
	CHECK_STR(now("status || ends_on || version"), S("done2026-10-312"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'task_force.end'"), 1);
	a = get_as(ANNA, PAGE);
	CHECK(shows(&a, "abgeschlossen"));
	CHECK(shows(&a, "09/2025 – 10/2026"));
	CHECK(!shows(&a, "Stand melden"));
	/* Only once; open again by editing. */
	CHECK_INT(get_as(ANNA, END).status, 303);
	CHECK_INT(post_as(ANNA, END, end_form("2", "cancelled", "31.10.2026")).status, 409);
	a = get_as(ANNA, EDIT);
	CHECK(shows(&a, "<option value=\"done\" selected>"));
	CHECK_INT(post_as(ANNA, EDIT, whole((struct edit){.version = "2"})).status, 303);
	CHECK_STR(now("status || ends_on"), S("active2027-03-31"));
}

TEST(ending_names_each_mistake)
{
	fixtures();
	struct answer a = post_as(ANNA, END, end_form("1", "", "morgen"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "<a href=\"#wie\">Wähle eine der Möglichkeiten."));
	CHECK(shows(&a, "<a href=\"#am\">Gib ein Datum an"));
	CHECK(shows(&a, "value=\"morgen\""));
	a = post_as(ANNA, END, end_form("1", "active", "31.08.2025"));
	CHECK(shows(&a, "Wähle eine der Möglichkeiten."));
	CHECK(shows(&a, "Das Ende liegt vor dem Beginn."));
	a = post_as(ANNA, END, end_form("1", "done", "21.11.2026"));
	CHECK(shows(&a, "Dieser Tag liegt noch vor uns."));
	CHECK_STR(now("status"), S("active"));
}

TEST(one_that_has_not_begun_ends_on_its_first_day)
{
	fixtures();
	run_sql("UPDATE task_force SET starts_on = '2027-01-01' WHERE id = 1");
	struct answer a = get_as(ANNA, END);
	CHECK(shows(&a, "value=\"01.01.2027\""));
	CHECK_INT(post_as(ANNA, END, end_form("1", "cancelled", "01.01.2027")).status, 303);
}

TEST(ending_what_has_changed_meanwhile_asks_again)
{
	fixtures();
	CHECK_INT(post_as(BEN, EDIT, lead_form("1", "Von Ben", "03/2027")).status, 303);
	struct answer a = post_as(ANNA, END, end_form("1", "cancelled", "01.11.2026"));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Da war jemand schneller"));
	CHECK(shows(&a, "name=\"version\" value=\"2\""));
	CHECK(shows(&a, "value=\"cancelled\" checked"));
	CHECK(shows(&a, "value=\"01.11.2026\""));
	CHECK_STR(now("status"), S("active"));
}

TEST(a_mistake_in_a_stale_form_does_not_make_it_a_fresh_one)
{
	fixtures();
	CHECK_INT(post_as(BEN, EDIT, lead_form("1", "Von Ben", "03/2027")).status, 303);
	struct answer a = post_as(ANNA, END, end_form("1", "cancelled", "morgen"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "name=\"version\" value=\"1\""));
	a = post_as(ANNA, END, end_form("1", "cancelled", "01.11.2026"));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "name=\"version\" value=\"2\""));
	CHECK_STR(now("status"), S("active"));
	CHECK_INT(post_as(ANNA, END, end_form("3", "cancelled", "01.11.2026")).status, 400);
	CHECK_INT(post_as(ANNA, END, end_form("", "cancelled", "01.11.2026")).status, 400);
	CHECK_INT(post_as(ANNA, END, end_form("2", "cancelled", "01.11.2026")).status, 303);
}

TEST(ending_stands_bad_requests_double_clicks_and_failures)
{
	struct str form = S("version=1&wie=done&am=1.11.2026");

	fixtures();
	check_refusals(ANNA, END, form, VERSIONS);
	check_failures(ANNA, END, form, VERSIONS);
	fixtures();
	check_once(ANNA, END, form, VERSIONS);
}

TESTS_MAIN
