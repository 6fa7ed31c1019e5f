/*
 * lost_form.h -- what shall become of remarks that a change leaves without their block: asked one
 * by one, on every page that changes the text.
 *
 * Each may go to another block, stay without reference, or be settled by the change: then it is
 * decided as solved in another way and marked as worked in, and its author hears of it.
 */
#ifndef HANDBOOK_LOST_FORM_H
#define HANDBOOK_LOST_FORM_H

#include "features/handbook/lost.h"

/* So many choices fit on a page; for all others one is made together. */
enum { LOST_ASKED = 200 };

/* The blocks that are offered: v[from] … v[to - 1] of the text as it will be. */
struct lost_places {
	const struct manuscript *next;
	size_t from, to;
};

/* When there are any: S_LOST on the page, and in `v` the part lost_fields.html of its form. */
void lost_form_show(struct request *rq, struct view *v, const struct lost *lost,
		    const struct lost_places *p);

/* Was each of them asked for, or is there nothing to ask?  A remark that somebody filed since the
 * page was made was not: then the page asks again, with what was chosen for the others.  Counts the
 * fields as read, so it is called on every way through a form that may bring them. */
bool lost_form_answered(struct request *rq, const struct lost *lost);

/*
 * For each lost item the field "ort-ID-PART": empty for nowhere, "erledigt", or the number of a
 * block, from 1 at p->from.  "ort-rest" is for all that were not asked for: "davor" gives them to
 * the block before.  "ort-grund" is what authors of settled remarks read.  After `next` is stored.
 */
MUST enum err lost_form_apply(struct request *rq, int64_t revision_id, const struct lost *lost,
			      const struct lost_places *p);

#endif
