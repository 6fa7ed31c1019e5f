/* occasion.c -- finds the feedback behind changed blocks, by the place its author chose. */
#include "features/handbook/occasion.h"

enum { OCCASIONS_MAX = 5000 };

enum err occasions_load(struct request *rq, const struct version *from, const struct version *to,
			struct occasions *out)
{
	/* Versions are frozen one after the other from one working copy, so those in between have
	 * ids in between; the working copy itself is ahead of them all, whatever its id. */
	static const char sql[] =
	    "SELECT DISTINCT t.block_id, f.id, coalesce(n.number, 0), f.number, f.kind"
	    "  FROM feedback f JOIN anchor a ON a.feedback_id = f.id AND a.first = 1"
	    "  JOIN block_text t ON t.id = a.block_text_id"
	    "  LEFT JOIN review_round n ON n.id = f.round_id"
	    " WHERE (f.done_in = $5 OR f.done_in > $4 AND f.done_in < $6 AND f.done_in NOT IN"
	    "    (SELECT r.id FROM revision r WHERE r.state = 'working'))"
	    "   AND " FEEDBACK_VISIBLE " ORDER BY t.block_id, f.id LIMIT $7";
	bool to_working = to->state == VERSION_WORKING;
	size_t room = 0;

	*out = (struct occasions){.n = 0};
	if (from->state == VERSION_WORKING || (from->id >= to->id && !to_working))
		return OK;
	struct rows r = db_query(rq->db, sql,
				 WITH(FEEDBACK_FOR(rq), INT(from->id), INT(to->id),
				      INT(to_working ? INT64_MAX : to->id), INT(OCCASIONS_MAX)));
	while (rows_next(&r)) {
		if (out->n == room) {
			struct occasion *old = out->v;
			room = room * 2 + 32;
			out->v = ARENA_ARRAY(rq->arena, struct occasion, room);
			for (size_t i = 0; i < out->n; i++)
				out->v[i] = old[i];
		}
		out->v[out->n++] = (struct occasion){
		    .block_id = col_int(&r, 0),
		    .id = col_int(&r, 1),
		    .label = feedback_label(rq->arena, col_int(&r, 2), col_int(&r, 3)),
		    .kind = kind_named(col_text(&r, 4))};
	}
	return r.err;
}

void occasions_show(const struct occasions *o, int64_t block_id, struct view *v)
{
	struct view *list = NULL;
	size_t low = 0, high = o->n;

	while (low < high) {
		size_t middle = (low + high) / 2;
		if (o->v[middle].block_id < block_id)
			low = middle + 1;
		else
			high = middle;
	}
	for (; low < o->n && o->v[low].block_id == block_id; low++) {
		if (list == NULL)
			list = view_row(v, S_OCCASION);
		struct view *item = view_row(list, S_REMARK);
		view_int(item, V_ID, o->v[low].id);
		view_text(item, V_LABEL, o->v[low].label);
		view_text(item, V_KIND, kind_label(o->v[low].kind));
	}
}
