/* lost_test.c -- what becomes of remarks whose block goes: asked on every page that changes the
 * text. */
#include "place_world.h"

#define OUTCOMES                                                                                   \
	"SELECT group_concat(f.number || ' ' || f.state || ' ' || coalesce(f.outcome, '-') || ' '" \
	" || coalesce((SELECT coalesce(t.plain, 'ohne') FROM anchor n LEFT JOIN block_text t"      \
	"   ON t.id = n.block_text_id WHERE n.feedback_id = f.id AND n.part = 1"                   \
	"    AND n.revision_id = " WORKING "), ''), ', ') FROM (SELECT * FROM feedback ORDER BY"   \
	" id) f"

/* F-001 to F-003 on the paragraph, the last one Anna's own. */
static void remarks(void)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Weg damit."));
	give(BEN, "Erster", GIVEN(.kind = "hint", .text = "Gilt auch anderswo."));
	give(ANNA, "Erster", GIVEN(.kind = "hint", .text = "Meine."));
}

static struct str section_form(const char *button)
{
	struct str uid =
	    text_of("SELECT uid FROM revision_section WHERE slug = 'einstieg' LIMIT 1");
	struct answer a =
	    get_as(ANNA, arena_fmt(test_arena, "/handbuch/bearbeiten?abschnitt=%.*s", ARG(uid)).p);
	struct str state = between(&a, "name=\"stand\" value=\"", "\"");

	return arena_fmt(test_arena, "%.*s%s",
			 ARG(FORM(FIELD_STR("abschnitt", uid), FIELD_STR("stand", state),
				  FIELD("text", "## Einstieg\n\n- eins\n- zwei"))),
			 button);
}

/* Settled; to the second block of the section; tried with one's own. */
#define CHOICES "&orte=1&ort-1-1=erledigt&ort-2-1=2&ort-3-1=erledigt&ort-grund=Steht+im+Anhang."
static const char chosen[] = "1 done otherwise ohne, 2 open - eins, 3 open - ohne";

TEST(each_lost_remark_is_settled_moved_or_kept)
{
	remarks();
	struct answer a = post_as(ANNA, "/handbuch/bearbeiten", section_form(""));
	CHECK_INT(a.status, 409);
	CHECK_INT(times(&a, "ohne Bezug behalten"), 3);
	CHECK_INT(times(&a, "mit dieser Änderung erledigt"), 2); /* not one's own */
	CHECK(shows(&a, "gehört zu 2. eins") && shows(&a, "Begründung für alle"));
	CHECK_INT(post_as(ANNA, "/handbuch/bearbeiten", section_form(CHOICES)).status, 303);
	CHECK_STR(text_of(OUTCOMES), str_of(chosen));
	/* Decided like any other: with a reason, a letter, an answer of the author's. */
	CHECK_INT(count_of("SELECT count(*) FROM feedback WHERE reason = 'Steht im Anhang.'"
			   " AND done_in = " WORKING),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 10"), 1);
	CHECK_INT(post_as(JULE, "/feedback/1/reaktion",
			  FORM(FIELD("reaktion", "objected"), FIELD("einwand", "Nein!")))
		      .status,
		  303);
}

TEST(the_preview_keeps_what_was_chosen)
{
	remarks();
	struct answer a = post_as(ANNA, "/handbuch/bearbeiten/vorschau", section_form(CHOICES));
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "value=\"erledigt\" selected") && shows(&a, "value=\"2\" selected"));
	CHECK(shows(&a, "Steht im Anhang.</textarea>"));
}

TEST(without_a_reason_of_ones_own_the_usual_one_is_given)
{
	remarks();
	CHECK_INT(post_as(ANNA, "/handbuch/bearbeiten",
			  section_form("&orte=1&ort-1-1=erledigt&ort-2-1=99&ort-3-1=&ort-grund=+"))
		      .status,
		  303);
	CHECK_STR(text_of("SELECT reason FROM feedback WHERE id = 1"),
		  S("Mit einer Änderung am Text erledigt: Den Absatz gibt es nicht mehr."));
	CHECK_STR(text_of(OUTCOMES), S("1 done otherwise ohne, 2 open - ohne, 3 open - ohne"));
}

static struct str accept_form(const char *more)
{
	struct answer a = get_as(ANNA, "/feedback/4/uebernehmen");

	return arena_fmt(test_arena, "stand=%.*s&version=1%s",
			 ARG(between(&a, "name=\"stand\" value=\"", "\"")), more);
}

static void suggestion_to_delete(void)
{
	remarks();
	give(JULE, "Erster",
	     GIVEN(.kind = "suggestion", .text = "Weg.", .proposal = "Ein Entwurf davon."));
	run_sql("UPDATE suggestion SET op = 'delete', markdown = ''");
}

TEST(taking_over_a_deletion_asks_about_the_other_remarks)
{
	suggestion_to_delete();
	struct answer a = get_as(ANNA, "/feedback/4/uebernehmen");
	CHECK_INT(times(&a, "ohne Bezug behalten"), 3);
	CHECK(shows(&a, "gehört zu 2. eins"));
	a = post_as(ANNA, "/feedback/4/uebernehmen", accept_form(""));
	CHECK_INT(a.status, 409);
	CHECK_INT(count_of("SELECT count(*) FROM feedback WHERE state <> 'open'"), 0);
	CHECK_INT(post_as(ANNA, "/feedback/4/uebernehmen", accept_form(CHOICES)).status, 303);
	CHECK_STR(text_of(OUTCOMES), arena_fmt(test_arena, "%s, 4 done accepted ohne", chosen));
}

