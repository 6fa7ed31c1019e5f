/* migrate.c -- which migrations a database has had, and the missing ones. */
#include "db/migrate.h"

#include "base/clock.h"
#include "base/log.h"
#include "db/connection.h"
#include "db/embedded.h"

#include <inttypes.h>

enum { BACKUPS_MAX = 99 };

struct state {
	bool content;  /* any table at all */
	size_t done;   /* so many from the start of the list have run */
	bool complete; /* the whole list */
};

struct str embedded_text(struct str name)
{
	for (const struct text_file *f = embedded; f->name.n > 0; f++)
		if (str_eq(f->name, name))
			return f->text;
	return (struct str){NULL, 0};
}

static enum err unknown(int64_t number, struct str name)
{
	log_event(LOG_ERROR, "schema_newer", KV_INT("migration", number), KV("name", name),
		  KV_C("action", "the database was used by a newer program: install that one, or "
				 "restore a backup of this one"));
	return E_UNAVAILABLE;
}

static enum err read_state(struct db *db, const struct migration *list, struct state *out)
{
	static const char tables[] = "SELECT count(*), coalesce(sum(name = 'schema_migration'), 0)"
				     "  FROM sqlite_schema";
	static const char had[] = "SELECT number, name FROM schema_migration ORDER BY number";

	*out = (struct state){0};
	struct rows r = db_query(db, tables, WITH_NOTHING);
	bool migrated = false;
	if (rows_next(&r)) {
		out->content = col_int(&r, 0) > 0;
		migrated = col_int(&r, 1) > 0;
	}
	TRY(r.err);
	if (migrated) {
		r = db_query(db, had, WITH_NOTHING);
		for (; rows_next(&r); out->done++) {
			const struct migration *m = &list[out->done];
			if (m->number != col_int(&r, 0) || !str_eq(m->name, col_text(&r, 1)))
				return unknown(col_int(&r, 0), col_text(&r, 1));
		}
	}
	out->complete = list[out->done].number == 0;
	return r.err;
}

static enum err look(struct db *db, struct arena *a, const struct migration *list,
		     struct state *out)
{
	TRY(db_begin_read(db, a));
	enum err err = read_state(db, list, out);
	db_rollback(db);
	return err;
}

static enum err back_up(struct db *db, struct arena *a, struct str dir, int64_t number)
{
	struct str file = arena_fmt(a, "%.*s/before-%04" PRId64 ".db", ARG(dir), number);
	enum err err = db_backup(db, file);

	for (int i = 2; err == E_CONFLICT && i <= BACKUPS_MAX; i++) {
		file = arena_fmt(a, "%.*s/before-%04" PRId64 "-%d.db", ARG(dir), number, i);
		err = db_backup(db, file);
	}
	log_event(err == OK ? LOG_INFO : LOG_ERROR, "schema_backup", KV("file", file),
		  KV_C("result", err_name(err)));
	return err == E_CONFLICT ? E_UNAVAILABLE : err;
}

static enum err apply(struct db *db, const struct migration *m)
{
	static const char table[] = "CREATE TABLE IF NOT EXISTS schema_migration ("
				    " number INTEGER PRIMARY KEY CHECK (number > 0),"
				    " name TEXT NOT NULL,"
				    " applied_at INTEGER NOT NULL -- UTC seconds\n"
				    ") STRICT";
	static const char note[] =
	    "INSERT INTO schema_migration (number, name, applied_at) VALUES ($1, $2, $3)";

	TRY(db_run(db, table, WITH_NOTHING, NULL));
	for (; m->number != 0; m++) {
		TRY(db_script(db, m->sql));
		TRY(db_run(db, note, WITH(INT(m->number), TEXT(m->name), INT(clock_now())), NULL));
		log_event(LOG_INFO, "schema_migration", KV("name", m->name));
	}
	return db_check(db);
}

static enum err bring_up(struct db *db, struct arena *a, struct str dir,
			 const struct migration *list)
{
	struct state state;

	TRY(look(db, a, list, &state));
	if (state.complete)
		return OK;
	if (state.content && dir.n > 0)
		TRY(back_up(db, a, dir, list[state.done].number));
	TRY(db_begin_write(db, a));
	enum err err = apply(db, &list[state.done]);
	if (err == OK)
		return db_commit(db);
	db_rollback(db);
	return err;
}

enum err migrate_to(struct db *db, struct arena *a, struct str dir, const struct migration *list)
{
	TRY(lock_take(&db->lock));
	enum err err = bring_up(db, a, dir, list);
	lock_drop(&db->lock);
	return err;
}

enum err migrate(struct db *db, struct arena *a, struct str dir)
{
	return migrate_to(db, a, dir, migrations);
}

enum err migrate_check(struct db *db, struct arena *a)
{
	struct state state;

	TRY(look(db, a, migrations, &state));
	if (state.complete)
		return OK;
	log_event(LOG_ERROR, "schema_older", KV("missing", migrations[state.done].name),
		  KV_C("action", "run: handschlag migrate"));
	return E_UNAVAILABLE;
}
