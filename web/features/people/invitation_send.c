/* invitation_send.c -- inviting, renewing, revoking. */
#include "features/people/invitation.h"
#include "features/people/municipality.h"

#include "app/fresh_password.h"
#include "features/people/account.h"

void invite_form_read(struct invite_form *f, struct str domains, struct invite *in)
{
	struct form *form = &f->form;

	in->name = form_line(form, &invitee_name_field, OPTIONAL, PERSON_NAME_MAX_CHARS);
	in->email = form_line(form, &invitee_email_field, OPTIONAL, EMAIL_MAX_CHARS);
	f->anyway = str_eq(form_line(form, &invitee_anyway_field, OPTIONAL, 2), S("ja"));
	if (in->name.n == 0)
		form_problem(form, &invitee_name_field, M_INVITEE_NAME, 0);
	if (in->email.n == 0) {
		form_problem(form, &invitee_email_field, M_EMAIL_SERVICE, 0);
		return;
	}
	if (!is_email(in->email)) {
		form_problem(form, &invitee_email_field, M_EMAIL_BAD, 0);
		return;
	}
	enum message doubt = email_doubt(in->email, domains);
	f->ask_anyway = doubt != M_NONE;
	if (doubt != M_NONE && !f->anyway)
		form_problem(form, &invitee_email_field, doubt, 0);
}

/* Sends it, or says at the address why not. */
static enum err send(struct invite_form *f, const struct invite *in)
{
	enum message why;

	TRY(invitation_send(f->form.rq, in, &why));
	if (why != M_NONE)
		form_problem(&f->form, &invitee_email_field, why, 0);
	return OK;
}

/* Who gives a role that opens doors for others shows once more who they are. */
static enum err password_wanted(struct invite_form *f, bool needed, int *status)
{
	*status = 422;
	if (!needed || form_wrong(&f->form))
		return OK;
	return fresh_password_verdict(&f->form, &invitee_password_field, status);
}

/* Without a mail server nothing is under way. */
static enum err invited(struct request *rq, const struct municipality *m)
{
	bool mail = rq->app->config.smtp.n > 0;

	return reply_redirect(rq, mail ? M_INVITED : M_INVITED_WAITS, "/kommunen/%.*s",
			      ARG(m->slug));
}

/* A municipality that has left takes nobody in, also while it still hands over. */
static enum err load_taking(struct request *rq, struct municipality *m)
{
	TRY(municipality_load_own(rq, rq->slug, m));
	return municipality_has_left(m) ? E_CONFLICT : OK;
}

/* POST /kommunen/:slug/einladungen */
enum err invitation_create(struct request *rq)
{
	struct str choices[INVITATION_ROLES];
	struct municipality m;
	struct invite_form f;
	struct invite in;
	int status;

	TRY(load_taking(rq, &m));
	for (size_t i = 0; i < INVITATION_ROLES; i++)
		choices[i] = invitation_roles[i].choice;
	invite_form_begin(&f, rq);
	in = (struct invite){.municipality_id = m.id, .municipality = m.name};
	invite_form_read(&f, m.domains, &in);
	f.role = form_choice(&f.form, &invitee_role_field, REQUIRED, choices, INVITATION_ROLES);
	in.role = f.role < 0 ? S("") : invitation_roles[f.role].word;
	TRY(password_wanted(&f, str_eq(in.role, S("municipality")), &status));
	if (!form_wrong(&f.form))
		TRY(send(&f, &in));
	if (form_wrong(&f.form))
		return municipality_page(&f, &m, status == 0 ? 422 : status);
	return invited(rq, &m);
}

/* POST /kommunen/:slug/verwaltung -- the first administrator; a mistyped address is mended by
 * sending the form again. */
enum err invitation_first(struct request *rq)
{
	struct municipality m;
	struct invite_form f;
	struct invite in;
	int status;

	TRY(municipality_load_orphan(rq, rq->slug, &m));
	invite_form_begin(&f, rq);
	in = (struct invite){.municipality_id = m.id, .municipality = m.name};
	invite_form_read(&f, m.domains, &in);
	in.role = S("municipality");
	TRY(password_wanted(&f, true, &status));
	if (!form_wrong(&f.form)) {
		TRY(invitation_revoke_role(rq, m.id, in.role));
		TRY(send(&f, &in));
	}
	if (form_wrong(&f.form))
		return municipality_page(&f, &m, status == 0 ? 422 : status);
	return invited(rq, &m);
}

/* POST /kommunen/:slug/einladungen/:id/erneuern */
enum err invitation_renew(struct request *rq)
{
	struct municipality m;

	TRY(load_taking(rq, &m));
	TRY(invitation_renew_open(rq, m.id, rq->id));
	return reply_redirect(rq, M_INVITATION_RENEWED, "/kommunen/%.*s", ARG(m.slug));
}

/* POST /kommunen/:slug/einladungen/:id/zurueckziehen */
enum err invitation_revoke(struct request *rq)
{
	struct municipality m;

	TRY(municipality_load_own(rq, rq->slug, &m));
	TRY(invitation_revoke_open(rq, m.id, rq->id));
	return reply_redirect(rq, M_INVITATION_REVOKED, "/kommunen/%.*s", ARG(m.slug));
}
