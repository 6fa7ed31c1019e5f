/* db_processes_test.c -- several processes on one database: locks, kills, backups, a full disk. */
#include "test.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/db.h"

#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/mount.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

static char path[64];
static struct str dir;
static struct db *db;
static struct arena *arena;

static const char add_one[] = "UPDATE counter SET a = a + 1, b = b + 1";
static const char value_of[] = "SELECT a FROM counter";
static const char fill[] = "INSERT INTO filler (data) VALUES ($1)";

static void open_db(void)
{
	db_close(db);
	CHECK_INT(db_open(dir, &db), OK);
}

static void create_tables(void)
{
	CHECK_INT(db_begin_write(db, arena), OK);
	CHECK_INT(db_script(db, S("CREATE TABLE counter (a INTEGER NOT NULL, b INTEGER NOT NULL)"
				  " STRICT;"
				  "INSERT INTO counter VALUES (0, 0);"
				  "CREATE TABLE filler (data BLOB) STRICT;")),
		  OK);
	CHECK_INT(db_commit(db), OK);
}

static void make_dir(void)
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

static void fresh(void)
{
	make_dir();
	open_db();
	create_tables();
}

static const char *in_dir(const char *name)
{
	return arena_cstr(arena, arena_fmt(arena, "%s/%s", path, name));
}

static void remove_dir(void)
{
	static const char *const names[] = {"handschlag.db", "handschlag.db-wal",
					    "handschlag.db-shm", "handschlag.db.lock", "copy.db"};

	db_close(db);
	db = NULL;
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		unlink(in_dir(names[i]));
	CHECK_INT(rmdir(path), 0);
}

static int64_t value(void)
{
	int64_t n = -1;

	CHECK_INT(db_begin_read(db, arena), OK);
	CHECK_INT(db_int(db, value_of, WITH_NOTHING, &n), OK);
	db_rollback(db);
	return n;
}

static enum err increment(void)
{
	TRY(db_begin_write(db, arena));
	TRY(db_run(db, add_one, WITH_NOTHING, NULL));
	return db_commit(db);
}

/* A child with a connection of its own; it ends with the result of `work`. */
static pid_t child(enum err (*work)(void))
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

static void check_ended(pid_t pid, enum err want)
{
	int status;

	CHECK_INT(waitpid(pid, &status, 0), pid);
	CHECK(WIFEXITED(status));
	CHECK_INT(WEXITSTATUS(status), want);
}

static enum err two_hundred_increments(void)
{
	for (int i = 0; i < 200; i++)
		TRY(increment());
	return OK;
}

TEST(four_processes_lose_no_increment)
{
	pid_t pids[4];

	fresh();
	for (int i = 0; i < 4; i++)
		pids[i] = child(two_hundred_increments);
	for (int i = 0; i < 4; i++)
		check_ended(pids[i], OK);
	open_db();
	CHECK_INT(value(), 800);
	CHECK_INT(db_check(db), OK);
	remove_dir();
}

TEST(the_file_and_its_companions_are_private)
{
	static const char *const names[] = {"handschlag.db", "handschlag.db-wal",
					    "handschlag.db-shm", "handschlag.db.lock"};
	struct stat st;

	fresh();
	for (size_t i = 0; i < 4; i++) {
		CHECK_INT(stat(in_dir(names[i]), &st), 0);
		CHECK_INT(st.st_mode & 07777, 0600);
	}
	remove_dir();
}

static int ready[2];

static enum err stop_inside_a_write(void)
{
	TRY(db_begin_write(db, arena));
	TRY(db_run(db, add_one, WITH_NOTHING, NULL));
	if (write(ready[1], "x", 1) != 1)
		return E_INTERNAL;
	for (;;)
		pause();
}

static pid_t child_inside_a_write(void)
{
	char x;

	CHECK_INT(pipe(ready), 0);
	pid_t pid = child(stop_inside_a_write);
	close(ready[1]);
	CHECK_INT(read(ready[0], &x, 1), 1);
	close(ready[0]);
	return pid;
}

