/* quiet.h -- commands print; their tests should not.  Answers what was printed. */
#ifndef TESTS_QUIET_H
#define TESTS_QUIET_H

#include "base/arena.h"
#include "test.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* Standard output and error go into one temporary file until speak(). */
struct quiet {
	int out, err, file;
};

static inline struct quiet hush(void)
{
	char path[] = "/tmp/handschlag-printed-XXXXXX";
	struct quiet q = {dup(STDOUT_FILENO), dup(STDERR_FILENO), mkstemp(path)};

	fflush(NULL);
	unlink(path);
	CHECK(q.out >= 0 && q.err >= 0 && q.file >= 0);
	CHECK(dup2(q.file, STDOUT_FILENO) >= 0 && dup2(q.file, STDERR_FILENO) >= 0);
	return q;
}

static inline struct str speak(struct arena *a, struct quiet q)
{
	char *text = arena_alloc(a, 64 * 1024);

	fflush(NULL);
	CHECK(dup2(q.out, STDOUT_FILENO) >= 0 && dup2(q.err, STDERR_FILENO) >= 0);
	ssize_t n = pread(q.file, text, 64 * 1024, 0);
	close(q.out);
	close(q.err);
	close(q.file);
	return (struct str){text, n < 0 ? 0 : (size_t)n};
}

#endif
