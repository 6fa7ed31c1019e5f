/* witness_test.c -- the page of the register's witnesses: keys, countersignatures, and the commands
 * on it, run with openssl as a municipality would. */
#include "poll_world.h"
#include "run_page.h"

#define PAGE "/register/zeugen"
#define KEY PAGE "/schluessel"
#define SIGN PAGE "/gegenzeichnung"
#define KEYS "SELECT (SELECT count(*) FROM witness_key) + (SELECT count(*) FROM register_record)"
#define WITNESSES "SELECT (SELECT count(*) FROM witness) + (SELECT count(*) FROM register_record)"

static struct secret_key key_number(int which)
{
	struct secret_key key;

	CHECK(secret_key_from_seed(
	    secret_sha256_hex(test_arena, arena_fmt(test_arena, "%d", which)), &key));
	return key;
}

static struct str pem_of(int which)
{
	struct secret_key key = key_number(which);

	return secret_public_pem(test_arena, secret_key_public(&key));
}

static struct str key_form(struct str pem, const char *password)
{
	return FORM(FIELD_STR("schluessel", pem), FIELD_STR("passwort", str_of(password)));
}

static struct str hash_of(int64_t n)
{
	return text_of(arena_cstr(
	    test_arena,
	    arena_fmt(test_arena, "SELECT hash FROM register_record WHERE n = %d", (int)n)));
}

static struct str signed_by(int which, struct str hash)
{
	struct secret_key key = key_number(which);

	return secret_sign(test_arena, &key, hash);
}

static struct str sign_form(int64_t n, struct str signature)
{
	return FORM(FIELD_STR("eintrag", arena_fmt(test_arena, "%d", (int)n)),
		    FIELD_STR("gegenzeichnung", signature));
}

static void stored(int64_t person, int which)
{
	CHECK_INT(post_as(person, KEY, key_form(pem_of(which), PASSWORD)).status, 303);
}

static struct register_verdict verified(void)
{
	struct answer a = get_as(IVO, "/register/register.txt");
	struct register_verdict v;

	register_verify(test_arena, a.body, S(""), &v);
	if (!v.fine)
		print_error("line %d: %.*s\n", (int)v.line, ARG(v.why));
	CHECK(v.fine);
	return v;
}

/* Heidi holds Bergstedt's seat, Greta administers Auental's people. */
TEST(a_municipality_stores_its_key_and_countersigns)
{
	poll_world();
	struct answer a = get_as(HEIDI, PAGE);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Schlüssel von Bergstedt hinterlegen"));
	CHECK(shows(&a, "Noch hat keine Kommune gegengezeichnet"));
	stored(HEIDI, 1);
	a = post_as(HEIDI, SIGN, sign_form(2, signed_by(1, hash_of(2))));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S(PAGE "?meldung=gegengezeichnet"));
	CHECK_INT(count_of("SELECT count(*) FROM witness w JOIN witness_key k ON k.record ="
			   " w.key_record WHERE w.head = 2 AND k.municipality_id = 3 AND"
			   " w.person_id = 8 AND k.person_id = 8"),
		  1);
	a = get_as(DORA, PAGE);
	CHECK(shows(&a, "bis Eintrag 2"));
	CHECK(shows(&a, "Heidi Hasel"));
	CHECK(!shows(&a, "Gegenzeichnen für"));
	a = get_as(DORA, "/register");
	CHECK(shows(&a, "<span class=\"hs-fett\">Bergstedt</span>: bis Eintrag 2"));
	CHECK_INT(verified().witness_count, 1);
}

TEST(a_new_key_replaces_the_old_one_for_what_comes)
{
	poll_world();
	stored(GRETA, 1);
	CHECK_INT(post_as(GRETA, SIGN, sign_form(1, signed_by(1, hash_of(1)))).status, 303);
	stored(GRETA, 2);
	struct answer a = get_as(GRETA, PAGE);
	CHECK(shows(&a, "Schlüssel von Auental ersetzen"));
	CHECK(shows(&a, "(ersetzt)"));
	a = post_as(GRETA, SIGN, sign_form(2, signed_by(1, hash_of(2))));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "passt nicht zu diesem Eintrag und eurem Schlüssel"));
	CHECK_INT(post_as(GRETA, SIGN, sign_form(2, signed_by(2, hash_of(2)))).status, 303);
	CHECK_INT(verified().witness_count, 2);
	/* Nobody takes a key that was there before. */
	a = post_as(GRETA, KEY, key_form(pem_of(1), PASSWORD));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Dieser Schlüssel steht schon im Register"));
	CHECK_INT(post_as(HEIDI, KEY, key_form(pem_of(2), PASSWORD)).status, 422);
	a = post_as(
	    HEIDI, KEY,
	    key_form(secret_public_pem(test_arena, secret_key_public(test_app.register_key)),
		     PASSWORD));
	CHECK_INT(a.status, 422);
}

