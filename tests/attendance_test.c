/* attendance_test.c -- who is there, who speaks for whom, who must not. */
#include "features/steering/proxy.h"
#include "meeting_world.h"

#define LIST M1 "/anwesenheit"
#define PROXIES M1 "/vollmachten"
#define RECUSE P1 "/befangen"
#define LIFT P1 "/befangen-aufheben"
#define OPEN_ROWS "SELECT count(*) FROM attendance WHERE until_at IS NULL"
#define RECORDS "SELECT count(*) FROM register_record WHERE kind = "

static struct str comes(const char *person, const char *mode)
{
	return FORM(FIELD_STR("kommt", str_of(person)), FIELD_STR("art", str_of(mode)));
}

TEST(chair_and_minute_taker_note_everybody_others_themselves_by_video)
{
	static const struct {
		int64_t by;
		const char *person, *mode;
		int status;
	} cases[] = {
	    {IVO, "8", "room", 303},     {JULE, "10", "room", 303},   {CEM, "8", "room", 303},
	    {CEM, "4", "room", 303},     {HEIDI, "8", "remote", 303}, {HEIDI, "8", "room", 403},
	    {HEIDI, "9", "remote", 403}, {BEN, "2", "remote", 303},   {DORA, "4", "remote", 403},
	    {ANNA, "8", "room", 403},    {IVO, "8", "", 422},         {IVO, "", "room", 422},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		meeting_world("running");
		CHECK_INT(get_as(cases[i].by, LIST).status, 200);
		struct answer a = post_as(cases[i].by, LIST, comes(cases[i].person, cases[i].mode));
		CHECK_INT(a.status, cases[i].status);
		CHECK_INT(count_of(OPEN_ROWS), cases[i].status == 303);
		CHECK_INT(count_of(RECORDS "'attendance'"), cases[i].status == 303);
	}
}

TEST(the_role_follows_from_the_seat_and_the_agenda)
{
	static const struct {
		const char *person, *role;
	} cases[] = {
	    {"8", "holder"}, {"11", "deputy"}, {"3", "deputy"}, {"2", "presenter"}, {"4", "guest"}};

	meeting_world("running");
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		CHECK_INT(post_as(IVO, LIST, comes(cases[i].person, "room")).status, 303);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		CHECK_STR(
		    text_of(arena_cstr(test_arena,
				       arena_fmt(test_arena,
						 "SELECT role FROM attendance WHERE person_id = %s",
						 cases[i].person))),
		    str_of(cases[i].role));
	CHECK_INT(post_as(IVO, LIST, FORM(FIELD("gast", "Frau Gast, Kreis"), FIELD("art", "room")))
		      .status,
		  303);
	CHECK_INT(post_as(IVO, LIST, FORM(FIELD("gast", ""), FIELD("art", "room"))).status, 422);
	struct answer a = get_as(DORA, LIST);
	CHECK(shows(&a, "Frau Gast, Kreis"));
}

