/* decision_flow_test.c -- the steps of a decision template, and the roll of votes. */
#include "base/date.h"
#include "steering_world.h"

/* A request of a viewer, inside a write transaction; for functions that need one. */
static struct request request_of(int64_t person, unsigned roles)
{
	struct request rq = {.app = &test_app, .arena = test_arena, .db = test_db};

	rq.viewer = (struct viewer){.person_id = person, .roles = roles};
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	return rq;
}

static enum decision_state ends_in(const enum decision_step *steps, size_t n)
{
	enum decision_state state = DECISION_DRAFT;

	for (size_t i = 0; i < n; i++) {
		const struct decision_step_row *row = decision_step_row(state, steps[i]);
		CHECK(row != NULL);
		state = row->to;
	}
	return state;
}

TEST(a_template_goes_its_way_to_the_end)
{
	static const enum decision_step meeting[] = {
	    STEP_SUBMIT, STEP_RETURN, STEP_SUBMIT,   STEP_PUBLISH, STEP_SCHEDULE,
	    STEP_CALL,   STEP_OPEN,   STEP_ABORT,    STEP_OPEN,    STEP_ADOPT,
	    STEP_FOLLOW, STEP_FINISH, STEP_SUPERSEDE};
	static const enum decision_step paper[] = {STEP_SUBMIT, STEP_PUBLISH,   STEP_CIRCULATE,
						   STEP_STOP,   STEP_CIRCULATE, STEP_REJECT};
	static const enum decision_step again[] = {
	    STEP_SUBMIT,   STEP_PUBLISH, STEP_SCHEDULE, STEP_CALL,   STEP_OPEN,    STEP_FAIL,
	    STEP_SCHEDULE, STEP_CALL,    STEP_DEFER,    STEP_REVISE, STEP_WITHDRAW};

	CHECK_INT(ends_in(meeting, sizeof meeting / sizeof meeting[0]), DECISION_SUPERSEDED);
	CHECK_INT(ends_in(paper, sizeof paper / sizeof paper[0]), DECISION_REJECTED);
	CHECK_INT(ends_in(again, sizeof again / sizeof again[0]), DECISION_WITHDRAWN);
}

TEST(nothing_leads_out_of_what_is_over_and_a_running_vote_cannot_be_withdrawn)
{
	for (int step = 0; step < STEP_COUNT; step++) {
		/* But when the vote that led there becomes void. */
		bool voids = step == STEP_VOID || step == STEP_VOID_CALLED;
		bool restores = step == STEP_RESTORE || step == STEP_RESTORE_DONE;
		enum decision_step s = (enum decision_step)step;
		CHECK((decision_step_row(DECISION_REJECTED, s) == NULL) == !voids);
		CHECK((decision_step_row(DECISION_SUPERSEDED, s) == NULL) == !restores);
		CHECK(decision_step_row(DECISION_WITHDRAWN, s) == NULL);
	}
	static const enum decision_step forbidden[] = {STEP_WITHDRAW, STEP_REVISE, STEP_UNSCHEDULE,
						       STEP_SCHEDULE, STEP_CALL};
	for (size_t i = 0; i < sizeof forbidden / sizeof forbidden[0]; i++) {
		CHECK(decision_step_row(DECISION_VOTING, forbidden[i]) == NULL);
		CHECK(decision_step_row(DECISION_CIRCULATING, forbidden[i]) == NULL);
	}
}

/* Each state and step at most once, and every state can be reached. */
TEST(the_table_is_a_function_and_whole)
{
	bool reached[DECISION_STATES] = {[DECISION_DRAFT] = true};

	for (size_t i = 0; i < decision_step_count; i++) {
		const struct decision_step_row *row = &decision_steps[i];
		CHECK(decision_step_row(row->from, row->step) == row);
		reached[row->to] = true;
		CHECK(row->name[0] != '\0');
	}
	for (int s = 0; s < DECISION_STATES; s++) {
		CHECK(reached[s]);
		CHECK(decision_state_label((enum decision_state)s).n > 0);
	}
}

TEST(a_step_is_taken_once_and_written_down)
{
	struct decision d, other;

	steering_world();
	struct request rq = request_of(ANNA, ROLE_PMO);
	CHECK_INT(decision_load(&rq, S("2026-1"), &d), OK);
	CHECK_INT(d.state, DECISION_PUBLISHED);
	CHECK_STR(d.slug, S("2026-1"));
	CHECK_STR(d.task_force, S("Dateninventur"));
	CHECK(!d.own); /* of the project office */
	other = d;
	CHECK_INT(decision_step(&rq, &d, STEP_SCHEDULE, S("")), OK);
	CHECK_INT(d.state, DECISION_SCHEDULED);
	/* Whoever still has the page of before is too late. */
	CHECK_INT(decision_step(&rq, &other, STEP_SCHEDULE, S("")), E_CONFLICT);
	CHECK_INT(decision_step(&rq, &d, STEP_PUBLISH, S("")), E_CONFLICT);
	CHECK_INT(decision_step(&rq, &d, STEP_UNSCHEDULE, S("")), E_INTERNAL);
	CHECK_INT(decision_step(&rq, &d, STEP_UNSCHEDULE, S("Zu früh.")), OK);
	CHECK_INT(db_commit(test_db), OK);
	CHECK_INT(count_of("SELECT count(*) FROM steering_event WHERE object = 'decision'"), 2);
	CHECK_STR(text_of("SELECT reason FROM steering_event ORDER BY id DESC LIMIT 1"),
		  S("Zu früh."));
	CHECK_STR(text_of("SELECT state FROM decision"), S("published"));
}

