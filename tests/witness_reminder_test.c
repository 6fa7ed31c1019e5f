/* witness_reminder_test.c -- the start page reminds municipalities with a key to countersign. */
#include "poll_world.h"

#define WAITS "Zeichne das Beschlussregister für Bergstedt gegen"
enum { DAYS_30 = 30 * 86400 };

static bool sees(int64_t person, const char *words)
{
	struct answer a = get_as(person, "/");

	CHECK_INT(a.status, 200);
	return shows(&a, words);
}

static struct secret_key own_key(int which)
{
	struct secret_key key;

	CHECK(secret_key_from_seed(
	    secret_sha256_hex(test_arena, arena_fmt(test_arena, "%d", which)), &key));
	return key;
}

static void stores_key(int64_t person, int which)
{
	struct secret_key key = own_key(which);

	CHECK_INT(post_as(person, "/register/zeugen/schluessel",
			  FORM(FIELD_STR("schluessel",
					 secret_public_pem(test_arena, secret_key_public(&key))),
			       FIELD_STR("passwort", str_of(PASSWORD))))
		      .status,
		  303);
}

static void countersigns(int64_t person, int which)
{
	struct secret_key key = own_key(which);
	struct str n = number_of("SELECT max(n) FROM register_record"),
		   hash = text_of("SELECT hash FROM register_record ORDER BY n DESC LIMIT 1");

	CHECK_INT(post_as(person, "/register/zeugen/gegenzeichnung",
			  FORM(FIELD_STR("eintrag", n),
			       FIELD_STR("gegenzeichnung", secret_sign(test_arena, &key, hash))))
		      .status,
		  303);
}

static void it_is(int64_t instant)
{
	clock_set(instant);
	run_sql("UPDATE session SET last_at = last_at + 30000000, ends_at = ends_at + 300000000"
		" WHERE ends_at < 1900000000");
}

/* Heidi holds Bergstedt's seat, Cem is her deputy; a vote has been sealed. */
static void sealed(void)
{
	poll_world();
	stores_key(HEIDI, 1);
	OPENS();
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CLOSES();
}

TEST(thirty_days_after_a_seal_that_nobody_there_has_countersigned)
{
	sealed();
	it_is(FIXTURE_NOW + DAYS_30 - 1);
	CHECK(!sees(HEIDI, WAITS));
	it_is(FIXTURE_NOW + DAYS_30);
	CHECK(sees(HEIDI, WAITS) && sees(HEIDI, "href=\"/register/zeugen\""));
	CHECK(!sees(CEM, WAITS));                            /* a deputy may not */
	CHECK(!sees(JULE, "Zeichne das Beschlussregister")); /* no key there */
	CHECK(!sees(DORA, "Zeichne das Beschlussregister"));
	countersigns(HEIDI, 1);
	CHECK(!sees(HEIDI, WAITS));
}

TEST(what_was_countersigned_before_the_seal_does_not_cover_it)
{
	poll_world();
	stores_key(HEIDI, 1);
	countersigns(HEIDI, 1);
	it_is(FIXTURE_NOW + DAYS_30);
	CHECK(!sees(HEIDI, WAITS)); /* nothing has been sealed since */
	OPENS();
	CLOSES();
	it_is(FIXTURE_NOW + 2 * DAYS_30);
	CHECK(sees(HEIDI, WAITS));
}

TEST(a_new_key_covers_what_the_old_one_signed)
{
	sealed();
	countersigns(HEIDI, 1);
	stores_key(HEIDI, 2);
	it_is(FIXTURE_NOW + DAYS_30);
	CHECK(!sees(HEIDI, WAITS));
}

TESTS_MAIN
