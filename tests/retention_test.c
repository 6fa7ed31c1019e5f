/* retention_test.c -- what is kept how long, and accounts that nobody uses. */
#include "fixtures.h"

#include "features/people/account.h"
#include "features/people/retention.h"

#define PAGE "/aufbewahrung"
#define CHANGES "SELECT count(*) FROM retention"
enum { DAY = 86400 };

static struct str terms(const char *audit_days)
{
	struct test_field fields[16];

	for (size_t i = 0; i < retention_term_count; i++) {
		const struct retention_term *t = &retention_terms[i];
		fields[i] = (struct test_field){str_of(t->what),
						i == 0 ? str_of(audit_days)
						       : arena_fmt(test_arena, "%d", (int)t->days)};
	}
	return form_of(fields, retention_term_count);
}

TEST(terms_are_set_within_bounds)
{
	fixtures();
	struct answer a = get_as(EMIL, PAGE);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "value=\"730\"") && shows(&a, "Einzelheiten im Protokoll"));
	static const char *const bad[] = {"0", "", "x", "36501", "-1"};
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		a = post_as(EMIL, PAGE, terms(bad[i]));
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, "Gib 1 bis 36.500 Tage an.") && shows(&a, "href=\"#audit\""));
	}
	CHECK_INT(count_of(CHANGES), 0);
	CHECK_INT(post_as(ANNA, PAGE, terms("10")).status, 403);
	check_refusals(EMIL, PAGE, terms("10"), CHANGES);
	check_once(EMIL, PAGE, terms("10"), CHANGES);
	a = get_as(EMIL, PAGE);
	CHECK(shows(&a, "value=\"10\""));
	CHECK_INT(count_of(CHANGES), 1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'retention.set'"
			   " AND before LIKE '%730%' AND after LIKE '%10%'"),
		  1);
	fixtures();
	check_failures(EMIL, PAGE, terms("10"), CHANGES);
}

/* One old and one new row of each kind. */
static const char old_and_new[] =
    "INSERT INTO audit (at, action, object, before, after) VALUES"
    " (1795165200 - 731 * 86400, 'a', 'x', '{}', '{\"n\":1}'),"
    " (1795165200 - 729 * 86400, 'b', 'x', '{}', NULL);"
    "DELETE FROM session; INSERT INTO session VALUES"
    " (zeroblob(32), 2, 1, 1, 1795165200 - 8 * 86400, ''),"
    " (randomblob(32), 2, 1, 1, 1795165200 - 6 * 86400, '');"
    "INSERT INTO trusted_device VALUES (zeroblob(32), 2, '', 1, 1795165200 - 8 * 86400),"
    " (randomblob(32), 2, '', 1, 1795165200);"
    "INSERT INTO login_network VALUES (2, x'01', 1795165200 - 181 * 86400),"
    " (2, x'02', 1795165200 - 179 * 86400);"
    "INSERT INTO login_failure VALUES ('pair', x'01', 3, 1795165200 - 31 * 86400),"
    " ('pair', x'02', 3, 1795165200 - 29 * 86400);"
    "INSERT INTO outbox (person_id, topic, subject, body, dedupe, created_at, not_before, sent_at)"
    " VALUES (2, 't', 'Alt', 'Text', 'a', 1, 0, 1795165200 - 366 * 86400),"
    " (2, 't', 'Neu', 'Text', 'b', 1, 0, 1795165200 - 364 * 86400),"
    " (2, 't', 'Wartet', 'Text', 'c', 1, 0, NULL);"
    "INSERT INTO invitation (person_id, municipality_id, role, created_at, expires_at,"
    " accepted_at) VALUES (2, 2, 'member', 1, 1795165200 - 91 * 86400, NULL),"
    " (3, 2, 'member', 1, 1795165200 - 89 * 86400, NULL),"
    " (4, 2, 'member', 1, 5, 6);"
    "INSERT INTO password_reset (person_id, created_at) VALUES (2, 1795165200 - 31 * 86400),"
    " (2, 1795165200 - 29 * 86400);"
    "INSERT INTO email_change (person_id, email, asked_by, created_at) VALUES"
    " (2, 'alt@auental.example', 2, 1795165200 - 31 * 86400),"
    " (2, 'neu@auental.example', 2, 1795165200 - 29 * 86400);";

