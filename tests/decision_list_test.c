/* decision_list_test.c -- the register page, the discussion, and what comes from the handbook. */
#include "decision_world.h"

#include "base/clock.h"

#define LIST "/entscheidungen"

static size_t rows_in(const struct answer *a)
{
	return times(a, "<th class=\"kern-table__header\" scope=\"row\"");
}

TEST(the_register_lists_templates_with_their_state)
{
	draft_world();
	struct answer a = get_as(DORA, LIST);
	CHECK_INT(rows_in(&a), 2);
	CHECK(shows(&a, "/entscheidungen/2026-2\">Bäume zählen</a>") && shows(&a, "Entwurf"));
	CHECK(shows(&a, "Task Force Dateninventur") && shows(&a, "noch keine Abstimmung"));
	CHECK(shows(&a, "1 bis 2 von 2") && !shows(&a, "Vorlage anlegen"));
	a = get_as(CEM, LIST);
	CHECK(shows(&a, "Vorlage anlegen"));
	CHECK_INT(get_as(EMIL, LIST).status, 403);
	CHECK_INT(get_as(FINN, LIST).status, 403);
	fixtures();
	a = get_as(DORA, LIST);
	CHECK(shows(&a, "Hier stehen die Vorlagen") && !shows(&a, "Lege eine Vorlage an"));
}

/* 2026-3 "Ärzte", 2025-1 "Zoo" of the project office, adopted; 2026-2 "Bäume zählen". */
static void many_world(void)
{
	draft_world();
	CHECK_INT(post_as(ANNA, NEW_PAGE,
			  template_form("", TYPED(.title = "Ärzte gewinnen", .task_force = "2",
						  .resolution = "Die Gebühr entfällt.")))
		      .status,
		  303);
	CHECK_INT(post_as(ANNA, NEW_PAGE,
			  template_form("", TYPED(.title = "Zoo", .task_force = "0",
						  .resolution = "Straße sperren.")))
		      .status,
		  303);
	run_sql("UPDATE decision SET state = 'adopted', year = 2025, number = 1 WHERE number = 4");
}

TEST(what_is_looked_for_is_found_by_number_title_and_resolution)
{
	static const struct {
		const char *query;
		size_t rows;
		const char *found;
	} cases[] = {
	    {"?q=b%C3%A4ume", 1, "Bäume zählen"},
	    {"?q=BAUME", 1, "Bäume zählen"},
	    {"?q=baeume", 1, "Bäume zählen"},
	    {"?q=geb%C3%BChr", 1, "Ärzte"},
	    {"?q=gebuehr", 1, "Ärzte"},
	    {"?q=strasse", 2, "Zoo"},
	    {"?q=stra%C3%9Fen+linden", 0, NULL},
	    {"?q=stra%C3%9Fen+zaehlen", 1, "Bäume"},
	    {"?q=2026-2", 1, "Bäume zählen"},
	    {"?q=2025-1", 1, "Zoo"},
	    {"?q=2025-7", 0, NULL},
	    {"?jahr=2025", 1, "Zoo"},
	    {"?jahr=abc", 4, NULL},
	    {"?tf=stadt-app", 1, "Ärzte"},
	    {"?tf=projektbuero", 1, "Zoo"},
	    {"?tf=gibt-es-nicht", 0, NULL},
	    {"?stand=adopted", 1, "Zoo"},
	    {"?stand=quatsch", 4, NULL},
	    {"?status=laufend", 3, "Ärzte"},
	    {"?status=entschieden", 1, "Zoo"},
	    {"?q=%25", 4, NULL},
	    {"?q=%27%22%3B--", 4, NULL},
	    {"?seite=2", 0, NULL},
	    {"?q=zoo&status=laufend", 0, NULL},
	};

	many_world();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct answer a = get_as(DORA, arena_fmt(test_arena, LIST "%s", cases[i].query).p);
		CHECK_INT(a.status, 200);
		CHECK_INT(rows_in(&a), cases[i].rows);
		if (cases[i].found != NULL)
			CHECK(shows(&a, cases[i].found));
		if (cases[i].rows == 0)
			CHECK(shows(&a, "Keine Treffer.") && shows(&a, "Filter zurücksetzen"));
	}
}

TEST(tabs_count_what_the_filter_leaves)
{
	many_world();
	struct answer a = get_as(DORA, LIST "?q=zoo&sortierung=titel");
	CHECK(shows(&a, "Laufend <span class=\"hs-leise\">0</span>"));
	CHECK(shows(&a, "Entschieden <span class=\"hs-leise\">1</span>"));
	CHECK(shows(&a,
		    "href=\"/entscheidungen?status=entschieden&amp;q=zoo&amp;sortierung=titel\""));
	CHECK(shows(&a, "name=\"sortierung\" value=\"titel\"") && shows(&a, "value=\"zoo\""));
}

