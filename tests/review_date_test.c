/* review_date_test.c -- when the handbook is looked through again. */
#include "committee_adopts.h"
#include "feedback_world.h"

#include "import_next.h"

#define PAGE "/handbuch/ueberpruefung"
static const char rows[] = "SELECT count(*) FROM audit WHERE action = 'handbook.review_date'";

static struct str form(const char *day, const char *months, struct str version)
{
	return FORM(FIELD_STR("tag", str_of(day)), FIELD_STR("monate", str_of(months)),
		    FIELD_STR("version", version));
}

static struct str next_on(void)
{
	return text_of("SELECT next_review_on FROM document");
}

static struct str row_version(void)
{
	return text_of("SELECT CAST(row_version AS TEXT) FROM document");
}

TEST(editors_see_and_set_when_the_handbook_is_looked_through)
{
	begin();
	struct answer a = get_as(ANNA, "/handbuch/arbeitsfassung");
	CHECK(shows(&a, "Nächste Überprüfung am 20. Mai 2027, alle 6 Monate."));
	CHECK(shows(&a, "href=\"" PAGE "\"") && !shows(&a, "Sie ist fällig"));
	a = get_as(ANNA, PAGE);
	CHECK(shows(&a, "value=\"20.05.2027\"") && shows(&a, "value=\"6\""));
	CHECK_INT(get_as(DORA, PAGE).status, 403);
	a = post_as(ANNA, PAGE, form("1.3.2027", "1", row_version()));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/handbuch/arbeitsfassung?meldung=gespeichert"));
	a = get_as(ANNA, "/handbuch/arbeitsfassung");
	CHECK(shows(&a, "am 1. März 2027, jeden Monat."));
	CHECK(count_of("SELECT before LIKE '%2027-05-20%' AND after LIKE '%2027-03-01%' FROM audit"
		       " WHERE action = 'handbook.review_date'"));
	run_sql("UPDATE document SET next_review_on = NULL");
	a = get_as(ANNA, "/handbuch/arbeitsfassung");
	CHECK(shows(&a, "Noch steht kein Tag für die Überprüfung fest"));
	CHECK_INT(get_as(ANNA, PAGE).status, 200);
}

TEST(what_cannot_be_a_day_or_an_interval_is_said_next_to_it)
{
	static const struct {
		const char *day, *months, *says;
	} wrong[] = {
	    {"19.11.2026", "6", "Dieser Tag ist schon vorbei."},
	    {"irgendwann", "6", "Gib ein Datum an"},
	    {"", "6", "Fülle dieses Feld aus."},
	    {"1.3.2027", "0", "Gib eine Zahl von 1 bis 60 an."},
	    {"1.3.2027", "61", "Gib eine Zahl von 1 bis 60 an."},
	    {"1.3.2027", "bald", "Gib eine ganze Zahl an."},
	};
	begin();
	for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
		struct answer a =
		    post_as(ANNA, PAGE, form(wrong[i].day, wrong[i].months, row_version()));
		CHECK_INT(a.status, 422);
		CHECK_INT(times(&a, wrong[i].says), 2);
		CHECK(shows(&a, arena_fmt(test_arena, "value=\"%s\"", wrong[i].day).p));
		CHECK(shows(&a, arena_fmt(test_arena, "value=\"%s\"", wrong[i].months).p));
	}
	CHECK_STR(next_on(), S("2027-05-20"));
	CHECK_INT(post_as(ANNA, PAGE, form("20.11.2026", "60", row_version())).status, 303);
}

TEST(two_editors_at_once_decide_knowingly)
{
	begin();
	struct str seen = row_version();
	CHECK_INT(post_as(ANNA, PAGE, form("1.3.2027", "3", seen)).status, 303);
	struct answer a = post_as(ANNA, PAGE, form("1.4.2027", "4", seen));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "am 1. März 2027, alle 3 Monate") && shows(&a, "value=\"1.4.2027\""));
	CHECK_STR(next_on(), S("2027-03-01"));
	CHECK_INT(post_as(ANNA, PAGE, form("1.4.2027", "4", row_version())).status, 303);
}