static struct str import_form(const char *more)
{
	struct answer a =
	    post_as(ANNA, "/handbuch/import",
		    FORM(FIELD("text", "# Probe\n\n## Einstieg\n\n- eins\n- zwei\n\n## Regeln\n\n"
				       "Jede Stadt hat eine Stimme.\n")));

	CHECK_INT(a.status, 303);
	a = get_as(ANNA, "/handbuch/import/vorschau");
	return arena_fmt(test_arena, "stand=%.*s%s",
			 ARG(between(&a, "name=\"stand\" value=\"", "\"")), more);
}

/* Blocks count from the start of the text there: title, chapter, first item. */
#define IMPORT_CHOICES "&orte=1&ort-1-1=erledigt&ort-2-1=3&ort-3-1="

TEST(an_import_asks_about_the_remarks_it_would_leave_alone)
{
	remarks();
	struct str form = import_form("");
	struct answer a = get_as(ANNA, "/handbuch/import/vorschau");
	CHECK_INT(times(&a, "ohne Bezug behalten"), 3);
	CHECK(shows(&a, "gehört zu 3. eins"));
	a = post_as(ANNA, "/handbuch/import/uebernehmen", form);
	CHECK_INT(a.status, 409);
	CHECK(!shows(&a, "Noch nichts importiert"));
	CHECK_INT(post_as(ANNA, "/handbuch/import/uebernehmen", import_form(IMPORT_CHOICES)).status,
		  303);
	CHECK_STR(text_of(OUTCOMES), str_of(chosen));
}

/* What was chosen before stays chosen, the new one is marked, nothing has happened. */
static void check_asked_again(const struct answer *a)
{
	CHECK_INT(a->status, 409);
	CHECK_INT(times(a, "Inzwischen dazugekommen"), 1);
	CHECK(shows(a, "name=\"ort-5-1\"") && shows(a, "Noch eine dazu."));
	CHECK(shows(a, "value=\"erledigt\" selected") && shows(a, "Steht im Anhang.</textarea>"));
	CHECK_INT(count_of("SELECT count(*) FROM anchor WHERE method = 'hand'"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM feedback WHERE outcome IS NOT NULL"), 0);
}

/* F-005, written while somebody looks at what becomes of the others. */
static void one_more(void)
{
	struct given more = GIVEN(.kind = "hint", .text = "Noch eine dazu.");

	CHECK_INT(give(CEM, "Erster", more).status, 303);
}

TEST(a_remark_that_comes_meanwhile_is_asked_about_before_the_section_is_saved)
{
	remarks();
	give(CEM, "Jede", GIVEN(.kind = "hint", .text = "Anderswo."));
	struct str form = section_form(CHOICES);
	one_more();
	struct answer a = post_as(ANNA, "/handbuch/bearbeiten", form);
	check_asked_again(&a);
	CHECK(shows(&a, "- eins\n- zwei</textarea>"));
	CHECK(!shows(&a, "Noch nichts gespeichert")); /* nobody changed the text */
	a = post_as(ANNA, "/handbuch/bearbeiten", section_form(CHOICES "&ort-5-1=2"));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of(OUTCOMES),
		  arena_fmt(test_arena, "%s, 4 open - Jede Stadt hat eine Stimme., 5 open - eins",
			    chosen));
}

TEST(a_remark_that_goes_meanwhile_is_no_reason_to_ask_again)
{
	remarks();
	struct str form = section_form(CHOICES);
	run_sql("UPDATE feedback SET state = 'withdrawn' WHERE id = 2");
	CHECK_INT(post_as(ANNA, "/handbuch/bearbeiten", form).status, 303);
}

TEST(a_suggestion_and_an_import_ask_again_as_well)
{
	suggestion_to_delete();
	struct str form = accept_form(CHOICES);
	one_more();
	struct answer a = post_as(ANNA, "/feedback/4/uebernehmen", form);
	check_asked_again(&a);
	CHECK_INT(post_as(ANNA, "/feedback/4/uebernehmen", accept_form(CHOICES "&ort-5-1=")).status,
		  303);
	remarks();
	give(CEM, "Jede", GIVEN(.kind = "hint", .text = "Anderswo."));
	form = import_form(IMPORT_CHOICES "&ort-grund=Steht+im+Anhang.");
	one_more();
	a = post_as(ANNA, "/handbuch/import/uebernehmen", form);
	check_asked_again(&a);
	CHECK(!shows(&a, "Noch nichts importiert"));
	form = import_form(IMPORT_CHOICES "&ort-5-1=3");
	CHECK_INT(post_as(ANNA, "/handbuch/import/uebernehmen", form).status, 303);
}

TEST(choices_are_made_as_a_whole_or_not_at_all)
{
	static const char everything[] =
	    "SELECT (SELECT count(*) FROM block_text) + (SELECT count(*) FROM handbook_event)"
	    " + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM anchor WHERE method = 'hand')"
	    " + (SELECT count(*) FROM feedback WHERE state = 'done')"
	    " + (SELECT sum(pos * block_text_id) FROM revision_block)";

	remarks();
	check_once(ANNA, "/handbuch/bearbeiten", section_form(CHOICES), everything);
	remarks();
	check_failures(ANNA, "/handbuch/bearbeiten", section_form(CHOICES), everything);
	suggestion_to_delete();
	check_failures(ANNA, "/feedback/4/uebernehmen", accept_form(CHOICES), everything);
	remarks();
	check_failures(ANNA, "/handbuch/import/uebernehmen", import_form(IMPORT_CHOICES),
		       everything);
}

TESTS_MAIN
