/* start_clock_test.c -- the program does not start on a clock that has gone back. */
#include "app/audit.h"
#include "fixtures.h"
#include "quiet.h"

static enum err starts(void)
{
	struct quiet q = hush();
	enum err err = audit_clock_check(test_db, test_arena);

	(void)speak(test_arena, q);
	return err;
}

static void last_event(int64_t at)
{
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(db_run(test_db, "INSERT INTO audit (at, action, object) VALUES ($1, 'x', 'y/1')",
			 WITH(INT(at)), NULL),
		  OK);
	CHECK_INT(db_commit(test_db), OK);
}

TEST(a_clock_that_has_gone_back_is_refused)
{
	fixtures();
	last_event(FIXTURE_NOW);
	CHECK_INT(starts(), OK);
	clock_set(FIXTURE_NOW - 60);
	CHECK_INT(starts(), OK); /* clocks are set right by a little now and then */
	clock_set(FIXTURE_NOW - 61);
	CHECK_INT(starts(), E_INTERNAL);
	clock_set(1); /* a machine whose battery is empty */
	CHECK_INT(starts(), E_INTERNAL);
	clock_set(FIXTURE_NOW + 100000);
	CHECK_INT(starts(), OK);
}

/* Asked is the newest row, not the largest time: an old mistake does not lock anybody out. */
TEST(the_newest_event_counts)
{
	fixtures();
	last_event(FIXTURE_NOW + 5000);
	CHECK_INT(starts(), E_INTERNAL);
	last_event(FIXTURE_NOW);
	CHECK_INT(starts(), OK);
}

TEST(an_empty_installation_starts)
{
	fixtures();
	run_sql("DROP TRIGGER audit_no_delete; DELETE FROM audit");
	clock_set(1);
	CHECK_INT(starts(), OK);
}

TEST(a_database_that_cannot_be_read_is_no_start)
{
	fixtures();
	for (int n = 1; n < 3; n++) {
		db_fail_after(test_db, n, E_INTERNAL);
		CHECK_INT(starts(), E_INTERNAL);
		db_fail_after(test_db, 0, OK);
	}
	CHECK_INT(starts(), OK);
}

TESTS_MAIN
