/* poll_rights_test.c -- who must not act in a vote, and what must not be taken away from under it.
 */
#include "poll_world.h"

static void late_world(void)
{
	poll_empty_world("scheduled", TOO_LATE);
	comes(JULE, LINDHEIM, "holder");
	comes(GRETA, AUENTAL, "holder");
	comes(HEIDI, BERGSTEDT, "holder");
	comes(IVO, SEEFELD, "holder");
}

static struct str step_form(const char *field)
{
	struct test_field fields[] = {FIELD_STR("version", DECISION_VERSION),
				      {str_of(field), S("Es hat sich erledigt.")}};

	return form_of(fields, 2);
}

/* The author takes the template back while the committee votes on its urgency: the vote would hold
 * up every other vote of the meeting, and the meeting's end. */
TEST(a_vote_whose_point_left_the_agenda_can_still_be_ended)
{
	late_world();
	CHECK_INT(post_as(IVO, POLL, opening("urgency")).status, 303);
	CHECK_INT(post_as(BEN, DECISION_1_PAGE "/zurueckziehen", step_form("rueckzug")).status,
		  303);
	struct answer a = get_as(IVO, POLL);
	CHECK(shows(&a, "href=\"" CLOSE "\""));
	CHECK_INT(get_as(IVO, CLOSE).status, 200);
	CHECK_INT(get_as(IVO, ABORT).status, 200);
	CHECK_INT(get_as(HEIDI, CLOSE).status, 403);
	CLOSES();
	check_register();
}

TESTS_MAIN
