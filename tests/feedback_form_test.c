/* feedback_form_test.c -- sentences and quotes, what a suggestion does, the preview, drafts. */
#include "feedback_world.h"

#define GIVE "/handbuch/einstieg/rueckmeldung"
#define PREVIEW "/handbuch/rueckmeldung/vorschau"
#define DRAFT "/handbuch/rueckmeldung/entwurf"

struct typed {
	const char *uid, *version, *kind, *text, *quote, *op, *proposal, *sentence, *offered;
};

static struct str field(const char *value, const char *otherwise)
{
	return str_of(value == NULL ? otherwise : value);
}

static struct str form_with(struct typed t)
{
	return FORM(
	    FIELD_STR("absatz", str_of(t.uid)), FIELD_STR("fassung", field(t.version, "1-0")),
	    FIELD_STR("art", field(t.kind, "suggestion")),
	    FIELD_STR("text", field(t.text, "Darum.")), FIELD_STR("zitat", field(t.quote, "")),
	    FIELD_STR("weise", field(t.op, "replace")),
	    FIELD_STR("vorschlag", field(t.proposal, "")),
	    FIELD_STR("satz", field(t.sentence, "0")),
	    FIELD_STR("satz-von", field(t.offered, t.uid)), FIELD("sichtbar", "project"));
}
#define TYPED(...) form_with((struct typed){__VA_ARGS__})

static const char *uid(const char *beginning)
{
	return arena_cstr(test_arena, uid_of(beginning));
}

static struct answer open_form(int64_t person, const char *of)
{
	return get_as(person, arena_fmt(test_arena, "/handbuch/einstieg?absatz=%s&neu=1", of).p);
}

/* Sentences and quotes ------------------------------------------------------------------------- */

TEST(the_way_to_speak_about_a_title_stands_beside_it_until_somebody_does)
{
	begin();
	struct answer a = get_as(JULE, "/handbuch/einstieg");
	CHECK(shows(&a, "Rückmeldung zur Überschrift geben") && !shows(&a, "hs-absatz--kopf"));
	CHECK(str_find(a.body, S("zur Überschrift geben")) <
	      str_find(a.body, S("hs-titel__aktionen")));
	a = get_as(JULE, "/handbuch");
	CHECK(str_find(a.body, S("zur Überschrift geben")) <
	      str_find(a.body, S("hs-titel__aktionen")));
	a = open_form(JULE, uid("Einstieg"));
	CHECK(shows(&a, "hs-absatz--kopf") && !shows(&a, "zur Überschrift geben"));
	post_as(JULE, GIVE, TYPED(.uid = uid("Einstieg"), .kind = "hint", .text = "Kürzer."));
	a = get_as(JULE, "/handbuch/einstieg");
	CHECK(shows(&a, "hs-absatz--kopf") && shows(&a, "1 Rückmeldung, offen"));
	CHECK_INT(times(&a, "zur Überschrift geben"), 1);
}

TEST(sentences_are_offered_and_the_whole_block_is_chosen_before)
{
	begin();
	struct answer a = open_form(JULE, uid("Erster"));
	CHECK(shows(&a, "value=\"0\" checked><label class=\"kern-label\" for=\"satz-0\">ganzer"));
	CHECK(shows(&a, "for=\"satz-2\">Ja und noch einmal ja.</label>"));
	a = post_as(JULE, GIVE, TYPED(.uid = uid("Erster"), .kind = "hint", .sentence = "2"));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT quote || '|' || prefix || '|' || suffix FROM anchor WHERE first"),
		  S("Ja und noch einmal ja.|Erster Absatz mit Worten. |"));
	/* What was pasted says it more exactly. */
	a = post_as(
	    JULE, GIVE,
	    TYPED(.uid = uid("Erster"), .kind = "hint", .sentence = "2", .quote = "mit Worten"));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT quote FROM anchor WHERE first AND feedback_id = 2"),
		  S("mit Worten"));
	a = post_as(JULE, GIVE, TYPED(.uid = uid("Erster"), .kind = "hint", .sentence = "3"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"satz-fehler\""));
}

