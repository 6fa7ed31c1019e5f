/* profile_password.c -- a new password, with the old one. */
#include "features/people/profile.h"

#include "app/audit.h"
#include "app/fresh_password.h"
#include "app/password.h"
#include "app/session.h"
#include "base/clock.h"
#include "features/people/account_letter.h"
#include "features/people/credentials.h"
#include "features/people/password_rules.h"

#include <inttypes.h>

static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};
static const struct form_field NEU = {S_INIT("passwort-neu"), NULL, S_PASSWORT_NEU_FEHLER};
static const struct form_field WIEDERHOLT = {S_INIT("passwort-wiederholt"), NULL,
					     S_PASSWORT_WIEDERHOLT_FEHLER};

/* What was found out before the transaction. */
struct change {
	void *fresh; /* fresh_password's own */
	struct str hash;
	enum message wrong, twice;
};

static enum err page(struct form *f, int status)
{
	form_show(f, f->rq->view);
	return reply_page(f->rq, status, "people/profile_password.html");
}

/* GET /profil/passwort */
enum err profile_password_show(struct request *rq)
{
	struct form f;

	form_begin(&f, rq);
	return page(&f, 200);
}

static enum err judge(struct request *rq, struct str wanted, struct change *c)
{
	static const char sql[] = "SELECT name, email FROM person WHERE id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id)));
	enum password_verdict verdict = PASSWORD_FINE;

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_FORBIDDEN;
	struct password_owner who = {.cooperation = rq->app->config.cooperation,
				     .name = col_text(&r, 0),
				     .email = col_text(&r, 1)};
	TRY(password_verdict(rq->db, rq->arena, &who, wanted, &verdict));
	c->wrong = verdict == PASSWORD_FINE ? M_NONE : password_message(verdict);
	return OK;
}

/* Both hashes are made before any lock is held: 100 ms each. */
enum err profile_password_prepare(struct request *rq)
{
	struct change *c = ARENA_NEW(rq->arena, struct change);
	struct str old = field_text(&rq->http.form, PASSWORT.name);
	struct str wanted = field_text(&rq->http.form, NEU.name);
	struct str again = field_text(&rq->http.form, WIEDERHOLT.name);

	*c = (struct change){.wrong = M_NONE, .twice = M_NONE};
	TRY(judge(rq, wanted, c));
	if (c->wrong == M_NONE && str_eq(old, wanted))
		c->wrong = M_PASSWORD_SAME;
	if (!str_eq(wanted, again))
		c->twice = M_PASSWORD_TWICE;
	TRY(fresh_password_prepare(rq));
	c->fresh = rq->prepared;
	rq->prepared = c;
	if (c->wrong != M_NONE || c->twice != M_NONE)
		return OK;
	db_rollback(rq->db);
	enum err err = password_hash(rq->app->config.data, rq->arena, wanted, &c->hash);
	return err == E_THROTTLED ? OK : err;
}

static enum err change(struct request *rq, struct str hash)
{
	static const char sql[] = "UPDATE person SET password_hash = $2, password_set_at = $3,"
				  "  version = version + 1 WHERE id = $1";
	int64_t me = rq->viewer.person_id;

	TRY(db_run(rq->db, sql, WITH(INT(me), TEXT(hash), INT(clock_now())), NULL));
	TRY(credentials_end(rq->db, rq->arena, me));
	TRY(audit(rq, "password.change", arena_fmt(rq->arena, "person/%" PRId64, me), S(""),
		  S("")));
	TRY(account_letter(rq, me, NEWS_PASSWORD, S("")));
	return session_create(rq, me);
}

/* POST /profil/passwort */
enum err profile_password_save(struct request *rq)
{
	struct change *c = rq->prepared;
	struct form f;
	int status = 422;

	form_begin(&f, rq);
	rq->prepared = c->fresh;
	if (c->wrong != M_NONE)
		form_problem(&f, &NEU, c->wrong, 0);
	if (c->twice != M_NONE)
		form_problem(&f, &WIEDERHOLT, c->twice, 0);
	if (!form_wrong(&f)) {
		TRY(fresh_password_verdict(&f, &PASSWORT, &status));
		if (status == 0 && c->hash.n == 0) {
			form_problem(&f, &PASSWORT, M_PASSWORD_BUSY, 0);
			status = 503;
		}
	}
	if (form_wrong(&f))
		return page(&f, status);
	TRY(change(rq, c->hash));
	return reply_redirect(rq, M_PASSWORD_CHANGED,
			      rq->viewer.must_enrol ? "/profil/zwei-schritte" : "/profil");
}
