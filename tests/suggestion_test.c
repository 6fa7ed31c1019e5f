/* suggestion_test.c -- a suggestion on its way into the working copy. */
#include "place_world.h"

#define ACCEPT "/feedback/1/uebernehmen"

/* The words of the working copy, block by block. */
static struct str working_text(void)
{
	return text_of("SELECT group_concat(x.plain, ' / ') FROM (SELECT t.plain"
		       " FROM revision_block rb JOIN block_text t ON t.id = rb.block_text_id"
		       " WHERE rb.revision_id = " WORKING " ORDER BY rb.pos) x");
}

static int64_t working_block(const char *beginning)
{
	return count_of(arena_fmt(test_arena,
				  "SELECT t.block_id FROM revision_block rb JOIN block_text t"
				  " ON t.id = rb.block_text_id WHERE rb.revision_id = " WORKING
				  " AND t.plain GLOB '%s*'",
				  beginning)
			    .p);
}

static void suggest_op(int64_t person, const char *beginning, const char *op, const char *words)
{
	give(person, beginning,
	     GIVEN(.kind = "suggestion", .text = "Besser so.", .proposal = "Ein Entwurf davon."));
	run_sql(arena_fmt(test_arena,
			  "UPDATE suggestion SET op = '%s', markdown = '%s' WHERE feedback_id ="
			  " (SELECT max(feedback_id) FROM suggestion)",
			  op, words)
		    .p);
}

static struct str state_in(const struct answer *a)
{
	return between(a, "name=\"stand\" value=\"", "\"");
}

static struct str plain_form(void)
{
	struct answer a = get_as(ANNA, ACCEPT);

	CHECK_INT(a.status, 200);
	return FORM(FIELD_STR("stand", state_in(&a)),
		    FIELD_STR("version", between(&a, "name=\"version\" value=\"", "\"")));
}

static struct str merged_form(struct str state, const char *words, const char *outcome,
			      const char *reason)
{
	return FORM(FIELD_STR("stand", state), FIELD("version", "1"),
		    FIELD_STR("text", str_of(words)), FIELD_STR("ergebnis", str_of(outcome)),
		    FIELD_STR("grund", str_of(reason)));
}

TEST(a_suggestion_for_the_words_as_they_stand_is_looked_at_and_taken_over)
{
	begin();
	suggest_op(JULE, "Jede", "replace", "Jede Stadt hat zwei Stimmen.");
	int64_t block = working_block("Jede");
	give(BEN, "Jede", GIVEN(.kind = "hint", .text = "Wieso?", .quote = "Jede Stadt"));
	struct answer a = get_as(ANNA, "/feedback/1");
	CHECK(shows(&a, "Prüfen und übernehmen"));
	a = get_as(JULE, "/feedback/1");
	CHECK(!shows(&a, "Prüfen und übernehmen"));
	a = get_as(ANNA, ACCEPT);
	CHECK(shows(&a, "[gestrichen: </span>eine") && shows(&a, "[eingefügt: </span>zwei"));
	CHECK(shows(&a, "Übernehmen</span></button>"));
	CHECK_INT(post_as(ANNA, ACCEPT, plain_form()).status, 303);
	CHECK_STR(working_text(), S("Probe / Einstieg / Erster Absatz mit Worten. Ja und noch "
				    "einmal ja. / eins / zwei / Regeln / Jede Stadt hat zwei "
				    "Stimmen."));
	CHECK_INT(working_block("Jede"), block);
	CHECK_STR(text_of("SELECT state || outcome || decided_by FROM feedback WHERE id = 1"),
		  S("doneaccepted1"));
	CHECK_INT(
	    count_of("SELECT applied_id FROM suggestion"),
	    count_of("SELECT id FROM block_text WHERE plain = 'Jede Stadt hat zwei Stimmen.'"));
	CHECK_INT(count_of("SELECT count(*) FROM block_search WHERE text MATCH 'stimmen'"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM handbook_event WHERE object_id = 1 AND object ="
			   " 'feedback' AND action IN ('decided', 'applied')"),
		  2);
	/* The others hold on to the new words; what is read in force has not changed. */
	CHECK_STR(
	    text_of(
		"SELECT n.state || t.plain FROM anchor n JOIN block_text t"
		" ON t.id = n.block_text_id WHERE n.feedback_id = 2 AND n.revision_id = " WORKING),
	    S("movedJede Stadt hat zwei Stimmen."));
	a = get_as(DORA, "/handbuch/regeln");
	CHECK(shows(&a, "Jede Stadt hat eine Stimme."));
	a = get_as(ANNA, "/feedback/1");
	CHECK(shows(&a, "in die Arbeitsfassung übernommen von Anna") &&
	      !shows(&a, "Prüfen und übernehmen"));
	CHECK_INT(get_as(ANNA, ACCEPT).status, 303);
}

