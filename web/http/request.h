/*
 * request.h -- one HTTP request as spans of memory, checked once at the door.
 *
 * Every text here is valid UTF-8 without control characters (tab and LF only inside the values of
 * fields; files are as they are); what is not, is refused with E_BAD_REQUEST before a handler sees
 * it.  HTTP_HOST is never read.  All spans live in the request's arena.
 */
#ifndef HTTP_REQUEST_H
#define HTTP_REQUEST_H

#include "base/arena.h"
#include "base/err.h"

enum method { METHOD_GET, METHOD_POST, METHOD_OTHER }; /* HEAD counts as GET */

struct field {
	struct str name, value;
	struct str file_name; /* of a chosen file, as the browser named it */
	bool file;            /* its value is what the file holds: any bytes, not only clean text */
	bool read;            /* a handler has asked for it: see fields_unread */
};
struct fields {
	size_t n;
	struct field *v;
};
enum { FIELDS_MAX = 500, FIELD_NAME_MAX = 64, QUERY_MAX = 4096 };
/*
 * A form may have 256 KiB.  As multipart/form-data it may have more: 1 MiB of text and the fields
 * beside it, and the login carries a whole form that its session did not outlive.  Which routes
 * take that is a column of theirs (app.h); nginx/site.conf says it again.
 */
enum { FORM_MAX = 256 * 1024, UPLOAD_MAX = (1024 + 64) * 1024, BODY_MAX = UPLOAD_MAX + 16 * 1024 };

/* What the server hands over, exactly as received. */
struct http_input {
	struct str method, uri, content_type, cookie, origin, if_none_match, remote_addr,
	    user_agent, request_id, body;
	bool body_too_large; /* over BODY_MAX, therefore not kept */
	bool https;
};

struct http_request {
	struct arena *arena;
	enum method method;
	bool head;         /* HEAD: the answer's body is dropped */
	struct str path;   /* decoded, begins with '/' */
	struct str target; /* path and query as received, for "back to where you wanted to go" */
	struct fields query, form, cookies;
	struct str origin, if_none_match, remote_addr, user_agent;
	size_t upload_bytes; /* of a form that may hold files; 0: it is none */
	struct str id;       /* request id: nginx's, or our own */
};

/*
 * E_BAD_REQUEST, or E_TOO_LARGE beyond a limit above.  `out` is then filled as far as an error page
 * needs it: id and method always; path (else empty), query and cookies when they are in order.
 *
 * The path has no empty segment ("//"), no "." or "..", no encoded slash and no backslash.  A POST
 * carries a form or is refused; the body of any other method is not looked at.
 */
MUST enum err request_parse(struct arena *a, const struct http_input *in, struct http_request *out);

/* application/x-www-form-urlencoded (WHATWG URL, section 5), but a wrong escape is refused.  Line
 * ends become LF.  `out` is empty on an error. */
MUST enum err fields_parse(struct arena *a, struct str body, struct fields *out);
/* Cookie header (RFC 6265); a name that comes twice is dropped altogether, and so is a cookie that
 * is not clean text.  E_TOO_LARGE beyond FIELDS_MAX. */
MUST enum err cookies_parse(struct arena *a, struct str header, struct fields *out);
/* Percent-decoding of a path segment or value; false on "%zz", "%00".  The result need
 * not be UTF-8. */
bool percent_decode(struct arena *a, struct str s, bool plus_is_blank, struct str *out);
/* All but letters, digits and "-._~" becomes %XX. */
struct str percent_encode(struct arena *a, struct str s);

/* The value of a field, empty when missing; marks it as read.  When a name comes more than once
 * the first counts; the others stay unread. */
struct str field_text(struct fields *f, struct str name);
bool field_present(struct fields *f, struct str name);
/* Walks all values of one name (check boxes); start with *at = 0. */
bool field_each(struct fields *f, struct str name, size_t *at, struct str *value);
/* The first field nobody has read, or NULL: an unknown field in a POST is a 400. */
const struct field *fields_unread(const struct fields *f);

#endif
