/* circular_test.c -- resolutions by circular: in writing, until a day, stopped by an objection. */
#include "base/date.h"
#include "poll_world.h"

#include <stdlib.h>

#define OBJECT CIRCULAR "/einwand"
#define FINISH CIRCULAR "/schliessen"
#define CHANGES                                                                                    \
	"SELECT (SELECT count(*) FROM poll) + (SELECT count(*) FROM ballot)"                       \
	" + (SELECT count(*) FROM register_record) + (SELECT count(*) FROM steering_event)"        \
	" + (SELECT count(*) FROM outbox) + (SELECT count(*) FROM circular_objection)"             \
	" + (SELECT sum(row_version) FROM decision)"

static struct str until(const char *day)
{
	return FORM(FIELD_STR("version", DECISION_VERSION), FIELD_STR("bis", str_of(day)));
}

/* Until 30 November 2026, 23:59:59 in Berlin. */
enum { LAST_SECOND = 1796079599 };

static void circulates(void)
{
	poll_empty_world("published", IN_TIME);
	CHECK_STR(post_as(ANNA, CIRCULAR, until("30.11.2026")).location,
		  S(POLL "?meldung=umlauf-laeuft"));
	CHECK_INT(count_of("SELECT closes_at FROM poll"), LAST_SECOND);
}

static void it_is(int64_t instant)
{
	clock_set(instant);
	run_sql("UPDATE session SET last_at = last_at + 3000000, ends_at = ends_at + 30000000"
		" WHERE ends_at < 1800000000");
}

/* Vector 37. */
TEST(silence_is_no_consent_and_the_clock_ends_it)
{
	circulates();
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'poll/1/invite/%'"), 6);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'poll/1/remind/%'"), 6);
	struct answer a = get_as(GRETA, POLL);
	CHECK(shows(&a, "bis 30.") && shows(&a, "0 von 4") && shows(&a, "Ich stimme für Auental"));
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CHECK_INT(votes(CEM, BERGSTEDT, "yes"), 303);
	it_is(LAST_SECOND);
	CHECK_INT(votes(CEM, BERGSTEDT, "abstained"), 303);
	CHECK_INT(votes(CEM, BERGSTEDT, "yes"), 303);
	it_is(LAST_SECOND + 1);
	/* Before anybody has written it down, the page shows the end and refuses votes. */
	struct answer before = get_as(DORA, POLL);
	CHECK(shows(&before, "Ergebnis: angenommen") && shows(&before, "23:59:59 Uhr"));
	a = post_as(IVO, VOTE, vote_form(SEEFELD, "no", ""));
	CHECK(a.status == 409 && shows(&a, "30.") && shows(&a, "23:59:59 Uhr"));
	CHECK_STR(result(), S("open"));
	CHECK_INT(circulars_close_due(&test_app, test_db, test_arena), OK);
	CHECK_STR(statuses(), S("yes yes yes absent"));
	CHECK_STR(result(), S("adopted"));
	CHECK_INT(count_of("SELECT closed_at FROM poll WHERE closed_by IS NULL"), LAST_SECOND);
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("in_follow_up"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'poll/1/remind/%'"
			   " AND cancelled_at IS NULL"),
		  0);
	CHECK_INT(count_of("SELECT count(*) FROM steering_event WHERE action = 'close'"
			   " AND actor_id IS NULL"),
		  1);
	check_register();
}

/* From the heading of the result to the end of the list of names. */
static struct str result_part(struct str body)
{
	struct str from = str_from(body, str_find(body, S("<figure")));

	return str_head(from, str_find(from, S("</section>")));
}

TEST(the_result_does_not_depend_on_when_it_is_written_down)
{
	struct str seen[3];

	for (int late = 0; late < 3; late++) {
		circulates();
		CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
		CHECK_INT(votes(JULE, LINDHEIM, "no"), 303);
		CHECK_INT(votes(HEIDI, BERGSTEDT, "yes"), 303);
		it_is(LAST_SECOND + 1);
		/* What happens afterwards is too late to matter. */
		if (late > 0) {
			is_recused(HEIDI, BERGSTEDT, 0);
			run_sql("UPDATE person SET status = 'suspended' WHERE id = 7");
			it_is(LAST_SECOND + 2000000);
		}
		if (late < 2)
			CHECK_INT(circulars_close_due(&test_app, test_db, test_arena), OK);
		struct answer a = get_as(DORA, POLL);
		CHECK(shows(&a, "Ergebnis: angenommen"));
		seen[late] = arena_str(test_arena, result_part(a.body));
		CHECK(late == 2 || str_eq(statuses(), S("yes yes no absent")));
		char *kept = malloc(seen[late].n + 1);
		memcpy(kept, seen[late].p, seen[late].n);
		seen[late].p = kept;
	}
	CHECK_STR(seen[0], seen[1]);
	CHECK_STR(seen[0], seen[2]);
	for (int i = 0; i < 3; i++)
		free((void *)(uintptr_t)seen[i].p);
}

