/* audit_page.c -- who did what: filtered, page by page, and as a table to take along. */
#include "base/date.h"
#include "export/csv.h"
#include "features/features.h"
#include "features/people/audit_words.h"

#include <inttypes.h>

enum { PAGE_ROWS = 50, CSV_ROWS = 10000, WORD_MAX = 120 };

/* All of it stands in the address. */
struct filter {
	int64_t municipality_id; /* 0: all */
	int64_t person_id, before;
	struct str action, object, from, until; /* days as ISO */
	bool bad_from, bad_until;
};

static struct str day(struct request *rq, struct str typed, bool *bad)
{
	struct date d;

	*bad = false;
	if (typed.n == 0)
		return S("");
	if (date_parse_iso(typed, &d) || date_parse_german(typed, &d))
		return date_iso(rq->arena, d);
	*bad = true;
	return S("");
}

static struct filter filter_of(struct request *rq)
{
	struct fields *q = &rq->http.query;
	struct filter f = {.action = str_head(field_text(q, S("vorgang")), WORD_MAX),
			   .object = str_head(field_text(q, S("gegenstand")), WORD_MAX)};

	if (!right_to_all(rq->viewer.roles, AUDIT_SEE))
		f.municipality_id =
		    rq->viewer.municipality_id != 0 ? rq->viewer.municipality_id : -1;
	if (!str_to_int(field_text(q, S("person")), &f.person_id))
		f.person_id = 0;
	if (!str_to_int(field_text(q, S("vor")), &f.before))
		f.before = 0;
	f.from = day(rq, field_text(q, S("von")), &f.bad_from);
	f.until = day(rq, field_text(q, S("bis")), &f.bad_until);
	return f;
}

/* Midnight of the day that begins, the last second of the one that ends. */
static int64_t from_at(const struct filter *f)
{
	struct date d;

	return date_parse_iso(f->from, &d) ? date_end_of_day(date_add_days(d, -1)) + 1 : 0;
}

static int64_t until_at(const struct filter *f)
{
	struct date d;

	return date_parse_iso(f->until, &d) ? date_end_of_day(d) : INT64_MAX;
}

/* Each row once, newest first, by the index that leaves fewest: so a million rows are no matter.
 * Ids rise with time, so days are bounds of ids too. */
#define LINES(text)                                                                                \
	"(SELECT coalesce(group_concat(j.key || ': ' || coalesce(j.value, ''), char(10)), '')"     \
	" FROM json_each(CASE WHEN json_valid(" text ") THEN " text " ELSE '{}' END) j"            \
	" WHERE coalesce(j.value, '') <> '')"
#define AUDIT(where)                                                                               \
	"SELECT u.id, u.at, coalesce(p.name, 'Betrieb'), coalesce(m.short, ''), u.action,"         \
	" u.object, " LINES("u.before") ", " LINES(                                                \
	    "u.after") ", coalesce(o.name, '')"                                                    \
		       "  FROM audit u LEFT JOIN person p ON p.id = u.actor_id"                    \
		       "  LEFT JOIN municipality m ON m.id = u.municipality_id"                    \
		       "  LEFT JOIN person o ON o.id = CASE WHEN u.object LIKE 'person/%'"         \
		       "    THEN CAST(substr(u.object, 8) AS INTEGER) END WHERE " where            \
		       " AND ($1 = 0 OR u.municipality_id = $1) AND ($2 = 0 OR u.actor_id = $2)"   \
		       " AND ($3 = '' OR u.action = $3) AND ($4 = '' OR u.object = $4)"            \
		       " AND u.at BETWEEN $6 AND $7"                                               \
		       " AND u.id >= (SELECT id FROM audit WHERE at >= $6 ORDER BY at, id LIMIT "  \
		       "1)"                                                                        \
		       " AND u.id < min($5, (SELECT id + 1 FROM audit WHERE at <= $7"              \
		       " ORDER BY at DESC, id DESC LIMIT 1)) ORDER BY u.id DESC LIMIT $8"

