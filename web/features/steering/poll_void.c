/* poll_void.c -- who may declare a vote void, and what follows. */
#include "features/steering/poll_void.h"

#include "base/clock.h"
#include "features/steering/minutes.h"
#include "features/steering/poll_letter.h"
#include "features/steering/poll_presence.h"
#include "features/steering/register_records.h"

static enum err load_row(struct request *rq, const struct poll *p, struct poll_void *out)
{
	static const char sql[] =
	    "SELECT x.id, x.proposed_by, coalesce(x.confirmed_at, 0), x.reason, coalesce(a.name, "
	    "''), coalesce(b.name, '') FROM poll_void x JOIN person a ON a.id = x.proposed_by"
	    "  LEFT JOIN person b ON b.id = x.confirmed_by"
	    " WHERE x.poll_id = $1 AND x.withdrawn_at IS NULL";
	struct rows r = db_query(rq->db, sql, WITH(INT(p->id)));

	*out = (struct poll_void){.id = 0};
	if (rows_next(&r))
		*out = (struct poll_void){.id = col_int(&r, 0),
					  .proposed_by = col_int(&r, 1),
					  .confirmed_at = col_int(&r, 2),
					  .reason = col_text(&r, 3),
					  .proposer = col_text(&r, 4),
					  .confirmer = col_text(&r, 5)};
	return r.err;
}

/* ---- Who ---- */

/* `is_one`: the viewer is one of those two; `is_other`: and not in the part of who proposed. */
struct part {
	bool is_one, is_other;
};

static enum err meeting_of(struct request *rq, int64_t id, struct meeting *m)
{
	static const char sql[] = "SELECT year || '-' || number FROM meeting WHERE id = $1";
	struct str slug;

	TRY(db_text(rq->db, sql, WITH(INT(id)), &slug));
	return meeting_load(rq, slug, m);
}

static enum err part_of_viewer(struct request *rq, const struct poll *p, const struct poll_void *x,
			       struct part *out)
{
	int64_t me = rq->viewer.person_id;
	bool recused = false;
	struct meeting m;

	*out = (struct part){false, me != x->proposed_by};
	TRY(poll_viewer_recused(rq, p, &recused));
	if (recused)
		return OK;
	if (p->meeting_id == 0) {
		out->is_one = right_to_all(rq->viewer.roles, MEETING_PREPARE);
		return OK;
	}
	TRY(meeting_of(rq, p->meeting_id, &m));
	enum signer as = m.may_note ? minutes_signer(&m, me, m.may_lead) : SIGNERS;
	out->is_one = as != SIGNERS;
	out->is_other = out->is_other && as != minutes_signer(&m, x->proposed_by, true);
	return OK;
}

/* ---- When ---- */

static enum err is_approved(struct request *rq, const struct poll *p, bool *out)
{
	static const char sql[] =
	    "SELECT count(*) FROM minutes x JOIN meeting m ON m.id = x.meeting_id"
	    " WHERE x.approved_at IS NOT NULL AND CASE $1 WHEN 0 THEN m.opened_at >= $2"
	    "  ELSE m.id = $1 END";
	int64_t n = 0;

	TRY(db_int(rq->db, sql, WITH(INT(p->meeting_id), INT(p->closed_at)), &n));
	*out = n > 0;
	return OK;
}

static enum err is_last(struct request *rq, const struct poll *p, bool *out)
{
	static const char sql[] = "SELECT max(id) = $2 FROM poll WHERE decision_id = $1 AND kind "
				  "NOT IN ('urgency', 'recusal')";
	int64_t last = 0;

	TRY(db_int(rq->db, sql, WITH(INT(p->decision_id), INT(p->id)), &last));
	*out = last != 0;
	return OK;
}

static enum err is_possible(struct request *rq, const struct decision *d, const struct poll *p,
			    bool *out)
{
	bool approved = false, last = false;

	*out = false;
	if (p->closed_at == 0 || p->voided_at != 0 || !poll_is_on_matter(p->kind) ||
	    p->result == TALLY_NOT_QUORATE || decision_step_row(d->state, STEP_VOID) == NULL)
		return OK;
	TRY(is_approved(rq, p, &approved));
	TRY(is_last(rq, p, &last));
	*out = !approved && last;
	return OK;
}

static enum err load(struct request *rq, const struct decision *d, const struct poll *p,
		     struct poll_void *out, struct part *part)
{
	bool possible = false;

	TRY(load_row(rq, p, out));
	TRY(part_of_viewer(rq, p, out, part));
	TRY(is_possible(rq, d, p, &possible));
	bool proposed = out->id != 0 && out->confirmed_at == 0;
	out->may_propose = possible && out->id == 0 && part->is_one;
	out->may_confirm = possible && proposed && part->is_one && part->is_other;
	out->may_withdraw = proposed && part->is_one && out->proposed_by == rq->viewer.person_id;
	return OK;
}

