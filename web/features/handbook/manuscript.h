/*
 * manuscript.h -- the text of one version as a list in memory: read it, change it, write it back.
 *
 * Every change of the handbook's text goes this way: an import, a section that was edited, an
 * accepted suggestion, another order, another audience.  Writing numbers chapters and blocks anew
 * (outline.h), stores blocks and wordings that are new, and replaces the list of pointers; what was
 * stored before is never touched.
 *
 * The blocks of a chapter stand together, its footnotes last; footnotes are counted within their
 * chapter, because that is what is edited and read at once.
 */
#ifndef HANDBOOK_MANUSCRIPT_H
#define HANDBOOK_MANUSCRIPT_H

#include "db/db.h"
#include "markup/markdown.h"

struct outline;

struct passage {
	int64_t block_id, text_id; /* 0: new, stored by manuscript_store */
	struct str uid;            /* of the block; empty while it is new */
	struct block text;
	struct str hash;     /* of the normalised words: passage_hash */
	struct str audience; /* "internal", "both", "public" */
	struct str
	    section_uid;   /* of the block that heads its chapter; the first one of the preface */
	struct str number; /* "3.2.1" */
};

/* A block that was split, merged or replaced, and what it became: v[to]. */
struct passage_lineage {
	int64_t from_id;
	size_t to;
	struct str kind; /* "split" */
};

struct manuscript {
	int64_t document_id, revision_id;
	struct str title; /* of the handbook */
	size_t n;
	struct passage *v;
	size_t lineage_count; /* of the change since it was read */
	struct passage_lineage *lineage;
};

/* 32 bytes; equal words, equal hash, whatever the marks. */
struct str passage_hash(struct arena *a, const struct block *b);
/* To the letter, and of the same shape. */
bool passage_same_wording(const struct block *a, const struct block *b);

MUST enum err manuscript_load(struct db *db, struct arena *a, int64_t revision_id,
			      struct manuscript *out);
/* Fills in ids, sections and numbers of all passages.  author_id 0: the operator. */
MUST enum err manuscript_store(struct db *db, struct arena *a, int64_t author_id,
			       struct manuscript *m);

/* The blocks of one section: v[from] … v[to - 1]; from == to when there is none. */
struct passages {
	size_t from, to;
};
struct passages manuscript_section(const struct manuscript *m, struct str section_uid);
struct passages manuscript_whole(const struct manuscript *m);
/* Changes whenever these passages do: the token of a form that changes them, 16 characters. */
struct str manuscript_state(struct arena *a, const struct manuscript *m, struct passages p);

/* Its chapters and numbers, as manuscript_store will give them; links the blocks by `next`. */
void manuscript_outline(struct arena *a, struct manuscript *m, struct outline *out);

/*
 * Blocks of a parsed document in chapters of their own: each chapter followed by the footnotes that
 * it names, counted from 1.  A note that two chapters name is copied.  Returns how many there are.
 * Headings of `level` begin chapters: a text that is one chapter does not show it by itself.  0: as
 * outline.h finds them.
 */
size_t manuscript_blocks(struct arena *a, const struct markdown_document *doc, int level,
			 struct block **out);

/* The HTML of a block whose footnotes get ids with this prefix: for pages with several chapters. */
struct str notes_apart(struct arena *a, struct str html, struct str prefix);

/* When a version comes into force: blocks without a place in it are retired, others live. */
MUST enum err manuscript_retire(struct db *db, int64_t document_id, int64_t revision_id);

#endif
