/* lost.c -- finds the remarks on blocks that go. */
#include "features/handbook/lost.h"

#include "features/handbook/feedback.h"

/* The passage with this wording among those that are gone; NULL when it stays. */
static const struct passage *gone(const struct change *v, size_t n, int64_t text_id,
				  const struct passage **before)
{
	*before = NULL;
	for (size_t i = 0; i < n; i++) {
		if (v[i].kind == CHANGE_DELETED && v[i].from->text_id == text_id)
			return v[i].from;
		if (v[i].to != NULL)
			*before = v[i].to;
	}
	return NULL;
}

enum err lost_find(struct request *rq, int64_t revision_id, const struct change *changes,
		   size_t change_count, size_t most, struct lost *out)
{
	static const char sql[] =
	    "SELECT f.id, n.part, f.number, coalesce(r.number, 0), n.block_text_id,"
	    " (SELECT t.text FROM feedback_text t WHERE t.feedback_id = f.id"
	    "   ORDER BY t.version DESC LIMIT 1), f.author_id <> $1 AND f.visibility <> "
	    "'municipality'"
	    "  FROM revision_block rb JOIN anchor n ON n.revision_id = rb.revision_id"
	    "   AND n.block_text_id = rb.block_text_id"
	    "  JOIN feedback f ON f.id = n.feedback_id"
	    "  LEFT JOIN review_round r ON r.id = f.round_id"
	    " WHERE rb.revision_id = $4 AND " FEEDBACK_OPEN " AND " FEEDBACK_VISIBLE
	    " ORDER BY rb.pos, f.id, n.part";
	static const char count_sql[] = "SELECT count(*) FROM anchor WHERE revision_id = $1";
	int64_t all = 0;

	TRY(db_int(rq->db, count_sql, WITH(INT(revision_id)), &all));
	most = most < (size_t)all ? most : (size_t)all;
	*out = (struct lost){.v = ARENA_ARRAY(rq->arena, struct lost_item, most)};
	struct rows r = db_query(rq->db, sql, WITH(FEEDBACK_FOR(rq), INT(revision_id)));
	while (out->n < most && rows_next(&r)) {
		const struct passage *before,
		    *p = gone(changes, change_count, col_int(&r, 4), &before);
		if (p != NULL)
			out->v[out->n++] = (struct lost_item){
			    .feedback_id = col_int(&r, 0),
			    .part = col_int(&r, 1),
			    .gone = p,
			    .before = before,
			    .label = feedback_label(rq->arena, col_int(&r, 3), col_int(&r, 2)),
			    .text = col_text(&r, 5),
			    .may_settle = col_int(&r, 6) != 0};
	}
	return r.err;
}
