/* audit_page_test.c -- who did what: for whom, filtered, page by page, fast. */
#include "fixtures.h"

#include "features/people/audit_words.h"

#include <time.h>

static const char rows[] =
    "INSERT INTO audit (id, at, actor_id, municipality_id, action, object, before, after) VALUES"
    " (1, 1794000000, 1, 1, 'feedback.decided', 'feedback/12', '{\"state\":\"open\"}',"
    "  '{\"state\":\"decided\",\"reason\":\"Weil <b>\"}'),"
    " (2, 1795000000, 2, 2, 'login', 'person/2', NULL, NULL),"
    " (3, 1795000001, NULL, NULL, 'person.create', 'person/9', NULL, 'kein JSON'),"
    " (4, 1795000002, 7, 2, 'neu.unbekannt', 'ding/1', NULL, NULL);";

TEST(the_office_sees_all_in_german_before_and_after)
{
	fixtures();
	run_sql(rows);
	struct answer a = get_as(ANNA, "/protokoll");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Rückmeldung: entschieden") && shows(&a, "Rückmeldung 12"));
	CHECK(shows(&a, "href=\"/feedback/12\"") && shows(&a, "Stand: offen"));
	CHECK(shows(&a, "Grund: Weil &lt;b&gt;") && shows(&a, "angemeldet"));
	/* Whose account it is says the name; days in tables are short. */
	CHECK(shows(&a, "Konto: Ben Birke") && shows(&a, "18.11.2026, "));
	CHECK(shows(&a, "Betrieb") && shows(&a, "neu.unbekannt"));
	CHECK(str_find(a.body, S("data-label=\"Vorgang\">neu.unbekannt")) <
	      str_find(a.body, S("data-label=\"Vorgang\">Rückmeldung: entschieden")));
}

TEST(what_was_written_down_reads_in_words_and_without_what_is_empty)
{
	fixtures();
	run_sql("INSERT INTO audit (at, actor_id, municipality_id, action, object, before, after)"
		" VALUES (1795000000, 1, 1, 'role.grant', 'person/2', '{}', '{\"role\":\"pmo\","
		"\"municipality\":\"\",\"since\":\"2026-11-20\",\"unbekannt\":\"x\"}'),"
		" (1795000001, 1, 1, 'task_force.team', 'task_force/1', '{}',"
		" '{\"person_id\":\"3\",\"role\":\"deputy\"}')");
	struct answer a = get_as(ANNA, "/protokoll");
	CHECK(shows(&a, "Rolle: Projektbüro") && shows(&a, "seit: 20.11.2026"));
	CHECK(!shows(&a, "Kommune: ") && !shows(&a, "municipality"));
	CHECK(shows(&a, "unbekannt: x"));
	CHECK(shows(&a, "Rolle: Stellvertretung") && shows(&a, "Person: 3"));
	a = get_as(ANNA, "/protokoll.csv");
	CHECK(shows(&a, "Rolle: Projektbüro"));
}

TEST(an_administrator_sees_the_own_municipality_alone)
{
	fixtures();
	run_sql(rows);
	struct answer a = get_as(GRETA, "/protokoll");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Ben Birke") && shows(&a, "data-label=\"Vorgang\">angemeldet"));
	CHECK(!shows(&a, "data-label=\"Vorgang\">Rückmeldung") && !shows(&a, "Anna Ahorn<"));
	CHECK_INT(times(&a, "data-label=\"Zeit\""), 2);
	/* Not even by asking for it. */
	a = get_as(GRETA, "/protokoll?person=1");
	CHECK(shows(&a, "Keine Treffer."));
	a = get_as(GRETA, "/protokoll?gegenstand=feedback%2F12");
	CHECK(shows(&a, "Keine Treffer."));
	a = get_as(GRETA, "/protokoll.csv");
	CHECK(!shows(&a, "entschieden") && shows(&a, "angemeldet"));
	CHECK_INT(get_as(BEN, "/protokoll").status, 403);
	CHECK_INT(get_as(EMIL, "/protokoll").status, 403);
}

