/*
 * rights.h -- who may do what: one table for the whole program.
 *
 * A route names an action; the guard lets a viewer in whose roles allow it for all objects or for
 * own ones.  Which objects are "own" is decided where they are loaded (task_force_load), with
 * right_to_all and right_to_own; nowhere else.  The roles and cells are those the cooperation
 * agreed on; rights_test.c holds them cell by cell.
 */
#ifndef APP_RIGHTS_H
#define APP_RIGHTS_H

#include "base/str.h"

/* Roles add up.  The two task-force roles follow from membership in any task force. */
enum role {
	ROLE_INSTALLATION = 1 << 0, /* technical administrator: no content */
	ROLE_MUNICIPALITY = 1 << 1, /* administrator of the own municipality's people */
	ROLE_PMO = 1 << 2,
	ROLE_TF_LEAD = 1 << 3, /* lead or deputy */
	ROLE_TF_MEMBER = 1 << 4,
	ROLE_COMMITTEE = 1 << 5, /* vote holder or deputy */
	ROLE_CHAIR = 1 << 6,
	ROLE_REVIEWER = 1 << 7,
	ROLE_READER = 1 << 8,
	ROLE_FUNDER = 1 << 9
};
enum { ROLE_COUNT = 10 };

enum action {
	EVERYONE, /* also guests */
	LOGGED_IN,
	PROJECT_SEE,       /* overview, milestones, lights, handbook, decisions */
	TASK_FORCE_CREATE, /* create, end, set municipalities and lead */
	TASK_FORCE_EDIT,   /* goal, period, link */
	TEAM_SET,          /* who works in it: add, move, end; nobody gives above their own */
	QUESTION_ASK,      /* ask and answer */
	LIGHT_SET,
	MONEY_BOOK,
	MONEY_SEE,        /* single bookings; the sums belong to the overview */
	HANDBOOK_EDIT,    /* write, open rounds, prepare versions and editions */
	VERSION_APPROVE,  /* the second person of an editorial version; never one's own */
	VERSION_DECIDE,   /* put a version with new content into force; never one's own */
	FEEDBACK_HINT,    /* give a hint on the handbook */
	FEEDBACK_GIVE,    /* any kind of feedback, and answers to it */
	FEEDBACK_DECIDE,  /* triage and decide; never one's own */
	FEEDBACK_SPEAK,   /* for the own municipality: release, agree, object */
	FEEDBACK_HIDE,    /* data protection: hide words, with a reason */
	EDITION_SEE,      /* editions before they are public, and what the checks found */
	EDITION_RELEASE,  /* the second key of a public edition, and withdrawing it */
	DECISION_WRITE,   /* a decision template; task-force roles: of their own task force */
	DECISION_DISCUSS, /* say something below a template */
	DECISION_REVIEW,  /* return, publish, put on an agenda, circulate, end the follow-up */
	MEETING_PREPARE,  /* call a meeting, write its agenda */
	MEETING_CHAIR,    /* lead it: points, attendance, votes; own: as deputy chair of this one */
	SEAT_ACT,         /* for the seat of the own municipality: answer, name a proxy, vote */
	MINUTES_WRITE,    /* own: as minute-taker of this meeting */
	FOLLOW_UP_REPORT, /* own: as the person responsible */
	RULES_SET,        /* the committee's own rules */
	OFFICE_ACT,       /* what waits for the project office */
	CHAIR_ACT,        /* what waits for the committee */
	PEOPLE_SEE,       /* names and roles of all municipalities' people */
	PEOPLE_MANAGE,    /* invite, suspend; own: of the own municipality */
	/* Address, second factor; own: of the own municipality, for the technical administration
	 * where nobody there can (people/four_eyes.h). */
	ACCOUNT_RESCUE,
	MUNICIPALITY_FOUND, /* a new municipality and its first administrator */
	MUNICIPALITY_END,   /* one leaves the cooperation */
	PROJECT_ROLE_GRANT, /* reviewer, reader */
	ROLE_PROPOSE,       /* a role of the whole cooperation */
	ROLE_GRANT,         /* PMO, committee, chair, funder */
	AUDIT_SEE,          /* who did what; own: what people of the own municipality did */
	MAIL_SEE,           /* letters that could not be sent */
	RETENTION_SET,      /* how long things are kept */
	BARRIER_ANSWER,     /* reports of barriers */
	WITNESS_ACT,        /* for the own municipality: its key, countersign the register */
	ACTION_COUNT
};

struct right {
	unsigned all; /* roles that may do it with every object */
	unsigned own; /* roles that may do it with their own */
};
extern const struct right rights[ACTION_COUNT];

/* The role a role_grant row names; 0 for an unknown word. */
unsigned role_named(struct str name);
struct str role_label(struct str name);     /* "Steuerungskreis"; empty for an unknown word */
struct str role_title(enum role role);      /* the same for a bit */
struct str role_brief(enum role role);      /* "Kreis", for the head of a narrow column */
struct str action_name(enum action action); /* "task_force_edit" */
/* "Ziel, Laufzeit und Link ändern", under "Task Forces"; those of a group stand together. */
struct str action_label(enum action action);
struct str action_group(enum action action);

/* Guests have no roles; EVERYONE and LOGGED_IN are the guard's business. */
bool right_to_enter(unsigned roles, enum action action);
bool right_to_all(unsigned roles, enum action action);
/* May `role` (one bit the viewer has on this very object) do it with its own? */
bool right_to_own(enum role role, enum action action);

#endif
