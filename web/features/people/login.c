/* login.c -- in with a password, out with a click. */
#include "features/people/login.h"
#include "app/audit.h"
#include "app/form.h"
#include "app/password.h"
#include "app/second_factor.h"
#include "app/session.h"
#include "app/throttle.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/secret.h"
#include "base/utf8.h"
#include "features/features.h"

#include <inttypes.h>

static const struct form_field EMAIL = {S_INIT("email"), V_EMAIL, S_EMAIL_FEHLER};
static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};
enum { EMAIL_MAX = 254 };

struct login_aim login_aim_of(struct request *rq)
{
	struct str wanted = field_text(&rq->http.form, S("weiter"));

	return (struct login_aim){.go_on = wanted, .kept = kept_of_login(rq)};
}

void login_aim_show(struct request *rq, const struct login_aim *aim)
{
	bool ours = str_eq(local_path(aim->go_on), aim->go_on);

	view_text(rq->view, V_GO_ON, ours ? aim->go_on : S(""));
	kept_show_in_login(rq, &aim->kept);
}

/* One try to log in, from the form to the verdict. */
struct attempt {
	struct form form;
	struct str email, password;
	struct login_aim aim;
	struct throttle throttle;
	struct str hash;   /* empty: nobody who may log in */
	struct str better; /* hash with today's parameters; empty: no need */
	bool matches;
};

static struct attempt *attempt_new(struct request *rq)
{
	struct attempt *t = ARENA_NEW(rq->arena, struct attempt);

	form_begin(&t->form, rq);
	form_fill(&t->form, &EMAIL, S(""));
	return t;
}

/* The sender's mistakes are those that can be seen without knowing any account. */
static struct attempt *attempt_read(struct request *rq)
{
	struct attempt *t = attempt_new(rq);
	struct str typed = field_text(&rq->http.form, PASSWORT.name);

	t->email = form_line(&t->form, &EMAIL, OPTIONAL, EMAIL_MAX);
	if (t->email.n == 0)
		form_problem(&t->form, &EMAIL, M_EMAIL_NEEDED, 0);
	if (typed.n == 0)
		form_problem(&t->form, &PASSWORT, M_PASSWORD_NEEDED, 0);
	/* Nobody has a longer one, so it is checked as the empty password of nobody. */
	t->password = utf8_chars(typed) <= PASSWORD_MAX_CHARS ? typed : S("");
	t->aim = login_aim_of(rq);
	return t;
}

static enum err page(struct request *rq, struct attempt *t, int status)
{
	form_show(&t->form, rq->view);
	login_aim_show(rq, &t->aim);
	return reply_page(rq, status, "people/login.html");
}

struct str login_wait_text(struct arena *a, int64_t seconds)
{
	if (seconds == 1)
		return S("1 Sekunde");
	if (seconds <= 120)
		return arena_fmt(a, "%" PRId64 " Sekunden", seconds);
	return arena_fmt(a, "%" PRId64 " Minuten", (seconds + 59) / 60);
}

static enum err too_soon(struct request *rq, struct attempt *t, int64_t wait)
{
	view_text(view_row(rq->view, S_LOGIN_WAIT), V_WAIT, login_wait_text(rq->arena, wait));
	TRY(response_header(rq->out, S("Retry-After"), arena_fmt(rq->arena, "%" PRId64, wait)));
	return page(rq, t, 429);
}

static enum err busy(struct request *rq, struct attempt *t)
{
	TRY(db_begin_read(rq->db, rq->arena));
	view_show(rq->view, S_LOGIN_BUSY);
	TRY(response_header(rq->out, S("Retry-After"), S("5")));
	return page(rq, t, 503);
}

/* Suspended, invited and unknown people are all nobody, at the same cost. */
static enum err account_find(struct request *rq, struct attempt *t)
{
	static const char sql[] =
	    "SELECT id, CASE status WHEN 'active' THEN password_hash ELSE '' END"
	    "  FROM person WHERE email = $1";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(t->email)));
	int64_t person_id = 0;

	if (rows_next(&r)) {
		person_id = col_int(&r, 0);
		t->hash = col_text(&r, 1);
	}
	t->throttle = throttle_of(rq, t->email, person_id);
	return r.err;
}

/* Argon2id takes its time, therefore before any lock and with no snapshot held. */
static enum err check(struct request *rq, struct attempt *t)
{
	struct str dir = rq->app->config.data;
	struct str hash = t->password.n > 0 ? t->hash : S("");

	db_rollback(rq->db);
	TRY(password_check(dir, t->password, hash, &t->matches));
	if (t->matches && secret_password_outdated(t->hash) &&
	    password_hash(dir, rq->arena, t->password, &t->better) != OK)
		t->better = S(""); /* at the next login then */
	return OK;
}

static enum err login_prepare(struct request *rq)
{
	struct attempt *t = attempt_read(rq);
	int64_t wait;

	rq->prepared = t;
	if (form_wrong(&t->form))
		return page(rq, t, 422);
	TRY(account_find(rq, t));
	TRY(throttle_wait(rq, &t->throttle, &wait));
	if (wait > 0)
		return too_soon(rq, t, wait);
	enum err err = check(rq, t);
	return err == E_THROTTLED ? busy(rq, t) : err;
}

/* Since the check the password may have been changed, or the person suspended. */
static enum err still_matches(struct request *rq, struct attempt *t)
{
	static const char sql[] = "SELECT count(*) FROM person"
				  " WHERE id = $1 AND status = 'active' AND password_hash = $2";
	int64_t count;

	TRY(db_int(rq->db, sql, WITH(INT(t->throttle.person_id), TEXT(t->hash)), &count));
	t->matches = t->matches && count == 1;
	return OK;
}

