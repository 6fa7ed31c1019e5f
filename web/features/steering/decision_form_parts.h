/* decision_form_parts.h -- shared by the files of the form. */
#ifndef STEERING_DECISION_FORM_PARTS_H
#define STEERING_DECISION_FORM_PARTS_H

#include "features/steering/decision_form.h"

const struct form_field *decision_input(enum decision_field f);

/* NULL: not among them. */
const struct choice *choice_find(const struct choices *c, int64_t id);
/* Is the id among "1 3"? */
bool choice_among(struct str ids, int64_t id);

void decision_links_read(struct decision_form *f);
void decision_links_show(const struct decision_form *f);

#endif
