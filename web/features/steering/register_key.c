/* register_key.c -- makes and reads the key file. */
#include "features/steering/register_key.h"

#include "base/key_file.h"
#include "base/log.h"

#define EVENT "register_key"

enum err register_key_load(struct arena *a, const struct config *c, struct secret_key *out)
{
	struct str seed;

	TRY(key_file_load(a, EVENT, c->register_key, &seed));
	return secret_key_from_seed(seed, out) ? OK : E_UNAVAILABLE;
}

static enum err make_file(struct arena *a, struct str path)
{
	struct secret_key key;

	secret_key_make(&key);
	TRY(key_file_make(a, EVENT, path, secret_key_seed(a, &key)));
	log_event(LOG_INFO, "register_key_made", KV("file", path),
		  KV("public", secret_key_public(&key)));
	return OK;
}

enum err register_key_prepare(struct db *db, struct arena *a, const struct config *c)
{
	struct secret_key key;
	int64_t seals = 0;

	if (key_file_missing(a, c->register_key)) {
		TRY(db_begin_read(db, a));
		enum err err =
		    db_int(db, "SELECT count(*) FROM register_seal", WITH_NOTHING, &seals);
		db_rollback(db);
		TRY(err);
		if (seals == 0)
			TRY(make_file(a, c->register_key));
	}
	return register_key_load(a, c, &key);
}
