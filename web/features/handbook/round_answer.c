/* round_answer.c -- answers to an invitation that are no feedback. */
#include "features/handbook/round_asked.h"
#include "features/handbook/round_handlers.h"
#include "features/handbook/round_mailing.h"

#include <inttypes.h>

const struct form_field round_answer_field = {S_INIT("antwort"), NULL, S_ANTWORT_FEHLER};
const struct form_field round_delegate_field = {S_INIT("vertretung"), NULL, S_VERTRETUNG_FEHLER};

int64_t round_number_field(struct request *rq, struct str name)
{
	int64_t number = 0;

	return str_to_int(field_text(&rq->http.form, name), &number) ? number : 0;
}

/* Somebody else of the own municipality who has not handed on the answer in turn. */
static enum err delegate_fits(struct request *rq, const struct round *r, int64_t id, bool *fits)
{
	static const char sql[] = "SELECT count(*) FROM round_invitation WHERE round_id = $1"
				  " AND person_id = $2 AND state = 'represented'";
	struct candidate *all;
	int64_t represented;
	size_t n;

	*fits = false;
	TRY(db_int(rq->db, sql, WITH(INT(r->id), INT(id)), &represented));
	TRY(candidates_load(rq, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (all[i].person_id == id && id != rq->viewer.person_id && represented == 0 &&
		    all[i].municipality_id == rq->viewer.municipality_id)
			*fits = true;
	return OK;
}

static enum err represent(struct form *f, const struct round *r, const struct asked *own)
{
	struct request *rq = f->rq;
	int64_t id = form_number(f, &round_delegate_field, OPTIONAL);
	bool fits;

	TRY(delegate_fits(rq, r, id, &fits));
	if (!fits)
		form_problem(f, &round_delegate_field, M_ROUND_DELEGATE, 0);
	if (form_wrong(f)) {
		struct round_page p = {.answering = f};
		return round_page(rq, r, &p, 422);
	}
	TRY(asked_person(rq, r, id, rq->viewer.municipality_id));
	TRY(asked_answer(rq, r, own, ANSWER_REPRESENTED, id));
	TRY(round_letters(rq, r, id));
	return reply_redirect(rq, M_ROUND_ANSWERED, "/feedback/runden/%" PRId64, r->id);
}

/* A municipality has given feedback when one of its people has. */
static enum err municipality_has_given(struct request *rq, const struct round *r, bool *given)
{
	static const char sql[] = "SELECT count(*) FROM feedback WHERE round_id = $1"
				  " AND (municipality_id = $2 OR on_behalf_of = $2)"
				  " AND state NOT IN ('draft', 'withdrawn')";
	int64_t count;

	TRY(db_int(rq->db, sql, WITH(INT(r->id), INT(rq->viewer.municipality_id)), &count));
	*given = count > 0;
	return OK;
}

static enum err refuse(struct form *f, const struct round *r, enum message m)
{
	struct round_page p = {.answering = f};

	form_problem(f, &round_answer_field, m, 0);
	return round_page(f->rq, r, &p, 422);
}

static enum err take_answer(struct form *f, const struct round *r, const struct asked *asked,
			    enum answer answer)
{
	struct request *rq = f->rq;
	bool may = asked->person_id != 0 || answer == ANSWER_NO_REMARKS || answer == ANSWER_INVITED;

	/* People give feedback by giving it; a municipality, whose people do, has to say when it is
	 * complete. */
	if (asked->person_id == 0 && answer == ANSWER_GIVEN)
		TRY(municipality_has_given(rq, r, &may));
	if (!may)
		return refuse(f, r,
			      answer == ANSWER_GIVEN ? M_ROUND_NOTHING_GIVEN : M_ROUND_ANSWER);
	if (asked->person_id != 0 && answer == ANSWER_REPRESENTED)
		return represent(f, r, asked);
	TRY(asked_answer(rq, r, asked, answer, 0));
	return reply_redirect(rq, answer == ANSWER_INVITED ? M_ROUND_REOPENED : M_ROUND_ANSWERED,
			      "/feedback/runden/%" PRId64, r->id);
}

/* POST /feedback/runden/:id/antwort */
enum err round_answer(struct request *rq)
{
	struct asked asked;
	struct form f;
	struct round r;

	TRY(round_load(rq, rq->id, &r));
	bool municipality = str_eq(field_text(&rq->http.form, S("fuer")), S("kommune"));
	TRY(municipality ? asked_municipality(rq, &r, &asked) : asked_own(rq, &r, &asked));
	form_begin(&f, rq);
	int answer = form_choice(&f, &round_answer_field, REQUIRED, answer_names, ANSWER_NO_REPLY);
	int64_t version = round_number_field(rq, S("version"));
	if (!round_runs(&r) || version != asked.row_version) {
		struct round_page p = {.stale = true};
		return round_page(rq, &r, &p, 409);
	}
	if (answer != ANSWER_REPRESENTED)
		(void)field_text(&rq->http.form, round_delegate_field.name);
	if (form_wrong(&f) || (answer == ANSWER_GIVEN && !municipality))
		return refuse(&f, &r, M_ROUND_ANSWER);
	return take_answer(&f, &r, &asked, (enum answer)answer);
}
