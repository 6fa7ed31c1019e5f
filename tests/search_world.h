/* search_world.h -- a short handbook, remarks on it, and whether somebody finds something. */
#ifndef TESTS_SEARCH_WORLD_H
#define TESTS_SEARCH_WORLD_H

#include "fixtures.h"

#include "features/handbook/handbook.h"
#include "features/handbook/search_index.h"

static const char search_sample[] =
    "# Probe-Handbuch\n\nGeleitwort zur Zusammenarbeit.\n\n"
    "## Einstieg\n\nDie Hundesteuersatzung gilt <b>überall</b> & für Bürger*innen.\n\n"
    "## Größe & Maß\n\nVor dem ersten Abschnitt.\n\n"
    "### Regeln\n\n- eins über die Straße\n- zwei\n\nDanach.[^a]\n\n[^a]: Kleinkram.\n";

/* Writes the index of everything that run_sql brought in. */
static inline void index_all(void)
{
	CHECK_INT(search_index_missing(test_db, test_arena), OK);
}

static inline void world(void)
{
	fixtures();
	CHECK_INT(db_begin_write(test_db, test_arena), OK);
	CHECK_INT(handbook_import(test_db, test_arena, str_of(search_sample)), OK);
	CHECK_INT(db_commit(test_db), OK);
}

#define UID_OF(words)                                                                              \
	text_of("SELECT b.uid FROM block b JOIN block_text t ON t.block_id = b.id"                 \
		" WHERE t.plain LIKE '" words "%'")

/* A remark of Ben's, Auental, on the paragraph about taxes. */
#define REMARK(id, visibility, state, words)                                                       \
	"INSERT INTO feedback (id, document_id, number, kind, visibility, author_id,"              \
	" municipality_id, author_org, state, created_at) VALUES (" #id ", 1, " #id                \
	", 'question', '" visibility "', 2, 2, 'Auental', '" state "', 1);"                        \
	"INSERT INTO feedback_text VALUES (" #id ", 1, '" words "', 1, 2);"

static inline bool finds(int64_t person, const char *target)
{
	struct answer a = get_as(person, target);

	CHECK_INT(a.status, 200);
	/* "Nichts gefunden" is said when and only when there is no hit. */
	CHECK(shows(&a, "<mark>") != shows(&a, "Nichts gefunden"));
	return shows(&a, "<mark>");
}

#endif
