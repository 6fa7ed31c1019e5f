/* member_edit.c -- what the own administrator may correct: the name at once, the address by a
 * letter to the new one, which only its owner can confirm. */
#include "features/people/member.h"

#include "app/audit.h"
#include "app/fresh_password.h"
#include "base/utf8.h"
#include "features/people/email_change.h"
#include "features/people/four_eyes.h"
#include "features/people/invitation.h"

#include <inttypes.h>

static const struct form_field NAME = {S_INIT("name"), V_TYPED_NAME, S_NAME_FEHLER};
static const struct form_field EMAIL = {S_INIT("email"), V_TYPED_EMAIL, S_EMAIL_FEHLER};
static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};
static const struct form_field VERSION = {S_INIT("version"), V_VERSION, S_VERSION_FEHLER};

static enum err page(struct form *f, const struct member *p, int status)
{
	struct request *rq = f->rq;

	view_text(rq->view, V_NAME, p->name);
	view_text(rq->view, V_MUNICIPALITY, p->municipality);
	view_text(rq->view, V_UNIT_SLUG, p->slug);
	view_int(rq->view, V_ID, p->id);
	view_text(rq->view, V_BACK, member_back_path(rq, p));
	view_show(rq->view, p->own ? S_MAY_RENAME : S_NAME_STAYS);
	view_show_if(rq->view, S_MAIL_MISSING, rq->app->config.smtp.n == 0);
	form_show(f, rq->view);
	return reply_page(rq, status, "people/member_edit.html");
}

/* GET /personen/:id/angaben */
enum err member_edit(struct request *rq)
{
	struct member p;
	struct form f;
	bool blocked;

	TRY(member_load_rescue(rq, RESCUE_EMAIL, &p));
	TRY(four_eyes_show(rq, RESCUE_EMAIL, &p, &blocked));
	form_begin(&f, rq);
	form_fill(&f, &NAME, p.name);
	form_fill(&f, &EMAIL, p.email);
	form_fill(&f, &VERSION, arena_fmt(rq->arena, "%" PRId64, p.version));
	return page(&f, &p, 200);
}

static struct str as_json(struct request *rq, struct str name)
{
	struct buf json = {.arena = rq->arena};

	json_pair(&json, "name", name);
	return json_end(&json);
}

static enum err rename_to(struct request *rq, const struct member *p, struct str name)
{
	static const char sql[] =
	    "UPDATE person SET name = $2, sort_key = $3, version = version + 1 WHERE id = $1";
	struct email_told t = {
	    .person_id = p->id,
	    .name = name,
	    .by = rq->viewer.name,
	    .dedupe = arena_fmt(rq->arena, "person-name/%" PRId64 "/%" PRId64, p->id, p->version)};

	TRY(db_run(rq->db, sql, WITH(INT(p->id), TEXT(name), TEXT(utf8_sort_key(rq->arena, name))),
		   NULL));
	TRY(audit(rq, "person.edit", arena_fmt(rq->arena, "person/%" PRId64, p->id),
		  as_json(rq, p->name), as_json(rq, name)));
	TRY(email_notice(rq, NOTICE_NAME, &t));
	return rq->app->names_changed(rq);
}

/* POST /personen/:id/angaben -- behind fresh_password_prepare. */
enum err member_correct(struct request *rq)
{
	struct str wanted;
	struct member p;
	struct form f;
	int status;
	bool blocked;

	(void)field_text(&rq->http.form, PASSWORT.name);
	TRY(member_load_rescue(rq, RESCUE_EMAIL, &p));
	TRY(four_eyes_show(rq, RESCUE_EMAIL, &p, &blocked));
	struct email_owner who = {.id = p.id, .name = p.name, .email = p.email};
	form_begin(&f, rq);
	int64_t version = form_number(&f, &VERSION, OPTIONAL);
	struct str name = form_line(&f, &NAME, OPTIONAL, PERSON_NAME_MAX_CHARS);
	TRY(email_change_read(&f, &EMAIL, &who, &wanted, &status));
	if (blocked && !form_wrong_at(&f, &EMAIL) && !str_eq(wanted, p.email))
		form_problem(&f, &EMAIL, M_EMAIL_FOUR_EYES, 0);
	if (!p.own) /* who only helps out with the account names nobody */
		name = p.name;
	if (name.n == 0)
		form_problem(&f, &NAME, M_INVITEE_NAME, 0);
	if (!form_wrong(&f))
		TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (form_wrong(&f))
		return page(&f, &p, status);
	if (version != p.version)
		return E_CONFLICT;
	bool moves = !str_eq_nocase(wanted, p.email);
	if (!str_eq(name, p.name))
		TRY(rename_to(rq, &p, name));
	if (moves)
		TRY(email_change_ask(rq, &who, wanted));
	return member_back(rq, &p, moves ? M_MEMBER_EMAIL_ASKED : M_MEMBER_CORRECTED);
}
