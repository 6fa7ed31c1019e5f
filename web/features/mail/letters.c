/* letters.c -- the state of sending, and what did not arrive. */
#include "features/mail/pages.h"

#include "app/audit.h"
#include "base/clock.h"
#include "base/date.h"
#include "features/features.h"

#include <inttypes.h>

enum { ROWS_MAX = 100, ASLEEP_SECONDS = 30 * 60 };

/* Who may see them all is told by $1, whose municipality's people's else by $2. */
#define IN_SIGHT                                                                                   \
	" (($1 = 1) OR EXISTS (SELECT 1 FROM membership s WHERE s.person_id = o.person_id"         \
	"   AND s.until IS NULL AND s.municipality_id = $2))"

static struct bind sees_all(const struct request *rq)
{
	return INT(right_to_all(rq->viewer.roles, MAIL_SEE) ? 1 : 0);
}

static struct bind sees_own(const struct request *rq)
{
	bool own = (rq->viewer.roles & ROLE_MUNICIPALITY) != 0 &&
		   right_to_own(ROLE_MUNICIPALITY, MAIL_SEE);

	return INT(own ? rq->viewer.municipality_id : 0);
}

static void show_when(struct request *rq, struct view *v, int64_t at)
{
	view_text(v, V_WHEN, date_time_long(rq->arena, at));
}

/* ---- The state ---- */

static enum err show_run(struct request *rq)
{
	static const char sql[] = "SELECT ran_at, coalesce(sent_at, 0), coalesce(error_at, 0),"
				  "  last_error FROM mail_run";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	bool found = rows_next(&r), expected = rq->app->config.smtp.n > 0;

	TRY(r.err);
	int64_t ran = found ? col_int(&r, 0) : 0, sent = found ? col_int(&r, 1) : 0;
	int64_t error = found ? col_int(&r, 2) : 0;
	view_show_if(rq->view, S_MAIL_MISSING, !expected);
	view_show_if(rq->view, S_ASLEEP, expected && ran < clock_now() - ASLEEP_SECONDS);
	if (expected && error > sent) {
		struct view *v = view_row(rq->view, S_REFUSES);
		show_when(rq, v, error);
		view_text(v, V_WHY, col_text(&r, 3));
	}
	if (sent > 0)
		show_when(rq, view_row(rq->view, S_LAST_SENT), sent);
	view_show_if(rq->view, S_NEVER_SENT, sent == 0);
	return OK;
}

static enum err show_waiting(struct request *rq)
{
	static const char sql[] =
	    "SELECT count(*) FROM outbox o WHERE o.sent_at IS NULL AND o.cancelled_at IS NULL"
	    "  AND o.given_up_at IS NULL AND o.digest_id IS NULL AND o.not_before <= $3"
	    "  AND" IN_SIGHT;
	int64_t count = 0;

	TRY(db_int(rq->db, sql, WITH(sees_all(rq), sees_own(rq), INT(clock_now())), &count));
	view_int(rq->view, V_WAITING_COUNT, count);
	return OK;
}

/* ---- The letters ---- */

/* The rest of a list is told of, not shown. */
static enum err show_rows(struct request *rq, struct rows *r, bool dead)
{
	struct view *list = NULL;
	int64_t n = 0;

	while (rows_next(r)) {
		if (list == NULL)
			list = view_row(rq->view, dead ? S_DEAD : S_LATER);
		if (++n > ROWS_MAX) {
			view_int(view_row(list, S_MORE), V_COUNT, ROWS_MAX);
			break;
		}
		struct view *v = view_row(list, S_ROW);
		if (dead)
			view_int(v, V_ID, col_int(r, 0));
		view_text(v, V_SUBJECT, col_text(r, 1));
		view_text(v, V_PERSON, col_text(r, 2));
		view_text(v, V_EMAIL, col_text(r, 3));
		view_text(v, V_WHY, col_text(r, 4));
		show_when(rq, v, col_int(r, 5));
	}
	if (dead)
		view_show_if(rq->view, S_NO_DEAD, n == 0);
	return r->err;
}

static enum err show_dead(struct request *rq)
{
	static const char sql[] =
	    "SELECT o.id, o.subject, p.name,"
	    "  CASE o.email WHEN '' THEN p.email ELSE o.email END, o.last_error, o.given_up_at"
	    "  FROM outbox o JOIN person p ON p.id = o.person_id"
	    " WHERE o.given_up_at IS NOT NULL AND o.sent_at IS NULL AND o.cancelled_at IS NULL"
	    "   AND" IN_SIGHT " ORDER BY o.given_up_at DESC, o.id DESC LIMIT 101";
	struct rows r = db_query(rq->db, sql, WITH(sees_all(rq), sees_own(rq)));

	return show_rows(rq, &r, true);
}

static enum err show_later(struct request *rq)
{
	static const char sql[] =
	    "SELECT o.id, o.subject, p.name,"
	    "  CASE o.email WHEN '' THEN p.email ELSE o.email END, o.last_error, o.not_before"
	    "  FROM outbox o JOIN person p ON p.id = o.person_id"
	    " WHERE o.sent_at IS NULL AND o.cancelled_at IS NULL AND o.given_up_at IS NULL"
	    "   AND o.digest_id IS NULL AND o.attempts > 0 AND o.last_error <> ''"
	    "   AND" IN_SIGHT " ORDER BY o.not_before, o.id LIMIT 101";
	struct rows r = db_query(rq->db, sql, WITH(sees_all(rq), sees_own(rq)));

	return show_rows(rq, &r, false);
}

/* GET /post */
static enum err letter_list(struct request *rq)
{
	bool all = right_to_all(rq->viewer.roles, MAIL_SEE);

	view_show(rq->view, all ? S_ALL : S_OWN);
	TRY(show_run(rq));
	TRY(show_waiting(rq));
	TRY(show_dead(rq));
	TRY(show_later(rq));
	return reply_page(rq, 200, "mail/letter_list.html");
}

/* A letter in sight that was given up; that of others is as none. */
static enum err dead_letter_load(struct request *rq, struct str *subject)
{
	static const char sql[] = "SELECT o.subject FROM outbox o WHERE o.id = $3"
				  "  AND o.given_up_at IS NOT NULL AND o.cancelled_at IS NULL"
				  "  AND" IN_SIGHT;

	return db_text(rq->db, sql, WITH(sees_all(rq), sees_own(rq), INT(rq->id)), subject);
}

/* POST /post/:id/noch-einmal */
static enum err letter_retry(struct request *rq)
{
	static const char sql[] = "UPDATE outbox SET given_up_at = NULL, attempts = 0,"
				  "  not_before = $2, last_error = '' WHERE id = $1";
	struct buf is = {.arena = rq->arena};
	struct str subject;

	TRY(dead_letter_load(rq, &subject));
	TRY(db_run(rq->db, sql, WITH(INT(rq->id), INT(clock_now())), NULL));
	json_pair(&is, "subject", subject);
	TRY(audit(rq, "letter.retry", arena_fmt(rq->arena, "letter/%" PRId64, rq->id), S(""),
		  json_end(&is)));
	return reply_redirect(rq, M_LETTER_AGAIN, "/post");
}

const struct route mail_routes[] = {
    GET("/profil/benachrichtigungen", LOGGED_IN, setting_edit),
    POST("/profil/benachrichtigungen", LOGGED_IN, setting_save),
    GET("/post", MAIL_SEE, letter_list),
    POST("/post/:id/noch-einmal", MAIL_SEE, letter_retry),
    ROUTES_END,
};
