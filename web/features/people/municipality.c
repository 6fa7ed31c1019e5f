/* municipality.c -- loads municipalities; the list of all. */
#include "features/people/municipality.h"

#include "app/fresh_password.h"
#include "features/features.h"

/* Those who look after the people of `m` on the day $1. */
#define ADMINISTRATOR                                                                              \
	" FROM role_held g JOIN person a ON a.id = g.person_id AND a.status = 'active'"            \
	" WHERE g.role = 'municipality' AND g.municipality_id = m.id"                              \
	"   AND g.since <= $1 AND (g.until IS NULL OR g.until >= $1)"

enum err municipality_load(struct request *rq, struct str slug, struct municipality *out)
{
	static const char sql[] =
	    "SELECT m.id, m.version, m.name, m.slug, coalesce(m.ags, ''), m.email_domains,"
	    "       m.privacy_contact, m.joined_on, m.kind = 'funder', m.factor_for_all,"
	    "       EXISTS (SELECT 1" ADMINISTRATOR " AND g.person_id = $3),"
	    "       EXISTS (SELECT 1" ADMINISTRATOR "), coalesce(m.left_on, '')"
	    "  FROM municipality m WHERE m.slug = $2";
	struct rows r = db_query(
	    rq->db, sql,
	    WITH(TEXT(date_iso(rq->arena, date_today())), TEXT(slug), INT(rq->viewer.person_id)));

	if (!rows_next(&r))
		return r.err != OK ? r.err : E_NOT_FOUND;
	*out = (struct municipality){.id = col_int(&r, 0),
				     .version = col_int(&r, 1),
				     .name = col_text(&r, 2),
				     .slug = col_text(&r, 3),
				     .ags = col_text(&r, 4),
				     .domains = col_text(&r, 5),
				     .privacy_contact = col_text(&r, 6),
				     .funder = col_int(&r, 8) != 0,
				     .factor_for_all = col_int(&r, 9) != 0,
				     .own = col_int(&r, 10) != 0 &&
					    right_to_own(ROLE_MUNICIPALITY, PEOPLE_MANAGE),
				     .has_administrator = col_int(&r, 11) != 0};
	(void)date_parse_iso(col_text(&r, 7), &out->joined_on);
	(void)date_parse_iso(col_text(&r, 12), &out->left_on);
	return OK;
}

bool municipality_has_left(const struct municipality *m)
{
	return !date_is_none(m->left_on) && date_cmp(m->left_on, date_today()) < 0;
}

enum err municipality_load_own(struct request *rq, struct str slug, struct municipality *out)
{
	TRY(municipality_load(rq, slug, out));
	return out->own ? OK : E_FORBIDDEN;
}

enum err municipality_load_orphan(struct request *rq, struct str slug, struct municipality *out)
{
	TRY(municipality_load(rq, slug, out));
	return out->has_administrator || out->funder || municipality_has_left(out) ? E_CONFLICT
										   : OK;
}

struct str role_labels(struct arena *a, struct str words)
{
	struct buf b = {.arena = a};
	struct str word;

	while (str_cut(&words, ' ', &word)) {
		struct str label = role_label(word);
		if (label.n == 0)
			continue;
		if (b.n > 0)
			buf_add(&b, S(", "));
		buf_add(&b, label);
	}
	return buf_str(&b);
}

struct str seen_label(struct arena *a, struct str iso_day)
{
	struct date day;

	if (!date_parse_iso(iso_day, &day))
		return S("noch nie");
	return date_cmp(day, date_today()) == 0 ? S("heute") : date_short(a, day);
}

/* Those who left, the last one first. */
static enum err show_former(struct request *rq)
{
	static const char sql[] = "SELECT slug, name, joined_on, left_on FROM municipality"
				  " WHERE left_on < $1 ORDER BY left_on DESC, sort_key";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today()))));
	struct view *list = NULL;
	struct date since = {0, 0, 0}, until = {0, 0, 0};

	while (rows_next(&r)) {
		if (list == NULL)
			list = view_row(rq->view, S_FORMER);
		struct view *v = view_row(list, S_PAST);
		(void)date_parse_iso(col_text(&r, 2), &since);
		(void)date_parse_iso(col_text(&r, 3), &until);
		view_text(v, V_SLUG, col_text(&r, 0));
		view_text(v, V_UNIT_NAME, col_text(&r, 1));
		view_text(v, V_SINCE, date_long(rq->arena, since));
		view_text(v, V_UNTIL, date_long(rq->arena, until));
	}
	return r.err;
}