TEST(auto_close_does_not_depend_on_a_timer)
{
	circulates();
	it_is(LAST_SECOND + 1);
	struct answer a = get_as(GRETA, POLL);
	CHECK(!shows(&a, "Deine Stimme</h2>") && shows(&a, "Ergebnis: nicht beschlussfähig"));
	CHECK_INT(post_as(GRETA, OBJECT, aborting("Zu schnell.")).status, 409);
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 409);
	CHECK_INT(circulars_close_due(&test_app, test_db, test_arena), OK);
	CHECK_INT(circulars_close_due(&test_app, test_db, test_arena), OK);
	CHECK_STR(text_of("SELECT state || second_meeting FROM decision WHERE id = 1"),
		  S("published0"));
	check_register();
}

/* Vector 39. */
TEST(an_objection_to_the_procedure_stops_it)
{
	circulates();
	holders_vote("yes yes yes -");
	CHECK_INT(get_as(IVO, OBJECT).status, 200);
	struct answer a = post_as(IVO, OBJECT, aborting(""));
	CHECK(a.status == 422 && shows(&a, "Nenne den Grund."));
	CHECK_STR(post_as(IVO, OBJECT, aborting("Das wollen wir besprechen.")).location,
		  S(POLL "?meldung=umlauf-gestoppt"));
	CHECK_INT(count_of("SELECT municipality_id FROM circular_objection"), SEEFELD);
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("published"));
	CHECK_INT(count_of("SELECT count(*) FROM poll WHERE result IS NULL AND aborted_at > 0"), 1);
	a = get_as(DORA, POLL);
	CHECK(shows(&a, "Seefeld will in einer Sitzung entscheiden"));
	check_register();
}

TEST(it_ends_early_only_when_nobody_is_left_to_answer)
{
	circulates();
	holders_vote("yes yes no -");
	CHECK_INT(post_as(ANNA, CIRCULAR "/schliessen", the_poll()).status, 409);
	CHECK_INT(votes(IVO, SEEFELD, "abstained"), 303);
	struct answer a = get_as(ANNA, POLL);
	CHECK(shows(&a, "Alle haben geantwortet"));
	CHECK_INT(post_as(ANNA, CIRCULAR "/schliessen", the_poll()).status, 303);
	CHECK_INT(post_as(ANNA, CIRCULAR "/schliessen", the_poll()).status, 303);
	CHECK_STR(statuses(), S("yes yes no abstained"));
	CHECK_INT(count_of("SELECT closed_by FROM poll"), ANNA);
	check_register();
}

TEST(in_writing_the_holder_has_the_last_word)
{
	circulates();
	CHECK_INT(votes(CEM, BERGSTEDT, "yes"), 303);
	CHECK_INT(votes(HEIDI, BERGSTEDT, "no"), 303);
	struct answer a = post_as(CEM, VOTE, vote_form(BERGSTEDT, "yes", ""));
	CHECK(a.status == 409 && shows(&a, "Die Stimmführung hat selbst abgestimmt."));
	is_recused(IVO, SEEFELD, 0);
	CHECK_INT(votes(IVO, SEEFELD, "yes"), 409);
}

TEST(starting_is_refused_for_good_reasons)
{
	poll_empty_world("published", IN_TIME);
	CHECK_INT(get_as(ANNA, CIRCULAR).status, 200);
	CHECK_INT(post_as(IVO, CIRCULAR, until("30.11.2026")).status, 403);
	struct answer a = post_as(ANNA, CIRCULAR, until("24.11.2026"));
	CHECK(a.status == 422 && shows(&a, "mindestens 5 Tage") &&
	      shows(&a, "value=\"24.11.2026\""));
	CHECK_INT(post_as(ANNA, CIRCULAR, until("irgendwann")).status, 422);
	CHECK_INT(post_as(ANNA, CIRCULAR, until("30.11.2027")).status, 422);
	CHECK_INT(
	    post_as(ANNA, CIRCULAR, FORM(FIELD("version", "9"), FIELD("bis", "30.11.2026"))).status,
	    409);
	CHECK_INT(post_as(ANNA, CIRCULAR, until("25.11.2026")).status, 303);
	CHECK_STR(get_as(ANNA, CIRCULAR).location, S(POLL));
	/* Chairs have no part in it. */
	CHECK_INT(post_as(IVO, CLOSE, the_poll()).status, 404);
	CHECK_INT(post_as(IVO, ABORT, aborting("x")).status, 404);
}

static void all_have_answered(void)
{
	circulates();
	holders_vote("yes yes yes no");
}

