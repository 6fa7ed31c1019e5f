/* proxy.c -- granting and revoking proxies. */
#include "features/steering/proxy.h"

#include "base/clock.h"
#include "features/steering/meeting_answer.h"
#include "features/steering/meeting_form.h"
#include "features/steering/meeting_handlers.h"
#include "features/steering/meeting_letter.h"
#include "features/steering/register_records.h"

#include <inttypes.h>

enum { INSTRUCTION_CHARS = 500 };

enum err proxies_load(struct request *rq, const struct meeting *m, struct proxies *out)
{
	static const char sql[] =
	    "SELECT count(*) OVER (), x.id, coalesce(x.agenda_entry_id, 0), x.municipality_id,"
	    "       x.principal_id, x.proxy_id, u.short,"
	    "       g.name,"
	    "       p.name,"
	    "       coalesce(e.title, ''), x.instruction, x.granted_at"
	    "  FROM proxy x JOIN municipality u ON u.id = x.municipality_id"
	    "  JOIN person g ON g.id = x.principal_id JOIN person p ON p.id = x.proxy_id"
	    "  LEFT JOIN agenda_entry e ON e.id = x.agenda_entry_id"
	    " WHERE x.meeting_id = $1 AND x.revoked_at IS NULL ORDER BY u.sort_key, x.id";
	struct rows r = db_query(rq->db, sql, WITH(INT(m->id)));

	*out = (struct proxies){.n = 0};
	while (rows_next(&r)) {
		if (out->n == 0)
			out->v = ARENA_ARRAY(rq->arena, struct proxy, (size_t)col_int(&r, 0));
		out->v[out->n++] = (struct proxy){.id = col_int(&r, 1),
						  .entry_id = col_int(&r, 2),
						  .municipality_id = col_int(&r, 3),
						  .principal_id = col_int(&r, 4),
						  .proxy_id = col_int(&r, 5),
						  .unit = col_text(&r, 6),
						  .principal = col_text(&r, 7),
						  .name = col_text(&r, 8),
						  .title = col_text(&r, 9),
						  .instruction = col_text(&r, 10),
						  .granted_at = col_int(&r, 11)};
	}
	return r.err;
}

static int64_t unit_of(const struct roll *roll, int64_t person_id)
{
	const struct seat *seat = roll_seat(roll, person_id);

	return seat == NULL ? 0 : seat->municipality_id;
}

/* Who gives and who takes, in the units of a vote: municipalities, or persons. */
struct units {
	const struct roll *roll;
	bool members;
};

static int64_t giver(const struct units *u, const struct proxy *p)
{
	return u->members ? p->principal_id : p->municipality_id;
}

static int64_t taker(const struct units *u, const struct proxy *p)
{
	return u->members ? p->proxy_id : unit_of(u->roll, p->proxy_id);
}

static bool foreign(const struct units *u, const struct proxy *p)
{
	return giver(u, p) != taker(u, p);
}

/* Units of foreign municipalities whose vote this person holds, that of `but` left out. */
static int64_t foreign_held(const struct units *u, const struct proxies *all, int64_t person_id,
			    int64_t but)
{
	int64_t count = 0;

	for (size_t i = 0; i < all->n; i++) {
		const struct proxy *p = &all->v[i];
		bool counted = p->proxy_id != person_id || giver(u, p) == but ||
			       unit_of(u->roll, person_id) == p->municipality_id;
		/* Proxies for several points of one unit are one unit. */
		for (size_t j = 0; !counted && j < i; j++)
			counted =
			    all->v[j].proxy_id == person_id && giver(u, &all->v[j]) == giver(u, p);
		count += !counted;
	}
	return count;
}

static bool unit_holds_foreign(const struct units *u, const struct proxies *all, int64_t unit)
{
	for (size_t i = 0; i < all->n; i++)
		if (foreign(u, &all->v[i]) && taker(u, &all->v[i]) == unit)
			return true;
	return false;
}

static bool unit_gave_away(const struct units *u, const struct proxies *all, int64_t unit)
{
	for (size_t i = 0; i < all->n; i++)
		if (giver(u, &all->v[i]) == unit && foreign(u, &all->v[i]))
			return true;
	return false;
}

