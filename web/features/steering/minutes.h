/*
 * minutes.h -- minutes ("Niederschrift") of a meeting: generated from what was recorded, with notes
 * and tasks in marked places, signed by two persons, frozen, approved by the next meeting.
 *
 * The page shows the very text that is signed, line by line (minutes_text.h), so nobody signs what
 * he did not see.  States: in the works (anybody who notes may write) -> one signature (no more
 * changes, unless somebody sends it back) -> sealed (meeting state "minutes_draft") -> approved.
 */
#ifndef STEERING_MINUTES_H
#define STEERING_MINUTES_H

#include "app/form.h"
#include "features/steering/agenda.h"
#include "features/steering/correction.h"

enum signer { SIGNER_CHAIR, SIGNER_WRITER, SIGNERS };
extern const struct str signer_names[SIGNERS]; /* as stored: "minute_taker" */

struct minutes_signature {
	int64_t person_id, at; /* 0: not signed */
	struct str name, sha256;
};
struct minutes_note {
	int64_t id, entry_id, person_id, done_at, row_version; /* entry_id 0: the whole meeting */
	bool task;
	struct str text, person;
	struct date due;
};
struct minutes {
	struct meeting m;
	struct agenda a; /* as everybody may read it: restricted points without their words */
	struct str text, sha256; /* sealed; before that as it reads now */
	bool sealed;
	int64_t sealed_at, approved_at;
	struct str approved_slug, approved_title; /* the meeting that did */
	struct minutes_signature signed_by[SIGNERS];
	size_t n;
	struct minutes_note *notes;
	enum signer viewer; /* as whom the viewer may sign; SIGNERS: not at all */
};

/* Of a meeting that has begun; E_NOT_FOUND for others.  For PROJECT_SEE by everybody, for
 * MINUTES_WRITE by those who note. */
MUST enum err minutes_load(struct request *rq, enum action action, struct minutes *out);
/* And E_FORBIDDEN for somebody who signs neither as chair nor as minute-taker. */
MUST enum err minutes_load_to_sign(struct request *rq, struct minutes *out);

/* Whether the viewer may sign now what the page shows. */
bool minutes_can_sign(const struct request *rq, const struct minutes *x);

/* Begun, and nobody has signed. */
bool minutes_open(const struct minutes *x);
bool minutes_signed_once(const struct minutes *x); /* by one of the two */
/* In which capacity this person acts for the minutes; SIGNERS: in none. */
enum signer minutes_signer(const struct meeting *m, int64_t person_id, bool leads);

/* The page, with what was typed into one of its forms. */
void minutes_form_begin(struct form *f, struct request *rq);
MUST enum err minutes_page(struct form *f, struct minutes *x, int status);

/* The forms of notes, on the page and on one of their own. */
void note_form_show(struct form *f, const struct minutes *x, const struct minutes_note *chosen);
MUST enum err note_people_show(struct form *f, int64_t chosen);

/* Puts sealed minutes that nobody approved yet on the agenda of the next meeting, as its first
 * point; once.  Whenever minutes are sealed, a meeting is planned, or one ends without it. */
MUST enum err minutes_place(struct request *rq);
/* The point under which they may be approved has been dealt with; its meeting, or 0. */
MUST enum err minutes_approver(struct request *rq, int64_t meeting_id, int64_t *out);

/* "Neues Protokoll" to all seats: sealed minutes to read. */
MUST enum err minutes_letters(struct request *rq, const struct minutes *x);

/* ---- Corrections (correction.c) ---- */

struct corrections {
	size_t n;
	struct correction *v;
};
MUST enum err corrections_load(struct request *rq, int64_t meeting_id, struct corrections *out);
MUST enum err corrections_show(struct request *rq, const struct minutes *x);
/* To those who hold receipts of that vote. */
MUST enum err correction_letters(struct request *rq, const struct minutes *x,
				 const struct correction *c);

#endif
