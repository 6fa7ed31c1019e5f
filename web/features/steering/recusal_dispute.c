/* recusal_dispute.c -- a recusal noted by somebody else is disputed, and the committee decides
 * without that person. */
#include "features/steering/recusal.h"

#include "app/form.h"
#include "base/clock.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/poll.h"
#include "features/steering/register_records.h"

#include <inttypes.h>

const struct form_field recusal_why_field = {S_INIT("warum"), V_WARUM, S_WARUM_FEHLER};

bool recusal_may_dispute(const struct request *rq, const struct recusal *x)
{
	return x->person_id == rq->viewer.person_id && x->noted_by_id != rq->viewer.person_id &&
	       x->disputed_at == 0;
}

static enum err event(struct request *rq, int64_t decision_id, const char *action, int64_t person)
{
	return steering_event(
	    rq, &(struct steering_event){.object = "decision",
					 .id = decision_id,
					 .action = action,
					 .after = arena_fmt(rq->arena, "%" PRId64, person)});
}

static enum err dispute(struct request *rq, const struct recusal_act *act)
{
	static const char sql[] = "UPDATE recusal SET disputed_at = $2, dispute_reason = $3"
				  " WHERE id = $1 AND disputed_at IS NULL AND lifted_at IS NULL";
	struct register_book book = register_of(rq);
	struct register_recusal_disputed r = {.decision = act->e->decision_id,
					      .meeting = act->m.id,
					      .person = WHO(act->x->person_id)};
	int64_t changed = 0;

	TRY(db_run(rq->db, sql, WITH(INT(act->x->id), INT(clock_now()), TEXT(act->why)), &changed));
	if (changed != 1)
		return E_CONFLICT;
	TRY(event(rq, r.decision, "recusal_dispute", act->x->person_id));
	return register_recusal_disputed(&book, &r);
}

/* POST /sitzungen/:slug/punkte/:id/bestreiten */
enum err recusal_dispute(struct request *rq)
{
	struct recusal_act act;

	TRY(recusal_act_begin(rq, &recusal_why_field, &act));
	if (act.x != NULL && act.x->person_id != rq->viewer.person_id)
		return E_FORBIDDEN;
	if (act.x == NULL || !recusal_may_dispute(rq, act.x) || !recusal_is_open(&act.m, act.e))
		return recusal_act_page(&act, 409);
	if (form_wrong(&act.f))
		return recusal_act_page(&act, 422);
	TRY(dispute(rq, &act));
	return recusal_act_done(&act, M_RECUSAL_DISPUTED);
}

enum err recusal_to_decide(struct request *rq, const struct recusal_place *where, int64_t *id,
			   struct str *name)
{
	static const char sql[] =
	    "SELECT x.id, p.name FROM recusal x JOIN person p ON p.id = x.person_id"
	    " WHERE x.decision_id = $1 AND x.meeting_id = $2 AND " RECUSAL_UNDECIDED
	    " ORDER BY x.id LIMIT 1";
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(where->decision_id), INT(where->meeting_id)));

	*id = 0;
	*name = S("");
	if (rows_next(&r)) {
		*id = col_int(&r, 0);
		*name = col_text(&r, 1);
	}
	return r.err;
}

enum err recusal_decide(struct request *rq, const struct poll *p)
{
	static const char who_sql[] = "SELECT person_id FROM recusal WHERE id = $1";
	static const char lift_sql[] =
	    "UPDATE recusal SET lifted_at = $2, lifted_reason = 'Der Steuerungskreis hat"
	    " entschieden: nicht befangen.' WHERE id = $1 AND lifted_at IS NULL";
	struct register_book book = register_of(rq);
	bool stands = p->result == TALLY_ADOPTED;
	int64_t person = 0;

	if (p->result == TALLY_NOT_QUORATE)
		return OK;
	TRY(db_int(rq->db, who_sql, WITH(INT(p->recusal_id)), &person));
	if (!stands)
		TRY(db_run(rq->db, lift_sql, WITH(INT(p->recusal_id), INT(p->closed_at)), NULL));
	TRY(event(rq, p->decision_id, stands ? "recusal_stands" : "recusal_ends", person));
	return register_recusal_decided(
	    &book, &(struct register_recusal_decided){.poll = p->id,
						      .decision = p->decision_id,
						      .meeting = p->meeting_id,
						      .person = WHO(person),
						      .stands = stands});
}

enum err recusal_is_settled(struct request *rq, const struct recusal_place *where,
			    int64_t person_id, bool *out)
{
	static const char sql[] =
	    "SELECT count(*) FROM recusal x JOIN poll q ON q.decision_id = x.decision_id"
	    "  AND q.recusal_id = x.id"
	    " WHERE x.decision_id = $1 AND x.meeting_id = $2 AND x.person_id = $3"
	    "  AND q.result = 'rejected'";
	int64_t n = 0;

	TRY(db_int(rq->db, sql,
		   WITH(INT(where->decision_id), INT(where->meeting_id), INT(person_id)), &n));
	*out = n > 0;
	return OK;
}
