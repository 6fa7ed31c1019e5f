/* feedback_statistics_test.c -- how feedback is treated, in numbers that leak nothing. */
#include "feedback_world.h"

#define DAYS(n) ((int64_t)(n)*86400)

static void sign_in_again(void)
{
	run_sql("UPDATE session SET last_at = 9999999999, ends_at = 99999999999");
}

/* The row of this group: its cells, joined. */
static struct str row(int64_t person, const char *group)
{
	struct answer a = get_as(person, "/feedback/statistik.csv");
	struct str rest = a.body, line;

	CHECK_INT(a.status, 200);
	while (str_cut(&rest, '\n', &line)) {
		struct str kind, name;
		line = str_trim(line);
		if (str_cut(&line, ';', &kind) && str_cut(&line, ';', &name) &&
		    str_eq(name, str_of(group)))
			return line;
	}
	return S("none");
}

TEST(editor_closes_criticism_alone)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Kritik."));
	give(BEN, "Erster", GIVEN(.kind = "hint", .text = "Gefragt."));
	give(CEM, "Erster", GIVEN(.kind = "error", .text = "Geantwortet."));
	give(CEM, "Erster", GIVEN(.kind = "error", .text = "Andere antworten."));
	post_as(ANNA, "/feedback/1/entscheidung", decision("rejected", "Nein.", "1"));
	post_as(ANNA, "/feedback/2/klaerung", FORM(FIELD("rueckfrage", "Warum?")));
	post_as(ANNA, "/feedback/2/entscheidung", decision("rejected", "Nein.", "2"));
	post_as(CEM, "/feedback/3/antworten", FORM(FIELD("antwort", "Noch etwas.")));
	post_as(ANNA, "/feedback/3/entscheidung", decision("rejected", "Nein.", "1"));
	post_as(BEN, "/feedback/4/antworten", FORM(FIELD("antwort", "Ich auch.")));
	post_as(ANNA, "/feedback/4/entscheidung", decision("out_of_scope", "Nein.", "1"));
	/* given; open; overdue; decided; refused; unilateral; objected; median */
	CHECK_STR(row(HEIDI, "Insgesamt"), S("4;0;0;4;4;2;0;0"));
	CHECK_STR(row(HEIDI, "Hinweis"), S("2;0;0;2;2;1;0;0"));
	CHECK_STR(row(HEIDI, "Fehler"), S("2;0;0;2;2;1;0;0"));
	CHECK_STR(row(HEIDI, "Lindheim"), S("1;0;0;1;1;1;0;0"));
	CHECK_STR(row(HEIDI, "Auental"), S("1;0;0;1;1;0;0;0"));
	CHECK_STR(row(HEIDI, "außerhalb von Runden"), S("4;0;0;4;4;2;0;0"));
	/* An answer or a question after the refusal does not undo it. */
	clock_set(FIXTURE_NOW + 60);
	post_as(JULE, "/feedback/1/antworten", FORM(FIELD("antwort", "Warum?")));
	CHECK_STR(row(HEIDI, "Insgesamt"), S("4;0;0;4;4;2;0;0"));
	/* The author's answer is an axis of its own: closing does not end the objection. */
	post_as(JULE, "/feedback/1/reaktion",
		FORM(FIELD("reaktion", "objected"), FIELD("einwand", "Doch!")));
	post_as(ANNA, "/feedback/1/abschluss", FORM(FIELD("version", "3")));
	CHECK_STR(text_of("SELECT state FROM feedback WHERE id = 1"), S("closed"));
	CHECK_STR(row(HEIDI, "Insgesamt"), S("4;0;0;4;4;2;1;0"));
	struct answer a = get_as(HEIDI, "/feedback/statistik");
	CHECK(shows(&a, "Davon ohne Rückfrage") && shows(&a, "Nach Kommune"));
	CHECK_INT(get_as(FINN, "/feedback/statistik").status, 403);
}

TEST(days_are_counted_to_the_decision_and_beyond_four_weeks)
{
	begin();
	for (int i = 0; i < 4; i++)
		give(JULE, "Erster", GIVEN(.kind = "question", .text = "Frage."));
	clock_set(FIXTURE_NOW + DAYS(2));
	sign_in_again();
	post_as(ANNA, "/feedback/1/entscheidung", decision("answered", "Ja.", "1"));
	CHECK_STR(row(DORA, "Frage"), S("4;3;0;1;0;0;0;2"));
	clock_set(FIXTURE_NOW + DAYS(5));
	sign_in_again();
	post_as(ANNA, "/feedback/2/entscheidung", decision("accepted", "", "1"));
	CHECK_STR(row(DORA, "Frage"), S("4;2;0;2;0;0;0;\"3,5\""));
	clock_set(FIXTURE_NOW + DAYS(28));
	sign_in_again();
	CHECK_STR(row(DORA, "Frage"), S("4;2;0;2;0;0;0;\"3,5\""));
	clock_set(FIXTURE_NOW + DAYS(28) + 1);
	CHECK_STR(row(DORA, "Frage"), S("4;2;2;2;0;0;0;\"3,5\""));
	post_as(ANNA, "/feedback/3/entscheidung", decision("accepted", "", "1"));
	CHECK_STR(row(DORA, "Frage"), S("4;1;1;3;0;0;0;5"));
}

TEST(nothing_of_what_is_kept_inside_is_counted)
{
	static const int64_t everybody[] = {ANNA, BEN, CEM, DORA, GRETA, HEIDI};

	begin();
	give(JULE, "Erster", GIVEN(.kind = "hint", .text = "Offen."));
	give(BEN, "Erster", GIVEN(.kind = "hint", .text = "Innen.", .visible = "municipality"));
	give(CEM, "Erster", GIVEN(.kind = "error", .text = "Leise.", .visible = "editors"));
	give(CEM, "Erster", GIVEN(.kind = "error", .text = "Zurück."));
	post_as(CEM, "/feedback/4/zurueckziehen", S(""));
	give(CEM, "Erster", GIVEN(.kind = "error", .text = "Name."));
	run_sql("UPDATE feedback SET hidden_at = 1 WHERE id = 5");
	/* The same numbers for all, also for those who see more. */
	for (size_t i = 0; i < 6; i++) {
		CHECK_STR(row(everybody[i], "Insgesamt"), S("1;1;0;0;0;0;0;–"));
		CHECK_STR(row(everybody[i], "Auental"), S("none"));
		CHECK_STR(row(everybody[i], "Fehler"), S("none"));
	}
}

TEST(an_empty_statistic_says_so)
{
	begin();
	struct answer a = get_as(DORA, "/feedback/statistik");
	CHECK(a.status == 200 && shows(&a, "sobald es Rückmeldungen gibt"));
}

TESTS_MAIN
