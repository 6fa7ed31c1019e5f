/* register_check_witness.c -- what municipalities countersigned, and with which keys. */
#include "features/steering/register_check.h"

#include <inttypes.h>

static struct seen_witness_key *newest_key(const struct check *c, int64_t unit)
{
	struct seen_witness_key *k = c->witness_keys;

	while (k != NULL && k->r->unit != unit)
		k = k->next;
	return k;
}

bool check_witness_key(struct check *c, const struct register_witness_key *r)
{
	struct seen_witness_key *before = newest_key(c, r->unit), *k;

	for (k = c->witness_keys; k != NULL; k = k->next)
		if (str_eq(k->r->key, r->key))
			return check_fails(
			    c, "der Schlüssel von Kommune %" PRId64 " ist schon vergeben", r->unit);
	if (before != NULL)
		before->until = c->now.n;
	k = ARENA_NEW(c->a, struct seen_witness_key);
	*k = (struct seen_witness_key){.r = r, .n = c->now.n, .next = c->witness_keys};
	if (k->next != NULL)
		k->next->later = k;
	c->witness_keys = k;
	return true;
}

static bool note(struct check *c, struct seen_witness_key *k, const struct register_witness *r)
{
	struct seen_witness *w;

	for (w = k->witnesses; w != NULL; w = w->next)
		if (w->r->head == r->head)
			return check_fails(c, "Eintrag %" PRId64 " ist zweimal gegengezeichnet",
					   r->head);
	w = ARENA_NEW(c->a, struct seen_witness);
	*w = (struct seen_witness){r, k->witnesses};
	k->witnesses = w;
	k->head = r->head > k->head ? r->head : k->head;
	k->count++;
	c->out->witness_count++;
	return true;
}

bool check_witness(struct check *c, const struct register_witness *r)
{
	struct seen_witness_key *k = newest_key(c, r->unit);

	if (k == NULL || !str_eq(k->r->key, r->key))
		return check_fails(c, "mit diesem Schlüssel zeichnet Kommune %" PRId64 " nicht",
				   r->unit);
	if (r->head < 1 || r->head >= c->now.n || !str_eq(c->out->hashes[r->head - 1], r->hash))
		return check_fails(c,
				   "Kommune %" PRId64 " hat für Eintrag %" PRId64
				   " eine andere Prüfsumme gegengezeichnet: was davor steht, "
				   "wurde neu geschrieben",
				   r->unit, r->head);
	if (!secret_verify(r->key, r->hash, r->signature))
		return check_fails(c,
				   "die Gegenzeichnung von Kommune %" PRId64 " zu Eintrag %" PRId64
				   " ist falsch",
				   r->unit, r->head);
	return note(c, k, r);
}

static void tell(struct buf *b, const struct seen_witness_key *k)
{
	buf_fmt(b, "  %.*s: ", ARG(k->r->name));
	if (k->count == 0)
		buf_add(b, S("noch nichts"));
	else
		buf_fmt(b, "%" PRId64 "-mal, zuletzt Eintrag %" PRId64, k->count, k->head);
	buf_fmt(b, "; Schlüssel %.*s, ab Eintrag %" PRId64, ARG(k->r->key), k->n);
	if (k->until != 0)
		buf_fmt(b, ", ersetzt mit Eintrag %" PRId64, k->until);
	buf_char(b, '\n');
}

bool check_witnesses(struct check *c)
{
	const struct seen_witness_key *oldest = c->witness_keys;
	struct buf b = {.arena = c->a};

	for (const struct seen_witness_key *k = c->witness_keys; k != NULL; oldest = k, k = k->next)
		for (size_t i = 0; i < c->out->keys; i++)
			if (str_eq(c->out->key[i], k->r->key))
				return check_fails(c,
						   "Kommune %" PRId64 " zeichnet mit dem Schlüssel,"
						   " der das Register siegelt",
						   k->r->unit);
	for (const struct seen_witness_key *k = oldest; k != NULL; k = k->later)
		tell(&b, k);
	c->out->witnesses = buf_str(&b);
	return true;
}
