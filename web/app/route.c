/* route.c -- finds the row of the sitemap for a path. */
#include "app/app.h"

static bool is_slug(struct str s)
{
	if (s.n == 0 || s.n > 60)
		return false;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-'))
			return false;
	}
	return true;
}

/* As secret_token makes them. */
static bool is_token(struct str s)
{
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (!((c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
		      c == '-' || c == '_'))
			return false;
	}
	return s.n == SECRET_TOKEN_CHARS;
}

static bool segment_fits(struct request *rq, struct str pattern, struct str actual)
{
	if (str_eq(pattern, S(":slug"))) {
		rq->slug = actual;
		return is_slug(actual);
	}
	if (str_eq(pattern, S(":token"))) {
		rq->token = actual;
		return is_token(actual);
	}
	if (str_eq(pattern, S(":id")))
		return str_to_int(actual, &rq->id) && rq->id > 0;
	return str_eq(pattern, actual);
}

static bool path_fits(struct request *rq, const char *path)
{
	struct str pattern = str_of(path), actual = rq->http.path, want, got;

	while (str_cut(&pattern, '/', &want)) {
		if (!str_cut(&actual, '/', &got) || !segment_fits(rq, want, got))
			return false;
	}
	return actual.p == NULL;
}

enum err route_find(const struct app *app, struct request *rq, const struct route **out)
{
	enum err err = E_NOT_FOUND;

	for (const struct route *const *table = app->routes; *table != NULL; table++) {
		for (const struct route *r = *table; r->path != NULL; r++) {
			if (!path_fits(rq, r->path))
				continue;
			*out = r;
			if (r->method == rq->http.method)
				return OK;
			err = E_METHOD;
		}
	}
	return err;
}

struct str path_for_log(const struct request *rq)
{
	struct str rest = rq->http.path, part;
	struct buf b = {.arena = rq->arena};

	while (str_cut(&rest, '/', &part)) {
		if (part.p != rq->http.path.p)
			buf_char(&b, '/');
		buf_add(&b, is_token(part) ? S(":token") : part);
	}
	return buf_str(&b);
}
