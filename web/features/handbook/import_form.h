/*
 * import_form.h -- a text that was pasted, or a file that was chosen, read and judged.
 */
#ifndef HANDBOOK_IMPORT_FORM_H
#define HANDBOOK_IMPORT_FORM_H

#include "app/form.h"
#include "features/handbook/import_draft.h"

void import_form_new(struct form *f, struct request *rq);
/* form_wrong(f) tells of mistakes; `out` is then not to be used.  What was pasted stays. */
void import_form_read(struct form *f, struct request *rq, struct import_draft *out);

/* What a file's bytes are, when they are no text that can be imported; M_NONE when they are.
 * `number` is a line where the message has one. */
enum message import_file_problem(struct str bytes, int64_t *number);

#endif
