/*
 * fresh_password.h -- asks the viewer for the password again, before an act that binds.
 *
 * Checked as at the login: before the write transaction, with the same counters of failures, so
 * that a form of this kind is no better place for guessing.
 */
#ifndef APP_FRESH_PASSWORD_H
#define APP_FRESH_PASSWORD_H

#include "app/form.h"

/* route.prepare: checks the field "passwort"; the result is rq->prepared. */
MUST enum err fresh_password_prepare(struct request *rq);

/*
 * In the handler.  0: it was the password.  Otherwise the status of the page to show, with the
 * message at the field: 422 wrong or empty, 429 after too many tries, 503 when too many people log
 * in just now.  A wrong one is counted although nothing else of the request is kept.
 */
MUST enum err fresh_password_verdict(struct form *f, const struct form_field *field, int *status);

#endif
