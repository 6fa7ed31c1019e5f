/* minutes_letter.c -- fills views/mail/minutes_*.txt and puts them into the outbox. */
#include "app/outbox.h"
#include "features/steering/minutes.h"

#include <inttypes.h>

static struct view *begin(struct request *rq, const struct minutes *x, struct str name)
{
	struct view *v = view_new(rq->arena);

	view_text(v, V_NAME, name);
	view_text(v, V_MEETING, meeting_title(rq->arena, &x->m));
	view_text(v, V_LINK,
		  arena_fmt(rq->arena, "%.*s/sitzungen/%.*s/protokoll",
			    ARG(rq->app->config.base_url), ARG(x->m.slug)));
	return v;
}

static enum err tell(struct request *rq, const struct minutes *x, const struct seat *seat)
{
	struct view *v = begin(rq, x, seat->name);
	struct letter l = {.person_id = seat->person_id, .topic = "meeting"};

	view_text(v, V_SHA, x->sha256);
	l.dedupe =
	    arena_fmt(rq->arena, "meeting/%" PRId64 "/minutes/%" PRId64, x->m.id, seat->person_id);
	TRY(letter_render(rq->arena, v, "mail/minutes_sealed.txt", &l));
	return outbox_put(rq->db, &l);
}

enum err minutes_letters(struct request *rq, const struct minutes *x)
{
	struct roll roll;

	TRY(roll_load(rq, x->m.day, &roll));
	for (size_t u = 0; u < roll.n; u++)
		for (size_t s = 0; s < roll.units[u].n; s++)
			TRY(tell(rq, x, &roll.units[u].seats[s]));
	return OK;
}

enum err correction_letters(struct request *rq, const struct minutes *x, const struct correction *c)
{
	static const char sql[] =
	    "SELECT DISTINCT p.id, p.name FROM ballot b JOIN person p ON p.id = b.person_id"
	    " WHERE b.poll_id = $1 AND p.status = 'active' ORDER BY p.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(c->poll_id)));

	while (rows_next(&r)) {
		struct view *v = begin(rq, x, col_text(&r, 1));
		struct letter l = {.person_id = col_int(&r, 0), .topic = "vote"};
		view_text(v, V_SUBJECT, c->subject);
		view_text(v, V_OLD_TEXT, c->old);
		view_text(v, V_NEW_TEXT, c->new);
		view_text(v, V_REASON, c->reason);
		l.dedupe =
		    arena_fmt(rq->arena, "correction/%" PRId64 "/%" PRId64, c->id, l.person_id);
		TRY(letter_render(rq->arena, v, "mail/minutes_correction.txt", &l));
		TRY(outbox_put(rq->db, &l));
	}
	return r.err;
}
