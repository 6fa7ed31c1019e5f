/* password_test.c -- which passwords are let through, and how many are hashed at once. */
#include "fixtures.h"

#include "app/password.h"
#include "base/secret.h"
#include "features/people/password_rules.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

static enum password_verdict verdict(const char *password)
{
	const struct password_owner who = {S("Offene Region"), S("Anna-Lena Ahornberger"),
					   S("al.ahornberger@lindheim.example")};
	enum password_verdict out = PASSWORD_FINE;

	CHECK_INT(db_begin_read(test_db, test_arena), OK);
	CHECK_INT(password_verdict(test_db, test_arena, &who, str_of(password), &out), OK);
	db_rollback(test_db);
	return out;
}

TEST(length_is_counted_in_characters_from_12_to_256)
{
	fixtures();
	CHECK_INT(verdict(""), PASSWORD_TOO_SHORT);
	CHECK_INT(verdict("xkvqjzwgtrp"), PASSWORD_TOO_SHORT);
	CHECK_INT(verdict("xkvqjzwgtrpm"), PASSWORD_FINE);
	CHECK_INT(verdict("äöüßéèñçøåœ"), PASSWORD_TOO_SHORT);
	CHECK_INT(verdict("äöüßéèñçøåœæ"), PASSWORD_FINE);
	CHECK_INT(verdict(arena_cstr(test_arena, repeated("gömukxyz", 32))), PASSWORD_FINE);
	CHECK_INT(verdict(arena_cstr(
		      test_arena, arena_fmt(test_arena, "%.*sx", ARG(repeated("gömukxyz", 32))))),
		  PASSWORD_TOO_LONG);
}

TEST(passwords_of_common_words_are_refused)
{
	static const char *const bad[] = {
	    "Passwort2026!",    "passwortpasswort", "HandschlagHandschlag", "Sommer2026!!!!!!",
	    "123456789012",     "qwertzuiop123",    "aaaaaaaaaaaaaaaa",     "abcabcabcabcabc",
	    "Willkommen1234",   "p@ssw0rtp@ssw0rt", "1qay2wsx3edc",         "geheimgeheim99",
	    "IchLiebeDich2025", "zyxwvutsrqponm",   "Administrator#1",      "098765432109",
	};

	fixtures();
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (verdict(bad[i]) != PASSWORD_GUESSABLE)
			fail_msg("\"%s\" was let through", bad[i]);
}

TEST(words_of_the_place_and_of_the_person_do_not_count)
{
	fixtures();
	CHECK_INT(verdict("Lindheim-Bergstedt"), PASSWORD_GUESSABLE);
	CHECK_INT(verdict("OffeneRegion!2027"), PASSWORD_GUESSABLE);
	CHECK_INT(verdict("annalenaahornberger"), PASSWORD_GUESSABLE);
	CHECK_INT(verdict("ahornberger-1987"), PASSWORD_GUESSABLE);
	CHECK_INT(verdict("Foerderbank-2026"), PASSWORD_GUESSABLE);
}

TEST(good_passwords_are_let_through)
{
	static const char *const good[] = {
	    PASSWORD,       "apfel-brise-kompass",    "Lindheim tanzt am Kanal",
	    "vG7#kq2Lw9!z", "gurke ofen zwirn nebel", "grün-laterne-fähre",
	};

	fixtures();
	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		if (verdict(good[i]) != PASSWORD_FINE)
			fail_msg("\"%s\" was refused", good[i]);
}

TEST(every_verdict_has_its_words)
{
	for (int v = PASSWORD_TOO_SHORT; v <= PASSWORD_GUESSABLE; v++) {
		enum message m = password_message((enum password_verdict)v);
		CHECK(message_text(test_arena, m, 0).n > 10);
		CHECK(strlen(password_complaint((enum password_verdict)v)) > 10);
	}
	CHECK_INT(password_message(PASSWORD_FINE), M_NONE);
}

