/*
 * placeholder_form.h -- one placeholder as a form: read, judged, stored.
 */
#ifndef HANDBOOK_PLACEHOLDER_FORM_H
#define HANDBOOK_PLACEHOLDER_FORM_H

#include "app/form.h"
#include "features/handbook/placeholders.h"

struct placeholder_row {
	int64_t id, document_id, row_version;
	struct str key, internal, public_;
};
/* E_NOT_FOUND without it. */
MUST enum err placeholder_row_load(struct request *rq, int64_t id, struct placeholder_row *out);

void placeholder_form_fill(struct form *f, struct request *rq, const struct placeholder_row *p);
/* p->id 0: a new one, whose key is read too.  The key of an old one stays: the text holds it. */
MUST enum err placeholder_form_read(struct form *f, struct request *rq, struct placeholder_row *p);

/* Each leaves an audit row and brings the search index up to date; nothing of the old value stays
 * in it. */
MUST enum err placeholder_insert(struct request *rq, const struct placeholder_row *p);
MUST enum err placeholder_store(struct request *rq, const struct placeholder_row *before,
				const struct placeholder_row *after);
MUST enum err placeholder_delete(struct request *rq, const struct placeholder_row *p);

#endif
