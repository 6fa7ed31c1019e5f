/* people_test.c -- accounts from the command line. */
#include "features/steering/register_key.h"
#include "fixtures.h"

#include "app/password.h"
#include "db/migrate.h"
#include "demo.h"
#include "features/people/people.h"
#include "features/steering/register_key.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define GOOD "gurke ofen zwirn nebel"

typedef int command(struct db *db, struct arena *a, const struct config *c, int argc, char **argv);

/* Standard input holds `input`; what the command prints goes nowhere. */
static int run(command *what, const char *input, const char *const *words)
{
	char path[] = "/tmp/handschlag-input-XXXXXX", *argv[20];
	int fd = mkstemp(path), argc = 0, kept[2] = {dup(1), dup(2)};

	CHECK(fd >= 0);
	CHECK(write(fd, input, strlen(input)) == (ssize_t)strlen(input));
	close(fd);
	CHECK(freopen(path, "r", stdin) != NULL);
	unlink(path);
	for (; words[argc] != NULL; argc++)
		argv[argc] = (char *)(uintptr_t)arena_cstr(test_arena, str_of(words[argc]));
	fflush(stdout);
	for (int i = 0; i < 2; i++) {
		FILE *nowhere = fopen("/dev/null", "w");
		CHECK(nowhere != NULL);
		dup2(fileno(nowhere), i + 1);
		fclose(nowhere);
	}
	int status = what(test_db, test_arena, &test_app.config, argc, argv);
	fflush(stdout);
	for (int i = 0; i < 2; i++) {
		dup2(kept[i], i + 1);
		close(kept[i]);
	}
	return status;
}
#define WORDS(...) ((const char *const[]){__VA_ARGS__, NULL})

/* A database with nobody in it. */
static void nobody_there(void)
{
	fixtures();
	run_sql("DELETE FROM session; DELETE FROM task_force_member; DELETE FROM role_grant;"
		"DELETE FROM membership; DELETE FROM person; DELETE FROM task_force_municipality;"
		"DELETE FROM municipality;");
}

