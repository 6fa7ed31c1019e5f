/* search_page_test.c -- the page that finds words, whatever is typed. */
#include "search_world.h"

TEST(a_part_of_a_compound_is_found_and_leads_to_its_block)
{
	world();
	struct answer a = get_as(DORA, "/suche?q=SATZUNG");
	struct str uid = UID_OF("Die Hunde");
	struct str link = arena_fmt(
	    test_arena,
	    "<a href=\"/handbuch/einstieg?absatz=%.*s#b-%.*s\">1.1 <bdi>Einstieg</bdi></a>",
	    ARG(uid), ARG(uid));

	CHECK_INT(a.status, 200);
	CHECK(shows(&a, arena_cstr(test_arena, link)));
	CHECK(shows(&a, "Hundesteuer<mark>satzung</mark>"));
	CHECK(shows(&a, "<title>Suche nach „SATZUNG“ – Handschlag</title>"));
	CHECK(shows(&a, "name=\"q\" type=\"search\" value=\"SATZUNG\""));
	CHECK(!shows(&a, "Nichts gefunden"));
	struct answer page = get_as(
	    DORA, arena_cstr(test_arena,
			     arena_fmt(test_arena, "/handbuch/einstieg?absatz=%.*s", ARG(uid))));
	CHECK_INT(page.status, 200);
	CHECK(
	    shows(&page, arena_cstr(test_arena, arena_fmt(test_arena, "id=\"b-%.*s\"", ARG(uid)))));
}

TEST(umlauts_sharp_s_and_gender_signs_do_not_matter)
{
	world();
	CHECK(finds(DORA, "/suche?q=strasse"));
	CHECK(finds(DORA, "/suche?q=Stra%C3%9Fe"));
	CHECK(finds(DORA, "/suche?q=ueberall"));
	CHECK(finds(DORA, "/suche?q=Buergerinnen"));
	CHECK(finds(DORA, "/suche?q=hunde+steuer"));
	CHECK(!finds(DORA, "/suche?q=hunde+katzen"));
	CHECK(!finds(DORA, "/suche?q=%22hunde+steuer%22"));
}

TEST(headings_lead_to_chapters_and_the_preface_to_the_contents)
{
	world();
	struct answer a = get_as(DORA, "/suche?q=Ma%C3%9F");

	CHECK(shows(&a, "<a href=\"/handbuch/groesse-mass\">2 <bdi>Größe &amp; Maß</bdi></a>"));
	a = get_as(DORA, "/suche?q=Kleinkram");
	CHECK(shows(&a, "<a href=\"/handbuch/groesse-mass#fn-1\">"));
	a = get_as(DORA, "/suche?q=Probe-Handbuch");
	CHECK(shows(&a, "<a href=\"/handbuch\">Einleitung</a>"));
	a = get_as(DORA, "/suche?q=Geleitwort");
	struct str link = arena_fmt(test_arena, "<a href=\"/handbuch#b-%.*s\">Einleitung</a>",
				    ARG(UID_OF("Geleit")));
	CHECK(shows(&a, arena_cstr(test_arena, link)));
}

TEST(what_was_typed_is_shown_as_text_and_never_an_order)
{
	world();
	static const char *const odd[] = {
	    "%3Cscript%3Ealert(1)%3C%2Fscript%3E",
	    "%22",
	    "%22%22%22",
	    "NEAR(hunde+steuer)",
	    "text:hunde",
	    "%27%3B+DROP+TABLE+block_search%3B--",
	    "hunde*",
	    "-hunde",
	    "%5Ehunde",
	    "(((",
	    "AND",
	    "hunde+AND",
	    "OR+OR+OR",
	    "%F0%9F%90%95%F0%9F%90%95%F0%9F%90%95",
	    "%EF%BF%BD",
	    "%09%0A",
	    "%25%25%25",
	    "%7B%7BQ%7D%7D",
	};

	for (size_t i = 0; i < sizeof odd / sizeof odd[0]; i++) {
		struct answer a = get_as(
		    DORA, arena_cstr(test_arena, arena_fmt(test_arena, "/suche?q=%s", odd[i])));
		CHECK_INT(a.status, 200);
		CHECK(!shows(&a, "<script"));
	}
	struct answer a = get_as(DORA, "/suche?q=%22%3E%3Cb%3Ehunde");
	CHECK(shows(&a, "value=\"&quot;&gt;&lt;b&gt;hunde\""));
	CHECK(shows(&a, "<title>Suche nach „&quot;&gt;&lt;b&gt;hunde“"));
	a = get_as(DORA, "/suche?q=gilt");
	CHECK(!shows(&a, "<b>"));
	CHECK(count_of("SELECT count(*) FROM block_search") > 0);
}

