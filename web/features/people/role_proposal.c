/* role_proposal.c -- what is proposed to the committee, and what it says to it. */
#include "features/people/role_proposal.h"

#include "app/audit.h"
#include "app/fresh_password.h"
#include "base/clock.h"

#include <inttypes.h>

static const struct form_field ENTSCHEIDUNG = {S_INIT("entscheidung"), NULL, S_ENTSCHEIDUNG_FEHLER};
static const struct form_field PASSWORT = {S_INIT("passwort"), NULL, S_PASSWORT_FEHLER};
static const struct str decisions[] = {S_INIT("vergeben"), S_INIT("ablehnen")};

static struct str object(struct request *rq, int64_t id)
{
	return arena_fmt(rq->arena, "role_proposal/%" PRId64, id);
}

static enum err is_open(struct request *rq, const struct role_form *f, enum message *why)
{
	static const char sql[] =
	    "SELECT (SELECT count(*) FROM role_proposal WHERE person_id = $1 AND role = $2"
	    "   AND decided_at IS NULL)"
	    " + 2 * (SELECT count(*) FROM role_held WHERE person_id = $1 AND role = $2"
	    "   AND (until IS NULL OR until >= $3))";
	int64_t found = 0;

	TRY(db_int(rq->db, sql,
		   WITH(INT(f->person.id), TEXT(f->term.kind->word),
			TEXT(date_iso(rq->arena, f->term.since))),
		   &found));
	*why = found > 1 ? M_ROLE_HAS_ALREADY : found > 0 ? M_ROLE_PROPOSED_ALREADY : M_NONE;
	return OK;
}

enum err role_propose(struct request *rq, const struct role_form *f, enum message *why)
{
	static const char sql[] =
	    "INSERT INTO role_proposal (person_id, role, municipality_id, since, until, reason,"
	    " proposed_by, proposed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id";
	const struct role_term *t = &f->term;
	int64_t seat = t->kind->seat ? f->person.municipality_id : 0, id = 0;
	struct buf json = {.arena = rq->arena};

	TRY(is_open(rq, f, why));
	if (*why != M_NONE)
		return OK;
	TRY(db_int(rq->db, sql,
		   WITH(INT(f->person.id), TEXT(t->kind->word), INT_OR_NONE(seat),
			TEXT(date_iso(rq->arena, t->since)),
			TEXT_OR_NONE(date_iso(rq->arena, t->until)), TEXT(f->reason),
			INT(rq->viewer.person_id), INT(clock_now())),
		   &id));
	json_pair(&json, "person", f->person.name);
	json_pair(&json, "role", t->kind->word);
	return audit(rq, "role.propose", object(rq, id), S(""), json_end(&json));
}

/* ---- Reading ---- */

/* Nobody decides on what they proposed themselves: who did, withdrew it. */
static bool is_withdrawn(const struct role_proposal *p)
{
	return p->decided_at != 0 && p->decider_id == p->proposer_id;
}

const char *proposal_outcome(const struct role_proposal *p)
{
	return p->granted ? S_GRANTED : is_withdrawn(p) ? S_WITHDRAWN : S_REFUSED;
}

#define PROPOSAL                                                                                   \
	"SELECT q.id, q.person_id, q.role, q.since, coalesce(q.until, ''), q.reason,"              \
	"  coalesce(q.municipality_id, 0), q.proposed_by, b.name, q.proposed_at,"                  \
	"  coalesce(q.decided_at, 0), coalesce(q.granted, 0), coalesce(d.name, ''), q.version,"    \
	"  p.name, coalesce(q.decided_by, 0)"                                                      \
	"  FROM role_proposal q JOIN person b ON b.id = q.proposed_by"                             \
	"  JOIN person p ON p.id = q.person_id LEFT JOIN person d ON d.id = q.decided_by"

static enum err take(struct rows *r, struct role_proposal *out)
{
	*out = (struct role_proposal){.id = col_int(r, 0),
				      .person = {.id = col_int(r, 1), .name = col_text(r, 14)},
				      .term = {.kind = role_kind_named(col_text(r, 2))},
				      .reason = col_text(r, 5),
				      .municipality_id = col_int(r, 6),
				      .proposer_id = col_int(r, 7),
				      .proposer = col_text(r, 8),
				      .proposed_at = col_int(r, 9),
				      .decided_at = col_int(r, 10),
				      .granted = col_int(r, 11) != 0,
				      .decider = col_text(r, 12),
				      .version = col_int(r, 13),
				      .decider_id = col_int(r, 15)};
	(void)date_parse_iso(col_text(r, 4), &out->term.until);
	bool readable = date_parse_iso(col_text(r, 3), &out->term.since);
	return readable && out->term.kind != NULL ? OK : E_INTERNAL;
}

