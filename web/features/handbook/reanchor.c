/* reanchor.c -- moves anchors with the text they hold on to. */
#include "features/handbook/reanchor.h"

#include "base/clock.h"
#include "markup/normal.h"

#include <stdlib.h>

struct stray {
	int64_t feedback_id, part, block_id, text_id;
	struct str quote;
};

struct reanchor {
	struct db *db;
	struct arena *a;
	const struct manuscript *before, *after;
	size_t n;
	struct stray *v;
};

/* Anchors whose wording left this version. */
static enum err load_strays(struct reanchor *r)
{
	static const char count_sql[] = "SELECT count(*) FROM anchor WHERE revision_id = $1";
	static const char sql[] =
	    "SELECT n.feedback_id, n.part, t.block_id, n.block_text_id, n.quote FROM anchor n"
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
					      .text_id = col_int(&rows, 3),
					      .quote = col_text(&rows, 4)};
	return rows.err;
}

static const struct passage *passage_of(const struct manuscript *m, int64_t block_id)
{
	for (size_t i = 0; i < m->n; i++)
		if (m->v[i].block_id == block_id)
			return &m->v[i];
	return NULL;
}

/* The nearest block before it that lives on; 0 when there is none. */
static int64_t near(const struct reanchor *r, int64_t block_id)
{
	const struct passage *p = passage_of(r->before, block_id);

	for (; p != NULL && p > r->before->v; p--)
		if (passage_of(r->after, p[-1].block_id) != NULL)
			return p[-1].block_id;
	return 0;
}

static enum err lose(struct reanchor *r, const struct stray *s)
{
	static const char sql[] =
	    "UPDATE anchor SET block_text_id = NULL, near_id = $4, start = 0, length = 0,"
	    " state = 'orphan', method = 'none', score = 0, by = NULL, at = $5"
	    " WHERE feedback_id = $1 AND revision_id = $2 AND part = $3";

	return db_run(r->db, sql,
		      WITH(INT(s->feedback_id), INT(r->after->revision_id), INT(s->part),
			   INT_OR_NONE(near(r, s->block_id)), INT(clock_now())),
		      NULL);
}

static enum err keep(struct reanchor *r, const struct stray *s, const struct passage *p)
{
	static const char sql[] =
	    "UPDATE anchor SET block_text_id = $4, near_id = NULL, start = $5, length = $6,"
	    " state = $7, method = $8, score = $9, by = NULL, at = $10"
	    " WHERE feedback_id = $1 AND revision_id = $2 AND part = $3";
	struct str plain = normal_plain(r->a, p->text.plain);
	size_t at = str_find(plain, s->quote);
	bool found = s->quote.n > 0 && at < plain.n;

	return db_run(
	    r->db, sql,
	    WITH(INT(s->feedback_id), INT(r->after->revision_id), INT(s->part), INT(p->text_id),
		 INT(found ? (int64_t)at : 0), INT(found ? (int64_t)s->quote.n : 0),
		 TEXT(found ? S("moved") : S("changed")), TEXT(found ? S("quote") : S("block")),
		 INT(found ? 95 : 60), INT(clock_now())),
	    NULL);
}

/* Quotes that left with their block may stand, word for word, somewhere else. */
static const struct passage *elsewhere(const struct reanchor *r, const struct stray *s)
{
	enum { QUOTE_MIN = 12 };
	const struct passage *found = NULL;

	if (s->quote.n < QUOTE_MIN)
		return NULL;
	for (size_t i = 0; i < r->after->n; i++) {
		struct str plain = normal_plain(r->a, r->after->v[i].text.plain);
		if (str_find(plain, s->quote) == plain.n)
			continue;
		if (found != NULL)
			return NULL;
		found = &r->after->v[i];
	}
	return found;
}

enum err reanchor(struct db *db, struct arena *a, const struct manuscript *before,
		  const struct manuscript *after)
{
	struct reanchor r = {.db = db, .a = a, .before = before, .after = after};

	TRY(load_strays(&r));
	for (size_t i = 0; i < r.n; i++) {
		const struct passage *p = passage_of(after, r.v[i].block_id);
		if (p == NULL)
			p = elsewhere(&r, &r.v[i]);
		if (p == NULL)
			TRY(lose(&r, &r.v[i]));
		else
			TRY(keep(&r, &r.v[i], p));
	}
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