static bool waits(int64_t person)
{
	struct answer a = get_as(person, "/");

	CHECK_INT(a.status, 200);
	return shows(&a, "Das Handbuch ist zur Überprüfung fällig");
}

TEST(it_waits_for_editors_from_two_weeks_before)
{
	begin();
	CHECK(!waits(ANNA));
	run_sql("UPDATE document SET next_review_on = '2026-12-05'");
	CHECK(!waits(ANNA));
	run_sql("UPDATE document SET next_review_on = '2026-12-04'");
	CHECK(waits(ANNA) && !waits(DORA) && !waits(HEIDI));
	run_sql("UPDATE document SET next_review_on = '2026-11-01'");
	struct answer a = get_as(ANNA, "/");
	CHECK(shows(&a, "seit 19 Tagen überfällig") && shows(&a, "Termin: 1. November 2026"));
	a = get_as(ANNA, "/handbuch/arbeitsfassung");
	CHECK(shows(&a, "Sie ist fällig"));
}

/* The next version of this kind, by its short or long way, in force. */
static void enforce(const char *change)
{
	run_sql("INSERT INTO block_text (block_id, kind, markdown, plain, html, hash, created_at)"
		" SELECT block_id, kind, 'Neu.', 'Neu.', 'Neu.', randomblob(32), 2 FROM block_text"
		" WHERE plain GLOB 'Jede*' LIMIT 1;"
		"UPDATE revision_block SET block_text_id = (SELECT max(id) FROM block_text)"
		" WHERE revision_id = (SELECT id FROM revision WHERE state = 'working')"
		" AND block_text_id IN (SELECT id FROM block_text WHERE plain GLOB 'Jede*')");
	CHECK_INT(post_as(ANNA, "/handbuch/fassungen",
			  FORM(FIELD_STR("art", str_of(change)), FIELD("anlass", "Zwei Stimmen.")))
		      .status,
		  303);
	bool content = str_eq(str_of(change), S("content"));
	struct str path =
	    arena_fmt(test_arena, "/handbuch/fassungen/%d/%s",
		      (int)count_of("SELECT id FROM revision WHERE state = 'proposed'"),
		      content ? "beschluss" : "freigabe");
	if (content)
		committee_adopts();
	CHECK_INT(post_as(content ? IVO : HEIDI, path.p, S("")).status, 303);
}

TEST(new_content_in_force_is_a_test_and_moves_the_day_on)
{
	begin();
	run_sql("UPDATE document SET next_review_on = '2026-12-01', review_every_months = 3");
	enforce("editorial");
	CHECK_STR(next_on(), S("2026-12-01"));
	begin();
	run_sql("UPDATE document SET next_review_on = '2026-12-01', review_every_months = 3");
	enforce("content");
	CHECK_STR(next_on(), S("2027-02-20"));
	/* Never back. */
	begin();
	run_sql("UPDATE document SET next_review_on = '2028-01-01'");
	enforce("content");
	CHECK_STR(next_on(), S("2028-01-01"));
	run_sql("UPDATE document SET next_review_on = '2026-12-01'");
	CHECK_INT(import_next("# Probe\n\n## Einstieg\n\nAnders.\n"), 0);
	CHECK_STR(next_on(), S("2027-05-20"));
}

TEST(the_form_of_the_day_stands_what_forms_must_stand)
{
	begin();
	struct str good = form("1.3.2027", "3", S("2"));
	CHECK_STR(row_version(), S("2"));
	check_refusals(ANNA, PAGE, good, rows);
	check_failures(ANNA, PAGE, good, rows);
	begin();
	check_once(ANNA, PAGE, form("1.3.2027", "3", S("2")), rows);
}

TESTS_MAIN
