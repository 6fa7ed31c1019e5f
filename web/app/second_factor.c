/* second_factor.c -- rows of secrets and codes. */
#include "app/second_factor.h"

#include "app/session.h"
#include "base/clock.h"
#include "base/key_file.h"
#include "base/totp.h"

#include <inttypes.h>

#define EVENT "factor_key"
enum { CODE_CHARS = 12 }; /* 60 bits */

enum err factor_key_load(struct arena *a, const struct config *c, struct str *key)
{
	return key_file_load(a, EVENT, c->factor_key, key);
}

enum err factor_key_prepare(struct db *db, struct arena *a, const struct config *c)
{
	static const char sql[] = "SELECT count(*) FROM person WHERE totp_secret IS NOT NULL";
	unsigned char raw[SECRET_KEY_CHARS / 2];
	struct str key;
	int64_t people = 0;

	if (key_file_missing(a, c->factor_key)) {
		TRY(db_begin_read(db, a));
		enum err err = db_int(db, sql, WITH_NOTHING, &people);
		db_rollback(db);
		TRY(err);
		secret_bytes(raw, sizeof raw);
		key = secret_hex(a, (struct str){(const char *)raw, sizeof raw});
		if (people == 0)
			TRY(key_file_make(a, EVENT, c->factor_key, key));
	}
	return factor_key_load(a, c, &key);
}

bool factor_needed(const struct config *c, unsigned roles, bool for_all)
{
	static const unsigned power =
	    ROLE_INSTALLATION | ROLE_MUNICIPALITY | ROLE_PMO | ROLE_COMMITTEE | ROLE_CHAIR;

	return c->second_factor && (for_all || (roles & power) != 0);
}

enum err factor_state(struct request *rq, int64_t person_id, struct factor_state *out)
{
	static const char sql[] =
	    "SELECT totp_secret IS NOT NULL, coalesce(totp_since, 0),"
	    "  (SELECT count(*) FROM recovery_code WHERE person_id = $1 AND used_at IS NULL)"
	    "  FROM person WHERE id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(person_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct factor_state){
	    .active = col_int(&r, 0) != 0, .since = col_int(&r, 1), .codes_left = col_int(&r, 2)};
	return OK;
}

static struct str place_of(struct request *rq, int64_t person_id)
{
	return arena_fmt(rq->arena, "totp/%" PRId64, person_id);
}

/* Codes ------------------------------------------------------------------------------------- */

static struct str code_make(struct arena *a)
{
	struct str id = secret_id(a);

	return arena_fmt(a, "%.4s-%.4s-%.4s", id.p, id.p + 4, id.p + 8);
}

/* As typed: capitals, blanks and dashes do not matter. */
static struct str code_bare(struct arena *a, struct str typed)
{
	struct buf b = {.arena = a};

	for (size_t i = 0; i < typed.n; i++) {
		char c = typed.p[i];
		if (c == ' ' || c == '-')
			continue;
		buf_char(&b, c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c);
	}
	return buf_str(&b);
}

static struct str code_hash(struct request *rq, struct str typed)
{
	return secret_hash(rq->arena, code_bare(rq->arena, typed), rq->app->factor_key);
}

static enum err codes_write(struct request *rq, int64_t person_id, const struct str *codes)
{
	static const char sql[] =
	    "INSERT INTO recovery_code (person_id, code_hash) VALUES ($1, $2)";

	TRY(db_run(rq->db, "DELETE FROM recovery_code WHERE person_id = $1", WITH(INT(person_id)),
		   NULL));
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		TRY(db_run(rq->db, sql, WITH(INT(person_id), BLOB(code_hash(rq, codes[i]))), NULL));
	return OK;
}

enum err factor_codes_renew(struct request *rq, struct str codes[RECOVERY_CODES])
{
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		codes[i] = code_make(rq->arena);
	return codes_write(rq, rq->viewer.person_id, codes);
}

static enum err code_use(struct request *rq, int64_t person_id, struct str typed, bool *right)
{
	static const char sql[] = "UPDATE recovery_code SET used_at = $3"
				  " WHERE person_id = $1 AND code_hash = $2 AND used_at IS NULL";
	int64_t changed;

	*right = false;
	if (code_bare(rq->arena, typed).n != CODE_CHARS)
		return OK;
	TRY(db_run(rq->db, sql, WITH(INT(person_id), BLOB(code_hash(rq, typed)), INT(clock_now())),
		   &changed));
	*right = changed == 1;
	return OK;
}

