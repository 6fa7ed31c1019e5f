/* worked_in_test.c -- which version has what a remark asked for, from the working copy on. */
#include "committee_adopts.h"
#include "feedback_world.h"

#define STATE "SELECT state FROM feedback WHERE id = 1"
#define DONE_IN                                                                                    \
	"SELECT coalesce(r.state, '') FROM feedback f LEFT JOIN revision r ON r.id = f.done_in"

static struct str id_of(const char *state)
{
	return text_of(
	    arena_fmt(test_arena, "SELECT CAST(id AS TEXT) FROM revision WHERE state = '%s'", state)
		.p);
}

static struct str mark(const char *state, const char *version)
{
	return FORM(FIELD_STR("version", str_of(version)),
		    FIELD_STR("eingearbeitet", id_of(state)));
}

static void decided(const char *outcome)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Kürzer, bitte."));
	post_as(ANNA, "/feedback/1/entscheidung", decision(outcome, "Machen wir.", "1"));
	run_sql("DELETE FROM outbox");
}

/* Something must have changed before a version can be proposed. */
static void propose(void)
{
	run_sql("DELETE FROM revision_block WHERE revision_id ="
		" (SELECT id FROM revision WHERE state = 'working') AND pos ="
		" (SELECT max(pos) FROM revision_block)");
	CHECK_INT(post_as(ANNA, "/handbuch/fassungen",
			  FORM(FIELD("art", "content"), FIELD("anlass", "Neues")))
		      .status,
		  303);
}

