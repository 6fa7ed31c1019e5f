/*
 * kept.h -- what somebody typed into a form that could not be accepted, because the session had
 * ended or was another one.
 *
 * It travels in hidden fields of the login form and of the page behind it, never through the
 * database: nobody who is not logged in can make us store anything.  Values stay as typed, with
 * their line ends, empty ones and several of one name; fields for passwords, the token and the
 * one-time key are left out.
 */
#ifndef FEATURES_PEOPLE_KEPT_H
#define FEATURES_PEOPLE_KEPT_H

#include "app/app.h"

struct kept {
	struct str target; /* path and query of the form; empty: nothing is kept */
	struct fields fields;
};

/* The form of this very request. */
struct kept kept_of_form(struct request *rq);
/* What the login form of this request carries; nothing when its target is none of our forms. */
struct kept kept_of_login(struct request *rq);

/* Into hidden fields: of the login form, or of the form that is sent again. */
void kept_show_in_login(struct request *rq, const struct kept *k);
/* The page that shows what was typed and sends it once more; 200 after a login, 403 when the page
 * belonged to another session. */
MUST enum err kept_page(struct request *rq, const struct kept *k, int status);

#endif
