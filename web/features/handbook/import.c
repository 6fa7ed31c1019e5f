/* import.c -- a Markdown file becomes the next version of the handbook. */
#include "app/audit.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/file.h"
#include "base/secret.h"
#include "features/handbook/align.h"
#include "features/handbook/handbook.h"
#include "features/handbook/outline.h"
#include "markup/normal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { UID_CHARS = 8 };

/* A block of the version in force, to be recognised in the new text. */
struct known {
	int64_t block_id, text_id;
	struct str uid;
	struct block text;
};

struct import {
	struct db *db;
	struct arena *a;
	int64_t now, document_id, revision_id, base_id, major;
	struct align_side *sides; /* the new blocks */
	struct known *known;
	struct align_side *known_sides;
	size_t known_count;
	struct alignment alignment;
	struct str preface_uid, *chapter_uids;
};

static struct known known_read(struct rows *r)
{
	struct known k = {
	    .block_id = col_int(r, 0), .text_id = col_int(r, 1), .uid = col_text(r, 2)};

	k.text = (struct block){.html = col_text(r, 4),
				.level = (int)col_int(r, 6),
				.ordered = col_int(r, 7) != 0,
				.number = col_int(r, 8),
				.label = col_text(r, 9)};
	/* A kind nobody knows is like none of the new ones. */
	if (!block_kind_named(col_text(r, 5), &k.text.kind))
		k.text.level = -1;
	return k;
}

/* To the letter, and of the same shape: three equal lines may have become a list. */
static bool same_wording(const struct block *a, const struct block *b)
{
	return str_eq(a->html, b->html) && a->kind == b->kind && a->level == b->level &&
	       a->ordered == b->ordered && a->number == b->number && str_eq(a->label, b->label);
}

static enum err load_base(struct import *im)
{
	static const char sql[] =
	    "SELECT d.id, r.id, r.major FROM document d JOIN revision r ON r.document_id = d.id"
	    " WHERE r.state = 'in_force'";
	static const char block_sql[] =
	    "SELECT b.id, t.id, b.uid, t.hash, t.html, t.kind, t.level, t.ordered, t.number, "
	    "t.label"
	    "  FROM revision_block rb"
	    "  JOIN block_text t ON t.id = rb.block_text_id JOIN block b ON b.id = t.block_id"
	    " WHERE rb.revision_id = $1 ORDER BY rb.pos";
	struct rows r = db_query(im->db, sql, WITH_NOTHING);

	if (!rows_next(&r))
		return r.err;
	im->document_id = col_int(&r, 0);
	im->base_id = col_int(&r, 1);
	im->major = col_int(&r, 2);
	im->known = ARENA_ARRAY(im->a, struct known, MARKDOWN_DOCUMENT_BLOCKS);
	im->known_sides = ARENA_ARRAY(im->a, struct align_side, MARKDOWN_DOCUMENT_BLOCKS);
	struct rows b = db_query(im->db, block_sql, WITH(INT(im->base_id)));
	while (rows_next(&b) && im->known_count < MARKDOWN_DOCUMENT_BLOCKS) {
		struct known *k = &im->known[im->known_count];
		*k = known_read(&b);
		im->known_sides[im->known_count++] =
		    (struct align_side){.hash = col_text(&b, 3), .kind = (int)k->text.kind};
	}
	return b.err;
}

/* The first version makes the document; a later one takes the place of the one in force. */
static enum err insert_revision(struct import *im, struct str title)
{
	static const char document_sql[] =
	    "INSERT INTO document (slug, title, next_review_on) VALUES ('handbuch', $1, $2)"
	    " RETURNING id";
	static const char title_sql[] = "UPDATE document SET title = $2 WHERE id = $1";
	static const char supersede_sql[] =
	    "UPDATE revision SET state = 'superseded' WHERE id = $1";
	static const char sql[] =
	    "INSERT INTO revision (document_id, major, minor, state, base_id, change, summary,"
	    " effective_on, created_at)"
	    " VALUES ($1, $2, 0, 'in_force', $3, 'content', 'Import', $4, $5) RETURNING id";
	struct date today = date_today();

	if (im->base_id == 0) {
		TRY(db_int(im->db, document_sql,
			   WITH(TEXT(title), TEXT(date_iso(im->a, date_add_months(today, 6)))),
			   &im->document_id));
	} else {
		TRY(db_run(im->db, title_sql, WITH(INT(im->document_id), TEXT(title)), NULL));
		TRY(db_run(im->db, supersede_sql, WITH(INT(im->base_id)), NULL));
	}
	return db_int(im->db, sql,
		      WITH(INT(im->document_id), INT(im->major + 1), INT_OR_NONE(im->base_id),
			   TEXT(date_iso(im->a, today)), INT(im->now)),
		      &im->revision_id);
}

