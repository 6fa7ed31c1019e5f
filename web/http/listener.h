/*
 * listener.h -- the Unix socket on which the server hands over requests.
 */
#ifndef HTTP_LISTENER_H
#define HTTP_LISTENER_H

#include "base/err.h"
#include "base/str.h"

#include <sys/types.h>

struct listener {
	int fd; /* non-blocking, close-on-exec, backlog 511 */
	struct str path;
	dev_t device; /* which file is ours */
	ino_t inode;
};

/*
 * Makes the socket with mode 0660.  A socket file whose maker is dead is removed; E_UNAVAILABLE
 * (with a log line that says why) when another instance lives, when the file is no socket, or
 * when the directory refuses.  `path` must live as long as `out`.
 */
MUST enum err listener_open(struct str path, struct listener *out);
/* Removes the file, unless somebody else has put his own there. */
void listener_close(struct listener *l);

#endif