enum err proposal_load(struct request *rq, struct role_proposal *out)
{
	static const char sql[] = PROPOSAL " WHERE q.id = $1";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	return take(&r, out);
}

static enum err load(struct request *rq, struct role_proposal *out)
{
	TRY(proposal_load(rq, out));
	return role_person_load(rq, out->person.id, &out->person);
}

enum err proposals_by_viewer(struct request *rq, struct role_proposal *out, size_t most, size_t *n)
{
	static const char sql[] = PROPOSAL " WHERE q.proposed_by = $1 ORDER BY q.id DESC LIMIT $2";
	struct rows r = db_query(rq->db, sql, WITH(INT(rq->viewer.person_id), INT((int64_t)most)));

	for (*n = 0; *n < most && rows_next(&r); ++*n)
		TRY(take(&r, &out[*n]));
	return r.err;
}

void proposal_facts_show(struct request *rq, struct view *v, const struct role_proposal *p)
{
	view_int(v, V_ID, p->id);
	view_text(v, V_NAME, p->person.name);
	view_text(v, V_ROLE_NAME, role_label(p->term.kind->word));
	view_text(v, V_SINCE, date_long(rq->arena, p->term.since));
	if (!date_is_none(p->term.until))
		view_text(view_row(v, S_UNTIL), V_DATE, date_long(rq->arena, p->term.until));
	view_text(v, V_WHEN, date_long(rq->arena, date_of(p->proposed_at)));
}

enum err proposals_of_show(struct request *rq, int64_t person_id)
{
	static const char sql[] =
	    PROPOSAL " WHERE q.person_id = $1 AND q.decided_at IS NULL ORDER BY q.id";
	bool decides = right_to_all(rq->viewer.roles, ROLE_GRANT);
	struct view *list = NULL;

	if (!decides && !right_to_all(rq->viewer.roles, ROLE_PROPOSE))
		return OK;
	struct rows r = db_query(rq->db, sql, WITH(INT(person_id)));
	while (rows_next(&r)) {
		struct role_proposal p;
		TRY(take(&r, &p));
		if (list == NULL)
			list = view_row(rq->view, S_PROPOSALS);
		view_show_if(list, S_PROPOSES, right_to_all(rq->viewer.roles, ROLE_PROPOSE));
		struct view *v = view_row(list, S_PROPOSAL);
		proposal_facts_show(rq, v, &p);
		view_text(v, V_PROPOSER, p.proposer);
		view_show_if(v, S_MAY_DECIDE, decides);
	}
	return r.err;
}

/* GET /rollen/vorschlaege */
enum err proposal_list(struct request *rq)
{
	static const char sql[] =
	    PROPOSAL " ORDER BY q.decided_at IS NOT NULL, q.decided_at DESC, q.id LIMIT 100";
	struct rows r = db_query(rq->db, sql, WITH_NOTHING);
	struct view *open = NULL, *done = NULL;

	while (rows_next(&r)) {
		struct role_proposal p;
		TRY(take(&r, &p));
		if (p.decided_at == 0 && open == NULL)
			open = view_row(rq->view, S_PROPOSALS);
		if (p.decided_at != 0 && done == NULL)
			done = view_row(rq->view, S_DECIDED_ONES);
		struct view *v =
		    p.decided_at == 0 ? view_row(open, S_PROPOSAL) : view_row(done, S_DECIDED_ONE);
		proposal_facts_show(rq, v, &p);
		view_text(v, V_PROPOSER, p.proposer);
		if (p.decided_at == 0)
			continue;
		view_show(v, proposal_outcome(&p));
		view_text(v, V_BY_NAME, p.decider);
		view_text(v, V_DECIDED_ON, date_long(rq->arena, date_of(p.decided_at)));
		view_show_if(v, S_DECIDED, !is_withdrawn(&p));
	}
	view_show_if(rq->view, S_NO_PROPOSAL, open == NULL);
	return r.err != OK ? r.err : reply_page(rq, 200, "people/proposal_list.html");
}

/* ---- Deciding ---- */

/* Nobody decides on their own: neither on a role for themselves nor on what they proposed. */
static enum message obstacle(const struct request *rq, const struct role_proposal *p)
{
	if (p->person.id == rq->viewer.person_id)
		return M_ROLE_SELF;
	return p->proposer_id == rq->viewer.person_id ? M_ROLE_OWN_PROPOSAL : M_NONE;
}

