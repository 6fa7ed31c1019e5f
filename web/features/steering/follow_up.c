/* follow_up.c -- loads and starts what becomes of resolutions. */
#include "features/steering/follow_up.h"

#include "base/clock.h"
#include "features/steering/register_records.h"

#include <inttypes.h>
#include <stdlib.h>

#define FOLLOW_UP_COLUMNS                                                                          \
	"SELECT f.decision_id, f.year, f.number, f.row_version, coalesce(f.responsible_id, 0),"    \
	"       coalesce(p.name, ''), f.evidence, coalesce(f.due_on, ''), coalesce(f.done_at, 0)," \
	"       coalesce((SELECT s.year || '-' || s.number FROM decision s"                        \
	"         WHERE s.id = f.superseded_by), ''),"                                             \
	"       coalesce(r.at, 0), coalesce(r.light, ''), coalesce(r.blocked, 0),"                 \
	"       coalesce(r.light_reason, ''),"                                                     \
	"       coalesce((SELECT max(closed_at) FROM poll q WHERE q.decision_id = f.decision_id"   \
	"         AND q.result = 'adopted' AND q.kind NOT IN ('urgency', 'recusal')), "            \
	"d.created_at),"                                                                           \
	"       (SELECT v.resolution FROM decision_version v WHERE v.decision_id = f.decision_id"  \
	"         ORDER BY v.version DESC LIMIT 1), d.year, d.number,"                             \
	"       (SELECT v.title FROM decision_version v WHERE v.decision_id = f.decision_id"       \
	"         ORDER BY v.version DESC LIMIT 1)"                                                \
	"  FROM follow_up f JOIN decision d ON d.id = f.decision_id"                               \
	"  LEFT JOIN person p ON p.id = f.responsible_id"                                          \
	"  LEFT JOIN follow_up_report r ON r.id = (SELECT max(id) FROM follow_up_report x"         \
	"    WHERE x.decision_id = f.decision_id)"

static void take(struct rows *r, struct arena *a, struct follow_up *out)
{
	*out =
	    (struct follow_up){.decision = {.id = col_int(r, 0),
					    .slug = number_slug(a, col_int(r, 16), col_int(r, 17)),
					    .title = col_text(r, 18)},
			       .year = col_int(r, 1),
			       .number = col_int(r, 2),
			       .row_version = col_int(r, 3),
			       .responsible_id = col_int(r, 4),
			       .responsible = col_text(r, 5),
			       .evidence = col_text(r, 6),
			       .due = date_of_iso(col_text(r, 7)),
			       .done_at = col_int(r, 8),
			       .superseded_by = col_text(r, 9),
			       .last_report_at = col_int(r, 10),
			       .decided_on = date_of(col_int(r, 14)),
			       .resolution = col_text(r, 15)};
	out->label = number_slug(a, out->year, out->number);
	out->facts = (struct follow_facts){
	    .done = out->done_at != 0 || out->superseded_by.n > 0,
	    .due = out->due,
	    .since = out->decided_on,
	    .reported = light_named(col_text(r, 11)),
	    .blocked = col_int(r, 12) != 0,
	    .reason = col_text(r, 13).n > 0,
	};
	if (out->last_report_at != 0)
		out->facts.report = date_of(out->last_report_at);
	out->light = follow_light(&out->facts, date_today());
}

enum err follow_up_load(struct request *rq, struct str slug, struct follow_up *out)
{
	static const char sql[] = FOLLOW_UP_COLUMNS " WHERE f.decision_id = $1";
	struct decision d;

	TRY(decision_load(rq, slug, &d));
	struct rows r = db_query(rq->db, sql, WITH(INT(d.id)));
	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	take(&r, rq->arena, out);
	out->decision = d;
	return OK;
}

bool follow_up_may_report(const struct request *rq, const struct follow_up *f)
{
	bool own = f->responsible_id != 0 && f->responsible_id == rq->viewer.person_id;

	return f->decision.state == DECISION_IN_FOLLOW_UP &&
	       (own || right_to_all(rq->viewer.roles, FOLLOW_UP_REPORT));
}

enum err follow_up_load_to_report(struct request *rq, struct str slug, struct follow_up *out)
{
	TRY(follow_up_load(rq, slug, out));
	if (out->decision.state != DECISION_IN_FOLLOW_UP)
		return E_CONFLICT;
	return follow_up_may_report(rq, out) ? OK : E_FORBIDDEN;
}

