/* login.h -- what the two steps of a login share: where it leads, and how it ends. */
#ifndef FEATURES_PEOPLE_LOGIN_H
#define FEATURES_PEOPLE_LOGIN_H

#include "app/throttle.h"
#include "features/people/kept.h"

/* Travels in hidden fields from one form to the next. */
struct login_aim {
	struct str go_on; /* as it came; local_path says where it may lead */
	struct kept kept; /* what was typed before the session ended */
};
struct login_aim login_aim_of(struct request *rq);
void login_aim_show(struct request *rq, const struct login_aim *aim);

/* In the write transaction, when password and second factor were right: the session begins, and the
 * answer leads to the aim. */
MUST enum err login_enter(struct request *rq, const struct throttle *t,
			  const struct login_aim *aim);
/* The page that asks for the second factor, with a token for this one login. */
MUST enum err login_ask_code(struct request *rq, int64_t person_id, const struct login_aim *aim);
/* The step has ended, or its form is of another session: back to the password. */
MUST enum err login_again(struct request *rq, const struct login_aim *aim, int status);

/* "3 Minuten": how long to wait. */
struct str login_wait_text(struct arena *a, int64_t seconds);

#endif
