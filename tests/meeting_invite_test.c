/* meeting_invite_test.c -- invitations, answers, reminders, moving, calling off, calendar. */
#include "export/ics.h"
#include "meeting_world.h"

#define INVITE M1 "/einladen"
#define ANSWER M1 "/antwort"
#define MOVE M1 "/verschieben"
#define CANCEL M1 "/absagen"
#define LETTERS "SELECT count(*) FROM outbox WHERE cancelled_at IS NULL AND dedupe LIKE "

static struct str version_form(void)
{
	return FORM(MEETING_VERSION);
}

/* In draft, on 10 December: time enough for all reminders. */
static void draft_world(void)
{
	meeting_world("draft");
	run_sql("UPDATE meeting SET day = '2026-12-10', starts_at = 1796907600,"
		" answer_by = '2026-12-05'");
}

TEST(all_seats_are_invited_with_agenda_and_calendar)
{
	draft_world();
	struct answer a = get_as(ANNA, INVITE);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Jule Jasmin"));
	check_refusals(ANNA, INVITE, version_form(), LETTERS "'meeting/%'");
	check_once(ANNA, INVITE, version_form(), LETTERS "'meeting/1/invite/%'");
	CHECK_INT(count_of(LETTERS "'meeting/1/invite/%'"), 7); /* six seats, and who presents */
	CHECK_INT(count_of(LETTERS "'meeting/1/remind/%'"), 12);
	CHECK_STR(text_of("SELECT group_concat(topic || dedupe, ' ') FROM"
			  " (SELECT DISTINCT topic, substr(dedupe, 10, 7) AS dedupe FROM outbox "
			  "ORDER BY 1, 2)"),
		  S("meeting/remind meeting_call/invite"));
	CHECK_STR(text_of("SELECT state FROM meeting"), S("invited"));
	CHECK_INT(count_of("SELECT count(*) FROM register_record WHERE kind = 'meeting_invited'"),
		  1);
	struct str body = text_of("SELECT body FROM outbox WHERE dedupe = 'meeting/1/invite/10'");
	CHECK(str_find(body, S("1. Verzeichnis für alle (Entscheidung)")) < body.n);
	CHECK(str_find(body, S("http://127.0.0.1:8080/sitzungen/2026-1/sitzung.ics")) < body.n);
	CHECK(str_find(body, S("bis 5.\u00a0Dezember 2026")) < body.n);
	/* How far the register was, the record of this invitation included. */
	struct str head = text_of("SELECT 'Eintrag ' || n || ', Prüfsumme' || char(10) || hash"
				  "  FROM register_record WHERE kind = 'meeting_invited'");
	CHECK(str_find(body, head) < body.n);
	CHECK(str_find(body, S("http://127.0.0.1:8080/register")) < body.n);
	/* At eight on the day before the last day for answers, and two days before the meeting. */
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE not_before = 1796367600"), 6);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE not_before = 1796713200"), 6);
	CHECK_INT(post_as(ANNA, INVITE, version_form()).status, 409);
}

static struct str invitation(int64_t person)
{
	return text_of(arena_cstr(
	    test_arena,
	    arena_fmt(test_arena, "SELECT body FROM outbox WHERE dedupe = 'meeting/1/invite/%d'",
		      (int)person)));
}

static bool says_in(struct str body, const char *words)
{
	return str_find(body, str_of(words)) < body.n;
}

TEST(who_presents_or_writes_is_invited_without_a_seat)
{
	draft_world();
	run_sql("UPDATE meeting SET minute_taker_id = 4;"
		"UPDATE agenda_entry SET restricted = 'Personal.' WHERE id = 3;"
		"INSERT INTO agenda_entry (meeting_id, pos, kind, title, presenter_id, minutes)"
		" VALUES (1, 4, 'information', 'Stand', 2, 10)");
	CHECK_INT(post_as(ANNA, INVITE, version_form()).status, 303);
	struct str ben = invitation(BEN), dora = invitation(DORA), jule = invitation(JULE);
	CHECK(says_in(ben, "Du gibst Auskunft zu TOP 1, TOP 3."));
	CHECK(!says_in(ben, "ob deine Kommune dabei ist") && !says_in(ben, "Niederschrift."));
	/* Of a restricted point those without a seat read that there is one. */
	CHECK(!says_in(ben, "Verschiedenes") &&
	      says_in(ben, "2. Nur für den Steuerungskreis (Formalie)"));
	CHECK(says_in(dora, "Du schreibst die Niederschrift.") && says_in(dora, "Verschiedenes"));
	CHECK(says_in(jule, "Verschiedenes") && says_in(jule, "ob deine Kommune dabei ist"));
	CHECK(!says_in(jule, "Du gibst Auskunft"));
	CHECK_INT(count_of(LETTERS "'meeting/1/remind/%' AND person_id IN (2, 4)"), 0);
}

