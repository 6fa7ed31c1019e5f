/*
 * meeting.h -- meetings of the steering committee: their states, and loading one for a viewer.
 *
 * A meeting keeps its number ("2026-4" in addresses) when it is moved.  Everybody in the project
 * sees all meetings, drafts too.
 */
#ifndef STEERING_MEETING_H
#define STEERING_MEETING_H

#include "features/steering/steering.h"

enum meeting_state {
	MEETING_DRAFT,
	MEETING_INVITED,
	MEETING_RUNNING,
	MEETING_PAUSED,
	MEETING_CLOSED,
	MEETING_MINUTES_DRAFT,
	MEETING_MINUTES_APPROVED,
	MEETING_CANCELLED,
	MEETING_STATES
};
extern const struct str meeting_state_names[MEETING_STATES]; /* as stored: "invited" */
struct str meeting_state_label(enum meeting_state s);        /* "eingeladen" */

struct meeting {
	int64_t id, year, number, row_version;
	struct str slug; /* "2026-4" */
	enum meeting_state state;
	struct date day;
	int start_minute;
	int64_t starts_at, slot; /* slot: minutes set aside */
	struct str place, link, access;
	int64_t chair_id, deputy_id, minute_taker_id; /* 0: nobody yet */
	struct str chair, deputy, minute_taker;
	struct date answer_by;
	struct str uid;
	int64_t sequence, invited_at, opened_at, closed_at; /* 0: not yet */
	/* What the viewer may do with this meeting. */
	bool may_prepare; /* call it, write its agenda */
	bool may_lead;    /* any chair; or as its chair or deputy chair */
	bool may_note;    /* attendance: who leads it, and its minute-taker */
	bool sees_restricted;
};
/* Visible to all members; E_NOT_FOUND. */
MUST enum err meeting_load(struct request *rq, struct str slug, struct meeting *out);
/* And E_FORBIDDEN for somebody who may not do this with this very meeting: MEETING_PREPARE,
 * MEETING_CHAIR or MINUTES_WRITE. */
MUST enum err meeting_load_for(struct request *rq, struct str slug, enum action action,
			       struct meeting *out);

bool meeting_is_over(const struct meeting *m);   /* closed or cancelled */
bool meeting_has_begun(const struct meeting *m); /* running, paused or closed */
bool meeting_runs(const struct meeting *m);      /* running or paused */

/* "Steuerungskreis 4/2026"; "10:00–12:00 Uhr". */
struct str meeting_title(struct arena *a, const struct meeting *m);
struct str meeting_hours(struct arena *a, const struct meeting *m);
/* "Rathaus Lindheim und per Video" */
struct str meeting_where(struct arena *a, const struct meeting *m);

/* Moves it to another state, with its step in the history.  E_CONFLICT when somebody else was
 * faster; m follows. */
MUST enum err meeting_set_state(struct request *rq, struct meeting *m, enum meeting_state to,
				const char *action, struct str reason);
/* Counts a change that is written beside this; E_CONFLICT when somebody else was faster. */
MUST enum err meeting_touch(struct request *rq, struct meeting *m);

/* E_CONFLICT unless the form's field "version" is the meeting's; shows nothing. */
MUST enum err meeting_version_asked(struct request *rq, const struct meeting *m);

/* Title, state, day and place on a page, with the address of the meeting. */
void meeting_head(struct request *rq, struct view *v, const struct meeting *m);
/* The sign of the state: one of the sections of part/meeting_state.html. */
void meeting_show_state(struct view *v, const struct meeting *m);

#endif
