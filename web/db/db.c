/* db.c -- a connection and its transactions. */
#include "db/connection.h"

#include "base/clock.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { BUSY_LIMIT_US = 5 * 1000 * 1000 };

static const char *const own_sql[OWN_COUNT] = {
    [OWN_READ] = "BEGIN",    [OWN_WRITE] = "BEGIN IMMEDIATE", /* a read that turns into a write can
								 fail without waiting */
    [OWN_COMMIT] = "COMMIT", [OWN_ROLLBACK] = "ROLLBACK",     [OWN_VERSION] = "PRAGMA data_version",
};

/* Settings in their order, each with the answer that it must give (NULL: none). */
static const struct setting {
	const char *sql, *answer;
	bool file_only;
} settings[] = {
    {"PRAGMA journal_mode=WAL", "wal", true},
    {"PRAGMA synchronous=FULL", NULL, false},
    {"PRAGMA synchronous", "2", false},
    {"PRAGMA foreign_keys=ON", NULL, false},
    {"PRAGMA foreign_keys", "1", false},
    {"PRAGMA journal_size_limit=16777216", "16777216", true},
    /* A worker may have 16 MiB in all. */
    {"PRAGMA cache_size=-6000", NULL, false},
    /* Sorting must not need a directory that the sandbox of a worker does not have. */
    {"PRAGMA temp_store=MEMORY", NULL, false},
};

static const struct {
	int option, on;
} options[] = {
    {SQLITE_DBCONFIG_DQS_DML, 0},
    {SQLITE_DBCONFIG_DQS_DDL, 0},
    {SQLITE_DBCONFIG_DEFENSIVE, 1},
    {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
};

enum err conn_poison(struct db *db, enum err err)
{
	if (db->tx != TX_NONE && db->poison == OK)
		db->poison = err;
	return err;
}

enum err conn_bug(struct db *db, const char *what, const char *sql)
{
	log_event(LOG_ERROR, "db_bug", KV_C("what", what), KV_C("sql", sql));
	return conn_poison(db, E_INTERNAL);
}

static enum err err_of(int rc)
{
	switch (rc & 0xff) {
	case SQLITE_FULL:
	case SQLITE_IOERR:
	case SQLITE_READONLY:
	case SQLITE_CANTOPEN:
	case SQLITE_BUSY:
	case SQLITE_PROTOCOL: /* many processes on the same WAL at once */
	case SQLITE_NOMEM:
		return E_UNAVAILABLE;
	default:
		return E_INTERNAL;
	}
}

enum err conn_failed(struct db *db, int rc, const char *sql, const char *message)
{
	enum err err = err_of(rc);

	log_event(LOG_ERROR, "db_failed", KV_C("err", err_name(err)), KV_INT("code", rc),
		  KV_C("message", message != NULL ? message : sqlite3_errstr(rc)),
		  KV_INT("errno", db->handle != NULL ? sqlite3_system_errno(db->handle) : 0),
		  KV_C("sql", sql));
	return conn_poison(db, err);
}

enum err conn_gate(struct db *db)
{
	db->calls++;
	if (db->fail_at != 0 && db->calls == db->fail_at) {
		db->fail_at = 0;
		return conn_poison(db, db->fail_with);
	}
	return db->poison;
}

static int on_busy(void *context, int tries)
{
	struct db *db = context;

	if (tries == 0)
		db->busy_since = clock_micros();
	if (clock_micros() - db->busy_since > db->busy_limit)
		return 0;
	lock_pause();
	return 1;
}

/* Runs while a statement is prepared: no SQL from outside may begin or end a transaction, or
 * open another file. */
static int authorize(void *context, int action, const char *a, const char *b, const char *c,
		     const char *d)
{
	const struct db *db = context;

	(void)a, (void)b, (void)c, (void)d;
	switch (action) {
	case SQLITE_TRANSACTION:
	case SQLITE_SAVEPOINT:
	case SQLITE_ATTACH:
	case SQLITE_DETACH:
		return db->own_running ? SQLITE_OK : SQLITE_DENY;
	default:
		return SQLITE_OK;
	}
}

static enum err apply(struct db *db, const struct setting *setting)
{
	sqlite3_stmt *st = NULL;
	char answer[32] = "";
	int rc = sqlite3_prepare_v2(db->handle, setting->sql, -1, &st, NULL);

	while (rc == SQLITE_OK || rc == SQLITE_ROW) {
		rc = sqlite3_step(st);
		if (rc == SQLITE_ROW)
			snprintf(answer, sizeof answer, "%s",
				 (const char *)sqlite3_column_text(st, 0));
	}
	sqlite3_finalize(st);
	if (rc != SQLITE_DONE)
		return conn_failed(db, rc, setting->sql, sqlite3_errmsg(db->handle));
	if (setting->answer != NULL && strcmp(answer, setting->answer) != 0) {
		log_event(LOG_ERROR, "db_setting", KV_C("sql", setting->sql),
			  KV_C("want", setting->answer), KV_C("got", answer));
		return E_UNAVAILABLE;
	}
	return OK;
}

static enum err configure(struct db *db, bool in_memory)
{
	int rc = SQLITE_OK;

	/* First of all: what follows already reads the file, and other workers open it now. */
	sqlite3_busy_handler(db->handle, on_busy, db);
	for (size_t i = 0; i < sizeof options / sizeof options[0] && rc == SQLITE_OK; i++)
		rc = sqlite3_db_config(db->handle, options[i].option, options[i].on, (int *)NULL);
	if (rc == SQLITE_OK)
		rc = sqlite3_set_authorizer(db->handle, authorize, db);
	if (rc != SQLITE_OK)
		return conn_failed(db, rc, "configuration", NULL);
	for (size_t i = 0; i < sizeof settings / sizeof settings[0]; i++)
		if (!settings[i].file_only || !in_memory)
			TRY(apply(db, &settings[i]));
	db->own_running = true;
	for (size_t i = 0; i < OWN_COUNT && rc == SQLITE_OK; i++)
		rc = sqlite3_prepare_v3(db->handle, own_sql[i], -1, SQLITE_PREPARE_PERSISTENT,
					&db->own[i], NULL);
	db->own_running = false;
	return rc == SQLITE_OK ? OK : conn_failed(db, rc, "own statements", NULL);
}

/* SQLite would make it readable for everybody.  Its WAL takes over the mode. */
static enum err create_private(const char *path)
{
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd >= 0)
		close(fd);
	else if (errno != EEXIST) /* an existing file is not touched: that would drop locks */
		return E_UNAVAILABLE;
	return OK;
}

