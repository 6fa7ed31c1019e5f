/* decision_visible.c -- the rights behind decision_visible.h. */
#include "app/decision_visible.h"

int64_t decision_reads(unsigned roles)
{
	return right_to_all(roles, MEETING_PREPARE) || right_to_all(roles, MEETING_CHAIR) ||
	       right_to_enter(roles, SEAT_ACT);
}
