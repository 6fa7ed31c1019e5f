/* poll_test.c -- a vote in a meeting: opening, casting, changing, closing, aborting. */
#include "poll_world.h"

TEST(a_vote_from_opening_to_result)
{
	poll_world();
	struct answer a = get_as(IVO, POLL);
	CHECK(a.status == 200 && shows(&a, "Abstimmung eröffnen") &&
	      shows(&a, "<b>Beschlussfähig:</b> 4 von 4 vertreten, nötig 3."));
	CHECK_STR(post_as(IVO, POLL, opening("resolution")).location,
		  S(POLL "?meldung=abstimmung-offen"));
	a = get_as(GRETA, POLL);
	CHECK(shows(&a, "Ich stimme für Auental") && shows(&a, "0 von 4") &&
	      shows(&a, "Eine Enthaltung hilft und schadet"));
	a = post_as(GRETA, VOTE, vote_form(AUENTAL, "yes", "Das hilft."));
	CHECK_STR(a.location, S(DECISION_1_PAGE "/bestaetigung?abstimmung=1&von=1&bis=1"));
	a = get_as(GRETA, arena_cstr(test_arena, a.location));
	CHECK(shows(&a, "Deine Stimme ist abgegeben") && shows(&a, "Zustimmung") &&
	      shows(&a, "Beleg über eine Stimme, Handschlag") && shows(&a, "Das hilft."));
	CHECK_INT(votes(HEIDI, BERGSTEDT, "no"), 303);
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	a = get_as(DORA, POLL);
	CHECK(shows(&a, "3 von 4") && !shows(&a, "Das hilft.") && !shows(&a, "Ablehnung"));
	CHECK_STR(post_as(IVO, CLOSE, the_poll()).location,
		  S(POLL "?meldung=abstimmung-geschlossen"));
	CHECK_STR(result(), S("adopted"));
	CHECK_STR(statuses(), S("yes no yes silent"));
	a = get_as(DORA, POLL);
	CHECK(shows(&a, "Ergebnis: angenommen") && shows(&a, "2 Ja &gt; 1 Nein; beschlussfähig") &&
	      shows(&a, "Das hilft.") && shows(&a, "nicht abgestimmt") &&
	      shows(&a, "Stimmen der Kommunen: 2 Ja, 1 Nein, 1 nicht abgestimmt"));
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("in_follow_up"));
	CHECK_STR(text_of("SELECT year || '-' || number FROM follow_up"), S("2026-1"));
	CHECK_STR(text_of("SELECT outcome FROM agenda_entry WHERE id = 1"), S("decided"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'poll/1/receipt/%'"), 3);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'poll/1/result/%'"), 6);
	check_register();
}

/* Vector 45. */
TEST(a_changed_vote_counts_once_and_both_stay_in_the_register)
{
	poll_world();
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CHECK_INT(votes(HEIDI, BERGSTEDT, "no"), 303);
	CHECK_INT(votes(IVO, SEEFELD, "abstained"), 303);
	CHECK_INT(votes(GRETA, AUENTAL, "no"), 303);
	CLOSES();
	CHECK_STR(result(), S("rejected"));
	CHECK_STR(statuses(), S("no no yes abstained"));
	CHECK_INT(count_of(BALLOTS), 5);
	CHECK_INT(count_of("SELECT count(*) FROM register_record WHERE kind = 'ballot'"), 5);
	struct answer a = get_as(DORA, POLL);
	CHECK_INT(times(&a, "(ersetzt)"), 1);
	check_register();
}

TEST(what_was_said_already_is_not_cast_again)
{
	poll_world();
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	struct answer a = post_as(GRETA, VOTE, vote_form(AUENTAL, "yes", ""));
	CHECK_STR(a.location, S(DECISION_1_PAGE "/bestaetigung?abstimmung=1"));
	CHECK_INT(get_as(GRETA, arena_cstr(test_arena, a.location)).status, 200);
	CHECK_INT(count_of(BALLOTS), 1);
}

