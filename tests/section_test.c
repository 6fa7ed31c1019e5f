/* section_test.c -- editing the working copy: save, conflict, draft, lock, order, audience. */
#include "fixtures.h"

#include "features/handbook/handbook.h"

static const char sample[] =
    "# Probe\n\nVorwort.\n\n"
    "## Einstieg\n\nErster Absatz mit Bürger*innen.\n\nZweiter Absatz, der lange stehen bleibt.\n\n"
    "- eins\n- zwei\n\nLetzter Absatz.[^a]\n\n"
    "## Regeln\n\nJede Stadt hat eine Stimme.\n\n"
    "[^a]: Anmerkung.\n";

static void begin(void)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, str_of(sample)), OK);
	CHECK_INT(db_commit(test_db), OK);
}

#define WORKING "(SELECT id FROM revision WHERE state = 'working')"
#define TEXTS                                                                                      \
	"(SELECT t.* FROM revision_block rb JOIN block_text t ON t.id = rb.block_text_id"          \
	" WHERE rb.revision_id = " WORKING ")"

static struct str uid_of(const char *slug)
{
	return text_of(arena_fmt(test_arena,
				 "SELECT uid FROM revision_section WHERE slug = '%s'"
				 " AND revision_id = " WORKING,
				 slug)
			   .p);
}

/* A hidden value or the text field of the edit page. */
static struct str between(const struct answer *a, const char *begin_mark, const char *end_mark)
{
	size_t at = str_find(a->body, str_of(begin_mark));
	struct str rest = str_from(a->body, at + strlen(begin_mark));

	CHECK(at < a->body.n);
	return str_head(rest, str_find(rest, str_of(end_mark)));
}

static struct answer open_section(const char *slug)
{
	struct answer a = get_as(
	    ANNA,
	    arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid_of(slug))).p);

	CHECK_INT(a.status, 200);
	return a;
}

static struct str state_in(const struct answer *a)
{
	return between(a, "name=\"stand\" value=\"", "\"");
}

static struct str form_for(const char *slug, struct str state, const char *text)
{
	return FORM(FIELD_STR("abschnitt", uid_of(slug)), FIELD_STR("stand", state),
		    FIELD_STR("text", str_of(text)));
}

static struct answer save(const char *slug, const char *text)
{
	struct answer a = open_section(slug);

	return post_as(ANNA, "/handbuch/bearbeiten", form_for(slug, state_in(&a), text));
}

TEST(the_section_comes_back_as_it_was_written)
{
	begin();
	struct answer a = open_section("einstieg");
	CHECK(shows(&a, "## Einstieg\n\nErster Absatz mit Bürger*innen.\n\nZweiter Absatz"));
	CHECK(shows(&a, "- eins\n- zwei\n") && shows(&a, "[^a]: Anmerkung."));
}

TEST(saving_changes_the_working_copy_and_nothing_else)
{
	begin();
	int64_t before = count_of("SELECT count(*) FROM block_text");
	struct answer a = save("regeln", "## Regeln\n\nJede Stadt hat zwei Stimmen.\n");
	CHECK_INT(a.status, 303);
	CHECK(str_starts(a.location, S("/handbuch/arbeitsfassung?meldung=gespeichert#s-")));
	CHECK_INT(count_of("SELECT count(*) FROM block_text"), before + 1);
	a = get_as(DORA, "/handbuch/regeln");
	CHECK(shows(&a, "eine Stimme") && !shows(&a, "zwei Stimmen"));
	a = get_as(ANNA, "/handbuch/regeln?fassung=arbeitsfassung");
	CHECK(shows(&a, "zwei Stimmen") && !shows(&a, "eine Stimme"));
	a = get_as(ANNA, "/handbuch/vergleich?von=1-0&bis=arbeitsfassung");
	CHECK(shows(&a, "1 Absatz geändert."));
}

