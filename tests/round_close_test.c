/* round_close_test.c -- how a review round ends: by the clock, early, later; letters; evaluation.
 */
#include "features/handbook/round_mailing.h"
#include "round_world.h"

#define SILENT "SELECT count(*) FROM round_invitation WHERE state = 'no_reply'"
#define CHANGES                                                                                    \
	"SELECT (SELECT count(*) FROM handbook_event)"                                             \
	" + (SELECT count(*) FROM round_invitation WHERE state = 'no_reply')"                      \
	" + (SELECT count(*) FROM review_round WHERE closed_at IS NOT NULL)"                       \
	" + (SELECT count(*) FROM outbox WHERE cancelled_at IS NOT NULL)"

/* Sessions do not last for weeks. */
static void it_is(int64_t instant)
{
	clock_set(instant);
	run_sql("UPDATE session SET last_at = last_at + 3000000, ends_at = ends_at + 30000000"
		" WHERE ends_at < 1800000000");
}

static struct str version_form(const char *version)
{
	return FORM(FIELD_STR("version", str_of(version)));
}

static struct str extension(const char *version, const char *day)
{
	return FORM(FIELD_STR("version", str_of(version)), FIELD_STR("bis", str_of(day)));
}

/* Runs in the second before `midnight_utc` and is over with it. */
static void check_last_day(int year, int month, int day, int64_t midnight_utc)
{
	struct round r = {.id = 0};

	running_round();
	struct request rq = {.app = &test_app, .db = test_db, .arena = test_arena};
	struct str iso = date_iso(test_arena, (struct date){year, month, day});
	run_sql(arena_cstr(test_arena, arena_fmt(test_arena,
						 "UPDATE review_round SET opens_on = '2026-01-01',"
						 " closes_on = '%.*s', first_closes_on = '%.*s'",
						 ARG(iso), ARG(iso))));
	for (int after = 0; after < 2; after++) {
		clock_set(midnight_utc - 1 + after);
		CHECK_INT(db_begin_read(test_db, test_arena), OK);
		CHECK_INT(round_open(&rq, &r), after == 0 ? OK : E_NOT_FOUND);
		CHECK_INT(round_load(&rq, 1, &r), OK);
		CHECK_INT(r.state, after == 0 ? ROUND_OPEN : ROUND_CLOSED);
		db_rollback(test_db);
		CHECK_INT(rounds_close_due(test_db, test_arena), OK);
		CHECK_INT(count_of(SILENT), after == 0 ? 0 : 4);
	}
}

TEST(the_last_day_counts_to_its_end_in_berlin)
{
	/* Winter time: midnight is 23:00 UTC. */
	check_last_day(2026, 12, 11, INT64_C(1797030000));
	/* The day on which summer time begins, 29 March 2026: it ends at 22:00 UTC. */
	check_last_day(2026, 3, 29, INT64_C(1774821600));
	/* The day on which it ends, 25 October 2026: 25 hours, until 23:00 UTC. */
	check_last_day(2026, 10, 25, INT64_C(1792969200));
}

TEST(a_late_tick_changes_nothing_that_is_seen)
{
	running_round();
	CHECK_INT(post_as(BEN, ROUND "/antwort", answer_form("person", "no_remarks", "1")).status,
		  303);
	it_is(last_second(2026, 12, 11) + 1);
	struct answer before = get_as(CEM, ROUND);
	CHECK_INT(rounds_close_due(test_db, test_arena), OK);
	CHECK_INT(count_of("SELECT count(*) FROM review_round WHERE closed_at IS NOT NULL"), 1);
	struct answer after = get_as(CEM, ROUND);
	CHECK_INT(before.status, 200);
	CHECK(shows(&before, "geschlossen") && !shows(&before, "Keine Anmerkungen"));
	/* Only the one-time key and token of the logout form differ. */
	CHECK_STR(str_from(before.body, str_find(before.body, S("<main"))),
		  str_from(after.body, str_find(after.body, S("<main"))));
}

