/*
 * municipality_leave.c -- what is in the hands of a municipality that leaves, and its end.
 *
 * What is still in its hands must have gone to others before.  Then its people's memberships and
 * roles end, and it is no unit of any vote that begins later; what it did stays as it is.
 */
#include "features/people/municipality_leaving.h"

#include "app/audit.h"
#include "base/clock.h"
#include "features/people/invitation.h"
#include "features/people/member.h"
#include "features/people/retention.h"
#include "features/people/role_last.h"

#include <inttypes.h>

/* Everybody whose membership ends, also who is suspended. */
static enum err members(struct request *rq, const struct municipality *m, struct member **out,
			size_t *n)
{
	static const char count_sql[] =
	    "SELECT count(*) FROM membership WHERE municipality_id = $1 AND until IS NULL";
	static const char sql[] =
	    "SELECT p.id, p.name FROM membership s JOIN person p ON p.id = s.person_id"
	    " WHERE s.municipality_id = $1 AND s.until IS NULL ORDER BY p.sort_key, p.id";
	int64_t most;

	TRY(db_int(rq->db, count_sql, WITH(INT(m->id)), &most));
	*out = ARENA_ARRAY(rq->arena, struct member, (size_t)most + 1);
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id)));
	for (*n = 0; rows_next(&r); ++*n)
		(*out)[*n] = (struct member){.id = col_int(&r, 0),
					     .municipality_id = m->id,
					     .name = col_text(&r, 1),
					     .municipality = m->name,
					     .slug = m->slug};
	return r.err;
}

/* ---- What is in its hands ---- */

static enum err show_last(struct request *rq, const struct municipality *m, int64_t *blocking)
{
	struct last_roles last;

	TRY(roles_last_in(rq->db, rq->arena, m->id, &last));
	for (size_t i = 0; i < last.n; i++, ++*blocking)
		view_text(view_row(rq->view, S_LAST), V_MELDUNG,
			  message_text(rq->arena, last.v[i].why, 0));
	return OK;
}

static enum err show_things(struct request *rq, const struct municipality *m, const char *section,
			    const char *sql, int64_t *count)
{
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id)));

	for (; rows_next(&r); ++*count) {
		struct view *v = view_row(rq->view, section);
		view_text(v, V_ADDRESS, col_text(&r, 0));
		view_text(v, V_TITLE, col_text(&r, 1));
	}
	return r.err;
}

static enum err show_blocking(struct request *rq, const struct municipality *m, int64_t *blocking)
{
	static const char vote_sql[] =
	    "SELECT d.year || '-' || d.number, v.title FROM poll_unit u"
	    "  JOIN poll p ON p.id = u.poll_id AND p.closed_at IS NULL AND p.aborted_at IS NULL"
	    "  JOIN decision d ON d.id = p.decision_id"
	    "  JOIN decision_version v ON v.decision_id = d.id AND v.version = p.version"
	    " WHERE u.municipality_id = $1 ORDER BY p.id";
	static const char charge_sql[] =
	    "SELECT t.slug, t.name FROM task_force_municipality f"
	    "  JOIN task_force t ON t.id = f.task_force_id"
	    " WHERE f.municipality_id = $1 AND f.until IS NULL AND f.role = 'lead'"
	    "   AND t.status NOT IN ('done', 'cancelled') ORDER BY t.sort_key";

	TRY(show_last(rq, m, blocking));
	TRY(show_things(rq, m, S_OPEN_VOTE, vote_sql, blocking));
	return show_things(rq, m, S_IN_CHARGE, charge_sql, blocking);
}

/* What is in the hands of one of its people, under the name. */
static enum err show_holder(struct request *rq, const struct member *p, int64_t *blocking)
{
	struct view *page = rq->view;
	int64_t n = 0;

	TRY(handover_open(rq, p, &n));
	if (n == 0)
		return OK;
	rq->view = view_row(page, S_HOLDER);
	view_text(rq->view, V_NAME, p->name);
	enum err err = handover_blocking_show(rq, p, &n);
	rq->view = page;
	*blocking += n;
	return err;
}

static enum err show_ending(struct request *rq, const struct municipality *m)
{
	static const char part_sql[] =
	    "SELECT t.slug, t.name FROM task_force_municipality f"
	    "  JOIN task_force t ON t.id = f.task_force_id"
	    " WHERE f.municipality_id = $1 AND f.until IS NULL ORDER BY t.sort_key";
	static const char invited_sql[] =
	    "SELECT count(*) FROM invitation WHERE municipality_id = $1"
	    "   AND accepted_at IS NULL AND revoked_at IS NULL";
	int64_t invited, parts = 0;

	TRY(show_things(rq, m, S_TAKES_PART, part_sql, &parts));
	view_show_if(rq->view, S_ANY_PART, parts > 0);
	TRY(db_int(rq->db, invited_sql, WITH(INT(m->id)), &invited));
	if (invited > 0)
		view_int(view_row(rq->view, S_WITH_INVITED), V_COUNT, invited);
	return OK;
}

enum err leaving_hands_show(struct request *rq, const struct municipality *m, int64_t *blocking)
{
	struct member *all;
	size_t n;

