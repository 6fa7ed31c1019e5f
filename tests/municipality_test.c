/* municipality_test.c -- who sees and changes what of municipalities; a new one comes in. */
#include "people_world.h"

#define MUNICIPALITIES "SELECT count(*) FROM municipality"

TEST(everybody_in_the_project_sees_all_municipalities)
{
	static const int64_t in[] = {ANNA, BEN, CEM, DORA, EMIL, GRETA, HEIDI, IVO, JULE, KIM};

	fixtures();
	for (size_t i = 0; i < sizeof in / sizeof in[0]; i++) {
		struct answer a = get_as(in[i], "/kommunen");
		CHECK_INT(a.status, 200);
		CHECK(shows(&a, "Stadt Lindheim") && shows(&a, "Landesförderbank"));
		CHECK(shows(&a, "data-label=\"Personen&shy;verwaltung\">Greta Ginster<"));
		CHECK(shows(&a, "href=\"/kommunen\" aria-current=\"page\""));
		CHECK(shows(&a, "href=\"/kommunen/neu\"") == (in[i] == EMIL));
	}
	CHECK_INT(get_as(FINN, "/kommunen").status, 403);
	struct answer a = get_as(FINN, "/profil");
	CHECK(!shows(&a, "href=\"/kommunen\""));
}

/* Addresses, last visits, second factors and invitations are for the own administrator alone. */
TEST(others_see_names_and_roles_and_nothing_more)
{
	static const int64_t others[] = {ANNA, BEN, DORA, EMIL, HEIDI, IVO};

	fixtures();
	invite_max("lesen");
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		struct answer a = get_as(others[i], "/kommunen/auental");
		CHECK_INT(a.status, 200);
		CHECK(shows(&a, "Ben Birke") && shows(&a, "Personenverwaltung"));
		CHECK(shows(&a, "Dateninventur (Leitung)"));
		CHECK(!shows(&a, "auental.example") && !shows(&a, "Zuletzt") &&
		      !shows(&a, "Zwei Schritte") && !shows(&a, "Max Mohn") &&
		      !shows(&a, "einladungen"));
		/* Greta is the only one there, so the technical administration helps her alone. */
		CHECK_INT(times(&a, "/personen/"), others[i] == EMIL ? 1 : 0);
	}
	CHECK_INT(get_as(GRETA, "/kommunen/gibt-es-nicht").status, 404);
}

TEST(the_own_administrator_sees_people_with_factor_and_last_visit)
{
	fixtures();
	run_sql("UPDATE person SET totp_secret = x'00', last_seen_on = '2026-11-20' WHERE id = 2;"
		"UPDATE person SET last_seen_on = '2026-11-02' WHERE id = 7");
	struct answer a = get_as(GRETA, "/kommunen/auental");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "ben@auental.example") && shows(&a, "/personen/2\""));
	CHECK(shows(&a, ">aktiv") && shows(&a, "nicht eingerichtet"));
	CHECK(shows(&a, ">heute<") && shows(&a, ">02.11.2026<"));
	CHECK(shows(&a, "Gerade ist niemand eingeladen."));
	CHECK(str_find(a.body, S("Ben Birke")) < str_find(a.body, S("greta@auental")));
	a = get_as(GRETA, "/kommunen/auental?sortierung=zuletzt");
	CHECK(str_find(a.body, S("greta@auental")) < str_find(a.body, S("Ben Birke")));
	/* Of another municipality she is one of the others. */
	a = get_as(GRETA, "/kommunen/lindheim");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Anna Ahorn") && !shows(&a, "anna@"));
}

/* ---- Founding ---- */

static struct str founding(const char *name, const char *email, const char *password)
{
	return FORM(FIELD_STR("kommune", str_of(name)), FIELD("kurz", ""), FIELD("ags", "06999001"),
		    FIELD("domains", "@Waldau.example, waldau-it.example"),
		    FIELD("name", "Wim Weide"), FIELD_STR("email", str_of(email)),
		    FIELD_STR("passwort", str_of(password)));
}

static struct str waldau(void)
{
	return founding("Gemeinde Waldau", "wim@waldau.example", PASSWORD);
}

