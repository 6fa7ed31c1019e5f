/* handbook_large_test.c -- a very long handbook answers on every page, in bounds.  How fast it does
 * is what tests/bench/large.c prints.
 */
#include "large_world.h"

enum { PAGE_MAX = 4 * 1024 * 1024 };

static struct answer answers(const char *target)
{
	struct answer a = get_as(ANNA, target);

	CHECK_INT(a.status, 200);
	CHECK(a.body.n < PAGE_MAX);
	return a;
}

TEST(every_page_of_a_very_long_handbook_answers_in_bounds)
{
	large_world();
	CHECK(count_of("SELECT count(*) FROM revision_block WHERE revision_id = 101") >= 1980);
	answers("/handbuch");
	answers("/handbuch/kapitel-1");
	answers(arena_cstr(test_arena, arena_fmt(test_arena, "/handbuch/kapitel-1?b=%.*s",
						 ARG(uid_of("Im Absatz 1 von 1 ")))));
	answers("/handbuch/fassungen");
	answers("/suche?q=Absatz");
	answers("/feedback?status=alle");
	answers("/feedback?status=alle&abschnitt=kapitel-1");
}

TEST(two_long_versions_with_nothing_in_common_are_compared_block_by_block)
{
	large_world();
	struct answer some = answers("/handbuch/vergleich?von=0-1&bis=1-0");
	CHECK(shows(&some, "<del>"));
	struct answer all = answers("/handbuch/vergleich?von=0-2&bis=0-3");
	CHECK(shows(&all, "1960 Absätze geändert"));
}

TEST(the_synopsis_of_ten_thousand_remarks_is_cut_on_the_page_and_whole_in_the_files)
{
	large_world();
	struct answer page = answers("/feedback/runden/1/synopse");
	CHECK_INT(times(&page, "Es fehlt, wer sich um Punkt "), 500);
	struct answer csv = answers("/feedback/runden/1/synopse.csv");
	CHECK_INT(times(&csv, "Es fehlt, wer sich um Punkt "), 10000);
	struct answer xlsx = answers("/feedback/runden/1/synopse.xlsx");
	CHECK(xlsx.body.n > 100 * 1024);
}

TESTS_MAIN
