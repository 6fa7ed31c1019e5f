/* search_index.c -- writes the words that the search looks in. */
#include "features/handbook/search_index.h"

#include "markup/normal.h"

enum err search_index_text(struct db *db, struct arena *a, int64_t block_text_id, struct str plain)
{
	static const char remove[] = "DELETE FROM block_search WHERE rowid = $1";
	static const char add[] = "INSERT INTO block_search (rowid, text) VALUES ($1, $2)";

	TRY(db_run(db, remove, WITH(INT(block_text_id)), NULL));
	return db_run(db, add, WITH(INT(block_text_id), TEXT(search_form(a, plain))), NULL);
}

enum err search_feedback_words(struct db *db, struct arena *a, int64_t feedback_id, struct str *out)
{
	static const char sql[] =
	    "SELECT 0 AS place, text FROM (SELECT text FROM feedback_text WHERE feedback_id = $1"
	    "   ORDER BY version DESC LIMIT 1)"
	    " UNION ALL"
	    " SELECT number, text FROM reply WHERE feedback_id = $1 AND removed_at IS NULL"
	    " ORDER BY place";
	struct rows r = db_query(db, sql, WITH(INT(feedback_id)));
	struct buf words = {.arena = a};

	while (rows_next(&r)) {
		if (words.n > 0)
			buf_char(&words, '\n');
		buf_add(&words, col_text(&r, 1));
	}
	*out = buf_str(&words);
	return r.err;
}

enum err search_index_feedback(struct db *db, struct arena *a, int64_t feedback_id)
{
	static const char remove[] = "DELETE FROM feedback_search WHERE rowid = $1";
	static const char add[] = "INSERT INTO feedback_search (rowid, text) VALUES ($1, $2)";
	struct str words;

	TRY(search_feedback_words(db, a, feedback_id, &words));
	TRY(db_run(db, remove, WITH(INT(feedback_id)), NULL));
	return db_run(db, add, WITH(INT(feedback_id), TEXT(search_form(a, words))), NULL);
}

static enum err index_all(struct db *db, struct arena *a)
{
	static const char texts[] = "SELECT t.id, t.plain FROM block_text t WHERE NOT EXISTS"
				    " (SELECT 1 FROM block_search s WHERE s.rowid = t.id)";
	static const char feedback[] = "SELECT f.id FROM feedback f WHERE NOT EXISTS"
				       " (SELECT 1 FROM feedback_search s WHERE s.rowid = f.id)";
	struct rows t = db_query(db, texts, WITH_NOTHING);

	while (rows_next(&t))
		TRY(search_index_text(db, a, col_int(&t, 0), col_text(&t, 1)));
	TRY(t.err);
	struct rows f = db_query(db, feedback, WITH_NOTHING);
	while (rows_next(&f))
		TRY(search_index_feedback(db, a, col_int(&f, 0)));
	return f.err;
}

enum err search_index_missing(struct db *db, struct arena *a)
{
	TRY(db_begin_write(db, a));
	enum err err = index_all(db, a);
	if (err == OK)
		err = db_commit(db);
	db_rollback(db);
	return err;
}
