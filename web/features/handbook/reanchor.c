/* reanchor.c -- moves anchors with the text they hold on to. */
#include "features/handbook/reanchor.h"

#include "base/clock.h"
#include "features/handbook/anchor.h"
#include "markup/likeness.h"
#include "markup/normal.h"

#include <stdlib.h>

enum { KIN_MAX = 20 };

struct stray {
	int64_t feedback_id, part, block_id, text_id; /* of the wording it held on to */
	struct anchor anchor;
};

/* What is known of a wording that is gone; anchors come in the order of their wordings. */
struct origin {
	int64_t text_id; /* 0: none yet */
	struct str plain;
	struct anchor_home home;
};

/* Where the blocks of a text stand. */
struct block_index {
	size_t n;
	struct block_at {
		int64_t block_id;
		size_t at;
	} * v; /* by block_id */
};

struct reanchor {
	struct db *db;
	struct arena *a;
	const struct manuscript *before, *after;
	struct block_index was, now;
	size_t *near;            /* for each block of `before`: the next one up that lives on */
	struct anchor_text text; /* of `after` */
	int64_t work;            /* left for the search */
	struct origin origin;    /* of the last anchor */
	size_t n;
	struct stray *v;
};

static enum err read_strays(struct reanchor *r, struct rows rows, size_t most)
{
	while (rows_next(&rows) && r->n < most)
		r->v[r->n++] = (struct stray){.feedback_id = col_int(&rows, 0),
					      .part = col_int(&rows, 1),
					      .block_id = col_int(&rows, 2),
					      .text_id = col_int(&rows, 8),
					      .anchor = {.quote = col_text(&rows, 3),
							 .prefix = col_text(&rows, 4),
							 .suffix = col_text(&rows, 5),
							 .start = (size_t)col_int(&rows, 6),
							 .length = (size_t)col_int(&rows, 7)}};
	return rows.err;
}

/* Anchors whose wording left this version, and lost ones whose block has come back. */
static enum err load_strays(struct reanchor *r)
{
	static const char count_sql[] = "SELECT count(*) FROM anchor WHERE revision_id = $1";
	static const char left[] =
	    "SELECT n.feedback_id, n.part, t.block_id, n.quote, n.prefix, n.suffix, n.start,"
	    " n.length, t.id FROM anchor n"
	    "  JOIN block_text t ON t.id = n.block_text_id"
	    " WHERE n.revision_id = $1 AND n.first = 0 AND NOT EXISTS (SELECT 1"
	    "   FROM revision_block b WHERE b.revision_id = $1 AND b.block_text_id = t.id)"
	    " ORDER BY t.id";
	static const char back[] =
	    "SELECT n.feedback_id, n.part, t.block_id, o.quote, o.prefix, o.suffix, o.start,"
	    " o.length, t.id FROM anchor n"
	    "  JOIN anchor o ON o.feedback_id = n.feedback_id AND o.part = n.part AND o.first = 1"
	    "  JOIN block_text t ON t.id = o.block_text_id"
	    " WHERE n.revision_id = $1 AND n.block_text_id IS NULL AND n.by IS NULL AND EXISTS"
	    "  (SELECT 1 FROM block_text x JOIN revision_block b ON b.block_text_id = x.id"
	    "   AND b.revision_id = $1 WHERE x.block_id = t.block_id) ORDER BY t.id";
	const struct bind revision = INT(r->after->revision_id);
	int64_t most = 0;

	TRY(db_int(r->db, count_sql, WITH(revision), &most));
	r->v = ARENA_ARRAY(r->a, struct stray, (size_t)most);
	TRY(read_strays(r, db_query(r->db, left, WITH(revision)), (size_t)most));
	return read_strays(r, db_query(r->db, back, WITH(revision)), (size_t)most);
}

static int by_block(const void *one, const void *other)
{
	int64_t a = ((const struct block_at *)one)->block_id,
		b = ((const struct block_at *)other)->block_id;

	return a < b ? -1 : a > b;
}

static struct block_index index_make(struct arena *a, const struct manuscript *m)
{
	struct block_index x = {.n = m->n, .v = ARENA_ARRAY(a, struct block_at, m->n)};

