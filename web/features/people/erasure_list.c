/* erasure_list.c -- reads and writes the list of erasures, and keeps it up to date. */
#include "features/people/erasure_list.h"

#include "base/file.h"
#include "base/log.h"
#include "features/people/restored.h"

#include <inttypes.h>

enum { LIST_BYTES = 4 * 1024 * 1024 };

static const struct str head =
    S_INIT("# Who was erased, for `handschlag after-restore`: person, account made, erased.\n");

bool erasures_add(struct erasures *list, const struct erasure *e)
{
	for (size_t i = 0; i < list->n; i++)
		if (list->v[i].person_id == e->person_id && list->v[i].created_at == e->created_at)
			return false;
	if (list->n == list->room) {
		size_t room = list->room == 0 ? 32 : list->room * 2;
		struct erasure *v = ARENA_ARRAY(list->arena, struct erasure, room);
		for (size_t i = 0; i < list->n; i++)
			v[i] = list->v[i];
		list->v = v;
		list->room = room;
	}
	list->v[list->n++] = *e;
	return true;
}

static bool read_line(struct str line, struct erasure *e)
{
	struct str person, made, at;

	return str_cut(&line, ' ', &person) && str_cut(&line, ' ', &made) &&
	       str_cut(&line, ' ', &at) && line.p == NULL && str_to_int(person, &e->person_id) &&
	       str_to_int(made, &e->created_at) && str_to_int(at, &e->at);
}

enum err erasures_read(struct erasures *list, struct str path)
{
	const char *name = arena_cstr(list->arena, path);
	struct str text, line;

	if (file_missing(name))
		return OK;
	if (!file_read(list->arena, name, LIST_BYTES, &text) || !str_starts(text, head)) {
		log_event(LOG_ERROR, "erasures_unreadable", KV("file", path));
		return E_BAD_REQUEST;
	}
	text = str_from(text, head.n);
	while (text.n > 0 && str_cut(&text, '\n', &line)) {
		struct erasure e;
		if (!read_line(line, &e)) {
			log_event(LOG_ERROR, "erasures_unreadable", KV("file", path),
				  KV("line", line));
			return E_BAD_REQUEST;
		}
		(void)erasures_add(list, &e);
	}
	return OK;
}

enum err erasures_write(const struct erasures *list, struct str path)
{
	struct buf b = {.arena = list->arena};

	buf_add(&b, head);
	for (size_t i = 0; i < list->n; i++)
		buf_fmt(&b, "%" PRId64 " %" PRId64 " %" PRId64 "\n", list->v[i].person_id,
			list->v[i].created_at, list->v[i].at);
	if (file_replace(list->arena, path, buf_str(&b)))
		return OK;
	log_event(LOG_ERROR, "erasures_unwritten", KV("file", path));
	return E_UNAVAILABLE;
}

static enum err read_rows(struct db *db, struct erasures *list, bool *more)
{
	static const char sql[] =
	    "SELECT e.person_id, p.created_at, e.at FROM erasure e"
	    "  JOIN person p ON p.id = e.person_id ORDER BY e.at, e.person_id";

	*more = false;
	TRY(db_begin_read(db, list->arena));
	struct rows r = db_query(db, sql, WITH_NOTHING);
	while (rows_next(&r)) {
		struct erasure e = {.person_id = col_int(&r, 0),
				    .created_at = col_int(&r, 1),
				    .at = col_int(&r, 2)};
		if (erasures_add(list, &e))
			*more = true;
	}
	return r.err;
}

enum err erasures_keep(struct db *db, struct arena *a, struct str dir)
{
	struct erasures list = {.arena = a};
	struct str path = arena_fmt(a, "%.*s/" ERASURES_FILE, ARG(dir));
	bool more;

	TRY(erasures_read(&list, path));
	enum err err = read_rows(db, &list, &more);
	db_rollback(db);
	TRY(err);
	return more ? erasures_write(&list, path) : OK;
}
