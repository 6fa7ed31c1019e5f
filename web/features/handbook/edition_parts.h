/* edition_parts.h -- the steps of edition_build.h, for its own files only. */
#ifndef HANDBOOK_EDITION_PARTS_H
#define HANDBOOK_EDITION_PARTS_H

#include "features/handbook/edition_build.h"

/* A block as it stands inside; without words when it is internal. */
struct source {
	int64_t chapter;     /* 0: the preface */
	bool head;           /* of its chapter, or the title of the whole text */
	bool published, tip; /* its audience */
	struct str uid;      /* inside */
	struct edition_block out;
	bool kept; /* belongs to the edition */
};
struct source_chapter {
	struct str slug; /* inside */
	int64_t pos;
	struct str public_slug; /* empty: not published */
};
struct sources {
	size_t n, chapter_count;
	struct source *v;
	struct source_chapter *chapters;
};

MUST enum err sources_load(struct db *db, struct arena *a, int64_t revision_id,
			   struct sources *out);

/* Sets `kept`, and the level and number of items among those kept. */
void edition_select(struct sources *s, struct edition_build *b);

/* Markdown without raw HTML, whose words nobody would see but who reads the source. */
struct str edition_clean(struct arena *a, const struct block *b);
/* Addresses of our own pages become public ones; those that have none become `home`. */
struct str edition_links(struct arena *a, struct str markdown, const struct sources *s,
			 size_t *omitted);
#define EDITION_HOME "/oeffentlich/handbuch"

/* Renders v[from] … v[to - 1], the kept blocks of one chapter, with footnotes counted among
 * themselves; notes without a reference are not kept any more.  `chapter` is for their labels. */
MUST enum err edition_notes(struct arena *a, struct source *v, size_t n, int64_t chapter,
			    struct edition_build *b);

#endif
