/* stmt.c -- statements: prepared once, bound by number, read by type. */
#include "db/connection.h"

#include "base/log.h"

#include <stdlib.h>
#include <string.h>

enum { ROOM_MIN = 256 };

struct bind db_text_or_none(struct str s)
{
	return s.n > 0 ? TEXT(s) : NONE;
}

struct bind db_int_or_none(int64_t i)
{
	return i != 0 ? INT(i) : NONE;
}

/* --- the cache --- */

static size_t slot_of(struct stmt *const *slots, size_t room, const char *sql)
{
	size_t at = (size_t)(((uint64_t)(uintptr_t)sql * 0x9E3779B97F4A7C15U) >> 32) & (room - 1);

	while (slots[at] != NULL && slots[at]->sql != sql)
		at = (at + 1) & (room - 1);
	return at;
}

static bool make_room(struct stmt_cache *c)
{
	if (c->held * 2 < c->room)
		return true;
	size_t room = c->room == 0 ? ROOM_MIN : c->room * 2;
	struct stmt **slots = calloc(room, sizeof(struct stmt *));
	if (slots == NULL)
		return false;
	for (struct stmt *st = c->newest; st != NULL; st = st->older)
		slots[slot_of(slots, room, st->sql)] = st;
	free(c->slots);
	c->slots = slots;
	c->room = room;
	return true;
}

static void free_stmt(struct stmt *st)
{
	sqlite3_finalize(st->handle);
	free(st);
}

void stmt_free_all(struct db *db)
{
	for (struct stmt *st = db->cache.newest, *older; st != NULL; st = older) {
		older = st->older;
		free_stmt(st);
	}
	free(db->cache.slots);
	db->cache = (struct stmt_cache){0};
}

/* For SQLite "$2" is a name, numbered by its first appearance; for us it is the second value. */
static bool number_binds(struct stmt *st)
{
	int n = sqlite3_bind_parameter_count(st->handle);

	if (n > BINDS_MAX)
		return false;
	st->binds = (size_t)n;
	for (int i = 1; i <= n; i++) {
		struct str name = str_of(sqlite3_bind_parameter_name(st->handle, i));
		int64_t number;
		if (!str_starts(name, S("$")) || !str_to_int(str_from(name, 1), &number) ||
		    number < 1 || number > n)
			return false;
		st->value_of[i - 1] = (unsigned char)(number - 1);
	}
	return true;
}

static enum err prepare(struct db *db, const char *sql, struct stmt *st)
{
	const char *tail = "";
	int rc =
	    sqlite3_prepare_v3(db->handle, sql, -1, SQLITE_PREPARE_PERSISTENT, &st->handle, &tail);

	if (rc != SQLITE_OK) /* no value is bound yet: the message holds only our own text */
		return conn_failed(db, rc, sql, sqlite3_errmsg(db->handle));
	if (st->handle == NULL || str_trim(str_of(tail)).n > 0)
		return conn_bug(db, "not exactly one statement", sql);
	if (!number_binds(st))
		return conn_bug(db, "placeholders are not $1 to $n", sql);
	st->sql = sql;
	st->writes = sqlite3_stmt_readonly(st->handle) == 0;
	return OK;
}

static struct stmt *add(struct db *db, const char *sql)
{
	struct stmt_cache *c = &db->cache;
	struct stmt *st = make_room(c) ? calloc(1, sizeof *st) : NULL;

	if (st == NULL) {
		conn_failed(db, SQLITE_NOMEM, sql, NULL);
		return NULL;
	}
	if (prepare(db, sql, st) != OK) {
		free_stmt(st);
		return NULL;
	}
	st->older = c->newest;
	c->newest = st;
	c->slots[slot_of(c->slots, c->room, sql)] = st;
	c->held++;
	return st;
}

static struct stmt *find(struct db *db, const char *sql)
{
	struct stmt_cache *c = &db->cache;
	struct stmt *st = c->room == 0 ? NULL : c->slots[slot_of(c->slots, c->room, sql)];

