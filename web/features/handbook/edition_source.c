/* edition_source.c -- reads a version for the edition: all places, but words for everybody only. */
#include "features/handbook/edition_parts.h"

#include "base/secret.h"

enum { UID_CHARS = 8 };

static enum err load_chapters(struct db *db, struct arena *a, int64_t revision_id,
			      struct sources *out)
{
	static const char count[] = "SELECT count(*) FROM revision_section WHERE revision_id = $1";
	static const char sql[] =
	    "SELECT slug, pos FROM revision_section WHERE revision_id = $1 ORDER BY pos";
	int64_t n = 0;
	size_t i = 0;

	TRY(db_int(db, count, WITH(INT(revision_id)), &n));
	out->chapter_count = (size_t)n;
	out->chapters = ARENA_ARRAY(a, struct source_chapter, out->chapter_count);
	struct rows r = db_query(db, sql, WITH(INT(revision_id)));
	while (rows_next(&r) && i < out->chapter_count)
		out->chapters[i++] =
		    (struct source_chapter){.slug = col_text(&r, 0), .pos = col_int(&r, 1)};
	return r.err;
}

static struct source read_source(struct rows *r)
{
	struct source s = {.chapter = col_int(r, 0),
			   .uid = col_text(r, 1),
			   .head = col_int(r, 2) != 0,
			   .published = col_int(r, 3) != 0,
			   .out = {.uid = col_text(r, 5)}};
	struct block *b = &s.out.text;

	(void)block_kind_named(col_text(r, 6), &b->kind);
	b->level = (int)col_int(r, 7);
	b->ordered = col_int(r, 8) != 0;
	b->number = col_int(r, 9);
	b->group = col_int(r, 10);
	b->label = col_text(r, 11);
	b->markdown = col_text(r, 12);
	b->html = col_text(r, 13);
	/* A heading or a row for strangers is no advice to them. */
	s.out.tip = col_int(r, 4) != 0 && b->kind != BLOCK_HEADING && b->kind != BLOCK_RULE &&
		    b->kind != BLOCK_TABLE_HEAD && b->kind != BLOCK_TABLE_ROW;
	return s;
}

enum err sources_load(struct db *db, struct arena *a, int64_t revision_id, struct sources *out)
{
	static const char count[] = "SELECT count(*) FROM revision_block WHERE revision_id = $1";
	static const char sql[] =
	    "SELECT coalesce(s.pos, 0), b.uid, t.kind = 'heading' AND b.uid = rb.section_uid,"
	    " t.audience IN ('both', 'public'), t.audience = 'public', coalesce(e.uid, ''),"
	    " t.kind, t.level, t.ordered, t.number, rb.list,"
	    " CASE WHEN t.audience IN ('both', 'public') THEN t.label ELSE '' END,"
	    " CASE WHEN t.audience IN ('both', 'public') THEN t.markdown ELSE '' END,"
	    " CASE WHEN t.audience IN ('both', 'public') THEN t.html ELSE '' END"
	    "  FROM revision_block rb"
	    "  JOIN block_text t ON t.id = rb.block_text_id JOIN block b ON b.id = t.block_id"
	    "  LEFT JOIN edition_uid e ON e.block_id = b.id"
	    "  LEFT JOIN revision_section s"
	    "    ON s.revision_id = rb.revision_id AND s.uid = rb.section_uid"
	    " WHERE rb.revision_id = $1 ORDER BY coalesce(s.pos, 0), rb.pos";
	int64_t n = 0;
	size_t i = 0;

	*out = (struct sources){.n = 0};
	TRY(load_chapters(db, a, revision_id, out));
	TRY(db_int(db, count, WITH(INT(revision_id)), &n));
	out->n = (size_t)n;
	out->v = ARENA_ARRAY(a, struct source, out->n);
	struct rows r = db_query(db, sql, WITH(INT(revision_id)));
	while (rows_next(&r) && i < out->n)
		out->v[i++] = read_source(&r);
	return r.err;
}

enum err edition_uids_give(struct db *db, struct arena *a, int64_t revision_id)
{
	static const char count[] = "SELECT count(*) FROM revision_block WHERE revision_id = $1";
	static const char sql[] =
	    "SELECT t.block_id FROM revision_block rb JOIN block_text t ON t.id = rb.block_text_id"
	    " WHERE rb.revision_id = $1 AND t.audience IN ('both', 'public')"
	    "   AND NOT EXISTS (SELECT 1 FROM edition_uid e WHERE e.block_id = t.block_id)";
	static const char insert[] = "INSERT INTO edition_uid (block_id, uid) VALUES ($1, $2)";
	int64_t *ids, most = 0;
	size_t n = 0;

	TRY(db_int(db, count, WITH(INT(revision_id)), &most));
	ids = ARENA_ARRAY(a, int64_t, (size_t)most);
	struct rows r = db_query(db, sql, WITH(INT(revision_id)));
	while (rows_next(&r) && n < (size_t)most)
		ids[n++] = col_int(&r, 0);
	TRY(r.err);
	for (size_t i = 0; i < n; i++)
		TRY(db_run(db, insert, WITH(INT(ids[i]), TEXT(str_head(secret_id(a), UID_CHARS))),
			   NULL));
	return OK;
}