TEST(several_changes_have_links_to_each)
{
	begin();
	suggest_op(JULE, "Erster", "replace", "Erster Satz mit Worten. Ja und noch zweimal ja.");
	static const char *const pages[] = {ACCEPT, "/feedback/1"};
	for (size_t i = 0; i < 2; i++) {
		struct answer a = get_as(ANNA, pages[i]);
		CHECK(shows(&a, "<a href=\"#aenderung-2\">Änderung 2 von 2</a>"));
		CHECK_INT(times(&a, "<del id=\"aenderung-2\">"), 1);
	}
}

TEST(the_thread_shows_what_is_suggested_and_who_alone_reads_it)
{
	begin();
	suggest_op(JULE, "Jede", "replace", "Jede Stadt hat zwei Stimmen.");
	struct answer a = get_as(ANNA, "/handbuch/regeln");
	CHECK(shows(&a, "Absatz ersetzen:</span>"));
	CHECK(shows(&a, "[gestrichen: </span>eine") && shows(&a, "[eingefügt: </span>zwei"));
	CHECK(!shows(&a, "sichtbar nur für"));
	run_sql("UPDATE feedback SET visibility = 'editors'");
	a = get_as(ANNA, "/handbuch/regeln");
	CHECK(shows(&a, "sichtbar nur für die Redaktion"));
	a = get_as(BEN, "/handbuch/regeln");
	CHECK(!shows(&a, "zwei") && !shows(&a, "sichtbar nur für"));
	run_sql("UPDATE feedback SET visibility = 'municipality'");
	a = get_as(JULE, "/handbuch/regeln");
	CHECK(shows(&a, "sichtbar nur für die eigene Kommune"));
}

TEST(a_suggestion_on_a_heading_says_so_wherever_it_is_shown)
{
	begin();
	suggest_op(JULE, "Regeln", "replace", "Unsere Regeln");
	static const char *const pages[] = {ACCEPT, "/feedback/1", "/handbuch/regeln"};
	for (size_t i = 0; i < 3; i++) {
		struct answer a = get_as(ANNA, pages[i]);
		CHECK(shows(&a, "Überschrift ersetzen") && !shows(&a, "Absatz ersetzen"));
	}
	suggest_op(BEN, "Regeln", "delete", "");
	struct answer a = get_as(ANNA, ACCEPT);
	CHECK(shows(&a, "Überschrift streichen"));
}

TEST(nobody_takes_over_their_own_nor_what_is_not_released)
{
	begin();
	suggest_op(ANNA, "Jede", "replace", "Jede Stadt hat zwei Stimmen.");
	CHECK_INT(get_as(ANNA, ACCEPT).status, 403);
	CHECK_INT(post_as(ANNA, ACCEPT, FORM(FIELD("stand", "1"), FIELD("version", "1"))).status,
		  403);
	run_sql("UPDATE feedback SET author_id = 10, visibility = 'municipality'");
	CHECK_INT(get_as(ANNA, ACCEPT).status, 403); /* of her own municipality */
	CHECK_INT(get_as(JULE, ACCEPT).status, 403);
	give(JULE, "Jede", GIVEN(.kind = "hint", .text = "Kein Vorschlag."));
	CHECK_INT(get_as(ANNA, "/feedback/2/uebernehmen").status, 404);
}

