/*
 * response.h -- an answer, complete in memory before its first byte is written.
 *
 * Always with Content-Length: nginx 1.22 passes a torn answer without it on as a complete one.
 */
#ifndef HTTP_RESPONSE_H
#define HTTP_RESPONSE_H

#include "base/arena.h"
#include "base/err.h"

enum { HEADERS_MAX = 16 };
struct response {
	int status;
	struct str content_type, body;
	size_t n;
	struct {
		struct str name, value;
	} headers[HEADERS_MAX];
};

/* The only writer of headers: bytes below 0x20, 0x7f and above are refused (E_INTERNAL). */
MUST enum err response_header(struct response *r, struct str name, struct str value);

/* Set-Cookie with HttpOnly and SameSite=Lax on "/"; with Secure when the name begins with
 * "__Host-".  max_age in seconds; 0 deletes the cookie, -1 makes a session cookie. */
MUST enum err response_cookie(struct arena *a, struct response *r, struct str name,
			      struct str value, int64_t max_age);

/* The header as the FastCGI stdout stream begins with it, and the body that follows: none for HEAD,
 * 204 and 304. */
struct str response_head(struct arena *a, const struct response *r, bool head, struct str *body);

#endif
