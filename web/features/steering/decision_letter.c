/* decision_letter.c -- letters about a template to those who wrote it. */
#include "features/steering/decision_handlers.h"

#include "app/outbox.h"

#include <inttypes.h>

/* Nobody gets a letter about what she did herself. */
enum err decision_tell_author(struct request *rq, const struct decision *d, struct str reason)
{
	static const char sql[] = "SELECT name FROM person WHERE id = $1 AND id <> $2"
				  " AND status = 'active'";
	struct letter l = {.person_id = d->author_id, .topic = "decision"};
	struct rows r = db_query(rq->db, sql, WITH(INT(d->author_id), INT(rq->viewer.person_id)));

	if (!rows_next(&r))
		return r.err;
	struct view *v = view_new(rq->arena);
	view_text(v, V_NAME, col_text(&r, 0));
	view_text(v, V_NUMBER, d->slug);
	view_text(v, V_TITLE, d->title);
	/* Subjects are read by others, too: of letters that did not arrive. */
	if (d->restricted.n == 0)
		view_text(view_row(v, S_TITLED), V_TITLE, d->title);
	view_text(v, V_WHO, rq->viewer.name);
	view_text(v, V_REASON, reason);
	view_text(v, V_LINK,
		  arena_fmt(rq->arena, "%.*s/entscheidungen/%.*s", ARG(rq->app->config.base_url),
			    ARG(d->slug)));
	TRY(letter_render(rq->arena, v, "mail/decision_returned.txt", &l));
	/* It may come back more than once. */
	l.dedupe =
	    arena_fmt(rq->arena, "decision/%" PRId64 "/return/%" PRId64, d->id, d->row_version);
	return outbox_put(rq->db, &l);
}
