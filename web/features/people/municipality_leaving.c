/* municipality_leaving.c -- the rows: entered by one, confirmed by another, withdrawn. */
#include "features/people/municipality_leaving.h"

#include "app/audit.h"
#include "app/leaving_second.h"
#include "app/outbox.h"
#include "base/clock.h"

#include <inttypes.h>

/* ---- Reading ---- */

#define NEEDS_OWN LEAVING_NEEDS_OWN("$2")
#define IS_SECOND LEAVING_SECOND("$4", "$3", "$2")

static enum err load_row(struct request *rq, const struct municipality *m, struct leaving *out)
{
	static const char sql[] =
	    "SELECT x.id, x.planned_by, x.planned_from, coalesce(x.confirmed_by, 0),"
	    "  coalesce(x.confirmed_at, 0), x.last_day, x.reason, a.name, u.short,"
	    "  coalesce(b.name, ''), coalesce(w.short, ''),"
	    "  " NEEDS_OWN ", " IS_SECOND
	    "  FROM municipality_leaving x JOIN person a ON a.id = x.planned_by"
	    "  JOIN municipality u ON u.id = x.planned_from"
	    "  LEFT JOIN person b ON b.id = x.confirmed_by"
	    "  LEFT JOIN municipality w ON w.id = x.confirmed_from"
	    " WHERE x.municipality_id = $1 AND x.withdrawn_at IS NULL AND x.done_at IS NULL"
	    "   AND (x.confirmed_at IS NOT NULL OR x.last_day >= $2)";
	struct rows r = db_query(rq->db, sql,
				 WITH(INT(m->id), TEXT(date_iso(rq->arena, date_today())),
				      INT(rq->viewer.municipality_id), INT(rq->viewer.person_id)));

	*out = (struct leaving){.id = 0};
	if (!rows_next(&r))
		return r.err;
	*out = (struct leaving){.id = col_int(&r, 0),
				.planned_by = col_int(&r, 1),
				.planned_from = col_int(&r, 2),
				.confirmed_by = col_int(&r, 3),
				.confirmed_at = col_int(&r, 4),
				.last_day = date_of_iso(col_text(&r, 5)),
				.reason = col_text(&r, 6),
				.planner = col_text(&r, 7),
				.planner_from = col_text(&r, 8),
				.confirmer = col_text(&r, 9),
				.confirmer_from = col_text(&r, 10),
				.needs_own = col_int(&r, 11) != 0,
				.may_confirm = col_int(&r, 12) != 0};
	return OK;
}

enum err leaving_load(struct request *rq, const struct municipality *m, struct leaving *out)
{
	int64_t me = rq->viewer.person_id;

	TRY(load_row(rq, m, out));
	if (out->id == 0)
		return OK;
	out->over = out->confirmed_at != 0 && date_cmp(out->last_day, date_today()) < 0;
	out->may_withdraw =
	    !out->over && (me == out->planned_by || me == out->confirmed_by || out->may_confirm);
	return OK;
}

/* ---- Letters ---- */

struct recipient {
	int64_t id;
	struct str name;
	bool decides; /* may do something about it */
};

static enum err write_one(struct request *rq, const struct municipality *m, const struct leaving *x,
			  enum leaving_news what, const struct recipient *to)
{
	static const char *const sections[LEAVINGS] = {
	    [LEAVING_PLANNED] = S_PLANNED,
	    [LEAVING_CONFIRMED] = S_CONFIRMED,
	    [LEAVING_WITHDRAWN] = S_WITHDRAWN,
	    [LEAVING_WAITS] = S_WAITS,
	};
	struct letter l = {.person_id = to->id, .topic = "account"};
	struct view *v = view_new(rq->arena);

	view_text(v, V_NAME, to->name);
	view_text(v, V_UNIT_NAME, m->name);
	view_text(v, V_LAST_DAY, date_long(rq->arena, x->last_day));
	view_text(v, V_PLANNER, x->planner);
	view_text(v, V_CONFIRMER, x->confirmer);
	view_text(v, V_BY_NAME, rq->viewer.name);
	view_text(v, V_REASON, x->reason);
	view_text(v, V_LINK,
		  arena_fmt(rq->arena, "%.*s/kommunen/%.*s%s", ARG(rq->app->config.base_url),
			    ARG(m->slug), to->decides ? "/austritt" : ""));
	view_show(v, sections[what]);
	TRY(letter_render(rq->arena, v, "mail/municipality_leaving.txt", &l));
	l.dedupe =
	    arena_fmt(rq->arena, "leaving/%" PRId64 "/%d/%" PRId64, x->id, (int)what, to->id);
	return outbox_put(rq->db, &l);
}

