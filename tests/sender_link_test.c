/* sender_link_test.c -- letters with a secret link: invitations and new passwords. */
#include "sender_world.h"

static void invite(const char *dedupe)
{
	run_sql("UPDATE person SET status = 'invited' WHERE id = 10");
	run_sql("INSERT INTO invitation (id, person_id, municipality_id, role, created_at,"
		" expires_at) VALUES (3, 10, 1, 'member', 1795165200, 1796374800)");
	struct letter l = {.person_id = JULE,
			   .topic = "invitation",
			   .subject = S("Einladung"),
			   .body = S("Hallo,\n\nkomm herein:\n\n{LINK}\n\nBis bald {LINK}"),
			   .dedupe = str_of(dedupe),
			   .link = "invitation",
			   .link_id = 3};
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(outbox_put(test_db, &l), OK);
	CHECK_INT(db_commit(test_db), OK);
}

/* The token in the message's address, with soft line ends taken out. */
static struct str token_in(size_t i, const char *path)
{
	struct str rest = post.message[i], line;
	struct buf b = {.arena = test_arena};

	while (str_cut(&rest, '\n', &line))
		buf_add(&b, str_ends(line, S("=\r")) ? str_head(line, line.n - 2) : line);
	struct str text = buf_str(&b);
	struct str address = arena_fmt(test_arena, "https://handschlag.example/%s/", path);
	size_t at = str_find(text, address);
	CHECK(at < text.n);
	return arena_str(test_arena, str_head(str_from(text, at + address.n), SECRET_TOKEN_CHARS));
}

static bool hash_is_in(const char *sql, struct str token)
{
	struct str hex = secret_hex(test_arena, secret_hash(test_arena, token, S("")));

	return str_eq_nocase(text_of(sql), hex);
}

TEST(the_token_of_a_secret_link_is_made_for_each_attempt_and_kept_as_a_hash)
{
	static const char hash[] = "SELECT hex(token_hash) FROM invitation";

	world();
	invite("invite/3");
	post.outcome = SMTP_LATER;
	CHECK_INT(run_sender(), 0);
	struct str first = token_in(0, "einladung");
	CHECK(hash_is_in(hash, first) && said(0, "Bis bald {LINK}"));
	CHECK_INT(count_of("SELECT sent_count FROM invitation"), 0);
	clock_set(FIXTURE_NOW + 60);
	post.outcome = SMTP_TAKEN;
	CHECK_INT(run_sender(), 1);
	struct str second = token_in(1, "einladung");
	CHECK(!str_eq(first, second) && hash_is_in(hash, second));
	CHECK_INT(count_of("SELECT sent_count FROM invitation"), 1);
	/* No copy of the database opens anything. */
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE body LIKE '%einladung/%'"), 0);
}

/* When the server is talked to, the hash is on the disk and nothing is locked. */
static void look_meanwhile(void)
{
	CHECK_INT(count_of("SELECT count(*) FROM invitation WHERE token_hash IS NOT NULL"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE attempts = 1 AND sent_at IS NULL"),
		  1);
	put(CEM, "feedback", "meanwhile", FIXTURE_NOW + 5000);
}

TEST(no_transaction_is_open_while_the_server_is_talked_to)
{
	world();
	invite("invite/3");
	post.meanwhile = look_meanwhile;
	CHECK_INT(run_sender(), 1);
}

TEST(a_link_that_is_no_longer_wanted_is_not_sent)
{
	static const char *const over[] = {
	    "UPDATE invitation SET revoked_at = 5",
	    "UPDATE invitation SET accepted_at = 5",
	    "UPDATE invitation SET expires_at = 1795165200",
	};

	for (size_t i = 0; i < sizeof over / sizeof over[0]; i++) {
		world();
		invite("invite/3");
		run_sql(over[i]);
		CHECK_INT(run_sender(), 0);
		CHECK_INT(post.n, 0);
		CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at IS NOT NULL"),
			  1);
	}
}

/* To an address that is not the person's yet; and the notice to the one that was. */
TEST(a_new_address_is_written_to_before_it_counts)
{
	struct letter l = {.person_id = JULE,
			   .topic = "account",
			   .subject = S("Bestätige"),
			   .body = S("Hallo,\n\n{LINK}"),
			   .dedupe = S("email-change/4/link"),
			   .email = S("neu@lindheim.example"),
			   .link = "email_change",
			   .link_id = 4};

	world();
	run_sql("INSERT INTO email_change (id, person_id, email, asked_by, created_at) VALUES"
		" (4, 10, 'neu@lindheim.example', 10, 1795165200)");
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(outbox_put(test_db, &l), OK);
	CHECK_INT(db_commit(test_db), OK);
	CHECK_INT(run_sender(), 1);
	CHECK_STR(post.to[0], S("neu@lindheim.example"));
	struct str token = token_in(0, "adresse");
	CHECK(hash_is_in("SELECT hex(token_hash) FROM email_change", token));
	CHECK_INT(count_of("SELECT expires_at FROM email_change"), FIXTURE_NOW + 86400);
	/* Replaced meanwhile, or asked for long ago: not sent. */
	run_sql("UPDATE email_change SET used_at = 5; UPDATE outbox SET sent_at = NULL");
	CHECK_INT(run_sender(), 0);
}

static void ask_reset(void)
{
	struct letter l = {.person_id = JULE,
			   .topic = "password_reset",
			   .subject = S("Neues Passwort"),
			   .body = S("Hallo,\n\n{LINK}"),
			   .dedupe = S("reset/7"),
			   .link = "password_reset",
			   .link_id = 7};

	run_sql(
	    "INSERT INTO password_reset (id, person_id, created_at) VALUES (7, 10, 1795165200)");
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(outbox_put(test_db, &l), OK);
	CHECK_INT(db_commit(test_db), OK);
}

TEST(the_hour_of_a_new_password_begins_with_its_letter)
{
	world();
	ask_reset();
	clock_set(FIXTURE_NOW + 600);
	CHECK_INT(run_sender(), 1);
	CHECK(hash_is_in("SELECT hex(token_hash) FROM password_reset", token_in(0, "passwort")));
	CHECK_INT(count_of("SELECT expires_at FROM password_reset"), FIXTURE_NOW + 600 + 3600);
	world();
	ask_reset();
	run_sql("UPDATE password_reset SET used_at = 5");
	CHECK_INT(run_sender(), 0);
	world();
	ask_reset();
	clock_set(FIXTURE_NOW + 86400);
	CHECK_INT(run_sender(), 0);
	CHECK_INT(post.n, 0);
}

TESTS_MAIN
