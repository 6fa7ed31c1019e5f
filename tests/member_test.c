/* member_test.c -- one person, as the administrator of the own municipality helps and lets go. */
#include "people_world.h"

#define STATUS_OF_BEN "SELECT count(*) FROM person WHERE id = 2 AND status = 'suspended'"
#define FRESH FORM(FIELD("passwort", PASSWORD))
#define LETTERS "SELECT count(*) FROM outbox WHERE topic = 'account'"

static void ben_is_no_lead(void)
{
	fixtures();
	run_sql("UPDATE task_force_member SET role = 'member' WHERE person_id = 2");
}

/* ---- The page ---- */

TEST(the_page_shows_what_the_administrator_needs)
{
	fixtures();
	run_sql("INSERT INTO role_grant (person_id, role, since, until, granted_at) VALUES"
		" (2, 'reviewer', '2026-01-01', '2026-12-31', 1);"
		"UPDATE person SET last_seen_on = '2026-11-02' WHERE id = 2");
	struct answer a = get_as(GRETA, "/personen/2");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Ben Birke") && shows(&a, "ben@auental.example"));
	CHECK(shows(&a, "02.11.2026") && shows(&a, "nicht eingerichtet"));
	CHECK(shows(&a, "Mitwirkung am Handbuch") && shows(&a, ", bis 31.12.2026"));
	CHECK(shows(&a, "/task-forces/dateninventur") && shows(&a, "Task Force, Leitung"));
	CHECK(shows(&a, "/personen/2/sperren") && !shows(&a, "/personen/2/freigeben"));
	CHECK(!shows(&a, "/personen/2/zwei-schritte"));
	/* Oneself: nothing to press. */
	a = get_as(GRETA, "/personen/7");
	CHECK(shows(&a, "Das bist du selbst.") && !shows(&a, "/personen/7/"));
}

/* Of others 403, because their names are no secret; 404 for whoever is not there. */
TEST(people_of_other_municipalities_are_out_of_reach)
{
	static const char *const acts[] = {"sperren", "freigeben", "zwei-schritte", "ende"};
	static const struct {
		int64_t id;
		int status;
	} others[] = {{ANNA, 403}, {EMIL, 403}, {GRETA, 403}, {99, 404}, {50, 404}, {51, 404}};

	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		fixtures();
		run_sql("UPDATE person SET totp_secret = x'00';"
			"INSERT INTO person (id, name, sort_key, email, status, created_at) VALUES"
			" (50, 'I', 'i', 'i@auental.example', 'invited', 1),"
			" (51, 'A', 'a', 'a@auental.example', 'anonymised', 1)");
		for (size_t k = 0; k < 4; k++) {
			const char *target =
			    arena_cstr(test_arena, arena_fmt(test_arena, "/personen/%d/%s",
							     (int)others[i].id, acts[k]));
			CHECK_INT(post_as(GRETA, target, S("")).status, others[i].status);
		}
		CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action NOT LIKE 'login%'"), 0);
		CHECK_INT(count_of("SELECT count(*) FROM membership WHERE until IS NULL"), 10);
	}
	CHECK_INT(get_as(GRETA, "/personen/1").status, 403);
	CHECK_INT(get_as(GRETA, "/personen/1/ende").status, 403);
	CHECK_INT(get_as(ANNA, "/personen/2").status, 403);
}

/* ---- Suspending ---- */

TEST(suspending_and_resetting_ask_for_the_password_on_a_page_of_their_own)
{
	static const char *const pages[] = {"/personen/2/sperren", "/personen/2/zwei-schritte"};

	fixtures();
	run_sql("UPDATE person SET totp_secret = x'00' WHERE id = 2");
	for (size_t i = 0; i < 2; i++) {
		struct answer a = get_as(GRETA, pages[i]);
		CHECK_INT(a.status, 200);
		CHECK(shows(&a, "Ben Birke") && shows(&a, "id=\"passwort\""));
		a = post_as(GRETA, pages[i], FORM(FIELD("passwort", "")));
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, "href=\"#passwort\""));
		a = post_as(GRETA, pages[i], FORM(FIELD("passwort", "nicht-das-richtige")));
		CHECK_INT(a.status, 422);
		CHECK_INT(get_as(ANNA, pages[i]).status, 403);
	}
	CHECK_INT(count_of(STATUS_OF_BEN), 0);
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE id = 2 AND totp_secret IS NULL"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'password_failed'"), 2);
	/* Waking somebody stays one click. */
	CHECK_INT(post_as(GRETA, "/personen/2/sperren", FRESH).status, 303);
	CHECK_INT(get_as(GRETA, "/personen/2/sperren").status, 409);
	CHECK_INT(post_as(GRETA, "/personen/2/freigeben", S("")).status, 303);
}

