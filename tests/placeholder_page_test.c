/* placeholder_page_test.c -- names in place of keys wherever the handbook is read, and their page.
 */
#include "fixtures.h"

#include "features/handbook/handbook.h"

static const char sample[] =
    "# Probe\n\n## Fragen an {{kontakt}}\n\n### Bei {{kontakt}}\n\nDer Kontakt ist "
    "{{kontakt}} & das Team. Danach {{ kontakt }} noch einmal.\n\n"
    "- erst {{fehlt}}\n- dann\n\n## Ende\n\nSchluss.[^a]\n\n[^a]: Auch {{kontakt}}.\n";

static void import(void)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, str_of(sample)), OK);
	CHECK_INT(db_commit(test_db), OK);
}

#define PAGE "/handbuch/platzhalter"

static struct str form(const char *key, const char *internal, const char *public_)
{
	return FORM(FIELD_STR("schluessel", str_of(key)), FIELD_STR("projekt", str_of(internal)),
		    FIELD_STR("oeffentlich", str_of(public_)));
}

static struct str change(const char *version, const char *internal, const char *public_)
{
	return FORM(FIELD_STR("version", str_of(version)), FIELD_STR("projekt", str_of(internal)),
		    FIELD_STR("oeffentlich", str_of(public_)));
}

static void begin(void)
{
	import();
	CHECK_INT(post_as(ANNA, PAGE, form("kontakt", "Mia <Muster>", "Person 1")).status, 303);
}

static struct str uid_of(const char *beginning)
{
	return text_of(arena_fmt(test_arena,
				 "SELECT b.uid FROM block b JOIN block_text t ON t.block_id = b.id"
				 " WHERE t.plain GLOB '%s*' LIMIT 1",
				 beginning)
			   .p);
}

static struct str feedback(const char *quote)
{
	return FORM(FIELD_STR("absatz", uid_of("Der Kontakt")), FIELD("fassung", "1-0"),
		    FIELD("art", "hint"), FIELD("text", "Stimmt das?"),
		    FIELD_STR("zitat", str_of(quote)), FIELD("vorschlag", ""),
		    FIELD("sichtbar", "project"));
}

static struct answer give(const char *quote)
{
	return post_as(JULE, "/handbuch/fragen-an-kontakt/rueckmeldung", feedback(quote));
}

/* No key, no public value; the name, escaped. */
static void check_read(int64_t person, const char *target, size_t names)
{
	struct answer a = get_as(person, target);

	CHECK_INT(a.status, 200);
	if (times(&a, "Mia &lt;Muster&gt;") < names || shows(&a, "{{kontakt}}") ||
	    shows(&a, "{{ kontakt }}") || shows(&a, "Person 1") || shows(&a, "Mia <M"))
		fail_msg("%s: %zu names", target, times(&a, "Mia &lt;Muster&gt;"));
}

TEST(people_read_names_wherever_the_handbook_is_read)
{
	begin();
	check_read(DORA, "/handbuch", 1);
	check_read(DORA, "/handbuch/fragen-an-kontakt", 5);
	check_read(DORA, "/handbuch/ende", 2);
	check_read(DORA, "/handbuch?ansicht=druck", 5);
	check_read(DORA, "/handbuch/gelesen", 1);
	check_read(ANNA, "/handbuch/arbeitsfassung", 1);
	check_read(ANNA, "/handbuch/fragen-an-kontakt?fassung=arbeitsfassung", 5);
	struct str uid = text_of("SELECT uid FROM revision_section LIMIT 1");
	check_read(
	    ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten/absaetze?abschnitt=%.*s", ARG(uid)).p,
	    4);
	check_read(DORA, "/suche?q=noch+einmal", 2);
}

