/* throttle.c -- counters that run empty by themselves. */
#include "app/throttle.h"

#include "base/clock.h"
#include "base/secret.h"

#include <arpa/inet.h>
#include <inttypes.h>
#include <string.h>

enum { DAY = 24 * 3600, HOME_DAYS = 180 };

static const struct scope {
	struct str name;
	int64_t free;  /* failures without a delay */
	int64_t first; /* seconds of delay after them */
	int64_t cap;   /* seconds at most */
	int64_t leak;  /* seconds until one failure is forgotten */
	int64_t most;  /* failures counted at most: as many as the cap needs, so that a long
			* attack is forgotten as fast as a short one */
} scopes[] = {
    {S_INIT("pair"), 5, 5, 900, 3600, 13},
    {S_INIT("account"), 10, 1, 30, 600, 15},
    {S_INIT("network"), 100, 1, 60, 60, 106},
};
static const struct scope *const pair_scope = &scopes[0];

static const struct scope *scope_named(struct str name)
{
	for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++)
		if (str_eq(scopes[i].name, name))
			return &scopes[i];
	return pair_scope;
}

struct str network_of(struct arena *a, struct str address)
{
	static const unsigned char mapped[12] = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
	unsigned char v6[16];
	char text[INET6_ADDRSTRLEN];

	if (inet_pton(AF_INET6, arena_cstr(a, address), v6) != 1)
		return address;
	if (memcmp(v6, mapped, sizeof mapped) == 0)
		return arena_fmt(a, "%d.%d.%d.%d", v6[12], v6[13], v6[14], v6[15]);
	for (size_t i = 8; i < sizeof v6; i++)
		v6[i] = 0;
	if (inet_ntop(AF_INET6, v6, text, sizeof text) == NULL)
		return address;
	return arena_fmt(a, "%s/64", text);
}

/* Addresses are compared as the database does it: without case in ASCII. */
static struct str lower(struct arena *a, struct str s)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		buf_char(&b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
	return buf_str(&b);
}

struct throttle throttle_of(struct request *rq, struct str email, int64_t person_id)
{
	struct arena *a = rq->arena;
	struct str network = network_of(a, rq->http.remote_addr), account = lower(a, email);
	struct str pair = arena_fmt(a, "%.*s %.*s", ARG(network), ARG(account));
	struct str home = arena_fmt(a, "%.*s %" PRId64, ARG(network), person_id);

	return (struct throttle){.person_id = person_id,
				 .account = secret_hash(a, account, S("")),
				 .network = secret_hash(a, network, S("")),
				 .pair = secret_hash(a, pair, S("")),
				 .home = secret_hash(a, home, S(""))};
}

/* Failures that are not forgotten yet. */
static int64_t remembered(const struct scope *s, int64_t failures, int64_t last_at)
{
	int64_t past = clock_now() - last_at;
	int64_t forgotten = past <= 0 ? 0 : past / s->leak;

	return forgotten < failures ? failures - forgotten : 0;
}

static int64_t delay_of(const struct scope *s, int64_t failures)
{
	int64_t delay = s->first;

	if (failures < s->free)
		return 0;
	for (int64_t i = s->free; i < failures && delay < s->cap; i++)
		delay *= 2;
	return delay < s->cap ? delay : s->cap;
}

static int64_t wait_of(const struct scope *s, int64_t failures, int64_t last_at)
{
	int64_t now = clock_now();
	int64_t wait = last_at + delay_of(s, remembered(s, failures, last_at)) - now;

	/* The clock was set back: the wait would not run until the old time returns.  The next
	 * failure is counted with the new time. */
	if (last_at > now)
		return 0;
	return wait < 0 ? 0 : wait;
}

static enum err is_at_home(struct request *rq, const struct throttle *t, bool *home)
{
	static const char sql[] = "SELECT count(*) FROM login_network"
				  " WHERE person_id = $1 AND network_hash = $2 AND last_at > $3";
	int64_t since = clock_now() - HOME_DAYS * DAY, count;

	TRY(db_int(rq->db, sql, WITH(INT(t->person_id), BLOB(t->home), INT(since)), &count));
	*home = count > 0;
	return OK;
}

