/* restored_test.c -- after a copy of the database was put back. */
#include "folder.h"

#include "base/file.h"
#include "features/people/erase.h"
#include "features/people/erasure_list.h"
#include "features/people/restored.h"
#include "features/steering/attendance.h"
#include "features/steering/recusal.h"
#include "poll_world.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

static struct str content(const char *name)
{
	struct str text = S("");

	return file_read(test_arena, in_folder(name), 100000, &text) ? text : S("");
}

static void save(const char *name, const char *text)
{
	CHECK(file_replace(test_arena, str_of(in_folder(name)), str_of(text)));
}

/* As main.c, with the key of the tests. */
static enum err leave_committee(const struct restored *where, int64_t person_id)
{
	struct register_book book = {where->db, where->arena, test_app.register_key, 0};

	TRY(recusal_gone(&book, person_id));
	return attendance_gone(&book, person_id);
}

static int after_restore(int argc, char **argv)
{
	struct config c = test_app.config;

	c.data = str_of(folder);
	return after_restore_command(&(struct restored){test_db, test_arena, &c, leave_committee},
				     argc, argv);
}

/* What the command prints. */
static struct str after_restore_says(void)
{
	int before = dup(1), file = open(in_folder("said"), O_CREAT | O_TRUNC | O_WRONLY, 0600);

	CHECK(before >= 0 && file >= 0);
	fflush(stdout);
	CHECK_INT(dup2(file, 1), 1);
	int status = after_restore(0, NULL);
	fflush(stdout);
	CHECK_INT(dup2(before, 1), 1);
	close(file);
	close(before);
	CHECK_INT(status, 0);
	return content("said");
}

static void erase(int64_t person)
{
	struct erased p;

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(erased_load(test_db, person, &p), OK);
	CHECK_INT(person_erase(test_db, test_arena, &p, 0), OK);
	CHECK_INT(db_commit(test_db), OK);
}

TEST(the_list_is_written_once_somebody_was_erased_and_only_grows)
{
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	CHECK(file_missing(in_folder(ERASURES_FILE)));
	erase(BEN);
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	struct str first = content(ERASURES_FILE);
	CHECK(str_ends(first, S("\n2 1 1795165200\n")));
	CHECK(str_find(first, S("Ben")) == first.n);
	struct stat st;
	CHECK_INT(stat(in_folder(ERASURES_FILE), &st), 0);
	CHECK_INT(st.st_mode & 0777, 0600);
	erase(CEM);
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	CHECK(str_ends(content(ERASURES_FILE), S("\n2 1 1795165200\n3 1 1795165200\n")));
	/* An older copy knows of none. */
	fixtures();
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	CHECK(str_ends(content(ERASURES_FILE), S("\n2 1 1795165200\n3 1 1795165200\n")));
}

