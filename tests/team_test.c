/* team_test.c -- who works in a task force: added, moved, ended; what they may follows at once. */
#include "task_force_world.h"

#define TEAM PAGE "/team"
#define ROWS "SELECT count(*) FROM task_force_member WHERE task_force_id = 1 AND until IS NULL"
#define TEAM_TEXT                                                                                  \
	"SELECT coalesce(group_concat(person_id || ' ' || role, ','), '') FROM (SELECT person_id," \
	" role FROM task_force_member WHERE task_force_id = 1 AND until IS NULL ORDER BY "         \
	"person_id)"
#define LETTERS(who) "SELECT count(*) FROM outbox WHERE topic = 'account' AND person_id = " who
#define SESSIONS(who) "SELECT count(*) FROM session WHERE person_id = " who

static struct str adds(const char *person, const char *role, const char *password)
{
	return FORM(FIELD_STR("person", str_of(person)), FIELD_STR("aufgabe", str_of(role)),
		    FIELD_STR("passwort", str_of(password)));
}

static struct str moves(const char *was, const char *role)
{
	return FORM(FIELD_STR("bisher", str_of(was)), FIELD_STR("aufgabe", str_of(role)),
		    FIELD("passwort", PASSWORD));
}

TEST(a_lead_adds_somebody_who_then_sees_the_project)
{
	fixtures();
	run_sql("DELETE FROM role_grant WHERE person_id = 4"); /* Dora has nothing */
	CHECK_INT(get_as(DORA, "/task-forces").status, 403);
	struct answer a = get_as(BEN, PAGE);
	CHECK(shows(&a, "href=\"/task-forces/dateninventur/team\""));
	a = get_as(BEN, TEAM);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Dora Distel, Seefeld"));
	CHECK(!shows(&a, "<option value=\"2\"")); /* not oneself */
	CHECK(!shows(&a, "<option value=\"3\"")); /* Cem is in it */
	CHECK(!shows(&a, "<option value=\"6\"")); /* nobody of the funder */
	CHECK(!shows(&a, "<option value=\"5\"")); /* nor without a municipality */
	a = post_as(BEN, TEAM, adds("4", "member", PASSWORD));
	CHECK_STR(a.location, S(TEAM "?meldung=team"));
	CHECK_INT(count_of(SESSIONS("4")), 0); /* logs in anew, as with any role */
	a = get_as(BEN, TEAM);
	CHECK(shows(&a, "/team/4\""));
	a = get_as(BEN, PAGE);
	CHECK(shows(&a, "Dora Distel, Seefeld"));
	fixtures();
	run_sql("DELETE FROM role_grant WHERE person_id = 4;"
		"INSERT INTO task_force_member (task_force_id, person_id, role, since) VALUES"
		" (1, 4, 'member', '2026-11-20')");
	CHECK_INT(get_as(DORA, "/task-forces").status, 200);
	CHECK_INT(get_as(DORA, PAGE "/fragen").status, 200);
	CHECK_INT(get_as(DORA, TEAM).status, 403);
}

