/* rules_test.c -- the committee's own rules. */
#include "meeting_world.h"

#define SHOW "/sitzungen/regeln"
#define SET SHOW "/aendern"
#define CAP_2 "SELECT count(*) FROM committee_rules WHERE proxy_cap = 2"

static struct str rules(const char *cap, const char *weight, const char *reason)
{
	return FORM(FIELD("modus", "weighted"), FIELD("sitze", "speaker"), FIELD("personen", "2"),
		    FIELD("stichentscheid", "1"), FIELD("tage", "6"), FIELD("volle-tage", "1"),
		    FIELD("dringlich-a", "2"), FIELD("dringlich-b", "3"),
		    FIELD_STR("vollmachten", str_of(cap)), FIELD("umlauf", "7"),
		    FIELD_STR("gewicht-1", str_of(weight)), FIELD("gewicht-2", "1"),
		    FIELD("gewicht-3", "1"), FIELD("gewicht-4", "1"),
		    FIELD_STR("grund", str_of(reason)), version_of("committee_rules"));
}

TEST(everybody_reads_the_rules_in_plain_words)
{
	meeting_world("draft");
	struct answer a = get_as(DORA, SHOW);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Jede Kommune hat eine Stimme."));
	CHECK(shows(&a, "Bei gleich vielen Ja und Nein ist abgelehnt."));
	CHECK(shows(&a, "5 Kalendertage vor der Sitzung"));
	CHECK(!shows(&a, "Regeln ändern"));
	CHECK_INT(get_as(DORA, SET).status, 403);
	CHECK_INT(get_as(ANNA, SET).status, 403);
}

TEST(the_chair_changes_them_with_a_reason)
{
	meeting_world("draft");
	CHECK_INT(get_as(IVO, SET).status, 200);
	struct answer a = post_as(IVO, SET, rules("2", "3", ""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "name=\"gewicht-1\" type=\"text\" value=\"3\""));
	CHECK_INT(count_of(CAP_2), 0);
	check_refusals(IVO, SET, rules("2", "3", "Beschluss."), CAP_2);
	check_failures(IVO, SET, rules("2", "3", "Beschluss vom Mai."), CAP_2);
	CHECK_INT(count_of("SELECT weight FROM unit_weight WHERE municipality_id = 1"), 3);
	CHECK_INT(count_of("SELECT count(*) FROM steering_event WHERE object = 'rules'"), 1);
	a = get_as(DORA, SHOW);
	CHECK(shows(&a, "Bei gleich vielen Ja und Nein entscheidet die Stimme der Moderation."));
	CHECK(shows(&a, "mit mindestens 2/3 der vertretenen Kommunen"));
	CHECK(shows(&a, "Beschluss vom Mai."));
	/* A setting that moves deadlines moves those of the planned meetings. */
	a = get_as(DORA, M1);
	CHECK(shows(&a, "Vorlagen bis 13.11.2026"));
}

TEST(what_is_no_rule_is_refused)
{
	meeting_world("draft");
	CHECK_INT(post_as(IVO, SET, rules("4", "1", "Grund")).status, 422);
	CHECK_INT(post_as(IVO, SET, rules("2", "0", "Grund")).status, 422);
	CHECK_INT(post_as(IVO, SET, rules("2", "viele", "Grund")).status, 422);
	CHECK_INT(count_of(CAP_2), 0);
}

TEST(two_who_change_them_at_once_see_both)
{
	meeting_world("draft");
	struct str old = rules("2", "1", "Zuerst.");
	CHECK_INT(post_as(IVO, SET, rules("3", "1", "Schneller.")).status, 303);
	struct answer a = post_as(IVO, SET, old);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Fremde Vollmachten"));
	CHECK(shows(&a, "Zuerst."));
}

TEST(while_somebody_votes_the_rules_stay)
{
	meeting_world("running");
	run_sql("INSERT INTO poll (id, decision_id, version, version_hash, kind, meeting_id,"
		" agenda_entry_id, majority, mode, seat_rule, min_yes, min_persons, casting_vote,"
		" second_meeting, absent_counts, quorum_by_weight, opened_by, opened_at) VALUES"
		" (1, 1, 2, '2222222222222222222222222222222222222222222222222222222222222222',"
		" 'resolution', 1, 1, 'simple', 'heads', 'speaker', 0, 2, 0, 0, 0, 0, 9, 1)");
	struct answer a = post_as(IVO, SET, rules("2", "1", "Schnell noch."));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Gerade wird abgestimmt"));
	CHECK(shows(&a, "Schnell noch."));
	CHECK_INT(count_of(CAP_2), 0);
}

TESTS_MAIN
