/* correction_act.c -- what a correction says, and the steps of one. */
#include "features/steering/correction.h"

#include "base/clock.h"
#include "features/steering/register_records.h"
#include "features/steering/steering.h"

enum { TEXT_CHARS = 500 };

static const struct form_field old_field = {S_INIT("stelle"), V_STELLE, S_STELLE_FEHLER};
static const struct form_field new_field = {S_INIT("richtig"), V_RICHTIG, S_RICHTIG_FEHLER};
static const struct form_field reason_field = {S_INIT("grund"), V_GRUND, S_GRUND_FEHLER};

void correction_form(struct form *f, struct request *rq)
{
	form_begin(f, rq);
	form_fill(f, &old_field, S(""));
	form_fill(f, &new_field, S(""));
	form_fill(f, &reason_field, S(""));
}

void correction_read(struct form *f, struct str text, enum message missing, struct correction *out)
{
	out->old = form_line(f, &old_field, REQUIRED, TEXT_CHARS);
	out->new = form_line(f, &new_field, REQUIRED, TEXT_CHARS);
	out->reason = form_line(f, &reason_field, REQUIRED, TEXT_CHARS);
	if (out->old.n > 0 && str_find(text, out->old) >= text.n)
		form_problem(f, &old_field, missing, 0);
	if (out->new.n > 0 && str_eq(out->old, out->new))
		form_problem(f, &new_field, M_CORRECTION_SAME, 0);
}

static enum err event(struct request *rq, const struct correction_of *of, const char *action,
		      const struct correction *c)
{
	return steering_event(rq, &(struct steering_event){.object = of->object,
							   .id = of->id,
							   .action = action,
							   .before = c->old,
							   .after = c->new,
							   .reason = c->reason});
}

enum err correction_propose(struct request *rq, const struct correction_of *of,
			    const struct correction *c)
{
	static const char sql[] =
	    "INSERT INTO correction (meeting_id, poll_id, old, new, reason, proposed_by,"
	    " proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7)";

	TRY(db_run(rq->db, sql,
		   WITH(INT_OR_NONE(c->meeting_id), INT_OR_NONE(c->poll_id), TEXT(c->old),
			TEXT(c->new), TEXT(c->reason), INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	return event(rq, of, "correction_propose", c);
}

enum err correction_settle(struct request *rq, const struct correction_of *of,
			   const struct correction *c)
{
	static const char sql[] = "UPDATE correction SET confirmed_by = $2, confirmed_at = $3"
				  " WHERE id = $1 AND confirmed_at IS NULL";
	struct register_book book = register_of(rq);
	struct register_correction done = {.meeting = c->meeting_id,
					   .poll = c->poll_id,
					   .old = c->old,
					   .new = c->new,
					   .reason = c->reason,
					   .proposed = WHO(c->proposed_by),
					   .confirmed = WHO(rq->viewer.person_id)};

	TRY(db_run(rq->db, sql, WITH(INT(c->id), INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	TRY(register_correction(&book, &done));
	return event(rq, of, "correction_confirm", c);
}

enum err correction_drop(struct request *rq, const struct correction_of *of,
			 const struct correction *c)
{
	static const char sql[] = "UPDATE correction SET withdrawn_at = $2"
				  " WHERE id = $1 AND confirmed_at IS NULL";

	TRY(db_run(rq->db, sql, WITH(INT(c->id), INT(clock_now())), NULL));
	return event(rq, of, "correction_withdraw", c);
}
