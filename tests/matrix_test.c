/*
 * matrix_test.c -- role x municipality x route: every address of the sitemap as every role of every
 * municipality, against what belongs to another municipality; and every form with fields that are
 * none of its own.
 *
 * Generated from the table of routes.  A route with ":id" or ":slug" whose beginning is not in
 * `things` is tried with 1 and with a task force, as something that belongs to all.
 */
#include "matrix_world.h"

#include "features/features.h"

#include <stdio.h>

/* COMMON: belongs to all.  FOREIGN: known, so 403 (or 404) for whoever may with own ones alone.
 * SECRET: 404, whatever the role. */
enum whose { COMMON, FOREIGN, SECRET };

/* The first that fits; "%d" is the number of the municipality. */
static const struct {
	const char *begins;
	enum whose whose;
	const char *slug, *id;
} things[] = {
    {"/personen/:id", FOREIGN, "", "20%d"},
    {"/rollen/projekt/:id", FOREIGN, "", "30%d"},
    {"/rollen/kooperation/:id", FOREIGN, "", "40%d"},
    {"/rollen/vorschlaege/:id", COMMON, "", "20%d"},
    {"/kommunen/:slug", FOREIGN, "place", "50%d"},
    {"/profil/geraete/:slug", SECRET, "device", ""},
    {"/task-forces/:slug/team", FOREIGN, "tf-%d", "1%d4"},
    {"/task-forces/:slug", FOREIGN, "tf-%d", "1%d"},
    {"/feedback/runden/", COMMON, "", "1"},
    {"/feedback/sammel/", COMMON, "", "1"},
    {"/feedback/:id", SECRET, "", "%d"},
    /* The vote itself stands in the form: poll_rights_test.c. */
    {"/entscheidungen/:slug/abstimmung/", COMMON, "2026-1%d", "1"},
    {"/entscheidungen/:slug/stimme", COMMON, "2026-1%d", "1"},
    {"/entscheidungen/:slug/bestaetigung", COMMON, "2026-1%d", "1"},
    {"/entscheidungen/:slug/umlauf", COMMON, "2026-1%d", "1"},
    {"/entscheidungen/:slug/umsetzung", FOREIGN, "2026-2%d", "1"},
    {"/entscheidungen/:slug", FOREIGN, "2026-1%d", "1"},
    {"/sitzungen/:slug/vollmachten/:id", FOREIGN, "2026-1", "1%d"},
    {"/sitzungen/:slug/antwort", COMMON, "2026-1", "1"},
    {"/sitzungen/:slug/vollmachten", COMMON, "2026-1", "1"},
    {"/sitzungen/:slug", FOREIGN, "2026-1", "1"},
};
enum { THINGS = sizeof things / sizeof things[0] };

static size_t thing_of(const struct route *r)
{
	size_t i = 0;

	while (i < THINGS && !str_starts(str_of(r->path), str_of(things[i].begins)))
		i++;
	return i;
}

/* "tf-%d" for the municipality. */
static struct str filled(const char *pattern, int m)
{
	struct buf b = {.arena = test_arena};
	static const char *const places[] = {"", "lindheim", "auental", "bergstedt", "seefeld"};
	size_t at = str_find(str_of(pattern), S("%d"));

	if (strcmp(pattern, "place") == 0)
		return str_of(places[m]);
	if (strcmp(pattern, "device") == 0) {
		struct str token = str_from(cookie_of(OWNERS + m), S("handschlag=").n);
		struct str hash = secret_hash(test_arena, token, S(""));
		return str_head(secret_hex(test_arena, hash), 32);
	}
	buf_add(&b, str_head(str_of(pattern), at));
	if (at < strlen(pattern))
		buf_fmt(&b, "%d%s", m, pattern + at + 2);
	return buf_str(&b);
}

/* The route's address for a thing of municipality m. */
static const char *address(const struct route *r, int m)
{
	struct str rest = str_from(str_of(r->path), 1), part;
	struct buf b = {.arena = test_arena};
	size_t i = thing_of(r);

	while (str_cut(&rest, '/', &part)) {
		buf_char(&b, '/');
		if (str_eq(part, S(":slug")))
			buf_add(&b, i < THINGS ? filled(things[i].slug, m) : S("dateninventur"));
		else if (str_eq(part, S(":id")))
			buf_add(&b, i < THINGS ? filled(things[i].id, m) : S("1"));
		else if (str_eq(part, S(":token")))
			buf_add(&b, repeated("A", SECRET_TOKEN_CHARS));
		else
			buf_add(&b, part);
	}
	return arena_cstr(test_arena, buf_str(&b));
}

static struct {
	size_t routes, requests, refused, hidden, seen, changed;
} count;
static char untouched[80]; /* digest of the world as it is built */

static bool nothing_changed(void)
{
	struct str now = everything();

	return str_eq(now, str_of(untouched));
}

