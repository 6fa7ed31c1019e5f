/*
 * edition_text.h -- the text of a public edition: what is stored of it, and reading it back.
 *
 * Reads the tables edition_section and edition_block alone.  Whatever is shown to strangers comes
 * from here, so nothing else can get there.
 */
#ifndef HANDBOOK_EDITION_TEXT_H
#define HANDBOOK_EDITION_TEXT_H

#include "db/db.h"
#include "markup/markdown.h"

struct edition_section {
	struct str slug, number, title;
};

struct edition_block {
	int64_t section; /* from 1; 0: before the first */
	struct str uid, number;
	/* html with the ids of one chapter's footnotes, markdown with slots; a footnote's label is
	 * unique in the whole text; level, group, number and label as in markup/markdown.h */
	struct block text;
	bool tip; /* a note for others who use this text */
};

struct edition_text {
	struct str title, licence;
	size_t section_count, n;
	struct edition_section *sections;
	struct edition_block *blocks;
};

enum { EDITION_WHOLE = -1 };
/* Chapters, and the blocks of one of them (0: what stands before the first) or of all
 * (EDITION_WHOLE).  Title and licence are in the edition's own row (edition.h). */
MUST enum err edition_text_load(struct db *db, struct arena *a, int64_t edition_id, int64_t section,
				struct edition_text *out);
/* In place of what is stored; fails once the edition is released. */
MUST enum err edition_text_store(struct db *db, int64_t edition_id, const struct edition_text *t);

/* SHA-256 over everything that pages show of it, as 64 hex digits. */
struct str edition_html_hash(struct arena *a, const struct edition_text *t);

#endif
