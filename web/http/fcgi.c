/* fcgi.c -- the accept loop around libfcgi: one request at a time, answered in one piece. */
#include "http/fcgi.h"

#include "base/clock.h"
#include "base/log.h"

#include <errno.h>
#include <fastcgi.h>
#include <fcgiapp.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/uio.h>
#include <unistd.h>

enum { RECORD_MAX = 65528 }; /* of 65535, and a multiple of eight, as the protocol advises */

struct server {
	int listen_fd;
	struct arena *arena;
	fcgi_handler *handler;
	void *context;
	sigset_t waiting; /* mask while nothing is being answered */
	FCGX_Request request;
};

static volatile sig_atomic_t stop;

static void on_term(int signal_number)
{
	(void)signal_number;
	stop = 1;
}

static struct str param(struct arena *a, const FCGX_Request *q, const char *name)
{
	return arena_str(a, str_of(FCGX_GetParam(name, q->envp)));
}

/*
 * Reads exactly CONTENT_LENGTH bytes; false when the connection ended before.  A body that is too
 * large stays where it is: nginx has it in a file and does not wait for us to take it.
 */
static bool read_body(struct arena *a, const FCGX_Request *q, struct http_input *in)
{
	struct str announced = str_of(FCGX_GetParam("CONTENT_LENGTH", q->envp));
	int64_t length = 0;

	if (announced.n > 0 && !str_to_int(announced, &length))
		return false;
	if (length > BODY_MAX) {
		in->body_too_large = true;
		return true;
	}
	char *body = arena_chars(a, (size_t)length);
	if (length > 0 && FCGX_GetStr(body, (int)length, q->in) != length)
		return false;
	in->body = (struct str){body, (size_t)length};
	return true;
}

static struct http_input read_params(struct arena *a, const FCGX_Request *q)
{
	return (struct http_input){
	    .method = param(a, q, "REQUEST_METHOD"),
	    .uri = param(a, q, "REQUEST_URI"),
	    .content_type = param(a, q, "CONTENT_TYPE"),
	    .cookie = param(a, q, "HTTP_COOKIE"),
	    .origin = param(a, q, "HTTP_ORIGIN"),
	    .if_none_match = param(a, q, "HTTP_IF_NONE_MATCH"),
	    .remote_addr = param(a, q, "REMOTE_ADDR"),
	    .user_agent = param(a, q, "HTTP_USER_AGENT"),
	    .request_id = param(a, q, "REQUEST_ID"),
	    .https = str_eq(param(a, q, "HTTPS"), S("on")),
	};
}

static bool write_all(int fd, struct iovec *v, int n)
{
	while (n > 0) {
		ssize_t wrote = writev(fd, v, n);
		if (wrote < 0 && errno == EINTR)
			continue;
		if (wrote <= 0)
			return false;
		size_t left = (size_t)wrote;
		for (; n > 0 && left >= v->iov_len; n--)
			left -= v++->iov_len;
		if (n > 0)
			*v = (struct iovec){(char *)v->iov_base + left, v->iov_len - left};
	}
	return true;
}

/* The iovec of system calls takes what it only reads as something that could be written to. */
static struct iovec piece(struct str s)
{
	return (struct iovec){(void *)(uintptr_t)s.p, s.n};
}

/*
 * The records of the stdout stream, each as large as it may be.  libfcgi would send eight kilobytes
 * at a time and wake nginx for each: on a large page that is half of all that it costs.  The record
 * that ends the stream is still libfcgi's.
 */
static void write_answer(struct str head, struct str body, const FCGX_Request *q)
{
	bool there = true;

	while (there && head.n + body.n > 0) {
		struct str begin = str_head(head, RECORD_MAX);
		struct str end = str_head(body, RECORD_MAX - begin.n);
		size_t n = begin.n + end.n;
		FCGI_Header h = {.version = FCGI_VERSION_1,
				 .type = FCGI_STDOUT,
				 .requestIdB1 = (unsigned char)(q->requestId >> 8),
				 .requestIdB0 = (unsigned char)q->requestId,
				 .contentLengthB1 = (unsigned char)(n >> 8),
				 .contentLengthB0 = (unsigned char)n};
		struct iovec v[] = {{&h, sizeof h}, piece(begin), piece(end)};
		there = write_all(q->ipcFd, v, 3);
		head = str_from(head, begin.n);
		body = str_from(body, end.n);
	}
	if (!there)
		log_event(LOG_DEBUG, "client_gone", KV_INT("bytes", (int64_t)body.n));
}

