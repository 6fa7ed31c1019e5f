/* decision_edit_test.c -- writing a template: drafts, mistakes, two people at once. */
#include "decision_world.h"

TEST(a_draft_may_be_incomplete_and_says_what_is_missing)
{
	steering_world();
	struct answer a = post_as(BEN, NEW_PAGE,
				  FORM(FIELD("titel", "Nur ein Betreff"), FIELD("task-force", "1"),
				       FIELD("mehrheit", "simple")));
	CHECK_STR(a.location, S(DECISION_2_PAGE "?meldung=vorlage-gespeichert"));
	a = get_as(BEN, DECISION_2_PAGE);
	CHECK(shows(&a, "fehlt noch:") && shows(&a, "2026-2/bearbeiten#beschluss\">Beschluss"));
	static const char *const wanted[] = {"federfuehrung", "worum",   "beschluss",
					     "gruende",       "kosten",  "betroffen",
					     "beteiligung",   "anlagen", "auskunft"};
	for (size_t i = 0; i < sizeof wanted / sizeof wanted[0]; i++)
		CHECK(shows(&a, arena_fmt(test_arena, "bearbeiten#%s\"", wanted[i]).p));
	CHECK(!shows(&a, "bearbeiten#alternativen") && !shows(&a, "Zur Prüfung einreichen"));
	/* Submitted all the same: refused, and nothing has happened. */
	a = step(BEN, "einreichen", NULL);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Noch nicht eingereicht"));
	CHECK_STR(state_of("2"), S("draft"));
	/* Readers see the draft, not the list of what is missing. */
	a = get_as(DORA, DECISION_2_PAGE);
	CHECK(shows(&a, "Nur ein Betreff") && !shows(&a, "fehlt noch:"));
}

TEST(what_was_written_is_stored_and_shown)
{
	draft_world();
	struct answer a = get_as(DORA, DECISION_2_PAGE);
	CHECK(shows(&a, "Es geht um <strong>Bäume</strong> und Bürger*innen."));
	CHECK(shows(&a, "<li>Grünamt</li>") && shows(&a, "<blockquote><p>Wir zählen alle"));
	CHECK(shows(&a, "href=\"https://raum.example/karte\"") && shows(&a, "raum.example</span>"));
	CHECK(shows(&a, "Lindheim, Bergstedt") || shows(&a, "Bergstedt, Lindheim"));
	CHECK(shows(&a, "Ben Birke, Auental") && shows(&a, "einfache Mehrheit"));
	CHECK_STR(text_of("SELECT group_concat(municipality_id, ' ') FROM decision_municipality"),
		  S("1 3"));
	a = get_as(BEN, DECISION_2_PAGE "/bearbeiten");
	CHECK(shows(&a, "value=\"Bäume zählen\"") && shows(&a, "alle Straßenbäume.</textarea>"));
	CHECK(shows(&a, "value=\"https://raum.example/karte\"") &&
	      shows(&a, "id=\"anlage-3-titel\""));
	CHECK(shows(&a, "value=\"simple\" checked") && !shows(&a, "id=\"redaktionell\""));
}

TEST(numbers_rise_within_a_year_and_are_never_used_again)
{
	draft_world();
	CHECK_INT(step(BEN, "zurueckziehen", "rueckzug").status, 303);
	struct answer a = post_as(ANNA, NEW_PAGE, template_form("", TYPED(.task_force = "0")));
	CHECK_STR(a.location, S("/entscheidungen/2026-3?meldung=vorlage-gespeichert"));
	CHECK_INT(count_of("SELECT count(*) FROM decision WHERE task_force_id IS NULL"), 1);
}

