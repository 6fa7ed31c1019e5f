/*
 * ballot.h -- casting: one form may carry votes for several units, the own one and those held by
 * proxy; all of them are taken or none.
 */
#ifndef STEERING_BALLOT_H
#define STEERING_BALLOT_H

#include "app/form.h"
#include "features/steering/poll.h"

enum choice { CHOICE_YES, CHOICE_NO, CHOICE_ABSTAINED, CHOICES };
extern const struct str choice_names[CHOICES]; /* as stored: "yes" */
struct str choice_label(struct str choice);    /* "Zustimmung" */

enum { BALLOT_REASON_MAX = 2000 };

/* The part of the form for one unit. */
struct ballot_part {
	const struct poll_unit *unit;
	const struct poll_voter *voter;   /* NULL: may not cast now */
	const struct poll_ballot *before; /* what the viewer cast last and still counts; or NULL */
	bool is_voter;                    /* in the roll at all */
	enum message why;                 /* when voter is NULL */
	struct form_field choice_field, reason_field; /* "stimme-3", "grund-3" */
	int choice;                                   /* of `choice_names`; -1: none */
	struct str reason;
};
struct ballot_form {
	size_t n;
	struct ballot_part *parts; /* of the units the viewer may ever cast for, own unit first */
	struct form form;
	int64_t first, last; /* cast with it */
};
/* Without reading anything: what the card shows. */
MUST enum err ballot_form_load(struct request *rq, const struct poll *p, const struct electorate *e,
			       struct ballot_form *out);
/* Reads what was submitted; form_wrong(&f->form) when nothing was chosen or too much written.
 * E_BAD_REQUEST for words no page of ours sends. */
MUST enum err ballot_form_read(struct ballot_form *f);

/* Casts every part that was chosen and says something new; each must have its voter.  The sequence
 * numbers used go into f->first and f->last, 0 when nothing was new. */
MUST enum err ballots_cast(struct request *rq, const struct decision *d, const struct poll *p,
			   const struct electorate *e, struct ballot_form *f);

/* The receipt of a ballot as text. */
struct str ballot_receipt(struct arena *a, const struct poll *p, const struct poll_unit *u,
			  const struct poll_ballot *b);

#endif
