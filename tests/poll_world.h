/*
 * poll_world.h -- a running meeting (2026-1) with a decision that has been called, everything about
 * it in the register, so that the whole can be verified at the end of a test.
 *
 * Ivo leads the meeting and holds Seefeld's vote, Jule is the deputy chair and holds Lindheim's;
 * Greta holds Auental's, Heidi Bergstedt's.  Deputies: Kim (Lindheim), Cem (Bergstedt).
 */
#ifndef TESTS_POLL_WORLD_H
#define TESTS_POLL_WORLD_H

#include "features/steering/circular.h"
#include "features/steering/poll.h"
#include "features/steering/register_file.h"
#include "features/steering/register_records.h"
#include "features/steering/register_verify.h"
#include "steering_world.h"

#define POLL DECISION_1_PAGE "/abstimmung"
#define VOTE DECISION_1_PAGE "/stimme"
#define CLOSE POLL "/schliessen"
#define ABORT POLL "/abbrechen"
#define CIRCULAR DECISION_1_PAGE "/umlauf"
#define BALLOTS "SELECT count(*) FROM ballot"
__attribute__((unused)) static const char *const poll_changes =
    "SELECT (SELECT count(*) FROM poll)"
    " + (SELECT count(*) FROM ballot)"
    " + (SELECT count(*) FROM register_record)"
    " + (SELECT count(*) FROM steering_event)"
    " + (SELECT count(*) FROM outbox)"
    " + (SELECT count(*) FROM poll_unit WHERE status <> '')"
    " + (SELECT sum(row_version) FROM decision)";
#define HASH_1 "1111111111111111111111111111111111111111111111111111111111111111"

/* A request besides the program's own, in a write transaction. */
#define DIRECTLY(...)                                                                              \
	do {                                                                                       \
		struct request rq = {.app = &test_app, .db = test_db, .arena = test_arena};        \
		struct register_book book;                                                         \
		CHECK_INT(db_begin_write(test_db, test_arena), OK);                                \
		book = register_of(&rq);                                                           \
		(void)book;                                                                        \
		__VA_ARGS__                                                                        \
		CHECK_INT(db_commit(test_db), OK);                                                 \
	} while (0)

__attribute__((unused)) static void comes(int64_t person, int64_t unit, const char *role)
{
	static const char sql[] =
	    "INSERT INTO attendance (meeting_id, person_id, municipality_id, role, mode, from_at)"
	    " VALUES (1, $1, $2, $3, 'room', $4)";
	DIRECTLY(
	    CHECK_INT(db_run(test_db, sql,
			     WITH(INT(person), INT(unit), TEXT(str_of(role)), INT(clock_now())),
			     NULL),
		      OK);
	    CHECK_INT(
		register_attendance(&book, &(struct register_attendance){.meeting = 1,
									 .person = WHO(person),
									 .unit = unit,
									 .role = str_of(role),
									 .mode = S("room"),
									 .event = S("came")}),
		OK););
}

__attribute__((unused)) static void leaves(int64_t person, int64_t unit, const char *role)
{
	static const char sql[] = "UPDATE attendance SET until_at = $2 WHERE person_id = $1"
				  " AND until_at IS NULL";
	DIRECTLY(CHECK_INT(db_run(test_db, sql, WITH(INT(person), INT(clock_now())), NULL), OK);
		 CHECK_INT(
		     register_attendance(&book, &(struct register_attendance){.meeting = 1,
									      .person = WHO(person),
									      .unit = unit,
									      .role = str_of(role),
									      .mode = S("room"),
									      .event = S("left")}),
		     OK););
}

__attribute__((unused)) static void grants(int64_t principal, int64_t unit, int64_t proxy)
{
	static const char sql[] = "INSERT INTO proxy (id, meeting_id, municipality_id, "
				  "principal_id, proxy_id, granted_at)"
				  " VALUES ($1, 1, $1, $2, $3, 1795160000)";
	DIRECTLY(
	    CHECK_INT(db_run(test_db, sql, WITH(INT(unit), INT(principal), INT(proxy)), NULL), OK);
	    CHECK_INT(register_proxy_granted(
			  &book, &(struct register_proxy_granted){.proxy = unit,
								  .meeting = 1,
								  .unit = unit,
								  .principal = WHO(principal),
								  .person = WHO(proxy)}),
		      OK););
}

