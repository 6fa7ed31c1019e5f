/* second_factor_test.c -- the code beside the password: setting up, logging in, losing the phone.
 */
#include "fixtures.h"

#include "app/second_factor.h"
#include "base/totp.h"

/* RFC 6238, appendix B: the secret of its examples. */
#define RFC_SECRET "12345678901234567890"

static struct str page_code(const struct answer *a, const char *before, size_t n)
{
	size_t at = str_find(a->body, str_of(before));

	CHECK(at < a->body.n);
	return str_head(str_from(a->body, at + str_of(before).n), n);
}

/* The secret that the page shows for typing, as bytes. */
static struct str secret_shown(const struct answer *a)
{
	struct str text = page_code(a, "hs-schluessel\">", 39);
	struct buf b = {.arena = test_arena};
	unsigned bits = 0, value = 0;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		if (c == ' ')
			continue;
		value = value << 5 | (unsigned)(c >= 'A' ? c - 'A' : c - '2' + 26);
		bits += 5;
		if (bits >= 8) {
			bits -= 8;
			buf_char(&b, (char)(value >> bits & 255));
		}
	}
	CHECK_INT(b.n, TOTP_SECRET_BYTES);
	return buf_str(&b);
}

static struct str recovery_shown(const struct answer *a)
{
	return page_code(a, "<li><code>", 14);
}

/* The sessions from before have ended; the fixture's own begins anew. */
static void come_back(int64_t person)
{
	static const char sql[] =
	    "INSERT INTO session (token_hash, person_id, created_at, last_at, ends_at)"
	    " VALUES ($1, $2, $3, $3, $3 + 43200)";
	struct str token = str_from(cookie_of(person), S("handschlag=").n);

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(
	    db_run(test_db, "DELETE FROM session WHERE person_id = $1", WITH(INT(person)), NULL),
	    OK);
	CHECK_INT(
	    db_run(test_db, sql,
		   WITH(BLOB(secret_hash(test_arena, token, S(""))), INT(person), INT(clock_now())),
		   NULL),
	    OK);
	CHECK_INT(db_commit(test_db), OK);
}

struct set_up {
	struct str secret, recovery, led_to;
};

static struct answer confirm(int64_t person, struct str code)
{
	return post_as(person, "/profil/zwei-schritte",
		       FORM(FIELD_STR("code", code), FIELD("passwort", PASSWORD)));
}

static struct set_up set_up(int64_t person)
{
	CHECK_INT(post_as(person, "/profil/zwei-schritte/neu", S("")).status, 303);
	struct answer a = get_as(person, "/profil/zwei-schritte");
	struct set_up s = {.secret = secret_shown(&a), .recovery = recovery_shown(&a)};
	a = confirm(person, totp_code(test_arena, s.secret, clock_now()));
	CHECK_INT(a.status, 303);
	s.led_to = a.location;
	come_back(person);
	clock_set(clock_now() + 60);
	return s;
}

static struct answer login(void)
{
	return post_as(NOBODY, "/anmelden",
		       FORM(FIELD("email", "anna@lindheim.example"), FIELD("passwort", PASSWORD),
			    FIELD("weiter", "/task-forces")));
}

static struct str step_of(const struct answer *a)
{
	return page_code(a, "name=\"schritt\" value=\"", SECRET_TOKEN_CHARS);
}

static struct answer send_code(struct str step, struct str code)
{
	return post_as(NOBODY, "/anmelden/code",
		       FORM(FIELD_STR("schritt", step), FIELD("weiter", "/task-forces"),
			    FIELD_STR("code", code)));
}

TEST(codes_are_those_of_the_rfc)
{
	fixtures();
	static const struct {
		int64_t at;
		const char *code;
	} vectors[] = {{59, "287082"}, {1111111109, "081804"}, {20000000000, "353130"}};

	for (size_t i = 0; i < 3; i++) {
		struct str code = str_of(vectors[i].code), secret = S(RFC_SECRET);
		int64_t at = vectors[i].at, step = at / TOTP_STEP_SECONDS;
		CHECK_STR(totp_code(test_arena, secret, at), code);
		CHECK_INT(totp_step(test_arena, secret, code, at, 0), step);
		CHECK_INT(totp_step(test_arena, secret, code, at + 30, 0), step);
		CHECK_INT(totp_step(test_arena, secret, code, at - 30, 0), step);
		CHECK_INT(totp_step(test_arena, secret, code, at + 60, 0), 0);
		/* TOTP reuse: a step counts once. */
		CHECK_INT(totp_step(test_arena, secret, code, at, step), 0);
	}
	CHECK_INT(totp_step(test_arena, S(RFC_SECRET), S("28 70 82"), 59, 0), 1);
	CHECK_INT(totp_step(test_arena, S(RFC_SECRET), S("28708"), 59, 0), 0);
	CHECK_INT(totp_step(test_arena, S(RFC_SECRET), S("287083"), 59, 0), 0);
	CHECK_INT(totp_step(test_arena, S(""), S("287082"), 59, 0), 0);
	CHECK_STR(totp_uri(test_arena, S(RFC_SECRET), S("Hand Ä"), S("a@b.de")),
		  S("otpauth://totp/Hand%20%C3%84:a%40b.de?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ"
		    "&issuer=Hand%20%C3%84"));
}

