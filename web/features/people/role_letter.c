/* role_letter.c -- what is written to people about their roles. */
#include "app/outbox.h"
#include "features/people/role_grant.h"
#include "features/people/role_proposal.h"

#include <inttypes.h>

#define TOPIC "account"

enum err role_tell_given(struct request *rq, const struct role_person *p, const struct role_term *t,
			 int64_t id)
{
	struct letter l = {.person_id = p->id, .topic = TOPIC};
	struct view *v = view_new(rq->arena);

	view_text(v, V_NAME, p->name);
	view_text(v, V_ROLE_NAME, role_label(t->kind->word));
	view_text(v, V_SINCE, date_long(rq->arena, t->since));
	if (!date_is_none(t->until))
		view_text(view_row(v, S_UNTIL), V_DATE, date_long(rq->arena, t->until));
	view_text(v, V_BY_NAME, rq->viewer.name);
	view_text(v, V_LINK, arena_fmt(rq->arena, "%.*s/rollen", ARG(rq->app->config.base_url)));
	TRY(letter_render(rq->arena, v, "mail/role_given.txt", &l));
	l.dedupe = arena_fmt(rq->arena, "role/%" PRId64 "/given", id);
	return outbox_put(rq->db, &l);
}

enum err role_tell_ended(struct request *rq, const struct role_held *h, struct date until)
{
	struct letter l = {.person_id = h->person_id, .topic = TOPIC};
	struct view *v = view_new(rq->arena);

	view_text(v, V_NAME, h->name);
	view_text(v, V_ROLE_NAME, role_label(h->kind->word));
	if (date_is_none(until))
		view_show(v, S_ENDED_NOW);
	else
		view_text(view_row(v, S_UNTIL), V_DATE, date_long(rq->arena, until));
	view_text(v, V_BY_NAME, rq->viewer.name);
	TRY(letter_render(rq->arena, v, "mail/role_ended.txt", &l));
	l.dedupe = arena_fmt(rq->arena, "role/%" PRId64 "/ended%.*s", h->id,
			     ARG(date_iso(rq->arena, until)));
	return outbox_put(rq->db, &l);
}

enum err role_tell_decided(struct request *rq, const struct role_proposal *p, bool granted)
{
	struct letter l = {.person_id = p->proposer_id, .topic = TOPIC};
	struct view *v = view_new(rq->arena);

	view_text(v, V_PROPOSER, p->proposer);
	view_text(v, V_NAME, p->person.name);
	view_text(v, V_ROLE_NAME, role_label(p->term.kind->word));
	view_show(v, granted ? S_GRANTED : S_REFUSED);
	view_text(v, V_BY_NAME, rq->viewer.name);
	view_text(v, V_LINK,
		  arena_fmt(rq->arena, "%.*s/personen/%" PRId64 "/rollen",
			    ARG(rq->app->config.base_url), p->person.id));
	TRY(letter_render(rq->arena, v, "mail/role_decided.txt", &l));
	l.dedupe = arena_fmt(rq->arena, "role_proposal/%" PRId64, p->id);
	return outbox_put(rq->db, &l);
}
