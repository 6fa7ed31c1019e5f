/* calendar_feed.c -- the secret address: made, renewed, given up, and what stands there. */
#include "features/home/calendar.h"

#include "app/audit.h"
#include "app/session.h"
#include "base/clock.h"
#include "features/features.h"

#include <inttypes.h>

enum { TAG_CHARS = 32 };

static struct str hash_of(struct request *rq, struct str token)
{
	return secret_hash(rq->arena, token, S(""));
}

/* The page ----------------------------------------------------------------------------------- */

/* `token`: just made, or empty. */
static enum err page(struct request *rq, struct str token)
{
	static const char sql[] =
	    "SELECT created_at FROM calendar_feed WHERE person_id = $1 AND revoked_at IS NULL";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id)));
	struct view *v = rq->view;

	if (token.n > 0)
		view_text(view_row(v, S_FRESH), V_ADDRESS,
			  arena_fmt(rq->arena, "%.*s/kalender/%.*s/termine.ics",
				    ARG(rq->app->config.base_url), ARG(token)));
	if (rows_next(&r))
		view_text(view_row(v, S_ACTIVE), V_DATE, date_time_long(rq->arena, col_int(&r, 0)));
	else
		view_show(v, S_NONE);
	TRY(r.err);
	return reply_page(rq, 200, "home/calendar_show.html");
}

/* GET /profil/kalender */
static enum err calendar_show(struct request *rq)
{
	return page(rq, S(""));
}

static enum err revoke(struct request *rq, int64_t *changed)
{
	static const char sql[] =
	    "UPDATE calendar_feed SET revoked_at = $2 WHERE person_id = $1 AND revoked_at IS NULL";

	return db_run(rq->db, sql, WITH(INT(rq->viewer.person_id), INT(clock_now())), changed);
}

static enum err note(struct request *rq, const char *action)
{
	return audit(rq, action, arena_fmt(rq->arena, "person/%" PRId64, rq->viewer.person_id),
		     S(""), S(""));
}

/* POST /profil/kalender -- answered with the page itself: the address is shown this once. */
static enum err calendar_make(struct request *rq)
{
	static const char sql[] =
	    "INSERT INTO calendar_feed (token_hash, person_id, created_at) VALUES ($1, $2, $3)";
	struct str token = secret_token(rq->arena);

	TRY(revoke(rq, NULL));
	TRY(db_run(rq->db, sql,
		   WITH(BLOB(hash_of(rq, token)), INT(rq->viewer.person_id), INT(clock_now())),
		   NULL));
	TRY(note(rq, "calendar.make"));
	return page(rq, token);
}

/* POST /profil/kalender/abschalten */
static enum err calendar_revoke(struct request *rq)
{
	int64_t changed = 0;

	TRY(revoke(rq, &changed));
	if (changed > 0)
		TRY(note(rq, "calendar.revoke"));
	return reply_redirect(rq, M_CALENDAR_REVOKED, "/profil/kalender");
}

/* The file ----------------------------------------------------------------------------------- */

static enum err answer(struct request *rq, int status, struct str type, struct str body)
{
	rq->out->status = status;
	rq->out->content_type = type;
	rq->out->body = body;
	TRY(response_header(rq->out, S("X-Robots-Tag"), S("noindex")));
	return response_header(rq->out, S("Cache-Control"), S("private, no-cache"));
}

/* Calendars ask every hour for what rarely changes. */
static enum err answer_file(struct request *rq, struct str file)
{
	struct str hash = secret_hex(rq->arena, secret_hash(rq->arena, file, S("")));
	struct str tag = arena_fmt(rq->arena, "\"%.*s\"", ARG(str_head(hash, TAG_CHARS)));
	struct str wanted = rq->http.if_none_match;
	bool same = str_find(wanted, tag) < wanted.n;

	TRY(answer(rq, same ? 304 : 200, ICS_TYPE, file));
	return response_header(rq->out, S("ETag"), tag);
}

/* Whose address this is; 0: nobody's, or given up. */
static enum err owner(struct request *rq, int64_t *person_id, bool *gone)
{
	static const char sql[] =
	    "SELECT f.person_id, f.revoked_at IS NOT NULL OR p.status = 'suspended',"
	    "       p.status = 'active'"
	    "  FROM calendar_feed f JOIN person p ON p.id = f.person_id"
	    " WHERE f.token_hash = $1 AND p.status <> 'anonymised'";
	struct rows r = db_query(rq->db, sql, WITH(BLOB(hash_of(rq, rq->token))));

	*person_id = 0;
	*gone = false;
	if (!rows_next(&r))
		return r.err;
	*gone = col_int(&r, 1) != 0;
	if (!*gone && col_int(&r, 2) != 0)
		*person_id = col_int(&r, 0);
	return OK;
}

/* GET /kalender/:token/termine.ics */
static enum err calendar_feed(struct request *rq)
{
	static const struct str text = S_INIT("text/plain; charset=utf-8");
	struct calendar c;
	struct str file;
	int64_t person;
	bool gone;

	TRY(owner(rq, &person, &gone));
	if (gone)
		return answer(rq, 410, text, S("Diese Adresse gilt nicht mehr.\n"));
	if (person == 0)
		return answer(rq, 404, text, S("Diese Adresse gibt es nicht.\n"));
	TRY(viewer_load(rq, person, &rq->viewer));
	TRY(calendar_load(rq, &c));
	TRY(ics_write_feed(
	    rq->arena, arena_fmt(rq->arena, "Handschlag %.*s", ARG(rq->app->config.cooperation)),
	    c.v, c.n, &file));
	return answer_file(rq, file);
}

const struct route calendar_routes[] = {
    GET("/profil/kalender", LOGGED_IN, calendar_show),
    POST("/profil/kalender", LOGGED_IN, calendar_make),
    POST("/profil/kalender/abschalten", LOGGED_IN, calendar_revoke),
    GET_TOKEN("/kalender/:token/termine.ics", calendar_feed),
    ROUTES_END,
};
