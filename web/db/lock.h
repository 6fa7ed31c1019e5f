/*
 * lock.h -- private to web/db: the one writer at a time, across processes.
 *
 * A flock, because the kernel gives it back when its holder dies, however that happens.  It is
 * bound to the open file, so a connection must not be carried over a fork: the child would keep
 * the lock of a dead parent.
 */
#ifndef DB_LOCK_H
#define DB_LOCK_H

#include "base/err.h"
#include "base/str.h"

#include <limits.h>

struct lock {
	int fd;
	int depth;           /* taken so many times by this connection */
	char path[PATH_MAX]; /* empty: nothing to lock (a database in memory) */
};

/* Creates "<dir>/handschlag.db.lock".  E_UNAVAILABLE, with a log line, when the directory cannot
 * be written or lies on a network file system, where neither flock nor WAL can be relied on. */
MUST enum err lock_open(struct lock *l, struct str dir);
/* E_UNAVAILABLE when it does not come within 5 seconds.  The holder may take it again. */
MUST enum err lock_take(struct lock *l);
void lock_drop(struct lock *l);
void lock_close(struct lock *l);

/* Sleeps 0.3 to 1.2 ms.  Waiters that come back at random times get their turn soon; SQLite's own
 * steps, which grow to 100 ms, let the newcomers win for seconds. */
void lock_pause(void);

#endif