TEST(a_sentence_of_another_line_is_asked_for_again)
{
	begin();
	struct answer a = post_as(
	    JULE, GIVE,
	    TYPED(.uid = uid("Erster"), .kind = "hint", .sentence = "1", .offered = uid("zwei")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Du hast eine andere Stelle gewählt") && shows(&a, "Darum.</textarea>"));
	a = open_form(JULE, uid("zwei"));
	CHECK(!shows(&a, "satz-1"));
}

TEST(quote_across_blocks_becomes_two_anchors)
{
	begin();
	struct answer a =
	    post_as(JULE, GIVE,
		    TYPED(.uid = uid("Erster"), .kind = "question", .text = "Gehört das zusammen?",
			  .quote = "noch  einmal ja.\n\neins\nzwei"));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT group_concat(part || quote, '|') FROM anchor WHERE first = 1"),
		  S("1noch einmal ja.|2eins|3zwei"));
	CHECK_INT(count_of("SELECT count(*) FROM anchor WHERE first = 0 AND state = 'exact'"), 3);
	a = get_as(DORA, "/handbuch/einstieg");
	/* below the paragraph and below the list, where it is one remark, not two */
	CHECK_INT(times(&a, "hs-zeilen\">Gehört das zusammen?"), 2);
	CHECK_INT(times(&a, "1 Rückmeldung, offen"), 2);
	CHECK_INT(times(&a, "id=\"r-1\""), 1);
	a = get_as(DORA, "/feedback/1");
	CHECK_INT(times(&a, "<blockquote class=\"hs-zitat\">"), 3);
	/* from the other side it is the same, from a block outside it is not there */
	a = post_as(JULE, GIVE,
		    TYPED(.uid = uid("eins"), .kind = "hint", .quote = "noch einmal ja. eins"));
	CHECK_INT(a.status, 303);
	a = post_as(JULE, GIVE,
		    TYPED(.uid = uid("zwei"), .kind = "hint", .quote = "noch einmal ja. eins"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Diese Worte stehen nicht"));
}

TEST(same_short_phrase_many_times_is_not_guessed)
{
	begin();
	struct answer a =
	    post_as(JULE, GIVE, TYPED(.uid = uid("Erster"), .kind = "hint", .quote = "a"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "kommen hier mehrmals vor"));
}

/* Suggestions ---------------------------------------------------------------------------------- */

TEST(what_a_suggestion_does_is_chosen_and_looked_at_before)
{
	begin();
	struct answer a = post_as(JULE, PREVIEW,
				  TYPED(.uid = uid("Erster"), .text = "Kürzer.",
					.proposal = "Erster Satz mit Worten. Ja und zweimal ja."));
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Vorschau: Vorschlag") && shows(&a, "Absatz ersetzen</b>"));
	CHECK(shows(&a, "Absatz</") && shows(&a, "[eingefügt: </span>Satz"));
	CHECK(shows(&a, "Änderung 1 von 2") && shows(&a, "Noch ist nichts gesendet."));
	CHECK(shows(&a, "Ja und zweimal ja.</textarea>") && shows(&a, "Kürzer.</textarea>"));
	CHECK_INT(count_of("SELECT count(*) FROM feedback"), 0);
	a = post_as(JULE, PREVIEW, TYPED(.uid = uid("Erster"), .op = "delete", .proposal = "egal"));
	CHECK(shows(&a, "Absatz streichen</b>") && !shows(&a, "[eingefügt"));
	a = post_as(JULE, PREVIEW, TYPED(.uid = uid("Erster"), .text = ""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"text-fehler\"") && shows(&a, "dass es gestrichen werden soll"));
	a = post_as(JULE, PREVIEW,
		    TYPED(.uid = uid("Erster"), .kind = "hint", .quote = "mit Worten"));
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Vorschau: Hinweis") && shows(&a, "<p>mit Worten</p>"));
}

static void offers(const char *beginning, const char *noun, const char *whole)
{
	struct str at = uid_of(beginning);
	struct answer a =
	    get_as(JULE, arena_fmt(test_arena, "/handbuch/einstieg?absatz=%.*s&neu=1", ARG(at)).p);

	CHECK_INT(a.status, 200);
	CHECK(shows(&a, arena_fmt(test_arena, "%s ersetzen</label>", noun).p));
	CHECK(shows(&a, arena_fmt(test_arena, "%s streichen</label>", noun).p));
	CHECK(whole == NULL || shows(&a, whole));
	CHECK_INT(shows(&a, "Absatz ersetzen</label>"), str_eq(str_of(noun), S("Absatz")));
	CHECK_INT(shows(&a, "dahinter einfügen</label>"), !str_eq(str_of(noun), S("Fußnote")));
	a = post_as(JULE, PREVIEW,
		    TYPED(.uid = arena_cstr(test_arena, at), .proposal = "Anders gesagt."));
	CHECK(shows(&a, arena_fmt(test_arena, "%s ersetzen</b>", noun).p));
}

TEST(the_form_calls_a_block_what_it_is)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(
		      test_db, test_arena,
		      S("# Probe\n\n## Einstieg\n\nErster Absatz.[^a] Ja.\n\n"
			"- eins. Und mehr.\n- zwei\n\n| Wer | Was |\n|--|--|\n| Alle | Viel |\n\n"
			"> Gesagt ist gesagt.\n\n[^a]: Quelle. Nachgelesen.\n")),
		  OK);
	CHECK_INT(db_commit(test_db), OK);
	offers("Einstieg", "Überschrift", NULL);
	offers("Erster", "Absatz", "ganzer Absatz</label>");
	offers("eins", "Punkt", "ganzer Punkt</label>");
	offers("Alle", "Zeile", NULL);
	offers("Gesagt", "Zitat", NULL);
	offers("Quelle", "Fußnote", "ganze Fußnote</label>");
	struct answer a = open_form(JULE, uid("zwei"));
	CHECK(shows(&a, "Zu welchem Punkt?"));
	a = open_form(JULE, uid("Alle"));
	CHECK(shows(&a, "Zu welcher Zeile?"));
}

TEST(an_insertion_is_what_stands_behind_the_block)
{
	begin();
	const char *block = "Erster Absatz mit Worten. Ja und noch einmal ja.";
	struct answer a = post_as(
	    JULE, GIVE, TYPED(.uid = uid("Erster"), .op = "insert_after", .proposal = block));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Schreibe, was dahinter eingefügt"));
	CHECK(shows(&a, "value=\"insert_after\" checked"));
	a = post_as(JULE, GIVE,
		    TYPED(.uid = uid("Erster"), .op = "insert_after",
			  .proposal = arena_fmt(test_arena, "%s\n\nUnd noch einer.", block).p));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT op || markdown FROM suggestion"),
		  S("insert_afterUnd noch einer."));
	a = post_as(JULE, GIVE, TYPED(.uid = uid("Erster"), .op = "delete", .proposal = block));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT op || markdown FROM suggestion WHERE feedback_id = 2"),
		  S("delete"));
	a = get_as(DORA, "/feedback/1");
	CHECK(shows(&a, "Vorschlag: dahinter einfügen"));
}

