/* new_password.c -- a password chosen behind a link. */
#include "features/people/new_password.h"

#include "app/password.h"
#include "features/people/password_rules.h"

static const struct form_field NEU = {S_INIT("passwort-neu"), NULL, S_PASSWORT_NEU_FEHLER};
static const struct form_field WIEDERHOLT = {S_INIT("passwort-wiederholt"), NULL,
					     S_PASSWORT_WIEDERHOLT_FEHLER};

struct new_password {
	struct str hash;
	enum message wrong, twice;
};

enum err new_password_prepare(struct request *rq, struct str name, struct str email)
{
	const struct password_owner who = {rq->app->config.cooperation, name, email};
	struct new_password *p = ARENA_NEW(rq->arena, struct new_password);
	struct str wanted = field_text(&rq->http.form, NEU.name);
	struct str again = field_text(&rq->http.form, WIEDERHOLT.name);
	enum password_verdict verdict;

	rq->prepared = p;
	TRY(password_verdict(rq->db, rq->arena, &who, wanted, &verdict));
	p->wrong = verdict == PASSWORD_FINE ? M_NONE : password_message(verdict);
	p->twice = str_eq(wanted, again) ? M_NONE : M_PASSWORD_TWICE;
	if (p->wrong != M_NONE || p->twice != M_NONE)
		return OK;
	/* Argon2id takes its time, therefore with no snapshot held. */
	db_rollback(rq->db);
	enum err err = password_hash(rq->app->config.data, rq->arena, wanted, &p->hash);
	return err == E_THROTTLED ? OK : err;
}

enum err new_password_read(struct form *f, struct str *hash, int *status)
{
	struct new_password *p = f->rq->prepared;

	*status = 422;
	if (p == NULL) /* the link came to life between the two looks */
		return E_CONFLICT;
	if (p->wrong != M_NONE)
		form_problem(f, &NEU, p->wrong, 0);
	if (p->twice != M_NONE)
		form_problem(f, &WIEDERHOLT, p->twice, 0);
	if (form_wrong(f))
		return OK;
	if (p->hash.n == 0) {
		form_problem(f, &NEU, M_PASSWORD_BUSY, 0);
		*status = 503;
		return response_header(f->rq->out, S("Retry-After"), S("5"));
	}
	*hash = p->hash;
	*status = 0;
	return OK;
}
