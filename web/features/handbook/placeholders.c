/* placeholders.c -- reads the placeholders of a handbook. */
#include "features/handbook/placeholders.h"

enum err placeholders_load(struct request *rq, int64_t document_id, struct placeholders *out)
{
	static const char count[] = "SELECT count(*) FROM placeholder WHERE document_id = $1";
	static const char sql[] =
	    "SELECT key, internal, public FROM placeholder WHERE document_id = $1 ORDER BY key";
	struct placeholder *v;
	int64_t n = 0;
	size_t i = 0;

	TRY(db_int(rq->db, count, WITH(INT(document_id)), &n));
	v = ARENA_ARRAY(rq->arena, struct placeholder, (size_t)n);
	struct rows r = db_query(rq->db, sql, WITH(INT(document_id)));
	while (rows_next(&r) && i < (size_t)n)
		v[i++] = (struct placeholder){col_text(&r, 0), col_text(&r, 1), col_text(&r, 2)};
	*out = (struct placeholders){i, v};
	return r.err;
}
