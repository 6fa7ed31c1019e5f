/*
 * calendar.h -- the dates of one person as a calendar to subscribe to, at a secret address.
 *
 * The file leaves the house: the calendar of a phone, a provider's server.  So nothing is named in
 * it that is not for everybody, whatever the person may read when logged in.
 */
#ifndef HOME_CALENDAR_H
#define HOME_CALENDAR_H

#include "app/app.h"
#include "export/ics.h"

struct calendar {
	struct request *rq;
	size_t n, room;
	struct ics_event *v;
};
/* With the rights of rq->viewer. */
MUST enum err calendar_load(struct request *rq, struct calendar *out);

#endif