	for (size_t i = 0; i < m->n; i++)
		x.v[i] = (struct block_at){m->v[i].block_id, i};
	if (x.n > 0)
		qsort(x.v, x.n, sizeof x.v[0], by_block);
	return x;
}

static size_t index_find(const struct block_index *x, int64_t block_id)
{
	const struct block_at key = {block_id, 0}, *found = NULL;

	if (x->n > 0)
		found = bsearch(&key, x->v, x->n, sizeof x->v[0], by_block);
	return found == NULL ? ANCHOR_NOWHERE : found->at;
}

static void begin(struct reanchor *r, const struct manuscript *after)
{
	size_t near = ANCHOR_NOWHERE;

	r->after = after;
	r->was = index_make(r->a, r->before);
	r->now = index_make(r->a, after);
	r->near = ARENA_ARRAY(r->a, size_t, r->before->n);
	for (size_t i = 0; i < r->before->n; i++) {
		size_t lives = index_find(&r->now, r->before->v[i].block_id);
		r->near[i] = near;
		near = lives == ANCHOR_NOWHERE ? near : lives;
	}
}

/* Known are blocks whose very words stood there before: nothing has come to them. */
static void prepare(struct reanchor *r)
{
	struct anchor_block *blocks = ARENA_ARRAY(r->a, struct anchor_block, r->after->n);

	for (size_t i = 0; i < r->after->n; i++) {
		const struct passage *p = &r->after->v[i];
		size_t was = index_find(&r->was, p->block_id);
		blocks[i] = (struct anchor_block){.plain = normal_plain(r->a, p->text.plain),
						  .known = was != ANCHOR_NOWHERE &&
							   str_eq(r->before->v[was].hash, p->hash)};
	}
	anchor_text_make(r->a, blocks, r->after->n, &r->text);
	r->work = ANCHOR_WORK;
	r->text.work = &r->work;
}

/* Where the block lives on, what it was split into, and the nearest one before it that lives. */
static struct anchor_home home_of(const struct reanchor *r, int64_t block_id, struct str plain)
{
	const struct manuscript *m = r->after;
	size_t was = index_find(&r->was, block_id);
	struct anchor_home home = {.block = index_find(&r->now, block_id),
				   .before = was == ANCHOR_NOWHERE ? was : r->near[was],
				   .kin = ARENA_ARRAY(r->a, size_t, KIN_MAX)};

	if (home.block != ANCHOR_NOWHERE)
		home.likeness = text_likeness(r->a, plain, m->v[home.block].text.plain);
	for (size_t i = 0; i < m->lineage_count; i++)
		if (m->lineage[i].from_id == block_id && m->lineage[i].to != home.block &&
		    home.kin_count < KIN_MAX)
			home.kin[home.kin_count++] = m->lineage[i].to;
	return home;
}

static enum err find_origin(struct reanchor *r, const struct stray *s)
{
	static const char sql[] = "SELECT plain FROM block_text WHERE id = $1";
	struct str plain;

	if (r->origin.text_id == s->text_id)
		return OK;
	TRY(db_text(r->db, sql, WITH(INT(s->text_id)), &plain));
	r->origin = (struct origin){.text_id = s->text_id,
				    .plain = normal_plain(r->a, plain),
				    .home = home_of(r, s->block_id, plain)};
	return OK;
}

static enum err store(struct reanchor *r, const struct stray *s, const struct anchor_found *found,
		      int64_t near_id)
{
	static const char sql[] =
	    "INSERT INTO anchor (feedback_id, revision_id, part, block_text_id, near_id, quote,"
	    " prefix, suffix, start, length, state, method, score, at)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)"
	    " ON CONFLICT (feedback_id, revision_id, part) DO UPDATE SET"
	    "  block_text_id = excluded.block_text_id, near_id = excluded.near_id,"
	    "  start = excluded.start, length = excluded.length, state = excluded.state,"
	    "  method = excluded.method, score = excluded.score, by = NULL, at = excluded.at";
	bool lost = found->block == ANCHOR_NOWHERE;

	return db_run(r->db, sql,
		      WITH(INT(s->feedback_id), INT(r->after->revision_id), INT(s->part),
			   INT_OR_NONE(lost ? 0 : r->after->v[found->block].text_id),
			   INT_OR_NONE(near_id), TEXT(s->anchor.quote), TEXT(s->anchor.prefix),
			   TEXT(s->anchor.suffix), INT((int64_t)found->start),
			   INT((int64_t)found->length),
			   TEXT(str_of(anchor_state_name(found->state))),
			   TEXT(str_of(anchor_method_name(found->method))), INT(found->score),
			   INT(clock_now())),
		      NULL);
}

