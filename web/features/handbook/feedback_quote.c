/* feedback_quote.c -- finds the words that somebody pasted, also across blocks. */
#include "features/handbook/feedback_form.h"
#include "markup/normal.h"

/* The chapter's blocks in one text, a blank between them as in what was pasted. */
struct chapter_words {
	struct feedback_part *parts; /* anchors are not filled */
	struct str *plain;
	size_t *offset;
	size_t n, chosen;
	struct str all;
};

static enum err count_blocks(struct request *rq, const struct feedback_place *place, int64_t *n)
{
	static const char sql[] =
	    "SELECT count(*) FROM revision_block rb WHERE rb.revision_id = $1"
	    "  AND rb.section_uid = (SELECT o.section_uid FROM revision_block o"
	    "   WHERE o.revision_id = $1 AND o.block_text_id = $2)";

	return db_int(rq->db, sql, WITH(INT(place->version.id), INT(place->text_id)), n);
}

static enum err load_words(struct request *rq, const struct feedback_place *place,
			   struct chapter_words *w)
{
	static const char sql[] =
	    "SELECT t.block_id, t.id, t.plain FROM revision_block rb"
	    "  JOIN block_text t ON t.id = rb.block_text_id"
	    " WHERE rb.revision_id = $1 AND rb.section_uid = (SELECT o.section_uid"
	    "   FROM revision_block o WHERE o.revision_id = $1 AND o.block_text_id = $2)"
	    " ORDER BY rb.pos";
	struct buf all = {.arena = rq->arena};
	int64_t most = 0;

	*w = (struct chapter_words){.n = 0};
	TRY(count_blocks(rq, place, &most));
	w->parts = ARENA_ARRAY(rq->arena, struct feedback_part, (size_t)most);
	w->plain = ARENA_ARRAY(rq->arena, struct str, (size_t)most);
	w->offset = ARENA_ARRAY(rq->arena, size_t, (size_t)most);
	struct rows r = db_query(rq->db, sql, WITH(INT(place->version.id), INT(place->text_id)));
	for (; rows_next(&r) && w->n < (size_t)most; w->n++) {
		w->parts[w->n] =
		    (struct feedback_part){col_int(&r, 0), col_int(&r, 1), {.start = 0}};
		w->plain[w->n] = normal_plain(rq->arena, col_text(&r, 2));
		w->offset[w->n] = all.n;
		if (w->parts[w->n].text_id == place->text_id)
			w->chosen = w->n;
		buf_add(&all, w->plain[w->n]);
		buf_char(&all, ' ');
	}
	w->all = buf_str(&all);
	return r.err;
}

/* How often the quote stands there with at least one letter in the chosen block. */
static size_t count_across(const struct chapter_words *w, struct str quote, size_t *first)
{
	size_t from = w->offset[w->chosen], to = from + w->plain[w->chosen].n, n = 0;

	for (size_t at = from > quote.n ? from - quote.n : 0; at < to; at++) {
		at += str_find(str_from(w->all, at), quote);
		if (at < to && at + quote.n > from && n++ == 0)
			*first = at;
	}
	return n;
}

static void cut(const struct chapter_words *w, size_t start, size_t end, struct feedback_wish *out)
{
	out->parts = w->parts;
	out->part_count = 0;
	for (size_t i = 0; i < w->n; i++) {
		size_t from = w->offset[i], to = from + w->plain[i].n;
		size_t a = start > from ? start : from, b = end < to ? end : to;
		if (a >= b)
			continue;
		struct feedback_part part = w->parts[i];
		part.anchor = anchor_make(w->plain[i], a - from, b - a);
		out->parts[out->part_count++] = part;
	}
}

enum err feedback_quote_find(struct request *rq, const struct feedback_place *place,
			     struct str pasted, struct feedback_wish *out, enum message *wrong)
{
	struct chapter_words w;
	size_t start = 0, length = 0, count;

	count = anchor_verify(rq->arena, place->plain, pasted, &start, &length);
	*wrong = count > 1 ? M_QUOTE_TWICE : M_NONE;
	if (count == 1)
		out->parts[0].anchor = anchor_make(place->plain, start, length);
	if (count > 0)
		return OK;
	struct str quote = normal_plain(rq->arena, pasted);
	TRY(load_words(rq, place, &w));
	count = quote.n == 0 ? 0 : count_across(&w, quote, &start);
	*wrong = count == 0 ? M_QUOTE_MISSING : count > 1 ? M_QUOTE_FAR : M_NONE;
	if (count == 1)
		cut(&w, start, start + quote.n, out);
	return OK;
}