TEST(init_makes_the_municipality_and_an_administrator_who_can_log_in)
{
	nobody_there();
	CHECK_INT(run(people_init_command, GOOD "\n",
		      WORDS("--name", "Olga Öhler", "--email", "olga@waldau.example",
			    "--municipality", "Stadt Waldau")),
		  0);
	CHECK_STR(text_of("SELECT short || ' ' || slug || ' ' || sort_key FROM municipality"),
		  S("Waldau waldau waldau"));
	CHECK_STR(text_of("SELECT group_concat(role || coalesce(municipality_id, '-'), ' ')"
			  " FROM role_grant WHERE person_id = 1"),
		  S("installation- municipality1"));
	CHECK_INT(count_of("SELECT count(*) FROM membership WHERE person_id = 1"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE actor_id IS NULL"), 2);
	struct answer a = post_as(NOBODY, "/anmelden",
				  FORM(FIELD("email", "olga@waldau.example"),
				       FIELD("passwort", GOOD), FIELD("weiter", "")));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/"));
}

TEST(init_refuses_when_there_is_somebody)
{
	fixtures();
	CHECK_INT(run(people_init_command, GOOD "\n",
		      WORDS("--name", "O", "--email", "o@w.example", "--municipality", "W")),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM person"), PERSON_END - 1);
	CHECK_INT(count_of("SELECT count(*) FROM municipality"), 5);
}

TEST(init_without_a_terminal_names_what_is_missing_and_changes_nothing)
{
	nobody_there();
	CHECK_INT(run(people_init_command, GOOD "\n", WORDS("--name", "Olga")), 2);
	CHECK_INT(run(people_init_command, GOOD "\n",
		      WORDS("--email", "o@w.example", "--municipality", "W")),
		  2);
	CHECK_INT(run(people_init_command, "",
		      WORDS("--name", "O", "--email", "o@w.example", "--municipality", "W")),
		  1);
	CHECK_INT(run(people_init_command, "kurz\n",
		      WORDS("--name", "O", "--email", "o@w.example", "--municipality", "W")),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM person") +
		      count_of("SELECT count(*) FROM municipality"),
		  0);
}

TEST(person_add_gives_roles_and_a_seat)
{
	fixtures();
	CHECK_INT(run(people_command, GOOD "\n",
		      WORDS("add", "--name", "Nora Nuss", "--email", "nora@auental.example",
			    "--municipality", "Auental", "--role", "committee", "--role", "pmo")),
		  0);
	CHECK_STR(text_of("SELECT group_concat(role || coalesce(municipality_id, '-'), ' ')"
			  " FROM role_grant g JOIN person p ON p.id = g.person_id"
			  " WHERE p.email = 'nora@auental.example' AND p.status = 'active'"),
		  S("committee2 pmo-"));
	CHECK_STR(text_of("SELECT after FROM audit WHERE action = 'person.create'"),
		  S("{\"name\":\"Nora Nuss\",\"email\":\"nora@auental.example\","
		    "\"roles\":\"committee pmo\"}"));
}

TEST(person_add_creates_a_municipality_only_when_told)
{
	fixtures();
	CHECK_INT(run(people_command, GOOD "\n",
		      WORDS("add", "--name", "N", "--email", "n@waldau.example", "--municipality",
			    "Waldau")),
		  1);
	CHECK_INT(run(people_command, GOOD "\n",
		      WORDS("add", "--name", "N", "--email", "n@waldau.example",
			    "--new-municipality", "Gemeinde Waldau")),
		  0);
	CHECK_STR(text_of("SELECT m.short FROM municipality m JOIN membership s"
			  " ON s.municipality_id = m.id JOIN person p ON p.id = s.person_id"
			  " WHERE p.email = 'n@waldau.example'"),
		  S("Waldau"));
	CHECK_INT(run(people_command, GOOD "\n",
		      WORDS("add", "--name", "M", "--email", "m@waldau.example",
			    "--new-municipality", "Stadt Waldau")),
		  1);
}

TEST(person_add_refuses_what_is_wrong)
{
	fixtures();
	const char *const *const bad[] = {
	    WORDS("add", "--name", "N", "--email", "anna@LINDHEIM.example"),
	    WORDS("add", "--name", "N", "--email", "kein-at-zeichen"),
	    WORDS("add", "--name", "N", "--email", "a@b@c"),
	    WORDS("add", "--name", "N", "--email", "n@x.example", "--role", "kaiser"),
	    WORDS("add", "--name", "N\xff", "--email", "n@x.example"),
	    WORDS("add", "--name", "N\n", "--email", "n@x.example", "--rolle", "pmo"),
	    WORDS("add", "--name", "N", "--email"),
	    WORDS("add", "--name", "N", "--email", "n@x.example", "--municipality", "Auental",
		  "--new-municipality", "Waldau"),
	    WORDS("remove"),
	};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		CHECK(run(people_command, GOOD "\n", bad[i]) != 0);
	CHECK_INT(run(people_command, "nuss nuss nuss lindheim\n",
		      WORDS("add", "--name", "Nuss", "--email", "n@x.example")),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM person"), PERSON_END - 1);
}

/* A second holder would make two votes of one municipality, a deputy beside it two of a person. */
TEST(person_add_gives_no_seat_twice)
{
	fixtures();
	CHECK_INT(run(people_command, GOOD "\n",
		      WORDS("add", "--name", "Nora Nuss", "--email", "nora@bergstedt.example",
			    "--municipality", "Bergstedt", "--role", "committee")),
		  1);
	CHECK_INT(run(people_command, GOOD "\n",
		      WORDS("add", "--name", "Nora Nuss", "--email", "nora@auental.example",
			    "--municipality", "Auental", "--role", "committee", "--role",
			    "committee_deputy")),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM person"), PERSON_END - 1);
	CHECK_INT(run(people_command, GOOD "\n",
		      WORDS("add", "--name", "Nora Nuss", "--email", "nora@bergstedt.example",
			    "--municipality", "Bergstedt", "--role", "committee_deputy")),
		  0);
	CHECK_INT(run(people_command, GOOD "\n",
		      WORDS("add", "--name", "Olaf Ost", "--email", "olaf@foerderbank.example",
			    "--municipality", "Förderbank", "--role", "funder")),
		  0);
	CHECK_STR(text_of("SELECT role || municipality_id FROM role_grant"
			  " ORDER BY id DESC LIMIT 1"),
		  S("funder5"));
}

TEST(person_password_ends_all_sessions)
{
	fixtures();
	run_sql("INSERT INTO trusted_device (token_hash, person_id, created_at, ends_at)"
		" VALUES (zeroblob(32), 1, 1, 1900000000);"
		"INSERT INTO password_reset (person_id, created_at) VALUES (1, 1795165200)");
	CHECK_INT(
	    run(people_command, GOOD "\n", WORDS("password", "--email", "Anna@lindheim.example")),
	    0);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM session"), PERSON_END - 2);
	CHECK_INT(count_of("SELECT count(*) FROM trusted_device"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM password_reset WHERE used_at IS NULL"), 0);
	CHECK_INT(post_as(NOBODY, "/anmelden",
			  FORM(FIELD("email", "anna@lindheim.example"), FIELD("passwort", GOOD)))
		      .status,
		  303);
	CHECK_INT(run(people_command, GOOD "\n", WORDS("password", "--email", "x@y.example")), 1);
	CHECK_INT(run(people_command, "passwort1234\n",
		      WORDS("password", "--email", "anna@lindheim.example")),
		  1);
}

static struct answer login_of_anna(void)
{
	return post_as(NOBODY, "/anmelden",
		       FORM(FIELD("email", "anna@lindheim.example"), FIELD("passwort", PASSWORD)));
}

TEST(person_suspend_stops_somebody_at_once_and_reactivate_lets_them_in_again)
{
	fixtures();
	CHECK_INT(run(people_command, "", WORDS("suspend", "--email", "Anna@lindheim.example")), 0);
	CHECK_STR(text_of("SELECT status FROM person WHERE id = 1"), S("suspended"));
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 1"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM session"), PERSON_END - 2);
	CHECK_INT(login_of_anna().status, 422);
	CHECK_STR(text_of("SELECT object FROM audit WHERE action = 'person.suspend'"),
		  S("person/1"));
	CHECK_INT(run(people_command, "", WORDS("reactivate", "--email", "anna@lindheim.example")),
		  0);
	CHECK_INT(login_of_anna().status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'person.reactivate'"
			   " AND actor_id IS NULL"),
		  1);
}

TEST(suspending_refuses_who_is_unknown_or_in_that_state_already)
{
	fixtures();
	CHECK_INT(run(people_command, "", WORDS("suspend", "--email", "x@y.example")), 1);
	CHECK_INT(run(people_command, "", WORDS("suspend")), 2);
	CHECK_INT(run(people_command, "", WORDS("suspend", "--emil", "x@y.example")), 2);
	CHECK_INT(run(people_command, "", WORDS("reactivate", "--email", "anna@lindheim.example")),
		  1);
	/* Who was invited and has not come yet is not let in by the back door. */
	run_sql("UPDATE person SET status = 'invited' WHERE id = 1");
	CHECK_INT(run(people_command, "", WORDS("reactivate", "--email", "anna@lindheim.example")),
		  1);
	run_sql("UPDATE person SET status = 'anonymised' WHERE id = 1");
	CHECK_INT(run(people_command, "", WORDS("suspend", "--email", "anna@lindheim.example")), 1);
	CHECK_INT(count_of("SELECT count(*) FROM audit"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM session"), PERSON_END - 1);
}

TEST(person_list_changes_nothing)
{
	fixtures();
	CHECK_INT(run(people_command, "", WORDS("list")), 0);
	CHECK_INT(run(people_command, "", WORDS("list", "--all")), 2);
	CHECK_INT(count_of("SELECT count(*) FROM audit"), 0);
}

static struct db *fresh;

static int demo(struct db *db, struct arena *a, const struct config *c, int argc, char **argv)
{
	(void)db;
	(void)argc;
	(void)argv;
	return demo_command(fresh, a, c);
}

static int64_t people_in_fresh(void)
{
	int64_t n = -1;

	CHECK_INT(db_begin_read(fresh, test_arena), OK);
	CHECK_INT(db_int(fresh, "SELECT count(*) FROM person", WITH_NOTHING, &n), OK);
	db_rollback(fresh);
	return n;
}

/* Its password is known to everybody. */
TEST(demo_data_comes_only_into_an_instance_for_development)
{
	fixtures();
	CHECK_INT(db_open(S(""), &fresh), OK);
	CHECK_INT(migrate(fresh, test_arena, S("")), OK);
	test_app.config.development = false;
	CHECK_INT(run(demo, "", WORDS("")), 1);
	CHECK_INT(people_in_fresh(), 0);
	test_app.config.register_key =
	    arena_fmt(test_arena, "%.*s/demo.key", ARG(test_app.config.data));
	CHECK_INT(register_key_prepare(fresh, test_arena, &test_app.config), OK);
	test_app.config.development = true;
	struct str key = arena_fmt(test_arena, "%.*s/register.key", ARG(test_app.config.data));
	test_app.config.register_key = key;
	CHECK_INT(register_key_prepare(fresh, test_arena, &test_app.config), OK);
	CHECK_INT(run(demo, "", WORDS("")), 0);
	CHECK(people_in_fresh() > 0);
	CHECK_INT(unlink(arena_cstr(test_arena, key)), 0);
	db_close(fresh);
}

TEST(every_database_failure_leaves_nobody_behind)
{
	int status = 1;

	for (int64_t n = 1; status != 0; n++) {
		fixtures();
		db_fail_after(test_db, n, E_INTERNAL);
		status = run(people_command, GOOD "\n",
			     WORDS("add", "--name", "N", "--email", "n@x.example", "--role", "pmo",
				   "--new-municipality", "Waldau"));
		db_fail_after(test_db, 0, OK);
		CHECK(status == 0 || (count_of("SELECT count(*) FROM person") == PERSON_END - 1 &&
				      count_of("SELECT count(*) FROM municipality") == 5));
		CHECK(n < 200);
	}
}

TESTS_MAIN
