/*
 * fcgi_client.h -- speaks FastCGI to a worker as nginx does, and badly where a test wants it.
 */
#ifndef TESTS_FCGI_CLIENT_H
#define TESTS_FCGI_CLIENT_H

#include "base/arena.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <sys/un.h>
#include <unistd.h>

enum { FCGI_BEGIN = 1, FCGI_PARAMS = 4, FCGI_STDIN = 5, FCGI_STDOUT = 6 };

/* A connection that gives up after 5 s, or -1. */
static inline int fcgi_connect(const char *path)
{
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	struct timeval limit = {.tv_sec = 5};
	int fd = socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0);

	memcpy(address.sun_path, path, strlen(path) + 1);
	setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
	setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
	if (connect(fd, (const struct sockaddr *)&address, sizeof address) == 0)
		return fd;
	close(fd);
	return -1;
}

static inline void fcgi_send(int fd, int type, struct str content)
{
	do {
		struct str part = str_head(content, 60000);
		unsigned char head[8] = {1, (unsigned char)type,          0,
					 1, (unsigned char)(part.n >> 8), (unsigned char)part.n};
		send(fd, head, sizeof head, MSG_NOSIGNAL);
		send(fd, part.p, part.n, MSG_NOSIGNAL);
		content = str_from(content, part.n);
	} while (content.n > 0);
}

static inline void fcgi_begin(int fd)
{
	fcgi_send(fd, FCGI_BEGIN, S("\0\1\0\0\0\0\0\0")); /* responder, close afterwards */
}

static inline void fcgi_add_length(struct buf *b, size_t n)
{
	if (n > 127) {
		buf_char(b, (char)(0x80 | (n >> 24)));
		buf_char(b, (char)(n >> 16));
		buf_char(b, (char)(n >> 8));
	}
	buf_char(b, (char)n);
}

static inline void fcgi_param(struct buf *b, struct str name, struct str value)
{
	fcgi_add_length(b, name.n);
	fcgi_add_length(b, value.n);
	buf_add(b, name);
	buf_add(b, value);
}

/* Begins a request; the body and fcgi_end are still to come. */
static inline void fcgi_params(int fd, const struct buf *params)
{
	fcgi_begin(fd);
	fcgi_send(fd, FCGI_PARAMS, buf_str(params));
	fcgi_send(fd, FCGI_PARAMS, S(""));
}

static inline void fcgi_end(int fd, struct str body)
{
	if (body.n > 0)
		fcgi_send(fd, FCGI_STDIN, body);
	fcgi_send(fd, FCGI_STDIN, S(""));
}

/* Everything the worker writes until it closes; closes the connection too. */
static inline struct str fcgi_answer(struct arena *a, int fd)
{
	struct buf raw = {.arena = a}, out = {.arena = a};
	char room[65536];
	ssize_t n;

	while ((n = read(fd, room, sizeof room)) > 0)
		buf_add(&raw, (struct str){room, (size_t)n});
	close(fd);
	for (struct str rest = buf_str(&raw); rest.n >= 8;) {
		const unsigned char *head = (const unsigned char *)rest.p;
		size_t length = (size_t)head[4] << 8 | head[5];
		if (head[1] == FCGI_STDOUT)
			buf_add(&out, str_head(str_from(rest, 8), length));
		rest = str_from(rest, 8 + length + head[6]);
	}
	return buf_str(&out);
}

/* Sends a whole GET; the answer is to be read from the connection; -1: nobody listens. */
static inline int fcgi_ask(struct arena *a, const char *socket_path, struct str uri)
{
	struct buf params = {.arena = a};
	int fd = fcgi_connect(socket_path);

	if (fd < 0)
		return -1;
	fcgi_param(&params, S("REQUEST_METHOD"), S("GET"));
	fcgi_param(&params, S("REQUEST_URI"), uri);
	fcgi_params(fd, &params);
	fcgi_end(fd, S(""));
	return fd;
}

/* The answer to a whole GET; empty when there was none. */
static inline struct str fcgi_get(struct arena *a, const char *socket_path, struct str uri)
{
	int fd = fcgi_ask(a, socket_path, uri);

	return fd < 0 ? S("") : fcgi_answer(a, fd);
}

/* The text behind the headers. */
static inline struct str fcgi_body(struct str answer)
{
	return str_from(answer, str_find(answer, S("\r\n\r\n")) + 4);
}

#endif
