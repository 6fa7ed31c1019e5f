/* register.c -- appends to the register: chain, seals, digests of persons. */
#include "features/steering/register.h"

#include "app/app.h"
#include "base/clock.h"
#include "base/log.h"
#include "features/steering/register_line.h"
#include "markup/normal.h"

#include <string.h>

struct register_book register_of(struct request *rq)
{
	return (struct register_book){
	    .db = rq->db, .arena = rq->arena, .key = rq->app->register_key};
}

enum err register_head(struct db *db, struct register_entry *out)
{
	static const char sql[] =
	    "SELECT n, at, line, hash FROM register_record ORDER BY n DESC LIMIT 1";
	struct rows r = db_query(db, sql, WITH_NOTHING);

	*out = (struct register_entry){.hash = S(REGISTER_ZEROS)};
	if (rows_next(&r))
		*out = (struct register_entry){col_int(&r, 0), col_int(&r, 1), col_text(&r, 2),
					       col_text(&r, 3)};
	return r.err;
}

/* The name as it is now: a person who changes it stays the same digest. */
static enum err make_digest(struct register_book *b, int64_t person_id, struct str *digest)
{
	static const char name_sql[] = "SELECT name FROM person WHERE id = $1";
	static const char insert_sql[] =
	    "INSERT INTO register_person (person_id, salt, digest) VALUES ($1, $2, $3)";
	unsigned char raw[32];
	struct str name;

	TRY(db_text(b->db, name_sql, WITH(INT(person_id)), &name));
	secret_bytes(raw, sizeof raw);
	struct str salt = secret_hex(b->arena, (struct str){(const char *)raw, sizeof raw});
	name = normal_nfc(b->arena, name);
	*digest =
	    secret_sha256_hex(b->arena, arena_fmt(b->arena, "%.*s%.*s", ARG(salt), ARG(name)));
	return db_run(b->db, insert_sql, WITH(INT(person_id), TEXT(salt), TEXT(*digest)), NULL);
}

enum err register_person(struct register_book *b, int64_t person_id, struct str *digest)
{
	static const char sql[] = "SELECT digest FROM register_person WHERE person_id = $1";
	struct rows r = db_query(b->db, sql, WITH(INT(person_id)));

	if (rows_next(&r)) {
		*digest = col_text(&r, 0);
		return OK;
	}
	TRY(r.err);
	return make_digest(b, person_id, digest);
}

enum err register_seal(struct register_book *b, int64_t n, struct str hash)
{
	static const char sql[] =
	    "INSERT INTO register_seal (n, key, signature) VALUES ($1, $2, $3)";

	return db_run(b->db, sql,
		      WITH(INT(n), TEXT(secret_key_public(b->key)),
			   TEXT(secret_sign(b->arena, b->key, hash))),
		      NULL);
}

struct str register_hash(struct arena *a, struct str before, struct str line)
{
	char *both = arena_alloc(a, before.n + line.n);

	memcpy(both, before.p, before.n);
	memcpy(both + before.n, line.p, line.n);
	return secret_sha256_hex(a, (struct str){both, before.n + line.n});
}

enum err register_add(struct register_book *b, const struct register_kind *kind, const void *record,
		      int64_t poll_id, struct register_entry *out)
{
	static const char sql[] = "INSERT INTO register_record (n, at, kind, poll_id, line, hash)"
				  " VALUES ($1, $2, $3, $4, $5, $6)";
	int64_t now = b->at != 0 ? b->at : clock_now();
	struct register_entry before;

	if (b->key == NULL) {
		log_event(LOG_ERROR, "register_without_key", KV("kind", kind->name));
		return E_INTERNAL;
	}
	TRY(register_head(b->db, &before));
	/* A clock that was set back by a moment must not turn the order around. */
	struct register_begin begin = {before.n + 1, now > before.at ? now : before.at, kind};
	*out = (struct register_entry){.n = begin.n, .at = begin.at};
	TRY(register_line_write(b, &begin, record, &out->line));
	out->hash = register_hash(b->arena, before.hash, out->line);
	TRY(db_run(b->db, sql,
		   WITH(INT(out->n), INT(out->at), TEXT(kind->name), INT_OR_NONE(poll_id),
			TEXT(out->line), TEXT(out->hash)),
		   NULL));
	return kind->sealed ? register_seal(b, out->n, out->hash) : OK;
}
