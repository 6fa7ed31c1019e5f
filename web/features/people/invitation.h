/*
 * invitation.h -- somebody is asked in by mail.
 *
 * A row of person with the status 'invited', without password, membership or role, and a row of
 * invitation.  The letter's link opens it: whoever comes by it chooses a password, and only then
 * membership and role begin.  The link's token is made by the process that sends the letter, so the
 * inviter never sees it.  Somebody who has an account but belongs to no municipality any more
 * accepts while logged in.
 */
#ifndef FEATURES_PEOPLE_INVITATION_H
#define FEATURES_PEOPLE_INVITATION_H

#include "app/form.h"

enum { INVITATION_DAYS = 14, EMAIL_MAX_CHARS = 254, PERSON_NAME_MAX_CHARS = 120 };

/* What somebody can be invited as. */
struct invitation_role {
	struct str choice; /* in the form */
	struct str word;   /* in the database */
	struct str label;
};
enum { INVITATION_ROLES = 4 };
extern const struct invitation_role invitation_roles[INVITATION_ROLES];
struct str invitation_role_label(struct str word);

struct invite {
	int64_t municipality_id;
	struct str municipality; /* its name */
	struct str name, email, role;
};

/* In the write transaction: person, invitation, letter and audit row.  M_NONE, or why not. */
MUST enum err invitation_send(struct request *rq, const struct invite *in, enum message *why);

/* An open invitation of a municipality; E_NOT_FOUND.  Renewing counts its 14 days anew and voids
 * the link that is under way. */
MUST enum err invitation_renew_open(struct request *rq, int64_t municipality_id, int64_t id);
MUST enum err invitation_revoke_open(struct request *rq, int64_t municipality_id, int64_t id);
/* All open ones for this role. */
MUST enum err invitation_revoke_role(struct request *rq, int64_t municipality_id, struct str role);

/* One that a link opens. */
struct invitation {
	int64_t id, person_id, municipality_id, inviter_id;
	struct str name, email, municipality, inviter, role;
	bool known; /* the person has an account already */
	int64_t expires_at;
};
enum invitation_state { INVITATION_OPEN, INVITATION_GONE, INVITATION_ACCEPTED };
/* By rq->token.  GONE for whatever does not open anything (any more). */
MUST enum err invitation_find(struct request *rq, struct invitation *out,
			      enum invitation_state *state);
/* Membership and role, and for a new person the password, in the write transaction. */
MUST enum err invitation_accept(struct request *rq, const struct invitation *in,
				struct str password_hash);

/* What is unusual about an address, or M_NONE: a private provider, not one of `domains`. */
enum message email_doubt(struct str email, struct str domains);

#endif