#define KEPT                                                                                       \
	"SELECT (SELECT count(*) FROM audit WHERE before IS NOT NULL) || ' ' ||"                   \
	" (SELECT count(*) FROM session) || ' ' || (SELECT count(*) FROM trusted_device) || ' ' "  \
	"||"                                                                                       \
	" (SELECT count(*) FROM login_network) || ' ' || (SELECT count(*) FROM login_failure)"     \
	" || ' ' || (SELECT count(*) FROM outbox WHERE body = 'Text') || ' ' ||"                   \
	" (SELECT count(*) FROM invitation) || ' ' || (SELECT count(*) FROM password_reset)"

TEST(what_is_old_enough_goes_and_nothing_else)
{
	fixtures();
	run_sql(old_and_new);
	CHECK_STR(text_of(KEPT), S("2 2 2 2 2 3 3 2"));
	CHECK_INT(retention_apply(test_db, test_arena), OK);
	CHECK_STR(text_of(KEPT), S("1 1 1 1 1 2 2 1"));
	CHECK_STR(text_of("SELECT group_concat(email) || '' FROM email_change"),
		  S("neu@auental.example"));
	CHECK_INT(count_of("SELECT count(*) FROM audit"), 2); /* that it happened stays */
	CHECK_STR(text_of("SELECT subject FROM outbox WHERE dedupe = 'a'"), S("(gelöscht)"));
	/* Time goes on, and a term was changed. */
	clock_set(FIXTURE_NOW + 3 * DAY);
	run_sql("INSERT INTO retention VALUES ('letter', 36500, 5, 1)");
	CHECK_INT(retention_apply(test_db, test_arena), OK);
	CHECK_STR(text_of(KEPT), S("0 0 1 0 0 2 1 0"));
}

TEST(a_failing_database_loses_nothing_and_the_next_run_goes_on)
{
	for (int n = 1; n < 40; n++) {
		fixtures();
		run_sql(old_and_new);
		db_fail_after(test_db, n, E_INTERNAL);
		enum err err = retention_apply(test_db, test_arena);
		db_fail_after(test_db, 0, OK);
		if (err == OK)
			CHECK(n > 20);
		CHECK_INT(retention_apply(test_db, test_arena), OK);
		CHECK_STR(text_of(KEPT), S("1 1 1 1 1 2 2 1"));
	}
}

/* Whoever logs in, fails to, or forgot a password passes by the rows of others. */
TEST(a_longer_term_holds_whatever_people_do)
{
	fixtures();
	test_app.config.smtp = S("smtp://127.0.0.1:25");
	run_sql(old_and_new);
	run_sql("INSERT INTO retention (what, days, changed_by, changed_at) VALUES ('session', "
		"900, 5, 1),"
		" ('login_network', 900, 5, 1), ('login_failure', 900, 5, 1),"
		" ('password_reset', 900, 5, 1)");
	CHECK_INT(post_as(NOBODY, "/anmelden",
			  FORM(FIELD("email", "kim@lindheim.example"), FIELD("passwort", "falsch"),
			       FIELD("weiter", "/")))
		      .status,
		  422);
	CHECK_INT(post_as(NOBODY, "/anmelden",
			  FORM(FIELD("email", "kim@lindheim.example"), FIELD("passwort", PASSWORD),
			       FIELD("weiter", "/")))
		      .status,
		  303);
	CHECK_INT(post_as(NOBODY, "/passwort", FORM(FIELD("email", "kim@lindheim.example"))).status,
		  303);
	CHECK_INT(retention_apply(test_db, test_arena), OK);
	CHECK_STR(text_of("SELECT (SELECT count(*) FROM session WHERE person_id = 2) || ' ' ||"
			  " (SELECT count(*) FROM login_network WHERE person_id = 2) || ' ' ||"
			  " (SELECT count(*) FROM login_failure WHERE key_hash IN (x'01', x'02'))"
			  " || ' ' || (SELECT count(*) FROM password_reset WHERE person_id = 2)"),
		  S("2 2 2 2"));
}

