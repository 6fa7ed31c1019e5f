/* invitation_test.c -- asking somebody in. */
#include "people_world.h"

#include "features/people/invitation.h"

#define INVITATIONS "SELECT count(*) FROM invitation"
#define IN_AUENTAL "SELECT count(*) FROM membership WHERE municipality_id = 2 AND until IS NULL"

TEST(an_invitation_makes_a_letter_and_nobody_yet)
{
	fixtures();
	struct answer a = invite_max("lesen");
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/kommunen/auental?meldung=eingeladen-wartet"));
	CHECK_STR(
	    text_of("SELECT p.name || ' ' || p.status || ' ' || i.role || ' ' ||"
		    " i.municipality_id || ' ' || i.invited_by || ' ' || length(p.password_hash)"
		    " FROM invitation i JOIN person p ON p.id = i.person_id"),
	    S("Max Mohn invited reader 2 7 0"));
	CHECK_INT(count_of("SELECT expires_at - created_at FROM invitation"), 14 * 86400);
	CHECK_INT(count_of(IN_AUENTAL), 2);
	CHECK_STR(text_of("SELECT link || ' ' || link_id || ' ' || topic FROM outbox"),
		  S("invitation 1 invitation"));
	struct str body = text_of("SELECT body FROM outbox");
	CHECK(str_find(body, S("\n{LINK}\n")) < body.n);
	CHECK(str_find(body, S("Greta Ginster lädt dich ein, für Stadt Auental")) < body.n);
	CHECK(str_find(body, S("Deine Rolle: Nur lesen")) < body.n);
	CHECK(str_find(body, S("4. Dezember 2026")) < body.n ||
	      str_find(body, S("4.\u00a0Dezember 2026")) < body.n);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'invitation.create'"
			   " AND actor_id = 7 AND after LIKE '%max.mohn%'"),
		  1);
	a = get_as(GRETA, "/kommunen/auental");
	CHECK(shows(&a, "Max Mohn") && shows(&a, MAX_EMAIL) && shows(&a, "E-Mail wartet"));
	CHECK(shows(&a, "Es ist kein Mailversand eingerichtet."));
	test_app.config.smtp = S("smtp://127.0.0.1:25");
	a = get_as(GRETA, "/kommunen/auental");
	CHECK(!shows(&a, "Es ist kein Mailversand eingerichtet."));
	a = post_as(GRETA, "/kommunen/auental/einladungen",
		    invite_form("Mia", "mia@auental.example", "lesen"));
	CHECK_STR(a.location, S("/kommunen/auental?meldung=eingeladen"));
}

TEST(who_has_left_takes_nobody_in)
{
	fixtures();
	CHECK_INT(invite_max("lesen").status, 303);
	const char *link = invitation_link();
	CHECK_INT(get_as(NOBODY, link).status, 200);
	run_sql("UPDATE municipality SET left_on = '2026-11-19' WHERE id = 2");
	struct answer a = get_as(NOBODY, link);
	CHECK(!shows(&a, "id=\"passwort\""));
	CHECK_INT(invite_max("lesen").status, 409);
	CHECK_INT(post_as(GRETA, "/kommunen/auental/einladungen/1/erneuern", S("")).status, 409);
}

/* Neither the page nor the database says the link to anybody. */
TEST(the_inviter_never_sees_the_link)
{
	fixtures();
	CHECK_INT(invite_max("lesen").status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM invitation WHERE token_hash IS NOT NULL"), 0);
	struct answer a = get_as(GRETA, "/kommunen/auental");
	CHECK(!shows(&a, "/einladung/"));
	const char *link = invitation_link();
	a = get_as(GRETA, "/kommunen/auental");
	CHECK(!shows(&a, link) && !shows(&a, "/einladung/") && shows(&a, "eingeladen"));
}

TEST(renewing_counts_the_days_anew_and_writes_a_second_letter)
{
	fixtures();
	invite_max("lesen");
	run_sql("UPDATE outbox SET sent_at = 1795165300");
	clock_set(FIXTURE_NOW + 20 * 86400);
	run_sql("UPDATE session SET last_at = last_at + 1728000, ends_at = ends_at + 1728000");
	struct answer a = get_as(GRETA, "/kommunen/auental");
	CHECK(shows(&a, "abgelaufen") && shows(&a, "galt bis"));
	a = post_as(GRETA, "/kommunen/auental/einladungen/1/erneuern", S(""));
	CHECK_STR(a.location, S("/kommunen/auental?meldung=neu-verschickt"));
	CHECK_INT(count_of("SELECT expires_at FROM invitation"), FIXTURE_NOW + 34 * 86400);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE sent_at IS NULL AND link_id = 1"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'invitation.renew'"), 1);
	/* What was accepted or revoked is no longer there to be renewed. */
	run_sql("UPDATE invitation SET revoked_at = 5");
	CHECK_INT(post_as(GRETA, "/kommunen/auental/einladungen/1/erneuern", S("")).status, 404);
	CHECK_INT(post_as(GRETA, "/kommunen/auental/einladungen/1/zurueckziehen", S("")).status,
		  404);
}

