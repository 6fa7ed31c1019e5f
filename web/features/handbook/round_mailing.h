/*
 * round_mailing.h -- who gets which letter of a review round, and when.
 *
 * Whoever is asked, or answers for a municipality that is asked, gets an invitation at once and, as
 * long as an answer is missing, reminders at 08:00 of three days: half time, three days before the
 * last one, one day before.  Only those that lie ahead, and never two on one day.
 */
#ifndef HANDBOOK_ROUND_MAILING_H
#define HANDBOOK_ROUND_MAILING_H

#include "features/handbook/round.h"

enum { ROUND_REMINDERS = 3 };
/* The day of each reminder ("half", "three", "one"), or no date. */
void round_reminder_days(const struct round *r, struct date out[ROUND_REMINDERS]);

/* Brings the letters of one person, or of all (0), in line with what is asked and answered now:
 * writes, renews and calls back.  What was sent stays. */
MUST enum err round_letters(struct request *rq, const struct round *r, int64_t person_id);
/* The same for those who answer for a municipality. */
MUST enum err round_letters_speakers(struct request *rq, const struct round *r,
				     int64_t municipality_id);
/* Calls back all that are not sent. */
MUST enum err round_letters_cancel(struct request *rq, const struct round *r);

#endif
