/* feedback_place_test.c -- remarks whose block went, and places that are checked. */
#include "place_world.h"

TEST(deleted_paragraph_shows_its_remarks_at_the_one_before)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Bitte lassen."));
	give(JULE, "Jede", GIVEN(.kind = "hint", .text = "Am Ende."));
	edit("einstieg", "## Einstieg\n\n- eins\n- zwei");
	edit("regeln", "## Regeln\n\nNoch etwas.");
	enforce();
	struct answer a = get_as(DORA, "/handbuch/einstieg");
	CHECK(shows(&a, "Bitte lassen.") && shows(&a, "Ohne Bezug: Den Absatz dazu gibt es"));
	CHECK(shows(&a, "/feedback/1/stelle"));
	a = get_as(DORA, "/feedback/1");
	CHECK(shows(&a, "Ohne Bezug: Den Absatz gibt es in der gültigen Fassung nicht mehr"));
	a = get_as(DORA, "/feedback/1/stelle");
	CHECK_INT(a.status, 303);
	CHECK(str_find(a.location, S("fassung=1-0#b-")) < a.location.n);
	a = get_as(DORA,
		   arena_cstr(test_arena, str_head(a.location, str_find_char(a.location, '#'))));
	CHECK(shows(&a, "Erster Absatz mit Worten."));
}

TEST(what_stands_near_a_lost_remark_may_go_as_well)
{
	begin();
	edit("regeln", "## Regeln\n\nJede Stadt hat eine Stimme.\n\nWer fehlt, meldet sich ab.\n\n"
		       "Gäste hören zu und stimmen nicht ab.");
	enforce();
	run_sql(
	    "INSERT INTO revision_block SELECT 90, pos, section_uid, block_text_id, list, number"
	    " FROM revision_block WHERE revision_id = (SELECT id FROM revision WHERE state ="
	    " 'in_force');"
	    "INSERT INTO revision_section SELECT 90, pos, uid, slug, number, title, words FROM"
	    " revision_section WHERE revision_id = (SELECT id FROM revision WHERE state ="
	    " 'in_force')");
	struct str form = FORM(FIELD_STR("absatz", uid_of("Gäste")), FIELD("fassung", "1-1"),
			       FIELD("art", "hint"), FIELD("text", "Warum?"), FIELD("zitat", ""),
			       FIELD("vorschlag", ""), FIELD("sichtbar", "project"));
	CHECK_INT(post_as(JULE, "/handbuch/regeln/rueckmeldung", form).status, 303);
	static const char near[] = "SELECT t.plain FROM anchor n JOIN block_text t"
				   " ON t.block_id = n.near_id WHERE n.revision_id = 90";
	edit("regeln", "## Regeln\n\nJede Stadt hat eine Stimme.\n\nWer fehlt, meldet sich ab.");
	CHECK_STR(text_of(near), S("Wer fehlt, meldet sich ab."));
	edit("regeln", "## Regeln\n\nJede Stadt hat eine Stimme.");
	CHECK_STR(text_of(near), S("Jede Stadt hat eine Stimme."));
	/* What was cut out comes back, and its remark with it. */
	edit("regeln", "## Regeln\n\nJede Stadt hat eine Stimme.\n\n"
		       "Gäste hören zu und stimmen nicht ab.");
	CHECK_STR(text_of("SELECT n.state || t.plain FROM anchor n JOIN block_text t ON t.id ="
			  " n.block_text_id WHERE n.revision_id = 90"),
		  S("exactGäste hören zu und stimmen nicht ab."));
	CHECK_INT(count_of("SELECT near_id IS NULL FROM anchor WHERE revision_id = 90"), 1);
}

static void split(void)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Zum Ganzen."));
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Zum Ende.", .quote = "noch einmal ja"));
	edit("einstieg", "## Einstieg\n\nErster Absatz mit Worten.\n\nJa und noch einmal ja.\n\n"
			 "- eins\n- zwei");
	enforce();
}

