/* db_test.c -- one connection: values, transactions, poison, failure. */
#include "db_memory.h"

#include <stdio.h>

TEST(values_come_back_as_they_were_bound)
{
	static const char nul[] = "a\0b";
	struct str zero = {nul, 3}, umlaut = S("Bürger*innen ß €");

	begin_write();
	CHECK_INT(db_run(db, insert, WITH(INT(INT64_MAX), TEXT(umlaut), BLOB(zero)), NULL), OK);
	CHECK_INT(db_run(db, insert, WITH(INT(INT64_MIN), TEXT(zero), NONE), NULL), OK);
	struct str null = {NULL, 0};
	CHECK_INT(db_run(db, insert, WITH(INT(-5), TEXT(null), BLOB(null)), NULL), OK);
	CHECK_INT(db_commit(db), OK);
	CHECK_INT(db_begin_read(db, arena), OK);
	struct rows r = db_query(db, by_id, WITH(INT(INT64_MAX)));
	CHECK(rows_next(&r));
	CHECK(col_int(&r, 0) == INT64_MAX);
	CHECK_STR(col_text(&r, 1), umlaut);
	CHECK_STR(col_text(&r, 2), zero);
	r = db_query(db, by_id, WITH(INT(INT64_MIN)));
	CHECK(rows_next(&r));
	CHECK_STR(col_text(&r, 1), zero);
	CHECK(col_null(&r, 2));
	CHECK_STR(col_text(&r, 2), S(""));
	r = db_query(db, by_id, WITH(INT(-5)));
	CHECK(rows_next(&r));
	CHECK(!col_null(&r, 1) && !col_null(&r, 2));
	CHECK_STR(col_text(&r, 2), S(""));
	CHECK(!rows_next(&r));
	CHECK_INT(r.err, OK);
	db_rollback(db);
}

TEST(a_copy_has_everything_and_goes_its_own_way)
{
	struct db *other = NULL;
	int64_t n = 0;

	setup();
	CHECK_INT(db_open_copy(db, &other), OK);
	CHECK_INT(db_begin_write(other, arena), OK);
	/* Foreign keys count there too. */
	CHECK_INT(db_run(other, "INSERT INTO part VALUES (1, 9)", WITH_NOTHING, NULL), E_INTERNAL);
	db_rollback(other);
	CHECK_INT(db_begin_write(other, arena), OK);
	CHECK_INT(db_run(other, "DELETE FROM thing WHERE id = 1", WITH_NOTHING, NULL), OK);
	CHECK_INT(db_commit(other), OK);
	CHECK_INT(db_begin_read(other, arena), OK);
	CHECK_INT(db_int(other, count, WITH_NOTHING, &n), OK);
	CHECK_INT(n, 2);
	db_close(other);
	CHECK_INT(things(), 3);
}

TEST(empty_text_and_zero_can_become_null)
{
	static const char nulls[] = "SELECT ($1 IS NULL) * 1000 + ($2 IS NULL) * 100"
				    " + ($3 IS NULL) * 10 + ($4 IS NULL)";
	int64_t pattern = 0;

	setup();
	CHECK_INT(db_begin_read(db, arena), OK);
	CHECK_INT(
	    db_int(db, nulls,
		   WITH(TEXT_OR_NONE(S("")), TEXT_OR_NONE(S("x")), INT_OR_NONE(0), INT_OR_NONE(7)),
		   &pattern),
	    OK);
	CHECK_INT(pattern, 1010);
	db_rollback(db);
}

TEST(placeholders_are_numbers_whatever_their_order)
{
	static const char sql[] = "SELECT $2 || '-' || $1 || '-' || $2";
	struct str text;

	setup();
	CHECK_INT(db_begin_read(db, arena), OK);
	CHECK_INT(db_text(db, sql, WITH(TEXT(S("first")), TEXT(S("second"))), &text), OK);
	CHECK_STR(text, S("second-first-second"));
	db_rollback(db);
}

TEST(a_text_read_outlives_its_statement_and_its_bind)
{
	static const char sql[] = "SELECT $1 FROM thing";
	char buffer[] = "before";
	struct str text;

	setup();
	CHECK_INT(db_begin_read(db, arena), OK);
	struct rows r = db_query(db, sql, WITH(TEXT(str_of(buffer))));
	memcpy(buffer, "after!", 6);
	CHECK(rows_next(&r));
	text = col_text(&r, 0);
	db_rollback(db);
	CHECK_STR(text, S("before"));
}