TEST(a_step_needs_its_right)
{
	static const struct {
		int64_t person;
		unsigned roles;
		bool schedule, revise, circulate;
	} cases[] = {
	    {ANNA, ROLE_PMO, true, true, true},
	    {BEN, ROLE_TF_LEAD, false, true, false},
	    {CEM, ROLE_TF_MEMBER, false, true, false},
	    {KIM, ROLE_TF_LEAD, false, false, false}, /* of another task force */
	    {IVO, ROLE_CHAIR | ROLE_COMMITTEE, true, false, false},
	    {HEIDI, ROLE_COMMITTEE, false, false, false},
	    {DORA, ROLE_READER, false, false, false},
	};
	struct decision d;

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		steering_world();
		struct request rq = request_of(cases[i].person, cases[i].roles);
		CHECK_INT(decision_by_id(&rq, DECISION_1, &d), OK);
		CHECK_INT(decision_may(&rq, &d, STEP_SCHEDULE), cases[i].schedule);
		CHECK_INT(decision_may(&rq, &d, STEP_REVISE), cases[i].revise);
		CHECK_INT(decision_may(&rq, &d, STEP_CIRCULATE), cases[i].circulate);
		CHECK(!decision_may(&rq, &d, STEP_CALL)); /* not from here */
		CHECK_INT(decision_step(&rq, &d, STEP_REVISE, S("Neuer Stand.")),
			  cases[i].revise ? OK : E_FORBIDDEN);
		db_rollback(test_db);
	}
}

TEST(addresses_have_one_spelling)
{
	static const char *const wrong[] = {
	    "2026",     "2026-", "2026-0",  "2026-01", "26-1",    "2026-1a",        "-1",
	    "2026-1-1", "",      "2026-99", "2027-1",  "20261-1", "2026-1000000000"};
	struct decision d;

	steering_world();
	struct request rq = request_of(ANNA, ROLE_PMO);
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
		CHECK_INT(decision_load(&rq, str_of(wrong[i]), &d), E_NOT_FOUND);
	db_rollback(test_db);
}

TEST(the_roll_has_every_municipality_with_its_seats)
{
	struct roll roll;
	struct committee_rules rules;

	steering_world();
	run_sql("INSERT INTO unit_weight VALUES (3, 2)");
	struct request rq = request_of(ANNA, ROLE_PMO);
	CHECK_INT(roll_load(&rq, date_today(), &roll), OK);
	CHECK_INT(roll.n, 4); /* the funder has no vote */
	CHECK_STR(roll.units[0].name, S("Auental"));
	CHECK_INT(roll_unit(&roll, LINDHEIM)->n, 2);
	CHECK_STR(roll_unit(&roll, LINDHEIM)->seats[0].name, S("Jule Jasmin"));
	CHECK_INT(roll_unit(&roll, LINDHEIM)->seats[1].capacity, CAPACITY_DEPUTY);
	CHECK_INT(roll_unit(&roll, BERGSTEDT)->weight, 2);
	CHECK_INT(roll_unit(&roll, SEEFELD)->weight, 1);
	CHECK(roll_unit(&roll, FUND) == NULL);
	CHECK_INT(roll_seat(&roll, KIM)->municipality_id, LINDHEIM);
	CHECK(roll_seat(&roll, ANNA) == NULL);
	CHECK_INT(committee_rules_load(&rq, &rules), OK);
	CHECK_INT(rules.tally.mode, TALLY_HEADS);
	CHECK(rules.seats == SEATS_SPEAKER && rules.deadline.days == 5 && rules.proxy_cap == 1);
	CHECK(!rules.deadline.clear_days && rules.tally.min_persons == 2);
	db_rollback(test_db);
}

TEST(who_is_gone_has_no_seat_and_a_municipality_that_left_no_vote)
{
	struct roll roll;

	steering_world();
	run_sql("UPDATE person SET status = 'suspended' WHERE id = 10;"
		"UPDATE role_grant SET until = '2026-11-19' WHERE person_id = 3 AND role ="
		" 'committee_deputy';"
		"UPDATE municipality SET left_on = '2026-11-19' WHERE id = 2;");
	struct request rq = request_of(ANNA, ROLE_PMO);
	CHECK_INT(roll_load(&rq, date_today(), &roll), OK);
	CHECK_INT(roll.n, 3);
	CHECK(roll_unit(&roll, AUENTAL) == NULL);
	CHECK_INT(roll_unit(&roll, LINDHEIM)->n, 1);
	CHECK(roll_seat(&roll, CEM) == NULL && roll_seat(&roll, JULE) == NULL);
	/* The day before they were all there. */
	CHECK_INT(roll_load(&rq, (struct date){2026, 11, 19}, &roll), OK);
	CHECK_INT(roll.n, 4);
	db_rollback(test_db);
}

TESTS_MAIN
