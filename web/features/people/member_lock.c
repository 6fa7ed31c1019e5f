/* member_lock.c -- an account is closed, or its second factor taken away: each asks on a page of
 * its own, with a fresh password. */
#include "features/people/member.h"

#include "app/fresh_password.h"
#include "app/second_factor.h"
#include "app/session.h"
#include "features/people/account_letter.h"
#include "features/people/four_eyes.h"

static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};

enum act { SUSPEND, RESET };

/* Why not: `why` in a sentence, or four_eyes.h has said it in the view. */
struct refusal {
	enum message why;
	bool blocked;
};

/* With a refusal, what was asked for cannot be done. */
static enum err page(struct form *f, const struct member *p, enum act act, const struct refusal *no,
		     int status)
{
	struct request *rq = f->rq;
	struct view *v = rq->view;

	view_text(v, V_NAME, p->name);
	view_text(v, V_MUNICIPALITY, p->municipality);
	view_text(v, V_UNIT_SLUG, p->slug);
	view_int(v, V_ID, p->id);
	view_text(v, V_BACK, member_back_path(rq, p));
	view_show(v, act == SUSPEND ? S_SUSPENDS : S_RESETS);
	if (no->why != M_NONE)
		view_text(view_row(v, S_REFUSED), V_MELDUNG, message_text(rq->arena, no->why, 0));
	form_show_problems(f, v);
	if (no->why == M_NONE && !no->blocked)
		form_show_fields(f, view_row(v, S_FORM));
	return reply_page(rq, status, "people/member_lock.html");
}

/* Whom, and whether there is anything to do: E_CONFLICT when it is done already. */
static enum err load(struct request *rq, enum act act, struct member *p, struct refusal *no)
{
	*no = (struct refusal){M_NONE, false};
	if (act == SUSPEND)
		TRY(member_load_other(rq, p));
	else
		TRY(member_load_rescue(rq, RESCUE_FACTOR, p));
	if (act == SUSPEND ? p->suspended : !p->has_factor)
		return E_CONFLICT;
	return act == SUSPEND ? member_last_of(rq, p, &no->why)
			      : four_eyes_show(rq, RESCUE_FACTOR, p, &no->blocked);
}

static enum err ask(struct request *rq, enum act act)
{
	struct refusal no;
	struct member p;
	struct form f;

	TRY(load(rq, act, &p, &no));
	form_begin(&f, rq);
	return page(&f, &p, act, &no, 200);
}

static enum err suspend(struct request *rq, const struct member *p)
{
	static const char sql[] = "UPDATE person SET status = 'suspended', asleep = 0,"
				  "  version = version + 1 WHERE id = $1";

	TRY(db_run(rq->db, sql, WITH(INT(p->id)), NULL));
	TRY(session_end_all(rq->db, p->id));
	TRY(devices_forget(rq->db, p->id));
	TRY(member_note(rq, p, "person.suspend"));
	return account_letter(rq, p->id, NEWS_SUSPENDED, p->municipality);
}

static enum err reset(struct request *rq, const struct member *p)
{
	TRY(factor_remove(rq, p->id));
	TRY(session_end_all(rq->db, p->id));
	TRY(member_note(rq, p, "second_factor.reset"));
	return account_letter(rq, p->id, NEWS_FACTOR, p->municipality);
}

static enum err do_it(struct request *rq, enum act act)
{
	struct refusal no;
	struct member p;
	struct form f;
	int status = 0;

	(void)field_text(&rq->http.form, PASSWORT.name);
	TRY(load(rq, act, &p, &no));
	form_begin(&f, rq);
	if (no.why != M_NONE || no.blocked)
		return page(&f, &p, act, &no, 409);
	TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (form_wrong(&f))
		return page(&f, &p, act, &no, status);
	TRY(act == SUSPEND ? suspend(rq, &p) : reset(rq, &p));
	return member_back(rq, &p, act == SUSPEND ? M_MEMBER_SUSPENDED : M_FACTOR_RESET);
}

/* GET /personen/:id/sperren */
enum err member_suspend_ask(struct request *rq)
{
	return ask(rq, SUSPEND);
}

/* POST /personen/:id/sperren */
enum err member_suspend(struct request *rq)
{
	return do_it(rq, SUSPEND);
}

/* GET /personen/:id/zwei-schritte */
enum err member_factor_ask(struct request *rq)
{
	return ask(rq, RESET);
}

/* POST /personen/:id/zwei-schritte -- the phone is gone. */
enum err member_factor_reset(struct request *rq)
{
	return do_it(rq, RESET);
}
