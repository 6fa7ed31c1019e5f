/*
 * matrix_world.h -- somebody with each role in each municipality, and things that belong to each
 * municipality: in-house feedback, people with roles and a session, a task force, a draft, a proxy.
 */
#ifndef TESTS_MATRIX_WORLD_H
#define TESTS_MATRIX_WORLD_H

#include "app/rights.h"
#include "base/secret.h"
#include "feedback_world.h"

enum { UNITS = 4, CAST_FIRST = 110, OWNERS = 200 };

/* Whose role number r is in municipality m (from 1). */
static inline int64_t cast(int m, int r)
{
	return 100 + 10 * m + r;
}

/* Whom the viewers of municipality m try to reach. */
static inline int other_unit(int m)
{
	return m % UNITS + 1;
}

/* SQL in which ?1 to ?3 stand for these numbers. */
static inline void run_for(const char *sql, int64_t a, int64_t b, int64_t c)
{
	const int64_t v[] = {a, b, c};
	struct buf out = {.arena = test_arena};

	for (const char *p = sql; *p != '\0'; p++) {
		if (*p == '?')
			buf_add(&out, arena_fmt(test_arena, "%d", (int)v[*++p - '1']));
		else
			buf_char(&out, *p);
	}
	run_sql(arena_cstr(test_arena, buf_str(&out)));
}

static inline void add_session(int64_t person)
{
	static const char sql[] =
	    "INSERT INTO session (token_hash, person_id, created_at, last_at, ends_at)"
	    " VALUES ($1, $2, $3, $3, $3 + 43200)";
	struct str token = str_from(cookie_of(person), S("handschlag=").n);
	struct bind hash = BLOB(secret_hash(test_arena, token, S("")));

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(db_run(test_db, sql, WITH(hash, INT(person), INT(FIXTURE_NOW)), NULL), OK);
	CHECK_INT(db_commit(test_db), OK);
}

static inline void add_person(int64_t id, int m)
{
	run_for("INSERT INTO person (id, name, sort_key, email, password_hash, status, created_at)"
		" SELECT ?1, 'Person ?1', 'person', 'p?1@kommune.example', password_hash,"
		" 'active', 1 FROM person WHERE id = 1;"
		"INSERT INTO membership (person_id, municipality_id, since) VALUES (?1, ?2,"
		" '2025-01-01')",
		id, m, 0);
	add_session(id);
}

/* Of role_grant, in the order of the bits; a task-force role is a row of its members. */
static const char *const cast_words[ROLE_COUNT] = {
    "installation", "municipality", "pmo",      NULL,     NULL,
    "committee",    "chair",        "reviewer", "reader", "funder"};

static inline void add_cast(int m)
{
	for (int r = 0; r < ROLE_COUNT; r++) {
		add_person(cast(m, r), m);
		if (cast_words[r] == NULL)
			continue;
		run_for(arena_cstr(test_arena,
				   arena_fmt(test_arena,
					     "INSERT INTO role_grant (person_id, role,"
					     " municipality_id, since, granted_at) VALUES (?1,"
					     " '%s', ?2, '2025-01-01', 1)",
					     cast_words[r])),
			cast(m, r), m, 0);
	}
}

