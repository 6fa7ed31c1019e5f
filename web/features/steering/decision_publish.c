/* decision_publish.c -- a template becomes public: frozen, registered, told to everybody. */
#include "features/steering/decision_handlers.h"
#include "features/steering/register_records.h"

#include "app/decision_visible.h"
#include "app/outbox.h"
#include "base/clock.h"

#include <inttypes.h>

struct reader {
	int64_t person_id;
	struct str name;
};

/* One instant for the row and the record: whoever checks compares them. */
enum err decision_put_out(struct request *rq, struct decision *d)
{
	static const char sql[] = "SELECT sha256, editorial FROM decision_version"
				  " WHERE decision_id = $1 AND version = $2";
	struct register_book book = register_of(rq);
	struct register_template_published record = {
	    .decision = d->id, .number = d->slug, .version = d->version};

	book.at = clock_now();
	TRY(decision_text_freeze(rq, d, book.at));
	struct rows r = db_query(rq->db, sql, WITH(INT(d->id), INT(d->version)));
	if (!rows_next(&r))
		return r.err != OK ? r.err : E_INTERNAL;
	record.sha256 = col_text(&r, 0);
	record.editorial = col_int(&r, 1) != 0;
	record.counts_from = d->counts_from;
	return register_template_published(&book, &record);
}

/* The day by which it has to lie there, where a meeting is known. */
static enum err meeting_day(struct request *rq, const struct decision *d, struct date *out)
{
	static const char sql[] = "SELECT m.day FROM agenda_entry e JOIN meeting m"
				  "    ON m.id = e.meeting_id"
				  " WHERE e.decision_id = $1 AND e.outcome IS NULL";
	struct rows r = db_query(rq->db, sql, WITH(INT(d->id)));

	*out = (struct date){0, 0, 0};
	if (rows_next(&r) && !date_parse_iso(col_text(&r, 0), out))
		return E_INTERNAL;
	return r.err;
}

static enum err tell_one(struct request *rq, const struct decision *d, struct date meeting,
			 const struct reader *to)
{
	struct letter l = {.person_id = to->person_id, .topic = "decision"};
	struct view *v = view_new(rq->arena);

	view_text(v, V_NAME, to->name);
	view_text(v, V_NUMBER, d->slug);
	view_text(v, V_TITLE, d->title);
	/* Subjects are read by others, too: of letters that did not arrive. */
	if (d->restricted.n == 0)
		view_text(view_row(v, S_TITLED), V_TITLE, d->title);
	if (d->version > 1)
		view_int(view_row(v, S_AGAIN), V_VERSION, d->version);
	view_show_if(v, S_FIRST_VERSION, d->version == 1);
	if (!date_is_none(meeting))
		view_text(view_row(v, S_MEETING), V_DATE, date_long(rq->arena, meeting));
	view_text(v, V_LINK,
		  arena_fmt(rq->arena, "%.*s/entscheidungen/%.*s", ARG(rq->app->config.base_url),
			    ARG(d->slug)));
	TRY(letter_render(rq->arena, v, "mail/decision_published.txt", &l));
	l.dedupe = arena_fmt(rq->arena, "decision/%" PRId64 "/%" PRId64 "/%" PRId64, d->id,
			     d->version, to->person_id);
	return outbox_put(rq->db, &l);
}

/* A person has a row for each of her roles; the rows of one stand together. */
enum err decision_tell(struct request *rq, const struct decision *d)
{
	static const char sql[] = "SELECT p.id, p.name, g.role, " DECISION_VISIBLE(
	    "0", "p.id") " FROM decision d"
			 "  CROSS JOIN person p JOIN role_held g ON g.person_id = p.id"
			 "   AND g.since <= $1 AND (g.until IS NULL OR g.until >= $1) WHERE "
			 "p.status = 'active' AND d.id = $2"
			 " UNION ALL"
			 " SELECT p.id, p.name, CASE m.role WHEN 'member' THEN 'tf_member' ELSE "
			 "'tf_lead' END,"
			 "  " DECISION_VISIBLE(
			     "0",
			     "p.id") " FROM decision d CROSS JOIN person p JOIN task_force_member "
				     "m ON m.person_id = p.id AND m.until IS NULL"
				     " WHERE p.status = 'active' AND d.id = $2 ORDER BY 1";
	struct reader to = {0};
	struct date meeting;

	TRY(meeting_day(rq, d, &meeting));
	struct rows r =
	    db_query(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today())), INT(d->id)));
	while (rows_next(&r)) {
		unsigned role = role_named(col_text(&r, 2));
		if (col_int(&r, 0) == to.person_id || !right_to_enter(role, PROJECT_SEE) ||
		    (col_int(&r, 3) == 0 && decision_reads(role) == 0))
			continue;
		to = (struct reader){col_int(&r, 0), col_text(&r, 1)};
		TRY(tell_one(rq, d, meeting, &to));
	}
	return r.err;
}