static void kill_child(pid_t pid)
{
	kill(pid, SIGKILL);
	CHECK_INT(waitpid(pid, NULL, 0), pid);
}

TEST(the_lock_comes_back_when_its_holder_is_killed)
{
	fresh();
	for (int i = 0; i < 10; i++) {
		pid_t pid = child_inside_a_write();
		kill_child(pid);
		open_db();
		int64_t start = clock_micros();
		CHECK_INT(increment(), OK);
		CHECK(clock_micros() - start < 1000 * 1000);
		CHECK_INT(value(), i + 1);
	}
	remove_dir();
}

TEST(a_writer_waits_five_seconds_while_readers_go_on)
{
	make_dir();
	open_db();
	create_tables();
	/* Opening a first connection needs the lock as well, so it is opened before. */
	struct db *mine;
	CHECK_INT(db_open(dir, &mine), OK);
	db_close(db);
	db = NULL;
	pid_t pid = child_inside_a_write();
	db = mine;
	int64_t start = clock_micros();
	CHECK_INT(value(), 0);
	CHECK(clock_micros() - start < 1000 * 1000);
	start = clock_micros();
	CHECK_INT(db_begin_write(db, arena), E_UNAVAILABLE);
	int64_t waited = clock_micros() - start;
	CHECK(waited >= 4900 * 1000 && waited < 7000 * 1000);
	kill_child(pid);
	CHECK_INT(increment(), OK);
	CHECK_INT(value(), 1);
	remove_dir();
}

/* A stranger keeps the lock file for 200 ms, which SQLite's own locks know nothing of. */
static pid_t hold_lock_file(void)
{
	char x;

	CHECK_INT(pipe(ready), 0);
	pid_t pid = fork();
	if (pid == 0) {
		int fd = open(in_dir("handschlag.db.lock"), O_RDWR);
		if (flock(fd, LOCK_EX) != 0 || write(ready[1], "x", 1) != 1)
			_exit(1);
		usleep(200 * 1000);
		_exit(0);
	}
	close(ready[1]);
	CHECK_INT(read(ready[0], &x, 1), 1);
	close(ready[0]);
	return pid;
}

static void check_waits(void (*work)(void))
{
	pid_t pid = hold_lock_file();
	int64_t start = clock_micros();

	work();
	CHECK(clock_micros() - start > 150 * 1000);
	check_ended(pid, OK);
}

static void write_once(void)
{
	CHECK_INT(increment(), OK);
}

static void checkpoint_once(void)
{
	CHECK_INT(db_checkpoint(db), OK);
}

static void close_once(void)
{
	db_close(db);
	db = NULL;
}

TEST(the_lock_surrounds_opening_writing_checkpoints_and_closing)
{
	fresh();
	check_waits(write_once);
	check_waits(checkpoint_once);
	check_waits(close_once);
	check_waits(open_db);
	CHECK_INT(value(), 1);
	remove_dir();
}

TEST(a_removed_lock_file_locks_again)
{
	fresh();
	CHECK_INT(unlink(in_dir("handschlag.db.lock")), 0);
	CHECK_INT(increment(), OK);
	CHECK_INT(access(in_dir("handschlag.db.lock"), F_OK), 0);
	remove_dir();
}

TEST(a_connection_is_refused_after_a_fork)
{
	int status;

	fresh();
	pid_t pid = fork();
	if (pid == 0) {
		enum err err = db_begin_write(db, arena);
		db_close(db);
		_exit((int)err);
	}
	CHECK_INT(waitpid(pid, &status, 0), pid);
	CHECK_INT(WEXITSTATUS(status), E_INTERNAL);
	CHECK_INT(increment(), OK);
	remove_dir();
}

