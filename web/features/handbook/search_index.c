/* search_index.c -- writes the words that the search looks in. */
#include "features/handbook/search_index.h"

#include "features/handbook/placeholders.h"
#include "markup/normal.h"

/* An installation has one handbook. */
static enum err fill_keys(struct db *db, struct arena *a, struct str *plain)
{
	static const char sql[] = "SELECT id FROM document ORDER BY id LIMIT 1";
	struct placeholders p;
	int64_t document_id = 0;

	if (str_find(*plain, S("{{")) == plain->n)
		return OK;
	TRY(db_int(db, sql, WITH_NOTHING, &document_id));
	TRY(placeholders_read(db, a, document_id, &p));
	*plain = placeholder_fill_text(a, *plain, &p, PLACEHOLDER_INTERNAL);
	return OK;
}

enum err search_index_text(struct db *db, struct arena *a, int64_t block_text_id, struct str plain)
{
	static const char remove[] = "DELETE FROM block_search WHERE rowid = $1";
	static const char add[] = "INSERT INTO block_search (rowid, text) VALUES ($1, $2)";

	TRY(fill_keys(db, a, &plain));
	TRY(db_run(db, remove, WITH(INT(block_text_id)), NULL));
	return db_run(db, add, WITH(INT(block_text_id), TEXT(search_form(a, plain))), NULL);
}

enum err search_index_braces(struct db *db, struct arena *a)
{
	static const char sql[] = "SELECT id, plain FROM block_text WHERE plain LIKE '%{{%'";
	struct rows r = db_query(db, sql, WITH_NOTHING);

	while (rows_next(&r))
		TRY(search_index_text(db, a, col_int(&r, 0), col_text(&r, 1)));
	return r.err;
}

struct rows search_feedback_texts(struct db *db, int64_t feedback_id)
{
	static const char sql[] =
	    "SELECT text, 0 AS place FROM (SELECT text FROM feedback_text WHERE feedback_id ="
	    "   (SELECT id FROM feedback WHERE id = $1 AND hidden_at IS NULL)"
	    "   ORDER BY version DESC LIMIT 1)"
	    " UNION ALL"
	    " SELECT y.text, y.number FROM reply y JOIN feedback f ON f.id = y.feedback_id"
	    "  WHERE y.feedback_id = $1 AND f.hidden_at IS NULL AND y.hidden_at IS NULL"
	    "    AND y.removed_at IS NULL"
	    " ORDER BY place";

	return db_query(db, sql, WITH(INT(feedback_id)));
}

enum err search_index_feedback(struct db *db, struct arena *a, int64_t feedback_id)
{
	static const char remove[] = "DELETE FROM feedback_search WHERE rowid = $1";
	static const char add[] = "INSERT INTO feedback_search (rowid, text) VALUES ($1, $2)";
	struct rows r = search_feedback_texts(db, feedback_id);
	struct buf words = {.arena = a};

	while (rows_next(&r)) {
		buf_add(&words, col_text(&r, 0));
		buf_char(&words, '\n');
	}
	TRY(r.err);
	TRY(db_run(db, remove, WITH(INT(feedback_id)), NULL));
	return db_run(db, add, WITH(INT(feedback_id), TEXT(search_form(a, buf_str(&words)))), NULL);
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