static bool in_order(const struct answer *a, const char *first, const char *second)
{
	size_t one = str_find(a->body, arena_fmt(test_arena, ">%s", first)),
	       two = str_find(a->body, arena_fmt(test_arena, ">%s", second));

	return one < two && two < a->body.n;
}

TEST(columns_sort_both_ways)
{
	many_world();
	struct answer a = get_as(DORA, LIST);
	CHECK(in_order(&a, "Ärzte", "Bäume") && in_order(&a, "Bäume", "Zoo"));
	a = get_as(DORA, LIST "?richtung=auf");
	CHECK(in_order(&a, "Zoo", "Bäume") && in_order(&a, "Bäume", "Ärzte"));
	a = get_as(DORA, LIST "?sortierung=titel");
	CHECK(in_order(&a, "Ärzte", "Bäume") && shows(&a, "aria-sort=\"ascending\""));
	CHECK(shows(&a, "?sortierung=titel&amp;richtung=ab\">Entscheidung"));
	a = get_as(DORA, LIST "?sortierung=titel&richtung=ab");
	CHECK(in_order(&a, "Zoo", "Bäume") && shows(&a, "aria-sort=\"descending\""));
	a = get_as(DORA, LIST "?sortierung=status&richtung=ab");
	CHECK(in_order(&a, "Zoo", "Bäume"));
	run_sql("INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot,"
		" uid, created_by, created_at) VALUES"
		" (1, 2026, 4, 'invited', '2026-12-09', 840, 1, 120, 'uid-1', 1, 1);"
		"INSERT INTO agenda_entry (meeting_id, pos, kind, decision_id, title, minutes)"
		" VALUES (1, 1, 'decision', 2, 'Bäume', 20)");
	a = get_as(DORA, LIST "?sortierung=sitzung");
	CHECK(in_order(&a, "Bäume", "Ärzte") && shows(&a, "09.12.2026"));
}

/* A vote on 2026-1 with these statuses; NULL: still open, two have cast. */
static void vote(const char *statuses[4], const char *result)
{
	steering_world();
	run_sql("INSERT INTO poll (id, decision_id, version, version_hash, kind, majority, mode,"
		" seat_rule, min_yes, min_persons, casting_vote, second_meeting, absent_counts,"
		" quorum_by_weight, opened_by, opened_at, closes_at) SELECT 1, 1, 1, sha256,"
		" 'circular', 'simple', 'heads', 'speaker', 0, 2, 0, 0, 0, 0, 1, 1, 1796000000"
		" FROM decision_version;"
		"INSERT INTO poll_unit (poll_id, unit, municipality_id, name, weight) VALUES"
		" (1, 1, 1, 'Lindheim', 1), (1, 2, 2, 'Auental', 1), (1, 3, 3, 'Bergstedt', 1),"
		" (1, 4, 4, 'Seefeld', 1);"
		"INSERT INTO register_record (n, at, kind, line, hash) SELECT value, 1, 'ballot',"
		" '{}', printf('%064d', value) FROM json_each('[1,2,3]');"
		"INSERT INTO ballot (poll_id, seq, unit, choice, person_id, capacity, at,"
		" nonce, record, signature) SELECT 1, value, min(value, 2), 'yes', 10, 'holder', 1,"
		" printf('%032d', value), value, 'x' FROM json_each('[1,2,3]');"
		"UPDATE decision SET state = 'circulating'");
	if (result == NULL)
		return;
	for (int i = 0; i < 4; i++)
		run_sql(arena_fmt(test_arena,
				  "UPDATE poll_unit SET status = '%s' WHERE municipality_id = %d",
				  statuses[i], i + 1)
			    .p);
	run_sql(arena_fmt(test_arena, "UPDATE poll SET closed_at = 2, result = '%s', persons = 4",
			  result)
		    .p);
}

TEST(an_open_vote_shows_how_many_have_cast_and_nothing_else)
{
	vote(NULL, NULL);
	struct answer a = get_as(DORA, LIST);
	CHECK(shows(&a, "2 von 4 Stimmen abgegeben") && shows(&a, "width=\"50.0%\""));
	CHECK(!shows(&a, "2 Ja") && !shows(&a, "s-ja"));
	clock_set(1796000001);
	run_sql("UPDATE session SET last_at = 1796000000, ends_at = 1796040000");
	a = get_as(DORA, LIST);
	CHECK(shows(&a, "Frist vorbei, wird ausgezählt"));
}

