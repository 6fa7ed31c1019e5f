/* task_force_end_test.c -- ending a task force, and what has changed meanwhile. */
#include "task_force_world.h"

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
	CHECK(summary_says(&a, "wie", "Wie endet sie?", "Wähle eine der Möglichkeiten."));
	CHECK(summary_says(&a, "am", "Letzter Tag:", "Gib ein Datum an"));
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
