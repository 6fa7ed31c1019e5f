/*
 * db.h -- the database: typed binds in, typed rows out; the only door to SQLite.
 *
 * One connection per process, opened after the fork.  A statement is an SQL literal with the
 * placeholders $1 … $n; it is prepared once per connection and found again by the address of its
 * text, so the text must be a string literal or a static array.  There is no function that
 * formats SQL.
 *
 *	static const char sql[] = "SELECT id, name FROM municipality WHERE short = $1";
 *	struct rows r = db_query(db, sql, WITH(TEXT(short_name)));
 *	while (rows_next(&r))
 *		use(col_int(&r, 0), col_text(&r, 1));
 *	TRY(r.err);
 *
 * The first failure poisons the transaction: every later call fails with the same error and the
 * transaction can only be rolled back.  So a handler that forgets an error cannot commit.
 *
 * Nothing acknowledged is lost: synchronous=FULL, and a flock on "<dir>/handschlag.db.lock" is held
 * around every write transaction with its checkpoint, every explicit checkpoint and the closing of
 * a connection, because SQLite 3.7.0-3.51.2 can lose a commit when a checkpoint meets a wrapping
 * WAL.  Nobody else may open the database file.
 *
 * The files of this directory alone include sqlite3.h.
 */
#ifndef DB_DB_H
#define DB_DB_H

#include "base/arena.h"
#include "base/err.h"

struct db;

enum bind_type { BIND_NULL, BIND_INT, BIND_TEXT, BIND_BLOB };
struct bind {
	enum bind_type type;
	int64_t i;
	struct str s;
};
struct binds {
	size_t n;
	const struct bind *v;
};
#define INT(value) ((struct bind){.type = BIND_INT, .i = (value)})
#define TEXT(value) ((struct bind){.type = BIND_TEXT, .s = (value)})
#define BLOB(value) ((struct bind){.type = BIND_BLOB, .s = (value)})
#define NONE ((struct bind){.type = BIND_NULL})
/* Empty text or 0 become NULL. */
#define TEXT_OR_NONE(value) db_text_or_none(value)
#define INT_OR_NONE(value) db_int_or_none(value)
#define WITH(...)                                                                                  \
	((struct binds){sizeof((struct bind[]){__VA_ARGS__}) / sizeof(struct bind),                \
			(struct bind[]){__VA_ARGS__}})
#define WITH_NOTHING ((struct binds){0, NULL})
struct bind db_text_or_none(struct str s);
struct bind db_int_or_none(int64_t i);

/*
 * Opens the database of a data directory ("handschlag.db" in it, created with mode 0600), or a
 * private one in memory when `dir` is empty (tests).  Refuses a network file system (E_UNAVAILABLE,
 * as for every trouble with the disk) and WAL without the lock; logs the library's version and the
 * journal mode.  Does not migrate: see migrate.h.
 *
 * A connection must not live across a fork, in neither direction: a supervisor opens, works and
 * closes between two forks.
 */
MUST enum err db_open(struct str dir, struct db **out);
void db_close(struct db *db); /* NULL is fine */

/*
 * A transaction.  `a` receives every text that is read.  Reading sees one snapshot; a statement
 * that writes is refused as our bug, and the end is a ROLLBACK in any case.  (PRAGMA query_only
 * would do the same, but takes effect while it is prepared and makes SQLite prepare every other
 * statement again.)  Writing takes the lock, then BEGIN IMMEDIATE; E_UNAVAILABLE when the disk is
 * full or read-only or the lock does not come within 5 seconds.
 */
MUST enum err db_begin_read(struct db *db, struct arena *a);
MUST enum err db_begin_write(struct db *db, struct arena *a);
/* After OK the change is on the disk.  A poisoned transaction is rolled back; its error returns. */
MUST enum err db_commit(struct db *db);
void db_rollback(struct db *db);         /* also ends a read; harmless without a transaction */
enum err db_poison(const struct db *db); /* OK, or the first failure of this transaction */

/* A running statement.  Stays valid until the same literal is run again or the transaction ends;
 * reading a statement that was run again in between is our bug and poisons. */
struct rows {
	struct db *db;
	struct stmt *stmt;
	uint64_t run;
	enum err err;
};
struct rows db_query(struct db *db, const char *sql, struct binds with);
bool rows_next(struct rows *r); /* false at the end and on failure: then look at r->err */
/* Columns from 0.  Another type than the one asked for is our bug, as is a column without a row. */
int64_t col_int(struct rows *r, int column);     /* 0 for NULL */
struct str col_text(struct rows *r, int column); /* copied; empty for NULL; also for BLOBs */
/* The same, not copied: until the next row or the next query of this text.  For whoever goes
 * through more than a request may hold. */
struct str col_peek(struct rows *r, int column);
bool col_null(struct rows *r, int column);

/* A statement without rows; `changed` (may be NULL) tells how many rows it touched. */
MUST enum err db_run(struct db *db, const char *sql, struct binds with, int64_t *changed);
/* The first column of the first row, e.g. of INSERT … RETURNING id; E_NOT_FOUND without a row. */
MUST enum err db_int(struct db *db, const char *sql, struct binds with, int64_t *out);
MUST enum err db_text(struct db *db, const char *sql, struct binds with, struct str *out);

/* Changes whenever another connection has committed, and after own changes; never the same for two
 * connections of a process: a cache key. */
uint64_t db_version(struct db *db);

/* Several statements from our own files (schema, demo data), without binds.  Statements that were
 * still running end. */
MUST enum err db_script(struct db *db, struct str sql);

/* Copies the whole database in one step while others go on working, checks the copy, brings it to
 * the disk and only then gives it its name.  E_CONFLICT when `file` exists: nothing is overwritten.
 * Not inside a transaction.  Killed, it leaves "<file>.part-<pid>" behind, to be deleted. */
MUST enum err db_backup(struct db *db, struct str file);
/* PRAGMA integrity_check and foreign_key_check; every finding is logged. */
MUST enum err db_check(struct db *db);
/* Copies the WAL back and empties it, under the lock; for a timer of the supervisor's.
 * E_UNAVAILABLE without a log line: a reader was in the way, the next time will do. */
MUST enum err db_checkpoint(struct db *db);

/* Tests: another private database in memory with all that one holds, sooner than by its schema. */
MUST enum err db_open_copy(struct db *of, struct db **out);

/* Tests: the n-th call from now fails once with `err` (n == 0: none will).  Every function above
 * with a result counts as one call, also each rows_next and db_version, but not col_…; how many
 * calls were made. */
void db_fail_after(struct db *db, int64_t n, enum err err);
int64_t db_calls(const struct db *db);

#endif
