/* municipality_leave_test.c -- a municipality leaves the cooperation: two persons of two
 * municipalities agree on its last day, and after it its accounts end; what it did stays. */
#include "poll_world.h"

#include "features/people/retention.h"
#include "features/steering/steering.h"

#define LEAVE "/kommunen/bergstedt/austritt"
#define LEFT "SELECT count(*) FROM municipality WHERE left_on IS NOT NULL"
#define CONFIRM LEAVE "/bestaetigen"
#define WITHDRAW LEAVE "/zurueckziehen"
#define OPEN_ID                                                                                    \
	"SELECT max(id) FROM municipality_leaving WHERE withdrawn_at IS NULL AND done_at IS NULL"
#define TOLD_IT_WAITS "SELECT count(*) FROM outbox WHERE body LIKE '%bleiben ihre Zugänge offen%'"
#define FRESH plan_form("20.11.2026")
#define STATE                                                                                      \
	"SELECT (SELECT count(*) FROM membership WHERE until IS NULL)"                             \
	" + 100 * (SELECT count(*) FROM municipality WHERE left_on IS NULL)"                       \
	" + 1000 * (SELECT count(*) FROM outbox)"

static struct str plan_form(const char *day)
{
	return FORM(FIELD_STR("tag", str_of(day)), FIELD("grund", "Der Rat will es."),
		    FIELD("passwort", PASSWORD));
}

static struct str named(const char *password)
{
	struct str id = arena_fmt(test_arena, "%d", (int)count_of(OPEN_ID));

	return password == NULL
		   ? FORM(FIELD_STR("vorgang", id))
		   : FORM(FIELD_STR("vorgang", id), FIELD_STR("passwort", str_of(password)));
}

/* Everybody stays logged in meanwhile. */
static void clock_at(int64_t now)
{
	clock_set(now);
	run_sql(arena_cstr(test_arena, arena_fmt(test_arena,
						 "UPDATE session SET ends_at = 2000000000,"
						 " last_at = %lld",
						 (long long)now)));
}

static void tick_at(int64_t now)
{
	clock_at(now);
	CHECK_INT(municipalities_leave_due(&test_app, test_db, test_arena), OK);
}
#define TOMORROW (FIXTURE_NOW + 86400)

/* Ivo enters it for today, Heidi confirms; the status of the last refusal, or 303. */
static int both(const char *slug)
{
	const char *at =
	    arena_cstr(test_arena, arena_fmt(test_arena, "/kommunen/%s/austritt", slug));
	int status = post_as(IVO, at, FRESH).status;

	if (status != 303)
		return status;
	at = arena_cstr(test_arena, arena_fmt(test_arena, "%s/bestaetigen", at));
	return post_as(HEIDI, at, named(PASSWORD)).status;
}

static bool in_roll(int year, int month, int day, int64_t unit)
{
	struct request rq = {.app = &test_app, .db = test_db, .arena = test_arena};
	struct roll roll;

	CHECK_INT(db_begin_read(test_db, test_arena), OK);
	CHECK_INT(roll_load(&rq, (struct date){year, month, day}, &roll), OK);
	db_rollback(test_db);
	return roll_unit(&roll, unit) != NULL;
}

TEST(the_committee_finds_the_page_and_nobody_else)
{
	static const int64_t others[] = {ANNA, BEN, CEM, DORA, EMIL, FINN, GRETA, JULE, KIM};

	fixtures();
	struct answer a = get_as(IVO, "/kommunen/bergstedt");
	CHECK(shows(&a, "href=\"" LEAVE "\""));
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		CHECK_INT(get_as(others[i], LEAVE).status, 403);
		CHECK_INT(post_as(others[i], LEAVE, FRESH).status, 403);
		a = get_as(others[i], "/kommunen/bergstedt");
		CHECK(!shows(&a, "austritt"));
	}
	CHECK_INT(get_as(IVO, "/kommunen/nirgends/austritt").status, 404);
	/* A funder is no member of the cooperation. */
	CHECK_INT(get_as(IVO, "/kommunen/foerderbank/austritt").status, 409);
}