TEST(a_missing_row_is_not_found_and_no_poison)
{
	int64_t id;
	struct str name;

	setup();
	CHECK_INT(db_begin_read(db, arena), OK);
	CHECK_INT(db_int(db, by_id, WITH(INT(99)), &id), E_NOT_FOUND);
	CHECK_INT(db_text(db, by_id, WITH(INT(99)), &name), E_NOT_FOUND);
	CHECK_INT(db_poison(db), OK);
	CHECK_INT(db_int(db, by_id, WITH(INT(2)), &id), OK);
	CHECK_INT(id, 2);
	CHECK_INT(db_commit(db), OK);
}

TEST(changed_rows_are_counted)
{
	static const char update[] = "UPDATE thing SET name = 'n' || id WHERE id > $1";
	int64_t changed = -1;

	begin_write();
	CHECK_INT(db_run(db, update, WITH(INT(1)), &changed), OK);
	CHECK_INT(changed, 2);
	CHECK_INT(db_run(db, update, WITH(INT(100)), &changed), OK);
	CHECK_INT(changed, 0);
	CHECK_INT(db_commit(db), OK);
}

TEST(returning_gives_the_new_id_and_still_checks_foreign_keys)
{
	static const char add[] = "INSERT INTO part (thing_id) VALUES ($1) RETURNING id";
	static const char add_three[] = "INSERT INTO part (thing_id) SELECT id FROM thing"
					" RETURNING id";
	static const char parts[] = "SELECT count(*) FROM part";
	int64_t id = 0;

	begin_write();
	CHECK_INT(db_int(db, add, WITH(INT(1)), &id), OK);
	CHECK_INT(id, 1);
	CHECK_INT(db_int(db, add, WITH(INT(77)), &id), E_INTERNAL);
	CHECK_BUG();
	/* Every row is written when the first one is read. */
	CHECK_INT(db_begin_write(db, arena), OK);
	CHECK_INT(db_int(db, add_three, WITH_NOTHING, &id), OK);
	CHECK_INT(db_int(db, parts, WITH_NOTHING, &id), OK);
	CHECK_INT(id, 3);
	CHECK_INT(db_commit(db), OK);
}

TEST(two_statements_can_be_read_at_once)
{
	int seen = 0;

	setup();
	CHECK_INT(db_begin_read(db, arena), OK);
	struct rows outer = db_query(db, all, WITH_NOTHING);
	while (rows_next(&outer)) {
		struct rows inner = db_query(db, by_id, WITH(INT(col_int(&outer, 0))));
		CHECK(rows_next(&inner));
		CHECK(col_int(&inner, 0) == col_int(&outer, 0));
		seen++;
	}
	CHECK_INT(outer.err, OK);
	CHECK_INT(seen, 3);
	db_rollback(db);
}

TEST(the_first_failure_poisons_everything_after_it)
{
	int64_t n;
	struct str name;

	begin_write();
	CHECK_INT(db_run(db, insert, WITH(INT(4), TEXT(S("four")), NONE), NULL), OK);
	struct rows before = db_query(db, all, WITH_NOTHING);
	CHECK(rows_next(&before));
	CHECK_INT(db_run(db, insert, WITH(INT(5), TEXT(S("one")), NONE), NULL), E_INTERNAL);
	CHECK(!rows_next(&before));
	CHECK_INT(before.err, E_INTERNAL);
	CHECK_INT(db_run(db, insert, WITH(INT(6), TEXT(S("six")), NONE), NULL), E_INTERNAL);
	CHECK_INT(db_int(db, count, WITH_NOTHING, &n), E_INTERNAL);
	CHECK_INT(db_text(db, all, WITH_NOTHING, &name), E_INTERNAL);
	struct rows r = db_query(db, all, WITH_NOTHING);
	CHECK_INT(r.err, E_INTERNAL);
	CHECK(!rows_next(&r));
	CHECK(col_null(&r, 0));
	CHECK_INT(db_script(db, S("DELETE FROM thing")), E_INTERNAL);
	CHECK_BUG();
	CHECK_INT(db_poison(db), OK);
}

TEST(a_statement_works_again_after_it_failed)
{
	begin_write();
	CHECK_INT(db_run(db, insert, WITH(INT(4), TEXT(S("bad")), NONE), NULL), E_INTERNAL);
	db_rollback(db);
	CHECK_INT(db_begin_write(db, arena), OK);
	CHECK_INT(db_run(db, insert, WITH(INT(4), TEXT(S("good")), NONE), NULL), OK);
	CHECK_INT(db_commit(db), OK);
	CHECK_INT(things(), 4);
}