TEST(own_vote_and_proxy_in_one_form)
{
	poll_proxy_world();
	OPENS();
	struct answer a = get_as(JULE, POLL);
	CHECK(shows(&a, "Ich stimme für Lindheim") &&
	      shows(&a, "Ich stimme mit Vollmacht für Auental") && shows(&a, "Stimmen abgeben"));
	a = post_as(JULE, VOTE,
		    FORM(FIELD("abstimmung", "1"), FIELD("stimme-1", "yes"), FIELD("grund-1", ""),
			 FIELD("stimme-2", "no"), FIELD("grund-2", "So war der Auftrag.")));
	CHECK_STR(a.location, S(DECISION_1_PAGE "/bestaetigung?abstimmung=1&von=1&bis=2"));
	a = get_as(JULE, arena_cstr(test_arena, a.location));
	CHECK(shows(&a, "Deine Stimmen sind abgegeben"));
	CHECK_INT(times(&a, "Beleg über eine Stimme"), 2);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'poll/1/receipt/%'"), 1);
	/* Nobody reads another one's receipts. */
	CHECK_INT(get_as(IVO, DECISION_1_PAGE "/bestaetigung?abstimmung=1&von=1&bis=2").status,
		  404);
	CLOSES();
	CHECK_STR(statuses(), S("no silent yes silent"));
	check_register();
}

TEST(proxy_revoked_or_principal_arrives_during_a_vote)
{
	poll_empty_world("called", IN_TIME);
	comes(JULE, LINDHEIM, "holder");
	comes(IVO, SEEFELD, "holder");
	grants(GRETA, AUENTAL, JULE);
	grants(HEIDI, BERGSTEDT, IVO);
	OPENS();
	/* Revoked before a cast: refused, and the unit is absent. */
	revokes(BERGSTEDT);
	struct answer a = post_as(IVO, VOTE, vote_form(BERGSTEDT, "yes", ""));
	CHECK(a.status == 409 && shows(&a, "Die Vollmacht ist widerrufen."));
	/* Cast, then the principal comes: it stands until she votes herself. */
	CHECK_INT(votes(JULE, AUENTAL, "yes"), 303);
	comes(GRETA, AUENTAL, "holder");
	CHECK_INT(votes(JULE, AUENTAL, "no"), 409);
	CHECK_INT(votes(GRETA, AUENTAL, "abstained"), 303);
	leaves(GRETA, AUENTAL, "holder");
	a = post_as(JULE, VOTE, vote_form(AUENTAL, "no", ""));
	CHECK(a.status == 409 && shows(&a, "Die Stimmführung hat selbst abgestimmt."));
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("abstained absent yes silent"));
	CHECK_INT(count_of(BALLOTS), 3);
	check_register();
}

TEST(a_vote_by_proxy_stands_after_the_proxy_was_revoked)
{
	poll_proxy_world();
	OPENS();
	CHECK_INT(votes(JULE, AUENTAL, "yes"), 303);
	revokes(AUENTAL);
	CLOSES();
	CHECK_STR(statuses(), S("yes silent silent silent"));
	check_register();
}

/* Vector 47. */
TEST(a_deputy_without_conflict_votes_for_a_recused_holder)
{
	poll_world();
	comes(CEM, BERGSTEDT, "deputy");
	is_recused(HEIDI, BERGSTEDT, 1);
	OPENS();
	struct answer a = post_as(HEIDI, VOTE, vote_form(BERGSTEDT, "no", ""));
	CHECK(a.status == 409 && shows(&a, "befangen"));
	CHECK_INT(votes(CEM, BERGSTEDT, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("silent yes silent silent"));
	check_register();
}

TEST(a_recused_unit_without_deputy_does_not_count)
{
	poll_world();
	OPENS();
	CHECK_INT(votes(HEIDI, BERGSTEDT, "no"), 303);
	/* Also when it is found out after the cast: the vote stays, but counts for nothing. */
	is_recused(HEIDI, BERGSTEDT, 1);
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("yes recused silent silent"));
	CHECK_STR(result(), S("adopted"));
	check_register();
}

TEST(the_holder_comes_before_the_deputy)
{
	poll_world();
	comes(KIM, LINDHEIM, "deputy");
	OPENS();
	CHECK_INT(votes(KIM, LINDHEIM, "no"), 409);
	leaves(JULE, LINDHEIM, "holder");
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 409);
	CHECK_INT(votes(KIM, LINDHEIM, "no"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("silent silent no silent"));
	check_register();
}