/* Red first, then by the day it is due; without a day last. */
static int by_need(const void *a, const void *b)
{
	const struct follow_up *x = a, *y = b;
	int64_t due_x = date_is_none(x->due) ? INT64_MAX : date_days(x->due);
	int64_t due_y = date_is_none(y->due) ? INT64_MAX : date_days(y->due);

	if (x->light.light != y->light.light)
		return x->light.light > y->light.light ? -1 : 1;
	if (due_x != due_y)
		return due_x < due_y ? -1 : 1;
	return (x->decision.id > y->decision.id) - (x->decision.id < y->decision.id);
}

enum err follow_ups_load(struct db *db, struct arena *a, bool ended, struct follow_up **out,
			 size_t *n)
{
	static const char count_sql[] = "SELECT count(*) FROM follow_up";
	static const char sql[] =
	    FOLLOW_UP_COLUMNS " WHERE (f.done_at IS NOT NULL OR f.superseded_by IS NOT NULL) = $1"
			      " ORDER BY f.year DESC, f.number DESC";
	int64_t most = 0;

	TRY(db_int(db, count_sql, WITH_NOTHING, &most));
	struct follow_up *v = ARENA_ARRAY(a, struct follow_up, (size_t)most);
	struct rows r = db_query(db, sql, WITH(INT(ended ? 1 : 0)));
	for (*n = 0; rows_next(&r) && *n < (size_t)most; (*n)++)
		take(&r, a, &v[*n]);
	TRY(r.err);
	if (!ended && *n > 0)
		qsort(v, *n, sizeof *v, by_need);
	*out = v;
	return OK;
}

enum err follow_up_start(struct request *rq, struct decision *d, int64_t decided_at)
{
	static const char sql[] =
	    "INSERT INTO follow_up (decision_id, year, number, due_on) VALUES ($1, $2,"
	    " (SELECT coalesce(max(number), 0) + 1 FROM (SELECT number FROM follow_up"
	    "   WHERE year = $2 UNION ALL SELECT number FROM follow_up_void WHERE year = $2)), "
	    "NULL)"
	    " RETURNING number";
	struct register_book book = register_of(rq);
	int64_t year = date_of(decided_at).year, number = 0;

	TRY(db_int(rq->db, sql, WITH(INT(d->id), INT(year)), &number));
	TRY(register_follow_up(
	    &book, &(struct register_follow_up){.decision = d->id,
						.number = number_slug(rq->arena, year, number),
						.event = S("started")}));
	return decision_step(rq, d, STEP_FOLLOW, S(""));
}

enum err follow_up_revoke(struct request *rq, struct follow_up *f, int64_t later_id,
			  struct str reason)
{
	static const char sql[] = "UPDATE follow_up SET superseded_by = $2,"
				  " row_version = row_version + 1 WHERE decision_id = $1";
	struct register_book book = register_of(rq);

	TRY(db_run(rq->db, sql, WITH(INT(f->decision.id), INT(later_id)), NULL));
	TRY(register_follow_up(&book,
			       &(struct register_follow_up){.decision = f->decision.id,
							    .number = f->label,
							    .event = S("superseded"),
							    .due = date_iso(rq->arena, f->due),
							    .responsible = WHO(f->responsible_id),
							    .superseded_by = later_id}));
	return decision_step(rq, &f->decision, STEP_SUPERSEDE, reason);
}

enum err follow_up_revoke_named(struct request *rq, const struct decision *d, int64_t version)
{
	static const char sql[] =
	    "SELECT coalesce(v.revokes_id, 0), f.year, f.number FROM decision_version v"
	    "  LEFT JOIN follow_up f ON f.decision_id = v.decision_id"
	    " WHERE v.decision_id = $1 AND v.version = $2";
	struct rows r = db_query(rq->db, sql, WITH(INT(d->id), INT(version)));
	struct decision old;
	struct follow_up f;

	if (!rows_next(&r) || col_int(&r, 0) == 0)
		return r.err;
	struct str reason = arena_fmt(rq->arena, "Durch Beschluss %" PRId64 "-%" PRId64 ".",
				      col_int(&r, 1), col_int(&r, 2));
	TRY(decision_by_id(rq, col_int(&r, 0), &old));
	if (decision_step_row(old.state, STEP_SUPERSEDE) == NULL)
		return OK;
	TRY(follow_up_load(rq, old.slug, &f));
	return follow_up_revoke(rq, &f, d->id, reason);
}