/* ---- Who may ---- */

TEST(an_administrator_role_is_given_with_a_fresh_password_alone)
{
	fixtures();
	struct answer a = post_as(GRETA, "/kommunen/auental/einladungen",
				  invite_form("Max Mohn", MAX_EMAIL, "verwaltung"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Gib dein Passwort an.") && shows(&a, "value=\"Max Mohn\""));
	CHECK(shows(&a, "value=\"verwaltung\" checked"));
	a = post_as(GRETA, "/kommunen/auental/einladungen",
		    FORM(FIELD("name", "Max Mohn"), FIELD("email", MAX_EMAIL),
			 FIELD("rolle", "verwaltung"), FIELD("passwort", "falsch falsch")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Das Passwort stimmt nicht."));
	CHECK_INT(count_of(INVITATIONS), 0);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'password_failed'"), 1);
}

TEST(nobody_invites_for_another_municipality)
{
	static const char *const targets[] = {"/kommunen/lindheim/einladungen",
					      "/kommunen/lindheim/einladungen/1/erneuern",
					      "/kommunen/lindheim/einladungen/1/zurueckziehen"};

	fixtures();
	for (size_t i = 0; i < 3; i++)
		CHECK_INT(
		    post_as(GRETA, targets[i], invite_form("X", "x@y.example", "lesen")).status,
		    403);
	/* An invitation of Lindheim is not reached by Auental's address either. */
	run_sql(
	    "INSERT INTO person (id, name, sort_key, email, status, created_at)"
	    " VALUES (50, 'Lea', 'lea', 'lea@lindheim.example', 'invited', 1);"
	    "INSERT INTO invitation (id, person_id, municipality_id, role, created_at, expires_at)"
	    " VALUES (9, 50, 1, 'reader', 1, 1800000000)");
	CHECK_INT(post_as(GRETA, "/kommunen/auental/einladungen/9/erneuern", S("")).status, 404);
	CHECK_INT(post_as(GRETA, "/kommunen/auental/einladungen/9/zurueckziehen", S("")).status,
		  404);
	CHECK_INT(count_of("SELECT count(*) FROM invitation WHERE version = 1"), 1);
}

/* The seat of the role counts, not where somebody works now. */
TEST(an_administrator_who_moved_looks_after_the_old_place_no_more_than_the_new_one)
{
	fixtures();
	run_sql("UPDATE membership SET municipality_id = 1 WHERE person_id = 7;"
		"UPDATE role_grant SET ended_at = 5 WHERE person_id = 7");
	CHECK_INT(invite_max("lesen").status, 403);
	CHECK_INT(post_as(GRETA, "/kommunen/lindheim/einladungen",
			  invite_form("X", "x@lindheim.example", "lesen"))
		      .status,
		  403);
	run_sql("INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
		" VALUES (7, 'municipality', 1, '2026-01-01', 1)");
	CHECK_INT(invite_max("lesen").status, 403);
	CHECK_INT(post_as(GRETA, "/kommunen/lindheim/einladungen",
			  invite_form("X", "x@lindheim.example", "lesen"))
		      .status,
		  303);
}

/* ---- Addresses ---- */

static struct answer invite(const char *name, const char *email)
{
	return post_as(GRETA, "/kommunen/auental/einladungen", invite_form(name, email, "lesen"));
}

TEST(mistakes_are_named_and_nothing_typed_is_lost)
{
	static const struct {
		const char *name, *email, *says;
	} bad[] = {
	    {"", MAX_EMAIL, "Gib den Namen der Person an."},
	    {"Max", "", "Gib die dienstliche E-Mail-Adresse an."},
	    {"Max", "max.auental.example", "Gib eine vollständige E-Mail-Adresse an"},
	    {"Max", "max@@auental.example", "Gib eine vollständige E-Mail-Adresse an"},
	    {"Max", "max mohn@auental.example", "Gib eine vollständige E-Mail-Adresse an"},
	    {"Max", "max@gmx.de", "Das ist ein privater Anbieter."},
	    {"Max", "max@mail.WEB.de", "Das ist ein privater Anbieter."},
	    {"Max", "ben@auental.example", "Diese Person hat schon einen Zugang bei euch."},
	    {"Max", "BEN@Auental.example", "Diese Person hat schon einen Zugang bei euch."},
	    {"Max", "anna@lindheim.example", "einen Zugang in einer anderen Kommune"},
	};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		fixtures();
		struct answer a = invite(bad[i].name, bad[i].email);
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, bad[i].says));
		CHECK(bad[i].email[0] == '\0' || shows(&a, bad[i].email));
		/* Not more of others than their names: here not even that. */
		CHECK(!shows(&a, "Anna") && !shows(&a, "Lindheim</"));
		CHECK_INT(count_of(INVITATIONS), 0);
		CHECK_INT(count_of("SELECT count(*) FROM person"), PERSON_END - 1);
	}
	fixtures();
	struct answer a = post_as(GRETA, "/kommunen/auental/einladungen",
				  invite_form("Max", MAX_EMAIL, "kaiser"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Wähle eine der Möglichkeiten."));
}

TEST(an_unusual_address_can_be_confirmed)
{
	fixtures();
	struct answer a = invite("Max", "max@gmx.de");
	CHECK(shows(&a, "Trotzdem einladen."));
	a = post_as(GRETA, "/kommunen/auental/einladungen",
		    FORM(FIELD("name", "Max"), FIELD("email", "max@gmx.de"),
			 FIELD("rolle", "lesen"), FIELD("passwort", ""), FIELD("trotzdem", "ja")));
	CHECK_INT(a.status, 303);
	fixtures();
	run_sql("UPDATE municipality SET email_domains = 'auental.example stadt-auental.example'");
	a = invite("Max", "max@auenthal.example");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Diese Adresse gehört nicht zu euren Adressen."));
	CHECK_INT(invite("Max", "max@it.Stadt-Auental.example").status, 303);
	CHECK_INT(invite("Mia", "mia@xauental.example").status, 422);
}

TEST(who_is_invited_is_not_invited_twice)
{
	fixtures();
	CHECK_INT(invite_max("lesen").status, 303);
	struct answer a = invite("Max", MAX_EMAIL);
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Diese Adresse ist schon eingeladen."));
	/* By another municipality: only while that one stands. */
	run_sql("UPDATE invitation SET municipality_id = 1");
	a = invite("Max", MAX_EMAIL);
	CHECK(shows(&a, "hat gerade eine andere Kommune eingeladen"));
	run_sql("UPDATE invitation SET expires_at = 5");
	CHECK_INT(invite("Maximilian Mohn", MAX_EMAIL).status, 303);
	CHECK_STR(text_of("SELECT group_concat(municipality_id || (revoked_at IS NULL), ' ')"
			  " FROM invitation"),
		  S("10 21"));
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE email = '" MAX_EMAIL "'"), 1);
	CHECK_STR(text_of("SELECT name FROM person WHERE email = '" MAX_EMAIL "'"),
		  S("Maximilian Mohn"));
	/* A revoked one leaves the address free. */
	run_sql("UPDATE invitation SET revoked_at = 6");
	CHECK_INT(invite("Max", MAX_EMAIL).status, 303);
}

/* ---- What every form must stand ---- */

static struct str max_form(void)
{
	return invite_form("Max Mohn", MAX_EMAIL, "lesen");
}

TEST(inviting_stands_what_every_form_must)
{
	fixtures();
	check_refusals(GRETA, "/kommunen/auental/einladungen", max_form(), INVITATIONS);
	check_once(GRETA, "/kommunen/auental/einladungen", max_form(), INVITATIONS);
	fixtures();
	check_failures(GRETA, "/kommunen/auental/einladungen", max_form(), INVITATIONS);
}

TEST(renewing_and_revoking_stand_what_every_form_must)
{
	static const char *const acts[] = {"/kommunen/auental/einladungen/1/erneuern",
					   "/kommunen/auental/einladungen/1/zurueckziehen"};
	static const char rows[] = "SELECT version + 1000 * count(revoked_at) FROM invitation";

	for (size_t i = 0; i < 2; i++) {
		fixtures();
		invite_max("lesen");
		check_refusals(GRETA, acts[i], S("a=1"), rows);
		check_once(GRETA, acts[i], S(""), rows);
		fixtures();
		invite_max("lesen");
		check_failures(GRETA, acts[i], S(""), rows);
	}
}

TEST(a_consumer_domain_is_known_also_below_it)
{
	CHECK_INT(email_doubt(S("a@gmx.de"), S("")), M_EMAIL_PRIVATE);
	CHECK_INT(email_doubt(S("a@Gmail.com"), S("gmail.com")), M_EMAIL_PRIVATE);
	CHECK_INT(email_doubt(S("a@x.web.de"), S("")), M_EMAIL_PRIVATE);
	CHECK_INT(email_doubt(S("a@xweb.de"), S("")), M_NONE);
	CHECK_INT(email_doubt(S("a@stadt.example"), S("")), M_NONE);
	CHECK_INT(email_doubt(S("a@stadt.example"), S("ort.example stadt.example")), M_NONE);
	CHECK_INT(email_doubt(S("a@b.stadt.example"), S("stadt.example")), M_NONE);
	CHECK_INT(email_doubt(S("a@stadt.example.evil"), S("stadt.example")), M_EMAIL_FOREIGN);
}

TESTS_MAIN
