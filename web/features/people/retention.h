/*
 * retention.h -- how long things are kept, and accounts that nobody uses: what the tick does.
 *
 * A term without a row in `retention` has the program's default.  The job works in small steps, one
 * transaction each, so that it never holds the lock for long; what is left is done by the next
 * tick.  Nothing else deletes what has a term because of its age: whoever reads such rows asks for
 * their end.
 */
#ifndef FEATURES_PEOPLE_RETENTION_H
#define FEATURES_PEOPLE_RETENTION_H

#include "app/app.h"

enum { RETENTION_STEP = 500 }; /* rows of a kind in one run */

enum { RETENTION_STATEMENTS = 6 };
struct retention_term {
	const char *what, *label, *hint;
	int64_t days; /* the default */
	/* $1: an instant, all before it is too old; $2: how many rows at most.  None for names on
	 * feedback: see project_end.h. */
	const char *sql[RETENTION_STATEMENTS];
};
extern const struct retention_term retention_terms[];
extern const size_t retention_term_count;

/* Days that count now. */
MUST enum err retention_days(struct db *db, const struct retention_term *t, int64_t *days);

/* Opens and ends its own transactions.  Who was invited and has no invitation any more is erased.
 */
MUST enum err retention_apply(struct db *db, struct arena *a);
/* Warns who was not here for 150 days (or never, since the account was made), puts to sleep after
 * 180: with letters.  The last of a kind (role_last.h) is warned and stays awake. */
MUST enum err people_sleep_due(const struct app *app, struct db *db, struct arena *a);
/* Municipalities whose last day is over: their accounts end once nothing is in their hands
 * (municipality_leaving.h). */
MUST enum err municipalities_leave_due(const struct app *app, struct db *db, struct arena *a);

#endif
