/*
 * review_date.h -- when the handbook as a whole is looked through again ("Nächste Überprüfung").
 *
 * A living document is put to the test regularly.  The editors set the day and the interval; a new
 * version with new content is such a test and moves the day on.
 */
#ifndef HANDBOOK_REVIEW_DATE_H
#define HANDBOOK_REVIEW_DATE_H

#include "app/app.h"

/* The sentence about it: S_REVIEW_ON with V_REVIEW_DATE, or S_REVIEW_NEVER; V_REVIEW_EVERY;
 * S_REVIEW_DUE when it waits for the editors. */
MUST enum err review_date_show(struct request *rq, int64_t document_id);

/* New content is in force from today: the next test is a whole interval away, or later if the
 * editors have said so.  `revision_id` remembers it; 0: a version that no vote carries. */
MUST enum err review_date_move(struct db *db, struct arena *a, int64_t document_id,
			       int64_t revision_id);
/* The vote on that version is void: the day is what it was before, unless the editors have set it
 * since. */
MUST enum err review_date_move_back(struct db *db, int64_t document_id, int64_t revision_id);
/* It is, but a later version stands: should that one fall as well, the day is what it was before
 * both.  If the later one had moved nothing, the day stays: the editors may have meant it. */
MUST enum err review_date_pass_on(struct db *db, int64_t document_id, int64_t revision_id);

#endif
