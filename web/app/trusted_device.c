/* trusted_device.c -- where the code is not asked for a month. */
#include "app/second_factor.h"

#include "app/session.h"
#include "base/clock.h"
#include "base/utf8.h"

static struct str cookie_name(const struct request *rq)
{
	return cookie_is_secure(rq) ? S("__Host-geraet") : S("geraet");
}

enum err device_trust(struct request *rq, int64_t person_id)
{
	static const char sql[] =
	    "INSERT INTO trusted_device (token_hash, person_id, device, created_at, ends_at)"
	    " VALUES ($1, $2, $3, $4, $5)";
	struct str token = secret_token(rq->arena), hash = secret_hash(rq->arena, token, S(""));
	int64_t now = clock_now(), seconds = TRUST_DAYS * 86400;
	struct str device = utf8_head(rq->http.user_agent, 200);

	TRY(db_run(rq->db, sql,
		   WITH(BLOB(hash), INT(person_id), TEXT(device), INT(now), INT(now + seconds)),
		   NULL));
	return response_cookie(rq->arena, rq->out, cookie_name(rq), token, seconds);
}

enum err device_is_trusted(struct request *rq, int64_t person_id, bool *trusted)
{
	static const char sql[] = "SELECT count(*) FROM trusted_device"
				  " WHERE token_hash = $1 AND person_id = $2 AND ends_at > $3";
	struct str token = field_text(&rq->http.cookies, cookie_name(rq));
	int64_t count = 0;

	if (token.n == SECRET_TOKEN_CHARS)
		TRY(db_int(rq->db, sql,
			   WITH(BLOB(secret_hash(rq->arena, token, S(""))), INT(person_id),
				INT(clock_now())),
			   &count));
	*trusted = count == 1;
	return OK;
}

enum err devices_forget(struct db *db, int64_t person_id)
{
	return db_run(db, "DELETE FROM trusted_device WHERE person_id = $1", WITH(INT(person_id)),
		      NULL);
}
