/* backup.c -- whole-database work: scripts, checks, copies, emptying the WAL. */
#include "db/connection.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { CHECKPOINT_WAIT_US = 500 * 1000 };

static enum err to_end(struct db *db, sqlite3_stmt *st)
{
	int rc;

	do
		rc = sqlite3_step(st);
	while (rc == SQLITE_ROW);
	if (rc != SQLITE_DONE)
		conn_failed(db, rc, sqlite3_sql(st), sqlite3_errmsg(db->handle));
	sqlite3_finalize(st);
	return db->poison;
}

enum err db_script(struct db *db, struct str sql)
{
	TRY(conn_gate(db));
	if (db->tx != TX_WRITE)
		return conn_bug(db, "script outside of a writing transaction", "script");
	if (sql.n > INT_MAX || str_find_char(sql, '\0') < sql.n)
		return conn_bug(db, "script is not a text", "script");
	stmt_rest_all(db); /* a table that somebody still reads cannot be dropped */
	while (sql.n > 0) {
		sqlite3_stmt *st = NULL;
		const char *tail = NULL;
		int rc = sqlite3_prepare_v2(db->handle, sql.p, (int)sql.n, &st, &tail);
		if (rc != SQLITE_OK) {
			char head[200];
			snprintf(head, sizeof head, "%.*s", ARG(sql));
			return conn_failed(db, rc, head, sqlite3_errmsg(db->handle));
		}
		if (st != NULL)
			TRY(to_end(db, st));
		sql = str_from(sql, (size_t)(tail - sql.p));
	}
	return OK;
}

/* Every row but "ok" is a finding. */
static enum err inspect(struct db *db, sqlite3 *handle, const char *sql)
{
	sqlite3_stmt *st = NULL;
	int rc = sqlite3_prepare_v2(handle, sql, -1, &st, NULL);
	enum err err = OK;

	while (rc == SQLITE_OK || rc == SQLITE_ROW) {
		rc = sqlite3_step(st);
		const char *text = (const char *)sqlite3_column_text(st, 0);
		if (rc != SQLITE_ROW || (text != NULL && strcmp(text, "ok") == 0))
			continue;
		log_event(LOG_ERROR, "db_finding", KV_C("check", sql), KV_C("finding", text),
			  KV_INT("row", sqlite3_column_int64(st, 1)));
		err = conn_poison(db, E_INTERNAL);
	}
	sqlite3_finalize(st);
	return rc == SQLITE_DONE ? err : conn_failed(db, rc, sql, sqlite3_errmsg(handle));
}

static enum err inspect_all(struct db *db, sqlite3 *handle)
{
	TRY(inspect(db, handle, "PRAGMA integrity_check"));
	return inspect(db, handle, "PRAGMA foreign_key_check");
}

enum err db_check(struct db *db)
{
	TRY(conn_gate(db));
	return inspect_all(db, db->handle);
}

static enum err trouble(const char *event, const char *path)
{
	log_event(LOG_ERROR, event, KV_C("path", path), KV_C("reason", strerror(errno)));
	return E_UNAVAILABLE;
}

enum err db_open_copy(struct db *of, struct db **out)
{
	TRY(db_open(S(""), out));
	sqlite3_backup *b = sqlite3_backup_init((*out)->handle, "main", of->handle, "main");
	int rc = b == NULL ? SQLITE_ERROR : sqlite3_backup_step(b, -1);
	int finish = sqlite3_backup_finish(b);

	if (rc == SQLITE_DONE && finish == SQLITE_OK)
		return OK;
	enum err err = conn_failed(of, rc, "copy", sqlite3_errmsg((*out)->handle));
	db_close(*out);
	*out = NULL;
	return err;
}

static enum err copy(struct db *db, sqlite3 *to)
{
	sqlite3_backup *b = sqlite3_backup_init(to, "main", db->handle, "main");

	/* In one step: in several it would begin again after every commit of somebody else. */
	int rc = b == NULL ? sqlite3_errcode(to) : sqlite3_backup_step(b, -1);
	int finish = sqlite3_backup_finish(b);
	if (rc == SQLITE_DONE)
		rc = finish;
	/* One plain file without a WAL beside it; alone with it, that needs no shared memory. */
	if (rc == SQLITE_OK)
		rc = sqlite3_exec(to, "PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=DELETE",
				  NULL, NULL, NULL);
	if (rc != SQLITE_OK)
		return conn_failed(db, rc, "backup", sqlite3_errmsg(to));
	return inspect_all(db, to);
}

static enum err copy_to(struct db *db, const char *path)
{
	sqlite3 *to = NULL;
	int fd = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);

	if (fd < 0)
		return trouble("db_backup", path);
	close(fd);
	/* Nobody else knows this file, and a second place may be a share that cannot lock. */
	int rc =
	    sqlite3_open_v2(path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_EXRESCODE, "unix-none");
	enum err err = rc == SQLITE_OK ? copy(db, to) : conn_failed(db, rc, path, NULL);
	rc = sqlite3_close(to);
	if (err == OK && rc != SQLITE_OK)
		err = conn_failed(db, rc, path, NULL);
	return err;
}

static enum err sync_path(const char *path)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	bool synced = fd >= 0 && fsync(fd) == 0;

	if (fd >= 0)
		close(fd);
	return synced ? OK : trouble("db_backup", path);
}

/* Gives the finished copy its name, which must be free; after that it is on the disk. */
static enum err publish(const char *part, const char *path)
{
	char dir[PATH_MAX];

	TRY(sync_path(part));
	if (link(part, path) != 0) {
		if (errno == EEXIST)
			return E_CONFLICT;
		if (rename(part, path) != 0) /* shares without links */
			return trouble("db_backup", path);
	}
	snprintf(dir, sizeof dir, "%s", path);
	char *slash = strrchr(dir, '/');
	if (slash == NULL)
		snprintf(dir, sizeof dir, ".");
	else
		slash[slash == dir] = '\0';
	return sync_path(dir);
}

enum err db_backup(struct db *db, struct str file)
{
	char path[PATH_MAX - 32], part[PATH_MAX];

	TRY(conn_gate(db));
	if (db->tx != TX_NONE)
		return conn_bug(db, "backup inside a transaction", "backup");
	if (file.n == 0 || file.n >= sizeof path) {
		errno = ENAMETOOLONG;
		return trouble("db_backup", "");
	}
	snprintf(path, sizeof path, "%.*s", ARG(file));
	snprintf(part, sizeof part, "%s.part-%ld", path, (long)getpid());
	if (access(path, F_OK) == 0)
		return E_CONFLICT;
	unlink(part); /* of a dead process with our number */
	enum err err = copy_to(db, part);
	if (err == OK)
		err = publish(part, path);
	unlink(part);
	return err;
}

enum err db_checkpoint(struct db *db)
{
	TRY(conn_gate(db));
	if (db->tx != TX_NONE)
		return conn_bug(db, "checkpoint inside a transaction", "checkpoint");
	TRY(lock_take(&db->lock));
	/* It waits for readers with the lock in its hand: not for long. */
	int64_t limit = db->busy_limit;
	db->busy_limit = CHECKPOINT_WAIT_US;
	int rc =
	    sqlite3_wal_checkpoint_v2(db->handle, NULL, SQLITE_CHECKPOINT_TRUNCATE, NULL, NULL);
	db->busy_limit = limit;
	lock_drop(&db->lock);
	if (rc == SQLITE_BUSY)
		return E_UNAVAILABLE;
	return rc == SQLITE_OK ? OK : conn_failed(db, rc, "checkpoint", NULL);
}
