/*
 * db_memory.h -- a database in memory with three rows, for tests of one connection.
 */
#ifndef TESTS_DB_MEMORY_H
#define TESTS_DB_MEMORY_H

#include "test.h"

#include "base/log.h"
#include "db/db.h"

static struct db *db;
static struct arena *arena;

static const char insert[] = "INSERT INTO thing (id, name, data) VALUES ($1, $2, $3)";
static const char by_id[] = "SELECT id, name, data FROM thing WHERE id = $1";
static const char all[] = "SELECT id, name FROM thing ORDER BY id";
static const char count[] = "SELECT count(*) FROM thing";

static inline void setup(void)
{
	log_threshold((enum log_level)(LOG_ERROR + 1)); /* the mistakes made here are on purpose */
	db_close(db);
	arena_free(arena);
	arena = arena_new(1 << 20);
	CHECK_INT(db_open(S(""), &db), OK);
	CHECK_INT(db_begin_write(db, arena), OK);
	CHECK_INT(db_script(db, S("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT UNIQUE,"
				  " data BLOB, CHECK (name <> 'bad')) STRICT;\n"
				  "-- a comment; with a semicolon\n"
				  "CREATE TABLE part (id INTEGER PRIMARY KEY,"
				  " thing_id INTEGER REFERENCES thing) STRICT;\n"
				  "INSERT INTO thing VALUES (1, 'one', NULL), (2, 'two', NULL),"
				  " (3, NULL, NULL);\n")),
		  OK);
	CHECK_INT(db_commit(db), OK);
}

static inline void begin_write(void)
{
	setup();
	CHECK_INT(db_begin_write(db, arena), OK);
}

static inline int64_t things(void)
{
	int64_t n = -1;

	db_rollback(db);
	CHECK_INT(db_begin_read(db, arena), OK);
	CHECK_INT(db_int(db, count, WITH_NOTHING, &n), OK);
	db_rollback(db);
	return n;
}

/* The transaction is lost by a bug of the caller's, and nothing of it stays. */
#define CHECK_BUG()                                                                                \
	do {                                                                                       \
		CHECK_INT(db_poison(db), E_INTERNAL);                                              \
		CHECK_INT(db_commit(db), E_INTERNAL);                                              \
		CHECK_INT(things(), 3);                                                            \
	} while (0)

static inline int teardown(void **state)
{
	(void)state;
	db_close(db);
	arena_free(arena);
	return 0;
}

#endif
