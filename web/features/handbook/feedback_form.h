/*
 * feedback_form.h -- what somebody writes about a block.
 */
#ifndef HANDBOOK_FEEDBACK_FORM_H
#define HANDBOOK_FEEDBACK_FORM_H

#include "app/form.h"
#include "features/handbook/anchor.h"
#include "features/handbook/feedback.h"
#include "features/handbook/suggestion.h"
#include "features/handbook/version.h"

/* The wording that feedback is given on, in a version the viewer may see. */
struct feedback_place {
	struct version version;
	int64_t block_id, text_id;
	struct str uid, plain, markdown; /* plain: normalised */
	struct str chapter;              /* its address; empty before the first one */
	enum block_kind kind;            /* nothing can stand behind a footnote */
};
/* E_NOT_FOUND without such a block in this version. */
MUST enum err feedback_place_load(struct request *rq, struct str version_slug, struct str uid,
				  struct feedback_place *out);

/* Words of one block; a quote across blocks has several, in reading order. */
struct feedback_part {
	int64_t block_id, text_id;
	struct anchor anchor;
};
struct feedback_wish {
	enum feedback_kind kind;
	enum suggestion_op op;
	enum visibility visibility;
	struct str text, proposal; /* proposal: Markdown, of suggestions */
	size_t part_count;         /* at least 1 */
	struct feedback_part *parts;
};

/* Looks for pasted words in the place's block, and across it and its neighbours.  M_NONE in
 * *wrong, or why they cannot be the ones. */
MUST enum err feedback_quote_find(struct request *rq, const struct feedback_place *place,
				  struct str pasted, struct feedback_wish *out,
				  enum message *wrong);

/* The form on its page. */
struct feedback_sheet {
	struct form *form;
	const struct feedback_place *place;
	const struct feedback_wish *preview; /* NULL: nobody asked to see it */
	int64_t draft_at;                    /* the form holds a draft of then; 0: it does not */
};

/* As nobody has filled it in, or as this person's draft has it. */
MUST enum err feedback_sheet_new(struct request *rq, const struct feedback_place *place,
				 struct form *form, struct feedback_sheet *out);
MUST enum err feedback_form_read(struct form *f, struct request *rq,
				 const struct feedback_place *place, struct feedback_wish *out);
void feedback_form_show(const struct feedback_sheet *sheet, struct view *v);
void feedback_form_refuse(struct form *f, enum message m);

/* Drafts: one for each block of a version and its author. */
struct feedback_draft {
	struct str kind, op, visibility, sentence, text, quote, proposal; /* as typed */
	int64_t at;                                                       /* 0: there is none */
};
MUST enum err feedback_draft_load(struct request *rq, const struct feedback_place *place,
				  struct feedback_draft *out);
MUST enum err feedback_draft_remove(struct request *rq, const struct feedback_place *place);

/* Stores it with its place in every living version, its number and its round. */
MUST enum err feedback_insert(struct request *rq, const struct feedback_place *place,
			      const struct feedback_wish *wish, int64_t round_id, bool late,
			      int64_t *id);

#endif
