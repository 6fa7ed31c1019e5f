/* municipality_leave_test.c -- a municipality leaves the cooperation: first the hand-over, then the
 * end; what it did stays. */
#include "poll_world.h"

#include "features/steering/steering.h"

#define LEAVE "/kommunen/bergstedt/austritt"
#define LEFT "SELECT count(*) FROM municipality WHERE left_on IS NOT NULL"
#define FRESH FORM(FIELD("passwort", PASSWORD))
#define STATE                                                                                      \
	"SELECT (SELECT count(*) FROM membership WHERE until IS NULL)"                             \
	" + 100 * (SELECT count(*) FROM municipality WHERE left_on IS NULL)"                       \
	" + 1000 * (SELECT count(*) FROM outbox)"

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
	CHECK(!shows(&a, "id=\"passwort\""));
	a = post_as(IVO, "/kommunen/auental/austritt", FRESH);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Die Übergabe ist noch nicht fertig"));
	CHECK_INT(count_of(LEFT), 0);
	/* The others have taken over. */
	run_sql("UPDATE task_force_member SET role = 'member' WHERE person_id = 2;"
		"UPDATE task_force_municipality SET role = 'partner' WHERE municipality_id = 2");
	a = get_as(IVO, "/kommunen/auental/austritt");
	CHECK(shows(&a, "Hier ist nichts mehr offen.") && shows(&a, "id=\"passwort\""));
	CHECK_INT(post_as(IVO, "/kommunen/auental/austritt", FRESH).status, 303);
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
	a = post_as(IVO, LEAVE, FRESH);
	CHECK_STR(a.location, S("/kommunen?meldung=ausgetreten"));
	CHECK_STR(text_of("SELECT left_on FROM municipality WHERE id = 3"), S("2026-11-19"));
	CHECK_INT(count_of("SELECT count(*) FROM membership WHERE municipality_id = 3"
			   " AND until = '2026-11-20'"),
		  2);
	CHECK_INT(count_of("SELECT count(*) FROM role_held WHERE person_id IN (3, 8)"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM task_force_member WHERE person_id = 3"
			   " AND until IS NULL"),
		  0);
	CHECK_INT(count_of("SELECT count(*) FROM task_force_municipality WHERE municipality_id = 3"
			   " AND until = '2026-11-20'"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id IN (3, 8)"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM invitation WHERE revoked_at IS NULL"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id IN (3, 8)"
			   " AND topic = 'account'"),
		  2);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'municipality.end'"
			   " AND object = 'municipality/3' AND actor_id = 9"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'membership.end'"), 2);
	/* No unit of any later vote; of the days before it still is. */
	CHECK(!in_roll(2026, 11, 20, BERGSTEDT) && in_roll(2026, 11, 19, BERGSTEDT));
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
	CHECK_INT(post_as(IVO, LEAVE, FRESH).status, 303);
	struct answer a = get_as(EMIL, "/kommunen/bergstedt");
	CHECK(shows(&a, "Bis 19.\u00a0November 2026") && !shows(&a, "Erste Personenverwaltung"));
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
	CHECK_INT(post_as(IVO, "/kommunen/lindheim/austritt", FRESH).status, 409);
	/* Two of the office, both of the same municipality, do not replace each other. */
	run_sql("INSERT INTO role_grant (person_id, role, since, granted_at) VALUES"
		" (10, 'pmo', '2026-01-01', 1)");
	CHECK_INT(post_as(IVO, "/kommunen/lindheim/austritt", FRESH).status, 409);
	run_sql("INSERT INTO role_grant (person_id, role, since, granted_at) VALUES"
		" (2, 'pmo', '2026-01-01', 1)");
	CHECK_INT(post_as(IVO, "/kommunen/lindheim/austritt", FRESH).status, 303);
	CHECK_INT(post_as(IVO, LEAVE, FRESH).status, 303);
	a = post_as(IVO, "/kommunen/seefeld/austritt", FRESH);
	CHECK(a.status == 409 && shows(&a, "niemand mehr Rollen der Kooperation vergeben"));
}

TEST(it_does_not_leave_out_of_a_running_vote)
{
	poll_world();
	run_sql("UPDATE task_force_member SET role = 'member' WHERE person_id = 3;"
		"UPDATE meeting SET deputy_id = 9, minute_taker_id = 1");
	OPENS();
	struct answer a = get_as(IVO, LEAVE);
	CHECK(shows(&a, "Abstimmung läuft"));
	CHECK_INT(post_as(IVO, LEAVE, FRESH).status, 409);
	CHECK_INT(votes(HEIDI, BERGSTEDT, "yes"), 303);
	CLOSES();
	CHECK_INT(post_as(IVO, LEAVE, FRESH).status, 303);
	CHECK_STR(statuses(), S("silent yes silent silent"));
	check_register();
}

TEST(leaving_asks_for_the_password_and_stands_what_every_form_must)
{
	fixtures();
	struct answer a = post_as(IVO, LEAVE, FORM(FIELD("passwort", "")));
	CHECK(a.status == 422 && shows(&a, "href=\"#passwort\""));
	CHECK_INT(post_as(IVO, LEAVE, FORM(FIELD("passwort", "falsch-falsch"))).status, 422);
	check_refusals(IVO, LEAVE, S("passwort=" PASSWORD), STATE);
	check_once(IVO, LEAVE, S("passwort=" PASSWORD), STATE);
	fixtures();
	check_failures(IVO, LEAVE, S("passwort=" PASSWORD), STATE);
}

TESTS_MAIN
