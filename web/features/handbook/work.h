/*
 * work.h -- what editors do with a remark in one step, alone or for many: give it to somebody, take
 * it up, decide, note the version that has it, close it.
 *
 * Nobody does any of it with a remark of their own.
 */
#ifndef HANDBOOK_WORK_H
#define HANDBOOK_WORK_H

#include "features/handbook/feedback_decision.h"

enum work_action { WORK_ASSIGN, WORK_START, WORK_DECIDE, WORK_DONE, WORK_CLOSE, WORK_ACTIONS };
/* Why a remark was refused. */
enum work_result {
	WORK_FINE,
	WORK_GONE,      /* not there, or not for this viewer */
	WORK_CHANGED,   /* by somebody else, since the page was made */
	WORK_OWN,       /* the viewer's own */
	WORK_AUTHOR,    /* given to the one who wrote it */
	WORK_IN_HOUSE,  /* not released by its municipality */
	WORK_SETTLED,   /* already decided, or withdrawn */
	WORK_UNDECIDED, /* nothing to work in or to close yet */
	WORK_NO_TEXT,   /* its outcome changes no text */
	WORK_NOT_DONE,  /* to be worked in before it is closed */
	WORK_ALREADY,   /* it is as it should become */
	WORK_ITSELF,    /* a duplicate of itself */
	WORK_RESULTS
};
extern const struct str work_names[WORK_ACTIONS], work_results[WORK_RESULTS];
struct str work_label(enum work_action action);      /* "zuweisen" */
struct str work_why(enum work_result result);        /* a sentence; empty for WORK_FINE */
enum work_action work_named(struct str name);        /* WORK_ACTIONS: unknown */
enum work_result work_result_named(struct str name); /* WORK_GONE when unknown */

struct work {
	enum work_action action;
	int64_t assignee;                  /* of WORK_ASSIGN */
	struct feedback_decision decision; /* of WORK_DECIDE */
	int64_t revision_id;               /* of WORK_DONE */
};

/* May it be done with this remark now? */
MUST enum err work_check(struct request *rq, const struct feedback *f, const struct work *w,
			 enum work_result *out);
/* The same without what only a form says: is there a form for it? */
bool work_offered(const struct request *rq, const struct feedback *f, enum work_action action);
/* After work_check said WORK_FINE in the same transaction. */
MUST enum err work_do(struct request *rq, const struct feedback *f, const struct work *w);

#endif
