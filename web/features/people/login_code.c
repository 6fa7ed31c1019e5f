/* login_code.c -- the second step of a login: the code of the app, or a recovery code. */
#include "features/people/login.h"

#include "app/audit.h"
#include "app/form.h"
#include "app/second_factor.h"
#include "base/clock.h"
#include "features/features.h"

#include <inttypes.h>

enum { STEP_SECONDS = 600, STEP_FAILURES = 5, CODE_MAX = 40 };

static const struct form_field CODE = {S_INIT("code"), NULL, S_CODE_FEHLER};

/* A login whose password was right. */
struct step {
	struct str token;
	struct login_aim aim;
	struct throttle throttle; /* person_id 0: the step has ended */
};

static struct str step_hash(struct request *rq, struct str token)
{
	return secret_hash(rq->arena, token, S(""));
}

static enum err page(struct form *f, const struct step *s, int status)
{
	struct request *rq = f->rq;

	form_show(f, rq->view);
	view_text(rq->view, V_SCHRITT, s->token);
	login_aim_show(rq, &s->aim);
	return reply_page(rq, status, "people/login_code.html");
}

enum err login_ask_code(struct request *rq, int64_t person_id, const struct login_aim *aim)
{
	static const char clean_sql[] = "DELETE FROM login_step WHERE ends_at < $1";
	static const char sql[] = "INSERT INTO login_step (token_hash, person_id, ends_at)"
				  " VALUES ($1, $2, $3)";
	struct step s = {.token = secret_token(rq->arena), .aim = *aim};
	int64_t now = clock_now();
	struct form f;

	TRY(db_run(rq->db, clean_sql, WITH(INT(now)), NULL));
	TRY(db_run(rq->db, sql,
		   WITH(BLOB(step_hash(rq, s.token)), INT(person_id), INT(now + STEP_SECONDS)),
		   NULL));
	form_begin(&f, rq);
	return page(&f, &s, 200);
}

static enum err step_find(struct request *rq, struct step *s)
{
	static const char sql[] =
	    "SELECT p.id, p.email FROM login_step s JOIN person p ON p.id = s.person_id"
	    " WHERE s.token_hash = $1 AND s.ends_at > $2 AND s.failures < $3"
	    "   AND p.status = 'active'";

	*s = (struct step){.token = field_text(&rq->http.form, S("schritt")),
			   .aim = login_aim_of(rq)};
	struct rows r = db_query(
	    rq->db, sql, WITH(BLOB(step_hash(rq, s->token)), INT(clock_now()), INT(STEP_FAILURES)));
	if (rows_next(&r))
		s->throttle = throttle_of(rq, col_text(&r, 1), col_int(&r, 0));
	return r.err;
}

static enum err refuse(struct form *f, const struct step *s)
{
	static const char sql[] =
	    "UPDATE login_step SET failures = failures + 1 WHERE token_hash = $1";
	struct request *rq = f->rq;

	rq->keep_refusal = true;
	form_problem(f, &CODE, M_CODE_WRONG, 0);
	TRY(db_run(rq->db, sql, WITH(BLOB(step_hash(rq, s->token))), NULL));
	TRY(throttle_failed(rq, &s->throttle));
	TRY(audit(rq, "login_code_failed",
		  arena_fmt(rq->arena, "person/%" PRId64, s->throttle.person_id), S(""), S("")));
	return page(f, s, 422);
}

static enum err pass(struct request *rq, const struct step *s, bool remember)
{
	static const char sql[] = "DELETE FROM login_step WHERE token_hash = $1";

	TRY(db_run(rq->db, sql, WITH(BLOB(step_hash(rq, s->token))), NULL));
	if (remember)
		TRY(device_trust(rq, s->throttle.person_id));
	return login_enter(rq, &s->throttle, &s->aim);
}

static enum err too_soon(struct form *f, const struct step *s, int64_t wait)
{
	struct str seconds = arena_fmt(f->rq->arena, "%" PRId64, wait);

	form_problem(f, &CODE, M_CODE_WAIT, wait);
	TRY(response_header(f->rq->out, S("Retry-After"), seconds));
	return page(f, s, 429);
}

/* POST /anmelden/code */
static enum err login_code(struct request *rq)
{
	bool remember = str_eq(field_text(&rq->http.form, S("merken")), S("ja")), right = false;
	struct step s;
	struct form f;
	int64_t wait;

	TRY(step_find(rq, &s));
	form_begin(&f, rq);
	struct str code = form_line(&f, &CODE, OPTIONAL, CODE_MAX);
	if (s.throttle.person_id == 0)
		return login_again(rq, &s.aim, 422);
	if (code.n == 0)
		form_problem(&f, &CODE, M_CODE_NEEDED, 0);
	if (form_wrong(&f))
		return page(&f, &s, 422);
	TRY(throttle_wait(rq, &s.throttle, &wait));
	if (wait > 0)
		return too_soon(&f, &s, wait);
	TRY(factor_accept(rq, s.throttle.person_id, code, &right));
	return right ? pass(rq, &s, remember) : refuse(&f, &s);
}

/* GET /anmelden/code -- somebody reloaded the page: it was the answer to a form. */
static enum err login_code_show(struct request *rq)
{
	return reply_redirect(rq, M_NONE, "/anmelden");
}

const struct route login_code_routes[] = {
    GET("/anmelden/code", EVERYONE, login_code_show),
    POST_PREPARED("/anmelden/code", EVERYONE, NULL, login_code, BODY_MAX),
    ROUTES_END,
};
