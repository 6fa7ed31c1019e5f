/* calendar_test.c -- the dates of a person at a secret address. */
#include "meeting_world.h"

#include "base/date.h"
#include "base/secret.h"

#define PAGE "/profil/kalender"
#define REVOKE PAGE "/abschalten"
#define NO_TOKEN "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"
static const char feeds[] = "SELECT count(*) FROM calendar_feed";
static const char active[] = "SELECT count(*) FROM calendar_feed WHERE revoked_at IS NULL";

/* The path of the address on the page that shows it. */
static const char *made_by(int64_t person)
{
	struct answer a = post_as(person, PAGE, S(""));

	CHECK_INT(a.status, 200);
	CHECK_INT(times(&a, "/termine.ics"), 1);
	size_t at = str_find(a.body, S("http://127.0.0.1:8080/kalender/"));
	CHECK(at < a.body.n);
	struct str path = str_from(a.body, at + S("http://127.0.0.1:8080").n);
	path = str_head(path, str_find_char(path, '<'));
	CHECK_INT(path.n, S("/kalender/").n + SECRET_TOKEN_CHARS + S("/termine.ics").n);
	return arena_cstr(test_arena, path);
}

static struct answer asked(const char *path)
{
	return post_raw((struct http_input){.method = S("GET"), .uri = str_of(path)});
}

/* Long lines of the file are folded. */
static bool says(const struct answer *a, const char *text)
{
	struct buf b = {.arena = test_arena};

	for (size_t i = 0; i < a->body.n; i++) {
		if (a->body.p[i] == '\r')
			continue;
		if (a->body.p[i] == '\n' && i + 1 < a->body.n && a->body.p[i + 1] == ' ')
			i++;
		else
			buf_char(&b, a->body.p[i]);
	}
	struct str whole = buf_str(&b);
	return str_find(whole, str_of(text)) < whole.n;
}

