/*
 * project_end.h -- the end of the project, and what falls due after it: names on feedback stay
 * until then and a term ("feedback_names"); afterwards only the municipality is left.
 *
 * There is one way to lose a name, erasure (erase.h).  So after the term everybody is erased who is
 * named on feedback: who wrote, answered, decided or looked after it.  Whoever still has a duty
 * that would be nobody's (duties_count) goes when it is handed over.  A day or a term that was just
 * set does nothing for PROJECT_NOTICE_DAYS, so a slip can be mended.
 */
#ifndef FEATURES_PEOPLE_PROJECT_END_H
#define FEATURES_PEOPLE_PROJECT_END_H

#include "app/app.h"
#include "base/date.h"

enum { PROJECT_NOTICE_DAYS = 30 };

struct project_end {
	struct date ends_on;     /* none: nobody has said so; names stay */
	struct date names_until; /* the last day with names */
};
MUST enum err project_end_load(struct db *db, struct project_end *out);
/* None takes the day back.  Writes down who did it, unless nothing changes. */
MUST enum err project_end_store(struct request *rq, struct date ends_on);

/* Writes to everybody named on feedback when the end or the last day with names is another one than
 * `was`, and calls back what was written before and is not sent.  When the day is taken back,
 * whoever has read of it hears that. */
MUST enum err project_end_tell(struct request *rq, const struct project_end *was);

/* How many people are named on feedback. */
MUST enum err feedback_names_count(struct db *db, int64_t *n);

/* For the tick: a person a transaction. */
MUST enum err feedback_names_due(struct db *db, struct arena *a);

#endif
