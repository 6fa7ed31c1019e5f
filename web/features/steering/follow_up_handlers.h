/* follow_up_handlers.h -- handlers of the pages of what becomes of resolutions. */
#ifndef STEERING_FOLLOW_UP_HANDLERS_H
#define STEERING_FOLLOW_UP_HANDLERS_H

#include "features/steering/follow_up.h"

handler follow_up_list, follow_up_show, follow_up_report, follow_up_plan, follow_up_plan_set,
    follow_up_finish, follow_up_supersede;

/* Number, title, light, who and when, in `v`. */
void follow_up_row(struct request *rq, struct view *v, const struct follow_up *f);

#endif
