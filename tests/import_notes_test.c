/* import_notes_test.c -- who reads the footnotes that an import brings. */
#include "place_world.h"
#include "upload.h"

#define PREVIEW "/handbuch/import/vorschau"
#define CONFIRM "/handbuch/import/uebernehmen"
#define TEXTS                                                                                      \
	"(SELECT t.*, rb.pos FROM revision_block rb JOIN block_text t ON t.id = rb.block_text_id"  \
	" WHERE rb.revision_id = " WORKING ")"

static void paste(const char *text)
{
	struct answer a =
	    upload_as(ANNA, "/handbuch/import",
		      PARTS(TEXT_PART("text", str_of(text)), FILE_PART("datei", "", S(""))));

	CHECK_INT(a.status, 303);
}

static struct str state_in(const struct answer *a)
{
	return between(a, "name=\"stand\" value=\"", "\"");
}

static const char noted[] =
    "# Probe\n\n## Einstieg\n\nErster Absatz[^a] mit Worten.[^b] Ja und noch einmal ja.[^c]\n\n"
    "- eins\n- zwei\n\n## Regeln\n\nJede Stadt hat eine Stimme.\n\n"
    "[^a]: Verweis für Nachnutzende: Zwei genügen.\n[^b]: Quelle im Archiv.\n"
    "[^c]: Siehe {{kontakt}}.\n";

#define NOTE_AUDIENCES                                                                             \
	"SELECT group_concat(audience, ' ') FROM (SELECT audience FROM " TEXTS                     \
	" WHERE kind = 'footnote' ORDER BY pos)"

/* The field of the footnote that begins so: "fussnote-7". */
static struct str note_field(const struct answer *a, const char *beginning)
{
	size_t end = str_find(a->body, arena_fmt(test_arena, "\">%s", beginning)), at = end;

	CHECK(end < a->body.n);
	while (at > 0 && a->body.p[at - 1] != '"')
		at--;
	return str_head(str_from(a->body, at), end - at);
}

TEST(new_footnotes_are_proposed_for_everybody_else)
{
	begin();
	paste(noted);
	struct answer a = get_as(ANNA, PREVIEW);
	CHECK(shows(&a, "Wer liest die neuen Fußnoten?"));
	CHECK_INT(times(&a, "<select class=\"kern-form-input__select\" id=\"fussnote-"), 3);
	CHECK_INT(times(&a, "<option value=\"public\" selected>"), 3);
	/* Nothing becomes public by itself: what the form does not say stays inside. */
	struct str form = arena_fmt(test_arena, "stand=%.*s&%.*s=public&%.*s=both&%.*s=everything",
				    ARG(state_in(&a)), ARG(note_field(&a, "Verweis")),
				    ARG(note_field(&a, "Quelle")), ARG(note_field(&a, "Siehe")));
	CHECK_INT(post_as(ANNA, CONFIRM, form).status, 303);
	CHECK_STR(text_of(NOTE_AUDIENCES), S("public both internal"));
	CHECK_INT(count_of("SELECT count(*) FROM " TEXTS " WHERE audience <> 'internal'"), 2);
	/* What is known keeps what was chosen, also with other words. */
	paste("# Probe\n\n## Einstieg\n\nErster Absatz[^a] mit Worten.[^b] Ja und noch einmal ja."
	      "\n\n- eins\n- zwei\n\n## Regeln\n\nJede Stadt hat eine Stimme.[^n]\n\n"
	      "[^a]: Verweis für Nachnutzende: Zwei genügen auch.\n[^b]: Quelle im Archiv.\n"
	      "[^n]: Ganz neu hier.\n");
	a = get_as(ANNA, PREVIEW);
	CHECK_INT(times(&a, "id=\"fussnote-"), 1);
	CHECK(shows(&a, ">Ganz neu hier.</label>"));
	form = arena_fmt(test_arena, "stand=%.*s", ARG(state_in(&a)));
	CHECK_INT(post_as(ANNA, CONFIRM, form).status, 303);
	CHECK_STR(text_of(NOTE_AUDIENCES), S("public both internal"));
}

TEST(what_was_chosen_for_a_footnote_stays_when_the_import_asks_again)
{
	begin();
	CHECK_INT(give(JULE, "zwei", GIVEN(.kind = "hint", .text = "Zur zweiten.")).status, 303);
	paste("# Probe\n\n## Einstieg\n\nErster Absatz mit Worten.[^a]\n\n[^a]: Verweis.\n");
	struct answer a = get_as(ANNA, PREVIEW);
	struct str form = arena_fmt(test_arena, "stand=%.*s&%.*s=both", ARG(state_in(&a)),
				    ARG(note_field(&a, "Verweis")));
	a = post_as(ANNA, CONFIRM, form);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "<option value=\"both\" selected>"));
	CHECK_INT(post_keeping(ANNA, CONFIRM, form).status, 303);
	CHECK_STR(text_of(NOTE_AUDIENCES), S("both"));
}

TESTS_MAIN
