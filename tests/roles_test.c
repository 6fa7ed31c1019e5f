/* roles_test.c -- who gives which role to whom, who ends it, and when nobody may. */
#include "fixtures.h"

#include "app/rights.h"

#define GRANTS "SELECT count(*) FROM role_grant"
#define HELD_BY_BEN "SELECT coalesce(group_concat(role), '') FROM role_held WHERE person_id = 2"

static struct str give(const char *role)
{
	return form_of((struct test_field[]){{S("rolle"), str_of(role)},
					     {S("von"), S("20.11.2026")},
					     {S("bis"), S("")},
					     {S("passwort"), S(PASSWORD)}},
		       4);
}

static struct str end_form(const char *last_day)
{
	return form_of(
	    (struct test_field[]){{S("ende"), str_of(last_day)}, {S("passwort"), S(PASSWORD)}}, 2);
}

static bool is_logged_in(int64_t person)
{
	return get_as(person, "/profil").status == 200;
}

TEST(the_page_shows_roles_with_dates_and_who_gave_them)
{
	fixtures();
	run_sql("UPDATE role_grant SET granted_by = 1 WHERE person_id = 10;"
		"INSERT INTO role_grant (person_id, role, since, until, granted_at, ended_at,"
		" ended_by) VALUES (10, 'pmo', '2025-02-01', NULL, 1, 1795000000, 9);"
		"INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
		" VALUES (10, 'committee_deputy', 1, '2027-01-01', 1)");
	struct answer a = get_as(DORA, "/personen/10/rollen");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Rollen von Jule Jasmin"));
	CHECK(shows(&a, "Mitwirkung am Handbuch"));
	CHECK(shows(&a, "vergeben von Anna Ahorn"));
	CHECK(shows(&a, "Steuerungskreis, Stellvertretung</span> für Lindheim"));
	CHECK(shows(&a, "ab 1.\xC2\xA0Januar 2027"));
	CHECK(shows(&a, "beendet von Ivo Iris"));
	CHECK(!shows(&a, "Beenden"));
	CHECK(!shows(&a, "Rolle vergeben"));
	a = get_as(ANNA, "/personen/10/rollen");
	CHECK(shows(&a, "/personen/10/rollen/projekt"));
	CHECK(shows(&a, "/personen/10/rollen/vorschlag"));
	CHECK(!shows(&a, "/personen/10/rollen/kooperation"));
	CHECK(shows(&a, "/rollen/projekt/8/beenden"));
	a = get_as(IVO, "/personen/10/rollen");
	CHECK(shows(&a, "/personen/10/rollen/kooperation"));
	CHECK(shows(&a, "/rollen/kooperation/10/beenden"));
	CHECK_INT(get_as(DORA, "/personen/99/rollen").status, 404);
	run_sql("UPDATE person SET status = 'anonymised' WHERE id = 10");
	CHECK_INT(get_as(DORA, "/personen/10/rollen").status, 404);
}

TEST(a_role_counts_at_once_and_the_sessions_of_the_person_end)
{
	fixtures();
	struct answer a = post_as(ANNA, "/personen/2/rollen/projekt", give("reviewer"));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/personen/2/rollen?meldung=rolle-vergeben"));
	CHECK_STR(text_of(HELD_BY_BEN), S("reviewer"));
	CHECK(!is_logged_in(BEN));
	CHECK(is_logged_in(ANNA));
	CHECK_STR(text_of("SELECT action || ' ' || object || ' ' || after FROM audit"),
		  S("role.grant person/2 {\"role\":\"reviewer\",\"municipality\":\"\",\"since\":"
		    "\"2026-11-20\",\"until\":\"\"}"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 2 AND topic = 'account'"
			   " AND subject = 'Neue Rolle: Mitwirkung am Handbuch'"
			   " AND body LIKE '%Anna Ahorn hat dir eine Rolle gegeben%'"),
		  1);
}

TEST(a_role_that_begins_later_changes_nothing_today)
{
	fixtures();
	struct str form = FORM(FIELD("rolle", "reviewer"), FIELD("von", "1.12.2026"),
			       FIELD("bis", "31.12.2026"), FIELD("passwort", PASSWORD));
	CHECK_INT(post_as(ANNA, "/personen/2/rollen/projekt", form).status, 303);
	CHECK(is_logged_in(BEN));
	CHECK_STR(text_of("SELECT since || ' ' || until FROM role_grant WHERE person_id = 2"),
		  S("2026-12-01 2026-12-31"));
}

