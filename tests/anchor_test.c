/* anchor_test.c -- what becomes of the place of a remark. */
#include "anchor_fixture.h"

TEST(an_unchanged_block_keeps_its_quotes_exactly)
{
	CHECK_FOUND(GOALS "\n" VOTES, GOALS "\n" VOTES, 1, "eine Stimme",
		    "exact same 1: eine Stimme");
	CHECK_FOUND(GOALS "\n" VOTES, GOALS "\n" VOTES, 1, "", "exact same 1: ");
}

/* What is found at once is found all the same; nothing is worse than the block, or nothing. */
TEST(without_work_left_the_block_remains)
{
	static const struct {
		const char *next, *quote, *rich, *poor;
	} cases[] = {
	    {GOALS "\nNeu dazu: " VOTES, "eine Stimme", "moved quote 1: eine Stimme",
	     "moved quote 1: eine Stimme"},
	    {GOALS "\nJeder Ort hat wohl eine Stimme. Für jeden Ort sprechen zwei Personen.",
	     "Jeder Ort hat eine Stimme.", "changed approximate 1: Jeder Ort hat wohl eine Stimme.",
	     "changed block 1: "},
	    {GOALS "\n" PAPERS "\nEs gilt: Jeder Ort hat eine Stimme.",
	     "Jeder Ort hat eine Stimme.", "moved quote 2: Jeder Ort hat eine Stimme.",
	     "orphan none"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		struct world *w = world(GOALS "\n" VOTES "\n" PAPERS, cases[i].next);
		int64_t work = ANCHOR_WORK;
		w->text.work = &work;
		find(w, 1, cases[i].quote);
		CHECK_STR(told(w), str_of(cases[i].rich));
		CHECK(work <= ANCHOR_WORK && work > 0);
		work = 0;
		find(w, 1, cases[i].quote);
		CHECK_STR(told(w), str_of(cases[i].poor));
	}
}

TEST(position_anchors_after_insert_above)
{
	CHECK_FOUND(GOALS "\n" VOTES, "Neu.\n# Auch neu\n" GOALS "\n" VOTES, 1, "eine Stimme",
		    "exact same 3: eine Stimme");
	struct world *w = world(GOALS "\n" VOTES, GOALS "\nNeu dazu: " VOTES);
	const struct anchor_found *f = find(w, 1, "eine Stimme");
	CHECK_STR(told(w), S("moved quote 1: eine Stimme"));
	CHECK_INT(f->start, w->anchor.start + S("Neu dazu: ").n);
	CHECK(f->score > 95);
}

TEST(base_text_shrank)
{
	CHECK_FOUND(GOALS "\n" VOTES, GOALS "\nJeder Ort hat eine Stimme.", 1, "eine Stimme",
		    "moved quote 1: eine Stimme");
	CHECK_FOUND(GOALS "\n" VOTES,
		    GOALS "\nFür jeden Ort sprechen eine Person und ihre "
			  "Vertretung.",
		    1, "eine Person und ihre Vertretung",
		    "moved quote 1: eine Person und ihre Vertretung");
	CHECK_FOUND(GOALS "\n" VOTES,
		    GOALS "\nFür jeden Ort sprechen eine Person und ihre "
			  "Vertretung.",
		    1, "Jeder Ort hat eine Stimme.", "changed block 1: ");
}

TEST(deleted_paragraph)
{
	CHECK_FOUND(GOALS "\n" VOTES "\n" PAPERS, GOALS "\n" PAPERS, 1,
		    "Jeder Ort hat eine Stimme.", "orphan none");
	CHECK_FOUND(GOALS "\n" VOTES "\n" PAPERS, GOALS "\n" PAPERS, 1, "", "orphan none");
	CHECK_FOUND(GOALS, "", 0, "", "orphan none");
	struct world *w = world(GOALS "\n" VOTES "\n" PAPERS, "Neu.\n" GOALS "\n" PAPERS);
	find(w, 1, "");
	CHECK_INT(w->home.before, 1);
	w = world(VOTES "\n" PAPERS, PAPERS);
	find(w, 0, "");
	CHECK(w->home.before == ANCHOR_NOWHERE);
}

TEST(moved_to_other_chapter)
{
	CHECK_FOUND("# A\n" VOTES "\n# B\n" GOALS "\n" PAPERS,
		    "# A\n# B\n" GOALS "\n" PAPERS "\n" VOTES, 1, "eine Stimme",
		    "exact same 4: eine Stimme");
	CHECK_FOUND("# A\n" VOTES "\n# B\n" GOALS "\n" PAPERS,
		    "# A\n# B\n" GOALS "\n" PAPERS "\nEs gilt: " VOTES, 1, "eine Stimme",
		    "moved quote 4: eine Stimme");
	/* The sentence alone, into a block that has always been there. */
	CHECK_FOUND("# A\n" VOTES "\n# B\n" GOALS "\n" PAPERS,
		    "# A\n# B\n" GOALS "\n" PAPERS " Jeder Ort hat eine Stimme.", 1,
		    "Jeder Ort hat eine Stimme.", "moved quote 3: Jeder Ort hat eine Stimme.");
	CHECK_FOUND("# A\n" VOTES "\n# B\n" GOALS "\n" PAPERS,
		    "# A\nFür jeden Ort sprechen eine Person und ihre Vertretung.\n# B\n" GOALS
		    "\n" PAPERS " Jeder Ort hat eine Stimme.",
		    1, "Jeder Ort hat eine Stimme.", "moved quote 4: Jeder Ort hat eine Stimme.");
}

TEST(paragraph_split)
{
	static const char whole[] = "# A\n" VOTES " " PAPERS "\n# B",
			  parts[] = "# A\n" VOTES "\n" PAPERS "\n# B";

	CHECK_FOUND(whole, parts, 1, "eine Stimme", "exact quote 1: eine Stimme");
	CHECK_FOUND(whole, parts, 1, "fünf Tage vor der Sitzung",
		    "moved quote 2: fünf Tage vor der Sitzung");
	CHECK_FOUND(whole, parts, 1, "", "changed block 1: ");
	struct world *w = world(whole, parts);
	find(w, 1, "");
	CHECK(w->home.kin_count == 1 && w->home.kin[0] == 2);
	/* Over the new border: the larger part is left of it. */
	CHECK_FOUND(whole, parts, 1, "ihre Vertretung. Vorlagen", "changed block 1: ");
}

TEST(paragraphs_merged)
{
	static const char parts[] = "# A\n" VOTES "\n" PAPERS "\n# B",
			  whole[] = "# A\n" VOTES " " PAPERS "\n# B";

	CHECK_FOUND(parts, whole, 1, "eine Stimme", "exact quote 1: eine Stimme");
	CHECK_FOUND(parts, whole, 2, "fünf Tage vor der Sitzung",
		    "moved quote 1: fünf Tage vor der Sitzung");
	CHECK_FOUND(parts, whole, 2, "", "changed block 1: ");
	/* A single word makes no merger, but the block stands in it. */
	CHECK_FOUND("# A\n" VOTES "\nAusnahmeregelungen!\n# B",
		    "# A\n" VOTES " Ausnahmeregelungen!\n# B", 2, "", "changed quote 1: ");
}

TEST(same_short_phrase_many_times)
{
	static const char old[] = "Ampel rot, Ampel gelb, Ampel grün.\nEnde.";
	struct world *w = world(old, "Neu. Ampel rot, Ampel gelb, Ampel grün.\nEnde.");

	for (int nth = 1; nth <= 3; nth++) {
		const struct anchor_found *f = find_nth(w, 0, "Ampel", nth);
		CHECK_STR(told(w), S("moved context 0: Ampel"));
		CHECK_INT(f->start, w->anchor.start + S("Neu. ").n);
	}
	/* Behind the place: nothing moved, and the words around are the same. */
	w = world("Ampel rot, Ampel gelb, Ampel grün, und sonst passiert hier gar nichts.\nEnde.",
		  "Ampel rot, Ampel gelb, Ampel grün, und sonst passiert hier gar nichts, nie.\n"
		  "Ende.");
	find_nth(w, 0, "Ampel", 2);
	CHECK_STR(told(w), S("exact context 0: Ampel"));
}

TEST(places_with_the_same_words_around_are_ambiguous)
{
	static const char rows[] = "Stand offen, Frage offen, Stand offen, Frage offen, Stand "
				   "offen, Frage offen, Stand offen, Frage offen, Stand.\nEnde.";
	struct world *w = world(rows, "Stand offen, Frage offen, Stand offen, Frage offen, Stand "
				      "offen, Frage offen, Stand offen, Frage offen, Stand. Neu.\n"
				      "Ende.");

	find_nth(w, 0, "Frage", 2);
	CHECK_STR(told(w), S("ambiguous context 0: Frage"));
	/* The paragraph is gone, and its sentence stood in two others too. */
	CHECK_FOUND("# A\n" VOTES "\n# B\nJeder Ort hat eine Stimme.\n# C\nX: Jeder Ort hat eine "
		    "Stimme.",
		    "# A\n# B\nJeder Ort hat eine Stimme.\n# C\nX: Jeder Ort hat eine Stimme.", 1,
		    "Ort hat eine Stimme", "ambiguous context 2: Ort hat eine Stimme");
}

TEST(a_quote_that_was_one_of_several_is_not_taken_for_the_one_that_is_left)
{
	struct world *w = world("Erst prüft die Leitung den Stand, dann prüft das Büro den Stand.",
				"Erst prüft die Leitung den Stand, dann ist alles fertig.");

	find_nth(w, 0, "den Stand", 2);
	CHECK_STR(told(w), S("ambiguous context 0: den Stand"));
}

TEST(the_same_sentence_elsewhere_is_not_the_one_that_changed)
{
	CHECK_FOUND("# A\n" VOTES "\n# B\nX: Jeder Ort hat eine Stimme.",
		    "# A\nStimmen gibt es nicht. Für jeden Ort sprechen eine Person und ihre "
		    "Vertretung.\n# B\nX: Jeder Ort hat eine Stimme.",
		    1, "Jeder Ort hat eine Stimme.", "changed block 1: ");
	CHECK_FOUND("# A\n" VOTES "\n# B\nX: Jeder Ort hat eine Stimme.",
		    "# A\nJeder Ort hat nur eine Stimme. Für jeden Ort sprechen eine Person und "
		    "ihre Vertretung.\n# B\nX: Jeder Ort hat eine Stimme.",
		    1, "Jeder Ort hat eine Stimme.",
		    "changed approximate 1: Jeder Ort hat nur eine Stimme.");
}

TEST(similar_words_are_found_up_to_a_quarter_of_errors)
{
	static const char old[] = "# A\n" VOTES "\n# B";

	CHECK_FOUND(old,
		    "# A\nJeder Ort hat eine Stimme. Für jede Stadt sprechen eine Person und ihre "
		    "Vertretung.\n# B",
		    1, "Für jeden Ort sprechen eine Person",
		    "changed approximate 1: Für jede Stadt sprechen eine Person");
	CHECK_FOUND(old,
		    "# A\nJeder Ort hat eine Stimme. Bei uns reden immer eine Person und ihre "
		    "Vertretung.\n# B",
		    1, "Für jeden Ort sprechen eine Person", "changed block 1: ");
	/* Too short to be sure. */
	CHECK_FOUND(old,
		    "# A\nJeder Ort hat seine Stimme. Für jeden Ort sprechen eine Person und "
		    "ihre Vertretung.\n# B",
		    1, "hat eine", "changed block 1: ");
}

TEST(similar_words_in_a_neighbour_need_their_context_when_they_are_few)
{
	CHECK_FOUND("# A\n" VOTES "\n" GOALS, "# A\nOrt hat seine Stimmen\n" GOALS, 1,
		    "Ort hat eine Stimme", "orphan none");
	CHECK_FOUND("# A\n" VOTES "\n" GOALS,
		    "# A\nAbschnitt mit ganz anderen Worten, aber: für jeden Ort sprechen zwei "
		    "Personen und ihre Vertretung, sonst niemand, und das bleibt auch so.\n" GOALS,
		    1, "Für jeden Ort sprechen eine Person und ihre Vertretung.",
		    "changed approximate 1: für jeden Ort sprechen zwei Personen und ihre "
		    "Vertretung");
}

TEST(a_short_quote_elsewhere_needs_its_context)
{
	CHECK_FOUND("# A\n" VOTES "\n# B\n" GOALS, "# A\n# B\n" GOALS "\nEine Person fehlt.", 1,
		    "Person", "orphan none");
	CHECK_FOUND("# A\n" VOTES "\n# B\n" GOALS,
		    "# A\n# B\nSchon klar, denn nun gilt: Für jeden Ort sprechen eine Person und "
		    "ihre Vertretung. Und noch viel mehr als das steht in diesem neuen Absatz.\n",
		    1, "Person", "moved quote 2: Person");
}

TEST(long_quotes_are_found_by_their_ends)
{
	struct buf old = {.arena = arena}, next = {.arena = arena};

	buf_add(&old, S("# A\n"));
	buf_add(&next, S("# A\nDavor. "));
	for (int i = 0; i < 30; i++) {
		buf_fmt(&old, "Satz %d steht hier über etwas. ", i * 7919);
		buf_fmt(&next,
			i == 14 ? "Satz %d wurde neu und länger. "
				: "Satz %d steht hier über etwas. ",
			i * 7919);
	}
	buf_add(&old, S("Ende."));
	buf_add(&next, S("Ende."));
	struct world *w =
	    world(arena_cstr(arena, buf_str(&old)), arena_cstr(arena, buf_str(&next)));
	struct str quote = str_head(str_from(w->old[1].plain, 33), 700);
	const struct anchor_found *f = find(w, 1, arena_cstr(arena, quote));
	CHECK(f->state == ANCHOR_CHANGED && f->method == ANCHOR_BY_LIKENESS && f->block == 1);
	CHECK(f->start >= 36 && f->start <= 42 && f->length >= 695 && f->length <= 710);
	CHECK(f->score > 90);
}

TEST(a_tie_elsewhere_leaves_a_living_block_in_peace)
{
	CHECK_FOUND("# A\n" VOTES "\n# B\n" GOALS "\n# C\n" PAPERS,
		    "# A\nFür jeden Ort sprechen eine Person und ihre Vertretung.\n# B\n" GOALS
		    " X. Jeder Ort hat eine Stimme. Y.\n# C\n" PAPERS
		    " X. Jeder Ort hat eine Stimme. Y.",
		    1, "Jeder Ort hat eine Stimme.", "changed block 1: ");
	/* A whole block that is gone, and stands in two others now. */
	CHECK_FOUND("# A\nAusnahmeregelungen!\n# B\n" GOALS "\n# C\n" PAPERS,
		    "# A\n# B\n" GOALS " Ausnahmeregelungen!\n# C\n" PAPERS " Ausnahmeregelungen!",
		    1, "", "orphan none");
}

TEST(of_places_that_tie_the_nearest_is_shown)
{
	CHECK_FOUND("# A\nX: Jeder Ort hat eine Stimme.\n# B\n" GOALS "\n# C\n" PAPERS
		    "\nX: Jeder Ort hat eine Stimme.\n# D\nJeder Ort hat eine Stimme. Zwei.",
		    "# A\nX: Jeder Ort hat eine Stimme.\n# B\n" GOALS "\n# C\n" PAPERS
		    "\nX: Jeder Ort hat eine Stimme.\n# D",
		    8, "Ort hat eine Stimme", "ambiguous context 6: Ort hat eine Stimme");
}

TEST(a_quote_at_the_edge_of_its_block_is_rather_there_again)
{
	CHECK_FOUND("# A\nStand offen.\n# B\nEins zwei.\n# C",
		    "# A\n# B\nEins zwei. Stand offen. Drei vier.\n# C\nStand offen. Fünf sechs.",
		    1, "Stand offen.", "moved context 4: Stand offen.");
}

TEST(the_score_says_how_much_of_the_place_is_left)
{
	struct world *w = world("# A\n" VOTES "\n# B\n" PAPERS,
				"# A\n# B\n" PAPERS " Ganz woanders: ort hat eine Stimme");

	find(w, 1, "hat eine Stimme");
	CHECK_STR(told(w), S("moved quote 2: hat eine Stimme"));
	CHECK(w->found.score >= 54 && w->found.score < 60);
}

TEST(few_similar_words_are_enough_among_the_old_ones)
{
	struct world *w = world("# A\n" VOTES, "# A\nJeder Ort hat keine Stimme. Für jeden Ort "
					       "sprechen andere.");
	size_t kin[] = {1};
	struct anchor_home home = {
	    .block = ANCHOR_NOWHERE, .before = 0, .kin = kin, .kin_count = 1};

	find(w, 1, "hat eine Stimme");
	anchor_find(&w->anchor, w->old[1].plain, &w->text, &home, &w->found);
	CHECK_STR(told(w), S("changed approximate 1: hat keine Stimme"));
}

TEST(kin_is_searched_however_far_away_it_is)
{
	struct world *w =
	    world("# A\n" VOTES, "# A\n1\n2\n3\n4\n5\n6\n7\n8\nFür jeden Ort sprechen "
				 "zwei Personen und ihre Vertretung.");
	size_t kin[] = {9};
	struct anchor_home home = {
	    .block = ANCHOR_NOWHERE, .before = 0, .kin = kin, .kin_count = 1};
	const char *quote = "Für jeden Ort sprechen eine Person und ihre Vertretung.";

	find(w, 1, quote);
	anchor_find(&w->anchor, w->old[1].plain, &w->text, &home, &w->found);
	CHECK_STR(told(w), S("changed approximate 9: Für jeden Ort sprechen zwei Personen und ihre "
			     "Vertretung."));
	/* Nothing of it is left there, but that is where the block went. */
	w->anchor = anchor_make(w->old[1].plain, 0, S("Jeder Ort hat eine Stimme.").n);
	anchor_find(&w->anchor, w->old[1].plain, &w->text, &home, &w->found);
	CHECK_STR(told(w), S("changed block 9: "));
}

TESTS_MAIN_EACH(before, after)
