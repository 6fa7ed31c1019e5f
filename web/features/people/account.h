/* account.h -- the rows of municipalities, people and roles as the command line writes them. */
#ifndef FEATURES_PEOPLE_ACCOUNT_H
#define FEATURES_PEOPLE_ACCOUNT_H

#include "db/db.h"

enum { ACCOUNT_ROLES_MAX = 9 };

struct account {
	struct str name, email, password_hash;
	int64_t municipality_id; /* 0: none */
	size_t role_count;
	struct str roles[ACCOUNT_ROLES_MAX]; /* words of role_grant.role */
};

struct new_municipality {
	struct str name;
	struct str brief;        /* as in tables; empty: from the name */
	struct str ags, domains; /* may be empty */
	bool funder;
};

/* All in a running transaction. */
MUST enum err people_count(struct db *db, int64_t *count);
/* E_NOT_FOUND for an unknown address. */
MUST enum err account_find_email(struct db *db, struct str email, int64_t *person_id,
				 struct str *name);
/* By name, short name or slug; E_NOT_FOUND. */
MUST enum err municipality_find(struct db *db, struct str word, int64_t *id);
/* The row alone.  E_CONFLICT when one of that name, short name or address exists, or when nothing
 * is left of the name for an address. */
MUST enum err municipality_insert(struct db *db, struct arena *a, const struct new_municipality *m,
				  int64_t *id);
/* The same with the operator's audit row. */
MUST enum err municipality_create(struct db *db, struct arena *a, struct str name, bool funder,
				  int64_t *id);
/* Person, membership, roles and the audit row; E_CONFLICT when the address is taken, E_FORBIDDEN
 * when a seat is taken or given twice (role_clash). */
MUST enum err account_create(struct db *db, struct arena *a, const struct account *who,
			     int64_t *person_id);

/* A suspended account is active again, and the days until it sleeps begin anew. E_CONFLICT when it
 * is not suspended. */
MUST enum err account_open(struct db *db, struct arena *a, int64_t person_id);

/* Between 'active' and 'suspended', with the audit row; a suspended person's sessions end.
 * E_CONFLICT when the person is not in the other state. */
MUST enum err account_suspend(struct db *db, struct arena *a, int64_t person_id);
MUST enum err account_reactivate(struct db *db, struct arena *a, int64_t person_id);
/* How many active people look after all others (PMO, installation). */
MUST enum err account_keepers(struct db *db, int64_t *count);

/* "anna@lindheim.example": one @ with something on both sides, no blanks, at most 254 bytes. */
bool is_email(struct str s);
/* A word of role_grant.role. */
bool is_role_word(struct str s);

#endif
