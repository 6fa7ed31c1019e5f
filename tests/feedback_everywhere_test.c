/* feedback_everywhere_test.c -- remarks on what is no paragraph: headings, the text before the
 * first chapter, footnotes. */
#include "place_world.h"

static const char book[] =
    "# Probe\n\nDas Vorwort sagt, worum es geht.[^v]\n\n## Einstieg\n\nErster Absatz[^a] hier.\n\n"
    "### Wie wir anfangen\n\nZweiter Absatz.\n\n#### Kleiner Titel\n\nDritter Absatz.\n\n"
    "## Regeln\n\n### Stimmen\n\nJede Stadt hat eine Stimme.\n\n[^v]: Quelle des Vorworts.\n"
    "[^a]: Die Quelle steht im Anhang.\n";

/* Where it stands, its address, and how the table calls it. */
static const struct {
	const char *beginning, *page, *called;
} places[] = {
    {"Probe", "/handbuch", ">Vorwort</a>"},
    {"Das Vorwort", "/handbuch", ">Vorwort</a>"},
    {"Quelle des", "/handbuch", ">Vorwort, Fußnote 1</a>"},
    {"Einstieg", "/handbuch/einstieg", "</span>1</a>"},
    {"Wie wir", "/handbuch/einstieg", "</span>1.1</a>"},
    {"Kleiner", "/handbuch/einstieg", "</span>1</a>"},
    {"Die Quelle", "/handbuch/einstieg", "</span>1, Fußnote 1</a>"},
};
enum { PLACES = sizeof places / sizeof places[0] };

static void read_book(void)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, str_of(book)), OK);
	CHECK_INT(db_commit(test_db), OK);
}

static const char *target(int i, const char *more)
{
	return arena_fmt(test_arena, "%s?absatz=%.*s%s", places[i].page,
			 ARG(uid_of(places[i].beginning)), more)
	    .p;
}

static const char *action(int i)
{
	return arena_fmt(test_arena, "%s/rueckmeldung", places[i].page).p;
}

static void give_all(void)
{
	for (int i = 0; i < PLACES; i++) {
		struct str text = arena_fmt(test_arena, "Bemerkung %d.", i);
		struct answer a = post_as(
		    JULE, action(i),
		    form_for(places[i].beginning,
			     GIVEN(.kind = "question", .text = arena_cstr(test_arena, text))));
		CHECK_INT(a.status, 303);
		CHECK_STR(a.location,
			  arena_fmt(test_arena, "%s?absatz=%.*s&meldung=rueckmeldung#r-%d",
				    places[i].page, ARG(uid_of(places[i].beginning)), i + 1));
	}
}

TEST(each_block_offers_its_form)
{
	read_book();
	for (int i = 0; i < PLACES; i++) {
		struct answer a = get_as(JULE, places[i].page);
		struct str way = arena_fmt(test_arena, "href=\"%s?absatz=%.*s&amp;neu=1#b-%.*s\"",
					   places[i].page, ARG(uid_of(places[i].beginning)),
					   ARG(uid_of(places[i].beginning)));
		CHECK(str_find(a.body, way) < a.body.n);
		way = arena_fmt(test_arena, "id=\"b-%.*s\"", ARG(uid_of(places[i].beginning)));
		CHECK_INT(times(&a, way.p), 1);
		a = get_as(JULE, target(i, "&neu=1"));
		CHECK_INT(a.status, 200);
		way = arena_fmt(test_arena, "action=\"%s\"", action(i));
		CHECK_INT(times(&a, way.p), 1);
		way = arena_fmt(test_arena, "name=\"absatz\" value=\"%.*s\"",
				ARG(uid_of(places[i].beginning)));
		CHECK_INT(times(&a, way.p), 1);
	}
}

