/* agenda_plan_test.c -- the clock times of an agenda. */
#include "features/steering/agenda_plan.h"
#include "test.h"

/* Minutes after 14:00 as an instant. */
#define AT(minutes) (1000000 * 60 + (int64_t)(minutes)*60)

static struct plan plan_of(struct plan_entry *entries, size_t n)
{
	return (struct plan){
	    .starts_at = AT(0), .slot = 75, .now = AT(0), .n = n, .entries = entries};
}

/* 14:00 with 15, 30, a break of 10, 20. */
static void example(struct plan_entry e[4])
{
	e[0] = (struct plan_entry){.minutes = 15};
	e[1] = (struct plan_entry){.minutes = 30};
	e[2] = (struct plan_entry){.minutes = 10, .is_break = true};
	e[3] = (struct plan_entry){.minutes = 20};
}

TEST(times_follow_from_minutes_and_breaks)
{
	struct plan_entry e[4];
	struct plan p = plan_of(e, 4);

	example(e);
	agenda_plan(&p);
	CHECK_INT(e[0].planned_from, AT(0));
	CHECK_INT(e[0].planned_to, AT(15));
	CHECK_INT(e[1].planned_from, AT(15));
	CHECK_INT(e[1].planned_to, AT(45));
	CHECK_INT(e[3].planned_from, AT(55));
	CHECK_INT(e[3].planned_to, AT(75));
	CHECK_INT(e[3].from, AT(55));
	CHECK_INT(p.minutes, 75);
	CHECK_INT(p.ends_at, AT(75));
	CHECK_INT(p.over, 0);
}

TEST(what_ends_late_moves_the_rest)
{
	struct plan_entry e[4];
	struct plan p = plan_of(e, 4);

	example(e);
	p.opened_at = AT(0);
	p.now = AT(52);
	e[0].started_at = AT(0);
	e[0].ended_at = AT(15);
	e[1].started_at = AT(15);
	e[1].ended_at = AT(52);
	agenda_plan(&p);
	CHECK_INT(e[3].from, AT(62)); /* 15:02 */
	CHECK_INT(e[3].to, AT(82));   /* 15:22 */
	CHECK_INT(e[3].planned_from, AT(55));
	CHECK_INT(p.over, 7);
}

TEST(a_running_point_ends_at_its_plan_or_later)
{
	struct plan_entry e[4];
	struct plan p = plan_of(e, 4);

	example(e);
	p.opened_at = AT(5);
	p.now = AT(10);
	e[0].started_at = AT(5);
	agenda_plan(&p);
	CHECK_INT(e[0].to, AT(20));
	CHECK_INT(e[1].from, AT(20));
	p.now = AT(30);
	agenda_plan(&p);
	CHECK_INT(e[0].to, AT(30));
	CHECK_INT(e[1].from, AT(30));
}

/* Nothing runs: the clock runs on.  A break passed over and a withdrawn point take no time. */
TEST(waiting_moves_the_rest_and_what_was_passed_over_takes_no_time)
{
	struct plan_entry e[4];
	struct plan p = plan_of(e, 4);

	example(e);
	p.opened_at = AT(0);
	p.now = AT(25);
	agenda_plan(&p);
	CHECK_INT(e[0].from, AT(25));
	e[0].done = true;
	e[3].started_at = AT(20);
	e[3].ended_at = AT(25);
	agenda_plan(&p);
	CHECK_INT(e[0].from, 0);
	CHECK_INT(e[2].from, 0);
	CHECK_INT(e[1].from, AT(25)); /* called out of order: still to come */
	CHECK_INT(p.ends_at, AT(55));
}

TEST(more_than_the_slot_is_told_to_the_minute)
{
	struct plan_entry e[4];
	struct plan p = plan_of(e, 4);

	example(e);
	p.slot = 74;
	agenda_plan(&p);
	CHECK_INT(p.over, 1);
	p.slot = 60;
	agenda_plan(&p);
	CHECK_INT(p.over, 15);
}

TESTS_MAIN
