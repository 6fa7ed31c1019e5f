/*
 * follow_light.h -- the light of a resolution that is being carried out.  Pure.
 *
 *   red     its day has passed, or the last report says it is blocked
 *   yellow  its day comes within 14 days, or nobody has reported for 30
 *   green   otherwise, and when it is done
 *
 * A report may give a worse light than the computed one; a better one only with a reason, and it
 * holds for as long as that report is the newest and not older than 30 days.
 */
#ifndef APP_FOLLOW_LIGHT_H
#define APP_FOLLOW_LIGHT_H

#include "app/words.h"

enum { FOLLOW_SOON_DAYS = 14, FOLLOW_SILENT_DAYS = 30 };

enum follow_cause {
	FOLLOW_ON_PLAN,
	FOLLOW_FINISHED,
	FOLLOW_OVERDUE,
	FOLLOW_BLOCKED,
	FOLLOW_SOON,
	FOLLOW_SILENT,
	FOLLOW_REPORTED, /* the light of the report */
	FOLLOW_CAUSES
};
struct follow_facts {
	bool done;
	struct date due;     /* none: no day was set */
	struct date since;   /* the day of the resolution */
	struct date report;  /* the day of the newest report; none: there is none */
	enum light reported; /* with a report */
	bool blocked, reason;
};
struct follow_light {
	enum light light;
	enum follow_cause cause;
};
struct follow_light follow_light(const struct follow_facts *f, struct date today);
/* Without what a report says about its colour: what its light is compared with. */
struct follow_light follow_light_computed(const struct follow_facts *f, struct date today);

/* "Frist vorbei" */
struct str follow_cause_label(enum follow_cause cause);

#endif
