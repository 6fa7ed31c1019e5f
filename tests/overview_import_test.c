/* overview_import_test.c -- the table of all task forces, read back from a spreadsheet. */
#include "fixtures.h"

#include "features/overview/overview.h"
#include "quiet.h"

static struct str printed; /* by the last import */

static int import_with(struct str text, bool dry_run)
{
	char path[] = "/tmp/handschlag-overview-XXXXXX", dry[] = "--dry-run";
	char *args[] = {path, dry};
	int fd = mkstemp(path);

	CHECK(fd >= 0 && write(fd, text.p, text.n) == (ssize_t)text.n);
	close(fd);
	struct quiet q = hush();
	int status = overview_import_command(test_db, test_arena, dry_run ? 2 : 1, args);
	printed = speak(test_arena, q);
	unlink(path);
	return status;
}

static int import(const char *text)
{
	return import_with(str_of(text), false);
}

static bool says(const char *text)
{
	bool found = str_find(printed, str_of(text)) < printed.n;

	if (!found)
		print_error("printed: %.*s\n", ARG(printed));
	return found;
}

#define TRACES                                                                                     \
	"SELECT (SELECT count(*) FROM task_force) + (SELECT count(*) FROM task_force_version) +"   \
	" (SELECT count(*) FROM open_question) + (SELECT count(*) FROM booking) +"                 \
	" (SELECT count(*) FROM audit)"

TEST(an_unchanged_export_changes_nothing)
{
	fixtures();
	run_sql("INSERT INTO open_question (scope, task_force_id, text, asked_at, goes_to, state)"
		" VALUES ('task_force', 1, '=Wer?', 1, 'pmo', 'open')");
	run_sql("INSERT INTO task_force_municipality (task_force_id, municipality_id, role, since)"
		" VALUES (1, 4, 'reuse', '2025-09-01')");
	run_sql("UPDATE task_force SET goal = 'Zwei\nZeilen; mit \"Zitat\"' WHERE id = 2");
	struct answer csv = get_as(ANNA, "/task-forces.csv");
	int64_t before = count_of(TRACES);
	CHECK_INT(import_with(csv.body, false), 0);
	CHECK(says("0 new, 0 changed, 2 unchanged"));
	CHECK_INT(count_of(TRACES), before);
}

TEST(task_forces_without_or_with_former_municipalities_come_back_unchanged)
{
	fixtures();
	run_sql("UPDATE task_force_municipality SET until = '2026-01-01' WHERE task_force_id = 2;"
		"UPDATE municipality SET left_on = '2026-06-01' WHERE id = 3;");
	struct answer csv = get_as(ANNA, "/task-forces.csv");
	int64_t before = count_of(TRACES);
	CHECK_INT(import_with(csv.body, false), 0);
	CHECK(says("0 new, 0 changed, 2 unchanged"));
	CHECK_INT(count_of(TRACES), before);
	/* Who has left does not join anew. */
	CHECK_INT(import("Task Force;Kommunen\nStadt-App;\"Lindheim, Bergstedt\"\n"), 1);
	CHECK(says(":2: Kommunen: has left the cooperation: Bergstedt"));
}

TEST(no_task_force_comes_twice)
{
	fixtures();
	int64_t before = count_of(TRACES);
	CHECK_INT(import("Kürzel;Task Force;Ziel\nstadt-app;Stadt-App;Eins\n;Stadt-App;Zwei\n"), 1);
	CHECK(says(":3: Task Force: comes twice"));
	CHECK_INT(import("Task Force;Ziel;Beginn;Ende\nA;x;1/2027;2/2027\nA;x;1/2027;2/2027\n"), 1);
	CHECK(says(":3: Task Force: comes twice"));
	CHECK_INT(count_of(TRACES), before);
}

TEST(changed_fields_are_named_and_written_as_a_new_version)
{
	fixtures();
	CHECK_INT(import("Kürzel;Task Force;Ziel;Budget\r\n"
			 "dateninventur;Dateninventur;Ein anderes Ziel;90.000,50\r\n"),
		  0);
	CHECK(says("changed    Dateninventur: Ziel, Budget") && says("0 new, 1 changed"));
	CHECK_STR(text_of("SELECT goal FROM task_force WHERE id = 1"), S("Ein anderes Ziel"));
	CHECK_INT(count_of("SELECT budget FROM task_force WHERE id = 1"), 9000050);
	CHECK_INT(count_of("SELECT version FROM task_force WHERE id = 1"), 2);
	CHECK_INT(count_of("SELECT count(*) FROM task_force_version WHERE task_force_id = 1"), 2);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'task_force.import'"
			   " AND actor_id IS NULL"),
		  1);
	/* Columns that are not there leave their fields alone. */
	CHECK_STR(text_of("SELECT ends_on FROM task_force WHERE id = 1"), S("2027-03-31"));
	CHECK_INT(count_of("SELECT count(*) FROM task_force_member WHERE task_force_id = 1"
			   " AND role = 'lead' AND until IS NULL"),
		  1);
}

