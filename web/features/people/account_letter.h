/* account_letter.h -- tells people what happened to their account, in the transaction of it. */
#ifndef FEATURES_PEOPLE_ACCOUNT_LETTER_H
#define FEATURES_PEOPLE_ACCOUNT_LETTER_H

#include "app/app.h"

enum account_news {
	NEWS_PASSWORD,    /* has a new password */
	NEWS_SUSPENDED,   /* by the administrator */
	NEWS_REACTIVATED, /* and back again */
	NEWS_FACTOR,      /* the second factor was taken away */
	NEWS_LEFT,        /* the membership has ended */
	NEWS_KINDS
};

/* So long an address that was replaced is told of a new password or a reset second factor, too. */
enum { OLD_ADDRESS_DAYS = 30 };

/* `municipality` is the name that stands in it; may be empty for NEWS_PASSWORD. */
MUST enum err account_letter(struct request *rq, int64_t person_id, enum account_news what,
			     struct str municipality);

#endif