TEST(silence_is_written_down_and_is_no_consent)
{
	running_round();
	CHECK_INT(post_as(BEN, ROUND "/antwort", answer_form("person", "no_remarks", "1")).status,
		  303);
	it_is(last_second(2026, 12, 11) + 1);
	CHECK_INT(rounds_close_due(test_db, test_arena), OK);
	CHECK_INT(rounds_close_due(test_db, test_arena), OK);
	CHECK_INT(count_of(SILENT), 3);
	CHECK_INT(count_of("SELECT count(*) FROM round_invitation WHERE state = 'no_remarks'"), 1);
	CHECK_STR(text_of("SELECT group_concat(before || after || coalesce(actor_id, 'clock'))"
			  " FROM handbook_event WHERE action = 'closed'"),
		  S("openclosedclock"));
	CHECK_STR(text_of("SELECT state FROM revision WHERE id ="
			  " (SELECT revision_id FROM review_round)"),
		  S("in_review"));
	struct answer a = get_as(DORA, ROUND);
	CHECK_INT(times(&a, "ohne Rückmeldung"), 3);
	CHECK(shows(&a, "keine Zustimmung") && shows(&a, "1 von 4"));
	/* Nobody is reminded of what is over. */
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at IS NULL"), 0);
}

TEST(an_answer_after_the_last_day_is_refused_also_before_the_tick)
{
	running_round();
	it_is(last_second(2026, 12, 11) + 1);
	struct answer a = post_as(CEM, ROUND "/antwort", answer_form("person", "no_remarks", "1"));
	CHECK_INT(a.status, 409);
	CHECK_INT(post_as(ANNA, ROUND "/verlaengern", extension("1", "31.12.2026")).status, 409);
	CHECK_INT(post_as(ANNA, ROUND "/schliessen", version_form("1")).status, 409);
	CHECK_INT(count_of("SELECT count(*) FROM round_invitation WHERE state = 'invited'"), 4);
}

TEST(closing_fails_as_a_whole_or_not_at_all)
{
	for (int n = 1, done = 0; !done; n++) {
		running_round();
		clock_set(last_second(2026, 12, 11) + 1);
		int64_t before = count_of(CHANGES);
		db_fail_after(test_db, n, E_INTERNAL);
		done = rounds_close_due(test_db, test_arena) == OK;
		db_fail_after(test_db, 0, OK);
		db_rollback(test_db);
		CHECK(done ? count_of(SILENT) == 4 : count_of(CHANGES) == before);
		CHECK(n < 100);
	}
}

TEST(closing_early_asks_first)
{
	running_round();
	struct answer a = get_as(ANNA, ROUND "/schliessen");
	CHECK(a.status == 200 && shows(&a, "Antworten, die noch fehlen: 4."));
	CHECK_INT(get_as(BEN, ROUND "/schliessen").status, 403);
	CHECK_INT(post_as(ANNA, ROUND "/schliessen", version_form("2")).status, 409);
	a = post_as(ANNA, ROUND "/schliessen", version_form("1"));
	CHECK_STR(a.location, S(ROUND "?meldung=runde-geschlossen"));
	CHECK_INT(count_of(SILENT), 4);
	CHECK_INT(count_of("SELECT count(*) FROM handbook_event WHERE action = 'closed'"
			   " AND actor_id = 1"),
		  1);
	a = get_as(DORA, ROUND);
	CHECK_INT(times(&a, "Geschlossen"), 1);
	CHECK(shows(&a, "Geschlossen von Anna Ahorn") && shows(&a, "Eröffnet von Anna Ahorn"));
	CHECK_STR(get_as(ANNA, ROUND "/schliessen").location, S(ROUND));
	CHECK_INT(post_as(ANNA, ROUND "/schliessen", version_form("1")).status, 409);
	/* The next one may begin. */
	CHECK_INT(get_as(ANNA, NEW).status, 200);
}

/* What waits for Cem, in the order of sending. */
#define LETTERS                                                                                    \
	"SELECT group_concat(line, ' ') FROM (SELECT dedupe || '@' || not_before AS line"          \
	" FROM outbox WHERE person_id = 3 AND cancelled_at IS NULL ORDER BY not_before)"