/* A flood of logins takes two hashes at once, not all memory and workers. */
TEST(argon2_flood)
{
	char path[2][200];
	int slots[2];
	bool matches = true;
	struct str hash;

	fixtures();
	CHECK_INT(password_hash(test_app.config.data, test_arena, S("a"), &hash), OK);
	for (int i = 0; i < 2; i++) {
		snprintf(path[i], sizeof path[i], "%.*s/password-%d.lock",
			 ARG(test_app.config.data), i);
		slots[i] = open(path[i], O_RDWR | O_CREAT, 0600);
		CHECK(slots[i] >= 0);
		CHECK_INT(flock(slots[i], LOCK_EX), 0);
	}
	struct answer a =
	    post_as(NOBODY, "/anmelden",
		    FORM(FIELD("email", "anna@lindheim.example"), FIELD("passwort", PASSWORD)));
	CHECK_INT(a.status, 503);
	CHECK_STR(header_of(&a, "Retry-After"), S("5"));
	CHECK(shows(&a, "Gerade melden sich sehr viele Personen an"));
	CHECK(shows(&a, "value=\"anna@lindheim.example\""));
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 1);
	close(slots[1]);
	CHECK_INT(password_check(test_app.config.data, S("a"), hash, &matches), OK);
	CHECK(matches);
	close(slots[0]);
}

static pid_t hash_in_a_process(void)
{
	struct str hash;
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (pid == 0)
		_exit((int)password_hash(test_app.config.data, test_arena, S("a"), &hash));
	return pid;
}

/* Of four workers two may hash and one may wait: the fourth goes on serving readers. */
TEST(only_one_process_waits_for_a_slot)
{
	char path[200];
	int slots[2], status;
	int64_t start = clock_micros();

	fixtures();
	for (int i = 0; i < 2; i++) {
		snprintf(path, sizeof path, "%.*s/password-%d.lock", ARG(test_app.config.data), i);
		slots[i] = open(path, O_RDWR | O_CREAT, 0600);
		CHECK(slots[i] >= 0);
		CHECK_INT(flock(slots[i], LOCK_EX), 0);
	}
	for (int i = 0; i < 3; i++)
		CHECK(hash_in_a_process() > 0);
	for (int i = 0; i < 2; i++) {
		CHECK(wait(&status) > 0);
		CHECK(WIFEXITED(status));
		CHECK_INT(WEXITSTATUS(status), E_THROTTLED);
	}
	CHECK(clock_micros() - start < 1500 * 1000);
	/* Who waits gets the slot as soon as it is free; closing is not enough, forked processes
	 * hold the same open file. */
	CHECK_INT(flock(slots[0], LOCK_UN), 0);
	CHECK(wait(&status) > 0);
	CHECK(WIFEXITED(status));
	CHECK_INT(WEXITSTATUS(status), OK);
	close(slots[0]);
	close(slots[1]);
}

/* Trouble with the disk is not taken for a crowd, and nobody is kept waiting for nothing. */
TEST(slots_that_cannot_be_opened_are_told_at_once)
{
	bool matches = true;
	int64_t start = clock_micros();

	fixtures();
	CHECK_INT(password_check(S("/nowhere/at/all"), S("a"), S(""), &matches), E_UNAVAILABLE);
	CHECK(!matches);
	CHECK(clock_micros() - start < 1000 * 1000);
	test_app.config.data = S("/nowhere/at/all");
	struct answer a =
	    post_as(NOBODY, "/anmelden",
		    FORM(FIELD("email", "anna@lindheim.example"), FIELD("passwort", PASSWORD)));
	CHECK_INT(a.status, 503);
	CHECK(shows(&a, "Gerade nicht erreichbar"));
}

TEST(an_empty_hash_matches_nothing)
{
	bool matches = true;

	fixtures();
	CHECK_INT(password_check(test_app.config.data, S(""), S(""), &matches), OK);
	CHECK(!matches);
	matches = true;
	CHECK_INT(password_check(test_app.config.data, S("x"), S("not a hash"), &matches), OK);
	CHECK(!matches);
}

TESTS_MAIN