/* What this role may expect of a thing of another municipality. */
static bool is_right(const struct route *r, int role, int status)
{
	unsigned bit = 1U << role;
	size_t i = thing_of(r);
	enum whose whose = i < THINGS ? things[i].whose : COMMON;
	bool enters =
	    r->action == EVERYONE || r->action == LOGGED_IN || right_to_enter(bit, r->action);

	if (!enters)
		return status == 403;
	if (whose == SECRET)
		return status == 404;
	if (whose == FOREIGN && r->action > LOGGED_IN && !right_to_all(bit, r->action))
		return status == 403 || status == 404;
	return status < 500;
}

static void try_one(const struct route *r, int m, int role)
{
	const char *target = address(r, other_unit(m));
	int64_t person = cast(m, role);
	struct answer a =
	    r->method == METHOD_GET ? get_as(person, target) : post_as(person, target, S(""));

	if (!is_right(r, role, a.status))
		fail_msg("%s %s as %.*s of municipality %d: %d",
			 r->method == METHOD_GET ? "GET" : "POST", target,
			 ARG(role_title((enum role)(1U << role))), m, a.status);
	count.requests++;
	count.refused += a.status == 403;
	count.hidden += a.status == 404;
	count.seen += a.status == 200;
	/* Something one may do, without a word in the form: the next one meets a new world. */
	if (r->method == METHOD_POST && a.status < 400) {
		count.changed++;
		matrix_world();
	}
}

static void walk(void (*check)(const struct route *r))
{
	matrix_world();
	snprintf(untouched, sizeof untouched, "%.*s", ARG(everything()));
	for (const struct route *const *table = sitemap.routes; *table != NULL; table++)
		for (const struct route *r = *table; r->path != NULL; r++)
			check(r);
}

static void all_roles(const struct route *r)
{
	matrix_world();
	for (int m = 1; m <= UNITS; m++)
		for (int role = 0; role < ROLE_COUNT; role++)
			try_one(r, m, role);
	if (!nothing_changed())
		fail_msg("%s changes something for whom it refuses", r->path);
	count.routes++;
}

TEST(no_role_reaches_what_belongs_to_another_municipality)
{
	test_forms_are_shown = false;
	walk(all_roles);
	CHECK(count.routes > 200 && count.hidden > 100);
	print_message("matrix: %zu routes x %d roles x %d municipalities = %zu requests: %zu"
		      " refused, %zu not found, %zu pages, %zu acts\n",
		      count.routes, ROLE_COUNT, UNITS, count.requests, count.refused, count.hidden,
		      count.seen, count.changed);
}

/* ---- Fields that belong to no form ---- */

/* Somebody who may send this form. */
static int64_t sender(const struct route *r)
{
	for (int role = 0; role < ROLE_COUNT; role++)
		if (right_to_all(1U << role, r->action))
			return cast(1, role);
	for (int role = 0; role < ROLE_COUNT; role++)
		if (right_to_enter(1U << role, r->action))
			return cast(1, role);
	return r->action == EVERYONE ? NOBODY : cast(1, 8);
}

/* The things of the sender's own municipality, so that nothing else stands in the way. */
static void add_fields(const struct route *r)
{
	static const char *const extra[] = {
	    "role=pmo&municipality_id=1&status=active&person_id=1",
	    "rolle%5B%5D=pmo&id=1&granted_by=1&author_id=1&created_at=1&token_hash=1"};

	if (r->method != METHOD_POST)
		return;
	for (size_t i = 0; i < sizeof extra / sizeof extra[0]; i++) {
		struct answer a = post_as(sender(r), address(r, 1), str_of(extra[i]));
		if (a.status < 400 || a.status >= 500)
			fail_msg("POST %s with %s: %d", r->path, extra[i], a.status);
		count.refused += a.status == 400;
		count.requests++;
	}
	if (!nothing_changed())
		fail_msg("POST %s takes fields of no form", r->path);
}

TEST(mass_assignment)
{
	test_forms_are_shown = false;
	memset(&count, 0, sizeof count);
	walk(add_fields);
	CHECK(count.requests > 200 && count.refused > 0);
	print_message("mass assignment: %zu forms with foreign fields, nothing changed; %zu were"
		      " complete otherwise and got a 400\n",
		      count.requests, count.refused);
}

/* A sanity check of the tests themselves: the digest sees every kind of change. */
TEST(the_digest_sees_one_letter)
{
	matrix_world();
	struct str before = everything();
	CHECK_STR(everything(), before);
	run_sql("UPDATE person SET pronouns = 'x' WHERE id = 201");
	CHECK(!str_eq(everything(), before));
	matrix_world();
	CHECK_STR(everything(), str_of(untouched));
	run_sql("DELETE FROM role_grant WHERE id = 301");
	CHECK(!str_eq(everything(), str_of(untouched)));
}

TESTS_MAIN
