/* import.c -- a Markdown file becomes the next version of the handbook. */
#include "app/audit.h"
#include "base/clock.h"
#include "base/date.h"
#include "base/file.h"
#include "features/handbook/handbook.h"
#include "features/handbook/live_table.h"
#include "features/handbook/manuscript.h"
#include "features/handbook/outline.h"
#include "features/handbook/reanchor.h"
#include "features/handbook/review_date.h"
#include "features/handbook/splice.h"
#include "features/handbook/working.h"
#include "markup/normal.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

struct import {
	struct db *db;
	struct arena *a;
	int64_t now, base_id, major;
	struct manuscript base, next;
};

static enum err load_base(struct import *im)
{
	static const char sql[] = "SELECT id, major FROM revision WHERE state = 'in_force'";
	struct rows r = db_query(im->db, sql, WITH_NOTHING);

	if (!rows_next(&r))
		return r.err;
	im->base_id = col_int(&r, 0);
	im->major = col_int(&r, 1);
	return manuscript_load(im->db, im->a, im->base_id, &im->base);
}

/* A known block keeps its id and its audience, and its wording too when that is the same. */
static void recognise(struct import *im, const struct block *blocks, size_t n)
{
	struct manuscript *m = &im->next;
	struct alignment alignment;

	m->n = n;
	m->v = ARENA_ARRAY(im->a, struct passage, n);
	for (size_t i = 0; i < n; i++)
		m->v[i] = (struct passage){.text = blocks[i],
					   .hash = passage_hash(im->a, &blocks[i]),
					   .audience = S("internal")};
	passages_align(im->a, im->base.v, im->base.n, m->v, n, &alignment);
	for (size_t i = 0; i < n; i++) {
		if (alignment.match[i].old >= im->base.n)
			continue;
		const struct passage *known = &im->base.v[alignment.match[i].old];
		m->v[i].block_id = known->block_id;
		m->v[i].uid = known->uid;
		m->v[i].audience = known->audience;
		if (passage_same_wording(&known->text, &blocks[i]))
			m->v[i].text_id = known->text_id;
	}
}

/* The first version makes the document; a later one takes the place of the one in force. */
static enum err insert_document(struct import *im)
{
	static const char sql[] =
	    "INSERT INTO document (slug, title) VALUES ('handbuch', '') RETURNING id";
	static const char supersede_sql[] =
	    "UPDATE revision SET state = 'superseded' WHERE id = $1";
	im->next.document_id = im->base.document_id;
	if (im->base_id != 0)
		return db_run(im->db, supersede_sql, WITH(INT(im->base_id)), NULL);
	return db_int(im->db, sql, WITH_NOTHING, &im->next.document_id);
}

static enum err insert_revision(struct import *im)
{
	static const char sql[] =
	    "INSERT INTO revision (document_id, major, minor, state, base_id, change, summary,"
	    " effective_on, created_at)"
	    " VALUES ($1, $2, 0, 'in_force', $3, 'content', 'Import', $4, $5) RETURNING id";
	static const char title_sql[] = "UPDATE document SET title = $2 WHERE id = $1";
	struct manuscript *m = &im->next;

	TRY(insert_document(im));
	TRY(review_date_move(im->db, im->a, m->document_id, 0));
	TRY(db_int(im->db, sql,
		   WITH(INT(m->document_id), INT(im->major + 1), INT_OR_NONE(im->base_id),
			TEXT(date_iso(im->a, date_today())), INT(im->now)),
		   &m->revision_id));
	TRY(manuscript_store(im->db, im->a, 0, m));
	TRY(db_run(im->db, title_sql, WITH(INT(m->document_id), TEXT(m->title)), NULL));
	return manuscript_retire(im->db, m->document_id, m->revision_id);
}

static enum err store(struct db *db, struct arena *a, const struct markdown_document *doc,
		      bool new_version, int64_t *major)
{
	struct import im = {.db = db, .a = a, .now = clock_now()};
	struct buf after = {.arena = a};
	struct block *blocks;

	TRY(load_base(&im));
	*major = im.major;
	if (im.base_id != 0 && !new_version)
		return E_CONFLICT;
	size_t n = manuscript_blocks(a, doc, 0, &blocks);
	recognise(&im, blocks, n);
	TRY(insert_revision(&im));
	TRY(anchors_carry(db, im.base_id, im.next.revision_id));
	TRY(working_copy_renew(db, im.next.document_id, im.next.revision_id));
	TRY(live_tables_freeze(db, a, 0, im.next.revision_id));
	*major = im.major + 1;
	json_pair(&after, "title", im.next.title);
	json_pair(&after, "blocks", arena_fmt(a, "%zu", n));
	return audit_operator(db, "handbook.import",
			      arena_fmt(a, "revision/%" PRId64, im.next.revision_id),
			      json_end(&after));
}

enum err handbook_import(struct db *db, struct arena *a, struct str markdown)
{
	struct markdown_document doc;
	int64_t major;

	TRY(markdown_document(a, normal_nfc(a, markdown), &doc));
	return store(db, a, &doc, false, &major);
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

static int write_all(struct db *db, struct arena *a, const struct markdown_document *doc,
		     bool new_version)
{
	int64_t major = 0;
	enum err err = db_begin_write(db, a);

	if (err == OK)
		err = store(db, a, doc, new_version, &major);
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
	return options.dry_run ? 0 : write_all(db, a, &doc, options.new_version);
}
