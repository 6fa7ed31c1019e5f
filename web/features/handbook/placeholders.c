/* placeholders.c -- reads the placeholders and fills in what logged-in people read. */
#include "features/handbook/placeholders.h"

#include "features/handbook/anchor.h"
#include "markup/normal.h"

static bool has_braces(struct str s)
{
	return str_find(s, S("{{")) < s.n;
}

static enum err read_all(struct rows *r, struct arena *a, struct placeholders *out)
{
	struct placeholder *v = NULL;
	size_t n = 0, room = 0;

	while (rows_next(r)) {
		if (n == room) {
			struct placeholder *old = v;
			room = room * 2 + 16;
			v = ARENA_ARRAY(a, struct placeholder, room);
			for (size_t i = 0; i < n; i++)
				v[i] = old[i];
		}
		v[n++] = (struct placeholder){col_text(r, 0), col_text(r, 1), col_text(r, 2)};
	}
	*out = (struct placeholders){n, v};
	return r->err;
}

enum err placeholders_read(struct db *db, struct arena *a, int64_t document_id,
			   struct placeholders *out)
{
	static const char sql[] =
	    "SELECT key, internal, public FROM placeholder WHERE document_id = $1 ORDER BY key";
	struct rows r = db_query(db, sql, WITH(INT(document_id)));

	return read_all(&r, a, out);
}

enum err placeholders_load(struct request *rq, int64_t document_id, struct placeholders *out)
{
	return placeholders_read(rq->db, rq->arena, document_id, out);
}

/* An installation has one handbook. */
static const struct placeholders *of_this_request(struct request *rq)
{
	static const char sql[] = "SELECT key, internal, public FROM placeholder ORDER BY key";
	struct placeholders *p = rq->handbook_values;

	if (p != NULL)
		return p;
	p = ARENA_NEW(rq->arena, struct placeholders);
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	if (read_all(&r, rq->arena, p) != OK)
		*p = (struct placeholders){0, NULL};
	rq->handbook_values = p;
	return p;
}

struct str internal_text(struct request *rq, struct str stored)
{
	if (!has_braces(stored))
		return stored;
	return placeholder_fill_text(rq->arena, stored, of_this_request(rq), PLACEHOLDER_INTERNAL);
}

struct str internal_html(struct request *rq, struct str stored)
{
	if (!has_braces(stored))
		return stored;
	return placeholder_fill_html(rq->arena, stored, of_this_request(rq), PLACEHOLDER_INTERNAL);
}

/* Words are compared in their normal form, so values are filled in in theirs. */
static struct placeholders normalised(struct arena *a, const struct placeholders *p)
{
	struct placeholder *v = ARENA_ARRAY(a, struct placeholder, p->n);

	for (size_t i = 0; i < p->n; i++)
		v[i] = (struct placeholder){p->v[i].key, normal_plain(a, p->v[i].internal), S("")};
	return (struct placeholders){p->n, v};
}

size_t internal_verify(struct request *rq, struct str plain, struct str pasted, size_t *start,
		       size_t *length)
{
	size_t count = anchor_verify(rq->arena, plain, pasted, start, length);

	if (count > 0 || !has_braces(plain))
		return count;
	struct placeholders p = normalised(rq->arena, of_this_request(rq));
	struct str read = placeholder_fill_text(rq->arena, plain, &p, PLACEHOLDER_INTERNAL);
	count = anchor_verify(rq->arena, read, pasted, start, length);
	if (count > 0)
		placeholder_stored_span(rq->arena, plain, &p, PLACEHOLDER_INTERNAL, start, length);
	return count;
}