/* One mistake each: the message stands at its field and everything typed is still there. */
TEST(mistakes_are_explained_and_nothing_is_lost)
{
	static const struct {
		struct typed typed;
		const char *field, *said;
	} cases[] = {
	    {{.title = " "}, "titel", "Gib der Vorlage einen Betreff."},
	    {{.task_force = "2"}, "task-force", "Wähle eine der Möglichkeiten."},
	    {{.task_force = "0"}, "task-force", "Wähle eine der Möglichkeiten."},
	    {{.lead = "5"}, "federfuehrung", "Wähle eine der Möglichkeiten."},
	    {{.presenter = "99"}, "auskunft", "Wähle eine der Möglichkeiten."},
	    {{.presenter = "6"}, "auskunft", "Wähle eine der Möglichkeiten."},
	    {{.majority = "represented"}, "mehrheit", "Wähle eine der Möglichkeiten."},
	    {{.majority = ""}, "mehrheit", "Wähle eine der Möglichkeiten."},
	    {{.majority = "cast"}, "bruch", "zum Beispiel 2/3."},
	    {{.majority = "cast", .fraction = "3/2"}, "bruch", "zum Beispiel 2/3."},
	    {{.majority = "competent", .fraction = "0/2"}, "bruch", "zum Beispiel 2/3."},
	    {{.min_yes = "1001"}, "mindestens", "Gib höchstens 1000 an."},
	    {{.min_yes = "zwei"}, "mindestens", "Gib eine ganze Zahl an."},
	    {{.link_title = ""}, "anlagen", "Gib dieser Anlage einen Titel."},
	    {{.link_url = ""}, "anlagen", "Gib die Adresse der Anlage an."},
	    {{.link_url = "http://x.example/"}, "anlagen", "beginnt mit https://"},
	    {{.link_url = "javascript:alert(1)"}, "anlagen", "beginnt mit https://"},
	    {{.link_digest = "abc"}, "anlagen", "hat 64 Zeichen"},
	    {{.without_links = "1"}, "ohne-anlagen", "Oben stehen Anlagen."},
	};

	steering_world();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct answer a = post_as(BEN, NEW_PAGE, template_form("", cases[i].typed));
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, cases[i].said));
		CHECK(shows(&a, arena_fmt(test_arena, "href=\"#%s\"", cases[i].field).p));
		CHECK(shows(&a, arena_fmt(test_arena, "id=\"%s-fehler\"", cases[i].field).p));
		CHECK(shows(&a, "2.000 Euro.</textarea>") && shows(&a, "Bauhof</textarea>"));
		CHECK(shows(&a, "name=\"betroffen\" value=\"1\" checked"));
		CHECK(shows(&a, cases[i].typed.link_title != NULL ? "karte" : "value=\"Karte\""));
	}
	CHECK_INT(count_of(VERSIONS), 1);
}

TEST(long_or_strangely_shaped_texts_are_refused_with_their_words)
{
	steering_world();
	struct answer a = post_as(
	    BEN, NEW_PAGE,
	    template_form("", TYPED(.reasons = arena_cstr(test_arena, repeated("wörter ", 1500)))));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "höchstens 10000 Zeichen") && shows(&a, "wörter wörter"));
	a = post_as(
	    BEN, NEW_PAGE,
	    template_form("", TYPED(.reasons = arena_cstr(test_arena, repeated("|-", 60)))));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "lässt sich nicht darstellen"));
}

TEST(stored_words_never_become_markup)
{
	steering_world();
	CHECK_INT(
	    post_as(BEN, NEW_PAGE,
		    template_form("", TYPED(.title = "<script>x</script>",
					    .reasons = "<img src=x onerror=y> [a](javascript:b)",
					    .link_title = "\"><b>fett</b>")))
		.status,
	    303);
	struct answer a = get_as(DORA, DECISION_2_PAGE);
	CHECK(!shows(&a, "<script>x") && !shows(&a, "<img src=x") && !shows(&a, "javascript:b"));
	CHECK(!shows(&a, "<b>fett"));
	a = get_as(DORA, "/entscheidungen");
	CHECK(!shows(&a, "<script>x") && shows(&a, "&lt;script&gt;x"));
}

TEST(fractions_and_digests_are_kept_in_one_spelling)
{
	steering_world();
	CHECK_INT(
	    post_as(BEN, NEW_PAGE,
		    template_form(
			"", TYPED(.majority = "cast", .fraction = " 2 / 3 ", .min_yes = "2",
				  .link_digest = "ABCDEF0123456789abcdef0123456789abcdef01234567"
						 "89abcdef0123456789")))
		.status,
	    303);
	struct answer a = get_as(DORA, DECISION_2_PAGE);
	CHECK(shows(&a, "mindestens 2/3 der abgegebenen Stimmen, mindestens 2 Ja"));
	CHECK(shows(&a, "abcdef0123456789abcdef"));
	CHECK_INT(count_of("SELECT majority_a * 10 + majority_b FROM decision_version"
			   " WHERE decision_id = 2"),
		  23);
}

TEST(a_resolution_is_revoked_only_by_one_that_names_it)
{
	draft_world();
	struct str form =
	    arena_fmt(test_arena, "%.*s&hebt-auf=1",
		      ARG(template_form("", TYPED(.title = "Kein Verzeichnis mehr"))));
	/* Nothing is in force yet. */
	CHECK_INT(post_as(BEN, NEW_PAGE, form).status, 422);
	run_sql("UPDATE decision SET state = 'in_follow_up' WHERE id = 1");
	CHECK_INT(post_as(BEN, NEW_PAGE, form).status, 303);
	struct answer a = get_as(DORA, "/entscheidungen/2026-3");
	CHECK(shows(&a, "Hebt auf</dt>") && shows(&a, "2026-1\">2026-1 Verzeichnis für alle"));
	a = get_as(DORA, DECISION_1_PAGE);
	CHECK(!shows(&a, "Aufhebung durch")); /* by a draft nobody is */
	CHECK_INT(
	    post_as(BEN, "/entscheidungen/2026-3/einreichen", FORM(FIELD("version", "1"))).status,
	    303);
	CHECK_INT(
	    post_as(ANNA, "/entscheidungen/2026-3/veroeffentlichen", FORM(FIELD("version", "2")))
		.status,
	    303);
	a = get_as(DORA, DECISION_1_PAGE);
	CHECK(shows(&a, "Aufhebung durch</dt>") && shows(&a, "2026-3 Kein Verzeichnis mehr"));
	CHECK(!shows(&a, "Hebt auf</dt>"));
}

