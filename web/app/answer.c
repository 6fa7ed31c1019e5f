/* answer.c -- remembers where each form led. */
#include "app/answer.h"

#include "base/clock.h"
#include "base/secret.h"

static struct str form_hash(struct request *rq)
{
	struct buf b = {.arena = rq->arena};

	buf_add(&b, rq->http.path);
	for (size_t i = 0; i < rq->http.form.n; i++) {
		const struct field *f = &rq->http.form.v[i];
		/* The token differs on each page of the same form. */
		if (str_eq(f->name, S("csrf")))
			continue;
		buf_fmt(&b, "\n%zu %zu ", f->name.n, f->value.n);
		buf_add(&b, f->name);
		buf_add(&b, f->value);
	}
	return secret_hash(rq->arena, buf_str(&b), S(""));
}

enum err answer_find(struct request *rq, struct str *location)
{
	static const char sql[] =
	    "SELECT location FROM answered_form WHERE person_id = $1 AND form_hash = $2";

	*location = S("");
	if (field_text(&rq->http.form, S("key")).n < SECRET_ID_CHARS)
		return E_BAD_REQUEST;
	enum err err =
	    db_text(rq->db, sql, WITH(INT(rq->viewer.person_id), BLOB(form_hash(rq))), location);
	return err == E_NOT_FOUND ? OK : err;
}

enum err answer_keep(struct request *rq, struct str location)
{
	static const char clean_sql[] = "DELETE FROM answered_form WHERE at < $1";
	static const char sql[] = "INSERT INTO answered_form (person_id, form_hash, location, at)"
				  " VALUES ($1, $2, $3, $4) ON CONFLICT DO NOTHING";
	int64_t now = clock_now();

	TRY(db_run(rq->db, clean_sql, WITH(INT(now - ANSWER_KEPT_SECONDS)), NULL));
	return db_run(
	    rq->db, sql,
	    WITH(INT(rq->viewer.person_id), BLOB(form_hash(rq)), TEXT(location), INT(now)), NULL);
}
