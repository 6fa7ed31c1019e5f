/* response.c -- the one place where header lines are written. */
#include "http/response.h"

#include "base/log.h"

#include <inttypes.h>
#include <string.h>

/* RFC 9110, section 5.6.2. */
static bool is_token(struct str s)
{
	static const char others[] = "!#$%&'*+-.^_`|~";

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool alphanumeric =
		    (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
		if (!alphanumeric && (c == '\0' || strchr(others, c) == NULL))
			return false;
	}
	return s.n > 0;
}

static bool is_visible(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] < ' ' || s.p[i] >= 0x7f)
			return false;
	return true;
}

/* These are written by response_head; a second line would contradict the first. */
static bool is_ours(struct str name)
{
	return str_eq_nocase(name, S("Status")) || str_eq_nocase(name, S("Content-Length")) ||
	       str_eq_nocase(name, S("Content-Type"));
}

enum err response_header(struct response *r, struct str name, struct str value)
{
	if (!is_token(name) || is_ours(name) || !is_visible(value) || r->n == HEADERS_MAX) {
		/* The value may be a secret, or what somebody tried to smuggle in. */
		log_event(LOG_ERROR, "header_refused", KV("name", name));
		return E_INTERNAL;
	}
	r->headers[r->n].name = name;
	r->headers[r->n].value = value;
	r->n++;
	return OK;
}

/* cookie-octet of RFC 6265. */
static bool is_cookie_value(struct str s)
{
	for (size_t i = 0; i < s.n; i++)
		if (s.p[i] <= ' ' || s.p[i] >= 0x7f || strchr("\",;\\", s.p[i]) != NULL)
			return false;
	return true;
}

enum err response_cookie(struct arena *a, struct response *r, struct str name, struct str value,
			 int64_t max_age)
{
	struct buf line = {.arena = a};

	if (!is_token(name) || !is_cookie_value(value) || max_age < -1) {
		log_event(LOG_ERROR, "cookie_refused", KV("name", name));
		return E_INTERNAL;
	}
	buf_add(&line, name);
	buf_char(&line, '=');
	buf_add(&line, value);
	buf_add(&line, S("; Path=/; HttpOnly; SameSite=Lax"));
	if (str_starts(name, S("__Host-")))
		buf_add(&line, S("; Secure"));
	if (max_age >= 0)
		buf_fmt(&line, "; Max-Age=%" PRId64, max_age);
	return response_header(r, S("Set-Cookie"), buf_str(&line));
}

static const char *reason(int status)
{
	static const struct {
		int status;
		const char *reason;
	} reasons[] = {
	    {200, "OK"},
	    {204, "No Content"},
	    {303, "See Other"},
	    {304, "Not Modified"},
	    {400, "Bad Request"},
	    {401, "Unauthorized"},
	    {403, "Forbidden"},
	    {404, "Not Found"},
	    {405, "Method Not Allowed"},
	    {409, "Conflict"},
	    {410, "Gone"},
	    {413, "Content Too Large"},
	    {422, "Unprocessable Content"},
	    {429, "Too Many Requests"},
	    {500, "Internal Server Error"},
	    {503, "Service Unavailable"},
	};

	for (size_t i = 0; i < sizeof reasons / sizeof reasons[0]; i++)
		if (reasons[i].status == status)
			return reasons[i].reason;
	return NULL;
}

static void add_header(struct buf *out, struct str name, struct str value)
{
	buf_add(out, name);
	buf_add(out, S(": "));
	buf_add(out, value);
	buf_add(out, S("\r\n"));
}

struct str response_head(struct arena *a, const struct response *r, bool head, struct str *body)
{
	static const struct response broken = {.status = 500};
	struct buf out = {.arena = a};

	if (reason(r->status) == NULL || !is_visible(r->content_type)) {
		log_event(LOG_ERROR, "response_broken", KV_INT("status", r->status));
		r = &broken;
	}
	bool bodyless = r->status == 204 || r->status == 304;
	buf_fmt(&out, "Status: %d %s\r\n", r->status, reason(r->status));
	if (r->content_type.n > 0 && !bodyless)
		add_header(&out, S("Content-Type"), r->content_type);
	if (!bodyless)
		buf_fmt(&out, "Content-Length: %zu\r\n", r->body.n);
	for (size_t i = 0; i < r->n; i++)
		add_header(&out, r->headers[i].name, r->headers[i].value);
	buf_add(&out, S("\r\n"));
	*body = head || bodyless ? S("") : r->body;
	return buf_str(&out);
}
