/*
 * propose.h -- the rule that proposes the light for money and staff; a person sets it.
 *
 * Source: the cooperation's rules.  Red when more than budget and tolerance is spent, or more than
 * the budget drawn.  Yellow when spending is more than 25 points away from the time that has
 * passed, or more than 95 % of the budget is spent.  Too little to go by is grey, never green.
 */
#ifndef OVERVIEW_PROPOSE_H
#define OVERVIEW_PROPOSE_H

#include "app/words.h"

enum { TOLERANCE_PERCENT = 20, DISTANCE_POINTS = 25, FORECAST_PERCENT = 95 };

struct light_facts {
	int64_t budget, drawn, spent; /* cents */
	int64_t bookings;             /* how many there are to go by */
	int elapsed;                  /* per cent of the period, -1: has no end */
};
enum light_cause {
	CAUSE_TOO_LITTLE, /* no budget, nothing booked, or no end and nothing else to say */
	CAUSE_ON_PLAN,
	CAUSE_OVERSPENT,
	CAUSE_OVERDRAWN,
	CAUSE_NEARLY_USED,
	CAUSE_BEHIND, /* less spent than time has passed */
	CAUSE_AHEAD
};
struct proposal {
	enum light light;
	enum light_cause cause;
};

/* Pure.  Spending is what was spent or, where nothing is, what was drawn. */
struct proposal light_propose(const struct light_facts *facts);

#endif
