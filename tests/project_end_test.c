/* project_end_test.c -- names on feedback stay until the project ends, and a term; then only the
 * municipality is left. */
#include "feedback_world.h"

#include "features/people/project_end.h"
#include "features/people/retention.h"

#define PAGE "/aufbewahrung"
#define ENDS "SELECT count(*) FROM project_end"
enum { DAY = 86400 };

static struct str saved(const char *end, const char *names)
{
	struct buf b = {.arena = test_arena};

	buf_fmt(&b, "projektende=%s", end);
	for (size_t i = 0; i < retention_term_count; i++) {
		const struct retention_term *t = &retention_terms[i];
		bool mine = str_eq(str_of(t->what), S("feedback_names"));
		buf_fmt(&b, "&%s=%s", t->what,
			mine ? names : arena_fmt(test_arena, "%d", (int)t->days).p);
	}
	return buf_str(&b);
}

/* Jule wrote, Cem and Ben answered, Anna decided; the project ends on 30 November 2026. */
static void over(void)
{
	begin();
	give(JULE, "Erster", GIVEN(.kind = "question", .text = "Wie?"));
	post_as(CEM, "/feedback/1/antworten", FORM(FIELD("antwort", "So."), FIELD("auf", "")));
	post_as(BEN, "/feedback/1/antworten", FORM(FIELD("antwort", "Ja."), FIELD("auf", "")));
	struct str version = text_of("SELECT row_version || '' FROM feedback");
	post_as(ANNA, "/feedback/1/entscheidung",
		decision("answered", "Steht da.", arena_cstr(test_arena, version)));
	CHECK_INT(count_of("SELECT decided_by FROM feedback"), ANNA);
	CHECK_INT(post_as(EMIL, PAGE, saved("30.11.2026", "60")).status, 303);
}

static void run_at(int days)
{
	clock_set(FIXTURE_NOW + (int64_t)days * DAY);
	CHECK_INT(feedback_names_due(test_db, test_arena), OK);
	clock_set(FIXTURE_NOW);
}

#define ERASED                                                                                     \
	"SELECT coalesce(group_concat(id, ' '), '') FROM (SELECT id FROM person"                   \
	" WHERE status = 'anonymised' ORDER BY id)"

TEST(the_end_is_set_within_reason_and_written_down)
{
	fixtures();
	struct answer a = get_as(EMIL, PAGE);
	CHECK(shows(&a, "bekommen sie eine E-Mail mit dem Tag"));
	CHECK(shows(&a, "Ende des Projekts") && shows(&a, "Namen an Rückmeldungen"));
	a = post_as(EMIL, PAGE, saved("31.2.2027", "365"));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "value=\"31.2.2027\"") && shows(&a, "id=\"projektende-fehler\""));
	CHECK_INT(count_of(ENDS), 0);
	CHECK_INT(post_as(ANNA, PAGE, saved("31.12.2027", "365")).status, 403);
	check_refusals(EMIL, PAGE, saved("31.12.2027", "365"), ENDS);
	check_once(EMIL, PAGE, saved("31.12.2027", "365"), ENDS);
	a = get_as(EMIL, PAGE);
	CHECK(shows(&a, "value=\"31.12.2027\"") && shows(&a, "30.\xc2\xa0"
							     "Dezember 2028"));
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'project.end'"
			   " AND after LIKE '%2027-12-31%'"),
		  1);
	CHECK_INT(post_as(EMIL, PAGE, saved("", "365")).status, 303);
	CHECK_INT(count_of(ENDS), 0);
	check_failures(EMIL, PAGE, saved("31.12.2027", "365"), ENDS);
}

#define TOLD                                                                                       \
	"SELECT coalesce(group_concat(person_id, ' '), '') FROM (SELECT person_id FROM outbox"     \
	" WHERE dedupe GLOB 'project-end/*' AND cancelled_at IS NULL ORDER BY person_id)"

