/*
 * agenda.h -- the agenda of a meeting: its points with their times and, for decisions, whether the
 * template came in time.
 *
 * A point that is restricted shows its number, its kind and the reason to whoever has no seat in
 * the committee; `hidden` says so, and title, presenter and decision are empty then.
 */
#ifndef STEERING_AGENDA_H
#define STEERING_AGENDA_H

#include "features/steering/agenda_plan.h"
#include "features/steering/decision.h"
#include "features/steering/meeting.h"

enum agenda_kind {
	AGENDA_DECISION,
	AGENDA_INFORMATION,
	AGENDA_DISCUSSION,
	AGENDA_FORMAL,
	AGENDA_BREAK,
	AGENDA_KINDS
};
extern const struct str agenda_kind_names[AGENDA_KINDS]; /* as stored: "formal" */
struct str agenda_kind_label(enum agenda_kind k);        /* "Formalie" */

enum agenda_outcome {
	OUTCOME_NONE,
	OUTCOME_DECIDED,
	OUTCOME_HEARD,
	OUTCOME_DEFERRED,
	OUTCOME_WITHDRAWN,
	OUTCOME_SKIPPED,
	OUTCOME_COUNT
};
extern const struct str agenda_outcome_names[OUTCOME_COUNT]; /* as stored; none: empty */
struct str agenda_outcome_label(enum agenda_outcome o);      /* "vertagt" */

/* Why `agenda_entry e` is for the committee alone, empty when it is for all: what it says itself,
 * or another point of the same template (app/decision_visible.h: restricted once, restricted
 * everywhere). */
#define ENTRY_RESTRICTED                                                                           \
	"coalesce(nullif(e.restricted, ''), (SELECT re.restricted FROM agenda_entry re"            \
	"  WHERE re.decision_id = coalesce(e.decision_id, e.follows_id) AND re.restricted <> ''"   \
	"  ORDER BY re.id DESC LIMIT 1), '')"

struct agenda_entry {
	int64_t id, pos, number; /* number of the point, 0 for a break */
	enum agenda_kind kind;
	struct str title, presenter, waiver, restricted;
	struct str restricted_here; /* the reason of this very point, for its form */
	bool hidden;
	int64_t presenter_id, minutes, started_at, ended_at, row_version;
	bool by_itself; /* put there by a follow-up (follow_up.h) */
	enum agenda_outcome outcome;
	struct str outcome_reason;
	/* Of a decision; id 0: none. */
	int64_t decision_id, counts_from, version;
	struct str decision_slug;
	enum decision_state decision_state;
	bool timely, admitted; /* admitted: late, but urgent by a vote */
	bool second_time;      /* any number may decide: it failed before, and the letters say so */
	bool was_timely;       /* by the day before the last move; as timely when never moved */
	struct plan_entry plan;
};
struct agenda {
	size_t n;
	struct agenda_entry *entries;
	int64_t decisions, points, minutes, ends_at, over;
	const struct agenda_entry *current; /* has begun and not ended; NULL: none */
};
MUST enum err agenda_load(struct request *rq, const struct meeting *m, struct agenda *out);
/* One of this meeting, inside its agenda; E_NOT_FOUND for all others. */
MUST enum err agenda_find(const struct agenda *a, int64_t id, struct agenda_entry **out);
/* By rq->id, with the meeting of rq->slug; for `action` as meeting_load_for (PROJECT_SEE: all). */
MUST enum err agenda_entry_load(struct request *rq, enum action action, struct meeting *m,
				struct agenda *a, struct agenda_entry **out);

/* Adds a point at the end; a decision takes that step (STEP_SCHEDULE, STEP_PLACE), and who is
 * already invited hears of it (agenda_edit.c). */
MUST enum err agenda_add(struct request *rq, struct meeting *m, const struct agenda_entry *e,
			 enum decision_step step);

/* A decision that may be called: scheduled, and in time or admitted. */
bool agenda_may_decide(const struct agenda_entry *e);
/* Neither begun nor settled: it can still be changed, moved and taken off. */
bool agenda_open(const struct agenda_entry *e);

/* The rows of the agenda (section POINT) with clock times; part/agenda_row.html. */
void agenda_show(struct request *rq, struct view *v, const struct meeting *m,
		 const struct agenda *a);
/* The picture of the time plan: part/agenda_picture.html. */
void agenda_picture(struct request *rq, struct view *v, const struct meeting *m,
		    const struct agenda *a);
/* One point, into its own view. */
void agenda_show_entry(struct view *v, const struct agenda_entry *e);

#endif
