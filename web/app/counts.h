/*
 * counts.h -- numbers that stand on many pages, counted again by a worker only when the database or
 * the day has changed.
 *
 *	if (counts_find(rq, COUNT_TASKS, rq->viewer.person_id, &count, 1))
 *		return OK;
 *	…
 *	counts_keep(rq, COUNT_TASKS, rq->viewer.person_id, &count, 1);
 */
#ifndef APP_COUNTS_H
#define APP_COUNTS_H

#include "app/app.h"

enum counted {
	COUNT_DARK,     /* task forces without lights; the same for all, key 0 */
	COUNT_TASKS,    /* what waits for a person */
	COUNT_FEEDBACK, /* tabs of the table of feedback, as a person sees them */
	COUNTED
};
enum { COUNTS_MAX = 5 };

/* In the running transaction.  `key` is the person, whose rights are part of the database, or 0. */
bool counts_find(struct request *rq, enum counted what, int64_t key, int64_t *out, size_t n);
void counts_keep(struct request *rq, enum counted what, int64_t key, const int64_t *v, size_t n);

#endif