TEST(the_source_keeps_the_keys)
{
	begin();
	struct answer a = get_as(ANNA, "/handbuch/fassungen/1/handbuch.md");
	CHECK(shows(&a, "Der Kontakt ist {{kontakt}} & das Team") && !shows(&a, "Mia"));
	struct str uid = text_of("SELECT uid FROM revision_section LIMIT 1");
	a = get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);
	CHECK(shows(&a, "Der Kontakt ist {{kontakt}} &amp; das Team"));
	CHECK(shows(&a, "Fragen an Mia &lt;Muster&gt; bearbeiten"));
	CHECK_INT(count_of("SELECT count(*) FROM block_text WHERE plain LIKE '%Mia%'"
			   " OR html LIKE '%Mia%' OR markdown LIKE '%Mia%'"),
		  0);
	CHECK_STR(text_of("SELECT slug FROM revision_section WHERE pos = 1 LIMIT 1"),
		  S("fragen-an-kontakt"));
}

TEST(a_preview_shows_names)
{
	begin();
	struct str uid = text_of("SELECT uid FROM revision_section LIMIT 1");
	struct answer a = post_as(ANNA, "/handbuch/bearbeiten/vorschau",
				  FORM(FIELD_STR("abschnitt", uid), FIELD("stand", "x"),
				       FIELD("text", "## Titel\n\nNeu: {{kontakt}}.")));
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<p>Neu: Mia &lt;Muster&gt;.</p>") &&
	      shows(&a, "Neu: {{kontakt}}.\n<") + shows(&a, "Neu: {{kontakt}}.<"));
}

TEST(both_sides_of_a_comparison_show_names)
{
	begin();
	struct str uid = text_of("SELECT uid FROM revision_section LIMIT 1");
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);
	struct str rest = str_from(a.body, str_find(a.body, S("name=\"stand\" value=\"")) + 20);
	a = post_as(
	    ANNA, "/handbuch/bearbeiten",
	    FORM(FIELD_STR("abschnitt", uid),
		 FIELD_STR("stand", str_head(rest, str_find_char(rest, '"'))),
		 FIELD("text", "## Fragen an {{kontakt}}\n\n### Bei {{kontakt}}\n\nDer "
			       "Kontakt bleibt {{kontakt}} & das Team. Danach noch einmal.\n\n"
			       "- erst {{fehlt}}\n- dann")));
	CHECK_INT(a.status, 303);
	check_read(ANNA, "/handbuch/vergleich?von=1-0&bis=arbeitsfassung&ansicht=nebeneinander", 3);
	check_read(ANNA, "/handbuch/vergleich?von=1-0&bis=arbeitsfassung", 2);
}

TEST(a_quote_is_stored_with_its_key_and_read_with_its_name)
{
	begin();
	CHECK_INT(give("Mia <Muster> & das").status, 303);
	CHECK_STR(text_of("SELECT quote FROM anchor WHERE first = 1"), S("{{kontakt}} & das"));
	CHECK_STR(text_of("SELECT prefix || '|' || suffix FROM anchor WHERE first = 1"),
		  S("Der Kontakt ist | Team. Danach {{ kontakt }} noch"));
	CHECK_INT(count_of("SELECT n.start = instr(t.plain, '{{') - 1 AND n.length = 17"
			   "  FROM anchor n JOIN block_text t ON t.id = n.block_text_id"
			   " WHERE first = 1"),
		  1);
	check_read(DORA, "/handbuch/fragen-an-kontakt", 6);
	struct answer a = get_as(DORA, "/handbuch/fragen-an-kontakt");
	CHECK(shows(&a, "<blockquote class=\"hs-zitat\"><p>Mia &lt;Muster&gt; &amp; das</p>"));
	check_read(DORA, "/feedback/1", 2);
	/* A part of the name is the whole key; the name stands there twice. */
	CHECK_INT(give("ist Mia").status, 303);
	CHECK_STR(text_of("SELECT quote FROM anchor WHERE first = 1 AND feedback_id = 2"),
		  S("ist {{kontakt}}"));
	a = give("Mia <Muster>");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "kommen hier mehrmals vor"));
	/* Whoever copied from the source may do so. */
	CHECK_INT(give("{{kontakt}} & das Team").status, 303);
}

static bool finds(const char *target)
{
	struct answer a = get_as(DORA, target);

	CHECK_INT(a.status, 200);
	return shows(&a, "<mark>");
}