static enum err open_file(struct db *db, struct str dir)
{
	char path[PATH_MAX + 32] = ":memory:";
	int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE |
		    SQLITE_OPEN_EXRESCODE;

	if (dir.n > 0) {
		snprintf(path, sizeof path, "%.*s/handschlag.db", ARG(dir));
		if (create_private(path) != OK)
			log_event(LOG_ERROR, "db_create", KV_C("path", path),
				  KV_C("reason", strerror(errno)));
	}
	int rc = sqlite3_open_v2(path, &db->handle, flags, NULL);
	if (rc != SQLITE_OK)
		return conn_failed(db, rc, path, NULL);
	return configure(db, dir.n == 0);
}

enum err db_open(struct str dir, struct db **out)
{
	struct db *db = calloc(1, sizeof *db);

	*out = NULL;
	if (db == NULL)
		return E_UNAVAILABLE;
	db->owner = getpid();
	db->busy_limit = BUSY_LIMIT_US;
	db->lock.fd = -1;
	enum err err = dir.n == 0 ? OK : lock_open(&db->lock, dir);
	if (err == OK)
		err = lock_take(&db->lock); /* the change to WAL is a write */
	if (err == OK) {
		err = open_file(db, dir);
		lock_drop(&db->lock);
	}
	if (err != OK) {
		db_close(db);
		return err;
	}
	log_event(dir.n == 0 ? LOG_DEBUG : LOG_INFO, "db_open",
		  KV("directory", dir.n == 0 ? S("memory") : dir),
		  KV_C("sqlite", sqlite3_libversion()),
		  KV_C("journal", dir.n == 0 ? "memory" : "wal"));
	*out = db;
	return OK;
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	/* A connection of our parent's: closing it here would take the parent's locks away. */
	if (db->owner != getpid())
		return;
	db_rollback(db);
	stmt_free_all(db);
	for (size_t i = 0; i < OWN_COUNT; i++)
		sqlite3_finalize(db->own[i]);
	if (db->handle != NULL) {
		/* The last to close copies the WAL back: only with the lock, else the next one. */
		bool locked = lock_take(&db->lock) == OK;
		if (!locked)
			sqlite3_db_config(db->handle, SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1,
					  (int *)NULL);
		int rc = sqlite3_close(db->handle);
		if (rc != SQLITE_OK)
			log_event(LOG_ERROR, "db_close", KV_INT("code", rc));
		if (locked)
			lock_drop(&db->lock);
	}
	lock_close(&db->lock);
	free(db);
}

