/*
 * decision.h -- decision templates ("Entscheidungsvorlagen"): their states, and who may take which
 * step from which state.
 *
 * decision_steps is the one table of states, steps and rights.  A handler calls decision_step; what
 * must hold besides (fields filled, meeting running, quorum) is asked by the part that owns it, in
 * the same transaction.  Every step is a row of steering_event with its reason.
 */
#ifndef STEERING_DECISION_H
#define STEERING_DECISION_H

#include "features/steering/steering.h"

enum decision_state {
	DECISION_DRAFT,
	DECISION_IN_REVIEW, /* at the project office */
	DECISION_PUBLISHED,
	DECISION_SCHEDULED, /* on an agenda */
	DECISION_CALLED,    /* its point has begun */
	DECISION_VOTING,
	DECISION_CIRCULATING, /* voted on in writing */
	DECISION_ADOPTED,
	DECISION_REJECTED,
	DECISION_IN_FOLLOW_UP,
	DECISION_DONE,
	DECISION_SUPERSEDED,
	DECISION_WITHDRAWN,
	DECISION_STATES
};
extern const struct str decision_state_names[DECISION_STATES]; /* as stored: "review" */
struct str decision_state_label(enum decision_state s);        /* "in Prüfung" */

enum decision_step {
	STEP_SUBMIT,
	STEP_RETURN,
	STEP_PUBLISH,
	STEP_REVISE,
	STEP_SCHEDULE,
	STEP_PLACE, /* the same by itself, after an objection to voting in writing */
	STEP_UNSCHEDULE,
	STEP_WITHDRAW,
	STEP_CALL,
	STEP_DEFER,
	STEP_OPEN,      /* the vote */
	STEP_ABORT,     /* the vote */
	STEP_CIRCULATE, /* vote in writing */
	STEP_STOP,      /* voting in writing: somebody objects to it */
	STEP_ADOPT,
	STEP_REJECT,
	STEP_FAIL, /* no quorum: back to the pool, the second meeting may decide */
	STEP_FOLLOW,
	STEP_FINISH,
	STEP_SUPERSEDE,
	STEP_VOID,        /* its vote became void: back to the pool */
	STEP_VOID_CALLED, /* … while its point is still called */
	STEP_RESTORE,     /* the vote that had revoked it became void */
	STEP_RESTORE_DONE,
	STEP_COUNT
};

struct decision_step_row {
	enum decision_step step;
	enum decision_state from, to;
	enum action right; /* EVERYONE: a consequence of something else, asked for by nobody */
	bool reason;       /* must be given */
	const char *name;  /* in the history: "publish" */
};
extern const struct decision_step_row decision_steps[];
extern const size_t decision_step_count;
/* The row of a step from a state; NULL when there is none. */
const struct decision_step_row *decision_step_row(enum decision_state from,
						  enum decision_step step);

struct decision {
	int64_t id, year, number, task_force_id, author_id, row_version;
	struct str slug, task_force, task_force_slug, author; /* names; task force empty: PMO's */
	enum decision_state state;
	bool second_meeting;
	/* Of the newest version. */
	int64_t version, published_at, counts_from; /* 0: not published */
	struct str title;
	bool own;              /* of a task force of the viewer's, in a role that may write */
	struct str restricted; /* the reason; empty: all members read it */
	bool hidden;           /* from the viewer (app/decision_visible.h) */
	bool held; /* a vote on admitting it runs: its wording stays until that has ended */
};
/* E_NOT_FOUND; E_FORBIDDEN when hidden from the viewer. */
MUST enum err decision_load(struct request *rq, struct str slug, struct decision *out);
/* Also hidden ones: for who shows no more than number and reason. */
MUST enum err decision_load_hidden(struct request *rq, struct str slug, struct decision *out);
/* Also hidden ones: for acts of the committee. */
MUST enum err decision_by_id(struct request *rq, int64_t id, struct decision *out);

/* Which task-force roles may write, and for whom: three binds of a statement. */
#define DECISION_FOR(rq)                                                                           \
	INT(right_to_own(ROLE_TF_LEAD, DECISION_WRITE) ? 1 : 0),                                   \
	    INT(right_to_own(ROLE_TF_MEMBER, DECISION_WRITE) ? 1 : 0), INT((rq)->viewer.person_id)

/* May the viewer write this template, in whatever state it is? */
bool decision_may_write(const struct request *rq, const struct decision *d);
/* Has the template this step now, for whoever has the right?  Not revised or withdrawn while held.
 */
bool decision_has_step(const struct decision *d, enum decision_step step);
/* May the viewer take this step now?  That, and the right; nothing else. */
bool decision_may(const struct request *rq, const struct decision *d, enum decision_step step);
/* Takes it: E_FORBIDDEN without the right, E_CONFLICT from a state without it or when somebody else
 * was faster.  d->state and d->row_version follow. */
MUST enum err decision_step(struct request *rq, struct decision *d, enum decision_step step,
			    struct str reason);

/* The badge of a state: V_LABEL and a section of views/part/decision_badge.html, in `v`. */
void decision_show_badge(struct view *v, enum decision_state state);

/* Whether agenda entry `e` was admitted although late: by a vote on the wording it has now, or one
 * that an editorial change has left the same. */
#define WAIVED                                                                                     \
	" EXISTS (SELECT 1 FROM late_waiver w JOIN poll wp ON wp.id = w.poll_id"                   \
	"  JOIN decision_version wv ON wv.decision_id = wp.decision_id AND wv.version = "          \
	"wp.version"                                                                               \
	"  WHERE w.agenda_entry_id = e.id AND wp.decision_id = e.decision_id AND wv.counts_from =" \
	"   (SELECT wn.counts_from FROM decision_version wn WHERE wn.decision_id = e.decision_id"  \
	"     ORDER BY wn.version DESC LIMIT 1))"

#endif
