/*
 * people_world.h -- invitations and links in tests: what the process that sends letters would do.
 */
#ifndef TESTS_PEOPLE_WORLD_H
#define TESTS_PEOPLE_WORLD_H

#include "fixtures.h"

#define GOOD_PASSWORD "gurke ofen zwirn nebel"
#define MAX_EMAIL "max.mohn@auental.example"

/* Gives the row the hash of a token, as the sender does, and returns the token. */
static inline struct str bind_link(const char *sql)
{
	struct str token = secret_token(test_arena);

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(db_run(test_db, sql,
			 WITH(BLOB(secret_hash(test_arena, token, S(""))), INT(clock_now() + 3600)),
			 NULL),
		  OK);
	CHECK_INT(db_commit(test_db), OK);
	return token;
}

/* Of the newest invitation that is open; its address. */
static inline const char *invitation_link(void)
{
	static const char sql[] =
	    "UPDATE invitation SET token_hash = $1 WHERE $2 > 0 AND id ="
	    " (SELECT max(id) FROM invitation WHERE accepted_at IS NULL AND revoked_at IS NULL)";

	struct str token = bind_link(sql);
	return arena_cstr(test_arena, arena_fmt(test_arena, "/einladung/%.*s", ARG(token)));
}

static inline const char *reset_link(void)
{
	static const char sql[] = "UPDATE password_reset SET token_hash = $1, expires_at = $2"
				  " WHERE id = (SELECT max(id) FROM password_reset)";

	struct str token = bind_link(sql);
	return arena_cstr(test_arena, arena_fmt(test_arena, "/passwort/%.*s", ARG(token)));
}

static inline struct str invite_form(const char *name, const char *email, const char *role)
{
	return FORM(FIELD_STR("name", str_of(name)), FIELD_STR("email", str_of(email)),
		    FIELD_STR("rolle", str_of(role)), FIELD("passwort", ""));
}

/* Greta invites Max for Auental. */
static inline struct answer invite_max(const char *role)
{
	return post_as(GRETA, "/kommunen/auental/einladungen",
		       FORM(FIELD("name", "Max Mohn"), FIELD("email", MAX_EMAIL),
			    FIELD_STR("rolle", str_of(role)), FIELD("passwort", PASSWORD)));
}

static inline struct str password_twice(const char *wanted)
{
	return FORM(FIELD_STR("passwort-neu", str_of(wanted)),
		    FIELD_STR("passwort-wiederholt", str_of(wanted)));
}

/* Sets a password by the link while the n-th database call fails, which must give the 500 page.
 * False: no call was left to fail, and it went through. */
static inline bool fails_to_set_password(const char *link, int64_t n)
{
	int64_t calls = db_calls(test_db);

	db_fail_after(test_db, n, E_INTERNAL);
	struct answer a = post_as(NOBODY, link, password_twice(GOOD_PASSWORD));
	bool failed = db_calls(test_db) - calls >= n;
	db_fail_after(test_db, 0, OK);
	CHECK_INT(a.status, failed ? 500 : 303);
	CHECK(failed || n > 10);
	return failed;
}

static inline struct answer get_with(struct str session, const char *target)
{
	return post_raw(
	    (struct http_input){.method = S("GET"),
				.uri = str_of(target),
				.cookie = arena_fmt(test_arena, "handschlag=%.*s", ARG(session))});
}

#endif
