/* manuscript.c -- reads and writes the list of a version's blocks. */
#include "features/handbook/manuscript.h"

#include "base/clock.h"
#include "base/secret.h"
#include "features/handbook/outline.h"
#include "features/handbook/search_index.h"
#include "markup/normal.h"

#include <inttypes.h>

enum { UID_CHARS = 8, STATE_CHARS = 16 };

struct str passage_hash(struct arena *a, const struct block *b)
{
	return secret_hash(a, normal_plain(a, b->plain), S(""));
}

bool passage_same_wording(const struct block *a, const struct block *b)
{
	return str_eq(a->html, b->html) && a->kind == b->kind && a->level == b->level &&
	       a->ordered == b->ordered && a->number == b->number && str_eq(a->label, b->label);
}

/* Reading -------------------------------------------------------------------------------------- */

static enum err count_blocks(struct db *db, struct manuscript *m)
{
	static const char sql[] = "SELECT count(*) FROM revision_block WHERE revision_id = $1";
	static const char head[] = "SELECT d.id, d.title FROM revision r"
				   "  JOIN document d ON d.id = r.document_id WHERE r.id = $1";
	struct rows r = db_query(db, head, WITH(INT(m->revision_id)));
	int64_t n = 0;

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	m->document_id = col_int(&r, 0);
	m->title = col_text(&r, 1);
	TRY(db_int(db, sql, WITH(INT(m->revision_id)), &n));
	m->n = (size_t)n;
	return OK;
}

static struct passage read_passage(struct rows *r)
{
	struct passage p = {.block_id = col_int(r, 0),
			    .text_id = col_int(r, 1),
			    .uid = col_text(r, 2),
			    .hash = col_text(r, 3),
			    .audience = col_text(r, 4),
			    .section_uid = col_text(r, 5),
			    .number = col_text(r, 6)};

	p.text = (struct block){.level = (int)col_int(r, 8),
				.ordered = col_int(r, 9) != 0,
				.number = col_int(r, 10),
				.label = col_text(r, 11),
				.group = col_int(r, 12),
				.markdown = col_text(r, 13),
				.plain = col_text(r, 14),
				.html = col_text(r, 15)};
	(void)block_kind_named(col_text(r, 7), &p.text.kind);
	return p;
}

/* Chapter by chapter: in texts of an older import all footnotes stand at the very end. */
enum err manuscript_load(struct db *db, struct arena *a, int64_t revision_id,
			 struct manuscript *out)
{
	static const char sql[] =
	    "SELECT b.id, t.id, b.uid, t.hash, t.audience, rb.section_uid, rb.number, t.kind,"
	    " t.level, t.ordered, t.number, t.label, rb.list, t.markdown, t.plain, t.html"
	    "  FROM revision_block rb"
	    "  JOIN block_text t ON t.id = rb.block_text_id JOIN block b ON b.id = t.block_id"
	    "  LEFT JOIN revision_section s"
	    "    ON s.revision_id = rb.revision_id AND s.uid = rb.section_uid"
	    " WHERE rb.revision_id = $1 ORDER BY coalesce(s.pos, 0), rb.pos";
	size_t i = 0;

	*out = (struct manuscript){.revision_id = revision_id};
	TRY(count_blocks(db, out));
	out->v = ARENA_ARRAY(a, struct passage, out->n);
	struct rows r = db_query(db, sql, WITH(INT(revision_id)));
	while (rows_next(&r) && i < out->n)
		out->v[i++] = read_passage(&r);
	return r.err;
}

struct passages manuscript_section(const struct manuscript *m, struct str section_uid)
{
	struct passages p = {0, 0};

	while (p.from < m->n && !str_eq(m->v[p.from].section_uid, section_uid))
		p.from++;
	for (p.to = p.from; p.to < m->n && str_eq(m->v[p.to].section_uid, section_uid);)
		p.to++;
	return p;
}

struct passages manuscript_whole(const struct manuscript *m)
{
	return (struct passages){0, m->n};
}

struct str manuscript_state(struct arena *a, const struct manuscript *m, struct passages p)
{
	struct buf b = {.arena = a};

	for (size_t i = p.from; i < p.to; i++)
		buf_fmt(&b, "%" PRId64 " ", m->v[i].text_id);
	return str_head(secret_hex(a, secret_hash(a, buf_str(&b), S(""))), STATE_CHARS);
}

void manuscript_outline(struct arena *a, struct manuscript *m, struct outline *out)
{
	struct markdown_document doc = {.count = m->n, .blocks = m->n > 0 ? &m->v[0].text : NULL};

	for (size_t i = 0; i < m->n; i++)
		m->v[i].text.next = i + 1 < m->n ? &m->v[i + 1].text : NULL;
	outline_make(a, &doc, out);
}

/* Writing -------------------------------------------------------------------------------------- */

struct writer {
	struct db *db;
	struct arena *a;
	struct manuscript *m;
	int64_t author_id, now;
};

static enum err insert_block(struct writer *w, struct passage *p)
{
	static const char sql[] =
	    "INSERT INTO block (uid, document_id, born_in) VALUES ($1, $2, $3) RETURNING id";

	p->uid = str_head(secret_id(w->a), UID_CHARS);
	return db_int(w->db, sql,
		      WITH(TEXT(p->uid), INT(w->m->document_id), INT(w->m->revision_id)),
		      &p->block_id);
}

