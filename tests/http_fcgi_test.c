/* http_fcgi_test.c -- a real worker behind a real socket, and peers that behave badly. */
#include "base/log.h"
#include "fcgi_client.h"
#include "http/fcgi.h"
#include "http/listener.h"
#include "test.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>

enum { LARGE = 3 * 1024 * 1024 };

static struct arena *a;
static char directory[] = "/tmp/handschlag-fcgi-XXXXXX";
static struct str socket_path;
static struct listener listener;
static volatile int64_t *busy; /* shared with the worker */
static pid_t worker;

/* Tells what it was given; "/large" and "/slow" do what they say. */
static void echo(void *context, struct arena *arena, const struct http_input *in,
		 struct response *out, bool *head)
{
	const struct timespec while_slow = {.tv_nsec = 300000000};
	struct buf b = {.arena = arena};

	*head = str_eq(in->method, S("HEAD"));
	out->status = 200;
	out->content_type = S("text/plain");
	if (str_eq(in->uri, S("/slow")))
		nanosleep(&while_slow, NULL);
	if (str_eq(in->uri, S("/large"))) {
		out->body = (struct str){memset(arena_alloc(arena, LARGE), 'x', LARGE), LARGE};
		return;
	}
	buf_fmt(&b, "%.*s|%.*s|%.*s|%.*s|%.*s|", ARG(in->method), ARG(in->uri),
		ARG(in->content_type), ARG(in->cookie), ARG(in->origin));
	buf_fmt(&b, "%.*s|%.*s|%.*s|%.*s|", ARG(in->if_none_match), ARG(in->remote_addr),
		ARG(in->user_agent), ARG(in->request_id));
	buf_fmt(&b, "https=%d|large=%d|%s|busy=%d|", in->https, in->body_too_large,
		(const char *)context, *busy != 0);
	buf_add(&b, in->body);
	out->body = buf_str(&b);
}

static void start_worker(void)
{
	static char context[] = "context";

	worker = fork();
	if (worker == 0) {
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		struct arena *mine = arena_new(16 * 1024 * 1024);
		fcgi_serve(listener.fd, mine, echo, context, busy);
		arena_free(mine);
		exit(7);
	}
}