TEST(a_thread_stands_below_its_block_with_a_note_beside_it)
{
	read_book();
	give_all();
	for (int i = 0; i < PLACES; i++) {
		struct answer a = get_as(DORA, target(i, ""));
		struct str words = arena_fmt(test_arena, "<p class=\"hs-zeilen\">Bemerkung %d.", i);
		CHECK_INT(times(&a, words.p), 1);
		CHECK_INT(times(&a, "<details class=\"hs-auf\" open>"), 1);
		words = arena_fmt(test_arena, "</b> Bemerkung %d.</p>", i);
		CHECK_INT(times(&a, words.p), 1);
		CHECK(!shows(&a, "Weitere Rückmeldungen") && !shows(&a, "außerhalb der Kapitel"));
		CHECK_INT(times(&a, "1 Rückmeldung, offen"), i < 3 ? 3 : 4);
	}
	/* Nothing of it on paper, nothing to write in the working copy. */
	struct answer a = get_as(ANNA, "/handbuch?ansicht=druck");
	CHECK(shows(&a, "Das Vorwort sagt") && !shows(&a, "Bemerkung"));
	a = get_as(ANNA, "/handbuch?fassung=arbeitsfassung");
	CHECK(shows(&a, "Das Vorwort sagt") && !shows(&a, "Rückmeldung geben"));
}

TEST(what_is_wrong_in_the_preface_is_said_there)
{
	read_book();
	struct str form =
	    form_for("Das Vorwort", GIVEN(.kind = "hint", .text = "", .quote = "worum es geht"));
	struct answer a = post_as(JULE, "/handbuch/rueckmeldung", form);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "worum es geht</textarea>") && shows(&a, "id=\"text-fehler\""));
	CHECK(shows(&a, "Fehler: ") && shows(&a, "id=\"h-inhalt\""));
	form = form_for("Das Vorwort", GIVEN(.kind = "suggestion", .text = "Kürzer.",
					     .proposal = "Worum es geht."));
	a = post_as(JULE, "/handbuch/rueckmeldung/vorschau", form);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Noch ist nichts gesendet.") && shows(&a, "id=\"h-inhalt\""));
	CHECK_INT(count_of("SELECT count(*) FROM feedback"), 0);
	CHECK_INT(post_as(FINN, "/handbuch/rueckmeldung", form).status, 403);
}