TEST(coming_twice_is_told_and_coming_back_is_a_new_row)
{
	meeting_world("running");
	CHECK_INT(post_as(IVO, LIST, comes("8", "room")).status, 303);
	CHECK_INT(post_as(IVO, LIST, comes("8", "remote")).status, 409);
	clock_set(FIXTURE_NOW + 600);
	CHECK_INT(post_as(HEIDI, LIST, FORM(FIELD("geht", "1"))).status, 303);
	CHECK_INT(post_as(IVO, LIST, FORM(FIELD("geht", "1"))).status, 409);
	CHECK_INT(post_as(IVO, LIST, FORM(FIELD("geht", "77"))).status, 404);
	CHECK_INT(post_as(HEIDI, LIST, comes("8", "remote")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM attendance"), 2);
	CHECK_INT(count_of("SELECT until_at - from_at FROM attendance WHERE id = 1"), 600);
	CHECK_INT(count_of(RECORDS "'attendance'"), 3);
	CHECK_INT(post_as(BEN, LIST, FORM(FIELD("geht", "2"))).status, 403);
	/* Before its day and after its end nobody comes. */
	run_sql("UPDATE meeting SET state = 'invited', day = '2026-11-21'");
	CHECK_INT(post_as(IVO, LIST, comes("9", "room")).status, 409);
	run_sql("UPDATE meeting SET day = '2026-11-20'");
	CHECK_INT(post_as(IVO, LIST, comes("9", "room")).status, 303);
}

TEST(noting_fails_whole)
{
	meeting_world("running");
	check_refusals(IVO, LIST, comes("8", "room"), OPEN_ROWS);
	check_failures(IVO, LIST, comes("8", "room"), OPEN_ROWS);
	check_failures(IVO, LIST, FORM(FIELD("geht", "1")), OPEN_ROWS);
}

/* ---- Proxies ---- */

static struct str to(const char *person, const char *entry)
{
	return FORM(FIELD_STR("person", str_of(person)), FIELD_STR("umfang", str_of(entry)),
		    FIELD("hinweis", "Bitte Ja."));
}

TEST(a_proxy_is_granted_told_and_revoked)
{
	meeting_world("invited");
	CHECK_INT(get_as(GRETA, PROXIES).status, 200);
	check_refusals(GRETA, PROXIES, to("10", ""), "SELECT count(*) FROM proxy");
	check_once(GRETA, PROXIES, to("10", ""), "SELECT count(*) FROM proxy");
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 10"
			   " AND dedupe = 'meeting/1/proxy/1'"),
		  1);
	CHECK_INT(count_of(RECORDS "'proxy_granted'"), 1);
	/* Nothing is left to grant; a typed mistake keeps its form. */
	struct answer a = get_as(GRETA, PROXIES);
	CHECK(shows(&a, "ist für die ganze Sitzung vertreten") &&
	      !shows(&a, ">Vollmacht erteilen<"));
	a = post_as(GRETA, PROXIES, to("", ""));
	CHECK(a.status == 422 && shows(&a, ">Vollmacht erteilen<"));
	a = get_as(DORA, PROXIES);
	CHECK(shows(&a, "Jule Jasmin"));
	CHECK(!shows(&a, "Bitte Ja."));
	a = get_as(JULE, PROXIES);
	CHECK(shows(&a, "Bitte Ja."));
	/* The holder or a deputy of the same unit, nobody else. */
	CHECK_INT(post_as(HEIDI, PROXIES "/1/widerrufen", S("")).status, 404);
	CHECK_INT(post_as(ANNA, PROXIES "/1/widerrufen", S("")).status, 403);
	CHECK_INT(post_as(GRETA, PROXIES "/1/widerrufen", S("")).status, 303);
	CHECK_INT(post_as(GRETA, PROXIES "/1/widerrufen", S("")).status, 404);
	CHECK_INT(count_of(RECORDS "'proxy_revoked'"), 1);
	CHECK_INT(count_of("SELECT revoked_by FROM proxy"), GRETA);
}

TEST(granting_and_revoking_fail_whole)
{
	meeting_world("invited");
	check_failures(GRETA, PROXIES, to("10", "1"), "SELECT count(*) FROM proxy");
	check_failures(GRETA, PROXIES "/1/widerrufen", S(""),
		       "SELECT count(*) FROM proxy WHERE revoked_at IS NULL");
}

/* JULE 10 and KIM 11 (deputy): Lindheim; GRETA 7: Auental; HEIDI 8 and CEM 3 (deputy): Bergstedt;
 * IVO 9: Seefeld. */
