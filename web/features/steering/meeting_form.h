/*
 * meeting_form.h -- the fields of a meeting, in and out.
 */
#ifndef STEERING_MEETING_FORM_H
#define STEERING_MEETING_FORM_H

#include "app/form.h"
#include "features/steering/meeting.h"
#include "features/steering/meeting_people.h"

struct meeting_form {
	struct form form;
	struct meeting m; /* what the fields say */
	bool dated;       /* day and time are among them: until the invitation */
	struct person_options committee, project;
};
MUST enum err meeting_form_begin(struct meeting_form *f, struct request *rq,
				 const struct meeting *stored);
void meeting_form_fill(struct meeting_form *f);
void meeting_form_read(struct meeting_form *f);
void meeting_form_show(struct meeting_form *f);
/* Day and time alone, as in moving a meeting. */
void meeting_form_read_date(struct form *f, struct meeting *m);
void meeting_form_fill_date(struct form *f, const struct meeting *m);

/* Where theirs and mine differ: rows of part/theirs.html. */
void meeting_form_differences(const struct meeting_form *f, const struct meeting *theirs,
			      struct view *v);
/* One row of part/theirs.html; nothing where both are the same. */
void theirs_row(struct view *v, const char *label, struct str theirs, struct str mine);

#endif