TEST(a_new_municipality_comes_in_with_its_first_administrator)
{
	fixtures();
	struct answer a = get_as(EMIL, "/kommunen/neu");
	CHECK_INT(a.status, 200);
	a = post_as(EMIL, "/kommunen/neu", waldau());
	CHECK_STR(a.location, S("/kommunen?meldung=kommune-angelegt"));
	CHECK_STR(text_of("SELECT name || '/' || short || '/' || slug || '/' || ags || '/' ||"
			  " email_domains || '/' || joined_on FROM municipality WHERE id = 6"),
		  S("Gemeinde Waldau/Waldau/waldau/06999001/waldau.example waldau-it.example/"
		    "2026-11-20"));
	CHECK_STR(
	    text_of("SELECT group_concat(action, ' ') FROM (SELECT action FROM audit ORDER BY id)"),
	    S("municipality.create invitation.create"));
	a = get_as(EMIL, "/kommunen/waldau");
	CHECK(shows(&a, "Eingeladen ist: Wim Weide"));
	a = post_as(NOBODY, invitation_link(), password_twice(GOOD_PASSWORD));
	CHECK_INT(a.status, 303);
	/* From here on the municipality looks after itself. */
	struct str session = cookie_set(&a, "handschlag");
	a = get_with(session, "/kommunen/waldau");
	CHECK(shows(&a, "Du verwaltest die Zugänge deiner Kommune."));
	a = post_with(arena_fmt(test_arena, "handschlag=%.*s", ARG(session)), session,
		      "/kommunen/waldau/einladungen",
		      invite_form("Ria Rose", "ria@waldau.example", "mitwirken"));
	CHECK_INT(a.status, 303);
	a = get_as(EMIL, "/kommunen/waldau");
	CHECK(!shows(&a, "Erste Personenverwaltung einladen"));
	CHECK_INT(post_as(EMIL, "/kommunen/waldau/verwaltung",
			  FORM(FIELD("name", "X"), FIELD("email", "x@waldau.example"),
			       FIELD("passwort", PASSWORD)))
		      .status,
		  409);
}

TEST(mistakes_in_founding_are_named_and_nothing_typed_is_lost)
{
	static const struct {
		const char *field, *value, *says;
	} bad[] = {
	    {"kommune", "", "Gib den Namen an, zum Beispiel Stadt Waldau."},
	    {"kommune", "Stadt Lindheim", "Eine Kommune mit diesem Namen"},
	    {"kommune", "Stadt Neu", "Eine Kommune mit diesem Namen"},
	    {"kommune", "???", "Eine Kommune mit diesem Namen"},
	    {"kurz", "Lindheim", "Eine Kommune mit diesem Namen"},
	    {"ags", "1234567", "Der Gemeindeschlüssel hat acht Ziffern."},
	    {"ags", "1234567a", "Der Gemeindeschlüssel hat acht Ziffern."},
	    {"domains", "waldau", "Schreibe nur, was hinter dem @ steht"},
	    {"domains", "wald_au.example", "Schreibe nur, was hinter dem @ steht"},
	    {"domains", "waldau..example", "Schreibe nur, was hinter dem @ steht"},
	    {"name", "", "Gib den Namen der Person an."},
	    {"email", "wim", "Gib eine vollständige E-Mail-Adresse an"},
	    {"email", "wim@anderswo.example", "Diese Adresse gehört nicht zu euren Adressen."},
	    {"email", "anna@lindheim.example", "Diese Adresse gehört nicht"},
	    {"passwort", "", "Gib dein Passwort an."},
	    {"passwort", "falsch falsch", "Das Passwort stimmt nicht."},
	};
	static const char *const names[] = {"kommune", "kurz",  "ags",     "domains",
					    "name",    "email", "passwort"};

	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		fixtures();
		const char *good[] = {"Gemeinde Waldau", "",          "",
				      "waldau.example",  "Wim Weide", "wim@waldau.example",
				      PASSWORD};
		struct test_field fields[7];
		for (size_t k = 0; k < 7; k++) {
			bool this = strcmp(names[k], bad[i].field) == 0;
			fields[k] = (struct test_field){str_of(names[k]),
							str_of(this ? bad[i].value : good[k])};
		}
		struct answer a = post_as(EMIL, "/kommunen/neu", form_of(fields, 7));
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, bad[i].says));
		CHECK(shows(&a, "value=\"Wim Weide\"") || strcmp(bad[i].field, "name") == 0);
		CHECK_INT(count_of(MUNICIPALITIES), 5);
		CHECK_INT(count_of("SELECT count(*) FROM invitation"), 0);
	}
}

