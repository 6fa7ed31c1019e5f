/* account_letter.c -- fills views/mail/account_news.txt. */
#include "features/people/account_letter.h"

#include "app/outbox.h"
#include "base/clock.h"
#include "base/date.h"

#include <inttypes.h>

/* Whoever got the new address by somebody's mistake or worse is not alone in reading it. */
static enum err tell_old(struct request *rq, const struct letter *same)
{
	static const char sql[] =
	    "SELECT DISTINCT email_before FROM email_change WHERE person_id = $1 AND used_at > $2"
	    "   AND email_before NOT IN ('', (SELECT email FROM person WHERE id = $1))";
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(INT(same->person_id), INT(clock_now() - OLD_ADDRESS_DAYS * INT64_C(86400))));

	for (int i = 1; rows_next(&r); i++) {
		struct letter l = *same;
		l.email = col_text(&r, 0);
		l.dedupe = arena_fmt(rq->arena, "%.*s/old/%d", ARG(same->dedupe), i);
		TRY(outbox_put(rq->db, &l));
	}
	return r.err;
}

enum err account_letter(struct request *rq, int64_t person_id, enum account_news what,
			struct str municipality)
{
	static const char sql[] = "SELECT name FROM person WHERE id = $1";
	static const char *const sections[NEWS_KINDS] = {
	    [NEWS_PASSWORD] = S_NEWS_PASSWORD,
	    [NEWS_SUSPENDED] = S_NEWS_SUSPENDED,
	    [NEWS_REACTIVATED] = S_NEWS_REACTIVATED,
	    [NEWS_FACTOR] = S_NEWS_FACTOR,
	    [NEWS_LEFT] = S_NEWS_LEFT,
	};
	struct letter l = {.person_id = person_id, .topic = "account"};
	struct view *v = view_new(rq->arena);
	struct rows r = db_query(rq->db, sql, WITH(INT(person_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	view_text(v, V_NAME, col_text(&r, 0));
	view_text(v, V_MUNICIPALITY, municipality);
	view_text(v, V_WHEN, date_time_long(rq->arena, clock_now()));
	view_text(v, V_LINK, rq->app->config.base_url);
	view_show(v, sections[what]);
	TRY(letter_render(rq->arena, v, "mail/account_news.txt", &l));
	/* Nothing is told twice in a second, and nothing that happened is left out. */
	l.dedupe = arena_fmt(rq->arena, "account/%" PRId64 "/%d/%" PRId64, person_id, (int)what,
			     clock_now());
	TRY(outbox_put(rq->db, &l));
	return what == NEWS_PASSWORD || what == NEWS_FACTOR ? tell_old(rq, &l) : OK;
}
