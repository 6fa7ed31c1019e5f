/*
 * fuzz.h -- what the fuzz targets share.  A target takes bytes that a stranger could send, and
 * REQUIREs of the result what the rest of the program relies on.  `make fuzz` runs all of them;
 * corpus/<name> holds the beginnings for <name>_fuzz.c.
 */
#ifndef TESTS_FUZZ_FUZZ_H
#define TESTS_FUZZ_FUZZ_H

#include "base/arena.h"

#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

#define REQUIRE(condition)                                                                         \
	do {                                                                                       \
		if (!(condition)) {                                                                \
			fprintf(stderr, "%s:%d: %s\n", __FILE__, __LINE__, #condition);            \
			abort();                                                                   \
		}                                                                                  \
	} while (0)

/* The same arena each time, emptied. */
static inline struct arena *fuzz_arena(void)
{
	static struct arena *a;

	if (a == NULL)
		a = arena_new(64 * 1024 * 1024);
	arena_reset(a);
	return a;
}

#endif
