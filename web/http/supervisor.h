/*
 * supervisor.h -- keeps N workers alive.
 *
 * Own socket (backlog 511, mode 0660, non-blocking); SIGTERM/SIGINT drain and end all workers
 * (10 s, then SIGKILL); SIGHUP replaces them one after another; a worker that dies within 5 s is
 * replaced with growing delay (0.1 s · 2^n, at most 10 s); one that is busy with a single request
 * for more than 30 s is killed and replaced; workers die with the supervisor (PDEATHSIG).
 */
#ifndef HTTP_SUPERVISOR_H
#define HTTP_SUPERVISOR_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

struct supervisor {
	struct str socket_path;
	int64_t workers;
	int64_t busy_limit_ms; /* 0: 30,000 */
	/* Runs in the child until SIGTERM; its result is the exit status. */
	int (*work)(void *context, int listen_fd, volatile int64_t *busy);
	/* Runs in the supervisor about once a minute; may be NULL. */
	void (*tick)(void *context);
	void *context;
};

/* Returns after all workers have ended: OK, or E_UNAVAILABLE when the socket cannot be made or
 * another instance serves on it (the log says which). */
MUST enum err supervisor_run(const struct supervisor *s);

#endif
