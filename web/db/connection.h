/*
 * connection.h -- private to web/db: what db.c, stmt.c, backup.c and migrate.c share.
 *
 * This directory alone includes sqlite3.h.
 */
#ifndef DB_CONNECTION_H
#define DB_CONNECTION_H

#include "db/db.h"
#include "db/lock.h"

#include <sqlite3.h>
#include <sys/types.h>

enum { BINDS_MAX = 64 };

/* One SQL literal, prepared; lives as long as the connection. */
struct stmt {
	const char *sql; /* its address is the key */
	sqlite3_stmt *handle;
	struct stmt *older; /* in the list of all */
	struct stmt *next;  /* in the list of those used in this transaction */
	uint64_t run;       /* 0: at rest */
	bool listed, on_row, writes;
	size_t binds;
	unsigned char value_of[BINDS_MAX]; /* which value belongs to SQLite's i-th parameter */
};

struct stmt_cache {
	struct stmt **slots; /* open hash; room is a power of two */
	size_t room, held;
	struct stmt *newest, *used;
	uint64_t runs;
};

enum tx { TX_NONE, TX_READ, TX_WRITE };
enum own { OWN_READ, OWN_WRITE, OWN_COMMIT, OWN_ROLLBACK, OWN_VERSION, OWN_COUNT };

/* What db_version compares: what others did, what we did. */
struct seen {
	int64_t others, own;
	uint64_t commits;
};

struct db {
	sqlite3 *handle;
	struct lock lock;
	pid_t owner;
	enum tx tx;
	enum err poison;
	struct arena *arena;
	sqlite3_stmt *own[OWN_COUNT];
	bool own_running; /* only then may a statement begin or end a transaction */
	struct stmt_cache cache;
	uint64_t commits;
	struct seen seen; /* when db_version was asked last */
	uint64_t version;
	int64_t busy_since, busy_limit; /* microseconds */
	int64_t calls, fail_at;
	enum err fail_with;
};

/* Counts a public call and lets it fail: by injection, or because the transaction is poisoned. */
MUST enum err conn_gate(struct db *db);
enum err conn_poison(struct db *db, enum err err);
/* Logs our own mistake; E_INTERNAL, poisoned. */
enum err conn_bug(struct db *db, const char *what, const char *sql);
/* Logs SQLite's answer; E_UNAVAILABLE for the machine's trouble, else E_INTERNAL; poisoned.
 * `message` is logged, so it must not contain what a person typed; NULL: the name of rc. */
enum err conn_failed(struct db *db, int rc, const char *sql, const char *message);

/* Lets all statements rest; an error of theirs poisons. */
void stmt_rest_all(struct db *db);
void stmt_free_all(struct db *db);

#endif
