/*
 * role_last.h -- one rule for the last of a kind: whose going would leave a role to nobody.
 *
 * Somebody else follows who is active and holds the role without an end, from the last day of the
 * one who goes at the latest.  The kinds: the project office, the technical administration of the
 * installation, the administration of a municipality's people, and, as one kind, those who give
 * the roles of the cooperation (committee, deputies, chair).  The lead of a task force is none: it
 * is handed over like other work (handover.c).
 *
 * Everybody who ends, suspends, puts to sleep or erases asks here, in their transaction.
 */
#ifndef FEATURES_PEOPLE_ROLE_LAST_H
#define FEATURES_PEOPLE_ROLE_LAST_H

#include "app/app.h"
#include "app/message.h"
#include "base/date.h"

struct role_seat {
	int64_t person_id;
	int64_t grant_id; /* the one that ends; 0: all of this person's */
	struct str role;  /* of role_grant.role */
	int64_t municipality_id;
};
/* M_NONE, or what nobody would be left for after the day `last`. */
MUST enum err role_seat_last(struct db *db, struct arena *a, const struct role_seat *s,
			     struct date last, enum message *why);

/* Roles that would be nobody's, each with its message. */
struct last_role {
	struct str role;
	enum message why;
};
enum { LAST_ROLES_MAX = 16 };
struct last_roles {
	size_t n;
	struct last_role v[LAST_ROLES_MAX];
};
/* When this person is gone from today. */
MUST enum err roles_last_of(struct db *db, struct arena *a, int64_t person_id,
			    struct last_roles *out);
/* When all people of a municipality are: they are no successors of each other, and its own
 * administration ends with it. */
MUST enum err roles_last_in(struct db *db, struct arena *a, int64_t municipality_id,
			    struct last_roles *out);

#endif
