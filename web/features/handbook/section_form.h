/*
 * section_form.h -- what an editor typed as the new text of a section, read and judged.
 */
#ifndef HANDBOOK_SECTION_FORM_H
#define HANDBOOK_SECTION_FORM_H

#include "app/form.h"
#include "features/handbook/lost_form.h"
#include "features/handbook/section_edit.h"

extern const struct form_field SECTION_TEXT;

struct section_form {
	struct form form;
	struct str typed; /* Markdown, as it was typed */
	struct markdown_document doc;
	struct manuscript next; /* the working copy with it, not stored yet */
	size_t change_count;
	struct change *changes; /* of the whole working copy */
	struct lost lost;       /* all */
};

/* What is wrong with a text; M_NONE: nothing. */
struct section_problem {
	enum message wrong;
	int64_t line; /* where, for messages that say so */
};

/* The working copy with this Markdown as the section's text, not stored yet; when something is
 * wrong with it `next` is not filled.  Warnings of `doc` name links that lead nowhere, too. */
MUST enum err section_next(struct request *rq, const struct section *s, struct str markdown,
			   struct markdown_document *doc, struct manuscript *next,
			   struct section_problem *problem);

/* Reads the field "text"; form_wrong(&out->form) tells of mistakes, then `next` is not filled. */
MUST enum err section_form_read(struct request *rq, const struct section *s,
				struct section_form *out);
/* Where its lost remarks may go: the blocks of the new section. */
struct lost_places section_places(const struct section *s, const struct section_form *f);

#endif