TEST(a_suspended_person_is_out_at_once_and_back_with_one_click)
{
	fixtures();
	CHECK_INT(get_as(BEN, "/task-forces").status, 200);
	struct answer a = post_as(GRETA, "/personen/2/sperren", FRESH);
	CHECK_STR(a.location, S("/personen/2?meldung=gesperrt"));
	CHECK_STR(get_as(BEN, "/task-forces").location, S("/anmelden?weiter=%2Ftask-forces"));
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 2"), 0);
	CHECK_STR(text_of("SELECT subject FROM outbox WHERE person_id = 2"),
		  S("Dein Zugang ist gesperrt"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'person.suspend'"
			   " AND actor_id = 7 AND object = 'person/2' AND municipality_id = 2"),
		  1);
	a = get_as(GRETA, "/kommunen/auental");
	CHECK(shows(&a, ">gesperrt<"));
	CHECK_INT(post_as(GRETA, "/personen/2/sperren", S("a=")).status, 409);
	a = post_as(GRETA, "/personen/2/freigeben", S(""));
	CHECK_STR(a.location, S("/personen/2?meldung=wieder-aktiv"));
	CHECK_STR(text_of("SELECT status FROM person WHERE id = 2"), S("active"));
	CHECK_INT(post_as(GRETA, "/personen/2/freigeben", S("a=")).status, 409);
	CHECK_INT(post_as(NOBODY, "/anmelden",
			  FORM(FIELD("email", "ben@auental.example"), FIELD("passwort", PASSWORD)))
		      .status,
		  303);
}

TEST(an_account_that_slept_wakes_for_another_180_days)
{
	fixtures();
	run_sql("UPDATE person SET status = 'suspended', asleep = 1, warned_on = '2026-10-01',"
		" last_seen_on = '2026-05-01' WHERE id = 2");
	struct answer a = get_as(GRETA, "/personen/2");
	CHECK(shows(&a, "ruht, weil lange niemand da war"));
	CHECK_INT(post_as(GRETA, "/personen/2/freigeben", S("")).status, 303);
	CHECK_STR(text_of("SELECT status || asleep || last_seen_on || (warned_on IS NULL)"
			  " FROM person WHERE id = 2"),
		  S("active02026-11-201"));
}

TEST(nobody_does_it_to_themselves)
{
	static const char *const acts[] = {"/personen/7/sperren", "/personen/7/freigeben",
					   "/personen/7/zwei-schritte", "/personen/7/ende"};

	fixtures();
	run_sql("UPDATE person SET totp_secret = x'00' WHERE id = 7");
	for (size_t i = 0; i < 4; i++)
		CHECK_INT(post_as(GRETA, acts[i], S("")).status, 403);
	CHECK_INT(get_as(GRETA, "/personen/7/ende").status, 403);
	CHECK_STR(text_of("SELECT status FROM person WHERE id = 7"), S("active"));
}

TEST(the_last_of_the_office_stays)
{
	fixtures();
	run_sql("INSERT INTO role_grant (person_id, role, since, granted_at) VALUES"
		" (2, 'reviewer', '2026-01-01', 1); UPDATE role_grant SET role = 'pmo'"
		" WHERE person_id = 2; UPDATE role_grant SET ended_at = 5 WHERE person_id = 1");
	struct answer a = post_as(GRETA, "/personen/2/sperren", FRESH);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Das ist die letzte Person im Projektbüro."));
	CHECK_INT(count_of(STATUS_OF_BEN), 0);
	a = get_as(GRETA, "/personen/2/ende");
	CHECK(shows(&a, "Das ist die letzte Person im Projektbüro."));
	CHECK_INT(post_as(GRETA, "/personen/2/ende", S("")).status, 409);
	/* With a successor it goes; one who is suspended or yet to come is none. */
	run_sql("INSERT INTO role_grant (person_id, role, since, granted_at)"
		" VALUES (10, 'pmo', '2026-12-01', 1), (11, 'pmo', '2026-01-01', 1);"
		"UPDATE person SET status = 'suspended' WHERE id = 11");
	CHECK_INT(post_as(GRETA, "/personen/2/sperren", FRESH).status, 409);
	run_sql("UPDATE person SET status = 'active' WHERE id = 11");
	CHECK_INT(post_as(GRETA, "/personen/2/sperren", FRESH).status, 303);
}

