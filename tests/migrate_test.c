/* migrate_test.c -- from any schema to the newest, or not at all. */
#include "test.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/embedded.h"
#include "db/migrate.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

/* Enough rows that a kill can meet every phase: reading, backup, writing, commit. */
#define ROWS                                                                                       \
	"INSERT INTO thing (name) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n"  \
	" WHERE i < 3000) SELECT 'name ' || i FROM n;"

static const struct migration old_list[] = {
    {1, S_INIT("0001_things"),
     S_INIT("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;" ROWS)},
    {0, S_INIT(""), S_INIT("")},
};
static const struct migration new_list[] = {
    {1, S_INIT("0001_things"),
     S_INIT("CREATE TABLE thing (id INTEGER PRIMARY KEY, name TEXT NOT NULL) STRICT;" ROWS)},
    {2, S_INIT("0002_colours"),
     S_INIT("ALTER TABLE thing ADD COLUMN colour TEXT NOT NULL DEFAULT 'red';" ROWS)},
    {3, S_INIT("0003_parts"),
     S_INIT("CREATE TABLE part (id INTEGER PRIMARY KEY, thing_id INTEGER REFERENCES thing) STRICT;"
	    "INSERT INTO part (thing_id) SELECT id FROM thing;")},
    {0, S_INIT(""), S_INIT("")},
};
static const struct migration other_list[] = {
    {1, S_INIT("0001_other"), S_INIT("CREATE TABLE other (id INTEGER)")},
    {2, S_INIT("0002_more"), S_INIT("CREATE TABLE more (id INTEGER)")},
    {0, S_INIT(""), S_INIT("")},
};

static char path[64];
static struct str dir;
static struct db *db;
static struct arena *arena;

static void open_db(void)
{
	db_close(db);
	CHECK_INT(db_open(dir, &db), OK);
}

static void close_db(void)
{
	db_close(db);
	db = NULL;
}

static void fresh(void)
{
	log_threshold((enum log_level)(LOG_ERROR + 1));
	close_db();
	if (arena == NULL)
		arena = arena_new(16 << 20);
	arena_reset(arena);
	snprintf(path, sizeof path, "/tmp/handschlag-migrate-XXXXXX");
	assert_non_null(mkdtemp(path));
	dir = str_of(path);
	open_db();
}

static const char *in_dir(const char *name)
{
	return arena_cstr(arena, arena_fmt(arena, "%s/%s", path, name));
}

static bool exists(const char *name)
{
	return access(in_dir(name), F_OK) == 0;
}

static void remove_dir(void)
{
	static const char *const names[] = {
	    "handschlag.db",  "handschlag.db-wal", "handschlag.db-shm", "handschlag.db.lock",
	    "before-0001.db", "before-0002.db",    "before-0002-2.db"};

	close_db();
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		unlink(in_dir(names[i]));
	CHECK_INT(rmdir(path), 0); /* nothing else may be left */
}

static int64_t number(const char *sql)
{
	int64_t n = -1;

	CHECK_INT(db_begin_read(db, arena), OK);
	CHECK_INT(db_int(db, sql, WITH_NOTHING, &n), OK);
	db_rollback(db);
	return n;
}

/* The table's columns and the number of migrations tell the same story, or the schema is torn. */
static int64_t schema_number(void)
{
	static const char sql[] =
	    "SELECT CASE"
	    " WHEN tables = '' THEN 0"
	    " WHEN tables = 'schema_migration,thing' AND columns = 2 THEN 1"
	    " WHEN tables = 'part,schema_migration,thing' AND columns = 3 THEN 3"
	    " ELSE -1 END"
	    " FROM (SELECT coalesce(group_concat(name), '') AS tables FROM"
	    "  (SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name)),"
	    " (SELECT count(*) AS columns FROM pragma_table_info('thing'))";
	static const char versions[] = "SELECT count(*) FROM schema_migration";
	static const char things[] = "SELECT count(*) FROM thing";
	int64_t n = number(sql);

	if (n > 0) {
		CHECK_INT(number(versions), n);
		CHECK_INT(number(things), n == 1 ? 3000 : 6000);
	}
	CHECK_INT(db_check(db), OK);
	return n;
}

