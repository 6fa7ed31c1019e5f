/* question_test.c -- asking and answering what is to be clarified. */
#include "fixtures.h"

#define PAGE "/task-forces/dateninventur"
#define ASK PAGE "/fragen"
#define COUNT "SELECT count(*) FROM open_question"
#define CHANGES "SELECT (SELECT sum(version) FROM open_question) + (SELECT count(*) FROM audit)"

/* Question 1 is one of "dateninventur", 2 one of "stadt-app". */
static void questions(void)
{
	fixtures();
	run_sql(
	    "INSERT INTO open_question (id, scope, task_force_id, text, asked_by, asked_at,"
	    " goes_to, due_on, state) VALUES"
	    " (1, 'task_force', 1, 'Wer pflegt das?', 2, 1795000000, 'pmo', '2026-11-01', 'open'),"
	    " (2, 'task_force', 2, 'Welche App?', NULL, 1795000000, 'committee', NULL, 'open')");
}

static struct str asked(const char *text, const char *who, const char *due)
{
	return FORM(FIELD_STR("frage", str_of(text)), FIELD_STR("wer", str_of(who)),
		    FIELD_STR("bis", str_of(due)));
}

static struct str answered(const char *version, const char *state, const char *answer)
{
	return FORM(FIELD_STR("version", str_of(version)), FIELD_STR("stand", str_of(state)),
		    FIELD_STR("antwort", str_of(answer)), FIELD("wer", "committee"),
		    FIELD("bis", "29.02.2028"));
}

TEST(a_member_asks_and_the_question_stands_in_the_list)
{
	fixtures();
	struct answer a =
	    post_as(CEM, ASK, asked("Reicht <b>ein</b> Feld?", "task_force", "1.12.26"));

	CHECK_STR(a.location, S(PAGE "?meldung=gefragt#zu-klaeren"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'question.ask'"
			   " AND object = 'question/1' AND actor_id = 3"),
		  1);
	a = get_as(DORA, PAGE);
	CHECK(shows(&a, "Reicht &lt;b&gt;ein&lt;/b&gt; Feld?"));
	CHECK(shows(&a, "in der Task Force · seit 20.11.2026 · gestellt von Cem Çınar · bis "
			"01.12.2026"));
	CHECK(!shows(&a, "überfällig"));
	CHECK(!shows(&a, "fragen/1"));
	a = get_as(BEN, PAGE);
	CHECK(shows(&a, "href=\"" ASK "/1\""));
}

TEST(each_mistake_in_a_question_is_named)
{
	fixtures();
	struct answer a = post_as(CEM, ASK, asked(" ", "boss", "bald"));

	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Drei Angaben passen noch nicht"));
	CHECK(summary_says(&a, "frage", "Was ist zu klären?", "Schreibe auf, was zu klären ist."));
	CHECK(summary_says(&a, "wer", "Wer klärt das?", "Wähle eine der Möglichkeiten."));
	CHECK(summary_says(&a, "bis", "Bis wann?", "Gib ein Datum an"));
	CHECK(shows(&a, "value=\"bald\""));
	a = post_as(
	    CEM, ASK,
	    FORM(FIELD_STR("frage", repeated("🌳", 2001)), FIELD("wer", "pmo"), FIELD("bis", "")));
	CHECK(shows(&a, "Kürze den Text auf höchstens 2000 Zeichen."));
	CHECK_INT(count_of(COUNT), 0);
	a = post_as(
	    CEM, ASK,
	    FORM(FIELD_STR("frage", repeated("🌳", 2000)), FIELD("wer", "pmo"), FIELD("bis", "")));
	CHECK_INT(a.status, 303);
}

TEST(asking_stands_bad_requests_double_clicks_and_failures)
{
	fixtures();
	check_refusals(CEM, ASK, asked("Wer?", "pmo", ""), COUNT);
	check_failures(
	    CEM, ASK, asked("Wer?", "pmo", ""),
	    "SELECT (SELECT count(*) FROM open_question) + (SELECT count(*) FROM audit)");
	check_once(CEM, ASK, asked("Wer?", "pmo", ""), COUNT);
}

