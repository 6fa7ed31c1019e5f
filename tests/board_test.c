/* board_test.c -- the table of feedback: filters, order, pages, places, and whose rows they are. */
#include "feedback_world.h"

/* Five remarks on two chapters by three municipalities. */
static void some(void)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Anmerkung A."));
	give(BEN, "Erster", GIVEN(.kind = "question", .text = "Gebührenfrage B."));
	give(CEM, "eins", GIVEN(.kind = "error", .text = "Fehler C."));
	CHECK_INT(post_as(BEN, "/handbuch/regeln/rueckmeldung",
			  form_for("Jede Stadt", GIVEN(.kind = "hint", .text = "Regel D.")))
		      .status,
		  303);
	give(BEN, "Erster",
	     GIVEN(.kind = "hint", .text = "Hausintern E.", .visible = "municipality"));
	post_as(ANNA, "/feedback/3/entscheidung", decision("rejected", "Nein.", "1"));
	post_as(CEM, "/feedback/3/reaktion",
		FORM(FIELD("reaktion", "objected"), FIELD("einwand", "Doch!")));
}

/* Which of A to E a page shows, in their order. */
static struct str letters(int64_t person, const char *target)
{
	static const char *const words[] = {"Anmerkung A.", "Gebührenfrage B.", "Fehler C.",
					    "Regel D.", "Hausintern E."};
	struct answer a = get_as(person, target);
	struct buf out = {.arena = test_arena};

	CHECK_INT(a.status, 200);
	for (size_t from = 0; from < a.body.n;) {
		size_t best = a.body.n;
		char letter = 0;
		for (size_t i = 0; i < 5; i++) {
			size_t at = from + str_find(str_from(a.body, from), str_of(words[i]));
			if (at < best) {
				best = at;
				letter = (char)('A' + i);
			}
		}
		if (letter != 0)
			buf_char(&out, letter);
		from = best + 1;
	}
	return buf_str(&out);
}

#define ALL "/feedback?status=alle"

TEST(every_filter_is_an_address)
{
	some();
	CHECK_STR(letters(DORA, "/feedback"), S("DBA"));
	CHECK_STR(letters(DORA, ALL), S("DCBA"));
	CHECK_STR(letters(DORA, ALL "&art=hint"), S("DA"));
	CHECK_STR(letters(DORA, ALL "&stand=decided"), S("C"));
	CHECK_STR(letters(DORA, ALL "&ergebnis=rejected"), S("C"));
	CHECK_STR(letters(DORA, ALL "&ergebnis=accepted"), S(""));
	CHECK_STR(letters(DORA, ALL "&abschnitt=regeln"), S("D"));
	CHECK_STR(letters(DORA, ALL "&abschnitt=einstieg"), S("CBA"));
	CHECK_STR(letters(DORA, ALL "&kommune=2"), S("DB"));
	CHECK_STR(letters(DORA, ALL "&kommune=2&art=hint"), S("D"));
	CHECK_STR(letters(DORA, ALL "&runde=1"), S(""));
	CHECK_STR(letters(DORA, ALL "&widerspruch=1"), S("C"));
	CHECK_STR(letters(DORA, ALL "&frist=1"), S(""));
	run_sql("UPDATE feedback SET late = 1 WHERE id = 2");
	CHECK_STR(letters(DORA, ALL "&frist=1"), S("B"));
	CHECK_STR(letters(DORA, "/feedback?status=erledigt"), S("C"));
	CHECK_STR(letters(BEN, "/feedback?status=meine"), S("EDB"));
	CHECK_STR(letters(BEN, "/feedback/meine?art=question"), S("B"));
	/* Nonsense counts as not chosen. */
	CHECK_STR(letters(DORA, ALL "&art=x&stand=x&ergebnis=x&abschnitt=x&kommune=x&seite=x"),
		  S("DCBA"));
}

