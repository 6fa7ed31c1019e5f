/* import_page_test.c -- import in the browser: send, look, confirm; only the working copy changes.
 */
#include "features/handbook/import_form.h"
#include "feedback_world.h"
#include "lost_fields.h"
#include "upload.h"

#define PAGE "/handbuch/import"
#define PREVIEW PAGE "/vorschau"
#define CONFIRM PAGE "/uebernehmen"
#define WORKING "(SELECT id FROM revision WHERE state = 'working')"
#define TEXTS                                                                                      \
	"(SELECT t.*, rb.pos FROM revision_block rb JOIN block_text t ON t.id = rb.block_text_id"  \
	" WHERE rb.revision_id = " WORKING ")"
#define DRAFTS "SELECT count(*) FROM import_draft"

/* One paragraph with other words, one gone, one moved to a new chapter, two new. */
static const char next[] = "# Probe\n\n## Einstieg\n\nErster Absatz mit neuen Worten. Ja und noch "
			   "einmal ja.\n\n- eins\n- zwei\n\n## Stimmen\n\nJede Stadt hat eine "
			   "Stimme.\n\nDazu {{kontakt}}.\n";

static struct answer paste(const char *text)
{
	return upload_as(ANNA, PAGE,
			 PARTS(TEXT_PART("text", str_of(text)), FILE_PART("datei", "", S(""))));
}

static struct answer send_file(const char *name, struct str bytes)
{
	return upload_as(ANNA, PAGE,
			 PARTS(TEXT_PART("text", S("")), FILE_PART("datei", name, bytes)));
}

static struct str state_in(const struct answer *a)
{
	struct str mark = S("name=\"stand\" value=\"");
	size_t at = str_find(a->body, mark);
	struct str rest = str_from(a->body, at + mark.n);

	CHECK(at < a->body.n);
	return str_head(rest, str_find_char(rest, '"'));
}

static struct answer preview(void)
{
	struct answer a = get_as(ANNA, PREVIEW);

	CHECK_INT(a.status, 200);
	return a;
}

static struct answer confirm(struct str state)
{
	return post_as(ANNA, CONFIRM, FORM(FIELD_STR("stand", state)));
}

/* Both steps. */
static void import(const char *text)
{
	struct answer a = paste(text);

	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S(PREVIEW));
	a = preview();
	a = confirm(state_in(&a));
	CHECK_INT(a.status, 303);
	CHECK(str_starts(a.location, S("/handbuch/arbeitsfassung?meldung=importiert")));
}

TEST(a_text_is_looked_at_before_it_changes_anything)
{
	begin();
	int64_t texts = count_of("SELECT count(*) FROM block_text");
	struct answer a = paste(next);
	CHECK_INT(a.status, 303);
	a = preview();
	CHECK(shows(&a, "<bdi>eingefügter Text</bdi>: „Probe“. Kapitel: 2, Absätze: 8."));
	CHECK(shows(&a, "<dt>gleich</dt><dd>5</dd>") && shows(&a, "<dt>geändert</dt><dd>1</dd>") &&
	      shows(&a, "<dt>neu</dt><dd>2</dd>") && shows(&a, "<dt>gestrichen</dt><dd>1</dd>"));
	CHECK(shows(&a, "2 Stimmen</th>") && shows(&a, "<code>kontakt</code>"));
	CHECK_INT(count_of("SELECT count(*) FROM block_text"), texts);
	CHECK_INT(count_of(DRAFTS), 1);
	a = get_as(ANNA, PAGE);
	CHECK(shows(&a, "Ein Import wartet auf dich"));
}