/* GET /kommunen */
enum err municipality_list(struct request *rq)
{
	static const char sql[] =
	    "SELECT m.slug, m.name, m.kind = 'funder', m.joined_on, count(p.id),"
	    "  coalesce((SELECT group_concat(a.name, ', ')" ADMINISTRATOR "), '')"
	    "  FROM municipality m"
	    "  LEFT JOIN membership s ON s.municipality_id = m.id AND s.until IS NULL"
	    "  LEFT JOIN person p ON p.id = s.person_id AND p.status IN ('active', 'suspended')"
	    " WHERE m.left_on IS NULL OR m.left_on >= $1 GROUP BY m.id ORDER BY m.kind DESC, "
	    "m.sort_key";
	struct rows r = db_query(rq->db, sql, WITH(TEXT(date_iso(rq->arena, date_today()))));
	struct date joined;

	while (rows_next(&r)) {
		struct view *v = view_row(rq->view, S_UNIT);
		view_text(v, V_SLUG, col_text(&r, 0));
		view_text(v, V_UNIT_NAME, col_text(&r, 1));
		view_show_if(v, S_FUNDER, col_int(&r, 2) != 0);
		if (date_parse_iso(col_text(&r, 3), &joined))
			view_text(v, V_SINCE, date_month_year(rq->arena, joined));
		view_int(v, V_COUNT, col_int(&r, 4));
		bool nobody = col_text(&r, 5).n == 0;
		view_show_if(v, S_NOBODY, nobody);
		if (!nobody)
			view_text(view_row(v, S_LOOKED_AFTER), V_NAME, col_text(&r, 5));
	}
	TRY(r.err);
	TRY(show_former(rq));
	view_show_if(rq->view, S_MAY_FOUND, right_to_all(rq->viewer.roles, MUNICIPALITY_FOUND));
	return reply_page(rq, 200, "people/municipality_list.html");
}

const struct route municipality_routes[] = {
    GET("/kommunen", PEOPLE_SEE, municipality_list),
    GET("/kommunen/neu", MUNICIPALITY_FOUND, municipality_new),
    POST_PREPARED("/kommunen/neu", MUNICIPALITY_FOUND, fresh_password_prepare, municipality_found,
		  0),
    GET("/kommunen/:slug", PEOPLE_SEE, municipality_show),
    GET("/kommunen/:slug/angaben", PEOPLE_MANAGE, municipality_edit),
    POST("/kommunen/:slug/angaben", PEOPLE_MANAGE, municipality_update),
    POST_PREPARED("/kommunen/:slug/einladungen", PEOPLE_MANAGE, fresh_password_prepare,
		  invitation_create, 0),
    POST("/kommunen/:slug/einladungen/:id/erneuern", PEOPLE_MANAGE, invitation_renew),
    POST("/kommunen/:slug/einladungen/:id/zurueckziehen", PEOPLE_MANAGE, invitation_revoke),
    GET("/kommunen/:slug/austritt", MUNICIPALITY_END, municipality_leave_ask),
    POST_PREPARED("/kommunen/:slug/austritt", MUNICIPALITY_END, fresh_password_prepare,
		  municipality_leave_plan, 0),
    POST_PREPARED("/kommunen/:slug/austritt/bestaetigen", MUNICIPALITY_END, fresh_password_prepare,
		  municipality_leave_confirm, 0),
    POST("/kommunen/:slug/austritt/zurueckziehen", MUNICIPALITY_END, municipality_leave_withdraw),
    POST_PREPARED("/kommunen/:slug/verwaltung", MUNICIPALITY_FOUND, fresh_password_prepare,
		  invitation_first, 0),
    ROUTES_END,
};
