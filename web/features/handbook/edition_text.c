/* edition_text.c -- the two tables of an edition's text. */
#include "features/handbook/edition_text.h"

#include "base/secret.h"

static enum err load_sections(struct db *db, struct arena *a, int64_t edition_id,
			      struct edition_text *out)
{
	static const char count[] = "SELECT count(*) FROM edition_section WHERE edition_id = $1";
	static const char sql[] = "SELECT slug, number, title FROM edition_section"
				  " WHERE edition_id = $1 ORDER BY pos";
	int64_t n = 0;
	size_t i = 0;

	TRY(db_int(db, count, WITH(INT(edition_id)), &n));
	out->section_count = (size_t)n;
	out->sections = ARENA_ARRAY(a, struct edition_section, out->section_count);
	struct rows r = db_query(db, sql, WITH(INT(edition_id)));
	while (rows_next(&r) && i < out->section_count)
		out->sections[i++] =
		    (struct edition_section){col_text(&r, 0), col_text(&r, 1), col_text(&r, 2)};
	return r.err;
}

static struct edition_block read_block(struct rows *r)
{
	struct edition_block b = {.section = col_int(r, 0),
				  .uid = col_text(r, 1),
				  .number = col_text(r, 2),
				  .tip = col_int(r, 3) != 0};

	(void)block_kind_named(col_text(r, 4), &b.text.kind);
	b.text.level = (int)col_int(r, 5);
	b.text.ordered = col_int(r, 6) != 0;
	b.text.number = col_int(r, 7);
	b.text.label = col_text(r, 8);
	b.text.group = col_int(r, 9);
	b.text.markdown = col_text(r, 10);
	b.text.plain = col_text(r, 11);
	b.text.html = col_text(r, 12);
	return b;
}

enum err edition_text_load(struct db *db, struct arena *a, int64_t edition_id, int64_t section,
			   struct edition_text *out)
{
	static const char count[] = "SELECT count(*) FROM edition_block WHERE edition_id = $1"
				    " AND ($2 < 0 OR section = $2)";
	static const char sql[] =
	    "SELECT section, uid, number, tip, kind, level, ordered, item, label, list, markdown,"
	    " plain, html FROM edition_block WHERE edition_id = $1 AND ($2 < 0 OR section = $2)"
	    " ORDER BY pos";
	int64_t n = 0;
	size_t i = 0;

	*out = (struct edition_text){.n = 0};
	TRY(load_sections(db, a, edition_id, out));
	TRY(db_int(db, count, WITH(INT(edition_id), INT(section)), &n));
	out->n = (size_t)n;
	out->blocks = ARENA_ARRAY(a, struct edition_block, out->n);
	struct rows r = db_query(db, sql, WITH(INT(edition_id), INT(section)));
	while (rows_next(&r) && i < out->n)
		out->blocks[i++] = read_block(&r);
	return r.err;
}

static enum err store_block(struct db *db, int64_t edition_id, int64_t pos,
			    const struct edition_block *b)
{
	static const char sql[] =
	    "INSERT INTO edition_block (edition_id, pos, section, uid, number, tip, kind, level,"
	    " ordered, item, label, list, markdown, plain, html)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)";
	const struct block *t = &b->text;

	return db_run(db, sql,
		      WITH(INT(edition_id), INT(pos), INT(b->section), TEXT(b->uid),
			   TEXT(b->number), INT(b->tip), TEXT(str_of(block_kind_name(t->kind))),
			   INT(t->level), INT(t->ordered), INT(t->number), TEXT(t->label),
			   INT(t->group), TEXT(t->markdown), TEXT(t->plain), TEXT(t->html)),
		      NULL);
}

enum err edition_text_store(struct db *db, int64_t edition_id, const struct edition_text *t)
{
	static const char clear_blocks[] = "DELETE FROM edition_block WHERE edition_id = $1";
	static const char clear_sections[] = "DELETE FROM edition_section WHERE edition_id = $1";
	static const char sql[] = "INSERT INTO edition_section (edition_id, pos, slug, number,"
				  " title) VALUES ($1, $2, $3, $4, $5)";

	TRY(db_run(db, clear_blocks, WITH(INT(edition_id)), NULL));
	TRY(db_run(db, clear_sections, WITH(INT(edition_id)), NULL));
	for (size_t i = 0; i < t->section_count; i++) {
		const struct edition_section *s = &t->sections[i];
		TRY(db_run(db, sql,
			   WITH(INT(edition_id), INT((int64_t)i + 1), TEXT(s->slug),
				TEXT(s->number), TEXT(s->title)),
			   NULL));
	}
	for (size_t i = 0; i < t->n; i++)
		TRY(store_block(db, edition_id, (int64_t)i + 1, &t->blocks[i]));
	return OK;
}

/* With its length, so that words cannot wander from one field to the next unseen. */
static void put(struct buf *b, struct str s)
{
	buf_fmt(b, "%zu ", s.n);
	buf_add(b, s);
	buf_char(b, '\n');
}

struct str edition_html_hash(struct arena *a, const struct edition_text *t)
{
	struct buf b = {.arena = a};

	put(&b, t->title);
	put(&b, t->licence);
	for (size_t i = 0; i < t->section_count; i++) {
		put(&b, t->sections[i].slug);
		put(&b, t->sections[i].number);
		put(&b, t->sections[i].title);
	}
	for (size_t i = 0; i < t->n; i++) {
		const struct edition_block *e = &t->blocks[i];
		buf_fmt(&b, "%lld %s %d %d %lld %lld %d\n", (long long)e->section,
			block_kind_name(e->text.kind), e->text.level, e->text.ordered,
			(long long)e->text.number, (long long)e->text.group, e->tip);
		put(&b, e->uid);
		put(&b, e->number);
		put(&b, e->text.html);
		put(&b, e->text.plain);
	}
	return secret_sha256_hex(a, buf_str(&b));
}
