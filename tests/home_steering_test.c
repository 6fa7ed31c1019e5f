/* home_steering_test.c -- what waits for people in the steering committee, on the start page. */
#include "poll_world.h"

#define STARTS "href=\"/entscheidungen/2026-1/abstimmung\""

static bool sees(int64_t person, const char *words)
{
	struct answer a = get_as(person, "/");

	CHECK_INT(a.status, 200);
	return shows(&a, words);
}

TEST(a_vote_waits_for_those_who_can_cast_until_they_have)
{
	poll_world();
	comes(KIM, LINDHEIM, "deputy");
	CHECK(!sees(JULE, STARTS));
	OPENS();
	CHECK(sees(JULE, STARTS) && sees(GRETA, STARTS) && sees(GRETA, ">heute<"));
	CHECK(!sees(KIM, STARTS));  /* the holder is there */
	CHECK(!sees(CEM, STARTS));  /* is not there */
	CHECK(!sees(DORA, STARTS)); /* has no seat */
	is_recused(GRETA, AUENTAL, 1);
	CHECK(!sees(GRETA, STARTS));
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CHECK(!sees(JULE, STARTS) && sees(IVO, STARTS));
	leaves(IVO, SEEFELD, "holder");
	CHECK(!sees(IVO, STARTS));
	comes(IVO, SEEFELD, "holder");
	CLOSES();
	CHECK(!sees(HEIDI, STARTS));
}

TEST(a_proxy_waits_for_the_vote_of_the_other_municipality)
{
	poll_empty_world("called", IN_TIME);
	comes(JULE, LINDHEIM, "holder");
	comes(GRETA, AUENTAL, "holder");
	comes(IVO, SEEFELD, "holder");
	grants(HEIDI, BERGSTEDT, GRETA);
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CHECK(sees(GRETA, STARTS));
	revokes(BERGSTEDT);
	CHECK(!sees(GRETA, STARTS));
}

TEST(a_proxy_of_somebody_recused_waits_for_nobody)
{
	poll_empty_world("called", IN_TIME);
	comes(CEM, BERGSTEDT, "deputy");
	comes(GRETA, AUENTAL, "holder");
	comes(IVO, SEEFELD, "holder");
	grants(JULE, LINDHEIM, GRETA);
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CHECK(sees(GRETA, STARTS));
	CHECK_INT(votes(GRETA, LINDHEIM, "yes"), 303);
	CHECK(!sees(GRETA, STARTS));
	/* The vote for her is void; the deputy who came has to speak. */
	comes(KIM, LINDHEIM, "deputy");
	CHECK(!sees(KIM, STARTS));
	is_recused(JULE, LINDHEIM, 1);
	CHECK(!sees(GRETA, STARTS) && sees(KIM, STARTS));
}

TEST(a_circular_waits_with_its_day)
{
	poll_empty_world("published", IN_TIME);
	CHECK_INT(post_as(ANNA, CIRCULAR,
			  FORM(FIELD_STR("version", DECISION_VERSION), FIELD("bis", "30.11.2026")))
		      .status,
		  303);
	CHECK(sees(KIM, "bis 30.\u00a0November 2026") && sees(KIM, "noch 10 Tage"));
	CHECK(sees(JULE, STARTS));
	CHECK_INT(votes(KIM, LINDHEIM, "yes"), 303);
	CHECK(!sees(JULE, STARTS) && sees(CEM, STARTS));
	clock_set(1796079600);
	run_sql("UPDATE session SET last_at = last_at + 3000000, ends_at = ends_at + 30000000"
		" WHERE ends_at < 1800000000");
	CHECK(!sees(CEM, STARTS));
}

static void invited(void)
{
	steering_world();
	run_sql("INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot,"
		" place, answer_by, uid, invited_at, created_by, created_at) VALUES (1, 2026, 4,"
		" 'invited', '2026-12-10', 600, 1796893200, 60, 'Rathaus Seefeld', '2026-12-07',"
		" 'x', 1795000000, 1, 1)");
}

