/*
 * parts.h -- what the page of a task force is put together from; each part is filled by the file
 * that also changes it.
 */
#ifndef OVERVIEW_PARTS_H
#define OVERVIEW_PARTS_H

#include "features/overview/task_force.h"

/* Money of one task force, in cents; voided bookings do not count. */
struct money_sums {
	int64_t drawn, spent;
	int64_t count; /* bookings that count */
};
MUST enum err booking_sums(struct request *rq, const struct task_force *tf, struct money_sums *out);

MUST enum err question_list_show(struct request *rq, const struct task_force *tf);
/* Both lights of today in the head, and the last eight quarters. */
MUST enum err light_history_show(struct request *rq, const struct task_force *tf);
MUST enum err booking_list_show(struct request *rq, const struct task_force *tf,
				const struct money_sums *sums);

#endif
