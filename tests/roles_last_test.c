/* roles_last_test.c -- what would be left without anybody: the last one stays until somebody
 * follows. */
#include "fixtures.h"

#include "features/people/role_last.h"

#define ENDED "SELECT count(*) FROM role_grant WHERE ended_at IS NOT NULL OR until IS NOT NULL"

static struct answer ends(int64_t who, const char *target, const char *last_day)
{
	return post_as(who, target,
		       form_of((struct test_field[]){{S("ende"), str_of(last_day)},
						     {S("passwort"), S(PASSWORD)}},
			       2));
}

/* Ivo ends Anna's role in the project office while another row stands beside it. */
static int office_ends(const char *sql, const char *last_day)
{
	fixtures();
	run_sql(sql);
	int64_t before = count_of(ENDED);
	struct answer a = ends(IVO, "/rollen/kooperation/1/beenden", last_day);
	CHECK(a.status == 303 || shows(&a, "Das ist die letzte Person im Projektbüro."));
	CHECK_INT(count_of(ENDED) - before, a.status == 303 ? 1 : 0);
	return a.status;
}

#define PMO_KIM(since, until)                                                                      \
	"INSERT INTO role_grant (person_id, role, since, until, granted_at) VALUES"                \
	" (11, 'pmo', " since ", " until ", 1)"

TEST(the_last_of_the_project_office_stays_until_somebody_follows)
{
	CHECK_INT(office_ends("SELECT 1", ""), 422);
	/* A last day is an end as well. */
	CHECK_INT(office_ends("SELECT 1", "31.12.2026"), 422);
	CHECK_INT(office_ends(PMO_KIM("'2026-01-01'", "NULL"), ""), 303);
	/* Who follows must be there on that day, for good, and able to log in. */
	CHECK_INT(office_ends(PMO_KIM("'2026-12-01'", "NULL"), ""), 422);
	CHECK_INT(office_ends(PMO_KIM("'2026-12-01'", "NULL"), "1.12.2026"), 303);
	CHECK_INT(office_ends(PMO_KIM("'2026-12-02'", "NULL"), "1.12.2026"), 422);
	CHECK_INT(office_ends(PMO_KIM("'2026-01-01'", "'2027-01-01'"), ""), 422);
	CHECK_INT(office_ends(PMO_KIM("'2026-01-01'", "NULL") ";UPDATE person SET status ="
							      " 'suspended' WHERE id = 11",
			      ""),
		  422);
	CHECK_INT(office_ends(PMO_KIM("'2026-01-01'", "NULL") ";UPDATE role_grant SET ended_at = 1"
							      " WHERE person_id = 11",
			      ""),
		  422);
}

TEST(the_last_administrator_of_a_municipality_stays_until_somebody_follows)
{
	fixtures();
	/* Another municipality's administrator is no successor. */
	run_sql("INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
		" VALUES (4, 'municipality', 4, '2025-01-01', 1)");
	struct answer a = ends(GRETA, "/rollen/projekt/5/beenden", "");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Das ist die letzte Personenverwaltung der Kommune."));
	run_sql("INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
		" VALUES (2, 'municipality', 2, '2025-01-01', 1)");
	CHECK_INT(ends(GRETA, "/rollen/projekt/5/beenden", "").status, 303);
	CHECK_INT(ends(BEN, "/rollen/projekt/10/beenden", "").status, 422);
}

TEST(somebody_who_gives_roles_is_always_left)
{
	fixtures();
	/* Heidi and Ivo: one may go, the other stays. */
	CHECK_INT(ends(IVO, "/rollen/kooperation/6/beenden", "").status, 303);
	struct answer a = ends(IVO, "/rollen/kooperation/7/beenden", "");
	CHECK_INT(a.status, 422);
	CHECK(shows(&a, "Danach könnte niemand mehr Rollen der Kooperation vergeben."));
	/* Unless another role of the same person does. */
	run_sql("INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
		" VALUES (9, 'committee', 4, '2025-01-01', 1)");
	CHECK_INT(ends(IVO, "/rollen/kooperation/7/beenden", "").status, 303);
}

TEST(what_has_not_begun_may_always_end)
{
	fixtures();
	run_sql("UPDATE role_grant SET since = '2027-01-01' WHERE id = 1");
	CHECK_INT(ends(IVO, "/rollen/kooperation/1/beenden", "").status, 303);
}

