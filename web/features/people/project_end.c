/* project_end.c -- the day, and the names that go after it. */
#include "features/people/project_end.h"

#include "app/audit.h"
#include "app/outbox.h"
#include "base/clock.h"
#include "features/people/erase.h"
#include "features/people/retention.h"

#include <inttypes.h>

#define LETTERS "project-end"
#define GOES_ON "project-goes-on"

enum { PEOPLE_STEP = 20 }; /* in one run: each goes through all histories */

/* Everybody whose name stands on a remark or in its history. */
#define NAMED                                                                                      \
	"p.status <> 'anonymised' AND p.id IN (SELECT author_id FROM feedback"                     \
	" UNION SELECT author_id FROM reply UNION SELECT decided_by FROM feedback"                 \
	" UNION SELECT response_by FROM feedback UNION SELECT released_by FROM feedback"           \
	" UNION SELECT assignee_id FROM feedback UNION SELECT hidden_by FROM feedback"             \
	" UNION SELECT hidden_by FROM reply"                                                       \
	" UNION SELECT actor_id FROM handbook_event WHERE object = 'feedback')"

static const struct retention_term *names_term(void)
{
	size_t i = 0;

	while (i + 1 < retention_term_count &&
	       !str_eq(str_of(retention_terms[i].what), S("feedback_names")))
		i++;
	return &retention_terms[i];
}

static struct date later(struct date a, struct date b)
{
	return date_cmp(a, b) < 0 ? b : a;
}

enum err project_end_load(struct db *db, struct project_end *out)
{
	static const char sql[] =
	    "SELECT e.ends_on, max(e.changed_at, coalesce((SELECT changed_at FROM retention"
	    "  WHERE what = 'feedback_names'), 0)) FROM project_end e";
	struct rows r = db_query(db, sql, WITH_NOTHING);
	int64_t days;

	*out = (struct project_end){.ends_on = {0, 0, 0}};
	if (!rows_next(&r))
		return r.err;
	if (!date_parse_iso(col_text(&r, 0), &out->ends_on))
		return E_INTERNAL;
	struct date set = date_of(col_int(&r, 1));
	TRY(retention_days(db, names_term(), &days));
	out->names_until =
	    later(date_add_days(out->ends_on, days), date_add_days(set, PROJECT_NOTICE_DAYS));
	return OK;
}

enum err project_end_store(struct request *rq, struct date ends_on)
{
	static const char set[] =
	    "INSERT INTO project_end (id, ends_on, changed_by, changed_at) VALUES (1, $1, $2, $3)"
	    " ON CONFLICT (id) DO UPDATE SET ends_on = excluded.ends_on,"
	    "  changed_by = excluded.changed_by, changed_at = excluded.changed_at";
	struct buf before = {.arena = rq->arena}, after = {.arena = rq->arena};
	struct project_end was;

	TRY(project_end_load(rq->db, &was));
	if (date_cmp(was.ends_on, ends_on) == 0)
		return OK;
	if (date_is_none(ends_on))
		TRY(db_run(rq->db, "DELETE FROM project_end", WITH_NOTHING, NULL));
	else
		TRY(db_run(rq->db, set,
			   WITH(TEXT(date_iso(rq->arena, ends_on)), INT(rq->viewer.person_id),
				INT(clock_now())),
			   NULL));
	json_pair(&before, "ends_on", date_iso(rq->arena, was.ends_on));
	json_pair(&after, "ends_on", date_iso(rq->arena, ends_on));
	return audit(rq, "project.end", S("retention/1"), json_end(&before), json_end(&after));
}

/* Each change has letters of its own: whoever was told of another day must hear of this one. */
static enum err tell_one(struct request *rq, const struct project_end *end, int64_t id,
			 struct str name)
{
	struct letter l = {.person_id = id, .topic = "account"};
	const struct config *c = &rq->app->config;
	bool ends = !date_is_none(end->ends_on);
	struct view *v = view_new(rq->arena);