TEST(what_changes_in_a_team_is_written_down_and_told)
{
	fixtures();
	CHECK_INT(post_as(BEN, TEAM, adds("10", "deputy", PASSWORD)).status, 303);
	CHECK_STR(text_of(TEAM_TEXT), S("2 lead,3 member,10 deputy"));
	CHECK_STR(text_of("SELECT action || ' ' || object || ' ' || before || ' ' || after"
			  " FROM audit WHERE action = 'task_force.team'"),
		  S("task_force.team task_force/1 {} {\"person_id\":\"10\",\"role\":\"deputy\"}"));
	CHECK_INT(count_of(LETTERS("10") " AND body LIKE '%Dateninventur%Stellvertretung%'"), 1);
	CHECK_INT(post_as(BEN, TEAM "/10", moves("deputy", "member")).status, 303);
	CHECK_STR(text_of(TEAM_TEXT), S("2 lead,3 member,10 member"));
	CHECK_INT(count_of(LETTERS("10")), 2);
	CHECK_INT(post_as(BEN, TEAM "/10", moves("member", "keine")).status, 303);
	CHECK_STR(text_of(TEAM_TEXT), S("2 lead,3 member"));
	CHECK_INT(count_of(LETTERS("10") " AND body LIKE '%nicht mehr%'"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'task_force.team'"), 3);
	/* History stays. */
	CHECK_INT(count_of("SELECT count(*) FROM task_force_member WHERE person_id = 10"), 2);
}

TEST(each_task_force_that_somebody_leaves_writes_a_letter)
{
	fixtures();
	run_sql("INSERT INTO task_force_member (task_force_id, person_id, role, since) VALUES"
		" (1, 10, 'member', '2026-11-20'), (2, 10, 'member', '2026-11-20')");
	struct str slug = text_of("SELECT slug FROM task_force WHERE id = 2");
	CHECK_INT(post_as(ANNA, TEAM "/10", moves("member", "keine")).status, 303);
	const char *other =
	    arena_cstr(test_arena, arena_fmt(test_arena, "/task-forces/%.*s/team/10", ARG(slug)));
	CHECK_INT(post_as(ANNA, other, moves("member", "keine")).status, 303);
	CHECK_INT(count_of(LETTERS("10") " AND body LIKE '%nicht mehr%'"), 2);
}

TEST(every_mistake_in_a_team_is_named)
{
	fixtures();
	struct answer a = post_as(BEN, TEAM, adds("", "", ""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "href=\"#person\""));
	CHECK(shows(&a, "href=\"#aufgabe\""));
	a = post_as(BEN, TEAM, adds("4", "member", "falsch-falsch"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "<option value=\"4\" selected>"));
	CHECK(shows(&a, "value=\"member\" checked"));
	a = post_as(BEN, TEAM, adds("3", "member", PASSWORD));
	CHECK_INT(a.status, 422);
	CHECK_INT(post_as(BEN, TEAM, adds("6", "member", PASSWORD)).status, 422);
	CHECK_INT(post_as(BEN, TEAM, adds("2", "member", PASSWORD)).status, 422);
	run_sql("UPDATE person SET status = 'suspended' WHERE id = 4");
	CHECK_INT(post_as(BEN, TEAM, adds("4", "member", PASSWORD)).status, 422);
	CHECK_INT(count_of(ROWS), 2);
	/* Somebody else was faster. */
	a = post_as(BEN, TEAM "/3", moves("deputy", "keine"));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Da war jemand schneller"));
	CHECK_INT(get_as(BEN, TEAM "/10").status, 404);
	CHECK_INT(post_as(BEN, TEAM "/10", moves("member", "keine")).status, 404);
	CHECK_INT(count_of(ROWS), 2);
}

TEST(a_task_force_keeps_a_lead_until_somebody_follows)
{
	fixtures();
	struct answer a = get_as(ANNA, TEAM "/2");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Bestimme zuerst, wer nachfolgt"));
	CHECK_INT(post_as(ANNA, TEAM "/2", moves("lead", "keine")).status, 409);
	CHECK_INT(post_as(ANNA, TEAM "/2", moves("lead", "member")).status, 409);
	/* The lead names who follows and stays as a member. */
	a = get_as(BEN, TEAM "/3");
	CHECK(shows(&a, "value=\"lead\""));
	CHECK_INT(post_as(BEN, TEAM "/3", moves("member", "lead")).status, 303);
	CHECK_STR(text_of(TEAM_TEXT), S("2 member,3 lead"));
	CHECK_STR(now("version"), S("2"));
	CHECK_INT(count_of("SELECT lead_id FROM task_force_version WHERE task_force_id = 1"
			   " AND version = 2"),
		  3);
	CHECK_INT(count_of(LETTERS("3")), 1);
	CHECK_INT(count_of(LETTERS("2")), 1);
	CHECK_INT(count_of(SESSIONS("3")), 0);
	/* Who acted goes on. */
	CHECK_INT(count_of(SESSIONS("2")), 1);
}

TEST(nobody_gives_above_their_own)
{
	fixtures();
	run_sql("UPDATE task_force_member SET role = 'deputy' WHERE person_id = 3");
	struct answer a = get_as(CEM, TEAM);
	CHECK_INT(a.status, 200);
	CHECK(!shows(&a, "value=\"lead\""));
	CHECK_INT(post_as(CEM, TEAM, adds("4", "lead", PASSWORD)).status, 422);
	CHECK_INT(post_as(CEM, TEAM "/2", moves("lead", "member")).status, 409);
	/* Not even to oneself, unless nobody leads: then the deputy takes over. */
	CHECK_INT(post_as(CEM, TEAM "/3", moves("deputy", "lead")).status, 422);
	run_sql("UPDATE task_force_member SET until = '2026-11-19' WHERE person_id = 2");
	a = get_as(CEM, TEAM);
	CHECK(shows(&a, "Leitung offen"));
	CHECK(shows(&a, "Leitung übernehmen"));
	CHECK_INT(post_as(CEM, TEAM "/3", moves("deputy", "lead")).status, 303);
	CHECK_STR(text_of(TEAM_TEXT), S("3 lead"));
	/* The project office gives it to others, not to itself. */
	fixtures();
	run_sql("INSERT INTO task_force_member (task_force_id, person_id, role, since) VALUES"
		" (1, 1, 'member', '2026-01-01')");
	CHECK_INT(post_as(ANNA, TEAM "/1", moves("member", "lead")).status, 422);
	CHECK_INT(post_as(ANNA, TEAM "/1", moves("member", "keine")).status, 303);
	fixtures();
	CHECK_INT(post_as(ANNA, TEAM, adds("4", "lead", PASSWORD)).status, 303);
	CHECK_STR(text_of(TEAM_TEXT), S("2 member,3 member,4 lead"));
}

TEST(only_who_leads_or_the_project_office_changes_a_team)
{
	fixtures();
	CHECK_INT(get_as(KIM, TEAM).status, 403);   /* leads another one */
	CHECK_INT(get_as(CEM, TEAM).status, 403);   /* a member */
	CHECK_INT(get_as(GRETA, TEAM).status, 403); /* administers people */
	CHECK_INT(post_as(KIM, TEAM, adds("4", "member", PASSWORD)).status, 403);
	CHECK_INT(post_as(KIM, TEAM "/3", moves("member", "keine")).status, 403);
	CHECK_INT(get_as(ANNA, TEAM).status, 200);
}

TEST(one_that_has_ended_takes_nobody_in_but_lets_everybody_go)
{
	fixtures();
	run_sql("UPDATE task_force SET status = 'done' WHERE id = 1");
	struct answer a = get_as(ANNA, TEAM);
	CHECK_INT(a.status, 200);
	CHECK(!shows(&a, "id=\"person\""));
	CHECK_INT(post_as(ANNA, TEAM, adds("4", "member", PASSWORD)).status, 409);
	CHECK_INT(post_as(ANNA, TEAM "/3", moves("member", "deputy")).status, 422);
	CHECK_INT(post_as(ANNA, TEAM "/3", moves("member", "keine")).status, 303);
	CHECK_INT(post_as(ANNA, TEAM "/2", moves("lead", "keine")).status, 303);
	CHECK_INT(count_of(ROWS), 0);
}

TEST(the_form_of_a_task_force_does_not_leave_it_without_a_lead)
{
	fixtures();
	struct answer a = post_as(ANNA, EDIT, whole((struct edit){.lead = ""}));
	CHECK_INT(a.status, 422);
	CHECK(summary_says(&a, "leitung", "Leitung:", "Ohne Leitung geht es nicht weiter."));
	CHECK_STR(text_of(TEAM_TEXT), S("2 lead,3 member"));
	/* Open it may stay, where it is open. */
	run_sql("DELETE FROM task_force_member WHERE person_id = 2;"
		"UPDATE task_force_version SET lead_id = NULL WHERE task_force_id = 1");
	CHECK_INT(post_as(ANNA, EDIT, whole((struct edit){.lead = "", .name = "Neu"})).status, 303);
	/* Another lead through the form: the same letters, the same end of sessions. */
	CHECK_INT(post_as(ANNA, EDIT, whole((struct edit){.version = "2", .lead = "3"})).status,
		  303);
	CHECK_INT(count_of(LETTERS("3")), 1);
	CHECK_INT(count_of(SESSIONS("3")), 0);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'task_force.team'"), 1);
}

TEST(changes_of_a_team_stand_bad_requests_double_clicks_and_failures)
{
	struct str form = S("person=4&aufgabe=member&passwort=" PASSWORD);
	struct str move = S("bisher=member&aufgabe=keine&passwort=" PASSWORD);

	fixtures();
	check_refusals(BEN, TEAM, form, ROWS);
	check_failures(BEN, TEAM, form, ROWS);
	fixtures();
	check_once(BEN, TEAM, form, ROWS);
	fixtures();
	check_failures(BEN, TEAM "/3", move, ROWS);
}

TESTS_MAIN
