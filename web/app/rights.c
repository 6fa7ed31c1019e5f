/* rights.c -- the table of rights. */
#include "app/rights.h"

#define PROJECT                                                                                    \
	(ROLE_MUNICIPALITY | ROLE_PMO | ROLE_TF_LEAD | ROLE_TF_MEMBER | ROLE_COMMITTEE |           \
	 ROLE_CHAIR | ROLE_REVIEWER | ROLE_READER)

const struct right rights[ACTION_COUNT] = {
    [EVERYONE] = {0, 0},
    [LOGGED_IN] = {0, 0},
    [PROJECT_SEE] = {PROJECT, 0},
    [TASK_FORCE_CREATE] = {ROLE_PMO, 0},
    [TASK_FORCE_EDIT] = {ROLE_PMO, ROLE_TF_LEAD},
    [QUESTION_ASK] = {ROLE_PMO, ROLE_TF_LEAD | ROLE_TF_MEMBER},
    [LIGHT_SET] = {ROLE_PMO, ROLE_TF_LEAD},
    [MONEY_BOOK] = {ROLE_PMO, ROLE_TF_LEAD},
    [MONEY_SEE] = {ROLE_PMO | ROLE_COMMITTEE | ROLE_CHAIR | ROLE_REVIEWER,
		   ROLE_TF_LEAD | ROLE_MUNICIPALITY},
    [HANDBOOK_EDIT] = {ROLE_PMO, 0},
    [VERSION_APPROVE] = {ROLE_PMO | ROLE_COMMITTEE | ROLE_CHAIR, 0},
    [VERSION_DECIDE] = {ROLE_COMMITTEE | ROLE_CHAIR, 0},
    [FEEDBACK_HINT] = {PROJECT, 0},
    [FEEDBACK_GIVE] = {PROJECT & ~ROLE_READER, 0},
    [FEEDBACK_DECIDE] = {ROLE_PMO, 0},
    [FEEDBACK_SPEAK] = {0, ROLE_MUNICIPALITY},
    [FEEDBACK_HIDE] = {ROLE_MUNICIPALITY, 0},
    [EDITION_SEE] = {ROLE_PMO | ROLE_MUNICIPALITY, 0},
    [EDITION_RELEASE] = {ROLE_MUNICIPALITY, 0},
    [DECISION_WRITE] = {ROLE_PMO, ROLE_TF_LEAD | ROLE_TF_MEMBER},
    [DECISION_DISCUSS] = {PROJECT & ~ROLE_READER, 0},
    [DECISION_REVIEW] = {ROLE_PMO, 0},
    [MEETING_PREPARE] = {ROLE_PMO | ROLE_CHAIR, 0},
    [MEETING_CHAIR] = {ROLE_CHAIR, ROLE_COMMITTEE},
    [SEAT_ACT] = {0, ROLE_COMMITTEE},
    [MINUTES_WRITE] = {0, PROJECT},
    [FOLLOW_UP_REPORT] = {ROLE_PMO, PROJECT & ~ROLE_PMO},
    [RULES_SET] = {ROLE_CHAIR, 0},
    [OFFICE_ACT] = {ROLE_PMO, 0},
    [CHAIR_ACT] = {ROLE_CHAIR, 0},
    [PEOPLE_SEE] = {PROJECT | ROLE_INSTALLATION, 0},
    [PEOPLE_MANAGE] = {0, ROLE_MUNICIPALITY},
    [MUNICIPALITY_FOUND] = {ROLE_INSTALLATION, 0},
    [PROJECT_ROLE_GRANT] = {ROLE_PMO, ROLE_MUNICIPALITY},
    [ROLE_PROPOSE] = {ROLE_PMO, 0},
    [ROLE_GRANT] = {ROLE_COMMITTEE | ROLE_CHAIR, 0},
    [AUDIT_SEE] = {ROLE_PMO, ROLE_MUNICIPALITY},
    [MAIL_SEE] = {ROLE_INSTALLATION | ROLE_PMO, ROLE_MUNICIPALITY},
    [RETENTION_SET] = {ROLE_INSTALLATION, 0},
    [BARRIER_ANSWER] = {ROLE_INSTALLATION | ROLE_PMO, 0},
    [WITNESS_ACT] = {0, ROLE_MUNICIPALITY | ROLE_COMMITTEE},
};