TEST(filters_stand_in_the_address)
{
	static const struct {
		const char *target;
		size_t n;
	} asked[] = {
	    {"/protokoll?person=2", 1},
	    {"/protokoll?vorgang=login", 1},
	    {"/protokoll?gegenstand=feedback%2F12", 1},
	    {"/protokoll?von=18.11.2026", 3},
	    {"/protokoll?bis=2026-11-17", 1},
	    {"/protokoll?von=01.01.2026&bis=31.12.2026", 4},
	    {"/protokoll?von=01.01.2027", 0},
	    {"/protokoll?person=2&vorgang=person.create", 0},
	    {"/protokoll?vor=3", 2},
	    {"/protokoll?person=x&vor=y", 4},
	};

	fixtures();
	run_sql(rows);
	for (size_t i = 0; i < sizeof asked / sizeof asked[0]; i++) {
		struct answer a = get_as(ANNA, asked[i].target);
		CHECK_INT(a.status, 200);
		if (times(&a, "data-label=\"Zeit\"") != asked[i].n)
			fail_msg("%s: %zu", asked[i].target, times(&a, "data-label=\"Zeit\""));
	}
	struct answer a = get_as(ANNA, "/protokoll?von=31.2.2026&person=2&vorgang=login");
	CHECK(shows(&a, "Schreib den Tag so") && shows(&a, "value=\"31.2.2026\""));
	CHECK(shows(&a, "<option value=\"2\" selected>") &&
	      shows(&a, "<option value=\"login\" selected>"));
}

TEST(a_million_rows_are_turned_page_by_page_in_no_time)
{
	static const char *const targets[] = {"/protokoll",
					      "/protokoll?vor=500000",
					      "/protokoll?person=2",
					      "/protokoll?vorgang=login",
					      "/protokoll?gegenstand=ding%2F77",
					      "/protokoll?von=18.11.2026&bis=18.11.2026",
					      "/protokoll?von=01.01.2020&bis=02.01.2020"};

	fixtures();
	run_sql("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n"
		" WHERE i < 1000000) INSERT INTO audit (id, at, actor_id, municipality_id, action,"
		" object) SELECT i, 1790000000 + i * 5, CASE WHEN i % 2000 = 0 THEN 2 END,"
		" 1 + i % 4, 'feedback.given', 'ding/' || i FROM n");
	struct answer a = get_as(ANNA, "/protokoll");
	CHECK_INT(times(&a, "data-label=\"Zeit\""), 50);
	size_t at = str_find(a.body, S("&amp;vor="));
	CHECK(at < a.body.n && shows(&a, "vor=99995"));
	for (size_t i = 0; i < sizeof targets / sizeof targets[0]; i++) {
		struct timespec b, e;
		clock_gettime(CLOCK_MONOTONIC, &b);
		CHECK_INT(get_as(ANNA, targets[i]).status, 200);
		clock_gettime(CLOCK_MONOTONIC, &e);
		long ms = (e.tv_sec - b.tv_sec) * 1000 + (e.tv_nsec - b.tv_nsec) / 1000000;
		print_message("%s: %ld ms\n", targets[i], ms);
		/* A walk through all of them takes more than a second here. */
		CHECK(ms < 400);
	}
}

TEST(a_table_for_spreadsheets)
{
	fixtures();
	run_sql(rows);
	struct answer a = get_as(ANNA, "/protokoll.csv?gegenstand=feedback%2F12");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Nummer;Zeit;Person;Kommune;Vorgang;Gegenstand;vorher;nachher"));
	CHECK(shows(&a, "Anna Ahorn;Lindheim;Rückmeldung: entschieden;Rückmeldung 12"));
	CHECK(!shows(&a, "angemeldet"));
}

TEST(what_has_no_word_stays_as_it_is)
{
	fixtures();
	CHECK_STR(audit_action_label(test_arena, S("meeting.neu")), S("Sitzung: neu"));
	CHECK_STR(audit_action_label(test_arena, S("x")), S("x"));
	CHECK_STR(audit_object_label(test_arena, S("x")), S("x"));
	CHECK_STR(audit_object_link(test_arena, S("feedback/x")), S(""));
}

TESTS_MAIN