static enum err insert_text(struct import *im, int64_t block_id, const struct block *b,
			    struct str hash, int64_t *text_id)
{
	static const char sql[] =
	    "INSERT INTO block_text (block_id, kind, level, ordered, number, label, markdown, "
	    "plain,"
	    " html, hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
	    " RETURNING id";

	return db_int(im->db, sql,
		      WITH(INT(block_id), TEXT(str_of(block_kind_name(b->kind))), INT(b->level),
			   INT(b->ordered), INT(b->number), TEXT(b->label), TEXT(b->markdown),
			   TEXT(b->plain), TEXT(b->html), BLOB(hash), INT(im->now)),
		      text_id);
}

/* A known block keeps its id, and its wording too when that is the same. */
static enum err place_block(struct import *im, size_t i, const struct block *b, struct str *uid,
			    int64_t *text_id)
{
	static const char sql[] =
	    "INSERT INTO block (uid, document_id, born_in) VALUES ($1, $2, $3) RETURNING id";
	int64_t block_id = 0;

	if (im->alignment.match[i].how == ALIGN_NEW) {
		*uid = str_head(secret_id(im->a), UID_CHARS);
		TRY(db_int(im->db, sql,
			   WITH(TEXT(*uid), INT(im->document_id), INT(im->revision_id)),
			   &block_id));
		return insert_text(im, block_id, b, im->sides[i].hash, text_id);
	}
	const struct known *known = &im->known[im->alignment.match[i].old];
	*uid = known->uid;
	*text_id = known->text_id;
	if (same_wording(&known->text, b))
		return OK;
	return insert_text(im, known->block_id, b, im->sides[i].hash, text_id);
}

static enum err retire_blocks(struct import *im)
{
	static const char sql[] =
	    "UPDATE block SET retired_in = $1 WHERE document_id = $2 AND retired_in IS NULL"
	    " AND id NOT IN (SELECT t.block_id FROM revision_block rb"
	    "   JOIN block_text t ON t.id = rb.block_text_id WHERE rb.revision_id = $1)";

	return db_run(im->db, sql, WITH(INT(im->revision_id), INT(im->document_id)), NULL);
}

/* The block that heads the section this one stands in. */
static struct str section_of(struct import *im, const struct outline *o, size_t i, struct str uid)
{
	size_t chapter = o->blocks[i].chapter;

	if (chapter == OUTLINE_PREFACE) {
		if (im->preface_uid.n == 0)
			im->preface_uid = uid;
		return im->preface_uid;
	}
	if (o->chapters[chapter].heading == o->blocks[i].block)
		im->chapter_uids[chapter] = uid;
	return im->chapter_uids[chapter];
}

static enum err insert_blocks(struct import *im, const struct outline *o)
{
	static const char sql[] = "INSERT INTO revision_block (revision_id, pos, section_uid, "
				  "block_text_id, list, number)"
				  " VALUES ($1, $2, $3, $4, $5, $6)";

	for (size_t i = 0; i < o->n; i++) {
		struct str uid = S("");
		int64_t text_id = 0;
		TRY(place_block(im, i, o->blocks[i].block, &uid, &text_id));
		TRY(db_run(im->db, sql,
			   WITH(INT(im->revision_id), INT((int64_t)i + 1),
				TEXT(section_of(im, o, i, uid)), INT(text_id),
				INT(o->blocks[i].block->group), TEXT(o->blocks[i].number)),
			   NULL));
	}
	return OK;
}

static enum err insert_chapters(struct import *im, const struct outline *o)
{
	static const char sql[] =
	    "INSERT INTO revision_section (revision_id, pos, uid, slug, number, title, words)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

	for (size_t i = 0; i < o->chapter_count; i++)
		TRY(db_run(im->db, sql,
			   WITH(INT(im->revision_id), INT((int64_t)i + 1),
				TEXT(im->chapter_uids[i]), TEXT(o->chapters[i].slug),
				TEXT(o->chapters[i].number), TEXT(o->chapters[i].heading->plain),
				INT(o->chapters[i].words)),
			   NULL));
	return OK;
}

/* Equal blocks only: without their words, none is found by likeness. */
static void recognise(struct import *im, const struct outline *o)
{
	im->sides = ARENA_ARRAY(im->a, struct align_side, o->n);
	for (size_t i = 0; i < o->n; i++) {
		const struct block *b = o->blocks[i].block;
		im->sides[i] = (struct align_side){
		    .hash = secret_hash(im->a, normal_plain(im->a, b->plain), S("")),
		    .kind = (int)b->kind};
	}
	align_blocks(im->a, im->known_sides, im->known_count, im->sides, o->n, &im->alignment);
}

