/* erase_test.c -- a person becomes a former one, and nothing that was decided falls over. */
#include "minutes_world.h"

#include "features/features.h"
#include "features/people/erase.h"

#define ERASED "SELECT count(*) FROM person WHERE status = 'anonymised'"
/* Cem, of Bergstedt, minute-taker and task-force member. */
#define PAGE "/personen/3/loeschen"
#define FORMER "ehemalige Person (Stadt Bergstedt)"

/* A second administrator of Bergstedt's people: Heidi. */
static void administrator(void)
{
	run_sql("INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
		" VALUES (8, 'municipality', 3, '2025-01-01', 1)");
}

static struct str wish(void)
{
	return FORM(FIELD("wunsch", "1"), FIELD("passwort", PASSWORD));
}

TEST(the_page_says_what_happens_and_asks_for_the_password)
{
	fixtures();
	administrator();
	struct answer a = get_as(HEIDI, PAGE);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Cem Çınar, Stadt Bergstedt") && shows(&a, FORMER));
	a = post_as(HEIDI, PAGE, FORM(FIELD("passwort", PASSWORD)));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "nur auf eigenen Wunsch"));
	a = post_as(HEIDI, PAGE, FORM(FIELD("wunsch", "1"), FIELD("passwort", "falsch-falsch")));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Das Passwort stimmt nicht.") && shows(&a, "value=\"1\" checked"));
	a = post_as(HEIDI, PAGE, FORM(FIELD("wunsch", "1"), FIELD("passwort", "")));
	CHECK_INT(a.status, 422);
	CHECK_INT(count_of(ERASED), 0);
	/* Greta looks after Auental's people. */
	CHECK_INT(get_as(GRETA, PAGE).status, 404);
	CHECK_INT(post_as(GRETA, PAGE, wish()).status, 404);
	CHECK_INT(post_as(ANNA, PAGE, wish()).status, 403);
	CHECK_INT(get_as(HEIDI, "/personen/3/geloescht").status, 404);
}

TEST(once_and_whole_or_not_at_all)
{
	fixtures();
	administrator();
	check_refusals(HEIDI, PAGE, wish(), ERASED);
	check_once(HEIDI, PAGE, wish(), ERASED);
	CHECK_INT(count_of(ERASED), 1);
	CHECK_INT(post_as(HEIDI, PAGE, wish()).status, 409);
	CHECK_STR(get_as(HEIDI, PAGE).location, S("/personen/3/geloescht"));
	fixtures();
	administrator();
	check_failures(HEIDI, PAGE, wish(), ERASED);
}

/* Rows that belong to the account alone. */
static const char rows_of_cem[] =
    "INSERT INTO trusted_device VALUES (zeroblob(32), 3, 'x', 1, 2000000000);"
    "INSERT INTO recovery_code VALUES (3, x'01', NULL);"
    "INSERT INTO login_network VALUES (3, x'01', 1);"
    "INSERT INTO login_step VALUES (zeroblob(32), 3, 2000000000, 0);"
    "INSERT INTO password_reset (person_id, created_at) VALUES (3, 1);"
    "INSERT INTO email_change (person_id, email, asked_by, created_at) VALUES"
    " (3, 'neu@cem.example', 3, 1);"
    "INSERT INTO invitation (person_id, municipality_id, role, created_at, expires_at) VALUES"
    " (3, 3, 'member', 1, 2);"
    "INSERT INTO mail_setting VALUES (3, 'vote', 'off');"
    "INSERT INTO calendar_feed VALUES (x'02', 3, 1, NULL);"
    "INSERT INTO import_draft VALUES (3, '', 'Text', 1);"
    "INSERT INTO answered_form VALUES (3, x'03', '/', 1);"
    "INSERT INTO outbox (person_id, topic, subject, body, dedupe, created_at, not_before, sent_at,"
    " email) VALUES (3, 'vote', 'Für Cem', 'Hallo Cem Çınar', 'a', 1, 0, 5, 'alt@cem.example'),"
    " (3, 'vote', 'Bald', 'Hallo Cem Çınar', 'b', 1, 0, NULL, ''),"
    " (1, 'vote', 'Von Cem Çınar', 'Cem Çınar schreibt', 'c', 1, 0, NULL, '');"
    "UPDATE person SET totp_secret = x'01', totp_draft = x'01', totp_since = 1, pronouns = 'er',"
    " last_seen_on = '2026-11-01', asleep = 1, warned_on = '2026-01-01' WHERE id = 3;"
    "INSERT INTO audit (at, actor_id, action, object, before, after) VALUES"
    " (1, 3, 'person.edit', 'person/3', '{\"name\":\"Cem\"}', '{\"name\":\"Cem Çınar\"}'),"
    " (1, 1, 'task_force.edit', 'task_force/1', NULL, '{\"goal\":\"Cem Çınar fragen\"}'),"
    " (1, 1, 'task_force.edit', 'task_force/2', NULL, '{\"goal\":\"Anderes\"}');";

