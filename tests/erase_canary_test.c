/*
 * erase_canary_test.c -- a name that was everywhere is nowhere after its erasure.
 *
 * Every column that points to a person points to Cem, so that each page that names anybody names
 * her.  Then all addresses of the sitemap are asked for, exports too, before and after.
 */
#include "minutes_world.h"

#include "features/features.h"
#include "features/handbook/handbook.h"
#include "features/people/erase.h"

#define BIRD "Zqkanari"

static const char sample[] = "# Probe\n\n## Einstieg\n\nErster Absatz mit Worten.\n";

static const char rows[] =
    "INSERT INTO review_round (number, revision_id, note, opens_on, closes_on, first_closes_on,"
    " created_by, created_at) VALUES (1, 1, '', '2026-11-01', '2026-12-01', '2026-12-01', 1, 1);"
    "INSERT INTO round_invitation (round_id, municipality_id, person_id, invited_at) VALUES"
    " (1, 3, 3, 1);"
    "INSERT INTO feedback (document_id, round_id, number, kind, visibility, author_id,"
    " municipality_id, author_org, state, outcome, reason, decided_by, decided_at, assignee_id,"
    " response, response_reason, response_by, response_at, created_at) VALUES"
    " (1, 1, 1, 'hint', 'project', 3, 3, 'Bergstedt', 'decided', 'rejected', 'Grund', 1, 1, 3,"
    "  'objected', 'Nein', 3, 1, 1),"
    " (1, NULL, 1, 'hint', 'project', 3, 3, 'Bergstedt', 'open', NULL, '', NULL, NULL, 3,"
    "  NULL, '', NULL, NULL, 1);"
    "INSERT INTO feedback_text VALUES (1, 1, 'Worte', 1, 3), (2, 1, 'Andere', 1, 3);"
    "INSERT INTO reply (feedback_id, number, author_id, author_org, text, at) VALUES"
    " (1, 1, 3, 'Bergstedt', 'Antwort', 1);"
    "INSERT INTO anchor SELECT f.id, 1, 1, 1, (SELECT min(block_text_id) FROM revision_block),"
    " NULL, '', '', '', 0, 0, 'exact', '', 100, 3, 1 FROM feedback f;"
    "INSERT INTO suggestion SELECT 2, 'replace', min(id), 'Neu', NULL FROM block_text;"
    "INSERT INTO handbook_event (at, actor_id, object, object_id, action, reason) VALUES"
    " (1, 3, 'feedback', 1, 'assigned', 'Cem " BIRD "'), (1, 3, 'revision', 1, 'frozen', ''),"
    " (1, 3, 'round', 1, 'opened', '');"
    "INSERT INTO open_question (scope, task_force_id, text, asked_by, asked_at, goes_to, state)"
    " VALUES ('task_force', 1, 'Wer?', 3, 1, 'task_force', 'open');"
    "INSERT INTO booking (task_force_id, municipality_id, kind, amount, on_date, at, by) VALUES"
    " (1, 3, 'draw', 100, '2026-01-01', 1, 3);"
    "INSERT INTO assessment (task_force_id, quarter, dimension, proposed, colour, at, by) VALUES"
    " (1, '2026-4', 'content', 'green', 'green', 1, 3);"
    "INSERT INTO decision_comment (decision_id, number, author_id, author_org, text, at) VALUES"
    " (1, 1, 3, 'Bergstedt', 'Beitrag', 1);"
    "INSERT INTO steering_event (at, actor_id, object, object_id, action, after) VALUES"
    " (1, 3, 'meeting', 1, 'proxy', 'Cem " BIRD "'), (1, 3, 'decision', 1, 'publish', '');"
    "INSERT INTO minutes_note (meeting_id, agenda_entry_id, kind, text, person_id, due_on, by, at)"
    " VALUES (1, 1, 'task', 'Tun', 3, '2026-12-01', 3, 1);"
    "INSERT INTO correction (meeting_id, old, new, reason, proposed_by, proposed_at) VALUES"
    " (1, 'a', 'b', 'c', 3, 1);";

/* All that may point to her, without triggers in the way. */
static void everything_points_to_her(void)
{
	struct str triggers = text_of("SELECT group_concat('DROP TRIGGER ' || name || ';', ' ')"
				      "  FROM sqlite_master WHERE type = 'trigger'");
	run_sql(arena_cstr(test_arena, triggers));
	struct str updates = text_of(
	    "SELECT group_concat('UPDATE OR IGNORE ' || m.name || ' SET ' || f.\"from\" || ' = 3;',"
	    " ' ') FROM sqlite_master m, pragma_foreign_key_list(m.name) f"
	    " WHERE m.type = 'table' AND f.\"table\" = 'person' AND m.name NOT IN ('session',"
	    " 'membership', 'role_grant', 'answered_form', 'register_person')");
	run_sql(arena_cstr(test_arena, updates));
}