	view_text(v, V_NAME, name);
	view_text(v, V_COOPERATION, c->cooperation);
	if (ends) {
		view_text(v, V_END, date_long(rq->arena, end->ends_on));
		view_text(v, V_DATE, date_long(rq->arena, end->names_until));
	}
	view_text(v, V_LINK, arena_fmt(rq->arena, "%.*s/profil/daten", ARG(c->base_url)));
	TRY(letter_render(rq->arena, v, ends ? "mail/project_end.txt" : "mail/project_goes_on.txt",
			  &l));
	l.dedupe = arena_fmt(rq->arena, "%s/%" PRId64 "/%" PRId64, ends ? LETTERS : GOES_ON,
			     clock_now(), id);
	return outbox_put(rq->db, &l);
}

/* Whom a letter of the kind has reached last, or may have: one that is on its way just now. */
#define HEARD_LAST(kind, other)                                                                    \
	"p.status <> 'anonymised' AND coalesce((SELECT max(id) FROM outbox WHERE person_id = p.id" \
	"   AND (sent_at IS NOT NULL OR attempts > 0) AND dedupe > '" kind                         \
	"/' AND dedupe < '" kind "0'), 0)"                                                         \
	" > coalesce((SELECT max(id) FROM outbox WHERE person_id = p.id AND sent_at IS NOT NULL"   \
	"   AND dedupe > '" other "/' AND dedupe < '" other "0'), 0)"

enum err project_end_tell(struct request *rq, const struct project_end *was)
{
	static const char named[] = "SELECT p.id, p.name FROM person p WHERE " NAMED;
	static const char told[] =
	    "SELECT p.id, p.name FROM person p WHERE " HEARD_LAST(LETTERS, GOES_ON);
	struct project_end end;

	TRY(project_end_load(rq->db, &end));
	if (date_cmp(end.ends_on, was->ends_on) == 0 &&
	    date_cmp(end.names_until, was->names_until) == 0)
		return OK;
	TRY(outbox_cancel(rq->db, S(LETTERS)));
	TRY(outbox_cancel(rq->db, S(GOES_ON)));
	struct rows r = db_query(rq->db, date_is_none(end.ends_on) ? told : named, WITH_NOTHING);
	while (rows_next(&r))
		TRY(tell_one(rq, &end, col_int(&r, 0), col_text(&r, 1)));
	return r.err;
}

enum err feedback_names_count(struct db *db, int64_t *n)
{
	return db_int(db, "SELECT count(*) FROM person p WHERE " NAMED, WITH_NOTHING, n);
}

/* The next one after *id whom nothing holds; 0: none. */
static enum err next(struct db *db, struct arena *a, int64_t *id)
{
	static const char sql[] =
	    "SELECT p.id FROM person p WHERE p.id > $1 AND " NAMED " ORDER BY p.id LIMIT 1";
	size_t duties = 1;

	while (duties > 0) {
		enum err err = db_int(db, sql, WITH(INT(*id)), id);
		if (err == E_NOT_FOUND) {
			*id = 0;
			return OK;
		}
		TRY(err);
		TRY(duties_count(db, a, *id, &duties));
	}
	return OK;
}

static enum err is_due(struct db *db, bool *out)
{
	struct project_end end;

	TRY(project_end_load(db, &end));
	*out = !date_is_none(end.ends_on) && date_cmp(date_today(), end.names_until) > 0;
	return OK;
}

static enum err erase_next(struct db *db, struct arena *a, int64_t *id)
{
	struct erased p;
	struct str places;
	bool due;

	TRY(is_due(db, &due));
	if (due)
		TRY(next(db, a, id));
	if (!due || *id == 0)
		return OK;
	TRY(erased_load(db, *id, &p));
	TRY(erasure_places(db, a, &p, &places));
	TRY(person_erase(db, a, &p, 0));
	return audit_operator(db, "person.erase", arena_fmt(a, "person/%" PRId64, p.id), places);
}

static enum err one(struct db *db, struct arena *a, int64_t *id)
{
	TRY(db_begin_write(db, a));
	enum err err = erase_next(db, a, id);
	if (err == OK)
		err = db_commit(db);
	db_rollback(db);
	return err;
}

enum err feedback_names_due(struct db *db, struct arena *a)
{
	int64_t id = 0;

	for (int i = 0; i < PEOPLE_STEP && (i == 0 || id != 0); i++)
		TRY(one(db, a, &id));
	return OK;
}
