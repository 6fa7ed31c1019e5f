/* own_data_test.c -- everybody reads and downloads what is stored about them, all of it. */
#include "person_everywhere.h"

#include "features/people/own_data.h"

#define NOTED "SELECT count(*) FROM audit WHERE action = 'person.data_read'"

static struct str password(const char *word)
{
	return FORM(FIELD_STR("passwort", str_of(word)));
}

/* Tables that point to people and say nothing about them: secrets, or the answer to a form. */
static const char *const silent[] = {"answered_form", "login_step", "recovery_code",
				     "register_person", "erasure"};

static bool is_named(struct str table)
{
	for (size_t i = 0; i < sizeof silent / sizeof silent[0]; i++)
		if (str_eq(table, str_of(silent[i])))
			return true;
	struct str from = arena_fmt(test_arena, "FROM %.*s ", ARG(table));
	struct str join = arena_fmt(test_arena, "JOIN %.*s ", ARG(table));
	for (size_t i = 0; i < own_list_count; i++) {
		struct str sql = str_of(own_lists[i].sql);
		if (str_find(sql, from) < sql.n || str_find(sql, join) < sql.n)
			return true;
	}
	return false;
}

TEST(no_table_that_points_to_people_is_forgotten)
{
	fixtures();
	struct str all = text_of("SELECT group_concat(DISTINCT m.name) FROM sqlite_master m,"
				 " pragma_foreign_key_list(m.name) f WHERE m.type = 'table'"
				 " AND f.\"table\" = 'person'"),
		   table;
	size_t n = 0;

	for (; str_cut(&all, ',', &table); n++)
		if (!is_named(table))
			fail_msg("%.*s", ARG(table));
	CHECK(n > 40);
}

TEST(the_page_and_the_download_ask_for_the_password)
{
	fixtures();
	struct answer a = get_as(BEN, "/profil/daten");
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "Als JSON herunterladen") && !shows(&a, "ben@auental.example"));
	static const char *const targets[] = {"/profil/daten", "/profil/daten.json"};
	for (size_t i = 0; i < 2; i++) {
		a = post_as(BEN, targets[i], password("falsch-falsch"));
		CHECK_INT(a.status, 422);
		CHECK(shows(&a, "Das Passwort stimmt nicht."));
		CHECK(!shows(&a, "ben@auental.example"));
		CHECK_INT(post_as(BEN, targets[i], password("")).status, 422);
		check_refusals(BEN, targets[i], password(PASSWORD), NOTED);
	}
	CHECK_INT(count_of(NOTED), 0);
	a = get_as(BEN, "/profil");
	CHECK(shows(&a, "href=\"/profil/daten\""));
}

TEST(all_that_belongs_to_a_person_is_there_and_nothing_of_others)
{
	minutes_sealed();
	run_sql("INSERT INTO outbox (person_id, topic, subject, body, dedupe, created_at,"
		" not_before) VALUES (9, 'vote', 'Fuer Ivo', 'Hallo', 'x', 1, 0),"
		" (3, 'vote', 'Fuer Cem', 'Hallo', 'y', 1, 0)");
	struct answer a = post_as(IVO, "/profil/daten", password(PASSWORD));
	CHECK_INT(a.status, 200);
	CHECK(shows(&a, "ivo@seefeld.example") && shows(&a, "Stadt Seefeld"));
	CHECK(shows(&a, "Moderation des Steuerungskreises") && shows(&a, "Fuer Ivo"));
	CHECK(shows(&a, "Stimmen und Quittungen") && shows(&a, "Unterschriften"));
	CHECK(!shows(&a, "Fuer Cem") && !shows(&a, "cem@"));
	struct answer j = post_as(IVO, "/profil/daten.json", password(PASSWORD));
	CHECK_INT(j.status, 200);
	CHECK_STR(j.content_type, S("application/json"));
	CHECK(shows(&j, "\"Konto\":[{\"Name\":\"Ivo Iris\"") && shows(&j, "Fuer Ivo"));
	CHECK(!shows(&j, "Fuer Cem") && !shows(&j, "$argon2"));
	struct str choice = text_of("SELECT signature FROM ballot WHERE person_id = 9");
	CHECK(choice.n > 0 && str_find(j.body, choice) < j.body.n);
	/* It is JSON, with every list. */
	static const char sql[] = "SELECT count(*) FROM json_each($1)";
	int64_t n = 0;
	CHECK_INT(db_begin_read(test_db, test_arena), OK);
	CHECK_INT(db_int(test_db, sql, WITH(TEXT(j.body)), &n), OK);
	db_rollback(test_db);
	CHECK_INT(n, (int64_t)own_list_count + 1);
	CHECK_INT(count_of(NOTED), 2);
}

/* A column of another type than its label says would be a 500. */
TEST(every_list_can_be_read_when_there_is_something_in_it)
{
	loud_world();
	struct answer a = post_as(CEM, "/profil/daten", password(PASSWORD));
	CHECK_INT(a.status, 200);
	/* At least 30 lists have rows. */
	CHECK(times(&a, "<caption") > 30);
	print_message("%zu of %zu lists have rows\n", times(&a, "<caption"), own_list_count);
	CHECK_INT(post_as(CEM, "/profil/daten.json", password(PASSWORD)).status, 200);
}

static struct answer downloads(void)
{
	return post_as(BEN, "/profil/daten.json", password(PASSWORD));
}
static struct answer reads(void)
{
	return post_as(BEN, "/profil/daten", password(PASSWORD));
}

TEST(every_database_failure_gives_500)
{
	every_failure_leaves_nothing(downloads, NOTED);
	every_failure_leaves_nothing(reads, NOTED);
}

TEST(long_lists_are_cut_on_the_page_alone)
{
	fixtures();
	run_sql("WITH RECURSIVE n(i) AS (VALUES (1) UNION ALL SELECT i + 1 FROM n WHERE i < 250)"
		" INSERT INTO audit (at, actor_id, action, object) SELECT 1, 2, 'login', 'x' || i"
		" FROM n");
	struct answer a = post_as(BEN, "/profil/daten", password(PASSWORD));
	CHECK(shows(&a, "Dazu 151 weitere Zeilen") && !shows(&a, ">x200<"));
	a = post_as(BEN, "/profil/daten.json", password(PASSWORD));
	CHECK(shows(&a, "\"x200\""));
}

TESTS_MAIN
