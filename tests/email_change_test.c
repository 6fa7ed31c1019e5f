/* email_change_test.c -- a new address is confirmed from its own mailbox, and the old one is told.
 */
#include "people_world.h"

#define ASK "/profil/adresse"
#define NEW "ben.birke@auental.example"
#define BEN_HAS(email) "SELECT count(*) FROM person WHERE id = 2 AND email = '" email "'"
#define LETTER_TO(email) "SELECT count(*) FROM outbox WHERE email = '" email "'"
#define CHANGES "SELECT count(*) FROM email_change WHERE used_at IS NULL"

static struct str wanted(const char *email, const char *password)
{
	return FORM(FIELD_STR("email", str_of(email)), FIELD_STR("passwort", str_of(password)));
}

static const char *change_link(void)
{
	static const char sql[] = "UPDATE email_change SET token_hash = $1, expires_at = $2"
				  " WHERE id = (SELECT max(id) FROM email_change)";

	struct str token = bind_link(sql);
	return arena_cstr(test_arena, arena_fmt(test_arena, "/adresse/%.*s", ARG(token)));
}

TEST(asking_changes_nothing_and_tells_both_addresses)
{
	fixtures();
	struct answer a = get_as(BEN, "/profil");
	CHECK(shows(&a, "href=\"" ASK "\""));
	a = get_as(BEN, ASK);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "ben@auental.example"));
	a = post_as(BEN, ASK, wanted(" " NEW " ", PASSWORD));
	CHECK_STR(a.location, S("/profil?meldung=adresse-unterwegs"));
	CHECK_INT(count_of(BEN_HAS("ben@auental.example")), 1);
	CHECK_INT(count_of(LETTER_TO(NEW) " AND link = 'email_change' AND person_id = 2"), 1);
	CHECK_INT(count_of(LETTER_TO("ben@auental.example") " AND link = '' AND body LIKE"
							    " '%Warst du das nicht?%'"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'person.email_ask'"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM email_change WHERE token_hash IS NULL"
			   " AND asked_by = 2"),
		  1);
}

TEST(the_link_confirms_once_and_everybody_logs_in_anew)
{
	fixtures();
	run_sql("INSERT INTO password_reset (person_id, created_at) VALUES (2, 1795165200)");
	CHECK_INT(post_as(BEN, ASK, wanted(NEW, PASSWORD)).status, 303);
	const char *link = change_link();
	/* Programs that look at links in mail confirm nothing. */
	struct answer a = get_as(NOBODY, link);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, NEW));
	CHECK_INT(count_of(BEN_HAS(NEW)), 0);
	a = post_as(NOBODY, link, S(""));
	CHECK_STR(a.location, S("/anmelden?meldung=adresse-bestaetigt"));
	CHECK_INT(count_of(BEN_HAS(NEW)), 1);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 2"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM password_reset WHERE used_at IS NULL"), 0);
	CHECK_INT(count_of(LETTER_TO("ben@auental.example") " AND body LIKE '%ist geändert%'"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'person.email'"
			   " AND object = 'person/2'"),
		  1);
	CHECK_INT(get_as(NOBODY, link).status, 404);
	CHECK_INT(post_as(NOBODY, link, S("")).status, 404);
	CHECK_INT(
	    post_as(NOBODY, "/anmelden", FORM(FIELD("email", NEW), FIELD("passwort", PASSWORD)))
		.status,
	    303);
	/* Who is logged in here stays so, under a new token. */
	fixtures();
	CHECK_INT(post_as(BEN, ASK, wanted(NEW, PASSWORD)).status, 303);
	a = post_as(BEN, change_link(), S(""));
	CHECK_STR(a.location, S("/profil?meldung=adresse-geaendert"));
	CHECK_INT(get_with(cookie_set(&a, "handschlag"), "/task-forces").status, 200);
	CHECK_INT(get_as(BEN, "/task-forces").status, 303);
}

