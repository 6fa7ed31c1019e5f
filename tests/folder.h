/* folder.h -- a fresh world, and a folder of its own, for each test:
 * TESTS_MAIN_EACH(make_folder, remove_folder). */
#ifndef TESTS_FOLDER_H
#define TESTS_FOLDER_H

#include "fixtures.h"

#include <stdio.h>
#include <stdlib.h>

static char folder[40];

static inline const char *in_folder(const char *name)
{
	return arena_cstr(test_arena, arena_fmt(test_arena, "%s/%s", folder, name));
}

static inline int make_folder(void **state)
{
	(void)state;
	fixtures();
	snprintf(folder, sizeof folder, "/tmp/handschlag-folder-XXXXXX");
	return mkdtemp(folder) == NULL;
}

static inline int remove_folder(void **state)
{
	char command[80];

	(void)state;
	db_rollback(test_db);
	snprintf(command, sizeof command, "rm -r %s", folder);
	return system(command);
}

#endif
