/*
 * section_form.h -- what an editor typed as the new text of a section, read and judged.
 */
#ifndef HANDBOOK_SECTION_FORM_H
#define HANDBOOK_SECTION_FORM_H

#include "app/form.h"
#include "features/handbook/lost.h"
#include "features/handbook/section_edit.h"

extern const struct form_field SECTION_TEXT;

/* So many choices fit on a page; for all others one is made together. */
enum { LOST_ASKED = 200 };

struct section_form {
	struct form form;
	struct str typed; /* Markdown, as it was typed */
	struct markdown_document doc;
	struct manuscript next; /* the working copy with it, not stored yet */
	size_t change_count;
	struct change *changes; /* of the whole working copy */
	struct lost lost;       /* all; the first LOST_ASKED are asked for one by one */
};

/* The working copy with this Markdown as the section's text, not stored yet; M_NONE in *wrong, or
 * what is wrong with it: then `next` is not filled. */
MUST enum err section_next(struct request *rq, const struct section *s, struct str markdown,
			   struct markdown_document *doc, struct manuscript *next,
			   enum message *wrong);

/* Reads the field "text"; form_wrong(&out->form) tells of mistakes, then `next` is not filled. */
MUST enum err section_form_read(struct request *rq, const struct section *s,
				struct section_form *out);
/* For each lost item the field "ort-ID-PART" says where it belongs: empty for nowhere, else the
 * number of a block of the new section, from 1.  "ort-rest" is for all that were not asked for:
 * "davor" gives them to the block before.  To be called after section_save. */
MUST enum err section_place_lost(struct request *rq, const struct section *s,
				 const struct section_form *f);

#endif