/*
 * FCGX_Finish_r waits until nginx has closed the connection: closing before everything was read
 * would reset it, and the answer be lost.  That wait is a quarter of a worker's time; when the
 * request was read to its end mark nothing can come any more, and we close by ourselves.
 */
static void finish(FCGX_Request *q, bool read_all)
{
	q->keepConnection = read_all && FCGX_GetChar(q->in) < 0 && FCGX_GetError(q->in) == 0;
	FCGX_Finish_r(q);
	if (q->ipcFd >= 0)
		close(q->ipcFd);
	q->ipcFd = -1;
}

static void answer(struct server *s)
{
	struct http_input in = read_params(s->arena, &s->request);
	struct response out = {.status = 0};
	bool head = false;

	bool complete = read_body(s->arena, &s->request, &in);
	if (complete) {
		s->handler(s->context, s->arena, &in, &out, &head);
	} else {
		log_event(LOG_WARN, "torn_body", KV("request", in.request_id));
		out.status = 400; /* hardly anybody is left to see it */
	}
	struct str body, begin = response_head(s->arena, &out, head, &body);
	write_answer(begin, body, &s->request);
	finish(&s->request, complete && !in.body_too_large);
	arena_reset(s->arena);
}

static void block_sigterm(struct server *s)
{
	sigset_t answering;

	sigemptyset(&s->waiting);
	sigemptyset(&answering);
	sigaddset(&answering, SIGTERM);
	sigprocmask(SIG_SETMASK, &answering, NULL);
}

/* After FCGX_Init, which takes SIGUSR1 for itself even where it was ignored, and then would never
 * accept again.  Ctrl-C and a closing terminal reach the whole group; the supervisor answers. */
static void set_signals(void)
{
	struct sigaction term = {.sa_handler = on_term};
	struct sigaction ignore = {.sa_handler = SIG_IGN};

	sigaction(SIGTERM, &term, NULL);
	sigaction(SIGINT, &ignore, NULL);
	sigaction(SIGHUP, &ignore, NULL);
	sigaction(SIGUSR1, &ignore, NULL);
	sigaction(SIGPIPE, &ignore, NULL);
}

static bool prepare(struct server *s)
{
	int flags = fcntl(s->listen_fd, F_GETFL);

	block_sigterm(s);
	/* A blocking accept would never hear SIGTERM when another worker was faster. */
	if (flags < 0 || fcntl(s->listen_fd, F_SETFL, flags | O_NONBLOCK) < 0) {
		log_event(LOG_ERROR, "listen_socket", KV_INT("errno", errno));
		return false;
	}
	if (FCGX_Init() != 0 ||
	    FCGX_InitRequest(&s->request, s->listen_fd, FCGI_FAIL_ACCEPT_ON_INTR) != 0) {
		log_event(LOG_ERROR, "fcgi_init", KV_INT("errno", errno));
		return false;
	}
	set_signals();
	return true;
}

/* False when accepting cannot go on.  Being too late or interrupted is normal. */
static bool serve_next(struct server *s)
{
	errno = 0; /* libfcgi answers with it, and does not always set it */
	int rc = FCGX_Accept_r(&s->request);

	if (rc >= 0) {
		answer(s);
		return true;
	}
	if (rc == -EAGAIN || rc == -EINTR || rc == -ECONNABORTED)
		return true;
	log_event(LOG_ERROR, "accept", KV_INT("errno", -rc));
	return false;
}

/* ppoll opens the mask only while it really waits: with the next request at the door already it
 * returns at once, and SIGTERM stays pending for as long as the load lasts. */
static bool asked_to_stop(void)
{
	sigset_t pending;

	return stop || (sigpending(&pending) == 0 && sigismember(&pending, SIGTERM) == 1);
}

void fcgi_serve(int listen_fd, struct arena *a, fcgi_handler *handler, void *context,
		volatile int64_t *busy)
{
	static volatile int64_t nobody_looks;
	struct server s = {
	    .listen_fd = listen_fd, .arena = a, .handler = handler, .context = context};
	bool alive = prepare(&s);

	if (busy == NULL)
		busy = &nobody_looks;
	while (alive && !asked_to_stop()) {
		struct pollfd listening = {.fd = listen_fd, .events = POLLIN};
		if (ppoll(&listening, 1, NULL, &s.waiting) < 0)
			continue;
		/* Counted from here, because a peer that sends half a request holds us as well. */
		*busy = clock_micros();
		alive = serve_next(&s);
		*busy = 0;
	}
}
