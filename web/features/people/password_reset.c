/*
 * password_reset.c -- a forgotten password: asking for a letter, and the page behind its link.
 *
 * Whoever asks gets the same answer after the same work, whether the address is known or not.  The
 * requests are counted like failed logins, but under a name of their own: asking for a letter to
 * somebody must not slow down that person's login.
 */
#include "app/audit.h"
#include "app/form.h"
#include "app/outbox.h"
#include "app/throttle.h"
#include "base/clock.h"
#include "features/features.h"
#include "features/people/account_letter.h"
#include "features/people/credentials.h"
#include "features/people/login.h"
#include "features/people/new_password.h"

#include <inttypes.h>

enum { EMAIL_MAX = 254, AGAIN_SECONDS = 600, DAY_SECONDS = 24 * 3600, LETTERS_A_DAY = 3 };

static const struct form_field EMAIL = {S_INIT("email"), V_EMAIL, S_EMAIL_FEHLER};

static struct str object(struct request *rq, int64_t person_id)
{
	return person_id == 0 ? S("person/unknown")
			      : arena_fmt(rq->arena, "person/%" PRId64, person_id);
}

/* ---- Asking ---- */

static enum err ask_page(struct form *f, int status)
{
	struct request *rq = f->rq;
	bool mail = rq->app->config.smtp.n > 0;

	if (mail) {
		form_show_problems(f, rq->view);
		form_show_fields(f, view_row(rq->view, S_ASK));
	}
	view_show_if(rq->view, S_NO_MAIL, !mail);
	return reply_page(rq, status, "people/password_forgotten.html");
}

/* GET /passwort */
static enum err forgotten_show(struct request *rq)
{
	struct form f;

	form_begin(&f, rq);
	form_fill(&f, &EMAIL, S(""));
	return ask_page(&f, 200);
}

struct asker {
	int64_t id; /* 0: nobody who may have a letter */
	struct str name;
};

static enum err asker_find(struct request *rq, struct str email, struct asker *out)
{
	static const char sql[] =
	    "SELECT p.id, p.name FROM person p WHERE p.email = $1 AND p.status = 'active'"
	    "   AND NOT EXISTS (SELECT 1 FROM password_reset r WHERE r.person_id = p.id"
	    "     AND r.used_at IS NULL AND r.created_at > $2)"
	    "   AND (SELECT count(*) FROM password_reset r WHERE r.person_id = p.id"
	    "     AND r.created_at > $3) < $4";
	int64_t now = clock_now();
	struct rows r = db_query(rq->db, sql,
				 WITH(TEXT(email), INT(now - AGAIN_SECONDS), INT(now - DAY_SECONDS),
				      INT(LETTERS_A_DAY)));

	*out = (struct asker){.id = 0};
	if (rows_next(&r))
		*out = (struct asker){.id = col_int(&r, 0), .name = col_text(&r, 1)};
	return r.err;
}

/* The same statements for nobody; they touch no row then. */
static enum err write_reset(struct request *rq, const struct asker *who)
{
	/* One that may be in somebody's hands goes on counting: else a stranger who asks again and
	 * again keeps the person out. */
	static const char void_sql[] = "UPDATE password_reset SET used_at = $2, token_hash = NULL"
				       " WHERE person_id = $1 AND used_at IS NULL"
				       "   AND coalesce(expires_at, created_at + 3600) <= $2";
	static const char sql[] = "INSERT INTO password_reset (person_id, created_at)"
				  " SELECT id, $2 FROM person WHERE id = $1";
	static const char id_sql[] =
	    "SELECT coalesce(max(id), 0) FROM password_reset WHERE person_id = $1";
	struct letter l = {
	    .person_id = who->id, .topic = "password_reset", .link = "password_reset"};
	struct view *v = view_new(rq->arena);
	int64_t now = clock_now();

	TRY(db_run(rq->db, void_sql, WITH(INT(who->id), INT(now)), NULL));
	TRY(db_run(rq->db, sql, WITH(INT(who->id), INT(now)), NULL));
	TRY(db_int(rq->db, id_sql, WITH(INT(who->id)), &l.link_id));
	view_text(v, V_NAME, who->name);
	TRY(letter_render(rq->arena, v, "mail/password_reset.txt", &l));
	l.dedupe = reset_dedupe(rq->arena, l.link_id);
	return who->id != 0 ? outbox_put(rq->db, &l) : outbox_cancel(rq->db, l.dedupe);
}

static enum err too_soon(struct form *f, int64_t wait)
{
	struct request *rq = f->rq;

	view_text(view_row(rq->view, S_RESET_WAIT), V_WAIT, login_wait_text(rq->arena, wait));
	TRY(response_header(rq->out, S("Retry-After"), arena_fmt(rq->arena, "%" PRId64, wait)));
	return ask_page(f, 429);
}

