/* amendment_test.c -- the words of a resolution are changed in the meeting, before the vote. */
#include "poll_world.h"

#define WORDS POLL "/wortlaut"
#define NEW_WORDS "Die Kommunen führen bis Mai ein gemeinsames Verzeichnis."
#define VERSIONS "SELECT count(*) FROM decision_version"

static struct str amending(const char *text, const char *reason, const char *read)
{
	return FORM(FIELD_STR("version", DECISION_VERSION), FIELD_STR("beschluss", str_of(text)),
		    FIELD_STR("grund", str_of(reason)), FIELD_STR("verlesen", str_of(read)));
}
#define GOOD amending(NEW_WORDS, "Antrag von Auental: mit Frist.", "ja")

TEST(change_of_resolution_text_during_the_meeting_binds_the_new_hash)
{
	poll_world();
	struct answer a = get_as(IVO, POLL);
	CHECK(shows(&a, "href=\"" WORDS "\""));
	a = get_as(IVO, WORDS);
	CHECK(a.status == 200 && shows(&a, "führen ein gemeinsames Verzeichnis."));
	struct str old = opening("resolution");
	a = post_as(IVO, WORDS, GOOD);
	CHECK_STR(a.location, S(POLL "?meldung=gespeichert"));
	CHECK_STR(text_of("SELECT version || ' ' || resolution || ' ' || (counts_from = 1794300000)"
			  " || ' ' || editorial FROM decision_version ORDER BY version DESC"),
		  S("3 " NEW_WORDS " 1 0"));
	/* Who had the old words before the eyes opens no vote on the new ones. */
	CHECK_INT(post_as(IVO, POLL, old).status, 409);
	OPENS();
	CHECK_INT(
	    count_of("SELECT p.version = 3 AND p.version_hash = v.sha256 AND v.sha256 <> '" HASH_1
		     "' FROM poll p JOIN decision_version v"
		     "  ON v.decision_id = p.decision_id AND v.version = p.version"),
	    1);
	a = get_as(GRETA, POLL);
	CHECK(shows(&a, NEW_WORDS));
	CHECK_INT(post_as(IVO, WORDS, GOOD).status, 409); /* while it runs */
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CLOSES();
	CHECK_STR(result(), S("adopted"));
	a = get_as(DORA, DECISION_1_PAGE);
	CHECK(shows(&a, "Wortlaut in der Sitzung geändert") && shows(&a, "Antrag von Auental"));
	a = get_as(IVO, "/sitzungen/2026-1/protokoll");
	CHECK(shows(&a, "Wortlaut geändert und verlesen:") && shows(&a, "bis Mai"));
	check_register();
}

TEST(what_is_wrong_stands_at_the_field_and_nothing_is_lost)
{
	poll_world();
	struct answer a = post_as(IVO, WORDS, amending(NEW_WORDS, "", ""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"grund-fehler\"") && shows(&a, "id=\"verlesen-fehler\""));
	CHECK(shows(&a, NEW_WORDS));
	a = post_as(IVO, WORDS, amending("", "Warum.", "ja"));
	CHECK(a.status == 422 && shows(&a, "id=\"beschluss-fehler\"") && shows(&a, "Warum."));
	a = post_as(IVO, WORDS,
		    amending("Die Kommunen führen ein gemeinsames Verzeichnis.", "Warum.", "ja"));
	CHECK(a.status == 422 && shows(&a, "Das ist dasselbe wie bisher."));
	struct str old = GOOD;
	run_sql("UPDATE decision SET row_version = row_version + 1");
	a = post_as(IVO, WORDS, old);
	CHECK(a.status == 409 && shows(&a, "Inzwischen hat sich etwas geändert") &&
	      shows(&a, NEW_WORDS));
	CHECK_INT(count_of(VERSIONS), 2);
}

TEST(only_who_leads_and_only_a_called_point)
{
	poll_world();
	CHECK_INT(post_as(JULE, WORDS, amending("Anders.", "Warum.", "ja")).status, 303);
	CHECK_INT(post_as(GRETA, WORDS, GOOD).status, 403);
	CHECK_INT(get_as(ANNA, WORDS).status, 403);
	is_recused(IVO, SEEFELD, 1);
	struct answer a = post_as(IVO, WORDS, GOOD);
	CHECK(a.status == 422 && shows(&a, "stellvertretende Leitung übernimmt"));
	/* The register wants to see the reader in the room. */
	poll_world();
	leaves(IVO, SEEFELD, "holder");
	a = post_as(IVO, WORDS, GOOD);
	CHECK(a.status == 422 && shows(&a, "nicht als anwesend"));
	CHECK_INT(count_of(VERSIONS), 2);
	poll_empty_world("scheduled", IN_TIME);
	CHECK_INT(post_as(IVO, WORDS, GOOD).status, 409);
	CHECK_STR(get_as(IVO, WORDS).location, S(POLL));
	poll_empty_world("published", IN_TIME);
	CHECK_INT(post_as(IVO, WORDS, GOOD).status, 404);
	CHECK_INT(count_of(VERSIONS), 2);
}

/* Round 1 was about other words; both stay in the register. */
TEST(after_an_aborted_round_the_words_may_change)
{
	poll_world();
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "no"), 303);
	CHECK_INT(post_as(IVO, ABORT, aborting("Der Text war falsch.")).status, 303);
	CHECK_INT(post_as(IVO, WORDS, GOOD).status, 303);
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CLOSES();
	CHECK_STR(text_of("SELECT group_concat(round || ':' || version, ' ') FROM poll"),
		  S("1:2 2:3"));
	check_register();
}

TEST(amending_stands_what_forms_must_stand)
{
	poll_world();
	check_refusals(IVO, WORDS, GOOD, VERSIONS);
	check_once(IVO, WORDS, GOOD, VERSIONS);
	check_failures(IVO, WORDS, amending("Noch einmal anders.", "Warum.", "ja"),
		       "SELECT (SELECT count(*) FROM decision_version)"
		       " + (SELECT count(*) FROM register_record)"
		       " + (SELECT count(*) FROM steering_event)"
		       " + (SELECT sum(row_version) FROM decision)");
}

TEST(the_verifier_notices_words_that_nobody_there_read)
{
	struct register_verdict verdict;
	struct str file;

	poll_world();
	DIRECTLY(CHECK_INT(register_wording_read(
			       &book, &(struct register_wording_read){.meeting = 1,
								      .entry = 1,
								      .decision = 1,
								      .version = 3,
								      .sha256 = S(HASH_1),
								      .chair = WHO(CEM)}),
			   OK););
	CHECK_INT(db_begin_read(test_db, test_arena), OK);
	CHECK_INT(register_file_write(test_db, test_arena, &file), OK);
	db_rollback(test_db);
	register_verify(test_arena, file, S(""), &verdict);
	CHECK(!verdict.fine);
	CHECK_STR(verdict.why, S("wer den Wortlaut verliest, ist nicht anwesend"));
}

TESTS_MAIN