static inline void add_things(int m)
{
	int64_t owner = OWNERS + m, lead = cast(m, 3), member = cast(m, 4);

	add_person(owner, m);
	run_for("INSERT INTO role_grant (id, person_id, role, municipality_id, since, granted_at)"
		" VALUES (?1 + 100, ?1, 'reader', NULL, '2025-01-01', 1),"
		" (?1 + 200, ?1, 'committee_deputy', ?2, '2025-01-01', 1);"
		"INSERT INTO role_proposal (id, person_id, role, since, proposed_by, proposed_at)"
		" VALUES (?1, ?1, 'pmo', '2026-11-20', 1, 1)",
		owner, m, 0);
	run_for("INSERT INTO person (id, name, sort_key, email, status, created_at) VALUES"
		" (600 + ?1, 'Gast', 'gast', 'gast?1@kommune.example', 'invited', 1);"
		"INSERT INTO invitation (id, person_id, municipality_id, role, created_at,"
		" expires_at) VALUES (500 + ?1, 600 + ?1, ?1, 'reader', 1, 1900000000)",
		m, 0, 0);
	run_for("INSERT INTO task_force (id, slug, name, sort_key, goal, starts_on, ends_on,"
		" status, budget, updated_at) VALUES (10 + ?1, 'tf-?1', 'Kraft ?1', 'k?1',"
		" 'Ziel', '2025-03-01', '2027-06-30', 'active', 100, 1);"
		"INSERT INTO task_force_member (task_force_id, person_id, role, since) VALUES"
		" (10 + ?1, ?2, 'lead', '2025-03-01'), (10 + ?1, ?3, 'member',"
		" '2025-03-01');"
		"INSERT INTO booking (id, task_force_id, kind, amount, on_date, at) VALUES"
		" (10 + ?1, 10 + ?1, 'expense', 5, '2026-01-01', 1);"
		"INSERT INTO open_question (id, scope, task_force_id, text, asked_by, asked_at,"
		" goes_to, state) VALUES (10 + ?1, 'task_force', 10 + ?1, 'Wie', ?2, 1,"
		" 'task_force', 'open')",
		m, lead, member);
	run_for("INSERT INTO decision (id, year, number, task_force_id, author_id, state,"
		" created_at) VALUES (10 + ?1, 2026, 10 + ?1, 10 + ?1, ?2, 'draft', 1);"
		"INSERT INTO decision_version (decision_id, version, title, written_by,"
		" written_at) VALUES (10 + ?1, 1, 'Entwurf', ?2, 1);"
		"INSERT INTO proxy (id, meeting_id, municipality_id, principal_id, proxy_id,"
		" granted_at) VALUES (10 + ?1, 1, ?1, ?2, 9, 1)",
		m, lead, owner);
	/* A resolution that somebody of the municipality carries out. */
	run_for("INSERT INTO decision (id, year, number, task_force_id, author_id, state,"
		" created_at) VALUES (20 + ?1, 2026, 20 + ?1, 10 + ?1, ?2, 'in_follow_up', 1);"
		"INSERT INTO decision_version (decision_id, version, title, resolution, written_by,"
		" written_at, published_at, counts_from, sha256) VALUES (20 + ?1, 1, 'Beschluss',"
		" 'So', ?2, 1, 1, 1,"
		" '3333333333333333333333333333333333333333333333333333333333333333');"
		"INSERT INTO follow_up (decision_id, year, number, responsible_id) VALUES"
		" (20 + ?1, 2026, 20 + ?1, ?3)",
		m, lead, owner);
	struct given hint = {.kind = "hint", .text = "Nur bei uns", .visible = "municipality"};
	CHECK_INT(give(cast(m, 7), "Erster", hint).status, 303);
}

static struct db *matrix_first;

static inline void matrix_build(void)
{
	begin();
	/* One holder for each municipality, and nobody of the small world in between. */
	run_sql("DELETE FROM role_grant WHERE person_id IN (8, 9);"
		"INSERT INTO meeting (id, year, number, state, day, start_minute, starts_at, slot,"
		" place, chair_id, deputy_id, minute_taker_id, answer_by, uid, invited_at,"
		" created_by, created_at) VALUES (1, 2026, 1, 'invited', '2026-11-27', 840,"
		" 1795784400, 60, 'Rathaus', 1, 10, 3, '2026-11-25', 'abcdefghijklmnop',"
		" 1795000000, 1, 1);"
		"INSERT INTO agenda_entry (id, meeting_id, pos, kind, title, minutes) VALUES"
		" (1, 1, 1, 'formal', 'Verschiedenes', 20)");
	for (int m = 1; m <= UNITS; m++)
		add_cast(m);
	for (int m = 1; m <= UNITS; m++)
		add_things(m);
	CHECK_INT(db_open_copy(test_db, &matrix_first), OK);
}

/* A fresh world each time, from one that was built once. */
static inline void matrix_world(void)
{
	if (matrix_first == NULL)
		matrix_build();
	fixtures();
	db_close(test_db);
	test_db = NULL;
	CHECK_INT(db_open_copy(matrix_first, &test_db), OK);
}

/*
 * All that stands in the database, as a digest.  The statement is made of the schema: every column
 * of every table.
 */
static inline struct str everything(void)
{
	static char sql[40000];

	if (sql[0] == '\0') {
		struct str text = text_of(
		    "SELECT 'SELECT ' || group_concat('(SELECT coalesce(group_concat(' || cols ||"
		    "  ', ''|''), '''') FROM ' || name || ')', ' || char(10) || ') FROM ("
		    " SELECT m.name AS name, (SELECT group_concat('quote(' || c.name || ')', '||')"
		    "   FROM pragma_table_info(m.name) AS c) AS cols FROM sqlite_master AS m"
		    "  WHERE m.type = 'table' AND m.sql LIKE '%STRICT%')");
		CHECK(text.n > 1000 && text.n < sizeof sql);
		memcpy(sql, text.p, text.n);
		sql[text.n] = '\0';
	}
	return secret_sha256_hex(test_arena, text_of(sql));
}

#endif