/* Whoever keeps the letter can show that the register was another one then. */
TEST(the_head_of_the_register_goes_out_with_the_invitation)
{
	draft_world();
	CHECK_INT(post_as(ANNA, INVITE, version_form()).status, 303);
	struct str head = text_of("SELECT 'Eintrag ' || n || ', Prüfsumme' || char(10) || hash"
				  "  FROM register_record ORDER BY n DESC LIMIT 1");
	CHECK(says_in(invitation(JULE), arena_cstr(test_arena, head)));
}

TEST(inviting_fails_whole)
{
	draft_world();
	check_failures(ANNA, INVITE, version_form(), LETTERS "'meeting/%'");
}

TEST(what_is_missing_stands_against_inviting)
{
	static const struct {
		const char *sql, *says;
	} cases[] = {
	    {"UPDATE meeting SET place = ''", "ein Ort oder ein Videoraum"},
	    {"UPDATE meeting SET chair_id = NULL", "eine Moderation"},
	    {"UPDATE meeting SET minute_taker_id = NULL", "jemand für die Niederschrift"},
	    {"DELETE FROM agenda_entry WHERE kind <> 'break'",
	     "/punkte/neu\">mindestens ein Punkt auf der Tagesordnung</a>"},
	    {"UPDATE meeting SET day = '2026-11-19'", "ein Tag, der noch kommt"},
	};

	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		draft_world();
		run_sql(cases[i].sql);
		struct answer a = post_as(ANNA, INVITE, version_form());
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, cases[i].says));
		CHECK_STR(text_of("SELECT state FROM meeting"), S("draft"));
	}
	draft_world();
	run_sql("UPDATE meeting SET place = '', link = 'https://raum.example'");
	CHECK_INT(post_as(ANNA, INVITE, version_form()).status, 303);
}

static struct str says(const char *answer)
{
	return FORM(FIELD_STR("antwort", str_of(answer)));
}

TEST(a_unit_answers_through_holder_or_deputy_and_is_reminded_no_more)
{
	draft_world();
	CHECK_INT(post_as(ANNA, INVITE, version_form()).status, 303);
	struct answer a = get_as(JULE, M1);
	CHECK(shows(&a, "Ist Lindheim am"));
	CHECK_INT(post_as(JULE, ANSWER, says("vielleicht")).status, 422);
	CHECK_INT(post_as(ANNA, ANSWER, says("room")).status, 403); /* no seat */
	CHECK_INT(post_as(JULE, ANSWER, says("room")).status, 303);
	CHECK_INT(count_of(LETTERS "'meeting/1/remind/1/%'"), 0);
	CHECK_INT(count_of(LETTERS "'meeting/1/remind/%'"), 8);
	/* The deputy knows better, within the same second. */
	CHECK_INT(post_as(KIM, ANSWER, says("remote")).status, 303);
	clock_set(FIXTURE_NOW + 60);
	CHECK_INT(post_as(HEIDI, ANSWER, says("room")).status, 303);
	CHECK_INT(post_as(IVO, ANSWER, says("absent")).status, 303);
	a = post_as(GRETA, ANSWER, says("proxy"));
	CHECK(str_starts(a.location, S(M1 "/vollmachten")));
	a = get_as(DORA, M1);
	CHECK(shows(&a, "per Video</span><br><span class=\"hs-leise\">gemeldet von Kim Kiefer"));
	CHECK(shows(&a, "Nicht beschlussfähig: 2 von 4 vertreten, nötig 3"));
	CHECK(shows(&a, "4 von 4 da"));
	CHECK_INT(post_as(IVO, ANSWER, says("remote")).status, 303);
	clock_set(FIXTURE_NOW + 120);
	CHECK_INT(post_as(IVO, ANSWER, says("room")).status, 303);
	a = get_as(DORA, M1);
	CHECK(shows(&a, "Beschlussfähig: 3 von 4 vertreten, nötig 3; 3 Personen"));
}

TEST(answering_fails_whole)
{
	meeting_world("invited");
	check_failures(JULE, ANSWER, says("room"), "SELECT count(*) FROM meeting_answer");
	check_refusals(JULE, ANSWER, says("room"), "SELECT count(*) FROM meeting_answer");
}

