/* minutes_test.c -- minutes: generated, noted, signed by two persons, sealed. */
#include "base/secret.h"
#include "minutes_world.h"

#define NOTE_COUNT "SELECT count(*) FROM minutes_note"
#define SIGNATURES                                                                                 \
	"SELECT (SELECT count(*) FROM minutes_signature) + (SELECT count(*) FROM minutes)"         \
	" + (SELECT count(*) FROM register_record) + (SELECT count(*) FROM outbox)"                \
	" + (SELECT count(*) FROM agenda_entry)"

TEST(minutes_say_what_happened)
{
	minutes_world();
	struct answer a = get_as(CEM, MINUTES);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Ort: Rathaus Seefeld"));
	CHECK(shows(&a, "Beginn: 10:00 Uhr"));
	CHECK(shows(&a, "Ende: 10:20 Uhr"));
	CHECK(shows(&a, "Lindheim: Jule"));
	CHECK(shows(&a, "Die Kommunen führen ein gemeinsames Verzeichnis."));
	CHECK(shows(&a, "angenommen"));
	CHECK(shows(&a, "Rechnung: "));
	CHECK(shows(&a, "Ja: Lindheim, Seefeld"));
	CHECK(shows(&a, "Nein: Auental"));
	CHECK(shows(&a, "Tatsächlich: 10:00–10:00 Uhr"));
	CHECK(shows(&a, "Schlüssel des Beschlussregisters"));
}

/* Before it is signed only those see it who write it; nobody before the meeting has begun. */
TEST(unsigned_minutes_are_for_those_who_write_them)
{
	minutes_running();
	struct answer a = get_as(DORA, MINUTES);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Die Niederschrift ist in Arbeit."));
	CHECK(!shows(&a, "gemeinsames Verzeichnis"));
	a = get_as(CEM, MINUTES);
	CHECK(shows(&a, "Niederschrift ergänzen"));
	CHECK(!shows(&a, "Dein Passwort")); /* not while it runs */
	CHECK_INT(post_as(CEM, SIGN, signing(PASSWORD)).status, 409);
	CHECK_INT(get_as(DORA, MINUTES "/niederschrift.txt").status, 404);
	run_sql("UPDATE meeting SET state = 'invited'");
	CHECK_INT(get_as(CEM, MINUTES).status, 404);
}

TEST(notes_and_tasks_stand_at_their_point)
{
	minutes_running();
	struct str form =
	    note_form("task", "Zahlen nachreichen\n## keine Überschrift", "2", "15.12.2026");
	check_refusals(CEM, NOTES, form, NOTE_COUNT);
	check_once(CEM, NOTES, form, NOTE_COUNT);
	struct answer a = get_as(CEM, MINUTES);
	CHECK(shows(&a, "Auftrag, zuständig Ben Birke, bis 15.12.2026:"));
	CHECK(!shows(&a, "<h2>keine"));
	a = post_as(CEM, NOTES, note_form("note", "", "2", "morgen"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "morgen"));
	CHECK_INT(post_as(CEM, NOTES, note_form("note", "Hinweis", "2", "")).status, 422);
	CHECK_INT(post_as(CEM, NOTES, note_form("tanz", "Hinweis", "", "")).status, 422);
	CHECK_INT(post_as(CEM, NOTES, note_form("task", "Hinweis", "99", "")).status, 422);
	CHECK_INT(post_as(DORA, NOTES, form).status, 403);
	CHECK_INT(post_as(HEIDI, NOTES, form).status, 403);
	CHECK_INT(post_as(JULE, NOTES, note_form("note", "Gute Beratung", "", "")).status, 303);
	CHECK_INT(count_of(NOTE_COUNT), 2);
}

TEST(noting_fails_whole)
{
	minutes_running();
	check_failures(CEM, NOTES, note_form("task", "Zahlen", "2", ""), NOTE_COUNT);
}

static struct str edited(const char *text, const char *version)
{
	return FORM(FIELD("punkt", ""), FIELD("art", "task"), FIELD_STR("text", str_of(text)),
		    FIELD("wer", ""), FIELD("frist", ""), FIELD_STR("version", str_of(version)));
}

