/* http_supervisor_test.c -- real processes that crash, hang and are told to end. */
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
	atomic_int starts, ticks;
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
	struct buf params = {.arena = a};
	int fd = fcgi_connect(socket_path.p);

	fcgi_param(&params, S("REQUEST_URI"), uri);
	fcgi_params(fd, &params);
	fcgi_end(fd, S(""));
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

TEST(workers_answer_until_told_to_stop)
{
	start_and_wait(usual(3));
	CHECK(who() > 0 && who() != master);
	CHECK_INT(stop(), 0);
	CHECK(!socket_exists());
	CHECK_INT(atomic_load(&shared->starts), 3);
}

/* Each right after the one before: who only looks every 200 ms would need most of that time. */
TEST(a_killed_worker_is_replaced_within_100_ms)
{
	int64_t total = 0;

	start_and_wait(usual(4));
	for (int i = 0; i < 4; i++) {
		int64_t began = clock_micros();
		kill(shared->pids[i], SIGKILL);
		EVENTUALLY(atomic_load(&shared->starts) == 5 + i);
		total += clock_micros() - began;
	}
	CHECK(total < 4 * SEC / 10);
	CHECK(who() > 0);
	CHECK_INT(stop(), 0);
}

TEST(a_crash_costs_one_request)
{
	start_and_wait(usual(1));
	pid_t before = who();
	CHECK_STR(get(S("/crash")), S(""));
	pid_t after = who();
	CHECK(after > 0 && after != before);
	CHECK_INT(stop(), 0);
}

/* Starts at 0, 0, 0.1, 0.3, 0.7 and 1.5 s, each up to 0.2 s late. */
TEST(workers_that_cannot_live_are_started_more_and_more_seldom)
{
	struct supervisor s = usual(1);

	s.work = die;
	master = start(s);
	EVENTUALLY(atomic_load(&shared->starts) >= 2);
	pause_ms(1300);
	int starts = atomic_load(&shared->starts);
	CHECK(starts >= 4 && starts <= 6);
	CHECK_INT(stop(), 0);
}

TEST(a_worker_that_is_busy_for_too_long_is_replaced)
{
	struct supervisor s = usual(1);

	s.busy_limit_ms = 300;
	start_and_wait(s);
	pid_t before = who();
	int64_t began = clock_micros();
	CHECK_STR(get(S("/hang")), S(""));
	CHECK(clock_micros() - began >= 3 * SEC / 10 && clock_micros() - began < 2 * SEC);
	pid_t after = who();
	CHECK(after > 0 && after != before);
	/* Also when the peer does not even finish its request. */
	int fd = fcgi_connect(socket_path.p);
	CHECK_INT(write(fd, "\1", 1), 1);
	CHECK_STR(fcgi_answer(a, fd), S(""));
	CHECK(who() > 0 && who() != after);
	CHECK_INT(stop(), 0);
}

TEST(a_worker_that_waits_is_not_busy)
{
	struct supervisor s = usual(1);

	s.busy_limit_ms = 100;
	start_and_wait(s);
	pid_t before = who();
	pause_ms(600);
	CHECK_INT(who(), before);
	CHECK_INT(stop(), 0);
}

TEST(sigterm_lets_running_requests_finish)
{
	start_and_wait(usual(2));
	int fd = begin(S("/slow"));
	kill(master, SIGTERM);
	CHECK(fcgi_body(fcgi_answer(a, fd)).n > 0);
	CHECK_INT(stop(), 0);
	CHECK(!socket_exists());
}

TEST(sigterm_does_not_wait_for_ever)
{
	struct supervisor s = usual(1);

	s.drain_ms = 200;
	start_and_wait(s);
	int fd = begin(S("/hang"));
	int64_t began = clock_micros();
	CHECK_INT(stop(), 0);
	CHECK(clock_micros() - began >= 2 * SEC / 10 && clock_micros() - began < 2 * SEC);
	CHECK_STR(fcgi_answer(a, fd), S(""));
}

TEST(sigint_ends_like_sigterm_and_spares_the_workers)
{
	start_and_wait(usual(1));
	int fd = begin(S("/slow"));
	kill(shared->pids[0], SIGINT); /* as Ctrl-C does: everybody gets it */
	kill(master, SIGINT);
	CHECK(fcgi_body(fcgi_answer(a, fd)).n > 0);
	CHECK_INT(ended(master), 0);
	master = 0;
}

TEST(sighup_replaces_all_workers_without_losing_a_request)
{
	int answered = 0, asked = 0;

	start_and_wait(usual(3));
	kill(master, SIGHUP);
	while (atomic_load(&shared->starts) < 6 && asked < 5000) {
		answered += who() > 0;
		asked++;
	}
	CHECK_INT(answered, asked);
	EVENTUALLY(atomic_load(&shared->starts) == 6);
	for (int i = 0; i < 3; i++)
		CHECK(kill(shared->pids[i], 0) != 0 && kill(shared->pids[3 + i], 0) == 0);
	pause_ms(250);
	CHECK_INT(atomic_load(&shared->starts), 6); /* once each */
	CHECK_INT(stop(), 0);
}

TEST(a_second_instance_is_refused_and_does_no_harm)
{
	start_and_wait(usual(1));
	pid_t before = who();
	CHECK_INT(ended(start((struct supervisor){
		      .socket_path = socket_path, .workers = 1, .work = serve})),
		  9);
	CHECK_INT(who(), before);
	CHECK_INT(stop(), 0);
}

TEST(impossible_settings_are_refused)
{
	struct supervisor s = usual(0);

	CHECK_INT(supervisor_run(&s), E_INTERNAL);
	s.workers = WORKERS_MAX + 1;
	CHECK_INT(supervisor_run(&s), E_INTERNAL);
	s.workers = 1;
	s.socket_path = S("/nowhere/socket");
	CHECK_INT(supervisor_run(&s), E_UNAVAILABLE);
}

/* One of the workers still has a request to finish: it does so, and keeps nobody from starting. */
TEST(workers_die_with_their_supervisor)
{
	start_and_wait(usual(3));
	pid_t orphans[3] = {shared->pids[0], shared->pids[1], shared->pids[2]};
	int fd = begin(S("/slow"));
	kill(master, SIGKILL);
	CHECK_INT(ended(master), -SIGKILL);
	start_and_wait(usual(1));
	CHECK(who() > 0);
	CHECK(fcgi_body(fcgi_answer(a, fd)).n > 0);
	for (int i = 0; i < 3; i++)
		CHECK_INT(ended(orphans[i]), 0);
	CHECK_INT(stop(), 0);
}

static void count_tick(void *context)
{
	(void)context;
	if (atomic_fetch_add(&shared->ticks, 1) == 1)
		pause_ms(60000); /* the second one hangs */
}

TEST(the_regular_job_runs_beside_and_a_stuck_one_is_ended)
{
	struct supervisor s = usual(1);

	s.tick = count_tick;
	s.tick_ms = 150;
	start_and_wait(s);
	CHECK_INT(atomic_load(&shared->ticks), 0);
	EVENTUALLY(atomic_load(&shared->ticks) == 2);
	CHECK(who() > 0);
	EVENTUALLY(atomic_load(&shared->ticks) >= 3);
	CHECK_INT(stop(), 0);
}

TESTS_MAIN_WITH(set_up, tear_down)
