/* session.c -- sessions and the viewer they stand for. */
#include "app/session.h"

#include "app/second_factor.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/log.h"
#include "base/secret.h"
#include "base/utf8.h"

bool cookie_is_secure(const struct request *rq)
{
	return str_starts(rq->app->config.base_url, S("https://"));
}

/* A name with "__Host-" makes the browser insist on Secure, "/" and this very host. */
static struct str session_cookie(const struct request *rq)
{
	return cookie_is_secure(rq) ? S("__Host-handschlag") : S("handschlag");
}

static struct str guest_cookie(const struct request *rq)
{
	return cookie_is_secure(rq) ? S("__Host-gast") : S("gast");
}

static struct str token_hash(struct request *rq, struct str token)
{
	return secret_hash(rq->arena, token, S(""));
}

enum err viewer_load(struct request *rq, int64_t person_id, struct viewer *out)
{
	static const char person_sql[] =
	    "SELECT p.name, p.theme, coalesce(m.id, 0), coalesce(m.short, ''),"
	    "       p.totp_secret IS NOT NULL, coalesce(m.factor_for_all, 0)"
	    "  FROM person p"
	    "  LEFT JOIN membership s ON s.person_id = p.id AND s.until IS NULL"
	    "  LEFT JOIN municipality m ON m.id = s.municipality_id"
	    " WHERE p.id = $1 AND p.status = 'active'";
	static const char role_sql[] =
	    "SELECT role FROM role_held"
	    " WHERE person_id = $1 AND since <= $2 AND (until IS NULL OR until >= $2)"
	    /* Who moved on administers no longer, there nor here. */
	    "   AND (role <> 'municipality' OR coalesce(municipality_id, $3) = $3)"
	    /* A municipality that left decides no longer, except in a vote that began before. */
	    "   AND (role NOT IN ('committee', 'committee_deputy', 'chair') OR NOT EXISTS (SELECT 1"
	    "     FROM municipality m WHERE m.id = $3 AND m.left_on < $2 AND NOT EXISTS (SELECT 1"
	    "       FROM poll_unit u JOIN poll q ON q.id = u.poll_id AND q.closed_at IS NULL"
	    "        AND q.aborted_at IS NULL WHERE u.municipality_id = m.id)))"
	    " UNION ALL "
	    "SELECT CASE role WHEN 'member' THEN 'tf_member' ELSE 'tf_lead' END"
	    "  FROM task_force_member WHERE person_id = $1 AND until IS NULL";
	struct rows r = db_query(rq->db, person_sql, WITH(INT(person_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct viewer){.person_id = person_id,
			       .name = col_text(&r, 0),
			       .theme = col_text(&r, 1),
			       .municipality_id = col_int(&r, 2),
			       .municipality = col_text(&r, 3)};
	bool has_factor = col_int(&r, 4) != 0, for_all = col_int(&r, 5) != 0;
	struct rows g = db_query(rq->db, role_sql,
				 WITH(INT(person_id), TEXT(date_iso(rq->arena, date_today())),
				      INT(out->municipality_id)));
	while (rows_next(&g))
		out->roles |= role_named(col_text(&g, 0));
	TRY(g.err);
	out->must_enrol = !has_factor && factor_needed(&rq->app->config, out->roles, for_all);
	if (out->must_enrol)
		out->roles = 0;
	return OK;
}

/* In a transaction.  Reads the session of this cookie; person 0 when there is none that still
 * counts. */
static enum err session_load(struct request *rq, struct str token, int64_t *last_at)
{
	static const char sql[] = "SELECT person_id, last_at FROM session"
				  " WHERE token_hash = $1 AND ends_at > $2 AND last_at > $3";
	int64_t now = clock_now();

	struct rows r =
	    db_query(rq->db, sql,
		     WITH(BLOB(token_hash(rq, token)), INT(now), INT(now - SESSION_IDLE_SECONDS)));

	rq->viewer = (struct viewer){.person_id = 0};
	if (!rows_next(&r))
		return r.err;
	*last_at = col_int(&r, 1);
	enum err err = viewer_load(rq, col_int(&r, 0), &rq->viewer);
	return err == E_NOT_FOUND ? OK : err;
}

static enum err session_read(struct request *rq, struct str token, int64_t *last_at,
			     uint64_t *version)
{
	TRY(db_begin_read(rq->db, rq->arena));
	*version = db_version(rq->db);
	enum err err = session_load(rq, token, last_at);
	db_rollback(rq->db);
	return err;
}

/* Prolongs the session, at most once a minute.  Reading goes on when the disk is full. */
static void session_touch(struct request *rq)
{
	static const char session_sql[] = "UPDATE session SET last_at = $2 WHERE token_hash = $1";
	static const char person_sql[] =
	    "UPDATE person SET last_seen_on = $2 WHERE id = $1 AND last_seen_on IS NOT $2";
	int64_t changed;

	enum err err = db_begin_write(rq->db, rq->arena);
	if (err == OK)
		err = db_run(rq->db, session_sql,
			     WITH(BLOB(token_hash(rq, rq->session)), INT(clock_now())), &changed);
	if (err == OK)
		err = db_run(
		    rq->db, person_sql,
		    WITH(INT(rq->viewer.person_id), TEXT(date_iso(rq->arena, date_today()))), NULL);
	if (err == OK)
		err = db_commit(rq->db);
	if (err != OK) {
		db_rollback(rq->db);
		log_event(LOG_WARN, "session_not_prolonged", KV_C("error", err_name(err)));
	}
}

/* Something of the guest's own to bind the login form to; made on the first visit. */
static enum err guest_find(struct request *rq)
{
	rq->csrf_secret = field_text(&rq->http.cookies, guest_cookie(rq));
	if (rq->csrf_secret.n == SECRET_TOKEN_CHARS)
		return OK;
	rq->csrf_secret = secret_token(rq->arena);
	return response_cookie(rq->arena, rq->out, guest_cookie(rq), rq->csrf_secret, -1);
}

enum err session_find(struct request *rq, uint64_t *version)
{
	struct str token = field_text(&rq->http.cookies, session_cookie(rq));
	int64_t last_at = 0;

	if (token.n == SECRET_TOKEN_CHARS)
		TRY(session_read(rq, token, &last_at, version));
	if (rq->viewer.person_id == 0)
		return guest_find(rq);
	rq->session = token;
	rq->csrf_secret = token;
	if (clock_now() - last_at >= SESSION_TOUCH_SECONDS)
		session_touch(rq);
	return OK;
}

enum err session_again(struct request *rq)
{
	const struct viewer before = rq->viewer;
	int64_t last_at = 0;

	TRY(session_load(rq, rq->session, &last_at));
	if (rq->viewer.person_id == 0) {
		rq->session = S("");
		TRY(guest_find(rq));
		return E_LOGIN;
	}
	bool less = (before.roles & ~rq->viewer.roles) != 0 ||
		    before.municipality_id != rq->viewer.municipality_id ||
		    (rq->viewer.must_enrol && !before.must_enrol);
	return less ? E_FORBIDDEN : OK;
}

enum err session_create(struct request *rq, int64_t person_id)
{
	static const char sql[] =
	    "INSERT INTO session (token_hash, person_id, created_at, last_at, ends_at, device)"
	    " VALUES ($1, $2, $3, $3, $4, $5)";
	int64_t now = clock_now();

	TRY(session_end(rq));
	rq->session = rq->csrf_secret = secret_token(rq->arena);
	TRY(db_run(rq->db, sql,
		   WITH(BLOB(token_hash(rq, rq->session)), INT(person_id), INT(now),
			INT(now + SESSION_SECONDS), TEXT(utf8_head(rq->http.user_agent, 200))),
		   NULL));
	TRY(viewer_load(rq, person_id, &rq->viewer));
	return response_cookie(rq->arena, rq->out, session_cookie(rq), rq->session, -1);
}

enum err session_end(struct request *rq)
{
	static const char sql[] = "DELETE FROM session WHERE token_hash = $1";

	if (rq->session.n == 0)
		return OK;
	TRY(db_run(rq->db, sql, WITH(BLOB(token_hash(rq, rq->session))), NULL));
	return response_cookie(rq->arena, rq->out, session_cookie(rq), S(""), 0);
}

/* What was begun in a session and does not outlive it: a login that waits for its code, and the
 * draft of a second factor. */
static enum err begun_end(struct db *db, int64_t person_id)
{
	static const char step_sql[] = "DELETE FROM login_step WHERE person_id = $1";
	static const char draft_sql[] = "UPDATE person SET totp_draft = NULL"
					" WHERE id = $1 AND totp_draft IS NOT NULL";

	TRY(db_run(db, step_sql, WITH(INT(person_id)), NULL));
	return db_run(db, draft_sql, WITH(INT(person_id)), NULL);
}

enum err session_end_all(struct db *db, int64_t person_id)
{
	static const char sql[] = "DELETE FROM session WHERE person_id = $1";

	TRY(db_run(db, sql, WITH(INT(person_id)), NULL));
	return begun_end(db, person_id);
}

enum err session_end_others(struct request *rq)
{
	static const char sql[] = "DELETE FROM session WHERE person_id = $1 AND token_hash <> $2";

	TRY(db_run(rq->db, sql, WITH(INT(rq->viewer.person_id), BLOB(token_hash(rq, rq->session))),
		   NULL));
	return begun_end(rq->db, rq->viewer.person_id);
}
