/*
 * meeting_answer.h -- whether a municipality comes to a meeting.
 *
 * The newest answer since the date last changed counts.
 */
#ifndef STEERING_MEETING_ANSWER_H
#define STEERING_MEETING_ANSWER_H

#include "features/steering/meeting.h"

enum attends { ATTENDS_ROOM, ATTENDS_REMOTE, ATTENDS_PROXY, ATTENDS_ABSENT, ATTENDS_COUNT };
extern const struct str attends_names[ATTENDS_COUNT]; /* as stored: "remote" */
struct str attends_label(enum attends a);             /* "per Video" */

/* The row `a` of meeting_answer is the one that counts, in SQL. */
#define ANSWER_COUNTS                                                                              \
	"a.at >= coalesce((SELECT max(moved_at) FROM meeting_date d"                               \
	"  WHERE d.meeting_id = a.meeting_id), 0)"                                                 \
	" AND NOT EXISTS (SELECT 1 FROM meeting_answer n WHERE n.meeting_id = a.meeting_id"        \
	"  AND n.municipality_id = a.municipality_id AND n.at > a.at)"

MUST enum err meeting_answered(struct request *rq, int64_t meeting_id, int64_t municipality_id,
			       bool *out);
/* ATTENDS_COUNT without an answer; `who` answered. */
MUST enum err meeting_answer_load(struct request *rq, int64_t meeting_id, int64_t municipality_id,
				  enum attends *out, struct str *who);

/* The viewer's seat on the day of the meeting; E_FORBIDDEN without one. */
MUST enum err meeting_own_seat(struct request *rq, const struct meeting *m, struct roll *roll,
			       const struct seat **out);

#endif
