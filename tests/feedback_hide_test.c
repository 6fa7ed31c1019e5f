/* feedback_hide_test.c -- words that data protection hides are read nowhere any more. */
#include "feedback_world.h"

#define SECRET "Geheimname Xaver"

static struct str why(const char *reply, const char *reason)
{
	return FORM(FIELD_STR("schutz", str_of(reply)), FIELD_STR("schutzgrund", str_of(reason)));
}

static void secret(const char *visible)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = SECRET " war es.", .visible = visible));
}

/* In every place where feedback is shown or has left a trace. */
static bool known_anywhere(int64_t person)
{
	static const char *const pages[] = {"/feedback?status=alle",
					    "/feedback/1",
					    "/handbuch/einstieg",
					    "/suche?q=Xaver",
					    "/feedback?status=alle&q=Xaver",
					    "/feedback/runden/1/synopse",
					    "/feedback/runden/1/synopse.csv",
					    "/handbuch/vergleich?von=1-0&bis=1-0",
					    "/feedback/statistik",
					    "/feedback/statistik.csv",
					    "/"};

	for (size_t i = 0; i < sizeof pages / sizeof pages[0]; i++) {
		struct answer a = get_as(person, pages[i]);
		if (shows(&a, SECRET) || (shows(&a, "war es") && shows(&a, "Xaver</mark>")))
			return true;
	}
	return false;
}

static void in_a_round(void)
{
	run_sql("INSERT INTO review_round (id, number, revision_id, opens_on, closes_on,"
		" first_closes_on, created_by, created_at) SELECT 1, 1, id, '2026-11-01',"
		" '2026-11-30', '2026-11-30', 1, 1 FROM revision WHERE state = 'in_force';"
		"UPDATE feedback SET round_id = 1");
}

TEST(side_channels)
{
	secret("project");
	in_a_round();
	post_as(ANNA, "/feedback/1/entscheidung",
		decision("to_committee", SECRET " ist gemeint.", "1"));
	CHECK(known_anywhere(DORA) && known_anywhere(ANNA) && known_anywhere(JULE));
	CHECK_INT(count_of("SELECT count(*) FROM decision_request WHERE text LIKE '%Xaver%'"), 1);
	CHECK_INT(post_as(GRETA, "/feedback/1/ausblenden", why("", "Name einer Person.")).status,
		  303);
	for (int64_t person = ANNA; person < PERSON_END; person++)
		if (person != EMIL && person != FINN)
			CHECK(!known_anywhere(person));
	CHECK_INT(count_of("SELECT count(*) FROM decision_request WHERE text LIKE '%Xaver%'"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM feedback_search WHERE text LIKE '%xaver%'"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at IS NULL AND"
			   " body LIKE '%Xaver%'"),
		  0);
	/* What comes later does not bring it back. */
	CHECK_INT(post_as(ANNA, "/feedback/1/antworten", FORM(FIELD("antwort", "x"))).status, 404);
	CHECK_INT(post_as(JULE, "/feedback/1/zurueckziehen", S("")).status, 404);
}

TEST(a_hidden_remark_says_so_and_comes_back_with_a_reason)
{
	secret("project");
	CHECK_INT(post_as(GRETA, "/feedback/1/ausblenden", why("", "")).status, 422);
	CHECK_INT(post_as(ANNA, "/feedback/1/ausblenden", why("", "x")).status, 403);
	post_as(GRETA, "/feedback/1/ausblenden", why("", "Name einer Person."));
	struct answer a = get_as(DORA, "/feedback/1");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "ausgeblendet (Datenschutz)") && shows(&a, "Name einer Person.") &&
	      shows(&a, "Greta") && !shows(&a, "Wieder einblenden"));
	a = get_as(GRETA, "/feedback/1");
	CHECK(shows(&a, "Wieder einblenden") && !shows(&a, SECRET));
	CHECK_INT(post_as(GRETA, "/feedback/1/einblenden", why("", "")).status, 422);
	CHECK_INT(post_as(GRETA, "/feedback/1/ausblenden", why("", "Noch einmal.")).status, 409);
	CHECK_INT(post_as(GRETA, "/feedback/1/einblenden", why("", "Die Person will es.")).status,
		  303);
	a = get_as(DORA, "/feedback/1");
	CHECK(shows(&a, SECRET) && shows(&a, "Die Person will es.") &&
	      shows(&a, "wieder eingeblendet von Greta"));
	a = get_as(DORA, "/suche?q=Xaver");
	CHECK(shows(&a, "/feedback/1"));
}

TEST(what_is_narrow_stays_narrow_when_it_is_hidden)
{
	secret("municipality");
	run_sql("UPDATE feedback SET hidden_at = 1, hidden_by = 7, hidden_reason = 'Name.'");
	CHECK_INT(get_as(DORA, "/feedback/1").status, 404);
	CHECK_INT(get_as(GRETA, "/feedback/1").status, 404);
	CHECK_INT(get_as(KIM, "/feedback/1").status, 200); /* the same municipality */
}