TEST(saving_the_same_again_changes_no_wording)
{
	begin();
	struct answer a = open_section("einstieg");
	int64_t before = count_of("SELECT count(*) FROM block_text");
	a = save("einstieg", "## Einstieg\n\nErster Absatz mit Bürger*innen.\n\n"
			     "Zweiter Absatz, der lange stehen bleibt.\n\n- eins\n- zwei\n\n"
			     "Letzter Absatz.[^a]\n\n[^a]: Anmerkung.\n");
	CHECK_INT(a.status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM block_text"), before);
	CHECK_INT(count_of("SELECT count(*) FROM " TEXTS), before);
}

TEST(blocks_keep_their_identity_through_edits_moves_and_cutting_out)
{
	begin();
	int64_t second = count_of("SELECT block_id FROM block_text WHERE plain LIKE 'Zweiter%'");
	int64_t first = count_of("SELECT block_id FROM block_text WHERE plain LIKE 'Erster%'");
	save("einstieg", "## Einstieg\n\nGanz neu davor.\n\nZweiter Absatz, der ewig stehen bleibt."
			 "\n\nErster Absatz mit Bürger*innen.\n");
	CHECK_INT(count_of("SELECT block_id FROM " TEXTS " WHERE plain LIKE 'Zweiter%'"), second);
	CHECK_INT(count_of("SELECT block_id FROM " TEXTS " WHERE plain LIKE 'Erster%'"), first);
	save("einstieg", "## Einstieg\n\nGanz neu davor.\n");
	CHECK_INT(count_of("SELECT count(*) FROM " TEXTS " WHERE plain LIKE 'Erster%'"), 0);
	/* moved to another chapter */
	save("regeln", "## Regeln\n\nErster Absatz mit Bürger*innen.\n");
	CHECK_INT(count_of("SELECT block_id FROM " TEXTS " WHERE plain LIKE 'Erster%'"), first);
}

TEST(a_split_paragraph_leaves_its_lineage)
{
	begin();
	save("regeln",
	     "## Regeln\n\nJeder Ort nennt eine Person und ihre Vertretung. Vorlagen liegen "
	     "fünf Tage vor jeder Sitzung bereit.\n");
	save("regeln", "## Regeln\n\nJeder Ort nennt eine Person und ihre Vertretung.\n\nVorlagen "
		       "liegen fünf Tage vor jeder Sitzung bereit.\n");
	CHECK_INT(count_of("SELECT count(*) FROM block_lineage WHERE kind = 'split'"), 1);
}

TEST(two_parallel_editors_see_both_texts_and_lose_nothing)
{
	begin();
	struct answer a = open_section("regeln");
	struct str state = state_in(&a);
	CHECK_INT(save("regeln", "## Regeln\n\nText der ersten Person.\n").status, 303);
	a = post_as(ANNA, "/handbuch/bearbeiten",
		    form_for("regeln", state, "## Regeln\n\nText der zweiten Person.\n"));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Noch nichts gespeichert") && shows(&a, "Text der ersten Person."));
	CHECK(shows(&a, "Text der zweiten Person.\n</textarea>") ||
	      shows(&a, "Text der zweiten Person.</textarea>"));
	CHECK_INT(count_of("SELECT count(*) FROM " TEXTS " WHERE plain LIKE '%zweiten Person%'"),
		  0);
	a = post_as(ANNA, "/handbuch/bearbeiten",
		    form_for("regeln", state_in(&a), "## Regeln\n\nBeide zusammen.\n"));
	CHECK_INT(a.status, 303);
}

TEST(what_is_no_section_is_said_next_to_the_field)
{
	static const struct {
		const char *text, *message;
	} bad[] = {{"", "Lass mindestens einen Satz stehen."},
		   {"Ohne Überschrift.", "Beginne mit der Überschrift"},
		   {"### Regeln\n\nZu tief.", "Beginne mit der Überschrift"},
		   {"## Regeln\n\n# Höher\n", "Keine Überschrift darf höher"}};

	begin();
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct answer a = save("regeln", bad[i].text);
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, bad[i].message) && shows(&a, "id=\"text-fehler\""));
		CHECK(shows(&a, bad[i].text));
	}
	struct str large = repeated("Ein Satz, der sich wiederholt.\n\n", 2500);
	struct answer a = save("regeln", arena_fmt(test_arena, "## Regeln\n\n%.*s", ARG(large)).p);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "höchstens 1 MB") && times(&a, "der sich wiederholt") >= 2500);
}