TEST(a_note_is_changed_and_removed)
{
	minutes_running();
	CHECK_INT(post_as(CEM, NOTES, note_form("task", "Zahlen", "2", "")).status, 303);
	CHECK_INT(get_as(CEM, NOTES "/1").status, 200);
	CHECK_INT(get_as(CEM, NOTES "/2").status, 404);
	CHECK_INT(get_as(HEIDI, NOTES "/1").status, 403);
	CHECK_INT(post_as(CEM, NOTES "/1", edited("", "1")).status, 422);
	CHECK_INT(post_as(CEM, NOTES "/1", edited("Alle Zahlen", "1")).status, 303);
	struct answer a = post_as(IVO, NOTES "/1", edited("Keine Zahlen", "1"));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Alle Zahlen"));
	CHECK(shows(&a, "Keine Zahlen"));
	CHECK_INT(post_as(CEM, NOTES "/1/entfernen", FORM(FIELD("version", "1"))).status, 409);
	check_failures(CEM, NOTES "/1/entfernen", FORM(FIELD("version", "2")),
		       "SELECT 1 - count(*) FROM minutes_note");
	CHECK_INT(count_of(NOTE_COUNT), 0);
}

TEST(changing_a_note_fails_whole)
{
	minutes_running();
	CHECK_INT(post_as(CEM, NOTES, note_form("task", "Zahlen", "2", "")).status, 303);
	check_failures(CEM, NOTES "/1", edited("Alle Zahlen", "1"),
		       "SELECT sum(row_version) FROM minutes_note");
}

TEST(two_persons_sign_the_same_text_and_seal_it)
{
	minutes_world();
	check_once(CEM, SIGN, signing(PASSWORD), SIGNATURES);
	CHECK_STR(text_of("SELECT state FROM meeting"), S("closed"));
	CHECK_STR(text_of("SELECT text FROM minutes"), S(""));
	/* The same person not twice, and nothing changes under a signature. */
	CHECK_INT(post_as(CEM, SIGN, signing(PASSWORD)).status, 409);
	CHECK_INT(post_as(CEM, NOTES, note_form("note", "Noch etwas", "", "")).status, 409);
	struct answer a = get_as(IVO, MINUTES);
	CHECK(shows(&a, "Eine Unterschrift liegt vor."));
	CHECK(!shows(&a, "Niederschrift ergänzen"));
	struct str sha = digest();
	check_once(IVO, SIGN, signing(PASSWORD), SIGNATURES);
	CHECK_STR(text_of("SELECT state FROM meeting"), S("minutes_draft"));
	CHECK_STR(text_of("SELECT sha256 FROM minutes"), sha);
	CHECK_INT(count_of("SELECT count(*) FROM register_record WHERE kind = 'minutes_sealed'"),
		  1);
	CHECK(count_of("SELECT count(*) FROM outbox WHERE dedupe LIKE 'meeting/1/minutes/%'") >= 6);
	a = get_as(DORA, MINUTES "/niederschrift.txt");
	CHECK_INT(a.status, 200);
	CHECK_STR(secret_sha256_hex(test_arena, a.body), sha);
	a = get_as(DORA, MINUTES);
	CHECK(shows(&a, "gemeinsames Verzeichnis"));
	CHECK(shows(&a, "Versiegelt und verschickt"));
	CHECK_INT(post_as(IVO, RETURN, FORM(FIELD("grund", "Doch nicht"))).status, 409);
	check_register();
}

/* Frozen in the database itself: a later name changes nothing. */
TEST(what_is_sealed_stays)
{
	minutes_sealed();
	struct str before = arena_str(test_arena, get_as(DORA, MINUTES "/niederschrift.txt").body);
	run_sql("UPDATE person SET name = 'Jule Neuname' WHERE id = 10");
	CHECK_STR(get_as(DORA, MINUTES "/niederschrift.txt").body, before);
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK(db_run(test_db, "UPDATE minutes SET text = 'anders'", WITH_NOTHING, NULL) != OK);
	db_rollback(test_db);
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK(db_run(test_db,
		     "UPDATE minutes_signature SET voided_at = 1, voided_by = 1,"
		     " void_reason = 'x'",
		     WITH_NOTHING, NULL) != OK);
	db_rollback(test_db);
}

