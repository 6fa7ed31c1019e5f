/* ballot.c -- reads the form of a vote and casts: ballot, record, receipt, letter. */
#include "features/steering/ballot.h"

#include "base/clock.h"
#include "features/steering/poll_letter.h"
#include "features/steering/register_records.h"

#include <inttypes.h>

const struct str choice_names[CHOICES] = {S_INIT("yes"), S_INIT("no"), S_INIT("abstained")};

struct str choice_label(struct str choice)
{
	static const struct str labels[CHOICES] = {S_INIT("Zustimmung"), S_INIT("Ablehnung"),
						   S_INIT("Enthaltung")};

	for (int i = 0; i < CHOICES; i++)
		if (str_eq(choice_names[i], choice))
			return labels[i];
	return S("");
}

/* ---- The form ---- */

static void begin_part(struct request *rq, const struct poll *p, const struct electorate *e,
		       const struct poll_unit *u, struct ballot_part *part)
{
	int64_t me = rq->viewer.person_id;

	*part = (struct ballot_part){
	    .unit = u,
	    .before = poll_ballot_of(e, u, p->seats == SEATS_SPEAKER ? 0 : me),
	    .is_voter = true,
	    .choice = -1,
	    .choice_field = {.name = arena_fmt(rq->arena, "stimme-%" PRId64, u->id)},
	    .reason_field = {.name = arena_fmt(rq->arena, "grund-%" PRId64, u->id)}};
	/* Another person's ballot is nobody else's business while the vote runs. */
	if (part->before != NULL && part->before->person_id != me)
		part->before = NULL;
	part->voter = poll_may_cast(p, e, u, me, &part->why);
}

static bool is_voter(const struct poll_unit *u, int64_t person_id, bool own)
{
	for (size_t i = 0; i < u->n; i++)
		if (u->voters[i].person_id == person_id &&
		    own == (u->voters[i].capacity != CAPACITY_PROXY))
			return true;
	return false;
}

enum err ballot_form_load(struct request *rq, const struct poll *p, const struct electorate *e,
			  struct ballot_form *out)
{
	*out = (struct ballot_form){.parts = ARENA_ARRAY(rq->arena, struct ballot_part, e->n)};
	form_begin(&out->form, rq);
	for (int own = 1; own >= 0; own--)
		for (size_t i = 0; i < e->n; i++)
			if (is_voter(&e->units[i], rq->viewer.person_id, own == 1))
				begin_part(rq, p, e, &e->units[i], &out->parts[out->n++]);
	return OK;
}

enum err ballot_form_read(struct ballot_form *f)
{
	bool any = false;

	for (size_t i = 0; i < f->n; i++) {
		struct ballot_part *part = &f->parts[i];
		part->choice =
		    form_choice(&f->form, &part->choice_field, OPTIONAL, choice_names, CHOICES);
		part->reason =
		    form_lines(&f->form, &part->reason_field, OPTIONAL, BALLOT_REASON_MAX);
		any = any || part->choice >= 0;
	}
	for (size_t i = 0; i < f->n && !any; i++)
		form_problem(&f->form, &f->parts[i].choice_field, M_POLL_CHOOSE, 0);
	return f->n == 0 ? E_FORBIDDEN : OK;
}

/* ---- Casting ---- */

static bool says_something_new(const struct ballot_part *part)
{
	return part->choice >= 0 &&
	       (part->before == NULL || !str_eq(part->before->choice, choice_names[part->choice]) ||
		!str_eq(part->before->reason, part->reason));
}

static enum err insert(struct request *rq, const struct poll *p, const struct poll_ballot *b)
{
	static const char sql[] =
	    "INSERT INTO ballot (poll_id, seq, unit, choice, reason, person_id,"
	    " capacity, at, nonce, record, signature)"
	    " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)";

	return db_run(rq->db, sql,
		      WITH(INT(p->id), INT(b->seq), INT(b->unit), TEXT(b->choice), TEXT(b->reason),
			   INT(b->person_id), TEXT(capacity_names[b->capacity]), INT(b->at),
			   TEXT(b->nonce), INT(b->record), TEXT(b->signature)),
		      NULL);
}

static enum err cast(struct request *rq, const struct poll *p, const struct ballot_part *part,
		     struct poll_ballot *b)
{
	struct register_book book = register_of(rq);
	struct register_receipt receipt;

	/* One clock for row and record: a circular vote ends with a second. */
	b->at = clock_now();
	book.at = b->at;
	b->unit = part->unit->id;
	b->choice = choice_names[part->choice];
	b->reason = part->reason;
	b->person_id = rq->viewer.person_id;
	b->capacity = part->voter->capacity;
	TRY(register_ballot(&book,
			    &(struct register_ballot){.poll = p->id,
						      .seq = b->seq,
						      .unit = b->unit,
						      .choice = b->choice,
						      .person = WHO(b->person_id),
						      .capacity = capacity_names[b->capacity]},
			    part->unit->name, &receipt));
	b->nonce = receipt.nonce;
	b->record = receipt.n;
	b->signature = receipt.signature;
	b->hash = receipt.hash;
	return insert(rq, p, b);
}

enum err ballots_cast(struct request *rq, const struct decision *d, const struct poll *p,
		      const struct electorate *e, struct ballot_form *f)
{
	int64_t seq = e->ballot_count > 0 ? e->ballots[e->ballot_count - 1].seq : 0;
	struct buf receipts = {.arena = rq->arena};

	f->first = f->last = 0;
	for (size_t i = 0; i < f->n; i++) {
		const struct ballot_part *part = &f->parts[i];
		struct poll_ballot b = {.seq = seq + 1};
		if (!says_something_new(part))
			continue;
		if (part->voter == NULL)
			return E_CONFLICT;
		TRY(cast(rq, p, part, &b));
		f->last = ++seq;
		f->first = f->first == 0 ? seq : f->first;
		if (receipts.n > 0)
			buf_char(&receipts, '\n');
		buf_add(&receipts, ballot_receipt(rq->arena, p, part->unit, &b));
	}
	return f->last == 0 ? OK : poll_letter_receipt(rq, d, p, f->last, buf_str(&receipts));
}

struct str ballot_receipt(struct arena *a, const struct poll *p, const struct poll_unit *u,
			  const struct poll_ballot *b)
{
	struct register_receipt r = {.poll = p->id,
				     .seq = b->seq,
				     .unit = u->id,
				     .n = b->record,
				     .unit_name = u->name,
				     .choice = b->choice,
				     .nonce = b->nonce,
				     .hash = b->hash,
				     .signature = b->signature};

	return register_receipt_text(a, &r);
}
