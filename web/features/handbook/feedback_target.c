/* feedback_target.c -- finds blocks of a version by number or words. */
#include "features/handbook/feedback_target.h"

#include "features/handbook/placeholders.h"
#include "markup/normal.h"

static bool means(struct request *rq, const struct target *t, int64_t chosen, struct str number,
		  struct str words)
{
	if (chosen != 0)
		return t->text_id == chosen;
	if (number.n > 0)
		return str_eq(t->number, number);
	struct str form = search_form(rq->arena, internal_text(rq, t->plain));
	return words.n > 0 && str_find(form, words) < form.n;
}

static enum err is_number(struct request *rq, int64_t revision_id, struct str typed, bool *out)
{
	static const char sql[] =
	    "SELECT count(*) FROM revision_block WHERE revision_id = $1 AND number = $2";
	int64_t n = 0;

	if (typed.n > 0)
		TRY(db_int(rq->db, sql, WITH(INT(revision_id), TEXT(typed)), &n));
	*out = n > 0;
	return OK;
}

enum err targets_find(struct request *rq, int64_t revision_id, int64_t chosen, struct str typed,
		      struct targets *out)
{
	static const char sql[] =
	    "SELECT t.id, t.plain, rb.number FROM revision_block rb JOIN block_text t"
	    " ON t.id = rb.block_text_id WHERE rb.revision_id = $1 ORDER BY rb.pos";
	struct str words = search_form(rq->arena, typed);
	bool number = false;

	*out = (struct targets){.n = 0};
	TRY(is_number(rq, revision_id, typed, &number));
	struct rows r = db_query(rq->db, sql, WITH(INT(revision_id)));
	while (rows_next(&r) && !out->more) {
		struct target t = {col_int(&r, 0), col_text(&r, 1), col_text(&r, 2)};
		if (!means(rq, &t, chosen, number ? typed : S(""), words))
			continue;
		out->more = out->n == TARGETS_MAX;
		if (!out->more)
			out->v[out->n++] = t;
	}
	return r.err;
}
