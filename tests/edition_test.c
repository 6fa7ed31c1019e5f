/* edition_test.c -- a public edition on its way: made, checked, released, published. */
#include "edition_world.h"

TEST(an_edition_goes_out_with_two_keys)
{
	begin();
	struct answer a = get_as(NOBODY, PUBLIC);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "keine Ausgabe veröffentlicht"));
	a = get_as(ANNA, EDITIONS);
	CHECK(shows(&a, "Neue Ausgabe vorbereiten") && shows(&a, "value=\"Probe\""));
	CHECK_INT(prepare().status, 303);
	CHECK_STR(text_of("SELECT state FROM edition"), S("checked"));
	a = get_as(ANNA, EDITION);
	CHECK(shows(&a, "Ausgabe freigeben") && shows(&a, "Keine Befunde"));
	CHECK(shows(&a, "1-mal Text für alle in Kapiteln"));
	a = get_as(GRETA, EDITION "/vorschau");
	CHECK(shows(&a, "Erster Absatz für alle.") && !shows(&a, "Interner Absatz"));
	CHECK_INT(get_as(NOBODY, PUBLIC "/einstieg").status, 404);
	CHECK_INT(get_as(NOBODY, PUBLIC "/ausgabe/1").status, 404);
	CHECK_INT(release().status, 303);
	a = get_as(ANNA, EDITION);
	CHECK(shows(&a, "Der erste Schlüssel kommt aus Lindheim"));
	CHECK_INT(publish().status, 303);
	a = get_as(NOBODY, PUBLIC);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "<h1>Handbuch für alle</h1>") && shows(&a, "Vorwort für alle."));
	CHECK(shows(&a, "Öffentliche Fassung von Version 1.0") && !shows(&a, "Internes"));
	a = get_as(NOBODY, PUBLIC "/einstieg");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Erster Absatz für alle.") && shows(&a, "Zweiter Absatz."));
	CHECK(shows(&a, "<b>Für andere Kommunen:</b> Rat für andere."));
	CHECK(!shows(&a, "Interner Absatz") && shows(&a, "1.2</a>") && !shows(&a, "1.3</a>"));
	a = get_as(NOBODY, PUBLIC "/regeln");
	CHECK(shows(&a, "<h1>2 Regeln</h1>"));
	CHECK_INT(get_as(NOBODY, PUBLIC "/ausgabe/1/regeln").status, 200);
	CHECK_STR(text_of("SELECT group_concat(action, ' ') FROM handbook_event"
			  " WHERE object = 'edition'"),
		  S("prepared released published"));
}

static void give_role(int64_t person, const char *role)
{
	run_sql(arena_fmt(test_arena,
			  "INSERT INTO role_grant (person_id, role, since, granted_at)"
			  " VALUES (%d, '%s', '2025-01-01', 1)",
			  (int)person, role)
		    .p);
}

TEST(the_second_key_is_held_in_another_municipality)
{
	begin();
	give_role(KIM, "municipality");  /* Lindheim, like Anna */
	give_role(GRETA, "pmo");         /* holds both keys, but not at once */
	give_role(EMIL, "municipality"); /* belongs nowhere */
	CHECK_INT(prepare().status, 303);
	CHECK_INT(publish().status, 403);
	CHECK_INT(release().status, 303);
	struct answer a = get_as(KIM, EDITION);
	CHECK(!shows(&a, "Ausgabe veröffentlichen"));
	CHECK_INT(post_as(KIM, EDITION "/veroeffentlichung", version_form()).status, 403);
	CHECK_INT(post_as(ANNA, EDITION "/pruefung", edition_form("Titel", "2")).status, 303);
	CHECK_INT(post_as(GRETA, EDITION "/freigabe", version_form()).status, 303);
	CHECK_INT(post_as(GRETA, EDITION "/veroeffentlichung", version_form()).status, 403);
	CHECK_INT(post_as(EMIL, EDITION "/veroeffentlichung", version_form()).status, 403);
	CHECK_INT(post_as(ANNA, EDITION "/veroeffentlichung", version_form()).status, 403);
	CHECK_STR(text_of("SELECT state FROM edition"), S("released"));
	a = get_as(KIM, EDITION);
	CHECK(shows(&a, "Ausgabe veröffentlichen"));
	a = get_as(KIM, "/");
	CHECK(shows(&a, "Ausgabe 1 des Handbuchs wartet auf deinen Schlüssel"));
	a = get_as(GRETA, "/");
	CHECK(!shows(&a, "wartet auf deinen Schlüssel"));
	CHECK_INT(post_as(KIM, EDITION "/veroeffentlichung", version_form()).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM edition WHERE released_by = 7 AND"
			   " released_municipality = 2 AND published_by = 11 AND"
			   " published_municipality = 1"),
		  1);
}

