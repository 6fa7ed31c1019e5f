/* listener.c -- makes the listening socket, and finds out whether somebody else already has. */
#include "http/listener.h"

#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

/* nginx answers 502 at once when the backlog is full; 511 is what it uses itself. */
enum { BACKLOG = 511 };

static enum err refuse(const char *why, struct str path)
{
	log_event(LOG_ERROR, "socket", KV_C("why", why), KV("path", path),
		  KV_C("error", strerror(errno)));
	return E_UNAVAILABLE;
}

static enum err in_use(struct str path, int64_t pid)
{
	log_event(LOG_ERROR, "already_running", KV("path", path), KV_INT("pid", pid));
	return E_UNAVAILABLE;
}

static int unix_socket(void)
{
	return socket(AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
}

/*
 * Workers of a killed supervisor listen until their last request is answered.  The credentials
 * are those of the process that called listen(): if it is dead, the socket is ours to replace.
 */
static enum err check_peer(int fd, struct str path)
{
	struct ucred maker;
	socklen_t size = sizeof maker;

	if (getsockopt(fd, SOL_SOCKET, SO_PEERCRED, &maker, &size) != 0)
		return refuse("peer", path);
	if (maker.pid > 0 && kill(maker.pid, 0) != 0 && errno == ESRCH)
		return OK;
	return in_use(path, maker.pid);
}

static enum err check_unused(const struct sockaddr_un *address, struct str path)
{
	int fd = unix_socket();
	enum err err;

	if (fd < 0)
		return refuse("socket", path);
	if (connect(fd, (const struct sockaddr *)address, sizeof *address) == 0)
		err = check_peer(fd, path);
	else if (errno == ECONNREFUSED)
		err = OK;
	else if (errno == EAGAIN)
		err = in_use(path, 0);
	else
		err = refuse("connect", path);
	close(fd);
	return err;
}

static enum err remove_stale(const struct sockaddr_un *address, struct str path)
{
	struct stat file;

	if (lstat(address->sun_path, &file) != 0)
		return errno == ENOENT ? OK : refuse("stat", path);
	if (!S_ISSOCK(file.st_mode)) {
		errno = ENOTSOCK;
		return refuse("occupied", path);
	}
	TRY(check_unused(address, path));
	if (unlink(address->sun_path) != 0)
		return refuse("unlink", path);
	log_event(LOG_INFO, "stale_socket_removed", KV("path", path));
	return OK;
}

static enum err bind_and_listen(const struct sockaddr_un *address, struct listener *l)
{
	struct stat file;

	mode_t mask = umask(0117);
	int rc = bind(l->fd, (const struct sockaddr *)address, sizeof *address);
	umask(mask);
	if (rc != 0)
		return refuse("bind", l->path);
	if (listen(l->fd, BACKLOG) != 0 || lstat(address->sun_path, &file) != 0)
		return refuse("listen", l->path);
	l->device = file.st_dev;
	l->inode = file.st_ino;
	return OK;
}

/* Two instances that start at the same time could each take the other's new socket for a stale
 * one; so looking and binding happen under a lock on the directory. */
static int lock_directory(struct str path)
{
	struct sockaddr_un directory = {.sun_path = "."};
	size_t n = path.n;

	while (n > 0 && path.p[n - 1] != '/')
		n--;
	if (n > 0)
		snprintf(directory.sun_path, sizeof directory.sun_path, "%.*s", (int)n, path.p);
	int fd = open(directory.sun_path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		flock(fd, LOCK_EX);
	return fd;
}

enum err listener_open(struct str path, struct listener *out)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};

	*out = (struct listener){.fd = -1, .path = path};
	if (path.n == 0 || path.n >= sizeof address.sun_path) {
		errno = ENAMETOOLONG;
		return refuse("path", path);
	}
	memcpy(address.sun_path, path.p, path.n);
	int lock = lock_directory(path);
	if (lock < 0)
		return refuse("directory", path);
	enum err err = remove_stale(&address, path);
	if (err == OK) {
		out->fd = unix_socket();
		err = out->fd < 0 ? refuse("socket", path) : bind_and_listen(&address, out);
	}
	close(lock);
	if (err != OK && out->fd >= 0)
		close(out->fd);
	return err;
}

void listener_close(struct listener *l)
{
	char path[sizeof((struct sockaddr_un *)0)->sun_path];
	struct stat file;

	snprintf(path, sizeof path, "%.*s", ARG(l->path));
	if (lstat(path, &file) == 0 && file.st_dev == l->device && file.st_ino == l->inode)
		unlink(path);
	close(l->fd);
}
