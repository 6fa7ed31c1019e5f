/* erasure_list.h -- the file that remembers who was erased: numbers and instants, no names. */
#ifndef FEATURES_PEOPLE_ERASURE_LIST_H
#define FEATURES_PEOPLE_ERASURE_LIST_H

#include "base/arena.h"
#include "base/err.h"

#define ERASURES_FILE "erasures"

struct erasure {
	int64_t person_id, created_at, at; /* created_at: of the account */
};
struct erasures {
	struct arena *arena;
	size_t n, room;
	struct erasure *v;
};
/* False when it stands there already. */
bool erasures_add(struct erasures *list, const struct erasure *e);
/* Adds what a file says; a missing one says nothing.  E_BAD_REQUEST, logged, for any other text. */
MUST enum err erasures_read(struct erasures *list, struct str path);
MUST enum err erasures_write(const struct erasures *list, struct str path);

#endif