/* Way, who, to whom, which role, and the status: 303 given, 422 not on offer, 403 not one's own,
 * 409 not to this person. */
static const struct {
	int64_t who, whom;
	const char *way, *role;
	int status;
} tries[] = {
    {ANNA, BEN, "projekt", "reader", 303},
    {ANNA, BEN, "projekt", "municipality", 422},
    {ANNA, BEN, "projekt", "pmo", 422},
    {ANNA, BEN, "projekt", "installation", 422},
    {ANNA, BEN, "kooperation", "pmo", 403},
    {ANNA, ANNA, "projekt", "reader", 409},
    {ANNA, FINN, "projekt", "reader", 409},
    {ANNA, EMIL, "projekt", "reader", 409},
    {GRETA, BEN, "projekt", "municipality", 303},
    {GRETA, BEN, "projekt", "reader", 303},
    {GRETA, BEN, "projekt", "committee", 422},
    {GRETA, CEM, "projekt", "reader", 403},
    {GRETA, GRETA, "projekt", "reader", 409},
    {GRETA, BEN, "kooperation", "committee", 403},
    {GRETA, BEN, "erste", "municipality", 403},
    {HEIDI, BEN, "kooperation", "pmo", 303},
    {HEIDI, BEN, "kooperation", "committee", 303},
    {HEIDI, BEN, "kooperation", "chair", 303},
    {HEIDI, BEN, "kooperation", "funder", 422},
    {HEIDI, BEN, "kooperation", "reader", 422},
    {HEIDI, BEN, "kooperation", "installation", 422},
    {HEIDI, HEIDI, "kooperation", "chair", 409},
    {HEIDI, BEN, "projekt", "reader", 403},
    {IVO, BEN, "kooperation", "committee_deputy", 303},
    {IVO, FINN, "kooperation", "pmo", 422},
    {EMIL, CEM, "erste", "municipality", 303},
    {EMIL, BEN, "erste", "municipality", 409},
    {EMIL, CEM, "erste", "pmo", 422},
    {EMIL, CEM, "projekt", "reader", 403},
    {DORA, BEN, "projekt", "reader", 403},
    {JULE, BEN, "kooperation", "pmo", 403},
    {BEN, CEM, "projekt", "reader", 403},
    {FINN, CEM, "projekt", "reader", 403},
};

TEST(everybody_gives_what_the_table_says_and_nobody_gives_to_themselves)
{
	for (size_t i = 0; i < sizeof tries / sizeof tries[0]; i++) {
		fixtures();
		int64_t before = count_of(GRANTS);
		struct str target = arena_fmt(test_arena, "/personen/%d/rollen/%s",
					      (int)tries[i].whom, tries[i].way);
		int status =
		    post_as(tries[i].who, arena_cstr(test_arena, target), give(tries[i].role))
			.status;
		if (status != tries[i].status)
			fail_msg("%d gives %s to %d: %d, not %d", (int)tries[i].who, tries[i].role,
				 (int)tries[i].whom, status, tries[i].status);
		CHECK_INT(count_of(GRANTS) - before, status == 303 ? 1 : 0);
	}
}

TEST(nobody_gives_a_role_above_their_own)
{
	/* Lower ones first; the committee's roles are one rank. */
	static const unsigned ranks[] = {
	    ROLE_FUNDER | ROLE_READER, ROLE_REVIEWER, ROLE_TF_MEMBER | ROLE_TF_LEAD,
	    ROLE_MUNICIPALITY,         ROLE_PMO,      ROLE_COMMITTEE | ROLE_CHAIR};
	static const struct {
		const char *role;
		enum action action;
	} given[] = {{"reader", PROJECT_ROLE_GRANT},  {"reviewer", PROJECT_ROLE_GRANT},
		     {"municipality", PEOPLE_MANAGE}, {"pmo", ROLE_GRANT},
		     {"committee", ROLE_GRANT},       {"committee_deputy", ROLE_GRANT},
		     {"chair", ROLE_GRANT},           {"funder", ROLE_GRANT}};

	for (size_t g = 0; g < sizeof given / sizeof given[0]; g++) {
		unsigned role = role_named(str_of(given[g].role)), below = 0;
		for (size_t r = 0; r < 6 && (ranks[r] & role) == 0; r++)
			below |= ranks[r];
		unsigned may = rights[given[g].action].all | rights[given[g].action].own;
		CHECK_INT(may & below, 0);
		CHECK_INT(may & ROLE_INSTALLATION, 0);
	}
}

