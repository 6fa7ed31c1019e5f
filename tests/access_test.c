/*
 * access_test.c -- walks the sitemap: every address as every person, against the table of rights.
 *
 * A new route is covered the moment its row exists.  ":slug" is tried with a task force of the
 * fixtures, ":id" with 1, ":token" with one of no letter, so an entitled person may well get a 404
 * here; what is checked is who is refused, that nothing is a 500, and that what does not exist is a
 * 404.
 */
#include "fixtures.h"

#include "app/rights.h"
#include "features/features.h"

#define SLUG "dateninventur"
#define NO_SLUG "gibt-es-nicht"
#define NO_ID "999999"
/* Of no letter. */
#define NO_TOKEN "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

/* The roles of the people in fixtures.c, written down once more so that a mistake in reading them
 * from the database is seen. */
static const unsigned roles_of[PERSON_END] = {
    [ANNA] = ROLE_PMO,           [BEN] = ROLE_TF_LEAD,       [CEM] = ROLE_TF_MEMBER,
    [DORA] = ROLE_READER,        [EMIL] = ROLE_INSTALLATION, [FINN] = ROLE_FUNDER,
    [GRETA] = ROLE_MUNICIPALITY, [HEIDI] = ROLE_COMMITTEE,   [IVO] = ROLE_CHAIR,
    [JULE] = ROLE_REVIEWER,      [KIM] = ROLE_TF_LEAD,
};

static bool may_enter(int64_t person, const struct route *r)
{
	return r->action == EVERYONE ||
	       (person != NOBODY &&
		(r->action == LOGGED_IN || right_to_enter(roles_of[person], r->action)));
}

static bool may_with_all(int64_t person, const struct route *r)
{
	return r->action == EVERYONE ||
	       (person != NOBODY &&
		(r->action == LOGGED_IN || right_to_all(roles_of[person], r->action)));
}

/* "/task-forces/:slug/fragen/:id" with these two filled in. */
static const char *address(const struct route *r, const char *slug, const char *id)
{
	struct str rest = str_from(str_of(r->path), 1), part;
	struct buf b = {.arena = test_arena};

	while (str_cut(&rest, '/', &part)) {
		buf_char(&b, '/');
		if (str_eq(part, S(":slug")))
			buf_add(&b, str_of(slug));
		else if (str_eq(part, S(":id")))
			buf_add(&b, str_of(id));
		else if (str_eq(part, S(":token")))
			buf_add(&b, S(NO_TOKEN));
		else
			buf_add(&b, part);
	}
	return arena_cstr(test_arena, buf_str(&b));
}

static struct answer call(int64_t person, const struct route *r, const char *slug, const char *id)
{
	const char *target = address(r, slug, id);

	if (r->method == METHOD_GET)
		return get_as(person, target);
	return post_as(person, target, S(""));
}

static uint64_t untouched;

static void new_world(void)
{
	fixtures();
	untouched = db_version(test_db);
}

/* A new one where the last call wrote something: most calls are refused or only read, and to make a
 * world takes ten times as long as to be refused in one. */
static void same_world(void)
{
	if (db_version(test_db) != untouched)
		new_world();
}

/* Calls `check` for every row of the sitemap, in a new world each. */
static void walk(void (*check)(const struct route *r))
{
	size_t rows = 0;

	for (const struct route *const *table = sitemap.routes; *table != NULL; table++)
		for (const struct route *r = *table; r->path != NULL; r++, rows++) {
			new_world();
			check(r);
		}
	/* So that an empty sitemap is no success. */
	CHECK(rows > 10);
}

#define EXPECT(condition, r, person, a)                                                            \
	do {                                                                                       \
		if (!(condition))                                                                  \
			fail_msg("%s %s (%s) as person %d: %d",                                    \
				 (r)->method == METHOD_GET ? "GET" : "POST", (r)->path, (r)->name, \
				 (int)(person), (a).status);                                       \
	} while (0)

