/* four_eyes_test.c -- nobody changes somebody's address and resets the second factor, too. */
#include "people_world.h"

#define DETAILS "/personen/2/angaben"
#define FACTOR "/personen/2/zwei-schritte"
#define HAS_FACTOR "SELECT count(*) FROM person WHERE id = 2 AND totp_secret IS NOT NULL"
#define ASKED "SELECT count(*) FROM email_change"

/* Ben has a second factor; with `two`, Kim administers Auental beside Greta. */
static void world_of(bool two)
{
	fixtures();
	run_sql("UPDATE person SET totp_secret = x'00', totp_since = 1 WHERE id = 2");
	if (two)
		run_sql("UPDATE membership SET municipality_id = 2 WHERE person_id = 11;"
			"INSERT INTO role_grant (person_id, role, municipality_id, since,"
			" granted_at) VALUES (11, 'municipality', 2, '2026-01-01', 1)");
}

static struct str address(const char *email)
{
	int64_t version = count_of("SELECT version FROM person WHERE id = 2");

	return FORM(FIELD_STR("version", arena_fmt(test_arena, "%d", (int)version)),
		    FIELD("name", "Ben Birke"), FIELD_STR("email", str_of(email)),
		    FIELD("passwort", PASSWORD));
}
#define NEW address("b@auental.example")
#define PASS FORM(FIELD("passwort", PASSWORD))

TEST(who_entered_an_address_does_not_reset_the_factor)
{
	world_of(true);
	CHECK_INT(post_as(GRETA, DETAILS, NEW).status, 303);
	struct answer a = get_as(GRETA, FACTOR);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Das macht eine zweite Person.") && shows(&a, "Kim Kiefer"));
	CHECK(!shows(&a, "id=\"passwort\"") && !shows(&a, "Emil Erle"));
	a = post_as(GRETA, FACTOR, PASS);
	CHECK(a.status == 409 && shows(&a, "Kim Kiefer"));
	CHECK_INT(count_of(HAS_FACTOR), 1);
	CHECK_INT(post_as(KIM, FACTOR, PASS).status, 303);
	CHECK_INT(count_of(HAS_FACTOR), 0);
}

TEST(who_reset_the_factor_enters_no_address)
{
	world_of(true);
	CHECK_INT(post_as(GRETA, FACTOR, PASS).status, 303);
	struct answer a = get_as(GRETA, DETAILS);
	CHECK(shows(&a, "Das macht eine zweite Person.") && shows(&a, "Kim Kiefer"));
	a = post_as(GRETA, DETAILS, NEW);
	CHECK(a.status == 422 && shows(&a, "href=\"#email\"") && shows(&a, "b@auental.example"));
	CHECK_INT(count_of(ASKED), 0);
	/* The name alone is no matter. */
	CHECK_INT(post_as(GRETA, DETAILS, address("ben@auental.example")).status, 303);
	CHECK_INT(post_as(KIM, DETAILS, NEW).status, 303);
}

TEST(after_thirty_days_one_person_may_do_both)
{
	world_of(true);
	CHECK_INT(post_as(GRETA, DETAILS, NEW).status, 303);
	clock_set(FIXTURE_NOW + 30 * 86400 - 1);
	run_sql("UPDATE session SET ends_at = 2000000000, last_at = 1797757199");
	CHECK_INT(post_as(GRETA, FACTOR, PASS).status, 409);
	clock_set(FIXTURE_NOW + 30 * 86400);
	CHECK_INT(post_as(GRETA, FACTOR, PASS).status, 303);
}

