/*
 * section_edit.h -- what the pages of the working copy share: one section of it, ready to be
 * changed.
 */
#ifndef HANDBOOK_SECTION_EDIT_H
#define HANDBOOK_SECTION_EDIT_H

#include "app/app.h"
#include "features/handbook/manuscript.h"
#include "features/handbook/version.h"

struct section {
	struct version version; /* the working copy */
	struct manuscript text;
	struct passages at;
	struct str uid, state, title; /* "3 Steuerungskreis", or "Vorwort" */
	struct str slug;              /* of the chapter; empty for the preface */
};

/* By the uid of its first block; E_NOT_FOUND when the working copy has no such section. */
MUST enum err section_load(struct request *rq, struct str uid, struct section *out);
struct str section_markdown(struct arena *a, const struct section *s);
/* Where it can be read in the working copy. */
struct str section_path(struct arena *a, const struct section *s);

/* Stores `next` as the working copy and moves the feedback along from `before`; whoever calls this
 * writes down that it happened. */
MUST enum err working_store(struct request *rq, const struct manuscript *before,
			    struct manuscript *next);

/* S_LOCKED with V_OTHER and V_WHEN while somebody else writes in it, or has a draft of it. */
MUST enum err section_show_lock(struct request *rq, struct str uid);

/* The same for a change of one section: stores `next` as the working copy in place of s->text and
 * moves the feedback along. */
MUST enum err section_save(struct request *rq, const struct section *s, struct manuscript *next,
			   const char *action);

#endif
