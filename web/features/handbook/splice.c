/* splice.c -- recognises old blocks in a new text and takes over their identity. */
#include "features/handbook/splice.h"

#include "features/handbook/align.h"
#include "markup/diff.h"

enum { ALIKE = 50, COMPARISONS_MAX = 200 * 200 };

struct splice {
	struct db *db;
	struct arena *a;
	const struct passage *old;
	size_t old_count;
	struct passage *next;
	size_t n;
	size_t *match; /* for each new one its old one, or ALIGN_NEW */
	bool *taken;   /* old ones */
};

static struct str *hashes(struct arena *a, const struct passage *v, size_t n)
{
	struct str *h = ARENA_ARRAY(a, struct str, n);

	for (size_t i = 0; i < n; i++)
		h[i] = v[i].hash;
	return h;
}

/* A heading never becomes a paragraph; a paragraph may become a list item. */
static bool kinds_fit(enum block_kind a, enum block_kind b)
{
	bool flowing_a = a == BLOCK_PARAGRAPH || a == BLOCK_LIST_ITEM || a == BLOCK_QUOTE;
	bool flowing_b = b == BLOCK_PARAGRAPH || b == BLOCK_LIST_ITEM || b == BLOCK_QUOTE;

	return a == b || (flowing_a && flowing_b);
}

static void take_over(struct splice *s, size_t j, size_t i)
{
	s->match[j] = i;
	s->taken[i] = true;
}

/* The best old one for the new block j among those between from and to. */
static size_t most_alike(struct splice *s, const struct diff_set *old, const struct diff_set *next,
			 size_t j, size_t from, size_t to)
{
	size_t best = ALIGN_NEW;
	int score = ALIKE - 1;

	for (size_t i = from; i < to; i++) {
		if (s->taken[i] || !kinds_fit(s->old[i].text.kind, s->next[j].text.kind))
			continue;
		int alike = diff_set_likeness(&old[i], &next[j]);
		if (alike > score) {
			score = alike;
			best = i;
		}
	}
	return best;
}

static struct diff_set *sets(struct arena *a, const struct passage *v, size_t n)
{
	struct diff_set *set = ARENA_ARRAY(a, struct diff_set, n);

	for (size_t i = 0; i < n; i++)
		set[i] = diff_set_of(a, v[i].text.plain);
	return set;
}

/* First between neighbours that are known, where a rewritten block most likely stands; then
 * anywhere in the section. */
static void recognise_rewritten(struct splice *s)
{
	struct diff_set *old = sets(s->a, s->old, s->old_count), *next = sets(s->a, s->next, s->n);
	size_t from = 0;

	for (size_t j = 0; j < s->n; j++) {
		if (s->match[j] != ALIGN_NEW) {
			from = s->match[j] + 1;
			continue;
		}
		size_t to = s->old_count, best;
		for (size_t k = j + 1; k < s->n && to == s->old_count; k++)
			if (s->match[k] != ALIGN_NEW && s->match[k] >= from)
				to = s->match[k];
		best = most_alike(s, old, next, j, from, to);
		if (best != ALIGN_NEW)
			take_over(s, j, best);
	}
	if (s->n * s->old_count > COMPARISONS_MAX)
		return;
	for (size_t j = 0; j < s->n; j++) {
		size_t best = s->match[j] != ALIGN_NEW
				  ? ALIGN_NEW
				  : most_alike(s, old, next, j, 0, s->old_count);
		if (best != ALIGN_NEW)
			take_over(s, j, best);
	}
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
	s->match = align_blocks(s->a, hashes(s->a, s->old, s->old_count), s->old_count,
				hashes(s->a, s->next, s->n), s->n);
	s->taken = ARENA_ARRAY(s->a, bool, s->old_count);
	for (size_t j = 0; j < s->n; j++)
		if (s->match[j] != ALIGN_NEW)
			s->taken[s->match[j]] = true;
	recognise_rewritten(s);
	for (size_t j = 0; j < s->n; j++)
		if (s->match[j] < s->old_count)
			keep_identity(&s->next[j], &s->old[s->match[j]]);
	for (size_t j = 0; j < s->n; j++)
		if (s->next[j].block_id == 0)
			TRY(revive(s, m, &s->next[j]));
	return OK;
}

enum err manuscript_splice(struct db *db, struct arena *a, struct manuscript *m,
			   struct str section_uid, const struct block *blocks, size_t n)
{
	struct passages p = manuscript_section(m, section_uid);
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
	return OK;
}
