/* member_vote_test.c -- votes in which each person with a seat is a unit of her own: from the rule
 * to the register. */
#include "poll_world.h"
#include "register_forger.h"

#define RULES "/sitzungen/regeln"

static void members_vote(void)
{
	run_sql("UPDATE committee_rules SET mode = 'member'");
}

/* In the order of the roll: Greta (Auental), Heidi and Cem (Bergstedt), Jule and Kim (Lindheim),
 * Ivo (Seefeld). */
enum { U_GRETA = 1, U_HEIDI, U_CEM, U_JULE, U_KIM, U_IVO };

static void member_world(void)
{
	poll_world();
	members_vote();
	comes(KIM, LINDHEIM, "deputy");
	comes(CEM, BERGSTEDT, "deputy");
}

static struct str mode_form(const char *mode)
{
	return FORM(FIELD_STR("modus", str_of(mode)), FIELD("sitze", "speaker"),
		    FIELD("personen", "2"), FIELD("tage", "5"), FIELD("dringlich-a", "0"),
		    FIELD("dringlich-b", "1"), FIELD("vollmachten", "1"), FIELD("umlauf", "5"),
		    FIELD("gewicht-1", "1"), FIELD("gewicht-2", "1"), FIELD("gewicht-3", "1"),
		    FIELD("gewicht-4", "1"), FIELD("grund", "Beschluss vom Mai."),
		    FIELD_STR("version", number_of("SELECT row_version FROM committee_rules")));
}

TEST(the_rule_can_be_set_and_is_explained)
{
	steering_world();
	CHECK_INT(post_as(IVO, RULES "/aendern", mode_form("member")).status, 303);
	CHECK_STR(text_of("SELECT mode FROM committee_rules"), S("member"));
	struct answer a = get_as(DORA, RULES);
	CHECK(shows(&a, "Jede Person mit einem Sitz hat eine Stimme"));
	CHECK(!shows(&a, "Stimmen der Kommunen") && !shows(&a, "Für jede Kommune stimmt"));
	a = get_as(IVO, RULES "/aendern");
	CHECK(shows(&a, "value=\"member\" checked"));
}