TEST(paragraph_split_shows_its_remark_on_both_parts)
{
	split();
	struct answer a = get_as(DORA, "/handbuch/einstieg");
	CHECK_INT(times(&a, "hs-zeilen\">Zum Ganzen."), 2);
	CHECK_INT(times(&a, "hs-zeilen\">Zum Ende."), 1);
	CHECK_INT(times(&a, "Automatisch zugeordnet, bitte prüfen."), 3);
	CHECK_INT(times(&a, "id=\"r-1\""), 1);
	CHECK_STR(text_of("SELECT t.plain FROM anchor n JOIN block_text t ON t.id = n.block_text_id"
			  " WHERE n.feedback_id = 2 AND n.first = 0"),
		  S("Ja und noch einmal ja."));
}

static struct str place_form(const char *part, const char *button, const char *number)
{
	struct str state = text_of(arena_fmt(test_arena,
					     "SELECT block_text_id || '' FROM anchor WHERE first ="
					     " 0 AND feedback_id = 1 AND part = %s",
					     part)
				       .p);

	return FORM(FIELD("fassung-nr", "2"), FIELD_STR("teil", str_of(part)),
		    FIELD_STR("stand", state), ((struct test_field){str_of(button), S("1")}),
		    FIELD_STR("nummer", str_of(number)));
}

#define PLACE "/feedback/1/zuordnung"

TEST(an_editor_says_that_a_place_is_right_or_not)
{
	split();
	struct answer a = get_as(JULE, "/feedback/1");
	CHECK(!shows(&a, "Zuordnung stimmt"));
	a = get_as(ANNA, "/feedback/1");
	CHECK_INT(times(&a, "Zuordnung stimmt"), 2);
	CHECK_INT(times(&a, "Gehört nicht hierher"), 2);
	CHECK_INT(post_as(JULE, PLACE, place_form("1", "stimmt", "")).status, 403);
	CHECK_INT(post_as(ANNA, PLACE, place_form("1", "stimmt", "")).status, 303);
	struct str old = place_form("2", "weg", "");
	CHECK_INT(post_as(ANNA, PLACE, old).status, 303);
	a = post_as(ANNA, PLACE, old);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Noch nichts gespeichert"));
	a = get_as(DORA, "/handbuch/einstieg");
	CHECK_INT(times(&a, "hs-zeilen\">Zum Ganzen."), 1);
	CHECK_INT(times(&a, "Automatisch zugeordnet"), 1);
	/* the last place is not taken away */
	CHECK_INT(post_as(ANNA, PLACE, place_form("1", "weg", "")).status, 409);
	a = get_as(ANNA, "/feedback/1");
	CHECK(shows(&a, "zugeordnet von Anna") && !shows(&a, "Zuordnung stimmt"));
}

TEST(an_editor_gives_a_remark_to_another_block)
{
	split();
	struct answer a;
	struct str to =
	    text_of("SELECT rb.number FROM revision_block rb JOIN block_text t ON t.id ="
		    " rb.block_text_id WHERE rb.revision_id = 2 AND t.plain GLOB"
		    " 'Jede*'");
	struct str state = text_of("SELECT block_text_id || '' FROM anchor WHERE first = 0 AND"
				   " feedback_id = 1 AND part = 1");
	CHECK(to.n > 0);
	a = post_as(ANNA, PLACE,
		    FORM(FIELD("fassung-nr", "2"), FIELD("teil", "1"), FIELD_STR("stand", state),
			 FIELD("nummer", "77.7")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "value=\"77.7\"") && shows(&a, "Wähle den Absatz, zu dem"));
	a = post_as(ANNA, PLACE,
		    FORM(FIELD("fassung-nr", "2"), FIELD("teil", "1"), FIELD_STR("stand", state),
			 FIELD_STR("nummer", to)));
	CHECK_INT(a.status, 303);
	a = get_as(DORA, "/handbuch/regeln");
	CHECK(shows(&a, "Zum Ganzen."));
	CHECK_STR(text_of("SELECT state || method || by FROM anchor WHERE part = 1 AND first = 0"
			  " AND feedback_id = 1"),
		  S("changedhand1"));
	/* never the place the author chose */
	state =
	    text_of("SELECT block_text_id || '' FROM anchor WHERE first = 1 AND feedback_id = 1");
	a = post_as(ANNA, PLACE,
		    FORM(FIELD("fassung-nr", "1"), FIELD("teil", "1"), FIELD_STR("stand", state),
			 FIELD("stimmt", "1"), FIELD("nummer", "")));
	CHECK_INT(a.status, 409);
}