TEST(a_link_ends_with_its_day_with_a_newer_one_and_with_the_account)
{
	fixtures();
	CHECK_INT(post_as(BEN, ASK, wanted(NEW, PASSWORD)).status, 303);
	const char *first = change_link();
	CHECK_INT(get_as(NOBODY, first).status, 200);
	CHECK_INT(post_as(BEN, ASK, wanted("b.birke@auental.example", PASSWORD)).status, 303);
	CHECK_INT(get_as(NOBODY, first).status, 404);
	CHECK_INT(count_of(CHANGES), 1);
	const char *second = change_link();
	clock_set(FIXTURE_NOW + 3601);
	CHECK_INT(post_as(NOBODY, second, S("")).status, 404);
	clock_set(FIXTURE_NOW + 60);
	run_sql("UPDATE person SET status = 'suspended' WHERE id = 2");
	CHECK_INT(post_as(NOBODY, second, S("")).status, 404);
	run_sql("UPDATE person SET status = 'active' WHERE id = 2");
	CHECK_INT(post_as(NOBODY, second, S("")).status, 303);
}

TEST(enumeration_by_a_new_address)
{
	fixtures();
	struct answer fresh = post_as(BEN, ASK, wanted(NEW, PASSWORD));
	fixtures();
	struct answer taken = post_as(BEN, ASK, wanted("Anna@Lindheim.example", PASSWORD));
	CHECK_INT(taken.status, fresh.status);
	CHECK_STR(taken.location, S("/profil?meldung=adresse-unterwegs"));
	/* Its owner is told, without a link; the old address as ever. */
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE link <> ''"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 1"), 1);
	CHECK_INT(count_of(LETTER_TO("ben@auental.example")), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE body LIKE '%Ben%' AND person_id = 1"),
		  0);
}

TEST(never_two_accounts_with_one_address)
{
	fixtures();
	CHECK_INT(post_as(BEN, ASK, wanted(NEW, PASSWORD)).status, 303);
	const char *link = change_link();
	/* Meanwhile somebody else got it, in other letters. */
	run_sql("UPDATE person SET email = 'Ben.Birke@AUENTAL.example' WHERE id = 7");
	CHECK_INT(get_as(NOBODY, link).status, 404);
	CHECK_INT(post_as(NOBODY, link, S("")).status, 404);
	CHECK_INT(count_of(BEN_HAS("ben@auental.example")), 1);
}

TEST(every_mistake_in_a_new_address_is_named)
{
	fixtures();
	struct answer a = post_as(BEN, ASK, wanted("", PASSWORD));
	CHECK(a.status == 422 && shows(&a, "href=\"#email\""));
	a = post_as(BEN, ASK, wanted("kein.klammeraffe", PASSWORD));
	CHECK(a.status == 422 && shows(&a, "value=\"kein.klammeraffe\""));
	a = post_as(BEN, ASK, wanted("BEN@auental.example", PASSWORD));
	CHECK(a.status == 422 && shows(&a, "Das ist deine bisherige Adresse."));
	a = post_as(BEN, ASK, wanted(NEW, ""));
	CHECK(a.status == 422 && shows(&a, "href=\"#passwort\"") && shows(&a, "value=\"" NEW "\""));
	a = post_as(BEN, ASK, wanted(NEW, "falsch-falsch-falsch"));
	CHECK_INT(a.status, 422);
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM email_change"), 0);
	CHECK_INT(get_as(NOBODY, ASK).status, 303);
}

TEST(nobody_floods_mailboxes_with_it)
{
	fixtures();
	int status = 303;
	for (int i = 0; i < 8 && status == 303; i++)
		status = post_as(BEN, ASK,
				 wanted(arena_cstr(test_arena,
						   arena_fmt(test_arena, "b%d@x.example", i)),
					PASSWORD))
			     .status;
	CHECK_INT(status, 429);
}

/* ---- Corrected by the own administrator ---- */

static struct str details(const char *name, const char *email, const char *password)
{
	return FORM(FIELD("version", "1"), FIELD_STR("name", str_of(name)),
		    FIELD_STR("email", str_of(email)), FIELD_STR("passwort", str_of(password)));
}