TEST(an_empty_database_gets_everything_without_a_backup)
{
	fresh();
	CHECK_INT(migrate_to(db, arena, dir, new_list), OK);
	CHECK_INT(schema_number(), 3);
	CHECK(!exists("before-0001.db"));
	CHECK_INT(migrate_to(db, arena, dir, new_list), OK);
	CHECK_INT(schema_number(), 3);
	remove_dir();
}

TEST(a_database_in_memory_is_migrated_too)
{
	fresh();
	remove_dir();
	CHECK_INT(db_open(S(""), &db), OK);
	CHECK_INT(migrate_to(db, arena, S(""), old_list), OK);
	CHECK_INT(migrate_to(db, arena, S(""), new_list), OK);
	CHECK_INT(schema_number(), 3);
	close_db();
}

TEST(the_schema_of_the_program_itself_runs)
{
	fresh();
	CHECK_INT(migrate(db, arena, dir), OK);
	CHECK_INT(migrate_check(db, arena), OK);
	CHECK(migrations[0].number == 0 || number("SELECT count(*) FROM schema_migration") > 0);
	CHECK(embedded_text(S("no such file")).p == NULL);
	remove_dir();
}

TEST(a_backup_of_the_old_state_is_written_first)
{
	fresh();
	CHECK_INT(migrate_to(db, arena, dir, old_list), OK);
	CHECK_INT(migrate_to(db, arena, dir, new_list), OK);
	CHECK_INT(schema_number(), 3);
	close_db();
	/* Restoring is putting the file in its place. */
	CHECK_INT(rename(in_dir("before-0002.db"), in_dir("handschlag.db")), 0);
	open_db();
	CHECK_INT(schema_number(), 1);
	CHECK_INT(migrate_to(db, arena, dir, new_list), OK);
	CHECK_INT(schema_number(), 3);
	remove_dir();
}

TEST(a_backup_is_never_overwritten)
{
	fresh();
	CHECK_INT(migrate_to(db, arena, dir, old_list), OK);
	FILE *f = fopen(in_dir("before-0002.db"), "w");
	assert_non_null(f);
	fputs("mine", f);
	fclose(f);
	CHECK_INT(migrate_to(db, arena, dir, new_list), OK);
	struct stat st;
	CHECK_INT(stat(in_dir("before-0002.db"), &st), 0);
	CHECK_INT(st.st_size, 4);
	CHECK_INT(stat(in_dir("before-0002-2.db"), &st), 0);
	CHECK_INT(st.st_mode & 07777, 0600);
	remove_dir();
}

TEST(no_migration_without_its_backup)
{
	fresh();
	CHECK_INT(migrate_to(db, arena, dir, old_list), OK);
	CHECK_INT(migrate_to(db, arena, S("/proc/self"), new_list), E_UNAVAILABLE);
	CHECK_INT(schema_number(), 1);
	remove_dir();
}

TEST(a_newer_schema_is_refused)
{
	fresh();
	CHECK_INT(migrate_to(db, arena, dir, new_list), OK);
	CHECK_INT(migrate_to(db, arena, dir, old_list), E_UNAVAILABLE);
	CHECK_INT(schema_number(), 3);
	CHECK_INT(migrate_check(db, arena), E_UNAVAILABLE);
	remove_dir();
}

TEST(a_schema_of_another_branch_is_refused)
{
	fresh();
	CHECK_INT(migrate_to(db, arena, dir, old_list), OK);
	CHECK_INT(migrate_to(db, arena, dir, other_list), E_UNAVAILABLE);
	CHECK_INT(schema_number(), 1);
	remove_dir();
}

TEST(an_older_schema_is_reported)
{
	fresh();
	enum err want = migrations[0].number == 0 ? OK : E_UNAVAILABLE;
	CHECK_INT(migrate_check(db, arena), want);
	CHECK_INT(migrate(db, arena, dir), OK);
	CHECK_INT(migrate_check(db, arena), OK);
	remove_dir();
}

