/*
 * before_answer.c -- LD_PRELOAD: a worker that dies between commit and answer.  When the file named
 * by FAULTS_FILE holds "a", it is killed with the first byte of the answer that follows a commit,
 * with "s" as soon as the commit is on the disk, before SQLite knows.  The file is used up by it.
 */
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

static int locked;    /* inside a write transaction */
static int committed; /* it reached the disk, and no other one has begun since */

static void *real(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

static void die_if(char wanted)
{
	const char *name = getenv("FAULTS_FILE");
	int fd = name != NULL ? open(name, O_RDONLY | O_CLOEXEC) : -1;
	char kind = 0;

	if (fd < 0)
		return;
	ssize_t n = read(fd, &kind, 1);
	close(fd);
	if (n == 1 && kind == wanted && unlink(name) == 0)
		raise(SIGKILL);
}

int flock(int fd, int operation)
{
	int (*next)(int, int) = (int (*)(int, int))real("flock");
	int rc = next(fd, operation);

	if (rc == 0 && (operation & LOCK_EX) != 0) {
		locked = 1;
		committed = 0;
	}
	if ((operation & LOCK_UN) != 0)
		locked = 0;
	return rc;
}

int fdatasync(int fd)
{
	int (*next)(int) = (int (*)(int))real("fdatasync");
	int rc = next(fd);

	if (rc == 0 && locked) {
		committed = 1;
		die_if('s');
	}
	return rc;
}

/* An answer goes out by writev. */
ssize_t writev(int fd, const struct iovec *v, int n)
{
	ssize_t (*next)(int, const struct iovec *, int) =
	    (ssize_t(*)(int, const struct iovec *, int))real("writev");
	struct stat st;

	if (committed && !locked && fstat(fd, &st) == 0 && S_ISSOCK(st.st_mode))
		die_if('a');
	return next(fd, v, n);
}