TEST(the_form_of_a_question_shows_what_is_known)
{
	questions();
	struct answer a = get_as(CEM, ASK "/1");

	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Wer pflegt das?"));
	CHECK(shows(&a, "(überfällig)"));
	CHECK(shows(&a, "value=\"open\" checked"));
	CHECK(shows(&a, "<option value=\"pmo\" selected>"));
	CHECK(shows(&a, "value=\"01.11.2026\""));
}

TEST(an_answer_moves_the_question_to_the_answered_ones)
{
	questions();
	struct answer a = post_as(CEM, ASK "/1", answered("1", "answered", "Das Amt.\nImmer."));

	CHECK_STR(a.location, S(PAGE "?meldung=beantwortet#zu-klaeren"));
	CHECK_STR(text_of("SELECT state || goes_to || due_on || answer || answered_by || version"
			  " FROM open_question WHERE id = 1"),
		  S("answeredcommittee2028-02-29Das Amt.\nImmer.32"));
	a = get_as(DORA, PAGE);
	CHECK(shows(&a, "Beantwortete Fragen (1)"));
	CHECK(shows(&a, "Das Amt.\nImmer."));
	CHECK(shows(&a, "Cem Çınar, 20.11.2026"));
	CHECK(shows(&a, "Gerade ist nichts zu klären."));
	/* Opened again it keeps its answer, but nobody has answered it. */
	CHECK_INT(post_as(CEM, ASK "/1", answered("2", "in_progress", "Das Amt.")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM open_question WHERE id = 1 AND answered_by IS NULL"
			   " AND answered_at IS NULL AND state = 'in_progress'"),
		  1);
	CHECK_INT(post_as(CEM, ASK "/1", answered("3", "parked", "")).status, 303);
	a = get_as(DORA, PAGE);
	CHECK(shows(&a, "zurückgestellt"));
}

/* Who answered question 1 when, which version that is, and how often that was noted. */
#define ANSWERED_BY                                                                                \
	"SELECT answered_by || ' ' || answered_at || ' ' || version || ' ' || (SELECT count(*)"    \
	" FROM audit) FROM open_question WHERE id = 1"

TEST(an_answer_stays_that_of_who_gave_it)
{
	questions();
	CHECK_INT(post_as(CEM, ASK "/1", answered("1", "answered", "Das Amt.")).status, 303);
	CHECK_STR(text_of(ANSWERED_BY), S("3 1795165200 2 1"));
	clock_set(FIXTURE_NOW + 60);
	/* Another place and day. */
	struct answer a =
	    post_as(BEN, ASK "/1", S("version=2&stand=answered&antwort=Das+Amt.&wer=pmo&bis="));
	CHECK_STR(a.location, S(PAGE "?meldung=gespeichert#zu-klaeren"));
	CHECK_STR(text_of(ANSWERED_BY), S("3 1795165200 3 2"));
	/* Another answer. */
	a = post_as(BEN, ASK "/1", S("version=3&stand=answered&antwort=Wir.&wer=pmo&bis="));
	CHECK_STR(a.location, S(PAGE "?meldung=beantwortet#zu-klaeren"));
	CHECK_STR(text_of(ANSWERED_BY), S("2 1795165260 4 3"));
}

TEST(saving_a_question_without_a_change_makes_no_version)
{
	questions();
	struct answer a =
	    post_as(CEM, ASK "/1", S("version=1&stand=open&antwort=&wer=pmo&bis=1.11.2026"));
	CHECK_STR(a.location, S(PAGE "?meldung=gespeichert#zu-klaeren"));
	CHECK_INT(count_of(CHANGES), 2);
	a = post_as(CEM, ASK "/1", S("version=1&stand=parked&antwort=&wer=pmo&bis=1.11.2026"));
	CHECK_STR(a.location, S(PAGE "?meldung=gespeichert#zu-klaeren"));
	CHECK_INT(count_of(CHANGES), 4);
}

