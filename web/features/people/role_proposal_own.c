/* role_proposal_own.c -- what became of one's own proposals, and taking one back. */
#include "features/people/role_proposal.h"

#include "app/audit.h"
#include "base/clock.h"

#include <inttypes.h>

enum { OWN_SHOWN = 100 };

static void show(struct request *rq, struct view *v, const struct role_proposal *p)
{
	proposal_facts_show(rq, v, p);
	view_int(v, V_PERSON_ID, p->person.id);
	if (p->reason.n > 0)
		view_text(view_row(v, S_REASON), V_TEXT, p->reason);
	if (p->decided_at == 0) {
		view_show(v, S_WAITS);
		return;
	}
	view_show(v, proposal_outcome(p));
	view_text(v, V_BY_NAME, p->decider);
	view_text(v, V_DECIDED_ON, date_long(rq->arena, date_of(p->decided_at)));
}

/* GET /rollen/vorschlaege/eigene */
enum err proposal_own_list(struct request *rq)
{
	struct role_proposal *all = ARENA_ARRAY(rq->arena, struct role_proposal, OWN_SHOWN);
	size_t n;

	TRY(proposals_by_viewer(rq, all, OWN_SHOWN, &n));
	struct view *list = n > 0 ? view_row(rq->view, S_PROPOSALS) : NULL;
	for (size_t i = 0; i < n; i++)
		show(rq, view_row(list, S_PROPOSAL), &all[i]);
	view_show_if(rq->view, S_NO_PROPOSAL, n == 0);
	return reply_page(rq, 200, "people/proposal_own.html");
}

/* E_FORBIDDEN for what somebody else proposed: it is known, but not one's own. */
static enum err load_own(struct request *rq, struct role_proposal *out)
{
	TRY(proposal_load(rq, out));
	if (out->proposer_id != rq->viewer.person_id)
		return E_FORBIDDEN;
	return out->decided_at != 0 ? E_CONFLICT : OK;
}

/* POST /rollen/vorschlaege/:id/zurueckziehen */
enum err proposal_withdraw(struct request *rq)
{
	static const char sql[] =
	    "UPDATE role_proposal SET decided_by = proposed_by, decided_at = $2, granted = 0,"
	    "  version = version + 1 WHERE id = $1 AND decided_at IS NULL";
	struct role_proposal p;
	struct buf json = {.arena = rq->arena};

	TRY(load_own(rq, &p));
	TRY(db_run(rq->db, sql, WITH(INT(p.id), INT(clock_now())), NULL));
	json_pair(&json, "person", p.person.name);
	json_pair(&json, "role", p.term.kind->word);
	TRY(audit(rq, "role.withdraw", arena_fmt(rq->arena, "role_proposal/%" PRId64, p.id),
		  json_end(&json), S("")));
	return reply_redirect(rq, M_PROPOSAL_WITHDRAWN, "/rollen/vorschlaege/eigene");
}