TEST(each_member_has_a_vote_of_its_own)
{
	member_world();
	OPENS();
	CHECK_INT(count_of("SELECT count(*) FROM poll_unit"), 6);
	CHECK_STR(text_of("SELECT group_concat(name, ', ') FROM poll_unit"),
		  S("Auental 1, Bergstedt 1, Bergstedt 2, Lindheim 1, Lindheim 2, Seefeld 1"));
	struct answer a = get_as(KIM, POLL);
	CHECK(shows(&a, "stimme-5") && shows(&a, "0 von 6"));
	CHECK(shows(&a, "Vertreten sind 6 von 6 Mitgliedern"));
	CHECK_INT(votes(JULE, U_JULE, "yes"), 303);
	CHECK_INT(votes(KIM, U_KIM, "no"), 303); /* beside the holder */
	CHECK_INT(votes(KIM, U_JULE, "no"), 422);
	CHECK_INT(votes(HEIDI, U_HEIDI, "yes"), 303);
	CHECK_INT(votes(CEM, U_CEM, "abstained"), 303);
	CHECK_INT(votes(GRETA, U_GRETA, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("yes yes abstained yes no silent"));
	CHECK_STR(result(), S("adopted"));
	a = get_as(DORA, POLL);
	CHECK(shows(&a, "Kim Kraus (Lindheim 2)") || shows(&a, "(Lindheim 2)"));
	CHECK(shows(&a, "Stimmen der Mitglieder: 3 Ja"));
	CHECK(shows(&a, "3 Ja &gt; 1 Nein; beschlussfähig: 6 von 6, nötig 4"));
	a = get_as(CEM, "/sitzungen/2026-1/protokoll");
	CHECK(shows(&a, "(Lindheim 2)"));
	check_register();
}

TEST(who_is_away_is_absent_and_a_recused_deputy_is_not_the_municipality)
{
	poll_world();
	members_vote();
	comes(KIM, LINDHEIM, "deputy");
	is_recused(JULE, LINDHEIM, 1);
	OPENS();
	CHECK_INT(votes(JULE, U_JULE, "yes"), 409);
	CHECK_INT(votes(KIM, U_KIM, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("silent silent absent recused yes silent"));
	check_register();
}

/* The proxy is the person's own: Heidi's does not speak for Cem. */
TEST(a_proxy_speaks_for_the_one_who_granted_it)
{
	poll_empty_world("called", IN_TIME);
	members_vote();
	comes(JULE, LINDHEIM, "holder");
	comes(KIM, LINDHEIM, "deputy");
	comes(IVO, SEEFELD, "holder");
	grants(HEIDI, BERGSTEDT, JULE);
	OPENS();
	CHECK_INT(votes(JULE, U_HEIDI, "no"), 303);
	CHECK_INT(votes(JULE, U_CEM, "no"), 422);
	CHECK_INT(votes(JULE, U_JULE, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("absent no absent yes silent silent"));
	check_register();
}

static struct str proxy_to(int64_t person)
{
	return FORM(FIELD_STR("person", arena_fmt(test_arena, "%d", (int)person)),
		    FIELD("umfang", ""), FIELD("hinweis", ""));
}
#define PROXIES "/sitzungen/2026-1/vollmachten"

TEST(two_members_of_one_municipality_each_grant_one)
{
	poll_empty_world("called", IN_TIME);
	members_vote();
	CHECK_INT(post_as(HEIDI, PROXIES, proxy_to(GRETA)).status, 303);
	CHECK_INT(post_as(CEM, PROXIES, proxy_to(JULE)).status, 303);
	CHECK_INT(post_as(KIM, PROXIES, proxy_to(JULE)).status, 303);  /* a colleague: no cap */
	CHECK_INT(post_as(HEIDI, PROXIES, proxy_to(IVO)).status, 422); /* one each */
	CHECK_INT(post_as(JULE, PROXIES, proxy_to(IVO)).status, 422);  /* no chain */
	CHECK_INT(post_as(IVO, PROXIES, proxy_to(JULE)).status, 422);  /* one foreign vote */
	CHECK_INT(post_as(IVO, PROXIES, proxy_to(CEM)).status, 422);   /* who has given away */
	CHECK_INT(count_of("SELECT count(*) FROM proxy"), 3);
	struct answer a = get_as(IVO, PROXIES);
	CHECK(shows(&a, "Jede Person im Steuerungskreis hat eine Stimme"));
	comes(GRETA, AUENTAL, "holder");
	comes(JULE, LINDHEIM, "holder");
	comes(IVO, SEEFELD, "holder");
	OPENS();
	CHECK_INT(votes(JULE, U_CEM, "yes"), 303);
	CHECK_INT(votes(JULE, U_KIM, "yes"), 303);
	CHECK_INT(votes(GRETA, U_HEIDI, "no"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("silent no yes silent yes silent"));
	check_register();
}

TEST(in_writing_each_member_answers)
{
	poll_empty_world("published", IN_TIME);
	members_vote();
	CHECK_INT(post_as(ANNA, CIRCULAR,
			  FORM(FIELD_STR("version", DECISION_VERSION), FIELD("bis", "27.11.2026")))
		      .status,
		  303);
	CHECK_INT(votes(KIM, U_KIM, "yes"), 303);
	CHECK_INT(votes(JULE, U_JULE, "yes"), 303);
	CHECK_INT(votes(CEM, U_CEM, "yes"), 303);
	CHECK_INT(votes(IVO, U_IVO, "no"), 303);
	struct answer a = get_as(DORA, POLL);
	CHECK(shows(&a, "4 von 6"));
	clock_set(FIXTURE_NOW + 30 * 86400);
	CHECK_INT(circulars_close_due(&test_app, test_db, test_arena), OK);
	CHECK_STR(statuses(), S("absent absent yes yes yes no"));
	check_register();
}

static struct str written(void)
{
	struct str file;

	CHECK_INT(db_begin_read(test_db, test_arena), OK);
	CHECK_INT(register_file_write(test_db, test_arena, &file), OK);
	db_rollback(test_db);
	return file;
}

static bool refused(struct str file, const char *reason)
{
	struct register_verdict verdict;

	register_verify(test_arena, file, S(""), &verdict);
	if (!verdict.fine && str_find(verdict.why, str_of(reason)) == verdict.why.n)
		print_error("%.*s\n", ARG(verdict.why));
	return !verdict.fine && str_find(verdict.why, str_of(reason)) < verdict.why.n;
}

/* Somebody with the key gives members more than one vote. */
TEST(the_verifier_holds_members_to_one_vote_each)
{
	const char *opened = "\"kind\":\"poll_opened\"";

	poll_empty_world("called", IN_TIME);
	members_vote();
	comes(JULE, LINDHEIM, "holder");
	comes(KIM, LINDHEIM, "deputy");
	comes(IVO, SEEFELD, "holder");
	grants(HEIDI, BERGSTEDT, JULE);
	OPENS();
	CHECK_INT(votes(JULE, U_HEIDI, "no"), 303);
	CLOSES();
	struct str file = written();
	CHECK(!refused(file, ""));
	CHECK(refused(forged(file, opened, "\"weight\":1", "\"weight\":2"),
		      "gehört keinem Mitglied"));
	CHECK(refused(forged(file, opened, "\"capacity\":\"holder\"", "\"capacity\":\"deputy\""),
		      "gehört keinem Mitglied"));
	CHECK(refused(forged(file, opened, "\"seat_rule\":\"speaker\"", "\"seat_rule\":\"inner\""),
		      "gibt es keine Sitze"));
	CHECK(refused(forged(file, opened, "\"mode\":\"member\"", "\"mode\":\"heads\""),
		      "wurde so nicht erteilt"));
	/* Kim's vote is given to Greta, who has one; the last one is the chair's. */
	struct str line = record_with(file, opened);
	size_t before = 0, last = 0, first = str_find(line, S("\"voters\":[{\"person\":\"")) + 21;
	for (size_t at = 0; at < line.n; at++)
		if (str_starts(str_from(line, at), S("\"voters\":[{\"person\":\"")))
			before = last, last = at + 21;
	CHECK(refused(forged(file, opened,
			     arena_cstr(test_arena, str_head(str_from(line, before), 64)),
			     arena_cstr(test_arena, str_head(str_from(line, first), 64))),
		      "ein Mitglied hat zwei Stimmen"));
}

TESTS_MAIN