static const char *const account_tables[] = {"session",       "trusted_device", "recovery_code",
					     "login_network", "login_step",     "password_reset",
					     "invitation",    "mail_setting",   "calendar_feed",
					     "import_draft",  "answered_form",  "email_change"};

TEST(the_account_is_gone_to_the_last_row)
{
	fixtures();
	administrator();
	run_sql(rows_of_cem);
	CHECK_INT(post_as(HEIDI, PAGE, wish()).status, 303);
	for (size_t i = 0; i < sizeof account_tables / sizeof account_tables[0]; i++)
		if (count_of(arena_cstr(test_arena,
					arena_fmt(test_arena,
						  "SELECT count(*) FROM %s WHERE person_id = 3",
						  account_tables[i]))) != 0)
			fail_msg("%s", account_tables[i]);
	CHECK_STR(text_of("SELECT name || '/' || email || '/' || pronouns || '/' || password_hash"
			  " FROM person WHERE id = 3 AND totp_secret IS NULL AND totp_draft IS NULL"
			  " AND last_seen_on IS NULL AND warned_on IS NULL AND asleep = 0"),
		  S(FORMER "/geloescht-3@person.invalid//"));
	CHECK_INT(count_of("SELECT count(*) FROM membership WHERE person_id = 3 AND until IS NULL"),
		  0);
	CHECK_INT(count_of("SELECT count(*) FROM task_force_member WHERE person_id = 3"
			   " AND until IS NULL"),
		  0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE body LIKE '%Cem%'"
			   " OR subject LIKE '%Cem%' OR email LIKE '%cem%'"),
		  0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe = 'b'"
			   " AND cancelled_at IS NOT NULL"),
		  1);
	CHECK_STR(text_of("SELECT body FROM outbox WHERE dedupe = 'c'"), S(FORMER " schreibt"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE before LIKE '%Cem%'"
			   " OR after LIKE '%Cem%'"),
		  0);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE after LIKE '%Anderes%'"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM erasure WHERE person_id = 3 AND by = 8"
			   " AND municipality_id = 3"),
		  1);
	/* Neither the old session nor the old password opens anything. */
	CHECK_INT(get_as(CEM, "/").status, 303);
	CHECK_INT(post_as(NOBODY, "/anmelden",
			  FORM(FIELD("email", "cem@bergstedt.example"), FIELD("passwort", PASSWORD),
			       FIELD("weiter", "/")))
		      .status,
		  422);
}

/* Each line names her or somebody else whose name only begins or ends like hers. */
static const char like_hers[] =
    "INSERT INTO handbook_event (id, at, object, object_id, action, before, after, reason) VALUES"
    " (901, 1, 'feedback', 1, 'x', 'Cem Çınar', 'Cem Çınaroğlu', 'Cem Çınar-Öz und Cem Çınar.'),"
    " (902, 1, 'feedback', 1, 'x', '', 'ÖCem Çınar', '');"
    "INSERT INTO steering_event (id, at, object, object_id, action, before, after) VALUES"
    " (901, 1, 'meeting', 1, 'x', 'Cem Çınarö', 'für Cem Çınar');"
    "INSERT INTO outbox (person_id, topic, subject, body, dedupe, created_at, not_before) VALUES"
    " (1, 'vote', 'Von Cem Çınaroğlu', 'Cem Çınar, Cem Çınaroğlu', 'd', 1, 0),"
    " (1, 'vote', 'Zu lang: Cem Çınar ' || substr(replace(hex(zeroblob(90)), '0', 'x'), 1, 181),"
    "  'Text', 'e', 1, 0);"
    "INSERT INTO audit (at, actor_id, action, object, before, after) VALUES"
    " (1, 1, 'x', 'person/77', NULL, '{\"name\":\"Cem Çınaroğlu\"}'),"
    " (1, 1, 'x', 'person/78', NULL, '{\"email\":\"uncem@bergstedt.example\"}'),"
    " (1, 1, 'x', 'person/79', NULL, '{\"email\":\"un.cem@bergstedt.example\"}'),"
    " (1, 1, 'x', 'gone/1', NULL, '{\"note\":\"Zeile\\nCem Çınar\"}'),"
    " (1, 1, 'x', 'gone/2', '{\"email\":\"cem@bergstedt.example\"}', NULL);";