static enum err page(struct form *f, const struct role_proposal *p, int status)
{
	struct request *rq = f->rq;
	struct view *v = rq->view;
	enum message own = obstacle(rq, p);

	proposal_facts_show(rq, v, p);
	view_text(v, V_PROPOSER, p->proposer);
	view_int(v, V_PERSON_ID, p->person.id);
	view_text(v, V_MUNICIPALITY, p->person.municipality);
	if (p->reason.n > 0)
		view_text(view_row(v, S_REASON), V_TEXT, p->reason);
	form_show_problems(f, v);
	if (p->decided_at != 0) {
		struct view *done = view_row(v, S_DECIDED);
		view_show(done, proposal_outcome(p));
		view_text(done, V_BY_NAME, p->decider);
		view_text(done, V_WHEN, date_time_long(rq->arena, p->decided_at));
	} else if (own != M_NONE) {
		view_text(view_row(v, S_OBSTACLE), V_MELDUNG, message_text(rq->arena, own, 0));
	} else {
		struct view *form = view_row(v, S_FORM);
		view_int(form, V_ID, p->id);
		form_show_fields(f, form);
	}
	return reply_page(rq, status, "people/proposal_show.html");
}

/* GET /rollen/vorschlaege/:id */
enum err proposal_show(struct request *rq)
{
	struct role_proposal p;
	struct form f;

	TRY(load(rq, &p));
	form_begin(&f, rq);
	return page(&f, &p, 200);
}

/* A day that went by while it waited begins today. */
static enum err grant(struct request *rq, struct role_proposal *p, enum message *why)
{
	int64_t id = 0;

	if (date_cmp(p->term.since, date_today()) < 0)
		p->term.since = date_today();
	if (!p->person.active)
		*why = M_ROLE_INACTIVE;
	else if ((p->term.kind->seat && p->municipality_id != p->person.municipality_id) ||
		 p->term.kind->funder != p->person.is_funder)
		*why = M_ROLE_MOVED;
	else if (!date_is_none(p->term.until) && date_cmp(p->term.until, p->term.since) < 0)
		*why = M_ROLE_OVER;
	else
		TRY(role_give(rq, &p->person, &p->term, &id, why));
	return OK;
}

static enum err write_down(struct request *rq, const struct role_proposal *p, bool granted)
{
	static const char sql[] =
	    "UPDATE role_proposal SET decided_by = $2, decided_at = $3, granted = $4,"
	    "  version = version + 1 WHERE id = $1 AND decided_at IS NULL";
	struct buf json = {.arena = rq->arena};
	int64_t changed = 0;

	TRY(db_run(
	    rq->db, sql,
	    WITH(INT(p->id), INT(rq->viewer.person_id), INT(clock_now()), INT(granted ? 1 : 0)),
	    &changed));
	if (changed == 0)
		return E_CONFLICT;
	json_pair(&json, "person", p->person.name);
	json_pair(&json, "role", p->term.kind->word);
	json_pair(&json, "granted", granted ? S("yes") : S("no"));
	TRY(audit(rq, "role.decide", object(rq, p->id), S(""), json_end(&json)));
	return role_tell_decided(rq, p, granted);
}

/* POST /rollen/vorschlaege/:id */
enum err proposal_decide(struct request *rq)
{
	enum message why = M_NONE;
	struct role_proposal p;
	struct form f;
	int status = 0;

	(void)field_text(&rq->http.form, PASSWORT.name);
	TRY(load(rq, &p));
	form_begin(&f, rq);
	int choice = form_choice(&f, &ENTSCHEIDUNG, REQUIRED, decisions, 2);
	if (p.decided_at != 0 || obstacle(rq, &p) != M_NONE)
		return page(&f, &p, 409);
	if (!form_wrong(&f))
		TRY(fresh_password_verdict(&f, &PASSWORT, &status));
	if (!form_wrong(&f) && choice == 0)
		TRY(grant(rq, &p, &why));
	if (why != M_NONE)
		form_problem(&f, &ENTSCHEIDUNG, why, 0);
	if (form_wrong(&f))
		return page(&f, &p, status != 0 ? status : 422);
	TRY(write_down(rq, &p, choice == 0));
	return reply_redirect(rq, choice == 0 ? M_ROLE_GIVEN : M_ROLE_REFUSED,
			      "/rollen/vorschlaege");
}
