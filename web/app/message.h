/*
 * message.h -- every German sentence that does not stand in a template: what is wrong with a
 * field, and what was done.  Says what to do, without blame.  A "%d" is filled with a number.
 */
#ifndef APP_MESSAGE_H
#define APP_MESSAGE_H

#include "base/arena.h"

enum message {
	M_NONE,
	/* done: shown once after a redirect, found by its word in ?meldung= */
	M_SAVED,
	M_MERGED,
	M_CREATED,
	M_ENDED,
	M_QUESTION_ASKED,
	M_QUESTION_ANSWERED,
	M_LIGHT_SET,
	M_BOOKED,
	M_VOIDED,
	M_LOGGED_OUT,
	M_DRAFT_SAVED,
	M_DRAFT_GONE,
	M_VERSION_PROPOSED,
	M_VERSION_ENFORCED,
	M_VERSION_DROPPED,
	M_READ,
	M_FEEDBACK_GIVEN,
	M_REPLIED,
	M_WITHDRAWN,
	M_RELEASED,
	M_DECIDED,
	M_RESPONDED,
	M_ROUND_OPENED,
	M_ROUND_EXTENDED,
	M_ROUND_CLOSED,
	M_ROUND_EVALUATED,
	M_ROUND_ANSWERED,
	M_ROUND_REOPENED,
	M_REPORTED,
	M_FOLLOW_UP_DONE,
	M_FOLLOW_UP_REVOKED,
	/* fields in general */
	M_REQUIRED,
	M_TOO_LONG, /* %d characters */
	M_ONE_LINE,
	M_DATE,
	M_MONTH,
	M_MONEY,
	M_CHOOSE,
	M_NUMBER,
	M_EMAIL_NEEDED,
	M_PASSWORD_NEEDED,
	M_PASSWORD_SHORT,
	M_PASSWORD_LONG,
	M_PASSWORD_GUESSABLE,
	M_MONEY_NEGATIVE,
	M_MONEY_ZERO,
	M_MONEY_LIMIT,
	M_FUTURE,
	/* task forces */
	M_NAME_TAKEN,
	M_END_BEFORE_START,
	M_REVIEW_MISSING,
	M_REVIEW_BEFORE_START,
	M_LINK,
	M_MUNICIPALITY_MISSING,
	M_LEAD_NOT_PART,
	M_ANSWER_MISSING,
	M_NAME_MISSING,
	M_GOAL_MISSING,
	M_QUESTION_MISSING,
	M_CONTENT_LIGHT,
	M_CONTENT_TREND,
	M_CONTENT_REASON,
	M_CONTENT_SOLUTION,
	M_MONEY_LIGHT,
	M_MONEY_TREND,
	M_MONEY_REASON,
	M_MONEY_SOLUTION,
	M_REASON_DIFFERS,
	M_REASON_OVERRIDE,
	/* handbook */
	M_SECTION_EMPTY,
	M_SECTION_HEADING,
	M_SECTION_LEVEL,
	M_SECTION_TOO_LARGE,
	M_VERSION_PENDING,
	M_VERSION_SAME,
	M_QUOTE_MISSING,
	M_QUOTE_TWICE,
	M_PROPOSAL_SAME,
	M_ROUND_OVER,
	M_UNTIL_MISSING,
	M_DUPLICATE_MISSING,
	M_REASON_MISSING,
	/* review rounds */
	M_ROUND_DAY_PAST,
	M_ROUND_DAY_FAR,
	M_ROUND_DAY_LATER,
	M_ROUND_NOBODY,
	M_ROUND_DELEGATE,
	M_ROUND_ANSWER,
	M_ROUND_NOTHING_GIVEN,
	/* resolutions being carried out */
	M_LIGHT_BETTER,
	M_COUNT
};

/* `number` replaces %d where the text has one. */
struct str message_text(struct arena *a, enum message m, int64_t number);
/* Done messages travel as a word: "gespeichert". */
struct str message_word(enum message m);
enum message message_named(struct str word); /* M_NONE when unknown */

#endif
