/* db_misuse_test.c -- mistakes of ours are noticed, and nothing of them is committed. */
#include "db_memory.h"

TEST(rows_of_a_statement_that_was_run_again_are_a_bug)
{
	begin_write();
	struct rows first = db_query(db, all, WITH_NOTHING);
	CHECK(rows_next(&first));
	struct rows second = db_query(db, all, WITH_NOTHING);
	CHECK(rows_next(&second));
	CHECK_INT(second.err, OK);
	CHECK(!rows_next(&first));
	CHECK_INT(first.err, E_INTERNAL);
	CHECK_BUG();
}

TEST(columns_of_a_statement_that_was_run_again_are_a_bug)
{
	begin_write();
	struct rows first = db_query(db, all, WITH_NOTHING);
	CHECK(rows_next(&first));
	struct rows second = db_query(db, all, WITH_NOTHING);
	CHECK(rows_next(&second));
	CHECK_STR(col_text(&first, 1), S(""));
	CHECK_INT(first.err, E_INTERNAL);
	CHECK_BUG();
}

TEST(rows_do_not_outlive_their_transaction)
{
	setup();
	CHECK_INT(db_begin_read(db, arena), OK);
	struct rows r = db_query(db, all, WITH_NOTHING);
	CHECK(rows_next(&r));
	CHECK_INT(db_commit(db), OK);
	CHECK(!rows_next(&r));
	CHECK_INT(r.err, E_INTERNAL);
	CHECK_INT(db_begin_read(db, arena), OK);
	r = db_query(db, all, WITH_NOTHING);
	CHECK(rows_next(&r));
	db_rollback(db);
	CHECK_INT(db_begin_read(db, arena), OK);
	CHECK_INT(col_int(&r, 0), 0);
	CHECK_INT(db_poison(db), E_INTERNAL);
	db_rollback(db);
}

TEST(a_column_without_a_row_or_out_of_range_is_a_bug)
{
	begin_write();
	struct rows r = db_query(db, all, WITH_NOTHING);
	CHECK_INT(col_int(&r, 0), 0);
	CHECK_BUG();
	CHECK_INT(db_begin_write(db, arena), OK);
	r = db_query(db, all, WITH_NOTHING);
	CHECK(rows_next(&r));
	CHECK_INT(col_int(&r, 2), 0);
	CHECK_BUG();
	CHECK_INT(db_begin_write(db, arena), OK);
	r = db_query(db, by_id, WITH(INT(99)));
	CHECK(!rows_next(&r));
	CHECK(!rows_next(&r));
	CHECK_INT(db_poison(db), OK);
	CHECK_STR(col_text(&r, 0), S(""));
	CHECK_BUG();
}

TEST(a_column_of_another_type_is_a_bug)
{
	begin_write();
	struct rows r = db_query(db, all, WITH_NOTHING);
	CHECK(rows_next(&r));
	CHECK_INT(col_int(&r, 1), 0);
	CHECK_BUG();
	CHECK_INT(db_begin_write(db, arena), OK);
	r = db_query(db, all, WITH_NOTHING);
	CHECK(rows_next(&r));
	CHECK_STR(col_text(&r, 0), S(""));
	CHECK_BUG();
}

TEST(a_write_in_a_reading_transaction_is_a_bug)
{
	static const char returning[] = "DELETE FROM thing RETURNING id";

	setup();
	CHECK_INT(db_begin_read(db, arena), OK);
	CHECK_INT(db_run(db, insert, WITH(INT(4), NONE, NONE), NULL), E_INTERNAL);
	CHECK_BUG();
	CHECK_INT(db_begin_read(db, arena), OK);
	struct rows r = db_query(db, returning, WITH_NOTHING);
	CHECK(!rows_next(&r));
	CHECK_BUG();
	CHECK_INT(db_begin_read(db, arena), OK);
	CHECK_INT(db_script(db, S("DELETE FROM thing")), E_INTERNAL);
	CHECK_BUG();
}

TEST(nothing_runs_without_a_transaction)
{
	int64_t n;

	setup();
	CHECK_INT(db_run(db, insert, WITH(INT(4), NONE, NONE), NULL), E_INTERNAL);
	CHECK_INT(db_int(db, count, WITH_NOTHING, &n), E_INTERNAL);
	CHECK_INT(db_script(db, S("DELETE FROM thing")), E_INTERNAL);
	CHECK_INT(db_commit(db), E_INTERNAL);
	CHECK_INT(db_poison(db), OK);
	CHECK_INT(things(), 3);
}

TEST(a_transaction_inside_a_transaction_is_a_bug)
{
	begin_write();
	CHECK_INT(db_run(db, insert, WITH(INT(4), NONE, NONE), NULL), OK);
	CHECK_INT(db_begin_read(db, arena), E_INTERNAL);
	CHECK_BUG();
}

TEST(no_statement_ends_the_transaction_or_opens_another_file)
{
	static const char commit[] = "COMMIT", attach[] = "ATTACH '/tmp/other.db' AS other",
			  savepoint[] = "SAVEPOINT a";
	const char *const forbidden[] = {commit, attach, savepoint};

	for (size_t i = 0; i < 3; i++) {
		begin_write();
		CHECK_INT(db_run(db, insert, WITH(INT(4), NONE, NONE), NULL), OK);
		CHECK_INT(db_run(db, forbidden[i], WITH_NOTHING, NULL), E_INTERNAL);
		CHECK_BUG();
	}
	begin_write();
	CHECK_INT(db_script(db, S("DELETE FROM thing; COMMIT; BEGIN")), E_INTERNAL);
	CHECK_BUG();
}

TEST(a_wrong_number_of_values_is_a_bug)
{
	begin_write();
	CHECK_INT(db_run(db, insert, WITH(INT(4), NONE), NULL), E_INTERNAL);
	CHECK_BUG();
	CHECK_INT(db_begin_write(db, arena), OK);
	CHECK_INT(db_run(db, insert, WITH(INT(4), NONE, NONE, NONE), NULL), E_INTERNAL);
	CHECK_BUG();
}

TEST(broken_sql_is_a_bug)
{
	static const char syntax[] = "SELEC 1", two[] = "DELETE FROM thing; DELETE FROM thing",
			  empty[] = " -- nothing\n", question[] = "DELETE FROM thing WHERE id = ?",
			  gap[] = "DELETE FROM thing WHERE id = $2",
			  zero[] = "DELETE FROM thing WHERE id = $0",
			  quotes[] = "DELETE FROM thing WHERE name = \"one\"", rows[] = "SELECT 1";
	const char *const broken[] = {syntax, two, empty, question, gap, zero, quotes, rows};

	for (size_t i = 0; i < sizeof broken / sizeof broken[0]; i++) {
		struct binds with =
		    strchr(broken[i], '$') || strchr(broken[i], '?') ? WITH(INT(1)) : WITH_NOTHING;
		begin_write();
		CHECK_INT(db_run(db, broken[i], with, NULL), E_INTERNAL);
		CHECK_BUG();
	}
}

TEST(sql_text_must_be_static)
{
	char text[] = "SELECT 1 + 1";
	int64_t n;

	begin_write();
	CHECK_INT(db_int(db, text, WITH_NOTHING, &n), OK);
	memcpy(text, "SELECT 2 + 2", sizeof text);
	CHECK_INT(db_int(db, text, WITH_NOTHING, &n), E_INTERNAL);
	CHECK_BUG();
}

TESTS_MAIN_WITH(NULL, teardown)
