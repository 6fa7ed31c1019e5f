/* placeholder_uses.c -- finds the keys in the text. */
#include "features/handbook/placeholder_uses.h"

#include "features/handbook/live_table.h"

static const struct placeholders nothing_known = {0, NULL};

/* Each key of a text once. */
static size_t keys_of(struct request *rq, struct str plain, struct str **keys)
{
	return placeholder_unknown(rq->arena, plain, &nothing_known, keys);
}

static void add_use(struct request *rq, struct placeholder_uses *u, struct placeholder_use use)
{
	if (str_eq(use.key, S(LIVE_TABLE_KEY)))
		return;
	for (size_t i = 0; i < u->n; i++)
		if (str_eq(u->v[i].uid, use.uid) && str_eq(u->v[i].key, use.key))
			return; /* the version in force has it too */
	if ((u->n & (u->n - 1)) == 0) {
		struct placeholder_use *old = u->v;
		u->v = ARENA_ARRAY(rq->arena, struct placeholder_use, u->n * 2 + 1);
		for (size_t i = 0; i < u->n; i++)
			u->v[i] = old[i];
	}
	u->v[u->n++] = use;
}

static enum err load_places(struct request *rq, struct placeholder_uses *u)
{
	static const char sql[] =
	    "SELECT b.uid, coalesce(s.slug, ''), rb.number, r.state = 'working', t.plain,"
	    " t.kind = 'heading' AND b.uid = rb.section_uid"
	    "  FROM revision r JOIN revision_block rb ON rb.revision_id = r.id"
	    "  JOIN block_text t ON t.id = rb.block_text_id JOIN block b ON b.id = t.block_id"
	    "  LEFT JOIN revision_section s"
	    "    ON s.revision_id = r.id AND s.uid = rb.section_uid"
	    " WHERE r.state IN ('in_force', 'working') AND t.plain LIKE '%{{%'"
	    " ORDER BY r.state = 'working', rb.pos";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	struct str *keys;

	while (rows_next(&r)) {
		struct placeholder_use use = {.uid = col_text(&r, 0),
					      .slug = col_text(&r, 1),
					      .number = col_text(&r, 2),
					      .working = col_int(&r, 3) != 0,
					      .heading = col_int(&r, 5) != 0};
		size_t n = keys_of(rq, col_text(&r, 4), &keys);
		for (size_t i = 0; i < n; i++) {
			use.key = keys[i];
			add_use(rq, u, use);
		}
	}
	return r.err;
}

static bool is_older(const struct placeholder_uses *u, struct str key)
{
	for (size_t i = 0; i < u->older_count; i++)
		if (str_eq(u->older[i], key))
			return true;
	return false;
}

static void add_older(struct request *rq, struct placeholder_uses *u, struct str key)
{
	if (is_older(u, key))
		return;
	if ((u->older_count & (u->older_count - 1)) == 0) {
		struct str *old = u->older;
		u->older = ARENA_ARRAY(rq->arena, struct str, u->older_count * 2 + 1);
		for (size_t i = 0; i < u->older_count; i++)
			u->older[i] = old[i];
	}
	u->older[u->older_count++] = key;
}

static enum err load_older(struct request *rq, struct placeholder_uses *u)
{
	static const char sql[] = "SELECT t.plain FROM block_text t WHERE t.plain LIKE '%{{%'"
				  " AND EXISTS (SELECT 1 FROM revision_block rb"
				  "   WHERE rb.block_text_id = t.id)";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	struct str *keys;

	while (rows_next(&r)) {
		size_t n = keys_of(rq, col_text(&r, 0), &keys);
		for (size_t i = 0; i < n; i++)
			add_older(rq, u, keys[i]);
	}
	return r.err;
}

enum err placeholder_uses_load(struct request *rq, struct placeholder_uses *out)
{
	*out = (struct placeholder_uses){.n = 0};
	TRY(load_places(rq, out));
	return load_older(rq, out);
}

bool placeholder_is_used(const struct placeholder_uses *u, struct str key)
{
	return is_older(u, key);
}
