/*
 * attendance.h -- who was at a meeting, from when to when: intervals.  Leaving ends the row, and
 * the proxies that person held; coming back is a new row.
 */
#ifndef STEERING_ATTENDANCE_H
#define STEERING_ATTENDANCE_H

#include "features/steering/agenda.h"

enum attendance_role {
	ROLE_HOLDER,
	ROLE_DEPUTY,
	ROLE_PRESENTER,
	ROLE_GUEST,
	ROLE_MINUTE_TAKER,
	ATTENDANCE_ROLES
};
extern const struct str attendance_role_names[ATTENDANCE_ROLES]; /* as stored: "deputy" */
struct str attendance_role_label(enum attendance_role r);        /* "Stellvertretung" */
enum attendance_mode { MODE_ROOM, MODE_REMOTE, ATTENDANCE_MODES };
extern const struct str attendance_mode_names[ATTENDANCE_MODES]; /* "room" */
struct str attendance_mode_label(enum attendance_mode m);        /* "vor Ort" */

struct attendance {
	int64_t id, person_id, municipality_id; /* person_id 0: a guest without an account */
	struct str name, place;
	enum attendance_role role;
	enum attendance_mode mode;
	int64_t from_at, until_at; /* until_at 0: still there */
};
struct attendances {
	size_t n;
	struct attendance *v; /* by name, then by time */
};
MUST enum err attendance_load(struct request *rq, const struct meeting *m, struct attendances *out);
/* The open row of a person, NULL when not there. */
const struct attendance *attendance_of(const struct attendances *all, int64_t person_id);

/* From the day of the meeting on, until it ends. */
bool attendance_is_open(const struct meeting *m);
/* As what this person would be there. */
MUST enum err attendance_role_of(struct request *rq, const struct meeting *m, int64_t person_id,
				 enum attendance_role *role, int64_t *municipality_id);

/* E_CONFLICT for somebody who is there already; `guest` names somebody without an account. */
MUST enum err attendance_come(struct request *rq, const struct meeting *m, int64_t person_id,
			      struct str guest, enum attendance_mode mode);
MUST enum err attendance_leave(struct request *rq, const struct meeting *m,
			       const struct attendance *who);
struct register_book;
/* Ends every open row of somebody whose account has ended, with its record, in the transaction of
 * `book`.  Before the person is erased: afterwards the register would not know her. */
MUST enum err attendance_gone(struct register_book *book, int64_t person_id);
/* The end of the meeting ends all rows. */
MUST enum err attendance_end(struct request *rq, const struct meeting *m);

/* The line about the quorum, with a warning while it is not there: part/quorum.html. */
MUST enum err quorum_show(struct request *rq, struct view *v, const struct meeting *m,
			  int64_t agenda_entry_id);

#endif