TEST(a_migration_that_breaks_a_foreign_key_changes_nothing)
{
	static const struct migration list[] = {
	    {1, S_INIT("0001_things"),
	     S_INIT("CREATE TABLE thing (id INTEGER PRIMARY KEY);"
		    "CREATE TABLE part (thing_id REFERENCES thing);"
		    "PRAGMA defer_foreign_keys = ON;"
		    "INSERT INTO part VALUES (7);")},
	    {0, S_INIT(""), S_INIT("")},
	};
	fresh();
	CHECK_INT(migrate_to(db, arena, dir, list), E_INTERNAL);
	CHECK_INT(schema_number(), 0);
	remove_dir();
}

TEST(a_migration_that_breaks_a_check_changes_nothing)
{
	static const struct migration list[] = {
	    {1, S_INIT("0001_things"),
	     S_INIT("CREATE TABLE thing (id INTEGER CHECK (id > 0));"
		    "PRAGMA ignore_check_constraints = ON;"
		    "INSERT INTO thing VALUES (-1);"
		    "PRAGMA ignore_check_constraints = OFF;")},
	    {0, S_INIT(""), S_INIT("")},
	};
	fresh();
	CHECK_INT(migrate_to(db, arena, dir, list), E_INTERNAL);
	CHECK_INT(schema_number(), 0);
	remove_dir();
}

TEST(every_call_can_fail_and_the_schema_stays_whole)
{
	int failed = 0;

	for (int n = 1;; n++, failed++) {
		fresh();
		CHECK_INT(migrate_to(db, arena, dir, old_list), OK);
		db_fail_after(db, n, E_UNAVAILABLE);
		enum err err = migrate_to(db, arena, dir, new_list);
		db_fail_after(db, 0, OK);
		CHECK_INT(schema_number(), err == OK ? 3 : 1);
		/* The lock was given back and a second attempt works. */
		CHECK_INT(migrate_to(db, arena, dir, new_list), OK);
		CHECK_INT(schema_number(), 3);
		remove_dir();
		if (err == OK)
			break;
		CHECK_INT(err, E_UNAVAILABLE);
	}
	CHECK(failed > 10);
}

/* What a backup that was killed leaves behind. */
static void remove_parts(pid_t pid)
{
	static const char *const ends[] = {"", "-journal", "-wal"};
	char part[128];

	for (size_t i = 0; i < 3; i++) {
		snprintf(part, sizeof part, "%s/before-0002.db.part-%ld%s", path, (long)pid,
			 ends[i]);
		unlink(part);
	}
}

/* Returns the schema that is found when the migrating process was killed after this time. */
static int64_t killed_after(useconds_t delay)
{
	fresh();
	CHECK_INT(migrate_to(db, arena, dir, old_list), OK);
	close_db();
	pid_t pid = fork();
	if (pid == 0) {
		bool ok = db_open(dir, &db) == OK && migrate_to(db, arena, dir, new_list) == OK;
		_exit(ok ? 0 : 1);
	}
	usleep(delay);
	kill(pid, SIGKILL);
	int status;
	CHECK_INT(waitpid(pid, &status, 0), pid);
	CHECK(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
	open_db();
	int64_t found = schema_number();
	CHECK_INT(migrate_to(db, arena, dir, new_list), OK);
	CHECK_INT(schema_number(), 3);
	remove_parts(pid);
	remove_dir();
	return found;
}

TEST(killed_at_any_point_the_schema_is_old_or_new)
{
	enum { KILLS = 30 };
	int64_t start = clock_micros(), took;
	int old = 0;

	fresh();
	CHECK_INT(migrate_to(db, arena, dir, old_list), OK);
	close_db();
	start = clock_micros();
	open_db();
	CHECK_INT(migrate_to(db, arena, dir, new_list), OK);
	took = clock_micros() - start;
	remove_dir();
	for (int i = 0; i < KILLS; i++) {
		int64_t found = killed_after((useconds_t)(took * i * 5 / (KILLS * 4)));
		CHECK(found == 1 || found == 3);
		old += found == 1;
	}
	CHECK(old > 0); /* else nobody was killed in time */
}

static int teardown(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

TESTS_MAIN_WITH(NULL, teardown)
