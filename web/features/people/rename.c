/* rename.c -- another name, and who is told. */
#include "features/people/rename.h"

#include "app/outbox.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/utf8.h"
#include "markup/normal.h"

#include <inttypes.h>

/* What cannot be seen on a page makes no other name: a second blank, one that does not break,
 * signs without width. */
static struct str key_of(struct arena *a, struct str name)
{
	return utf8_sort_key(a, normal_plain(a, name));
}

enum err rename_clash(struct request *rq, struct str name, bool *taken)
{
	static const char sql[] =
	    "SELECT p.name FROM person p"
	    "  JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    " WHERE s.municipality_id = $1 AND p.id <> $2 AND p.status = 'active'";
	struct str key = key_of(rq->arena, name);
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(rq->viewer.municipality_id), INT(rq->viewer.person_id)));

	for (*taken = false; rows_next(&r);)
		*taken = *taken || str_eq(key_of(rq->arena, col_text(&r, 0)), key);
	return r.err;
}

struct told {
	int64_t id;
	struct str name;
};

static enum err tell(struct request *rq, const struct told *to, struct str before, struct str after)
{
	struct letter l = {.person_id = to->id, .topic = "account"};
	struct view *v = view_new(rq->arena);
	int64_t now = clock_now();

	view_text(v, V_NAME, to->name);
	view_text(v, V_NAME_BEFORE, before);
	view_text(v, V_NAME_AFTER, after);
	view_text(v, V_WHEN, date_time_long(rq->arena, now));
	view_text(v, V_LINK,
		  arena_fmt(rq->arena, "%.*s/personen/%" PRId64, ARG(rq->app->config.base_url),
			    rq->viewer.person_id));
	TRY(letter_render(rq->arena, v, "mail/person_renamed.txt", &l));
	l.dedupe = arena_fmt(rq->arena, "rename/%" PRId64 "/%" PRId64 "/%" PRId64,
			     rq->viewer.person_id, now, to->id);
	return outbox_put(rq->db, &l);
}

enum err rename_tell(struct request *rq, struct str before, struct str after)
{
	static const char sql[] =
	    "SELECT DISTINCT p.id, p.name FROM role_held g JOIN person p ON p.id = g.person_id"
	    " WHERE g.role = 'municipality' AND g.municipality_id = $1 AND p.status = 'active'"
	    "   AND p.id <> $2 AND g.since <= $3 AND (g.until IS NULL OR g.until >= $3)"
	    " ORDER BY p.id";
	struct rows r = db_query(rq->db, sql,
				 WITH(INT(rq->viewer.municipality_id), INT(rq->viewer.person_id),
				      TEXT(date_iso(rq->arena, date_today()))));

	while (rows_next(&r)) {
		struct told to = {.id = col_int(&r, 0), .name = col_text(&r, 1)};
		TRY(tell(rq, &to, before, after));
	}
	return r.err;
}
