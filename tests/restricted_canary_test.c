/* restricted_canary_test.c -- what stands on an agenda as restricted is nowhere read by others: one
 * word in every text, and every address that could say it. */
#include "features/steering/decision_handlers.h"
#include "features/steering/follow_up.h"
#include "meeting_world.h"

#define CANARY "Kanarienvogel"
#define WHY "Personalsache"

/* DORA is a member and nothing else; BEN wrote it, ANNA is the office, CEM takes the minutes. */
static void restricted_world(void)
{
	meeting_world("invited");
	run_sql("INSERT INTO decision_version (decision_id, version, title, summary, resolution,"
		" reasons, written_by, written_at, published_at, counts_from, sha256) VALUES (1, 3,"
		" '" CANARY "', '" CANARY "', '" CANARY "', '" CANARY "', 2, 1794300000,"
		" 1794300000, 1794300000, printf('%064d', 3));"
		"UPDATE agenda_entry SET title = '" CANARY "', restricted = '" WHY "' WHERE id = 1;"
		"INSERT INTO decision_search (decision_id, title_key, words) VALUES"
		" (1, 'kanarienvogel', 'kanarienvogel')"
		" ON CONFLICT DO UPDATE SET words = 'kanarienvogel';"
		"INSERT INTO decision_comment (decision_id, number, author_id, author_org,"
		" text, at) VALUES"
		" (1, 1, 2, 'Auental', '" CANARY "', 1);"
		"DELETE FROM task_force_member WHERE person_id = 4");
}

static const char *const addresses[] = {
    "/entscheidungen",
    "/entscheidungen?q=kanarienvogel",
    "/entscheidungen?sortierung=titel",
    "/entscheidungen.csv",
    DECISION_1_PAGE,
    DECISION_1_PAGE "/fassungen",
    DECISION_1_PAGE "/fassungen?von=2&bis=3",
    DECISION_1_PAGE "/fassungen/3/wortlaut",
    DECISION_1_PAGE "/fassungen/2/wortlaut",
    DECISION_1_PAGE "/bearbeiten",
    DECISION_1_PAGE "/abstimmung",
    DECISION_1_PAGE "/umlauf",
    DECISION_1_PAGE "/umsetzung",
    "/entscheidungen/umsetzung",
    "/entscheidungen/umsetzung?stand=erledigt",
    "/entscheidungen/2026-2",
    "/sitzungen",
    M1,
    P1,
    M1 "/punkte/4",
    M1 "/protokoll",
    M1 "/sitzung.ics",
    "/",
    "/aufgaben",
    "/suche?q=kanarienvogel",
    "/register/register.txt",
};

static void nobody_else_reads_it(void)
{
	for (size_t i = 0; i < sizeof addresses / sizeof addresses[0]; i++) {
		struct answer a = get_as(DORA, addresses[i]);
		CHECK(a.status < 500);
		if (shows(&a, CANARY))
			fail_msg("%s", addresses[i]);
	}
}

TEST(others_see_number_class_and_reason)
{
	restricted_world();
	nobody_else_reads_it();
	struct answer a = get_as(DORA, DECISION_1_PAGE);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Vorlage 2026-1") && shows(&a, "Entscheidung") && shows(&a, WHY));
	a = get_as(DORA, "/entscheidungen");
	CHECK(shows(&a, "2026-1") && shows(&a, "Nur für den Steuerungskreis"));
	a = get_as(DORA, "/entscheidungen?q=kanarienvogel");
	CHECK(!shows(&a, "2026-1"));
	CHECK_INT(get_as(DORA, DECISION_1_PAGE "/fassungen").status, 403);
	CHECK_INT(post_as(DORA, DECISION_1_PAGE "/beitraege", FORM(FIELD("beitrag", "Hm."))).status,
		  403);
}

/* Published while everybody read it, restricted afterwards: the register cannot forget. */
TEST(the_register_does_not_name_it)
{
	struct decision d;

	restricted_world();
	run_sql("DELETE FROM register_record; UPDATE agenda_entry SET restricted = '';"
		"INSERT INTO decision_version (decision_id, version, title, resolution, written_by,"
		" written_at) VALUES (1, 4, '" CANARY "', 'Neu.', 2, 1794300000)");
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	struct request rq = {.app = &test_app, .db = test_db, .arena = test_arena};
	CHECK_INT(decision_by_id(&rq, 1, &d), OK);
	CHECK_INT(decision_put_out(&rq, &d), OK);
	CHECK_INT(db_commit(test_db), OK);
	struct answer a = get_as(DORA, DECISION_1_PAGE);
	CHECK(shows(&a, CANARY));
	run_sql("UPDATE agenda_entry SET restricted = '" WHY "' WHERE id = 1");
	a = get_as(DORA, "/register/register.txt");
	CHECK(shows(&a, "template_published"));
	nobody_else_reads_it();
}

TEST(those_concerned_read_it)
{
	static const int64_t people[] = {ANNA, BEN, CEM, IVO, JULE, KIM};

	restricted_world();
	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
		struct answer a = get_as(people[i], DECISION_1_PAGE);
		CHECK_INT(a.status, 200);
		CHECK(shows(&a, CANARY));
		a = get_as(people[i], "/entscheidungen?q=kanarienvogel");
		CHECK(shows(&a, CANARY));
	}
	/* Her own task force. */
	run_sql("INSERT INTO task_force_member (task_force_id, person_id, role, since) VALUES"
		" (1, 4, 'member', '2026-01-01')");
	struct answer a = get_as(DORA, DECISION_1_PAGE);
	CHECK(shows(&a, CANARY));
}