TEST(new_rows_bring_places_questions_and_money)
{
	fixtures();
	CHECK_INT(import("Task Force,Ziel,Beginn,Ende,Status,Budget,abgerufen,Kommunen,Zu klären,"
			 "Link zu Stackfield\n"
			 "Öffentliche Wärme,Alle heizen klug.,01/2027,12/2028,geplant,\"1.000,00\","
			 "\"250,00\",\"Seefeld, Stadt Lindheim, Auental (Nachnutzung)\","
			 "\"Wer zahlt?\nWer baut?\",https://raum.example/w\n"),
		  0);
	CHECK(says("new        Öffentliche Wärme (oeffentliche-waerme)"));
	struct answer a = get_as(ANNA, "/task-forces/oeffentliche-waerme");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Wer zahlt?") && shows(&a, "Wer baut?") && shows(&a, "250"));
	CHECK_STR(text_of("SELECT group_concat(role || municipality_id, ' ') FROM"
			  " (SELECT role, municipality_id FROM task_force_municipality"
			  "   WHERE task_force_id = 3 ORDER BY role, municipality_id)"),
		  S("lead4 partner1 reuse2"));
	CHECK_STR(text_of("SELECT ends_on FROM task_force WHERE id = 3"), S("2028-12-31"));
	CHECK_INT(count_of("SELECT sum(amount) FROM booking WHERE task_force_id = 3"), 25000);
}

#define REUSE                                                                                      \
	"SELECT coalesce(group_concat(municipality_id, ' '), '') FROM task_force_municipality"     \
	" WHERE task_force_id = 2 AND role = 'reuse' AND until IS NULL"
#define IMPORTED "SELECT count(*) FROM audit WHERE action = 'task_force.import'"

TEST(a_change_of_those_who_use_the_results_is_a_change)
{
	static const char with[] = "Task Force;Kommunen\nStadt-App;\"Lindheim, Bergstedt "
				   "(Nachnutzung), Seefeld (Nachnutzung)\"\n";
	fixtures();
	run_sql("UPDATE task_force_municipality SET until = '2026-01-01' WHERE task_force_id = 2;"
		"INSERT INTO task_force_municipality (task_force_id, municipality_id, role, since)"
		" SELECT 2, id, 'lead', '2026-01-01' FROM municipality WHERE short = 'Lindheim'");
	int64_t traces = count_of(TRACES);
	CHECK_INT(import_with(str_of(with), true), 0);
	CHECK(says("changed    Stadt-App: Kommunen\n") && says("0 new, 1 changed, 0 unchanged"));
	CHECK(count_of(TRACES) == traces && count_of(IMPORTED) == 0);
	CHECK_INT(import(with), 0);
	CHECK(says("changed    Stadt-App: Kommunen\n") && says("0 new, 1 changed, 0 unchanged"));
	CHECK_STR(text_of(REUSE), S("3 4"));
	CHECK_INT(count_of(IMPORTED), 1);
	CHECK_STR(text_of("SELECT before || after FROM audit WHERE action = 'task_force.import'"),
		  S("{\"reuse\":\"\"}{\"reuse\":\"3 4\"}"));
	CHECK_INT(count_of("SELECT updated_at FROM task_force WHERE id = 2"), FIXTURE_NOW);
	CHECK_INT(import(with), 0);
	CHECK(says("0 new, 0 changed, 1 unchanged"));
	/* Without the column nothing ends; a cell that names fewer ends the rest. */
	CHECK_INT(import("Task Force;Budget\nStadt-App;1\n"), 0);
	CHECK_STR(text_of(REUSE), S("3 4"));
	CHECK_INT(import("Task Force;Kommunen\nStadt-App;\"Lindheim, Seefeld (Nachnutzung)\"\n"),
		  0);
	CHECK(says("changed    Stadt-App: Kommunen\n"));
	CHECK_STR(text_of(REUSE), S("4"));
	CHECK_INT(count_of("SELECT count(*) FROM task_force_municipality WHERE role = 'reuse'"), 2);
	CHECK_INT(import("Task Force;Kommunen\nStadt-App;\"– (Nachnutzung), Lindheim\"\n"), 1);
	CHECK(says(":2: Kommunen: names nobody known: –"));
}

TEST(known_questions_are_not_asked_again)
{
	fixtures();
	run_sql("INSERT INTO open_question (scope, task_force_id, text, asked_at, goes_to, state)"
		" VALUES ('task_force', 1, 'Alt?', 1, 'pmo', 'parked')");
	CHECK_INT(import("Kürzel;Task Force;Zu klären\n"
			 "dateninventur;Dateninventur;\"Alt?\nNeu?\"\n"),
		  0);
	CHECK(says("1 new in Zu klären"));
	CHECK_INT(count_of("SELECT count(*) FROM open_question"), 2);
}

