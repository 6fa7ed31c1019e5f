/* feedback_test.c -- feedback in the text: give, read, answer, withdraw, decide, respond. */
#include "erased.h"
#include "feedback_world.h"

TEST(feedback_stands_below_its_block)
{
	begin();
	struct answer a = get_as(JULE, "/handbuch/einstieg");
	CHECK(shows(&a, "Rückmeldung geben") && !shows(&a, "<details class=\"hs-auf\""));
	a = give(
	    JULE, "Erster",
	    GIVEN(.kind = "question", .text = "Wie ist das gemeint?", .quote = "noch einmal ja"));
	CHECK_INT(a.status, 303);
	CHECK(str_ends(a.location, S("#r-1")) && str_find(a.location, S("absatz=")) < a.location.n);
	a = get_as(DORA, "/handbuch/einstieg");
	CHECK(shows(&a, "1 Rückmeldung, offen") && shows(&a, "Wie ist das gemeint?"));
	CHECK(shows(&a, "<blockquote class=\"hs-zitat\"><p>noch einmal ja</p>") &&
	      shows(&a, "F-001"));
	CHECK_STR(text_of("SELECT prefix || '|' || suffix FROM anchor WHERE first = 1"),
		  S("rster Absatz mit Worten. Ja und |."));
	/* also where the editors work, and in no other chapter */
	CHECK_INT(count_of("SELECT count(*) FROM anchor WHERE state = 'exact'"), 2);
	a = get_as(DORA, "/handbuch/regeln");
	CHECK(!shows(&a, "Wie ist das gemeint?"));
	a = get_as(ANNA, "/handbuch/einstieg?fassung=arbeitsfassung");
	CHECK(!shows(&a, "Wie ist das gemeint?"));
}

TEST(the_form_stands_on_the_same_page_and_keeps_what_was_typed)
{
	begin();
	const char *page =
	    arena_fmt(test_arena, "/handbuch/einstieg?absatz=%.*s&neu=1", ARG(uid_of("Erster"))).p;
	struct answer a = get_as(JULE, page);
	CHECK(shows(&a, "Was möchtest du?") && shows(&a, "hs-absatz--gewaehlt"));
	CHECK(shows(&a, "Erster Absatz mit Worten. Ja und noch einmal ja.</textarea>"));
	a = give(JULE, "Erster", GIVEN(.kind = "", .text = "Nur Text", .quote = "steht nirgends"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Nur Text") && shows(&a, "steht nirgends</textarea>"));
	CHECK(shows(&a, "id=\"art-fehler\"") && shows(&a, "Diese Worte stehen nicht"));
	a = give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Doppelt", .quote = "ja"));
	CHECK_INT(a.status, 303); /* "Ja" is another word than "ja" */
	a = give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Doppelt", .quote = "o"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "kommen hier mehrmals vor"));
	a = give(JULE, "Erster",
		 GIVEN(.kind = "suggestion", .text = "So",
		       .proposal = "Erster Absatz mit Worten. Ja und noch einmal ja."));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"vorschlag-fehler\""));
}

TEST(items_of_a_list_can_be_chosen)
{
	begin();
	struct answer a = get_as(
	    JULE,
	    arena_fmt(test_arena, "/handbuch/einstieg?absatz=%.*s&neu=1", ARG(uid_of("zwei"))).p);
	CHECK(shows(&a, "Zu welchem Punkt?") && shows(&a, " selected>zwei</option>"));
	CHECK_INT(give(JULE, "zwei", GIVEN(.kind = "hint", .text = "Zur zweiten.")).status, 303);
	a = get_as(DORA, "/handbuch/einstieg");
	CHECK(shows(&a, "Zur zweiten."));
}

TEST(readers_give_hints_and_nothing_else)
{
	begin();
	struct answer a = get_as(
	    DORA,
	    arena_fmt(test_arena, "/handbuch/einstieg?absatz=%.*s&neu=1", ARG(uid_of("Erster"))).p);
	CHECK(shows(&a, "Hinweis geben") && !shows(&a, "Frage stellen"));
	CHECK_INT(give(DORA, "Erster", GIVEN(.kind = "question", .text = "Warum?")).status, 422);
	CHECK_INT(give(DORA, "Erster", GIVEN(.kind = "hint", .text = "Ein Hinweis.")).status, 303);
	CHECK_INT(post_as(DORA, "/feedback/1/antworten", FORM(FIELD("antwort", "x"))).status, 403);
}