	*blocking = 0;
	TRY(members(rq, m, &all, &n));
	TRY(show_blocking(rq, m, blocking));
	view_show_if(rq->view, S_ANYBODY, n > 0);
	for (size_t i = 0; i < n; i++) {
		view_text(view_row(rq->view, S_LEAVES), V_NAME, all[i].name);
		TRY(show_holder(rq, &all[i], blocking));
	}
	return show_ending(rq, m);
}

/* ---- The end ---- */

static enum err revoke_invitations(struct request *rq, const struct municipality *m)
{
	static const char sql[] = "SELECT id FROM invitation WHERE municipality_id = $1"
				  " AND accepted_at IS NULL AND revoked_at IS NULL LIMIT 1";
	int64_t id;
	enum err err;

	while ((err = db_int(rq->db, sql, WITH(INT(m->id)), &id)) == OK)
		TRY(invitation_revoke_open(rq, m->id, id));
	return err == E_NOT_FOUND ? OK : err;
}

/* Seats of people who have moved on meanwhile go with the municipality. */
static enum err end_rows(struct request *rq, const struct municipality *m)
{
	static const char force_sql[] = "UPDATE task_force_municipality SET until = max(since, $2)"
					" WHERE municipality_id = $1 AND until IS NULL";
	static const char role_sql[] = "UPDATE role_grant SET ended_at = $2, ended_by = $3"
				       " WHERE municipality_id = $1 AND ended_at IS NULL";
	static const char proposal_sql[] =
	    "UPDATE role_proposal SET decided_at = $2, decided_by = $3, granted = 0,"
	    "  version = version + 1 WHERE municipality_id = $1 AND decided_at IS NULL";
	struct bind id = INT(m->id), now = INT(clock_now());
	struct bind me = INT_OR_NONE(rq->viewer.person_id);

	TRY(db_run(rq->db, force_sql, WITH(id, TEXT(date_iso(rq->arena, date_today()))), NULL));
	TRY(db_run(rq->db, role_sql, WITH(id, now, me), NULL));
	return db_run(rq->db, proposal_sql, WITH(id, now, me), NULL);
}

enum err leaving_finish(struct request *rq, const struct municipality *m, const struct leaving *x)
{
	static const char done_sql[] = "UPDATE municipality_leaving SET done_at = $2 WHERE id = $1";
	struct buf json = {.arena = rq->arena};
	struct member *all;
	size_t n;

	TRY(members(rq, m, &all, &n));
	for (size_t i = 0; i < n; i++)
		TRY(member_end(rq, &all[i]));
	TRY(revoke_invitations(rq, m));
	TRY(end_rows(rq, m));
	TRY(db_run(rq->db, done_sql, WITH(INT(x->id), INT(clock_now())), NULL));
	json_pair(&json, "left_on", date_iso(rq->arena, x->last_day));
	return audit(rq, "municipality.end", arena_fmt(rq->arena, "municipality/%" PRId64, m->id),
		     S(""), json_end(&json));
}

/* ---- The clock ---- */

static enum err next_due(struct request *rq, int64_t after, int64_t *id, struct str *slug)
{
	static const char sql[] =
	    "SELECT m.id, m.slug FROM municipality_leaving x"
	    "  JOIN municipality m ON m.id = x.municipality_id"
	    " WHERE x.confirmed_at IS NOT NULL AND x.withdrawn_at IS NULL AND x.done_at IS NULL"
	    "   AND x.last_day < $1 AND m.id > $2 ORDER BY m.id LIMIT 1";
	struct rows r =
	    db_query(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today())), INT(after)));

	*id = 0;
	if (rows_next(&r)) {
		*id = col_int(&r, 0);
		*slug = col_text(&r, 1);
	}
	return r.err;
}

/* Told once that something is still in its hands. */
static enum err wait(struct request *rq, const struct municipality *m, const struct leaving *x)
{
	static const char sql[] = "UPDATE municipality_leaving SET overdue_at = $2"
				  " WHERE id = $1 AND overdue_at IS NULL";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql, WITH(INT(x->id), INT(clock_now())), &changed));
	return changed > 0 ? leaving_letters(rq, m, x, LEAVING_WAITS) : OK;
}

static enum err end_one(struct request *rq, struct str slug)
{
	struct municipality m;
	struct leaving x;
	int64_t blocking;

	rq->view = view_new(rq->arena); /* that nobody sees */
	TRY(municipality_load(rq, slug, &m));
	TRY(leaving_load(rq, &m, &x));
	TRY(leaving_hands_show(rq, &m, &blocking));
	return blocking > 0 ? wait(rq, &m, &x) : leaving_finish(rq, &m, &x);
}

enum err municipalities_leave_due(const struct app *app, struct db *db, struct arena *a)
{
	struct request rq = {.app = app, .arena = a, .db = db};
	struct str slug = S("");
	int64_t id = 0;

	do {
		TRY(db_begin_write(db, a));
		enum err err = next_due(&rq, id, &id, &slug);
		if (err == OK && id != 0)
			err = end_one(&rq, slug);
		if (err == OK)
			err = db_commit(db);
		db_rollback(db);
		TRY(err);
	} while (id != 0);
	return OK;
}
