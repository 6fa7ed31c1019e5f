/* profile_test.c -- the page about oneself: words, password, devices. */
#include "fixtures.h"

#include "features/people/device.h"

#define NEW_PASSWORD "vierzehn lila Giraffen"

static struct str profile(const char *name, const char *pronouns, const char *theme)
{
	return form_of((struct test_field[]){{S("name"), str_of(name)},
					     {S("pronomen"), str_of(pronouns)},
					     {S("darstellung"), str_of(theme)}},
		       3);
}

TEST(the_profile_shows_who_you_are_and_what_you_may)
{
	fixtures();
	struct answer a = get_as(BEN, "/profil");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "ben@auental.example") && shows(&a, "Auental"));
	CHECK(shows(&a, "/task-forces/dateninventur") && shows(&a, "(Leitung)"));
	CHECK(shows(&a, "nicht eingerichtet") && shows(&a, "(dieses Gerät)"));
	a = get_as(ANNA, "/profil");
	CHECK(shows(&a, "<dd>Projektbüro</dd>"));
	a = get_as(EMIL, "/profil");
	CHECK(shows(&a, "<dd>Technische Verwaltung</dd>") && !shows(&a, "<dt>Kommune</dt>"));
}

TEST(name_pronouns_and_theme_are_saved_and_mistakes_named)
{
	fixtures();
	struct answer a = post_as(BEN, "/profil", profile("Ben Baum", "er", "dunkel"));
	CHECK_INT(a.status, 303);
	CHECK_STR(
	    text_of("SELECT name || '/' || pronouns || '/' || theme FROM person WHERE id = 2"),
	    S("Ben Baum/er/dark"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'person.edit'"
			   " AND after LIKE '%Ben Baum%' AND before IS NOT NULL"),
		  1);
	a = get_as(BEN, "/profil");
	CHECK(shows(&a, "data-kern-theme=\"dark\""));
	a = post_as(BEN, "/profil", profile("", "sie", "lila"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Gib deinen Namen an.") && shows(&a, "value=\"sie\""));
	/* Mass assignment: what is no field of the form undoes everything. */
	a = post_as(BEN, "/profil",
		    FORM(FIELD("name", "X"), FIELD("pronomen", ""), FIELD("darstellung", "hell"),
			 FIELD("status", "active"), FIELD("role", "pmo")));
	CHECK_INT(a.status, 400);
	CHECK_STR(text_of("SELECT name FROM person WHERE id = 2"), S("Ben Baum"));
	check_once(BEN, "/profil", profile("Ben B.", "", "hell"),
		   "SELECT count(*) FROM audit WHERE action = 'person.edit'");
	check_refusals(BEN, "/profil", profile("Ben C.", "", "hell"),
		       "SELECT count(*) FROM audit WHERE action = 'person.edit'");
	check_failures(BEN, "/profil", profile("Ben D.", "", "hell"),
		       "SELECT count(*) FROM audit WHERE action = 'person.edit'");
}

