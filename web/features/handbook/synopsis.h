/*
 * synopsis.h -- all feedback of a review round side by side with its decisions, for the page and
 * for spreadsheets: the same rows, the same rule of visibility.
 */
#ifndef HANDBOOK_SYNOPSIS_H
#define HANDBOOK_SYNOPSIS_H

#include "features/handbook/feedback.h"
#include "features/handbook/round.h"

enum synopsis_column {
	SYNOPSIS_LABEL,  /* R3-017 */
	SYNOPSIS_BLOCK,  /* number of the block */
	SYNOPSIS_PLACE,  /* the quoted words, or how the block begins */
	SYNOPSIS_KIND,   /* Frage */
	SYNOPSIS_TEXT,   /* the author's words */
	SYNOPSIS_AUTHOR, /* name */
	SYNOPSIS_ORG,    /* municipality */
	SYNOPSIS_LATE,   /* "nach Frist" */
	SYNOPSIS_DECISION,
	SYNOPSIS_REASON,
	SYNOPSIS_OBJECTION,
	SYNOPSIS_DONE_IN, /* the version it was worked into */
	SYNOPSIS_COLUMNS
};
extern const struct str synopsis_heads[SYNOPSIS_COLUMNS];

struct synopsis_row {
	struct str cells[SYNOPSIS_COLUMNS];
	int64_t id;
	bool quoted, late, objected;
	enum feedback_state state;
	enum outcome outcome;
};

/* In the order of the text, what has lost its place at the end; without drafts and what was
 * withdrawn. */
MUST enum err synopsis_load(struct request *rq, const struct round *r, size_t most,
			    struct synopsis_row **out, size_t *n);

#endif