TEST(a_mistyped_first_administrator_is_replaced)
{
	fixtures();
	CHECK_INT(post_as(EMIL, "/kommunen/neu", waldau()).status, 303);
	const char *link = invitation_link();
	struct str form = FORM(FIELD("name", "Wim Weide"), FIELD("email", "wim.w@waldau.example"),
			       FIELD("passwort", PASSWORD));
	CHECK_INT(post_as(EMIL, "/kommunen/waldau/verwaltung", form).status, 303);
	CHECK_INT(get_as(NOBODY, link).status, 404);
	CHECK_STR(text_of("SELECT p.email FROM invitation i JOIN person p ON p.id = i.person_id"
			  " WHERE i.revoked_at IS NULL"),
		  S("wim.w@waldau.example"));
	/* The same once more is a new letter for the same address. */
	CHECK_INT(post_as(EMIL, "/kommunen/waldau/verwaltung", form).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM invitation WHERE revoked_at IS NULL"), 1);
	struct answer a = post_as(EMIL, "/kommunen/waldau/verwaltung",
				  FORM(FIELD("name", "Wim"), FIELD("email", "wim@gmx.de"),
				       FIELD("passwort", "falsch falsch")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "privater Anbieter") && shows(&a, "value=\"Wim\""));
	CHECK_INT(count_of("SELECT count(*) FROM invitation WHERE revoked_at IS NULL"), 1);
	/* Only where nobody looks after the people. */
	CHECK_INT(post_as(EMIL, "/kommunen/auental/verwaltung", form).status, 409);
	CHECK_INT(post_as(EMIL, "/kommunen/foerderbank/verwaltung", form).status, 409);
	CHECK_INT(post_as(ANNA, "/kommunen/waldau/verwaltung", form).status, 403);
}

TEST(founding_stands_what_every_form_must)
{
	fixtures();
	check_refusals(EMIL, "/kommunen/neu", waldau(), MUNICIPALITIES);
	check_once(EMIL, "/kommunen/neu", waldau(), MUNICIPALITIES);
	fixtures();
	check_failures(EMIL, "/kommunen/neu", waldau(), MUNICIPALITIES);
	fixtures();
	struct str form = FORM(FIELD("name", "L"), FIELD("email", "l@lindheim.example"),
			       FIELD("passwort", PASSWORD));
	static const char rows[] = "SELECT count(*) FROM invitation";
	check_refusals(EMIL, "/kommunen/lindheim/verwaltung", form, rows);
	check_once(EMIL, "/kommunen/lindheim/verwaltung", form, rows);
	fixtures();
	form = FORM(FIELD("name", "L"), FIELD("email", "l@lindheim.example"),
		    FIELD("passwort", PASSWORD));
	check_failures(EMIL, "/kommunen/lindheim/verwaltung", form, rows);
}

/* ---- What the administrator says of the own one ---- */

static struct str details(const char *domains, const char *version)
{
	return FORM(FIELD_STR("domains", str_of(domains)), FIELD("kontakt", "Datenschutz\nTel. 12"),
		    FIELD("zwei-schritte", "ja"), FIELD_STR("version", str_of(version)));
}

TEST(the_administrator_says_how_addresses_end_and_who_needs_two_steps)
{
	fixtures();
	test_app.config.second_factor = true;
	run_sql("UPDATE person SET totp_secret = x'00' WHERE id = 7");
	CHECK_INT(get_as(GRETA, "/kommunen/auental/angaben").status, 200);
	CHECK_INT(get_as(BEN, "/task-forces").status, 200);
	struct answer a =
	    post_as(GRETA, "/kommunen/auental/angaben", details("Auental.example;a.example", "1"));
	CHECK_STR(a.location, S("/kommunen/auental?meldung=kommune-gespeichert"));
	CHECK_STR(text_of("SELECT email_domains || '/' || privacy_contact || '/' || factor_for_all"
			  " || '/' || version FROM municipality WHERE id = 2"),
		  S("auental.example a.example/Datenschutz\nTel. 12/1/2"));
	CHECK_STR(text_of("SELECT before || after FROM audit WHERE action = 'municipality.edit'"),
		  S("{\"email_domains\":\"\",\"privacy_contact\":\"\",\"factor_for_all\":false}"
		    "{\"email_domains\":\"auental.example a.example\","
		    "\"privacy_contact\":\"Datenschutz\\u000aTel. 12\",\"factor_for_all\":true}"));
	/* At the next click. */
	CHECK_STR(get_as(BEN, "/task-forces").location, S("/profil/zwei-schritte"));
	/* The page was open in two windows. */
	CHECK_INT(post_as(GRETA, "/kommunen/auental/angaben", details("b.example", "1")).status,
		  409);
	a = post_as(GRETA, "/kommunen/auental/angaben", details("nur worte", "2"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "value=\"nur worte\"") && shows(&a, "Tel. 12"));
	CHECK_INT(get_as(GRETA, "/kommunen/lindheim/angaben").status, 403);
	CHECK_INT(post_as(GRETA, "/kommunen/lindheim/angaben", details("b.example", "1")).status,
		  403);
}

TEST(details_stand_what_every_form_must)
{
	static const char rows[] = "SELECT version FROM municipality WHERE id = 2";

	fixtures();
	check_refusals(GRETA, "/kommunen/auental/angaben", details("a.example", "1"), rows);
	check_once(GRETA, "/kommunen/auental/angaben", details("a.example", "1"), rows);
	fixtures();
	check_failures(GRETA, "/kommunen/auental/angaben", details("a.example", "1"), rows);
}

TESTS_MAIN
