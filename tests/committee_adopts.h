/* committee_adopts.h -- the steering committee adopts the version that is put up, as its part of
 * the program leaves it. */
#ifndef TESTS_COMMITTEE_ADOPTS_H
#define TESTS_COMMITTEE_ADOPTS_H

#include "fixtures.h"

/* Takes the request up, as 2026-90; `state` as of the template ("published", "in_follow_up"). */
static inline void committee_says(const char *state)
{
	run_sql("INSERT OR IGNORE INTO decision (id, year, number, author_id, created_at)"
		" VALUES (90, 2026, 90, 1, 1);"
		"INSERT OR IGNORE INTO decision_version (decision_id, version, title, written_by,"
		"  written_at) VALUES (90, 1, 'Neue Fassung', 1, 1)");
	run_sql("UPDATE decision_request SET decision_id = 90 WHERE revision_id ="
		" (SELECT id FROM revision WHERE state = 'proposed')");
	run_sql(arena_cstr(
	    test_arena,
	    arena_fmt(test_arena, "UPDATE decision SET state = '%s' WHERE id = 90", state)));
}

static inline void committee_adopts(void)
{
	committee_says("in_follow_up");
	run_sql(
	    "INSERT OR REPLACE INTO poll (id, decision_id, version, version_hash, kind, majority,"
	    "  mode, seat_rule, min_yes, min_persons, casting_vote, second_meeting,"
	    "  absent_counts, quorum_by_weight, opened_by, opened_at, closes_at, closed_at,"
	    "  result)"
	    " VALUES (90, 90, 1, printf('%064d', 0), 'circular', 'simple', 'heads', 'speaker',"
	    "  0, 2, 0, 0, 0, 0, 1, 1, 2, 1795078800, 'adopted')");
}

#endif
