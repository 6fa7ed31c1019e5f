/*
 * rename.h -- somebody takes another name.  It stands in minutes and under decisions, so nobody
 * takes that of a colleague, and those who look after the accounts learn of it.
 */
#ifndef FEATURES_PEOPLE_RENAME_H
#define FEATURES_PEOPLE_RENAME_H

#include "app/app.h"

/* Whether an active person of the viewer's municipality has this name, but for capitals, accents,
 * blanks and signs that nobody sees.  Of other municipalities it may be a matter of chance. */
MUST enum err rename_clash(struct request *rq, struct str name, bool *taken);

/* In the transaction of it: a letter to each other administrator of the viewer's municipality. */
MUST enum err rename_tell(struct request *rq, struct str before, struct str after);

#endif