TEST(an_import_changes_the_working_copy_and_nothing_else)
{
	begin();
	run_sql("UPDATE revision SET row_version = 7 WHERE state = 'working'");
	import(next);
	CHECK_INT(count_of(DRAFTS), 0);
	CHECK_INT(count_of("SELECT count(*) FROM " TEXTS), 8);
	CHECK_INT(count_of("SELECT row_version FROM revision WHERE state = 'working'"), 8);
	CHECK_INT(count_of("SELECT count(*) FROM revision"), 2);
	struct answer a = get_as(DORA, "/handbuch/einstieg");
	CHECK(shows(&a, "Absatz mit Worten") && !shows(&a, "neuen Worten"));
	CHECK_INT(get_as(DORA, "/handbuch/stimmen").status, 404);
	a = get_as(ANNA, "/handbuch/stimmen?fassung=arbeitsfassung");
	CHECK(shows(&a, "Dazu {{kontakt}}."));
	CHECK_STR(text_of("SELECT action || ' ' || actor_id FROM handbook_event"
			  " WHERE object = 'revision'"),
		  S("imported 1"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'revision.imported'"), 1);
	/* It becomes a version in the usual way. */
	a = post_as(ANNA, "/handbuch/fassungen",
		    FORM(FIELD("art", "content"), FIELD("anlass", "Neu")));
	CHECK_INT(a.status, 303);
}

TEST(blocks_keep_their_identity_and_their_readers)
{
	begin();
	run_sql("CREATE TABLE was AS SELECT block_id, plain FROM " TEXTS);
	struct str uid = text_of("SELECT uid FROM revision_section WHERE slug = 'regeln'");
	struct answer a = get_as(
	    ANNA,
	    arena_fmt(test_arena, "/handbuch/bearbeiten/absaetze?abschnitt=%.*s", ARG(uid)).p);
	a = post_as(ANNA, "/handbuch/bearbeiten/absaetze",
		    arena_fmt(test_arena, "abschnitt=%.*s&seite=1&stand=%.*s&fuer-%.*s=both",
			      ARG(uid), ARG(state_in(&a)), ARG(uid_of("Jede Stadt"))));
	CHECK_INT(a.status, 303);
	import(next);
	CHECK_INT(count_of("SELECT count(*) FROM " TEXTS " t JOIN was USING (block_id)"), 6);
	CHECK_STR(text_of("SELECT audience FROM " TEXTS " WHERE plain GLOB 'Jede Stadt*'"),
		  S("both"));
	CHECK_STR(text_of("SELECT audience FROM " TEXTS " WHERE plain GLOB 'Dazu*'"),
		  S("internal"));
	CHECK_INT(count_of("SELECT count(*) FROM block_search WHERE rowid = (SELECT id FROM " TEXTS
			   " WHERE plain GLOB 'Dazu*')"),
		  1);
}

TEST(feedback_goes_along_and_what_loses_its_place_is_said_before)
{
	begin();
	CHECK_INT(give(JULE, "Erster",
		       GIVEN(.kind = "hint", .text = "Zum ersten", .quote = "noch einmal ja"))
		      .status,
		  303);
	CHECK_INT(give(JULE, "zwei", GIVEN(.kind = "hint", .text = "Zur zweiten Zeile")).status,
		  303);
	CHECK_INT(paste("# Probe\n\n## Einstieg\n\nVorweg ein Satz.\n\nErster Absatz mit neuen "
			"Worten. Ja und noch einmal ja.\n\n- eins\n")
		      .status,
		  303);
	struct answer a = preview();
	CHECK(shows(&a, "worauf sich offene Rückmeldungen beziehen"));
	CHECK(shows(&a, "F-002: Zur zweiten Zeile</label>"));
	CHECK(!shows(&a, "Zum ersten") && shows(&a, "Was gestrichen wird"));
	CHECK_INT(confirm(state_in(&a)).status, 409);
	CHECK_INT(post_as(ANNA, CONFIRM,
			  FORM(FIELD_STR("stand", state_in(&a)), FIELD("orte", "1"),
			       FIELD("ort-2-1", "")))
		      .status,
		  303);
	CHECK_STR(text_of("SELECT state || ' ' || method FROM anchor WHERE feedback_id = 1"
			  " AND revision_id = " WORKING),
		  S("moved quote"));
	CHECK_STR(text_of("SELECT state FROM anchor WHERE feedback_id = 2"
			  " AND revision_id = " WORKING),
		  S("orphan"));
	/* In the version in force nothing has happened to them. */
	CHECK_INT(count_of("SELECT count(*) FROM anchor WHERE first = 1 AND state = 'exact'"), 2);
}

TEST(a_split_paragraph_leaves_its_lineage)
{
	begin();
	import("# Probe\n\n## Regeln\n\nJeder Ort nennt eine Person und ihre Vertretung. Vorlagen "
	       "liegen fünf Tage vor jeder Sitzung bereit.\n");
	import("# Probe\n\n## Regeln\n\nJeder Ort nennt eine Person und ihre Vertretung.\n\n"
	       "Vorlagen liegen fünf Tage vor jeder Sitzung bereit.\n");
	CHECK_INT(count_of("SELECT count(*) FROM block_lineage WHERE kind = 'split'"), 1);
}

TEST(what_changed_meanwhile_is_looked_at_again)
{
	begin();
	CHECK_INT(paste(next).status, 303);
	struct answer a = preview();
	struct str old = state_in(&a);
	/* Somebody saves a section. */
	struct str uid = text_of("SELECT uid FROM revision_section WHERE slug = 'regeln'");
	a = get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);
	a = post_as(ANNA, "/handbuch/bearbeiten",
		    FORM(FIELD_STR("abschnitt", uid), FIELD_STR("stand", state_in(&a)),
			 FIELD("text", "## Regeln\n\nSchnell noch geändert.")));
	CHECK_INT(a.status, 303);
	a = confirm(old);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Noch nichts importiert") && shows(&a, "Schnell noch geändert."));
	CHECK_INT(count_of(DRAFTS), 1);
	CHECK(!str_eq(state_in(&a), old));
	/* The text itself may be another one, sent from another window. */
	struct str second = state_in(&a);
	CHECK_INT(paste("# Probe\n\n## Ganz anders\n\nText.\n").status, 303);
	CHECK_INT(confirm(second).status, 409);
	a = preview();
	CHECK_INT(confirm(state_in(&a)).status, 303);
	/* Once more, as by going back: nothing waits. */
	a = confirm(state_in(&a));
	CHECK_STR(a.location, S(PAGE));
}

TEST(files_may_come_from_any_system)
{
	begin();
	CHECK_INT(send_file("alt & neu.md", S("\xef\xbb\xbf# Probe\r\n\r\n## Kapitel\r\n\r\nText "
					      "\xc3\xa4\r\nweiter.\r\n"))
		      .status,
		  303);
	CHECK_STR(text_of("SELECT file_name || '|' || markdown FROM import_draft"),
		  S("alt & neu.md|# Probe\n\n## Kapitel\n\nText \xc3\xa4\nweiter.\n"));
	struct answer a = preview();
	CHECK(shows(&a, "<bdi>alt &amp; neu.md</bdi>") && shows(&a, "1 Kapitel</th>"));
	CHECK_INT(post_as(ANNA, PAGE "/verwerfen", S("")).status, 303);
	CHECK_INT(count_of(DRAFTS), 0);
	CHECK_STR(get_as(ANNA, PREVIEW).location, S(PAGE));
}

TEST(what_is_no_markdown_is_refused_with_the_way_out)
{
	static const struct {
		struct str bytes;
		const char *says;
	} cases[] = {
	    {S_INIT("PK\x03\x04\x14\0\x06\0word/document.xml"), "Datei aus einem Textprogramm"},
	    {S_INIT("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "Datei aus einem Textprogramm"},
	    {S_INIT("{\\rtf1 Text}"), "Datei aus einem Textprogramm"},
	    {S_INIT("%PDF-1.7"), "Das ist ein PDF."},
	    {S_INIT("<!DOCTYPE html><p>x"), "Das ist eine Webseite"},
	    {S_INIT("\xff\xfe#\0 \0"), "kein Text in UTF-8"},
	    {S_INIT("# \xe4\n"), "kein Text in UTF-8"},
	    {S_INIT("# a\n\nb\n\x01\n"), "In Zeile 4 steht ein Zeichen"},
	    {S_INIT("# a\n\0\n"), "In Zeile 2 steht ein Zeichen"},
	    {S_INIT(""), "Wähle eine Datei mit Text"},
	    {S_INIT("\xef\xbb\xbf \r\n"), "Wähle eine Datei mit Text"},
	    {S_INIT("Nur ein Satz."), "steht keine Überschrift"},
	};

	begin();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct answer a = send_file("handbuch.docx", cases[i].bytes);
		if (a.status != 422 || !shows(&a, cases[i].says) ||
		    !shows(&a, "id=\"datei-fehler\""))
			fail_msg("case %zu: %d", i, a.status);
	}
	struct answer a =
	    send_file("gross.md", repeated("# Titel\n\n", MARKDOWN_DOCUMENT_BYTES / 9 + 1));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "höchstens 1 MB Text und 2.000 Absätze"));
	a = send_file("viele.md", repeated("# T\n\n", 2001));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "höchstens 1 MB Text und 2.000 Absätze"));
	CHECK_INT(count_of(DRAFTS), 0);
}

