/* poll_handlers.h -- what the pages of votes share. */
#ifndef STEERING_POLL_HANDLERS_H
#define STEERING_POLL_HANDLERS_H

#include "features/steering/circular.h"
#include "features/steering/poll_show.h"

handler poll_show, poll_create, poll_close_ask, poll_finish, poll_abort_ask, poll_stop;
handler amendment_new, amendment_create;
handler ballot_create, ballot_show;
handler circular_new, circular_create, circular_object_ask, circular_object, circular_finish;
handler poll_void_new, poll_void_create, poll_void_agree, poll_void_drop;
handler circular_recuse_ask, circular_recuse;
handler circular_correction_new, circular_correction_create, circular_correction_confirm;
handler circular_correction_withdraw;

/* The decision of the address and the vote the form names (field "abstimmung"). */
MUST enum err poll_of_form(struct request *rq, struct decision *d, struct poll *p);
/* The page as it is now, because somebody was faster. */
MUST enum err poll_stale(struct request *rq, const struct decision *d);

#endif