TEST(a_name_is_found_until_it_is_changed)
{
	import();
	CHECK(!finds("/suche?q=muster"));
	CHECK_INT(post_as(ANNA, PAGE, form("kontakt", "Mia Muster", "Person 1")).status, 303);
	CHECK(finds("/suche?q=muster"));
	CHECK(!finds("/suche?q=%22person+1%22"));
	CHECK_INT(post_as(ANNA, PAGE "/1", change("1", "Ole Sander", "Person 1")).status, 303);
	CHECK(!finds("/suche?q=muster"));
	CHECK(finds("/suche?q=sander"));
	CHECK_INT(count_of("SELECT count(*) FROM block_search WHERE text LIKE '%muster%'"), 0);
	/* A wording that comes later finds the value too. */
	struct str uid = text_of("SELECT uid FROM revision_section WHERE slug = 'ende' LIMIT 1");
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);
	struct str rest = str_from(a.body, str_find(a.body, S("name=\"stand\" value=\"")) + 20);
	CHECK_INT(post_as(ANNA, "/handbuch/bearbeiten",
			  FORM(FIELD_STR("abschnitt", uid),
			       FIELD_STR("stand", str_head(rest, str_find_char(rest, '"'))),
			       FIELD("text", "## Ende\n\nZuletzt {{kontakt}}.")))
		      .status,
		  303);
	CHECK_INT(count_of("SELECT count(*) FROM block_search WHERE text = 'zuletzt ole sander'"),
		  1);
}

TEST(the_page_says_where_keys_stand_and_which_are_unknown)
{
	begin();
	struct answer a = get_as(ANNA, PAGE);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<code>kontakt</code>") && shows(&a, "Mia &lt;Muster&gt;"));
	CHECK(shows(&a, "href=\"/handbuch/fragen-an-kontakt\">1</a>"));
	CHECK(shows(&a, arena_fmt(test_arena, "href=\"/handbuch/fragen-an-kontakt#b-%.*s\">",
				  ARG(uid_of("Der Kontakt")))
			    .p));
	CHECK(shows(&a, "<code>fehlt</code>") && shows(&a, "?schluessel=fehlt#schluessel"));
	a = get_as(ANNA, PAGE "?schluessel=fehlt");
	CHECK(shows(&a, "name=\"schluessel\" type=\"text\" autocapitalize=\"none\""
			" spellcheck=\"false\" value=\"fehlt\""));
	CHECK_INT(post_as(ANNA, PAGE, form("frei", "Nora", "Person 2")).status, 303);
	a = get_as(ANNA, PAGE);
	CHECK(shows(&a, "nirgends"));
}

TEST(what_cannot_be_a_placeholder_is_said_at_the_field)
{
	static const struct {
		const char *key, *internal, *public_, *says;
	} cases[] = {
	    {"", "a", "b", "Fülle dieses Feld aus."},
	    {"K", "a", "b", "2 bis 40 Zeichen"},
	    {"schön", "a", "b", "2 bis 40 Zeichen"},
	    {"kontakt", "a", "b", "Diesen Schlüssel gibt es schon."},
	    {"neu", "", "b", "Fülle dieses Feld aus."},
	    {"neu", "a", "", "Fülle dieses Feld aus."},
	    {"neu", "{{kontakt}}", "b", "geschweiften Klammern"},
	    {"neu", "a", "{{kontakt}}", "geschweiften Klammern"},
	    {"neu", "Jörg", "Vertretung von JOERG", "Hier steht, was nur das Projekt"},
	    {"neu", "Ina", "wie mia <muster>", "Hier steht, was nur das Projekt"},
	};

	begin();
	for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
		struct answer a =
		    post_as(ANNA, PAGE, form(cases[i].key, cases[i].internal, cases[i].public_));
		if (a.status != 422 || !shows(&a, cases[i].says) || !shows(&a, "Fehler: "))
			fail_msg("case %zu: %d", i, a.status);
	}
	CHECK_INT(count_of("SELECT count(*) FROM placeholder"), 1);
	struct answer a = post_as(ANNA, PAGE "/1", change("1", "Mia", "bei Mia"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "value=\"bei Mia\"") && shows(&a, "id=\"oeffentlich-fehler\""));
}