TEST(a_preview_says_the_same_and_changes_nothing)
{
	fixtures();
	int64_t before = count_of(TRACES);
	CHECK_INT(
	    import_with(S("Task Force;Ziel;Beginn;Prüfung\nNeu;Los;1.1.2027;1.6.2027\n"), true), 0);
	CHECK(says("new        Neu (neu-2)") && says("nothing was changed"));
	CHECK_INT(count_of(TRACES), before);
}

TEST(every_mistake_names_line_and_column_and_nothing_is_changed)
{
	static const struct {
		const char *text, *says;
	} cases[] = {
	    {"Task Force;Farbe\nA;rot\n", ":1: Farbe: is not a column"},
	    {"Ziel\nA\n", ":1: Task Force: is missing"},
	    {"Task Force;Ziel;Ziel\nA;b;c\n", ":1: Ziel: comes twice"},
	    {"Task Force;Ziel\nA;b;c\n", ":2: row: has more cells"},
	    {"Task Force;Ziel;Beginn;Ende\nA;b;x;12/2027\n", ":2: Beginn: is no date"},
	    {"Task Force;Ziel;Beginn;Ende\nA;b;01/2028;12/2027\n", ":2: Ende: lies before"},
	    {"Task Force;Ziel;Beginn\nA;b;01/2028\n", ":2: Prüfung: is needed"},
	    {"Task Force;Ziel;Beginn;Ende;Status\nA;b;01/2027;12/2027;bald\n",
	     ":2: Status: is none"},
	    {"Task Force;Ziel;Beginn;Ende;Budget\nA;b;01/2027;12/2027;1.5\n", ":2: Budget: is no"},
	    {"Task Force;Ziel;Beginn;Ende;Budget\nA;b;01/2027;12/2027;-5\n", ":2: Budget: is neg"},
	    {"Task Force;Ziel;Beginn;Ende;Kommunen\nA;b;01/2027;12/2027;Atlantis\n",
	     ":2: Kommunen: names nobody known: Atlantis"},
	    {"Task Force;Ziel;Beginn;Ende;Link zu Stackfield\nA;b;01/2027;12/2027;http://x\n",
	     ":2: Link zu Stackfield: is no address"},
	    {"Task Force;Kürzel\nA;gibt-es-nicht\n", ":2: Kürzel: belongs to no"},
	    {"Task Force;Ziel;Beginn;Ende;abgerufen\nA;b;01/2027;12/2027;x\n",
	     ":2: abgerufen: is no"},
	    {"Task Force\n\"A\n", "quotation mark"},
	    {"Task Force\nA\xff\n", "is not UTF-8"},
	    {"", "is empty"},
	};

	fixtures();
	int64_t before = count_of(TRACES);
	for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
		CHECK_INT(import(cases[i].text), 1);
		CHECK(says(cases[i].says));
		CHECK_INT(count_of(TRACES), before);
	}
}

TEST(one_mistake_in_the_last_row_undoes_the_first)
{
	fixtures();
	int64_t before = count_of(TRACES);
	CHECK_INT(import("Task Force;Ziel;Beginn;Ende\nGut;x;01/2027;12/2027\n"
			 "Schlecht;x;13/2027;12/2027\nAuch schlecht;;01/2027;12/2027\n"),
		  1);
	CHECK(says(":3: Beginn") && says(":4: Ziel: is empty") && says("Nothing was changed"));
	CHECK_INT(count_of(TRACES), before);
}

TEST(two_rows_of_one_name_are_refused)
{
	fixtures();
	CHECK_INT(
	    import("Task Force;Kürzel;Ziel;Beginn;Ende\nStadt-App;dateninventur;x;1/2027;2/2027\n"),
	    1);
	CHECK(says(":2: Task Force: is the name of another"));
}

TEST(a_failure_at_any_database_call_leaves_nothing)
{
	static const char text[] = "Task Force;Ziel;Beginn;Ende;Kommunen;Zu klären;abgerufen\n"
				   "Neu A;x;01/2027;12/2027;Seefeld;Wie?;5\n"
				   "Stadt-App;anders;01/2027;12/2027;Seefeld;Wie?;\n";
	fixtures();
	int64_t before = count_of(TRACES);
	for (int n = 1; n < 500; n++) {
		db_fail_after(test_db, n, E_INTERNAL);
		int status = import(text);
		db_fail_after(test_db, 0, OK);
		if (status == 0) {
			CHECK(n > 20);
			return;
		}
		CHECK_INT(count_of(TRACES), before);
	}
	CHECK(false);
}

TEST(wrong_use_and_missing_files_are_told_apart)
{
	char missing[] = "/nonexistent/table.csv", *args[] = {missing, missing};
	fixtures();
	struct quiet q = hush();
	int misused = overview_import_command(test_db, test_arena, 2, args);
	int absent = overview_import_command(test_db, test_arena, 1, args);
	printed = speak(test_arena, q);
	CHECK(misused == 2 && absent == 1 && says("cannot be read"));
}

TESTS_MAIN