__attribute__((unused)) static void revokes(int64_t unit)
{
	static const char sql[] = "UPDATE proxy SET revoked_at = $2 WHERE id = $1";
	DIRECTLY(CHECK_INT(db_run(test_db, sql, WITH(INT(unit), INT(clock_now())), NULL), OK);
		 CHECK_INT(
		     register_proxy_revoked(&book, &(struct register_proxy_revoked){.proxy = unit}),
		     OK););
}

__attribute__((unused)) static void is_recused(int64_t person, int64_t unit, int64_t meeting)
{
	static const char sql[] = "INSERT INTO recusal (decision_id, meeting_id, person_id, "
				  "municipality_id, at, noted_by)"
				  " VALUES (1, $3, $1, $2, $4, 9)";
	DIRECTLY(
	    CHECK_INT(db_run(test_db, sql,
			     WITH(INT(person), INT(unit), INT_OR_NONE(meeting), INT(clock_now())),
			     NULL),
		      OK);
	    CHECK_INT(register_recusal(&book, &(struct register_recusal){.decision = 1,
									 .meeting = meeting,
									 .unit = unit,
									 .person = WHO(person),
									 .event = S("noted")}),
		      OK););
}

/* The decision published and, with `state` "called" or "scheduled", on the agenda of a running
 * meeting with nobody there yet.  `counts_from`: when the template came. */
__attribute__((unused)) static void poll_empty_world(const char *state, int64_t counts_from)
{
	static const char sql[] =
	    "INSERT INTO decision_version (decision_id, version, title, resolution, written_by,"
	    " written_at, published_at, counts_from, sha256) VALUES (1, 2, 'Verzeichnis für alle',"
	    " 'Die Kommunen führen ein gemeinsames Verzeichnis.', 2, $1, $1, $1, '" HASH_1 "')";
	static const char meeting_sql[] =
	    "INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot,"
	    " place, chair_id, deputy_id, minute_taker_id, uid, invited_at, opened_at, created_by,"
	    " created_at) VALUES (1, 2026, 1, 'running', '2026-11-20', 600, 1795165200, 60,"
	    " 'Rathaus Seefeld', 9, 10, 3, 'abcdefghijklmnop', 1795000000, 1795165200, 1, 1);"
	    "INSERT INTO agenda_entry (id, meeting_id, pos, kind, decision_id, title,"
	    " presenter_id, minutes, started_at) VALUES (1, 1, 1, 'decision', 1,"
	    " 'Verzeichnis für alle', 2, 30, NULL);";
	bool called = strcmp(state, "called") == 0;

	steering_world();
	clock_set(counts_from);
	DIRECTLY(
	    CHECK_INT(db_run(test_db, sql, WITH(INT(counts_from)), NULL), OK); CHECK_INT(
		db_run(test_db, "UPDATE decision SET state = $1", WITH(TEXT(str_of(state))), NULL),
		OK);
	    CHECK_INT(register_template_published(
			  &book, &(struct register_template_published){.decision = 1,
								       .number = S("2026-1"),
								       .version = 2,
								       .sha256 = S(HASH_1),
								       .counts_from = counts_from}),
		      OK););
	clock_set(FIXTURE_NOW);
	if (strcmp(state, "published") == 0)
		return;
	run_sql(meeting_sql);
	if (called)
		run_sql("UPDATE agenda_entry SET started_at = 1795165200");
	DIRECTLY(CHECK_INT(register_meeting_invited(
			       &book, &(struct register_meeting_invited){.meeting = 1,
									 .number = S("2026-1"),
									 .day = S("2026-11-20"),
									 .start = 600,
									 .chair = WHO(IVO),
									 .minute_taker = WHO(CEM)}),
			   OK););
}

enum { IN_TIME = 1794300000, TOO_LATE = 1795000000 };