enum message proxy_problem(const struct roll *roll, const struct proxies *standing,
			   const struct committee_rules *rules, const struct proxy *wanted)
{
	struct units u = {roll, rules->tally.mode == TALLY_MEMBERS};
	int64_t to = taker(&u, wanted), from = giver(&u, wanted),
		at = unit_of(roll, wanted->proxy_id);

	if (at == 0 || wanted->proxy_id == wanted->principal_id)
		return M_PROXY_WHO;
	for (size_t i = 0; i < standing->n; i++)
		if (giver(&u, &standing->v[i]) == from &&
		    standing->v[i].entry_id == wanted->entry_id)
			return M_PROXY_EXISTS;
	if (to == from)
		return M_NONE;
	if (unit_holds_foreign(&u, standing, from))
		return M_PROXY_CHAIN;
	if (unit_gave_away(&u, standing, to))
		return M_PROXY_GIVEN_AWAY;
	if (at == wanted->municipality_id)
		return M_NONE;
	return foreign_held(&u, standing, wanted->proxy_id, from) >= rules->proxy_cap ? M_PROXY_CAP
										      : M_NONE;
}

/* ---- The page ---- */

static const struct form_field person_field = {S_INIT("person"), NULL, S_PERSON_FEHLER};
static const struct form_field scope_field = {S_INIT("umfang"), NULL, S_UMFANG_FEHLER};
static const struct form_field text_field = {S_INIT("hinweis"), V_HINWEIS, S_HINWEIS_FEHLER};

static void list_standing(struct request *rq, const struct meeting *m, const struct roll *roll,
			  const struct proxies *all)
{
	struct view *list = NULL;
	int64_t me = rq->viewer.person_id, unit = unit_of(roll, me);

	for (size_t i = 0; i < all->n; i++) {
		const struct proxy *p = &all->v[i];
		bool own = unit != 0 && unit == p->municipality_id;
		if (list == NULL)
			list = view_row(rq->view, S_PROXIES);
		struct view *row = view_row(list, S_PROXY);
		view_text(row, V_PLACE_NAME, p->unit);
		view_text(row, V_PRINCIPAL, p->principal);
		view_text(row, V_NAME, p->name);
		view_show_if(row, S_WHOLE, p->entry_id == 0);
		if (p->entry_id != 0)
			view_text(view_row(row, S_ONE_POINT), V_ENTRY_TITLE,
				  m->sees_restricted ? p->title : S("ein Punkt"));
		/* Advice is between those two municipalities. */
		if (p->instruction.n > 0 && (own || me == p->proxy_id))
			view_text(view_row(row, S_ADVISED), V_TEXT, p->instruction);
		if (own && !meeting_is_over(m)) {
			struct view *revoke = view_row(row, S_CAN_REVOKE);
			view_int(revoke, V_PROXY_ID, p->id);
			view_text(revoke, V_NAME, p->name);
		}
	}
	view_show_if(rq->view, S_NO_PROXY, all->n == 0);
}

static void offer_people(struct request *rq, const struct roll *roll, int64_t chosen)
{
	for (size_t u = 0; u < roll->n; u++)
		for (size_t s = 0; s < roll->units[u].n; s++) {
			const struct seat *seat = &roll->units[u].seats[s];
			if (seat->person_id == rq->viewer.person_id)
				continue;
			struct view *row = view_row(rq->view, S_PERSON_OPTION);
			view_int(row, V_ID, seat->person_id);
			view_text(row, V_LABEL,
				  arena_fmt(rq->arena, "%.*s, %.*s (%.*s)", ARG(seat->name),
					    ARG(roll->units[u].name),
					    ARG(capacity_label(seat->capacity))));
			view_show_if(row, S_SELECTED, seat->person_id == chosen);
		}
}

static void offer_points(struct request *rq, const struct agenda *a, int64_t chosen)
{
	for (size_t i = 0; i < a->n; i++) {
		const struct agenda_entry *e = &a->entries[i];
		if (e->kind != AGENDA_DECISION || e->outcome != OUTCOME_NONE)
			continue;
		struct view *row = view_row(rq->view, S_POINT_OPTION);
		view_int(row, V_ID, e->id);
		view_text(
		    row, V_LABEL,
		    arena_fmt(rq->arena, "TOP\u00a0%" PRId64 ": %.*s", e->number, ARG(e->title)));
		view_show_if(row, S_SELECTED, e->id == chosen);
	}
}

