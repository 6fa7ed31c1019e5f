/*
 * section_form.h -- what an editor typed as the new text of a section, read and judged.
 */
#ifndef HANDBOOK_SECTION_FORM_H
#define HANDBOOK_SECTION_FORM_H

#include "app/form.h"
#include "features/handbook/lost.h"
#include "features/handbook/section_edit.h"

extern const struct form_field SECTION_TEXT;

struct section_form {
	struct form form;
	struct str typed; /* Markdown, as it was typed */
	struct markdown_document doc;
	struct manuscript next; /* the working copy with it, not stored yet */
	size_t change_count;
	struct change *changes; /* of the whole working copy */
	size_t lost_count;
	struct lost_item *lost; /* open feedback that would be left without its block */
};

/* Reads the field "text"; form_wrong(&out->form) tells of mistakes, then `next` is not filled. */
MUST enum err section_form_read(struct request *rq, const struct section *s,
				struct section_form *out);
/* For each lost item the field "ort-ID-PART" says where it belongs: empty for nowhere, else the
 * number of a block of the new section, from 1.  To be called after section_save. */
MUST enum err section_place_lost(struct request *rq, const struct section *s,
				 const struct section_form *f);

#endif
