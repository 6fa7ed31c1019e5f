/* decision_flow.c -- the steps of a decision template: state × step × right, and taking one. */
#include "features/steering/decision.h"

const struct str decision_state_names[DECISION_STATES] = {
    [DECISION_DRAFT] = S_INIT("draft"),
    [DECISION_IN_REVIEW] = S_INIT("review"),
    [DECISION_PUBLISHED] = S_INIT("published"),
    [DECISION_SCHEDULED] = S_INIT("scheduled"),
    [DECISION_CALLED] = S_INIT("called"),
    [DECISION_VOTING] = S_INIT("voting"),
    [DECISION_CIRCULATING] = S_INIT("circulating"),
    [DECISION_ADOPTED] = S_INIT("adopted"),
    [DECISION_REJECTED] = S_INIT("rejected"),
    [DECISION_IN_FOLLOW_UP] = S_INIT("in_follow_up"),
    [DECISION_DONE] = S_INIT("done"),
    [DECISION_SUPERSEDED] = S_INIT("superseded"),
    [DECISION_WITHDRAWN] = S_INIT("withdrawn"),
};

struct str decision_state_label(enum decision_state s)
{
	static const struct str labels[DECISION_STATES] = {
	    [DECISION_DRAFT] = S_INIT("Entwurf"),
	    [DECISION_IN_REVIEW] = S_INIT("in Prüfung"),
	    [DECISION_PUBLISHED] = S_INIT("in Beratung"),
	    [DECISION_SCHEDULED] = S_INIT("auf der Tagesordnung"),
	    [DECISION_CALLED] = S_INIT("aufgerufen"),
	    [DECISION_VOTING] = S_INIT("Abstimmung läuft"),
	    [DECISION_CIRCULATING] = S_INIT("Umlauf läuft"),
	    [DECISION_ADOPTED] = S_INIT("angenommen"),
	    [DECISION_REJECTED] = S_INIT("abgelehnt"),
	    [DECISION_IN_FOLLOW_UP] = S_INIT("in Umsetzung"),
	    [DECISION_DONE] = S_INIT("umgesetzt"),
	    [DECISION_SUPERSEDED] = S_INIT("aufgehoben"),
	    [DECISION_WITHDRAWN] = S_INIT("zurückgezogen"),
	};

	return labels[s];
}

#define ROW(step, from, to, right, reason, name)                                                   \
	{                                                                                          \
		STEP_##step, DECISION_##from, DECISION_##to, right, reason, name                   \
	}
