/* lock.c -- flock with a deadline, kept by an alarm. */
#include "db/lock.h"

#include "base/clock.h"
#include "base/log.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/vfs.h>
#include <time.h>
#include <unistd.h>

enum { WAIT_US = 5 * 1000 * 1000, AGAIN_US = 10 * 1000 };

/* From linux/magic.h and the file systems themselves; not all are in the header of Debian 12.
 * FUSE is here as a whole: the kernel does not say which of them reach over a network. */
static const struct {
	uint32_t magic;
	const char *name;
} network[] = {
    {0x6969, "nfs"},      {0x517b, "smb"},      {0xff534d42, "cifs"},   {0xfe534d42, "smb2"},
    {0x65735546, "fuse"}, {0x00c36400, "ceph"}, {0x5346414f, "afs"},    {0x6b414653, "kafs"},
    {0x73757245, "coda"}, {0x564c, "ncp"},      {0x0bd00bd0, "lustre"}, {0x7461636f, "ocfs2"},
    {0x01161970, "gfs2"}, {0x47504653, "gpfs"},
};

static enum err refuse(const char *event, const char *path)
{
	log_event(LOG_ERROR, event, KV_C("path", path), KV_C("reason", strerror(errno)));
	return E_UNAVAILABLE;
}

static enum err check_file_system(const char *dir)
{
	struct statfs fs;

	if (statfs(dir, &fs) != 0)
		return refuse("db_directory", dir);
	for (size_t i = 0; i < sizeof network / sizeof network[0]; i++) {
		if ((uint32_t)fs.f_type != network[i].magic)
			continue;
		log_event(LOG_ERROR, "db_network_file_system", KV_C("path", dir),
			  KV_C("type", network[i].name),
			  KV_C("action", "move the data directory to a local disk"));
		return E_UNAVAILABLE;
	}
	return OK;
}

static enum err open_file(struct lock *l)
{
	l->fd = open(l->path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
	return l->fd >= 0 ? OK : refuse("db_lock", l->path);
}

static void on_alarm(int signal_number)
{
	(void)signal_number;
}

/* Interrupts a sleep in flock, and again soon: the first alarm may come just before the sleep. */
static void set_alarm(int64_t us)
{
	struct itimerval t = {.it_value = {us / 1000000, us % 1000000}};

	t.it_interval.tv_usec = us > 0 ? AGAIN_US : 0;
	setitimer(ITIMER_REAL, &t, NULL);
}

static void prepare_alarm(void)
{
	struct sigaction interrupt = {.sa_handler = on_alarm}; /* without SA_RESTART */
	sigset_t set;

	sigaction(SIGALRM, &interrupt, NULL);
	sigemptyset(&set);
	sigaddset(&set, SIGALRM);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

enum err lock_open(struct lock *l, struct str dir)
{
	int n = snprintf(l->path, sizeof l->path, "%.*s", ARG(dir));

	l->fd = -1;
	l->depth = 0;
	if (n < 0 || (size_t)n >= sizeof l->path - sizeof "/handschlag.db.lock") {
		errno = ENAMETOOLONG;
		return refuse("db_directory", l->path);
	}
	TRY(check_file_system(l->path));
	prepare_alarm();
	snprintf(l->path + n, sizeof l->path - (size_t)n, "/handschlag.db.lock");
	return open_file(l);
}

void lock_close(struct lock *l)
{
	if (l->fd >= 0)
		close(l->fd);
	l->fd = -1;
}

void lock_pause(void)
{
	static uint64_t state;

	/* Chance that nobody attacks: the processes only have to differ. */
	if (state == 0)
		state = (uint64_t)clock_micros() * 2654435761U + (uint64_t)getpid();
	state = state * 6364136223846793005U + 1442695040888963407U;
	struct timespec t = {.tv_nsec = 300000 + (long)((state >> 33) % 900000)};
	nanosleep(&t, NULL);
}

/* A lock file that somebody removed locks nobody out: the next process makes another one. */
static bool removed(const struct lock *l)
{
	struct stat st;

	return fstat(l->fd, &st) != 0 || st.st_nlink == 0;
}

/* ---- Waiting ---- */

/* Takes it at once, or sleeps in the kernel's queue: between the looks of a waiter that comes back
 * from time to time the lock would lie free, for an eighth of the time when four write at once. */
static enum err take(struct lock *l, int64_t deadline)
{
	if (flock(l->fd, LOCK_EX | LOCK_NB) == 0)
		return OK;
	if (errno != EWOULDBLOCK && errno != EINTR)
		return refuse("db_lock", l->path);
	int64_t left = deadline - clock_micros();
	int rc = -1;
	for (; rc != 0 && left > 0; left = deadline - clock_micros()) {
		set_alarm(left);
		rc = flock(l->fd, LOCK_EX);
		if (rc != 0 && errno != EINTR)
			break;
	}
	int error = errno;
	set_alarm(0);
	errno = error;
	if (rc == 0)
		return OK;
	if (left > 0)
		return refuse("db_lock", l->path);
	log_event(LOG_WARN, "db_lock_timeout", KV_C("path", l->path));
	return E_UNAVAILABLE;
}

static enum err wait_for(struct lock *l)
{
	int64_t deadline = clock_micros() + WAIT_US;

	for (;;) {
		if (l->fd < 0)
			TRY(open_file(l));
		TRY(take(l, deadline));
		if (!removed(l))
			return OK;
		lock_close(l);
	}
}

enum err lock_take(struct lock *l)
{
	if (l->path[0] == '\0')
		return OK;
	if (l->depth == 0)
		TRY(wait_for(l));
	l->depth++;
	return OK;
}

void lock_drop(struct lock *l)
{
	if (l->path[0] == '\0' || --l->depth > 0)
		return;
	if (flock(l->fd, LOCK_UN) != 0)
		lock_close(l); /* gives it back as well; opened again when it is next needed */
}
