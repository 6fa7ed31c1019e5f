/* history.h -- what happened to a remark, a version or an edition, as its page tells it. */
#ifndef HANDBOOK_HISTORY_H
#define HANDBOOK_HISTORY_H

#include "app/app.h"

/* One S_EVENT for each step, the oldest first.  `object` as in struct handbook_event. */
MUST enum err history_show(struct request *rq, struct str object, int64_t id);

#endif
