/* mail_page_test.c -- the own settings, and the page about what did not arrive. */
#include "app/mail_topics.h"
#include "app/outbox.h"
#include "fixtures.h"

#define SETTINGS "/profil/benachrichtigungen"
#define ROWS "SELECT count(*) FROM mail_setting"

static struct str settings(const char *feedback, const char *vote)
{
	return form_of((struct test_field[]){{S("feedback"), str_of(feedback)},
					     {S("review_round"), S("taeglich")},
					     {S("decision"), S("sofort")},
					     {S("meeting"), S("woechentlich")},
					     {S("vote"), str_of(vote)}},
		       5);
}

static struct str saved(void)
{
	return text_of(
	    "SELECT coalesce(group_concat(person_id || ':' || topic || '=' || mode, ' '),"
	    " '') FROM (SELECT * FROM mail_setting ORDER BY person_id, topic)");
}

TEST(everybody_chooses_how_to_be_written_to)
{
	fixtures();
	struct answer a = get_as(BEN, SETTINGS);
	CHECK_INT(a.status, 200);
	CHECK_INT(times(&a, "value=\"sofort\" selected"), 5);
	/* What cannot be turned off is named, without a field. */
	CHECK(shows(&a, "<dt>Belege</dt>") && !shows(&a, "name=\"vote_receipt\""));
	a = post_as(BEN, SETTINGS, settings("nie", "sofort"));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/profil?meldung=benachrichtigungen"));
	CHECK_STR(saved(), S("2:feedback=off 2:meeting=weekly 2:review_round=daily"));
	a = get_as(BEN, SETTINGS);
	CHECK_INT(times(&a, "value=\"sofort\" selected"), 2);
	CHECK(shows(&a, "value=\"nie\" selected") && shows(&a, "value=\"woechentlich\" selected"));
	/* Nobody else's. */
	CHECK_INT(post_as(CEM, SETTINGS, settings("sofort", "nie")).status, 303);
	CHECK_STR(saved(), S("2:feedback=off 2:meeting=weekly 2:review_round=daily"
			     " 3:meeting=weekly 3:review_round=daily 3:vote=off"));
	a = get_as(BEN, "/profil");
	CHECK(shows(&a, "href=\"" SETTINGS "\"") && !shows(&a, "href=\"/post\""));
}

TEST(a_wrong_choice_is_named_and_the_others_stay)
{
	fixtures();
	struct answer a = post_as(BEN, SETTINGS, settings("stuendlich", "nie"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "id=\"feedback-fehler\"") && shows(&a, "href=\"#feedback\""));
	CHECK(shows(&a, "Wähle eine der Möglichkeiten."));
	CHECK_INT(times(&a, "value=\"nie\" selected"), 1);
	CHECK_STR(saved(), S(""));
	/* Nobody turns off what must be read. */
	a = post_as(BEN, SETTINGS,
		    FORM(FIELD("feedback", "nie"), FIELD("review_round", "nie"),
			 FIELD("decision", "nie"), FIELD("meeting", "nie"), FIELD("vote", "nie"),
			 FIELD("vote_receipt", "nie")));
	CHECK_INT(a.status, 400);
	CHECK_STR(saved(), S(""));
}

TEST(the_settings_stand_what_every_form_must)
{
	fixtures();
	check_once(BEN, SETTINGS, settings("nie", "nie"), ROWS);
	check_refusals(BEN, SETTINGS, settings("taeglich", "nie"), ROWS);
	check_failures(BEN, SETTINGS, settings("sofort", "sofort"), ROWS);
}

/* Letters to Jule (Lindheim), Ben (Auental) and Emil (nowhere), given up. */
static void some_dead(void)
{
	static const int64_t people[] = {JULE, BEN, EMIL};

	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	for (size_t i = 0; i < 3; i++) {
		struct letter l = {.person_id = people[i],
				   .topic = "feedback",
				   .subject = arena_fmt(test_arena, "Betreff %zu", i + 1),
				   .body = S("Geheimer Text"),
				   .dedupe = arena_fmt(test_arena, "x/%zu", i + 1)};
		CHECK_INT(outbox_put(test_db, &l), OK);
	}
	CHECK_INT(db_commit(test_db), OK);
	run_sql("UPDATE outbox SET attempts = 1, last_error = '550 <unknown> ' || id,"
		" given_up_at = 1795165200");
}