/* What was said of a whole block is said of each of its parts, until somebody has looked. */
static enum err store_parts(struct reanchor *r, const struct stray *s,
			    const struct anchor_found *found)
{
	static const char last[] =
	    "SELECT max(part) FROM anchor WHERE feedback_id = $1 AND revision_id = $2";
	const struct manuscript *m = r->after;
	struct stray part = *s;

	if (found->method != ANCHOR_BY_BLOCK_LEVEL)
		return OK;
	TRY(db_int(r->db, last, WITH(INT(s->feedback_id), INT(m->revision_id)), &part.part));
	for (size_t i = 0; i < m->lineage_count; i++) {
		const struct passage_lineage *l = &m->lineage[i];
		struct anchor_found other = *found;
		if (l->from_id != s->block_id || l->to == found->block ||
		    !str_eq(l->kind, S("split")))
			continue;
		other.block = l->to;
		part.part++;
		TRY(store(r, &part, &other, 0));
	}
	return OK;
}

static enum err place(struct reanchor *r, const struct stray *s)
{
	const struct anchor_home *home = &r->origin.home;
	struct anchor_found found;

	TRY(find_origin(r, s));
	anchor_find(&s->anchor, r->origin.plain, &r->text, home, &found);
	bool lost = found.block == ANCHOR_NOWHERE && home->before != ANCHOR_NOWHERE;
	TRY(store(r, s, &found, lost ? r->after->v[home->before].block_id : 0));
	return store_parts(r, s, &found);
}

/* The blocks that lost remarks stand at may go as well. */
static enum err move_orphans(struct reanchor *r)
{
	static const char sql[] =
	    "SELECT DISTINCT n.near_id FROM anchor n WHERE n.revision_id = $1"
	    "   AND n.block_text_id IS NULL AND n.near_id IS NOT NULL AND NOT EXISTS (SELECT 1"
	    "   FROM revision_block b JOIN block_text t ON t.id = b.block_text_id"
	    "  WHERE b.revision_id = $1 AND t.block_id = n.near_id)";
	static const char move[] = "UPDATE anchor SET near_id = $3 WHERE revision_id = $1"
				   " AND block_text_id IS NULL AND near_id = $2 AND first = 0";
	struct rows rows = db_query(r->db, sql, WITH(INT(r->after->revision_id)));

	while (rows_next(&rows)) {
		int64_t gone = col_int(&rows, 0);
		size_t was = index_find(&r->was, gone);
		size_t near = was == ANCHOR_NOWHERE ? was : r->near[was];
		int64_t near_id = near == ANCHOR_NOWHERE ? 0 : r->after->v[near].block_id;
		TRY(db_run(r->db, move,
			   WITH(INT(r->after->revision_id), INT(gone), INT_OR_NONE(near_id)),
			   NULL));
	}
	return rows.err;
}

enum err reanchor(struct db *db, struct arena *a, const struct manuscript *before,
		  const struct manuscript *after)
{
	struct reanchor r = {.db = db, .a = a, .before = before};

	begin(&r, after);
	TRY(move_orphans(&r));
	TRY(load_strays(&r));
	if (r.n == 0)
		return OK;
	prepare(&r);
	for (size_t i = 0; i < r.n; i++)
		TRY(place(&r, &r.v[i]));
	return OK;
}

/* A new remark ---------------------------------------------------------------------------------
 */

/* What became of the blocks on the way from one version to another was written down. */
static enum err load_lineage(struct reanchor *r, struct manuscript *after)
{
	static const char sql[] = "SELECT to_id, kind FROM block_lineage WHERE from_id = $1";

