/* reanchor.c -- moves anchors with the text they hold on to. */
#include "features/handbook/reanchor.h"

#include "base/clock.h"
#include "features/handbook/anchor.h"
#include "markup/likeness.h"
#include "markup/normal.h"

struct stray {
	int64_t feedback_id, part, block_id;
	struct anchor anchor;
};

struct reanchor {
	struct db *db;
	struct arena *a;
	const struct manuscript *before, *after;
	struct anchor_text text; /* of `after` */
	size_t n;
	struct stray *v;
};

/* Anchors whose wording left this version. */
static enum err load_strays(struct reanchor *r)
{
	static const char count_sql[] = "SELECT count(*) FROM anchor WHERE revision_id = $1";
	static const char sql[] =
	    "SELECT n.feedback_id, n.part, t.block_id, n.quote, n.prefix, n.suffix, n.start,"
	    " n.length FROM anchor n"
	    "  JOIN block_text t ON t.id = n.block_text_id"
	    " WHERE n.revision_id = $1 AND n.first = 0 AND NOT EXISTS (SELECT 1"
	    "   FROM revision_block b WHERE b.revision_id = $1 AND b.block_text_id = t.id)";
	int64_t most = 0;

	TRY(db_int(r->db, count_sql, WITH(INT(r->after->revision_id)), &most));
	r->v = ARENA_ARRAY(r->a, struct stray, (size_t)most);
	struct rows rows = db_query(r->db, sql, WITH(INT(r->after->revision_id)));
	while (rows_next(&rows) && r->n < (size_t)most)
		r->v[r->n++] = (struct stray){.feedback_id = col_int(&rows, 0),
					      .part = col_int(&rows, 1),
					      .block_id = col_int(&rows, 2),
					      .anchor = {.quote = col_text(&rows, 3),
							 .prefix = col_text(&rows, 4),
							 .suffix = col_text(&rows, 5),
							 .start = (size_t)col_int(&rows, 6),
							 .length = (size_t)col_int(&rows, 7)}};
	return rows.err;
}

static const struct passage *passage_of(const struct manuscript *m, int64_t block_id)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].block_id == block_id)
			return &m->v[i];
	return NULL;
}

static size_t index_of(const struct manuscript *m, const struct passage *p)
{
	return p == NULL ? ANCHOR_NOWHERE : (size_t)(p - m->v);
}

/* Known are blocks whose very words stood there before: nothing has come to them. */
static void prepare(struct reanchor *r)
{
	struct anchor_block *blocks = ARENA_ARRAY(r->a, struct anchor_block, r->after->n);

	for (size_t i = 0; i < r->after->n; i++) {
		const struct passage *p = &r->after->v[i];
		const struct passage *old = passage_of(r->before, p->block_id);
		blocks[i] =
		    (struct anchor_block){.plain = normal_plain(r->a, p->text.plain),
					  .known = old != NULL && str_eq(old->hash, p->hash)};
	}
	anchor_text_make(r->a, blocks, r->after->n, &r->text);
}

static int likeness(struct arena *a, const struct passage *old, const struct passage *next)
{
	if (str_eq(next->hash, old->hash))
		return 100;
	struct word_bag one = word_bag_of(a, old->text.plain),
			other = word_bag_of(a, next->text.plain);
	return word_bag_likeness(&one, &other);
}

/* Where the block lives on, what it was split into, and the nearest one before it that lives. */
static struct anchor_home home_of(const struct reanchor *r, const struct passage *old)
{
	const struct manuscript *m = r->after;
	struct anchor_home home = {.block = ANCHOR_NOWHERE,
				   .before = ANCHOR_NOWHERE,
				   .kin = ARENA_ARRAY(r->a, size_t, m->lineage_count)};

	if (old == NULL)
		return home;
	const struct passage *p = passage_of(m, old->block_id);
	home.block = index_of(m, p);
	if (p != NULL)
		home.likeness = likeness(r->a, old, p);
	for (; old > r->before->v && home.before == ANCHOR_NOWHERE; old--)
		home.before = index_of(m, passage_of(m, old[-1].block_id));
	return home;
}