TEST(what_lost_all_that_stood_before_it_is_shown_in_its_chapter)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Zum ersten."));
	give(JULE, "Jede", GIVEN(.kind = "hint", .text = "Zur Stimme."));
	edit("einstieg", "## Einstieg\n\nGanz andere Rede.");
	edit("regeln", "## Regeln");
	run_sql("UPDATE anchor SET near_id = NULL WHERE revision_id = " WORKING);
	enforce();
	struct answer a = get_as(DORA, "/handbuch/einstieg");
	CHECK_INT(times(&a, "Zum ersten."), 1);
	CHECK(shows(&a, "Weitere Rückmeldungen zu diesem Kapitel") && !shows(&a, "Zur Stimme."));
	CHECK(shows(&a, "Absatz dazu gibt es nicht mehr. <a href=\"/feedback/1/stelle\">"));
	a = get_as(DORA, "/handbuch/regeln");
	CHECK_INT(times(&a, "Zur Stimme."), 1);
	a = get_as(DORA, "/handbuch");
	CHECK(!shows(&a, "Zum ersten.") && !shows(&a, "außerhalb der Kapitel"));
	/* The chapter is gone as well. */
	run_sql("DELETE FROM revision_section WHERE slug = 'regeln' AND revision_id = (SELECT id"
		" FROM revision WHERE state = 'in_force')");
	a = get_as(DORA, "/handbuch");
	CHECK_INT(times(&a, "Zur Stimme."), 1);
	CHECK(shows(&a, "Rückmeldungen außerhalb der Kapitel"));
	/* The table says so, too. */
	a = get_as(DORA, "/feedback");
	CHECK_INT(times(&a, "<span class=\"hs-leise\">ohne Bezug</span>"), 2);
	a = get_as(DORA, "/feedback?bezug=ohne");
	CHECK_INT(times(&a, "<span class=\"hs-leise\">ohne Bezug</span>"), 2);
}

TEST(narrow_remarks_are_as_narrow_at_the_end_of_the_chapter)
{
	begin();
	give(BEN, "Erster", GIVEN(.kind = "hint", .text = "Unter uns.", .visible = "municipality"));
	edit("einstieg", "## Einstieg\n\nGanz andere Rede.");
	run_sql("UPDATE anchor SET near_id = NULL WHERE revision_id = " WORKING);
	enforce();
	struct answer a = get_as(GRETA, "/handbuch/einstieg");
	CHECK(shows(&a, "Unter uns."));
	a = get_as(ANNA, "/handbuch/einstieg");
	CHECK(!shows(&a, "Unter uns.") && !shows(&a, "Weitere Rückmeldungen"));
}

static struct answer send_to(struct str chosen, const char *typed)
{
	struct str state = text_of("SELECT coalesce(block_text_id, 0) || '' FROM anchor WHERE"
				   " first = 0 AND feedback_id = 1 AND part = 1");

	return post_as(ANNA, PLACE,
		       FORM(FIELD("fassung-nr", "2"), FIELD("teil", "1"), FIELD_STR("stand", state),
			    FIELD_STR("wahl", chosen), FIELD_STR("nummer", str_of(typed))));
}

static const char placed_at[] =
    "SELECT t.plain FROM anchor n JOIN block_text t ON t.id = n.block_text_id"
    " WHERE n.feedback_id = 1 AND n.part = 1 AND n.first = 0";

