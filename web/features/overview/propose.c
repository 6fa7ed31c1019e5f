/* propose.c -- which light the money speaks for. */
#include "features/overview/propose.h"

struct proposal light_propose(const struct light_facts *f)
{
	if (f->budget <= 0 || f->bookings == 0)
		return (struct proposal){LIGHT_GREY, CAUSE_TOO_LITTLE};
	if (f->spent > f->budget + f->budget * TOLERANCE_PERCENT / 100)
		return (struct proposal){LIGHT_RED, CAUSE_OVERSPENT};
	if (f->drawn > f->budget)
		return (struct proposal){LIGHT_RED, CAUSE_OVERDRAWN};
	/* Exact: "95 %" and a cent is more than 95 %. */
	if (f->spent * 100 > f->budget * FORECAST_PERCENT)
		return (struct proposal){LIGHT_YELLOW, CAUSE_NEARLY_USED};
	if (f->elapsed < 0)
		return (struct proposal){LIGHT_GREY, CAUSE_TOO_LITTLE};
	int64_t used = (f->spent > 0 ? f->spent : f->drawn) * 100;
	if (used < f->budget * (f->elapsed - DISTANCE_POINTS))
		return (struct proposal){LIGHT_YELLOW, CAUSE_BEHIND};
	if (used > f->budget * (f->elapsed + DISTANCE_POINTS))
		return (struct proposal){LIGHT_YELLOW, CAUSE_AHEAD};
	return (struct proposal){LIGHT_GREEN, CAUSE_ON_PLAN};
}