TEST(drafts_lead_back_to_the_preface_and_to_footnotes)
{
	read_book();
	for (int i = 1; i < 3; i++)
		CHECK_INT(post_as(JULE, "/handbuch/rueckmeldung/entwurf",
				  form_for(places[i].beginning,
					   GIVEN(.kind = "hint", .text = "Halb fertig")))
			      .status,
			  303);
	struct answer a = get_as(JULE, "/feedback/meine");
	CHECK_INT(times(&a, "href=\"/handbuch?absatz="), 2);
	CHECK(shows(&a, ", Vorwort</p>") && shows(&a, ", Vorwort, Fußnote 1</p>"));
	a = get_as(JULE, target(1, "&neu=1"));
	CHECK(shows(&a, "Halb fertig</textarea>"));
	CHECK_INT(give(JULE, "Das Vorwort", GIVEN(.kind = "hint", .text = "Fertig.")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM feedback_draft"), 1);
}

TEST(table_page_and_origin_say_where_it_stands)
{
	read_book();
	give_all();
	struct answer list = get_as(DORA, "/feedback");
	for (int i = 0; i < PLACES; i++) {
		CHECK(shows(&list, places[i].called));
		struct str path = arena_fmt(test_arena, "/feedback/%d/stelle", i + 1);
		struct answer a = get_as(DORA, path.p);
		CHECK_INT(a.status, 303);
		CHECK_STR(a.location, arena_fmt(test_arena, "%s?absatz=%.*s&fassung=1-0#b-%.*s",
						places[i].page, ARG(uid_of(places[i].beginning)),
						ARG(uid_of(places[i].beginning))));
		a = get_as(DORA, arena_fmt(test_arena, "/feedback/%d", i + 1).p);
		path = arena_fmt(test_arena, "href=\"%s?absatz=%.*s", places[i].page,
				 ARG(uid_of(places[i].beginning)));
		CHECK(str_find(a.body, path) < a.body.n);
	}
	/* What stands before the first chapter is chosen like a chapter. */
	CHECK(shows(&list, "<option value=\"-\">Vorwort</option>"));
	list = get_as(DORA, "/feedback?abschnitt=-");
	CHECK(shows(&list, "<option value=\"-\" selected>Vorwort</option>"));
	CHECK(shows(&list, "Bemerkung 0.") && shows(&list, "Bemerkung 2.") &&
	      !shows(&list, "Bemerkung 3."));
	list = get_as(DORA, "/feedback?abschnitt=einstieg");
	CHECK(!shows(&list, "Bemerkung 2.") && shows(&list, "Bemerkung 6."));
}

#define PLACED                                                                                     \
	"SELECT group_concat(n.feedback_id || ' ' || n.state || ' ' || coalesce(t.plain, '-'),"    \
	" '; ') FROM (SELECT * FROM anchor WHERE revision_id = " WORKING                           \
	" ORDER BY feedback_id) n"                                                                 \
	" LEFT JOIN block_text t ON t.id = n.block_text_id"

TEST(remarks_go_along_when_headings_preface_and_notes_change)
{
	read_book();
	give_all();
	struct str uid = text_of("SELECT section_uid FROM revision_block WHERE pos ="
				 " (SELECT min(pos) FROM revision_block)");
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);
	a = post_keeping(
	    ANNA, "/handbuch/bearbeiten",
	    FORM(FIELD_STR("abschnitt", uid),
		 FIELD_STR("stand", between(&a, "name=\"stand\" value=\"", "\"")),
		 FIELD("text", "# Probe\n\nDas Vorwort sagt kurz, worum es geht.[^v]\n\n"
			       "[^v]: Quelle des neuen Vorworts.\n")));
	CHECK_INT(a.status, 303);
	edit("einstieg",
	     "## Einstieg\n\nErster Absatz[^a] hier.\n\n### Wie wir gut anfangen\n\n"
	     "Zweiter Absatz.\n\nDritter Absatz.\n\n[^a]: Die Quelle steht ganz hinten im"
	     " Anhang.\n");
	CHECK_STR(
	    text_of(PLACED),
	    S("1 exact Probe; 2 changed Das Vorwort sagt kurz, worum es geht.; 3 changed Quelle"
	      " des neuen Vorworts.; 4 exact Einstieg; 5 changed Wie wir gut anfangen; 6 orphan"
	      " -; 7 changed Die Quelle steht ganz hinten im Anhang."));
	enforce();
	a = get_as(DORA, "/handbuch/einstieg");
	CHECK_INT(times(&a, "<p class=\"hs-zeilen\">Bemerkung"), 4);
	CHECK(shows(&a, "Ohne Bezug: Den Absatz dazu gibt es nicht mehr, er stand hinter diesem"));
	a = get_as(DORA, "/handbuch");
	CHECK_INT(times(&a, "<p class=\"hs-zeilen\">Bemerkung"), 3);
}

TEST(what_lost_its_block_behind_a_heading_stands_at_the_heading)
{
	read_book();
	CHECK_INT(post_as(JULE, "/handbuch/regeln/rueckmeldung",
			  form_for("Jede Stadt", GIVEN(.kind = "hint", .text = "Warum?")))
		      .status,
		  303);
	edit("regeln", "## Regeln\n\n### Stimmen");
	enforce();
	struct answer a = get_as(DORA, "/handbuch/regeln");
	CHECK_INT(times(&a, "Warum?</p>"), 2); /* the thread and the note beside it */
	CHECK(!shows(&a, "Weitere Rückmeldungen"));
}

TEST(the_form_of_the_preface_stands_what_forms_must_stand)
{
	static const char given[] = "SELECT count(*) FROM feedback";
	struct str form;

	read_book();
	form = form_for("Das Vorwort", GIVEN(.kind = "hint", .text = "Gut."));
	check_refusals(JULE, "/handbuch/rueckmeldung", form, given);
	check_once(JULE, "/handbuch/rueckmeldung", form, given);
	check_failures(JULE, "/handbuch/rueckmeldung", form, given);
}

TESTS_MAIN