TEST(what_others_must_take_over_stands_in_a_list_that_must_be_empty)
{
	fixtures();
	struct answer a = get_as(IVO, "/kommunen/auental/austritt");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Federführung: <a href=\"/task-forces/dateninventur\">"));
	CHECK(shows(&a, "Ben Birke") && shows(&a, "Leitung: "));
	/* It may be entered before, so that everybody can hand over. */
	CHECK_INT(post_as(IVO, "/kommunen/auental/austritt", FRESH).status, 303);
	a = get_as(HEIDI, "/");
	CHECK(shows(&a, "Bestätige den Austritt: Auental"));
	a = get_as(HEIDI, "/kommunen/auental/austritt");
	CHECK(shows(&a, "Du kannst bestätigen, sobald") && !shows(&a, "id=\"passwort\""));
	a = post_as(HEIDI, "/kommunen/auental/austritt/bestaetigen", named(PASSWORD));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Die Übergabe ist noch nicht fertig"));
	CHECK_INT(count_of(LEFT), 0);
	/* The others have taken over. */
	run_sql("UPDATE task_force_member SET role = 'member' WHERE person_id = 2;"
		"UPDATE task_force_municipality SET role = 'partner' WHERE municipality_id = 2");
	a = get_as(HEIDI, "/kommunen/auental/austritt");
	CHECK(shows(&a, "Hier ist nichts mehr offen.") && shows(&a, "id=\"passwort\""));
	a = post_as(HEIDI, "/kommunen/auental/austritt/bestaetigen", named(PASSWORD));
	CHECK_STR(a.location, S("/kommunen/auental/austritt?meldung=austritt-bestaetigt"));
	CHECK_INT(count_of(LEFT), 1);
	a = get_as(HEIDI, "/");
	CHECK(!shows(&a, "Bestätige den Austritt"));
	/* Task forces that are over keep who led them. */
	fixtures();
	run_sql("UPDATE task_force SET status = 'done'");
	a = get_as(IVO, "/kommunen/auental/austritt");
	CHECK(shows(&a, "Hier ist nichts mehr offen."));
}

TEST(it_leaves_and_what_it_did_stays)
{
	fixtures();
	run_sql(
	    "INSERT INTO person (id, name, sort_key, email, status, created_at) VALUES"
	    " (50, 'Gast', 'gast', 'g@bergstedt.example', 'invited', 1);"
	    "INSERT INTO invitation (person_id, municipality_id, role, created_at, expires_at)"
	    " VALUES (50, 3, 'reader', 1, 1900000000);"
	    "INSERT INTO booking (task_force_id, municipality_id, kind, amount, on_date, at, by)"
	    " VALUES (1, 3, 'draw', 500, '2026-01-01', 1, 3);"
	    "UPDATE person SET status = 'suspended' WHERE id = 3");
	CHECK(in_roll(2026, 11, 20, BERGSTEDT));
	struct answer a = get_as(IVO, LEAVE);
	CHECK(shows(&a, "Cem Çınar") && shows(&a, "Heidi Hasel") && shows(&a, "Dateninventur"));
	CHECK_INT(both("bergstedt"), 303);
	/* Until its last day is over it is there as ever. */
	CHECK(in_roll(2026, 11, 20, BERGSTEDT));
	CHECK_INT(get_as(HEIDI, "/task-forces").status, 200);
	CHECK_STR(text_of("SELECT left_on FROM municipality WHERE id = 3"), S("2026-11-20"));
	tick_at(FIXTURE_NOW + 3600);
	CHECK_INT(count_of("SELECT count(*) FROM membership WHERE until IS NOT NULL"), 0);
	a = get_as(ANNA, "/kommunen/bergstedt");
	CHECK(shows(&a, "Verlässt die Kooperation."));
	tick_at(TOMORROW);
	CHECK_STR(text_of("SELECT left_on FROM municipality WHERE id = 3"), S("2026-11-20"));
	CHECK_INT(count_of("SELECT count(*) FROM membership WHERE municipality_id = 3"
			   " AND until = '2026-11-21'"),
		  2);
	CHECK_INT(count_of("SELECT count(*) FROM role_held WHERE person_id IN (3, 8)"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM task_force_member WHERE person_id = 3"
			   " AND until IS NULL"),
		  0);
	CHECK_INT(count_of("SELECT count(*) FROM task_force_municipality WHERE municipality_id = 3"
			   " AND until = '2026-11-21'"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id IN (3, 8)"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM invitation WHERE revoked_at IS NULL"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id IN (3, 8)"
			   " AND topic = 'account' AND body LIKE '%Zugehörigkeit%beendet%'"),
		  2);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'municipality.end'"
			   " AND object = 'municipality/3' AND actor_id IS NULL"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'membership.end'"), 2);
	/* No unit of any later vote; of the days before it still is. */
	CHECK(!in_roll(2026, 11, 21, BERGSTEDT) && in_roll(2026, 11, 20, BERGSTEDT));
	a = get_as(IVO, "/kommunen");
	CHECK(shows(&a, "Früher dabei") && shows(&a, "Stadt Bergstedt"));
	a = get_as(ANNA, "/task-forces/dateninventur");
	CHECK(shows(&a, "5,00"));
	CHECK_INT(count_of("SELECT count(*) FROM booking WHERE municipality_id = 3"), 1);
	/* The account stays, without anything. */
	a = post_as(NOBODY, "/anmelden",
		    FORM(FIELD("email", "heidi@bergstedt.example"), FIELD("passwort", PASSWORD)));
	CHECK_INT(a.status, 303);
}

