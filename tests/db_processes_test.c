/* db_processes_test.c -- several processes on one database: locks, kills, snapshots. */
#include "db_directory.h"

#include <sys/file.h>

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

TESTS_MAIN_WITH(NULL, teardown)
