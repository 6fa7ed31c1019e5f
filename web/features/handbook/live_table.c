/* live_table.c -- the overview of the task forces as blocks of the handbook. */
#include "features/handbook/live_table.h"

#include "app/words.h"
#include "features/handbook/reanchor.h"
#include "features/handbook/splice.h"
#include "markup/compose.h"

static const struct str marker = S_INIT("{{" LIVE_TABLE_KEY "}}");

bool live_table_is(enum block_kind kind, struct str plain)
{
	return kind == BLOCK_PARAGRAPH && str_eq(plain, marker);
}

static struct str period(struct arena *a, struct str starts, struct str ends)
{
	struct date from = {0, 0, 0}, to = {0, 0, 0};

	(void)date_parse_iso(starts, &from);
	(void)date_parse_iso(ends, &to);
	if (date_is_none(to))
		return arena_fmt(a, "seit %.*s", ARG(date_month_year(a, from)));
	return arena_fmt(a, "%.*s bis %.*s", ARG(date_month_year(a, from)),
			 ARG(date_month_year(a, to)));
}

static void add_row(struct buf *b, struct rows *r)
{
	struct arena *a = b->arena;
	enum tf_status status = STATUS_PLANNED;

	(void)status_named(col_text(r, 5), &status);
	buf_fmt(b, "| %.*s | %.*s | %.*s | %.*s | %.*s |\n",
		ARG(markdown_escape(a, col_text(r, 0))), ARG(markdown_escape(a, col_text(r, 1))),
		ARG(markdown_escape(a, col_text(r, 4))),
		ARG(period(a, col_text(r, 2), col_text(r, 3))), ARG(status_label(status)));
}

/* No names of people: this text may become public. */
enum err live_table_blocks(struct db *db, struct arena *a, struct markdown_document *out)
{
	static const char sql[] =
	    "SELECT t.name, t.goal, t.starts_on, coalesce(t.ends_on, ''),"
	    "       coalesce((SELECT group_concat(short, ', ') FROM (SELECT m.short"
	    "         FROM task_force_municipality x JOIN municipality m ON m.id = "
	    "x.municipality_id"
	    "        WHERE x.task_force_id = t.id AND x.until IS NULL AND x.role <> 'reuse'"
	    "        ORDER BY x.role <> 'lead', m.sort_key)), ''),"
	    "       t.status"
	    "  FROM task_force t WHERE t.status <> 'cancelled' ORDER BY t.sort_key, t.id";
	struct buf b = {.arena = a};
	struct rows r = db_query(db, sql, WITH_NOTHING);

	while (rows_next(&r)) {
		if (b.n == 0)
			buf_add(&b, S("| Task Force | Ziel | Kommunen | Laufzeit | Stand |\n"
				      "| --- | --- | --- | --- | --- |\n"));
		add_row(&b, &r);
	}
	TRY(r.err);
	if (b.n == 0)
		buf_add(&b, S("Noch gibt es keine Task Force."));
	return markdown_document(a, buf_str(&b), out);
}

enum err live_table_html(struct db *db, struct arena *a, struct str *html)
{
	struct markdown_document doc;
	size_t n = 0;

	TRY(live_table_blocks(db, a, &doc));
	struct piece *pieces = ARENA_ARRAY(a, struct piece, doc.count);
	for (const struct block *b = doc.blocks; b != NULL; b = b->next)
		pieces[n++] = (struct piece){.kind = b->kind, .html = b->html};
	*html = compose_group(a, pieces, n);
	return OK;
}

enum err live_table_fill(struct db *db, struct arena *a, struct str html, struct str *out)
{
	static const struct str paragraph = S_INIT("<p>{{" LIVE_TABLE_KEY "}}</p>");
	struct buf b = {.arena = a};
	struct str table;
	size_t at = str_find(html, paragraph);

	*out = html;
	if (at == html.n)
		return OK;
	TRY(live_table_html(db, a, &table));
	for (; at < html.n; at = str_find(html, paragraph)) {
		buf_add(&b, str_head(html, at));
		buf_add(&b, table);
		html = str_from(html, at + paragraph.n);
	}
	buf_add(&b, html);
	*out = buf_str(&b);
	return OK;
}

/* Freezing ------------------------------------------------------------------------------------- */

struct freeze {
	struct db *db;
	struct arena *a;
	const struct manuscript *before;
	struct markdown_document table;
	struct manuscript *m;
};

static enum err descendants(struct freeze *f, int64_t marker_id, struct passage **out, size_t *n)
{
	static const char count_sql[] = "SELECT count(*) FROM block_lineage WHERE from_id = $1";
	static const char sql[] =
	    "SELECT b.id, b.uid, t.kind, t.plain, t.hash, t.audience, t.id, t.html FROM block b"
	    "  JOIN block_text t ON t.id = (SELECT max(id) FROM block_text WHERE block_id = b.id)"
	    " WHERE b.id IN (SELECT to_id FROM block_lineage WHERE from_id = $1 AND kind = "
	    "'replace')"
	    " ORDER BY b.id";
	int64_t most = 0;