TEST(in_house_items_stay_in_the_house_until_they_are_released)
{
	begin();
	give(BEN, "Erster",
	     GIVEN(.kind = "hint", .text = "Nur unter uns.", .visible = "municipality"));
	static const int64_t strangers[] = {ANNA, CEM, DORA, IVO};
	for (size_t i = 0; i < 4; i++) {
		struct answer a = get_as(strangers[i], "/handbuch/einstieg");
		CHECK(!shows(&a, "Nur unter uns."));
		CHECK_INT(get_as(strangers[i], "/feedback/1").status, 404);
		a = get_as(strangers[i], "/feedback?status=alle");
		CHECK(!shows(&a, "Nur unter uns.") && shows(&a, "Hier ist nichts."));
	}
	struct answer a = get_as(GRETA, "/handbuch/einstieg");
	CHECK(shows(&a, "Nur unter uns."));
	CHECK_INT(post_as(ANNA, "/feedback/1/freigabe", S("")).status, 403);
	CHECK_INT(post_as(GRETA, "/feedback/1/freigabe", S("")).status, 303);
	a = get_as(DORA, "/handbuch/einstieg");
	CHECK(shows(&a, "Nur unter uns.") && shows(&a, "Stellungnahme Auental"));
	CHECK_INT(post_as(GRETA, "/feedback/1/freigabe", S("")).status, 403);
}

TEST(what_a_municipality_has_said_is_its_own)
{
	begin();
	give(BEN, "Erster",
	     GIVEN(.kind = "hint", .text = "Nur unter uns.", .visible = "municipality"));
	CHECK_INT(post_as(GRETA, "/feedback/1/freigabe", S("")).status, 303);
	/* Whoever wrote it neither rewrites nor withdraws it after that. */
	struct answer a = get_as(BEN, "/feedback/1");
	CHECK(!shows(&a, "/feedback/1/bearbeiten") && !shows(&a, "/feedback/1/zurueckziehen"));
	CHECK_INT(
	    post_as(BEN, "/feedback/1/bearbeiten", FORM(FIELD("worte", "Das Gegenteil."))).status,
	    403);
	CHECK_INT(post_as(BEN, "/feedback/1/zurueckziehen", S("")).status, 403);
	/* Another municipality speaks for itself alone. */
	CHECK_INT(post_as(HEIDI, "/feedback/1/zurueckziehen", S("")).status, 403);
	a = get_as(GRETA, "/feedback/1");
	CHECK(!shows(&a, "/feedback/1/bearbeiten") && shows(&a, "/feedback/1/zurueckziehen"));
	CHECK_INT(post_as(GRETA, "/feedback/1/bearbeiten", FORM(FIELD("worte", "Anders."))).status,
		  403);
	CHECK_INT(post_as(GRETA, "/feedback/1/zurueckziehen", S("")).status, 303);
	CHECK_STR(text_of("SELECT state FROM feedback"), S("withdrawn"));
}

TEST(what_is_for_the_editors_reaches_them_and_the_author)
{
	begin();
	give(CEM, "Erster",
	     GIVEN(.kind = "error", .text = "Peinlicher Fehler.", .visible = "editors"));
	CHECK_INT(get_as(ANNA, "/feedback/1").status, 200);
	CHECK_INT(get_as(CEM, "/feedback/1").status, 200);
	CHECK_INT(get_as(HEIDI, "/feedback/1").status, 404); /* the same municipality */
	struct answer a = get_as(HEIDI, "/handbuch/einstieg");
	CHECK(!shows(&a, "Peinlicher"));
	a = get_as(ANNA, "/handbuch/einstieg");
	CHECK(shows(&a, "Peinlicher"));
}

TEST(a_suggestion_shows_what_would_change)
{
	begin();
	CHECK_INT(give(JULE, "Jede",
		       GIVEN(.kind = "suggestion", .text = "Zwei wären besser.",
			     .proposal = "Jede Stadt hat zwei Stimmen."))
		      .status,
		  303);
	struct answer a = get_as(DORA, "/feedback/1");
	CHECK(shows(&a, "[gestrichen: </span>eine") && shows(&a, "[eingefügt: </span>zwei"));
	CHECK_STR(text_of("SELECT op FROM suggestion"), S("replace"));
}