TEST(a_remark_goes_to_a_block_without_a_number_of_its_own)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Zum Ganzen."));
	edit("einstieg", "## Einstieg\n\nGanz andere Rede.[^a]\n\n- eins\n- zwei\n- zwei und mehr"
			 "\n\n[^a]: Fußnote über Bürger*innen.\n");
	enforce();
	/* One of the items of a list, which share their number. */
	struct answer a = send_to(S(""), "1.2");
	CHECK_INT(a.status, 422);
	CHECK_INT(times(&a, "name=\"wahl\""), 3);
	CHECK(shows(&a, "Das passt auf mehrere") && shows(&a, "value=\"1.2\""));
	CHECK(shows(&a, "1.2: zwei und mehr</label>"));
	struct str id = text_of("SELECT id || '' FROM block_text WHERE plain = 'zwei und mehr'");
	CHECK_INT(send_to(id, "1.2").status, 303);
	CHECK_STR(text_of(placed_at), S("zwei und mehr"));
	CHECK_STR(text_of("SELECT reason FROM handbook_event WHERE action = 'placed'"),
		  S("Absatz 1.2"));
	/* A footnote, by words in another spelling. */
	CHECK_INT(send_to(S(""), "fussnote über bürgerinnen").status, 303);
	CHECK_STR(text_of(placed_at), S("Fußnote über Bürger*innen."));
	a = get_as(ANNA, "/feedback/1");
	CHECK(shows(&a, "Fußnote über Bürger*innen.") && !shows(&a, "Absatz  in"));
	a = get_as(DORA, "/handbuch/einstieg");
	CHECK(shows(&a, "Zum Ganzen.") && !shows(&a, "Weitere Rückmeldungen zu diesem Kapitel"));
	/* The text before the first chapter. */
	CHECK_INT(send_to(S(""), "Probe").status, 303);
	a = get_as(ANNA, "/feedback/1");
	CHECK(shows(&a, "Vorwort</a>") && !shows(&a, "gibt es in der gültigen"));
	/* Nothing fits; nor does a wording of another version, or one by its id alone. */
	a = send_to(S(""), "kommt nicht vor");
	CHECK_INT(a.status, 422);
	CHECK(!shows(&a, "Das passt auf mehrere"));
	id = text_of("SELECT id || '' FROM block_text WHERE plain GLOB 'Erster Absatz*'");
	CHECK_INT(send_to(id, "").status, 422);
	CHECK_INT(send_to(S("x"), "").status, 422);
}

TEST(feedback_finds_its_place_in_the_other_living_versions)
{
	begin();
	edit("einstieg",
	     "## Einstieg\n\nEtwas davor.\n\nErster Absatz mit vielen Worten. Doch: noch"
	     " einmal ja.\n\n- zwei");
	give(JULE, "Erster",
	     GIVEN(.kind = "hint", .text = "Zu den Worten.", .quote = "noch einmal ja"));
	give(JULE, "eins", GIVEN(.kind = "hint", .text = "Zu eins."));
	CHECK_STR(text_of("SELECT n.state || n.method || substr(t.plain, n.start + 1, n.length)"
			  " FROM anchor n JOIN block_text t ON t.id = n.block_text_id"
			  " WHERE n.feedback_id = 1 AND n.revision_id = " WORKING),
		  S("movedquotenoch einmal ja"));
	CHECK_STR(
	    text_of(
		"SELECT n.state || t.plain FROM anchor n JOIN block_text t"
		" ON t.block_id = n.near_id WHERE n.feedback_id = 2 AND n.revision_id = " WORKING
		" ORDER BY t.id DESC LIMIT 1"),
	    S("orphanErster Absatz mit vielen Worten. Doch: noch einmal ja."));
	/* and the other way round: moved to another chapter, then remarked on */
	edit("einstieg", "## Einstieg\n\nEtwas davor.\n\n- zwei");
	edit("regeln",
	     "## Regeln\n\nJede Stadt hat eine Stimme.\n\nErster Absatz mit Worten. Ja und"
	     " noch einmal ja.");
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Noch einer."));
	CHECK_STR(
	    text_of("SELECT state FROM anchor WHERE feedback_id = 3 AND revision_id = " WORKING),
	    S("exact"));
}

TEST(checking_a_place_stands_what_forms_must_stand)
{
	static const char checked[] = "SELECT (SELECT count(*) FROM anchor WHERE by = 1 AND first ="
				      " 0) + (SELECT count(*) FROM handbook_event)";

	split();
	struct str form = place_form("1", "stimmt", "");
	check_refusals(ANNA, PLACE, form, checked);
	check_failures(ANNA, PLACE, form, checked);
}

TESTS_MAIN
