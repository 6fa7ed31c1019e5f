/* agenda_test.c -- writing the agenda. */
#include "meeting_world.h"

#define ADD M1 "/punkte/neu"
#define COUNT "SELECT count(*) FROM agenda_entry"
#define EDIT3 P3 "/bearbeiten"

static struct str point(const char *kind, const char *decision, const char *title)
{
	return FORM(FIELD_STR("art", str_of(kind)), FIELD_STR("vorlage", str_of(decision)),
		    FIELD_STR("thema", str_of(title)), FIELD("wer", ""), FIELD("minuten", "15"),
		    FIELD("vertraulich", ""), MEETING_VERSION);
}

/* The template waits in the pool, the agenda has only the break and the formality. */
static void pool_world(const char *state)
{
	meeting_world(state);
	run_sql("DELETE FROM agenda_entry WHERE id = 1; UPDATE decision SET state = 'published'");
}

TEST(a_published_template_comes_out_of_the_pool_onto_the_agenda)
{
	pool_world("draft");
	struct answer a = get_as(ANNA, ADD);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "2026-1: Verzeichnis für alle"));
	struct str form = point("decision", "1", "");
	check_refusals(ANNA, ADD, form, COUNT);
	check_once(ANNA, ADD, form, COUNT);
	CHECK_STR(text_of("SELECT state FROM decision"), S("scheduled"));
	CHECK_STR(text_of("SELECT title FROM agenda_entry WHERE kind = 'decision'"),
		  S("Verzeichnis für alle"));
	CHECK_INT(count_of("SELECT presenter_id FROM agenda_entry WHERE kind = 'decision'"), BEN);
	/* It is not there to be taken twice. */
	a = post_as(ANNA, ADD, point("decision", "1", ""));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Wähle die Vorlage"));
	a = get_as(DORA, M1);
	CHECK(shows(&a, "Vorlage 2026-1"));
}

TEST(adding_fails_whole)
{
	pool_world("draft");
	check_failures(ANNA, ADD, point("decision", "1", ""),
		       "SELECT count(*) FROM agenda_entry WHERE kind = 'decision'");
}

TEST(what_does_not_fit_is_refused)
{
	pool_world("draft");
	CHECK_INT(post_as(ANNA, ADD, point("formal", "", "")).status, 422);
	CHECK_INT(post_as(ANNA, ADD, point("formal", "1", "Begrüßung")).status, 422);
	CHECK_INT(post_as(ANNA, ADD, point("", "", "Begrüßung")).status, 422);
	CHECK_INT(post_as(ANNA, ADD, point("break", "", "")).status, 303);
	CHECK_INT(count_of(COUNT), 3);
	CHECK_INT(post_as(HEIDI, ADD, point("formal", "", "Begrüßung")).status, 403);
	/* Decisions come on before it begins; other points also later. */
	pool_world("running");
	CHECK_INT(post_as(ANNA, ADD, point("decision", "1", "")).status, 422);
	CHECK_INT(post_as(ANNA, ADD, point("formal", "", "Nachtrag")).status, 303);
	pool_world("closed");
	CHECK_INT(post_as(ANNA, ADD, point("formal", "", "Nachtrag")).status, 409);
}

static struct str edit_form(const char *title, const char *minutes, struct test_field version)
{
	return FORM(FIELD("art", "discussion"), FIELD_STR("thema", str_of(title)),
		    FIELD("wer", "11"), FIELD_STR("minuten", str_of(minutes)),
		    FIELD("vertraulich", ""), version);
}
#define ENTRY_VERSION version_of("agenda_entry WHERE id = 3")

TEST(a_point_is_changed_and_two_at_once_see_both)
{
	meeting_world("invited");
	CHECK_INT(get_as(ANNA, EDIT3).status, 200);
	struct test_field old = ENTRY_VERSION;
	struct answer a = post_as(ANNA, EDIT3, edit_form("Ausblick", "0", old));
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Gib 1 bis 600 Minuten an"));
	CHECK(shows(&a, "value=\"Ausblick\""));
	CHECK_INT(post_as(ANNA, EDIT3, edit_form("Ausblick", "25", old)).status, 303);
	CHECK_INT(count_of("SELECT minutes FROM agenda_entry WHERE id = 3"), 25);
	CHECK_INT(count_of("SELECT presenter_id FROM agenda_entry WHERE id = 3"), KIM);
	a = post_as(IVO, EDIT3, edit_form("Rückblick", "5", old));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Ausblick"));
	CHECK(shows(&a, "value=\"Rückblick\""));
	/* The kind of a decision stays. */
	CHECK_INT(get_as(ANNA, P1 "/bearbeiten").status, 200);
	CHECK_INT(post_as(ANNA, P1 "/bearbeiten",
			  FORM(FIELD("wer", "2"), FIELD("minuten", "5"),
			       FIELD("vertraulich", "Personalsache"),
			       version_of("agenda_entry WHERE id = 1")))
		      .status,
		  303);
	CHECK_STR(text_of("SELECT restricted FROM agenda_entry WHERE id = 1"), S("Personalsache"));
}

TEST(the_form_of_a_point_has_its_own_restriction_alone)
{
	meeting_world("invited");
	/* What follows a restricted resolution is restricted, too, but not by this point. */
	run_sql("UPDATE agenda_entry SET restricted = 'Personalsache' WHERE id = 1;"
		"UPDATE agenda_entry SET follows_id = (SELECT decision_id FROM agenda_entry"
		" WHERE id = 1) WHERE id = 3");
	struct answer a = get_as(DORA, M1);
	CHECK_INT(times(&a, "Personalsache"), 2);
	a = get_as(ANNA, EDIT3);
	CHECK(a.status == 200 && !shows(&a, "value=\"Personalsache\""));
}

