/*
 * feedback.h -- remarks on the handbook ("Rückmeldungen"): who sees which, their words, their
 * history.
 *
 * Feedback is visible to the whole project, to the editors, or first to the author's municipality
 * until its administrator releases it as a statement of the municipality.  FEEDBACK_VISIBLE is the
 * one rule, used by every query that shows feedback: pages, board, search, exports, counts.
 */
#ifndef HANDBOOK_FEEDBACK_H
#define HANDBOOK_FEEDBACK_H

#include "app/app.h"
#include "base/date.h"

/* For the table "f", with the viewer as the first three binds of the statement: see FEEDBACK_FOR.
 * What was hidden for data protection is shown to nobody; a draft is its author's.  What most rows
 * are comes first, because tables count all of them. */
#define FEEDBACK_VISIBLE "(f.hidden_at IS NULL AND " FEEDBACK_MEANT ")"
/* The same, hidden or not: for the page that says that something is hidden, without its words. */
#define FEEDBACK_MEANT                                                                             \
	"(f.visibility = 'project' AND f.state <> 'draft' OR f.author_id = $1"                     \
	" OR f.state <> 'draft' AND (f.visibility = 'editors' AND $3"                              \
	" OR f.visibility = 'municipality' AND f.municipality_id = $2))"
/* db_query(rq->db, sql, WITH(FEEDBACK_FOR(rq), INT(id))) */
#define FEEDBACK_FOR(rq)                                                                           \
	INT((rq)->viewer.person_id), INT((rq)->viewer.municipality_id),                            \
	    INT(right_to_all((rq)->viewer.roles, FEEDBACK_DECIDE) ? 1 : 0)
/* Waits for the editors. */
#define FEEDBACK_OPEN "f.state IN ('open', 'in_progress', 'query')"

enum feedback_kind {
	KIND_QUESTION,
	KIND_HINT,
	KIND_SUGGESTION,
	KIND_ERROR,
	KIND_OPEN_QUESTION,
	KIND_COUNT
};
enum feedback_state {
	FEEDBACK_DRAFT,
	FEEDBACK_OPENED,
	FEEDBACK_IN_PROGRESS,
	FEEDBACK_QUERY,
	FEEDBACK_DECIDED,
	FEEDBACK_DONE,
	FEEDBACK_CLOSED,
	FEEDBACK_WITHDRAWN,
	FEEDBACK_STATES
};
enum outcome {
	OUTCOME_ACCEPTED,
	OUTCOME_PARTLY,
	OUTCOME_OTHERWISE,
	OUTCOME_REJECTED,
	OUTCOME_POSTPONED,
	OUTCOME_DUPLICATE,
	OUTCOME_ANSWERED,
	OUTCOME_TO_COMMITTEE,
	OUTCOME_OUT_OF_SCOPE,
	OUTCOME_COUNT
};
enum visibility { VISIBLE_PROJECT, VISIBLE_MUNICIPALITY, VISIBLE_EDITORS, VISIBILITY_COUNT };

/* Names as stored (and as values of forms and filters), for form_choice; labels as read. */
extern const struct str kind_names[KIND_COUNT], state_names[FEEDBACK_STATES],
    outcome_names[OUTCOME_COUNT], visibility_names[VISIBILITY_COUNT];
struct str kind_label(enum feedback_kind k);    /* "Frage" */
struct str state_label(enum feedback_state s);  /* "in Bearbeitung" */
struct str outcome_label(enum outcome o);       /* "nicht übernommen" */
struct str visibility_label(enum visibility v); /* "die eigene Kommune" */
/* Unknown names become the last value of the enum, COUNT. */
enum feedback_kind kind_named(struct str name);
enum feedback_state state_named(struct str name);
enum outcome outcome_named(struct str name); /* OUTCOME_COUNT: none yet */
enum visibility visibility_named(struct str name);

struct feedback {
	int64_t id, document_id, round_id, round_number, number, row_version;
	struct str label; /* "R3-017", outside of rounds "F-004" */
	enum feedback_kind kind;
	enum feedback_state state;
	enum outcome outcome; /* OUTCOME_COUNT: none */
	enum visibility visibility;
	int64_t author_id, municipality_id, assignee_id, decided_by, duplicate_of, done_in;
	/* "ehemalige Person (Stadt …)" once erased */
	struct str author, author_org, assignee, decider;
	struct str text, reason, response, response_reason, on_behalf_of;
	struct date postponed_until;
	int64_t created_at, decided_at, response_at, released_at;
	bool late;
	bool author_gone; /* left, suspended or erased: the municipality speaks instead */
};

/* E_NOT_FOUND for what the viewer may not see. */
MUST enum err feedback_load(struct request *rq, int64_t id, struct feedback *out);
struct str feedback_label(struct arena *a, int64_t round_number, int64_t number);

/* The badge of a remark: V_LABEL, and one of the sections S_BADGE_NEW, S_BADGE_WORK, S_BADGE_GOOD,
 * S_BADGE_BAD, S_BADGE_NEUTRAL of views/part/feedback_badge.html, in `v`. */
void feedback_show_badge(struct view *v, enum feedback_state state, enum outcome outcome);

/* One step in the history of feedback, a round, a version or an edition; also an audit row. */
struct handbook_event {
	const char *object; /* "feedback", "round", "revision", "edition" */
	int64_t id;
	const char *action; /* "decided" */
	struct str before, after, reason;
};
MUST enum err handbook_event(struct request *rq, const struct handbook_event *e);

#endif