TEST(mistakes_stand_at_their_fields_and_nothing_typed_is_lost)
{
	static const struct {
		const char *form, *says;
	} bad[] = {
	    {"rolle=&von=20.11.2026&bis=&passwort=" PASSWORD, "id=\"rolle-fehler\""},
	    {"von=20.11.2026&bis=&passwort=" PASSWORD, "id=\"rolle-fehler\""},
	    {"rolle=reader&von=19.11.2026&bis=&passwort=" PASSWORD, "Nimm heute oder"},
	    {"rolle=reader&von=morgen&bis=&passwort=" PASSWORD, "value=\"morgen\""},
	    {"rolle=reader&von=&bis=&passwort=" PASSWORD, "id=\"von-fehler\""},
	    {"rolle=reader&von=20.12.2026&bis=1.12.2026&passwort=" PASSWORD,
	     "Das Ende liegt vor dem Anfang."},
	    {"rolle=reader&von=20.11.2026&bis=1.12.2026&passwort=falsch-falsch",
	     "Das Passwort stimmt nicht."},
	    {"rolle=reader&von=20.11.2026&bis=1.12.2026&passwort=", "Gib dein Passwort an."},
	};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		fixtures();
		int64_t before = count_of(GRANTS);
		struct answer a = post_as(ANNA, "/personen/2/rollen/projekt", str_of(bad[i].form));
		CHECK_INT(a.status, 422);
		if (!shows(&a, bad[i].says))
			fail_msg("%s: %s is missing", bad[i].form, bad[i].says);
		CHECK(!shows(&a, "falsch-falsch"));
		CHECK_INT(count_of(GRANTS), before);
		if (i >= 2)
			CHECK(shows(&a, "value=\"reader\" checked"));
	}
}

TEST(a_role_is_held_once_and_a_municipality_has_one_holder_and_any_number_of_deputies)
{
	fixtures();
	/* Heidi holds Bergstedt's vote; Cem and another become her deputies. */
	struct answer a = post_as(IVO, "/personen/3/rollen/kooperation", give("committee"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "schon eine Stimmführung"));
	CHECK_INT(post_as(IVO, "/personen/3/rollen/kooperation", give("committee_deputy")).status,
		  303);
	run_sql("UPDATE membership SET municipality_id = 3 WHERE person_id = 11");
	CHECK_INT(post_as(IVO, "/personen/11/rollen/kooperation", give("committee_deputy")).status,
		  303);
	CHECK_INT(count_of("SELECT count(*) FROM role_held WHERE municipality_id = 3"), 3);
	/* Nobody is holder and deputy at once, or twice the same. */
	a = post_as(IVO, "/personen/8/rollen/kooperation", give("committee_deputy"));
	CHECK(a.status == 422 && shows(&a, "hat die Rolle in der Zeit schon"));
	CHECK_INT(post_as(IVO, "/personen/3/rollen/kooperation", give("committee_deputy")).status,
		  422);
	/* When the holder's time ends, the next one's begins on the day after. */
	run_sql("UPDATE role_grant SET until = '2026-11-30' WHERE person_id = 8");
	run_sql("UPDATE role_grant SET until = '2026-11-30' WHERE person_id = 3");
	struct str too_early = FORM(FIELD("rolle", "committee"), FIELD("von", "30.11.2026"),
				    FIELD("bis", ""), FIELD("passwort", PASSWORD));
	struct str next = FORM(FIELD("rolle", "committee"), FIELD("von", "1.12.2026"),
			       FIELD("bis", ""), FIELD("passwort", PASSWORD));
	CHECK_INT(post_as(IVO, "/personen/3/rollen/kooperation", too_early).status, 422);
	CHECK_INT(post_as(IVO, "/personen/3/rollen/kooperation", next).status, 303);
}

TEST(a_role_ends_at_once_and_with_it_the_sessions)
{
	fixtures();
	struct answer a = get_as(ANNA, "/rollen/projekt/8/beenden");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Jule Jasmin"));
	a = post_as(ANNA, "/rollen/projekt/8/beenden", end_form(""));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/personen/10/rollen?meldung=rolle-beendet"));
	CHECK_INT(count_of("SELECT ended_at = 1795165200 AND ended_by = 1 AND until IS NULL"
			   " FROM role_grant WHERE id = 8"),
		  1);
	CHECK(!is_logged_in(JULE));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 10"
			   " AND body LIKE '%ab sofort nicht mehr%'"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'role.end'"), 1);
	/* Gone is gone. */
	CHECK_INT(get_as(ANNA, "/rollen/projekt/8/beenden").status, 404);
}

