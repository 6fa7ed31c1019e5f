/*
 * municipality_leave.c -- a municipality leaves the cooperation.
 *
 * What is still in its hands must have gone to others before.  Then its people's memberships and
 * roles end, and it is no unit of any vote that begins later; what it did stays as it is.
 */
#include "features/people/municipality.h"

#include "app/audit.h"
#include "app/fresh_password.h"
#include "base/clock.h"
#include "features/people/invitation.h"
#include "features/people/member.h"
#include "features/people/role_last.h"

#include <inttypes.h>

static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};

/* The last day on which it counts: today it is gone. */
static struct date last_day(const struct municipality *m)
{
	struct date yesterday = date_add_days(date_today(), -1);

	return date_cmp(yesterday, m->joined_on) < 0 ? m->joined_on : yesterday;
}

static enum err load(struct request *rq, struct municipality *m)
{
	TRY(municipality_load(rq, rq->slug, m));
	return m->funder || !date_is_none(m->left_on) ? E_CONFLICT : OK;
}

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

/* Everything about it into the view; `blocking` is what others must take over before. */
static enum err fill(struct request *rq, const struct municipality *m, int64_t *blocking)
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

static enum err page(struct form *f, const struct municipality *m, int64_t blocking, bool refused,
		     int status)
{
	struct view *v = f->rq->view;

	view_text(v, V_UNIT_NAME, m->name);
	view_text(v, V_SLUG, m->slug);
	view_text(v, V_LAST_DAY, date_long(f->rq->arena, last_day(m)));
	view_show(v, blocking == 0 ? S_READY : S_BLOCKED);
	view_show_if(v, S_REFUSED, refused);
	form_show_problems(f, v);
	if (blocking == 0)
		form_show_fields(f, view_row(v, S_FORM));
	return reply_page(f->rq, status, "people/municipality_leave.html");
}

/* GET /kommunen/:slug/austritt */
enum err municipality_leave_ask(struct request *rq)
{
	struct municipality m;
	int64_t blocking;
	struct form f;

	TRY(load(rq, &m));
	form_begin(&f, rq);
	TRY(fill(rq, &m, &blocking));
	return page(&f, &m, blocking, false, 200);
}

/* ---- Leaving ---- */

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
	static const char sql[] =
	    "UPDATE municipality SET left_on = $2, version = version + 1 WHERE id = $1";
	struct bind id = INT(m->id), now = INT(clock_now()), me = INT(rq->viewer.person_id);

	TRY(db_run(rq->db, force_sql, WITH(id, TEXT(date_iso(rq->arena, date_today()))), NULL));
	TRY(db_run(rq->db, role_sql, WITH(id, now, me), NULL));
	TRY(db_run(rq->db, proposal_sql, WITH(id, now, me), NULL));
	return db_run(rq->db, sql, WITH(id, TEXT(date_iso(rq->arena, last_day(m)))), NULL);
}

static enum err leave(struct request *rq, const struct municipality *m)
{
	struct buf json = {.arena = rq->arena};
	struct member *all;
	size_t n;

	TRY(members(rq, m, &all, &n));
	for (size_t i = 0; i < n; i++)
		TRY(member_end(rq, &all[i]));
	TRY(revoke_invitations(rq, m));
	TRY(end_rows(rq, m));
	json_pair(&json, "left_on", date_iso(rq->arena, last_day(m)));
	return audit(rq, "municipality.end", arena_fmt(rq->arena, "municipality/%" PRId64, m->id),
		     S(""), json_end(&json));
}

/* POST /kommunen/:slug/austritt -- behind fresh_password_prepare. */
enum err municipality_leave(struct request *rq)
{
	struct municipality m;
	int64_t blocking;
	struct form f;
	int status = 0;

	(void)field_text(&rq->http.form, PASSWORT.name);
	TRY(load(rq, &m));
	form_begin(&f, rq);
	TRY(fill(rq, &m, &blocking));
	if (blocking > 0)
		return page(&f, &m, blocking, true, 409);
	TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (form_wrong(&f))
		return page(&f, &m, 0, false, status);
	TRY(leave(rq, &m));
	return reply_redirect(rq, M_MUNICIPALITY_LEFT, "/kommunen");
}