TEST(letters_lie_ahead_at_eight_o_clock)
{
	running_round();
	/* 21 days: half of them on 30 November, then 8 and 10 December, 07:00 UTC. */
	CHECK_STR(text_of(LETTERS), S("round/1/invite/3@0 round/1/half/3@1796022000"
				      " round/1/three/3@1796713200 round/1/one/3@1796886000"));
	CHECK_STR(text_of("SELECT subject FROM outbox WHERE dedupe = 'round/1/half/3'"),
		  S("Rückmelderunde 1 zum Handbuch: noch 11 Tage"));
	/* Everybody once, though Greta is asked for herself and for Auental. */
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 3 * 4);
	CHECK(count_of("SELECT count(*) FROM outbox WHERE body LIKE"
		       " '%http://127.0.0.1:8080/feedback/runden/1%' AND body LIKE"
		       " '%Anna Ahorn (anna@lindheim.example)%'") == 12);
}

TEST(the_administrator_is_written_to_for_the_municipality_alone)
{
	handbook();
	CHECK_INT(
	    post_as(ANNA, NEW, S("bis=11.12.2026&hinweis=&nachfrist=accept&kommune=2")).status,
	    303);
	CHECK_STR(text_of("SELECT group_concat(DISTINCT person_id) FROM outbox"), S("7"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 4);
	CHECK_INT(
	    post_as(GRETA, ROUND "/antwort", answer_form("kommune", "no_remarks", "1")).status,
	    303);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at IS NULL"), 1);
}

TEST(who_was_suspended_is_not_written_to)
{
	handbook();
	CHECK_INT(post_as(ANNA, NEW, opening("20.11.2026")).status, 303);
	run_sql("UPDATE person SET status = 'suspended' WHERE id = 3");
	CHECK_INT(post_as(ANNA, ROUND "/verlaengern", extension("1", "18.12.2026")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 3"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 2"), 4);
}

TEST(a_short_round_does_not_remind_twice_a_day_nor_of_the_past)
{
	static const struct {
		const char *day;
		int64_t letters;
	} cases[] = {
	    {"20.11.2026", 1}, /* today: nothing lies ahead */
	    {"21.11.2026", 1}, /* a day before is today */
	    {"22.11.2026", 2}, /* half time is the day before the last */
	    {"26.11.2026", 3}, /* half time is three days before the last */
	    {"27.11.2026", 4},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		handbook();
		CHECK_INT(post_as(ANNA, NEW, opening(cases[i].day)).status, 303);
		CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 3"
				   " AND cancelled_at IS NULL"),
			  cases[i].letters);
	}
}