TEST(the_last_administrator_stays)
{
	fixtures();
	/* The municipality of the role counts: here Ben looks after Lindheim alone. */
	run_sql(
	    "INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at) VALUES"
	    " (2, 'municipality', 1, '2026-01-01', 1)");
	struct answer a = post_as(GRETA, "/personen/2/sperren", FRESH);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Das ist die letzte Personenverwaltung der Kommune."));
	/* Beside Greta one of two may go. */
	run_sql("UPDATE role_grant SET municipality_id = 2 WHERE person_id = 2");
	CHECK_INT(post_as(GRETA, "/personen/2/sperren", FRESH).status, 303);
}

/* ---- The second factor ---- */

TEST(a_lost_phone_is_helped_with_a_letter)
{
	fixtures();
	run_sql("UPDATE person SET totp_secret = x'00', totp_since = 5 WHERE id = 2;"
		"INSERT INTO recovery_code (person_id, code_hash) VALUES (2, x'01');"
		"INSERT INTO trusted_device (token_hash, person_id, created_at, ends_at)"
		" VALUES (zeroblob(32), 2, 1, 1900000000)");
	struct answer a = post_as(GRETA, "/personen/2/zwei-schritte", FRESH);
	CHECK_STR(a.location, S("/personen/2?meldung=zwei-schritte-zurueckgesetzt"));
	CHECK_INT(count_of("SELECT (SELECT count(*) FROM person WHERE id = 2"
			   "   AND totp_secret IS NOT NULL) + (SELECT count(*) FROM recovery_code)"
			   " + (SELECT count(*) FROM trusted_device)"
			   " + (SELECT count(*) FROM session WHERE person_id = 2)"),
		  0);
	CHECK_STR(text_of("SELECT subject FROM outbox WHERE person_id = 2"),
		  S("Deine Bestätigung in zwei Schritten ist zurückgesetzt"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'second_factor.reset'"), 1);
	CHECK_INT(post_as(GRETA, "/personen/2/zwei-schritte", S("a=")).status, 409);
}

/* ---- Leaving ---- */

TEST(a_membership_ends_and_the_person_stays)
{
	ben_is_no_lead();
	run_sql("INSERT INTO role_grant (person_id, role, since, granted_at) VALUES"
		" (2, 'reviewer', '2026-01-01', 1), (2, 'reader', '2027-01-01', 1)");
	struct answer a = get_as(GRETA, "/personen/2/ende");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Hier ist nichts mehr offen.") && shows(&a, "Mitarbeit endet"));
	CHECK(shows(&a, "Rolle endet: Mitwirkung am Handbuch"));
	a = post_as(GRETA, "/personen/2/ende", S(""));
	CHECK_STR(a.location, S("/kommunen/auental?meldung=zugehoerigkeit-beendet"));
	CHECK_STR(text_of("SELECT until FROM membership WHERE person_id = 2"), S("2026-11-20"));
	CHECK_INT(count_of("SELECT (SELECT count(*) FROM role_held WHERE person_id = 2)"
			   " + (SELECT count(*) FROM session WHERE person_id = 2)"
			   " + (SELECT count(*) FROM task_force_member WHERE person_id = 2"
			   "      AND until IS NULL)"),
		  0);
	CHECK_INT(count_of("SELECT count(*) FROM role_grant WHERE person_id = 2 AND ended_by = 7"),
		  2);
	CHECK_STR(text_of("SELECT status FROM person WHERE id = 2"), S("active"));
	CHECK_STR(text_of("SELECT subject FROM outbox WHERE person_id = 2"),
		  S("Deine Zugehörigkeit ist beendet"));
	CHECK_STR(text_of("SELECT before FROM audit WHERE action = 'membership.end'"),
		  S("{\"municipality\":\"Stadt Auental\"}"));
	CHECK_INT(get_as(GRETA, "/personen/2").status, 403);
	/* In, but to nothing of the project. */
	a = post_as(NOBODY, "/anmelden",
		    FORM(FIELD("email", "ben@auental.example"), FIELD("passwort", PASSWORD)));
	CHECK_INT(a.status, 303);
	struct str session = cookie_set(&a, "handschlag");
	CHECK_INT(get_with(session, "/task-forces").status, 403);
	CHECK_INT(get_with(session, "/profil").status, 200);
}

TEST(a_change_of_municipality_takes_two_steps_on_one_day)
{
	ben_is_no_lead();
	run_sql(
	    "INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at) VALUES"
	    " (1, 'municipality', 1, '2026-01-01', 1)");
	struct str form = invite_form("Ben Birke", "ben@auental.example", "mitwirken");
	struct answer a = post_as(ANNA, "/kommunen/lindheim/einladungen", form);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "einen Zugang in einer anderen Kommune"));
	CHECK_INT(post_as(GRETA, "/personen/2/ende", S("")).status, 303);
	CHECK_INT(post_as(ANNA, "/kommunen/lindheim/einladungen", form).status, 303);
	a = post_as(NOBODY, "/anmelden",
		    FORM(FIELD("email", "ben@auental.example"), FIELD("passwort", PASSWORD)));
	struct str session = cookie_set(&a, "handschlag");
	a = post_with(arena_fmt(test_arena, "handschlag=%.*s", ARG(session)), session,
		      invitation_link(), S(""));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT group_concat(municipality_id || ' ' || since || ' '"
			  " || coalesce(until, 'now'), ', ') FROM membership WHERE person_id = 2"),
		  S("2 2025-01-01 2026-11-20, 1 2026-11-20 now"));
	CHECK_STR(text_of("SELECT group_concat(role) FROM role_held WHERE person_id = 2"),
		  S("reviewer"));
}

