/* role_list.c -- the roles of a person: what they are, were and will be. */
#include "base/date.h"
#include "features/features.h"
#include "features/people/role_grant.h"
#include "features/people/role_proposal.h"

#include "app/fresh_password.h"

#include <inttypes.h>

/* What the viewer may give to this person, and where. */
static void show_ways(struct request *rq, const struct role_person *p)
{
	unsigned roles = rq->viewer.roles;
	bool self = p->id == rq->viewer.person_id;
	bool own = p->municipality_id != 0 && p->municipality_id == rq->viewer.municipality_id;
	bool project = right_to_all(roles, PROJECT_ROLE_GRANT) ||
		       (own && right_to_enter(roles, PROJECT_ROLE_GRANT));
	bool first = right_to_all(roles, MUNICIPALITY_FOUND) && !p->has_administrator;
	bool any = project || first || right_to_all(roles, ROLE_GRANT) ||
		   right_to_all(roles, ROLE_PROPOSE);

	if (self || !any) {
		view_show_if(rq->view, S_OWN_ROLES, self);
		return;
	}
	struct view *v = view_row(rq->view, S_WAYS);
	view_int(v, V_PERSON_ID, p->id);
	view_show_if(v, S_GIVES_PROJECT, project);
	view_show_if(v, S_GIVES_COOPERATION, right_to_all(roles, ROLE_GRANT));
	view_show_if(v, S_GIVES_FIRST, first);
	view_show_if(v, S_MAY_PROPOSE, right_to_all(roles, ROLE_PROPOSE));
}

static const char *way_word(const struct role_kind *kind)
{
	return kind->given_by == ROLE_GRANT ? "kooperation" : "projekt";
}

static void show_held(struct request *rq, struct rows *r, struct view *v)
{
	const struct role_kind *kind = role_kind_named(col_text(r, 1));
	struct date since = {0, 0, 0}, until = {0, 0, 0};

	(void)date_parse_iso(col_text(r, 2), &since);
	view_text(v, V_ROLE_NAME, role_label(col_text(r, 1)));
	view_text(v, V_SINCE, date_long(rq->arena, since));
	view_show(v, date_cmp(since, date_today()) > 0 ? S_COMES : S_HOLDS);
	if (date_parse_iso(col_text(r, 3), &until))
		view_text(view_row(v, S_UNTIL), V_DATE, date_long(rq->arena, until));
	if (col_text(r, 5).n > 0)
		view_text(view_row(v, S_SEAT), V_UNIT_NAME, col_text(r, 5));
	if (col_text(r, 6).n > 0)
		view_text(view_row(v, S_GIVEN_BY), V_BY_NAME, col_text(r, 6));
	if (kind == NULL || !role_may_end(rq, kind, col_int(r, 4)))
		return;
	struct view *end = view_row(v, S_MAY_END);
	view_int(end, V_ID, col_int(r, 0));
	view_text(end, V_WAY, str_of(way_word(kind)));
	view_text(end, V_ROLE_NAME, role_label(col_text(r, 1)));
}

static enum err show_now(struct request *rq, const struct role_person *p)
{
	static const char sql[] =
	    "SELECT g.id, g.role, g.since, coalesce(g.until, ''),"
	    "  coalesce(g.municipality_id, $3), coalesce(m.short, ''), coalesce(b.name, '')"
	    "  FROM role_held g LEFT JOIN municipality m ON m.id = g.municipality_id"
	    "  LEFT JOIN person b ON b.id = g.granted_by"
	    " WHERE g.person_id = $1 AND (g.until IS NULL OR g.until >= $2)"
	    " ORDER BY g.since, g.id";
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(INT(p->id), TEXT(date_iso(rq->arena, date_today())), INT(p->municipality_id)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_ROLES);
		show_held(rq, &r, view_row(list, S_ROLE));
	}
	view_show_if(rq->view, S_NO_ROLE, list == NULL);
	return r.err;
}

static enum err show_past(struct request *rq, const struct role_person *p)
{
	static const char sql[] =
	    "SELECT g.role, g.since, coalesce(g.until, ''), coalesce(g.ended_at, 0),"
	    "  coalesce(m.short, ''), coalesce(b.name, '') FROM role_grant g"
	    "  LEFT JOIN municipality m ON m.id = g.municipality_id"
	    "  LEFT JOIN person b ON b.id = g.ended_by"
	    " WHERE g.person_id = $1 AND (g.ended_at IS NOT NULL OR g.until < $2)"
	    " ORDER BY coalesce(g.ended_at, 0) DESC, g.id DESC LIMIT 50";
	struct rows r =
	    db_query(rq->db, sql, WITH(INT(p->id), TEXT(date_iso(rq->arena, date_today()))));
	struct view *list = NULL;

