/* invitation_accept_test.c -- coming in by a letter's link. */
#include "people_world.h"

#define IN_AUENTAL "SELECT count(*) FROM membership WHERE municipality_id = 2 AND until IS NULL"

TEST(who_comes_by_the_link_chooses_a_password_and_is_in)
{
	fixtures();
	invite_max("lesen");
	const char *link = invitation_link();
	struct answer a = get_as(NOBODY, link);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Willkommen, Max Mohn") && shows(&a, "Greta Ginster lädt dich ein"));
	CHECK(shows(&a, "Stadt Auental") && shows(&a, "Nur lesen") && shows(&a, MAX_EMAIL));
	CHECK_INT(count_of(IN_AUENTAL), 2);
	a = post_as(NOBODY, link, password_twice(GOOD_PASSWORD));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/handbuch/gelesen?meldung=willkommen"));
	CHECK_INT(count_of(IN_AUENTAL), 3);
	CHECK_STR(
	    text_of("SELECT status || ' ' || (SELECT role || ' ' || since || ' ' || granted_by"
		    " FROM role_grant g WHERE g.person_id = p.id) FROM person p"
		    " WHERE email = '" MAX_EMAIL "'"),
	    S("active reader 2026-11-20 7"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'invitation.accept'"
			   " AND actor_id = (SELECT id FROM person WHERE email = '" MAX_EMAIL "')"
			   " AND municipality_id = 2"),
		  1);
	/* Logged in, and the password is right. */
	a = get_with(cookie_set(&a, "handschlag"), "/task-forces");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Max Mohn, Auental"));
	a = post_as(NOBODY, "/anmelden",
		    FORM(FIELD("email", MAX_EMAIL), FIELD("passwort", GOOD_PASSWORD)));
	CHECK_INT(a.status, 303);
}

TEST(a_link_opens_once)
{
	fixtures();
	invite_max("lesen");
	const char *link = invitation_link();
	CHECK_INT(post_as(NOBODY, link, password_twice(GOOD_PASSWORD)).status, 303);
	struct answer a = post_as(NOBODY, link, password_twice("anderer satz mit giraffen"));
	CHECK_INT(a.status, 410);
	CHECK(shows(&a, "schon angenommen"));
	CHECK_INT(get_as(NOBODY, link).status, 410);
	CHECK_INT(count_of(IN_AUENTAL), 3);
	a = post_as(
	    NOBODY, "/anmelden",
	    FORM(FIELD("email", MAX_EMAIL), FIELD("passwort", "anderer satz mit giraffen")));
	CHECK_INT(a.status, 422);
}

static void check_closed(const char *link)
{
	struct answer a = get_as(NOBODY, link);

	CHECK_INT(a.status, 404);
	CHECK(shows(&a, "Dieser Link gilt nicht mehr") && !shows(&a, "Max"));
	a = post_as(NOBODY, link, password_twice(GOOD_PASSWORD));
	CHECK_INT(a.status, 404);
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE status = 'active'"), PERSON_END - 1);
	CHECK_INT(count_of(IN_AUENTAL), 2);
}

TEST(what_has_expired_or_was_revoked_or_renewed_opens_nothing)
{
	fixtures();
	invite_max("lesen");
	const char *link = invitation_link();
	clock_set(FIXTURE_NOW + 14 * 86400);
	check_closed(link);

	fixtures();
	invite_max("lesen");
	link = invitation_link();
	CHECK_INT(post_as(GRETA, "/kommunen/auental/einladungen/1/zurueckziehen", S("")).status,
		  303);
	check_closed(link);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE cancelled_at IS NOT NULL"), 1);

	fixtures();
	invite_max("lesen");
	link = invitation_link();
	CHECK_INT(post_as(GRETA, "/kommunen/auental/einladungen/1/erneuern", S("")).status, 303);
	check_closed(link);
	CHECK_INT(post_as(NOBODY, invitation_link(), password_twice(GOOD_PASSWORD)).status, 303);

	fixtures();
	check_closed("/einladung/AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
}

TEST(a_bad_password_is_explained_and_changes_nothing)
{
	static const struct {
		const char *wanted, *again, *says;
	} bad[] = {
	    {"kurz", "kurz", "Nimm mindestens 12 Zeichen."},
	    {"max mohn auental", "max mohn auental", "leicht zu erraten"},
	    {GOOD_PASSWORD, "anders", "Beide Eingaben müssen gleich sein."},
	    {"", "", "Nimm mindestens 12 Zeichen."},
	};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		fixtures();
		invite_max("lesen");
		struct answer a =
		    post_as(NOBODY, invitation_link(),
			    FORM(FIELD_STR("passwort-neu", str_of(bad[i].wanted)),
				 FIELD_STR("passwort-wiederholt", str_of(bad[i].again))));
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, bad[i].says));
		CHECK(!shows(&a, GOOD_PASSWORD));
		CHECK_INT(count_of(IN_AUENTAL), 2);
	}
}

/* Mass assignment: nobody takes more than was given. */
TEST(fields_that_are_none_of_the_form_are_refused)
{
	static const char *const more[] = {"rolle=verwaltung", "role=pmo", "status=active",
					   "email=x%40y.example", "municipality_id=1"};

	for (size_t i = 0; i < sizeof more / sizeof more[0]; i++) {
		fixtures();
		invite_max("lesen");
		struct str form =
		    arena_fmt(test_arena, "%.*s&%s", ARG(password_twice(GOOD_PASSWORD)), more[i]);
		CHECK_INT(post_as(NOBODY, invitation_link(), form).status, 400);
		CHECK_INT(count_of(IN_AUENTAL), 2);
	}
}

