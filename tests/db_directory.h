/*
 * db_directory.h -- a database on the disk, in a directory of its own, and child processes with
 * connections of their own.
 */
#ifndef TESTS_DB_DIRECTORY_H
#define TESTS_DB_DIRECTORY_H

#include "test.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/db.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[64];
static struct str dir;
static struct db *db;
static struct arena *arena;

static const char add_one[] = "UPDATE counter SET a = a + 1, b = b + 1";
static const char value_of[] = "SELECT a FROM counter";

static inline void open_db(void)
{
	db_close(db);
	CHECK_INT(db_open(dir, &db), OK);
}

static inline void create_tables(void)
{
	CHECK_INT(db_begin_write(db, arena), OK);
	CHECK_INT(db_script(db, S("CREATE TABLE counter (a INTEGER NOT NULL, b INTEGER NOT NULL)"
				  " STRICT;"
				  "INSERT INTO counter VALUES (0, 0);"
				  "CREATE TABLE filler (data BLOB) STRICT;")),
		  OK);
	CHECK_INT(db_commit(db), OK);
}

static inline void make_dir(void)
{
	log_threshold((enum log_level)(LOG_ERROR + 1));
	db_close(db);
	db = NULL;
	if (arena == NULL)
		arena = arena_new(16 << 20);
	arena_reset(arena);
	snprintf(path, sizeof path, "/tmp/handschlag-db-XXXXXX");
	assert_non_null(mkdtemp(path));
	dir = str_of(path);
}

static inline void fresh(void)
{
	make_dir();
	open_db();
	create_tables();
}

static inline const char *in_dir(const char *name)
{
	return arena_cstr(arena, arena_fmt(arena, "%s/%s", path, name));
}

static inline void remove_dir(void)
{
	static const char *const names[] = {"handschlag.db", "handschlag.db-wal",
					    "handschlag.db-shm", "handschlag.db.lock", "copy.db"};

	db_close(db);
	db = NULL;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		unlink(in_dir(names[i]));
	CHECK_INT(rmdir(path), 0);
}

static inline int64_t value(void)
{
	int64_t n = -1;

	CHECK_INT(db_begin_read(db, arena), OK);
	CHECK_INT(db_int(db, value_of, WITH_NOTHING, &n), OK);
	db_rollback(db);
	return n;
}

static inline enum err increment(void)
{
	TRY(db_begin_write(db, arena));
	TRY(db_run(db, add_one, WITH_NOTHING, NULL));
	return db_commit(db);
}

/* A child with a connection of its own; it ends with the result of `work`. */
static inline pid_t child(enum err (*work)(void))
{
	db_close(db);
	db = NULL;
	pid_t pid = fork();
	if (pid != 0)
		return pid;
	enum err err = db_open(dir, &db);
	if (err == OK)
		err = work();
	db_close(db);
	_exit((int)err);
}

static inline void check_ended(pid_t pid, enum err want)
{
	int status;

	CHECK_INT(waitpid(pid, &status, 0), pid);
	CHECK(WIFEXITED(status));
	CHECK_INT(WEXITSTATUS(status), want);
}

static inline void kill_child(pid_t pid)
{
	kill(pid, SIGKILL);
	CHECK_INT(waitpid(pid, NULL, 0), pid);
}

static inline int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#endif
