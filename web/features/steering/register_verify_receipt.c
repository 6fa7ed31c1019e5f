/* register_verify_receipt.c -- is the vote of a receipt in the register as it was cast? */
#include "features/steering/register_line.h"
#include "features/steering/register_verify.h"

static bool refuse(struct str *why, struct str text)
{
	*why = text;
	return false;
}

static bool is_signed(struct arena *a, const struct register_verdict *now, struct str key,
		      const struct register_receipt *r)
{
	if (key.n > 0)
		return register_receipt_matches(a, r, key);
	for (size_t i = 0; i < now->keys; i++)
		if (register_receipt_matches(a, r, now->key[i]))
			return true;
	return false;
}

static bool says_the_same(const struct register_ballot *b, const struct register_receipt *r)
{
	return b->poll == r->poll && b->seq == r->seq && b->unit == r->unit &&
	       str_eq(b->choice, r->choice) && str_eq(b->nonce, r->nonce);
}

bool register_verify_receipt(struct arena *a, const struct register_verdict *now, struct str key,
			     struct str receipt, struct str *why)
{
	struct register_receipt r;
	struct register_begin begin;
	const void *record;

	*why = S("");
	if (!register_receipt_read(a, receipt, &r))
		return refuse(why, S("das ist kein vollständiger Beleg"));
	if (key.n == 0 && now->keys == 0)
		return refuse(why, S("noch nichts ist gesiegelt: gib den Schlüssel mit --key an"));
	if (!is_signed(a, now, key, &r))
		return refuse(why, S("die Signatur des Belegs ist falsch"));
	if (r.n < 1 || r.n > now->count || !str_eq(now->hashes[r.n - 1], r.hash))
		return refuse(why, S("die Stimme des Belegs steht nicht im Register"));
	struct str line = now->lines[r.n - 1];
	if (line.n == 0) {
		*why = S("die Abstimmung läuft noch, die Stimme ist verdeckt eingetragen");
		return true;
	}
	if (!register_line_read(a, line, &begin, &record) || begin.kind->id != REGISTER_BALLOT ||
	    !says_the_same(record, &r))
		return refuse(why, S("im Register steht eine andere Stimme"));
	*why = S("die Stimme steht so im Register");
	return true;
}