static const struct {
	struct str name;
	unsigned role;
	struct str label;
} roles[] = {
    {S_INIT("installation"), ROLE_INSTALLATION, S_INIT("Technische Verwaltung")},
    {S_INIT("municipality"), ROLE_MUNICIPALITY, S_INIT("Personenverwaltung")},
    {S_INIT("pmo"), ROLE_PMO, S_INIT("Projektbüro")},
    {S_INIT("tf_lead"), ROLE_TF_LEAD, S_INIT("Leitung einer Task Force")},
    {S_INIT("tf_member"), ROLE_TF_MEMBER, S_INIT("Mitarbeit in einer Task Force")},
    {S_INIT("committee"), ROLE_COMMITTEE, S_INIT("Steuerungskreis")},
    {S_INIT("committee_deputy"), ROLE_COMMITTEE, S_INIT("Steuerungskreis, Stellvertretung")},
    {S_INIT("chair"), ROLE_CHAIR, S_INIT("Moderation des Steuerungskreises")},
    {S_INIT("reviewer"), ROLE_REVIEWER, S_INIT("Mitwirkung am Handbuch")},
    {S_INIT("reader"), ROLE_READER, S_INIT("Nur lesen")},
    {S_INIT("funder"), ROLE_FUNDER, S_INIT("Fördermittelgeber")},
};

static const struct str action_names[ACTION_COUNT] = {
    [EVERYONE] = S_INIT("everyone"),
    [LOGGED_IN] = S_INIT("logged_in"),
    [PROJECT_SEE] = S_INIT("project_see"),
    [TASK_FORCE_CREATE] = S_INIT("task_force_create"),
    [TASK_FORCE_EDIT] = S_INIT("task_force_edit"),
    [QUESTION_ASK] = S_INIT("question_ask"),
    [LIGHT_SET] = S_INIT("light_set"),
    [MONEY_BOOK] = S_INIT("money_book"),
    [MONEY_SEE] = S_INIT("money_see"),
    [HANDBOOK_EDIT] = S_INIT("handbook_edit"),
    [VERSION_APPROVE] = S_INIT("version_approve"),
    [VERSION_DECIDE] = S_INIT("version_decide"),
    [FEEDBACK_HINT] = S_INIT("feedback_hint"),
    [FEEDBACK_GIVE] = S_INIT("feedback_give"),
    [FEEDBACK_DECIDE] = S_INIT("feedback_decide"),
    [FEEDBACK_SPEAK] = S_INIT("feedback_speak"),
    [FEEDBACK_HIDE] = S_INIT("feedback_hide"),
    [EDITION_SEE] = S_INIT("edition_see"),
    [EDITION_RELEASE] = S_INIT("edition_release"),
    [DECISION_WRITE] = S_INIT("decision_write"),
    [DECISION_DISCUSS] = S_INIT("decision_discuss"),
    [DECISION_REVIEW] = S_INIT("decision_review"),
    [MEETING_PREPARE] = S_INIT("meeting_prepare"),
    [MEETING_CHAIR] = S_INIT("meeting_chair"),
    [SEAT_ACT] = S_INIT("seat_act"),
    [MINUTES_WRITE] = S_INIT("minutes_write"),
    [FOLLOW_UP_REPORT] = S_INIT("follow_up_report"),
    [RULES_SET] = S_INIT("rules_set"),
    [OFFICE_ACT] = S_INIT("office_act"),
    [CHAIR_ACT] = S_INIT("chair_act"),
    [PEOPLE_SEE] = S_INIT("people_see"),
    [PEOPLE_MANAGE] = S_INIT("people_manage"),
    [MUNICIPALITY_FOUND] = S_INIT("municipality_found"),
    [PROJECT_ROLE_GRANT] = S_INIT("project_role_grant"),
    [ROLE_PROPOSE] = S_INIT("role_propose"),
    [ROLE_GRANT] = S_INIT("role_grant"),
    [AUDIT_SEE] = S_INIT("audit_see"),
    [MAIL_SEE] = S_INIT("mail_see"),
    [RETENTION_SET] = S_INIT("retention_set"),
    [BARRIER_ANSWER] = S_INIT("barrier_answer"),
    [WITNESS_ACT] = S_INIT("witness_act"),
};

unsigned role_named(struct str name)
{
	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
		if (str_eq(roles[i].name, name))
			return roles[i].role;
	return 0;
}

struct str action_name(enum action action)
{
	return action_names[action];
}

struct str role_label(struct str name)
{
	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++)
		if (str_eq(roles[i].name, name))
			return roles[i].label;
	return S("");
}

bool right_to_enter(unsigned held, enum action action)
{
	return (held & (rights[action].all | rights[action].own)) != 0;
}

bool right_to_all(unsigned held, enum action action)
{
	return (held & rights[action].all) != 0;
}

bool right_to_own(enum role role, enum action action)
{
	return (rights[action].own & (unsigned)role) != 0;
}
