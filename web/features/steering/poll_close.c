/* poll_close.c -- ends a vote: counts, writes down, seals and moves the decision on, or aborts. */
#include "features/steering/poll.h"

#include "base/clock.h"
#include "features/steering/follow_up.h"
#include "features/steering/poll_letter.h"
#include "features/steering/poll_presence.h"
#include "features/steering/recusal.h"
#include "features/steering/register_records.h"

static enum err write_statuses(struct request *rq, const struct poll *p, const struct electorate *e,
			       const struct poll_outcome *o)
{
	static const char sql[] =
	    "UPDATE poll_unit SET status = $3 WHERE poll_id = $1 AND unit = $2";

	for (size_t i = 0; i < e->n; i++)
		TRY(db_run(
		    rq->db, sql,
		    WITH(INT(p->id), INT(e->units[i].id), TEXT(unit_status_name(o->status[i]))),
		    NULL));
	return OK;
}

/* By the clock it ended with its last second, whenever that is written down. */
static enum err write_end(struct request *rq, struct poll *p, const struct poll_outcome *o)
{
	static const char sql[] =
	    "UPDATE poll SET closed_by = $2, closed_at = $3, result = $4, persons = $5,"
	    " chair_status = $6, words = $7 WHERE id = $1 AND closed_at IS NULL"
	    " AND aborted_at IS NULL";
	bool clock = poll_is_due(p);
	int64_t changed = 0;

	p->closed_at = clock ? p->closes_at : clock_now();
	p->closed_by = clock ? 0 : rq->viewer.person_id;
	p->result = o->tally.result;
	p->persons = o->in.persons;
	p->words = o->words;
	TRY(db_run(rq->db, sql,
		   WITH(INT(p->id), INT_OR_NONE(p->closed_by), INT(p->closed_at),
			TEXT(tally_result_name(p->result)), INT(p->persons),
			TEXT(unit_status_name(o->in.chair)), TEXT(p->words)),
		   &changed));
	return changed == 0 ? E_CONFLICT : OK;
}

static enum err record(struct request *rq, const struct poll *p, const struct electorate *e,
		       const struct poll_outcome *o)
{
	struct register_book book = register_of(rq);
	struct register_unit_status *units =
	    ARENA_ARRAY(rq->arena, struct register_unit_status, e->n);

	for (size_t i = 0; i < e->n; i++)
		units[i] =
		    (struct register_unit_status){.unit = e->units[i].id, .status = o->status[i]};
	return register_poll_closed(&book,
				    &(struct register_poll_closed){.poll = p->id,
								   .units = {.n = e->n, .v = units},
								   .in = o->in,
								   .result = p->result,
								   .words = p->words});
}

/* ---- What follows ---- */

static enum err end_entry(struct request *rq, const struct poll *p)
{
	static const char sql[] = "UPDATE agenda_entry SET outcome = $2, outcome_reason = $3,"
				  " row_version = row_version + 1 WHERE id = $1";
	bool decided = p->result != TALLY_NOT_QUORATE;

	if (p->agenda_entry_id == 0)
		return OK;
	return db_run(rq->db, sql,
		      WITH(INT(p->agenda_entry_id), TEXT(decided ? S("decided") : S("deferred")),
			   TEXT(decided ? S("") : S("nicht beschlussfähig"))),
		      NULL);
}

static enum err mark_second_meeting(struct request *rq, struct decision *d)
{
	static const char sql[] = "UPDATE decision SET second_meeting = 1,"
				  " row_version = row_version + 1 WHERE id = $1";

	d->second_meeting = true;
	d->row_version++;
	return db_run(rq->db, sql, WITH(INT(d->id)), NULL);
}

static enum err move_decision(struct request *rq, struct decision *d, const struct poll *p)
{
	static const enum decision_step steps[TALLY_RESULTS] = {[TALLY_ADOPTED] = STEP_ADOPT,
								[TALLY_REJECTED] = STEP_REJECT,
								[TALLY_NOT_QUORATE] = STEP_FAIL};

	TRY(decision_step(rq, d, steps[p->result], S("")));
	TRY(end_entry(rq, p));
	if (p->result == TALLY_ADOPTED) {
		TRY(follow_up_start(rq, d, p->closed_at));
		return follow_up_revoke_named(rq, d, p->version);
	}
	if (p->result == TALLY_NOT_QUORATE && p->kind == POLL_RESOLUTION)
		return mark_second_meeting(rq, d);
	return OK;
}

