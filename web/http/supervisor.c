/* supervisor.c -- forks the workers, watches them and replaces them. */
#include "http/supervisor.h"

#include "base/clock.h"
#include "base/log.h"
#include "http/listener.h"

#include <errno.h>
#include <signal.h>
#include <stdalign.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum { POLL_MS = 200, EARLY_DEATH_MS = 5000, DELAY_FIRST_MS = 100, DELAY_MAX_MS = 10000 };

/* One cache line each, so that workers do not slow each other down. */
struct cell {
	alignas(64) volatile int64_t busy;
};

/* All times are monotonic microseconds. */
struct worker {
	pid_t pid; /* 0: not running */
	int64_t started, due;
	int64_t asked; /* to end, at this time; 0: not asked */
	int early_deaths;
};

struct master {
	const struct supervisor *s;
	pid_t pid;
	struct listener listener;
	struct worker workers[WORKERS_MAX];
	struct cell *cells; /* shared with the workers */
	pid_t ticker;
	int64_t tick_due;
	int64_t renewing;    /* the worker that SIGHUP has reached; s->workers: none */
	int64_t renew_since; /* older workers are to be replaced */
	int64_t kill_after;  /* 0: not stopping */
	sigset_t signals, before;
};

static int64_t micros(int64_t ms, int64_t ms_if_unset)
{
	return 1000 * (ms > 0 ? ms : ms_if_unset);
}

static int64_t busy_limit(const struct master *m)
{
	return micros(m->s->busy_limit_ms, 30000);
}

/* Does in the child what makes it die with its parent and leave the terminal's signals to it. */
static void become_child(const struct master *m)
{
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	prctl(PR_SET_PDEATHSIG, SIGTERM);
	if (getppid() != m->pid) /* the parent died before the line above */
		exit(0);
	sigaction(SIGINT, &ignore, NULL);
	sigaction(SIGHUP, &ignore, NULL);
}

static pid_t fork_child(void)
{
	fflush(NULL); /* or both would write what is still in the buffers */
	pid_t pid = fork();
	if (pid < 0)
		log_event(LOG_ERROR, "fork", KV_C("error", strerror(errno)));
	return pid;
}

/* A worker that cannot live must not eat the machine, but a single accident costs no time. */
static void delay_next(struct worker *w, int64_t now)
{
	int64_t delay_ms = 0;

	if (w->early_deaths > 1 && w->early_deaths <= 8)
		delay_ms = DELAY_FIRST_MS << (w->early_deaths - 2);
	else if (w->early_deaths > 8)
		delay_ms = DELAY_MAX_MS;
	w->due = now + 1000 * delay_ms;
}

static void start_worker(struct master *m, int64_t i, int64_t now)
{
	struct worker *w = &m->workers[i];
	sigset_t term;

	m->cells[i].busy = 0;
	w->started = now;
	w->asked = 0;
	pid_t pid = fork_child();
	if (pid == 0) {
		become_child(m);
		sigemptyset(&term);
		sigaddset(&term, SIGTERM);
		sigprocmask(SIG_SETMASK, &term, NULL);
		exit(m->s->work(m->s->context, m->listener.fd, &m->cells[i].busy));
	}
	if (pid < 0) {
		w->early_deaths += w->early_deaths < 9;
		delay_next(w, now);
		return;
	}
	w->pid = pid;
	log_event(LOG_INFO, "worker_started", KV_INT("worker", i), KV_INT("pid", pid));
}

static void worker_ended(struct worker *w, int status, int64_t now)
{
	bool early = now - w->started < micros(EARLY_DEATH_MS, 0);

	log_event(w->asked != 0 ? LOG_INFO : LOG_WARN, "worker_ended", KV_INT("pid", w->pid),
		  KV_INT("status", WIFEXITED(status) ? WEXITSTATUS(status) : -1),
		  KV_INT("signal", WIFSIGNALED(status) ? WTERMSIG(status) : 0));
	if (w->asked != 0 || !early)
		w->early_deaths = 0;
	else
		w->early_deaths += w->early_deaths < 9;
	w->pid = 0;
	delay_next(w, now);
}

/* True when this child has ended.  Each pid by itself: other children are not ours to collect. */
static bool has_ended(pid_t pid, int *status)
{
	*status = 0;
	return pid > 0 && waitpid(pid, status, WNOHANG) != 0;
}

static void reap(struct master *m, int64_t now)
{
	int status;

	for (int64_t i = 0; i < m->s->workers; i++)
		if (has_ended(m->workers[i].pid, &status))
			worker_ended(&m->workers[i], status, now);
	if (has_ended(m->ticker, &status)) {
		if (status != 0)
			log_event(LOG_WARN, "tick_failed", KV_INT("status", status));
		m->ticker = 0;
	}
}

static void start_missing(struct master *m, int64_t now)
{
	for (int64_t i = 0; i < m->s->workers; i++)
		if (m->workers[i].pid == 0 && now >= m->workers[i].due)
			start_worker(m, i, now);
}

