/* version_void_test.c -- a version came into force by a vote that becomes void: the one before it
 * is in force again, in the same transaction, and nothing is overwritten. */
#include "features/handbook/handbook.h"
#include "minutes_world.h"

#define VOID POLL "/ungueltig"
#define CONFIRM VOID "/bestaetigen"
#define WORKING "(SELECT id FROM revision WHERE state = 'working')"
#define EDITIONS "/handbuch/ausgaben"
static const char sample[] = "# Probe\n\n## Einstieg\n\nErster Absatz.\n\n## Regeln\n\nJede Stadt "
			     "hat eine Stimme.\n\nNoch etwas.\n";
static const char states[] =
    "SELECT group_concat(major || '.' || minor || ' ' || state, ', ') FROM (SELECT * FROM revision"
    " WHERE state <> 'working' ORDER BY id)";

static void edit(const char *beginning, const char *text)
{
	run_sql(
	    arena_fmt(test_arena,
		      "INSERT INTO block_text (block_id, kind, markdown, plain, html, hash,"
		      " created_at) SELECT block_id, kind, '%s', '%s', '%s',"
		      " randomblob(32), 2 FROM block_text WHERE plain GLOB '%s*' LIMIT 1;"
		      "UPDATE revision_block SET block_text_id = (SELECT max(id) FROM block_text)"
		      " WHERE revision_id = " WORKING " AND block_text_id IN (SELECT id FROM"
		      " block_text WHERE plain GLOB '%s*')",
		      text, text, text, beginning, beginning)
		.p);
}

static int propose(const char *change)
{
	return post_as(ANNA, "/handbuch/fassungen",
		       FORM(FIELD_STR("art", str_of(change)), FIELD("anlass", "Zwei Stimmen.")))
	    .status;
}

static const char *at_version(const char *where, const char *what)
{
	return arena_cstr(test_arena, arena_fmt(test_arena, "/handbuch/fassungen/%d%s",
						(int)count_of(where), what));
}
#define AT_PROPOSED(what) at_version("SELECT id FROM revision WHERE state = 'proposed'", what)
#define AT_2_0(what)                                                                               \
	at_version("SELECT id FROM revision WHERE major = 2 AND draft = 0"                         \
		   " AND state <> 'working'",                                                      \
		   what)

static void adopt(void)
{
	OPENS();
	CHECK_INT(votes(IVO, SEEFELD, "yes"), 303);
	CHECK_INT(votes(JULE, LINDHEIM, "yes"), 303);
	CLOSES();
}

/* 2.0 is in force by the vote on decision 1; what is to be before it, as SQL. */
static void in_force_after(const char *sql)
{
	poll_world();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, str_of(sample)), OK);
	CHECK_INT(db_commit(test_db), OK);
	run_sql(sql);
	edit("Jede", "Jede Stadt hat zwei Stimmen.");
	CHECK_INT(propose("content"), 303);
	run_sql("UPDATE decision_request SET decision_id = 1");
	adopt();
	CHECK_INT(post_as(HEIDI, AT_PROPOSED("/beschluss"), S("")).status, 303);
	CHECK_STR(text_of(states), S("1.0 superseded, 2.0 in_force"));
}

static void in_force(void)
{
	in_force_after("");
}

static struct str proposal(void)
{
	return FORM(FIELD_STR("abstimmung", NEWEST_POLL),
		    FIELD_STR("vorschlag", number_of("SELECT max(id) FROM poll_void")));
}

static void becomes_void(void)
{
	CHECK_INT(
	    post_as(IVO, VOID,
		    FORM(FIELD_STR("abstimmung", NEWEST_POLL), FIELD("grund", "Leitung gestört.")))
		.status,
	    303);
	CHECK_INT(post_as(CEM, CONFIRM, proposal()).status, 303);
}

TEST(the_version_before_is_in_force_again)
{
	in_force();
	becomes_void();
	CHECK_STR(text_of(states), S("1.0 in_force, 2.0 proposed"));
	struct answer a = get_as(DORA, "/handbuch/regeln");
	CHECK(shows(&a, "eine Stimme") && !shows(&a, "zwei Stimmen"));
	/* The page of the version says so, its address stays, its history goes on. */
	a = get_as(DORA, AT_2_0(""));
	CHECK(shows(&a, "Fassung 2.0") && shows(&a, "Abstimmung darüber ist ungültig"));
	CHECK(shows(&a, "Leitung gestört.") && shows(&a, "gilt wieder Fassung 1.0"));
	CHECK(shows(&a, "in Kraft gesetzt") && shows(&a, "außer Kraft"));
	a = get_as(DORA, "/handbuch/regeln?fassung=2-0");
	CHECK_INT(a.status, 200);
	a = get_as(DORA, at_version("SELECT id FROM revision WHERE state = 'in_force'", ""));
	CHECK(shows(&a, "wieder in Kraft"));
	CHECK_INT(count_of("SELECT base_id = (SELECT id FROM revision WHERE state = 'in_force')"
			   " AND major = 1 FROM revision WHERE state = 'working'"),
		  1);
	/* What stood there before the vote became void is kept. */
	CHECK_STR(text_of("SELECT effective_on || decision FROM revision_void"),
		  S("2026-11-20Beschluss zu 2026-1 vom 20.\u00a0November 2026"));
	a = get_as(HEIDI, AT_2_0(""));
	CHECK(shows(&a, "noch nicht entschieden") && !shows(&a, "/beschluss\""));
}