static bool grants_now(const struct meeting *m)
{
	return m->state == MEETING_INVITED || meeting_runs(m);
}

/* The vote this person has is given away for the whole meeting. */
static bool stands_for_all(const struct proxies *all, const struct seat *seat, bool members)
{
	for (size_t i = 0; i < all->n; i++)
		if (all->v[i].entry_id == 0 &&
		    (members ? all->v[i].principal_id == seat->person_id
			     : all->v[i].municipality_id == seat->municipality_id))
			return true;
	return false;
}

static enum err proxy_page(struct request *rq, const struct meeting *m, const struct roll *roll,
			   struct form *f, const struct proxy *typed, int status)
{
	const struct seat *seat = roll_seat(roll, rq->viewer.person_id);
	struct committee_rules rules;
	struct proxies all;
	struct agenda a;

	TRY(proxies_load(rq, m, &all));
	TRY(committee_rules_load(rq, &rules));
	TRY(agenda_load(rq, m, &a));
	meeting_head(rq, rq->view, m);
	form_show(f, rq->view);
	view_show_if(rq->view, S_STALE, status == 409);
	list_standing(rq, m, roll, &all);
	view_int(rq->view, V_CAP, rules.proxy_cap);
	/* With a proxy for the whole meeting there is nothing left to grant. */
	bool members = rules.tally.mode == TALLY_MEMBERS;
	bool settled = status == 200 && seat != NULL && stands_for_all(&all, seat, members);
	view_show(rq->view, members ? S_MEMBERS_VOTE : S_PLACES_VOTE);
	view_show_if(rq->view, S_GRANTED, settled && grants_now(m));
	if (seat != NULL && grants_now(m) && !settled) {
		view_show(rq->view, S_CAN_GRANT);
		view_text(rq->view, V_UNIT_NAME,
			  members ? S("Dich") : roll_unit(roll, seat->municipality_id)->name);
		offer_people(rq, roll, typed->proxy_id);
		offer_points(rq, &a, typed->entry_id);
	}
	return reply_page(rq, status, "steering/proxy_list.html");
}

/* GET /sitzungen/:slug/vollmachten */
enum err proxy_list(struct request *rq)
{
	static const struct proxy none = {.id = 0};
	struct meeting m;
	struct roll roll;
	struct form f;

	TRY(meeting_load(rq, rq->slug, &m));
	TRY(roll_load(rq, m.day, &roll));
	form_begin(&f, rq);
	form_fill(&f, &text_field, S(""));
	return proxy_page(rq, &m, &roll, &f, &none, 200);
}

static enum err event(struct request *rq, const struct meeting *m, const char *action,
		      struct str what)
{
	return steering_event(
	    rq, &(struct steering_event){
		    .object = "meeting", .id = m->id, .action = action, .after = what});
}

enum err proxy_add(struct request *rq, const struct meeting *m, struct proxy *p)
{
	static const char sql[] =
	    "INSERT INTO proxy (meeting_id, agenda_entry_id, municipality_id, principal_id,"
	    " proxy_id, instruction, granted_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id";
	struct register_book book = register_of(rq);

	TRY(db_int(rq->db, sql,
		   WITH(INT(m->id), INT_OR_NONE(p->entry_id), INT(p->municipality_id),
			INT(p->principal_id), INT(p->proxy_id), TEXT(p->instruction),
			INT(clock_now())),
		   &p->id));
	TRY(register_proxy_granted(
	    &book, &(struct register_proxy_granted){.proxy = p->id,
						    .meeting = m->id,
						    .entry = p->entry_id,
						    .unit = p->municipality_id,
						    .principal = WHO(p->principal_id),
						    .person = WHO(p->proxy_id)}));
	TRY(event(rq, m, "proxy_grant", arena_fmt(rq->arena, "%" PRId64, p->proxy_id)));
	return proxy_letter(rq, m, p->id);
}

