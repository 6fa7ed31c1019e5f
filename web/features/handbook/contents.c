/* contents.c -- the list of chapters beside the text. */
#include "features/handbook/contents.h"

#include "features/handbook/feedback.h"
#include "features/handbook/placeholders.h"

/* Sections of the current chapter, for jumping within the page. */
static enum err show_jumps(struct request *rq, struct view *entry, const struct version *version,
			   const struct chapter *c)
{
	static const char sql[] =
	    "SELECT b.uid, rb.number, t.plain FROM revision_block rb"
	    "  JOIN block_text t ON t.id = rb.block_text_id"
	    "  JOIN block b ON b.id = t.block_id"
	    " WHERE rb.revision_id = $1 AND rb.section_uid = $2 AND t.kind = 'heading'"
	    "   AND rb.number <> '' AND b.uid <> $2 ORDER BY rb.pos";
	struct rows r = db_query(rq->db, sql, WITH(INT(version->id), TEXT(c->uid)));
	struct view *jumps = NULL;

	while (rows_next(&r)) {
		if (jumps == NULL)
			jumps = view_row(entry, S_JUMPS);
		struct view *v = view_row(jumps, S_JUMP);
		view_text(v, V_UID, col_text(&r, 0));
		view_text(v, V_NUMBER, col_text(&r, 1));
		view_text(v, V_TITLE, internal_text(rq, col_text(&r, 2)));
	}
	return r.err;
}

/* How much waits in each chapter, by one query for all of them. */
static enum err count_waiting(struct request *rq, const struct version *version,
			      const struct chapters *chapters, int64_t *counts)
{
	static const char sql[] =
	    "SELECT rb.section_uid, count(DISTINCT f.id) FROM feedback f"
	    "  CROSS JOIN anchor a ON a.feedback_id = f.id AND a.revision_id = $4"
	    "  CROSS JOIN revision_block rb"
	    "    ON rb.block_text_id = a.block_text_id AND rb.revision_id = $4"
	    " WHERE " FEEDBACK_OPEN " AND " FEEDBACK_VISIBLE " GROUP BY rb.section_uid";
	struct rows r = db_query(rq->db, sql, WITH(FEEDBACK_FOR(rq), INT(version->id)));

	while (rows_next(&r))
		for (size_t i = 0; i < chapters->n; i++)
			if (str_eq(chapters->v[i].uid, col_text(&r, 0)))
				counts[i] = col_int(&r, 1);
	return r.err;
}

enum err contents_show(struct request *rq, const struct version *version,
		       const struct chapters *chapters)
{
	int64_t *waiting = ARENA_ARRAY(rq->arena, int64_t, chapters->n + 1);

	TRY(count_waiting(rq, version, chapters, waiting));
	for (size_t i = 0; i < chapters->n; i++) {
		const struct chapter *c = &chapters->v[i];
		struct view *v = view_row(rq->view, S_CHAPTER);
		view_text(v, V_SLUG, c->slug);
		view_text(v, V_NUMBER, c->number);
		view_text(v, V_TITLE, c->title);
		if (waiting[i] > 0)
			view_int(view_row(v, S_WAITING), V_COUNT, waiting[i]);
		if (i != chapters->current)
			continue;
		view_show(v, S_CURRENT);
		TRY(show_jumps(rq, v, version, c));
	}
	return OK;
}
