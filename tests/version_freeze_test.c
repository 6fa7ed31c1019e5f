/* version_freeze_test.c -- numbers, drafts and text of frozen versions. */
#include "features/handbook/version_freeze.h"

#include "round_world.h"

static int64_t freeze(enum version_state state, enum version_change change)
{
	struct request rq = {.app = &test_app,
			     .arena = test_arena,
			     .db = test_db,
			     .viewer = {.person_id = ANNA, .roles = ROLE_PMO}};
	int64_t id = 0;

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	in_transaction(version_freeze(&rq, state, change, S("Neues"), &id));
	return id;
}

#define NUMBERS                                                                                    \
	"SELECT group_concat(major || '.' || minor || '/' || draft || ' ' || state, ', ') FROM"    \
	" (SELECT * FROM revision WHERE draft > 0 ORDER BY id)"

TEST(numbers_count_from_the_version_in_force)
{
	handbook();
	freeze(VERSION_IN_REVIEW, CHANGE_CONTENT);
	freeze(VERSION_PROPOSED, CHANGE_CONTENT);
	freeze(VERSION_PROPOSED, CHANGE_EDITORIAL);
	CHECK_STR(text_of(NUMBERS), S("2.0/1 in_review, 2.0/2 proposed, 1.1/1 proposed"));
	/* What was dropped keeps its number, and 2.0 in force is followed by 3.0 and 2.1. */
	run_sql("UPDATE revision SET state = 'dropped' WHERE draft = 1;"
		"UPDATE revision SET state = 'superseded' WHERE state = 'in_force';"
		"UPDATE revision SET state = 'in_force', draft = 0 WHERE major = 2 AND draft = 2");
	freeze(VERSION_PROPOSED, CHANGE_CONTENT);
	freeze(VERSION_PROPOSED, CHANGE_EDITORIAL);
	CHECK_STR(text_of(NUMBERS),
		  S("2.0/1 dropped, 1.1/1 dropped, 3.0/1 proposed, 2.1/1 proposed"));
	CHECK_INT(count_of("SELECT count(*) FROM revision WHERE change = 'editorial'"), 2);
	CHECK_INT(count_of("SELECT count(*) FROM handbook_event WHERE action = 'frozen'"), 5);
}

TEST(the_text_is_that_of_the_working_copy)
{
	handbook();
	run_sql("DELETE FROM revision_block WHERE pos > 2 AND revision_id ="
		" (SELECT id FROM revision WHERE state = 'working')");
	int64_t id = freeze(VERSION_PROPOSED, CHANGE_EDITORIAL);
	CHECK_INT(count_of("SELECT count(*) FROM revision_block WHERE revision_id ="
			   " (SELECT max(id) FROM revision)"),
		  2);
	CHECK_INT(id, count_of("SELECT max(id) FROM revision"));
	CHECK_STR(text_of("SELECT summary || created_by FROM revision WHERE draft > 0"),
		  S("Neues1"));
}

TESTS_MAIN