static bool is_logout(const struct route *r)
{
	return str_eq(str_of(r->path), S("/abmelden"));
}

static void check_guest(const struct route *r)
{
	struct answer a = call(NOBODY, r, SLUG, "1");
	if (r->action == EVERYONE)
		EXPECT(a.status < 500 && a.status != 403, r, NOBODY, a);
	else if (r->method == METHOD_GET || is_logout(r))
		EXPECT(a.status == 303 && str_starts(a.location, S("/anmelden?")), r, NOBODY, a);
	else
		EXPECT(a.status == 403 && shows(&a, "Deine Anmeldung ist abgelaufen."), r, NOBODY,
		       a);
}

TEST(guests_are_led_to_the_login)
{
	walk(check_guest);
}

static void check_everybody(const struct route *r)
{
	for (int64_t person = ANNA; person < PERSON_END; person++) {
		same_world();
		struct answer a = call(person, r, SLUG, "1");
		EXPECT(a.status < 500, r, person, a);
		if (!may_enter(person, r))
			EXPECT(a.status == 403, r, person, a);
		else if (may_with_all(person, r))
			EXPECT(a.status != 403, r, person, a);
	}
}

TEST(everybody_may_exactly_what_the_table_of_rights_says)
{
	walk(check_everybody);
}

/* Somebody whom only a missing object can stop; 0 when no person of the fixtures has the right. */
static int64_t entitled(const struct route *r)
{
	for (int64_t person = ANNA; person < PERSON_END; person++)
		if (may_with_all(person, r))
			return person;
	/* Some actions concern own objects alone. */
	for (int64_t person = ANNA; person < PERSON_END; person++)
		if (may_enter(person, r))
			return person;
	return NOBODY;
}

static void check_missing(const struct route *r)
{
	struct str path = str_of(r->path);
	bool slug = str_find(path, S(":slug")) < path.n, id = str_find(path, S(":id")) < path.n;
	bool token = str_find(path, S(":token")) < path.n;
	int64_t person = entitled(r);

	EXPECT(person != NOBODY || r->action == EVERYONE, r, person,
	       ((struct answer){.status = 0}));
	struct answer a = call(person, r, NO_SLUG, "1");
	if (slug || token)
		EXPECT(a.status == 404, r, person, a);
	same_world();
	a = call(person, r, SLUG, NO_ID);
	if (id)
		EXPECT(a.status == 404, r, person, a);
}

TEST(what_does_not_exist_is_a_404)
{
	walk(check_missing);
}

/* Does this address belong to a row of that method, also by way of ":slug"? */
static bool is_served(const char *target, enum method method)
{
	for (const struct route *const *table = sitemap.routes; *table != NULL; table++)
		for (const struct route *r = *table; r->path != NULL; r++) {
			struct str want = str_of(r->path), got = str_of(target), w, g;
			bool fits = r->method == method;
			while (fits && str_cut(&want, '/', &w))
				fits = str_cut(&got, '/', &g) &&
				       (str_eq(w, g) || (w.n > 0 && w.p[0] == ':'));
			if (fits && got.p == NULL)
				return true;
		}
	return false;
}

static void check_method(const struct route *r)
{
	int64_t person = entitled(r);

	const char *target = address(r, SLUG, "1");
	struct answer a =
	    post_raw((struct http_input){.method = S("DELETE"), .uri = str_of(target)});
	EXPECT(a.status == 405, r, person, a);
	if (!is_served(target, r->method == METHOD_GET ? METHOD_POST : METHOD_GET)) {
		a = r->method == METHOD_GET ? post_as(person, target, S(""))
					    : get_as(person, target);
		EXPECT(a.status == 405, r, person, a);
	}
}

TEST(get_on_post_routes_and_post_on_get_routes_are_405)
{
	walk(check_method);
}

