/* rights_test.c -- the table of rights against the one the cooperation agreed on, cell by cell. */
#include "app/rights.h"
#include "test.h"

/* Columns as in the agreement: installation, municipality, PMO, lead, member, committee, chair,
 * reviewer, reader, funder.  "a": all, "o": own, "-": not at all. */
static const struct {
	enum action action;
	const char *cells;
} agreed[] = {
    {PROJECT_SEE, "-aaaaaaaa-"},        {TASK_FORCE_CREATE, "--a-------"},
    {TASK_FORCE_EDIT, "--ao------"},    {QUESTION_ASK, "--aoo-----"},
    {TEAM_SET, "--ao------"},           {LIGHT_SET, "--ao------"},
    {MONEY_BOOK, "--ao------"},         {MONEY_SEE, "-oao-aaa--"},
    {HANDBOOK_EDIT, "--a-------"},      {OFFICE_ACT, "--a-------"},
    {CHAIR_ACT, "------a---"},          {VERSION_APPROVE, "--a--aa---"},
    {VERSION_DECIDE, "-----aa---"},     {FEEDBACK_HINT, "-aaaaaaaa-"},
    {FEEDBACK_GIVE, "-aaaaaaa--"},      {FEEDBACK_DECIDE, "--a-------"},
    {FEEDBACK_SPEAK, "-o--------"},     {FEEDBACK_HIDE, "-a--------"},
    {EDITION_SEE, "-aa-------"},        {EDITION_RELEASE, "-a--------"},
    {DECISION_WRITE, "--aoo-----"},     {DECISION_DISCUSS, "-aaaaaaa--"},
    {DECISION_REVIEW, "--a-------"},    {MEETING_PREPARE, "--a---a---"},
    {MEETING_CHAIR, "-----oa---"},      {SEAT_ACT, "-----o----"},
    {MINUTES_WRITE, "-oooooooo-"},      {FOLLOW_UP_REPORT, "-oaoooooo-"},
    {RULES_SET, "------a---"},          {PEOPLE_SEE, "aaaaaaaaa-"},
    {PEOPLE_MANAGE, "-o--------"},      {MUNICIPALITY_FOUND, "a---------"},
    {ACCOUNT_RESCUE, "oo--------"},     {MUNICIPALITY_END, "-----aa---"},
    {PROJECT_ROLE_GRANT, "-oa-------"}, {ROLE_PROPOSE, "--a-------"},
    {ROLE_GRANT, "-----aa---"},         {AUDIT_SEE, "-oa-------"},
    {MAIL_SEE, "aoa-------"},           {RETENTION_SET, "a---------"},
    {BARRIER_ANSWER, "a-a-------"},     {WITNESS_ACT, "-o---o----"},
};

TEST(each_role_may_do_what_was_agreed_and_nothing_else)
{
	size_t rows = sizeof agreed / sizeof agreed[0];

	/* EVERYONE and LOGGED_IN are no rows of the table. */
	CHECK_INT(rows, ACTION_COUNT - 2);
	for (size_t i = 0; i < rows; i++) {
		CHECK_INT(strlen(agreed[i].cells), ROLE_COUNT);
		for (int r = 0; r < ROLE_COUNT; r++) {
			unsigned role = 1u << r;
			char cell = agreed[i].cells[r];
			CHECK_INT(right_to_all(role, agreed[i].action), cell == 'a');
			CHECK_INT(right_to_own((enum role)role, agreed[i].action), cell == 'o');
			CHECK_INT(right_to_enter(role, agreed[i].action), cell != '-');
		}
	}
}

TEST(nobody_without_a_role_enters_anything)
{
	for (int action = PROJECT_SEE; action < ACTION_COUNT; action++)
		CHECK(!right_to_enter(0, (enum action)action));
}

TEST(roles_add_up)
{
	CHECK(right_to_all(ROLE_READER | ROLE_PMO, HANDBOOK_EDIT));
	CHECK(right_to_enter(ROLE_INSTALLATION | ROLE_TF_MEMBER, QUESTION_ASK));
}

TEST(roles_of_the_database_have_their_bits_and_unknown_ones_none)
{
	static const char *const names[ROLE_COUNT] = {
	    "installation", "municipality", "pmo",      "tf_lead", "tf_member",
	    "committee",    "chair",        "reviewer", "reader",  "funder"};

	for (int r = 0; r < ROLE_COUNT; r++)
		CHECK_INT(role_named(str_of(names[r])), 1u << r);
	CHECK_INT(role_named(S("committee_deputy")), ROLE_COMMITTEE);
	CHECK_INT(role_named(S("root")), 0);
	CHECK_INT(role_named(S("")), 0);
}

TEST(every_action_has_a_name_of_its_own)
{
	for (int a = 0; a < ACTION_COUNT; a++) {
		CHECK(action_name((enum action)a).n > 0);
		for (int b = 0; b < a; b++)
			CHECK(!str_eq(action_name((enum action)a), action_name((enum action)b)));
	}
}

TESTS_MAIN