TEST(the_preview_shows_and_saves_nothing)
{
	begin();
	struct answer a = open_section("regeln");
	a = post_as(
	    ANNA, "/handbuch/bearbeiten/vorschau",
	    form_for("regeln", state_in(&a),
		     "## Regeln\n\nJede **Stadt** hat eine Stimme.\n\n<script>x</script>\n"));
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<strong>Stadt</strong>") && shows(&a, "HTML"));
	CHECK(!shows(&a, "<script>") && shows(&a, "&lt;script&gt;x"));
	CHECK_INT(count_of("SELECT count(*) FROM " TEXTS " WHERE markdown LIKE '%**Stadt%'"), 0);
}

TEST(a_draft_waits_for_its_editor)
{
	begin();
	struct answer a = open_section("regeln");
	a = post_as(ANNA, "/handbuch/bearbeiten/entwurf",
		    form_for("regeln", state_in(&a), "Noch gar nicht fertig"));
	CHECK_INT(a.status, 303);
	a = open_section("regeln");
	CHECK(shows(&a, "Das ist dein Entwurf") && shows(&a, "Noch gar nicht fertig"));
	a = post_as(ANNA, "/handbuch/bearbeiten/verwerfen",
		    FORM(FIELD_STR("abschnitt", uid_of("regeln"))));
	CHECK_INT(a.status, 303);
	a = open_section("regeln");
	CHECK(!shows(&a, "Noch gar nicht fertig") && shows(&a, "eine Stimme"));
}

TEST(others_see_who_is_at_work)
{
	begin();
	run_sql("INSERT INTO role_grant (person_id, role, since, granted_at)"
		" VALUES (11, 'pmo', '2025-01-01', 1)");
	struct str form = FORM(FIELD_STR("abschnitt", uid_of("regeln")));
	CHECK_INT(post_as(KIM, "/handbuch/bearbeiten/beginnen", form).status, 303);
	struct answer a = open_section("regeln");
	CHECK(shows(&a, "Kim Kiefer bearbeitet diesen Abschnitt"));
	/* A lock is a hint: it is neither taken over nor in the way. */
	CHECK_INT(post_as(ANNA, "/handbuch/bearbeiten/beginnen", form).status, 303);
	CHECK_INT(count_of("SELECT person_id FROM section_lock"), KIM);
	CHECK_INT(save("regeln", "## Regeln\n\nTrotzdem.\n").status, 303);
	clock_set(FIXTURE_NOW + 3601);
	run_sql("UPDATE session SET last_at = last_at + 3600");
	a = open_section("regeln");
	CHECK(!shows(&a, "bearbeitet diesen Abschnitt"));
}

TEST(every_form_of_a_section_stands_what_forms_must_stand)
{
	static const char texts[] = "SELECT count(*) FROM block_text";

	begin();
	struct answer a = open_section("regeln");
	struct str form =
	    form_for("regeln", state_in(&a), "## Regeln\n\nGanz anders als vorher.\n");
	check_refusals(ANNA, "/handbuch/bearbeiten", form, texts);
	check_once(ANNA, "/handbuch/bearbeiten", form, texts);
	begin();
	a = open_section("regeln");
	form = form_for("regeln", state_in(&a), "## Regeln\n\nGanz anders als vorher.\n");
	check_failures(ANNA, "/handbuch/bearbeiten", form, texts);
	form = form_for("regeln", S("x"), "Entwurf");
	check_refusals(ANNA, "/handbuch/bearbeiten/entwurf", form,
		       "SELECT count(*) FROM section_draft");
	check_failures(ANNA, "/handbuch/bearbeiten/entwurf", form,
		       "SELECT count(*) FROM section_draft");
}

