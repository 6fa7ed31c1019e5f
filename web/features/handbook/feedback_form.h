/*
 * feedback_form.h -- what somebody writes about a block.
 */
#ifndef HANDBOOK_FEEDBACK_FORM_H
#define HANDBOOK_FEEDBACK_FORM_H

#include "app/form.h"
#include "features/handbook/feedback.h"
#include "features/handbook/version.h"

/* The wording that feedback is given on, in a version the viewer may see. */
struct feedback_place {
	struct version version;
	int64_t block_id, text_id;
	struct str uid, plain, markdown, chapter; /* plain: normalised; chapter: its address */
};
/* E_NOT_FOUND without such a block in this version. */
MUST enum err feedback_place_load(struct request *rq, struct str version_slug, struct str uid,
				  struct feedback_place *out);

struct feedback_wish {
	enum feedback_kind kind;
	enum visibility visibility;
	struct str text, quote, proposal; /* proposal: Markdown, of suggestions */
	size_t start;                     /* of the quote in place->plain */
};

/* `place` NULL: a form that nobody has filled in. */
void feedback_form_new(struct form *f, struct request *rq, const struct feedback_place *place);
void feedback_form_read(struct form *f, struct request *rq, const struct feedback_place *place,
			struct feedback_wish *out);
void feedback_form_show(const struct form *f, struct view *v);
void feedback_form_refuse(struct form *f, enum message m);

/* Stores it with its place in every living version, its number and its round. */
MUST enum err feedback_insert(struct request *rq, const struct feedback_place *place,
			      const struct feedback_wish *wish, int64_t round_id, bool late,
			      int64_t *id);

#endif
