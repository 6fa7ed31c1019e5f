/* minutes_show.c -- the page of minutes: text, signatures, approval, and the forms of those who
 * write them. */
#include "features/steering/minutes_handlers.h"
#include "features/steering/minutes_text.h"
#include "features/steering/minutes_votes.h"

#include <inttypes.h>

static void show_person(struct request *rq, const struct minutes *x, enum signer s,
			const char *section)
{
	const struct minutes_signature *sig = &x->signed_by[s];
	struct view *v = view_row(rq->view, section);

	view_show_if(v, S_UNSIGNED, sig->at == 0);
	if (sig->at == 0)
		return;
	struct view *done = view_row(v, S_HAS_SIGNED);
	view_text(done, V_NAME, sig->name);
	view_text(done, V_WHEN, date_time_long(rq->arena, sig->at));
}

/* The other's signature is on another text: something that is not a note has changed since. */
static bool drifted(const struct minutes *x)
{
	bool different = false;

	for (int s = 0; !x->sealed && s < SIGNERS; s++)
		different = different ||
			    (x->signed_by[s].at != 0 && !str_eq(x->signed_by[s].sha256, x->sha256));
	return different;
}

bool minutes_can_sign(const struct request *rq, const struct minutes *x)
{
	if (x->viewer == SIGNERS || x->sealed || !meeting_is_over(&x->m) ||
	    x->signed_by[x->viewer].at != 0 || drifted(x))
		return false;
	for (int s = 0; s < SIGNERS; s++)
		if (x->signed_by[s].person_id == rq->viewer.person_id)
			return false;
	return true;
}

static enum err show_state(struct request *rq, const struct minutes *x)
{
	struct view *v = rq->view;
	int64_t approver = 0;

	TRY(minutes_approver(rq, x->m.id, &approver));
	view_show_if(v, S_DRAFT, !x->sealed && meeting_is_over(&x->m));
	view_show_if(v, S_STILL_RUNS, !meeting_is_over(&x->m));
	view_show_if(v, S_SEALED, x->sealed);
	if (x->sealed)
		view_text(view_row(v, S_SEALED_ON), V_DATE,
			  date_short(rq->arena, date_of(x->sealed_at)));
	if (x->approved_at != 0) {
		struct view *a = view_row(v, S_APPROVED);
		view_text(a, V_DATE, date_short(rq->arena, date_of(x->approved_at)));
		view_text(a, V_BY_SLUG, x->approved_slug);
		view_text(a, V_BY_TITLE, x->approved_title);
	}
	view_show_if(v, S_NOT_APPROVED, x->sealed && x->approved_at == 0);
	view_show_if(v, S_CAN_APPROVE,
		     x->viewer != SIGNERS && x->sealed && x->approved_at == 0 && approver != 0);
	show_person(rq, x, SIGNER_CHAIR, S_SIGNED_CHAIR);
	show_person(rq, x, SIGNER_WRITER, S_SIGNED_WRITER);
	return OK;
}

static void show_notes(struct request *rq, const struct minutes *x)
{
	struct view *list = NULL;

	for (size_t i = 0; minutes_open(x) && i < x->n; i++) {
		const struct minutes_note *n = &x->notes[i];
		if (list == NULL)
			list = view_row(rq->view, S_NOTES);
		struct view *v = view_row(list, S_NOTE);
		view_int(v, V_NOTE_ID, n->id);
		view_int(v, V_NOTE_VERSION, n->row_version);
		view_text(v, V_TEXT, n->text);
		view_text(v, V_KIND, n->task ? S("Auftrag") : S("Vermerk"));
	}
}

static enum err show_forms(struct form *f, const struct minutes *x)
{
	struct view *v = f->rq->view;
	bool writes = x->m.may_note && minutes_open(x);

	form_show(f, v);
	view_show_if(v, S_CAN_WRITE, writes);
	view_show_if(v, S_LOCKED, x->m.may_note && minutes_signed_once(x));
	view_show_if(v, S_CAN_SIGN, minutes_can_sign(f->rq, x));
	view_show_if(v, S_CAN_RETURN, x->viewer != SIGNERS && minutes_signed_once(x));
	view_show_if(v, S_CAN_CORRECT, x->viewer != SIGNERS && x->sealed);
	view_show_if(v, S_DRIFTED, x->m.may_note && drifted(x));
	view_show_if(v, S_AS_CHAIR, x->viewer == SIGNER_CHAIR);
	view_show_if(v, S_AS_WRITER, x->viewer == SIGNER_WRITER);
	if (!writes)
		return OK;
	show_notes(f->rq, x);
	note_form_show(f, x, NULL);
	return note_people_show(f, 0);
}

enum err minutes_page(struct form *f, struct minutes *x, int status)
{
	struct request *rq = f->rq;

	meeting_head(rq, rq->view, &x->m);
	view_show_if(rq->view, S_STALE, status == 409);
	view_text(rq->view, V_SHA, x->sha256);
	bool readable = x->sealed || x->m.may_note;
	view_show_if(rq->view, S_NOT_YET, !readable);
	view_show_if(rq->view, S_READABLE, readable);
	if (readable)
		minutes_text_show(rq->view, x->text);
	TRY(show_state(rq, x));
	TRY(corrections_show(rq, x));
	TRY(minutes_voids_show(rq, x));
	TRY(show_forms(f, x));
	return reply_page(rq, status, "steering/minutes_show.html");
}

/* GET /sitzungen/:slug/protokoll */
enum err minutes_show(struct request *rq)
{
	struct minutes x;
	struct form f;

	TRY(minutes_load(rq, PROJECT_SEE, &x));
	minutes_form_begin(&f, rq);
	return minutes_page(&f, &x, 200);
}

/* GET /sitzungen/:slug/protokoll/niederschrift.txt: what was sealed, byte by byte. */
enum err minutes_file(struct request *rq)
{
	struct minutes x;

	TRY(minutes_load(rq, PROJECT_SEE, &x));
	if (!x.sealed)
		return E_NOT_FOUND;
	return reply_file(rq, S("text/plain; charset=utf-8"),
			  arena_fmt(rq->arena, "niederschrift-%.*s.txt", ARG(x.m.slug)), x.text);
}