TEST(administrators_see_what_did_not_reach_their_own_people_and_never_what_it_says)
{
	some_dead();
	struct answer a = get_as(GRETA, "/post");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Betreff 2") && shows(&a, "Ben Birke") && shows(&a, "ben@auental.example"));
	CHECK(shows(&a, "550 &lt;unknown&gt; 2") && !shows(&a, "Geheimer Text"));
	CHECK(!shows(&a, "Betreff 1") && !shows(&a, "Betreff 3"));
	static const int64_t all[] = {ANNA, EMIL};
	for (size_t i = 0; i < 2; i++) {
		a = get_as(all[i], "/post");
		CHECK(shows(&a, "Betreff 1") && shows(&a, "Betreff 2") && shows(&a, "Betreff 3"));
		CHECK(!shows(&a, "Geheimer Text"));
	}
	static const int64_t nobody[] = {BEN, CEM, DORA, FINN, HEIDI, IVO, JULE};
	for (size_t i = 0; i < sizeof nobody / sizeof nobody[0]; i++)
		CHECK_INT(get_as(nobody[i], "/post").status, 403);
	a = get_as(GRETA, "/profil");
	CHECK(shows(&a, "href=\"/post\""));
	/* Who has left the municipality is no longer one of its people. */
	run_sql("UPDATE membership SET until = '2026-11-01' WHERE person_id = 2");
	a = get_as(GRETA, "/post");
	CHECK(!shows(&a, "Betreff 2") && shows(&a, "Alle E-Mails sind angekommen"));
}

TEST(what_did_not_arrive_is_a_task_of_those_who_see_it)
{
	some_dead();
	struct answer a = get_as(GRETA, "/");
	CHECK(shows(&a, "Eine E-Mail ist nicht angekommen") && shows(&a, "href=\"/post\""));
	a = get_as(ANNA, "/");
	CHECK(shows(&a, "3 E-Mails sind nicht angekommen"));
	a = get_as(JULE, "/");
	CHECK(!shows(&a, "nicht angekommen"));
	run_sql("UPDATE outbox SET given_up_at = NULL");
	a = get_as(ANNA, "/");
	CHECK(!shows(&a, "nicht angekommen"));
}

#define DEAD "SELECT count(*) FROM outbox WHERE given_up_at IS NOT NULL"

TEST(a_letter_given_up_can_be_tried_again_by_who_sees_it)
{
	some_dead();
	CHECK_INT(post_as(GRETA, "/post/1/noch-einmal", S("")).status, 404);
	CHECK_INT(post_as(GRETA, "/post/99/noch-einmal", S("")).status, 404);
	CHECK_INT(post_as(BEN, "/post/2/noch-einmal", S("")).status, 403);
	CHECK_INT(count_of(DEAD), 3);
	check_refusals(GRETA, "/post/2/noch-einmal", S(""), DEAD);
	check_once(GRETA, "/post/2/noch-einmal", S(""), DEAD);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE id = 2 AND given_up_at IS NULL"
			   " AND attempts = 0 AND not_before = 1795165200 AND last_error = ''"),
		  1);
	CHECK_INT(
	    count_of("SELECT count(*) FROM audit WHERE action = 'letter.retry' AND actor_id = 7"
		     " AND object = 'letter/2' AND after LIKE '%Betreff 2%'"),
	    1);
	/* It is no longer dead. */
	CHECK_INT(post_as(GRETA, "/post/2/noch-einmal", S("")).status, 404);
	check_failures(ANNA, "/post/1/noch-einmal", S(""), DEAD);
}

