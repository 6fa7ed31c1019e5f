/* follow_light.c -- the light of a resolution that is being carried out. */
#include "app/follow_light.h"

static bool fresh(const struct follow_facts *f, struct date today)
{
	struct date last = date_is_none(f->report) ? f->since : f->report;

	return date_days(today) - date_days(last) <= FOLLOW_SILENT_DAYS;
}

struct follow_light follow_light_computed(const struct follow_facts *f, struct date today)
{
	bool dated = !date_is_none(f->due);

	if (f->done)
		return (struct follow_light){LIGHT_GREEN, FOLLOW_FINISHED};
	if (dated && date_cmp(f->due, today) < 0)
		return (struct follow_light){LIGHT_RED, FOLLOW_OVERDUE};
	if (!date_is_none(f->report) && f->blocked)
		return (struct follow_light){LIGHT_RED, FOLLOW_BLOCKED};
	if (dated && date_days(f->due) - date_days(today) <= FOLLOW_SOON_DAYS)
		return (struct follow_light){LIGHT_YELLOW, FOLLOW_SOON};
	if (!fresh(f, today))
		return (struct follow_light){LIGHT_YELLOW, FOLLOW_SILENT};
	return (struct follow_light){LIGHT_GREEN, FOLLOW_ON_PLAN};
}

/* Colours in the order of the enum: green, yellow, red. */
struct follow_light follow_light(const struct follow_facts *f, struct date today)
{
	struct follow_light computed = follow_light_computed(f, today);

	if (f->done || date_is_none(f->report) || f->reported == computed.light)
		return computed;
	bool worse = f->reported > computed.light;
	if (worse || (f->reason && fresh(f, today)))
		return (struct follow_light){f->reported, FOLLOW_REPORTED};
	return computed;
}

struct str follow_cause_label(enum follow_cause cause)
{
	static const struct str labels[FOLLOW_CAUSES] = {
	    [FOLLOW_ON_PLAN] = S_INIT("nichts spricht dagegen"),
	    [FOLLOW_FINISHED] = S_INIT("erledigt"),
	    [FOLLOW_OVERDUE] = S_INIT("Frist vorbei"),
	    [FOLLOW_BLOCKED] = S_INIT("als blockiert gemeldet"),
	    [FOLLOW_SOON] = S_INIT("Frist in höchstens 14 Tagen"),
	    [FOLLOW_SILENT] = S_INIT("seit 30 Tagen kein Bericht"),
	    [FOLLOW_REPORTED] = S_INIT("so gemeldet"),
	};

	return labels[cause];
}