TEST(long_questions_are_answered)
{
	world();
	struct str words = repeated("hundesteuer+", 200), one = repeated("ueae", 500);

	CHECK(finds(DORA,
		    arena_cstr(test_arena, arena_fmt(test_arena, "/suche?q=%.*s", ARG(words)))));
	CHECK(
	    !finds(DORA, arena_cstr(test_arena, arena_fmt(test_arena, "/suche?q=%.*s", ARG(one)))));
	struct answer a = get_as(
	    DORA, arena_cstr(test_arena, arena_fmt(test_arena, "/suche?q=%.*s", ARG(words))));
	CHECK(shows(&a, "…“ – Handschlag</title>"));
}

TEST(nothing_asked_too_short_and_nothing_found_say_what_to_do)
{
	world();
	struct answer a = get_as(DORA, "/suche");

	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<title>Suche – Handschlag</title>"));
	CHECK(shows(&a, "Gesucht wird im Handbuch"));
	CHECK(!shows(&a, "q-fehler"));
	a = get_as(DORA, "/suche?q=+%09");
	CHECK(shows(&a, "Gesucht wird im Handbuch"));
	a = get_as(DORA, "/suche?q=ab+%C3%9F");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "mindestens drei Buchstaben"));
	CHECK(shows(&a, "value=\"ab ß\""));
	CHECK(!shows(&a, "Nichts gefunden"));
	a = get_as(DORA, "/suche?q=Wolkenkuckucksheim");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Nichts gefunden für „<bdi>Wolkenkuckucksheim</bdi>“"));
	CHECK(shows(&a, "weniger oder kürzeren Wörtern"));
}

TEST(only_people_of_the_project_search)
{
	world();
	CHECK_INT(get_as(NOBODY, "/suche?q=satzung").status, 303);
	CHECK_INT(get_as(EMIL, "/suche?q=satzung").status, 403);
	CHECK_INT(get_as(FINN, "/suche?q=satzung").status, 403);
	struct answer a = get_as(DORA, "/");
	CHECK(shows(&a, "<form class=\"hs-kopf__suche\" action=\"/suche\""));
	a = get_as(EMIL, "/");
	CHECK(!shows(&a, "action=\"/suche\""));
}

TEST(a_project_without_a_handbook_can_be_searched)
{
	fixtures();
	CHECK(!finds(DORA, "/suche?q=satzung"));
	CHECK(finds(DORA, "/suche?q=dateninventur"));
}

TEST(task_forces_are_found_by_name_and_goal)
{
	world();
	struct answer a = get_as(DORA, "/suche?q=inventur");

	CHECK(shows(&a, "<a href=\"/task-forces/dateninventur\"><bdi>Daten<mark>inventur</mark>"));
	CHECK(!shows(&a, "/task-forces/stadt-app"));
	CHECK(finds(DORA, "/suche?q=%22app+f%C3%BCr+alle%22"));
	CHECK(!finds(DORA, "/suche?q=inventur+app"));
}

TEST(a_search_that_fails_is_a_page_that_says_so)
{
	world();
	run_sql(REMARK(1, "project", "open", "Satzung?"));
	index_all();
	for (int n = 1, status = 0; status != 200; n++) {
		db_fail_after(test_db, n, E_INTERNAL);
		struct answer a = get_as(DORA, "/suche?q=satzung");
		db_fail_after(test_db, 0, OK);
		status = a.status;
		CHECK(status == 200 || status == 500);
		CHECK(n < 200);
	}
}

TESTS_MAIN