/* Called for information before: then the point is now called for its decision. */
static enum err call_admitted(struct request *rq, struct decision *d, const struct poll *p)
{
	static const char sql[] = "SELECT count(*) FROM agenda_entry WHERE id = $1"
				  " AND started_at IS NOT NULL AND ended_at IS NULL";
	int64_t running = 0;

	/* Revised or withdrawn in the meantime: the vote ends all the same. */
	if (decision_step_row(d->state, STEP_CALL) == NULL)
		return OK;
	TRY(db_int(rq->db, sql, WITH(INT(p->agenda_entry_id)), &running));
	return running == 0 ? OK : decision_step(rq, d, STEP_CALL, S(""));
}

static enum err admit_late(struct request *rq, struct decision *d, const struct poll *p)
{
	static const char sql[] =
	    "INSERT INTO late_waiver (agenda_entry_id, poll_id, at) VALUES ($1, $2, $3)"
	    " ON CONFLICT (agenda_entry_id) DO UPDATE SET poll_id = $2, at = $3";
	struct register_book book = register_of(rq);

	if (p->result != TALLY_ADOPTED)
		return OK;
	TRY(db_run(rq->db, sql, WITH(INT(p->agenda_entry_id), INT(p->id), INT(p->closed_at)),
		   NULL));
	TRY(register_waiver(&book, &(struct register_waiver){.meeting = p->meeting_id,
							     .entry = p->agenda_entry_id,
							     .decision = p->decision_id,
							     .poll = p->id}));
	return call_admitted(rq, d, p);
}

static enum err take_effect(struct request *rq, struct decision *d, const struct poll *p)
{
	switch (p->kind) {
	case POLL_URGENCY:
		return admit_late(rq, d, p);
	case POLL_RECUSAL:
		return recusal_decide(rq, p);
	case POLL_RESOLUTION:
	case POLL_CIRCULAR:
	case POLL_KINDS:
		break;
	}
	return move_decision(rq, d, p);
}

enum err poll_close(struct request *rq, struct decision *d, struct poll *p)
{
	struct poll_outcome o;
	struct electorate e;

	TRY(poll_presence_tidy(rq, p));
	TRY(electorate_load(rq, p, &e));
	TRY(poll_count(rq->arena, p, &e, &o));
	TRY(write_statuses(rq, p, &e, &o));
	TRY(write_end(rq, p, &o));
	TRY(record(rq, p, &e, &o));
	TRY(steering_event(rq, &(struct steering_event){.object = "poll",
							.id = p->id,
							.action = "close",
							.before = S("open"),
							.after = tally_result_name(p->result)}));
	TRY(take_effect(rq, d, p));
	return poll_letters_result(rq, d, p);
}

enum err poll_abort(struct request *rq, struct decision *d, struct poll *p, struct str reason)
{
	static const char sql[] =
	    "UPDATE poll SET aborted_by = $2, aborted_at = $3, abort_reason = $4 WHERE id = $1"
	    " AND closed_at IS NULL AND aborted_at IS NULL";
	struct register_book book = register_of(rq);
	int64_t changed = 0;

	TRY(db_run(rq->db, sql,
		   WITH(INT(p->id), INT(rq->viewer.person_id), INT(clock_now()), TEXT(reason)),
		   &changed));
	if (changed == 0)
		return E_CONFLICT;
	TRY(register_poll_aborted(
	    &book, &(struct register_poll_aborted){.poll = p->id, .reason = reason}));
	TRY(steering_event(rq, &(struct steering_event){.object = "poll",
							.id = p->id,
							.action = "abort",
							.before = S("open"),
							.after = S("aborted"),
							.reason = reason}));
	TRY(poll_letters_cancel(rq, p));
	p->abort_reason = reason;
	/* In a meeting everybody is there and hears it. */
	if (p->kind == POLL_CIRCULAR)
		TRY(poll_letters_stopped(rq, d, p));
	if (!poll_is_on_matter(p->kind))
		return OK;
	return decision_step(rq, d, p->kind == POLL_CIRCULAR ? STEP_STOP : STEP_ABORT, reason);
}
