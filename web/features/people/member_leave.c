/* member_leave.c -- the end of a membership: hand-over first, then the end. */
#include "features/people/member.h"

#include "app/audit.h"
#include "app/second_factor.h"
#include "app/session.h"
#include "features/people/account_letter.h"

#include <inttypes.h>

static enum err page(struct request *rq, const struct member *p, bool refused)
{
	int64_t blocking = 0;
	enum message why;
	struct view *v = rq->view;

	view_text(v, V_NAME, p->name);
	view_text(v, V_MUNICIPALITY, p->municipality);
	view_text(v, V_UNIT_SLUG, p->slug);
	view_int(v, V_ID, p->id);
	TRY(member_last_of(rq, p, &why));
	TRY(handover_show(rq, p, &blocking));
	if (why != M_NONE) {
		view_text(view_row(v, S_LAST), V_MELDUNG, message_text(rq->arena, why, 0));
		blocking++;
	}
	if (refused)
		view_text(view_row(v, S_REFUSED), V_MELDUNG,
			  message_text(rq->arena, M_HANDOVER_OPEN, 0));
	view_show(v, blocking == 0 ? S_READY : S_BLOCKED);
	return reply_page(rq, refused ? 409 : 200, "people/member_leave.html");
}

/* GET /personen/:id/ende */
enum err member_leave_ask(struct request *rq)
{
	struct member p;

	TRY(member_load_other(rq, &p));
	return page(rq, &p, false);
}

enum err member_end(struct request *rq, const struct member *p)
{
	static const char sql[] =
	    "UPDATE membership SET until = $2 WHERE person_id = $1 AND until IS NULL";
	struct buf was = {.arena = rq->arena};

	TRY(handover_finish(rq, p));
	TRY(db_run(rq->db, sql, WITH(INT(p->id), TEXT(date_iso(rq->arena, date_today()))), NULL));
	TRY(session_end_all(rq->db, p->id));
	TRY(devices_forget(rq->db, p->id));
	json_pair(&was, "municipality", p->municipality);
	TRY(audit(rq, "membership.end", arena_fmt(rq->arena, "person/%" PRId64, p->id),
		  json_end(&was), S("")));
	return account_letter(rq, p->id, NEWS_LEFT, p->municipality);
}

/* POST /personen/:id/ende */
enum err member_leave(struct request *rq)
{
	int64_t blocking = 0;
	enum message why;
	struct member p;

	TRY(member_load_other(rq, &p));
	TRY(member_last_of(rq, &p, &why));
	TRY(handover_open(rq, &p, &blocking));
	if (why != M_NONE || blocking > 0)
		return page(rq, &p, true);
	TRY(member_end(rq, &p));
	return reply_redirect(rq, M_MEMBERSHIP_ENDED, "/kommunen/%.*s", ARG(p.slug));
}