TEST(a_rollback_leaves_nothing)
{
	begin_write();
	CHECK_INT(db_run(db, insert, WITH(INT(4), NONE, NONE), NULL), OK);
	db_rollback(db);
	db_rollback(db);
	CHECK_INT(things(), 3);
}

TEST(a_thousand_statements_find_their_own_text)
{
	static char texts[1000][24];
	int64_t n;

	begin_write();
	for (int round = 0; round < 2; round++)
		for (int i = 0; i < 1000; i++) {
			if (round == 0)
				snprintf(texts[i], sizeof texts[i], "SELECT %d", i);
			CHECK_INT(db_int(db, texts[i], WITH_NOTHING, &n), OK);
			CHECK_INT(n, i);
		}
	db_rollback(db);
}

TEST(the_version_changes_with_commits_only)
{
	setup();
	uint64_t before = db_version(db);
	CHECK(db_version(db) == before);
	CHECK_INT(things(), 3);
	CHECK(db_version(db) == before);
	CHECK_INT(db_begin_write(db, arena), OK);
	db_rollback(db);
	CHECK(db_version(db) == before);
	CHECK_INT(db_begin_write(db, arena), OK);
	CHECK_INT(db_run(db, insert, WITH(INT(4), NONE, NONE), NULL), OK);
	CHECK_INT(db_commit(db), OK);
	CHECK(db_version(db) != before);
	db_fail_after(db, 1, E_UNAVAILABLE);
	uint64_t failed = db_version(db);
	db_fail_after(db, 1, E_UNAVAILABLE);
	CHECK(db_version(db) != failed);
}

/* What a handler does: reads, adds two rows that belong together, commits. */
static enum err work(void)
{
	static const char name_of[] = "SELECT name FROM thing WHERE id = $1";
	struct str name;
	int64_t id;

	TRY(db_begin_write(db, arena));
	struct rows r = db_query(db, all, WITH_NOTHING);
	while (rows_next(&r))
		col_text(&r, 1);
	TRY(db_text(db, name_of, WITH(INT(2)), &name));
	TRY(db_int(db, count, WITH_NOTHING, &id));
	TRY(db_script(db, S("INSERT INTO thing (id) VALUES (10)")));
	TRY(db_run(db, insert, WITH(INT(11), NONE, NONE), NULL));
	return db_commit(db);
}

TEST(every_call_can_fail_and_leaves_nothing)
{
	int failed = 0;

	for (int n = 1;; n++, failed++) {
		setup();
		int64_t calls = db_calls(db);
		db_fail_after(db, n, E_UNAVAILABLE);
		enum err err = work();
		db_fail_after(db, 0, OK);
		if (err == OK) {
			CHECK_INT(db_calls(db) - calls, n - 1);
			break;
		}
		CHECK_INT(err, E_UNAVAILABLE);
		CHECK_INT(things(), 3);
	}
	CHECK_INT(failed, 11); /* begin, query, 4 × next, text, int, script, run, commit */
	CHECK_INT(things(), 5);
}

TEST(a_forgotten_error_cannot_be_committed)
{
	for (int n = 1; n <= 2; n++) {
		begin_write();
		db_fail_after(db, n, E_UNAVAILABLE);
		enum err forgotten = db_run(db, insert, WITH(INT(4), NONE, NONE), NULL);
		forgotten = db_run(db, insert, WITH(INT(5), NONE, NONE), NULL);
		CHECK_INT(forgotten, E_UNAVAILABLE);
		CHECK_INT(db_commit(db), E_UNAVAILABLE);
		CHECK_INT(things(), 3);
	}
}

TEST(a_check_names_what_is_wrong)
{
	setup();
	CHECK_INT(db_check(db), OK);
	CHECK_INT(db_begin_write(db, arena), OK);
	CHECK_INT(db_script(db, S("PRAGMA defer_foreign_keys = ON;"
				  "INSERT INTO part (thing_id) VALUES (99)")),
		  OK);
	CHECK_INT(db_check(db), E_INTERNAL);
	CHECK_INT(db_commit(db), E_INTERNAL);
	CHECK_INT(db_check(db), OK);
}

TESTS_MAIN_WITH(NULL, teardown)
