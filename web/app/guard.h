/* guard.h -- may this request come in?  Role, origin, CSRF token. */
#ifndef APP_GUARD_H
#define APP_GUARD_H

#include "app/app.h"

/* E_LOGIN for a guest who would need to be somebody, E_FORBIDDEN without the right. */
MUST enum err guard_role(const struct request *rq, enum action action);
/* For a POST, in this order: the Origin header must be ours (browsers always send it) … */
MUST enum err guard_origin(const struct request *rq);
/* … and, behind the role, the form's token that of this session. */
MUST enum err guard_csrf(struct request *rq);

/* A form with files only where the route takes it, and no larger than it says. */
MUST enum err guard_upload(const struct request *rq, const struct route *route);

/* The session's token, masked anew for each page so that compression cannot leak it (BREACH). */
struct str csrf_token(struct request *rq);

#endif