enum err factor_accept(struct request *rq, int64_t person_id, struct str code, bool *right)
{
	static const char sql[] = "SELECT totp_secret, totp_last FROM person"
				  " WHERE id = $1 AND totp_secret IS NOT NULL";
	static const char used_sql[] = "UPDATE person SET totp_last = $2 WHERE id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(person_id)));

	*right = false;
	if (!rows_next(&r))
		return r.err;
	struct str secret =
	    secret_unbox(rq->arena, rq->app->factor_key, place_of(rq, person_id), col_text(&r, 0));
	int64_t step = totp_step(rq->arena, secret, code, clock_now(), col_int(&r, 1));
	if (step == 0)
		return code_use(rq, person_id, code, right);
	*right = true;
	return db_run(rq->db, used_sql, WITH(INT(person_id), INT(step)), NULL);
}

/* Setting up -------------------------------------------------------------------------------- */

/* A draft's box opens in the session that made it alone: the password, with which others may be
 * logged in, must not show the second factor. */
static struct str draft_place(struct request *rq)
{
	struct str session = secret_hash(rq->arena, rq->session, S(""));

	return arena_fmt(rq->arena, "totp-draft/%" PRId64 "/%.*s", rq->viewer.person_id,
			 ARG(secret_hex(rq->arena, session)));
}

/* In the box: the secret's bytes, when it was made, then the codes, each with a line end. */
enum err factor_draft_make(struct request *rq)
{
	static const char sql[] = "UPDATE person SET totp_draft = $2 WHERE id = $1";
	int64_t me = rq->viewer.person_id;
	struct buf b = {.arena = rq->arena};

	buf_add(&b, totp_secret(rq->arena));
	buf_fmt(&b, "%" PRId64 "\n", clock_now());
	for (size_t i = 0; i < RECOVERY_CODES; i++) {
		buf_add(&b, code_make(rq->arena));
		buf_char(&b, '\n');
	}
	struct str box = secret_box(rq->arena, rq->app->factor_key, draft_place(rq), buf_str(&b));
	if (box.n == 0)
		return E_UNAVAILABLE;
	return db_run(rq->db, sql, WITH(INT(me), BLOB(box)), NULL);
}

enum err factor_draft_load(struct request *rq, struct factor_draft *out)
{
	static const char sql[] = "SELECT totp_draft FROM person WHERE id = $1";
	int64_t me = rq->viewer.person_id;
	struct rows r = db_query(rq->db, sql, WITH(INT(me)));

	*out = (struct factor_draft){.secret = {NULL, 0}};
	if (!rows_next(&r))
		return r.err;
	struct str text =
	    secret_unbox(rq->arena, rq->app->factor_key, draft_place(rq), col_text(&r, 0));
	if (text.n <= TOTP_SECRET_BYTES)
		return OK;
	struct str rest = str_from(text, TOTP_SECRET_BYTES), made;
	int64_t made_at;
	if (!str_cut(&rest, '\n', &made) || !str_to_int(made, &made_at))
		return E_INTERNAL;
	if (clock_now() - made_at >= DRAFT_SECONDS)
		return OK;
	out->secret = str_head(text, TOTP_SECRET_BYTES);
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		if (!str_cut(&rest, '\n', &out->codes[i]))
			return E_INTERNAL;
	return OK;
}

enum err factor_confirm(struct request *rq, struct str code, bool *right)
{
	static const char sql[] =
	    "UPDATE person SET totp_secret = $2, totp_last = $3, totp_since = $4,"
	    "  totp_draft = NULL WHERE id = $1";
	int64_t me = rq->viewer.person_id, now = clock_now();
	struct factor_draft d;

	TRY(factor_draft_load(rq, &d));
	int64_t step = totp_step(rq->arena, d.secret, code, now, 0);
	*right = step != 0;
	if (!*right)
		return OK;
	struct str box = secret_box(rq->arena, rq->app->factor_key, place_of(rq, me), d.secret);
	TRY(db_run(rq->db, sql, WITH(INT(me), BLOB(box), INT(step), INT(now)), NULL));
	TRY(devices_forget(rq->db, me));
	TRY(codes_write(rq, me, d.codes));
	TRY(session_end_all(rq->db, me));
	return session_create(rq, me);
}

enum err factor_remove(struct request *rq, int64_t person_id)
{
	static const char sql[] = "UPDATE person SET totp_secret = NULL, totp_draft = NULL,"
				  "  totp_since = NULL WHERE id = $1";

	TRY(db_run(rq->db, sql, WITH(INT(person_id)), NULL));
	TRY(db_run(rq->db, "DELETE FROM recovery_code WHERE person_id = $1", WITH(INT(person_id)),
		   NULL));
	return devices_forget(rq->db, person_id);
}
