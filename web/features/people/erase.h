/*
 * erase.h -- a person becomes "ehemalige Person (Stadt X)".
 *
 * Account, sessions, drafts, letters and settings go; votes, feedback, reports and what the
 * register proves stay valid, because they point to the row, and the register to a digest whose
 * salt goes. Words that people wrote are not rewritten: where they may name her is listed for a
 * look by hand.
 */
#ifndef FEATURES_PEOPLE_ERASE_H
#define FEATURES_PEOPLE_ERASE_H

#include "app/app.h"

struct erased {
	int64_t id, municipality_id; /* of the newest membership; 0: never had one */
	struct str name, email, status, municipality;
	bool member; /* still has a membership */
};

/* In any transaction; E_NOT_FOUND. */
MUST enum err erased_load(struct db *db, int64_t person_id, struct erased *out);

/* Duties that would be nobody's: S_DUTY rows of `v`, and how many. */
MUST enum err duties_show(struct request *rq, int64_t person_id, size_t *n);
MUST enum err duties_count(struct db *db, struct arena *a, int64_t person_id, size_t *n);

/* What the audit keeps of an erasure, as JSON: under "stellen" a list of {"was", "wo"}, what it is
 * and its address.  Holds no name.  Before the erasure. */
MUST enum err erasure_places(struct db *db, struct arena *a, const struct erased *p,
			     struct str *json);

/* In the write transaction.  `by` 0: the operator.  Also for a person that a restored copy has
 * brought back; the row of `erasure` is written unless it is there. */
MUST enum err person_erase(struct db *db, struct arena *a, const struct erased *p, int64_t by);

/*
 * A step of person_erase: the full name, and each she had before, becomes `by` where the program
 * wrote it and nobody may edit (histories, letters to others), and details of the audit go that
 * hold a name or the address.  Only where it stands whole: "Anna Berg" is neither in "Anna
 * Bergmann" nor in "Anna Berg-Kohl", nor is "a.berg@x.example" in "anna.berg@x.example".  A
 * namesake with the very same name is renamed too.
 */
MUST enum err erased_names_go(struct db *db, struct arena *a, const struct erased *p,
			      struct str by);

#endif