/* Drafts --------------------------------------------------------------------------------------- */

TEST(a_draft_is_its_authors_alone_and_kept_right_or_wrong)
{
	begin();
	struct str form = TYPED(.uid = uid("Erster"), .kind = "", .text = "Halb fertig",
				.quote = "steht nirgends", .op = "insert_after");
	struct answer a = post_as(JULE, DRAFT, form);
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/feedback/meine?meldung=entwurf"));
	a = get_as(JULE, "/feedback/meine");
	CHECK(shows(&a, "Deine Entwürfe") && shows(&a, "Halb fertig") && shows(&a, "&amp;neu=1"));
	a = open_form(JULE, uid("Erster"));
	CHECK(shows(&a, "Das ist dein Entwurf vom") && shows(&a, "Halb fertig</textarea>"));
	CHECK(shows(&a, "steht nirgends</textarea>"));
	CHECK(shows(&a, "value=\"insert_after\" checked"));
	/* of the same municipality, the office, data protection: nobody */
	static const int64_t strangers[] = {ANNA, KIM, BEN, GRETA, DORA};
	static const char *const pages[] = {"/feedback/meine", "/feedback?status=alle",
					    "/handbuch/einstieg", "/suche?q=fertig"};
	for (size_t i = 0; i < 5; i++) {
		for (size_t k = 0; k < 4; k++) {
			a = get_as(strangers[i], pages[k]);
			CHECK(!shows(&a, "Halb fertig"));
		}
		a = open_form(strangers[i], uid("Erster"));
		CHECK(!shows(&a, "Halb fertig"));
	}
	CHECK_INT(count_of("SELECT count(*) FROM feedback"), 0);
}

