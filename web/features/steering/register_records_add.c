/* register_records_add.c -- one function for each kind of record, so that the compiler checks what
 * is written. */
#include "base/secret.h"
#include "features/steering/register_records.h"

#define ADD(name, id, poll_id)                                                                     \
	enum err register_##name(struct register_book *b, const struct register_##name *r)         \
	{                                                                                          \
		struct register_entry done;                                                        \
                                                                                                   \
		return register_add(b, &register_kinds[id], r, poll_id, &done);                    \
	}

ADD(template_published, REGISTER_TEMPLATE_PUBLISHED, 0)
ADD(meeting_invited, REGISTER_MEETING_INVITED, 0)
ADD(meeting_moved, REGISTER_MEETING_MOVED, 0)
ADD(attendance, REGISTER_ATTENDANCE, 0)
ADD(proxy_granted, REGISTER_PROXY_GRANTED, 0)
ADD(proxy_revoked, REGISTER_PROXY_REVOKED, 0)
ADD(recusal, REGISTER_RECUSAL, 0)
ADD(waiver, REGISTER_WAIVER, 0)
ADD(poll_opened, REGISTER_POLL_OPENED, r->poll)
ADD(poll_closed, REGISTER_POLL_CLOSED, r->poll)
ADD(poll_aborted, REGISTER_POLL_ABORTED, r->poll)
ADD(minutes_sealed, REGISTER_MINUTES_SEALED, 0)
ADD(correction, REGISTER_CORRECTION, r->poll)
ADD(follow_up, REGISTER_FOLLOW_UP, 0)
ADD(wording_read, REGISTER_WORDING_READ, 0)
ADD(poll_voided, REGISTER_POLL_VOIDED, r->poll)
ADD(recusal_disputed, REGISTER_RECUSAL_DISPUTED, 0)
ADD(recusal_decided, REGISTER_RECUSAL_DECIDED, r->poll)
ADD(minutes_approved, REGISTER_MINUTES_APPROVED, 0)

enum err register_witness_key(struct register_book *b, const struct register_witness_key *r,
			      struct register_entry *out)
{
	return register_add(b, &register_kinds[REGISTER_WITNESS_KEY], r, 0, out);
}

enum err register_witness(struct register_book *b, const struct register_witness *r,
			  struct register_entry *out)
{
	return register_add(b, &register_kinds[REGISTER_WITNESS], r, 0, out);
}

enum err register_ballot(struct register_book *b, const struct register_ballot *r,
			 struct str unit_name, struct register_receipt *out)
{
	struct register_ballot cast = *r;
	struct register_entry done;
	unsigned char nonce[16];

	if (cast.nonce.n == 0) {
		secret_bytes(nonce, sizeof nonce);
		cast.nonce = secret_hex(b->arena, (struct str){(const char *)nonce, sizeof nonce});
	}
	TRY(register_add(b, &register_kinds[REGISTER_BALLOT], &cast, cast.poll, &done));
	*out = (struct register_receipt){.poll = cast.poll,
					 .seq = cast.seq,
					 .unit = cast.unit,
					 .n = done.n,
					 .unit_name = unit_name,
					 .choice = cast.choice,
					 .nonce = cast.nonce,
					 .hash = done.hash};
	register_receipt_sign(b->arena, b->key, out);
	return OK;
}