enum err poll_void_load(struct request *rq, const struct decision *d, const struct poll *p,
			struct poll_void *out)
{
	struct part part;

	return load(rq, d, p, out, &part);
}

enum err poll_void_load_to_act(struct request *rq, const struct decision *d, const struct poll *p,
			       struct poll_void *out)
{
	struct part part;

	TRY(load(rq, d, p, out, &part));
	return part.is_one ? OK : E_FORBIDDEN;
}

/* ---- Proposing ---- */

static enum err note(struct request *rq, const char *object, int64_t id, const char *action,
		     struct str reason)
{
	return steering_event(rq,
			      &(struct steering_event){
				  .object = object, .id = id, .action = action, .reason = reason});
}

enum err poll_void_propose(struct request *rq, const struct decision *d, const struct poll *p,
			   struct str reason)
{
	static const char sql[] =
	    "INSERT INTO poll_void (poll_id, reason, proposed_by, proposed_at)"
	    " VALUES ($1, $2, $3, $4)";

	TRY(db_run(rq->db, sql,
		   WITH(INT(p->id), TEXT(reason), INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	return note(rq, "decision", d->id, "void_propose", reason);
}

enum err poll_void_withdraw(struct request *rq, const struct decision *d, const struct poll_void *x)
{
	static const char sql[] = "UPDATE poll_void SET withdrawn_at = $2 WHERE id = $1"
				  " AND confirmed_at IS NULL AND withdrawn_at IS NULL";
	int64_t changed = 0;

	TRY(db_run(rq->db, sql, WITH(INT(x->id), INT(clock_now())), &changed));
	if (changed == 0)
		return E_CONFLICT;
	return note(rq, "decision", d->id, "void_withdraw", S(""));
}

/* ---- Confirming ---- */

static enum err write_void(struct request *rq, struct poll *p, const struct poll_void *x)
{
	static const char sql[] =
	    "UPDATE poll_void SET confirmed_by = $2, confirmed_at = $3"
	    " WHERE id = $1 AND confirmed_at IS NULL AND withdrawn_at IS NULL";
	struct register_book book = register_of(rq);
	int64_t changed = 0;

	p->voided_at = clock_now();
	TRY(db_run(rq->db, sql, WITH(INT(x->id), INT(rq->viewer.person_id), INT(p->voided_at)),
		   &changed));
	if (changed == 0)
		return E_CONFLICT;
	return register_poll_voided(
	    &book, &(struct register_poll_voided){.poll = p->id,
						  .reason = x->reason,
						  .proposed = WHO(x->proposed_by),
						  .confirmed = WHO(rq->viewer.person_id)});
}

/* While its point is called, the next round may follow at once. */
static enum err point_is_called(struct request *rq, const struct poll *p, bool *out)
{
	static const char sql[] =
	    "SELECT count(*) FROM agenda_entry e JOIN meeting m ON m.id = e.meeting_id"
	    " WHERE e.id = $1 AND e.started_at IS NOT NULL AND e.ended_at IS NULL"
	    "   AND m.state IN ('running', 'paused')";
	int64_t n = 0;

	TRY(db_int(rq->db, sql, WITH(INT(p->agenda_entry_id)), &n));
	*out = n > 0;
	return OK;
}

static enum err give_back(struct request *rq, struct decision *d, const struct poll *p,
			  struct str reason)
{
	static const char sql[] = "UPDATE agenda_entry SET outcome = $2, outcome_reason = $3,"
				  " row_version = row_version + 1 WHERE id = $1";
	bool called = false;

	TRY(point_is_called(rq, p, &called));
	if (p->agenda_entry_id != 0)
		TRY(db_run(rq->db, sql,
			   WITH(INT(p->agenda_entry_id),
				called ? INT_OR_NONE(0) : TEXT(S("deferred")),
				TEXT(called ? S("") : S("Abstimmung für ungültig erklärt"))),
			   NULL));
	return decision_step(rq, d, called ? STEP_VOID_CALLED : STEP_VOID, reason);
}

enum err poll_void_confirm(struct request *rq, struct decision *d, struct poll *p,
			   const struct poll_void *x)
{
	TRY(write_void(rq, p, x));
	if (p->result == TALLY_ADOPTED) {
		TRY(follow_up_void(rq, d, p, x->reason));
		TRY(rq->app->vote_voided(rq, d->id, x->reason));
	}
	TRY(give_back(rq, d, p, x->reason));
	TRY(note(rq, "poll", p->id, "void", x->reason));
	return poll_letters_voided(rq, d, p);
}
