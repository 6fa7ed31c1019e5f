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

static enum err huge_show(struct request *rq)
{
	made++;
	view_text(rq->view, V_TITLE, S("Titel"));
	view_text(view_row(rq->view, S_FILLED), V_HTML, repeated("<p>0123456789</p>", 30000));
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

/* A page with a form in it. */
static enum err form_page(struct request *rq)
{
	made++;
	seen = rq->viewer;
	view_text(rq->view, V_GO_ON, S("/"));
	view_text(rq->view, V_EMAIL, rq->viewer.name);
	return reply_page(rq, str_eq(rq->http.path, S("/formular")) ? 200 : 422,
			  "people/login.html");
}

static struct str value_of(const struct answer *a, const char *name)
{
	struct str mark = arena_fmt(test_arena, "name=\"%s\" value=\"", name);
	struct str rest = str_from(a->body, str_find(a->body, S("</header>")));

	rest = str_from(rest, str_find(rest, mark) + mark.n);
	return str_head(rest, str_find_char(rest, '"'));
}

static const struct route own_routes[] = {
    GET_SHARED("/riesig", LOGGED_IN, huge_show),
    GET_KEPT("/eigen", LOGGED_IN, counted_show),
    GET_KEPT("/formular", LOGGED_IN, form_page),
    GET_KEPT("/eigen-fort", LOGGED_IN, away),
    GET_KEPT("/eigen-abgelehnt", LOGGED_IN, form_page),
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

TEST(a_kept_page_is_made_once_for_each_person)
{
	begin();
	both_read_in_seefeld();
	get_as(DORA, "/eigen");
	CHECK_INT(seen.person_id, DORA);
	struct answer again = get_as(DORA, "/eigen");
	CHECK(shows(&again, "Mal 1") && shows(&again, "<title>Titel"));
	struct answer other = get_as(JULE, "/eigen");
	CHECK(shows(&other, "Mal 2"));
	CHECK_INT(seen.person_id, JULE);
	CHECK_INT(made, 2);
}

TEST(a_kept_page_is_made_anew_after_a_change_and_after_a_minute)
{
	begin();
	get_as(DORA, "/eigen");
	run_sql("UPDATE task_force SET name = 'Neu' WHERE id = 1");
	get_as(DORA, "/eigen");
	CHECK_INT(made, 2);
	clock_set(FIXTURE_NOW + 59);
	get_as(DORA, "/eigen");
	CHECK_INT(made, 2);
	clock_set(FIXTURE_NOW + 60);
	/* So that the session is not prolonged, which would be a change. */
	run_sql("UPDATE session SET last_at = last_at + 120");
	get_as(DORA, "/eigen");
	made = 0;
	clock_set(FIXTURE_NOW + 119);
	get_as(DORA, "/eigen");
	CHECK_INT(made, 0);
	clock_set(FIXTURE_NOW + 120);
	get_as(DORA, "/eigen");
	CHECK_INT(made, 1);
}

/* Two tabs with the same page are two forms: what is sent from the second is not the first again.
 */
TEST(forms_of_a_kept_page_have_new_tokens_each_time)
{
	begin();
	struct answer first = get_as(DORA, "/formular"), second = get_as(DORA, "/formular");
	CHECK_INT(made, 1);
	CHECK_INT((int64_t)value_of(&first, "key").n, SECRET_ID_CHARS);
	CHECK_INT((int64_t)value_of(&first, "csrf").n, 64);
	CHECK(!str_eq(value_of(&first, "key"), value_of(&second, "key")));
	CHECK(!str_eq(value_of(&first, "csrf"), value_of(&second, "csrf")));
	for (int i = 0; i < 2; i++) {
		struct answer *a = i == 0 ? &first : &second;
		CHECK_INT((int64_t)str_find(a->body, shelf_csrf()), (int64_t)a->body.n);
		CHECK_INT((int64_t)str_find(a->body, shelf_key()), (int64_t)a->body.n);
	}
}

TEST(what_is_no_page_is_not_kept_for_a_person)
{
	begin();
	CHECK_INT(get_as(DORA, "/eigen-fort").status, 303);
	CHECK_INT(get_as(DORA, "/eigen-fort").status, 303);
	CHECK_INT(made, 2);
	struct answer refused = get_as(DORA, "/eigen-abgelehnt");
	CHECK_INT(refused.status, 422);
	CHECK_INT((int64_t)str_find(refused.body, shelf_key()), (int64_t)refused.body.n);
	get_as(DORA, "/eigen-abgelehnt");
	CHECK_INT(made, 4);
}

/* More pages than there is room for: each is still right. */
TEST(old_pages_make_room)
{
	begin();
	for (int i = 0; i < 100; i++)
		get_as(DORA, arena_fmt(test_arena, "/gezaehlt?q=%d", i).p);
	struct answer first = get_as(DORA, "/gezaehlt?q=0"), last = get_as(DORA, "/gezaehlt?q=99");
	CHECK(shows(&first, "Mal 101") && shows(&last, "Mal 100"));
}

/* Few pages, but larger than all the room. */
TEST(large_pages_make_room)
{
	begin();
	for (int i = 0; i < 10; i++)
		get_as(DORA, arena_fmt(test_arena, "/riesig?q=%d", i).p);
	CHECK_INT(made, 10);
	get_as(DORA, "/riesig?q=9");
	CHECK_INT(made, 10);
	get_as(DORA, "/riesig?q=0");
	CHECK_INT(made, 11);
}

TESTS_MAIN