TEST(what_is_tried_again_by_itself_is_listed_with_its_time)
{
	some_dead();
	run_sql("UPDATE outbox SET given_up_at = NULL, not_before = 1795168800, last_error ="
		" '451 later'");
	struct answer a = get_as(ANNA, "/post");
	CHECK(shows(&a, "Wird von selbst noch einmal versucht") && shows(&a, "451 later"));
	CHECK(shows(&a, "20.\u00a0November 2026, 11:00\u00a0Uhr"));
	CHECK(shows(&a, "<dt>Warten auf den Versand</dt><dd>0</dd>"));
	run_sql("UPDATE outbox SET not_before = 1795165200");
	a = get_as(GRETA, "/post");
	CHECK(shows(&a, "<dt>Warten auf den Versand</dt><dd>1</dd>"));
}

TEST(long_lists_end_and_say_so)
{
	some_dead();
	run_sql(
	    "INSERT INTO outbox (person_id, topic, subject, body, dedupe, created_at, not_before,"
	    " given_up_at) WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE"
	    " i < 98) SELECT 1, 'feedback', 'mehr', 'x', 'y/' || i, 1, 1, 1 FROM n");
	struct answer a = get_as(ANNA, "/post");
	CHECK(shows(&a, "Hier stehen die neuesten 100"));
	CHECK_INT(times(&a, "/noch-einmal\""), 100);
}

TEST(without_a_mail_server_the_pages_say_so)
{
	static const char missing[] = "Es ist kein Mailversand eingerichtet.";
	static const char asleep[] = "Der Versand läuft gerade nicht";

	fixtures();
	struct answer a = get_as(ANNA, "/post");
	CHECK(shows(&a, missing) && !shows(&a, asleep) && shows(&a, "noch nie"));
	a = get_as(BEN, SETTINGS);
	CHECK(shows(&a, missing));
	test_app.config.smtp = S("smtps://mail.stadt.example:465");
	a = get_as(BEN, SETTINGS);
	CHECK(!shows(&a, missing));
	a = get_as(ANNA, "/post");
	CHECK(!shows(&a, missing) && shows(&a, asleep));
	run_sql("INSERT INTO mail_run VALUES (1, 1795165000, 1795161600, NULL, '')");
	a = get_as(ANNA, "/post");
	CHECK(!shows(&a, asleep) && shows(&a, "20.\u00a0November 2026, 09:00\u00a0Uhr"));
	CHECK(!shows(&a, "Der Mailserver nimmt gerade nichts an"));
	run_sql("UPDATE mail_run SET error_at = 1795165100, last_error = '535 <wrong>'");
	a = get_as(ANNA, "/post");
	CHECK(shows(&a, "Der Mailserver nimmt gerade nichts an") && shows(&a, "535 &lt;wrong&gt;"));
	run_sql("UPDATE mail_run SET sent_at = 1795165150");
	a = get_as(ANNA, "/post");
	CHECK(!shows(&a, "Der Mailserver nimmt gerade nichts an"));
	test_app.config.smtp = S("");
}

TEST(each_topic_has_a_name_and_the_choices_theirs)
{
	fixtures();
	for (size_t i = 0; i < MAIL_TOPICS; i++) {
		CHECK(mail_topics[i].label.n > 0 && mail_topics[i].what.n > 0);
		CHECK(mail_topic_named(mail_topics[i].name) == &mail_topics[i]);
		/* What is chosen is for those who are active alone. */
		CHECK(!mail_topics[i].chosen ||
		      (!mail_topics[i].to_invited && !mail_topics[i].to_suspended));
	}
	CHECK(mail_topic_named(S("other")) == NULL);
	CHECK_STR(mail_topics_chosen(test_arena),
		  S(" feedback review_round decision meeting vote "));
	for (int m = 0; m < MAIL_MODES; m++)
		CHECK_INT(mail_mode_named(mail_mode_name((enum mail_mode)m)), m);
	CHECK_INT(mail_mode_named(S("")), MAIL_AT_ONCE);
}

TESTS_MAIN