static void add_kin(const struct reanchor *r, int64_t block_id, struct anchor_home *home)
{
	const struct manuscript *m = r->after;

	for (size_t i = 0; i < m->lineage_count; i++)
		if (m->lineage[i].from_id == block_id && m->lineage[i].to != home->block)
			home->kin[home->kin_count++] = m->lineage[i].to;
}

static enum err place(struct reanchor *r, const struct stray *s)
{
	static const char sql[] =
	    "UPDATE anchor SET block_text_id = $4, near_id = $5, start = $6, length = $7,"
	    " state = $8, method = $9, score = $10, by = NULL, at = $11"
	    " WHERE feedback_id = $1 AND revision_id = $2 AND part = $3";
	const struct passage *old = passage_of(r->before, s->block_id);
	struct anchor_home home = home_of(r, old);
	struct anchor_found found;

	add_kin(r, s->block_id, &home);
	anchor_find(&s->anchor, old == NULL ? S("") : normal_plain(r->a, old->text.plain), &r->text,
		    &home, &found);
	bool lost = found.block == ANCHOR_NOWHERE;
	int64_t text_id = lost ? 0 : r->after->v[found.block].text_id;
	int64_t near_id =
	    lost && home.before != ANCHOR_NOWHERE ? r->after->v[home.before].block_id : 0;
	return db_run(r->db, sql,
		      WITH(INT(s->feedback_id), INT(r->after->revision_id), INT(s->part),
			   INT_OR_NONE(text_id), INT_OR_NONE(near_id), INT((int64_t)found.start),
			   INT((int64_t)found.length), TEXT(str_of(anchor_state_name(found.state))),
			   TEXT(str_of(anchor_method_name(found.method))), INT(found.score),
			   INT(clock_now())),
		      NULL);
}

enum err reanchor(struct db *db, struct arena *a, const struct manuscript *before,
		  const struct manuscript *after)
{
	struct reanchor r = {.db = db, .a = a, .before = before, .after = after};

	TRY(load_strays(&r));
	if (r.n == 0)
		return OK;
	prepare(&r);
	for (size_t i = 0; i < r.n; i++)
		TRY(place(&r, &r.v[i]));
	return OK;
}

enum err anchors_carry(struct db *db, int64_t from_id, int64_t to_id)
{
	static const char sql[] =
	    "INSERT INTO anchor (feedback_id, revision_id, part, block_text_id, near_id, quote,"
	    " prefix, suffix, start, length, state, method, score, at)"
	    " SELECT a.feedback_id, $2, a.part, x.block_text_id,"
	    "  CASE WHEN x.block_text_id IS NULL THEN coalesce(t.block_id, a.near_id) END,"
	    "  a.quote, a.prefix, a.suffix, a.start, a.length,"
	    "  CASE WHEN x.block_text_id IS NULL THEN 'orphan'"
	    "       WHEN x.block_text_id = a.block_text_id THEN a.state ELSE 'changed' END,"
	    "  'block', CASE WHEN x.block_text_id IS NULL THEN 0"
	    "       WHEN x.block_text_id = a.block_text_id THEN a.score ELSE 60 END, $3"
	    "  FROM anchor a JOIN feedback f ON f.id = a.feedback_id"
	    "  LEFT JOIN block_text t ON t.id = a.block_text_id"
	    "  LEFT JOIN (SELECT rb.block_text_id, n.block_id FROM revision_block rb"
	    "    JOIN block_text n ON n.id = rb.block_text_id WHERE rb.revision_id = $2) AS x"
	    "    ON x.block_id = t.block_id"
	    " WHERE a.revision_id = $1 AND f.state IN ('open', 'in_progress', 'query')"
	    "   AND NOT EXISTS (SELECT 1 FROM anchor o"
	    "     WHERE o.feedback_id = a.feedback_id AND o.revision_id = $2)";

	return db_run(db, sql, WITH(INT(from_id), INT(to_id), INT(clock_now())), NULL);
}
