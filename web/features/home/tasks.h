/*
 * tasks.h -- what waits for the viewer, on the start page and as a number in the navigation.
 *
 * Each part of the program that lets something wait has a statement here; the list is sorted by
 * the day it is due.
 */
#ifndef HOME_TASKS_H
#define HOME_TASKS_H

#include "app/app.h"
#include "app/deadline.h"
#include "base/date.h"

struct task {
	struct str kind; /* "question", "vote": a section of home_show.html each */
	struct str slug, name, text;
	int64_t id;
	struct date due; /* none: whenever */
	int64_t asked_at;
};
struct tasks {
	struct arena *arena;
	size_t n, room;
	struct task *v; /* the most urgent first */
};
MUST enum err tasks_load(struct request *rq, struct tasks *out);
void tasks_add(struct tasks *list, const struct task *t);
/* By when templates lie before the committee; for the tasks and the calendar. */
MUST enum err committee_deadline(struct request *rq, struct deadline_rule *out);
/* Remarks of the viewer's own that want an answer, versions that want a second person. */
MUST enum err tasks_add_handbook(struct request *rq, struct tasks *out);
/* Votes, answers, templates and resolutions of the steering committee, and its register to
 * countersign: 30 days after something was sealed that the municipality has no head for. */
MUST enum err tasks_add_steering(struct request *rq, struct tasks *out);
/* What administrators of people have to look after, proposals of roles, and municipalities that
 * want to leave. */
MUST enum err tasks_add_people(struct request *rq, struct tasks *out);

/* The list on the start page. */
MUST enum err tasks_show(struct request *rq);
/* How many chapters of a version the viewer has not confirmed: S_ALL_READ, or S_UNREAD. */
MUST enum err unread_show(struct request *rq, struct view *v, int64_t revision_id);
/* "keine", "1 Frage", "3 Fragen" */
void tasks_show_count(struct view *row, int64_t count);

#endif