	if (st == NULL)
		return add(db, sql);
	if (strcmp(sqlite3_sql(st->handle), sql) == 0)
		return st;
	conn_bug(db, "SQL text is not static", sql);
	return NULL;
}

/* --- running --- */

static void rest(struct db *db, struct stmt *st)
{
	int rc = sqlite3_reset(st->handle);

	sqlite3_clear_bindings(st->handle);
	st->run = 0;
	st->on_row = false;
	if (rc != SQLITE_OK)
		conn_failed(db, rc, st->sql, NULL);
}

void stmt_rest_all(struct db *db)
{
	for (struct stmt *st = db->cache.used, *next; st != NULL; st = next) {
		next = st->next;
		st->listed = false;
		if (st->run != 0)
			rest(db, st);
	}
	db->cache.used = NULL;
}

static int bind(sqlite3_stmt *handle, int at, const struct bind *value)
{
	const char *p = value->s.n > 0 ? value->s.p : ""; /* NULL would bind NULL */

	/* Copied: the rows may be read when the caller's buffer is gone. */
	switch (value->type) {
	case BIND_INT:
		return sqlite3_bind_int64(handle, at, value->i);
	case BIND_TEXT:
		return sqlite3_bind_text64(handle, at, p, value->s.n, SQLITE_TRANSIENT,
					   SQLITE_UTF8);
	case BIND_BLOB:
		return sqlite3_bind_blob64(handle, at, p, value->s.n, SQLITE_TRANSIENT);
	case BIND_NULL:
		return sqlite3_bind_null(handle, at);
	}
	return SQLITE_MISUSE;
}

static bool bind_all(struct db *db, const struct stmt *st, struct binds with)
{
	for (size_t i = 0; i < with.n; i++) {
		int rc = bind(st->handle, (int)i + 1, &with.v[st->value_of[i]]);
		if (rc != SQLITE_OK) {
			conn_failed(db, rc, st->sql, NULL);
			return false;
		}
	}
	return true;
}

static enum err enter(struct db *db, const char *sql)
{
	TRY(conn_gate(db));
	return db->tx != TX_NONE ? OK : conn_bug(db, "statement without a transaction", sql);
}

/* Inside a transaction; NULL: it is poisoned now. */
static struct stmt *start(struct db *db, const char *sql, struct binds with)
{
	struct stmt *st = find(db, sql);

	if (st == NULL)
		return NULL;
	if (st->run != 0)
		rest(db, st);
	if (st->binds != with.n)
		conn_bug(db, "number of values does not match", sql);
	else if (st->writes && db->tx != TX_WRITE)
		conn_bug(db, "write in a reading transaction", sql);
	if (db->poison != OK || !bind_all(db, st, with))
		return NULL;
	st->run = ++db->cache.runs;
	if (!st->listed) {
		st->listed = true;
		st->next = db->cache.used;
		db->cache.used = st;
	}
	return st;
}

/* A failure is in the poison; at the end the statement rests. */
static void step(struct db *db, struct stmt *st)
{
	int rc = sqlite3_step(st->handle);

	st->on_row = rc == SQLITE_ROW;
	if (st->on_row)
		return;
	/* The message of a constraint names columns; that of others may quote a value. */
	if (rc != SQLITE_DONE)
		conn_failed(db, rc, st->sql,
			    (rc & 0xff) == SQLITE_CONSTRAINT ? sqlite3_errmsg(db->handle) : NULL);
	sqlite3_reset(st->handle); /* repeats rc */
	sqlite3_clear_bindings(st->handle);
	st->run = 0;
}

struct rows db_query(struct db *db, const char *sql, struct binds with)
{
	struct rows r = {.db = db, .err = enter(db, sql)};

	if (r.err != OK)
		return r;
	r.stmt = start(db, sql, with);
	r.err = db->poison;
	r.run = r.stmt != NULL ? r.stmt->run : 0;
	return r;
}