	TRY(db_int(f->db, count_sql, WITH(INT(marker_id)), &most));
	struct passage *v = ARENA_ARRAY(f->a, struct passage, (size_t)most);
	struct rows r = db_query(f->db, sql, WITH(INT(marker_id)));
	for (*n = 0; rows_next(&r) && *n < (size_t)most; (*n)++) {
		struct passage *p = &v[*n];
		*p = (struct passage){.block_id = col_int(&r, 0),
				      .uid = col_text(&r, 1),
				      .hash = col_text(&r, 4),
				      .audience = col_text(&r, 5),
				      .text_id = col_int(&r, 6)};
		(void)block_kind_named(col_text(&r, 2), &p->text.kind);
		p->text.plain = col_text(&r, 3);
		p->text.html = col_text(&r, 7);
	}
	*out = v;
	return r.err;
}

/* The row of a task force is the one of the version before, also when its words changed. */
static void keep_identity(struct freeze *f, const struct passage *old, size_t n,
			  struct passage *next, size_t m)
{
	struct alignment alignment;

	passages_align(f->a, old, n, next, m, &alignment);
	for (size_t i = 0; i < m; i++) {
		if (alignment.match[i].old >= n)
			continue;
		const struct passage *known = &old[alignment.match[i].old];
		next[i].block_id = known->block_id;
		next[i].uid = known->uid;
		if (str_eq(known->audience, next[i].audience) &&
		    passage_same_wording(&known->text, &next[i].text))
			next[i].text_id = known->text_id;
	}
}

static enum err replace(struct freeze *f, const struct passage *p)
{
	struct manuscript *m = f->m;
	struct passage *rows = m->v + m->n, *old = NULL;
	size_t n = 0, old_count = 0;

	for (const struct block *b = f->table.blocks; b != NULL; b = b->next)
		rows[n++] = (struct passage){.text = *b,
					     .hash = passage_hash(f->a, b),
					     .audience = p->audience,
					     .section_uid = p->section_uid,
					     .number = p->number};
	TRY(descendants(f, p->block_id, &old, &old_count));
	keep_identity(f, old, old_count, rows, n);
	for (size_t i = 0; i < n; i++)
		m->lineage[m->lineage_count++] = (struct passage_lineage){
		    .from_id = p->block_id, .to = m->n + i, .kind = S("replace")};
	m->n += n;
	return OK;
}

static enum err replace_all(struct freeze *f)
{
	for (size_t i = 0; i < f->before->n; i++) {
		const struct passage *p = &f->before->v[i];
		if (live_table_is(p->text.kind, p->text.plain))
			TRY(replace(f, p));
		else
			f->m->v[f->m->n++] = *p;
	}
	return OK;
}

/* The rows in place; `after` is `before` when there is no such paragraph. */
static enum err expand(struct db *db, struct arena *a, const struct manuscript *before,
		       struct manuscript *after, bool *any)
{
	struct freeze f = {.db = db, .a = a, .before = before, .m = after};
	size_t tables = 0;

	*after = *before;
	for (size_t i = 0; i < before->n; i++)
		tables += live_table_is(before->v[i].text.kind, before->v[i].text.plain);
	*any = tables > 0;
	if (tables == 0)
		return OK;
	TRY(live_table_blocks(db, a, &f.table));
	after->n = 0;
	after->v = ARENA_ARRAY(a, struct passage, before->n + tables * f.table.count);
	after->lineage = ARENA_ARRAY(a, struct passage_lineage, tables * f.table.count);
	after->lineage_count = 0;
	return replace_all(&f);
}

enum err live_text_load(struct db *db, struct arena *a, int64_t revision_id, struct manuscript *out)
{
	struct manuscript stored;
	bool any;

	TRY(manuscript_load(db, a, revision_id, &stored));
	TRY(expand(db, a, &stored, out, &any));
	for (size_t i = 0; any && i < out->n; i++)
		if (out->v[i].uid.n == 0)
			out->v[i].uid = arena_fmt(a, "zeile-%zu", i);
	return OK;
}

enum err live_tables_freeze(struct db *db, struct arena *a, int64_t author_id, int64_t revision_id)
{
	static const char sql[] =
	    "SELECT count(*) FROM revision_block b JOIN block_text t ON t.id = b.block_text_id"
	    " WHERE b.revision_id = $1 AND t.kind = 'paragraph' AND t.plain = $2";
	struct manuscript before, after;
	int64_t tables = 0;
	bool any;

	TRY(db_int(db, sql, WITH(INT(revision_id), TEXT(marker)), &tables));
	if (tables == 0)
		return OK;
	TRY(manuscript_load(db, a, revision_id, &before));
	TRY(expand(db, a, &before, &after, &any));
	TRY(manuscript_store(db, a, author_id, &after));
	return reanchor(db, a, &before, &after);
}