TEST(who_left_takes_nobody_in_and_leaves_once)
{
	fixtures();
	CHECK_INT(both("bergstedt"), 303);
	tick_at(TOMORROW);
	struct answer a = get_as(EMIL, "/kommunen/bergstedt");
	CHECK(shows(&a, "Bis 20.\u00a0November 2026") && !shows(&a, "Erste Personenverwaltung"));
	CHECK_INT(post_as(EMIL, "/kommunen/bergstedt/verwaltung",
			  FORM(FIELD("name", "X"), FIELD("email", "x@bergstedt.example"),
			       FIELD("passwort", PASSWORD)))
		      .status,
		  409);
	CHECK_INT(get_as(IVO, LEAVE).status, 409);
	CHECK_INT(post_as(IVO, LEAVE, FRESH).status, 409);
	a = get_as(IVO, "/kommunen/bergstedt");
	CHECK(!shows(&a, "austritt"));
}

TEST(nobody_leaves_a_hole_behind)
{
	fixtures();
	run_sql("UPDATE task_force_member SET role = 'member';"
		"UPDATE task_force_municipality SET role = 'partner'");
	struct answer a = get_as(IVO, "/kommunen/lindheim/austritt");
	CHECK(shows(&a, "letzte Person im Projektbüro"));
	CHECK_INT(both("lindheim"), 409);
	/* Two of the office, both of the same municipality, do not replace each other. */
	run_sql("INSERT INTO role_grant (person_id, role, since, granted_at) VALUES"
		" (10, 'pmo', '2026-01-01', 1)");
	CHECK_INT(post_as(HEIDI, "/kommunen/lindheim/austritt/bestaetigen", named(PASSWORD)).status,
		  409);
	run_sql("INSERT INTO role_grant (person_id, role, since, granted_at) VALUES"
		" (2, 'pmo', '2026-01-01', 1)");
	CHECK_INT(post_as(HEIDI, "/kommunen/lindheim/austritt/bestaetigen", named(PASSWORD)).status,
		  303);
	/* Who leaves with it follows nobody: Ben is the last of the office now. */
	a = get_as(GRETA, "/personen/2/ende");
	CHECK(shows(&a, "letzte Person im Projektbüro"));
	CHECK_INT(both("bergstedt"), 303);
	a = get_as(HEIDI, "/kommunen/seefeld/austritt");
	CHECK(shows(&a, "niemand mehr Rollen der Kooperation vergeben"));
	CHECK_INT(both("seefeld"), 409);
}

TEST(it_does_not_leave_out_of_a_running_vote)
{
	poll_world();
	run_sql("UPDATE task_force_member SET role = 'member' WHERE person_id = 3;"
		"UPDATE meeting SET deputy_id = 9, minute_taker_id = 1");
	OPENS();
	struct answer a = get_as(IVO, LEAVE);
	CHECK(shows(&a, "Abstimmung läuft"));
	CHECK_INT(both("bergstedt"), 409);
	CHECK_INT(votes(HEIDI, BERGSTEDT, "yes"), 303);
	CLOSES();
	CHECK_INT(post_as(HEIDI, CONFIRM, named(PASSWORD)).status, 303);
	CHECK_STR(statuses(), S("silent yes silent silent"));
	check_register();
}

