/* oparl_test.c -- meetings and results as OParl 1.1: every file is read by another program
 * (oparl_check.py), and nothing comes out that must not. */
#include "minutes_world.h"
#include "quiet.h"
#include "run_page.h"

#include "features/steering/register_command.h"

static struct str run_said;

static int run(const char *folder)
{
	char oparl[] = "oparl", address[] = "https://daten.example/oparl";
	char *argv[] = {oparl, strdup(folder), address};
	struct quiet q = hush();
	int status = register_command(test_db, test_arena, &test_app, 3, argv);

	run_said = speak(test_arena, q);
	free(argv[1]);
	return status;
}

static struct str printed(const char *command)
{
	char out[60000];
	FILE *f = popen(command, "r");

	CHECK(f != NULL);
	size_t n = fread(out, 1, sizeof out, f);
	int status = pclose(f);
	if (status != 0)
		print_error("%.*s\n", (int)n, out);
	CHECK_INT(status, 0);
	return arena_str(test_arena, (struct str){out, n});
}

/* Exports, checks, and gives all of it as one sorted text: "meeting/2026-1.json agendaItem.0.name =
 * …" a line. */
static struct str exported(void)
{
	make_folder();
	const char *folder = arena_cstr(test_arena, arena_fmt(test_arena, "%s/oparl", run_folder));
	CHECK_INT(run(folder), 0);
	struct str all = printed(arena_cstr(
	    test_arena,
	    arena_fmt(test_arena,
		      "/usr/bin/python3 tests/oparl_check.py %s https://daten.example/oparl 2>&1",
		      folder)));
	/* What is handed out is not changed under its readers. */
	CHECK_INT(run(folder), 1);
	CHECK(str_find(run_said, S("Nothing was written")) < run_said.n);
	remove_folder();
	return all;
}

static bool has(struct str all, const char *line)
{
	bool found = str_find(all, arena_fmt(test_arena, "\n%s\n", line)) < all.n;

	if (!found)
		print_error("not there: %s\n", line);
	return found;
}

static bool anywhere(struct str all, const char *words)
{
	return str_find(all, str_of(words)) < all.n;
}

#define URL "https://daten.example/oparl/"

TEST(a_meeting_with_its_vote_comes_out)
{
	minutes_world();
	struct str all = exported();

	CHECK(has(all, "system.json oparlVersion = https://schema.oparl.org/1.1/"));
	CHECK(has(all, "meeting/2026-1.json name = Steuerungskreis 1/2026"));
	CHECK(has(all, "meeting/2026-1.json meetingState = eingeladen"));
	CHECK(has(all, "meeting/2026-1.json cancelled = False"));
	CHECK(has(all,
		  "meeting/2026-1.json organization.0 = " URL "organization/steuerungskreis.json"));
	CHECK(has(all, "agendaitem/1.json name = Verzeichnis für alle"));
	CHECK(has(all, "agendaitem/1.json order = 1"));
	CHECK(has(all, "agendaitem/1.json public = True"));
	CHECK(has(all, "agendaitem/1.json result = beschlossen"));
	CHECK(has(all, "agendaitem/1.json resolutionText = Die Kommunen führen ein gemeinsames "
		       "Verzeichnis."));
	CHECK(has(all, "agendaitem/1.json consultation = " URL "consultation/1.json"));
	CHECK(has(all, "paper/2026-1.json reference = 2026-1"));
	CHECK(has(all, "paper/2026-1.json originatorOrganization.0 = " URL
		       "organization/task-force-dateninventur.json"));
	CHECK(has(all, "consultation/1.json agendaItem = " URL "agendaitem/1.json"));
	CHECK(has(all, "consultation/1.json handschlag:vote.0.result = adopted"));
	CHECK(has(all, "consultation/1.json handschlag:vote.0.units.0.name = Auental"));
	CHECK(has(all, "consultation/1.json handschlag:vote.0.units.0.status = no"));
	CHECK(has(all, "person/9.json name = Ivo Iris"));
	CHECK(has(all, "person/9.json membership.0.onBehalfOf = " URL "organization/seefeld.json"));
	/* Without a seat, nobody is named. */
	CHECK(!anywhere(all, "Anna Ahorn"));
	CHECK(!anywhere(all, "@"));
}