static void loud_world(void)
{
	minutes_world();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, str_of(sample)), OK);
	CHECK_INT(db_commit(test_db), OK);
	run_sql("UPDATE person SET name = 'Cem " BIRD "', sort_key = 'cem', email ="
		" 'zqkanari@bergstedt.example' WHERE id = 3");
	run_sql(rows);
	everything_points_to_her();
}

static void erase_her(void)
{
	struct erased p;

	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(erased_load(test_db, CEM, &p), OK);
	CHECK_INT(person_erase(test_db, test_arena, &p, 0), OK);
	CHECK_INT(db_commit(test_db), OK);
}

static bool heard(struct str text)
{
	return str_find(text, S(BIRD)) < text.n || str_find(text, S("zqkanari")) < text.n;
}

static const char *const slugs[] = {"dateninventur", "2026-1", "einstieg", "1-0"};
static const char *const queries[] = {"", "?q=Cem", "?ansicht=druck", "?status=alle"};

/* How many answers name her; with `silent` none may. */
static size_t asked, named;

static void ask(int64_t person, struct str path, bool silent)
{
	for (size_t i = 0; i < sizeof queries / sizeof queries[0]; i++) {
		const char *target =
		    arena_cstr(test_arena, arena_fmt(test_arena, "%.*s%s", ARG(path), queries[i]));
		struct answer a = get_as(person, target);
		asked += a.status == 200;
		named += heard(a.body);
		if (silent && heard(a.body))
			fail_msg("%s as %d: %.*s", target, (int)person,
				 ARG(str_head(str_from(a.body, str_find(a.body, S(BIRD))), 60)));
	}
}

/* With each slug, and an id of 1 and 2. */
static void walk_route(int64_t person, const struct route *r, bool silent)
{
	bool slug = str_find(str_of(r->path), S(":slug")) < str_of(r->path).n;
	bool id = str_find(str_of(r->path), S(":id")) < str_of(r->path).n;

	for (size_t s = 0; s < (slug ? sizeof slugs / sizeof slugs[0] : 1); s++)
		for (int i = 1; i <= (id ? 2 : 1); i++) {
			struct str rest = str_from(str_of(r->path), 1), part;
			struct buf b = {.arena = test_arena};
			while (str_cut(&rest, '/', &part)) {
				buf_char(&b, '/');
				if (str_eq(part, S(":id")))
					buf_fmt(&b, "%d", i);
				else
					buf_add(&b,
						str_eq(part, S(":slug")) ? str_of(slugs[s]) : part);
			}
			ask(person, buf_str(&b), silent);
		}
}

static void walk(bool silent)
{
	static const int64_t listeners[] = {NOBODY, ANNA, IVO, GRETA, DORA};

	asked = named = 0;
	for (size_t p = 0; p < sizeof listeners / sizeof listeners[0]; p++)
		for (const struct route *const *table = sitemap.routes; *table != NULL; table++)
			for (const struct route *r = *table; r->path != NULL; r++)
				if (r->method == METHOD_GET)
					walk_route(listeners[p], r, silent);
}

TEST(an_erased_name_is_on_no_page_and_in_no_export)
{
	loud_world();
	walk(false);
	print_message("before: %zu of %zu answers name her\n", named, asked);
	/* It is loud before, so the test can hear. */
	CHECK(named > 50);
	erase_her();
	walk(true);
	CHECK(asked > 500);
	/* Nor anywhere in the database, word for word. */
	struct str checks = text_of(
	    "SELECT group_concat('SELECT ''' || m.name || '.' || c.name || ''' FROM ' || m.name ||"
	    " ' WHERE instr(CAST(' || c.name || ' AS TEXT), ''" BIRD "'') > 0', ' UNION ALL ')"
	    " FROM sqlite_master m, pragma_table_info(m.name) c WHERE m.type = 'table'"
	    " AND m.sql LIKE '%STRICT%' AND c.type = 'TEXT'");
	CHECK_STR(text_of(arena_cstr(test_arena, arena_fmt(test_arena,
							   "SELECT coalesce(group_concat(x), '')"
							   " FROM (SELECT '' AS x WHERE 0 UNION ALL"
							   " %.*s)",
							   ARG(checks)))),
		  S(""));
}

TESTS_MAIN
