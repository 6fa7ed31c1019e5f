/*
 * import_draft.h -- a text on its way into the working copy: what was sent, and what it would do.
 */
#ifndef HANDBOOK_IMPORT_DRAFT_H
#define HANDBOOK_IMPORT_DRAFT_H

#include "app/app.h"
#include "features/handbook/compare.h"
#include "features/handbook/lost_form.h"
#include "features/handbook/outline.h"
#include "features/handbook/version.h"

struct import_draft {
	struct str file_name; /* empty: pasted */
	struct str markdown;
	int64_t at; /* 0: there is none */
};

/* The viewer's own. */
MUST enum err import_draft_load(struct request *rq, struct import_draft *out);
/* In place of one that waits. */
MUST enum err import_draft_save(struct request *rq, const struct import_draft *d);
MUST enum err import_draft_drop(struct request *rq);

/* What happens to the working copy. */
struct import_plan {
	struct version version; /* the working copy */
	struct manuscript before, next;
	struct markdown_document doc;
	struct outline outline; /* of `next`, block by block */
	size_t change_count, counts[CHANGE_KINDS];
	struct change *changes;
	struct lost lost;
	/* Of the working copy and the text: another one, when either is not what was looked at. */
	struct str state;
};
/* Where its lost remarks may go: all blocks. */
struct lost_places import_places(const struct import_plan *p);

/*
 * Blocks that are recognised keep their identity and their audience; new ones are internal.
 * E_NOT_FOUND without a handbook.  The text has been judged before (import_form.h).
 */
MUST enum err import_plan_make(struct request *rq, struct str markdown, struct import_plan *out);
/* Makes it so, with history, places of feedback (also those that the form says), and search index,
 * and drops the draft. */
MUST enum err import_plan_apply(struct request *rq, struct import_plan *p,
				const struct import_draft *d);

#endif
