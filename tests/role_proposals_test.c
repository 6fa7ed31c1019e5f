/* role_proposals_test.c -- the project office proposes, the committee decides; and the page that
 * says who may do what. */
#include "fixtures.h"

#include "app/rights.h"

#define PROPOSALS "SELECT count(*) FROM role_proposal"
#define OPEN "SELECT count(*) FROM role_proposal WHERE decided_at IS NULL"

static struct str proposal(const char *role)
{
	return form_of((struct test_field[]){{S("rolle"), str_of(role)},
					     {S("von"), S("20.11.2026")},
					     {S("bis"), S("31.12.2027")},
					     {S("grund"), S("kennt den Haushalt")}},
		       4);
}

static struct str decision(const char *word)
{
	return form_of(
	    (struct test_field[]){{S("entscheidung"), str_of(word)}, {S("passwort"), S(PASSWORD)}},
	    2);
}

static void proposed(const char *role)
{
	fixtures();
	CHECK_INT(post_as(ANNA, "/personen/2/rollen/vorschlag", proposal(role)).status, 303);
}

TEST(a_proposal_waits_for_the_committee_and_gives_nothing_yet)
{
	proposed("committee");
	CHECK_INT(count_of(OPEN " AND person_id = 2 AND municipality_id = 2 AND proposed_by = 1"
				" AND until = '2027-12-31' AND reason = 'kennt den Haushalt'"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM role_grant WHERE person_id = 2"), 0);
	struct answer a = get_as(IVO, "/");
	CHECK(shows(&a, "Entscheide über eine Rolle: Ben Birke"));
	CHECK(shows(&a, "href=\"/rollen/vorschlaege/1\""));
	a = get_as(ANNA, "/");
	CHECK(!shows(&a, "Entscheide über eine Rolle"));
	a = get_as(ANNA, "/personen/2/rollen");
	CHECK(shows(&a, "der Steuerungskreis entscheidet") && !shows(&a, ">Entscheiden"));
	a = get_as(DORA, "/personen/2/rollen");
	CHECK(!shows(&a, "Vorgeschlagen"));
	a = get_as(HEIDI, "/rollen/vorschlaege");
	CHECK(shows(&a, "Steuerungskreis für Ben Birke"));
	CHECK_INT(get_as(ANNA, "/rollen/vorschlaege").status, 403);
	a = get_as(HEIDI, "/rollen/vorschlaege/1");
	CHECK(shows(&a, "kennt den Haushalt"));
	/* Once is enough. */
	a = post_as(ANNA, "/personen/2/rollen/vorschlag", proposal("committee"));
	CHECK(a.status == 422 && shows(&a, "Das ist schon vorgeschlagen"));
	CHECK(shows(&a, "kennt den Haushalt"));
}

TEST(a_granted_proposal_is_a_role_and_both_are_told)
{
	proposed("committee");
	struct answer a = post_as(IVO, "/rollen/vorschlaege/1", decision("vergeben"));
	CHECK_INT(a.status, 303);
	CHECK_STR(a.location, S("/rollen/vorschlaege?meldung=rolle-vergeben"));
	CHECK_STR(text_of("SELECT role || municipality_id || since || until || granted_by"
			  " FROM role_held WHERE person_id = 2"),
		  S("committee22026-11-202027-12-319"));
	CHECK_INT(count_of(PROPOSALS " WHERE granted = 1 AND decided_by = 9"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 2"), 1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 1"
			   " AND body LIKE '%Ben Birke hat jetzt die Rolle Steuerungskreis.%'"),
		  1);
	CHECK_INT(get_as(BEN, "/profil").status, 303);
	a = get_as(IVO, "/rollen/vorschlaege");
	CHECK(shows(&a, "vergeben") && shows(&a, "entschieden von Ivo Iris"));
	/* The second of two who decide at the same time reads what was decided. */
	a = post_as(HEIDI, "/rollen/vorschlaege/1", decision("ablehnen"));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, "Vergeben von Ivo Iris"));
	CHECK_INT(count_of(PROPOSALS " WHERE granted = 1"), 1);
}