static enum err store(struct db *db, struct arena *a, const struct outline *o, bool new_version,
		      int64_t *major)
{
	struct import im = {.db = db,
			    .a = a,
			    .now = clock_now(),
			    .chapter_uids = ARENA_ARRAY(a, struct str, o->chapter_count)};
	struct buf after = {.arena = a};

	TRY(load_base(&im));
	*major = im.major;
	if (im.base_id != 0 && !new_version)
		return E_CONFLICT;
	recognise(&im, o);
	TRY(insert_revision(&im, o->title));
	TRY(insert_blocks(&im, o));
	TRY(insert_chapters(&im, o));
	TRY(retire_blocks(&im));
	*major = im.major + 1;
	json_pair(&after, "title", o->title);
	json_pair(&after, "blocks", arena_fmt(a, "%zu", o->n));
	return audit_operator(db, "handbook.import",
			      arena_fmt(a, "revision/%" PRId64, im.revision_id), json_end(&after));
}

enum err handbook_import(struct db *db, struct arena *a, struct str markdown)
{
	struct markdown_document doc;
	struct outline outline;
	int64_t major;

	TRY(markdown_document(a, normal_nfc(a, markdown), &doc));
	outline_make(a, &doc, &outline);
	return store(db, a, &outline, false, &major);
}

/* The command ---------------------------------------------------------------------------------- */

static void print_preview(const char *path, const struct markdown_document *doc,
			  const struct outline *o)
{
	for (const struct markdown_warning *w = doc->warnings; w != NULL; w = w->next)
		printf("%s:%" PRId64 ": %.*s\n", path, w->line, ARG(w->text));
	printf("\n%.*s\n", ARG(o->title));
	for (size_t i = 0; i < o->chapter_count; i++)
		printf("  %.*s %.*s (%" PRId64 " words)\n", ARG(o->chapters[i].number),
		       ARG(o->chapters[i].heading->plain), o->chapters[i].words);
	printf("\n%zu blocks in %zu chapters, %zu warnings\n", o->n, o->chapter_count,
	       doc->warning_count);
}

static int write_all(struct db *db, struct arena *a, const struct outline *o, bool new_version)
{
	int64_t major = 0;
	enum err err = db_begin_write(db, a);

	if (err == OK)
		err = store(db, a, o, new_version, &major);
	if (err == OK)
		err = db_commit(db);
	db_rollback(db);
	if (err == E_CONFLICT)
		fprintf(
		    stderr,
		    "There is a handbook already; nothing was changed. To put this text in force"
		    " as version %" PRId64 ".0, add --new-version.\n",
		    major + 1);
	else if (err != OK)
		fprintf(stderr, "Not imported: %s. Nothing was changed.\n", err_name(err));
	else
		printf("In force as version %" PRId64 ".0.\n", major);
	return err == OK ? 0 : 1;
}

struct options {
	const char *file;
	bool dry_run, new_version;
};

static bool read_options(int argc, char **argv, struct options *o)
{
	*o = (struct options){.file = NULL};
	for (int i = 0; i < argc; i++) {
		if (strcmp(argv[i], "--dry-run") == 0)
			o->dry_run = true;
		else if (strcmp(argv[i], "--new-version") == 0)
			o->new_version = true;
		else if (argv[i][0] == '-' || o->file != NULL)
			return false;
		else
			o->file = argv[i];
	}
	return o->file != NULL;
}

int handbook_import_command(struct db *db, struct arena *a, int argc, char **argv)
{
	struct markdown_document doc;
	struct outline outline;
	struct options options;
	struct str text;

	if (!read_options(argc, argv, &options)) {
		fprintf(stderr,
			"usage: handschlag import-handbook FILE.md [--dry-run] [--new-version]\n");
		return 2;
	}
	if (!file_read(a, options.file, MARKDOWN_DOCUMENT_BYTES, &text)) {
		fprintf(stderr, "%s: cannot be read, or larger than 1 MiB\n", options.file);
		return 1;
	}
	if (markdown_document(a, normal_nfc(a, text), &doc) != OK) {
		fprintf(stderr, "%s: too large; a handbook has at most 2,000 blocks\n",
			options.file);
		return 1;
	}
	outline_make(a, &doc, &outline);
	print_preview(options.file, &doc, &outline);
	if (outline.n == 0) {
		fprintf(stderr, "%s: there is no text in it\n", options.file);
		return 1;
	}
	return options.dry_run ? 0 : write_all(db, a, &outline, options.new_version);
}