TEST(changing_fails_whole)
{
	meeting_world("draft");
	check_failures(ANNA, EDIT3, edit_form("Ausblick", "25", ENTRY_VERSION),
		       "SELECT count(*) FROM agenda_entry WHERE minutes = 25");
}

TEST(points_go_up_and_down)
{
	static const char order[] =
	    "SELECT group_concat(id, '') FROM (SELECT id FROM agenda_entry ORDER BY pos)";

	meeting_world("draft");
	struct test_field version = MEETING_VERSION;
	CHECK_INT(post_as(ANNA, P3 "/schieben", FORM(FIELD("richtung", "rauf"), version)).status,
		  303);
	CHECK_STR(text_of(order), S("132"));
	/* The page of before is old. */
	struct answer a = post_as(ANNA, P3 "/schieben", FORM(FIELD("richtung", "rauf"), version));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Inzwischen hat sich etwas geändert"));
	CHECK_INT(
	    post_as(ANNA, P1 "/schieben", FORM(FIELD("richtung", "rauf"), MEETING_VERSION)).status,
	    409);
	CHECK_INT(post_as(ANNA, P1 "/schieben", FORM(FIELD("richtung", "runter"), MEETING_VERSION))
		      .status,
		  303);
	CHECK_STR(text_of(order), S("312"));
	check_failures(ANNA, P1 "/schieben", FORM(FIELD("richtung", "rauf"), MEETING_VERSION),
		       "SELECT count(*) FROM agenda_entry WHERE id = 1 AND pos = 1");
}

static struct str removal(const char *reason, int id)
{
	return FORM(FIELD_STR("grund", str_of(reason)),
		    version_of(arena_cstr(
			test_arena, arena_fmt(test_arena, "agenda_entry WHERE id = %d", id))));
}

TEST(a_decision_leaves_the_agenda_with_a_reason)
{
	meeting_world("draft");
	struct answer a = get_as(ANNA, P1 "/entfernen");
	CHECK_INT(a.status, 200);
	CHECK_INT(post_as(ANNA, P1 "/entfernen", removal("", 1)).status, 422);
	CHECK_INT(post_as(ANNA, P1 "/entfernen", removal("Noch nicht reif.", 1)).status, 303);
	CHECK_INT(count_of(COUNT), 2);
	CHECK_STR(text_of("SELECT state FROM decision"), S("published"));
	CHECK_STR(text_of("SELECT reason FROM steering_event WHERE object = 'decision'"),
		  S("Noch nicht reif."));
	/* Those who were invited see what became of it. */
	meeting_world("invited");
	CHECK_INT(post_as(ANNA, P1 "/entfernen", removal("Noch nicht reif.", 1)).status, 303);
	CHECK_INT(count_of(COUNT), 3);
	a = get_as(DORA, M1);
	CHECK(shows(&a, "zurückgezogen"));
	CHECK(shows(&a, "Noch nicht reif."));
	CHECK_INT(post_as(ANNA, P1 "/entfernen", removal("Noch einmal", 1)).status, 409);
}

TEST(removing_fails_whole)
{
	meeting_world("draft");
	check_failures(ANNA, P1 "/entfernen", removal("Nein", 1),
		       "SELECT count(*) FROM agenda_entry WHERE id = 1");
}

TEST(a_restricted_point_shows_number_kind_and_reason_to_others)
{
	meeting_world("invited");
	run_sql("UPDATE agenda_entry SET restricted = 'Personalsache' WHERE id = 1");
	static const int64_t others[] = {DORA, BEN};
	for (size_t i = 0; i < 2; i++) {
		struct answer a = get_as(others[i], M1);
		CHECK(shows(&a, "Personalsache"));
		CHECK(shows(&a, "Nur für den Steuerungskreis"));
		CHECK(shows(&a, "Entscheidung"));
		CHECK(!shows(&a, "Verzeichnis"));
		CHECK(!shows(&a, "/entscheidungen/2026-1"));
		a = get_as(others[i], P1);
		CHECK_INT(a.status, 200);
		CHECK(!shows(&a, "Verzeichnis"));
	}
	static const int64_t inside[] = {ANNA, HEIDI, KIM, IVO, CEM};
	for (size_t i = 0; i < sizeof inside / sizeof inside[0]; i++) {
		struct answer a = get_as(inside[i], M1);
		CHECK(shows(&a, "Verzeichnis für alle"));
		CHECK(shows(&a, "Andere sehen nur Nummer und Art"));
	}
}

/* A revised template waits on the agenda until it is published and taken up again. */
TEST(a_revised_template_returns_to_its_place)
{
	meeting_world("invited");
	run_sql("UPDATE decision SET state = 'published'");
	struct answer a = get_as(ANNA, M1);
	CHECK(shows(&a, "Neue Fassung aufnehmen"));
	CHECK_INT(post_as(ANNA, P1 "/aufnehmen", FORM(MEETING_VERSION)).status, 303);
	CHECK_STR(text_of("SELECT state FROM decision"), S("scheduled"));
	a = get_as(ANNA, M1);
	CHECK(!shows(&a, "Neue Fassung aufnehmen"));
	CHECK_INT(post_as(ANNA, P1 "/aufnehmen", FORM(MEETING_VERSION)).status, 409);
}

TESTS_MAIN
