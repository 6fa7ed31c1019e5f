/*
 * new_password.h -- somebody who came by a letter's link chooses a password, typed twice.
 *
 *	prepare: TRY(new_password_prepare(rq, name, email));
 *	handler: TRY(new_password_read(&f, &hash, &status));
 *	         if (status != 0)
 *	                 return page(&f, status);
 */
#ifndef FEATURES_PEOPLE_NEW_PASSWORD_H
#define FEATURES_PEOPLE_NEW_PASSWORD_H

#include "app/form.h"

/* Before the transaction: judged and, when it is good, hashed.  Ends the reading transaction. */
MUST enum err new_password_prepare(struct request *rq, struct str name, struct str email);
/* 0: `hash` is made.  Otherwise the status of the page to show, with messages at the fields: 422,
 * or 503 when too many people log in just now. */
MUST enum err new_password_read(struct form *f, struct str *hash, int *status);

#endif