TEST(who_never_accepted_goes_with_the_invitation)
{
	fixtures();
	run_sql("INSERT INTO person (id, name, sort_key, email, status, created_at) VALUES"
		" (91, 'Max Mohn', 'max', 'max@auental.example', 'invited', 1),"
		" (92, 'Nele Nuss', 'nele', 'nele@auental.example', 'invited', 1);"
		"INSERT INTO invitation (person_id, municipality_id, role, created_at, expires_at,"
		" revoked_at) VALUES (91, 2, 'member', 1, 1795165200 - 91 * 86400, NULL),"
		" (92, 2, 'member', 1, 1795165200 - 91 * 86400, 5),"
		" (92, 2, 'member', 1, 1795165200 - 89 * 86400, NULL);"
		"INSERT INTO audit (at, action, object, before, after) VALUES"
		" (1795165200, 'invitation.send', 'x', NULL, '{\"name\":\"Max Mohn\"}')");
	CHECK_INT(retention_apply(test_db, test_arena), OK);
	CHECK_STR(text_of("SELECT group_concat(name || '/' || email || '/' || status) FROM person"
			  " WHERE id > 90"),
		  S("ehemalige Person/geloescht-91@person.invalid/anonymised,"
		    "Nele Nuss/nele@auental.example/invited"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE after LIKE '%Mohn%'"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM erasure WHERE person_id = 91 AND by IS NULL"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'person.erase'"
			   " AND object = 'person/91'"),
		  1);
	/* A longer term keeps both. */
	run_sql("INSERT INTO retention (what, days, changed_by, changed_at) VALUES ('invitation', "
		"95, 5, 1)");
	clock_set(FIXTURE_NOW + 5 * DAY);
	CHECK_INT(retention_apply(test_db, test_arena), OK);
	CHECK_STR(text_of("SELECT status FROM person WHERE id = 92"), S("invited"));
	clock_set(FIXTURE_NOW + 7 * DAY);
	CHECK_INT(retention_apply(test_db, test_arena), OK);
	CHECK_STR(text_of("SELECT status FROM person WHERE id = 92"), S("anonymised"));
}

TEST(letters_inside_a_summary_that_was_given_up_go_with_it)
{
	fixtures();
	run_sql("INSERT INTO outbox (id, person_id, topic, subject, body, dedupe, created_at,"
		" not_before, given_up_at, digest_id) VALUES"
		" (901, 2, 'digest', 'Alt', 'Text', 'a', 1, 0, 1795165200 - 366 * 86400, NULL),"
		" (902, 2, 'vote', 'Innen', 'Text', 'b', 1, 0, NULL, 901),"
		" (903, 2, 'digest', 'Neu', 'Text', 'c', 1, 0, 1795165200 - 364 * 86400, NULL),"
		" (904, 2, 'vote', 'Innen', 'Text', 'd', 1, 0, NULL, 903)");
	CHECK_INT(retention_apply(test_db, test_arena), OK);
	CHECK_STR(text_of("SELECT group_concat(id || subject) FROM outbox WHERE id > 900"),
		  S("901(gelöscht),902(gelöscht),903Neu,904Innen"));
}

static void sleepers(void)
{
	CHECK_INT(people_sleep_due(&test_app, test_db, test_arena), OK);
}

#define BEN_IS                                                                                     \
	"SELECT status || '/' || asleep || '/' || coalesce(warned_on, '-') FROM person"            \
	" WHERE id = 2"

/* 2026-11-20 minus 150 days is 2026-06-23. */
TEST(who_was_not_here_is_warned_and_then_sleeps)
{
	fixtures();
	run_sql("UPDATE person SET last_seen_on = '2026-11-01';"
		"UPDATE person SET last_seen_on = '2026-06-24' WHERE id = 2");
	sleepers();
	CHECK_STR(text_of(BEN_IS), S("active/0/-"));
	clock_set(FIXTURE_NOW + DAY);
	sleepers();
	sleepers();
	CHECK_STR(text_of(BEN_IS), S("active/0/2026-11-21"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 2"
			   " AND body LIKE '%30 Tagen%'"),
		  1);
	clock_set(FIXTURE_NOW + 30 * DAY);
	sleepers();
	CHECK_STR(text_of(BEN_IS), S("active/0/2026-11-21"));
	clock_set(FIXTURE_NOW + 31 * DAY);
	sleepers();
	CHECK_STR(text_of(BEN_IS), S("suspended/1/2026-11-21"));
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 2"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 2"
			   " AND body LIKE '%Stadt Auental%' AND subject = 'Dein Konto ruht'"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE asleep = 1"), 1);
	/* The login says no more than for any wrong password. */
	struct answer a = post_as(NOBODY, "/anmelden",
				  FORM(FIELD("email", "ben@auental.example"),
				       FIELD("passwort", PASSWORD), FIELD("weiter", "/")));
	CHECK_INT(a.status, 422);
	CHECK(!shows(&a, "ruht"));
}

