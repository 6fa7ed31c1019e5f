/* feedback_letter.c -- tells an author by mail what became of a remark. */
#include "app/outbox.h"
#include "base/clock.h"
#include "features/handbook/feedback_handlers.h"

#include <inttypes.h>

enum { RESPONSE_DAYS = 14 };

/* One letter for each step: the row's version moves with every one. */
static struct str dedupe(struct request *rq, const struct feedback *f)
{
	return arena_fmt(rq->arena, "feedback/%" PRId64 "/%" PRId64, f->id, f->row_version);
}

static void show_feedback(struct request *rq, struct view *v, const struct feedback *f)
{
	view_text(v, V_LABEL, f->label);
	view_text(v, V_NAME, f->author);
	view_text(
	    v, V_LINK,
	    arena_fmt(rq->arena, "%.*s/feedback/%" PRId64, ARG(rq->app->config.base_url), f->id));
}

enum err feedback_tell_worked_in(struct request *rq, const struct feedback *f,
				 const struct version *in)
{
	struct view *v = view_new(rq->arena);
	struct letter l = {.person_id = f->author_id, .topic = "feedback"};

	if (f->author_gone)
		return OK;
	show_feedback(rq, v, f);
	view_text(v, V_VERSION_LABEL, in->label);
	view_text(v, V_OTHER_LINK,
		  arena_fmt(rq->arena, "%.*s/handbuch/vergleich?bis=%.*s",
			    ARG(rq->app->config.base_url), ARG(in->slug)));
	TRY(letter_render(rq->arena, v, "mail/feedback_done.txt", &l));
	l.dedupe = dedupe(rq, f);
	return outbox_put(rq->db, &l);
}

enum err feedback_tell(struct request *rq, const struct feedback *f, enum outcome outcome,
		       struct str said)
{
	struct view *v = view_new(rq->arena);
	struct letter l = {.person_id = f->author_id, .topic = "feedback"};
	bool decided = outcome < OUTCOME_COUNT;
	struct date last = date_add_days(date_today(), RESPONSE_DAYS);

	if (f->author_gone)
		return OK;
	show_feedback(rq, v, f);
	struct view *news = view_row(v, decided ? S_DECIDED : S_ASKED);
	if (decided) {
		view_text(news, V_OUTCOME, outcome_label(outcome));
		view_text(news, V_DATE, date_long(rq->arena, last));
	}
	if (said.n > 0)
		view_text(view_row(v, S_SAID), V_REASON, said);
	TRY(letter_render(rq->arena, v, "mail/feedback_news.txt", &l));
	l.dedupe = dedupe(rq, f);
	return outbox_put(rq->db, &l);
}