TEST(answers_are_flat_and_words_stay_as_versions)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "question", .text = "Wie?"));
	CHECK_INT(post_as(ANNA, "/feedback/1/antworten", FORM(FIELD("antwort", ""))).status, 422);
	CHECK_INT(post_as(ANNA, "/feedback/1/antworten", FORM(FIELD("antwort", "So."))).status,
		  303);
	CHECK_INT(post_as(JULE, "/feedback/1/antworten", FORM(FIELD("antwort", "Danke."))).status,
		  303);
	CHECK_INT(
	    post_as(JULE, "/feedback/1/bearbeiten", FORM(FIELD("worte", "Wie genau?"))).status,
	    303);
	CHECK_INT(post_as(BEN, "/feedback/1/bearbeiten", FORM(FIELD("worte", "Fremd."))).status,
		  403);
	struct answer a = get_as(DORA, "/feedback/1");
	CHECK(shows(&a, "#2</span>") && shows(&a, "Wie genau?") && !shows(&a, ">Wie?<"));
	CHECK_INT(count_of("SELECT count(*) FROM feedback_text"), 2);
	CHECK(shows(&a, "umgeschrieben von Jule Jasmin"));
}

TEST(an_author_withdraws_until_the_decision)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Doch nicht."));
	CHECK_INT(post_as(BEN, "/feedback/1/zurueckziehen", S("")).status, 403);
	CHECK_INT(post_as(JULE, "/feedback/1/zurueckziehen", S("")).status, 303);
	struct answer a = get_as(DORA, "/handbuch/einstieg");
	CHECK(!shows(&a, "Doch nicht."));
	CHECK_INT(post_as(JULE, "/feedback/1/zurueckziehen", S("")).status, 403);
	CHECK_INT(post_as(ANNA, "/feedback/1/antworten", FORM(FIELD("antwort", "x"))).status, 409);
}

TEST(every_outcome_but_accepted_needs_its_reason)
{
	static const char *const outcomes[] = {"partly",   "otherwise",    "rejected",
					       "answered", "to_committee", "out_of_scope"};

	for (size_t i = 0; i < 6; i++) {
		begin();
		give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Hinweis."));
		struct answer a =
		    post_as(ANNA, "/feedback/1/entscheidung", decision(outcomes[i], "", "1"));
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, "id=\"grund-fehler\""));
		a = post_as(ANNA, "/feedback/1/entscheidung", decision(outcomes[i], "Darum.", "1"));
		CHECK_INT(a.status, 303);
		a = get_as(DORA, "/handbuch/einstieg");
		CHECK(shows(&a, "Darum.") && shows(&a, "1 Rückmeldung, erledigt"));
		CHECK_INT(count_of("SELECT count(*) FROM decision_request WHERE feedback_id = 1"),
			  i == 4);
	}
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Hinweis."));
	CHECK_INT(post_as(ANNA, "/feedback/1/entscheidung", decision("accepted", "", "1")).status,
		  303);
}

TEST(postponed_needs_a_day_and_a_duplicate_the_other)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Eins."));
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Zwei."));
	struct answer a =
	    post_as(ANNA, "/feedback/1/entscheidung", decision("postponed", "Später.", "1"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"bis-fehler\"") && shows(&a, "Später."));
	a = post_as(ANNA, "/feedback/1/entscheidung",
		    FORM(FIELD("version", "1"), FIELD("ergebnis", "postponed"),
			 FIELD("grund", "Später."), FIELD("bis", "31.3.2027"),
			 FIELD("dublette", "")));
	CHECK_INT(a.status, 303);
	for (int i = 0; i < 3; i++) {
		static const char *const wrong[] = {"F-002", "R1-001", "Quatsch"};
		a = post_as(ANNA, "/feedback/2/entscheidung",
			    FORM(FIELD("version", "1"), FIELD("ergebnis", "duplicate"),
				 FIELD("grund", "Gleich."), FIELD("bis", ""),
				 FIELD_STR("dublette", str_of(wrong[i]))));
		CHECK_INT(a.status, 422);
	}
	a = post_as(ANNA, "/feedback/2/entscheidung",
		    FORM(FIELD("version", "1"), FIELD("ergebnis", "duplicate"),
			 FIELD("grund", "Gleich."), FIELD("bis", ""), FIELD("dublette", "f-1")));
	CHECK_INT(a.status, 303);
	CHECK_INT(count_of("SELECT duplicate_of FROM feedback WHERE id = 2"), 1);
}

