/* deadline.c -- the five-day rule. */
#include "app/deadline.h"

struct date deadline_day(struct deadline_rule rule, struct date meeting_day)
{
	return date_add_days(meeting_day, -(rule.days + (rule.clear_days ? 1 : 0)));
}

int64_t deadline_ready_by(struct deadline_rule rule, struct date meeting_day)
{
	return date_end_of_day(deadline_day(rule, meeting_day));
}

bool deadline_timely(struct deadline_rule rule, struct date meeting_day, int64_t published_at)
{
	return published_at <= deadline_ready_by(rule, meeting_day);
}