/* ---- Moving ---- */

static struct str move_to(const char *day, const char *time, const char *reason)
{
	return FORM(FIELD_STR("tag", str_of(day)), FIELD_STR("uhrzeit", str_of(time)),
		    FIELD_STR("grund", str_of(reason)), MEETING_VERSION);
}

/* On 2 April 2026 at 10:00; the template was published at `published`. */
static void april_world(const char *published)
{
	meeting_world("draft");
	clock_set(1774800000); /* 29 March 2026 */
	run_sql("UPDATE meeting SET day = '2026-04-02', start_minute = 600, starts_at = 1775116800,"
		" answer_by = NULL");
	run_sql(arena_cstr(
	    test_arena,
	    arena_fmt(test_arena,
		      "INSERT INTO decision_version (decision_id, version, title, written_by, "
		      "written_at, published_at, counts_from, sha256) VALUES (1, 3, 'Verzeichnis', "
		      "2, 1, %s, %s, '%064d')",
		      published, published, 3)));
	CHECK_INT(post_as(ANNA, INVITE, version_form()).status, 303);
}

/* D5: published 2026-03-27 10:00Z.  D6: published 2026-03-30 09:00Z. */
TEST(meeting_moved_after_template_deadline)
{
	april_world("1774605600");
	struct answer a = get_as(DORA, M1);
	CHECK(shows(&a, "liegt rechtzeitig vor"));
	a = post_as(ANNA, MOVE, move_to("31.03.2026", "10:00", "Raum nicht frei."));
	CHECK_INT(a.status, 303);
	a = get_as(DORA, M1);
	CHECK(shows(&a, "durch die Verschiebung zu spät"));
	CHECK(shows(&a, "bis dahin geplant für 2."));
	CHECK(shows(&a, "Raum nicht frei."));
	struct str body = text_of("SELECT body FROM outbox WHERE dedupe = 'meeting/1/moved/1/10'");
	CHECK(str_find(body, S("Vorlage 2026-1, Verzeichnis für alle: liegt jetzt zu spät vor")) <
	      body.n);
	CHECK(str_find(body, S("Grund: Raum nicht frei.")) < body.n);
	CHECK_INT(count_of("SELECT sequence FROM meeting"), 1);
	CHECK_STR(text_of("SELECT day FROM meeting_date"), S("2026-04-02"));
	CHECK_INT(count_of("SELECT count(*) FROM register_record WHERE kind = 'meeting_moved'"), 1);

	april_world("1774861200");
	a = get_as(DORA, M1);
	CHECK(shows(&a, "zu spät vorgelegt"));
	CHECK_INT(post_as(ANNA, MOVE, move_to("09.04.2026", "10:00", "Mehr Zeit.")).status, 303);
	a = get_as(DORA, M1);
	CHECK(shows(&a, "durch die Verschiebung rechtzeitig"));
	body = text_of("SELECT body FROM outbox WHERE dedupe = 'meeting/1/moved/1/10'");
	CHECK(str_find(body, S("liegt jetzt rechtzeitig vor")) < body.n);
}

TEST(authors_and_presenters_hear_of_a_move)
{
	april_world("1774605600");
	run_sql("UPDATE decision SET author_id = 4; UPDATE agenda_entry SET presenter_id = 11"
		" WHERE id = 1");
	CHECK_INT(post_as(ANNA, MOVE, move_to("31.03.2026", "10:00", "Raum.")).status, 303);
	CHECK_INT(count_of(LETTERS "'meeting/1/moved/1/%'"), 7);
	struct str author = text_of("SELECT body FROM outbox WHERE dedupe = 'meeting/1/moved/1/4'");
	CHECK(says_in(author, "liegt jetzt zu spät vor") &&
	      !says_in(author, "antworte noch einmal"));
	CHECK(says_in(text_of("SELECT body FROM outbox WHERE dedupe = 'meeting/1/moved/1/10'"),
		      "antworte noch einmal"));
}

TEST(answers_to_the_old_date_count_no_more)
{
	draft_world();
	CHECK_INT(post_as(ANNA, INVITE, version_form()).status, 303);
	CHECK_INT(post_as(JULE, ANSWER, says("room")).status, 303);
	clock_set(FIXTURE_NOW + 60);
	CHECK_INT(post_as(ANNA, MOVE, move_to("11.12.2026", "14:00", "Krankheit.")).status, 303);
	struct answer a = get_as(DORA, M1);
	CHECK(shows(&a, "0 von 4 da"));
	CHECK_INT(count_of(LETTERS "'meeting/1/remind/1/%'"), 4);
	/* The old ones are called back, the new ones stand for the new day. */
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE not_before = 1796713200"
			   " AND cancelled_at IS NULL"),
		  0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE not_before = 1796799600"
			   " AND cancelled_at IS NULL"),
		  6);
}