TEST(free_text_looks_into_words_and_answers)
{
	some();
	CHECK_STR(letters(DORA, ALL "&q=geb%C3%BChren"), S("B"));
	post_as(JULE, "/feedback/1/antworten", FORM(FIELD("antwort", "Zur Gebühr auch.")));
	CHECK_STR(letters(DORA, ALL "&q=Gebuehr"), S("BA"));
	CHECK_STR(letters(DORA, ALL "&q=x"), S(""));
	CHECK_STR(letters(DORA, ALL "&q=%22+OR+*"), S(""));
	CHECK_STR(letters(DORA, ALL "&q=Hausintern"), S(""));
	CHECK_STR(letters(BEN, ALL "&q=Hausintern"), S("E"));
}

TEST(what_lost_its_place_is_found)
{
	some();
	CHECK_STR(letters(ANNA, ALL "&bezug=ohne"), S(""));
	run_sql("UPDATE anchor SET state = 'orphan', block_text_id = NULL WHERE feedback_id = 1"
		" AND first = 0;"
		"UPDATE anchor SET state = 'moved' WHERE feedback_id = 2 AND first = 0");
	CHECK_STR(letters(ANNA, ALL "&bezug=ohne"), S("A"));
	CHECK_STR(letters(ANNA, ALL "&bezug=pruefen"), S("B"));
	/* The working copy is the editors' alone. */
	CHECK_STR(letters(DORA, ALL "&bezug=ohne"), S(""));
}

TEST(columns_sort_both_ways)
{
	some();
	CHECK_STR(letters(DORA, ALL "&sortierung=stelle"), S("BACD"));
	CHECK_STR(letters(DORA, ALL "&sortierung=stelle&richtung=umgekehrt"), S("DCBA"));
	CHECK_STR(letters(DORA, ALL "&sortierung=art"), S("CBDA"));
	CHECK_STR(letters(DORA, ALL "&sortierung=kommune"), S("DBCA"));
	CHECK_STR(letters(DORA, ALL "&sortierung=status"), S("DBAC"));
	CHECK_STR(letters(DORA, ALL "&richtung=umgekehrt"), S("ABCD"));
	run_sql("UPDATE feedback SET assignee_id = 1 WHERE id = 1");
	CHECK_STR(letters(DORA, ALL "&sortierung=zustaendig"), S("ADCB"));
	struct answer a = get_as(DORA, ALL "&sortierung=art&art=hint");
	CHECK_INT(times(&a, "aria-sort=\"ascending\""), 1);
	CHECK(shows(&a, "art=hint&amp;sortierung=art&amp;richtung=umgekehrt\">Art</a>"));
	CHECK(shows(&a, "status=alle&amp;art=hint\">Eingang</a>"));
}

TEST(tabs_keep_filters_and_count_with_them)
{
	some();
	struct answer a = get_as(BEN, "/feedback?kommune=2");
	CHECK(shows(&a, "/feedback?status=alle&amp;kommune=2\">Alle <span class=\"hs-leise\">3<"));
	CHECK(shows(&a, "aria-current=\"page\">Offen <span class=\"hs-leise\">3<"));
	CHECK(shows(&a, "Meine <span class=\"hs-leise\">3<"));
	CHECK(shows(&a, "Erledigt <span class=\"hs-leise\">0<"));
	CHECK(!shows(&a, "Mir zugewiesen"));
	a = get_as(DORA, "/feedback");
	CHECK(shows(&a, "Alle <span class=\"hs-leise\">4<") && !shows(&a, "name=\"auswahl\""));
	/* None of them is lost on the way to another tab. */
	a = get_as(DORA, "/feedback?status=alle&art=hint&stand=open&ergebnis=rejected&abschnitt="
			 "regeln&bezug=ohne&kommune=2&runde=3&zustaendig=niemand&widerspruch=1"
			 "&frist=1&q=a+%26&sortierung=stelle&richtung=umgekehrt");
	CHECK(shows(&a, "/feedback?status=offen&amp;art=hint&amp;stand=open&amp;ergebnis=rejected"
			"&amp;abschnitt=regeln&amp;bezug=ohne&amp;kommune=2&amp;runde=3"
			"&amp;zustaendig=niemand&amp;widerspruch=1&amp;frist=1&amp;q=a%20%26"
			"&amp;sortierung=stelle&amp;richtung=umgekehrt\""));
	run_sql("UPDATE feedback SET assignee_id = 1 WHERE id IN (2, 3)");
	a = get_as(ANNA, "/feedback?status=zugewiesen");
	CHECK(shows(&a, "Mir zugewiesen <span class=\"hs-leise\">2<"));
	CHECK_STR(letters(ANNA, "/feedback?status=zugewiesen"), S("CB"));
	CHECK_STR(letters(ANNA, ALL "&zustaendig=1"), S("CB"));
	CHECK_STR(letters(ANNA, ALL "&zustaendig=niemand"), S("DA"));
}