/* POST /passwort */
static enum err forgotten_ask(struct request *rq)
{
	struct asker who;
	struct form f;
	int64_t wait;

	form_begin(&f, rq);
	struct str email = form_line(&f, &EMAIL, OPTIONAL, EMAIL_MAX);
	if (email.n == 0)
		form_problem(&f, &EMAIL, M_EMAIL_NEEDED, 0);
	if (form_wrong(&f) || rq->app->config.smtp.n == 0)
		return ask_page(&f, 422);
	struct throttle t = throttle_of(rq, arena_fmt(rq->arena, "passwort %.*s", ARG(email)), 0);
	TRY(throttle_wait(rq, &t, &wait));
	if (wait > 0)
		return too_soon(&f, wait);
	TRY(throttle_failed(rq, &t));
	TRY(asker_find(rq, email, &who));
	TRY(write_reset(rq, &who));
	TRY(audit(rq, "password.forgotten", object(rq, who.id), S(""), S("")));
	return reply_redirect(rq, M_NONE, "/passwort/unterwegs");
}

/* GET /passwort/unterwegs */
static enum err forgotten_sent(struct request *rq)
{
	return reply_page(rq, 200, "people/password_sent.html");
}

/* ---- Behind the link ---- */

struct reset {
	int64_t id, person_id; /* 0: the link opens nothing */
	struct str name, email;
};

static enum err reset_find(struct request *rq, struct reset *out)
{
	static const char sql[] =
	    "SELECT r.id, p.id, p.name, p.email FROM password_reset r"
	    "  JOIN person p ON p.id = r.person_id"
	    " WHERE r.token_hash = $1 AND r.used_at IS NULL AND r.expires_at > $2"
	    "   AND p.status = 'active'";
	struct str hash = secret_hash(rq->arena, rq->token, S(""));
	struct rows r = db_query(rq->db, sql, WITH(BLOB(hash), INT(clock_now())));

	*out = (struct reset){.id = 0};
	if (rows_next(&r))
		*out = (struct reset){.id = col_int(&r, 0),
				      .person_id = col_int(&r, 1),
				      .name = col_text(&r, 2),
				      .email = col_text(&r, 3)};
	return r.err;
}

static enum err gone(struct request *rq)
{
	return reply_page(rq, 404, "people/password_gone.html");
}

static enum err new_page(struct form *f, const struct reset *p, int status)
{
	struct request *rq = f->rq;

	view_text(rq->view, V_TOKEN, rq->token);
	view_text(rq->view, V_EMAIL, p->email);
	form_show(f, rq->view);
	return reply_page(rq, status, "people/password_new.html");
}

/* GET /passwort/:token */
static enum err reset_show(struct request *rq)
{
	struct reset p;
	struct form f;

	TRY(reset_find(rq, &p));
	form_begin(&f, rq);
	return p.id == 0 ? gone(rq) : new_page(&f, &p, 200);
}

static enum err reset_prepare(struct request *rq)
{
	struct reset p;

	TRY(reset_find(rq, &p));
	return p.id == 0 ? OK : new_password_prepare(rq, p.name, p.email);
}

/* The link is used up, and so is every other; whoever was in is out. */
static enum err change(struct request *rq, const struct reset *p, struct str hash)
{
	static const char sql[] = "UPDATE person SET password_hash = $2, password_set_at = $3,"
				  "  version = version + 1 WHERE id = $1";

	TRY(db_run(rq->db, sql, WITH(INT(p->person_id), TEXT(hash), INT(clock_now())), NULL));
	TRY(credentials_end(rq->db, rq->arena, p->person_id));
	TRY(audit(rq, "password.reset", object(rq, p->person_id), S(""), S("")));
	return account_letter(rq, p->person_id, NEWS_PASSWORD, S(""));
}

/* POST /passwort/:token -- leads to the login, where a second factor is asked for as ever. */
static enum err reset_take(struct request *rq)
{
	struct str hash;
	struct reset p;
	struct form f;
	int status;

	TRY(reset_find(rq, &p));
	form_begin(&f, rq);
	if (p.id == 0)
		return gone(rq);
	TRY(new_password_read(&f, &hash, &status));
	if (status != 0)
		return new_page(&f, &p, status);
	TRY(change(rq, &p, hash));
	return reply_redirect(rq, M_PASSWORD_NEW, "/anmelden");
}

const struct route password_reset_routes[] = {
    GET("/passwort", EVERYONE, forgotten_show),
    POST("/passwort", EVERYONE, forgotten_ask),
    GET("/passwort/unterwegs", EVERYONE, forgotten_sent),
    GET("/passwort/:token", EVERYONE, reset_show),
    POST_PREPARED("/passwort/:token", EVERYONE, reset_prepare, reset_take, 0),
    ROUTES_END,
};
