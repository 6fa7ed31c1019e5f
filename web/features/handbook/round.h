/*
 * round.h -- review rounds ("Rückmelderunden"): a frozen version, people who are asked to read it,
 * a last day.
 *
 * Whether a round runs follows from the clock: its last day counts to its end in Europe/Berlin.
 * rounds_close_due only writes down what already holds, so nobody sees whether it came late.
 * Silence is written down as "no_reply" and is never consent.
 */
#ifndef HANDBOOK_ROUND_H
#define HANDBOOK_ROUND_H

#include "app/app.h"
#include "base/date.h"

enum round_state { ROUND_PLANNED, ROUND_OPEN, ROUND_EXTENDED, ROUND_CLOSED, ROUND_EVALUATED };
enum { ROUND_STATES = ROUND_EVALUATED + 1 };
struct str round_state_name(enum round_state s);  /* "open" */
struct str round_state_label(enum round_state s); /* "läuft" */

struct round {
	int64_t id, number, revision_id, created_by, closed_at, evaluated_at, row_version;
	struct str note; /* what reviewers should look at */
	struct date opens_on, closes_on, first_closes_on;
	bool takes_late; /* feedback after the end is marked; otherwise it belongs to no round */
	enum round_state state;
};
bool round_runs(const struct round *r);

/* Everybody in the project sees every round. */
MUST enum err round_load(struct request *rq, int64_t id, struct round *out);
/* The one that runs; E_NOT_FOUND when none does. */
MUST enum err round_open(struct request *rq, struct round *out);
/* All, the newest first. */
MUST enum err rounds_load(struct request *rq, struct round **out, size_t *n);

/*
 * The viewer has given feedback in this round: for the writer of feedback, in its transaction.
 * Changes nothing when the viewer was not asked or the round is over, because an answer after the
 * last day does not undo the silence that was written down; the feedback itself is marked late.
 */
MUST enum err round_mark_given(struct request *rq, int64_t round_id);

/* Ends a round: missing answers are written down, letters that wait are called back. */
MUST enum err round_close(struct request *rq, const struct round *r);
/* The same in the running transaction for all rounds whose last day is over. */
MUST enum err rounds_close_over(struct request *rq);
/* For the supervisor's clock: takes the write lock only when a round is over.  Not inside a
 * transaction. */
MUST enum err rounds_close_due(struct db *db, struct arena *a);

#endif