TEST(one_person_alone_changes_nothing)
{
	fixtures();
	CHECK_INT(post_as(IVO, LEAVE, plan_form("31.12.2026")).status, 303);
	CHECK_INT(count_of(LEFT), 0);
	CHECK_INT(count_of("SELECT count(*) FROM municipality_leaving WHERE last_day = '2026-12-31'"
			   " AND planned_by = 9 AND planned_from = 4 AND confirmed_at IS NULL"),
		  1);
	/* The committee is told, with the reason; who entered it knows. */
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 8"
			   " AND body LIKE '%Ivo Iris%31.%Dezember 2026%Der Rat will es.%'"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 9"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'municipality.leave_plan'"),
		  1);
	struct answer a = get_as(IVO, LEAVE);
	CHECK(shows(&a, "noch niemandem") && shows(&a, "Der Rat will es."));
	CHECK(shows(&a, "Austritt zurückziehen") && !shows(&a, "Austritt bestätigen"));
	CHECK(shows(&a, "aus Stadt Bergstedt"));
	CHECK_INT(post_as(IVO, CONFIRM, named(PASSWORD)).status, 403);
	CHECK_INT(post_as(IVO, LEAVE, FRESH).status, 409);
	a = get_as(ANNA, "/kommunen/bergstedt");
	CHECK(shows(&a, "Noch ändert sich nichts"));
	/* The clock alone does not confirm: after its day it is gone. */
	clock_at(FIXTURE_NOW + 50 * 86400);
	CHECK_INT(post_as(HEIDI, CONFIRM, named(PASSWORD)).status, 409);
	tick_at(FIXTURE_NOW + 50 * 86400);
	CHECK_INT(count_of(LEFT), 0);
	CHECK_INT(post_as(HEIDI, LEAVE, plan_form("31.12.2027")).status, 303);
}

TEST(the_two_are_of_two_municipalities_and_one_of_the_one_that_leaves)
{
	fixtures();
	/* Cem and Heidi of Bergstedt, Ivo of Seefeld, Ben of Auental. */
	run_sql(
	    "INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at) VALUES"
	    " (3, 'committee_deputy', 3, '2026-01-01', 1),"
	    " (2, 'committee', 2, '2026-01-01', 1)");
	CHECK_INT(post_as(IVO, LEAVE, FRESH).status, 303);
	CHECK_INT(post_as(BEN, CONFIRM, named(PASSWORD)).status, 403);
	struct answer a = get_as(BEN, "/");
	CHECK(!shows(&a, "Bestätige den Austritt"));
	a = get_as(CEM, "/");
	CHECK(shows(&a, "Bestätige den Austritt: Bergstedt"));
	CHECK_INT(post_as(BEN, WITHDRAW, named(NULL)).status, 403);
	CHECK_INT(post_as(CEM, CONFIRM, named(PASSWORD)).status, 303);
	fixtures();
	run_sql(
	    "INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at) VALUES"
	    " (3, 'committee_deputy', 3, '2026-01-01', 1),"
	    " (2, 'committee', 2, '2026-01-01', 1)");
	CHECK_INT(post_as(HEIDI, LEAVE, FRESH).status, 303);
	CHECK_INT(post_as(CEM, CONFIRM, named(PASSWORD)).status, 403);
	CHECK_INT(post_as(BEN, CONFIRM, named(PASSWORD)).status, 303);
	/* Nobody there may any more. */
	fixtures();
	run_sql(
	    "DELETE FROM role_grant WHERE person_id = 8; INSERT INTO role_grant (person_id, role,"
	    " municipality_id, since, granted_at) VALUES (2, 'committee', 2, '2026-01-01', 1)");
	CHECK_INT(post_as(IVO, LEAVE, FRESH).status, 303);
	CHECK_INT(post_as(BEN, CONFIRM, named(PASSWORD)).status, 303);
}

TEST(either_withdraws_it_until_its_day_is_over)
{
	static const int64_t who[] = {IVO, HEIDI};

	for (size_t i = 0; i < 4; i++) {
		fixtures();
		CHECK_INT(i < 2 ? both("bergstedt") : post_as(IVO, LEAVE, FRESH).status, 303);
		struct answer a = post_as(who[i % 2], WITHDRAW, named(NULL));
		CHECK_STR(a.location, S(LEAVE "?meldung=austritt-zurueckgezogen"));
		CHECK_INT(count_of(LEFT), 0);
		CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action ="
				   " 'municipality.leave_withdraw'"),
			  1);
		CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id IN (8, 9)"
				   " AND body LIKE '%bleibt dabei%'"),
			  1);
		tick_at(TOMORROW);
		CHECK_INT(count_of("SELECT count(*) FROM membership WHERE until IS NOT NULL"), 0);
		CHECK_INT(post_as(IVO, LEAVE, plan_form("31.12.2027")).status, 303);
	}
	fixtures();
	CHECK_INT(both("bergstedt"), 303);
	clock_at(TOMORROW);
	CHECK_INT(post_as(IVO, WITHDRAW, named(NULL)).status, 409);
}