static const char by_object[] = AUDIT("u.object = $4");
static const char by_person[] = AUDIT("u.actor_id = $2");
static const char by_action[] = AUDIT("u.action = $3");
static const char by_municipality[] = AUDIT("u.municipality_id = $1");
static const char all_rows[] = AUDIT("u.id > 0");

static struct rows query(struct request *rq, const struct filter *f, int64_t limit)
{
	const char *sql = f->object.n > 0           ? by_object
			  : f->person_id != 0       ? by_person
			  : f->action.n > 0         ? by_action
			  : f->municipality_id != 0 ? by_municipality
						    : all_rows;

	return db_query(rq->db, sql,
			WITH(INT(f->municipality_id), INT(f->person_id), TEXT(f->action),
			     TEXT(f->object), INT(f->before == 0 ? INT64_MAX : f->before),
			     INT(from_at(f)), INT(until_at(f)), INT(limit)));
}

static struct str address(struct request *rq, const struct filter *f, const char *path,
			  int64_t before)
{
	struct buf b = {.arena = rq->arena};

	buf_fmt(&b, "%s?vorgang=%.*s&gegenstand=%.*s&von=%.*s&bis=%.*s", path,
		ARG(percent_encode(rq->arena, f->action)),
		ARG(percent_encode(rq->arena, f->object)), ARG(f->from), ARG(f->until));
	if (f->person_id != 0)
		buf_fmt(&b, "&person=%" PRId64, f->person_id);
	if (before != 0)
		buf_fmt(&b, "&vor=%" PRId64, before);
	return buf_str(&b);
}

/* An account by the name of its owner. */
static struct str object_label(struct request *rq, struct rows *r)
{
	struct str owner = col_text(r, 8);

	return owner.n > 0 ? arena_fmt(rq->arena, "Konto: %.*s", ARG(owner))
			   : audit_object_label(rq->arena, col_text(r, 5));
}

static void show_row(struct request *rq, struct rows *r)
{
	struct view *v = view_row(rq->view, S_ROW);
	struct str object = col_text(r, 5), link = audit_object_link(rq->arena, object);
	struct str before = col_text(r, 6), after = col_text(r, 7);
	struct view *what = view_row(v, link.n > 0 ? S_LINKED : S_PLAIN);

	view_text(v, V_WHEN, date_time_short(rq->arena, col_int(r, 1)));
	view_text(v, V_PERSON, col_text(r, 2));
	view_text(v, V_ORG, col_text(r, 3));
	view_text(v, V_ACTION, audit_action_label(rq->arena, col_text(r, 4)));
	view_text(what, V_OBJECT, object_label(rq, r));
	if (link.n > 0)
		view_text(what, V_LINK, link);
	if (before.n > 0)
		view_text(view_row(v, S_BEFORE), V_TEXT, audit_lines_label(rq->arena, before));
	if (after.n > 0)
		view_text(view_row(v, S_AFTER), V_TEXT, audit_lines_label(rq->arena, after));
}

static enum err show_people(struct request *rq, const struct filter *f)
{
	static const char sql[] =
	    "SELECT p.id, p.name FROM person p WHERE $1 = 0 OR EXISTS (SELECT 1 FROM membership s"
	    "  WHERE s.person_id = p.id AND s.municipality_id = $1) ORDER BY p.sort_key, p.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(f->municipality_id)));

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_PERSON_OPTION);
		view_int(v, V_ID, col_int(&r, 0));
		view_text(v, V_NAME, col_text(&r, 1));
		view_show_if(v, S_PICKED, col_int(&r, 0) == f->person_id);
	}
	return r.err;
}