TEST(one_hop_and_a_cap)
{
	static const struct {
		const char *standing; /* "unit, principal, proxy" */
		int64_t by;
		const char *to, *says;
	} cases[] = {
	    {"", GRETA, "7", "andere Person mit einem Sitz"},
	    {"", GRETA, "2", "andere Person mit einem Sitz"},
	    {"", GRETA, "11", NULL},
	    {"(2, 7, 10)", GRETA, "8", "schon eine Vollmacht"},
	    /* Jule holds Auental's: she may hold no second one, her unit may not pass on hers, */
	    {"(2, 7, 10)", HEIDI, "10", "so viele andere Kommunen"},
	    {"(2, 7, 10)", KIM, "9", "hält jemand eine fremde Vollmacht"},
	    /* but Kim may hold another, and Lindheim's own deputy stands in for Jule. */
	    {"(2, 7, 10)", HEIDI, "11", NULL},
	    {"(2, 7, 10)", JULE, "11", NULL},
	    /* Auental gave its vote away, so it receives none. */
	    {"(2, 7, 10)", HEIDI, "7", "lässt sich selbst vertreten"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		meeting_world("invited");
		if (cases[i].standing[0] != '\0')
			run_sql(arena_cstr(
			    test_arena,
			    arena_fmt(test_arena,
				      "INSERT INTO proxy (meeting_id, municipality_id,"
				      " principal_id, proxy_id, granted_at) SELECT 1, column1,"
				      " column2, column3, 1 FROM (VALUES %s)",
				      cases[i].standing)));
		struct answer a = post_as(cases[i].by, PROXIES, to(cases[i].to, ""));
		CHECK_INT(a.status, cases[i].says == NULL ? 303 : 422);
		CHECK(cases[i].says == NULL || shows(&a, cases[i].says));
		CHECK(cases[i].says == NULL || shows(&a, "Bitte Ja."));
	}
}

TEST(the_cap_is_a_rule_of_the_committee)
{
	meeting_world("invited");
	run_sql("UPDATE committee_rules SET proxy_cap = 0");
	CHECK_INT(post_as(GRETA, PROXIES, to("10", "")).status, 422);
	run_sql("UPDATE committee_rules SET proxy_cap = 2");
	CHECK_INT(post_as(GRETA, PROXIES, to("10", "")).status, 303);
	CHECK_INT(post_as(HEIDI, PROXIES, to("10", "")).status, 303);
	CHECK_INT(post_as(IVO, PROXIES, to("10", "")).status, 422);
	/* Two points of one municipality are one municipality. */
	meeting_world("invited");
	CHECK_INT(post_as(GRETA, PROXIES, to("10", "1")).status, 303);
	CHECK_INT(post_as(GRETA, PROXIES, to("10", "")).status, 303);
	CHECK_INT(post_as(GRETA, PROXIES, to("10", "3")).status, 303);
	CHECK_INT(post_as(GRETA, PROXIES, to("10", "99")).status, 422);
	CHECK_INT(post_as(HEIDI, PROXIES, to("10", "")).status, 422);
}

TEST(leaving_ends_the_proxies_held)
{
	meeting_world("running");
	CHECK_INT(post_as(GRETA, PROXIES, to("10", "")).status, 303);
	CHECK_INT(post_as(IVO, LIST, comes("10", "room")).status, 303);
	CHECK_INT(post_as(IVO, LIST, comes("8", "room")).status, 303);
	struct answer a = get_as(IVO, M1 "/leitung");
	CHECK(shows(&a, "Beschlussfähig: 3 von 4 vertreten, nötig 3; 2 Personen"));
	CHECK_INT(post_as(JULE, LIST, FORM(FIELD("geht", "1"))).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM proxy WHERE revoked_at IS NULL"), 0);
	CHECK_INT(count_of(RECORDS "'proxy_revoked'"), 1);
	CHECK_INT(post_as(JULE, LIST, comes("10", "remote")).status, 303);
	a = get_as(IVO, M1 "/leitung");
	CHECK(shows(&a, "Nicht beschlussfähig: 2 von 4"));
}

/* ---- Recusal ---- */

static struct str recusal_of_person(const char *person)
{
	return FORM(FIELD_STR("person", str_of(person)), FIELD("grund", "Eigentum am Gelände"));
}

TEST(a_reason_that_is_too_long_does_not_lose_the_person)
{
	meeting_world("running");
	struct answer a = post_as(
	    IVO, RECUSE,
	    FORM(FIELD("person", "8"), FIELD_STR("grund", arena_fmt(test_arena, "%0600d", 0))));
	CHECK(a.status == 422 && shows(&a, "<option value=\"8\" selected>"));
}

TEST(a_person_declares_or_the_chair_notes)
{
	static const struct {
		int64_t by;
		const char *person;
		int status;
	} cases[] = {{HEIDI, "8", 303}, {IVO, "8", 303},  {JULE, "8", 303}, {HEIDI, "10", 403},
		     {ANNA, "8", 403},  {DORA, "4", 422}, {IVO, "", 422}};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		meeting_world("running");
		CHECK_INT(post_as(cases[i].by, RECUSE, recusal_of_person(cases[i].person)).status,
			  cases[i].status);
		CHECK_INT(count_of("SELECT count(*) FROM recusal"), cases[i].status == 303);
		CHECK_INT(count_of(RECORDS "'recusal'"), cases[i].status == 303);
	}
	meeting_world("running");
	check_refusals(HEIDI, RECUSE, recusal_of_person("8"), "SELECT count(*) FROM recusal");
	check_failures(HEIDI, RECUSE, recusal_of_person("8"), "SELECT count(*) FROM recusal");
	CHECK_INT(post_as(HEIDI, RECUSE, recusal_of_person("8")).status, 409);
	CHECK_INT(post_as(HEIDI, P3 "/befangen", recusal_of_person("8")).status, 409);
}

TEST(the_recused_person_does_not_count_on_that_point)
{
	meeting_world("running");
	HERE(IVO, JULE, HEIDI);
	CHECK_INT(post_as(HEIDI, RECUSE, recusal_of_person("8")).status, 303);
	run_sql("UPDATE agenda_entry SET started_at = 1795165200 WHERE id = 1");
	struct answer a = get_as(IVO, M1 "/leitung");
	CHECK(shows(&a, "Nicht beschlussfähig: 2 von 4"));
	CHECK(shows(&a, "Heidi Hasel"));
	/* Her deputy without conflict stands in. */
	HERE(CEM);
	a = get_as(IVO, M1 "/leitung");
	CHECK(shows(&a, "Beschlussfähig: 3 von 4"));
}

TEST(a_recusal_is_lifted_with_a_reason)
{
	meeting_world("running");
	CHECK_INT(post_as(HEIDI, RECUSE, recusal_of_person("8")).status, 303);
	CHECK_INT(get_as(IVO, P1).status, 200);
	struct str empty = FORM(FIELD("eintrag", "1"), FIELD("wegfall", ""));
	struct str form = FORM(FIELD("eintrag", "1"), FIELD("wegfall", "Kein Vorteil."));
	CHECK_INT(post_as(IVO, LIFT, empty).status, 422);
	CHECK_INT(post_as(GRETA, LIFT, form).status, 403);
	check_failures(IVO, LIFT, form, "SELECT count(*) FROM recusal WHERE lifted_at IS NULL");
	CHECK_INT(post_as(IVO, LIFT, form).status, 409);
	CHECK_STR(text_of("SELECT lifted_reason FROM recusal"), S("Kein Vorteil."));
	CHECK_INT(count_of(RECORDS "'recusal'"), 2);
}

TEST(nobody_lifts_what_was_noted_of_them)
{
	static const struct {
		const char *person;
		int64_t who, noted_by;
	} cases[] = {{"8", HEIDI, IVO}, {"9", IVO, JULE}};
	struct str form = FORM(FIELD("eintrag", "1"), FIELD("wegfall", "Kein Vorteil."));

	for (size_t i = 0; i < 2; i++) {
		struct str note = recusal_of_person(cases[i].person);
		meeting_world("running");
		CHECK_INT(post_as(cases[i].noted_by, RECUSE, note).status, 303);
		struct answer a = get_as(cases[i].who, P1);
		CHECK(!shows(&a, LIFT));
		CHECK_INT(post_as(cases[i].who, LIFT, form).status, 403);
		a = get_as(cases[i].noted_by, P1);
		CHECK(shows(&a, LIFT));
		CHECK_INT(post_as(cases[i].noted_by, LIFT, form).status, 303);
	}
	/* What somebody declared they take back. */
	meeting_world("running");
	CHECK_INT(post_as(HEIDI, RECUSE, recusal_of_person("8")).status, 303);
	CHECK_INT(post_as(HEIDI, LIFT, form).status, 303);
}

TESTS_MAIN
