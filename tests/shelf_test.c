/* shelf_test.c -- bodies of pages that are kept: for whom, how long, and without whom. */
#include "fixtures.h"

#include "app/shelf.h"
#include "base/date.h"

static int made;
static struct viewer seen;

static enum err counted_show(struct request *rq)
{
	made++;
	seen = rq->viewer;
	view_text(rq->view, V_TITLE, S("Titel"));
	view_text(view_row(rq->view, S_FILLED), V_HTML, arena_fmt(rq->arena, "Mal %d", made));
	return reply_page(rq, 200, "home/page_show.html");
}

static enum err away(struct request *rq)
{
	made++;
	return reply_redirect(rq, M_NONE, "/");
}

static enum err refused_show(struct request *rq)
{
	return reply_page(rq, 422, "home/page_show.html");
}

static const struct route own_routes[] = {
    GET_SHARED("/gezaehlt", LOGGED_IN, counted_show),
    GET_SHARED_UNLESS("/auch", LOGGED_IN, counted_show, "form"),
    GET_SHARED("/fort", LOGGED_IN, away),
    GET_SHARED("/abgelehnt", LOGGED_IN, refused_show),
    ROUTES_END,
};
static const struct route *const own_tables[] = {own_routes, NULL};

static void begin(void)
{
	fixtures();
	test_app.routes = own_tables;
	made = 0;
}

TEST(a_shared_page_is_made_once)
{
	begin();
	struct answer first = get_as(DORA, "/gezaehlt");
	CHECK_INT(first.status, 200);
	CHECK(shows(&first, "Mal 1") && shows(&first, "<title>Titel"));
	struct answer second = get_as(DORA, "/gezaehlt");
	CHECK(shows(&second, "Mal 1") && shows(&second, "<title>Titel"));
	CHECK_INT(made, 1);
}

TEST(a_change_makes_it_anew)
{
	begin();
	get_as(DORA, "/gezaehlt");
	run_sql("UPDATE task_force SET name = 'Neu' WHERE id = 1");
	struct answer after = get_as(DORA, "/gezaehlt");
	CHECK(shows(&after, "Mal 2"));
}

TEST(a_new_day_makes_it_anew)
{
	begin();
	int64_t midnight = date_end_of_day(date_today()) + 1;
	clock_set(midnight - 1);
	run_sql("UPDATE session SET last_at = last_at + 50000, ends_at = ends_at + 50000");
	get_as(DORA, "/gezaehlt");
	clock_set(midnight);
	get_as(DORA, "/gezaehlt");
	CHECK_INT(made, 2);
}

TEST(another_database_never_shows_the_page_of_the_last)
{
	begin();
	get_as(DORA, "/gezaehlt");
	begin();
	struct answer a = get_as(DORA, "/gezaehlt");
	CHECK(shows(&a, "Mal 1"));
	CHECK_INT(made, 1);
}

TEST(another_query_is_another_page)
{
	begin();
	get_as(DORA, "/gezaehlt");
	get_as(DORA, "/gezaehlt?sortierung=name");
	get_as(DORA, "/gezaehlt");
	CHECK_INT(made, 2);
}

TEST(other_rights_never_share_a_page)
{
	begin();
	get_as(ANNA, "/gezaehlt");
	get_as(DORA, "/gezaehlt");
	CHECK_INT(made, 2);
}

static void both_read_in_seefeld(void)
{
	run_sql("DELETE FROM role_grant WHERE person_id IN (4, 10);"
		"UPDATE membership SET municipality_id = 4 WHERE person_id = 10;"
		"INSERT INTO role_grant (person_id, role, since, granted_at) VALUES"
		" (4, 'reader', '2025-01-01', 1), (10, 'reader', '2025-01-01', 1)");
}

TEST(another_municipality_never_shares_a_page)
{
	begin();
	both_read_in_seefeld();
	run_sql("UPDATE membership SET municipality_id = 1 WHERE person_id = 10");
	get_as(DORA, "/gezaehlt");
	get_as(JULE, "/gezaehlt");
	CHECK_INT(made, 2);
}

TEST(a_field_of_the_query_makes_it_the_page_of_one_person)
{
	begin();
	both_read_in_seefeld();
	get_as(DORA, "/auch?form=1");
	CHECK_INT(seen.person_id, DORA);
	get_as(JULE, "/auch?form=1");
	CHECK_INT(seen.person_id, JULE);
	CHECK_INT(made, 2);
	get_as(DORA, "/auch");
	get_as(JULE, "/auch");
	CHECK_INT(made, 3);
	CHECK_INT(seen.person_id, 0);
}

TEST(the_frame_is_the_viewers_own)
{
	begin();
	both_read_in_seefeld();
	struct answer dora = get_as(DORA, "/gezaehlt"), jule = get_as(JULE, "/gezaehlt");
	CHECK_INT(made, 1);
	CHECK(shows(&dora, "Dora Distel") && !shows(&dora, "Jule Jasmin"));
	CHECK(shows(&jule, "Jule Jasmin") && !shows(&jule, "Dora Distel"));
}

TEST(its_handler_does_not_know_who_asks)
{
	begin();
	get_as(ANNA, "/gezaehlt");
	CHECK_INT(seen.person_id, 0);
	CHECK_INT(seen.municipality_id, LINDHEIM);
	CHECK_INT((int64_t)(seen.name.n + seen.municipality.n), 0);
	CHECK((seen.roles & ROLE_PMO) != 0);
}

TEST(only_pages_are_kept)
{
	begin();
	CHECK_INT(get_as(DORA, "/fort").status, 303);
	CHECK_INT(get_as(DORA, "/fort").status, 303);
	CHECK_INT(made, 2);
	CHECK_INT(get_as(DORA, "/abgelehnt").status, 500);
}

/* More pages than there is room for: each is still right. */
TEST(old_pages_make_room)
{
	begin();
	for (int i = 0; i < 40; i++)
		get_as(DORA, arena_fmt(test_arena, "/gezaehlt?q=%d", i).p);
	struct answer first = get_as(DORA, "/gezaehlt?q=0"), last = get_as(DORA, "/gezaehlt?q=39");
	CHECK(shows(&first, "Mal 41") && shows(&last, "Mal 40"));
}

TESTS_MAIN