TEST(a_round_opened_early_in_the_morning_does_not_remind_at_eight)
{
	handbook();
	clock_set(FIXTURE_NOW - 4 * 3600);
	CHECK_INT(post_as(ANNA, NEW, opening("21.11.2026")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at IS NULL"), 3);
}

TEST(extending_moves_the_reminders_and_never_back)
{
	running_round();
	run_sql("UPDATE outbox SET sent_at = 1 WHERE dedupe LIKE '%/invite/%'");
	CHECK_INT(post_as(BEN, ROUND "/antwort", answer_form("person", "no_remarks", "1")).status,
		  303);
	struct answer a = post_as(ANNA, ROUND "/verlaengern", extension("1", "11.12.2026"));
	CHECK(a.status == 422 && shows(&a, "Gib einen Tag nach dem bisherigen Ende an."));
	CHECK(shows(&a, "value=\"11.12.2026\""));
	CHECK_INT(post_as(ANNA, ROUND "/verlaengern", extension("1", "")).status, 422);
	CHECK_INT(post_as(ANNA, ROUND "/verlaengern", extension("1", "18.12.2028")).status, 422);
	CHECK_INT(post_as(ANNA, ROUND "/verlaengern", extension("0", "18.12.2026")).status, 409);
	a = post_as(ANNA, ROUND "/verlaengern", extension("1", "18.12.2026"));
	CHECK_STR(a.location, S(ROUND "?meldung=runde-verlaengert"));
	/* Half time of 28 days is 4 December. */
	CHECK_STR(text_of(LETTERS), S("round/1/invite/3@0 round/1/half/3@1796367600"
				      " round/1/three/3@1797318000 round/1/one/3@1797490800"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 2"
			   " AND cancelled_at IS NULL"),
		  1);
	a = get_as(DORA, ROUND);
	CHECK(shows(&a, "läuft, verlängert") && shows(&a, "ursprünglich bis 11."));
	CHECK(shows(&a, "Verlängert bis 18.\u00a0Dezember 2026 von Anna Ahorn"));
	a = post_as(ANNA, ROUND "/verlaengern", extension("1", "19.12.2026"));
	CHECK(a.status == 409 && shows(&a, "Inzwischen hat sich etwas geändert"));
	it_is(last_second(2026, 12, 18));
	CHECK_INT(post_as(CEM, ROUND "/antwort", answer_form("person", "no_remarks", "1")).status,
		  303);
}

TEST(a_round_with_open_remarks_is_not_evaluated)
{
	running_round();
	run_sql(REMARK(1, 2, 2, "project", "open") REMARK(2, 2, 2, "editors", "query")
		    REMARK(3, 2, 2, "municipality", "open") REMARK(4, 2, 2, "project", "withdrawn")
			REMARK(5, 2, 2, "project", "draft") REMARK(6, 2, 2, "project", "open"));
	run_sql("UPDATE feedback SET hidden_at = 1 WHERE number = 6");
	CHECK_INT(post_as(ANNA, ROUND "/auswerten", version_form("1")).status, 409);
	it_is(last_second(2026, 12, 11) + 1);
	struct answer a = post_as(ANNA, ROUND "/auswerten", version_form("1"));
	/* What only Auental sees as yet is neither counted nor waited for. */
	CHECK(a.status == 409 && shows(&a, "Rückmeldungen ohne Entscheidung: 2."));
	CHECK(shows(&a, "/feedback?runde=1\""));
	run_sql("UPDATE feedback SET state = 'decided', outcome = 'accepted', decided_at = 1"
		" WHERE number < 3");
	CHECK_INT(post_as(BEN, ROUND "/auswerten", version_form("1")).status, 403);
	a = post_as(ANNA, ROUND "/auswerten", version_form("1"));
	CHECK_STR(a.location, S(ROUND "?meldung=runde-ausgewertet"));
	CHECK_INT(count_of("SELECT count(*) FROM review_round r JOIN revision v"
			   " ON v.id = r.revision_id WHERE r.evaluated_at IS NOT NULL"
			   " AND r.closed_at IS NOT NULL AND v.state = 'reworking'"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM handbook_event WHERE action = 'closed'"
			   " AND actor_id IS NULL"),
		  1);
	CHECK_INT(count_of(SILENT), 4);
	a = get_as(ANNA, ROUND);
	CHECK(shows(&a, "ausgewertet") && !shows(&a, "Runde leiten"));
	/* The clock closed it, Anna evaluated it. */
	CHECK(shows(&a, ">Geschlossen<br>"));
	CHECK(shows(&a, "Auswertung abgeschlossen von Anna Ahorn"));
	CHECK_INT(post_as(ANNA, ROUND "/auswerten", version_form("2")).status, 409);
}

TEST(managing_stands_bad_requests_double_clicks_and_failures)
{
	running_round();
	check_refusals(ANNA, ROUND "/verlaengern", extension("1", "18.12.2026"), CHANGES);
	check_once(ANNA, ROUND "/verlaengern", extension("1", "18.12.2026"), CHANGES);
	check_failures(ANNA, ROUND "/verlaengern", extension("2", "19.12.2026"), CHANGES);
	check_refusals(ANNA, ROUND "/schliessen", version_form("3"), CHANGES);
	check_failures(ANNA, ROUND "/schliessen", version_form("3"), CHANGES);
	check_refusals(ANNA, ROUND "/auswerten", version_form("3"), CHANGES);
	check_failures(ANNA, ROUND "/auswerten", version_form("3"), CHANGES);
}

TESTS_MAIN