TEST(an_open_vote_says_nothing)
{
	poll_world();
	OPENS();
	CHECK_INT(votes(IVO, SEEFELD, "yes"), 303);
	struct str all = exported();

	CHECK(has(all, "agendaitem/1.json name = Verzeichnis für alle"));
	CHECK(!anywhere(all, "agendaitem/1.json result"));
	CHECK(!anywhere(all, "agendaitem/1.json resolutionText"));
	CHECK(has(all, "consultation/1.json handschlag:vote = []"));
	CHECK(!anywhere(all, "status = "));
}

TEST(a_restricted_point_is_there_and_nothing_of_it)
{
	minutes_world();
	run_sql("UPDATE agenda_entry SET restricted = 'Personalsache Müller' WHERE id = 1;"
		"INSERT INTO agenda_entry (id, meeting_id, pos, kind, title, minutes, restricted)"
		" VALUES (80, 1, 80, 'discussion', 'Verzeichnis der Klagen', 5, 'laufendes "
		"Verfahren')");
	struct str all = exported();

	CHECK(has(all, "agendaitem/1.json name = Entscheidung, nicht öffentlich"));
	CHECK(has(all, "agendaitem/1.json public = False"));
	CHECK(!anywhere(all, "Verzeichnis"));
	CHECK(has(all, "agendaitem/80.json public = False"));
	CHECK(!anywhere(all, "Personalsache"));
	CHECK(!anywhere(all, "Verfahren"));
	CHECK(!anywhere(all, "Dateninventur"));
	CHECK(!anywhere(all, "resolutionText"));
	CHECK(!anywhere(all, "adopted"));
	/* Whoever had it before it was restricted learns to forget it. */
	CHECK(has(all, "paper/2026-1.json deleted = True"));
	CHECK(has(all, "consultation/1.json deleted = True"));
	CHECK(has(all, "organization/task-force-dateninventur.json deleted = True"));
	CHECK(!anywhere(all, "paper/2026-1.json name") &&
	      !anywhere(all, "consultation/1.json paper"));
}

/* A seat that ended: the name goes, the address stays and says so. */
TEST(who_has_no_seat_any_more_is_deleted)
{
	minutes_world();
	struct str all = exported();
	CHECK(anywhere(all, "person/7.json name = Greta"));
	CHECK(!anywhere(all, "deleted"));
	run_sql("UPDATE role_grant SET ended_at = 1795165200, ended_by = 1 WHERE person_id = 7");
	all = exported();
	CHECK(has(all, "person/7.json deleted = True"));
	CHECK(has(all, "membership/7.json deleted = True"));
	CHECK(!anywhere(all, "Greta"));
	/* One that begins later is not there yet. */
	run_sql("UPDATE role_grant SET ended_at = NULL, ended_by = NULL, since = '2027-03-01'"
		" WHERE person_id = 7");
	all = exported();
	CHECK(!anywhere(all, "person/7.json") && !anywhere(all, "membership/7.json"));
}

/* Nor where its resolution comes back to the committee, or stood on an agenda before. */
TEST(a_restricted_template_is_so_in_every_meeting)
{
	minutes_world();
	run_sql("INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot,"
		" uid, invited_at, created_by, created_at) VALUES (7, 2026, 7, 'invited',"
		" '2026-12-10', 840, 1796907600, 60, 'u7', 1795100000, 1, 1);"
		"INSERT INTO agenda_entry (id, meeting_id, pos, kind, title, minutes, follows_id)"
		" VALUES (70, 7, 1, 'information', 'Stand: Verzeichnis', 5, 1);"
		"INSERT INTO agenda_entry (id, meeting_id, pos, kind, decision_id, title, minutes,"
		" restricted, outcome) VALUES (71, 7, 2, 'decision', 1, 'Verzeichnis', 5, 'geheim',"
		" 'deferred')");
	struct str all = exported();

	CHECK(has(all, "agendaitem/70.json name = Information, nicht öffentlich"));
	CHECK(has(all, "agendaitem/1.json public = False"));
	CHECK(!anywhere(all, "Verzeichnis"));
}