static enum message last_of(int64_t person)
{
	struct last_roles last;

	CHECK_INT(db_begin_read(test_db, test_arena), OK);
	CHECK_INT(roles_last_of(test_db, test_arena, person, &last), OK);
	db_rollback(test_db);
	return last.n == 0 ? M_NONE : last.v[0].why;
}

/* Asked when a membership ends or somebody is suspended. */
TEST(who_leaves_must_not_leave_a_hole)
{
	fixtures();
	CHECK_INT(last_of(ANNA), M_ROLE_LAST_OFFICE);
	CHECK_INT(last_of(GRETA), M_ROLE_LAST_ADMINISTRATOR);
	/* A lead is handed over with what else is in somebody's hands. */
	CHECK_INT(last_of(BEN), M_NONE);
	CHECK_INT(last_of(HEIDI), M_NONE);
	CHECK_INT(last_of(CEM), M_NONE);
	CHECK_INT(last_of(DORA), M_NONE);
	run_sql("UPDATE role_grant SET ended_at = 1 WHERE person_id = 9");
	CHECK_INT(last_of(HEIDI), M_ROLE_LAST_COMMITTEE);
	/* Two roles of one person do not replace each other when the person goes. */
	run_sql("INSERT INTO role_grant (person_id, role, municipality_id, since, granted_at)"
		" VALUES (8, 'chair', 3, '2025-01-01', 1)");
	CHECK_INT(last_of(HEIDI), M_ROLE_LAST_COMMITTEE);
}

/* Emil, of Auental now, is the only one who looks after the installation. */
static void emil_joins(void)
{
	fixtures();
	run_sql("INSERT INTO membership (person_id, municipality_id, since) VALUES (5, 2,"
		" '2026-01-01')");
}

TEST(the_last_administrator_of_the_installation_stays)
{
	struct str password = S("passwort=" PASSWORD);
	const char *says = "Das ist die letzte technische Verwaltung.";

	emil_joins();
	struct answer a = post_as(GRETA, "/personen/5/sperren", password);
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, says));
	a = post_as(GRETA, "/personen/5/ende", S(""));
	CHECK_INT(a.status, 409);
	CHECK(shows(&a, says));
	a = get_as(GRETA, "/personen/5/loeschen");
	CHECK(shows(&a, "Niemand sonst hat die Rolle"));
	CHECK_INT(count_of("SELECT count(*) FROM person WHERE id = 5 AND status = 'active'"), 1);
	/* All of a municipality go at once, so Ben beside him is no successor. */
	run_sql("INSERT INTO role_grant (person_id, role, since, granted_at) VALUES"
		" (2, 'installation', '2026-01-01', 1)");
	a = get_as(IVO, "/kommunen/auental/austritt");
	CHECK(shows(&a, says));
	run_sql("DELETE FROM role_grant WHERE person_id = 2 AND role = 'installation'");
	/* Another one, for good, is enough. */
	run_sql("INSERT INTO role_grant (person_id, role, since, until, granted_at) VALUES"
		" (11, 'installation', '2026-01-01', '2027-01-01', 1)");
	CHECK_INT(post_as(GRETA, "/personen/5/sperren", password).status, 409);
	a = get_as(GRETA, "/personen/5/loeschen");
	CHECK(shows(&a, "Niemand sonst hat die Rolle"));
	run_sql("UPDATE role_grant SET until = NULL WHERE person_id = 11");
	a = get_as(GRETA, "/personen/5/loeschen");
	CHECK(!shows(&a, "Niemand sonst hat die Rolle"));
	CHECK_INT(post_as(GRETA, "/personen/5/sperren", password).status, 303);
}

TEST(an_administrator_who_moved_on_administers_neither_there_nor_here)
{
	fixtures();
	run_sql("UPDATE membership SET until = '2026-11-19' WHERE person_id = 7;"
		"INSERT INTO membership (person_id, municipality_id, since) VALUES (7, 3,"
		" '2026-11-20')");
	CHECK_INT(get_as(GRETA, "/personen/2/rollen/projekt").status, 403);
	CHECK_INT(get_as(GRETA, "/personen/3/rollen/projekt").status, 403);
}

TESTS_MAIN