TEST(adopted_anew_it_comes_into_force_under_its_number)
{
	in_force();
	becomes_void();
	adopt();
	CHECK_INT(post_as(HEIDI, AT_2_0("/beschluss"), S("")).status, 303);
	CHECK_STR(text_of(states), S("1.0 superseded, 2.0 in_force"));
	struct answer a = get_as(DORA, AT_2_0(""));
	CHECK(!shows(&a, "ist ungültig"));
	CHECK_INT(count_of("SELECT count(*) FROM revision_void"), 1);
}

/* Another text does not get the number of a version that people have read. */
TEST(its_number_is_not_used_for_another_text)
{
	in_force();
	becomes_void();
	edit("Noch", "Noch etwas anderes.");
	CHECK_INT(post_as(ANNA, AT_2_0("/verwerfen"), FORM(FIELD("grund", "Neu gedacht."))).status,
		  303);
	CHECK_INT(propose("content"), 303);
	CHECK_STR(text_of("SELECT major || '.' || minor || '-' || draft FROM revision"
			  " ORDER BY id DESC LIMIT 1"),
		  S("3.0-1"));
}

/* An editorial version on top of it has its words in it, too. */
TEST(what_was_built_on_it_falls_with_it)
{
	in_force();
	edit("Erster", "Erster Absatz, berichtigt.");
	CHECK_INT(propose("editorial"), 303);
	CHECK_INT(post_as(HEIDI, AT_PROPOSED("/freigabe"), S("")).status, 303);
	CHECK_STR(text_of(states), S("1.0 superseded, 2.0 superseded, 2.1 in_force"));
	becomes_void();
	CHECK_STR(text_of(states), S("1.0 in_force, 2.0 proposed, 2.1 superseded"));
	CHECK_INT(count_of("SELECT count(*) FROM revision_void"), 2);
	struct answer a = get_as(
	    DORA, at_version("SELECT id FROM revision WHERE minor = 1 AND state <> 'working'", ""));
	CHECK(shows(&a, "ist ungültig"));
}

/* The committee decided on the whole text of the later one. */
TEST(a_later_resolution_stands)
{
	in_force();
	edit("Noch", "Noch etwas Neues.");
	CHECK_INT(propose("content"), 303);
	run_sql("UPDATE revision SET state = 'superseded' WHERE state = 'in_force';"
		"UPDATE revision SET state = 'in_force', draft = 0 WHERE state = 'proposed'");
	becomes_void();
	CHECK_STR(text_of(states), S("1.0 superseded, 2.0 superseded, 3.0 in_force"));
	struct answer a = get_as(DORA, AT_2_0(""));
	CHECK(shows(&a, "ist ungültig") && shows(&a, "gilt weiter Fassung 3.0"));
}

#define REVIEW(on) "UPDATE document SET review_every_months = 3, next_review_on = " on
static struct str next_review(void)
{
	return text_of("SELECT coalesce(next_review_on, 'none') FROM document");
}

/* It was no test of the handbook; the one that was due is due again. */
TEST(the_day_of_the_next_review_is_what_it_was)
{
	in_force_after(REVIEW("'2026-12-01'"));
	CHECK_STR(next_review(), S("2027-02-20"));
	becomes_void();
	CHECK_STR(next_review(), S("2026-12-01"));
	adopt();
	CHECK_INT(post_as(HEIDI, AT_2_0("/beschluss"), S("")).status, 303);
	CHECK_STR(next_review(), S("2027-02-20"));
	becomes_void();
	CHECK_STR(next_review(), S("2026-12-01"));
	in_force_after(REVIEW("NULL"));
	becomes_void();
	CHECK_STR(next_review(), S("none"));
}

/* The editors' word stands, before it and after it. */
TEST(a_day_of_review_that_editors_set_stays)
{
	in_force_after(REVIEW("'2028-01-01'"));
	becomes_void();
	CHECK_STR(next_review(), S("2028-01-01"));
	in_force_after(REVIEW("'2026-12-01'"));
	run_sql(REVIEW("'2027-06-01'"));
	becomes_void();
	CHECK_STR(next_review(), S("2027-06-01"));
	/* Not moved when it came into force anew, so not moved back either. */
	adopt();
	CHECK_INT(post_as(HEIDI, AT_2_0("/beschluss"), S("")).status, 303);
	run_sql(REVIEW("'2027-02-20'"));
	becomes_void();
	CHECK_STR(next_review(), S("2027-02-20"));
}

