/* credentials.c -- doors that close with the password. */
#include "features/people/credentials.h"

#include "app/outbox.h"
#include "app/second_factor.h"
#include "app/session.h"
#include "base/clock.h"

#include <inttypes.h>

struct str reset_dedupe(struct arena *a, int64_t reset_id)
{
	return arena_fmt(a, "password-reset/%" PRId64, reset_id);
}

enum err reset_links_end(struct db *db, struct arena *a, int64_t person_id)
{
	static const char open_sql[] =
	    "SELECT id FROM password_reset WHERE person_id = $1 AND used_at IS NULL";
	static const char used_sql[] = "UPDATE password_reset SET used_at = $2, token_hash = NULL"
				       " WHERE person_id = $1 AND used_at IS NULL";
	struct rows r = db_query(db, open_sql, WITH(INT(person_id)));

	while (rows_next(&r))
		TRY(outbox_cancel(db, reset_dedupe(a, col_int(&r, 0))));
	TRY(r.err);
	return db_run(db, used_sql, WITH(INT(person_id), INT(clock_now())), NULL);
}

enum err credentials_end(struct db *db, struct arena *a, int64_t person_id)
{
	static const char calendar_sql[] =
	    "UPDATE calendar_feed SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL";

	TRY(session_end_all(db, person_id));
	TRY(devices_forget(db, person_id));
	TRY(reset_links_end(db, a, person_id));
	return db_run(db, calendar_sql, WITH(INT(person_id), INT(clock_now())), NULL);
}