static void save_later(const char *end, const char *names)
{
	static int64_t seconds;

	clock_set(FIXTURE_NOW + ++seconds);
	CHECK_INT(post_as(EMIL, PAGE, saved(end, names)).status, 303);
	clock_set(FIXTURE_NOW);
}

TEST(everybody_named_on_feedback_gets_one_letter_about_the_end)
{
	over();
	CHECK_STR(text_of(TOLD), S("1 2 3 10"));
	struct str body = text_of("SELECT body FROM outbox WHERE dedupe GLOB 'project-end/*'"
				  " AND person_id = 10");
	CHECK(str_find(body, S("30.\xc2\xa0November 2026")) < body.n);
	CHECK(str_find(body, S("29.\xc2\xa0Januar 2027")) < body.n);
	CHECK(str_find(body, S("/profil/daten")) < body.n);
	/* The same again is nothing new. */
	save_later("30.11.2026", "60");
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe GLOB 'project-end/*'"), 4);
	/* Another day, or another term: what was told does not hold any more. */
	run_sql("UPDATE outbox SET sent_at = 1 WHERE dedupe GLOB 'project-end/*/10'");
	save_later("30.11.2026", "90");
	CHECK_STR(text_of(TOLD), S("1 2 3 10 10"));
	save_later("31.12.2027", "90");
	CHECK_STR(text_of(TOLD), S("1 2 3 10 10"));
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE dedupe GLOB 'project-end/*'"
			   " AND cancelled_at IS NULL AND body LIKE '%31.%Dezember 2027%'"),
		  4);
}

TEST(letters_about_the_end_are_called_back_with_it)
{
	over();
	save_later("", "60");
	CHECK_STR(text_of(TOLD), S(""));
	save_later("", "90");
	CHECK_STR(text_of(TOLD), S(""));
	save_later("30.11.2026", "90");
	CHECK_STR(text_of(TOLD), S("1 2 3 10"));
}

#define TOLD_NOT                                                                                   \
	"SELECT coalesce(group_concat(person_id, ' '), '') FROM (SELECT person_id FROM outbox"     \
	" WHERE dedupe GLOB 'project-goes-on/*' AND cancelled_at IS NULL ORDER BY person_id)"

/* Whoever has read that the account ends must hear that it does not. */
TEST(who_was_told_of_a_day_hears_that_it_was_taken_back)
{
	over();
	run_sql("UPDATE person SET status = 'suspended' WHERE id = 10");
	run_sql("UPDATE outbox SET sent_at = 1 WHERE dedupe GLOB 'project-end/*/10'"
		" OR dedupe GLOB 'project-end/*/2'");
	save_later("", "60");
	CHECK_STR(text_of(TOLD_NOT), S("2 10"));
	struct str body = text_of("SELECT body FROM outbox WHERE dedupe GLOB 'project-goes-on/*'"
				  " AND person_id = 10");
	CHECK(str_find(body, S("nicht mehr eingetragen")) < body.n);
	/* Once; and a new day calls back what was not sent of it. */
	save_later("", "90");
	CHECK_STR(text_of(TOLD_NOT), S("2 10"));
	run_sql("UPDATE outbox SET sent_at = 1 WHERE dedupe GLOB 'project-goes-on/*/10'");
	save_later("31.12.2027", "90");
	CHECK_STR(text_of(TOLD_NOT), S("10"));
	/* Ten knows already that the day before went; two still knows of one. */
	save_later("", "90");
	CHECK_STR(text_of(TOLD_NOT), S("2 10"));
}

/* The sender holds it and writes down that it went only when the other side has taken it. */
TEST(who_is_just_being_told_hears_of_it_too)
{
	over();
	run_sql("UPDATE outbox SET attempts = 1 WHERE dedupe GLOB 'project-end/*/3'");
	save_later("", "60");
	CHECK_STR(text_of(TOLD_NOT), S("3"));
}

TEST(taking_the_day_back_fails_with_its_letters)
{
	over();
	run_sql("UPDATE outbox SET sent_at = 1 WHERE dedupe GLOB 'project-end/*'");
	check_failures(EMIL, PAGE, saved("", "60"), "SELECT 1 - count(*) FROM project_end");
}