TEST(each_mistake_in_an_answer_is_named)
{
	questions();
	struct answer a = post_as(CEM, ASK "/1", answered("1", "answered", " "));
	CHECK_INT(a.status, 422);
	CHECK(summary_says(&a, "antwort", "Antwort:", "Schreibe die Antwort auf"));
	CHECK(shows(&a, "value=\"answered\" checked"));
	CHECK(shows(&a, "value=\"29.02.2028\""));
	a = post_as(CEM, ASK "/1", S("version=1&stand=x&antwort=Ja&wer=&bis=29.02.2027"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Drei Angaben passen noch nicht"));
	CHECK(shows(&a, ">Ja</textarea>"));
	CHECK_INT(post_as(CEM, ASK "/1", answered("", "open", "")).status, 400);
	CHECK_INT(post_as(CEM, ASK "/1", answered("2", "open", "")).status, 400);
	CHECK_INT(count_of("SELECT sum(version) FROM open_question"), 2);
}

TEST(two_answers_at_once_are_both_shown)
{
	questions();
	CHECK_INT(post_as(BEN, ASK "/1", answered("1", "answered", "Bens Antwort")).status, 303);
	struct answer a = post_as(CEM, ASK "/1", answered("1", "parked", "Cems <Antwort>"));

	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Da war jemand schneller"));
	CHECK(shows(&a, "Bens Antwort"));
	CHECK(shows(&a, ">Cems &lt;Antwort&gt;</textarea>"));
	CHECK(shows(&a, "value=\"parked\" checked"));
	CHECK(shows(&a, "name=\"version\" value=\"2\""));
	CHECK_STR(text_of("SELECT answer FROM open_question WHERE id = 1"), S("Bens Antwort"));
	CHECK_INT(post_as(CEM, ASK "/1", answered("2", "answered", "Beide")).status, 303);
	CHECK_STR(text_of("SELECT answer FROM open_question WHERE id = 1"), S("Beide"));
}

TEST(a_question_of_another_task_force_is_none)
{
	questions();
	CHECK_INT(get_as(ANNA, ASK "/2").status, 404);
	CHECK_INT(post_as(ANNA, ASK "/2", answered("1", "answered", "Ja")).status, 404);
	CHECK_INT(get_as(BEN, ASK "/2").status, 404);
	CHECK_INT(get_as(BEN, "/task-forces/stadt-app/fragen/2").status, 403);
	CHECK_INT(post_as(BEN, "/task-forces/stadt-app/fragen/2", answered("1", "open", "")).status,
		  403);
	CHECK_INT(get_as(DORA, ASK "/1").status, 403);
	CHECK_INT(get_as(ANNA, "/task-forces/stadt-app/fragen/2").status, 200);
	CHECK_INT(count_of("SELECT sum(version) FROM open_question"), 2);
}

TEST(a_question_in_a_state_nobody_knows_is_an_error)
{
	questions();
	run_sql("PRAGMA ignore_check_constraints = 1;"
		"UPDATE open_question SET state = 'later' WHERE id = 1;"
		"UPDATE open_question SET goes_to = 'moon' WHERE id = 2");
	CHECK_INT(get_as(ANNA, ASK "/1").status, 500);
	CHECK_INT(get_as(ANNA, "/task-forces/stadt-app/fragen/2").status, 500);
	CHECK_INT(get_as(ANNA, PAGE).status, 500);
}

TEST(answering_stands_bad_requests_double_clicks_and_failures)
{
	questions();
	check_refusals(CEM, ASK "/1", answered("1", "answered", "Ja"), CHANGES);
	check_failures(CEM, ASK "/1", answered("1", "answered", "Ja"), CHANGES);
	check_once(CEM, ASK "/1", answered("2", "open", ""), CHANGES);
}

TEST(a_flood_of_questions_does_not_break_the_page)
{
	fixtures();
	run_sql("WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 1500)"
		" INSERT INTO open_question (scope, task_force_id, text, asked_at, goes_to, state)"
		" SELECT 'task_force', 1, replace(hex(zeroblob(1000)), '0', '\"'), 1, 'pmo', 'open'"
		" FROM n");
	struct answer some = get_as(CEM, "/task-forces/dateninventur");
	struct answer most = get_as(CEM, "/task-forces/dateninventur?fragen=alle");
	CHECK(some.status == 200 && shows(&some, "Weitere Fragen zeigen"));
	CHECK(most.status == 200 && !shows(&most, "Weitere Fragen zeigen"));
	CHECK(times(&most, "/fragen/") > 250);
}

TESTS_MAIN
