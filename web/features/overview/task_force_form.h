/*
 * task_force_form.h -- the form for creating and editing a task force.
 *
 * The PMO sees all of it; a lead sees goal, period and link, and what is not in the form is
 * refused when it is sent all the same.
 */
#ifndef OVERVIEW_TASK_FORCE_FORM_H
#define OVERVIEW_TASK_FORCE_FORM_H

#include "app/form.h"
#include "features/overview/task_force.h"

struct option {
	int64_t id;
	struct str label;
};
struct options {
	size_t n, room;
	struct option *v;
};

struct tf_form {
	struct form form;
	const struct task_force *tf;  /* NULL: a new one */
	const struct tf_values *base; /* of the version the form was opened with; NULL: a new one */
	bool whole;                   /* with the fields of the PMO */
	struct tf_values values;      /* what stands in it, as far as it could be read */
	struct options municipalities, persons;
};

/* Loads what can be chosen; `values` begin as those of `base`.  What equals its value there was not
 * touched and can be sent even if it could not be chosen any more: the merge decides about it. */
MUST enum err tf_form_begin(struct tf_form *f, struct request *rq, const struct task_force *tf,
			    const struct tf_values *base);
/* Puts stored values into the fields. */
void tf_form_fill(struct tf_form *f, const struct tf_values *values);
/* Reads what was sent into f->values; mistakes are in f->form. */
MUST enum err tf_form_read(struct tf_form *f);
/* Everything into the page (part/task_force_fields.html). */
void tf_form_show(const struct tf_form *f);

/* For the page of a conflict: "Zeitraum" and "09/2025 – 03/2027", and the id of the input. */
struct str tf_field_label(enum tf_field field);
struct str tf_field_id(enum tf_field field);
struct str tf_field_text(const struct tf_form *f, const struct tf_values *t, enum tf_field field);

#endif
