/* digest.h -- one letter instead of many, in the morning. */
#ifndef FEATURES_MAIL_DIGEST_H
#define FEATURES_MAIL_DIGEST_H

#include "features/mail/sender.h"

/*
 * Makes letters of those that wait for a day's or a week's summary and were there at its time:
 * seven o'clock in Berlin, weekly on Mondays.  A summary is a row of the outbox with all that
 * belongs to one; the letters inside point to it in the same transaction, so each goes out once.
 */
MUST enum err digests_compose(struct sender *s);

#endif