/* Who takes another name tells those who look after the accounts. */
TEST(a_new_name_is_told_and_nobody_takes_that_of_a_colleague)
{
	fixtures();
	struct answer a = post_as(BEN, "/profil", profile("greta  ginster", "er", "hell"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "So heißt schon jemand aus deiner Kommune."));
	/* A blank that does not break, one without width, a hyphen that is not seen. */
	static const char *const look_alike[] = {"Greta\u00a0Ginster", "Greta\u200b Ginster",
						 "Gre\u00adta Ginster", "Greta Ginster\u2060"};
	for (size_t i = 0; i < sizeof look_alike / sizeof look_alike[0]; i++)
		CHECK_INT(post_as(BEN, "/profil", profile(look_alike[i], "er", "hell")).status,
			  422);
	CHECK(shows(&a, "value=\"greta"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 0);
	/* That of another municipality may be a matter of chance. */
	CHECK_INT(post_as(BEN, "/profil", profile("Cem Çınar", "er", "hell")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 1);
	CHECK_STR(text_of("SELECT person_id || topic FROM outbox"), S("7account"));
	struct str body = text_of("SELECT body FROM outbox");
	CHECK(str_find(body, S("Ben Birke")) < body.n && str_find(body, S("Cem Çınar")) < body.n);
	/* The same name again, or a new theme alone, is no news. */
	CHECK_INT(post_as(BEN, "/profil", profile("Cem Çınar", "", "dunkel")).status, 303);
	CHECK_INT(post_as(GRETA, "/profil", profile("Greta Gans", "", "dunkel")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 1);
}

static struct str change(const char *old, const char *wanted, const char *again)
{
	return form_of((struct test_field[]){{S("passwort"), str_of(old)},
					     {S("passwort-neu"), str_of(wanted)},
					     {S("passwort-wiederholt"), str_of(again)}},
		       3);
}

TEST(a_new_password_ends_all_other_sessions)
{
	fixtures();
	run_sql("INSERT INTO session (token_hash, person_id, created_at, last_at, ends_at)"
		" VALUES (zeroblob(32), 2, 1795165200, 1795165200, 1795200000)");
	struct answer a =
	    post_as(BEN, "/profil/passwort", change(PASSWORD, NEW_PASSWORD, NEW_PASSWORD));
	CHECK_INT(a.status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 2"), 1);
	/* The own session goes on under a new token. */
	CHECK_STR(get_as(BEN, "/profil").location, S("/anmelden?weiter=%2Fprofil"));
	CHECK_INT(cookie_set(&a, "handschlag").n, SECRET_TOKEN_CHARS);
	CHECK_INT(count_of("SELECT password_set_at = 1795165200 FROM person WHERE id = 2"), 1);
	CHECK_STR(text_of("SELECT subject FROM outbox WHERE person_id = 2"),
		  S("Dein Passwort ist geändert"));
	a = post_as(NOBODY, "/anmelden",
		    FORM(FIELD("email", "ben@auental.example"), FIELD("passwort", NEW_PASSWORD),
			 FIELD("weiter", "/")));
	CHECK_INT(a.status, 303);
}

TEST(a_password_is_changed_only_with_the_old_one_and_to_a_good_one)
{
	static const struct {
		const char *old, *wanted, *again, *says;
	} bad[] = {
	    {"falsch-falsch", NEW_PASSWORD, NEW_PASSWORD, "Das Passwort stimmt nicht."},
	    {"", NEW_PASSWORD, NEW_PASSWORD, "Gib dein Passwort an."},
	    {PASSWORD, "zu kurz", "zu kurz", "Nimm mindestens 12 Zeichen."},
	    {PASSWORD, NEW_PASSWORD, "anders", "Beide Eingaben müssen gleich sein."},
	    {PASSWORD, PASSWORD, PASSWORD, "Das ist dein bisheriges Passwort."},
	};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		fixtures();
		struct answer a = post_as(BEN, "/profil/passwort",
					  change(bad[i].old, bad[i].wanted, bad[i].again));
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, bad[i].says));
		CHECK(!shows(&a, NEW_PASSWORD));
		CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'password.change'"),
			  0);
	}
}

static struct answer changes_password(void)
{
	return post_as(BEN, "/profil/passwort", change(PASSWORD, NEW_PASSWORD, NEW_PASSWORD));
}

TEST(every_database_failure_of_a_new_password_leaves_the_old_one)
{
	every_failure_leaves_nothing(changes_password,
				     "SELECT count(*) FROM audit WHERE action = 'password.change'");
}

/* The handle that the page offers for the other device. */
static const char *end_address(int64_t person)
{
	struct answer a = get_as(person, "/profil");
	size_t at = str_find(a.body, S("/profil/geraete/0"));

	CHECK(at < a.body.n);
	struct str path = str_from(a.body, at);
	return arena_cstr(test_arena, str_head(path, str_find_char(path, '"')));
}

TEST(one_device_or_all_others_are_logged_out)
{
	fixtures();
	run_sql("INSERT INTO session (token_hash, person_id, created_at, last_at, ends_at, device)"
		" VALUES (zeroblob(32), 2, 1795165200, 1795165200, 1795200000,"
		" 'Mozilla/5.0 (iPhone; CPU iPhone OS 17_0 like Mac OS X) Safari/604.1')");
	struct answer a = get_as(BEN, "/profil");
	CHECK(shows(&a, "Safari auf dem iPhone") && shows(&a, "Alle anderen Geräte abmelden"));
	const char *target = end_address(BEN);
	/* Somebody else's device is none of mine. */
	CHECK_INT(post_as(CEM, target, S("")).status, 404);
	CHECK_INT(post_as(BEN, target, S("")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 2"), 1);
	CHECK_INT(post_as(BEN, target, S("")).status, 404);
	run_sql("INSERT INTO session (token_hash, person_id, created_at, last_at, ends_at)"
		" VALUES (zeroblob(32), 2, 1795165200, 1795165200, 1795200000)");
	CHECK_INT(post_as(BEN, "/profil/geraete/abmelden", S("")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM session WHERE person_id = 2"), 1);
	CHECK_INT(get_as(BEN, "/profil").status, 200);
}

TEST(devices_have_names_that_people_know)
{
	fixtures();
	static const struct {
		const char *agent, *name;
	} known[] = {
	    {"Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0",
	     "Firefox unter Linux"},
	    {"Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) "
	     "Chrome/130.0 Safari/537.36 Edg/130.0",
	     "Edge unter Windows"},
	    {"Mozilla/5.0 (Linux; Android 14) AppleWebKit/537.36 Chrome/130.0 Safari/537.36",
	     "Chrome unter Android"},
	    {"curl/8.0", "unbekanntes Gerät"},
	    {"", "unbekanntes Gerät"},
	};

	for (size_t i = 0; i < sizeof known / sizeof known[0]; i++)
		CHECK_STR(device_name(test_arena, str_of(known[i].agent)), str_of(known[i].name));
}

TESTS_MAIN