TEST(an_older_copy_forgets_again_and_lets_nobody_in)
{
	erase(BEN);
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	/* The copy of before. */
	fixtures();
	run_sql(
	    "INSERT INTO login_step (token_hash, person_id, ends_at) VALUES (zeroblob(32), 2, "
	    "1795169999);"
	    "INSERT INTO trusted_device (token_hash, person_id, created_at, ends_at) VALUES"
	    " (zeroblob(32), 2, 1, 1799999999);"
	    "INSERT INTO invitation (id, person_id, municipality_id, role, created_at, expires_at,"
	    " token_hash) VALUES (1, 3, 3, 'member', 1, 1799999999, zeroblob(32));"
	    "INSERT INTO invitation (id, person_id, municipality_id, role, created_at, expires_at,"
	    " accepted_at) VALUES (2, 4, 4, 'member', 1, 5, 4);"
	    "INSERT INTO password_reset (person_id, created_at, token_hash, expires_at) VALUES"
	    " (3, 1, zeroblob(32), 1799999999);"
	    "INSERT INTO email_change (person_id, email, asked_by, created_at, token_hash,"
	    " expires_at) VALUES (3, 'neu@x.example', 3, 1, zeroblob(32), 1799999999);"
	    "INSERT INTO calendar_feed (token_hash, person_id, created_at) VALUES"
	    " (zeroblob(32), 3, 1);"
	    "INSERT INTO outbox (person_id, topic, subject, body, dedupe, created_at, not_before,"
	    " link, link_id) VALUES (3, 'account', 'a', 'a', 'a', 1, 0, 'password_reset', 1),"
	    " (3, 'feedback', 'b', 'b', 'b', 1, 0, '', NULL);");
	CHECK(count_of("SELECT count(*) FROM session") > 0);
	CHECK_INT(get_as(CEM, "/").status, 200);
	CHECK_INT(after_restore(0, NULL), 0);
	CHECK_STR(text_of("SELECT name || status FROM person WHERE id = 2"),
		  S("ehemalige Person (Stadt Auental)anonymised"));
	CHECK_INT(count_of("SELECT (SELECT count(*) FROM session) + (SELECT count(*) FROM "
			   "login_step) + (SELECT count(*) FROM trusted_device)"),
		  0);
	CHECK_INT(get_as(CEM, "/").status, 303);
	CHECK_STR(text_of("SELECT group_concat(hex(coalesce(token_hash, '')) || expires_at)"
			  " FROM (SELECT * FROM invitation ORDER BY id)"),
		  S("1795165200,5"));
	CHECK_INT(count_of("SELECT count(*) FROM password_reset WHERE token_hash IS NULL"
			   " AND used_at = 1795165200"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM email_change WHERE token_hash IS NULL"
			   " AND used_at = 1795165200"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM calendar_feed WHERE revoked_at = 1795165200"), 1);
	CHECK_STR(text_of("SELECT group_concat(dedupe) FROM outbox WHERE cancelled_at IS NULL"),
		  S("b"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'restore'"), 1);
	/* Twice does no harm. */
	CHECK_INT(after_restore(0, NULL), 0);
	CHECK_INT(count_of("SELECT count(*) FROM erasure"), 1);
}

/* The copy is of the middle of a meeting: the register says that she left, in her name of then. */
TEST(who_was_at_a_meeting_leaves_it_before_she_is_forgotten)
{
	erase(GRETA);
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	poll_world();
	OPENS();
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CHECK_INT(after_restore(0, NULL), 0);
	CHECK_STR(text_of("SELECT status FROM person WHERE id = 7"), S("anonymised"));
	CHECK_INT(count_of("SELECT count(*) FROM attendance WHERE until_at IS NULL"), 3);
	check_register();
}

/* The others log in again at once. */
static void goes_on_after_restore(void)
{
	run_sql("CREATE TEMP TABLE kept AS SELECT * FROM session WHERE person_id <> 7");
	CHECK_INT(after_restore(0, NULL), 0);
	run_sql("INSERT INTO session SELECT * FROM kept; DROP TABLE kept");
}

#define OPEN_RECUSALS "SELECT count(*) FROM recusal WHERE lifted_at IS NULL"

/* Afterwards the register would know her by another digest, and nobody could lift it. */
TEST(her_recusals_end_before_she_is_forgotten)
{
	erase(GRETA);
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	poll_world();
	is_recused(GRETA, AUENTAL, 1);
	OPENS();
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	goes_on_after_restore();
	CHECK_INT(count_of(OPEN_RECUSALS), 0);
	CHECK_STR(text_of("SELECT lifted_reason FROM recusal WHERE person_id = 7"),
		  S("Das Konto wurde gelöscht."));
	check_register();
	CHECK_INT(votes(IVO, SEEFELD, "yes"), 303);
	CLOSES();
	CHECK_STR(statuses(), S("absent silent yes yes"));
	check_register();
}

/* What is over stays as it was. */
TEST(her_recusals_of_meetings_that_ended_stay)
{
	erase(GRETA);
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	poll_world();
	is_recused(GRETA, AUENTAL, 1);
	run_sql("UPDATE meeting SET state = 'minutes_draft', closed_at = 1795166000;"
		"UPDATE attendance SET until_at = 1795166000");
	CHECK_INT(after_restore(0, NULL), 0);
	CHECK_INT(count_of(OPEN_RECUSALS), 1);
}

/* In writing as well, while the circular runs. */
TEST(her_recusal_from_a_circular_ends)
{
	erase(GRETA);
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	poll_empty_world("circulating", IN_TIME);
	is_recused(GRETA, AUENTAL, 0);
	CHECK_INT(after_restore(0, NULL), 0);
	CHECK_INT(count_of(OPEN_RECUSALS), 0);
	check_register();
}

/* There is nothing left for the committee to decide. */
TEST(a_vote_on_her_recusal_ends_without_a_result)
{
	erase(GRETA);
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	poll_world();
	is_recused(GRETA, AUENTAL, 1);
	CHECK_INT(post_as(GRETA, "/sitzungen/2026-1/punkte/1/bestreiten",
			  FORM(FIELD("eintrag", "1"), FIELD("warum", "Nein.")))
		      .status,
		  303);
	CHECK_INT(post_as(IVO, POLL, opening("recusal")).status, 303);
	CHECK_INT(votes(IVO, SEEFELD, "no"), 303);
	goes_on_after_restore();
	CHECK_STR(text_of("SELECT abort_reason FROM poll"), S("Das Konto wurde gelöscht."));
	CHECK_INT(get_as(IVO, POLL "?nr=1").status, 200);
	check_register();
	OPENS();
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CLOSES();
	check_register();
}

TEST(letters_inside_a_summary_do_not_wait_by_themselves)
{
	run_sql(
	    "INSERT INTO outbox (id, person_id, topic, subject, body, dedupe, created_at,"
	    " not_before, digest_id) VALUES (901, 3, 'digest', 'a', 'a', 'a', 1, 0, NULL),"
	    " (902, 3, 'vote', 'b', 'b', 'b', 1, 0, 901), (903, 3, 'vote', 'c', 'c', 'c', 1, 0, "
	    "901)");
	struct str said = after_restore_says();
	CHECK(str_find(said, S("\n1 letters wait in this copy")) < said.n);
}

TEST(a_number_given_again_is_somebody_else)
{
	erase(BEN);
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	fixtures();
	run_sql("UPDATE person SET created_at = 77 WHERE id = 2");
	CHECK_INT(after_restore(0, NULL), 0);
	CHECK_STR(text_of("SELECT name FROM person WHERE id = 2"), S("Ben Birke"));
}

TEST(a_list_from_elsewhere_counts_too_and_a_spoilt_one_stops_it)
{
	char *spoilt[] = {(char *)(uintptr_t)in_folder("spoilt")};

	erase(CEM);
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	CHECK_INT(rename(in_folder(ERASURES_FILE), in_folder("other")), 0);
	fixtures();
	char *other[] = {(char *)(uintptr_t)in_folder("other")};
	for (size_t i = 0; i < 3; i++) {
		static const char *const texts[] = {"2 1", "3 1 x\n", "nichts"};
		struct str good = content("other");
		save("spoilt", i == 2 ? texts[2]
				      : arena_cstr(test_arena, arena_fmt(test_arena, "%.*s%s",
									 ARG(good), texts[i])));
		spoilt[0] = (char *)(uintptr_t)in_folder("spoilt");
		CHECK_INT(after_restore(1, spoilt), 1);
		CHECK(count_of("SELECT count(*) FROM session") > 0);
	}
	CHECK_INT(after_restore(1, other), 0);
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE status = 'anonymised'"), 1);
}

TEST(every_database_failure_changes_nothing)
{
	erase(BEN);
	CHECK_INT(erasures_keep(test_db, test_arena, str_of(folder)), OK);
	for (int n = 1, status = 1; status != 0; n++) {
		fixtures();
		int64_t sessions = count_of("SELECT count(*) FROM session");
		db_fail_after(test_db, n, E_INTERNAL);
		status = after_restore(0, NULL);
		db_fail_after(test_db, 0, OK);
		/* Only the register's head is read after the end. */
		if (status != 0 && count_of("SELECT count(*) FROM erasure") == 0)
			CHECK_INT(count_of("SELECT count(*) FROM session"), sessions);
		CHECK(n < 200);
	}
	CHECK_INT(count_of("SELECT count(*) FROM erasure"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM session"), 0);
}

TESTS_MAIN_EACH(make_folder, remove_folder)