TEST(the_version_sees_commits_of_others)
{
	struct db *mine;

	fresh();
	CHECK_INT(db_open(dir, &mine), OK);
	uint64_t before = db_version(mine);
	CHECK(db_version(mine) == before);
	CHECK_INT(increment(), OK);
	CHECK(db_version(mine) != before);
	db_close(mine);
	remove_dir();
}

TEST(reading_sees_one_snapshot)
{
	struct db *mine;
	int64_t n;

	fresh();
	CHECK_INT(db_open(dir, &mine), OK);
	CHECK_INT(db_begin_read(mine, arena), OK);
	CHECK_INT(db_int(mine, value_of, WITH_NOTHING, &n), OK);
	CHECK_INT(n, 0);
	CHECK_INT(increment(), OK);
	CHECK_INT(db_int(mine, value_of, WITH_NOTHING, &n), OK);
	CHECK_INT(n, 0);
	db_rollback(mine);
	CHECK_INT(db_begin_read(mine, arena), OK);
	CHECK_INT(db_int(mine, value_of, WITH_NOTHING, &n), OK);
	CHECK_INT(n, 1);
	db_rollback(mine);
	db_close(mine);
	remove_dir();
}

static int64_t size_of(const char *name)
{
	struct stat st;

	return stat(in_dir(name), &st) == 0 ? (int64_t)st.st_size : -1;
}

TEST(a_checkpoint_empties_the_wal_unless_a_reader_is_in_the_way)
{
	struct db *reader;
	int64_t n;

	fresh();
	CHECK(size_of("handschlag.db-wal") > 0);
	CHECK_INT(db_checkpoint(db), OK);
	CHECK_INT(size_of("handschlag.db-wal"), 0);
	CHECK_INT(db_open(dir, &reader), OK);
	CHECK_INT(db_begin_read(reader, arena), OK);
	CHECK_INT(db_int(reader, value_of, WITH_NOTHING, &n), OK);
	CHECK_INT(increment(), OK);
	CHECK_INT(db_checkpoint(db), E_UNAVAILABLE);
	CHECK_INT(increment(), OK);
	db_rollback(reader);
	CHECK_INT(db_checkpoint(db), OK);
	CHECK_INT(size_of("handschlag.db-wal"), 0);
	db_close(reader);
	remove_dir();
}

static enum err increment_for_ever(void)
{
	for (;;)
		TRY(increment());
}

/* The copy is restored by being put in place, as the operating notes say. */
static int64_t restored_value(void)
{
	struct str home = dir;
	struct db *other = db;
	char second[80];
	static const char sound[] = "SELECT CASE WHEN a = b THEN a ELSE -1 END FROM counter";
	int64_t n = -1;

	snprintf(second, sizeof second, "%s/second", path);
	CHECK_INT(mkdir(second, 0700), 0);
	CHECK_INT(rename(in_dir("copy.db"), in_dir("second/handschlag.db")), 0);
	dir = str_of(second);
	db = NULL;
	open_db();
	CHECK_INT(db_check(db), OK);
	CHECK_INT(db_begin_read(db, arena), OK);
	CHECK_INT(db_int(db, sound, WITH_NOTHING, &n), OK);
	db_close(db);
	dir = home;
	db = other;
	unlink(in_dir("second/handschlag.db"));
	unlink(in_dir("second/handschlag.db.lock"));
	CHECK_INT(rmdir(second), 0);
	return n;
}

TEST(a_backup_beside_a_writer_is_sound)
{
	int64_t last = 0;

	fresh();
	pid_t pid = child(increment_for_ever);
	open_db();
	for (int i = 0; i < 5; i++) {
		usleep(50 * 1000);
		int64_t before = value();
		CHECK_INT(db_backup(db, str_of(in_dir("copy.db"))), OK);
		CHECK_INT(db_backup(db, str_of(in_dir("copy.db"))), E_CONFLICT);
		int64_t copied = restored_value();
		CHECK(copied >= before && copied <= value());
		CHECK(copied > last);
		last = copied;
	}
	kill_child(pid);
	CHECK(value() >= last);
	CHECK_INT(db_check(db), OK);
	remove_dir();
}

