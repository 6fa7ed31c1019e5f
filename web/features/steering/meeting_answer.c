/* meeting_answer.c -- answers to the invitation, by the holder or a deputy of a seat. */
#include "features/steering/meeting_answer.h"

#include "app/form.h"
#include "base/clock.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/meeting_letter.h"

const struct str attends_names[ATTENDS_COUNT] = {S_INIT("room"), S_INIT("remote"), S_INIT("proxy"),
						 S_INIT("absent")};

struct str attends_label(enum attends a)
{
	static const struct str labels[ATTENDS_COUNT] = {S_INIT("vor Ort"), S_INIT("per Video"),
							 S_INIT("lässt sich vertreten"),
							 S_INIT("kommt nicht")};

	return labels[a];
}

enum err meeting_answer_load(struct request *rq, int64_t meeting_id, int64_t municipality_id,
			     enum attends *out, struct str *who)
{
	static const char sql[] =
	    "SELECT a.answer, p.name FROM meeting_answer a JOIN person p ON p.id = a.person_id"
	    " WHERE a.meeting_id = $1 AND a.municipality_id = $2 AND " ANSWER_COUNTS;
	struct rows r = db_query(rq->db, sql, WITH(INT(meeting_id), INT(municipality_id)));
	int a = 0;

	*out = ATTENDS_COUNT;
	*who = S("");
	if (!rows_next(&r))
		return r.err;
	while (a < ATTENDS_COUNT && !str_eq(attends_names[a], col_text(&r, 0)))
		a++;
	*out = (enum attends)a;
	*who = col_text(&r, 1);
	return OK;
}

enum err meeting_answered(struct request *rq, int64_t meeting_id, int64_t municipality_id,
			  bool *out)
{
	enum attends answer;
	struct str who;

	TRY(meeting_answer_load(rq, meeting_id, municipality_id, &answer, &who));
	*out = answer != ATTENDS_COUNT;
	return OK;
}

enum err meeting_own_seat(struct request *rq, const struct meeting *m, struct roll *roll,
			  const struct seat **out)
{
	TRY(roll_load(rq, m->day, roll));
	*out = roll_seat(roll, rq->viewer.person_id);
	return *out != NULL ? OK : E_FORBIDDEN;
}

static enum err save(struct request *rq, const struct meeting *m, const struct seat *seat,
		     enum attends answer)
{
	/* Twice within a second: the last one counts. */
	static const char sql[] =
	    "INSERT INTO meeting_answer (meeting_id, municipality_id, at, answer, person_id)"
	    " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (meeting_id, municipality_id, at)"
	    " DO UPDATE SET answer = excluded.answer, person_id = excluded.person_id";

	TRY(db_run(rq->db, sql,
		   WITH(INT(m->id), INT(seat->municipality_id), INT(clock_now()),
			TEXT(attends_names[answer]), INT(rq->viewer.person_id)),
		   NULL));
	TRY(steering_event(rq, &(struct steering_event){.object = "meeting",
							.id = m->id,
							.action = "answer",
							.after = attends_names[answer]}));
	return meeting_reminders(rq, m);
}

/* POST /sitzungen/:slug/antwort */
enum err meeting_answer(struct request *rq)
{
	static const struct form_field answer_field = {S_INIT("antwort"), NULL, S_ANTWORT_FEHLER};
	const struct seat *seat;
	struct meeting m;
	struct roll roll;
	struct form f;

	TRY(meeting_load(rq, rq->slug, &m));
	TRY(meeting_own_seat(rq, &m, &roll, &seat));
	form_begin(&f, rq);
	int answer = form_choice(&f, &answer_field, REQUIRED, attends_names, ATTENDS_COUNT);
	if (m.state != MEETING_INVITED)
		return meeting_page(rq, &m, 409);
	if (form_wrong(&f)) {
		form_show(&f, rq->view);
		return meeting_page(rq, &m, 422);
	}
	TRY(save(rq, &m, seat, (enum attends)answer));
	if (answer == ATTENDS_PROXY)
		return reply_redirect(rq, M_MEETING_ANSWERED, "/sitzungen/%.*s/vollmachten",
				      ARG(m.slug));
	return reply_redirect(rq, M_MEETING_ANSWERED, "/sitzungen/%.*s#teilnahme", ARG(m.slug));
}