TEST(nobody_decides_on_their_own_and_two_editors_do_not_overwrite_each_other)
{
	begin();
	give(ANNA, "Erster", GIVEN(.kind = "hint", .text = "Vom Büro."));
	CHECK_INT(post_as(ANNA, "/feedback/1/entscheidung", decision("accepted", "", "1")).status,
		  403);
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Hinweis."));
	CHECK_INT(post_as(JULE, "/feedback/2/entscheidung", decision("accepted", "", "1")).status,
		  403);
	CHECK_INT(
	    post_as(ANNA, "/feedback/2/entscheidung", decision("rejected", "Nein.", "1")).status,
	    303);
	struct answer a =
	    post_as(ANNA, "/feedback/2/entscheidung", decision("accepted", "Doch.", "1"));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Noch nichts gespeichert") && shows(&a, "Nein."));
	CHECK(shows(&a, "Doch.</textarea>"));
	CHECK_STR(text_of("SELECT outcome FROM feedback WHERE id = 2"), S("rejected"));
}

TEST(an_editor_does_not_close_criticism_alone)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Kritik."));
	post_as(ANNA, "/feedback/1/entscheidung", decision("rejected", "Nein.", "1"));
	struct answer a = get_as(BEN, "/");
	CHECK(!shows(&a, "ist entschieden"));
	a = get_as(JULE, "/");
	CHECK(shows(&a, "<a class=\"kern-link kern-link--stretched\" href=\"/feedback/1\""));
	CHECK(shows(&a, "widersprechen bis 4.\u00a0Dezember 2026") &&
	      shows(&a, "Eine Sache wartet"));
	struct str object = FORM(FIELD("reaktion", "objected"), FIELD("einwand", ""));
	a = post_as(JULE, "/feedback/1/reaktion", object);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "value=\"objected\" checked") && shows(&a, "id=\"einwand-fehler\""));
	object = FORM(FIELD("reaktion", "objected"), FIELD("einwand", "Das stimmt nicht."));
	CHECK_INT(post_as(BEN, "/feedback/1/reaktion", object).status, 403);
	CHECK_INT(post_as(JULE, "/feedback/1/reaktion", object).status, 303);
	CHECK_INT(post_as(JULE, "/feedback/1/reaktion", object).status, 403); /* once */
	a = get_as(JULE, "/");
	CHECK(!shows(&a, "ist entschieden"));
	a = get_as(HEIDI, "/feedback?status=alle&widerspruch=1");
	CHECK(shows(&a, "widersprochen") && shows(&a, "Kritik."));
	a = get_as(HEIDI, "/feedback/1");
	CHECK(shows(&a, "Das stimmt nicht.") && shows(&a, "Entscheidung: nicht übernommen"));
}

TEST(after_fourteen_days_the_decision_stands)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Kritik."));
	post_as(ANNA, "/feedback/1/entscheidung", decision("rejected", "Nein.", "1"));
	for (int day = 14; day <= 15; day++) {
		clock_set(FIXTURE_NOW + day * (int64_t)86400);
		run_sql("UPDATE session SET last_at = 9999999999, ends_at = 99999999999");
		struct answer a = get_as(JULE, "/feedback/1");
		CHECK_INT(shows(&a, "Passt das für dich?"), day == 14);
		a = get_as(JULE, "/");
		CHECK_INT(shows(&a, "Über F-001 ist entschieden"), day == 14);
	}
	CHECK_INT(post_as(JULE, "/feedback/1/reaktion", FORM(FIELD("reaktion", "agreed"))).status,
		  403);
}