/* The acts there are; a skip scan over the index, so it does not read all rows. */
static enum err show_actions(struct request *rq, const struct filter *f)
{
	static const char sql[] =
	    "WITH RECURSIVE w(action) AS (SELECT min(action) FROM audit UNION ALL"
	    " SELECT (SELECT min(u.action) FROM audit u WHERE u.action > w.action) FROM w"
	    "  WHERE w.action IS NOT NULL)"
	    " SELECT action FROM w WHERE action IS NOT NULL";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_ACTION_OPTION);
		view_text(v, V_NAME, col_text(&r, 0));
		view_text(v, V_LABEL, audit_action_label(rq->arena, col_text(&r, 0)));
		view_show_if(v, S_PICKED, str_eq(col_text(&r, 0), f->action));
	}
	return r.err;
}

static enum err show_rows(struct request *rq, const struct filter *f)
{
	struct rows r = query(rq, f, PAGE_ROWS + 1);
	int64_t last = 0;
	int n = 0;

	for (; rows_next(&r); n++) {
		if (n == PAGE_ROWS) {
			view_text(view_row(rq->view, S_OLDER), V_LINK,
				  address(rq, f, "/protokoll", last));
			break;
		}
		last = col_int(&r, 0);
		show_row(rq, &r);
	}
	view_show_if(rq->view, S_ROWS, n > 0);
	view_show_if(rq->view, S_EMPTY, n == 0);
	if (f->before != 0)
		view_text(view_row(rq->view, S_NEWEST), V_LINK, address(rq, f, "/protokoll", 0));
	return r.err;
}

/* GET /protokoll */
static enum err audit_list(struct request *rq)
{
	struct filter f = filter_of(rq);

	view_show_if(rq->view, S_WHOLE, f.municipality_id == 0);
	view_show_if(rq->view, S_OWN, f.municipality_id != 0);
	view_text(rq->view, V_OBJECT_TYPED, f.object);
	view_text(rq->view, V_FROM, field_text(&rq->http.query, S("von")));
	view_text(rq->view, V_UNTIL, field_text(&rq->http.query, S("bis")));
	view_show_if(rq->view, S_FROM_WRONG, f.bad_from);
	view_show_if(rq->view, S_UNTIL_WRONG, f.bad_until);
	view_text(rq->view, V_CSV_LINK, address(rq, &f, "/protokoll.csv", f.before));
	TRY(show_people(rq, &f));
	TRY(show_actions(rq, &f));
	TRY(show_rows(rq, &f));
	return reply_page(rq, 200, "people/audit_list.html");
}

static void csv_head(struct csv_writer *w)
{
	static const char *const names[] = {"Nummer",  "Zeit",       "Person", "Kommune",
					    "Vorgang", "Gegenstand", "vorher", "nachher"};

	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++)
		csv_text(w, str_of(names[i]));
	csv_end_row(w);
}

/* GET /protokoll.csv */
static enum err audit_csv(struct request *rq)
{
	struct csv_writer w = {.out = {.arena = rq->arena}};
	struct filter f = filter_of(rq);
	struct rows r = query(rq, &f, CSV_ROWS);

	csv_head(&w);
	while (rows_next(&r)) {
		csv_text(&w, arena_fmt(rq->arena, "%" PRId64, col_int(&r, 0)));
		csv_text(&w, date_time_long(rq->arena, col_int(&r, 1)));
		csv_text(&w, col_text(&r, 2));
		csv_text(&w, col_text(&r, 3));
		csv_text(&w, audit_action_label(rq->arena, col_text(&r, 4)));
		csv_text(&w, object_label(rq, &r));
		csv_text(&w, audit_lines_label(rq->arena, col_text(&r, 6)));
		csv_text(&w, audit_lines_label(rq->arena, col_text(&r, 7)));
		csv_end_row(&w);
	}
	TRY(r.err);
	return reply_file(rq, S("text/csv; charset=utf-8"), S("protokoll.csv"), csv_end(&w));
}

const struct route audit_routes[] = {
    GET("/protokoll", AUDIT_SEE, audit_list),
    GET("/protokoll.csv", AUDIT_SEE, audit_csv),
    ROUTES_END,
};