TEST(a_role_may_end_with_a_day_but_never_later_than_it_did)
{
	fixtures();
	run_sql("UPDATE role_grant SET until = '2026-12-31' WHERE id = 8");
	CHECK_INT(post_as(ANNA, "/rollen/projekt/8/beenden", end_form("1.1.2027")).status, 422);
	CHECK_INT(post_as(ANNA, "/rollen/projekt/8/beenden", end_form("19.11.2026")).status, 422);
	struct answer a = post_as(ANNA, "/rollen/projekt/8/beenden", end_form("24.12.2025"));
	CHECK(a.status == 422 && shows(&a, "value=\"24.12.2025\""));
	CHECK_INT(post_as(ANNA, "/rollen/projekt/8/beenden", end_form("20.11.2026")).status, 303);
	CHECK_STR(text_of("SELECT until FROM role_grant WHERE id = 8 AND ended_at IS NULL"),
		  S("2026-11-20"));
	CHECK(is_logged_in(JULE));
	CHECK_INT(get_as(JULE, "/feedback").status, 200);
}

/* Rows of the world: 1 Anna pmo, 2 Dora reader, 3 Emil installation, 5 Greta municipality, 6 Heidi
 * committee, 7 Ivo chair, 8 Jule reviewer. */
TEST(only_who_gives_a_role_ends_it)
{
	static const struct {
		int64_t who;
		const char *target;
		int status;
	} ends[] = {
	    {ANNA, "/rollen/projekt/2/beenden", 303},
	    {ANNA, "/rollen/projekt/5/beenden", 403},
	    {ANNA, "/rollen/projekt/6/beenden", 404},
	    {ANNA, "/rollen/kooperation/1/beenden", 403},
	    {GRETA, "/rollen/projekt/2/beenden", 403},
	    {GRETA, "/rollen/projekt/8/beenden", 403},
	    {IVO, "/rollen/kooperation/6/beenden", 303},
	    {IVO, "/rollen/kooperation/8/beenden", 404},
	    {IVO, "/rollen/kooperation/3/beenden", 404},
	    {IVO, "/rollen/projekt/8/beenden", 403},
	    {HEIDI, "/rollen/kooperation/7/beenden", 303},
	    {JULE, "/rollen/projekt/8/beenden", 403},
	    {EMIL, "/rollen/projekt/8/beenden", 403},
	};

	for (size_t i = 0; i < sizeof ends / sizeof ends[0]; i++) {
		fixtures();
		int status = post_as(ends[i].who, ends[i].target, end_form("")).status;
		if (status != ends[i].status)
			fail_msg("%d at %s: %d, not %d", (int)ends[i].who, ends[i].target, status,
				 ends[i].status);
		CHECK_INT(count_of("SELECT count(*) FROM role_grant WHERE ended_at IS NOT NULL"),
			  status == 303 ? 1 : 0);
	}
}

TEST(who_ends_a_role_of_their_own_goes_on_under_a_new_session)
{
	fixtures();
	struct answer a = post_as(HEIDI, "/rollen/kooperation/6/beenden", end_form(""));
	CHECK_INT(a.status, 303);
	CHECK(!is_logged_in(HEIDI));
	CHECK(cookie_set(&a, "handschlag").n > 0);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 8"), 1);
}

TEST(every_database_failure_of_giving_and_ending_is_a_500_that_changes_nothing)
{
	fixtures();
	check_failures(ANNA, "/personen/2/rollen/projekt", give("reader"), GRANTS);
	fixtures();
	check_failures(ANNA, "/rollen/projekt/8/beenden", end_form(""),
		       "SELECT count(*) FROM role_held");
}

TEST(giving_and_ending_refuse_what_no_form_of_ours_sends)
{
	fixtures();
	check_refusals(ANNA, "/personen/2/rollen/projekt", give("reader"), GRANTS);
	check_refusals(ANNA, "/rollen/projekt/8/beenden", end_form(""),
		       "SELECT count(*) FROM role_held");
	check_once(ANNA, "/personen/2/rollen/projekt", give("reader"), GRANTS);
	check_once(ANNA, "/rollen/projekt/8/beenden", end_form(""),
		   "SELECT count(*) FROM role_held");
}

TESTS_MAIN
