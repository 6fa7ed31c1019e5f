/* splice.c -- recognises old blocks in a new text and takes over their identity. */
#include "features/handbook/splice.h"

#include "markup/normal.h"

struct splice {
	struct db *db;
	struct arena *a;
	const struct passage *old;
	size_t old_count;
	struct passage *next;
	size_t n;
	struct alignment alignment;
};

static struct align_side *sides(struct arena *a, const struct passage *v, size_t n)
{
	struct align_side *s = ARENA_ARRAY(a, struct align_side, n);

	for (size_t i = 0; i < n; i++)
		s[i] = (struct align_side){.hash = v[i].hash,
					   .plain = normal_plain(a, v[i].text.plain),
					   .kind = (int)v[i].text.kind};
	return s;
}

void passages_align(struct arena *a, const struct passage *old, size_t n,
		    const struct passage *next, size_t m, struct alignment *out)
{
	align_blocks(a, sides(a, old, n), n, sides(a, next, m), m, out);
}

static void keep_identity(struct passage *p, const struct passage *known)
{
	p->block_id = known->block_id;
	p->uid = known->uid;
	p->audience = known->audience;
	if (passage_same_wording(&known->text, &p->text))
		p->text_id = known->text_id;
}

static bool stands_in(const struct passage *v, size_t n, int64_t block_id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].block_id == block_id)
			return true;
	return false;
}

/* A block that was cut out elsewhere and pasted here lives on. */
static enum err revive(struct splice *s, const struct manuscript *m, struct passage *p)
{
	static const char sql[] =
	    "SELECT b.id, b.uid, t.audience FROM block_text t JOIN block b ON b.id = t.block_id"
	    " WHERE t.hash = $1 AND t.kind = $2 AND b.document_id = $3 ORDER BY t.id DESC LIMIT 20";
	struct str kind = str_of(block_kind_name(p->text.kind));
	struct rows r = db_query(s->db, sql, WITH(BLOB(p->hash), TEXT(kind), INT(m->document_id)));

	while (p->block_id == 0 && rows_next(&r)) {
		int64_t id = col_int(&r, 0);
		if (stands_in(m->v, m->n, id) || stands_in(s->next, s->n, id))
			continue;
		p->block_id = id;
		p->uid = col_text(&r, 1);
		p->audience = col_text(&r, 2);
	}
	return r.err;
}

static enum err recognise(struct splice *s, const struct manuscript *m)
{
	passages_align(s->a, s->old, s->old_count, s->next, s->n, &s->alignment);
	for (size_t j = 0; j < s->n; j++)
		if (s->alignment.match[j].old < s->old_count)
			keep_identity(&s->next[j], &s->old[s->alignment.match[j].old]);
	for (size_t j = 0; j < s->n; j++)
		if (s->next[j].block_id == 0)
			TRY(revive(s, m, &s->next[j]));
	return OK;
}

/* Kept until the new blocks have ids. */
static void note_lineage(struct splice *s, struct manuscript *m, size_t from)
{
	const struct alignment *al = &s->alignment;

	m->lineage = ARENA_ARRAY(s->a, struct passage_lineage, al->lineage_count);
	m->lineage_count = al->lineage_count;
	for (size_t i = 0; i < al->lineage_count; i++)
		m->lineage[i] =
		    (struct passage_lineage){.from_id = s->old[al->lineage[i].old].block_id,
					     .to = from + al->lineage[i].new_,
					     .kind = str_of(align_kin_name(al->lineage[i].kin))};
}

enum err manuscript_splice(struct db *db, struct arena *a, struct manuscript *m, struct passages p,
			   const struct block *blocks, size_t n)
{
	struct splice s = {.db = db,
			   .a = a,
			   .old = m->v + p.from,
			   .old_count = p.to - p.from,
			   .next = ARENA_ARRAY(a, struct passage, n),
			   .n = n};
	struct passage *all = ARENA_ARRAY(a, struct passage, m->n - s.old_count + n);
	size_t k = 0;

	for (size_t i = 0; i < n; i++)
		s.next[i] = (struct passage){.text = blocks[i],
					     .hash = passage_hash(a, &blocks[i]),
					     .audience = S("internal")};
	TRY(recognise(&s, m));
	for (size_t i = 0; i < p.from; i++)
		all[k++] = m->v[i];
	for (size_t i = 0; i < n; i++)
		all[k++] = s.next[i];
	for (size_t i = p.to; i < m->n; i++)
		all[k++] = m->v[i];
	m->v = all;
	m->n = k;
	note_lineage(&s, m, p.from);
	return OK;
}