TEST(base_differs_shows_three_wordings_and_takes_merged_words)
{
	begin();
	suggest_op(JULE, "Jede", "replace", "Jede Stadt hat zwei Stimmen.");
	edit("regeln", "## Regeln\n\nJede Stadt und jeder Kreis hat eine Stimme.");
	struct answer a = get_as(ANNA, ACCEPT);
	CHECK(shows(&a, "Der Wortlaut hat sich geändert") &&
	      shows(&a, "Was sich seitdem geändert"));
	CHECK(shows(&a, "Jede Stadt hat eine Stimme.</div>"));
	CHECK(shows(&a, "Jede Stadt und jeder Kreis hat eine Stimme.</div>"));
	CHECK(shows(&a, "\nJede Stadt hat zwei Stimmen.</textarea>"));
	CHECK(shows(&a, "Vorschau</span>") && !shows(&a, "Übernehmen</span></button>"));
	struct str state = state_in(&a);
	/* Not by itself, whatever the form leaves out. */
	CHECK_INT(
	    post_as(ANNA, ACCEPT, FORM(FIELD_STR("stand", state), FIELD("version", "1"))).status,
	    409);
	a = post_as(ANNA, ACCEPT,
		    FORM(FIELD("vorschau", "1"), FIELD_STR("stand", state), FIELD("version", "1"),
			 FIELD("text", "Jede Stadt und jeder Kreis hat zwei Stimmen."),
			 FIELD("ergebnis", "partly"), FIELD("grund", "Kreise bleiben.")));
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "[eingefügt: </span>zwei") && shows(&a, "Kreise bleiben.</textarea>"));
	CHECK(shows(&a, "value=\"partly\" checked") && shows(&a, "Übernehmen</span></button>"));
	a = post_as(ANNA, ACCEPT, merged_form(state, "Jede Stadt hat zwei.", "partly", ""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"grund-fehler\"") && shows(&a, "Jede Stadt hat zwei.</textarea>"));
	a = post_as(ANNA, ACCEPT,
		    merged_form(state, "Jede Stadt und jeder Kreis hat zwei Stimmen.", "partly",
				"Kreise bleiben."));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT outcome || reason FROM feedback"), S("partlyKreise bleiben."));
	CHECK(str_ends(working_text(), S("Jede Stadt und jeder Kreis hat zwei Stimmen.")));
}

TEST(two_parallel_editors_of_one_block_lose_nothing)
{
	begin();
	suggest_op(JULE, "Jede", "replace", "Jede Stadt hat zwei Stimmen.");
	struct str old = plain_form();
	struct answer a = get_as(ANNA, ACCEPT);
	struct str state = state_in(&a);
	edit("regeln", "## Regeln\n\nJede Gemeinde hat eine Stimme.");
	a = post_as(ANNA, ACCEPT, old);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Noch nichts gespeichert") && shows(&a, "Jede Gemeinde hat eine Stimme."));
	CHECK(str_ends(working_text(), S("Jede Gemeinde hat eine Stimme.")));
	a = post_as(ANNA, ACCEPT, merged_form(state, "Meine Mischung.", "partly", "Darum."));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Meine Mischung.</textarea>") && shows(&a, "Darum.</textarea>"));
	/* decided by somebody else meanwhile */
	post_as(ANNA, "/feedback/1/entscheidung", decision("rejected", "Nein.", "1"));
	a = post_as(ANNA, ACCEPT, merged_form(state_in(&a), "Meine Mischung.", "partly", "Darum."));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "ist inzwischen entschieden") && shows(&a, "Meine Mischung.</textarea>"));
	CHECK_STR(text_of("SELECT outcome FROM feedback"), S("rejected"));
}

TEST(suggestions_on_one_block_are_listed_and_each_is_checked_again)
{
	begin();
	suggest_op(JULE, "Jede", "replace", "Jede Stadt hat zwei Stimmen.");
	suggest_op(BEN, "Jede", "replace", "Jede Gemeinde hat eine Stimme.");
	suggest_op(CEM, "Jede", "insert_after", "Das gilt nicht für Gäste.");
	struct answer a = get_as(ANNA, ACCEPT);
	CHECK(shows(&a, "Andere Vorschläge zur selben Stelle"));
	CHECK(shows(&a, "/feedback/2/uebernehmen") && shows(&a, "dahinter einfügen"));
	CHECK_INT(post_as(ANNA, ACCEPT, plain_form()).status, 303);
	a = get_as(ANNA, "/feedback/2/uebernehmen");
	CHECK(shows(&a, "Der Wortlaut hat sich geändert") && !shows(&a, "/feedback/1/uebernehmen"));
	CHECK_INT(
	    post_as(ANNA, "/feedback/2/uebernehmen",
		    merged_form(state_in(&a), "Jede Gemeinde hat zwei Stimmen.", "accepted", ""))
		.status,
	    303);
	a = get_as(ANNA, "/feedback/3/uebernehmen");
	CHECK_INT(post_as(ANNA, "/feedback/3/uebernehmen",
			  merged_form(state_in(&a), "Das gilt nicht für Gäste.", "accepted", ""))
		      .status,
		  303);
	CHECK(str_ends(working_text(),
		       S("Jede Gemeinde hat zwei Stimmen. / Das gilt nicht für Gäste.")));
}