TEST(where_nobody_else_administers_the_technical_administration_does_it)
{
	world_of(false);
	/* While Greta can, it is her business alone. */
	CHECK_INT(get_as(EMIL, FACTOR).status, 403);
	CHECK_INT(post_as(EMIL, DETAILS, NEW).status, 403);
	struct answer a = get_as(EMIL, "/kommunen/auental");
	CHECK(!shows(&a, FACTOR));
	CHECK_INT(post_as(GRETA, DETAILS, NEW).status, 303);
	a = get_as(GRETA, FACTOR);
	CHECK(shows(&a, "Emil Erle") && shows(&a, "technischen Verwaltung"));
	CHECK(shows(&a, "weil eure Personenverwaltung") && shows(&a, "der Seite eurer Kommune"));
	a = get_as(EMIL, "/kommunen/auental");
	CHECK(shows(&a, FACTOR) && !shows(&a, DETAILS));
	CHECK_INT(get_as(EMIL, DETAILS).status, 403);
	CHECK_INT(get_as(EMIL, FACTOR).status, 200);
	a = post_as(EMIL, FACTOR, PASS);
	CHECK_STR(a.location, S("/kommunen/auental?meldung=zwei-schritte-zurueckgesetzt"));
	CHECK_INT(count_of(HAS_FACTOR), 0);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'second_factor.reset'"
			   " AND actor_id = 5 AND object = 'person/2'"),
		  1);
	/* Nor may he do both. */
	run_sql("UPDATE person SET status = 'suspended' WHERE id = 7");
	a = post_as(EMIL, DETAILS, address("x@auental.example"));
	CHECK(a.status == 422 && shows(&a, "Gerade kann das niemand sonst."));
	/* It is not his municipality that he reads about. */
	CHECK(shows(&a, "Personenverwaltung von Stadt Auental") &&
	      !shows(&a, "eure Personenverwaltung"));
	CHECK(!shows(&a, "Bestimme eine weitere Personenverwaltung"));
}

TEST(who_only_helps_out_names_nobody)
{
	fixtures();
	run_sql("UPDATE person SET status = 'suspended' WHERE id = 7;"
		"UPDATE person SET name = 'Rolf Rauch' WHERE id = 2");
	struct answer a = get_as(EMIL, DETAILS);
	CHECK(a.status == 200 && shows(&a, "id=\"email\"") && !shows(&a, "id=\"name\""));
	CHECK_INT(post_as(EMIL, DETAILS, NEW).status, 303);
	CHECK_STR(text_of("SELECT name FROM person WHERE id = 2"), S("Rolf Rauch"));
	CHECK_INT(count_of(ASKED), 1);
}

TEST(the_only_administrator_who_lost_the_phone_is_helped)
{
	fixtures();
	run_sql("UPDATE person SET totp_secret = x'00', totp_since = 1 WHERE id = 7");
	CHECK_INT(get_as(GRETA, "/personen/7/zwei-schritte").status, 403);
	CHECK_INT(get_as(IVO, "/personen/7/zwei-schritte").status, 403);
	CHECK_INT(post_as(EMIL, "/personen/7/zwei-schritte", PASS).status, 303);
}

TEST(the_old_address_is_told_of_each)
{
	static const char link_sql[] = "UPDATE email_change SET token_hash = $1, expires_at = $2"
				       " WHERE id = (SELECT max(id) FROM email_change)";
#define TO_OLD(what)                                                                               \
	"SELECT count(*) FROM outbox WHERE email = 'ben@auental.example' AND body LIKE '%" what "%'"

	world_of(true);
	CHECK_INT(post_as(GRETA, DETAILS, NEW).status, 303);
	CHECK_INT(count_of(TO_OLD("Greta Ginster")), 1);
	struct str token = bind_link(link_sql);
	const char *link =
	    arena_cstr(test_arena, arena_fmt(test_arena, "/adresse/%.*s", ARG(token)));
	CHECK_INT(post_as(NOBODY, link, S("")).status, 303);
	CHECK_INT(count_of(TO_OLD("ist geändert")), 1);
	CHECK_INT(post_as(KIM, FACTOR, PASS).status, 303);
	CHECK_INT(count_of(TO_OLD("in zwei Schritten zurückgesetzt")), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 2 AND email = ''"
			   " AND body LIKE '%in zwei Schritten zurückgesetzt%'"),
		  1);
	run_sql("INSERT INTO password_reset (person_id, created_at) VALUES (2, 1795165200)");
	CHECK_INT(post_as(NOBODY, reset_link(), password_twice(GOOD_PASSWORD)).status, 303);
	CHECK_INT(count_of(TO_OLD("Passwort für Handschlag wurde geändert")), 1);
	/* A month later it is an address like any other. */
	run_sql("UPDATE email_change SET used_at = used_at - 31 * 86400;"
		"INSERT INTO password_reset (person_id, created_at) VALUES (2, 1795165200)");
	clock_set(FIXTURE_NOW + 60);
	CHECK_INT(post_as(NOBODY, reset_link(), password_twice("nebel zwirn ofen gurke")).status,
		  303);
	CHECK_INT(count_of(TO_OLD("Passwort für Handschlag wurde geändert")), 1);
}

TESTS_MAIN