	while (rows_next(&r)) {
		struct date since = {0, 0, 0}, last = {0, 0, 0};
		if (list == NULL)
			list = view_row(rq->view, S_FORMER);
		struct view *v = view_row(list, S_PAST);
		(void)date_parse_iso(col_text(&r, 1), &since);
		(void)date_parse_iso(col_text(&r, 2), &last);
		if (col_int(&r, 3) != 0)
			last = date_of(col_int(&r, 3));
		view_text(v, V_ROLE_NAME, role_label(col_text(&r, 0)));
		view_text(v, V_SINCE, date_short(rq->arena, since));
		view_text(v, V_DATE, date_short(rq->arena, last));
		if (col_text(&r, 4).n > 0)
			view_text(view_row(v, S_SEAT), V_UNIT_NAME, col_text(&r, 4));
		if (col_text(&r, 5).n > 0)
			view_text(view_row(v, S_ENDED_BY), V_BY_NAME, col_text(&r, 5));
	}
	return r.err;
}

static enum err show_forces(struct request *rq, const struct role_person *p)
{
	static const char sql[] = "SELECT t.slug, t.name, m.role FROM task_force_member m"
				  "  JOIN task_force t ON t.id = m.task_force_id"
				  " WHERE m.person_id = $1 AND m.until IS NULL ORDER BY t.sort_key";
	struct rows r = db_query(rq->db, sql, WITH(INT(p->id)));
	struct view *list = NULL;

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_FORCES);
		struct view *v = view_row(list, S_FORCE);
		view_text(v, V_SLUG, col_text(&r, 0));
		view_text(v, V_FORCE_NAME, col_text(&r, 1));
		view_show_if(v, S_LEAD, str_eq(col_text(&r, 2), S("lead")));
		view_show_if(v, S_DEPUTY, str_eq(col_text(&r, 2), S("deputy")));
	}
	return r.err;
}

/* GET /personen/:id/rollen */
enum err role_list_show(struct request *rq)
{
	struct role_person p;

	TRY(role_person_load(rq, rq->id, &p));
	view_int(rq->view, V_PERSON_ID, p.id);
	view_text(rq->view, V_NAME, p.name);
	view_text(rq->view, V_MUNICIPALITY, p.municipality);
	view_show_if(rq->view, S_HAS_MUNICIPALITY, p.municipality.n > 0);
	TRY(show_now(rq, &p));
	TRY(show_forces(rq, &p));
	TRY(show_past(rq, &p));
	TRY(proposals_of_show(rq, p.id));
	show_ways(rq, &p);
	return reply_page(rq, 200, "people/role_list.html");
}

const struct route role_routes[] = {
    GET("/rollen", LOGGED_IN, rights_show),
    GET("/rollen/vorschlaege", ROLE_GRANT, proposal_list),
    GET("/rollen/vorschlaege/eigene", ROLE_PROPOSE, proposal_own_list),
    POST("/rollen/vorschlaege/:id/zurueckziehen", ROLE_PROPOSE, proposal_withdraw),
    GET("/rollen/vorschlaege/:id", ROLE_GRANT, proposal_show),
    POST_PREPARED("/rollen/vorschlaege/:id", ROLE_GRANT, fresh_password_prepare, proposal_decide,
		  0),
    GET("/personen/:id/rollen", PEOPLE_SEE, role_list_show),
    GET("/personen/:id/rollen/projekt", PROJECT_ROLE_GRANT, role_project_new),
    POST_PREPARED("/personen/:id/rollen/projekt", PROJECT_ROLE_GRANT, fresh_password_prepare,
		  role_project_create, 0),
    GET("/personen/:id/rollen/kooperation", ROLE_GRANT, role_cooperation_new),
    POST_PREPARED("/personen/:id/rollen/kooperation", ROLE_GRANT, fresh_password_prepare,
		  role_cooperation_create, 0),
    GET("/personen/:id/rollen/erste", MUNICIPALITY_FOUND, role_first_new),
    POST_PREPARED("/personen/:id/rollen/erste", MUNICIPALITY_FOUND, fresh_password_prepare,
		  role_first_create, 0),
    GET("/personen/:id/rollen/vorschlag", ROLE_PROPOSE, role_proposal_new),
    POST("/personen/:id/rollen/vorschlag", ROLE_PROPOSE, role_proposal_create),
    GET("/rollen/projekt/:id/beenden", PROJECT_ROLE_GRANT, role_project_end_ask),
    POST_PREPARED("/rollen/projekt/:id/beenden", PROJECT_ROLE_GRANT, fresh_password_prepare,
		  role_project_end, 0),
    GET("/rollen/kooperation/:id/beenden", ROLE_GRANT, role_cooperation_end_ask),
    POST_PREPARED("/rollen/kooperation/:id/beenden", ROLE_GRANT, fresh_password_prepare,
		  role_cooperation_end, 0),
    ROUTES_END,
};
