/* occasion_test.c -- what waits in each chapter, and what led to a change. */
#include "feedback_world.h"

#define COUNT(n) "Rückmeldungen: </span>" n " offen"

TEST(chapters_say_how_much_waits_in_them)
{
	begin();
	struct answer a = get_as(DORA, "/handbuch");
	CHECK(!shows(&a, " offen</span>"));
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Eins."));
	give(JULE, "eins", GIVEN(.kind = "hint", .text = "Zwei."));
	give(BEN, "Erster", GIVEN(.kind = "hint", .text = "Innen.", .visible = "municipality"));
	post_as(BEN, "/handbuch/regeln/rueckmeldung",
		form_for("Jede Stadt", GIVEN(.kind = "hint", .text = "Regel.")));
	a = get_as(DORA, "/handbuch");
	CHECK_INT(times(&a, COUNT("2")), 1);
	CHECK_INT(times(&a, COUNT("1")), 1);
	/* In-house items count in their house alone. */
	a = get_as(GRETA, "/handbuch/regeln");
	CHECK_INT(times(&a, COUNT("3")), 1);
	a = get_as(DORA, "/handbuch/regeln");
	CHECK_INT(times(&a, COUNT("2")), 1);
	post_as(ANNA, "/feedback/1/entscheidung", decision("answered", "Ja.", "1"));
	post_as(BEN, "/feedback/4/zurueckziehen", S(""));
	a = get_as(DORA, "/handbuch");
	CHECK_INT(times(&a, " offen</span>"), 1);
	CHECK_INT(times(&a, COUNT("1")), 1);
}

/* Two changed blocks in the working copy, one with feedback that is worked in. */
static void worked_in(const char *visible)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Kürzer.", .visible = visible));
	give(JULE, "eins", GIVEN(.kind = "error", .text = "Nicht eingearbeitet."));
	post_as(ANNA, "/feedback/1/entscheidung", decision("accepted", "", "1"));
	run_sql("UPDATE feedback SET state = 'done', done_in = (SELECT id FROM revision"
		" WHERE state = 'working') WHERE id = 1;"
		"DELETE FROM revision_block WHERE revision_id ="
		" (SELECT id FROM revision WHERE state = 'working') AND block_text_id IN"
		" (SELECT id FROM block_text WHERE plain LIKE 'Erster%' OR plain = 'eins')");
}

static void propose(void)
{
	CHECK_INT(post_as(ANNA, "/handbuch/fassungen",
			  FORM(FIELD("art", "content"), FIELD("anlass", "Neues")))
		      .status,
		  303);
}

#define LINK "Anlass: <a href=\"/feedback/1\">Hinweis F-001</a>"

TEST(a_changed_block_names_the_feedback_behind_it)
{
	worked_in("project");
	struct answer a = get_as(ANNA, "/handbuch/vergleich?bis=arbeitsfassung");
	CHECK_INT(times(&a, "Anlass:"), 1);
	CHECK(shows(&a, LINK));
	propose();
	a = get_as(DORA, "/handbuch/vergleich?bis=2-0-entwurf-1");
	CHECK(shows(&a, LINK) && times(&a, "Anlass:") == 1);
	a = get_as(DORA, "/handbuch/vergleich?von=2-0-entwurf-1&bis=1-0");
	CHECK(!shows(&a, "Anlass:"));
	/* What is marked in the working copy afterwards is not in the version that was frozen. */
	run_sql("UPDATE feedback SET done_in = (SELECT id FROM revision WHERE state = 'working')");
	a = get_as(DORA, "/handbuch/vergleich?bis=2-0-entwurf-1");
	CHECK(!shows(&a, "Anlass:"));
}

TEST(an_occasion_that_is_kept_inside_is_not_told)
{
	worked_in("editors");
	propose();
	struct answer a = get_as(DORA, "/handbuch/vergleich?bis=2-0-entwurf-1");
	CHECK(!shows(&a, "Anlass:"));
	a = get_as(ANNA, "/handbuch/vergleich?bis=2-0-entwurf-1");
	CHECK(shows(&a, LINK));
	run_sql("UPDATE feedback SET hidden_at = 1");
	a = get_as(ANNA, "/handbuch/vergleich?bis=2-0-entwurf-1");
	CHECK(!shows(&a, "Anlass:"));
}

TESTS_MAIN
