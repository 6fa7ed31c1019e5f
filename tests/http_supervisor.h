/*
 * http_supervisor.h -- a supervisor in a process of its own, workers that do what they are told,
 * and what all of them report.
 */
#ifndef TESTS_HTTP_SUPERVISOR_H
#define TESTS_HTTP_SUPERVISOR_H

#include "base/clock.h"
#include "base/log.h"
#include "fcgi_client.h"
#include "http/fcgi.h"
#include "http/supervisor.h"
#include "test.h"

#include <errno.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

enum { STARTS_MAX = 100, SEC = 1000000 };

/* What the children report. */
static struct shared {
	atomic_int starts, ticks, leaving, crowded;
	pid_t pids[STARTS_MAX]; /* of the workers, in the order of their starts */
} * shared;

static struct arena *a;
static char directory[] = "/tmp/handschlag-supervisor-XXXXXX";
static struct str socket_path;
static pid_t master;

static void pause_ms(int64_t ms)
{
	const struct timespec t = {.tv_sec = ms / 1000, .tv_nsec = ms % 1000 * 1000000};

	nanosleep(&t, NULL);
}

/* Waits at most 5 s for something that other processes bring about. */
#define EVENTUALLY(condition)                                                                      \
	do {                                                                                       \
		for (int64_t tries = 0; tries < 1000 && !(condition); tries++)                     \
			pause_ms(5);                                                               \
		CHECK(condition);                                                                  \
	} while (0)

/* Answers with its pid; "/slow" takes 400 ms, "/hang" for ever, "/crash" ends the worker. */
static void answer(void *context, struct arena *arena, const struct http_input *in,
		   struct response *out, bool *head)
{
	(void)context;
	*head = false;
	if (str_eq(in->uri, S("/slow")))
		pause_ms(400);
	while (str_eq(in->uri, S("/hang")))
		pause_ms(1000);
	if (str_eq(in->uri, S("/crash")))
		_exit(3);
	out->status = 200;
	out->body = arena_fmt(arena, "%d", getpid());
}

static int report_start(void)
{
	int n = atomic_load(&shared->starts);

	if (n < STARTS_MAX)
		shared->pids[n] = getpid();
	atomic_fetch_add(&shared->starts, 1);
	return 0;
}

static int serve(void *context, int listen_fd, volatile int64_t *busy)
{
	struct arena *mine = arena_new(1024 * 1024);

	report_start();
	fcgi_serve(listen_fd, mine, answer, context, busy);
	arena_free(mine);
	return 0;
}

static int die(void *context, int listen_fd, volatile int64_t *busy)
{
	(void)context, (void)listen_fd, (void)busy;
	report_start();
	return 1;
}

/* Takes its time to end, and notices when others do so at the same time. */
static int leave_slowly(void *context, int listen_fd, volatile int64_t *busy)
{
	sigset_t term;
	int number;

	(void)context, (void)listen_fd, (void)busy;
	report_start();
	sigemptyset(&term);
	sigaddset(&term, SIGTERM);
	sigwait(&term, &number);
	atomic_fetch_add(&shared->crowded, atomic_fetch_add(&shared->leaving, 1) > 0);
	pause_ms(100);
	atomic_fetch_sub(&shared->leaving, 1);
	return 0;
}

static struct supervisor usual(int64_t workers)
{
	atomic_store(&shared->starts, 0);
	atomic_store(&shared->ticks, 0);
	return (struct supervisor){.socket_path = socket_path, .workers = workers, .work = serve};
}

static pid_t start(struct supervisor s)
{
	pid_t pid = fork();

	if (pid == 0) {
		prctl(PR_SET_PDEATHSIG, SIGTERM);
		for (int fd = 3; fd < 100; fd++)
			close(fd); /* or the connections of the test would stay open in here */
		exit(supervisor_run(&s) == OK ? 0 : 9);
	}
	return pid;
}

static void start_and_wait(struct supervisor s)
{
	master = start(s);
	EVENTUALLY(atomic_load(&shared->starts) >= s.workers);
}

static int ended(pid_t pid)
{
	int status = -1;

	for (int64_t tries = 0; tries < 1000; tries++) {
		if (waitpid(pid, &status, WNOHANG) == pid)
			return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
		pause_ms(5);
	}
	return -1000;
}

static int stop(void)
{
	kill(master, SIGTERM);
	int status = ended(master);
	master = 0;
	return status;
}

static struct str get(struct str uri)
{
	return fcgi_get(a, socket_path.p, uri);
}

/* The pid of the worker that answers; 0: nobody did. */
static pid_t who(void)
{
	int64_t pid = 0;

	return str_to_int(fcgi_body(get(S("/"))), &pid) ? (pid_t)pid : 0;
}

static int begin(struct str uri)
{
	int fd = fcgi_ask(a, socket_path.p, uri);

	pause_ms(50); /* until a worker has taken it */
	return fd;
}

static bool socket_exists(void)
{
	return access(socket_path.p, F_OK) == 0;
}

static int set_up(void **state)
{
	(void)state;
	log_threshold(getenv("SHOW_LOG") != NULL ? LOG_INFO : LOG_ERROR + 1);
	/* Workers whose supervisor was killed become our children, so that we can collect them. */
	prctl(PR_SET_CHILD_SUBREAPER, 1);
	a = arena_new(16 * 1024 * 1024);
	shared =
	    mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (shared == MAP_FAILED || mkdtemp(directory) == NULL)
		return -1;
	socket_path = str_of(arena_fmt(a, "%s/socket", directory).p);
	return 0;
}

/* Waits until every process is collected, also the helpers of the leak check. */
static bool no_leftovers(void)
{
	for (int tries = 0; tries < 1000; tries++) {
		if (waitpid(-1, NULL, WNOHANG) < 0 && errno == ECHILD)
			return true;
		pause_ms(5);
	}
	return false;
}

/* A test that failed leaves its processes to us. */
static int tear_down(void **state)
{
	(void)state;
	if (master > 0)
		stop();
	unlink(socket_path.p);
	rmdir(directory);
	munmap(shared, sizeof *shared);
	arena_free(a);
	return no_leftovers() ? 0 : -1;
}

#endif