TEST(one_blocked_unit_in_a_form_casts_nothing)
{
	poll_proxy_world();
	OPENS();
	revokes(AUENTAL);
	struct answer a = post_as(JULE, VOTE,
				  FORM(FIELD("abstimmung", "1"), FIELD("stimme-1", "yes"),
				       FIELD("grund-1", "Mein Grund."), FIELD("stimme-2", "no"),
				       FIELD("grund-2", "")));
	CHECK(a.status == 409 && shows(&a, "Nichts wurde abgegeben") && shows(&a, "Mein Grund."));
	CHECK_INT(count_of(BALLOTS), 0);
}

/* Vector 48, and the answer to it. */
TEST(closed_poll_error_is_clear)
{
	poll_world();
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CLOSES();
	clock_set(FIXTURE_NOW + 61);
	struct answer a = post_as(HEIDI, VOTE, vote_form(BERGSTEDT, "no", "Zu teuer."));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Die Abstimmung war schon zu Ende") && shows(&a, "10:00:00 Uhr") &&
	      shows(&a, "Bergstedt: Ablehnung. Zu teuer."));
	CHECK_INT(count_of(BALLOTS), 1);
	CHECK_STR(result(), S("adopted"));
	check_register();
}

TEST(who_has_no_vote_is_refused)
{
	poll_world();
	OPENS();
	CHECK_INT(votes(DORA, SEEFELD, "yes"), 403);
	CHECK_INT(votes(ANNA, LINDHEIM, "yes"), 403);
	/* Another municipality's field is none of ours. */
	CHECK_INT(votes(GRETA, SEEFELD, "yes"), 422);
	CHECK_INT(post_as(GRETA, VOTE,
			  FORM(FIELD("abstimmung", "1"), FIELD("stimme-2", "yes"),
			       FIELD("grund-2", ""), FIELD("stimme-4", "yes")))
		      .status,
		  400);
	/* Not checked in. */
	struct answer a = post_as(KIM, VOTE, vote_form(LINDHEIM, "yes", ""));
	CHECK(a.status == 409 && shows(&a, "nicht als anwesend"));
	CHECK_INT(count_of(BALLOTS), 0);
}

TEST(nothing_chosen_keeps_what_was_written)
{
	poll_world();
	OPENS();
	struct answer a =
	    post_as(GRETA, VOTE, FORM(FIELD("abstimmung", "1"), FIELD("grund-2", "Mein Grund.")));
	CHECK(a.status == 422 && shows(&a, "Wähle: zustimmen, ablehnen oder enthalten.") &&
	      shows(&a, ">Mein Grund.</textarea>") && shows(&a, "href=\"#stimme-2\""));
	CHECK_INT(post_as(GRETA, VOTE, vote_form(AUENTAL, "perhaps", "")).status, 422);
	a = post_as(GRETA, VOTE,
		    FORM(FIELD("abstimmung", "1"), FIELD("stimme-2", "no"),
			 FIELD_STR("grund-2", repeated("x", 2001))));
	CHECK(a.status == 422 &&
	      shows(&a, "id=\"stimme-2-2\" name=\"stimme-2\" value=\"no\" checked"));
	CHECK_INT(count_of(BALLOTS), 0);
}

TEST(opening_is_refused_for_good_reasons)
{
	poll_world();
	CHECK_INT(post_as(GRETA, POLL, opening("resolution")).status, 403);
	CHECK_INT(post_as(ANNA, POLL, opening("resolution")).status, 403);
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 409);
	CHECK_INT(post_as(IVO, POLL, opening("circular")).status, 400);
	struct answer a = post_as(
	    IVO, POLL, FORM(FIELD_STR("version", DECISION_VERSION), FIELD("art", "resolution")));
	CHECK(a.status == 422 && shows(&a, "Frage, ob jemand befangen ist."));
	a = post_as(IVO, POLL,
		    FORM(FIELD("version", "77"), FIELD("art", "resolution"),
			 FIELD("befangenheit", "gefragt")));
	CHECK(a.status == 409 && shows(&a, "Inzwischen hat sich etwas geändert"));
	run_sql("UPDATE meeting SET state = 'paused'");
	CHECK_INT(post_as(IVO, POLL, opening("resolution")).status, 409);
	run_sql("UPDATE meeting SET state = 'running'");
	is_recused(IVO, SEEFELD, 1);
	a = post_as(IVO, POLL, opening("resolution"));
	CHECK(a.status == 422 && shows(&a, "stellvertretende Leitung"));
	CHECK_INT(count_of("SELECT count(*) FROM poll"), 0);
	/* The deputy takes over. */
	CHECK_INT(post_as(JULE, POLL, opening("resolution")).status, 303);
	CHECK_INT(count_of("SELECT chair_id FROM poll"), JULE);
}