TEST(an_erased_author_leaves_the_words_and_a_tombstone)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Bleibt stehen."));
	person_is_erased(JULE);
	struct answer a = get_as(DORA, "/handbuch/einstieg");
	CHECK(shows(&a, "ehemalige Person (Stadt Lindheim)") && shows(&a, "Lindheim") &&
	      shows(&a, "Bleibt stehen."));
	a = get_as(DORA, "/feedback?status=alle");
	CHECK(shows(&a, "ehemalige Person (Stadt Lindheim)") && !shows(&a, "Jule"));
}

TEST(words_are_escaped_wherever_they_stand)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "<script>x</script>&amp;\"'"));
	static const char *const pages[] = {"/handbuch/einstieg", "/feedback/1",
					    "/feedback?status=alle"};
	for (size_t i = 0; i < 3; i++) {
		struct answer a = get_as(DORA, pages[i]);
		CHECK(!shows(&a, "<script>") && shows(&a, "&lt;script&gt;x&lt;/script&gt;"));
	}
}

TEST(a_round_that_is_over_takes_feedback_as_it_says)
{
	begin();
	run_sql(
	    "INSERT INTO revision (id, document_id, major, minor, draft, state, change, created_at)"
	    " VALUES (70, 1, 2, 0, 1, 'in_review', 'content', 1);"
	    "INSERT INTO revision_block SELECT 70, pos, section_uid, block_text_id, list, number "
	    "FROM"
	    " revision_block WHERE revision_id = (SELECT id FROM revision WHERE state = "
	    "'in_force');"
	    "INSERT INTO revision_section SELECT 70, pos, uid, slug, number, title, words FROM"
	    " revision_section WHERE revision_id = (SELECT id FROM revision WHERE state = "
	    "'in_force');"
	    "INSERT INTO review_round (id, number, revision_id, opens_on, closes_on, "
	    "first_closes_on,"
	    " late, created_by, created_at) VALUES (1, 3, 70, '2026-11-01', '2026-11-20', "
	    "'2026-11-20',"
	    " 'refuse', 1, 1)");
	struct str form =
	    FORM(FIELD_STR("absatz", uid_of("Erster")), FIELD("fassung", "2-0-entwurf-1"),
		 FIELD("art", "hint"), FIELD("text", "Spät geschrieben."), FIELD("zitat", ""),
		 FIELD("vorschlag", ""), FIELD("sichtbar", "project"));
	/* The last day counts to its end in Berlin. */
	CHECK_INT(post_as(JULE, "/handbuch/einstieg/rueckmeldung", form).status, 303);
	struct answer a = get_as(DORA, "/feedback?status=alle");
	CHECK(shows(&a, "R3-001"));
	clock_set(FIXTURE_NOW + (int64_t)86400);
	run_sql("UPDATE session SET last_at = 9999999999, ends_at = 99999999999");
	a = post_as(JULE, "/handbuch/einstieg/rueckmeldung", form);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Diese Runde ist zu Ende") && shows(&a, "Spät geschrieben.</textarea>"));
	run_sql("UPDATE review_round SET late = 'accept'");
	CHECK_INT(post_as(JULE, "/handbuch/einstieg/rueckmeldung", form).status, 303);
	a = get_as(DORA, "/feedback?status=alle");
	CHECK(shows(&a, "nach Frist"));
}

TEST(every_form_of_feedback_stands_what_forms_must_stand)
{
	static const char items[] = "SELECT count(*) FROM feedback",
			  answers[] = "SELECT count(*) FROM reply",
			  decided[] = "SELECT count(*) FROM feedback WHERE state = 'decided'";
	static const char target[] = "/handbuch/einstieg/rueckmeldung";

	begin();
	struct str form = form_for("Erster", GIVEN(.kind = "hint", .text = "Hinweis."));
	check_refusals(JULE, target, form, items);
	check_failures(JULE, target, form, items);
	check_once(JULE, target, form_for("Erster", GIVEN(.kind = "hint", .text = "Noch einer.")),
		   items);
	form = FORM(FIELD("antwort", "Antwort."));
	check_refusals(ANNA, "/feedback/1/antworten", form, answers);
	check_failures(ANNA, "/feedback/1/antworten", form, answers);
	check_refusals(ANNA, "/feedback/1/entscheidung", decision("accepted", "", "1"), decided);
	check_failures(ANNA, "/feedback/1/entscheidung", decision("accepted", "", "1"), decided);
}

TESTS_MAIN