TEST(nobody_sleeps_without_a_warning_of_a_month_and_a_login_forgets_it)
{
	fixtures();
	run_sql("UPDATE person SET last_seen_on = '2025-01-01' WHERE id = 2");
	sleepers();
	CHECK_STR(text_of(BEN_IS), S("active/0/2026-11-20"));
	CHECK_INT(post_as(NOBODY, "/anmelden",
			  FORM(FIELD("email", "ben@auental.example"), FIELD("passwort", PASSWORD),
			       FIELD("weiter", "/")))
		      .status,
		  303);
	CHECK_STR(text_of(BEN_IS), S("active/0/-"));
}

/* Ben has an account from the command line; Anna is the last of the project office, Emil of the
 * installation. */
TEST(who_never_came_sleeps_too_but_not_the_last_of_a_kind)
{
	fixtures();
	run_sql("UPDATE person SET last_seen_on = NULL, created_at = 1795165200 - 149 * 86400;"
		"UPDATE person SET last_seen_on = '2026-11-20' WHERE id NOT IN (1, 2, 5)");
	sleepers();
	CHECK_STR(text_of(BEN_IS), S("active/0/-"));
	clock_set(FIXTURE_NOW + DAY);
	sleepers();
	CHECK_STR(text_of(BEN_IS), S("active/0/2026-11-21"));
	clock_set(FIXTURE_NOW + 31 * DAY);
	sleepers();
	CHECK_STR(text_of(BEN_IS), S("suspended/1/2026-11-21"));
	CHECK_STR(
	    text_of("SELECT group_concat(id || status || coalesce(warned_on, '-')) FROM person"
		    " WHERE id IN (1, 5)"),
	    S("1active2026-11-21,5active2026-11-21"));
	/* With a successor there she sleeps as well. */
	run_sql("INSERT INTO role_grant (person_id, role, since, granted_at) VALUES"
		" (11, 'pmo', '2026-01-01', 1)");
	sleepers();
	CHECK_STR(text_of("SELECT status FROM person WHERE id = 1"), S("suspended"));
	CHECK_STR(text_of("SELECT status FROM person WHERE id = 5"), S("active"));
}

#define WAKE "/personen/2/freigeben"
#define AWAKE "SELECT count(*) FROM person WHERE id = 2 AND status = 'active'"

static void asleep(void)
{
	fixtures();
	run_sql("UPDATE person SET status = 'suspended', asleep = 1, warned_on = '2026-01-01',"
		" last_seen_on = '2026-01-01' WHERE id = 2");
}

TEST(woken_on_the_command_line_an_account_stays_awake)
{
	asleep();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(account_reactivate(test_db, test_arena, BEN), OK);
	CHECK_INT(db_commit(test_db), OK);
	CHECK_STR(text_of(BEN_IS), S("active/0/-"));
	sleepers();
	CHECK_STR(text_of(BEN_IS), S("active/0/-"));
}

TEST(the_own_administrator_wakes_with_one_click)
{
	asleep();
	CHECK_INT(post_as(ANNA, WAKE, S("")).status, 403);
	CHECK_INT(post_as(GRETA, "/personen/3/freigeben", S("")).status, 403);
	check_refusals(GRETA, WAKE, S("x="), AWAKE);
	check_once(GRETA, WAKE, S(""), AWAKE);
	CHECK_STR(text_of(BEN_IS), S("active/0/-"));
	sleepers();
	CHECK_STR(text_of(BEN_IS), S("active/0/-"));
	asleep();
	check_failures(GRETA, WAKE, S(""), AWAKE);
}

TESTS_MAIN
