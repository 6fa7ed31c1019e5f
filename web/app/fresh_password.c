/* fresh_password.c -- the password once more. */
#include "app/fresh_password.h"

#include "app/audit.h"
#include "app/password.h"
#include "app/throttle.h"
#include "base/utf8.h"

#include <inttypes.h>

struct fresh_password {
	struct throttle throttle;
	struct str hash;
	int64_t wait;
	bool empty, busy, matches;
};

static enum err account_find(struct request *rq, struct fresh_password *p)
{
	static const char sql[] =
	    "SELECT email, CASE status WHEN 'active' THEN password_hash ELSE '' END"
	    "  FROM person WHERE id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_FORBIDDEN;
	p->hash = col_text(&r, 1);
	p->throttle = throttle_of(rq, col_text(&r, 0), rq->viewer.person_id);
	return OK;
}

enum err fresh_password_prepare(struct request *rq)
{
	struct fresh_password *p = ARENA_NEW(rq->arena, struct fresh_password);
	struct str typed = field_text(&rq->http.form, S("passwort"));

	*p = (struct fresh_password){.empty = typed.n == 0};
	rq->prepared = p;
	TRY(account_find(rq, p));
	TRY(throttle_wait(rq, &p->throttle, &p->wait));
	if (p->empty || p->wait > 0)
		return OK;
	/* Argon2id takes its time, therefore before any lock and with no snapshot held. */
	db_rollback(rq->db);
	enum err err = password_check(rq->app->config.data,
				      utf8_chars(typed) <= PASSWORD_MAX_CHARS ? typed : S(""),
				      p->hash, &p->matches);
	p->busy = err == E_THROTTLED;
	return p->busy ? OK : err;
}

/* Since the check the password may have been changed, or the person suspended. */
static enum err still_matches(struct request *rq, struct fresh_password *p)
{
	static const char sql[] = "SELECT count(*) FROM person"
				  " WHERE id = $1 AND status = 'active' AND password_hash = $2";
	int64_t count;

	TRY(db_int(rq->db, sql, WITH(INT(rq->viewer.person_id), TEXT(p->hash)), &count));
	p->matches = p->matches && count == 1;
	return OK;
}

static enum err refused(struct form *f, const struct form_field *field, struct fresh_password *p)
{
	struct request *rq = f->rq;

	form_problem(f, field, M_PASSWORD_WRONG, 0);
	rq->keep_refusal = true;
	TRY(throttle_failed(rq, &p->throttle));
	return audit(rq, "password_failed",
		     arena_fmt(rq->arena, "person/%" PRId64, rq->viewer.person_id), S(""), S(""));
}

static enum err later(struct form *f, int64_t seconds)
{
	return response_header(f->rq->out, S("Retry-After"),
			       arena_fmt(f->rq->arena, "%" PRId64, seconds));
}

enum err fresh_password_verdict(struct form *f, const struct form_field *field, int *status)
{
	struct fresh_password *p = f->rq->prepared;

	*status = 422;
	if (p->empty) {
		form_problem(f, field, M_PASSWORD_NEEDED, 0);
		return OK;
	}
	/* Tries sent at the same time have all passed the first look; only one passes this. */
	TRY(throttle_wait(f->rq, &p->throttle, &p->wait));
	if (p->wait > 0) {
		*status = 429;
		form_problem(f, field, M_PASSWORD_WAIT, p->wait);
		return later(f, p->wait);
	}
	if (p->busy) {
		*status = 503;
		form_problem(f, field, M_PASSWORD_BUSY, 0);
		return later(f, 5);
	}
	TRY(still_matches(f->rq, p));
	if (!p->matches)
		return refused(f, field, p);
	*status = 0;
	return throttle_passed(f->rq, &p->throttle);
}