TEST(names_stay_until_the_term_is_over)
{
	over();
	run_at(10);
	CHECK_STR(text_of(ERASED), S(""));
	/* FIXTURE_NOW is a day of November 2026: 29 January 2027 is the last with names. */
	struct date last;
	CHECK(date_parse_iso(S("2027-01-29"), &last));
	int days = (int)(date_days(last) - date_days(date_today()));
	run_at(days);
	CHECK_STR(text_of(ERASED), S(""));
	struct answer a = get_as(DORA, "/handbuch/einstieg");
	CHECK(shows(&a, "Jule"));
	run_at(days + 1);
	CHECK_STR(text_of(ERASED), S("3 10"));
	CHECK_STR(text_of("SELECT name FROM person WHERE id = 10"),
		  text_of("SELECT 'ehemalige Person (' || name || ')' FROM municipality WHERE id ="
			  " (SELECT municipality_id FROM membership WHERE person_id = 10)"));
	a = get_as(DORA, "/handbuch/einstieg");
	CHECK(!shows(&a, "Jule") && shows(&a, "ehemalige Person") && shows(&a, "Lindheim"));
	a = get_as(DORA, "/feedback/1");
	CHECK(!shows(&a, "Jule") && !shows(&a, "Cem") && shows(&a, "Steht da."));
	/* As if asked for on its page: with the places to look at by hand, and for restored copies.
	 */
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'person.erase'"
			   " AND actor_id IS NULL AND after LIKE '%stellen%'"),
		  2);
	CHECK_INT(count_of("SELECT count(*) FROM erasure WHERE by IS NULL"), 2);
}

TEST(whoever_has_a_duty_goes_when_somebody_has_taken_it)
{
	over();
	run_at(100);
	/* Ben leads a task force, Anna is the last of the project office. */
	CHECK_STR(text_of(ERASED), S("3 10"));
	clock_set(FIXTURE_NOW + 100 * (int64_t)DAY);
	run_sql("DELETE FROM session");
	struct answer a = get_as(EMIL, PAGE);
	clock_set(FIXTURE_NOW);
	CHECK(a.status == 200 || a.status == 303);
	run_sql("UPDATE task_force_member SET until = '2026-12-01' WHERE person_id = 2");
	run_at(101);
	CHECK_STR(text_of(ERASED), S("2 3 10"));
	/* Nobody who wrote nothing. */
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE id = 4 AND status = 'active'"), 1);
}

TEST(a_date_or_term_that_was_just_set_waits_for_a_month)
{
	over();
	run_sql("UPDATE project_end SET ends_on = '2020-01-01'");
	run_at(29);
	CHECK_STR(text_of(ERASED), S(""));
	run_sql("UPDATE retention SET changed_at = changed_at + 10 * 86400");
	run_at(31);
	CHECK_STR(text_of(ERASED), S(""));
	run_at(41);
	CHECK_STR(text_of(ERASED), S("3 10"));
}

TEST(a_project_without_an_end_keeps_its_names)
{
	over();
	run_sql("DELETE FROM project_end");
	run_at(30000);
	CHECK_STR(text_of(ERASED), S(""));
}

TEST(a_failing_database_erases_nobody_by_half)
{
	for (int n = 1; n < 300; n++) {
		over();
		clock_set(FIXTURE_NOW + 100 * (int64_t)DAY);
		db_fail_after(test_db, n, E_INTERNAL);
		enum err err = feedback_names_due(test_db, test_arena);
		db_fail_after(test_db, 0, OK);
		CHECK_INT(count_of("SELECT count(*) FROM person WHERE status = 'anonymised'"),
			  count_of("SELECT count(*) FROM erasure"));
		CHECK_INT(feedback_names_due(test_db, test_arena), OK);
		clock_set(FIXTURE_NOW);
		CHECK_STR(text_of(ERASED), S("3 10"));
		if (err == OK)
			return;
	}
	fail_msg("never got through");
}

TESTS_MAIN