/* One row of each kind that Ben holds. */
#define DECISION(id, state)                                                                        \
	"INSERT INTO decision (id, year, number, task_force_id, author_id, state, created_at)"     \
	" VALUES (" id ", 2026, " id ", 1, 2, '" state "', 1);"                                    \
	"INSERT INTO decision_version (decision_id, version, title, written_by, written_at)"       \
	" VALUES (" id ", 1, 'Vorlage " id "', 2, 1);"
#define MEETING(id, state, who)                                                                    \
	"INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot, " who   \
	", uid, created_by, created_at) VALUES (" id ", 2026, " id ", '" state                     \
	"', '2026-12-01', 600, 1796000000, 60, 2, 'uid" id "', 1, 1);"

static const struct {
	const char *sql, *says, *mend;
} blocking[] = {
    {"UPDATE task_force_member SET role = 'lead' WHERE person_id = 2", "Leitung: <a",
     "UPDATE task_force_member SET role = 'member' WHERE person_id = 2"},
    {DECISION("7", "in_follow_up") "INSERT INTO follow_up (decision_id, year, number,"
				   " responsible_id) VALUES (7, 2026, 7, 2)",
     "Verantwortlich für den Beschluss: <a href=\"/entscheidungen/2026-7/umsetzung\">Vorlage 7",
     "UPDATE follow_up SET responsible_id = 3"},
    {MEETING("8", "invited", "minute_taker_id"),
     "Moderation oder Niederschrift: <a href=\"/sitzungen/2026-8\">Sitzung 8/2026",
     "UPDATE meeting SET state = 'cancelled'"},
    {MEETING("8", "draft", "deputy_id"), "Moderation oder Niederschrift",
     "UPDATE meeting SET deputy_id = NULL"},
    {MEETING("8", "invited", "answer_by") "INSERT INTO proxy (meeting_id, municipality_id, "
					  "principal_id, proxy_id, granted_at)"
					  " VALUES (8, 3, 8, 2, 1)",
     "Vollmacht für eine andere Stimme: <a href=\"/sitzungen/2026-8/vollmachten\">",
     "UPDATE proxy SET revoked_at = 5, revoked_by = 8"},
};