TEST(drafts_stay_in_the_house)
{
	poll_world();
	run_sql("INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot,"
		" uid, created_by, created_at) VALUES (8, 2026, 8, 'draft', '2026-12-10', 840,"
		" 1796907600, 60, 'u8', 1, 1);"
		"INSERT INTO decision (id, year, number, author_id, created_at) VALUES"
		" (8, 2026, 8, 1, 1);"
		"INSERT INTO decision_version (decision_id, version, title, written_by, written_at)"
		" VALUES (8, 1, 'Noch geheim', 1, 1), (1, 9, 'Neuer Entwurf', 1, 1);"
		"INSERT INTO decision_version (decision_id, version, title, lead_id, written_by,"
		" written_at, published_at, counts_from, sha256) VALUES (1, 8, 'Zweite Fassung', 2,"
		" 1, 1, 1795000000, 1795000000, '" HASH_1 "')");
	struct str all = exported();

	CHECK(!anywhere(all, "2026-8"));
	CHECK(!anywhere(all, "Noch geheim"));
	CHECK(!anywhere(all, "Neuer Entwurf"));
	CHECK(has(all, "paper/2026-1.json name = Zweite Fassung"));
	CHECK(has(all, "paper/2026-1.json underDirectionOf.0 = " URL "organization/auental.json"));
}

/* No address that opens something, and no way into the video room. */
TEST(links_and_rooms_stay_in_the_house)
{
	poll_world();
	run_sql("UPDATE meeting SET place = '', link = 'https://video.example/geheim'");
	struct str all = exported();

	CHECK(!anywhere(all, "video.example"));
	CHECK(!anywhere(all, "location/"));
}

TEST(any_words_give_valid_json)
{
	minutes_world();
	run_sql("UPDATE meeting SET place = 'Saal \"A\\B\"' || char(9) || '<b> & ü €';"
		"UPDATE agenda_entry SET title = 'Zeile' || char(10) || '\"zwei\"' WHERE id = 1;"
		"UPDATE municipality SET name = 'Stadt \"Au\\' || char(1) || '\"' WHERE id = 2;"
		"UPDATE person SET name = 'Ivo \"I\" O''Neill \\' WHERE id = 9");
	struct str all = exported();

	CHECK(has(all, "person/9.json name = Ivo \"I\" O'Neill \\"));
	CHECK(has(all, "meeting/2026-1.json location.description = Saal \"A\\B\"\\t<b> & ü €"));
	CHECK(has(all, "agendaitem/1.json name = Zeile\\n\"zwei\""));
	CHECK(has(all, "organization/auental.json name = Stadt \"Au\\\\x01\""));
}

TEST(an_empty_committee_comes_out_too)
{
	fixtures();
	struct str all = exported();

	CHECK(has(all, "meetings.json data = []"));
	CHECK(has(all, "papers.json data = []"));
}

TEST(an_address_that_is_none_is_refused)
{
	static const char *const bad[] = {"daten.example", "https://daten.example/oparl/", ""};

	fixtures();
	make_folder();
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		char oparl[] = "oparl",
		     *folder = strdup(
			 arena_cstr(test_arena, arena_fmt(test_arena, "%s/oparl", run_folder)));
		char *argv[] = {oparl, folder, strdup(bad[i])};
		struct quiet q = hush();
		int status = register_command(test_db, test_arena, &test_app, 3, argv);
		(void)speak(test_arena, q);
		CHECK_INT(status, 2);
		CHECK(access(folder, F_OK) != 0);
		free(argv[1]);
		free(argv[2]);
	}
	remove_folder();
}

TEST(a_failure_leaves_no_folder)
{
	minutes_world();
	make_folder();
	const char *folder = arena_cstr(test_arena, arena_fmt(test_arena, "%s/oparl", run_folder));
	int n = 1;

	for (int status = 1; status != 0; n++) {
		db_fail_after(test_db, n, E_INTERNAL);
		status = run(folder);
		db_fail_after(test_db, 0, OK);
		CHECK(status == 0 || access(folder, F_OK) != 0);
	}
	CHECK(n > 10);
	remove_folder();
}

TESTS_MAIN
