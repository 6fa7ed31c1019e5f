/*
 * person_everywhere.h -- a world in which every column that points to a person points to Cem, so
 * that each page and list that names anybody names her.
 */
#ifndef TESTS_PERSON_EVERYWHERE_H
#define TESTS_PERSON_EVERYWHERE_H

#include "minutes_world.h"

#include "features/handbook/handbook.h"

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
    "INSERT INTO email_change (person_id, email, asked_by, created_at) VALUES"
    " (3, '" BIRD "-neu@bergstedt.example', 3, 1);"
    "INSERT INTO outbox (person_id, topic, subject, body, dedupe, created_at, not_before, email)"
    " VALUES (3, 'account', 'Neu', 'Text', 'neu', 1, 0, '" BIRD "-alt@bergstedt.example');"
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

#endif
