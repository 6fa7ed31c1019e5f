/* round_handlers.h -- the pages and forms of review rounds; round_routes.c is their sitemap. */
#ifndef HANDBOOK_ROUND_HANDLERS_H
#define HANDBOOK_ROUND_HANDLERS_H

#include "app/form.h"
#include "features/handbook/round.h"

handler round_list, round_new, round_create, round_show, round_answer, round_extend,
    round_close_ask, round_finish, round_evaluate, synopsis_show, synopsis_csv, synopsis_xlsx;

/* What the page of a round says beside the round itself. */
struct round_page {
	const struct form *extending, *answering; /* NULL: as before anybody typed */
	bool stale;                               /* somebody was faster, or the round has ended */
	int64_t undecided;                        /* why it cannot be evaluated yet */
};
MUST enum err round_page(struct request *rq, const struct round *r, const struct round_page *p,
			 int status);

/* Title, number, state, days and version of a round into the view. */
MUST enum err round_head(struct request *rq, const struct round *r);

/* A hidden number of our own forms: 0 when it is none. */
int64_t round_number_field(struct request *rq, struct str name);

extern const struct form_field round_day_field;      /* the last day */
extern const struct form_field round_answer_field;   /* of the own invitation */
extern const struct form_field round_delegate_field; /* who represents */

#endif