/* The version between them was no test either: what it moved is not what the newer one goes back
 * to. */
TEST(of_two_void_versions_the_day_is_that_before_both)
{
	in_force_after(REVIEW("'2026-12-01'"));
	edit("Noch", "Noch etwas Neues.");
	CHECK_INT(propose("content"), 303);
	run_sql("UPDATE revision SET state = 'superseded' WHERE state = 'in_force';"
		"UPDATE revision SET state = 'in_force', draft = 0,"
		" review_before = '2027-02-20', review_after = '2027-05-20' WHERE state = "
		"'proposed';" REVIEW("'2027-05-20'"));
	becomes_void();
	CHECK_STR(next_review(), S("2027-05-20"));
	CHECK_STR(text_of("SELECT review_before FROM revision WHERE state = 'in_force'"),
		  S("2026-12-01"));
	CHECK_INT(count_of("SELECT count(*) FROM revision WHERE review_before IS NOT NULL"), 1);
}

TEST(the_public_edition_of_it_is_taken_back)
{
	in_force();
	run_sql(
	    "INSERT INTO edition (id, number, revision_id, state, title, licence, version, as_of,"
	    " checked_at, html_hash, markdown_hash, created_by, created_at, released_by,"
	    " released_municipality, released_at, published_by, published_municipality,"
	    " published_at) SELECT 1, 1, id, 'published', 'Probe', 'CC', '2.0', '2026-11-20', 1,"
	    " 'a', 'b', 1, 1, 1, 1, 1, 8, 3, 1 FROM revision WHERE state = 'in_force';"
	    "INSERT INTO edition (id, number, revision_id, state, title, licence, version, as_of,"
	    " checked_at, created_by, created_at) SELECT 2, 2, id, 'draft', 'Probe', 'CC', '2.0',"
	    " '2026-11-20', 1, 1, 1 FROM revision WHERE state = 'in_force'");
	becomes_void();
	CHECK_STR(text_of("SELECT group_concat(state, ' ') FROM edition"),
		  S("withdrawn discarded"));
	CHECK_STR(text_of("SELECT withdrawn_reason FROM edition WHERE id = 1"),
		  S("Der Beschluss zu dieser Fassung ist ungültig. Es gilt wieder Fassung 1.0."));
	struct answer a = get_as(NOBODY, "/oeffentlich/handbuch");
	CHECK(!shows(&a, "2.0") || shows(&a, "ungültig"));
}

TEST(who_confirmed_the_void_one_has_read_what_was_confirmed_before)
{
	in_force();
	run_sql("INSERT INTO read_receipt (person_id, revision_id, section_uid, confirmed_at)"
		" SELECT 4, id, '', major FROM revision WHERE state IN ('superseded', 'in_force')");
	struct answer a = get_as(DORA, "/handbuch/gelesen");
	becomes_void();
	a = get_as(DORA, "/handbuch/gelesen");
	CHECK_INT(a.status, 200);
	CHECK(!shows(&a, "geändert"));
	CHECK_INT(count_of("SELECT count(*) FROM read_receipt"), 2);
}

TEST(feedback_given_to_it_finds_its_place_in_the_one_before)
{
	in_force();
	run_sql(
	    "INSERT INTO feedback (id, document_id, number, kind, visibility, author_id,"
	    " author_org, state, created_at) SELECT 1, document_id, 1, 'hint', 'project', 4,"
	    " 'Seefeld', 'open', 1 FROM revision WHERE state = 'in_force';"
	    "INSERT INTO anchor (feedback_id, revision_id, part, first, block_text_id, state, at)"
	    " SELECT 1, rb.revision_id, 1, 1, rb.block_text_id, 'exact', 1"
	    " FROM revision_block rb JOIN block_text t ON t.id = rb.block_text_id"
	    " JOIN revision r ON r.id = rb.revision_id AND r.state = 'in_force'"
	    " WHERE t.plain GLOB 'Erster*'");
	becomes_void();
	CHECK_INT(count_of("SELECT count(*) FROM anchor n JOIN revision r ON r.id = n.revision_id"
			   " WHERE r.state = 'in_force' AND n.block_text_id IS NOT NULL"),
		  1);
}

TEST(a_failure_leaves_both_as_they_were)
{
	static const char all[] =
	    "SELECT (SELECT count(*) FROM revision_void) + (SELECT count(confirmed_at) FROM"
	    " poll_void) + (SELECT count(*) FROM revision WHERE major = 1 AND state = 'in_force')";

	in_force();
	CHECK_INT(post_as(IVO, VOID,
			  FORM(FIELD_STR("abstimmung", NEWEST_POLL), FIELD("grund", "Gestört.")))
		      .status,
		  303);
	check_failures(CEM, CONFIRM, proposal(), all);
	check_register();
}

TESTS_MAIN