TEST(a_single_answer_is_hidden_and_keeps_its_place)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Bleibt."));
	post_as(BEN, "/feedback/1/antworten", FORM(FIELD("antwort", SECRET " weiß es.")));
	post_as(CEM, "/feedback/1/antworten", FORM(FIELD("antwort", "Danach.")));
	struct answer a = post_as(GRETA, "/feedback/1/ausblenden", why("1", ""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "<option value=\"1\" selected>Antwort #1"));
	CHECK_INT(post_as(GRETA, "/feedback/1/ausblenden", why("1", "Name.")).status, 303);
	a = get_as(DORA, "/feedback/1");
	CHECK(shows(&a, "Bleibt.") && shows(&a, "Danach.") && !shows(&a, SECRET));
	CHECK(shows(&a, "Diese Antwort ist ausgeblendet (Datenschutz)."));
	CHECK(!known_anywhere(DORA));
	a = get_as(GRETA, "/feedback/1");
	CHECK(shows(&a, "Antwort wieder einblenden"));
	CHECK_INT(post_as(GRETA, "/feedback/1/ausblenden", why("1", "Name.")).status, 409);
	CHECK_INT(post_as(GRETA, "/feedback/1/ausblenden", why("9", "Name.")).status, 409);
	CHECK_INT(post_as(GRETA, "/feedback/1/einblenden", why("1", "Doch.")).status, 303);
	a = get_as(DORA, "/feedback/1");
	CHECK(shows(&a, SECRET));
}

TEST(editors_propose_and_the_municipality_hides)
{
	secret("editors");
	run_sql("UPDATE feedback SET municipality_id = 2, author_id = 2");
	CHECK_INT(get_as(GRETA, "/feedback/1").status, 404);
	CHECK_INT(post_as(GRETA, "/feedback/1/ausblenden", why("", "x")).status, 404);
	struct answer a = get_as(ANNA, "/feedback/1");
	CHECK(shows(&a, "Ausblenden vorschlagen"));
	CHECK_INT(post_as(ANNA, "/feedback/1/ausblenden-vorschlagen", why("", "")).status, 422);
	CHECK_INT(
	    post_as(ANNA, "/feedback/1/ausblenden-vorschlagen", why("", "Name darin.")).status,
	    303);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 7 AND"
			   " body LIKE '%Name darin.%'"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE body LIKE '%Xaver%'"), 0);
	/* Whoever holds the role today, also for a time; not who held it, or will. */
	run_sql(
	    "DELETE FROM outbox; UPDATE role_grant SET until = '2026-12-31' WHERE person_id = 7;"
	    "INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
	    " VALUES (2, 'municipality', 2, '2026-12-01', 1)");
	CHECK_INT(
	    post_as(ANNA, "/feedback/1/ausblenden-vorschlagen", why("", "Noch ein Name.")).status,
	    303);
	CHECK_STR(text_of("SELECT group_concat(person_id) || '' FROM outbox WHERE body LIKE"
			  " '%Noch ein Name.%'"),
		  S("7"));
	/* Greta may act on it without reading it. */
	a = get_as(GRETA, "/feedback/1");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Name darin.") && !shows(&a, SECRET));
	CHECK_INT(get_as(DORA, "/feedback/1").status, 404);
	CHECK_INT(post_as(GRETA, "/feedback/1/ausblenden", why("", "Stimmt.")).status, 303);
	a = get_as(ANNA, "/feedback/1");
	CHECK(shows(&a, "ausgeblendet (Datenschutz)") && !shows(&a, SECRET));
}

TEST(the_request_to_the_committee_carries_no_words_of_others)
{
	secret("editors");
	post_as(ANNA, "/feedback/1/entscheidung", decision("to_committee", "Zu groß.", "1"));
	CHECK_INT(count_of("SELECT count(*) FROM decision_request WHERE text = ''"), 1);
	post_as(ANNA, "/feedback/1/ausblenden-vorschlagen", why("", "Name."));
	post_as(GRETA, "/feedback/1/ausblenden", why("", "Name."));
	post_as(GRETA, "/feedback/1/einblenden", why("", "Kein Name."));
	CHECK_INT(count_of("SELECT count(*) FROM decision_request WHERE text = ''"), 1);
}

TEST(the_forms_stand_what_forms_must_stand)
{
	static const char hidden[] = "SELECT count(*) FROM feedback WHERE hidden_at > 0",
			  answers[] = "SELECT count(*) FROM reply WHERE hidden_at > 0",
			  proposed[] = "SELECT count(*) FROM handbook_event"
				       " WHERE action = 'hide_proposed'";

	secret("project");
	struct str form = why("", "Name.");
	post_as(BEN, "/feedback/1/antworten", FORM(FIELD("antwort", "Ja.")));
	check_refusals(ANNA, "/feedback/1/ausblenden-vorschlagen", form, proposed);
	check_failures(ANNA, "/feedback/1/ausblenden-vorschlagen", form, proposed);
	check_failures(GRETA, "/feedback/1/ausblenden", why("1", "Name."), answers);
	check_refusals(GRETA, "/feedback/1/ausblenden", form, hidden);
	check_failures(GRETA, "/feedback/1/ausblenden", form, hidden);
	check_refusals(GRETA, "/feedback/1/einblenden", form, hidden);
	check_failures(GRETA, "/feedback/1/einblenden", form, hidden);
}

TESTS_MAIN
