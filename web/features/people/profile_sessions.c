/* profile_sessions.c -- where somebody is logged in, and ending it. */
#include "features/people/profile.h"

#include "app/audit.h"
#include "app/second_factor.h"
#include "app/session.h"
#include "base/clock.h"
#include "base/date.h"
#include "features/people/device.h"

#include <inttypes.h>

/* A session's place in addresses: half of its hash, which opens nothing. */
enum { HANDLE_BYTES = 16 };

static struct str handle(struct arena *a, struct str hash)
{
	return secret_hex(a, str_head(hash, HANDLE_BYTES));
}

enum err sessions_show(struct request *rq)
{
	static const char sql[] =
	    "SELECT token_hash, device, created_at, last_at FROM session"
	    " WHERE person_id = $1 AND ends_at > $2 AND last_at > $3 ORDER BY last_at DESC";
	int64_t now = clock_now();
	struct str mine = secret_hash(rq->arena, rq->session, S(""));
	struct rows r =
	    db_query(rq->db, sql,
		     WITH(INT(rq->viewer.person_id), INT(now), INT(now - SESSION_IDLE_SECONDS)));
	size_t others = 0;

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_DEVICE);
		bool here = str_eq(col_text(&r, 0), mine);
		view_text(v, V_DEVICE_NAME, device_name(rq->arena, col_text(&r, 1)));
		view_text(v, V_BEGUN, date_time_long(rq->arena, col_int(&r, 2)));
		view_show_if(v, S_THIS_DEVICE, here);
		view_show_if(v, S_JUST_NOW, here);
		if (here)
			continue;
		others++;
		view_text(view_row(v, S_BEFORE), V_LAST, date_time_long(rq->arena, col_int(&r, 3)));
		struct view *end = view_row(v, S_CAN_END);
		view_text(end, V_HANDLE, handle(rq->arena, col_text(&r, 0)));
		view_text(end, V_DEVICE_NAME, device_name(rq->arena, col_text(&r, 1)));
	}
	view_show_if(rq->view, S_OTHER_DEVICES, others > 0);
	return r.err;
}

static enum err note(struct request *rq, const char *action)
{
	return audit(rq, action, arena_fmt(rq->arena, "person/%" PRId64, rq->viewer.person_id),
		     S(""), S(""));
}

/* POST /profil/geraete/:slug/abmelden */
enum err session_end_post(struct request *rq)
{
	static const char sql[] = "DELETE FROM session"
				  " WHERE person_id = $1 AND substr(hex(token_hash), 1, 32) = "
				  "upper($2)";
	int64_t ended;

	TRY(db_run(rq->db, sql, WITH(INT(rq->viewer.person_id), TEXT(rq->slug)), &ended));
	if (ended == 0)
		return E_NOT_FOUND;
	TRY(note(rq, "session.end"));
	return reply_redirect(rq, M_SESSION_ENDED, "/profil");
}

/* POST /profil/geraete/abmelden -- all others; a trusted device must show its code again. */
enum err sessions_end_post(struct request *rq)
{
	TRY(session_end_others(rq));
	TRY(devices_forget(rq->db, rq->viewer.person_id));
	TRY(note(rq, "session.end_others"));
	return reply_redirect(rq, M_SESSIONS_ENDED, "/profil");
}
