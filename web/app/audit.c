/* audit.c -- rows that nobody changes. */
#include "app/audit.h"

#include "base/clock.h"

static const char sql[] =
    "INSERT INTO audit (at, actor_id, municipality_id, action, object, before, after)"
    " VALUES ($1, $2, $3, $4, $5, $6, $7)";

enum err audit(struct request *rq, const char *action, struct str object, struct str before,
	       struct str after)
{
	return db_run(rq->db, sql,
		      WITH(INT(clock_now()), INT_OR_NONE(rq->viewer.person_id),
			   INT_OR_NONE(rq->viewer.municipality_id), TEXT(str_of(action)),
			   TEXT(object), TEXT_OR_NONE(before), TEXT_OR_NONE(after)),
		      NULL);
}

enum err audit_operator(struct db *db, const char *action, struct str object, struct str after)
{
	return db_run(db, sql,
		      WITH(INT(clock_now()), NONE, NONE, TEXT(str_of(action)), TEXT(object), NONE,
			   TEXT_OR_NONE(after)),
		      NULL);
}

static void json_text(struct buf *b, struct str s)
{
	buf_char(b, '"');
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];
		if (c == '"' || c == '\\')
			buf_char(b, '\\');
		if (c < 0x20)
			buf_fmt(b, "\\u%04x", c);
		else
			buf_char(b, s.p[i]);
	}
	buf_char(b, '"');
}

void json_pair(struct buf *b, const char *key, struct str value)
{
	buf_char(b, b->n == 0 ? '{' : ',');
	json_text(b, str_of(key));
	buf_char(b, ':');
	json_text(b, value);
}

struct str json_end(struct buf *b)
{
	if (b->n == 0)
		return S("{}");
	buf_char(b, '}');
	return buf_str(b);
}