TEST(the_own_administrator_corrects_a_name_at_once_and_an_address_by_letter)
{
#define DETAILS "/personen/2/angaben"
	fixtures();
	struct answer a = get_as(GRETA, "/personen/2");
	CHECK(shows(&a, "href=\"" DETAILS "\""));
	a = get_as(GRETA, DETAILS);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "value=\"Ben Birke\"") && shows(&a, "value=\"ben@auental.example\""));
	a = post_as(GRETA, DETAILS, details("Ben Bär", "ben@auental.example", PASSWORD));
	CHECK_STR(a.location, S("/personen/2?meldung=angaben-gespeichert"));
	CHECK_STR(text_of("SELECT name || sort_key || version FROM person WHERE id = 2"),
		  S("Ben Bärben bar2"));
	CHECK_INT(count_of("SELECT count(*) FROM email_change"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'person.edit'"
			   " AND actor_id = 7 AND after LIKE '%Bär%'"),
		  1);
	/* Ben reads of it. */
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 2"), 1);
	fixtures();
	a = post_as(GRETA, DETAILS, details("Ben Birke", NEW, PASSWORD));
	CHECK_STR(a.location, S("/personen/2?meldung=neue-adresse-unterwegs"));
	CHECK_INT(count_of(BEN_HAS("ben@auental.example")), 1);
	CHECK_INT(count_of(LETTER_TO(NEW) " AND link = 'email_change'"), 1);
	CHECK_INT(count_of(LETTER_TO("ben@auental.example") " AND body LIKE '%Greta Ginster%'"), 1);
	a = get_as(GRETA, "/personen/2");
	CHECK(shows(&a, "wird bestätigt") && shows(&a, NEW));
}

/* Capitals are no other address: nobody is told of a stranger, nothing waits for ever. */
TEST(the_same_address_in_capitals_is_no_new_one)
{
	fixtures();
	struct str email = text_of("SELECT upper(substr(email, 1, 1)) || substr(email, 2)"
				   " FROM person WHERE id = 2");
	struct str name = text_of("SELECT name FROM person WHERE id = 2");
	struct answer a =
	    post_as(GRETA, DETAILS,
		    details(arena_cstr(test_arena, name), arena_cstr(test_arena, email), PASSWORD));
	CHECK_STR(a.location, S("/personen/2?meldung=angaben-gespeichert"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM email_change"), 0);
}

TEST(what_an_administrator_may_not_correct)
{
	fixtures();
	CHECK_INT(get_as(GRETA, "/personen/1/angaben").status, 403);
	CHECK_INT(post_as(GRETA, "/personen/1/angaben", details("X", NEW, PASSWORD)).status, 403);
	CHECK_INT(get_as(GRETA, "/personen/7/angaben").status, 403); /* oneself: the profile */
	CHECK_INT(get_as(ANNA, DETAILS).status, 403);
	struct answer a = post_as(GRETA, DETAILS, details("", "x", PASSWORD));
	CHECK(a.status == 422 && shows(&a, "href=\"#name\"") && shows(&a, "href=\"#email\""));
	a = post_as(GRETA, DETAILS, details("Ben Bär", NEW, ""));
	CHECK(a.status == 422 && shows(&a, "value=\"Ben Bär\""));
	run_sql("UPDATE person SET version = 2 WHERE id = 2");
	CHECK_INT(post_as(GRETA, DETAILS, details("Ben Bär", NEW, PASSWORD)).status, 409);
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 0);
}

TEST(changing_an_address_stands_bad_requests_double_clicks_and_failures)
{
	struct str form = S("email=neu%40auental.example&passwort=" PASSWORD);

	fixtures();
	check_refusals(BEN, ASK, form, CHANGES);
	fixtures();
	check_once(BEN, ASK, form, CHANGES);
	fixtures();
	check_failures(BEN, ASK, form, CHANGES);
}

TESTS_MAIN