TEST(what_came_after_the_confirmation_keeps_the_accounts_and_not_the_vote)
{
	fixtures();
	CHECK_INT(both("bergstedt"), 303);
	run_sql("UPDATE task_force_member SET role = 'member' WHERE person_id = 2;"
		"UPDATE task_force_member SET role = 'lead' WHERE person_id = 3");
	struct answer a = get_as(IVO, LEAVE);
	CHECK(shows(&a, "Das ist seit der Bestätigung dazugekommen."));
	tick_at(TOMORROW);
	CHECK_INT(count_of("SELECT count(*) FROM membership WHERE until IS NOT NULL"), 0);
	CHECK(!in_roll(2026, 11, 21, BERGSTEDT));
	/* Heidi decides no longer, Cem leads until somebody follows. */
	CHECK_INT(get_as(HEIDI, LEAVE).status, 403);
	CHECK_INT(get_as(CEM, "/task-forces/dateninventur").status, 200);
	a = get_as(IVO, LEAVE);
	CHECK(shows(&a, "Der letzte Tag ist vorbei.") && !shows(&a, "Austritt zurückziehen"));
	CHECK_INT(count_of(TOLD_IT_WAITS), 2);
	tick_at(TOMORROW + 60);
	CHECK_INT(count_of(TOLD_IT_WAITS), 2);
	run_sql("UPDATE task_force_member SET role = 'member' WHERE person_id = 3");
	tick_at(TOMORROW + 120);
	CHECK_INT(count_of("SELECT count(*) FROM membership WHERE until IS NOT NULL"), 2);
	CHECK_INT(count_of("SELECT count(*) FROM municipality_leaving WHERE done_at > 0"), 1);
}

TEST(every_mistake_is_named_and_nothing_typed_is_lost)
{
	fixtures();
	struct answer a = post_as(
	    IVO, LEAVE,
	    FORM(FIELD("tag", "19.11.2026"), FIELD("grund", "Weil"), FIELD("passwort", PASSWORD)));
	CHECK(a.status == 422 && shows(&a, "Nimm heute oder einen späteren Tag."));
	CHECK(shows(&a, "value=\"19.11.2026\"") && shows(&a, ">Weil</textarea>"));
	a = post_as(IVO, LEAVE, FORM(FIELD("tag", ""), FIELD("grund", ""), FIELD("passwort", "")));
	CHECK(a.status == 422 && shows(&a, "href=\"#tag\"") && shows(&a, "href=\"#grund\""));
	a = post_as(
	    IVO, LEAVE,
	    FORM(FIELD("tag", "20.11.2026"), FIELD("grund", "Weil"), FIELD("passwort", "")));
	CHECK(a.status == 422 && shows(&a, "href=\"#passwort\""));
	CHECK_INT(post_as(IVO, LEAVE, FRESH).status, 303);
	CHECK_INT(post_as(HEIDI, CONFIRM, named("")).status, 422);
	CHECK_INT(post_as(HEIDI, CONFIRM, named("falsch-falsch")).status, 422);
	a = post_as(HEIDI, CONFIRM, FORM(FIELD("vorgang", "99"), FIELD("passwort", PASSWORD)));
	CHECK_INT(a.status, 409);
}

TEST(leaving_stands_what_every_form_must)
{
	struct str plan = S("tag=20.11.2026&grund=Weil&passwort=" PASSWORD);

	fixtures();
	check_refusals(IVO, LEAVE, plan, STATE);
	check_once(IVO, LEAVE, plan, STATE);
	struct str form = S("vorgang=1&passwort=" PASSWORD);
	check_refusals(HEIDI, CONFIRM, form, STATE);
	check_once(HEIDI, CONFIRM, form, STATE);
	fixtures();
	check_failures(IVO, LEAVE, plan, STATE);
	fixtures();
	CHECK_INT(post_as(IVO, LEAVE, FRESH).status, 303);
	check_failures(HEIDI, CONFIRM, form, STATE);
}

TESTS_MAIN