TEST(an_address_is_made_shown_once_renewed_and_given_up)
{
	fixtures();
	struct answer a = get_as(BEN, PAGE);
	CHECK(shows(&a, "Adresse erzeugen") && !shows(&a, "Adresse abschalten"));
	a = get_as(BEN, "/profil");
	CHECK(shows(&a, "href=\"" PAGE "\""));
	const char *first = made_by(BEN);
	a = get_as(BEN, PAGE);
	CHECK(shows(&a, "Adresse abschalten") && !shows(&a, "termine.ics"));
	/* The token stands nowhere. */
	struct str token = str_head(str_from(str_of(first), 10), SECRET_TOKEN_CHARS);
	CHECK_INT(count_of(arena_cstr(test_arena,
				      arena_fmt(test_arena,
						"SELECT count(*) FROM calendar_feed WHERE"
						" instr(token_hash, '%.*s') OR length(token_hash)"
						" <> 32",
						ARG(token)))),
		  0);
	CHECK_INT(asked(first).status, 200);
	const char *second = made_by(BEN);
	CHECK(strcmp(first, second) != 0);
	CHECK_INT(asked(first).status, 410);
	CHECK_INT(asked(second).status, 200);
	CHECK_INT(count_of(active), 1);
	/* Somebody else's stays. */
	const char *other = made_by(CEM);
	a = post_as(BEN, REVOKE, S(""));
	CHECK_STR(a.location, S(PAGE "?meldung=kalender-aus"));
	CHECK_INT(asked(second).status, 410);
	CHECK_INT(asked(other).status, 200);
	CHECK_STR(text_of("SELECT group_concat(action) FROM (SELECT action FROM audit"
			  " WHERE actor_id = 2 ORDER BY id)"),
		  S("calendar.make,calendar.make,calendar.revoke"));
	/* A second time changes nothing. */
	CHECK_INT(post_as(BEN, REVOKE, S("")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'calendar.revoke'"), 1);
}

TEST(the_forms_stand_what_every_form_must)
{
	fixtures();
	check_refusals(BEN, PAGE, S(""), feeds);
	CHECK(made_by(BEN) != NULL);
	check_refusals(BEN, REVOKE, S(""), active);
	check_failures(BEN, REVOKE, S(""), active);
}

static struct answer makes(void)
{
	return post_as(BEN, PAGE, S(""));
}

TEST(every_database_failure_of_a_new_address_leaves_none)
{
	every_failure_leaves_nothing(makes, feeds);
}

TEST(it_follows_the_person_without_any_session)
{
	fixtures();
	const char *path = made_by(BEN);
	struct answer a = asked(path);
	CHECK(str_starts(a.content_type, S("text/calendar")));
	CHECK_STR(header_of(&a, "Cache-Control"), S("private, no-cache"));
	CHECK_INT(header_of(&a, "Set-Cookie").n, 0);
	CHECK(says(&a, "X-WR-CALNAME") && says(&a, "Task Force endet: Dateninventur"));
	run_sql("UPDATE person SET status = 'suspended' WHERE id = 2");
	CHECK_INT(asked(path).status, 410);
	run_sql("UPDATE person SET status = 'active' WHERE id = 2");
	CHECK_INT(asked(path).status, 200);
	run_sql("UPDATE person SET status = 'anonymised' WHERE id = 2");
	CHECK_INT(asked(path).status, 404);
	/* Nobody's, and too short to be anybody's. */
	a = asked("/kalender/" NO_TOKEN "/termine.ics");
	CHECK_INT(a.status, 404);
	CHECK_INT(header_of(&a, "Set-Cookie").n, 0);
	CHECK_INT(asked("/kalender/abc/termine.ics").status, 404);
}

TEST(rights_are_those_of_this_moment)
{
	meeting_world("invited");
	const char *path = made_by(DORA), *funder = made_by(FINN);
	struct answer a = asked(path);
	CHECK(says(&a, "SUMMARY:Steuerungskreis 1/2026"));
	a = asked(funder);
	CHECK_INT(a.status, 200);
	CHECK(!says(&a, "BEGIN:VEVENT"));
	run_sql("UPDATE role_grant SET ended_at = 1795165200 WHERE person_id = 4");
	a = asked(path);
	CHECK_INT(a.status, 200);
	CHECK(!says(&a, "BEGIN:VEVENT"));
}

TEST(what_did_not_change_is_not_sent_again)
{
	meeting_world("invited");
	const char *path = made_by(DORA);
	struct answer a = asked(path);
	struct str tag = header_of(&a, "ETag");
	CHECK(tag.n > 10);
	clock_set(FIXTURE_NOW + 3600);
	struct http_input in = {.method = S("GET"), .uri = str_of(path), .if_none_match = tag};
	CHECK_INT(post_raw(in).status, 304);
	/* As the web server weakens it. */
	in.if_none_match = arena_fmt(test_arena, "W/%.*s", ARG(tag));
	CHECK_INT(post_raw(in).status, 304);
	run_sql("UPDATE meeting SET sequence = 1, starts_at = starts_at + 3600");
	a = post_raw(in);
	CHECK_INT(a.status, 200);
	CHECK(says(&a, "SEQUENCE:1") && says(&a, "UID:abcdefghijklmnop@127.0.0.1:8080"));
}

static void dues_world(void)
{
	meeting_world("invited");
	run_sql("UPDATE meeting SET day = '2026-12-04', answer_by = '2026-11-27', starts_at ="
		" 1796389200;"
		"INSERT INTO decision (id, year, number, author_id, state, created_at) VALUES"
		" (2, 2026, 2, 2, 'draft', 1), (3, 2026, 3, 2, 'review', 1),"
		" (4, 2026, 4, 2, 'in_follow_up', 1);"
		"INSERT INTO decision_version (decision_id, version, title, written_by, written_at)"
		" VALUES (2, 1, 'Bäume', 2, 1), (3, 1, 'Brücken', 2, 1), (4, 1, 'Brunnen', 2, 1);"
		"INSERT INTO follow_up (decision_id, year, number, responsible_id, due_on) VALUES"
		" (4, 2026, 1, 2, '2027-02-28');"
		"INSERT INTO open_question (scope, task_force_id, text, asked_at, goes_to, due_on,"
		" state) VALUES ('task_force', 1, 'Wer zahlt?', 1, 'task_force', '2026-12-01',"
		" 'open');");
}

TEST(everybody_has_their_own_deadlines_in_it)
{
	dues_world();
	struct answer a = asked(made_by(BEN));
	CHECK(says(&a, "SUMMARY:Umsetzung fällig: Brunnen"));
	CHECK(says(&a, "DTSTART;VALUE=DATE:20270228") && says(&a, "DTEND;VALUE=DATE:20270301"));
	CHECK(says(&a, "URL:http://127.0.0.1:8080/entscheidungen/2026-4/umsetzung"));
	CHECK(says(&a, "UID:follow_up-4@127.0.0.1:8080"));
	/* Five days before the meeting on 4 December. */
	CHECK(says(&a, "SUMMARY:Vorlage fertig schreiben: Bäume"));
	CHECK(says(&a, "DTSTART;VALUE=DATE:20261129"));
	CHECK(says(&a, "SUMMARY:Frage beantworten: Dateninventur"));
	CHECK(!says(&a, "Wer zahlt?") && !says(&a, "Brücken"));
	CHECK(says(&a, "DTSTART;VALUE=DATE:20270331")); /* the task force's end */
	CHECK(!says(&a, "Antwort auf die Einladung"));
	a = asked(made_by(ANNA));
	CHECK(says(&a, "SUMMARY:Vorlage prüfen: Brücken"));
	CHECK(!says(&a, "Brunnen") && !says(&a, "Bäume") && !says(&a, "Task Force endet"));
	a = asked(made_by(HEIDI));
	CHECK(says(&a, "SUMMARY:Antwort auf die Einladung: Steuerungskreis 1/2026"));
	CHECK(says(&a, "DTSTART;VALUE=DATE:20261127"));
	run_sql("INSERT INTO meeting_answer (meeting_id, municipality_id, person_id, answer, at)"
		" VALUES (1, 3, 8, 'room', 1795165200)");
	a = asked(made_by(HEIDI));
	CHECK(!says(&a, "Antwort auf die Einladung"));
}

TEST(restricted_points_are_never_named)
{
	dues_world();
	run_sql("INSERT INTO agenda_entry (meeting_id, pos, kind, decision_id, title, minutes,"
		" restricted) SELECT 1, 3 + id, 'decision', id, 'Geheim', 10, 'Personal'"
		" FROM decision WHERE id > 1");
	struct answer a = asked(made_by(BEN));
	CHECK(says(&a, "SUMMARY:Umsetzung eines Beschlusses fällig"));
	CHECK(says(&a, "SUMMARY:Vorlage fertig schreiben\n"));
	CHECK(!says(&a, "Brunnen") && !says(&a, "Bäume") && !says(&a, "Geheim"));
	a = asked(made_by(ANNA));
	CHECK(says(&a, "SUMMARY:Vorlage prüfen\n"));
	CHECK(!says(&a, "Brücken"));
}

TEST(review_rounds_and_circular_resolutions_stand_with_their_last_day)
{
	dues_world();
	run_sql("INSERT INTO document (id, slug, title) VALUES (9, 'handbuch', 'Handbuch');"
		"INSERT INTO revision (id, document_id, major, minor, state, change, created_at)"
		" VALUES (9, 9, 1, 0, 'in_review', 'content', 1);"
		"INSERT INTO review_round (id, number, revision_id, opens_on, closes_on,"
		" first_closes_on, created_by, created_at) VALUES (5, 2, 9, '2026-11-01',"
		" '2026-12-15', '2026-12-15', 1, 1);"
		"INSERT INTO round_invitation (round_id, municipality_id, person_id, invited_at)"
		" VALUES (5, 4, 4, 1), (5, 2, NULL, 1);");
	const char *path = made_by(DORA);
	struct answer a = asked(path);
	CHECK(says(&a, "SUMMARY:Rückmelderunde 2 endet") &&
	      says(&a, "DTSTART;VALUE=DATE:20261215"));
	/* Greta answers for Auental, Ben does not. */
	a = asked(made_by(GRETA));
	CHECK(says(&a, "Rückmelderunde 2 endet"));
	a = asked(made_by(BEN));
	CHECK(!says(&a, "Rückmelderunde 2 endet"));
	/* Its last second is 6 December, 23:59:59 in Berlin. */
	run_sql("INSERT INTO poll (id, decision_id, version, version_hash, kind, majority, mode,"
		" seat_rule, min_yes, min_persons, casting_vote, second_meeting, absent_counts,"
		" quorum_by_weight, opened_by, opened_at, closes_at) VALUES (1, 4, 1,"
		" '1111111111111111111111111111111111111111111111111111111111111111', 'circular',"
		" 'simple', 'heads', 'speaker', 0, 1, 0, 0, 0, 0, 9, 1795165200, 1796597999);"
		"INSERT INTO poll_unit (poll_id, unit, municipality_id, name, weight) VALUES"
		" (1, 3, 3, 'Bergstedt', 1);"
		"INSERT INTO poll_voter (poll_id, unit, person_id, capacity) VALUES"
		" (1, 3, 8, 'holder');");
	a = asked(made_by(HEIDI));
	CHECK(says(&a, "SUMMARY:Umlaufbeschluss endet: Brunnen") &&
	      says(&a, "DTSTART;VALUE=DATE:20261206"));
	CHECK(!says(&a, "Umsetzung fällig"));
	a = asked(path);
	CHECK(!says(&a, "Umlaufbeschluss"));
	run_sql("UPDATE review_round SET closed_at = 1795165200");
	a = asked(path);
	CHECK(!says(&a, "Rückmelderunde"));
}

TESTS_MAIN
