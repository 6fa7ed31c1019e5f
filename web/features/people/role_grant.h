/*
 * role_grant.h -- roles with dates: who gives which to whom, and when one may be taken away.
 *
 * One table (role_kinds) says by which right of app/rights.c a role is given and ended; nobody
 * gives one above their own, and nobody gives any to themselves.  Roles in a task force are rows of
 * its members and none of these.
 */
#ifndef FEATURES_PEOPLE_ROLE_GRANT_H
#define FEATURES_PEOPLE_ROLE_GRANT_H

#include "app/form.h"

/* The addresses at which roles are given: below /personen/:id/rollen and /rollen. */
enum role_way {
	WAY_PROJECT,     /* "projekt": reviewer, reader; administrator of the own municipality */
	WAY_COOPERATION, /* "kooperation": what the committee gives */
	WAY_FIRST,       /* "erste": the first administrator of a municipality */
	WAY_PROPOSAL,    /* "vorschlag": proposed to the committee */
	ROLE_WAYS
};

struct role_kind {
	struct str word; /* of role_grant.role */
	enum action given_by;
	bool seat;   /* is held for the person's municipality */
	bool funder; /* for people of a funder, who have no other */
	struct str hint;
};
enum { ROLE_KINDS = 8 };
extern const struct role_kind role_kinds[ROLE_KINDS];
const struct role_kind *role_kind_named(struct str word); /* NULL: nothing that is given here */

/* Somebody with roles, and what the viewer may give on one way. */
struct role_person {
	int64_t id, municipality_id;
	struct str name, municipality;
	bool active, is_funder, has_administrator; /* the municipality has one */
	size_t n;
	const struct role_kind *offered[ROLE_KINDS];
};
/* rq->id; E_NOT_FOUND for nobody. */
MUST enum err role_person_load(struct request *rq, int64_t id, struct role_person *out);
/* With what is offered; E_FORBIDDEN when the viewer gives roles to own people alone. */
MUST enum err role_person_load_for(struct request *rq, enum role_way way, struct role_person *out);
/* M_NONE, or why this person gets nothing on this way. */
enum message role_obstacle(const struct request *rq, const struct role_person *p,
			   enum role_way way);

struct role_term {
	const struct role_kind *kind;
	struct date since, until; /* until: none for open */
};
/* In the write transaction: M_NONE and `id` of the new row, or why not.  Sessions of the person end
 * when it counts today; audit row and letter are written. */
MUST enum err role_give(struct request *rq, const struct role_person *p, const struct role_term *t,
			int64_t *id, enum message *why);

/* M_NONE, or why the person does not get it: has the role in that time, has another seat of the
 * committee (who carries the vote is no deputy of it), or somebody else carries the municipality's
 * vote.  Of the person id and municipality_id are read. */
MUST enum err role_clash(struct db *db, struct arena *a, const struct role_person *p,
			 const struct role_term *t, enum message *why);

/* A role that somebody holds or will hold. */
struct role_held {
	int64_t id, person_id, municipality_id;
	struct str name, municipality;
	const struct role_kind *kind;
	struct date since, until;
};
/* rq->id, of a role that is given on this way; E_FORBIDDEN as above. */
MUST enum err role_held_load_for(struct request *rq, enum role_way way, struct role_held *out);
/* Ends it now (no date), or with the last day `until`.  M_NONE, or why not: the last of a kind
 * stays (role_last.h). */
MUST enum err role_take(struct request *rq, const struct role_held *h, struct date until,
			enum message *why);
/* May the viewer end it?  Without asking who would be left. */
bool role_may_end(const struct request *rq, const struct role_kind *kind, int64_t municipality_id);

/* Letters, in the transaction of what they tell. */
MUST enum err role_tell_given(struct request *rq, const struct role_person *p,
			      const struct role_term *t, int64_t id);
MUST enum err role_tell_ended(struct request *rq, const struct role_held *h, struct date until);

handler role_list_show;
handler role_project_new, role_project_create, role_cooperation_new, role_cooperation_create;
handler role_first_new, role_first_create, role_proposal_new, role_proposal_create;
handler role_project_end_ask, role_project_end, role_cooperation_end_ask, role_cooperation_end;
/* The form on a way: who, what, from when to when; `reason` for a proposal alone. */
struct role_form {
	struct form form;
	struct role_person person;
	enum role_way way;
	struct role_term term;
	struct str reason;
};
MUST enum err role_form_read(struct request *rq, enum role_way way, struct role_form *f);
MUST enum err role_form_show(struct role_form *f, enum message obstacle, int status);
/* At the field that a refusal of role_give or role_propose is about. */
void role_form_refuse(struct role_form *f, enum message why);

#endif