TEST(ending_early_stands_what_forms_must_stand)
{
	static const char vote_ended[] = "SELECT count(*) FROM register_record"
					 " WHERE kind = 'poll_closed'";

	all_have_answered();
	check_refusals(ANNA, FINISH, the_poll(), CHANGES);
	check_once(ANNA, FINISH, the_poll(), vote_ended);
	/* Another window: the same result, and nothing more. */
	int64_t before = count_of(CHANGES);
	CHECK_STR(post_as(ANNA, FINISH, the_poll()).location,
		  S(POLL "?meldung=abstimmung-geschlossen"));
	CHECK_INT(count_of(CHANGES), before);
	all_have_answered();
	check_failures(ANNA, FINISH, the_poll(), CHANGES);
	CHECK_INT(count_of(vote_ended), 1);
	check_register();
}

TEST(ending_early_is_refused_for_good_reasons)
{
	circulates();
	CHECK_INT(post_as(DORA, FINISH, the_poll()).status, 403);
	CHECK_INT(post_as(IVO, FINISH, the_poll()).status, 403);
	CHECK_INT(post_as(ANNA, FINISH, FORM(FIELD("abstimmung", "77"))).status, 404);
	CHECK_INT(post_as(ANNA, FINISH, FORM(FIELD("abstimmung", "x"))).status, 400);
	CHECK_INT(post_as(IVO, OBJECT, aborting("Darum.")).status, 303);
	struct answer a = post_as(ANNA, FINISH, the_poll());
	CHECK(a.status == 409 && shows(&a, "Seefeld will in einer Sitzung entscheiden: Darum."));
	/* What the clock has ended is written down by the clock. */
	circulates();
	it_is(LAST_SECOND + 1);
	CHECK_INT(post_as(ANNA, FINISH, the_poll()).status, 409);
	CHECK_STR(result(), S("open"));
	/* A vote in a meeting is not the office's to end. */
	poll_world();
	OPENS();
	CHECK_INT(post_as(ANNA, FINISH, the_poll()).status, 404);
	CHECK_STR(result(), S("open"));
}

TEST(an_objection_counts_once)
{
	char text[1100];

	circulates();
	check_once(IVO, OBJECT, aborting("Darum."), "SELECT count(*) FROM circular_objection");
	/* Somebody else is as late as the second click of another window. */
	CHECK_INT(post_as(GRETA, OBJECT, aborting("Auch wir.")).status, 409);
	CHECK_INT(count_of("SELECT count(*) FROM circular_objection"), 1);
	CHECK_STR(get_as(GRETA, OBJECT).location, S(POLL));
	circulates();
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	struct answer a = post_as(IVO, OBJECT, aborting(text));
	CHECK(a.status == 422 && shows(&a, "grund-fehler") && shows(&a, "xxxxx</textarea>"));
	CHECK_INT(count_of("SELECT count(*) FROM circular_objection"), 0);
}

TEST(every_failure_changes_nothing)
{
	poll_empty_world("published", IN_TIME);
	check_refusals(ANNA, CIRCULAR, until("30.11.2026"), CHANGES);
	check_once(ANNA, CIRCULAR, until("30.11.2026"), CHANGES);
	poll_empty_world("published", IN_TIME);
	check_failures(ANNA, CIRCULAR, until("30.11.2026"), CHANGES);
	check_refusals(IVO, OBJECT, aborting("Darum."), CHANGES);
	check_failures(IVO, OBJECT, aborting("Darum."), CHANGES);
}

TEST(writing_down_the_end_fails_as_a_whole_or_not_at_all)
{
	for (int n = 1, done = 0; !done; n++) {
		circulates();
		CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
		it_is(LAST_SECOND + 1);
		int64_t before = count_of(CHANGES);
		db_fail_after(test_db, n, E_INTERNAL);
		done = circulars_close_due(&test_app, test_db, test_arena) == OK;
		db_fail_after(test_db, 0, OK);
		db_rollback(test_db);
		CHECK(done ? str_eq(result(), S("not_quorate")) : count_of(CHANGES) == before);
		CHECK(n < 300);
	}
}

#define RECUSE CIRCULAR "/befangen"
#define RECUSED "SELECT count(*) FROM recusal"