TEST(a_draft_is_written_on_sent_and_then_gone)
{
	begin();
	post_as(JULE, DRAFT, TYPED(.uid = uid("Erster"), .kind = "hint", .text = "Erst so."));
	post_as(JULE, DRAFT, TYPED(.uid = uid("Erster"), .kind = "hint", .text = "Dann so."));
	post_as(JULE, DRAFT, TYPED(.uid = uid("zwei"), .kind = "hint", .text = "Anderswo."));
	CHECK_INT(count_of("SELECT count(*) FROM feedback_draft"), 2);
	struct answer a =
	    post_as(JULE, GIVE, TYPED(.uid = uid("Erster"), .kind = "hint", .text = "Nun so."));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT text FROM feedback_draft"), S("Anderswo."));
	CHECK_INT(count_of("SELECT number FROM feedback"), 1);
}

static struct str discard_form(const char *of)
{
	return FORM(FIELD("fassung-nr", "1"), FIELD_STR("absatz", str_of(of)));
}

TEST(a_draft_is_discarded_by_its_author)
{
	begin();
	post_as(JULE, DRAFT, TYPED(.uid = uid("Erster"), .kind = "hint", .text = "Weg damit."));
	CHECK_INT(count_of("SELECT revision_id FROM feedback_draft"), 1);
	struct str form = discard_form(uid("Erster"));
	CHECK_INT(post_as(BEN, "/feedback/entwurf/verwerfen", form).status, 404);
	CHECK_INT(count_of("SELECT count(*) FROM feedback_draft"), 1);
	CHECK_INT(post_as(JULE, "/feedback/entwurf/verwerfen", form).status, 303);
	struct answer a = get_as(JULE, "/feedback/meine");
	CHECK(!shows(&a, "Weg damit.") && !shows(&a, "Deine Entwürfe"));
}

TEST(a_draft_of_a_version_that_was_dropped_can_still_be_read)
{
	begin();
	post_as(JULE, DRAFT, TYPED(.uid = uid("Erster"), .kind = "hint", .text = "Zu spät."));
	run_sql("UPDATE revision SET state = 'dropped' WHERE id = 1");
	struct answer a = get_as(JULE, "/feedback/meine");
	CHECK(shows(&a, "Zu spät.") && shows(&a, "Diese Fassung ist verworfen"));
	CHECK(!shows(&a, "Weiterschreiben"));
	CHECK_INT(post_as(JULE, "/feedback/entwurf/verwerfen", discard_form(uid("Erster"))).status,
		  303);
}