static enum err read_proxy(struct request *rq, const struct meeting *m, const struct roll *roll,
			   struct form *f, struct proxy *p)
{
	struct committee_rules rules;
	struct agenda_entry *e;
	struct proxies all;
	struct agenda a;

	form_begin(f, rq);
	p->proxy_id = form_number(f, &person_field, REQUIRED);
	p->entry_id = form_number(f, &scope_field, OPTIONAL);
	p->instruction = form_lines(f, &text_field, OPTIONAL, INSTRUCTION_CHARS);
	TRY(committee_rules_load(rq, &rules));
	TRY(proxies_load(rq, m, &all));
	TRY(agenda_load(rq, m, &a));
	if (p->entry_id != 0 &&
	    (agenda_find(&a, p->entry_id, &e) != OK || e->outcome != OUTCOME_NONE))
		form_problem(f, &scope_field, M_CHOOSE, 0);
	enum message wrong = proxy_problem(roll, &all, &rules, p);
	if (wrong != M_NONE)
		form_problem(f, &person_field, wrong, rules.proxy_cap);
	return OK;
}

/* POST /sitzungen/:slug/vollmachten */
enum err proxy_grant(struct request *rq)
{
	const struct seat *seat;
	struct meeting m;
	struct roll roll;
	struct form f;

	TRY(meeting_load(rq, rq->slug, &m));
	TRY(meeting_own_seat(rq, &m, &roll, &seat));
	struct proxy p = {.municipality_id = seat->municipality_id,
			  .principal_id = rq->viewer.person_id};
	TRY(read_proxy(rq, &m, &roll, &f, &p));
	if (!grants_now(&m))
		return proxy_page(rq, &m, &roll, &f, &p, 409);
	if (form_wrong(&f))
		return proxy_page(rq, &m, &roll, &f, &p, 422);
	TRY(proxy_add(rq, &m, &p));
	return reply_redirect(rq, M_PROXY_GRANTED, "/sitzungen/%.*s/vollmachten", ARG(m.slug));
}

/* ---- Their end ---- */

static enum err revoke(struct request *rq, const struct meeting *m, int64_t proxy_id)
{
	static const char sql[] = "UPDATE proxy SET revoked_at = max(granted_at, $2),"
				  " revoked_by = $3 WHERE id = $1 AND revoked_at IS NULL";
	struct register_book book = register_of(rq);
	int64_t changed = 0;

	TRY(db_run(rq->db, sql, WITH(INT(proxy_id), INT(clock_now()), INT(rq->viewer.person_id)),
		   &changed));
	if (changed != 1)
		return E_CONFLICT;
	TRY(register_proxy_revoked(&book, &(struct register_proxy_revoked){.proxy = proxy_id}));
	return event(rq, m, "proxy_revoke", arena_fmt(rq->arena, "%" PRId64, proxy_id));
}

enum err proxies_end(struct request *rq, const struct meeting *m, int64_t proxy_id)
{
	struct proxies all;

	TRY(proxies_load(rq, m, &all));
	for (size_t i = 0; i < all.n; i++)
		if (all.v[i].proxy_id == proxy_id)
			TRY(revoke(rq, m, all.v[i].id));
	return OK;
}

/* POST /sitzungen/:slug/vollmachten/:id/widerrufen; somebody else's is a secret no one needs. */
enum err proxy_revoke(struct request *rq)
{
	const struct seat *seat;
	struct proxies all;
	struct meeting m;
	struct roll roll;

	TRY(meeting_load(rq, rq->slug, &m));
	TRY(meeting_own_seat(rq, &m, &roll, &seat));
	TRY(proxies_load(rq, &m, &all));
	for (size_t i = 0; i < all.n; i++) {
		if (all.v[i].id != rq->id || all.v[i].municipality_id != seat->municipality_id)
			continue;
		if (meeting_is_over(&m))
			return E_CONFLICT;
		TRY(revoke(rq, &m, rq->id));
		return reply_redirect(rq, M_PROXY_REVOKED, "/sitzungen/%.*s/vollmachten",
				      ARG(m.slug));
	}
	return E_NOT_FOUND;
}
