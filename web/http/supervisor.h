/*
 * supervisor.h -- keeps N workers alive.
 *
 * Own socket (backlog 511, mode 0660, non-blocking); SIGTERM/SIGINT drain and end all workers
 * (10 s, then SIGKILL); SIGHUP replaces them one after another; a worker that dies is replaced at
 * once, but one that dies within 5 s of its start for the second time in a row only after a
 * growing delay (0.1 s · 2^n, at most 10 s); one that is busy with a single request for more than
 * 30 s is killed and replaced; workers die with the supervisor (PDEATHSIG).
 */
#ifndef HTTP_SUPERVISOR_H
#define HTTP_SUPERVISOR_H

#include "base/err.h"
#include "base/str.h"

#include <stdint.h>

enum { WORKERS_MAX = 64 };

struct supervisor {
	struct str socket_path;
	int64_t workers;       /* 1 to WORKERS_MAX */
	int64_t busy_limit_ms; /* 0: 30,000 */
	int64_t drain_ms;      /* 0: 10,000 */
	int64_t tick_ms;       /* 0: 60,000 */
	/* Runs in the child until SIGTERM, which is blocked at first (fcgi_serve opens it while it
	 * waits); its result is the exit status.  `busy`: see fcgi_serve. */
	int (*work)(void *context, int listen_fd, volatile int64_t *busy);
	/* Runs every tick_ms in a short-lived child of its own, so that it may open the database
	 * and may take its time; killed when it still runs at the next tick.  May be NULL. */
	void (*tick)(void *context);
	void *context;
};

/* Returns after all workers have ended: OK, or E_UNAVAILABLE when the socket cannot be made or
 * another instance serves on it (the log says which).  In a child it does not return. */
MUST enum err supervisor_run(const struct supervisor *s);

#endif
