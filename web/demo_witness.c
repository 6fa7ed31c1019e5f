/* demo_witness.c -- a municipality of the demo countersigns the register. */
#include "demo_steering.h"

#include "app/app.h"
#include "base/clock.h"
#include "base/secret.h"
#include "features/steering/register.h"
#include "features/steering/witness.h"

enum err demo_countersign(struct request *rq)
{
	unsigned char seed[SECRET_KEY_CHARS / 2];
	struct register_entry head;
	struct witness_unit unit;
	struct secret_key key;
	enum message why;

	secret_bytes(seed, sizeof seed);
	if (!secret_key_from_seed(
		secret_hex(rq->arena, (struct str){(const char *)seed, sizeof seed}), &key))
		return E_INTERNAL;
	TRY(register_head(rq->db, &head));
	TRY(witness_unit_load(rq, &unit));
	TRY(witness_key_add(rq, &unit, secret_key_public(&key), &why));
	TRY(witness_unit_load(rq, &unit));
	clock_set(clock_now() + 300);
	return witness_add(rq, &unit, head.n, secret_sign(rq->arena, &key, head.hash), &why);
}
