/*
 * field_label.h -- what a page calls its fields, so that the summary above a refused form can name
 * them.
 *
 * The words stand once, in the view: the <label> of the field, the <legend> of the <fieldset>
 * around it whose aria-describedby has the field's message ("name-fehler"), or what the element
 * with the id is called itself (<legend>, <caption>, <h2>, aria-label).  The summary stands above
 * the fields, so it is rendered with a mark for each, and the label is put there when the page is
 * complete.
 */
#ifndef APP_FIELD_LABEL_H
#define APP_FIELD_LABEL_H

#include "base/arena.h"

/* Stands for the label of the field with this id; a value of a view.  Nobody can type it. */
struct str field_label_mark(struct arena *a, struct str id);
/* The rendered page with a label, and a colon where it wants one, in place of each mark; nothing
 * (and a line in the log) where the page has no such field. */
struct str field_labels_fill(struct arena *a, struct str html);

#endif