TEST(signing_needs_the_password_and_the_text_that_was_read)
{
	minutes_world();
	struct answer a = post_as(CEM, SIGN, signing("falsch-und-lang-genug"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Das Passwort stimmt nicht."));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'password_failed'"), 1);
	a = post_as(CEM, SIGN, signing(""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Gib dein Passwort an."));
	CHECK_INT(count_of("SELECT count(*) FROM minutes_signature"), 0);
	struct str read = signing(PASSWORD);
	CHECK_INT(post_as(IVO, NOTES, note_form("note", "Nachtrag", "", "")).status, 303);
	CHECK_INT(post_as(CEM, SIGN, read).status, 409);
	CHECK_INT(count_of("SELECT count(*) FROM minutes_signature"), 0);
	CHECK_INT(post_as(HEIDI, SIGN, read).status, 403);
	CHECK_INT(post_as(ANNA, SIGN, read).status, 403);
}

/* Throttled as at the login: while the time runs even the right one is not read. */
TEST(guessing_at_the_signature_is_slowed_down)
{
	minutes_world();
	for (int i = 0; i < 5; i++)
		CHECK_INT(post_as(CEM, SIGN, signing("falsch-und-lang-genug")).status, 422);
	struct answer a = post_as(CEM, SIGN, signing(PASSWORD));
	CHECK_INT(a.status, 429);
	CHECK(shows(&a, "wurde dieser nicht geprüft"));
	CHECK(header_of(&a, "Retry-After").n > 0);
	CHECK_INT(count_of("SELECT count(*) FROM minutes_signature"), 0);
	clock_set(FIXTURE_NOW + 1260);
	CHECK_INT(post_as(CEM, SIGN, signing(PASSWORD)).status, 303);
}

TEST(the_deputy_signs_for_the_chair_and_nobody_for_both)
{
	minutes_world();
	CHECK_INT(post_as(JULE, SIGN, signing(PASSWORD)).status, 303);
	CHECK_INT(post_as(IVO, SIGN, signing(PASSWORD)).status, 409); /* the chair has signed */
	CHECK_INT(post_as(CEM, SIGN, signing(PASSWORD)).status, 303);
	CHECK_INT(count_of("SELECT count(DISTINCT person_id) FROM minutes_signature"), 2);
}

TEST(sent_back_the_signature_is_void_and_notes_change_again)
{
	minutes_world();
	CHECK_INT(post_as(IVO, RETURN, FORM(FIELD("grund", "Fehlt etwas"))).status, 409);
	CHECK_INT(post_as(CEM, SIGN, signing(PASSWORD)).status, 303);
	CHECK_INT(post_as(IVO, RETURN, FORM(FIELD("grund", ""))).status, 422);
	CHECK_INT(post_as(HEIDI, RETURN, FORM(FIELD("grund", "Nein"))).status, 403);
	check_once(IVO, RETURN, FORM(FIELD("grund", "TOP 1 fehlt etwas")),
		   "SELECT count(voided_at) FROM minutes_signature");
	CHECK_INT(post_as(CEM, NOTES, note_form("note", "Ergänzt", "", "")).status, 303);
	CHECK_INT(post_as(CEM, SIGN, signing(PASSWORD)).status, 303);
	CHECK_INT(post_as(IVO, SIGN, signing(PASSWORD)).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM minutes_signature"), 3);
}

/* What is no note may change too. */
TEST(a_changed_name_needs_a_new_first_signature)
{
	minutes_world();
	CHECK_INT(post_as(CEM, SIGN, signing(PASSWORD)).status, 303);
	run_sql("UPDATE person SET name = 'Jule Neuname' WHERE id = 10");
	struct answer a = get_as(IVO, MINUTES);
	CHECK(shows(&a, "Der Text hat sich seit der Unterschrift verändert"));
	CHECK_INT(post_as(IVO, SIGN, signing(PASSWORD)).status, 409);
}

TEST(signing_and_sealing_fail_whole)
{
	minutes_world();
	check_failures(CEM, SIGN, signing(PASSWORD), SIGNATURES);
	next_meeting();
	check_failures(IVO, SIGN, signing(PASSWORD), SIGNATURES);
}

TEST(sending_back_fails_whole)
{
	minutes_world();
	CHECK_INT(post_as(CEM, SIGN, signing(PASSWORD)).status, 303);
	check_failures(IVO, RETURN, FORM(FIELD("grund", "Nein")),
		       "SELECT count(voided_at) FROM minutes_signature");
}

TESTS_MAIN