TEST(a_refused_proposal_gives_nothing_and_the_office_is_told)
{
	proposed("pmo");
	CHECK_INT(post_as(HEIDI, "/rollen/vorschlaege/1", decision("ablehnen")).status, 303);
	CHECK_INT(count_of("SELECT count(*) FROM role_grant WHERE person_id = 2"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 2"), 0);
	CHECK_INT(count_of("SELECT count(*) FROM outbox WHERE person_id = 1"
			   " AND body LIKE '%bekommt die Rolle Projektbüro nicht%'"),
		  1);
	CHECK_INT(get_as(BEN, "/profil").status, 200);
}

TEST(who_proposed_sees_the_state_of_it_and_may_withdraw_it)
{
#define OWN "/rollen/vorschlaege/eigene"
	proposed("committee");
	struct answer a = get_as(ANNA, "/personen/2/rollen");
	CHECK(shows(&a, "href=\"" OWN "\""));
	a = get_as(ANNA, "/rollen");
	CHECK(shows(&a, "href=\"" OWN "\""));
	a = get_as(ANNA, OWN);
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Steuerungskreis für Ben Birke") && shows(&a, "kennt den Haushalt"));
	CHECK(shows(&a, "liegt beim Steuerungskreis"));
	CHECK_INT(get_as(IVO, OWN).status, 403);
	/* Another of the office sees their own alone and withdraws nothing of others. */
	run_sql("INSERT INTO role_grant (person_id, role, since, granted_at) VALUES"
		" (11, 'pmo', '2026-01-01', 1)");
	a = get_as(KIM, OWN);
	CHECK(shows(&a, "Du hast noch nichts vorgeschlagen"));
	CHECK_INT(post_as(KIM, "/rollen/vorschlaege/1/zurueckziehen", S("")).status, 403);
	CHECK_INT(post_as(ANNA, "/rollen/vorschlaege/9/zurueckziehen", S("")).status, 404);
	CHECK_INT(count_of(OPEN), 1);
	a = post_as(ANNA, "/rollen/vorschlaege/1/zurueckziehen", S(""));
	CHECK_STR(a.location, S(OWN "?meldung=vorschlag-zurueckgezogen"));
	CHECK_INT(count_of(OPEN), 0);
	CHECK_INT(count_of("SELECT count(*) FROM audit WHERE action = 'role.withdraw'"
			   " AND object = 'role_proposal/1' AND actor_id = 1"),
		  1);
	CHECK_INT(count_of("SELECT count(*) FROM outbox"), 0);
	a = get_as(ANNA, OWN);
	CHECK(shows(&a, "zurückgezogen") && !shows(&a, "liegt beim Steuerungskreis"));
	a = get_as(IVO, "/");
	CHECK(!shows(&a, "Entscheide über eine Rolle"));
	a = get_as(IVO, "/rollen/vorschlaege");
	CHECK(shows(&a, "zurückgezogen") && !shows(&a, "abgelehnt"));
	/* The committee was about to decide. */
	a = post_as(IVO, "/rollen/vorschlaege/1", decision("vergeben"));
	CHECK(a.status == 409 && shows(&a, "Zurückgezogen"));
	CHECK_INT(post_as(ANNA, "/rollen/vorschlaege/1/zurueckziehen", S("a=")).status, 409);
	/* It may be proposed again; what was decided stays decided. */
	CHECK_INT(post_as(ANNA, "/personen/2/rollen/vorschlag", proposal("committee")).status, 303);
	CHECK_INT(post_as(IVO, "/rollen/vorschlaege/2", decision("ablehnen")).status, 303);
	a = get_as(ANNA, OWN);
	CHECK(shows(&a, "abgelehnt von Ivo Iris"));
	CHECK_INT(post_as(ANNA, "/rollen/vorschlaege/2/zurueckziehen", S("")).status, 409);
	/* Long ago by somebody who is no longer here: nobody withdraws it for them. */
	fixtures();
	run_sql("INSERT INTO role_proposal (person_id, role, since, proposed_by, proposed_at)"
		" VALUES (2, 'pmo', '2026-11-20', 1, 1)");
	check_failures(ANNA, "/rollen/vorschlaege/1/zurueckziehen", S(""),
		       "SELECT count(*) FROM role_proposal WHERE decided_at IS NOT NULL");
}

TEST(nobody_decides_on_their_own)
{
	fixtures();
	CHECK_INT(post_as(ANNA, "/personen/8/rollen/vorschlag", proposal("pmo")).status, 303);
	struct answer a = get_as(HEIDI, "/rollen/vorschlaege/1");
	CHECK(shows(&a, "vergibt jemand anderes") && !shows(&a, "name=\"passwort\""));
	a = get_as(HEIDI, "/");
	CHECK(!shows(&a, "Entscheide über eine Rolle"));
	CHECK_INT(post_as(HEIDI, "/rollen/vorschlaege/1", decision("vergeben")).status, 409);
	/* Nor on a proposal of their own. */
	run_sql("UPDATE role_proposal SET person_id = 2, proposed_by = 9");
	a = post_as(IVO, "/rollen/vorschlaege/1", decision("vergeben"));
	CHECK(a.status == 409 && shows(&a, "Über deinen eigenen Vorschlag"));
	CHECK_INT(count_of(OPEN), 1);
	CHECK_INT(post_as(HEIDI, "/rollen/vorschlaege/1", decision("vergeben")).status, 303);
	/* The office proposes nobody of its own hands either. */
	CHECK_INT(post_as(ANNA, "/personen/1/rollen/vorschlag", proposal("chair")).status, 409);
	CHECK_INT(post_as(ANNA, "/personen/2/rollen/vorschlag", proposal("reader")).status, 422);
}

/* Between proposal and decision the world goes on. */
static void cannot_be_granted(const char *sql, const char *says)
{
	proposed("committee");
	run_sql(sql);
	struct answer a = post_as(IVO, "/rollen/vorschlaege/1", decision("vergeben"));
	CHECK_INT(a.status, 422);
	if (!shows(&a, says))
		fail_msg("%s: no \"%s\"", sql, says);
	CHECK_INT(count_of("SELECT count(*) FROM role_held WHERE person_id = 2"), 0);
	CHECK_INT(post_as(IVO, "/rollen/vorschlaege/1", decision("ablehnen")).status, 303);
}

TEST(what_changed_since_the_proposal_is_seen)
{
	cannot_be_granted("UPDATE person SET status = 'suspended' WHERE id = 2", "Zugang aktiv");
	cannot_be_granted("UPDATE membership SET municipality_id = 1 WHERE person_id = 2",
			  "arbeitet inzwischen woanders");
	cannot_be_granted("UPDATE role_proposal SET since = '2026-01-01', until = '2026-02-01'",
			  "Zeit ist vorbei");
	cannot_be_granted("INSERT INTO role_grant (person_id, role, municipality_id, since,"
			  " granted_at) VALUES (7, 'committee', 2, '2025-01-01', 1)",
			  "schon eine Stimmführung");
	/* A beginning that went by is today. */
	proposed("committee");
	run_sql("UPDATE role_proposal SET since = '2026-10-01'");
	CHECK_INT(post_as(IVO, "/rollen/vorschlaege/1", decision("vergeben")).status, 303);
	CHECK_STR(text_of("SELECT since FROM role_grant WHERE person_id = 2"), S("2026-11-20"));
}

TEST(a_decision_needs_a_choice_and_the_password)
{
	proposed("pmo");
	struct answer a = post_as(IVO, "/rollen/vorschlaege/1", decision(""));
	CHECK(a.status == 422 && shows(&a, "id=\"entscheidung-fehler\""));
	a = post_as(IVO, "/rollen/vorschlaege/1",
		    FORM(FIELD("entscheidung", "vergeben"), FIELD("passwort", "falsch-falsch")));
	CHECK(a.status == 422 && shows(&a, "Das Passwort stimmt nicht."));
	CHECK_INT(count_of(OPEN), 1);
}

TEST(proposals_stand_what_every_form_must)
{
	fixtures();
	check_refusals(ANNA, "/personen/2/rollen/vorschlag", proposal("pmo"), PROPOSALS);
	check_once(ANNA, "/personen/2/rollen/vorschlag", proposal("pmo"), PROPOSALS);
	check_refusals(IVO, "/rollen/vorschlaege/1", decision("vergeben"), OPEN);
	check_once(IVO, "/rollen/vorschlaege/1", decision("vergeben"), OPEN);
	fixtures();
	check_failures(ANNA, "/personen/2/rollen/vorschlag", proposal("pmo"), PROPOSALS);
	check_failures(IVO, "/rollen/vorschlaege/1", decision("vergeben"), OPEN);
}

/* ---- Who may do what ---- */

static struct str row_of(const struct answer *a, enum action action)
{
	struct str begin = arena_fmt(test_arena, "id=\"%.*s\">", ARG(action_name(action)));
	struct str rest = str_from(a->body, str_find(a->body, begin));

	return str_head(rest, str_find(rest, S("</tr>")));
}

static void check_cell(struct str row, enum action action, enum role role)
{
	bool open = action == EVERYONE || action == LOGGED_IN;
	const char *says = open || right_to_all((unsigned)role, action) ? "\">ja</td>"
			   : right_to_own(role, action)                 ? "\">eigene</td>"
									: "nein</span></td>";
	struct str cell = str_from(row, str_find(row, arena_fmt(test_arena, "data-label=\"%.*s\"",
								ARG(role_title(role)))));

	cell = str_head(cell, str_find(cell, S("</td>")) + 5);
	if (str_find(cell, str_of(says)) >= cell.n)
		fail_msg("%.*s of %.*s is not %s", ARG(role_title(role)), ARG(row), says);
}

TEST(the_page_has_a_label_for_every_action_and_its_cells_are_the_table)
{
	fixtures();
	struct answer a = get_as(DORA, "/rollen");
	CHECK_INT(a.status, 200);
	for (int i = 0; i < ACTION_COUNT; i++) {
		struct str label = action_label((enum action)i), row = row_of(&a, (enum action)i);
		CHECK(label.n > 0 && action_group((enum action)i).n > 0);
		CHECK(str_find(row, label) < row.n);
		for (int other = 0; other < i; other++)
			CHECK(!str_eq(label, action_label((enum action)other)));
		for (int r = 0; r < ROLE_COUNT; r++)
			check_cell(row, (enum action)i, (enum role)(1U << r));
	}
	CHECK_INT(times(&a, "<tr class=\"kern-table__row\" id="), ACTION_COUNT);
	CHECK_INT(times(&a, "<td"), ACTION_COUNT * ROLE_COUNT);
}

TEST(actions_of_a_group_stand_together)
{
	for (int i = 1; i < ACTION_COUNT; i++)
		for (int before = 0; before < i - 1; before++)
			CHECK(str_eq(action_group((enum action)i),
				     action_group((enum action)(i - 1))) ||
			      !str_eq(action_group((enum action)i),
				      action_group((enum action)before)));
}

TEST(the_page_is_reached_from_help_and_profile)
{
	fixtures();
	struct answer a = get_as(FINN, "/profil");
	CHECK(shows(&a, "href=\"/rollen\""));
	a = get_as(FINN, "/hilfe");
	CHECK(shows(&a, "href=\"/rollen\""));
	CHECK_INT(get_as(FINN, "/rollen").status, 200);
	a = get_as(NOBODY, "/hilfe");
	CHECK(!shows(&a, "href=\"/rollen\""));
}

TESTS_MAIN