/* What a tab is said to have. */
static bool tab_has(int64_t person, const char *target, const char *label, int count)
{
	struct answer a = get_as(person, target);
	size_t at = str_find(a.body, arena_fmt(test_arena, ">%s <", label));
	struct str rest = str_head(str_from(a.body, at), 120);

	CHECK(at < a.body.n);
	struct str number = arena_fmt(test_arena, ">%d<", count);
	return str_find(rest, number) < rest.n;
}

TEST(numbers_that_are_kept_belong_to_one_person_and_to_this_moment)
{
	some();
	/* Twice, so that the second answer comes from what was kept. */
	for (int i = 0; i < 2; i++) {
		CHECK(tab_has(DORA, "/feedback", "Alle", 4) &&
		      tab_has(BEN, "/feedback", "Alle", 5));
		CHECK(tab_has(BEN, "/feedback", "Meine", 3) &&
		      tab_has(CEM, "/feedback", "Meine", 1));
		CHECK(tab_has(DORA, "/feedback?art=hint", "Alle", 2));
		CHECK(tab_has(DORA, "/feedback", "Alle", 4));
	}
	give(CEM, "eins", GIVEN(.kind = "hint", .text = "Noch eins."));
	CHECK(tab_has(DORA, "/feedback", "Alle", 5) && tab_has(CEM, "/feedback", "Meine", 2));
	run_sql("UPDATE feedback SET visibility = 'municipality' WHERE id = 1");
	CHECK(tab_has(DORA, "/feedback", "Alle", 4));
}

TEST(a_row_leads_to_its_block)
{
	some();
	struct answer a = get_as(DORA, ALL);
	struct str uid = uid_of("Jede");
	CHECK(shows(&a, arena_fmt(test_arena, "href=\"/handbuch/regeln?absatz=%.*s#b-%.*s\"",
				  ARG(uid), ARG(uid))
			    .p));
	/* Given to a draft: the place is there until it is in force. */
	run_sql("UPDATE revision SET state = 'in_review', major = 2, minor = 0, draft = 1"
		" WHERE state = 'in_force'");
	a = get_as(DORA, ALL);
	CHECK(shows(&a, "&amp;fassung=2-0-entwurf-1#b-"));
	run_sql("UPDATE revision SET state = 'dropped' WHERE state = 'in_review'");
	a = get_as(DORA, ALL);
	CHECK(shows(&a, "ohne Bezug</span>"));
}

TEST(pages_hold_fifty_rows_and_keep_the_filters)
{
	begin();
	for (int i = 0; i < 51; i++)
		give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Hinweis."));
	struct answer a = get_as(DORA, ALL "&art=hint&kommune=1");
	CHECK_INT(times(&a, ">Hinweis.<"), 50);
	CHECK(shows(&a, "1 bis 50 von 51"));
	CHECK(shows(&a, "art=hint&amp;kommune=1&amp;seite=1\" rel=\"next\""));
	a = get_as(DORA, ALL "&art=hint&kommune=1&seite=1");
	CHECK_INT(times(&a, ">Hinweis.<"), 1);
	CHECK(shows(&a, "51 bis 51 von 51") && !shows(&a, "rel=\"next\""));
	CHECK(shows(&a, "art=hint&amp;kommune=1\" rel=\"prev\""));
	a = get_as(DORA, ALL "&art=error");
	CHECK(shows(&a, "Keine Treffer.") && shows(&a, "href=\"/feedback?status=alle\">Filter"));
}

TESTS_MAIN
