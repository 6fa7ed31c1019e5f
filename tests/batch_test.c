/* batch_test.c -- many remarks at once: what goes through, what is refused and why. */
#include "feedback_world.h"

#define BATCH "/feedback/sammel"

static void three(void)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Eins."));
	give(BEN, "Erster", GIVEN(.kind = "hint", .text = "Zwei."));
	give(CEM, "Erster", GIVEN(.kind = "hint", .text = "Drei."));
}

/* As the page sends it: all rows with their versions, some ticked. */
static struct str sent(const char *action, const char *ticked, const char *more)
{
	return arena_fmt(test_arena,
			 "v-1=1&v-2=1&v-3=1&%s&aktion=%s&zurueck=%%2Ffeedback%%3Fstatus%%3Dalle"
			 "%%26art%%3Dhint&%s",
			 ticked, action, more);
}
#define FIELDS(person, outcome, reason, version)                                                   \
	"person=" person "&ergebnis=" outcome "&grund=" reason                                     \
	"&bis=&dublette=&eingearbeitet=" version
#define NOTHING FIELDS("", "", "", "")

TEST(ticked_rows_are_decided_in_one_transaction)
{
	three();
	struct answer a = post_as(
	    ANNA, BATCH,
	    sent("decide", "auswahl=1&auswahl=3", FIELDS("", "rejected", "Passt+nicht.", "")));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/feedback?status=alle&art=hint&meldung=alle-bearbeitet"));
	CHECK_INT(count_of("SELECT count(*) FROM feedback WHERE state = 'decided' AND"
			   " reason = 'Passt nicht.' AND decided_by = 1"),
		  2);
	CHECK_STR(text_of("SELECT state FROM feedback WHERE id = 2"), S("open"));
	/* Each author hears of it, as of a single decision. */
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE topic = 'feedback' AND"
			   " body LIKE '%Passt nicht.%'"),
		  2);
	CHECK_INT(count_of("SELECT count(*) FROM handbook_event WHERE action = 'decided'"), 2);
	CHECK_INT(count_of("SELECT count(*) FROM feedback_batch"), 0);
	a = get_as(ANNA, arena_cstr(test_arena, a.location));
	CHECK(shows(&a, "Alle ausgewählten Rückmeldungen sind bearbeitet."));
}

TEST(rows_that_changed_are_refused_one_by_one_and_named)
{
	three();
	post_as(ANNA, "/feedback/2/klaerung", FORM(FIELD("rueckfrage", "Wie?")));
	struct answer a = post_as(ANNA, BATCH,
				  sent("decide", "auswahl=1&auswahl=2&auswahl=3&auswahl=99",
				       FIELDS("", "rejected", "Passt+nicht.", "")));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/feedback/sammel/1"));
	CHECK_INT(count_of("SELECT count(*) FROM feedback WHERE state = 'decided'"), 2);
	CHECK_STR(text_of("SELECT state FROM feedback WHERE id = 2"), S("query"));
	a = get_as(ANNA, "/feedback/sammel/1");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Bearbeitet: 2. Eine ging nicht"));
	CHECK(shows(&a, "F-002") && shows(&a, "Sie hat sich inzwischen geändert."));
	CHECK(!shows(&a, "F-001") && !shows(&a, "F-003"));
	/* Nothing typed is lost, and the row can be sent again as it is now. */
	CHECK(shows(&a, ">Passt nicht.</textarea>") && shows(&a, "\"rejected\" selected"));
	CHECK(shows(&a, "name=\"v-2\" value=\"2\"") && shows(&a, "value=\"2\" checked"));
	CHECK_INT(get_as(BEN, "/feedback/sammel/1").status, 403);
	run_sql("UPDATE feedback_batch SET by = 2");
	CHECK_INT(get_as(ANNA, "/feedback/sammel/1").status, 404);
}

TEST(own_and_forbidden_rows_are_refused_with_their_reason)
{
	begin();
	run_sql("UPDATE membership SET municipality_id = 2 WHERE person_id = 1");
	give(ANNA, "Erster", GIVEN(.kind = "hint", .text = "Eigenes."));
	give(BEN, "Erster", GIVEN(.kind = "hint", .text = "Hier.", .visible = "municipality"));
	give(CEM, "Erster", GIVEN(.kind = "hint", .text = "Drei."));
	post_as(CEM, "/feedback/3/zurueckziehen", S(""));
	post_as(ANNA, BATCH,
		sent("decide", "auswahl=1&auswahl=2&auswahl=3", FIELDS("", "accepted", "", "")));
	CHECK_STR(
	    text_of("SELECT group_concat(feedback_id || result, ' ') FROM feedback_batch_row"),
	    S("1own 2in_house 3settled"));
	struct answer a = get_as(ANNA, "/feedback/sammel/1");
	CHECK(shows(&a, "Sie ist von dir.") && shows(&a, "noch nicht freigegeben") &&
	      shows(&a, "oder sie ist zurückgezogen"));
	/* Nothing here can be tried again. */
	CHECK(!shows(&a, "name=\"auswahl\""));
	CHECK_INT(count_of("SELECT count(*) FROM feedback WHERE state = 'decided'"), 0);
	run_sql("UPDATE membership SET municipality_id = 1 WHERE person_id = 1");
	post_as(ANNA, BATCH, sent("decide", "auswahl=2", FIELDS("", "accepted", "", "")));
	CHECK_STR(text_of("SELECT result FROM feedback_batch_row WHERE batch_id = 2"), S("gone"));
	a = get_as(ANNA, "/feedback/sammel/2");
	CHECK(!shows(&a, "F-002"));
}

