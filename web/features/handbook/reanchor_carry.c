/* reanchor_carry.c -- open feedback goes along from one version to another. */
#include "base/clock.h"
#include "features/handbook/reanchor.h"

enum err anchors_carry(struct db *db, int64_t from_id, int64_t to_id)
{
	static const char sql[] =
	    "INSERT INTO anchor (feedback_id, revision_id, part, block_text_id, near_id, quote,"
	    " prefix, suffix, start, length, state, method, score, by, at)"
	    " SELECT a.feedback_id, $2, a.part, x.block_text_id,"
	    "  CASE WHEN x.block_text_id IS NULL THEN (SELECT m.block_id FROM revision_block p"
	    "    JOIN block_text m ON m.id = p.block_text_id WHERE p.revision_id = $1 AND p.pos <="
	    "     (SELECT w.pos FROM block_text z JOIN revision_block w ON w.block_text_id = z.id"
	    "       WHERE w.revision_id = $1 AND z.block_id = coalesce(t.block_id, a.near_id))"
	    "     AND EXISTS (SELECT 1 FROM block_text u JOIN revision_block q"
	    "      ON q.block_text_id = u.id WHERE q.revision_id = $2 AND u.block_id = m.block_id)"
	    "    ORDER BY p.pos DESC LIMIT 1) END,"
	    "  a.quote, a.prefix, a.suffix, a.start, a.length,"
	    "  CASE WHEN x.block_text_id IS NULL THEN 'orphan'"
	    "       WHEN x.block_text_id = a.block_text_id THEN a.state ELSE 'changed' END,"
	    "  'block', CASE WHEN x.block_text_id IS NULL THEN 0"
	    "       WHEN x.block_text_id = a.block_text_id THEN a.score ELSE 60 END,"
	    "  CASE WHEN x.block_text_id = a.block_text_id AND a.first = 0 THEN a.by END, $3"
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