/* "Erster Zweiter eins zwei Letzter": first words of the chapter's blocks. */
static struct str order_of(const char *slug)
{
	return text_of(
	    arena_fmt(test_arena,
		      "SELECT group_concat(substr(plain, 1, 4), ' ') FROM (SELECT t.plain"
		      " FROM revision_block rb JOIN block_text t ON t.id ="
		      " rb.block_text_id WHERE rb.revision_id = " WORKING
		      " AND rb.section_uid = '%.*s' ORDER BY pos)",
		      ARG(uid_of(slug)))
		.p);
}

static struct answer press(const char *button, const char *beginning)
{
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten/absaetze?abschnitt=%.*s",
				   ARG(uid_of("einstieg")))
			     .p);
	struct str uid = text_of(arena_fmt(test_arena,
					   "SELECT b.uid FROM block b JOIN block_text t ON"
					   " t.block_id = b.id WHERE t.plain GLOB '%s*'",
					   beginning)
				     .p);
	struct str name = arena_fmt(test_arena, "%s-%.*s", button, ARG(uid));
	struct test_field fields[] = {
	    FIELD_STR("abschnitt", uid_of("einstieg")),
	    FIELD_STR("stand", state_in(&a)),
	    {name, str_eq(str_of(button), S("fuer")) ? S("both") : S("1")}};

	return post_as(ANNA, "/handbuch/bearbeiten/absaetze", form_of(fields, 3));
}

TEST(blocks_move_by_buttons_and_lists_stay_whole)
{
	begin();
	CHECK_STR(order_of("einstieg"), S("Eins Erst Zwei eins zwei Letz Anme"));
	CHECK_INT(press("hoch", "Zweiter").status, 303);
	CHECK_STR(order_of("einstieg"), S("Eins Zwei Erst eins zwei Letz Anme"));
	CHECK_INT(press("runter", "Erster").status, 303);
	CHECK_STR(order_of("einstieg"), S("Eins Zwei eins zwei Erst Letz Anme"));
	press("hoch", "zwei");
	CHECK_STR(order_of("einstieg"), S("Eins Zwei zwei eins Erst Letz Anme"));
	/* What cannot move stays: out of the list, over the heading, below the notes. */
	press("hoch", "zwei");
	press("hoch", "Zweiter");
	press("runter", "Letzter");
	CHECK_STR(order_of("einstieg"), S("Eins Zwei zwei eins Erst Letz Anme"));
}

