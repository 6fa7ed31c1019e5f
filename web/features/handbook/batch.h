/*
 * batch.h -- one step for many remarks: ticked rows of the table, each with the version it was
 * shown in, and what shall be done with them.
 *
 * The rows are checked one by one; what changed meanwhile, is one's own or does not fit is refused
 * and named with its reason, the others go through in the one transaction of the request.
 */
#ifndef HANDBOOK_BATCH_H
#define HANDBOOK_BATCH_H

#include "app/form.h"
#include "features/handbook/board.h"
#include "features/handbook/work.h"

enum { BATCH_MAX = 100 };

struct batch_form {
	struct request *rq;
	struct form form;
	struct str back; /* address of the table it was sent from */
	enum work_action action;
	size_t n;
	int64_t ids[BATCH_MAX], row_versions[BATCH_MAX]; /* of what is ticked; 0: not sent */
};

extern const struct form_field BATCH_PERSON, BATCH_VERSION;

void batch_form_new(struct batch_form *b, struct request *rq, struct str back);
/* What was sent, and the table it was sent from.  What is wrong is noted in b->form. */
MUST enum err batch_form_read(struct request *rq, struct batch_form *b, struct board *board,
			      struct work *w);
bool batch_form_picks(const struct batch_form *b, int64_t id);
/* The fields below the rows, filled in, with the mistakes next to them. */
MUST enum err batch_form_show(const struct batch_form *b, struct view *v);

/* The table again, with what was sent; used by the table and by the refusal. */
MUST enum err board_page(struct request *rq, const struct board *b, const struct batch_form *batch,
			 int status);

#endif
