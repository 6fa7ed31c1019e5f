/* profile_email.c -- a new address for oneself. */
#include "features/people/profile.h"

#include "app/fresh_password.h"
#include "features/people/email_change.h"

static const struct form_field EMAIL = {S_INIT("email"), V_WANTED, S_EMAIL_FEHLER};
static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};

static enum err load(struct request *rq, struct email_owner *out)
{
	static const char sql[] = "SELECT name, email FROM person WHERE id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct email_owner){
	    .id = rq->viewer.person_id, .name = col_text(&r, 0), .email = col_text(&r, 1)};
	return OK;
}

static enum err page(struct form *f, const struct email_owner *me, int status)
{
	struct request *rq = f->rq;

	view_text(rq->view, V_EMAIL, me->email);
	view_show_if(rq->view, S_MAIL_MISSING, rq->app->config.smtp.n == 0);
	form_show(f, rq->view);
	return reply_page(rq, status, "people/email_new.html");
}

/* GET /profil/adresse */
enum err profile_email_show(struct request *rq)
{
	struct email_owner me;
	struct form f;

	TRY(load(rq, &me));
	form_begin(&f, rq);
	form_fill(&f, &EMAIL, S(""));
	return page(&f, &me, 200);
}

/* POST /profil/adresse -- behind fresh_password_prepare. */
enum err profile_email_ask(struct request *rq)
{
	struct email_owner me;
	struct str wanted;
	struct form f;
	int status;

	(void)field_text(&rq->http.form, PASSWORT.name);
	TRY(load(rq, &me));
	form_begin(&f, rq);
	TRY(email_change_read(&f, &EMAIL, &me, &wanted, &status));
	if (!form_wrong_at(&f, &EMAIL) && str_eq_nocase(wanted, me.email))
		form_problem(&f, &EMAIL, M_EMAIL_SAME, 0);
	if (!form_wrong(&f))
		TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (form_wrong(&f))
		return page(&f, &me, status);
	TRY(email_change_ask(rq, &me, wanted));
	return reply_redirect(rq, M_EMAIL_ASKED, "/profil");
}
