/* invitation_accept.c -- the page behind the link of an invitation. */
#include "features/people/invitation.h"

#include "app/audit.h"
#include "app/session.h"
#include "app/throttle.h"
#include "base/clock.h"
#include "features/features.h"
#include "features/people/new_password.h"

#include <inttypes.h>

enum err invitation_find(struct request *rq, struct invitation *out, enum invitation_state *state)
{
	static const char sql[] =
	    "SELECT i.id, i.person_id, i.municipality_id, p.name, p.email, m.name,"
	    "       coalesce(v.name, ''), i.role, p.status = 'active', i.expires_at,"
	    "       i.accepted_at IS NOT NULL, i.revoked_at IS NULL AND i.expires_at > $2"
	    "         AND (p.status = 'invited' OR p.status = 'active' AND s.id IS NULL)"
	    "         AND (m.left_on IS NULL OR m.left_on >= $3),"
	    "       coalesce(i.invited_by, 0)"
	    "  FROM invitation i JOIN person p ON p.id = i.person_id"
	    "  JOIN municipality m ON m.id = i.municipality_id"
	    "  LEFT JOIN person v ON v.id = i.invited_by AND v.status <> 'anonymised'"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    " WHERE i.token_hash = $1";
	struct str hash = secret_hash(rq->arena, rq->token, S(""));
	struct rows r =
	    db_query(rq->db, sql,
		     WITH(BLOB(hash), INT(clock_now()), TEXT(date_iso(rq->arena, date_today()))));

	*state = INVITATION_GONE;
	if (!rows_next(&r))
		return r.err;
	*out = (struct invitation){.id = col_int(&r, 0),
				   .person_id = col_int(&r, 1),
				   .municipality_id = col_int(&r, 2),
				   .name = col_text(&r, 3),
				   .email = col_text(&r, 4),
				   .municipality = col_text(&r, 5),
				   .inviter = col_text(&r, 6),
				   .role = col_text(&r, 7),
				   .known = col_int(&r, 8) != 0,
				   .expires_at = col_int(&r, 9),
				   .inviter_id = col_int(&r, 12)};
	if (col_int(&r, 10) != 0)
		*state = INVITATION_ACCEPTED;
	else if (col_int(&r, 11) != 0)
		*state = INVITATION_OPEN;
	return OK;
}

static enum err begin_role(struct request *rq, const struct invitation *in, struct bind today)
{
	static const char sql[] =
	    "INSERT INTO role_grant (person_id, role, municipality_id, since, granted_by,"
	    "  granted_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING";
	bool seat = str_eq(in->role, S("municipality"));

	if (str_eq(in->role, S("member")))
		return OK;
	return db_run(rq->db, sql,
		      WITH(INT(in->person_id), TEXT(in->role),
			   INT_OR_NONE(seat ? in->municipality_id : 0), today,
			   INT_OR_NONE(in->inviter_id), INT(clock_now())),
		      NULL);
}

enum err invitation_accept(struct request *rq, const struct invitation *in, struct str hash)
{
	static const char person_sql[] =
	    "UPDATE person SET status = 'active', password_hash = $2, password_set_at = $3,"
	    "  last_seen_on = $4, version = version + 1 WHERE id = $1 AND status = 'invited'";
	static const char member_sql[] =
	    "INSERT INTO membership (person_id, municipality_id, since) VALUES ($1, $2, $3)";
	static const char sql[] = "UPDATE invitation SET accepted_at = $2, version = version + 1"
				  " WHERE id = $1";
	struct bind person = INT(in->person_id), now = INT(clock_now()),
		    today = TEXT(date_iso(rq->arena, date_today()));

	if (!in->known)
		TRY(db_run(rq->db, person_sql, WITH(person, TEXT(hash), now, today), NULL));
	TRY(db_run(rq->db, member_sql, WITH(person, INT(in->municipality_id), today), NULL));
	TRY(begin_role(rq, in, today));
	TRY(db_run(rq->db, sql, WITH(INT(in->id), now), NULL));
	/* Also where an account changes its municipality, no session outlives that. */
	TRY(session_end_all(rq->db, in->person_id));
	TRY(session_create(rq, in->person_id));
	/* Attacks from elsewhere do not slow down who has been here. */
	struct throttle t = throttle_of(rq, in->email, in->person_id);
	TRY(throttle_passed(rq, &t));
	struct buf json = {.arena = rq->arena};
	json_pair(&json, "municipality", in->municipality);
	json_pair(&json, "role", in->role);
	return audit(rq, "invitation.accept", arena_fmt(rq->arena, "invitation/%" PRId64, in->id),
		     S(""), json_end(&json));
}

