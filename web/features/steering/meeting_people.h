/*
 * meeting_people.h -- people to choose from in the forms about meetings.
 */
#ifndef STEERING_MEETING_PEOPLE_H
#define STEERING_MEETING_PEOPLE_H

#include "app/app.h"

enum people {
	PEOPLE_COMMITTEE, /* who may lead a meeting */
	PEOPLE_PROJECT    /* who may present or take the minutes */
};
struct person_options {
	size_t n;
	struct person_option {
		int64_t id;
		struct str name, place; /* place: short name of the municipality, or empty */
	} * v;
};
MUST enum err person_options_load(struct request *rq, enum people who, struct person_options *out);
/* NULL for somebody who is not among them. */
const struct person_option *person_option(const struct person_options *o, int64_t id);
/* Rows of a select: ID, LABEL, SELECTED. */
void person_options_show(struct request *rq, const struct person_options *o, struct view *v,
			 const char *section, int64_t chosen);

#endif