TEST(an_invitation_waits_for_an_answer_and_a_proxy)
{
	invited();
	CHECK(sees(JULE, "Sag, ob deine Kommune kommt") && sees(KIM, "Antwort bis 7."));
	CHECK(!sees(DORA, "Sag, ob") && sees(DORA, "datetime=\"2026-12-10\"") &&
	      sees(DORA, "<span>Dez</span><span>10</span>"));
	CHECK(sees(DORA, "10:00&nbsp;Uhr") && sees(DORA, "0 Punkte auf der Tagesordnung"));
	CHECK(sees(DORA, "Steuerungskreis 4/2026") && sees(DORA, "Rathaus Seefeld"));
	run_sql("INSERT INTO meeting_answer (meeting_id, municipality_id, at, answer, person_id)"
		" VALUES (1, 1, 1795100000, 'proxy', 10), (1, 2, 1795100000, 'room', 7)");
	CHECK(!sees(GRETA, "Sag, ob") && !sees(KIM, "Sag, ob"));
	CHECK(sees(KIM, "Benenne, wer deine Kommune vertritt"));
	run_sql("INSERT INTO proxy (meeting_id, municipality_id, principal_id, proxy_id,"
		" granted_at) VALUES (1, 1, 10, 7, 1795100001)");
	CHECK(!sees(KIM, "Benenne, wer"));
	/* Moved: everybody answers anew. */
	run_sql(
	    "INSERT INTO meeting_date (meeting_id, sequence, day, start_minute, moved_at,"
	    " moved_by, reason) VALUES (1, 0, '2026-12-09', 600, 1795150000, 1, 'Saal belegt')");
	CHECK(sees(GRETA, "Sag, ob") && sees(KIM, "Sag, ob"));
	run_sql("UPDATE meeting SET state = 'running'");
	CHECK(!sees(GRETA, "Sag, ob") && sees(GRETA, "läuft gerade"));
}

TEST(templates_wait_for_their_author_and_then_for_the_office)
{
	invited();
	run_sql("UPDATE decision SET state = 'draft'");
	/* Five days before the tenth. */
	CHECK(sees(BEN, "Vorlage fertig schreiben: Verzeichnis für alle"));
	CHECK(sees(BEN, "bis 5.\u00a0Dezember 2026") && !sees(ANNA, "Vorlage fertig schreiben"));
	run_sql("UPDATE decision SET state = 'review'");
	CHECK(!sees(BEN, "Vorlage fertig") && sees(ANNA, "Vorlage prüfen: Verzeichnis für alle"));
	CHECK(!sees(JULE, "Vorlage prüfen"));
	/* The deadline of this meeting has passed, and there is none after it. */
	run_sql("UPDATE meeting SET day = '2026-11-22'");
	CHECK(sees(ANNA, "Vorlage prüfen") && !sees(ANNA, "für die nächste Sitzung bis"));
	run_sql("UPDATE meeting SET day = '2026-11-26'; UPDATE committee_rules SET clear_days = 1");
	CHECK(sees(ANNA, "für die nächste Sitzung bis 20."));
}

TEST(a_resolution_waits_for_its_responsible_person_unless_it_is_green)
{
	steering_world();
	run_sql("UPDATE decision SET state = 'in_follow_up';"
		"INSERT INTO follow_up (decision_id, year, number, responsible_id, due_on)"
		" VALUES (1, 2026, 7, 2, '2026-11-19')");
	CHECK(sees(BEN, "Umsetzung: Verzeichnis für alle") && sees(BEN, "Frist vorbei"));
	CHECK(sees(BEN, "seit 1 Tag überfällig") && !sees(ANNA, "Umsetzung: "));
	run_sql("INSERT INTO follow_up_report (decision_id, light, text, light_reason, by, at)"
		" VALUES (1, 'green', 'Gut.', 'Verlegt.', 2, 1795100000)");
	CHECK(!sees(BEN, "Umsetzung: "));
}

TEST(the_number_in_the_navigation_counts_them)
{
	invited();
	struct answer a = get_as(JULE, "/");
	CHECK(shows(&a, "Eine Sache wartet auf dich."));
	a = get_as(JULE, "/hilfe");
	CHECK(shows(&a, "class=\"hs-plakette\">1<"));
}

TESTS_MAIN
