/*
 * placeholders.h -- the stored {{keys}}, and the handbook as people who are logged in read it.
 *
 * The stored text always keeps its keys; a value is put in where a text is shown, so that one row
 * decides what stands everywhere.  Texts without "{{" cost no query.  What leaves the house must
 * never go through internal_text or internal_html, nor through chapters_load (version.h).
 */
#ifndef HANDBOOK_PLACEHOLDERS_H
#define HANDBOOK_PLACEHOLDERS_H

#include "app/app.h"
#include "features/handbook/placeholder.h"

/* All of a handbook's, by key. */
MUST enum err placeholders_load(struct request *rq, int64_t document_id, struct placeholders *out);
/* The same without a request, for the search index. */
MUST enum err placeholders_read(struct db *db, struct arena *a, int64_t document_id,
				struct placeholders *out);

/* With the internal values; plain text, or rendered HTML.  The list is read once per request; when
 * that fails the transaction is poisoned and no page is shown. */
struct str internal_text(struct request *rq, struct str stored);
struct str internal_html(struct request *rq, struct str stored);

/*
 * Words that somebody copied from a block as it is read: how often they stand in it, and where
 * first, in the stored normalised text.  As anchor_verify, for texts with keys.
 */
size_t internal_verify(struct request *rq, struct str plain, struct str pasted, size_t *start,
		       size_t *length);

#endif
