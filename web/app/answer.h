/*
 * answer.h -- a form that is sent twice is answered once.
 *
 * Every form carries a one-time key (part/form_hidden.html).  The first answer that was not
 * a refusal is remembered under person, key, path and content in the same transaction; the same
 * form again gets the same redirect.  The same key with other content (back button, edited) is a
 * new form.
 */
#ifndef APP_ANSWER_H
#define APP_ANSWER_H

#include "app/app.h"

enum { ANSWER_KEPT_SECONDS = 24 * 3600 };

/* OK with *location filled: answered before.  OK with *location empty: not yet. */
MUST enum err answer_find(struct request *rq, struct str *location);
MUST enum err answer_keep(struct request *rq, struct str location);

#endif