TEST(a_closed_vote_shows_its_counts)
{
	const char *one[4] = {"yes", "yes", "no", "silent"};
	const char *two[4] = {"yes", "absent", "absent", "recused"};

	vote(one, "adopted");
	struct answer a = get_as(DORA, LIST);
	CHECK(shows(&a, "2 Ja, 1 Nein, 1 Enthaltung"));
	CHECK(shows(&a, "class=\"s-nein\" x=\"50.0%\" width=\"24.8%\""));
	vote(two, "not_quorate");
	a = get_as(DORA, LIST);
	CHECK(shows(&a, "1 Ja, 2 abwesend, 1 befangen, nicht beschlussfähig"));
	a = get_as(DORA, LIST ".csv");
	CHECK(shows(&a, "2026-1;Verzeichnis für alle;Umlauf läuft;Dateninventur;;\"1 Ja") ||
	      shows(&a, "2026-1;Verzeichnis für alle;Umlauf läuft;Dateninventur;;1 Ja"));
	CHECK(str_starts(a.content_type, S("text/csv")));
}

TEST(a_void_vote_is_not_one_without_quorum)
{
	const char *one[4] = {"yes", "yes", "no", "silent"};

	vote(one, "adopted");
	run_sql("INSERT INTO poll_void (poll_id, reason, proposed_by, proposed_at, confirmed_by,"
		" confirmed_at) SELECT max(id), 'Technik', 9, 1, 3, 2 FROM poll");
	struct answer a = get_as(DORA, LIST);
	CHECK(shows(&a, "1 Enthaltung, für ungültig erklärt"));
	CHECK(!shows(&a, "nicht beschlussfähig"));
	a = get_as(DORA, LIST ".csv");
	CHECK(shows(&a, "1 Enthaltung, für ungültig erklärt"));
}

TEST(a_thousand_templates_come_in_pages_and_stay_fast)
{
	steering_world();
	run_sql(
	    "INSERT INTO decision (id, year, number, task_force_id, author_id, state,"
	    " created_at) WITH RECURSIVE n(i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n"
	    "  WHERE i < 1000) SELECT i, 2026, i, 1, 2, 'published', 1 FROM n;"
	    "INSERT INTO decision_version (decision_id, version, title, resolution, written_by,"
	    " written_at) SELECT id, 1, 'Vorlage ' || id, 'Wort', 2, 1 FROM decision WHERE id > 1;"
	    "INSERT INTO decision_search SELECT id, 'vorlage ' || id || ' und noch viele worte',"
	    " 'vorlage ' || id FROM decision WHERE id > 1");
	struct answer a = get_as(DORA, LIST "?sortierung=titel");
	CHECK_INT(rows_in(&a), 25);
	CHECK(shows(&a, "1 bis 25 von 1000") && shows(&a, "Weitere Entscheidungen"));
	CHECK(!shows(&a, "Vorige Seite"));
	a = get_as(DORA, LIST "?seite=40");
	CHECK_INT(rows_in(&a), 25);
	CHECK(shows(&a, "976 bis 1000 von 1000") && shows(&a, "Vorige Seite"));
	CHECK(!shows(&a, "Weitere Entscheidungen"));
	int64_t begin = clock_micros();
	for (int i = 0; i < 10; i++)
		CHECK_INT(get_as(DORA, LIST "?q=viele&seite=20").status, 200);
	/* A tenth of it without sanitizers. */
	CHECK(clock_micros() - begin < 10 * 400 * 1000);
	a = get_as(DORA, LIST ".csv");
	CHECK_INT(times(&a, "\r\n"), 1001);
}

/* ---- Discussion ---- */

#define COMMENTS "SELECT count(*) FROM decision_comment"