TEST(the_mark_goes_along_when_the_working_copy_is_frozen)
{
	decided("accepted");
	struct answer a = get_as(ANNA, "/feedback/1");
	CHECK(shows(&a, "Steht es im Text?") && shows(&a, ">Arbeitsfassung</option>") &&
	      shows(&a, ">1.0 (gültig)</option>"));
	CHECK_INT(post_as(ANNA, "/feedback/1/einarbeitung", mark("working", "2")).status, 303);
	CHECK_STR(text_of(STATE), S("done"));
	a = get_as(JULE, "/feedback/1");
	CHECK(shows(&a, "Eingearbeitet in: nächste Fassung"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 0);
	propose();
	CHECK_STR(text_of(DONE_IN), S("proposed"));
	CHECK_STR(text_of("SELECT subject FROM outbox WHERE person_id = 10"),
		  S("Deine Rückmeldung F-001: eingearbeitet in Fassung 2.0, Entwurf 1"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE body LIKE"
			   " '%/handbuch/vergleich?bis=2-0-entwurf-1%'"),
		  1);
	a = get_as(JULE, "/feedback/1");
	CHECK(shows(&a, "Eingearbeitet in: 2.0, Entwurf 1"));
	CHECK(shows(&a, "als eingearbeitet vermerkt von Anna"));
	/* Nobody is told twice when it comes into force. */
	struct str address =
	    arena_fmt(test_arena, "/handbuch/fassungen/%.*s/beschluss", ARG(id_of("proposed")));
	committee_adopts();
	CHECK_INT(post_as(HEIDI, arena_cstr(test_arena, address), S("")).status, 303);
	CHECK_STR(text_of(DONE_IN), S("in_force"));
	a = get_as(JULE, "/feedback/1");
	CHECK(shows(&a, "Eingearbeitet in: 2.0<"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE topic = 'feedback'"), 1);
}

TEST(an_earlier_draft_gives_way_to_the_version_in_force)
{
	decided("accepted");
	run_sql("INSERT INTO revision (id, document_id, major, minor, draft, state, change,"
		" created_at) VALUES (3, 1, 2, 0, 1, 'reworking', 'content', 1)");
	CHECK_INT(post_as(ANNA, "/feedback/1/einarbeitung", mark("reworking", "2")).status, 303);
	propose();
	struct str address =
	    arena_fmt(test_arena, "/handbuch/fassungen/%.*s/beschluss", ARG(id_of("proposed")));
	committee_adopts();
	post_as(HEIDI, arena_cstr(test_arena, address), S(""));
	CHECK_STR(text_of(DONE_IN), S("in_force"));
}

TEST(a_version_that_is_dropped_gives_the_mark_back)
{
	decided("partly");
	post_as(ANNA, "/feedback/1/einarbeitung", mark("working", "2"));
	propose();
	struct str address =
	    arena_fmt(test_arena, "/handbuch/fassungen/%.*s/verwerfen", ARG(id_of("proposed")));
	CHECK_INT(
	    post_as(ANNA, arena_cstr(test_arena, address), FORM(FIELD("grund", "Fehler."))).status,
	    303);
	CHECK_STR(text_of(DONE_IN), S("working"));
	CHECK_STR(text_of(STATE), S("done"));
}

TEST(only_what_changes_the_text_is_worked_in)
{
	decided("rejected");
	struct answer a = post_as(ANNA, "/feedback/1/einarbeitung", mark("working", "2"));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Nach der Entscheidung ändert sie nichts am Text."));
	a = get_as(ANNA, "/feedback/1");
	CHECK(!shows(&a, "Steht es im Text?") && shows(&a, ">Abschließen<"));
	CHECK_INT(post_as(ANNA, "/feedback/1/abschluss", FORM(FIELD("version", "1"))).status, 409);
	CHECK_INT(post_as(ANNA, "/feedback/1/abschluss", FORM(FIELD("version", "2"))).status, 303);
	CHECK_STR(text_of(STATE), S("closed"));
	/* The author may still object: closing is no answer to that. */
	CHECK_INT(post_as(JULE, "/feedback/1/reaktion",
			  FORM(FIELD("reaktion", "objected"), FIELD("einwand", "Doch.")))
		      .status,
		  303);
}

TEST(what_is_accepted_is_worked_in_before_it_is_closed)
{
	decided("accepted");
	struct answer a = post_as(ANNA, "/feedback/1/abschluss", FORM(FIELD("version", "2")));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "noch nicht eingearbeitet"));
	a = post_as(ANNA, "/feedback/1/einarbeitung",
		    FORM(FIELD("version", "2"), FIELD("eingearbeitet", "99")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"eingearbeitet-fehler\""));
	CHECK_INT(post_as(ANNA, "/feedback/1/einarbeitung", mark("in_force", "2")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE subject LIKE '%Fassung 1.0'"), 1);
	CHECK_INT(post_as(ANNA, "/feedback/1/abschluss", FORM(FIELD("version", "3"))).status, 303);
	CHECK_STR(text_of(STATE), S("closed"));
	CHECK_STR(text_of(DONE_IN), S("in_force"));
	/* Opened again, it is in no version any more. */
	post_as(ANNA, "/feedback/1/oeffnen", FORM(FIELD("warum", "Doch nicht.")));
	CHECK_STR(text_of(DONE_IN), S(""));
}

TEST(nobody_works_on_remarks_of_their_own)
{
	begin();
	give(ANNA, "Erster", GIVEN(.kind = "hint", .text = "Meins."));
	run_sql("UPDATE feedback SET state = 'decided', outcome = 'accepted', decided_at = 1");
	static const char *const steps[] = {"/feedback/1/einarbeitung", "/feedback/1/abschluss",
					    "/feedback/1/zuweisung"};
	struct str forms[] = {mark("working", "1"), FORM(FIELD("version", "1")),
			      FORM(FIELD("version", "1"), FIELD("person", "1"))};
	for (size_t i = 0; i < 3; i++) {
		struct answer a = post_as(ANNA, steps[i], forms[i]);
		CHECK_INT(a.status, 409);
		CHECK(shows(&a, "Sie ist von dir."));
	}
	struct answer a = get_as(ANNA, "/feedback/1");
	CHECK(!shows(&a, "Steht es im Text?") && !shows(&a, ">Zuweisen<"));
}

TEST(somebody_is_given_the_work)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Hinweis."));
	CHECK_INT(post_as(ANNA, "/feedback/1/zuweisung",
			  FORM(FIELD("version", "1"), FIELD("person", "2")))
		      .status,
		  422);
	CHECK_INT(post_as(ANNA, "/feedback/1/zuweisung",
			  FORM(FIELD("version", "1"), FIELD("person", "1")))
		      .status,
		  303);
	struct answer a = post_as(ANNA, "/feedback/1/zuweisung",
				  FORM(FIELD("version", "2"), FIELD("person", "1")));
	CHECK(a.status == 409 && shows(&a, "Es ist schon so."));
	a = get_as(DORA, "/feedback/1");
	CHECK(shows(&a, "zuständig: Anna"));
}

TEST(the_forms_stand_what_forms_must_stand)
{
	static const char done[] = "SELECT count(*) FROM feedback WHERE state = 'done'",
			  closed[] = "SELECT count(*) FROM feedback WHERE state = 'closed'",
			  given[] = "SELECT count(*) FROM feedback WHERE assignee_id > 0";

	decided("accepted");
	struct str form = FORM(FIELD("version", "2"), FIELD("person", "1"));
	check_refusals(ANNA, "/feedback/1/zuweisung", form, given);
	check_failures(ANNA, "/feedback/1/zuweisung", form, given);
	form = mark("in_force", "3");
	check_refusals(ANNA, "/feedback/1/einarbeitung", form, done);
	check_failures(ANNA, "/feedback/1/einarbeitung", form, done);
	form = FORM(FIELD("version", "4"));
	check_refusals(ANNA, "/feedback/1/abschluss", form, closed);
	check_failures(ANNA, "/feedback/1/abschluss", form, closed);
}

TESTS_MAIN
