/* guard.c -- the door. */
#include "app/guard.h"

#include "base/log.h"
#include "base/secret.h"

enum { MASK_BYTES = 16 };

enum err guard_role(const struct request *rq, enum action action)
{
	if (action == EVERYONE)
		return OK;
	if (rq->viewer.person_id == 0)
		return E_LOGIN;
	if (action == LOGGED_IN || right_to_enter(rq->viewer.roles, action))
		return OK;
	return E_FORBIDDEN;
}

/* The token itself: bound to the session, so it ends with it. */
static struct str csrf_bare(struct request *rq)
{
	struct str hash = secret_hash(rq->arena, S("csrf"), rq->csrf_secret);

	return str_head(hash, MASK_BYTES);
}

static struct str masked(struct arena *a, struct str bare, const unsigned char *mask)
{
	char *both = arena_alloc(a, 2 * MASK_BYTES);

	for (size_t i = 0; i < MASK_BYTES; i++) {
		both[i] = (char)mask[i];
		both[MASK_BYTES + i] = (char)((unsigned char)bare.p[i] ^ mask[i]);
	}
	return secret_hex(a, (struct str){both, 2 * MASK_BYTES});
}

struct str csrf_token(struct request *rq)
{
	unsigned char mask[MASK_BYTES];

	secret_bytes(mask, sizeof mask);
	return masked(rq->arena, csrf_bare(rq), mask);
}

static int hex_digit(char c)
{
	return c >= '0' && c <= '9' ? c - '0' : c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static bool csrf_matches(struct request *rq, struct str token)
{
	unsigned char mask[MASK_BYTES];

	if (token.n != 4 * MASK_BYTES)
		return false;
	for (size_t i = 0; i < MASK_BYTES; i++) {
		int high = hex_digit(token.p[2 * i]), low = hex_digit(token.p[2 * i + 1]);
		if (high < 0 || low < 0)
			return false;
		mask[i] = (unsigned char)(high * 16 + low);
	}
	return secret_equal(token, masked(rq->arena, csrf_bare(rq), mask));
}

enum err guard_origin(const struct request *rq)
{
	if (str_eq(rq->http.origin, rq->app->config.base_url))
		return OK;
	log_event(LOG_WARN, "foreign_origin", KV("origin", rq->http.origin));
	return E_FORBIDDEN;
}

enum err guard_upload(const struct request *rq, const struct route *route)
{
	if (rq->http.upload_bytes > 0 && route->upload_max == 0)
		return E_BAD_REQUEST;
	return rq->http.upload_bytes > route->upload_max ? E_TOO_LARGE : OK;
}

enum err guard_csrf(struct request *rq)
{
	if (csrf_matches(rq, field_text(&rq->http.form, S("csrf"))))
		return OK;
	log_event(LOG_WARN, "csrf_token", KV("path", path_for_log(rq)));
	return E_FORBIDDEN;
}