static bool next_row(struct rows *r)
{
	if (r->err == OK && r->stmt != NULL && r->stmt->run != r->run)
		r->err = conn_bug(r->db, "rows of a statement that was run again", r->stmt->sql);
	if (r->err == OK && r->stmt != NULL) {
		step(r->db, r->stmt);
		r->err = r->db->poison;
	}
	if (r->err != OK || r->stmt == NULL || !r->stmt->on_row) {
		r->stmt = NULL;
		return false;
	}
	return true;
}

bool rows_next(struct rows *r)
{
	enum err err = conn_gate(r->db);

	if (r->err == OK)
		r->err = err;
	return next_row(r);
}

/* --- columns --- */

static bool on_column(struct rows *r, int column)
{
	if (r->err == OK)
		r->err = r->db->poison;
	if (r->err != OK)
		return false;
	if (r->stmt == NULL || r->stmt->run != r->run || !r->stmt->on_row)
		r->err = conn_bug(r->db, "column read without a row",
				  r->stmt != NULL ? r->stmt->sql : "at the end");
	else if (column < 0 || column >= sqlite3_data_count(r->stmt->handle))
		r->err = conn_bug(r->db, "no such column", r->stmt->sql);
	return r->err == OK;
}

int64_t col_int(struct rows *r, int column)
{
	if (!on_column(r, column))
		return 0;
	int type = sqlite3_column_type(r->stmt->handle, column);
	if (type == SQLITE_INTEGER)
		return sqlite3_column_int64(r->stmt->handle, column);
	if (type != SQLITE_NULL)
		r->err = conn_bug(r->db, "column is not an integer", r->stmt->sql);
	return 0;
}

struct str col_peek(struct rows *r, int column)
{
	if (!on_column(r, column))
		return S("");
	sqlite3_stmt *handle = r->stmt->handle;
	int type = sqlite3_column_type(handle, column);
	if (type == SQLITE_NULL)
		return S("");
	if (type != SQLITE_TEXT && type != SQLITE_BLOB) {
		r->err = conn_bug(r->db, "column is not a text", r->stmt->sql);
		return S("");
	}
	const char *p = sqlite3_column_blob(handle, column);
	int n = sqlite3_column_bytes(handle, column);
	if (n > 0 && p == NULL) {
		r->err = conn_failed(r->db, SQLITE_NOMEM, r->stmt->sql, NULL);
		return S("");
	}
	return (struct str){p, (size_t)n};
}

struct str col_text(struct rows *r, int column)
{
	struct str s = col_peek(r, column);

	return s.n == 0 ? S("") : arena_str(r->db->arena, s);
}

bool col_null(struct rows *r, int column)
{
	return !on_column(r, column) || sqlite3_column_type(r->stmt->handle, column) == SQLITE_NULL;
}

/* --- shorthands --- */

enum err db_run(struct db *db, const char *sql, struct binds with, int64_t *changed)
{
	TRY(enter(db, sql));
	struct stmt *st = start(db, sql, with);
	if (st == NULL)
		return db->poison;
	if (sqlite3_column_count(st->handle) != 0)
		return conn_bug(db, "statement with rows is not for db_run", sql);
	step(db, st);
	if (changed != NULL)
		*changed = sqlite3_changes64(db->handle);
	return db->poison;
}

static enum err first_row(struct db *db, const char *sql, struct binds with, struct rows *r)
{
	*r = db_query(db, sql, with);
	if (next_row(r))
		return OK;
	return r->err != OK ? r->err : E_NOT_FOUND;
}

/* RETURNING gives its first row after all changes are made and checked. */
static enum err after_first_row(struct rows *r)
{
	if (r->err == OK)
		rest(r->db, r->stmt);
	return r->db->poison;
}

enum err db_int(struct db *db, const char *sql, struct binds with, int64_t *out)
{
	struct rows r;

	TRY(first_row(db, sql, with, &r));
	*out = col_int(&r, 0);
	return after_first_row(&r);
}

enum err db_text(struct db *db, const char *sql, struct binds with, struct str *out)
{
	struct rows r;

	TRY(first_row(db, sql, with, &r));
	*out = col_text(&r, 0);
	return after_first_row(&r);
}
