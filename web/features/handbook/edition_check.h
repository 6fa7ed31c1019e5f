/*
 * edition_check.h -- looks for what must not leave the house, with what the database knows: names
 * of all people who ever were here, municipalities, hosts of the inside, placeholders.
 */
#ifndef HANDBOOK_EDITION_CHECK_H
#define HANDBOOK_EDITION_CHECK_H

#include "app/app.h"
#include "features/handbook/disclosure.h"
#include "features/handbook/edition_text.h"

MUST enum err edition_world_load(struct request *rq, struct disclosure_world *out);

struct edition_findings {
	size_t n, blocking, warnings;
	struct finding *v; /* `block` is an index for edition_place */
};
/* Everything of it that a stranger could get: title, licence, chapters with their addresses, each
 * form of each block. */
void edition_check(struct arena *a, const struct disclosure_world *w, const struct edition_text *t,
		   struct edition_findings *out);
/* Any one text, e.g. the reason of a withdrawal. */
void edition_check_words(struct arena *a, const struct disclosure_world *w, struct str words,
			 struct edition_findings *out);

enum edition_part { PART_TITLE, PART_LICENCE, PART_SECTION, PART_BLOCK };
/* Which part of the text a finding is in; *index is that of the section or block. */
enum edition_part edition_place(const struct edition_text *t, const struct finding *f,
				size_t *index);
struct str finding_label(enum finding_kind kind); /* "Name" */

/* The findings as JSON, for the record; no words of the text but what was found. */
struct str edition_report(struct arena *a, const struct edition_text *t,
			  const struct edition_findings *f);

#endif
