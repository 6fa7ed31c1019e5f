/* db_disk_test.c -- checkpoints, backups, and a disk that is full. */
#include "db_directory.h"

#include <sys/mount.h>
#include <sys/resource.h>

static const char fill[] = "INSERT INTO filler (data) VALUES ($1)";

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
		/* The writer must have gone on, however busy the machine is. */
		for (int tries = 0; tries < 20000 && value() <= last; tries++)
			usleep(1000);
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

/* Fills the mounted directory to its last byte from outside of the database. */
static void fill_disk(void)
{
	static char block[4096];
	int fd = open(in_dir("copy.db"), O_WRONLY | O_CREAT, 0600);

	while (write(fd, block, sizeof block) > 0)
		;
	close(fd);
}

TEST(starting_on_a_full_disk_fails_cleanly_and_works_later)
{
	make_dir();
	if (mount("tmpfs", path, "tmpfs", 0, "size=2m") != 0) {
		rmdir(path);
		skip();
	}
	open_db();
	create_tables();
	db_close(db);
	fill_disk();
	CHECK_INT(db_open(dir, &db), E_UNAVAILABLE);
	assert_null(db);
	CHECK_INT(unlink(in_dir("copy.db")), 0);
	open_db();
	CHECK_INT(increment(), OK);
	CHECK_INT(value(), 1);
	db_close(db);
	db = NULL;
	CHECK_INT(umount(path), 0);
	CHECK_INT(rmdir(path), 0);
}

TEST(a_disk_that_was_mounted_read_only_opens_when_it_is_writable)
{
	make_dir();
	if (mount("tmpfs", path, "tmpfs", 0, "size=2m") != 0) {
		rmdir(path);
		skip();
	}
	open_db();
	create_tables();
	db_close(db);
	db = NULL;
	CHECK_INT(mount("tmpfs", path, "tmpfs", MS_REMOUNT | MS_RDONLY, NULL), 0);
	CHECK_INT(db_open(dir, &db), E_UNAVAILABLE);
	CHECK_INT(mount("tmpfs", path, "tmpfs", MS_REMOUNT, NULL), 0);
	open_db();
	CHECK_INT(increment(), OK);
	db_close(db);
	db = NULL;
	CHECK_INT(umount(path), 0);
	CHECK_INT(rmdir(path), 0);
}

TEST(a_directory_that_cannot_hold_a_database_is_refused)
{
	make_dir();
	CHECK_INT(db_open(S("/proc/self"), &db), E_UNAVAILABLE);
	assert_null(db);
	CHECK_INT(db_open(S("/nowhere/at/all"), &db), E_UNAVAILABLE);
	assert_null(db);
	remove_dir();
}

TESTS_MAIN_WITH(NULL, teardown)
