/* round_reading_test.c -- in a round everybody sees which chapters they have not looked at yet. */
#include "round_world.h"

static struct str confirmation(const char *slug)
{
	return FORM(
	    FIELD_STR("abschnitt",
		      text_of(arena_fmt(test_arena,
					"SELECT uid FROM revision_section WHERE slug = '%s'"
					" LIMIT 1",
					slug)
				  .p)),
	    FIELD_STR("version", text_of("SELECT CAST(revision_id AS TEXT) FROM review_round")));
}

TEST(who_is_asked_sees_what_is_left_to_look_at)
{
	running_round();
	struct answer a = get_as(BEN, ROUND);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "0 von 2 Kapiteln") && shows(&a, "Noch nicht angesehen"));
	CHECK(!shows(&a, "Gelesene Kapitel"));
	CHECK(shows(&a, "href=\"/handbuch/einstieg?fassung="));
	a = get_as(BEN, "/");
	CHECK(shows(&a, "noch nicht angesehen: 2 Kapitel"));
	/* The chapter of the version under review leads to its confirmation. */
	struct str slug = arena_fmt(test_arena, "/handbuch/gelesen?fassung=%s", "2-0-entwurf-1");
	a = get_as(BEN, "/handbuch/einstieg?fassung=2-0-entwurf-1");
	CHECK(shows(&a, arena_cstr(test_arena, slug)));
	a = post_as(BEN, "/handbuch/gelesen", confirmation("einstieg"));
	CHECK_INT(a.status, 303);
	CHECK_INT(str_find(a.location, slug), 0);
	a = get_as(BEN, ROUND);
	CHECK(shows(&a, "1 von 2 Kapiteln") && shows(&a, "Gelesene Kapitel"));
	a = get_as(BEN, "/");
	CHECK(shows(&a, "noch nicht angesehen: 1 Kapitel"));
	CHECK_INT(post_as(BEN, "/handbuch/gelesen", confirmation("ende")).status, 303);
	a = get_as(BEN, ROUND);
	CHECK(shows(&a, "2 von 2 Kapiteln") && !shows(&a, "Noch nicht angesehen"));
	a = get_as(BEN, "/");
	CHECK(shows(&a, "alle Kapitel gelesen"));
	/* Others see neither this nor one of their own. */
	a = get_as(CEM, ROUND);
	CHECK(shows(&a, "0 von 2 Kapiteln"));
	a = get_as(DORA, ROUND);
	CHECK(!shows(&a, "Was du gelesen hast"));
}

TESTS_MAIN