TEST(what_was_pasted_stays_where_it_was)
{
	begin();
	struct answer a = paste("");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"text-fehler\"") && shows(&a, "Fehler: "));
	a = paste("Nur <ein> Satz,\nzweite Zeile.");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Nur &lt;ein&gt; Satz,\nzweite Zeile.</textarea>"));
	a = upload_as(
	    ANNA, PAGE,
	    PARTS(TEXT_PART("text", S("# Getippt")), FILE_PART("datei", "a.md", S("# B"))));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "entweder die Datei oder") && shows(&a, "# Getippt</textarea>"));
	/* A file that came back from a login is a text like any other. */
	a = upload_as(ANNA, PAGE,
		      PARTS(TEXT_PART("text", S("")), TEXT_PART("datei", S("# A\n\n## B"))));
	CHECK_INT(a.status, 303);
}

TEST(the_preview_says_what_cannot_be_kept)
{
	begin();
	CHECK_INT(
	    paste("# Probe\n\n## A\n\nText <span>so</span>.\n\n![x](https://a.example/x.png)\n")
		.status,
	    303);
	struct answer a = preview();
	CHECK(shows(&a, "Worauf du achten solltest") && shows(&a, "<li>Zeile 5: "));
	CHECK_INT(paste(sample).status, 303);
	a = preview();
	CHECK(shows(&a, "Es gibt nichts zu importieren") && !shows(&a, CONFIRM));
}