static void kill_busy(struct master *m, int64_t now)
{
	for (int64_t i = 0; i < m->s->workers; i++) {
		const struct worker *w = &m->workers[i];
		int64_t since = m->cells[i].busy;
		bool busy = since != 0 && now - since > busy_limit(m);
		bool deaf = w->asked != 0 && now - w->asked > busy_limit(m);
		if (w->pid == 0 || (!busy && !deaf))
			continue;
		log_event(LOG_ERROR, "worker_stuck", KV_INT("pid", w->pid));
		kill(w->pid, SIGKILL);
	}
}

static void ask(struct worker *w, int64_t now)
{
	if (w->pid == 0 || w->asked != 0)
		return;
	w->asked = now;
	kill(w->pid, SIGTERM);
}

/* The next one is asked only when the one before has been replaced. */
static void renew(struct master *m, int64_t now)
{
	while (m->renewing < m->s->workers) {
		struct worker *w = &m->workers[m->renewing];
		if (w->pid != 0 && w->started < m->renew_since) {
			ask(w, now);
			return;
		}
		m->renewing++;
	}
}

static void tick(struct master *m, int64_t now)
{
	if (m->s->tick == NULL || now < m->tick_due)
		return;
	m->tick_due = now + micros(m->s->tick_ms, 60000);
	if (m->ticker != 0) {
		log_event(LOG_ERROR, "tick_stuck", KV_INT("pid", m->ticker));
		kill(m->ticker, SIGKILL);
		return;
	}
	pid_t pid = fork_child();
	if (pid == 0) {
		become_child(m);
		sigprocmask(SIG_SETMASK, &m->before, NULL);
		m->s->tick(m->s->context);
		exit(0);
	}
	if (pid > 0)
		m->ticker = pid;
}

static void stop(struct master *m, int64_t now)
{
	if (m->kill_after != 0)
		return;
	log_event(LOG_INFO, "stopping", KV_INT("workers", m->s->workers));
	m->kill_after = now + micros(m->s->drain_ms, 10000);
	for (int64_t i = 0; i < m->s->workers; i++)
		ask(&m->workers[i], now);
	if (m->ticker != 0)
		kill(m->ticker, SIGTERM);
}

/* SIGCHLD comes here as well, so that a dead worker is noticed at once. */
static void wait_for_signal(struct master *m)
{
	const struct timespec poll = {.tv_nsec = POLL_MS * 1000000L};
	int got = sigtimedwait(&m->signals, NULL, &poll);

	if (got == SIGTERM || got == SIGINT)
		stop(m, clock_micros());
	if (got == SIGHUP && m->kill_after == 0) {
		m->renewing = 0;
		m->renew_since = clock_micros();
	}
}

static int64_t alive(const struct master *m)
{
	int64_t n = m->ticker != 0;

	for (int64_t i = 0; i < m->s->workers; i++)
		n += m->workers[i].pid != 0;
	return n;
}

static void kill_all(const struct master *m)
{
	for (int64_t i = 0; i < m->s->workers; i++)
		if (m->workers[i].pid != 0) {
			log_event(LOG_WARN, "worker_cut_off", KV_INT("pid", m->workers[i].pid));
			kill(m->workers[i].pid, SIGKILL);
		}
	if (m->ticker != 0)
		kill(m->ticker, SIGKILL);
}

static void supervise(struct master *m)
{
	for (;;) {
		int64_t now = clock_micros();
		reap(m, now);
		if (m->kill_after == 0) {
			start_missing(m, now);
			kill_busy(m, now);
			renew(m, now);
			tick(m, now);
		} else if (alive(m) == 0) {
			return;
		} else if (now > m->kill_after) {
			kill_all(m);
		}
		wait_for_signal(m);
	}
}

/* An inherited "ignore" for SIGCHLD would make the kernel swallow the exit status. */
static void hold_signals(struct master *m)
{
	struct sigaction normal = {.sa_handler = SIG_DFL};

	sigaction(SIGCHLD, &normal, NULL);
	sigemptyset(&m->signals);
	sigaddset(&m->signals, SIGTERM);
	sigaddset(&m->signals, SIGINT);
	sigaddset(&m->signals, SIGHUP);
	sigaddset(&m->signals, SIGCHLD);
	sigprocmask(SIG_BLOCK, &m->signals, &m->before);
}

enum err supervisor_run(const struct supervisor *s)
{
	struct master m = {.s = s, .pid = getpid(), .renewing = s->workers};
	size_t size = WORKERS_MAX * sizeof *m.cells;

	if (s->workers < 1 || s->workers > WORKERS_MAX) {
		log_event(LOG_ERROR, "workers", KV_INT("wanted", s->workers));
		return E_INTERNAL;
	}
	TRY(listener_open(s->socket_path, &m.listener));
	m.cells = mmap(NULL, size, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (m.cells == MAP_FAILED) {
		log_event(LOG_ERROR, "mmap", KV_C("error", strerror(errno)));
		listener_close(&m.listener);
		return E_UNAVAILABLE;
	}
	hold_signals(&m);
	m.tick_due = clock_micros() + micros(s->tick_ms, 60000);
	log_event(LOG_INFO, "serving", KV("socket", s->socket_path), KV_INT("workers", s->workers));
	supervise(&m);
	listener_close(&m.listener);
	munmap(m.cells, size);
	sigprocmask(SIG_SETMASK, &m.before, NULL);
	log_event(LOG_INFO, "stopped", KV_INT("workers", s->workers));
	return OK;
}