static void check_token(const struct route *r)
{
	if (r->method == METHOD_GET)
		return;
	int64_t person = entitled(r);
	struct http_input in = {.method = S("POST"),
				.uri = str_of(address(r, SLUG, "1")),
				.content_type = S("application/x-www-form-urlencoded"),
				.cookie = person == NOBODY ? S("") : cookie_of(person),
				.origin = test_app.config.base_url,
				.body = S("key=abcdefghijklmnop")};
	struct answer a = post_raw(in);
	EXPECT(a.status == 403, r, person, a);
	/* With a token, but from a foreign page. */
	in.origin = S("https://evil.example");
	in.body = arena_fmt(test_arena, "csrf=%.*s&key=abcdefghijklmnop", ARG(csrf_of(person)));
	a = post_raw(in);
	EXPECT(a.status == 403, r, person, a);
}

TEST(a_post_without_token_or_from_a_foreign_page_is_refused)
{
	walk(check_token);
}

static void check_suspended(const struct route *r)
{
	int64_t person = entitled(r);

	if (r->action == EVERYONE)
		return;
	run_sql("UPDATE person SET status = 'suspended'");
	struct answer a = call(person, r, SLUG, "1");
	EXPECT(a.status == 303 || a.status == 403, r, person, a);
	EXPECT(a.status == 403 || str_starts(a.location, S("/anmelden?")), r, person, a);
}

TEST(suspended_people_are_guests_everywhere)
{
	walk(check_suspended);
}

/* The table itself: who may nothing of the content, and who may not write. */
TEST(technical_administrators_and_funders_see_no_content)
{
	static const bool technical[ACTION_COUNT] = {
	    [PEOPLE_SEE] = true, [MUNICIPALITY_FOUND] = true, [ACCOUNT_RESCUE] = true,
	    [MAIL_SEE] = true,   [RETENTION_SET] = true,      [BARRIER_ANSWER] = true};

	for (int action = PROJECT_SEE; action < ACTION_COUNT; action++) {
		CHECK(!right_to_enter(ROLE_FUNDER, (enum action)action));
		if (right_to_enter(ROLE_INSTALLATION, (enum action)action))
			CHECK(technical[action]);
	}
}

/* What readers may: look, hint at the handbook, and do what falls to one person: take minutes,
 * report on a resolution. */
#define READERS                                                                                    \
	[PROJECT_SEE] = true, [FEEDBACK_HINT] = true, [MINUTES_WRITE] = true,                      \
	[FOLLOW_UP_REPORT] = true, [PEOPLE_SEE] = true

/* Reviewers see money too, give feedback and take part in discussions.  Who looks after a
 * municipality's people speaks for it, looks after personal data, holds the second key of a public
 * edition and countersigns the register. */
TEST(readers_and_reviewers_change_nothing)
{
	static const struct {
		enum role role;
		bool allowed[ACTION_COUNT];
	} cases[] = {
	    {ROLE_READER, {READERS}},
	    {ROLE_REVIEWER,
	     {READERS, [MONEY_SEE] = true, [FEEDBACK_GIVE] = true, [DECISION_DISCUSS] = true}},
	    {ROLE_MUNICIPALITY,
	     {READERS, [MONEY_SEE] = true, [FEEDBACK_GIVE] = true, [DECISION_DISCUSS] = true,
	      [FEEDBACK_SPEAK] = true, [FEEDBACK_HIDE] = true, [EDITION_SEE] = true,
	      [EDITION_RELEASE] = true, [PEOPLE_MANAGE] = true, [ACCOUNT_RESCUE] = true,
	      [PROJECT_ROLE_GRANT] = true, [AUDIT_SEE] = true, [MAIL_SEE] = true,
	      [WITNESS_ACT] = true}},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
		for (int action = PROJECT_SEE; action < ACTION_COUNT; action++)
			if (right_to_enter(cases[i].role, (enum action)action) !=
			    cases[i].allowed[action])
				fail_msg("%.*s: %.*s", ARG(role_title(cases[i].role)),
					 ARG(action_label((enum action)action)));
}

TESTS_MAIN