TEST(moving_needs_a_reason_a_real_time_and_the_newest_page)
{
	draft_world();
	CHECK_INT(post_as(ANNA, MOVE, move_to("11.12.2026", "14:00", "Grund")).status, 409);
	CHECK_INT(post_as(ANNA, INVITE, version_form()).status, 303);
	CHECK_INT(get_as(ANNA, MOVE).status, 200);
	struct answer a = post_as(ANNA, MOVE, move_to("28.03.2027", "02:30", ""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Diese Uhrzeit gibt es"));
	CHECK(shows(&a, "Fülle dieses Feld aus"));
	struct str old = move_to("11.12.2026", "14:00", "Grund");
	run_sql("UPDATE meeting SET row_version = row_version + 1");
	a = post_as(ANNA, MOVE, old);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "value=\"11.12.2026\""));
	check_failures(ANNA, MOVE, move_to("11.12.2026", "14:00", "Grund"),
		       "SELECT count(*) FROM meeting_date");
}

/* ---- Calling off ---- */

static struct str off(const char *reason)
{
	return FORM(FIELD_STR("grund", str_of(reason)), MEETING_VERSION);
}

TEST(a_meeting_called_off_gives_its_templates_back)
{
	draft_world();
	CHECK_INT(post_as(ANNA, INVITE, version_form()).status, 303);
	CHECK_INT(get_as(ANNA, CANCEL).status, 200);
	CHECK_INT(post_as(ANNA, CANCEL, off("")).status, 422);
	CHECK_INT(post_as(ANNA, CANCEL, off("Sturm.")).status, 303);
	CHECK_STR(text_of("SELECT state FROM decision"), S("published"));
	CHECK_INT(count_of(LETTERS "'meeting/1/remind/%'"), 0);
	CHECK_INT(count_of(LETTERS "'meeting/1/cancelled/%'"), 7);
	struct answer a = get_as(DORA, M1);
	CHECK(shows(&a, "Diese Sitzung ist abgesagt."));
	CHECK(shows(&a, "Sturm."));
	CHECK_INT(post_as(ANNA, CANCEL, off("Noch einmal")).status, 409);
	draft_world();
	check_failures(ANNA, CANCEL, off("Sturm."),
		       "SELECT count(*) FROM meeting WHERE state = 'cancelled'");
	CHECK_INT(count_of(LETTERS "'meeting/1/cancelled/%'"), 0); /* nobody was invited */
}

/* ---- Calendar ---- */

static struct ics_event calendar(void)
{
	struct answer a = get_as(DORA, M1 "/sitzung.ics");
	struct ics_event e;

	CHECK_INT(a.status, 200);
	CHECK(str_starts(a.content_type, S("text/calendar")));
	CHECK_INT(ics_read(test_arena, a.body, &e), OK);
	return e;
}

TEST(the_calendar_keeps_its_id_and_counts_up)
{
	draft_world();
	CHECK_INT(get_as(DORA, M1 "/sitzung.ics").status, 404);
	CHECK_INT(post_as(ANNA, INVITE, version_form()).status, 303);
	struct ics_event e = calendar();
	CHECK_STR(e.uid, S("abcdefghijklmnop@127.0.0.1:8080"));
	CHECK_INT(e.sequence, 0);
	CHECK_INT(e.starts_at, 1796907600);
	CHECK_INT(e.ends_at, 1796907600 + 3600);
	CHECK_STR(e.summary, S("Steuerungskreis 1/2026"));
	CHECK_STR(e.location, S("Rathaus Seefeld"));
	CHECK(!e.cancelled);
	CHECK_INT(post_as(ANNA, MOVE, move_to("11.12.2026", "14:30", "Grund")).status, 303);
	e = calendar();
	CHECK_STR(e.uid, S("abcdefghijklmnop@127.0.0.1:8080"));
	CHECK_INT(e.sequence, 1);
	CHECK_INT(e.starts_at, 1796995800);
	CHECK_INT(post_as(ANNA, CANCEL, off("Grund")).status, 303);
	e = calendar();
	CHECK_INT(e.sequence, 2);
	CHECK(e.cancelled);
}

TESTS_MAIN