TEST(without_quorum_nothing_opens_and_nothing_is_decided)
{
	poll_world();
	leaves(GRETA, AUENTAL, "holder");
	leaves(HEIDI, BERGSTEDT, "holder");
	struct answer a = post_as(IVO, POLL, opening("resolution"));
	CHECK(a.status == 422 && shows(&a, "nicht beschlussfähig"));
	comes(HEIDI, BERGSTEDT, "holder");
	OPENS();
	/* Lost during the vote. */
	leaves(HEIDI, BERGSTEDT, "holder");
	a = get_as(IVO, CLOSE);
	CHECK(a.status == 200 && shows(&a, "Der Kreis ist gerade nicht beschlussfähig."));
	CHECK_INT(votes(IVO, SEEFELD, "yes"), 303);
	CLOSES();
	CHECK_STR(result(), S("not_quorate"));
	CHECK_STR(text_of("SELECT state || second_meeting FROM decision WHERE id = 1"),
		  S("published1"));
	CHECK_STR(text_of("SELECT outcome || outcome_reason FROM agenda_entry"),
		  S("deferrednicht beschlussfähig"));
	check_register();
}

TEST(two_polls_open_at_once_are_refused)
{
	poll_world();
	OPENS();
	CHECK_INT(post_as(IVO, POLL, opening("resolution")).status, 409);
	run_sql("INSERT INTO decision (id, year, number, author_id, state, created_at)"
		" VALUES (2, 2026, 2, 2, 'called', 1);"
		"INSERT INTO decision_version (decision_id, version, title, written_by, written_at,"
		" published_at, counts_from, sha256) VALUES (2, 1, 'Zweite', 2, 1, 1, 1, '" HASH_1
		"');"
		"INSERT INTO agenda_entry (id, meeting_id, pos, kind, decision_id, title, minutes,"
		" started_at) VALUES (2, 1, 2, 'decision', 2, 'Zweite', 10, 1795165200);");
	struct answer a = post_as(IVO, "/entscheidungen/2026-2/abstimmung",
				  FORM(FIELD("version", "1"), FIELD("art", "resolution"),
				       FIELD("befangenheit", "gefragt")));
	CHECK(a.status == 409 && shows(&a, "läuft schon eine Abstimmung"));
	CHECK_INT(count_of("SELECT count(*) FROM poll"), 1);
}

TEST(an_aborted_round_is_void_and_the_next_one_has_a_new_number)
{
	poll_world();
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "no"), 303);
	CHECK_INT(get_as(IVO, ABORT).status, 200);
	struct answer a = post_as(IVO, ABORT, aborting(""));
	CHECK(a.status == 422 && shows(&a, "Nenne den Grund."));
	CHECK_INT(post_as(IVO, ABORT, aborting("Der Text war unklar.")).status, 303);
	CHECK_INT(post_as(IVO, ABORT, aborting("Noch einmal.")).status, 409);
	a = post_as(HEIDI, VOTE, vote_form(BERGSTEDT, "no", ""));
	CHECK(a.status == 409 && shows(&a, "Die Abstimmung war schon zu Ende"));
	/* Never closed either. */
	CHECK_INT(post_as(IVO, CLOSE, the_poll()).status, 409);
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("called"));
	OPENS();
	CHECK_INT(count_of("SELECT max(round) FROM poll"), 2);
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("yes silent silent silent"));
	CHECK_INT(count_of(BALLOTS), 2);
	a = get_as(DORA, POLL "?nr=1");
	CHECK(shows(&a, "Der Text war unklar.") && shows(&a, "Abgebrochen"));
	CHECK_INT(get_as(DORA, POLL "?nr=77").status, 404);
	check_register();
}

TEST(whoever_closes_second_gets_the_same_result)
{
	poll_world();
	OPENS();
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	struct str first = post_as(IVO, CLOSE, the_poll()).location;
	int64_t before = count_of(poll_changes);
	CHECK_STR(post_as(JULE, CLOSE, the_poll()).location, first);
	CHECK_INT(post_as(GRETA, CLOSE, the_poll()).status, 403);
	CHECK_INT(count_of(poll_changes), before);
}

TESTS_MAIN