TEST(boxes_open_only_with_their_key_and_in_their_place)
{
	fixtures();
	struct str key = test_app.factor_key, other = secret_hex(test_arena, repeated("k", 32));
	struct str box = secret_box(test_arena, key, S("totp/1"), S("geheim"));

	CHECK_INT(box.n, 46);
	CHECK_STR(secret_unbox(test_arena, key, S("totp/1"), box), S("geheim"));
	CHECK_INT(secret_unbox(test_arena, key, S("totp/2"), box).n, 0);
	CHECK_INT(secret_unbox(test_arena, other, S("totp/1"), box).n, 0);
	CHECK_INT(secret_unbox(test_arena, key, S("totp/1"), str_head(box, 45)).n, 0);
	CHECK_INT(secret_box(test_arena, S("zu kurz"), S("totp/1"), S("geheim")).n, 0);
}

TEST(it_is_set_up_with_a_code_of_the_app_and_the_password)
{
	fixtures();
	struct answer a = get_as(ANNA, "/profil/zwei-schritte");
	CHECK(shows(&a, "Einrichten") && !shows(&a, "hs-qr"));
	CHECK_INT(post_as(ANNA, "/profil/zwei-schritte/neu", S("")).status, 303);
	a = get_as(ANNA, "/profil/zwei-schritte");
	CHECK(shows(&a, "hs-qr") && times(&a, "<li><code>") == RECOVERY_CODES);
	struct str secret = secret_shown(&a);
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE totp_secret IS NOT NULL"), 0);

	a = confirm(ANNA, S("000000"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Der Code stimmt nicht.") && shows(&a, "value=\"000000\""));
	a = post_as(ANNA, "/profil/zwei-schritte",
		    FORM(FIELD_STR("code", totp_code(test_arena, secret, clock_now())),
			 FIELD("passwort", "falsch-falsch")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Das Passwort stimmt nicht."));
	a = post_as(ANNA, "/profil/zwei-schritte", FORM(FIELD("code", ""), FIELD("passwort", "")));
	CHECK(shows(&a, "Gib den Code aus deiner Bestätigungs-App ein."));

	a = confirm(ANNA, totp_code(test_arena, secret, clock_now()));
	CHECK_INT(a.status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE totp_secret IS NOT NULL"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM recovery_code WHERE person_id = 1"),
		  RECOVERY_CODES);
	come_back(ANNA);
	a = get_as(ANNA, "/profil");
	CHECK(shows(&a, "noch 10 von 10") && shows(&a, "aktiv"));
	/* Neither stands in the database as it is. */
	CHECK_INT(count_of("SELECT instr(totp_secret, X'00') > -1 AND length(totp_secret) = 60"
			   " FROM person WHERE id = 1"),
		  1);
}

TEST(the_login_asks_for_the_code_and_a_code_counts_once)
{
	fixtures();
	struct set_up s = set_up(ANNA);
	struct answer a = login();
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<title>Anmeldung bestätigen") && cookie_set(&a, "handschlag").n == 0);
	struct str step = step_of(&a), code = totp_code(test_arena, s.secret, clock_now());

	a = send_code(step, S(""));
	CHECK_INT(a.status, 422);
	a = send_code(step, S("123456"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Der Code stimmt nicht."));
	a = send_code(step, code);
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/task-forces"));
	CHECK_INT(cookie_set(&a, "handschlag").n, SECRET_TOKEN_CHARS);
	/* TOTP reuse, and the same step again. */
	a = send_code(step, code);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Diese Seite war zu lange offen"));
	a = login();
	CHECK_INT(send_code(step_of(&a), code).status, 422);
}

TEST(a_recovery_code_opens_once)
{
	fixtures();
	struct set_up s = set_up(ANNA);
	struct answer a = login();
	CHECK_INT(send_code(step_of(&a), s.recovery).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM recovery_code WHERE used_at IS NULL"), 9);
	a = login();
	CHECK_INT(send_code(step_of(&a), s.recovery).status, 422);
}

TEST(a_step_ends_after_five_wrong_codes_or_ten_minutes)
{
	fixtures();
	struct set_up s = set_up(ANNA);
	struct answer a = login();
	struct str step = step_of(&a);
	for (int i = 0; i < 5; i++) {
		CHECK_INT(send_code(step, S("111111")).status, 422);
		clock_set(clock_now() + 31);
	}
	CHECK_INT(send_code(step, totp_code(test_arena, s.secret, clock_now())).status, 422);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'login_code_failed'"), 5);

	fixtures();
	s = set_up(ANNA);
	a = login();
	step = step_of(&a);
	clock_set(clock_now() + 601);
	a = send_code(step, totp_code(test_arena, s.secret, clock_now()));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Diese Seite war zu lange offen"));
}

/* Whoever has the password must not get fresh tries by logging in anew. */
TEST(guessing_codes_is_slowed_down_across_logins)
{
	fixtures();
	set_up(ANNA);
	int waited = 0;
	for (int i = 0; i < 12; i++) {
		struct answer a = login();
		if (a.status == 429) {
			waited++;
			continue;
		}
		waited += send_code(step_of(&a), S("111111")).status == 429;
	}
	CHECK(waited >= 6);
}

TEST(a_trusted_device_is_not_asked_for_thirty_days)
{
	fixtures();
	struct set_up s = set_up(ANNA);
	struct answer a = login();
	a = post_as(NOBODY, "/anmelden/code",
		    FORM(FIELD_STR("schritt", step_of(&a)), FIELD("weiter", "/"),
			 FIELD_STR("code", totp_code(test_arena, s.secret, clock_now())),
			 FIELD("merken", "ja")));
	CHECK_INT(a.status, 303);
	struct str device = arena_fmt(test_arena, "gast=%.*s; geraet=%.*s", ARG(guest_secret()),
				      ARG(cookie_set(&a, "geraet")));
	struct str form = FORM(FIELD("email", "anna@lindheim.example"), FIELD("passwort", PASSWORD),
			       FIELD("weiter", "/"));
	CHECK_INT(post_with(device, guest_secret(), "/anmelden", form).status, 303);
	clock_set(clock_now() + 30 * 86400 + 1);
	CHECK_INT(post_with(device, guest_secret(), "/anmelden", form).status, 200);
	/* The row stays as long as the retention says, also when another device is trusted. */
	a = login();
	a = post_as(NOBODY, "/anmelden/code",
		    FORM(FIELD_STR("schritt", step_of(&a)), FIELD("weiter", "/"),
			 FIELD_STR("code", totp_code(test_arena, s.secret, clock_now())),
			 FIELD("merken", "ja")));
	CHECK_INT(a.status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM trusted_device"), 2);
}

TEST(who_needs_one_has_no_roles_until_it_is_set_up)
{
	fixtures();
	test_app.config.second_factor = true;
	struct answer a = get_as(ANNA, "/task-forces");
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/profil/zwei-schritte"));
	CHECK_STR(get_as(ANNA, "/").location, S("/profil/zwei-schritte"));
	a = post_as(ANNA, "/task-forces/neu", FORM(FIELD("name", "Klima")));
	CHECK_STR(a.location, S("/profil/zwei-schritte"));
	CHECK_INT(count_of("SELECT count(*) FROM task_force WHERE name = 'Klima'"), 0);
	a = get_as(ANNA, "/profil/zwei-schritte");
	CHECK(shows(&a, "Deine Rolle braucht diese Bestätigung."));
	CHECK_INT(get_as(BEN, "/task-forces").status, 200);
	CHECK_STR(set_up(ANNA).led_to, S("/handbuch/gelesen?meldung=zwei-schritte-aktiv"));
	CHECK_INT(get_as(ANNA, "/task-forces").status, 200);
	CHECK_STR(set_up(EMIL).led_to, S("/?meldung=zwei-schritte-aktiv"));
	CHECK_STR(set_up(BEN).led_to, S("/profil?meldung=zwei-schritte-aktiv"));
	run_sql("UPDATE person SET totp_secret = NULL WHERE id = 2");
	/* A municipality may ask it of everybody. */
	run_sql("UPDATE municipality SET factor_for_all = 1 WHERE id = 2");
	CHECK_STR(get_as(BEN, "/task-forces").location, S("/profil/zwei-schritte"));
}

TEST(new_recovery_codes_replace_the_old_ones)
{
	fixtures();
	struct set_up s = set_up(ANNA);
	struct str form = FORM(FIELD("passwort", PASSWORD));
	struct answer a = post_as(ANNA, "/profil/ersatzcodes", form);
	CHECK_INT(a.status, 200);
	CHECK_INT(times(&a, "<li><code>"), RECOVERY_CODES);
	struct str fresh = recovery_shown(&a);
	a = login();
	CHECK_INT(send_code(step_of(&a), s.recovery).status, 422);
	CHECK_INT(send_code(step_of(&a), fresh).status, 303);
	CHECK_INT(post_as(ANNA, "/profil/ersatzcodes", FORM(FIELD("passwort", "x"))).status, 422);
	CHECK_STR(get_as(BEN, "/profil/ersatzcodes").location, S("/profil/zwei-schritte"));
	CHECK_INT(post_as(BEN, "/profil/ersatzcodes", form).status, 409);
}

TEST(every_database_failure_of_the_second_step_leaves_no_session)
{
	for (int n = 1, status = 0; status != 303; n++) {
		fixtures();
		struct set_up s = set_up(ANNA);
		struct answer a = login();
		struct str step = step_of(&a);
		db_fail_after(test_db, n, E_INTERNAL);
		status = send_code(step, s.recovery).status;
		db_fail_after(test_db, 0, OK);
		CHECK(status == 303 || status == 500 || status == 503);
		if (status != 303)
			CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 1);
		CHECK(n < 200);
	}
}

TESTS_MAIN