TEST(an_editor_without_a_municipality_holds_no_key)
{
	begin();
	CHECK_INT(prepare().status, 303);
	run_sql("UPDATE membership SET until = '2026-01-01' WHERE person_id = 1");
	CHECK_INT(release().status, 403);
}

TEST(findings_are_shown_and_stop_the_edition)
{
	begin();
	run_sql("UPDATE person SET name = 'Kim Stimme', status = 'suspended' WHERE id = 11;"
		"UPDATE person SET name = 'Jule Zweiter' WHERE id = 10");
	struct answer a = prepare();
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT state FROM edition"), S("draft"));
	CHECK(count_of("SELECT blocking FROM edition") >= 1);
	CHECK(count_of("SELECT count(*) FROM edition WHERE report LIKE"
		       " '[{\"kind\":\"name\",\"severity\":\"%\"place\":\"block %'") == 1);
	a = get_as(ANNA, EDITION);
	CHECK(shows(&a, "beheben") && shows(&a, "Stimme") && !shows(&a, "Ausgabe freigeben"));
	CHECK(shows(&a, "/handbuch/regeln?fassung=1-0#b-"));
	CHECK(shows(&a, "/handbuch/bearbeiten?abschnitt="));
	a = get_as(GRETA, EDITION);
	CHECK(shows(&a, "beheben") && !shows(&a, "/handbuch/bearbeiten?"));
	a = release();
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Noch nichts geändert"));
	audience("Jede", "internal");
	audience("Zweiter", "internal");
	a = post_as(ANNA, EDITION "/pruefung", edition_form("Neuer Titel", "1"));
	CHECK_INT(a.status, 303);
	CHECK_STR(text_of("SELECT state || ' ' || title FROM edition"), S("checked Neuer Titel"));
	CHECK_INT(release().status, 303);
}

TEST(title_and_licence_are_checked_too)
{
	begin();
	struct answer a = post_as(ANNA, EDITIONS,
				  FORM(FIELD("titel", "Handbuch von Anna Ahorn"),
				       FIELD("lizenz", "fragt ben@auental.example")));
	CHECK_INT(a.status, 303);
	a = get_as(ANNA, EDITION);
	CHECK(shows(&a, ">Titel</th>") && shows(&a, ">Lizenz</th>"));
	CHECK_INT(count_of("SELECT blocking >= 2 FROM edition"), 1);
}

TEST(one_edition_at_a_time_and_mistakes_keep_what_was_typed)
{
	begin();
	struct answer a =
	    post_as(ANNA, EDITIONS, FORM(FIELD("titel", "Mein <Titel>"), FIELD("lizenz", "")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"lizenz-fehler\"") && shows(&a, "value=\"Mein &lt;Titel&gt;\""));
	CHECK_INT(prepare().status, 303);
	a = prepare();
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Eine Ausgabe ist schon in Arbeit") && shows(&a, "Handbuch für alle"));
	a = get_as(ANNA, EDITIONS);
	CHECK(!shows(&a, "Neue Ausgabe vorbereiten"));
	a = post_as(ANNA, EDITION "/pruefung",
		    FORM(FIELD("titel", " "), FIELD("lizenz", "x"), FIELD("version", "1")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"titel-fehler\"") && shows(&a, "value=\"x\""));
	CHECK_INT(post_as(ANNA, newest("/verwerfen"), version_form()).status, 303);
	CHECK_INT(get_as(ANNA, EDITION).status, 404);
	CHECK_INT(prepare().status, 303);
	CHECK_STR(text_of("SELECT group_concat(number || state) FROM edition"),
		  S("1discarded,1checked"));
}

TEST(whoever_comes_late_sees_what_holds_now)
{
	static const char *const steps[] = {"/pruefung", "/freigabe", "/verwerfen"};
	begin();
	CHECK_INT(prepare().status, 303);
	run_sql("UPDATE edition SET row_version = 5");
	for (size_t i = 0; i < 3; i++) {
		struct str form =
		    i == 0 ? edition_form("Später Titel", "4") : FORM(FIELD("version", "4"));
		struct answer a = post_as(ANNA, newest(steps[i]), form);
		CHECK_INT(a.status, 409);
		CHECK(shows(&a, "Noch nichts geändert"));
		CHECK(i != 0 || shows(&a, "Später Titel"));
	}
	CHECK_INT(post_as(ANNA, EDITION "/freigabe", FORM(FIELD("version", "5"))).status, 303);
	CHECK_INT(post_as(GRETA, EDITION "/veroeffentlichung", FORM(FIELD("version", "5"))).status,
		  409);
	CHECK_INT(publish().status, 303);
	struct answer a = post_as(GRETA, EDITION "/ruecknahme",
				  FORM(FIELD("version", "6"), FIELD("grund", "Mein Grund.")));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Mein Grund."));
	CHECK_INT(post_as(ANNA, EDITION "/verwerfen", version_form()).status, 409);
	CHECK_INT(post_as(ANNA, EDITION "/pruefung", edition_form("Titel", "7")).status, 409);
	CHECK_STR(text_of("SELECT state FROM edition"), S("published"));
}