static int end_worker(void)
{
	int status = -1;

	kill(worker, SIGTERM);
	waitpid(worker, &status, 0);
	worker = 0;
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

static int set_up(void **state)
{
	(void)state;
	log_threshold(LOG_ERROR + 1);
	a = arena_new(64 * 1024 * 1024);
	if (mkdtemp(directory) == NULL)
		return -1;
	socket_path = str_of(arena_fmt(a, "%s/socket", directory).p);
	busy = mmap(NULL, sizeof *busy, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (busy == MAP_FAILED || listener_open(socket_path, &listener) != OK)
		return -1;
	start_worker();
	return worker > 0 ? 0 : -1;
}

static int tear_down(void **state)
{
	(void)state;
	if (worker > 0)
		end_worker();
	listener_close(&listener);
	rmdir(directory);
	arena_free(a);
	return 0;
}

static int post_begin(struct str content_length)
{
	struct buf params = {.arena = a};
	int fd = fcgi_connect(socket_path.p);

	fcgi_param(&params, S("REQUEST_METHOD"), S("POST"));
	fcgi_param(&params, S("REQUEST_URI"), S("/"));
	fcgi_param(&params, S("CONTENT_LENGTH"), content_length);
	fcgi_params(fd, &params);
	return fd;
}

static struct str post(struct str content_length, struct str body)
{
	int fd = post_begin(content_length);

	fcgi_end(fd, body);
	return fcgi_answer(a, fd);
}

/* What echo makes of a body that came without any headers. */
static struct str echoed(const char *flags, struct str body)
{
	return arena_fmt(a, "POST|/||||||||https=0|%s|context|busy=1|%.*s", flags, ARG(body));
}

TEST(parameters_and_body_reach_the_handler)
{
	struct buf params = {.arena = a};
	int fd = fcgi_connect(socket_path.p);

	fcgi_param(&params, S("REQUEST_METHOD"), S("POST"));
	fcgi_param(&params, S("REQUEST_URI"), S("/a?b=c"));
	fcgi_param(&params, S("CONTENT_TYPE"), S("x/y"));
	fcgi_param(&params, S("CONTENT_LENGTH"), S("3"));
	fcgi_param(&params, S("HTTP_COOKIE"), S("c=1"));
	fcgi_param(&params, S("HTTP_ORIGIN"), S("o"));
	fcgi_param(&params, S("HTTP_IF_NONE_MATCH"), S("e"));
	fcgi_param(&params, S("REMOTE_ADDR"), S("::1"));
	fcgi_param(&params, S("HTTP_USER_AGENT"), S("u"));
	fcgi_param(&params, S("REQUEST_ID"), S("i"));
	fcgi_param(&params, S("HTTPS"), S("on"));
	fcgi_param(&params, S("HTTP_HOST"), S("evil.example"));
	fcgi_params(fd, &params);
	fcgi_end(fd, S("a=b"));
	CHECK_STR(fcgi_answer(a, fd),
		  S("Status: 200 OK\r\nContent-Type: text/plain\r\nContent-Length: 66\r\n\r\n"
		    "POST|/a?b=c|x/y|c=1|o|e|::1|u|i|https=1|large=0|context|busy=1|a=b"));
}

TEST(a_request_without_headers_and_body_is_fine)
{
	struct str answer = fcgi_get(a, socket_path.p, S("/"));

	CHECK_STR(fcgi_body(answer), S("GET|/||||||||https=0|large=0|context|busy=1|"));
	CHECK_STR(fcgi_body(post(S(""), S(""))), echoed("large=0", S("")));
}

TEST(an_answer_to_head_has_no_body)
{
	struct buf params = {.arena = a};
	int fd = fcgi_connect(socket_path.p);

	fcgi_param(&params, S("REQUEST_METHOD"), S("HEAD"));
	fcgi_params(fd, &params);
	fcgi_end(fd, S(""));
	CHECK_STR(fcgi_body(fcgi_answer(a, fd)), S(""));
}

TEST(a_torn_body_never_reaches_the_handler)
{
	int fd;

	CHECK(str_starts(post(S("10"), S("a=b")), S("Status: 400 ")));
	fd = post_begin(S("10"));
	fcgi_send(fd, FCGI_STDIN, S("a=b"));
	shutdown(fd, SHUT_WR);
	struct str answer = fcgi_answer(a, fd);
	CHECK_INT(str_find(answer, S("POST")), answer.n);
	CHECK(str_starts(fcgi_get(a, socket_path.p, S("/")), S("Status: 200 ")));
}

TEST(an_impossible_length_never_reaches_the_handler)
{
	CHECK(str_starts(post(S("-1"), S("a=b")), S("Status: 400 ")));
	CHECK(str_starts(post(S("x"), S("a=b")), S("Status: 400 ")));
	CHECK(str_starts(post(S("99999999999999999999"), S("a=b")), S("Status: 400 ")));
}

TEST(bytes_behind_the_announced_length_are_not_read)
{
	CHECK_STR(fcgi_body(post(S("3"), S("a=b&c=d"))), echoed("large=0", S("a=b")));
}

TEST(a_body_beyond_the_limit_is_not_kept)
{
	char *bytes = memset(arena_alloc(a, BODY_MAX + 1), 'x', BODY_MAX + 1);
	struct str body = {bytes, BODY_MAX};

	CHECK_STR(fcgi_body(post(arena_fmt(a, "%d", BODY_MAX), body)), echoed("large=0", body));
	body.n++;
	CHECK_STR(fcgi_body(post(arena_fmt(a, "%d", BODY_MAX + 1), body)),
		  echoed("large=1", S("")));
}

TEST(a_large_answer_arrives_whole)
{
	CHECK_INT(fcgi_body(fcgi_get(a, socket_path.p, S("/large"))).n, LARGE);
}

TEST(a_client_that_leaves_does_not_disturb_the_next)
{
	for (int i = 0; i < 20; i++) {
		int fd = fcgi_ask(a, socket_path.p, S("/large"));
		close(fd);
	}
	for (int i = 0; i < 20; i++)
		close(fcgi_connect(socket_path.p));
	CHECK(str_starts(fcgi_get(a, socket_path.p, S("/")), S("Status: 200 ")));
	CHECK_INT(kill(worker, 0), 0);
	CHECK_INT(waitpid(worker, NULL, WNOHANG), 0);
}

static bool becomes_busy(bool wanted)
{
	const struct timespec moment = {.tv_nsec = 5000000};

	for (int i = 0; i < 400 && (*busy != 0) != wanted; i++)
		nanosleep(&moment, NULL);
	return (*busy != 0) == wanted;
}

TEST(a_peer_that_sends_half_a_request_counts_as_busy)
{
	CHECK(becomes_busy(false));
	int fd = fcgi_connect(socket_path.p);
	CHECK_INT(write(fd, "\1", 1), 1);
	CHECK(becomes_busy(true));
	close(fd);
	CHECK(becomes_busy(false));
}

TEST(the_signals_of_a_terminal_are_left_to_the_supervisor)
{
	CHECK(str_starts(fcgi_get(a, socket_path.p, S("/")), S("Status: 200 ")));
	kill(worker, SIGINT);
	kill(worker, SIGHUP);
	kill(worker, SIGUSR1);
	CHECK(str_starts(fcgi_get(a, socket_path.p, S("/")), S("Status: 200 ")));
	CHECK_INT(waitpid(worker, NULL, WNOHANG), 0);
}

TEST(sigterm_ends_an_idle_worker)
{
	CHECK(str_starts(fcgi_get(a, socket_path.p, S("/")), S("Status: 200 ")));
	CHECK_INT(end_worker(), 7);
	start_worker();
}

/* Also while the answer is being written: the client reads late, the socket's buffer is full. */
TEST(sigterm_lets_a_worker_finish_what_it_began)
{
	static const struct str uris[] = {S_INIT("/slow"), S_INIT("/large")};
	const struct timespec moment = {.tv_nsec = 100000000};

	for (size_t i = 0; i < 2; i++) {
		int fd = fcgi_ask(a, socket_path.p, uris[i]);
		nanosleep(&moment, NULL);
		kill(worker, SIGTERM);
		nanosleep(&moment, NULL);
		struct str answer = fcgi_answer(a, fd);
		CHECK(str_starts(answer, S("Status: 200 ")));
		CHECK(i == 0 || fcgi_body(answer).n == LARGE);
		CHECK_INT(end_worker(), 7);
		start_worker();
	}
}

/* Under load there is always a next request; it is left to the next worker. */
TEST(sigterm_is_heard_while_requests_queue)
{
	const struct timespec moment = {.tv_nsec = 100000000};
	int first = fcgi_ask(a, socket_path.p, S("/slow"));
	int second = fcgi_ask(a, socket_path.p, S("/slow"));
	char byte;

	nanosleep(&moment, NULL);
	CHECK_INT(end_worker(), 7);
	CHECK(str_starts(fcgi_answer(a, first), S("Status: 200 ")));
	CHECK_INT(recv(second, &byte, 1, MSG_DONTWAIT), -1);
	start_worker();
	CHECK(str_starts(fcgi_answer(a, second), S("Status: 200 ")));
}

TESTS_MAIN_WITH(set_up, tear_down)
