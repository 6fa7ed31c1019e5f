/*
 * fcgi.h -- takes requests from nginx one at a time; the only door to libfcgi.
 *
 * SIGTERM is blocked while a request is answered and open only while waiting, so a worker always
 * finishes what it began.  The listening socket must be non-blocking.
 */
#ifndef HTTP_FCGI_H
#define HTTP_FCGI_H

#include "http/request.h"
#include "http/response.h"

/* Answers one request; the arena is reset after the answer was written. */
typedef void fcgi_handler(void *context, struct arena *a, const struct http_input *in,
			  struct response *out, bool *head);

/* Serves until SIGTERM; `busy` (shared memory, may be NULL) holds the monotonic microseconds at
 * which the current request began, or 0 while idle, for the supervisor's watch-dog. */
void fcgi_serve(int listen_fd, struct arena *a, fcgi_handler *handler, void *context,
		volatile int64_t *busy);

#endif
