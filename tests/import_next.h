/* import_next.h -- `handschlag import-handbook FILE --new-version` with a text of a test's own. */
#ifndef TESTS_IMPORT_NEXT_H
#define TESTS_IMPORT_NEXT_H

#include "features/handbook/handbook.h"
#include "fixtures.h"
#include "quiet.h"

#include <stdlib.h>
#include <unistd.h>

/* The command's status; in the fixtures' database. */
static inline int64_t import_next(const char *text)
{
	char path[] = "/tmp/handschlag-handbook-XXXXXX", flag[] = "--new-version";
	char *args[] = {path, flag};
	struct quiet q = hush();
	int fd = mkstemp(path);

	CHECK(fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text));
	close(fd);
	int status = handbook_import_command(test_db, test_arena, 2, args);
	(void)speak(test_arena, q);
	unlink(path);
	return status;
}

#endif
