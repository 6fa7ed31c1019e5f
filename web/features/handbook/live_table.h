/*
 * live_table.h -- the overview of the task forces inside the handbook.
 *
 * A paragraph that is nothing but {{tabelle-task-forces}} stands for that table.  The working copy
 * shows it as it is today; a version that is frozen takes the rows of that day with it as ordinary
 * blocks, so what was reviewed and decided on never changes.  Rows that stay keep their identity
 * from version to version, and all of them descend from the paragraph (block_lineage, 'replace').
 */
#ifndef HANDBOOK_LIVE_TABLE_H
#define HANDBOOK_LIVE_TABLE_H

#include "features/handbook/manuscript.h"

/* The key is none of the placeholders'. */
#define LIVE_TABLE_KEY "tabelle-task-forces"

bool live_table_is(enum block_kind kind, struct str plain);

/* The table of today, to be read as Markdown; a sentence when there is no task force. */
MUST enum err live_table_blocks(struct db *db, struct arena *a, struct markdown_document *out);
/* The same as it stands on a page. */
MUST enum err live_table_html(struct db *db, struct arena *a, struct str *html);
/* Rendered text with the table in the place of each such paragraph: for a preview. */
MUST enum err live_table_fill(struct db *db, struct arena *a, struct str html, struct str *out);

/* manuscript_load with the rows in place, as the text would be frozen now; nothing is stored.  Rows
 * that are new have a uid that is only good for this page. */
MUST enum err live_text_load(struct db *db, struct arena *a, int64_t revision_id,
			     struct manuscript *out);

/* Puts rows in the place of each such paragraph of a frozen version, and moves its feedback. */
MUST enum err live_tables_freeze(struct db *db, struct arena *a, int64_t author_id,
				 int64_t revision_id);

#endif
