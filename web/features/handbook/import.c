/* import.c -- a Markdown file becomes the first version of the handbook. */
#include "app/audit.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/secret.h"
#include "features/handbook/handbook.h"
#include "features/handbook/outline.h"
#include "markup/normal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { UID_CHARS = 8 };

struct import {
	struct db *db;
	struct arena *a;
	int64_t now, document_id, revision_id;
	struct str preface_uid, *chapter_uids;
};

static enum err insert_document(struct import *im, struct str title)
{
	static const char document_sql[] =
	    "INSERT INTO document (slug, title, next_review_on) VALUES ('handbuch', $1, $2)"
	    " RETURNING id";
	static const char revision_sql[] =
	    "INSERT INTO revision (document_id, major, minor, state, change, summary, effective_on,"
	    " created_at) VALUES ($1, 1, 0, 'in_force', 'content', 'Import', $2, $3) RETURNING id";
	struct date today = date_today();

	TRY(db_int(im->db, document_sql,
		   WITH(TEXT(title), TEXT(date_iso(im->a, date_add_months(today, 6)))),
		   &im->document_id));
	return db_int(im->db, revision_sql,
		      WITH(INT(im->document_id), TEXT(date_iso(im->a, today)), INT(im->now)),
		      &im->revision_id);
}

static enum err insert_text(struct import *im, struct str uid, const struct block *b,
			    int64_t *text_id)
{
	static const char block_sql[] =
	    "INSERT INTO block (uid, document_id, born_in) VALUES ($1, $2, $3) RETURNING id";
	static const char text_sql[] =
	    "INSERT INTO block_text (block_id, kind, level, ordered, number, label, markdown, "
	    "plain,"
	    " html, hash, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
	    " RETURNING id";
	struct str hash = secret_hash(im->a, normal_plain(im->a, b->plain), S(""));
	int64_t block_id = 0;

	TRY(db_int(im->db, block_sql, WITH(TEXT(uid), INT(im->document_id), INT(im->revision_id)),
		   &block_id));
	return db_int(im->db, text_sql,
		      WITH(INT(block_id), TEXT(str_of(block_kind_name(b->kind))), INT(b->level),
			   INT(b->ordered), INT(b->number), TEXT(b->label), TEXT(b->markdown),
			   TEXT(b->plain), TEXT(b->html), BLOB(hash), INT(im->now)),
		      text_id);
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
		struct str uid = str_head(secret_id(im->a), UID_CHARS);
		int64_t text_id = 0;
		TRY(insert_text(im, uid, o->blocks[i].block, &text_id));
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

static enum err store(struct db *db, struct arena *a, const struct outline *o)
{
	struct import im = {.db = db,
			    .a = a,
			    .now = clock_now(),
			    .chapter_uids = ARENA_ARRAY(a, struct str, o->chapter_count)};
	struct buf after = {.arena = a};
	int64_t existing = 0;

	TRY(db_int(db, "SELECT count(*) FROM document", WITH_NOTHING, &existing));
	if (existing > 0)
		return E_CONFLICT;
	TRY(insert_document(&im, o->title));
	TRY(insert_blocks(&im, o));
	TRY(insert_chapters(&im, o));
	json_pair(&after, "title", o->title);
	json_pair(&after, "blocks", arena_fmt(a, "%zu", o->n));
	return audit_operator(db, "handbook.import",
			      arena_fmt(a, "revision/%" PRId64, im.revision_id), json_end(&after));
}

enum err handbook_import(struct db *db, struct arena *a, struct str markdown)
{
	struct markdown_document doc;
	struct outline outline;

	TRY(markdown_document(a, normal_nfc(a, markdown), &doc));
	outline_make(a, &doc, &outline);
	return store(db, a, &outline);
}

/* The command ---------------------------------------------------------------------------------- */

static bool read_file(struct arena *a, const char *path, struct str *out)
{
	FILE *f = fopen(path, "re");
	char *text = arena_alloc(a, MARKDOWN_DOCUMENT_BYTES + 1);

	if (f == NULL) {
		fprintf(stderr, "%s: cannot be opened\n", path);
		return false;
	}
	*out = (struct str){text, fread(text, 1, MARKDOWN_DOCUMENT_BYTES + 1, f)};
	bool whole = ferror(f) == 0 && out->n <= MARKDOWN_DOCUMENT_BYTES;
	if (fclose(f) != 0 || !whole) {
		fprintf(stderr, "%s: cannot be read, or larger than 1 MiB\n", path);
		return false;
	}
	return true;
}

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

static int write_all(struct db *db, struct arena *a, const struct outline *o)
{
	enum err err = db_begin_write(db, a);

	if (err == OK)
		err = store(db, a, o);
	if (err == OK)
		err = db_commit(db);
	db_rollback(db);
	if (err == E_CONFLICT)
		fprintf(stderr, "There is a handbook already; nothing was changed.\n");
	else if (err != OK)
		fprintf(stderr, "Not imported: %s. Nothing was changed.\n", err_name(err));
	else
		printf("Imported as version 1.0.\n");
	return err == OK ? 0 : 1;
}

int handbook_import_command(struct db *db, struct arena *a, int argc, char **argv)
{
	bool dry = argc == 2 && strcmp(argv[1], "--dry-run") == 0;
	struct markdown_document doc;
	struct outline outline;
	struct str text;

	if (argc != 1 && !dry) {
		fprintf(stderr, "usage: handschlag import-handbook FILE.md [--dry-run]\n");
		return 2;
	}
	if (!read_file(a, argv[0], &text))
		return 1;
	if (markdown_document(a, normal_nfc(a, text), &doc) != OK) {
		fprintf(stderr, "%s: too large; a handbook has at most 2,000 blocks\n", argv[0]);
		return 1;
	}
	outline_make(a, &doc, &outline);
	print_preview(argv[0], &doc, &outline);
	if (outline.n == 0) {
		fprintf(stderr, "%s: there is no text in it\n", argv[0]);
		return 1;
	}
	return dry ? 0 : write_all(db, a, &outline);
}
