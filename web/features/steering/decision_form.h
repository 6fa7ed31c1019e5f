/*
 * decision_form.h -- the form for writing a decision template.
 *
 * A draft may be incomplete: only a subject is asked for, and that what was filled in can be read.
 * Links have a few empty rows at the end; after saving there are new ones, so no script is needed.
 */
#ifndef STEERING_DECISION_FORM_H
#define STEERING_DECISION_FORM_H

#include "app/form.h"
#include "features/steering/decision_text.h"

struct choice {
	int64_t id; /* 0: the project office */
	struct str label;
};
struct choices {
	size_t n, room;
	struct choice *v;
};

struct decision_form {
	struct form form;
	const struct decision *d; /* NULL: a new one */
	/* What stands in it, as far as it could be read; before that what was stored. */
	struct decision_text text;
	struct decision_text published; /* the version before; TEXT_TITLE empty: there is none */
	struct decision_link links[LINKS_MAX];
	enum message link_wrong[LINKS_MAX];
	struct choices task_forces, municipalities, persons, resolutions;
};

/* Loads what can be chosen, and `stored` into the form (NULL: empty). */
MUST enum err decision_form_begin(struct decision_form *f, struct request *rq,
				  const struct decision *d, const struct decision_text *stored);
/* Puts f->text into the fields. */
void decision_form_fill(struct decision_form *f);
/* Reads what was sent into f->text; mistakes are in f->form. */
MUST enum err decision_form_read(struct decision_form *f);
/* Everything into the page (part/decision_fields.html). */
void decision_form_show(const struct decision_form *f);

/* A value as a person reads it: names for ids, the sentence of a rule. */
struct str decision_field_text(const struct decision_form *f, const struct decision_text *t,
			       enum decision_field field);

#endif