/* ---- Pages ---- */

static enum err gone(struct request *rq, enum invitation_state state)
{
	view_show(rq->view, state == INVITATION_ACCEPTED ? S_ACCEPTED : S_VOID);
	return reply_page(rq, state == INVITATION_ACCEPTED ? 410 : 404,
			  "people/invitation_gone.html");
}

static enum err page(struct form *f, const struct invitation *in, int status)
{
	struct request *rq = f->rq;
	struct view *v = rq->view;
	int64_t me = rq->viewer.person_id;

	view_text(v, V_TOKEN, rq->token);
	view_text(v, V_NAME, in->name);
	view_text(v, V_EMAIL, in->email);
	view_text(v, V_MUNICIPALITY, in->municipality);
	view_text(v, V_COOPERATION, rq->app->config.cooperation);
	view_text(v, V_ROLE_NAME, invitation_role_label(in->role));
	view_text(v, V_UNTIL, date_long(rq->arena, date_of(in->expires_at)));
	if (in->inviter.n > 0)
		view_text(view_row(v, S_BY_WHOM), V_INVITER, in->inviter);
	form_show_problems(f, v);
	if (me != 0 && me != in->person_id) {
		view_text(view_row(v, S_SOMEBODY_ELSE), V_PERSON, rq->viewer.name);
	} else if (!in->known) {
		form_show_fields(f, view_row(v, S_NEW_HERE));
	} else {
		view_show(v, me == 0 ? S_LOGIN_FIRST : S_MAY_ACCEPT);
	}
	return reply_page(rq, status, "people/invitation_show.html");
}

/* GET /einladung/:token */
static enum err invitation_show(struct request *rq)
{
	enum invitation_state state;
	struct invitation in;
	struct form f;

	TRY(invitation_find(rq, &in, &state));
	if (state != INVITATION_OPEN)
		return gone(rq, state);
	form_begin(&f, rq);
	return page(&f, &in, 200);
}

/* Before the transaction: the password, for those who have none yet. */
static enum err invitation_prepare(struct request *rq)
{
	enum invitation_state state;
	struct invitation in;

	TRY(invitation_find(rq, &in, &state));
	if (state != INVITATION_OPEN || in.known)
		return OK;
	return new_password_prepare(rq, in.name, in.email);
}

/* Where somebody who has just come in begins. */
static enum err welcome(struct request *rq, bool known)
{
	if (rq->viewer.must_enrol)
		return reply_redirect(rq, M_NONE, "/profil/zwei-schritte");
	if (!right_to_enter(rq->viewer.roles, PROJECT_SEE))
		return reply_redirect(rq, M_WELCOME_WAIT, "/");
	return reply_redirect(rq, known ? M_JOINED : M_WELCOME, "/handbuch/gelesen");
}

/* POST /einladung/:token */
static enum err invitation_take(struct request *rq)
{
	enum invitation_state state;
	struct str hash = {NULL, 0};
	struct invitation in;
	struct form f;
	int status = 0;

	TRY(invitation_find(rq, &in, &state));
	form_begin(&f, rq);
	if (state != INVITATION_OPEN)
		return gone(rq, state);
	if (in.known ? rq->viewer.person_id != in.person_id : rq->viewer.person_id != 0)
		return page(&f, &in, 403);
	if (!in.known)
		TRY(new_password_read(&f, &hash, &status));
	if (status != 0)
		return page(&f, &in, status);
	TRY(invitation_accept(rq, &in, hash));
	return welcome(rq, in.known);
}

const struct route invitation_routes[] = {
    GET("/einladung/:token", EVERYONE, invitation_show),
    POST_PREPARED("/einladung/:token", EVERYONE, invitation_prepare, invitation_take, 0),
    ROUTES_END,
};