TEST(every_change_is_written_down)
{
	begin();
	CHECK_INT(post_as(ANNA, PAGE "/1", change("1", "Ole", "Person 1")).status, 303);
	CHECK_STR(text_of("SELECT before || after FROM audit WHERE action ="
			  " 'handbook.placeholder_edit' AND object = 'placeholder/1'"),
		  S("{\"key\":\"kontakt\",\"internal\":\"Mia <Muster>\",\"public\":\"Person 1\"}"
		    "{\"key\":\"kontakt\",\"internal\":\"Ole\",\"public\":\"Person 1\"}"));
	CHECK_INT(post_as(ANNA, PAGE, form("frei", "Nora", "Person 2")).status, 303);
	CHECK_INT(post_as(ANNA, PAGE "/2/entfernen", FORM(FIELD("version", "1"))).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action IN ('handbook.placeholder_add',"
			   " 'handbook.placeholder_remove')"),
		  3);
	CHECK_INT(count_of("SELECT count(*) FROM placeholder"), 1);
}

TEST(two_editors_see_both_values)
{
	begin();
	CHECK_INT(post_as(ANNA, PAGE "/1", change("1", "Ole", "Person 7")).status, 303);
	struct answer a = post_as(ANNA, PAGE "/1", change("1", "Ida", "Person 8"));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "im Projekt „Ole“, öffentlich „Person 7“") && shows(&a, "value=\"Ida\"") &&
	      shows(&a, "name=\"version\" value=\"2\""));
	CHECK_INT(post_as(ANNA, PAGE "/1", change("2", "Ida", "Person 8")).status, 303);
}

TEST(a_placeholder_stays_while_any_version_holds_its_key)
{
	begin();
	struct answer a = get_as(ANNA, PAGE "/1");
	CHECK(!shows(&a, "entfernen") && shows(&a, "Wo er steht"));
	a = post_as(ANNA, PAGE "/1/entfernen", FORM(FIELD("version", "1")));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Nicht entfernt"));
	run_sql("INSERT INTO placeholder (document_id, key, internal, public)"
		" VALUES (1, 'frei', 'x', 'y')");
	CHECK_INT(post_as(ANNA, PAGE "/2/entfernen", FORM(FIELD("version", "9"))).status, 409);
	a = get_as(ANNA, PAGE "/2");
	CHECK(shows(&a, "/handbuch/platzhalter/2/entfernen"));
}

static int64_t calls_of(const char *target)
{
	int64_t before = db_calls(test_db);

	CHECK_INT(get_as(ANNA, target).status, 200);
	return db_calls(test_db) - before;
}

TEST(texts_without_keys_cost_nothing)
{
	static const char plain[] = "# A\n\n## Ende\n\nOhne.\n",
			  full[] = "# A\n\n## Ende\n\n{{a-b}}.\n";
	int64_t calls[2];

	for (int i = 0; i < 2; i++) {
		fixtures();
		CHECK_INT(db_begin_write(test_db, test_arena), OK);
		CHECK_INT(handbook_import(test_db, test_arena, str_of(i == 0 ? plain : full)), OK);
		CHECK_INT(db_commit(test_db), OK);
		calls[i] = calls_of("/handbuch/ende");
	}
	/* With a key: one query and its end. */
	CHECK_INT(calls[1] - calls[0], 2);
}

TEST(forms_stand_what_forms_must_stand)
{
	import();
	check_refusals(ANNA, PAGE, form("kontakt", "Mia", "Person 1"),
		       "SELECT count(*) FROM placeholder");
	check_once(ANNA, PAGE, form("kontakt", "Mia", "Person 1"),
		   "SELECT count(*) FROM placeholder");
}

TEST(every_database_failure_leaves_nothing)
{
	import();
	check_failures(ANNA, PAGE, form("kontakt", "Mia", "Person 1"),
		       "SELECT count(*) FROM placeholder");
	check_failures(ANNA, PAGE "/1", change("1", "Ole", "Person 1"),
		       "SELECT count(*) FROM audit WHERE action = 'handbook.placeholder_edit'");
	run_sql("UPDATE placeholder SET key = 'frei'");
	check_failures(ANNA, PAGE "/1/entfernen", FORM(FIELD("version", "2")),
		       "SELECT count(*) FROM placeholder");
}

TESTS_MAIN