TEST(whose_name_only_begins_or_ends_like_hers_keeps_it)
{
	fixtures();
	administrator();
	run_sql(like_hers);
	CHECK_INT(post_as(HEIDI, PAGE, wish()).status, 303);
	CHECK_STR(text_of("SELECT before || '|' || after || '|' || reason FROM handbook_event"
			  " WHERE id = 901"),
		  S(FORMER "|Cem Çınaroğlu|Cem Çınar-Öz und " FORMER "."));
	CHECK_STR(text_of("SELECT after FROM handbook_event WHERE id = 902"), S("ÖCem Çınar"));
	CHECK_STR(text_of("SELECT before || '|' || after FROM steering_event WHERE id = 901"),
		  S("Cem Çınarö|für " FORMER));
	CHECK_STR(text_of("SELECT subject || '|' || body FROM outbox WHERE dedupe = 'd'"),
		  S("Von Cem Çınaroğlu|" FORMER ", Cem Çınaroğlu"));
	CHECK_STR(text_of("SELECT length(subject) || substr(subject, 1, 44) FROM outbox"
			  " WHERE dedupe = 'e'"),
		  S("200Zu lang: " FORMER " "));
	CHECK_STR(text_of("SELECT group_concat(object) FROM audit WHERE action = 'x'"
			  "   AND after IS NOT NULL"),
		  S("person/77,person/78,person/79"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'x' AND before IS NULL"), 5);
}

static struct answer tries(int64_t person)
{
	return post_as(
	    HEIDI,
	    arena_cstr(test_arena, arena_fmt(test_arena, "/personen/%d/loeschen", (int)person)),
	    wish());
}

#define MEETING_4                                                                                  \
	"INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot, uid,"   \
	" created_by, created_at) VALUES (4, 2026, 4, 'running', '2026-11-20', 600, 1, 60, 'u',"   \
	" 1, 1);"

TEST(who_still_has_duties_is_refused_and_told_which)
{
	static const struct {
		const char *sql, *says;
	} duties[] = {
	    {"UPDATE task_force_member SET until = '2026-01-01' WHERE role = 'lead';"
	     "UPDATE task_force_member SET role = 'lead' WHERE person_id = 3",
	     "Leitet die Task Force: Dateninventur"},
	    {"DELETE FROM role_grant WHERE role = 'pmo'; INSERT INTO role_grant (person_id, role,"
	     " since, granted_at) VALUES (3, 'pmo', '2025-01-01', 1)",
	     "Niemand sonst hat die Rolle: Projektbüro"},
	    {"INSERT INTO meeting (year, number, day, start_minute, starts_at, slot, uid,"
	     " created_by, created_at, minute_taker_id) VALUES (2026, 4, '2026-12-01', 840, 1, 60,"
	     " 'u', 1, 1, 3)",
	     "führt Protokoll: 4/2026"},
	    {MEETING_4 "INSERT INTO attendance (meeting_id, person_id, role, mode, from_at) VALUES"
		       " (4, 3, 'guest', 'room', 5)",
	     "Ist in der Sitzung als anwesend eingetragen: 4/2026"},
	    {MEETING_4 "INSERT INTO decision (id, year, number, author_id, created_at) VALUES"
		       " (1, 2026, 1, 1, 1);"
		       "INSERT INTO recusal (decision_id, meeting_id, person_id, at, noted_by)"
		       " VALUES (1, 4, 3, 5, 1)",
	     "Gilt in der Sitzung als befangen: 4/2026"},
	};

	for (size_t i = 0; i < sizeof duties / sizeof duties[0]; i++) {
		fixtures();
		administrator();
		run_sql(duties[i].sql);
		struct answer a = tries(CEM);
		CHECK_INT(a.status, 409);
		if (!shows(&a, duties[i].says) || shows(&a, "Endgültig löschen"))
			fail_msg("%s", duties[i].says);
		CHECK_INT(count_of(ERASED), 0);
	}
	/* The last administrator, who is herself; and herself even with a second one. */
	fixtures();
	administrator();
	struct answer a = tries(HEIDI);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Niemand sonst hat die Rolle: Personenverwaltung"));
	run_sql("INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
		" VALUES (3, 'municipality', 3, '2025-01-01', 1)");
	CHECK_INT(tries(HEIDI).status, 409);
	CHECK_INT(count_of(ERASED), 0);
}

TEST(who_has_left_is_erased_without_a_wish)
{
	fixtures();
	administrator();
	run_sql("UPDATE membership SET until = '2026-06-30' WHERE person_id = 3");
	struct answer a = get_as(HEIDI, PAGE);
	CHECK(!shows(&a, "name=\"wunsch\""));
	CHECK_INT(post_as(HEIDI, PAGE, FORM(FIELD("passwort", PASSWORD))).status, 303);
	CHECK_INT(count_of(ERASED), 1);
	CHECK_STR(text_of("SELECT until FROM membership WHERE person_id = 3"), S("2026-06-30"));
}

/* Votes were cast, minutes signed, by her too. */
TEST(the_register_and_what_was_signed_still_hold)
{
	minutes_sealed();
	run_sql("INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
		" VALUES (1, 'municipality', 3, '2025-01-01', 1);"
		"UPDATE membership SET municipality_id = 3 WHERE person_id = 1");
	CHECK(count_of("SELECT count(*) FROM register_person WHERE person_id = 3") > 0);
	struct str lines = text_of("SELECT group_concat(hash) FROM register_record");
	CHECK_INT(post_as(ANNA, PAGE, wish()).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM register_person WHERE person_id = 3"), 0);
	CHECK_STR(text_of("SELECT group_concat(hash) FROM register_record"), lines);
	check_register();
	/* The sealed text names her: it stays, and is listed. */
	struct answer a = get_as(ANNA, "/personen/3/geloescht");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Unterschriebene Niederschrift") && shows(&a, MINUTES));
	CHECK(!shows(&a, "Çınar"));
	CHECK_INT(get_as(ANNA, MINUTES).status, 200);
}

#define LEFT_OF(what)                                                                              \
	"SELECT (SELECT count(*) FROM audit WHERE instr(coalesce(before, '') || coalesce(after,"   \
	" ''), '" what                                                                             \
	"') > 0) + (SELECT count(*) FROM outbox WHERE instr(subject || body, '" what "') > 0)"

TEST(a_name_of_before_goes_too)
{
	fixtures();
	administrator();
	run_sql("INSERT INTO audit (at, action, object, after) VALUES (1, 'role.propose',"
		" 'role_proposal/1', '{\"person\":\"Cem Çınar\"}')");
	CHECK_INT(post_as(CEM, "/profil",
			  FORM(FIELD("name", "Cem Neuhaus"), FIELD("pronomen", ""),
			       FIELD("darstellung", "dunkel")))
		      .status,
		  303);
	CHECK(count_of(LEFT_OF("Çınar")) > 2); /* Heidi was told */
	CHECK_INT(post_as(HEIDI, PAGE, wish()).status, 303);
	CHECK_INT(count_of(LEFT_OF("Çınar")), 0);
	CHECK_INT(count_of(LEFT_OF("Neuhaus")), 0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE instr(body, '" FORMER "') > 0"), 1);
}

TEST(the_address_she_was_invited_at_goes_too)
{
	fixtures();
	administrator();
	run_sql("INSERT INTO invitation (id, person_id, municipality_id, role, created_at,"
		" expires_at, accepted_at) VALUES (70, 3, 3, 'reviewer', 1, 2, 2);"
		"INSERT INTO audit (at, action, object, after) VALUES (1, 'invitation.send',"
		" 'invitation/70', '{\"email\":\"cem.alt@bergstedt.example\"}')");
	CHECK_INT(count_of(LEFT_OF("cem.alt")), 1);
	CHECK_INT(post_as(HEIDI, PAGE, wish()).status, 303);
	CHECK_INT(count_of(LEFT_OF("cem.alt")), 0);
}

/* In a megabyte: what a request holds does not grow with the letters. */
TEST(a_name_in_many_letters_goes_out_of_all_of_them)
{
	struct arena *small = arena_new(1 << 20);
	struct erased p;

	fixtures();
	run_sql(
	    "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 500)"
	    " INSERT INTO outbox (person_id, topic, subject, body, dedupe, created_at,"
	    " not_before) SELECT 1, 'vote', 'Brief', 'Von Cem Çınar, ' || hex(zeroblob(1000)),"
	    " 'viele/' || i, 1, 0 FROM n;"
	    "INSERT INTO audit (at, action, object, after) SELECT 1, 'x', 'x/1', body FROM outbox");
	CHECK_INT(db_begin_write(test_db, small), OK);
	CHECK_INT(erased_load(test_db, 3, &p), OK);
	CHECK_INT(person_erase(test_db, small, &p, 0), OK);
	CHECK_INT(db_commit(test_db), OK);
	arena_free(small);
	CHECK_INT(count_of(LEFT_OF("Çınar")), 0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE instr(body, '" FORMER "') > 0"), 500);
}

TEST(a_name_with_quotation_marks_goes_too)
{
	fixtures();
	administrator();
	run_sql("UPDATE person SET name = 'Cem \"Cemo\" Çınar' WHERE id = 3;"
		"INSERT INTO audit (at, action, object, after) VALUES (1, 'role.propose',"
		" 'role_proposal/1', '{\"person\":\"Cem \\\"Cemo\\\" Çınar\"}')");
	CHECK_INT(count_of(LEFT_OF("Cemo")), 1);
	CHECK_INT(post_as(HEIDI, PAGE, wish()).status, 303);
	CHECK_INT(count_of(LEFT_OF("Cemo")), 0);
}

TESTS_MAIN
