/* barrier_report.c -- the form in which anybody reports a barrier. */
#include "features/people/barrier.h"

#include "app/throttle.h"
#include "base/clock.h"
#include "features/people/account.h"

#include <inttypes.h>

enum { EMAIL_MAX = 254, SAME_SECONDS = 3600 };

static const struct form_field TEXT_FIELD = {S_INIT("text"), V_TEXT, S_TEXT_FEHLER};
static const struct form_field SEITE = {S_INIT("seite"), V_SEITE, S_SEITE_FEHLER};
static const struct form_field EMAIL = {S_INIT("email"), V_EMAIL, S_EMAIL_FEHLER};

static const struct str kind = S_INIT("barriere");

static struct date due_day(void)
{
	return date_add_days(date_today(), BARRIER_DAYS);
}

static enum err own_email(struct request *rq, struct str *out)
{
	return db_text(rq->db, "SELECT email FROM person WHERE id = $1",
		       WITH(INT(rq->viewer.person_id)), out);
}

static enum err page(struct form *f, bool wants_answer, int status)
{
	struct request *rq = f->rq;
	struct view *v = rq->view;
	struct str email;

	form_show(f, v);
	view_text(v, V_DATE, date_long(rq->arena, due_day()));
	if (rq->viewer.person_id == 0) {
		view_show(v, S_GUEST);
	} else {
		TRY(own_email(rq, &email));
		struct view *me = view_row(v, S_MEMBER);
		view_text(me, V_OWN_EMAIL, email);
		view_show_if(me, S_WANTS_ANSWER, wants_answer);
	}
	return reply_page(rq, status, "people/barrier_new.html");
}

/* GET /barrierefreiheit/melden */
enum err barrier_new(struct request *rq)
{
	struct form f;

	form_begin(&f, rq);
	form_fill(&f, &SEITE, field_text(&rq->http.query, S("seite")));
	form_fill(&f, &TEXT_FIELD, S(""));
	form_fill(&f, &EMAIL, S(""));
	return page(&f, true, 200);
}

/* Guests have no one-time key: the same words again within the hour are a double click. */
static enum err is_known(struct request *rq, const struct barrier *b, bool *known)
{
	static const char sql[] =
	    "SELECT count(*) FROM barrier_report WHERE at > $1 AND text = $2 AND page = $3"
	    " AND email = $4 AND person_id IS $5";
	int64_t count = 0;

	TRY(db_int(rq->db, sql,
		   WITH(INT(clock_now() - SAME_SECONDS), TEXT(b->text), TEXT(b->page),
			TEXT(b->email), INT_OR_NONE(b->person_id)),
		   &count));
	*known = count > 0;
	return OK;
}

static enum err store(struct request *rq, const struct barrier *b)
{
	static const char sql[] =
	    "INSERT INTO barrier_report (at, page, text, email, person_id, due_on)"
	    " VALUES ($1, $2, $3, $4, $5, $6)";
	bool known = false;

	TRY(is_known(rq, b, &known));
	if (known)
		return OK;
	TRY(throttle_form_sent(rq, kind));
	return db_run(rq->db, sql,
		      WITH(INT(clock_now()), TEXT(b->page), TEXT(b->text), TEXT(b->email),
			   INT_OR_NONE(b->person_id), TEXT(date_iso(rq->arena, due_day()))),
		      NULL);
}

static enum err form_read(struct request *rq, struct form *f, struct barrier *b, bool *wants_answer)
{
	form_begin(f, rq);
	*wants_answer = false;
	*b = (struct barrier){.person_id = rq->viewer.person_id};
	b->text = form_lines(f, &TEXT_FIELD, OPTIONAL, BARRIER_TEXT_MAX);
	b->page = form_line(f, &SEITE, OPTIONAL, BARRIER_PAGE_MAX);
	if (b->text.n == 0)
		form_problem(f, &TEXT_FIELD, M_BARRIER_TEXT, 0);
	if (b->person_id == 0) {
		b->email = form_line(f, &EMAIL, OPTIONAL, EMAIL_MAX);
		if (b->email.n > 0 && !is_email(b->email))
			form_problem(f, &EMAIL, M_BARRIER_EMAIL, 0);
		return OK;
	}
	form_fill(f, &EMAIL, S(""));
	*wants_answer = str_eq(field_text(&rq->http.form, S("antwort")), S("ja"));
	return *wants_answer ? own_email(rq, &b->email) : OK;
}

static enum err too_many(struct form *f, bool wants_answer, int64_t wait)
{
	struct str seconds = arena_fmt(f->rq->arena, "%" PRId64, wait);

	form_problem(f, &TEXT_FIELD, M_BARRIER_WAIT, wait);
	TRY(response_header(f->rq->out, S("Retry-After"), seconds));
	return page(f, wants_answer, 429);
}

/* POST /barrierefreiheit/melden */
enum err barrier_create(struct request *rq)
{
	struct barrier b;
	struct form f;
	int64_t wait = 0;
	bool wants_answer;

	TRY(form_read(rq, &f, &b, &wants_answer));
	if (form_wrong(&f))
		return page(&f, wants_answer, 422);
	TRY(throttle_form_wait(rq, kind, &wait));
	if (wait > 0)
		return too_many(&f, wants_answer, wait);
	TRY(store(rq, &b));
	return reply_redirect(rq, b.email.n > 0 ? M_BARRIER_ANSWER_COMES : M_BARRIER_REPORTED,
			      "/barrierefreiheit");
}
