/* register_test.c -- records go in as they should: spelling, chain, seals, digests, receipts. */
#include "register_world.h"

#include "base/secret.h"

static struct register_receipt receipt;

TEST(a_sample_register_is_fine)
{
	struct str text = sample(&receipt);
	CHECK_FINE(text);
	struct register_verdict v = verdict_of(text);
	CHECK_INT(v.vote_count, 5);
	CHECK_INT(v.open_count, 0);
	CHECK_INT(v.seals, 6);
	CHECK_INT(v.keys, 1);
	CHECK_STR(v.key[0], secret_key_public(test_app.register_key));
	db_rollback(test_db);
}

TESTS_MAIN