/* All four holders are there, the decision is called. */
__attribute__((unused)) static void poll_world(void)
{
	poll_empty_world("called", IN_TIME);
	comes(JULE, LINDHEIM, "holder");
	comes(GRETA, AUENTAL, "holder");
	comes(HEIDI, BERGSTEDT, "holder");
	comes(IVO, SEEFELD, "holder");
}

/* Greta is not there; Jule casts Auental's vote by proxy, beside her own. */
__attribute__((unused)) static void poll_proxy_world(void)
{
	poll_empty_world("called", IN_TIME);
	comes(JULE, LINDHEIM, "holder");
	comes(IVO, SEEFELD, "holder");
	comes(HEIDI, BERGSTEDT, "holder");
	grants(GRETA, AUENTAL, JULE);
}

__attribute__((unused)) static struct str number_of(const char *sql)
{
	return arena_fmt(test_arena, "%d", (int)count_of(sql));
}
#define DECISION_VERSION number_of("SELECT row_version FROM decision WHERE id = 1")
#define NEWEST_POLL number_of("SELECT max(id) FROM poll")

__attribute__((unused)) static struct str opening(const char *kind)
{
	return FORM(FIELD_STR("version", DECISION_VERSION), FIELD_STR("art", str_of(kind)),
		    FIELD("befangenheit", "gefragt"));
}
__attribute__((unused)) static struct str the_poll(void)
{
	return FORM(FIELD_STR("abstimmung", NEWEST_POLL));
}
__attribute__((unused)) static struct str aborting(const char *reason)
{
	return FORM(FIELD_STR("abstimmung", NEWEST_POLL), FIELD_STR("grund", str_of(reason)));
}
/* For one unit; `unit` is its number as a word. */
__attribute__((unused)) static struct str vote_form(int64_t unit, const char *choice,
						    const char *reason)
{
	struct test_field fields[] = {
	    FIELD_STR("abstimmung", NEWEST_POLL),
	    {arena_fmt(test_arena, "stimme-%d", (int)unit), str_of(choice)},
	    {arena_fmt(test_arena, "grund-%d", (int)unit), str_of(reason)}};

	return form_of(fields, 3);
}
__attribute__((unused)) static int votes(int64_t person, int64_t unit, const char *choice)
{
	return post_as(person, VOTE, vote_form(unit, choice, "")).status;
}
/* Each holder for the own municipality, in the order of statuses(); "-": does not vote. */
__attribute__((unused)) static void holders_vote(const char *choices)
{
	static const int64_t holders[] = {GRETA, HEIDI, JULE, IVO},
			     units[] = {AUENTAL, BERGSTEDT, LINDHEIM, SEEFELD};
	struct str rest = str_of(choices), choice;

	for (size_t i = 0; str_cut(&rest, ' ', &choice); i++)
		if (!str_eq(choice, S("-")))
			CHECK_INT(votes(holders[i], units[i], arena_cstr(test_arena, choice)), 303);
}
#define OPENS() CHECK_INT(post_as(IVO, POLL, opening("resolution")).status, 303)
#define CLOSES() CHECK_INT(post_as(IVO, CLOSE, the_poll()).status, 303)

__attribute__((unused)) static struct str result(void)
{
	return text_of("SELECT coalesce(result, 'open') FROM poll ORDER BY id DESC LIMIT 1");
}
/* "yes no silent absent": Auental, Bergstedt, Lindheim, Seefeld. */
__attribute__((unused)) static struct str statuses(void)
{
	return text_of("SELECT group_concat(coalesce(status, '-'), ' ') FROM (SELECT status FROM"
		       " poll_unit WHERE poll_id = (SELECT max(id) FROM poll) ORDER BY name)");
}

/* The whole register, recomputed. */
__attribute__((unused)) static void check_register(void)
{
	struct register_verdict verdict;
	struct str file;

	CHECK_INT(db_begin_read(test_db, test_arena), OK);
	CHECK_INT(register_file_write(test_db, test_arena, &file), OK);
	db_rollback(test_db);
	register_verify(test_arena, file, S(""), &verdict);
	if (!verdict.fine)
		print_error("line %d: %.*s\n", (int)verdict.line, ARG(verdict.why));
	CHECK(verdict.fine);
}

#endif