TEST(an_insertion_stands_behind_its_block_and_joins_its_list)
{
	begin();
	suggest_op(JULE, "eins", "insert_after", "anderthalb");
	struct answer a = get_as(ANNA, ACCEPT);
	CHECK(shows(&a, "Dahinter wird eingefügt") && !shows(&a, "[gestrichen"));
	CHECK_INT(post_as(ANNA, ACCEPT, plain_form()).status, 303);
	CHECK_STR(working_text(), S("Probe / Einstieg / Erster Absatz mit Worten. Ja und noch "
				    "einmal ja. / eins / anderthalb / zwei / Regeln / Jede Stadt "
				    "hat eine Stimme."));
	CHECK_INT(count_of("SELECT count(DISTINCT rb.list) FROM revision_block rb JOIN block_text t"
			   " ON t.id = rb.block_text_id WHERE t.kind = 'list_item'"
			   " AND rb.revision_id = " WORKING),
		  1);
	/* what is new is nobody else's business yet */
	CHECK_STR(text_of("SELECT audience FROM block_text WHERE plain = 'anderthalb'"),
		  S("internal"));
	CHECK_INT(count_of("SELECT applied_id = (SELECT id FROM block_text WHERE plain ="
			   " 'anderthalb') FROM suggestion"),
		  1);
}

TEST(deleted_paragraph_leaves_its_remarks_and_says_so_before)
{
	begin();
	suggest_op(JULE, "Erster", "delete", "");
	give(BEN, "Erster", GIVEN(.kind = "hint", .text = "Bleibt."));
	int64_t before = working_block("Einstieg");
	struct answer a = get_as(ANNA, ACCEPT);
	CHECK(shows(&a, "verlieren damit ihre Stelle") && shows(&a, "F-002"));
	CHECK(!shows(&a, "ort-1-1")); /* the suggestion itself is answered by this */
	CHECK_INT(post_as(ANNA, ACCEPT, plain_form()).status, 409);
	struct str form = arena_fmt(test_arena, "%.*s&orte=1&ort-2-1=", ARG(plain_form()));
	CHECK_INT(post_as(ANNA, ACCEPT, form).status, 303);
	CHECK_STR(working_text(), S("Probe / Einstieg / eins / zwei / Regeln / Jede Stadt hat eine "
				    "Stimme."));
	CHECK_INT(count_of("SELECT count(*) FROM feedback"), 2);
	CHECK_INT(
	    count_of(
		"SELECT count(*) FROM anchor WHERE state = 'orphan' AND revision_id = " WORKING),
	    2);
	CHECK_INT(
	    count_of("SELECT near_id FROM anchor WHERE feedback_id = 2 AND revision_id = " WORKING),
	    before);
	CHECK_INT(count_of("SELECT applied_id IS NULL FROM suggestion"), 1);
}

TEST(a_proposal_of_several_blocks_splits_the_block)
{
	begin();
	suggest_op(JULE, "Erster", "replace",
		   "Erster Absatz mit Worten.\n\nJa und noch einmal ja.");
	int64_t block = working_block("Erster");
	CHECK_INT(post_as(ANNA, ACCEPT, plain_form()).status, 303);
	CHECK_STR(working_text(), S("Probe / Einstieg / Erster Absatz mit Worten. / Ja und noch "
				    "einmal ja. / eins / zwei / Regeln / Jede Stadt hat eine "
				    "Stimme."));
	CHECK_INT(count_of(arena_fmt(test_arena,
				     "SELECT count(*) FROM block_lineage WHERE kind = 'split'"
				     " AND from_id = %d",
				     (int)block)
			       .p),
		  1);
	CHECK_INT(working_block("Erster") == block || working_block("Ja und") == block, 1);
}

TEST(other_words_altogether_are_still_the_same_block)
{
	begin();
	suggest_op(JULE, "Jede", "replace",
		   "Abgestimmt wird nach Köpfen, Enthaltungen zählen nicht.");
	int64_t block = working_block("Jede");
	CHECK_INT(post_as(ANNA, ACCEPT, plain_form()).status, 303);
	CHECK_INT(working_block("Abgestimmt"), block);
	CHECK_INT(count_of("SELECT count(*) FROM block_lineage"), 0);
	CHECK_STR(
	    text_of("SELECT state FROM anchor WHERE feedback_id = 1 AND revision_id = " WORKING),
	    S("changed"));
}

