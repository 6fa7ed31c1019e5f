/*
 * search_index.h -- what the search looks in: the search form (markup/normal.h) of every wording
 * of a block and of every remark with its answers, in the FTS5 tables block_search and
 * feedback_search, whose rowid is the id of the block_text or of the feedback.
 *
 * The index knows no rights.  Whoever asks it joins what the viewer may see before anything of a
 * hit is shown.
 */
#ifndef HANDBOOK_SEARCH_INDEX_H
#define HANDBOOK_SEARCH_INDEX_H

#include "db/db.h"

/* All in the running write transaction.  Doing it again changes nothing. */

/* A wording is indexed by the one who inserts it; afterwards only placeholders in it change. */
MUST enum err search_index_text(struct db *db, struct arena *a, int64_t block_text_id,
				struct str plain);
/* The index holds internal values in place of {{keys}}, so that a name finds its block: after every
 * change of a placeholder all wordings with keys are indexed anew. */
MUST enum err search_index_braces(struct db *db, struct arena *a);
/* After every change of a remark's words: written, edited, answered, an answer removed, hidden. */
MUST enum err search_index_feedback(struct db *db, struct arena *a, int64_t feedback_id);

/* What of a remark is searched, in column 0: its latest wording, then the answers that are still
 * there in their order.  No rows for an unknown id, and none of what is hidden. */
struct rows search_feedback_texts(struct db *db, int64_t feedback_id);

/* Outside of a transaction: indexes what is not indexed yet, in one write transaction of its own;
 * for a database from before the search, and for data that came in as SQL. */
MUST enum err search_index_missing(struct db *db, struct arena *a);

#endif