enum err throttle_wait(struct request *rq, const struct throttle *t, int64_t *seconds)
{
	static const char sql[] = "SELECT scope, failures, last_at FROM login_failure"
				  " WHERE (scope = 'pair' AND key_hash = $1)"
				  "    OR (scope = 'account' AND key_hash = $2)"
				  "    OR (scope = 'network' AND key_hash = $3)";
	bool home = false;

	*seconds = 0;
	TRY(is_at_home(rq, t, &home));
	struct rows r =
	    db_query(rq->db, sql, WITH(BLOB(t->pair), BLOB(t->account), BLOB(t->network)));
	while (rows_next(&r)) {
		const struct scope *s = scope_named(col_text(&r, 0));
		int64_t wait = wait_of(s, col_int(&r, 1), col_int(&r, 2));
		if (wait > *seconds && (!home || s == pair_scope))
			*seconds = wait;
	}
	return r.err;
}

static enum err count_one(struct request *rq, const struct scope *s, struct str key)
{
	static const char read_sql[] =
	    "SELECT failures, last_at FROM login_failure WHERE scope = $1 AND key_hash = $2";
	static const char write_sql[] =
	    "INSERT INTO login_failure (scope, key_hash, failures, last_at) VALUES ($1, $2, $3, $4)"
	    " ON CONFLICT (scope, key_hash) DO UPDATE SET failures = $3, last_at = $4";
	struct rows r = db_query(rq->db, read_sql, WITH(TEXT(s->name), BLOB(key)));
	int64_t failures = 0;

	if (rows_next(&r))
		failures = remembered(s, col_int(&r, 0), col_int(&r, 1));
	TRY(r.err);
	if (failures < s->most)
		failures++;
	return db_run(rq->db, write_sql,
		      WITH(TEXT(s->name), BLOB(key), INT(failures), INT(clock_now())), NULL);
}

enum err throttle_failed(struct request *rq, const struct throttle *t)
{
	const struct str keys[] = {t->pair, t->account, t->network};

	for (size_t i = 0; i < sizeof scopes / sizeof scopes[0]; i++)
		TRY(count_one(rq, &scopes[i], keys[i]));
	return OK;
}

/*
 * Only the pair starts anew: a login of the victim's must not give an attacker elsewhere a fresh
 * account counter, nor an account of the attacker's own his network's.
 */
enum err throttle_passed(struct request *rq, const struct throttle *t)
{
	static const char pair_sql[] =
	    "DELETE FROM login_failure WHERE scope = 'pair' AND key_hash = $1";
	static const char home_sql[] =
	    "INSERT INTO login_network (person_id, network_hash, last_at) VALUES ($1, $2, $3)"
	    " ON CONFLICT (person_id, network_hash) DO UPDATE SET last_at = $3";

	TRY(db_run(rq->db, pair_sql, WITH(BLOB(t->pair)), NULL));
	return db_run(rq->db, home_sql, WITH(INT(t->person_id), BLOB(t->home), INT(clock_now())),
		      NULL);
}

/* Under "pair", where its blank in front makes it no address anybody could log in with. */
static struct str form_key(struct request *rq, struct str kind)
{
	struct str network = network_of(rq->arena, rq->http.remote_addr);
	struct str key = arena_fmt(rq->arena, " %.*s %.*s", ARG(kind), ARG(network));

	return secret_hash(rq->arena, key, S(""));
}

enum err throttle_form_wait(struct request *rq, struct str kind, int64_t *seconds)
{
	static const char sql[] =
	    "SELECT failures, last_at FROM login_failure WHERE scope = 'pair' AND key_hash = $1";
	struct rows r = db_query(rq->db, sql, WITH(BLOB(form_key(rq, kind))));

	*seconds = 0;
	if (rows_next(&r))
		*seconds = wait_of(pair_scope, col_int(&r, 0), col_int(&r, 1));
	return r.err;
}

enum err throttle_form_sent(struct request *rq, struct str kind)
{
	return count_one(rq, pair_scope, form_key(rq, kind));
}
