/* words_test.c -- the vocabulary of the task forces. */
#include "app/words.h"
#include "base/str.h"
#include "test.h"

TEST(an_unknown_light_is_grey)
{
	CHECK_INT(light_named(S("")), LIGHT_GREY);
	CHECK_INT(light_named(S("done")), LIGHT_GREY);
	CHECK_INT(light_named(S("Green")), LIGHT_GREY);
	for (enum light l = LIGHT_GREY; l < LIGHT_DONE; l++) {
		CHECK_INT(light_named(light_name(l)), l);
		CHECK_STR(light_name(l), light_names[l]);
	}
}

TEST(every_status_is_found_by_name_and_by_label)
{
	enum tf_status found = STATUS_COUNT;

	for (enum tf_status s = STATUS_PLANNED; s < STATUS_COUNT; s++) {
		CHECK(status_named(status_name(s), &found) && found == s);
		CHECK(status_labelled(status_label(s), &found) && found == s);
	}
	CHECK(!status_named(S("läuft"), &found));
	CHECK(!status_labelled(S("active"), &found));
	CHECK(status_at_rest(STATUS_PAUSED) && !status_at_rest(STATUS_PLANNED));
}

TEST(quarters_follow_the_calendar)
{
	struct arena *a = arena_new(1 << 16);

	CHECK_STR(quarter_name(a, (struct date){2026, 9, 30}), S("2026-3"));
	CHECK_STR(quarter_name(a, (struct date){2026, 10, 1}), S("2026-4"));
	CHECK_STR(quarter_label(a, (struct date){2027, 1, 1}), S("1/2027"));
	arena_free(a);
}

TEST(elapsed_time_counts_today_as_passed)
{
	struct date first = {2026, 11, 30}, last = {2026, 12, 1}, none = {0, 0, 0};

	CHECK_INT(elapsed_percent(first, last, date_add_days(first, -1)), 0);
	CHECK_INT(elapsed_percent(first, last, first), 50);
	CHECK_INT(elapsed_percent(first, last, last), 100);
	CHECK_INT(elapsed_percent(first, last, date_add_days(last, 1)), 100);
	CHECK_INT(elapsed_percent(first, first, first), 100);
	CHECK_INT(elapsed_percent(first, none, last), -1);
}

TEST(only_plain_https_links_fit)
{
	static const char *const good[] = {
	    "", "https://raum.example", "https://raum.example/a?b=@c",
	    "https://raum.example:8443/x#y", "https://städte.example/größe"};
	static const char *const bad[] = {"http://raum.example",
					  "https://",
					  "https:///raum",
					  "https://:80/",
					  "https://anna:geheim@raum.example/",
					  "https://raum.example@falsch.example",
					  "https://raum.example\\@falsch.example",
					  "https://?raum.example",
					  "HTTPS://raum.example",
					  "https://raum.example/a b",
					  "https://raum.example/\"><script>",
					  "https://raum.example/\x01",
					  " https://raum.example",
					  "javascript:alert(1)",
					  "//raum.example",
					  "https://raum.example/\xff"};

	for (size_t i = 0; i < sizeof good / sizeof good[0]; i++)
		if (!link_fits(str_of(good[i])))
			fail_msg("refused: %s", good[i]);
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++)
		if (link_fits(str_of(bad[i])))
			fail_msg("taken: %s", bad[i]);
}

TESTS_MAIN
