/* votes_migrate_test.c -- votes that were there before members could vote stay what they were. */
#include "test.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/migrate.h"

enum { MEMBER_VOTES = 22 };

static const char old_votes[] =
    "INSERT INTO municipality (id, name, short, slug, kind, joined_on, sort_key) VALUES"
    " (1, 'Auental', 'Auental', 'auental', 'municipality', '2025-01-01', 'a'),"
    " (2, 'Bergstedt', 'Bergstedt', 'bergstedt', 'municipality', '2025-01-01', 'b');"
    "INSERT INTO person (id, name, email, status, sort_key, created_at) VALUES"
    " (1, 'A', 'a@a.example', 'active', 'a', 1), (2, 'B', 'b@a.example', 'active', 'b', 1);"
    "UPDATE committee_rules SET mode = 'dual', proxy_cap = 2;"
    "INSERT INTO decision (id, year, number, author_id, created_at) VALUES (1, 2026, 1, 1, 1);"
    "INSERT INTO decision_version (decision_id, version, title, written_by, written_at) VALUES"
    " (1, 1, 'A', 1, 1);"
    "INSERT INTO poll (id, decision_id, version, version_hash, kind, majority, mode, seat_rule,"
    " min_yes, min_persons, casting_vote, second_meeting, absent_counts, quorum_by_weight,"
    " opened_by, opened_at, closes_at) VALUES (7, 1, 1, printf('%064d', 1), 'circular', 'simple',"
    " 'dual', 'block', 0, 2, 0, 0, 0, 0, 1, 1, 9);"
    "INSERT INTO poll_unit (poll_id, municipality_id, name, weight) VALUES (7, 1, 'Auental', 3),"
    " (7, 2, 'Bergstedt', 1);"
    "INSERT INTO poll_voter (poll_id, municipality_id, person_id, capacity) VALUES"
    " (7, 1, 1, 'holder'), (7, 2, 2, 'deputy');"
    "INSERT INTO register_record (n, at, kind, poll_id, line, hash) VALUES"
    " (1, 1, 'ballot', 7, '{}', printf('%064d', 2));"
    "INSERT INTO ballot (poll_id, seq, municipality_id, choice, person_id, capacity, at, nonce,"
    " record, signature) VALUES (7, 1, 2, 'no', 2, 'deputy', 2, printf('%032d', 3), 1, 's');"
    "UPDATE poll_unit SET status = 'absent' WHERE municipality_id = 1;"
    "UPDATE poll SET closed_at = 9, result = 'rejected', words = 'w', persons = 1;"
    "INSERT INTO poll_void (poll_id, reason, proposed_by, proposed_at) VALUES (7, 'r', 1, 1);";

static struct db *db;
static struct arena *arena;

static void script(const char *sql)
{
	CHECK_INT(db_begin_write(db, arena), OK);
	CHECK_INT(db_script(db, str_of(sql)), OK);
	CHECK_INT(db_commit(db), OK);
}

static struct str text(const char *sql)
{
	struct str s = S("?");

	CHECK_INT(db_begin_read(db, arena), OK);
	CHECK_INT(db_text(db, sql, WITH_NOTHING, &s), OK);
	db_rollback(db);
	return s;
}

static bool fails(const char *sql)
{
	CHECK_INT(db_begin_write(db, arena), OK);
	bool failed = db_script(db, str_of(sql)) != OK;
	db_rollback(db);
	return failed;
}

TEST(old_votes_are_the_same_after_it)
{
	struct migration until[64];
	size_t n = 0;

	log_threshold((enum log_level)(LOG_ERROR + 1));
	arena = arena_new(16 << 20);
	CHECK_INT(db_open(S(""), &db), OK);
	for (; migrations[n].number != 0 && migrations[n].number < MEMBER_VOTES; n++)
		until[n] = migrations[n];
	until[n] = (struct migration){.number = 0};
	CHECK_INT(migrate_to(db, arena, S(""), until), OK);
	script(old_votes);
	CHECK_INT(migrate(db, arena, S("")), OK);
	CHECK_STR(text("SELECT mode || proxy_cap FROM committee_rules"), S("dual2"));
	CHECK_STR(text("SELECT id || kind || mode || seat_rule || closes_at || result || words"
		       " FROM poll"),
		  S("7circulardualblock9rejectedw"));
	CHECK_STR(text("SELECT group_concat(unit || municipality_id || name || weight ||"
		       " coalesce(status, '-'), ' ') FROM poll_unit"),
		  S("11Auental3absent 22Bergstedt1-"));
	CHECK_STR(text("SELECT group_concat(unit || capacity, ' ') FROM poll_voter"),
		  S("1holder 2deputy"));
	CHECK_STR(text("SELECT unit || choice || capacity || signature FROM ballot"),
		  S("2nodeputys"));
	CHECK_STR(text("SELECT count(*) || '' FROM pragma_foreign_key_check"), S("0"));
	/* What could not be done to them still cannot. */
	CHECK(fails("UPDATE poll SET words = 'other'"));
	CHECK(fails("DELETE FROM poll"));
	CHECK(fails("UPDATE ballot SET choice = 'yes'"));
	CHECK(fails("DELETE FROM poll_unit"));
	CHECK(fails("UPDATE poll_unit SET status = 'yes' WHERE unit = 1"));
	CHECK(fails("INSERT INTO ballot SELECT poll_id, 2, unit, 'no', '', person_id, capacity, at,"
		    " nonce, 1, signature FROM ballot"));
	CHECK(fails("INSERT INTO poll_unit (poll_id, unit, municipality_id, name, weight) VALUES"
		    " (8, 1, 1, 'A', 1)"));
	db_close(db);
	arena_free(arena);
}

TESTS_MAIN