TEST(publishing_checks_once_more)
{
	begin();
	CHECK_INT(prepare().status, 303);
	CHECK_INT(release().status, 303);
	run_sql("UPDATE person SET name = 'Kim Stimme' WHERE id = 11");
	struct answer a = publish();
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Noch nichts geändert") && shows(&a, "beheben"));
	CHECK(!shows(&a, "Ausgabe veröffentlichen</span>"));
	CHECK_STR(text_of("SELECT state FROM edition"), S("released"));
	run_sql("UPDATE person SET name = 'Kim Kiefer' WHERE id = 11");
	CHECK_INT(publish().status, 303);
}

TEST(what_was_released_is_what_is_published)
{
	begin();
	CHECK_INT(prepare().status, 303);
	CHECK_INT(release().status, 303);
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(db_run(test_db, "DELETE FROM edition_block", WITH_NOTHING, NULL), E_INTERNAL);
	db_rollback(test_db);
	run_sql("DROP TRIGGER edition_block_no_update;"
		"UPDATE edition_block SET html = html || ' Nachsatz.' WHERE pos = 2");
	CHECK_INT(publish().status, 409);
	run_sql("UPDATE edition_block SET html = replace(html, ' Nachsatz.', '')");
	run_sql("UPDATE edition_block SET markdown = markdown || '!' WHERE pos = 2");
	CHECK_INT(publish().status, 409);
	run_sql("UPDATE edition_block SET markdown = substr(markdown, 1, length(markdown) - 1)"
		" WHERE pos = 2");
	CHECK_INT(publish().status, 303);
}

TEST(making_it_anew_takes_the_first_key_back)
{
	begin();
	CHECK_INT(prepare().status, 303);
	CHECK_INT(release().status, 303);
	CHECK_INT(post_as(ANNA, EDITION "/pruefung", edition_form("Titel", "2")).status, 303);
	CHECK_STR(text_of("SELECT state FROM edition"), S("checked"));
	CHECK_INT(publish().status, 403);
}

TEST(every_step_survives_every_failure)
{
	begin();
	check_failures(ANNA, EDITIONS, edition_form("Titel", NULL), "SELECT count(*) FROM edition");
	check_failures(ANNA, EDITION "/pruefung", edition_form("Anders", "1"),
		       "SELECT count(*) FROM handbook_event");
	check_failures(ANNA, EDITION "/freigabe", version_form(),
		       "SELECT count(*) FROM handbook_event");
	check_failures(GRETA, EDITION "/veroeffentlichung", version_form(),
		       "SELECT count(*) FROM handbook_event");
	run_sql("INSERT INTO person (name, sort_key, email, status, created_at) VALUES"
		" ('Eva Erster', 'x', 'x@x.example', 'active', 1)");
	check_failures(GRETA, EDITIONS "/pruefung", S(""), "SELECT count(*) FROM handbook_event");
	check_failures(GRETA, EDITION "/ruecknahme",
		       FORM(FIELD("version", "4"), FIELD("grund", "Ein Rat war falsch.")),
		       "SELECT count(*) FROM handbook_event");
}

TEST(discarding_survives_every_failure)
{
	begin();
	CHECK_INT(prepare().status, 303);
	check_failures(ANNA, EDITION "/verwerfen", version_form(),
		       "SELECT count(*) FROM handbook_event");
}

TEST(forms_of_editions_stand_what_every_form_stands)
{
	begin();
	check_refusals(ANNA, EDITIONS, edition_form("Titel", NULL), "SELECT count(*) FROM edition");
	check_once(ANNA, EDITIONS, edition_form("Titel", NULL), "SELECT count(*) FROM edition");
	check_refusals(ANNA, EDITION "/freigabe", version_form(),
		       "SELECT count(*) FROM handbook_event");
	check_once(ANNA, EDITION "/freigabe", version_form(),
		   "SELECT count(*) FROM handbook_event");
	check_once(GRETA, EDITION "/veroeffentlichung", version_form(),
		   "SELECT count(*) FROM handbook_event");
}

TESTS_MAIN