TEST(others_who_are_at_work_are_named)
{
	begin();
	run_sql("INSERT INTO section_draft (section_uid, person_id, base, markdown, at)"
		" SELECT uid, 2, 'x', 'y', 1 FROM block LIMIT 1");
	CHECK_INT(paste(next).status, 303);
	struct answer a = preview();
	CHECK(shows(&a, "Gerade am Text: ") && shows(&a, "Sprecht euch ab"));
}

TEST(drafts_are_ones_own_and_without_a_handbook_there_is_nothing_to_import_into)
{
	begin();
	CHECK_INT(paste(next).status, 303);
	run_sql("UPDATE import_draft SET person_id = 2");
	struct answer a = get_as(ANNA, PAGE);
	CHECK(!shows(&a, "Ein Import wartet"));
	CHECK_STR(get_as(ANNA, PREVIEW).location, S(PAGE));
	CHECK_STR(confirm(S("x")).location, S(PAGE));
	fixtures();
	a = get_as(ANNA, PAGE);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Noch gibt es kein Handbuch") && !shows(&a, "type=\"file\""));
	CHECK_INT(paste(next).status, 404);
}

/* Paragraphs of so many bytes, all in one chapter. */
static const char *long_text(int blocks, int bytes, const char *word)
{
	struct buf b = {.arena = test_arena};

	buf_add(&b, S("# Probe\n\n## Lang\n\n"));
	for (int i = 0; i < blocks; i++) {
		for (int k = 0; k < bytes; k += 8)
			buf_fmt(&b, "%s%d ", word, (i * 31 + k) % 997);
		buf_add(&b, S("\n\n"));
	}
	CHECK(b.n > 900 * 1024 && b.n < MARKDOWN_DOCUMENT_BYTES);
	return arena_cstr(test_arena, buf_str(&b));
}

/* What the worker's memory must hold: a full handbook replaced by another one. */
TEST(a_megabyte_takes_the_place_of_a_megabyte)
{
	begin();
	import(long_text(1990, 480, "wort"));
	CHECK_INT(paste(long_text(1990, 490, "satz")).status, 303);
	struct answer a = preview();
	CHECK(shows(&a, "<dt>neu</dt><dd>1990</dd>"));
	CHECK_INT(confirm(state_in(&a)).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM " TEXTS), 1992);
}

TEST(forms_stand_what_forms_must_stand)
{
	begin();
	struct str form = FORM(FIELD_STR("text", str_of(next)));
	check_refusals(ANNA, PAGE, form, DRAFTS);
	check_once(ANNA, PAGE, form, DRAFTS);
	struct answer a = preview();
	form = FORM(FIELD_STR("stand", state_in(&a)));
	check_refusals(ANNA, CONFIRM, form, "SELECT count(*) FROM block_text");
	check_once(ANNA, CONFIRM, form, "SELECT count(*) FROM block_text");
}

TEST(every_database_failure_leaves_nothing)
{
	begin();
	CHECK_INT(give(JULE, "zwei", GIVEN(.kind = "hint", .text = "Zur zweiten Zeile")).status,
		  303);
	check_failures(ANNA, PAGE, FORM(FIELD_STR("text", str_of(next))), DRAFTS);
	struct answer a = preview();
	check_failures(
	    ANNA, CONFIRM,
	    arena_fmt(test_arena, "stand=%.*s%.*s", ARG(state_in(&a)), ARG(all_kept(&a))),
	    "SELECT count(*) FROM block_text");
	CHECK_INT(paste("# Probe\n\n## A\n\nText.\n").status, 303);
	check_failures(ANNA, PAGE "/verwerfen", S(""), DRAFTS);
}

TESTS_MAIN
