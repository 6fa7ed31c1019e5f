/* erased.h -- a person is erased, by the same function as by the page and after a restore. */
#ifndef TESTS_ERASED_H
#define TESTS_ERASED_H

#include "features/people/erase.h"
#include "fixtures.h"

static inline void person_is_erased(int64_t person)
{
	struct erased p;

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(erased_load(test_db, person, &p), OK);
	CHECK_INT(person_erase(test_db, test_arena, &p, 0), OK);
	CHECK_INT(db_commit(test_db), OK);
}

#endif
