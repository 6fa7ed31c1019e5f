/* second_meeting_test.c -- what failed for lack of quorum may be decided by any number, if the
 * letters said so. */
#include "meeting_world.h"

#define INVITE M1 "/einladen"
#define NEW M1 "/punkte/neu"
#define SAYS "In dieser Sitzung wird beschlossen, gleich wie viele vertreten sind."
#define TOLD "SELECT count(*) FROM agenda_entry WHERE second_told_at IS NOT NULL"

static int64_t letters_that_say(const char *path)
{
	return count_of(arena_cstr(
	    test_arena, arena_fmt(test_arena,
				  "SELECT count(*) FROM outbox WHERE dedupe LIKE 'meeting/1/%s/%%'"
				  " AND instr(body, '" SAYS "') > 0",
				  path)));
}

TEST(the_invitation_says_that_any_number_decides_this_time)
{
	meeting_world("draft");
	run_sql("UPDATE decision SET second_meeting = 1");
	struct answer a = get_as(ANNA, INVITE);
	CHECK(shows(&a, "schon einmal ohne Beschlussfähigkeit abgestimmt wurde: 1."));
	CHECK_INT(post_as(ANNA, INVITE, FORM(MEETING_VERSION)).status, 303);
	CHECK_INT(letters_that_say("invite"), 7);
	CHECK_INT(count_of(TOLD), 1);
	a = get_as(DORA, M1);
	CHECK(shows(&a, "zweite Sitzung: beschlussfähig mit jeder Zahl"));
}

TEST(a_first_meeting_says_nothing_of_that)
{
	meeting_world("draft");
	struct answer a = get_as(ANNA, INVITE);
	CHECK(!shows(&a, "ohne Beschlussfähigkeit"));
	CHECK_INT(post_as(ANNA, INVITE, FORM(MEETING_VERSION)).status, 303);
	CHECK_INT(letters_that_say("invite"), 0);
	CHECK_INT(count_of(TOLD), 0);
}

static struct str new_point(const char *kind, const char *decision, const char *title)
{
	return FORM(FIELD_STR("art", str_of(kind)), FIELD_STR("vorlage", str_of(decision)),
		    FIELD_STR("thema", str_of(title)), FIELD("wer", "4"), FIELD("minuten", "15"),
		    FIELD("vertraulich", ""), MEETING_VERSION);
}

static void invited_without_the_decision(void)
{
	meeting_world("invited");
	run_sql("DELETE FROM agenda_entry WHERE id = 1;"
		"UPDATE decision SET state = 'published', second_meeting = 1");
}

TEST(a_decision_added_after_the_invitation_is_told_to_everybody_who_comes)
{
	static const char letters[] =
	    "SELECT count(*) FROM outbox WHERE dedupe LIKE 'meeting/1/added/%'";

	invited_without_the_decision();
	check_once(ANNA, NEW, new_point("decision", "1", ""), letters);
	/* Six seats, who presents it, and its author. */
	CHECK_INT(count_of(letters), 8);
	CHECK_INT(letters_that_say("added"), 8);
	CHECK_INT(count_of(TOLD), 1);
	CHECK_STR(text_of("SELECT subject FROM outbox WHERE person_id = 10"),
		  S("Steuerungskreis 1/2026: neuer Punkt"));
	struct str body = text_of("SELECT body FROM outbox WHERE person_id = 4");
	CHECK(str_find(body, S("2. Verzeichnis für alle (Entscheidung)")) < body.n);
	/* Other points are no news. */
	CHECK_INT(post_as(ANNA, NEW, new_point("information", "", "Stand")).status, 303);
	CHECK_INT(count_of(letters), 8);
}

TEST(adding_and_telling_fail_whole)
{
	invited_without_the_decision();
	check_failures(
	    ANNA, NEW, new_point("decision", "1", ""),
	    "SELECT (SELECT count(*) FROM outbox) + (SELECT count(*) FROM agenda_entry)");
}

/* Two of four are there. */
static struct answer opens_with_two(const char *told)
{
	meeting_world("running");
	HERE(IVO, JULE, BEN);
	run_sql("UPDATE decision SET state = 'called', second_meeting = 1;"
		"UPDATE agenda_entry SET started_at = 1795165200 WHERE id = 1");
	run_sql(arena_cstr(test_arena,
			   arena_fmt(test_arena,
				     "UPDATE agenda_entry SET second_told_at = %s WHERE id = 1",
				     told)));
	return post_as(IVO, DECISION_1_PAGE "/abstimmung",
		       FORM(version_of("decision WHERE id = 1"), FIELD("art", "resolution"),
			    FIELD("befangenheit", "gefragt")));
}

TEST(without_the_word_in_the_invitation_the_usual_quorum_holds)
{
	struct answer a = opens_with_two("NULL");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "gerade nicht beschlussfähig"));
	a = get_as(IVO, M1 "/leitung");
	CHECK(shows(&a, "Nicht beschlussfähig: 2 von 4"));
	CHECK_INT(opens_with_two("1795000000").status, 303);
	CHECK_INT(count_of("SELECT second_meeting FROM poll"), 1);
	a = get_as(IVO, M1 "/leitung");
	CHECK(shows(&a, "Beschlussfähig: 2 von 4 vertreten, nötig 1"));
}

TESTS_MAIN