TEST(two_people_at_once_see_both_texts_and_lose_nothing)
{
	draft_world();
	CHECK_INT(post_as(CEM, DECISION_2_PAGE "/bearbeiten",
			  template_form("1", TYPED(.costs = "3.000 Euro, sagt Cem.")))
		      .status,
		  303);
	struct answer a = post_as(BEN, DECISION_2_PAGE "/bearbeiten",
				  template_form("1", TYPED(.costs = "4.000 Euro, meint Ben.")));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Noch nichts gespeichert") && shows(&a, "3.000 Euro, sagt Cem.</td>"));
	CHECK(shows(&a, "4.000 Euro, meint Ben.</textarea>") && shows(&a, "href=\"#kosten\""));
	CHECK(shows(&a, "name=\"version\" value=\"2\"") && shows(&a, "So speichern"));
	CHECK_STR(text_of("SELECT costs FROM decision_version WHERE decision_id = 2"),
		  S("3.000 Euro, sagt Cem."));
	CHECK_INT(post_as(BEN, DECISION_2_PAGE "/bearbeiten",
			  template_form("2", TYPED(.costs = "4.000 Euro, meint Ben.")))
		      .status,
		  303);
	CHECK_STR(row_version("2"), S("3"));
}

TEST(who_types_while_it_is_submitted_keeps_the_text)
{
	draft_world();
	CHECK_INT(step(CEM, "einreichen", NULL).status, 303);
	struct answer a = post_as(BEN, DECISION_2_PAGE "/bearbeiten",
				  template_form("1", TYPED(.costs = "Zu spät getippt.")));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Zu spät getippt.</textarea>") && shows(&a, "„in Prüfung“"));
	CHECK(!shows(&a, "So speichern"));
	CHECK_INT(get_as(BEN, DECISION_2_PAGE "/bearbeiten").status, 409);
}

TEST(only_the_own_task_force_and_the_office_write)
{
	static const struct {
		int64_t person;
		int page, new_page;
	} cases[] = {{ANNA, 200, 200}, {BEN, 200, 200},   {CEM, 200, 200},  {KIM, 403, 200},
		     {IVO, 403, 403},  {HEIDI, 403, 403}, {DORA, 403, 403}, {JULE, 403, 403}};

	draft_world();
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		CHECK_INT(get_as(cases[i].person, DECISION_2_PAGE "/bearbeiten").status,
			  cases[i].page);
		CHECK_INT(get_as(cases[i].person, NEW_PAGE).status, cases[i].new_page);
		CHECK_INT(get_as(cases[i].person, DECISION_2_PAGE).status, 200);
	}
	CHECK_INT(
	    post_as(KIM, DECISION_2_PAGE "/bearbeiten", template_form("1", TYPED(.title = "X")))
		.status,
	    403);
	CHECK_STR(row_version("2"), S("1"));
}

TEST(saving_five_times_is_one_line_in_the_history)
{
	draft_world();
	for (int i = 1; i < 4; i++)
		CHECK_INT(post_as(BEN, DECISION_2_PAGE "/bearbeiten",
				  template_form(arena_cstr(test_arena, row_version("2")),
						TYPED(.title = NULL)))
			      .status,
			  303);
	struct answer a = get_as(DORA, DECISION_2_PAGE);
	CHECK_INT(times(&a, "<b>Bearbeitet</b>"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM steering_event WHERE action = 'edit'"), 3);
}

TEST(every_failure_while_creating_leaves_nothing)
{
	steering_world();
	check_refusals(BEN, NEW_PAGE, template_form("", TYPED(.title = NULL)), VERSIONS);
	check_once(BEN, NEW_PAGE, template_form("", TYPED(.title = NULL)), VERSIONS);
	check_failures(BEN, NEW_PAGE, template_form("", TYPED(.title = NULL)), VERSIONS);
}

TEST(every_failure_while_saving_leaves_nothing)
{
	static const char edits[] = "SELECT count(*) FROM steering_event WHERE action = 'edit'";

	draft_world();
	check_refusals(BEN, DECISION_2_PAGE "/bearbeiten",
		       template_form("1", TYPED(.costs = "Neu.")), edits);
	check_failures(BEN, DECISION_2_PAGE "/bearbeiten",
		       template_form("1", TYPED(.costs = "Neu.")), edits);
}

TESTS_MAIN