TEST(a_suggestion_whose_block_is_gone_leads_to_the_section)
{
	begin();
	suggest_op(JULE, "Erster", "replace", "Erster Absatz ohne Worte.");
	struct str old = plain_form();
	edit("einstieg", "## Einstieg\n\n- eins\n- zwei");
	struct answer a = get_as(ANNA, ACCEPT);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Diese Stelle gibt es nicht mehr") &&
	      shows(&a, "Erster Absatz ohne Worte."));
	CHECK(shows(&a, "/handbuch/bearbeiten?abschnitt=") && !shows(&a, "<textarea"));
	a = post_as(ANNA, ACCEPT, old);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Diese Stelle gibt es nicht mehr"));
	CHECK_STR(text_of("SELECT state FROM feedback"), S("open"));
}

TEST(what_does_not_fit_into_the_section_is_said_and_can_be_mended)
{
	begin();
	suggest_op(JULE, "Jede", "replace", "# Ganz oben");
	struct answer a = post_as(ANNA, ACCEPT, plain_form());
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Keine Überschrift darf höher stehen") && shows(&a, "\n# Ganz oben</text"));
	CHECK_INT(post_as(ANNA, ACCEPT, merged_form(state_in(&a), "**Ganz oben**", "accepted", ""))
		      .status,
		  303);
	CHECK(str_ends(working_text(), S("Ganz oben")));
}

TEST(links_of_a_suggestion_that_lead_nowhere_are_told_before_it_is_taken_over)
{
	begin();
	suggest_op(JULE, "Jede", "replace", "Jede Stadt hat [eine Stimme](/handbuch/nirgends).");
	struct answer a = get_as(ANNA, ACCEPT);
	CHECK(shows(&a, "Worauf du achten solltest"));
	CHECK_INT(times(&a, "Der Verweis auf „/handbuch/nirgends“ führt nirgendwohin."), 1);
	CHECK(shows(&a, "Übernehmen</span></button>"));
	/* with other words */
	a = post_as(ANNA, ACCEPT,
		    arena_fmt(test_arena, "%.*s&vorschau=1",
			      ARG(merged_form(state_in(&a), "Siehe [dort](#b-weg45678).",
					      "accepted", ""))));
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Der Verweis auf „#b-weg45678“ führt nirgendwohin."));
	a = post_as(ANNA, ACCEPT,
		    arena_fmt(test_arena, "%.*s&vorschau=1",
			      ARG(merged_form(state_in(&a), "Siehe [dort](/handbuch/einstieg).",
					      "accepted", ""))));
	CHECK(!shows(&a, "führt nirgendwohin") && !shows(&a, "Worauf du achten solltest"));
}

TEST(somebody_who_writes_in_the_section_is_named)
{
	begin();
	suggest_op(JULE, "Jede", "replace", "Jede Stadt hat zwei Stimmen.");
	struct answer a = get_as(ANNA, ACCEPT);
	CHECK(!shows(&a, "schreibt seit"));
	run_sql("INSERT INTO section_draft SELECT uid, 8, 'x', 'x', 1795165000 FROM"
		" revision_section WHERE slug = 'regeln' AND revision_id = " WORKING);
	a = get_as(ANNA, ACCEPT);
	CHECK(shows(&a, "schreibt seit"));
}

TEST(taking_over_stands_what_forms_must_stand)
{
	static const char decided[] = "SELECT count(*) FROM feedback WHERE state = 'done'",
			  everything[] =
			      "SELECT (SELECT count(*) FROM block_text) + (SELECT count(*) FROM"
			      " handbook_event) + (SELECT count(*) FROM suggestion WHERE applied_id"
			      " IS NOT NULL) + (SELECT count(*) FROM outbox) + (SELECT sum(pos * "
			      "block_text_id) FROM revision_block)";
	begin();
	suggest_op(JULE, "Jede", "replace", "Jede Stadt hat zwei Stimmen.");
	struct str form = plain_form();
	check_refusals(ANNA, ACCEPT, form, decided);
	check_failures(ANNA, ACCEPT, form, everything);
}

TESTS_MAIN