TEST(a_backup_is_one_plain_private_file)
{
	unsigned char head[100];
	struct stat st;

	fresh();
	CHECK_INT(db_backup(db, str_of(in_dir("copy.db"))), OK);
	CHECK_INT(stat(in_dir("copy.db"), &st), 0);
	CHECK_INT(st.st_mode & 07777, 0600);
	CHECK_INT(st.st_nlink, 1);
	int fd = open(in_dir("copy.db"), O_RDONLY);
	CHECK_INT(read(fd, head, sizeof head), sizeof head);
	close(fd);
	CHECK_INT(head[18], 1); /* no WAL needed to read it */
	CHECK_INT(head[19], 1);
	CHECK_INT(db_backup(db, S("/nowhere/at/all.db")), E_UNAVAILABLE);
	CHECK_INT(increment(), OK);
	remove_dir();
}

/* Writes 64 KiB at a time until there is no room any more. */
static enum err write_until_full(void)
{
	static char block[64 * 1024];
	struct bind data = BLOB(((struct str){block, sizeof block}));

	for (int i = 0; i < 1000; i++) {
		enum err err = db_begin_write(db, arena);
		if (err == OK)
			err = db_run(db, fill, (struct binds){1, &data}, NULL);
		if (err == OK)
			err = db_commit(db);
		db_rollback(db);
		TRY(err);
	}
	return OK;
}

static void check_full_then_recovered(void (*make_room)(void))
{
	CHECK_INT(write_until_full(), E_UNAVAILABLE);
	CHECK_INT(value(), 0); /* reading goes on */
	make_room();
	CHECK_INT(increment(), OK);
	CHECK_INT(value(), 1);
	CHECK_INT(db_check(db), OK);
	CHECK_INT(db_checkpoint(db), OK);
	open_db();
	CHECK_INT(value(), 1);
	CHECK_INT(db_check(db), OK);
}

static void limit_files(rlim_t bytes)
{
	struct rlimit limit;

	CHECK_INT(getrlimit(RLIMIT_FSIZE, &limit), 0);
	limit.rlim_cur = bytes < limit.rlim_max ? bytes : limit.rlim_max;
	CHECK_INT(setrlimit(RLIMIT_FSIZE, &limit), 0);
}

static void lift_limit(void)
{
	limit_files(RLIM_INFINITY);
}

TEST(files_that_cannot_grow_refuse_writes_until_they_can)
{
	signal(SIGXFSZ, SIG_IGN);
	fresh();
	limit_files(1 << 20); /* less than the usual size of the WAL */
	check_full_then_recovered(lift_limit);
	remove_dir();
}

static void remount_larger(void)
{
	CHECK_INT(mount("tmpfs", path, "tmpfs", MS_REMOUNT, "size=64m"), 0);
}

TEST(a_full_disk_refuses_writes_until_there_is_room)
{
	make_dir();
	if (mount("tmpfs", path, "tmpfs", 0, "size=2m") != 0) { /* needs root */
		rmdir(path);
		skip();
	}
	open_db();
	create_tables();
	CHECK_INT(write_until_full(), E_UNAVAILABLE);
	CHECK_INT(db_backup(db, str_of(in_dir("copy.db"))), E_UNAVAILABLE);
	CHECK_INT(access(in_dir("copy.db"), F_OK), -1);
	check_full_then_recovered(remount_larger);
	db_close(db);
	db = NULL;
	CHECK_INT(umount(path), 0);
	CHECK_INT(rmdir(path), 0);
}

TEST(a_read_only_disk_refuses_to_open_cleanly)
{
	make_dir();
	CHECK_INT(db_open(S("/proc/self"), &db), E_UNAVAILABLE);
	assert_null(db);
	CHECK_INT(db_open(S("/nowhere/at/all"), &db), E_UNAVAILABLE);
	assert_null(db);
	remove_dir();
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

TESTS_MAIN_WITH(NULL, teardown)
