/*
 * agenda_form.h -- the fields of a point of the agenda, in and out.
 */
#ifndef STEERING_AGENDA_FORM_H
#define STEERING_AGENDA_FORM_H

#include "app/form.h"
#include "features/steering/agenda.h"
#include "features/steering/meeting_people.h"

/* Published templates that wait for a meeting. */
struct pool {
	size_t n;
	struct pool_decision {
		int64_t id, presenter_id;
		struct str slug, title;
	} * v;
};
struct agenda_form {
	struct form form;
	const struct meeting *m;
	struct agenda_entry e; /* what the fields say */
	bool fresh;            /* not yet on the agenda */
	struct pool pool;      /* empty once the meeting has begun */
	struct person_options people;
};
MUST enum err agenda_form_begin(struct agenda_form *f, struct request *rq, const struct meeting *m,
				const struct agenda_entry *stored);
void agenda_form_fill(struct agenda_form *f);
void agenda_form_read(struct agenda_form *f);
void agenda_form_show(struct agenda_form *f);
void agenda_form_differences(const struct agenda_form *f, const struct agenda_entry *theirs,
			     struct view *v);

#endif
