/* request.c -- checks what the server handed over and splits it into its parts. */
#include "http/request.h"

#include "base/secret.h"
#include "base/utf8.h"
#include "http/multipart.h"

/* nginx's $request_id: 32 hexadecimal digits.  Anything else could forge a line of the log. */
static bool is_request_id(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F')))
			return false;
	}
	return s.n == 32;
}

static enum err text_parse(struct str from, struct str *out)
{
	if (!utf8_clean(from, false))
		return E_BAD_REQUEST;
	*out = from;
	return OK;
}

/* The target goes into redirects as it is, so it holds visible ASCII only; browsers encode the
 * rest.  A fragment never leaves the browser. */
static bool is_target(struct str uri)
{
	for (size_t i = 0; i < uri.n; i++)
		if (uri.p[i] <= ' ' || uri.p[i] >= 0x7f || uri.p[i] == '#')
			return false;
	return uri.n > 0 && uri.p[0] == '/';
}

static size_t slashes_in(struct str s)
{
	size_t n = 0;

	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '/';
	return n;
}

/*
 * One page, one address: no empty or dot segments, also when they are written as %2E, no slash
 * written as %2F.  No backslash, which browsers take for a slash ("/\host" leaves the site).
 */
static bool is_path(struct str raw, struct str path)
{
	struct str rest = str_from(path, 1), segment;

	if (!utf8_clean(path, false) || str_find_char(path, '\\') < path.n ||
	    slashes_in(raw) != slashes_in(path))
		return false;
	while (str_cut(&rest, '/', &segment)) {
		bool last = rest.p == NULL;
		if ((segment.n == 0 && !last) || str_eq(segment, S(".")) ||
		    str_eq(segment, S("..")))
			return false;
	}
	return true;
}

static enum err uri_parse(struct arena *a, struct str uri, struct http_request *out,
			  struct str *query)
{
	size_t mark = str_find_char(uri, '?');
	struct str raw = str_head(uri, mark), path;

	*query = str_from(uri, mark + 1);
	if (!is_target(uri) || !percent_decode(a, raw, false, &path) || !is_path(raw, path))
		return E_BAD_REQUEST;
	out->path = path;
	if (query->n > QUERY_MAX)
		return E_TOO_LARGE;
	out->target = uri;
	return OK;
}

static void method_parse(struct str name, struct http_request *out)
{
	out->method = METHOD_OTHER;
	out->head = str_eq(name, S("HEAD"));
	if (out->head || str_eq(name, S("GET")))
		out->method = METHOD_GET;
	else if (str_eq(name, S("POST")))
		out->method = METHOD_POST;
}

/* Parameters behind ';' say nothing we need: a body that is not UTF-8 is refused anyway. */
static bool is_form(struct str content_type)
{
	struct str type = str_trim(str_head(content_type, str_find_char(content_type, ';')));

	return str_eq_nocase(type, S("application/x-www-form-urlencoded"));
}

static enum err form_parse(struct arena *a, const struct http_input *in, struct http_request *out)
{
	if (in->body_too_large || in->body.n > BODY_MAX)
		return E_TOO_LARGE;
	if (multipart_is(in->content_type)) {
		out->upload_bytes = in->body.n;
		return multipart_parse(a, in->content_type, in->body, &out->form);
	}
	if (in->body.n > FORM_MAX)
		return E_TOO_LARGE;
	return is_form(in->content_type) ? fields_parse(a, in->body, &out->form) : E_BAD_REQUEST;
}

/* What the log and an error page need comes first. */
enum err request_parse(struct arena *a, const struct http_input *in, struct http_request *out)
{
	struct str query;

	*out = (struct http_request){.arena = a};
	out->id = is_request_id(in->request_id) ? in->request_id : secret_id(a);
	method_parse(in->method, out);
	TRY(text_parse(in->remote_addr, &out->remote_addr));
	TRY(uri_parse(a, in->uri, out, &query));
	TRY(text_parse(in->user_agent, &out->user_agent));
	TRY(text_parse(in->origin, &out->origin));
	TRY(text_parse(in->if_none_match, &out->if_none_match));
	TRY(cookies_parse(a, in->cookie, &out->cookies));
	TRY(fields_parse(a, query, &out->query));
	return out->method == METHOD_POST ? form_parse(a, in, out) : OK;
}