TEST(nothing_is_public_before_somebody_says_so)
{
	begin();
	CHECK_INT(count_of("SELECT count(*) FROM block_text WHERE audience <> 'internal'"), 0);
	CHECK_INT(press("fuer", "Zweiter").status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM " TEXTS " WHERE audience = 'both'"), 1);
	/* The version in force keeps its wording, an edit keeps the audience. */
	CHECK_INT(
	    count_of("SELECT count(*) FROM revision_block rb JOIN block_text t ON t.id ="
		     " rb.block_text_id WHERE t.audience = 'both' AND rb.revision_id <> " WORKING),
	    0);
	save("einstieg", "## Einstieg\n\nZweiter Absatz, der noch lange stehen bleibt.\n\nNeu.\n");
	CHECK_INT(count_of("SELECT count(*) FROM " TEXTS " WHERE audience = 'both'"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM " TEXTS
			   " WHERE plain = 'Neu.' AND audience = 'internal'"),
		  1);
}

TEST(chapters_change_their_order_and_their_numbers)
{
	begin();
	struct str form = FORM(FIELD_STR("abschnitt", uid_of("regeln")), FIELD("richtung", "hoch"));
	CHECK_INT(post_as(ANNA, "/handbuch/arbeitsfassung/reihenfolge", form).status, 303);
	CHECK_STR(text_of("SELECT group_concat(number || slug, ' ') FROM (SELECT * FROM"
			  " revision_section WHERE revision_id = " WORKING " ORDER BY pos)"),
		  S("1regeln 2einstieg"));
	/* Not above the preface. */
	form = FORM(FIELD_STR("abschnitt", uid_of("regeln")), FIELD("richtung", "hoch"));
	CHECK_INT(post_as(ANNA, "/handbuch/arbeitsfassung/reihenfolge", form).status, 303);
	struct answer a = get_as(ANNA, "/handbuch/arbeitsfassung");
	CHECK(shows(&a, "1 Regeln") && shows(&a, "2 Einstieg") && shows(&a, "Vorwort"));
	a = get_as(ANNA, "/handbuch?fassung=arbeitsfassung");
	CHECK(shows(&a, "Vorwort."));
}

static void give_feedback(const char *beginning, const char *quote)
{
	run_sql(
	    arena_fmt(test_arena,
		      "INSERT INTO feedback (id, document_id, number, kind, visibility, author_id,"
		      " author_org, state, created_at) VALUES (1, 1, 1, 'hint', 'project', 10,"
		      " 'Lindheim', 'open', 1);"
		      "INSERT INTO feedback_text VALUES (1, 1, 'Das ist mir unklar.', 1, 10);"
		      "INSERT INTO anchor (feedback_id, revision_id, first, block_text_id, quote,"
		      " state, at) SELECT 1, r.id, r.state = 'in_force', t.id, '%s', 'exact', 1"
		      " FROM revision r, block_text t WHERE t.plain LIKE '%s%%'",
		      quote, beginning)
		.p);
}

static struct str anchor_now(void)
{
	return text_of("SELECT n.state || ' ' || coalesce((SELECT substr(plain, 1, 10) FROM"
		       " block_text WHERE id = n.block_text_id), (SELECT 'near ' || substr(t.plain,"
		       " 1, 6) FROM block_text t WHERE t.block_id = n.near_id), '-') FROM anchor n"
		       " WHERE n.revision_id = " WORKING);
}

TEST(feedback_goes_with_its_block)
{
	begin();
	give_feedback("Zweiter", "lange stehen bleibt");
	save("einstieg", "## Einstieg\n\nDavor.\n\nDer Zweiter Absatz, der lange stehen bleibt.\n");
	CHECK_STR(anchor_now(), S("moved Der Zweite"));
	save("einstieg", "## Einstieg\n\nDavor.\n\nDer Zweiter Absatz, der kurz stehen bleibt.\n");
	CHECK_STR(anchor_now(), S("changed Der Zweite"));
	CHECK_STR(text_of("SELECT state FROM anchor WHERE first = 1"), S("exact"));
}

TEST(a_deleted_paragraph_does_not_take_its_comments_along)
{
	begin();
	give_feedback("Zweiter", "");
	struct answer a = save("einstieg", "## Einstieg\n\nErster Absatz mit Bürger*innen.\n");
	/* First it is asked where they belong; nothing is saved yet. */
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Rückmeldungen verlieren ihre Stelle") &&
	      shows(&a, "F-001: Das ist mir unklar."));
	CHECK_STR(anchor_now(), S("exact Zweiter Ab"));
	struct test_field fields[] = {
	    FIELD_STR("abschnitt", uid_of("einstieg")), FIELD_STR("stand", state_in(&a)),
	    FIELD("text", "## Einstieg\n\nErster Absatz mit Bürger*innen.\n"), FIELD("orte", "1"),
	    FIELD("ort-1-1", "")};
	CHECK_INT(post_as(ANNA, "/handbuch/bearbeiten", form_of(fields, 5)).status, 303);
	CHECK_STR(anchor_now(), S("orphan near Erster"));
	CHECK_INT(count_of("SELECT count(*) FROM feedback"), 1);
}

TEST(an_editor_says_where_feedback_belongs)
{
	begin();
	give_feedback("Zweiter", "");
	struct answer a = open_section("einstieg");
	struct test_field fields[] = {FIELD_STR("abschnitt", uid_of("einstieg")),
				      FIELD_STR("stand", state_in(&a)),
				      FIELD("text", "## Einstieg\n\nEtwas ganz und gar anderes.\n"),
				      FIELD("orte", "1"), FIELD("ort-1-1", "2")};
	CHECK_INT(post_as(ANNA, "/handbuch/bearbeiten", form_of(fields, 5)).status, 303);
	CHECK_STR(anchor_now(), S("changed Etwas ganz"));
	CHECK_INT(count_of("SELECT count(*) FROM anchor WHERE method = 'hand' AND by = 1"), 1);
}

TESTS_MAIN
