/* arena_fixture.h -- memory for each test alone: TESTS_MAIN_EACH(before, after). */
#ifndef TESTS_ARENA_FIXTURE_H
#define TESTS_ARENA_FIXTURE_H

#include "base/arena.h"

#include "test.h"

static struct arena *arena;

static inline int before(void **state)
{
	(void)state;
	arena = arena_new(256u * 1024 * 1024);
	return 0;
}

static inline int after(void **state)
{
	(void)state;
	arena_free(arena);
	return 0;
}

#endif