static struct str object(struct request *rq, int64_t person_id)
{
	if (person_id == 0)
		return S("person/unknown");
	return arena_fmt(rq->arena, "person/%" PRId64, person_id);
}

static enum err refuse(struct request *rq, struct attempt *t)
{
	TRY(throttle_failed(rq, &t->throttle));
	TRY(audit(rq, "login_failed", object(rq, t->throttle.person_id), S(""), S("")));
	view_show(rq->view, S_LOGIN_WRONG);
	return page(rq, t, 422);
}

enum err login_enter(struct request *rq, const struct throttle *t, const struct login_aim *aim)
{
	static const char seen_sql[] = "UPDATE person SET last_seen_on = $2, warned_on = NULL"
				       " WHERE id = $1";
	int64_t id = t->person_id;

	TRY(throttle_passed(rq, t));
	TRY(db_run(rq->db, seen_sql, WITH(INT(id), TEXT(date_iso(rq->arena, date_today()))), NULL));
	TRY(session_create(rq, id));
	TRY(audit(rq, "login", object(rq, id), S(""), S("")));
	if (rq->viewer.must_enrol)
		return reply_redirect(rq, M_NONE, "/profil/zwei-schritte");
	if (aim->kept.target.n > 0)
		return kept_page(rq, &aim->kept, 200);
	return reply_redirect(rq, M_NONE, "%.*s", ARG(local_path(aim->go_on)));
}

/* The password was right: with a second factor the way goes on, unless this device is trusted. */
static enum err go_on(struct request *rq, struct attempt *t)
{
	static const char hash_sql[] = "UPDATE person SET password_hash = $2 WHERE id = $1";
	int64_t id = t->throttle.person_id;
	struct factor_state factor;
	bool trusted = false;

	if (t->better.n > 0)
		TRY(db_run(rq->db, hash_sql, WITH(INT(id), TEXT(t->better)), NULL));
	TRY(factor_state(rq, id, &factor));
	if (factor.active)
		TRY(device_is_trusted(rq, id, &trusted));
	if (factor.active && !trusted)
		return login_ask_code(rq, id, &t->aim);
	return login_enter(rq, &t->throttle, &t->aim);
}

/* POST /anmelden -- the verdict, counted and written. */
static enum err login_create(struct request *rq)
{
	struct attempt *t = rq->prepared;
	int64_t wait;

	rq->keep_refusal = true;
	/* Tries sent at the same time have all passed the first look; only one passes this. */
	TRY(throttle_wait(rq, &t->throttle, &wait));
	if (wait > 0)
		return too_soon(rq, t, wait);
	TRY(still_matches(rq, t));
	if (!t->matches)
		return refuse(rq, t);
	return go_on(rq, t);
}

/* GET /anmelden */
static enum err login_new(struct request *rq)
{
	struct attempt *t = attempt_new(rq);

	t->aim.go_on = field_text(&rq->http.query, S("weiter"));
	if (rq->viewer.person_id != 0)
		return reply_redirect(rq, M_NONE, "%.*s", ARG(local_path(t->aim.go_on)));
	return page(rq, t, 200);
}

/* Instead of a form's handler, when its session has ended.  403 and not 200, so that no program
 * takes the answer for an accepted form; browsers show the page all the same. */
enum err login_show(struct request *rq)
{
	struct attempt *t = attempt_new(rq);

	if (str_eq(rq->http.path, S("/abmelden")))
		return reply_redirect(rq, M_LOGGED_OUT, "/anmelden");
	t->aim.kept = kept_of_form(rq);
	view_show(rq->view, S_LOGIN_EXPIRED);
	return page(rq, t, 403);
}

/* A login form that was open while somebody logged in next to it, or whose cookie is gone. */
static enum err stale_login(struct request *rq)
{
	struct attempt *t = attempt_read(rq);

	if (rq->viewer.person_id == 0) {
		form_begin(&t->form, rq);
		form_fill(&t->form, &EMAIL, t->email);
		view_show(rq->view, S_LOGIN_STALE);
		return page(rq, t, 403);
	}
	if (t->aim.kept.target.n > 0)
		return kept_page(rq, &t->aim.kept, 403);
	return reply_redirect(rq, M_NONE, "%.*s", ARG(local_path(t->aim.go_on)));
}

enum err login_again(struct request *rq, const struct login_aim *aim, int status)
{
	struct attempt *t = attempt_new(rq);

	t->aim = *aim;
	view_show(rq->view, S_LOGIN_STALE);
	return page(rq, t, status);
}

/* Instead of a form's handler, when the form's token is not of this session. */
enum err form_stale(struct request *rq)
{
	if (str_eq(rq->http.path, S("/anmelden")))
		return stale_login(rq);
	if (str_eq(rq->http.path, S("/anmelden/code")) && rq->viewer.person_id == 0) {
		struct login_aim aim = login_aim_of(rq);
		return login_again(rq, &aim, 403);
	}
	if (rq->viewer.person_id == 0)
		return E_FORBIDDEN;
	struct kept k = kept_of_form(rq);
	return kept_page(rq, &k, 403);
}

/* POST /abmelden */
static enum err logout(struct request *rq)
{
	TRY(audit(rq, "logout", object(rq, rq->viewer.person_id), S(""), S("")));
	TRY(session_end(rq));
	/* What the browser has kept of the pages must not be there for the next person. */
	TRY(response_header(rq->out, S("Clear-Site-Data"), S("\"cache\"")));
	return reply_redirect(rq, M_LOGGED_OUT, "/anmelden");
}

const struct route people_routes[] = {
    GET("/anmelden", EVERYONE, login_new),
    POST_PREPARED("/anmelden", EVERYONE, login_prepare, login_create, BODY_MAX),
    POST("/abmelden", LOGGED_IN, logout),
    ROUTES_END,
};
