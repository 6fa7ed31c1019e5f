/*
 * team.h -- who works in a task force.  Each change is a row that ends and one that begins, so it
 * stays known who was in it when.
 */
#ifndef OVERVIEW_TEAM_H
#define OVERVIEW_TEAM_H

#include "features/overview/task_force.h"

enum team_role { TEAM_LEAD, TEAM_DEPUTY, TEAM_MEMBER, TEAM_NONE, TEAM_ROLES };

/* In the write transaction.  The person's sessions end, because what they may has changed; the
 * viewer's own go on under a new token.  Audit row and letter are written; the command line tells
 * nobody.  Nothing happens when the person has this role.  For TEAM_LEAD the place must be free. */
MUST enum err team_move(struct request *rq, int64_t task_force_id, int64_t person_id,
			enum team_role to);

struct team_member {
	int64_t person_id;
	struct str name, city; /* city may be empty */
	enum team_role role;
	struct date since; /* in this role */
};
/* rq->id, of this task force; E_NOT_FOUND. */
MUST enum err team_member_load(struct request *rq, const struct task_force *tf,
			       struct team_member *out);
struct str team_word(enum team_role role);  /* "deputy"; "keine" for TEAM_NONE */
struct str team_label(enum team_role role); /* "Stellvertretung"; empty for TEAM_NONE */
enum team_role team_role_named(struct str word);

#endif