TEST(who_is_recused_says_so_and_takes_no_part)
{
	circulates();
	struct answer a = get_as(HEIDI, POLL);
	CHECK(shows(&a, "href=\"" RECUSE "\""));
	CHECK_INT(get_as(HEIDI, RECUSE).status, 200);
	CHECK_INT(get_as(DORA, RECUSE).status, 403);
	CHECK_INT(votes(HEIDI, BERGSTEDT, "no"), 303);
	/* A ballot cast before does not count any more; the deputy may speak for the municipality.
	 */
	CHECK_STR(post_as(HEIDI, RECUSE, aborting("")).location, S(POLL "?meldung=befangen"));
	CHECK_INT(post_as(HEIDI, RECUSE, aborting("")).status, 409);
	CHECK_STR(get_as(HEIDI, RECUSE).location, S(POLL));
	CHECK_INT(votes(HEIDI, BERGSTEDT, "yes"), 409);
	a = get_as(HEIDI, POLL);
	CHECK(shows(&a, "befangen und stimmst nicht") && !shows(&a, "href=\"" RECUSE "\""));
	CHECK_INT(votes(CEM, BERGSTEDT, "yes"), 303);
	CHECK_STR(post_as(IVO, RECUSE, aborting("Mein Bruder bietet mit.")).location,
		  S(POLL "?meldung=befangen"));
	CHECK_INT(votes(GRETA, AUENTAL, "yes"), 303);
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CHECK_INT(post_as(ANNA, CIRCULAR "/schliessen", the_poll()).status, 303);
	CHECK_STR(statuses(), S("yes yes yes recused"));
	CHECK_INT(count_of(RECUSED " WHERE reason = 'Mein Bruder bietet mit.'"), 1);
	a = get_as(DORA, DECISION_1_PAGE);
	CHECK(shows(&a, "Befangenheit vermerkt") && shows(&a, "Was daraus folgt"));
	CHECK_INT(post_as(CEM, RECUSE, aborting("")).status, 409);
	check_register();
}

TEST(a_recusal_stands_what_forms_must_stand)
{
	circulates();
	check_refusals(IVO, RECUSE, aborting("Darum."), RECUSED);
	check_failures(IVO, RECUSE, aborting("Darum."), CHANGES);
	circulates();
	check_once(IVO, RECUSE, aborting("Darum."), RECUSED);
	char text[600];
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	struct answer a = post_as(JULE, RECUSE, aborting(text));
	CHECK(a.status == 422 && shows(&a, "grund-fehler") && shows(&a, "xxxxx</textarea>"));
}

/* A second template that says it revokes the first. */
static void publish_revoking(void)
{
	static const char sql[] =
	    "INSERT INTO decision (id, year, number, author_id, state, created_at) VALUES"
	    " (2, 2026, 2, 1, 'published', 1795000000);"
	    "INSERT INTO decision_version (decision_id, version, title, resolution, revokes_id,"
	    " written_by, written_at, published_at, counts_from, sha256) VALUES (2, 1, 'Doch "
	    "nicht',"
	    " 'Wir führen kein Verzeichnis.', 1, 1, 1795000000, 1795160000, 1795160000, '" HASH_1
	    "')";

	run_sql(sql);
	DIRECTLY(
	    CHECK_INT(register_template_published(
			  &book, &(struct register_template_published){.decision = 2,
								       .number = S("2026-2"),
								       .version = 1,
								       .sha256 = S(HASH_1),
								       .counts_from = clock_now()}),
		      OK););
}

static void all_adopt(const char *vote, const char *finish)
{
	static const struct {
		int64_t person, unit;
	} holders[] = {{GRETA, AUENTAL}, {JULE, LINDHEIM}, {HEIDI, BERGSTEDT}, {IVO, SEEFELD}};

	for (size_t i = 0; i < 4; i++)
		CHECK_INT(
		    post_as(holders[i].person, vote, vote_form(holders[i].unit, "yes", "")).status,
		    303);
	CHECK_INT(post_as(ANNA, finish, the_poll()).status, 303);
}

TEST(a_resolution_revokes_the_one_it_names_once_it_is_adopted)
{
	circulates();
	all_adopt(VOTE, CIRCULAR "/schliessen");
	publish_revoking();
	CHECK_INT(post_as(ANNA, "/entscheidungen/2026-2/umlauf",
			  FORM(FIELD("version", "1"), FIELD("bis", "30.11.2026")))
		      .status,
		  303);
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("in_follow_up"));
	all_adopt("/entscheidungen/2026-2/stimme", "/entscheidungen/2026-2/umlauf/schliessen");
	CHECK_STR(text_of("SELECT state FROM decision WHERE id = 1"), S("superseded"));
	CHECK_INT(count_of("SELECT superseded_by FROM follow_up WHERE decision_id = 1"), 2);
	CHECK_STR(text_of("SELECT reason FROM steering_event WHERE action = 'supersede'"),
		  S("Durch Beschluss 2026-2."));
	struct answer a = get_as(DORA, DECISION_1_PAGE "/umsetzung");
	CHECK(shows(&a, "Aufgehoben durch"));
	CHECK_INT(get_as(ANNA, DECISION_1_PAGE "/umsetzung/plan").status, 409);
	check_register();
}

TESTS_MAIN