TEST(what_only_others_may_take_over_must_be_gone_before)
{
	for (size_t i = 0; i < sizeof blocking / sizeof blocking[0]; i++) {
		ben_is_no_lead();
		run_sql(blocking[i].sql);
		struct answer a = get_as(GRETA, "/personen/2/ende");
		CHECK_INT(a.status, 200);
		CHECK(shows(&a, blocking[i].says));
		CHECK(!shows(&a, "Zugehörigkeit heute beenden"));
		a = post_as(GRETA, "/personen/2/ende", S(""));
		CHECK_INT(a.status, 409);
		CHECK(shows(&a, "Die Übergabe ist noch nicht fertig"));
		CHECK(shows(&a, blocking[i].says));
		CHECK_INT(count_of("SELECT count(*) FROM membership WHERE until IS NULL"), 10);
		run_sql(blocking[i].mend);
		CHECK_INT(post_as(GRETA, "/personen/2/ende", S("a=1")).status, 400);
		CHECK_INT(post_as(GRETA, "/personen/2/ende", S("")).status, 303);
	}
}

TEST(the_rest_is_listed_and_passed_on)
{
	ben_is_no_lead();
	run_sql(DECISION("7", "draft") DECISION("9", "review") DECISION(
	    "10", "published") "UPDATE decision SET task_force_id = NULL WHERE id = 9;"
			       "UPDATE task_force_member SET role = 'lead' WHERE person_id = 3;"
			       "INSERT INTO open_question (scope, task_force_id, text, asked_by, "
			       "asked_at, goes_to,"
			       " state) VALUES ('task_force', 1, 'Wie denn?', 2, 1, 'pmo', "
			       "'open');" MEETING("8", "closed", "minute_taker_id") MEETING(
				   "11", "invited",
				   "answer_by") "INSERT INTO proxy (meeting_id, municipality_id, "
						"principal_id, proxy_id, granted_at)"
						" VALUES (11, 2, 2, 8, 1)");
	struct answer a = get_as(GRETA, "/personen/2/ende");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Vorlage 7") && shows(&a, "Vorlage 9") && !shows(&a, "Vorlage 10"));
	CHECK(shows(&a, "Wie denn?") && shows(&a, "Niederschrift 8/2026"));
	CHECK(shows(&a, "Hat eine Vollmacht erteilt: <a href=\"/sitzungen/2026-11/vollmachten\">"));
	CHECK_INT(post_as(GRETA, "/personen/2/ende", S("")).status, 303);
	/* The lead of the task force; without one the office; what is published stays as it was. */
	CHECK_STR(text_of("SELECT group_concat(id || ':' || author_id, ' ') FROM decision"),
		  S("7:3 9:1 10:2"));
}

/* ---- What every form must stand ---- */

TEST(each_act_stands_what_every_form_must)
{
	static const struct {
		const char *target, *before, *rows, *form;
	} acts[] = {
	    {"/personen/2/sperren", "SELECT 1", STATUS_OF_BEN, "passwort=" PASSWORD},
	    {"/personen/2/freigeben", "UPDATE person SET status = 'suspended' WHERE id = 2",
	     STATUS_OF_BEN, ""},
	    {"/personen/2/zwei-schritte", "UPDATE person SET totp_secret = x'00' WHERE id = 2",
	     LETTERS, "passwort=" PASSWORD},
	    {"/personen/2/ende", "SELECT 1",
	     "SELECT (SELECT count(*) FROM membership WHERE until IS NULL)"
	     " + 100 * (SELECT count(*) FROM task_force_member WHERE until IS NULL)"
	     " + 1000 * (SELECT count(*) FROM outbox)",
	     ""},
	};

	for (size_t i = 0; i < sizeof acts / sizeof acts[0]; i++) {
		ben_is_no_lead();
		run_sql(acts[i].before);
		check_refusals(GRETA, acts[i].target, str_of(acts[i].form), acts[i].rows);
		check_once(GRETA, acts[i].target, str_of(acts[i].form), acts[i].rows);
		ben_is_no_lead();
		run_sql(acts[i].before);
		check_failures(GRETA, acts[i].target, str_of(acts[i].form), acts[i].rows);
	}
}

TESTS_MAIN