/* Published anew while it stands there. */
TEST(letters_go_to_those_who_read_it)
{
	struct decision d;

	restricted_world();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	struct request rq = {.app = &test_app, .db = test_db, .arena = test_arena};
	CHECK_INT(decision_by_id(&rq, 1, &d), OK);
	CHECK_INT(decision_tell(&rq, &d), OK);
	CHECK_INT(db_commit(test_db), OK);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 4"), 0);
	/* Who looks after undelivered letters reads their subjects. */
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE instr(subject, '" CANARY "') > 0"),
		  0);
	CHECK_INT(count_of("SELECT count(DISTINCT person_id) FROM outbox WHERE person_id IN"
			   " (1, 2, 3, 9, 10, 11)"),
		  6);
}

/* Put off, it comes onto the next agenda, and nobody says there again that it is restricted. */
TEST(on_another_agenda_it_stays_restricted)
{
	restricted_world();
	run_sql("UPDATE agenda_entry SET outcome = 'deferred', started_at = 1, ended_at = 2"
		" WHERE id = 1;"
		"INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot,"
		" place, chair_id, deputy_id, minute_taker_id, answer_by, uid, sequence, "
		"invited_at, created_by, created_at)"
		" SELECT 2, 2026, 2, state, '2026-12-20', start_minute, starts_at + 1, slot, place,"
		" chair_id, deputy_id, minute_taker_id, answer_by, 'zweizweizweizwei', sequence, "
		"invited_at, created_by, 1"
		" FROM meeting WHERE id = 1;"
		"INSERT INTO agenda_entry (id, meeting_id, pos, kind, decision_id, title,"
		" presenter_id, minutes) VALUES (20, 2, 1, 'decision', 1, '" CANARY "', 2, 30);"
		"INSERT INTO minutes_note (meeting_id, agenda_entry_id, kind, text, by, at) VALUES"
		" (2, 20, 'task', '" CANARY "', 3, 1)");
	for (int i = 0; i < 4; i++) {
		static const char *const of_it[] = {"", "/punkte/20", "/protokoll", "/sitzung.ics"};
		const char *address =
		    arena_cstr(test_arena, arena_fmt(test_arena, "/sitzungen/2026-2%s", of_it[i]));
		struct answer a = get_as(DORA, address);
		CHECK(a.status < 500);
		if (shows(&a, CANARY))
			print_error("%s\n", address);
		CHECK(!shows(&a, CANARY));
	}
	struct answer a = get_as(JULE, "/sitzungen/2026-2");
	CHECK(shows(&a, CANARY));
	nobody_else_reads_it();
}

/* Adopted, its follow-up comes onto an agenda by itself; another template revokes it. */
TEST(what_becomes_of_it_is_restricted_too)
{
	restricted_world();
	run_sql(
	    "UPDATE decision SET state = 'in_follow_up';"
	    "INSERT INTO follow_up (decision_id, year, number, due_on) VALUES"
	    " (1, 2026, 7, '2026-11-01');"
	    "UPDATE agenda_entry SET outcome = 'decided', started_at = 1, ended_at = 2"
	    " WHERE id = 1;"
	    "INSERT INTO decision (id, year, number, author_id, state, created_at) VALUES"
	    " (2, 2026, 2, 2, 'published', 1);"
	    "INSERT INTO decision_version (decision_id, version, title, revokes_id, written_by,"
	    " written_at, published_at, counts_from, sha256) VALUES (2, 1, 'Doch anders', 1, 2, 1,"
	    " 1, 1, printf('%064d', 4))");
	CHECK_INT(follow_ups_place_due(test_db, test_arena), OK);
	CHECK_INT(count_of("SELECT count(*) FROM agenda_entry WHERE follows_id = 1"), 1);
	nobody_else_reads_it();
	struct answer a = get_as(DORA, "/entscheidungen/umsetzung");
	CHECK(shows(&a, "Nur für den Steuerungskreis"));
	a = get_as(DORA, "/entscheidungen/2026-2");
	CHECK(shows(&a, "Doch anders") && shows(&a, "2026-1"));
	a = get_as(JULE, "/entscheidungen/umsetzung");
	CHECK(shows(&a, CANARY));
	/* Who looks after the people of Seefeld hears that Ivo has something to do, not what. */
	run_sql("UPDATE follow_up SET responsible_id = 9;"
		"INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
		" VALUES (4, 'municipality', 4, '2025-01-01', 1)");
	a = get_as(DORA, "/personen/9/ende");
	CHECK_INT(a.status, 200);
	CHECK(!shows(&a, CANARY) && shows(&a, "2026-1") &&
	      shows(&a, "Nur für den Steuerungskreis"));
	/* Whoever carries it out has to read it. */
	run_sql("UPDATE follow_up SET responsible_id = 4");
	a = get_as(DORA, DECISION_1_PAGE "/umsetzung");
	CHECK(shows(&a, CANARY));
}

TESTS_MAIN
