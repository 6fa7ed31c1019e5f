/* search_index_test.c -- the index follows the words, and lives with check, backup and migration.
 */
#include "search_world.h"

#include <stdlib.h>
#include <unistd.h>

#define WITHOUT_INDEX                                                                              \
	"SELECT count(*) FROM block_text WHERE id NOT IN (SELECT rowid FROM block_search)"
#define INTEGRITY                                                                                  \
	"INSERT INTO block_search (block_search) VALUES ('integrity-check');"                      \
	"INSERT INTO feedback_search (feedback_search) VALUES ('integrity-check')"

static void index_remark(int64_t id)
{
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(search_index_feedback(test_db, test_arena, id), OK);
	CHECK_INT(db_commit(test_db), OK);
}

TEST(an_import_indexes_every_wording_once)
{
	world();
	CHECK(count_of("SELECT count(*) FROM block_search") > 5);
	CHECK_INT(count_of(WITHOUT_INDEX), 0);
	CHECK_INT(count_of("SELECT count(*) FROM block_search"),
		  count_of("SELECT count(*) FROM block_text"));
	CHECK_INT(count_of("SELECT count(*) FROM block_search WHERE block_search MATCH"
			   " '\"burgerinnen\"'"),
		  1);
	run_sql(INTEGRITY);
}

TEST(indexing_again_replaces_what_was_there)
{
	world();
	int64_t rows = count_of("SELECT count(*) FROM block_search");
	int64_t id = count_of("SELECT id FROM block_text WHERE plain LIKE 'Danach%'");

	for (int i = 0; i < 3; i++) {
		CHECK_INT(db_begin_write(test_db, test_arena), OK);
		CHECK_INT(search_index_text(test_db, test_arena, id, S("Später")), OK);
		CHECK_INT(db_commit(test_db), OK);
	}
	CHECK_INT(count_of("SELECT count(*) FROM block_search"), rows);
	CHECK_INT(count_of("SELECT count(*) FROM block_search WHERE block_search MATCH 'danach'"),
		  0);
	CHECK_INT(count_of("SELECT count(*) FROM block_search WHERE block_search MATCH 'spater'"),
		  1);
	run_sql(INTEGRITY);
}

TEST(a_remark_is_its_latest_wording_and_the_answers_that_are_there)
{
	world();
	run_sql(
	    REMARK(1, "project", "open",
		   "Erstfassung") "INSERT INTO feedback_text VALUES (1, 2, 'Zweitfassung', 2, 2);"
				  "INSERT INTO reply (id, feedback_id, number, author_id, "
				  "author_org, text, at) VALUES"
				  " (1, 1, 1, 1, 'Lindheim', 'Antwort', 2), (2, 1, 2, 1, "
				  "'Lindheim', 'Weg', 3),"
				  " (3, 1, 3, 1, 'Lindheim', 'Nachtrag', 4);"
				  "UPDATE reply SET removed_at = 5 WHERE id = 2");
	index_remark(1);
	index_remark(1);
	CHECK_STR(text_of("SELECT group_concat(text, '|') FROM feedback_search"),
		  S("zweitfassung antwort nachtrag"));
	index_remark(99);
	CHECK_STR(text_of("SELECT text FROM feedback_search WHERE rowid = 99"), S(""));
	run_sql(INTEGRITY);
}

TEST(what_is_missing_is_indexed_and_the_rest_left_alone)
{
	world();
	run_sql(REMARK(1, "project", "open", "Anfang")
		    REMARK(2, "project", "open",
			   "Ende") "DELETE FROM block_search WHERE rowid > 2;"
				   "UPDATE block_search SET text = 'untouched' WHERE rowid = 1");
	index_remark(2);
	CHECK(count_of(WITHOUT_INDEX) > 0);
	for (int i = 0; i < 2; i++) {
		index_all();
		CHECK_INT(count_of(WITHOUT_INDEX), 0);
		CHECK_INT(count_of("SELECT count(*) FROM feedback_search"), 2);
	}
	CHECK_STR(text_of("SELECT text FROM block_search WHERE rowid = 1"), S("untouched"));
	CHECK(finds(DORA, "/suche?q=Anfang") && finds(DORA, "/suche?q=Hundesteuer"));
	run_sql(INTEGRITY);
}

TEST(an_index_that_cannot_be_written_leaves_nothing_half_done)
{
	world();
	run_sql("DELETE FROM block_search;" REMARK(1, "project", "open", "Anfang"));
	for (int n = 1;; n++) {
		CHECK(n < 500);
		db_fail_after(test_db, n, E_INTERNAL);
		enum err err = search_index_missing(test_db, test_arena);
		db_fail_after(test_db, 0, OK);
		if (err == OK)
			break;
		CHECK_INT(count_of("SELECT count(*) FROM block_search"), 0);
		CHECK_INT(count_of("SELECT count(*) FROM feedback_search"), 0);
	}
	CHECK_INT(count_of(WITHOUT_INDEX), 0);
}

TEST(check_and_backup_live_with_the_index)
{
	char dir[] = "/tmp/handschlag-search-XXXXXX";
	struct db *copy = NULL;
	int64_t found = 0;

	world();
	CHECK_INT(db_check(test_db), OK);
	CHECK(mkdtemp(dir) != NULL);
	struct str file = arena_fmt(test_arena, "%s/handschlag.db", dir);
	CHECK_INT(db_backup(test_db, file), OK);
	CHECK_INT(db_open(str_of(dir), &copy), OK);
	CHECK_INT(db_check(copy), OK);
	CHECK_INT(db_begin_read(copy, test_arena), OK);
	CHECK_INT(db_int(copy,
			 "SELECT count(*) FROM block_search WHERE block_search MATCH 'satzung'",
			 WITH_NOTHING, &found),
		  OK);
	CHECK_INT(found, 1);
	db_close(copy);
	static const char *const parts[] = {"", "-wal", "-shm", ".lock"};
	for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
		unlink(
		    arena_cstr(test_arena, arena_fmt(test_arena, "%.*s%s", ARG(file), parts[i])));
	CHECK_INT(rmdir(dir), 0);
}

TESTS_MAIN