TEST(a_reason_is_asked_for_and_ticks_stay)
{
	three();
	struct answer a =
	    post_as(ANNA, BATCH, sent("decide", "auswahl=2", FIELDS("", "rejected", "", "")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Nenne den Grund.") && shows(&a, "\"rejected\" selected"));
	CHECK(shows(&a, "value=\"2\" checked") && !shows(&a, "value=\"1\" checked"));
	CHECK(shows(&a, "<option value=\"hint\" selected"));
	a = post_as(ANNA, BATCH, sent("assign", "auswahl=2", FIELDS("", "", "Schon+getippt", "")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, ">Schon getippt</textarea>") && shows(&a, "id=\"person-fehler\""));
	a = post_as(ANNA, BATCH, sent("assign", "x=1", NOTHING));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Kreuze oben mindestens eine Rückmeldung an."));
	CHECK_INT(post_as(ANNA, BATCH, sent("", "auswahl=2", NOTHING)).status, 422);
	CHECK_INT(
	    post_as(ANNA, BATCH,
		    sent("decide", "auswahl=2&auswahl=2&fremd=1", FIELDS("", "accepted", "", "")))
		.status,
	    400);
	CHECK_INT(count_of("SELECT count(*) FROM feedback WHERE row_version > 1"), 0);
}

TEST(the_way_back_leads_to_the_table_and_nowhere_else)
{
	three();
	struct answer a =
	    post_as(ANNA, BATCH,
		    S("v-1=1&auswahl=1&aktion=start&zurueck=https%3A%2F%2Fx.example%2F%3Fart%3D"
		      "question%26x%3D1&" NOTHING));
	CHECK_STR(a.location, S("/feedback?status=offen&art=question&meldung=alle-bearbeitet"));
}

TEST(rows_are_assigned_and_taken_up)
{
	three();
	run_sql("INSERT INTO role_grant (person_id, role, since, granted_at)"
		" VALUES (10, 'pmo', '2026-01-01', 1)");
	post_as(ANNA, BATCH, sent("assign", "auswahl=1&auswahl=2", FIELDS("10", "", "", "")));
	/* Jule wrote the first one herself. */
	CHECK_STR(text_of("SELECT group_concat(result) FROM feedback_batch_row"), S("author,fine"));
	CHECK_INT(count_of("SELECT assignee_id FROM feedback WHERE id = 2"), JULE);
	CHECK_INT(count_of("SELECT assignee_id IS NULL FROM feedback WHERE id = 1"), 1);
	struct answer a = get_as(DORA, "/feedback/2");
	CHECK(shows(&a, "zuständig: Jule Jasmin") && shows(&a, "zugewiesen von Anna"));
	CHECK_INT(post_as(ANNA, BATCH, sent("assign", "auswahl=2", FIELDS("2", "", "", ""))).status,
		  422);
	post_as(ANNA, BATCH, sent("start", "auswahl=3", NOTHING));
	CHECK_STR(text_of("SELECT state || assignee_id FROM feedback WHERE id = 3"),
		  S("in_progress1"));
}

TEST(a_duplicate_of_itself_is_refused)
{
	three();
	post_as(
	    ANNA, BATCH,
	    sent("decide", "auswahl=1&auswahl=2",
		 "person=&ergebnis=duplicate&grund=Gleich.&bis=&dublette=F-001&eingearbeitet="));
	CHECK_STR(text_of("SELECT group_concat(result) FROM feedback_batch_row"), S("itself,fine"));
	CHECK_INT(count_of("SELECT duplicate_of FROM feedback WHERE id = 2"), 1);
}

TEST(a_full_page_of_fifty_rows_goes_through)
{
	struct buf form = {.arena = NULL};

	begin();
	form.arena = test_arena;
	for (int i = 1; i <= 50; i++) {
		give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Hinweis."));
		buf_fmt(&form, "v-%d=1&auswahl=%d&", i, i);
	}
	buf_add(&form, S("aktion=decide&zurueck=&" FIELDS("", "answered", "Ja.", "")));
	CHECK_INT(post_as(ANNA, BATCH, buf_str(&form)).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM feedback WHERE outcome = 'answered'"), 50);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE topic = 'feedback'"), 50);
}

TEST(the_forms_for_many_stand_what_forms_must_stand)
{
	static const char open[] = "SELECT count(*) FROM feedback WHERE state = 'open'",
			  batches[] = "SELECT count(*) FROM feedback_batch_row";

	three();
	CHECK_INT(post_as(BEN, BATCH, sent("start", "auswahl=1", NOTHING)).status, 403);
	struct str form = sent("decide", "auswahl=1", FIELDS("", "rejected", "Nein.", ""));
	check_refusals(ANNA, BATCH, form, open);
	check_once(ANNA, BATCH, form, open);
	form = sent("decide", "auswahl=1&auswahl=2", FIELDS("", "rejected", "Nein.", ""));
	check_failures(ANNA, BATCH, form, batches);
	CHECK_INT(count_of(open), 1);
}

TESTS_MAIN