TEST(members_discuss_and_take_back_their_own_words)
{
	steering_world();
	struct answer a =
	    post_as(HEIDI, DECISION_1_PAGE "/beitraege", FORM(FIELD("beitrag", "Wer zahlt das?")));
	CHECK_STR(a.location, S(DECISION_1_PAGE "?meldung=beitrag#diskussion"));
	CHECK_INT(post_as(BEN, DECISION_1_PAGE "/beitraege",
			  FORM(FIELD("beitrag", "Steht unter Kosten.")))
		      .status,
		  303);
	a = get_as(DORA, DECISION_1_PAGE);
	CHECK(shows(&a, "Wer zahlt das?") && shows(&a, "Bergstedt · ") && shows(&a, "(2)"));
	CHECK(shows(&a, "gibt Auskunft") && !shows(&a, "Beitrag senden"));
	CHECK_INT(post_as(DORA, DECISION_1_PAGE "/beitraege", FORM(FIELD("beitrag", "x"))).status,
		  403);
	CHECK_INT(post_as(BEN, DECISION_1_PAGE "/beitraege/1/entfernen", S("")).status, 403);
	CHECK_INT(post_as(BEN, DECISION_1_PAGE "/beitraege/9/entfernen", S("")).status, 404);
	a = post_as(HEIDI, DECISION_1_PAGE "/beitraege/1/entfernen", S(""));
	CHECK_INT(a.status, 303);
	a = get_as(DORA, DECISION_1_PAGE);
	CHECK(!shows(&a, "Wer zahlt das?") && shows(&a, "Dieser Beitrag wurde entfernt."));
	CHECK(shows(&a, "id=\"beitrag-1\"") && shows(&a, "(2)"));
	CHECK_STR(text_of("SELECT text FROM decision_comment WHERE number = 1"),
		  S("Wer zahlt das?"));
	a = post_as(HEIDI, DECISION_1_PAGE "/beitraege", FORM(FIELD("beitrag", " ")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Schreibe deinen Beitrag auf."));
}

TEST(every_failure_of_a_comment_leaves_nothing)
{
	static const char removed[] = COMMENTS " WHERE removed_at IS NOT NULL";
	struct str form = S("beitrag=Ja");

	steering_world();
	check_refusals(HEIDI, DECISION_1_PAGE "/beitraege", form, COMMENTS);
	check_once(HEIDI, DECISION_1_PAGE "/beitraege", form, COMMENTS);
	check_refusals(HEIDI, DECISION_1_PAGE "/beitraege/1/entfernen", S(""), removed);
	check_failures(HEIDI, DECISION_1_PAGE "/beitraege/1/entfernen", S(""), removed);
	check_failures(HEIDI, DECISION_1_PAGE "/beitraege", form, COMMENTS);
}

/* ---- From the handbook ---- */

static void requests_world(void)
{
	steering_world();
	run_sql(
	    "INSERT INTO document (id, slug, title, licence) VALUES (1, 'h', 'H', 'CC0-1.0');"
	    "INSERT INTO feedback (id, document_id, number, kind, visibility, author_id,"
	    " author_org, state, created_at) VALUES (7, 1, 7, 'question', 'project', 3,"
	    " 'Bergstedt', 'open', 1), (8, 1, 8, 'question', 'project', 3, 'Bergstedt', 'open', 1);"
	    "UPDATE feedback SET hidden_at = 1 WHERE id = 8;"
	    "INSERT INTO decision_request (id, feedback_id, title, text, requested_by,"
	    " requested_at) VALUES (1, 7, 'Rückmeldung F-007', 'Was gilt dann?', 1, 1),"
	    " (2, 8, 'Rückmeldung F-008', 'Geheimes.', 1, 1)");
}

TEST(what_the_handbook_asks_becomes_a_draft_once)
{
	requests_world();
	struct answer a = get_as(ANNA, LIST);
	CHECK(shows(&a, "Aus dem Handbuch") && shows(&a, "Was gilt dann?"));
	CHECK(shows(&a, "href=\"/feedback/7\"") && !shows(&a, "Geheimes."));
	a = get_as(BEN, LIST);
	CHECK(!shows(&a, "Aus dem Handbuch"));
	CHECK_INT(post_as(BEN, LIST "/aus-dem-handbuch/1", S("")).status, 403);
	CHECK_INT(post_as(ANNA, LIST "/aus-dem-handbuch/2", S("")).status, 404);
	a = post_as(ANNA, LIST "/aus-dem-handbuch/1", S(""));
	CHECK_STR(a.location, S(DECISION_2_PAGE "/bearbeiten?meldung=vorlage-angelegt"));
	CHECK_INT(post_as(ANNA, LIST "/aus-dem-handbuch/1", S("")).status, 409);
	CHECK_INT(count_of("SELECT decision_id FROM decision_request WHERE id = 1"), 2);
	a = get_as(ANNA, LIST);
	CHECK(!shows(&a, "Aus dem Handbuch"));
	a = get_as(ANNA, DECISION_2_PAGE);
	CHECK(shows(&a, "Was gilt dann?") && shows(&a, "href=\"/feedback/7\">Rückmeldung F-007"));
}

TEST(every_failure_while_taking_a_request_leaves_nothing)
{
	requests_world();
	check_refusals(ANNA, LIST "/aus-dem-handbuch/1", S(""), VERSIONS);
	check_failures(ANNA, LIST "/aus-dem-handbuch/1", S(""), VERSIONS);
}

TESTS_MAIN