	after->lineage = ARENA_ARRAY(r->a, struct passage_lineage, after->n * r->n);
	for (size_t i = 0; i < r->n; i++) {
		struct rows rows = db_query(r->db, sql, WITH(INT(r->v[i].block_id)));
		while (rows_next(&rows) && after->lineage_count < after->n * r->n) {
			size_t to = index_find(&r->now, col_int(&rows, 0));
			if (to != ANCHOR_NOWHERE)
				after->lineage[after->lineage_count++] =
				    (struct passage_lineage){.from_id = r->v[i].block_id,
							     .to = to,
							     .kind = col_text(&rows, 1)};
		}
		TRY(rows.err);
	}
	return OK;
}

/* Its places whose wording this version does not have. */
static enum err load_new(struct reanchor *r, int64_t feedback_id, int64_t revision_id)
{
	static const char count_sql[] =
	    "SELECT count(*) FROM anchor WHERE feedback_id = $1 AND first = 1";
	static const char sql[] =
	    "SELECT n.feedback_id, n.part, t.block_id, n.quote, n.prefix, n.suffix, n.start,"
	    " n.length, t.id FROM anchor n"
	    "  JOIN block_text t ON t.id = n.block_text_id"
	    " WHERE n.feedback_id = $1 AND n.first = 1 AND NOT EXISTS (SELECT 1 FROM anchor o"
	    "   WHERE o.feedback_id = $1 AND o.revision_id = $2 AND o.part = n.part)";
	int64_t most = 0;

	TRY(db_int(r->db, count_sql, WITH(INT(feedback_id)), &most));
	r->v = ARENA_ARRAY(r->a, struct stray, (size_t)most);
	return read_strays(r, db_query(r->db, sql, WITH(INT(feedback_id), INT(revision_id))),
			   (size_t)most);
}

static enum err spread_to(struct db *db, struct arena *a, int64_t feedback_id,
			  const struct manuscript *from, int64_t to_id)
{
	struct reanchor r = {.db = db, .a = a, .before = from};
	struct manuscript to;

	TRY(load_new(&r, feedback_id, to_id));
	if (r.n == 0)
		return OK;
	TRY(manuscript_load(db, a, to_id, &to));
	begin(&r, &to);
	TRY(load_lineage(&r, &to));
	prepare(&r);
	for (size_t i = 0; i < r.n; i++)
		TRY(place(&r, &r.v[i]));
	return OK;
}

enum err anchors_spread(struct db *db, struct arena *a, int64_t feedback_id, int64_t revision_id)
{
	/* Mostly the very wording stands there, too. */
	static const char same[] =
	    "INSERT INTO anchor (feedback_id, revision_id, part, block_text_id, quote, prefix,"
	    " suffix, start, length, state, method, at)"
	    " SELECT n.feedback_id, r.id, n.part, n.block_text_id, n.quote, n.prefix, n.suffix,"
	    "  n.start, n.length, 'exact', 'same', n.at"
	    "  FROM anchor n JOIN revision r ON r.id <> n.revision_id AND r.state IN ('working',"
	    "   'in_review', 'reworking', 'proposed', 'in_force')"
	    "  JOIN revision_block b ON b.revision_id = r.id AND b.block_text_id = n.block_text_id"
	    " WHERE n.feedback_id = $1 AND n.first = 1";
	static const char others[] =
	    "SELECT r.id FROM revision r WHERE r.id <> $2 AND r.state IN ('working', 'in_review',"
	    " 'reworking', 'proposed', 'in_force') AND EXISTS (SELECT 1 FROM anchor n"
	    "  WHERE n.feedback_id = $1 AND n.first = 1 AND NOT EXISTS (SELECT 1 FROM anchor o"
	    "   WHERE o.feedback_id = $1 AND o.revision_id = r.id AND o.part = n.part))"
	    " ORDER BY r.id";
	struct manuscript from = {.revision_id = 0};

	TRY(db_run(db, same, WITH(INT(feedback_id)), NULL));
	struct rows r = db_query(db, others, WITH(INT(feedback_id), INT(revision_id)));
	while (rows_next(&r)) {
		if (from.revision_id == 0)
			TRY(manuscript_load(db, a, revision_id, &from));
		TRY(spread_to(db, a, feedback_id, &from, col_int(&r, 0)));
	}
	return r.err;
}