/* clang-format off */
const struct decision_step_row decision_steps[] = {
    ROW(SUBMIT,     DRAFT,        IN_REVIEW,    DECISION_WRITE,   false, "submit"),
    ROW(RETURN,     IN_REVIEW,    DRAFT,        DECISION_REVIEW,  true,  "return"),
    ROW(PUBLISH,    IN_REVIEW,    PUBLISHED,    DECISION_REVIEW,  false, "publish"),
    ROW(REVISE,     PUBLISHED,    DRAFT,        DECISION_WRITE,   true,  "revise"),
    ROW(REVISE,     SCHEDULED,    DRAFT,        DECISION_WRITE,   true,  "revise"),
    ROW(SCHEDULE,   PUBLISHED,    SCHEDULED,    MEETING_PREPARE,  false, "schedule"),
    ROW(PLACE,      PUBLISHED,    SCHEDULED,    EVERYONE,         false, "schedule"),
    ROW(UNSCHEDULE, SCHEDULED,    PUBLISHED,    MEETING_PREPARE,  true,  "unschedule"),
    ROW(WITHDRAW,   DRAFT,        WITHDRAWN,    DECISION_WRITE,   true,  "withdraw"),
    ROW(WITHDRAW,   IN_REVIEW,    WITHDRAWN,    DECISION_WRITE,   true,  "withdraw"),
    ROW(WITHDRAW,   PUBLISHED,    WITHDRAWN,    DECISION_WRITE,   true,  "withdraw"),
    ROW(WITHDRAW,   SCHEDULED,    WITHDRAWN,    DECISION_WRITE,   true,  "withdraw"),
    ROW(CALL,       SCHEDULED,    CALLED,       MEETING_CHAIR,    false, "call"),
    ROW(DEFER,      SCHEDULED,    PUBLISHED,    MEETING_CHAIR,    true,  "defer"), /* not called */
    ROW(DEFER,      CALLED,       PUBLISHED,    MEETING_CHAIR,    true,  "defer"),
    ROW(OPEN,       CALLED,       VOTING,       MEETING_CHAIR,    false, "open"),
    ROW(ABORT,      VOTING,       CALLED,       MEETING_CHAIR,    true,  "abort"),
    ROW(CIRCULATE,  PUBLISHED,    CIRCULATING,  DECISION_REVIEW,  false, "circulate"),
    ROW(STOP,       CIRCULATING,  PUBLISHED,    EVERYONE,         false, "stop"),
    ROW(ADOPT,      VOTING,       ADOPTED,      MEETING_CHAIR,    false, "adopt"),
    ROW(ADOPT,      CIRCULATING,  ADOPTED,      EVERYONE,         false, "adopt"),
    ROW(REJECT,     VOTING,       REJECTED,     MEETING_CHAIR,    false, "reject"),
    ROW(REJECT,     CIRCULATING,  REJECTED,     EVERYONE,         false, "reject"),
    ROW(FAIL,       VOTING,       PUBLISHED,    MEETING_CHAIR,    false, "fail"),
    ROW(FAIL,       CIRCULATING,  PUBLISHED,    EVERYONE,         false, "fail"),
    ROW(FOLLOW,     ADOPTED,      IN_FOLLOW_UP, EVERYONE,         false, "follow"),
    ROW(FINISH,     IN_FOLLOW_UP, DONE,         DECISION_REVIEW,  false, "finish"),
    ROW(SUPERSEDE,  IN_FOLLOW_UP, SUPERSEDED,   EVERYONE,         true,  "supersede"),
    ROW(SUPERSEDE,  DONE,         SUPERSEDED,   EVERYONE,         true,  "supersede"),
    ROW(VOID,       IN_FOLLOW_UP, PUBLISHED,    EVERYONE,         true,  "void"),
    ROW(VOID,       DONE,         PUBLISHED,    EVERYONE,         true,  "void"),
    ROW(VOID,       REJECTED,     PUBLISHED,    EVERYONE,         true,  "void"),
    ROW(VOID_CALLED, IN_FOLLOW_UP, CALLED,       EVERYONE,         true,  "void"),
    ROW(VOID_CALLED, DONE,        CALLED,       EVERYONE,         true,  "void"),
    ROW(VOID_CALLED, REJECTED,    CALLED,       EVERYONE,         true,  "void"),
    ROW(RESTORE,    SUPERSEDED,   IN_FOLLOW_UP, EVERYONE,         true,  "restore"),
    ROW(RESTORE_DONE, SUPERSEDED, DONE,         EVERYONE,         true,  "restore"),
};
/* clang-format on */
const size_t decision_step_count = sizeof decision_steps / sizeof decision_steps[0];

const struct decision_step_row *decision_step_row(enum decision_state from, enum decision_step step)
{
	for (size_t i = 0; i < decision_step_count; i++)
		if (decision_steps[i].step == step && decision_steps[i].from == from)
			return &decision_steps[i];
	return NULL;
}

bool decision_may_write(const struct request *rq, const struct decision *d)
{
	return d->own || right_to_all(rq->viewer.roles, DECISION_WRITE);
}

/* The chair's deputy leads a meeting; which one is asked where that meeting is loaded. */
static bool has_right(const struct request *rq, const struct decision *d, enum action right)
{
	unsigned roles = rq->viewer.roles;

	if (right == EVERYONE || right_to_all(roles, right))
		return true;
	return right == DECISION_WRITE ? decision_may_write(rq, d) : right_to_enter(roles, right);
}

bool decision_has_step(const struct decision *d, enum decision_step step)
{
	if (d->held && (step == STEP_REVISE || step == STEP_WITHDRAW))
		return false;
	return decision_step_row(d->state, step) != NULL;
}

bool decision_may(const struct request *rq, const struct decision *d, enum decision_step step)
{
	const struct decision_step_row *row = decision_step_row(d->state, step);

	return decision_has_step(d, step) && has_right(rq, d, row->right);
}

enum err decision_step(struct request *rq, struct decision *d, enum decision_step step,
		       struct str reason)
{
	static const char sql[] = "UPDATE decision SET state = $3, row_version = row_version + 1"
				  " WHERE id = $1 AND state = $2 AND row_version = $4";
	const struct decision_step_row *row = decision_step_row(d->state, step);
	int64_t changed = 0;

	if (row == NULL)
		return E_CONFLICT;
	if (!has_right(rq, d, row->right))
		return E_FORBIDDEN;
	if (row->reason && reason.n == 0)
		return E_INTERNAL; /* the form asks for it */
	TRY(db_run(rq->db, sql,
		   WITH(INT(d->id), TEXT(decision_state_names[row->from]),
			TEXT(decision_state_names[row->to]), INT(d->row_version)),
		   &changed));
	if (changed == 0)
		return E_CONFLICT;
	d->state = row->to;
	d->row_version++;
	return steering_event(rq,
			      &(struct steering_event){.object = "decision",
						       .id = d->id,
						       .action = row->name,
						       .before = decision_state_names[row->from],
						       .after = decision_state_names[row->to],
						       .reason = reason});
}