/* A round on a frozen copy, whose last day is the given one. */
static void round_until(const char *day, const char *late)
{
	run_sql(
	    arena_fmt(
		test_arena,
		"INSERT INTO revision (id, document_id, major, minor, draft, state, change,"
		" created_at) VALUES (70, 1, 2, 0, 1, 'in_review', 'content', 1);"
		"INSERT INTO revision_block SELECT 70, pos, section_uid, block_text_id, list,"
		" number FROM revision_block WHERE revision_id = 1;"
		"INSERT INTO revision_section SELECT 70, pos, uid, slug, number, title, words"
		" FROM revision_section WHERE revision_id = 1;"
		"INSERT INTO review_round (id, number, revision_id, opens_on, closes_on,"
		" first_closes_on, late, created_by, created_at) VALUES (1, 3, 70, '2026-01-01',"
		" '%s', '%s', '%s', 1, 1)",
		day, day, late)
		.p);
}

static void at(int64_t instant)
{
	clock_set(instant);
	run_sql("UPDATE session SET last_at = 9999999999, ends_at = 99999999999");
}

TEST(draft_created_before_sent_after_the_deadline)
{
	begin();
	round_until("2026-11-20", "refuse");
	struct str form = TYPED(.uid = uid("Erster"), .version = "2-0-entwurf-1", .kind = "hint",
				.text = "Vor der Frist begonnen.");
	CHECK_INT(post_as(JULE, DRAFT, form).status, 303);
	at(FIXTURE_NOW + (int64_t)86400);
	struct answer a = post_as(JULE, GIVE, form);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Diese Runde ist zu Ende"));
	CHECK(shows(&a, "Vor der Frist begonnen.</textarea>"));
	/* The draft is not lost with it. */
	CHECK_INT(count_of("SELECT count(*) FROM feedback_draft"), 1);
	run_sql("UPDATE review_round SET late = 'accept'");
	CHECK_INT(post_as(JULE, GIVE, form).status, 303);
	CHECK_INT(count_of("SELECT late FROM feedback"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM feedback_draft"), 0);
}

TEST(draft_sent_in_the_night_when_the_clocks_change)
{
	/* 25 October 2026: 02:59 comes twice in Berlin, the day ends at 23:00 UTC. */
	enum { LAST_SECOND = 1792969199 };

	begin();
	round_until("2026-10-25", "refuse");
	at(LAST_SECOND - 20 * 3600);
	struct str form = TYPED(.uid = uid("Erster"), .version = "2-0-entwurf-1", .kind = "hint");
	CHECK_INT(post_as(JULE, DRAFT, form).status, 303);
	at(LAST_SECOND + 1);
	CHECK_INT(post_as(JULE, GIVE, form).status, 422);
	at(LAST_SECOND);
	CHECK_INT(post_as(JULE, GIVE, form).status, 303);
	CHECK_INT(count_of("SELECT late FROM feedback"), 0);
}

TEST(every_form_here_stands_what_forms_must_stand)
{
	static const char items[] = "SELECT count(*) FROM feedback",
			  drafts[] = "SELECT count(*) FROM feedback_draft";

	begin();
	struct str form =
	    TYPED(.uid = uid("Erster"), .kind = "hint", .quote = "noch einmal ja. eins zwei");
	check_refusals(JULE, GIVE, form, items);
	check_refusals(JULE, DRAFT, form, drafts);
	check_refusals(JULE, PREVIEW, form, items);
	post_as(JULE, DRAFT, form);
	/* also the draft that goes with it */
	check_failures(JULE, GIVE, form,
		       "SELECT (SELECT count(*) FROM feedback) * 10 + (SELECT count(*) FROM anchor)"
		       " * 100 + (SELECT count(*) FROM feedback_draft)");
	begin();
	check_failures(JULE, DRAFT, TYPED(.uid = uid("Erster")), drafts);
	check_failures(JULE, "/feedback/entwurf/verwerfen", discard_form(uid("Erster")), drafts);
}

TESTS_MAIN