static enum err insert_text(struct writer *w, struct passage *p)
{
	static const char sql[] =
	    "INSERT INTO block_text (block_id, kind, level, ordered, number, label, markdown,"
	    " plain, html, hash, audience, author_id, created_at)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING id";
	const struct block *b = &p->text;

	TRY(db_int(w->db, sql,
		   WITH(INT(p->block_id), TEXT(str_of(block_kind_name(b->kind))), INT(b->level),
			INT(b->ordered), INT(b->number), TEXT(b->label), TEXT(b->markdown),
			TEXT(b->plain), TEXT(b->html), BLOB(p->hash), TEXT(p->audience),
			INT_OR_NONE(w->author_id), INT(w->now)),
		   &p->text_id));
	return search_index_text(w->db, w->a, p->text_id, b->plain);
}

static enum err store_texts(struct writer *w)
{
	for (size_t i = 0; i < w->m->n; i++) {
		struct passage *p = &w->m->v[i];
		if (p->block_id == 0)
			TRY(insert_block(w, p));
		if (p->text_id == 0)
			TRY(insert_text(w, p));
	}
	return OK;
}

/* Lists and tables of sections that were parsed apart may have the same number. */
static void count_groups(struct manuscript *m)
{
	int64_t before = 0, count = 0;

	for (size_t i = 0; i < m->n; i++) {
		int64_t group = m->v[i].text.group;
		if (group != 0)
			m->v[i].text.group = group == before ? count : ++count;
		before = group;
	}
}

/* Sections and numbers from the outline, whose blocks are those of the manuscript in their order.
 */
static void place(struct writer *w, struct outline *o)
{
	struct manuscript *m = w->m;
	struct str section = S("");
	size_t chapter = OUTLINE_PREFACE;

	count_groups(m);
	manuscript_outline(w->a, m, o);
	for (size_t i = 0; i < m->n; i++) {
		if (i == 0 || o->blocks[i].chapter != chapter)
			section = m->v[i].uid;
		chapter = o->blocks[i].chapter;
		m->v[i].section_uid = section;
		m->v[i].number = o->blocks[i].number;
	}
	m->title = o->title;
}

static enum err store_list(struct writer *w)
{
	static const char clear[] = "DELETE FROM revision_block WHERE revision_id = $1";
	static const char sql[] = "INSERT INTO revision_block (revision_id, pos, section_uid,"
				  " block_text_id, list, number) VALUES ($1, $2, $3, $4, $5, $6)";
	const struct manuscript *m = w->m;

	TRY(db_run(w->db, clear, WITH(INT(m->revision_id)), NULL));
	for (size_t i = 0; i < m->n; i++)
		TRY(db_run(w->db, sql,
			   WITH(INT(m->revision_id), INT((int64_t)i + 1), TEXT(m->v[i].section_uid),
				INT(m->v[i].text_id), INT(m->v[i].text.group),
				TEXT(m->v[i].number)),
			   NULL));
	return OK;
}

static enum err store_chapters(struct writer *w, const struct outline *o)
{
	static const char clear[] = "DELETE FROM revision_section WHERE revision_id = $1";
	static const char sql[] =
	    "INSERT INTO revision_section (revision_id, pos, uid, slug, number, title, words)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7)";
	size_t i = 0;

	TRY(db_run(w->db, clear, WITH(INT(w->m->revision_id)), NULL));
	for (size_t c = 0; c < o->chapter_count; c++) {
		while (o->blocks[i].block != o->chapters[c].heading)
			i++;
		TRY(db_run(w->db, sql,
			   WITH(INT(w->m->revision_id), INT((int64_t)c + 1), TEXT(w->m->v[i].uid),
				TEXT(o->chapters[c].slug), TEXT(o->chapters[c].number),
				TEXT(o->chapters[c].heading->plain), INT(o->chapters[c].words)),
			   NULL));
	}
	return OK;
}

static enum err store_lineage(struct writer *w)
{
	static const char sql[] = "INSERT INTO block_lineage (from_id, to_id, revision_id, kind)"
				  " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
	const struct manuscript *m = w->m;

	for (size_t i = 0; i < m->lineage_count; i++) {
		const struct passage_lineage *l = &m->lineage[i];
		if (l->from_id != m->v[l->to].block_id)
			TRY(db_run(w->db, sql,
				   WITH(INT(l->from_id), INT(m->v[l->to].block_id),
					INT(m->revision_id), TEXT(l->kind)),
				   NULL));
	}
	return OK;
}

enum err manuscript_store(struct db *db, struct arena *a, int64_t author_id, struct manuscript *m)
{
	struct writer w = {.db = db, .a = a, .m = m, .author_id = author_id, .now = clock_now()};
	struct outline outline;

	TRY(store_texts(&w));
	TRY(store_lineage(&w));
	place(&w, &outline);
	TRY(store_list(&w));
	return store_chapters(&w, &outline);
}

enum err manuscript_retire(struct db *db, int64_t document_id, int64_t revision_id)
{
	static const char sql[] =
	    "UPDATE block SET retired_in = CASE WHEN id IN (SELECT t.block_id"
	    "    FROM revision_block rb JOIN block_text t ON t.id = rb.block_text_id"
	    "   WHERE rb.revision_id = $1) THEN NULL ELSE coalesce(retired_in, $1) END"
	    " WHERE document_id = $2";

	return db_run(db, sql, WITH(INT(revision_id), INT(document_id)), NULL);
}