TEST(each_role_begins_as_it_was_given)
{
	static const struct {
		const char *choice, *leads_to, *grants;
	} roles[] = {
	    {"lesen", "/handbuch/gelesen?meldung=willkommen", "reader-"},
	    {"mitwirken", "/handbuch/gelesen?meldung=willkommen", "reviewer-"},
	    {"mitarbeit", "/?meldung=willkommen-bald", "none"},
	    {"verwaltung", "/handbuch/gelesen?meldung=willkommen", "municipality2"},
	};

	for (size_t i = 0; i < sizeof roles / sizeof roles[0]; i++) {
		fixtures();
		CHECK_INT(invite_max(roles[i].choice).status, 303);
		struct answer a = post_as(NOBODY, invitation_link(), password_twice(GOOD_PASSWORD));
		CHECK_STR(a.location, str_of(roles[i].leads_to));
		CHECK_STR(text_of("SELECT coalesce((SELECT role || coalesce(municipality_id, '-')"
				  " FROM role_grant WHERE granted_by = 7), 'none')"),
			  str_of(roles[i].grants));
	}
}

TEST(an_administrator_sets_up_the_second_factor_first)
{
	fixtures();
	/* The others have one. */
	test_app.config.second_factor = true;
	run_sql("UPDATE person SET totp_secret = x'00'");
	CHECK_INT(invite_max("verwaltung").status, 303);
	struct answer a = post_as(NOBODY, invitation_link(), password_twice(GOOD_PASSWORD));
	CHECK_STR(a.location, S("/profil/zwei-schritte"));
	struct str session = cookie_set(&a, "handschlag");
	CHECK_STR(get_with(session, "/kommunen/auental").location, S("/profil/zwei-schritte"));
}

/* ---- An account that belongs nowhere ---- */

static struct answer invite_address(const char *email)
{
	return post_as(GRETA, "/kommunen/auental/einladungen",
		       invite_form("Irgendwer", email, "lesen"));
}

static const char *invite_dora(void)
{
	fixtures();
	run_sql("UPDATE membership SET until = '2026-11-20' WHERE person_id = 4;"
		"UPDATE role_grant SET ended_at = 5 WHERE person_id = 4");
	CHECK_INT(invite_address("dora@seefeld.example").status, 303);
	CHECK_STR(text_of("SELECT name FROM person WHERE id = 4"), S("Dora Distel"));
	return invitation_link();
}

TEST(somebody_who_changes_the_municipality_accepts_while_logged_in)
{
	const char *link = invite_dora();
	struct str body = text_of("SELECT body FROM outbox");

	CHECK(str_find(body, S("Du hast schon einen Zugang.")) < body.n);
	struct answer a = get_as(NOBODY, link);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Melde dich an und öffne danach den Link") && !shows(&a, "passwort-neu"));
	CHECK_INT(post_as(NOBODY, link, password_twice(GOOD_PASSWORD)).status, 403);
	a = get_as(BEN, link);
	CHECK(shows(&a, "Hier ist Ben Birke angemeldet") && !shows(&a, "Einladung annehmen"));
	CHECK_INT(post_as(BEN, link, S("")).status, 403);
	CHECK_INT(count_of(IN_AUENTAL), 2);
	run_sql("INSERT INTO session (token_hash, person_id, created_at, last_at, ends_at)"
		" VALUES (zeroblob(32), 4, 1795165200, 1795165200, 1795200000)");
	a = get_as(DORA, link);
	CHECK(shows(&a, "Einladung annehmen"));
	a = post_as(DORA, link, S(""));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/handbuch/gelesen?meldung=dabei"));
	/* The old sessions are over, the new one belongs to the new place. */
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 4"), 1);
	CHECK_STR(get_as(DORA, "/profil").location, S("/anmelden?weiter=%2Fprofil"));
	a = get_with(cookie_set(&a, "handschlag"), "/profil");
	CHECK(shows(&a, "Auental"));
	CHECK_STR(
	    text_of("SELECT group_concat(municipality_id || since || coalesce(until, ''), ' ')"
		    " FROM membership WHERE person_id = 4"),
	    S("42025-01-012026-11-20 22026-11-20"));
	/* The password is what it was. */
	CHECK_INT(post_as(NOBODY, "/anmelden",
			  FORM(FIELD("email", "dora@seefeld.example"), FIELD("passwort", PASSWORD)))
		      .status,
		  303);
}

TEST(a_suspended_account_is_not_opened_by_an_invitation)
{
	const char *link = invite_dora();

	run_sql("UPDATE person SET status = 'suspended' WHERE id = 4");
	CHECK_INT(get_as(NOBODY, link).status, 404);
	CHECK_INT(post_as(NOBODY, link, password_twice(GOOD_PASSWORD)).status, 404);
	run_sql("UPDATE invitation SET revoked_at = 5");
	struct answer a = invite_address("dora@seefeld.example");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Der Zugang zu dieser Adresse ist gesperrt."));
}

static struct answer accept(void)
{
	invite_max("lesen");
	return post_as(NOBODY, invitation_link(), password_twice(GOOD_PASSWORD));
}

TEST(every_database_failure_of_an_acceptance_leaves_nobody_in)
{
	for (int64_t n = 1;; n++) {
		fixtures();
		invite_max("lesen");
		if (!fails_to_set_password(invitation_link(), n))
			break;
		CHECK_INT(count_of(IN_AUENTAL), 2);
		CHECK_INT(count_of("SELECT count(*) FROM person WHERE status = 'invited'"), 1);
	}
	fixtures();
	CHECK_INT(accept().status, 303);
}

TESTS_MAIN
