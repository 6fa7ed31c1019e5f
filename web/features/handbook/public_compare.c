/* public_compare.c -- what changed between two public editions. */
#include "features/handbook/changes_show.h"
#include "features/handbook/public.h"

#include <inttypes.h>

/* A public name (a-z, 2-7) is 40 bits, so it can be the number of its block. */
static int64_t number_of(struct str uid)
{
	int64_t n = 0;

	for (size_t i = 0; i < uid.n; i++)
		n = n * 32 + (uid.p[i] >= 'a' ? uid.p[i] - 'a' : uid.p[i] - '2' + 26);
	return n;
}

/* A heading of a chapter is no block of the edition; here it is one, named after its chapter's
 * address. */
static struct passage section_passage(struct request *rq, const struct edition_section *s,
				      int64_t edition_id)
{
	struct passage p = {
	    .text_id = edition_id, .audience = S("both"), .uid = s->slug, .number = s->number};
	uint64_t hash = 14695981039346656037U;

	for (size_t i = 0; i < s->slug.n; i++)
		hash = (hash ^ (unsigned char)s->slug.p[i]) * 1099511628211U;
	p.block_id = -1 - (int64_t)(hash >> 1); /* below those of blocks */
	p.text = (struct block){.kind = BLOCK_HEADING, .plain = s->title};
	p.hash = passage_hash(rq->arena, &p.text);
	return p;
}

static struct passage block_passage(struct request *rq, const struct edition_block *b,
				    int64_t edition_id)
{
	return (struct passage){.block_id = number_of(b->uid),
				.text_id = edition_id,
				.audience = b->tip ? S("public") : S("both"),
				.uid = b->uid,
				.number = b->number,
				.text = b->text,
				.hash = passage_hash(rq->arena, &b->text)};
}

static enum err load(struct request *rq, const struct edition *e, struct manuscript *out)
{
	struct edition_text t;
	size_t at = 0;

	TRY(edition_text_load(rq->db, rq->arena, e->id, EDITION_WHOLE, &t));
	*out =
	    (struct manuscript){.v = ARENA_ARRAY(rq->arena, struct passage, t.section_count + t.n)};
	for (size_t s = 0; s <= t.section_count; s++) {
		if (s > 0)
			out->v[out->n++] = section_passage(rq, &t.sections[s - 1], e->id);
		for (; at < t.n && t.blocks[at].section == (int64_t)s; at++)
			out->v[out->n++] = block_passage(rq, &t.blocks[at], e->id);
	}
	return OK;
}

/* The edition a field names; without one the newest below `below` that can be read. */
static enum err choose(struct request *rq, struct str field, int64_t below, struct edition *out)
{
	static const char sql[] =
	    "SELECT number FROM edition WHERE state IN ('published', 'replaced')"
	    " AND number < $1 ORDER BY number DESC LIMIT 1";
	int64_t number = 0;

	if (field.n > 0 && (!str_to_int(field, &number) || number == 0))
		return E_NOT_FOUND;
	if (field.n == 0)
		TRY(db_int(rq->db, sql, WITH(INT(below)), &number));
	return public_edition(rq, number, out);
}

static enum err show_choices(struct request *rq, const struct edition *from,
			     const struct edition *to)
{
	static const char sql[] = "SELECT number, version FROM edition"
				  " WHERE state IN ('published', 'replaced') ORDER BY number DESC";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);

	while (rows_next(&r)) {
		struct view *older = view_row(rq->view, S_FROM), *newer = view_row(rq->view, S_TO);
		view_int(older, V_NUMBER, col_int(&r, 0));
		view_text(older, V_VERSION, col_text(&r, 1));
		view_show_if(older, S_CHOSEN, col_int(&r, 0) == from->number);
		view_int(newer, V_NUMBER, col_int(&r, 0));
		view_text(newer, V_VERSION, col_text(&r, 1));
		view_show_if(newer, S_CHOSEN, col_int(&r, 0) == to->number);
	}
	return r.err;
}

/* GET /oeffentlich/handbuch/vergleich?von=1&bis=2&ansicht=text */
enum err public_compare(struct request *rq)
{
	struct fields *q = &rq->http.query;
	struct manuscript older, newer;
	struct edition from, to;

	TRY(choose(rq, field_text(q, S("bis")), INT64_MAX, &to));
	enum err err = choose(rq, field_text(q, S("von")), to.number, &from);
	if (err == E_NOT_FOUND && !field_present(q, S("von")))
		from = to;
	else
		TRY(err);
	if (from.state == EDITION_WITHDRAWN || to.state == EDITION_WITHDRAWN)
		return public_gone(rq, from.state == EDITION_WITHDRAWN ? &from : &to);
	TRY(load(rq, &from, &older));
	TRY(load(rq, &to, &newer));
	view_int(rq->view, V_OLDER, from.number);
	view_int(rq->view, V_NEWER, to.number);
	TRY(show_choices(rq, &from, &to));
	changes_show(rq, &older, &newer, (struct changes_note){.show = NULL});
	return reply_page(rq, 200, "handbook/public_compare.html");
}