enum err leaving_letters(struct request *rq, const struct municipality *m, const struct leaving *x,
			 enum leaving_news what)
{
	static const char sql[] =
	    "SELECT p.id, p.name, max(g.role <> 'municipality'), max(s.municipality_id IS $1)"
	    "  FROM role_held g JOIN person p ON p.id = g.person_id AND p.status = 'active'"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    " WHERE (g.role IN ('committee', 'committee_deputy', 'chair')"
	    "   OR (g.role = 'municipality' AND g.municipality_id = $1))"
	    "  AND g.since <= $2 AND (g.until IS NULL OR g.until >= $2) AND p.id <> $3"
	    " GROUP BY p.id ORDER BY p.id";
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(INT(m->id), TEXT(date_iso(rq->arena, date_today())), INT(rq->viewer.person_id)));

	while (rows_next(&r)) {
		/* Once it has left, its own seats may no more. */
		bool left = what == LEAVING_WAITS && col_int(&r, 3) != 0;
		struct recipient to = {.id = col_int(&r, 0),
				       .name = col_text(&r, 1),
				       .decides = col_int(&r, 2) != 0 && !left};
		TRY(write_one(rq, m, x, what, &to));
	}
	return r.err;
}

/* ---- Acts ---- */

static enum err note(struct request *rq, const struct municipality *m, const char *action,
		     const struct leaving *x)
{
	struct buf json = {.arena = rq->arena};

	json_pair(&json, "left_on", date_iso(rq->arena, x->last_day));
	json_pair(&json, "reason", x->reason);
	return audit(rq, action, arena_fmt(rq->arena, "municipality/%" PRId64, m->id), S(""),
		     json_end(&json));
}

/* Who has left keeps the rights of a seat while a vote that began before runs, for that vote. */
static enum err may_plan(struct request *rq)
{
	static const char sql[] = "SELECT $1 = 0 OR " MUNICIPALITY_LEFT("$1", "$2");
	int64_t left = 0;

	TRY(db_int(rq->db, sql,
		   WITH(INT(rq->viewer.municipality_id), TEXT(date_iso(rq->arena, date_today()))),
		   &left));
	return left == 0 ? OK : E_FORBIDDEN;
}

/* What nobody confirmed in time makes room. */
enum err leaving_plan(struct request *rq, const struct municipality *m, struct date last_day,
		      struct str reason)
{
	static const char late_sql[] =
	    "UPDATE municipality_leaving SET withdrawn_by = planned_by, withdrawn_at = $2"
	    " WHERE municipality_id = $1 AND withdrawn_at IS NULL AND done_at IS NULL"
	    "   AND confirmed_at IS NULL AND last_day < $3";
	static const char sql[] =
	    "INSERT INTO municipality_leaving (municipality_id, last_day, reason, planned_by,"
	    "  planned_from, planned_at) VALUES ($1, $2, $3, $4, $5, $6)";
	struct bind id = INT(m->id), me = INT(rq->viewer.person_id), now = INT(clock_now());
	struct leaving x;

	TRY(may_plan(rq));
	TRY(db_run(rq->db, late_sql, WITH(id, now, TEXT(date_iso(rq->arena, date_today()))), NULL));
	TRY(db_run(rq->db, sql,
		   WITH(id, TEXT(date_iso(rq->arena, last_day)), TEXT(reason), me,
			INT(rq->viewer.municipality_id), now),
		   NULL));
	TRY(leaving_load(rq, m, &x));
	TRY(leaving_letters(rq, m, &x, LEAVING_PLANNED));
	return note(rq, m, "municipality.leave_plan", &x);
}

static enum err leave_on(struct request *rq, const struct municipality *m, struct str day)
{
	static const char sql[] =
	    "UPDATE municipality SET left_on = $2, version = version + 1 WHERE id = $1";

	return db_run(rq->db, sql, WITH(INT(m->id), TEXT_OR_NONE(day)), NULL);
}

enum err leaving_confirm(struct request *rq, const struct municipality *m, const struct leaving *x)
{
	static const char sql[] =
	    "UPDATE municipality_leaving SET confirmed_by = $2, confirmed_from = $3,"
	    "  confirmed_at = $4 WHERE id = $1";
	struct leaving now;

	TRY(db_run(rq->db, sql,
		   WITH(INT(x->id), INT(rq->viewer.person_id), INT(rq->viewer.municipality_id),
			INT(clock_now())),
		   NULL));
	TRY(leave_on(rq, m, date_iso(rq->arena, x->last_day)));
	TRY(leaving_load(rq, m, &now));
	TRY(leaving_letters(rq, m, &now, LEAVING_CONFIRMED));
	return note(rq, m, "municipality.leave_confirm", x);
}

enum err leaving_withdraw(struct request *rq, const struct municipality *m, const struct leaving *x)
{
	static const char sql[] =
	    "UPDATE municipality_leaving SET withdrawn_by = $2, withdrawn_at = $3 WHERE id = $1";

	TRY(db_run(rq->db, sql, WITH(INT(x->id), INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	if (x->confirmed_at != 0)
		TRY(leave_on(rq, m, S("")));
	TRY(leaving_letters(rq, m, x, LEAVING_WITHDRAWN));
	return note(rq, m, "municipality.leave_withdraw", x);
}