static enum err run_own(struct db *db, enum own which)
{
	db->own_running = true;
	int rc = sqlite3_step(db->own[which]);
	db->own_running = false;
	int reset = sqlite3_reset(db->own[which]);
	if (rc == SQLITE_DONE && reset == SQLITE_OK)
		return OK;
	return conn_failed(db, rc == SQLITE_DONE ? reset : rc, own_sql[which],
			   sqlite3_errmsg(db->handle));
}

static enum err begin(struct db *db, struct arena *a, enum tx tx)
{
	TRY(conn_gate(db));
	if (db->tx != TX_NONE)
		return conn_bug(db, "transaction inside a transaction", "BEGIN");
	if (db->owner != getpid())
		return conn_bug(db, "connection used after a fork", "BEGIN");
	if (tx == TX_WRITE)
		TRY(lock_take(&db->lock));
	enum err err = run_own(db, tx == TX_WRITE ? OWN_WRITE : OWN_READ);
	if (err != OK && tx == TX_WRITE)
		lock_drop(&db->lock);
	if (err != OK)
		return err;
	db->tx = tx;
	db->arena = a;
	return OK;
}

enum err db_begin_read(struct db *db, struct arena *a)
{
	return begin(db, a, TX_READ);
}

enum err db_begin_write(struct db *db, struct arena *a)
{
	return begin(db, a, TX_WRITE);
}

/* A transaction that was not committed ends as a ROLLBACK, reading ones too: whatever a statement
 * may have done in them, nothing stays. */
static void end(struct db *db)
{
	if (sqlite3_get_autocommit(db->handle) == 0 && run_own(db, OWN_ROLLBACK) != OK)
		log_event(LOG_ERROR, "db_rollback_failed", KV_INT("calls", db->calls));
	if (db->tx == TX_WRITE)
		lock_drop(&db->lock);
	db->tx = TX_NONE;
	db->poison = OK;
	db->arena = NULL;
}

enum err db_commit(struct db *db)
{
	enum err err = conn_gate(db);

	if (db->tx == TX_NONE)
		return err != OK ? err : conn_bug(db, "commit without a transaction", "COMMIT");
	stmt_rest_all(db);
	err = db->poison;
	if (err == OK && db->tx == TX_WRITE) {
		err = run_own(db, OWN_COMMIT);
		db->commits += err == OK;
	}
	end(db);
	return err;
}

void db_rollback(struct db *db)
{
	if (db->tx == TX_NONE)
		return;
	stmt_rest_all(db);
	end(db);
}

enum err db_poison(const struct db *db)
{
	return db->poison;
}

uint64_t db_version(struct db *db)
{
	static uint64_t newest; /* of all connections, so that two never share a number */

	if (conn_gate(db) != OK)
		return ++newest;
	int rc = sqlite3_step(db->own[OWN_VERSION]);
	struct seen now = {.others = sqlite3_column_int64(db->own[OWN_VERSION], 0),
			   .own = sqlite3_total_changes64(db->handle),
			   .commits = db->commits};
	sqlite3_reset(db->own[OWN_VERSION]);
	if (rc != SQLITE_ROW) {
		conn_failed(db, rc, own_sql[OWN_VERSION], NULL);
		return ++newest;
	}
	if (db->version == 0 || now.others != db->seen.others || now.own != db->seen.own ||
	    now.commits != db->seen.commits)
		db->version = ++newest;
	db->seen = now;
	return db->version;
}

void db_fail_after(struct db *db, int64_t n, enum err err)
{
	db->fail_at = n > 0 ? db->calls + n : 0;
	db->fail_with = err;
}

int64_t db_calls(const struct db *db)
{
	return db->calls;
}