/* Deputies of a seat, readers, the project office and the chair of another seat do not. */
TEST(only_those_who_speak_for_a_municipality_may)
{
	static const int64_t others[] = {ANNA, BEN, CEM, DORA, KIM};

	poll_world();
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		struct answer a = get_as(others[i], PAGE);
		CHECK_INT(a.status, 200);
		CHECK(!shows(&a, "Dein Passwort"));
		CHECK_INT(post_as(others[i], KEY, key_form(pem_of(1), PASSWORD)).status, 403);
		CHECK_INT(post_as(others[i], SIGN, sign_form(1, S("00"))).status, 403);
	}
	run_sql("UPDATE municipality SET left_on = '2026-11-01' WHERE id = 3");
	CHECK_INT(post_as(HEIDI, KEY, key_form(pem_of(1), PASSWORD)).status, 403);
	CHECK_INT(count_of("SELECT count(*) FROM witness_key"), 0);
}

TEST(a_key_that_is_none_is_said_at_the_field_and_kept)
{
	static const char *const bad[] = {
	    "kein Schlüssel", "-----BEGIN PUBLIC KEY----------END PUBLIC KEY-----",
	    /* RSA, cut short */
	    "-----BEGIN PUBLIC KEY-----\nMFwwDQYJKoZIhvcNAQEBBQADSwAwSAJBAK\n"
	    "-----END PUBLIC KEY-----",
	    /* all zeros: a point of small order, for which anybody can sign */
	    "-----BEGIN PUBLIC KEY-----\n"
	    "MCowBQYDK2VwAyEAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=\n"
	    "-----END PUBLIC KEY-----"};

	poll_world();
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		struct answer a = post_as(HEIDI, KEY, key_form(str_of(bad[i]), PASSWORD));
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, "Das ist kein öffentlicher Ed25519-Schlüssel"));
		CHECK(shows(&a, bad[i]));
	}
	struct answer a = post_as(HEIDI, KEY, key_form(S(""), ""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Füge den öffentlichen Schlüssel ein"));
	a = post_as(HEIDI, KEY, key_form(repeated("x", 3000), PASSWORD));
	CHECK_INT(a.status, 422);
	a = post_as(HEIDI, KEY, key_form(pem_of(1), "falsch"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Das Passwort stimmt nicht"));
	CHECK(shows(&a, arena_cstr(test_arena, pem_of(1))));
	CHECK_INT(count_of("SELECT count(*) FROM witness_key"), 0);
}

/* Who pastes the wrong half does not get it back on a page. */
TEST(a_private_key_is_refused_and_not_shown_again)
{
	const char *secret = "MC4CAQAwBQYDK2VwBCIEIGeheimGeheimGeheimGeheimGeheimGeheimGehe";
	struct str pem = arena_fmt(
	    test_arena, "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n", secret);

	poll_world();
	pem = arena_fmt(test_arena, "-----BEGIN PRIVATE KEY-----\n%s\n-----END PRIVATE KEY-----\n",
			secret);
	struct answer a = post_as(HEIDI, KEY, key_form(pem, PASSWORD));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Das war der private Schlüssel"));
	CHECK(!shows(&a, secret));
	CHECK(!shows(&a, "Geheim"));
}

TEST(what_does_not_fit_is_said_at_its_field_and_kept)
{
	poll_world();
	struct answer a = post_as(HEIDI, SIGN, sign_form(1, signed_by(1, hash_of(1))));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Hinterlegt zuerst den Schlüssel"));
	stored(HEIDI, 1);
	a = post_as(HEIDI, SIGN, FORM(FIELD("eintrag", ""), FIELD("gegenzeichnung", "")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Gib die Nummer des Eintrags an"));
	CHECK(shows(&a, "Füge ein, was der letzte Befehl"));
	a = post_as(HEIDI, SIGN, sign_form(1, S("zu kurz")));
	CHECK(shows(&a, "Das ist keine Gegenzeichnung"));
	CHECK(shows(&a, "zu kurz"));
	a = post_as(HEIDI, SIGN, sign_form(9999, signed_by(1, hash_of(1))));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Einen Eintrag mit dieser Nummer gibt es nicht"));
	a = post_as(HEIDI, SIGN, sign_form(2, signed_by(1, hash_of(1))));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "passt nicht zu diesem Eintrag"));
	CHECK_INT(count_of("SELECT count(*) FROM witness"), 0);
	CHECK_INT(post_as(HEIDI, SIGN, sign_form(1, signed_by(1, hash_of(1)))).status, 303);
	a = post_as(HEIDI, SIGN, sign_form(1, signed_by(1, hash_of(1))));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "habt ihr schon gegengezeichnet"));
}

TEST(rows_of_witnesses_stay)
{
	static const char *const changes[] = {
	    "UPDATE witness_key SET person_id = 1", "DELETE FROM witness_key",
	    "UPDATE witness SET person_id = 1", "DELETE FROM witness"};

	poll_world();
	stored(HEIDI, 1);
	CHECK_INT(post_as(HEIDI, SIGN, sign_form(1, signed_by(1, hash_of(1)))).status, 303);
	for (size_t i = 0; i < 4; i++) {
		CHECK_INT(db_begin_write(test_db, test_arena), OK);
		CHECK(db_run(test_db, changes[i], WITH_NOTHING, NULL) != OK);
		db_rollback(test_db);
	}
}

TEST(the_key_form_stands_what_every_form_must)
{
	poll_world();
	check_refusals(HEIDI, KEY, key_form(pem_of(1), PASSWORD), KEYS);
	check_once(HEIDI, KEY, key_form(pem_of(1), PASSWORD), KEYS);
}

TEST(the_countersignature_form_stands_what_every_form_must)
{
	poll_world();
	stored(HEIDI, 1);
	struct str form = sign_form(1, signed_by(1, hash_of(1)));
	check_refusals(HEIDI, SIGN, form, WITNESSES);
	check_once(HEIDI, SIGN, form, WITNESSES);
}

static struct answer send_key(void)
{
	poll_world();
	return post_as(HEIDI, KEY, key_form(pem_of(1), PASSWORD));
}

TEST(every_failure_leaves_no_key)
{
	every_failure_leaves_nothing(send_key, "SELECT count(*) FROM witness_key");
}

static struct answer send_witness(void)
{
	poll_world();
	stored(HEIDI, 1);
	return post_as(HEIDI, SIGN, sign_form(1, signed_by(1, hash_of(1))));
}

TEST(every_failure_leaves_no_countersignature)
{
	every_failure_leaves_nothing(send_witness, "SELECT count(*) FROM witness");
}

/* As a municipality does it: nothing but openssl and what the page says. */
TEST(the_commands_on_the_page_make_a_countersignature_that_is_accepted)
{
	poll_world();
	make_folder();
	struct answer page = get_as(HEIDI, PAGE);
	struct str pem = run_page(&page, "erzeugen");
	CHECK(str_starts(pem, S("-----BEGIN PUBLIC KEY-----\n")));
	CHECK_INT(post_as(HEIDI, KEY, key_form(pem, PASSWORD)).status, 303);
	page = get_as(HEIDI, PAGE); /* with a key it says how to sign */
	save_file("register.txt", get_as(HEIDI, "/register/register.txt").body);
	struct str out = run_page(&page, "zeichnen"), line;
	CHECK(str_cut(&out, '\n', &line) && str_starts(line, S("Eintrag ")));
	struct str number = str_from(line, 8);
	CHECK(str_cut(&out, '\n', &line));
	CHECK_INT(line.n, 88);
	struct answer a = post_as(
	    HEIDI, SIGN, FORM(FIELD_STR("eintrag", number), FIELD_STR("gegenzeichnung", line)));
	CHECK_INT(a.status, 303);
	CHECK_INT(verified().witness_count, 1);
	/* And strangers check it without our program. */
	struct str text = get_as(DORA, "/register/register.txt").body;
	save_file("register.txt", text);
	out = run_page(&page, "zeugen");
	CHECK_INT(count_in(out, "Signature Verified Successfully"), 1);
	CHECK_INT(count_in(out, "\n"), 1);
	size_t at = str_find(text, S("\"signature\":\"")) + 13;
	char *copy = arena_alloc(test_arena, text.n);
	memcpy(copy, text.p, text.n);
	copy[at] = copy[at] == '0' ? '1' : '0';
	save_file("register.txt", (struct str){copy, text.n});
	out = run_page(&page, "zeugen");
	CHECK_INT(count_in(out, "Signature Verified Successfully"), 0);
	CHECK_INT(count_in(out, "Gegenzeichnung "), 1);
	remove_folder();
}

TEST(an_ended_seat_speaks_for_its_municipality_no_longer)
{
	fixtures();
	/* Heidi held Bergstedt's vote and still administers Seefeld's people. */
	run_sql("UPDATE role_grant SET ended_at = 1795000000 WHERE person_id = 8;"
		"UPDATE membership SET municipality_id = 4 WHERE person_id = 8;"
		"INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
		" VALUES (8, 'municipality', 4, '2025-01-01', 1)");
	struct answer a = get_as(HEIDI, PAGE);
	CHECK(shows(&a, "Schlüssel von Seefeld hinterlegen"));
	CHECK(!shows(&a, "Bergstedt hinterlegen"));
}

TESTS_MAIN
